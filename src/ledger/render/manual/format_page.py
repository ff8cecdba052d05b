"""The page about the file, from the table of fields and the bounds."""

from __future__ import annotations

from ... import fields
from ...fields import Field
from ...files import bounds
from ...loading import limits
from .dialect import table

EXAMPLE = """\
# yaml-language-server: $schema=claims.schema.json
ledger: 1
title: What Rivermotors promised

people:
  ann-lee: {name: Ann Lee, note: chief executive of Rivermotors}

topics:
  robots: robots sold, and to whom

sources:
  rivermotors-2025-02:
    title: Annual letter to shareholders
    publisher: Rivermotors
    url: https://example.org/letter
    published: 2025-02

claims:
  - id: robots-2026
    claim: Rivermotors sells at least 5,000 robots in 2026.
    speaker: ann-lee
    said: 2025-02-11
    source: rivermotors-2025-02
    at: line 20
    quote: between 5,000 and 8,000 units
    wording: quoted
    kind: target
    topics: [robots]
    deadline: 2026
    deadline_words: in 2026
    window: during
    probability: 80%
    quantity: {at_least: 5000, range: [5000, 8000], unit: robots}
    criteria: The annual report says how many were sold.
    added: 2025-03-01
    resolutions:
      - outcome: false
        judged: 2027-02-01
        value: 1200
        evidence:
          - {title: Annual report, url: https://example.org/report, says: "1,200 were sold."}
"""

# Texts that only one of the two parsers takes, and how both can be made to.
DIFFERENCES = (
    ("note: one\ttwo", "a tab inside or behind a text without quotes, behind a colon, or before a comment", "a space"),
    ("topics: [a, really?]", "a question mark in brackets or braces, outside quotes", "quotes"),
    ("{note:}", "a key in brackets or braces with a colon and nothing behind it", "`note: ''`, or leave it out"),
    ('note: "\\ud800"', "half a surrogate pair as an escape", "the character itself"),
    ("%FOO\n---\nnote: x", "directives other than `%YAML 1.1` and `%YAML 1.2`", "none at all"),
)
TAKEN_BY = ("libyaml", "libyaml", "pure", "pure", "pure")

PAGE = """\
# The file: format {format}

A ledger is one YAML file that people write and git keeps. Everything in it is typed by hand; states, scores and days
left are derived from it and never stored. This is a whole one:

```yaml
{example}```

`ledger schema` prints a JSON Schema made from the tables below. An editor that knows YAML completes and explains the
keys when the first line names that schema, as here. `ledger init` writes a commented first file, and `ledger check`
says what is wrong with one, where, and how to mend it.

## How values are read

- **Texts stay texts.** Only `true`, `false`, `null` and numbers have a type, as in YAML 1.2: `yes`, `no`, `on`, `12:30`
  and dates are texts. Where a text belongs, a bare number, `true` or `null` is an error: quote it.
- **Periods and words are taken as written**, quoted or not: `deadline: 2026`, `outcome: true`.
- **An empty value is an absent one**: `note:` says nothing.
- **Each key stands once, and only the keys on this page exist.**
- **A claim reads alone**: tags, anchors, aliases, merge keys and further documents are not part of the format.
- **Names** - ids, and the keys of people, topics and sources - have small letters, digits and hyphens, begin with a
  letter or digit, and are no outcome word: `robots-2026`.
- **Characters that steer terminals or hide text** are refused, written out or as an escape.
- The file is UTF-8; a byte-order mark, CRLF and a missing last newline do no harm.

Each claim is read for itself. One that is broken is one problem, at its line, and all others stay listed. A claim is
left out of lists and scores when a field that decides its state cannot be read:
{vital}.

## Periods

| written | is |
|---|---|
| `2026-12-31` | a day |
| `2026-12` | a month |
| `2025-Q2` | a quarter, Q1 to Q4 |
| `2026-H1` | a half-year, H1 or H2 |
| `2026` | a year, 1000 to 9999 |
| `2030s` | a decade |
| `2026-03/2026-06` | a range: from the first day of one to the last day of the other |

Each may end with `~` for approximate: `2034~` is shown so, and no day moves. A deadline is over after the last day of
its period; where one day of a period is needed, it is the last.

## The fields

{tables}
## Several files

`include` lists files that are read as parts of the same ledger: `claims/2026.yaml`, `claims/*.yaml`, or
`claims/**/*.yaml` for all folders below. They have the same form and begin with `ledger: {format}`; {main} stand in
the main file only. Paths are relative to the folder of the file that names them (where that is a link, of the file it
leads to) and cannot leave it, by `..`, an absolute path or a link. Patterns skip names that begin with a dot and follow
no links: one that would match is an error. A file is included once. Ids and names are unique across all files.

## Bounds

Far above honest ledgers, so that no file can hang the program or fill the memory:

| what | most |
|---|---|
{bounds}

A ledger that passes one of the first three, or cannot be read at all, ends the program with exit status 3: part of it
would look like an answer. `$FORECAST_LEDGER_MAX_CLAIMS` raises these three together; nothing in a file does. Every
other bound is a problem with a place; what lies within the bounds is read.

## Without libyaml

PyYAML brings a parser in C, and one in Python where it was built without libyaml: about ten times slower, with
the same results but for a few spellings that only one of them takes. A text that both read means the same to both.

| spelling | taken by | write instead |
|---|---|---|
{differences}
"""


def page() -> str:
    """The page, made anew."""
    return PAGE.format(
        format=fields.FORMAT,
        main=", ".join(f"`{key}`" for key in fields.MAIN),
        example=EXAMPLE,
        vital=", ".join(f"`{field.key}`" for field in fields.CLAIM if field.vital),
        tables="\n".join(_tables()),
        bounds="\n".join(f"| {what} | {most} |" for what, most in _bounds()),
        differences="\n".join(
            f"| {what} | {by} | {instead} |" for (_, what, instead), by in zip(DIFFERENCES, TAKEN_BY, strict=True)
        ),
    )


def _tables() -> list[str]:
    return [
        _table("The file", fields.TOP),
        _table("`about`", fields.ABOUT),
        _table("An entry of `people`", fields.PERSON),
        _table("An entry of `sources`", fields.SOURCE),
        _table("A claim", fields.CLAIM),
        _table("An entry of `also_in` that is no name alone", fields.MENTION),
        _table("`quantity`", fields.QUANTITY),
        _table("An entry of `forecasts` of a claim", fields.FORECAST),
        _table("An entry of `observations`", fields.OBSERVATION, "It needs a value, evidence or a note."),
        _table("An entry of `resolutions`: a judgement", fields.RESOLUTION, "It needs evidence or a note."),
        _table("An entry of `evidence`", fields.EVIDENCE, "It needs a source, a url or a title."),
        _table("An entry of `amended`", fields.AMENDMENT),
    ]


def _table(title: str, table_of: tuple[Field, ...], more: str = "") -> str:
    rows = [(_key(field), _type(field), field.meaning) for field in table_of]
    head = f"### {title}\n\n" + (f"{more}\n\n" if more else "")
    return head + table(("key", "value", "meaning"), rows)


def _key(field: Field) -> str:
    needed = " (required, but for statements)" if field.key == "deadline" else " (required)" if field.required else ""
    return f"`{field.key}`{needed}"


def _type(field: Field) -> str:
    bounds = f", {field.low:g} to {field.high:g}" if field.low is not None and field.high is not None else ""
    words = {
        "text": "text",
        "name": f"a name in `{field.refers}`" if field.refers and field.refers != "claims" else "a name",
        "url": "address, https:// or http://",
        "file": "file name without a folder",
        "sha256": "64 hexadecimal digits",
        "choice": ", ".join(f"`{word}`" for word in field.choices),
        "period": "period" + (f", or `{field.word}`" if field.word else ""),
        "day": "day",
        "number": f"number{bounds}",
        "probability": "number from 0 to 1, or a percentage",
        "range": "`[low, high]`",
        "whole": f"whole number{bounds}",
        "timezone": "name of a time zone",
        "mentions": "list of names in `sources`, or of keys below",
        "group": "keys below",
        "groups": "list",
        "names": f"list of names in `{field.refers}`" if field.refers not in ("claims", None) else "list of ids",
        "texts": "list of texts",
        "table": "names, each with keys below",
        "labels": "names, each with a text or nothing",
        "version": f"`{fields.FORMAT}`",
    }
    return "id of a claim" if field.type == "name" and field.refers == "claims" else words[field.type]


def _bounds() -> list[tuple[str, str]]:
    return [
        ("bytes of all files together", f"{bounds.BYTES:,}"),
        ("files of a ledger", f"{bounds.FILES:,}"),
        ("claims of all files together", f"{bounds.CLAIMS:,}"),
        ("characters of a claim", f"{limits.PIECE_CHARS:,}"),
        ("values in a claim, keys included", f"{limits.PIECE_NODES:,}"),
        ("levels of nesting", f"{limits.DEPTH}"),
        ("characters of a file besides its claims", f"{limits.HEAD_CHARS:,}"),
        ("values of a file besides its claims", f"{limits.HEAD_NODES:,}"),
        ("characters of a file that cannot be cut into claims by its lines", f"{limits.WHOLE_CHARS:,}"),
        ("values of such a file", f"{limits.WHOLE_NODES:,}"),
        ("characters of a number", f"{limits.NUMBER_CHARS}"),
        ("problems that are listed for a file", f"{limits.PROBLEMS:,}"),
    ]
