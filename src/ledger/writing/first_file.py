"""init: the text of a first ledger."""

from __future__ import annotations

import json
from datetime import date

FIRST_FILE = """\
# yaml-language-server: $schema={schema}
# A ledger of predictions: who said what, where, by when, how sure.
# `ledger help format` explains every key; an editor that knows YAML does, too,
# by the schema beside this file, which `ledger schema` prints.
---
ledger: 1
title: {title}
{about}
# Those who speak. Keys are names of small letters, digits and hyphens.
people:
  jane-doe:
    name: Jane Doe
    note: head of the example works

# Subjects, each with a few words.
topics:
  robots: robots and how many are built

# Where claims and evidence come from. Only the title is required.
sources:
  example-{year}:
    title: An article that quotes the claim
    publisher: The Example Times
    url: https://example.org/article
    published: {today}

# One dash each. A deadline is a period: {year}-12-31, {year}-12, {year}-Q4,
# {year}-H2, {year}, {decade}s, or none. It is over after its last day.
claims:
  - id: robots-{next}
    claim: The example works build at least 1,000 robots in {next}.
    speaker: jane-doe
    said: {today}
    source: example-{year}
    quote: a thousand robots next year
    wording: quoted  # quoted, paraphrased or implied
    kind: target  # prediction, target, possibility or statement
    topics: [robots]
    deadline: {next}
    deadline_words: next year
    window: during  # by: any day up to the last; during: in the period
    quantity: {{at_least: 1000, unit: robots}}
    criteria: The works' annual report says how many were built.

# When the day has come, judge it from the terminal:
#   ledger resolve robots-{next} --value 1200 --evidence https://example.org/it
"""


def first_file(today: date, *, title: str = "", keeper: str = "", schema: str = "claims.schema.json") -> str:
    """The commented first file, dated so that it is valid on the day it is made."""
    year = today.year
    about = f"about:\n  keeper: {_scalar(keeper)}\n" if keeper else ""
    return FIRST_FILE.format(
        today=today.isoformat(),
        year=year,
        next=year + 1,
        decade=(year + 1) // 10 * 10,
        title=_scalar(title or "My first ledger"),
        about=about,
        schema=schema,
    )


def _scalar(text: str) -> str:
    """The text as YAML: as it is where it is plain words, else in double quotes, whose escapes are those of JSON."""
    is_plain = all(word.isalpha() and word.lower() not in _TYPED for word in text.split(" "))
    return text if is_plain else json.dumps(text, ensure_ascii=True)


_TYPED = ("true", "false", "null", "yes", "no", "on", "off")
