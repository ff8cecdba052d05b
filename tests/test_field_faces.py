"""A field of the format is shown by every face of the program, or the face's reason for leaving it out stands here.

The ledger is made from the table of fields: a new field is in it at once, with a value found nowhere else.
"""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ledger import fields
from ledger.cli.add import FIELDS as FLAGS
from ledger.fields import Field
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.numbers import points
from ledger.periods import parse
from ledger.query import Filter
from ledger.render.terminal.claims import full
from ledger.render.terminal.console import Surface
from ledger.results.list import Listing, listing
from ledger.results.survey import survey
from ledger.site.build import plan
from ledger.site.page import Site
from ledger.words.spoken import spoken
from support.exports import exported

DAY = date(2030, 1, 1)
TABLES = {"claims": fields.CLAIM, "people": fields.PERSON, "sources": fields.SOURCE}
VALUES: Mapping[str, Any] = {  # where not any value will do, since fields must agree
    "claims.id": "full",
    "claims.said": "2019-02-03",
    "claims.deadline": "2024-02",
    "claims.deadline_latest": "2024-11",
    "claims.window": "during",
    "claims.kind": "target",
    "claims.also_by": ["bob"],
    "claims.forecasts.by": "cat",
    "claims.known_by": "2025-01",
    "claims.revises": "other",
    "claims.quantity.at_least": 1234,
    "claims.quantity.at_most": 98765,
    "claims.quantity.range": [4321, 56789],
    "claims.amended.fields": ["criteria"],
    "claims.resolutions.outcome": "true",
    "claims.resolutions.happened": "2024-02-11",
    "claims.resolutions.value": 7654,
    "claims.resolutions.judged": "2024-03-05",
}
APART = ("claims.quantity.decides",)  # stands beside no other bounds, and is told as these
REASONS: Mapping[str, Mapping[str, str]] = {
    "show": {
        "people.note": "about the speaker, not the claim",
        "people.kind": "about the speaker, not the claim",
        "sources.note": "about the source, not what is cited of it",
        "sources.document": "what check looks for, not what readers look up",
        "sources.sha256": "what check compares, not what readers read",
    },
    "site": {},
    "sqlite": {},
}


def leaves(table: Sequence[Field], path: str) -> Iterator[tuple[str, Field]]:
    """The fields that hold values of their own, by their path."""
    for field in table:
        if field.fields:
            yield from leaves(field.fields, f"{path}.{field.key}")
        elif f"{path}.{field.key}" not in APART:
            yield f"{path}.{field.key}", field


LEAVES = {path: field for name, table in TABLES.items() for path, field in leaves(table, name)}


def value(path: str, field: Field) -> Any:
    """A value that stands nowhere else, so far as the type has such values."""
    if path in VALUES:
        return VALUES[path]
    number = list(LEAVES).index(path)
    word = path.replace(".", "-").replace("_", "-")
    named = {"people": "ann", "sources": "talk", "topics": "rain", "claims": "other", None: word}[field.refers]
    made = {
        "name": named,
        "names": [named],
        "texts": [f"texts of {path}"],
        "url": f"https://example.org/{word}",
        "file": f"{word}.txt",
        "sha256": f"{number:064x}",
        "choice": field.choices[-1] if field.choices else None,
        "period": f"20{20 + number % 8}-0{number % 9 + 1}",
        "day": f"2024-0{number % 6 + 4}-{number % 28 + 1:02}",
        "number": 1000 + number,
        "whole": field.low and int(field.low) + 2,
        "probability": f"{number}.25%",
    }
    return made.get(field.type, f"text of {path}")


def record(table: Sequence[Field], path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in table:
        here = f"{path}.{field.key}"
        if here in APART:
            continue
        inner = record(field.fields, here) if field.fields else value(here, field)
        found[field.key] = inner if field.type in ("group", "table") or not field.fields else [inner]
    return found


@cache
def found() -> Listing:
    """The ledger as read: one claim with every field, and one that it names."""
    other = {"id": "other", "claim": "Another.", "speaker": "ann", "said": "2018", "source": "talk", "deadline": 2023}
    text = {
        "ledger": 1,
        "people": {
            "ann": record(fields.PERSON, "people"),
            "bob": {"name": "Bob Beside"},
            "cat": {"name": "Cat Beyond"},
        },
        "topics": {"rain": "Rain"},
        "sources": {"talk": record(fields.SOURCE, "sources")},
        "claims": [record(fields.CLAIM, "claims"), other],
    }
    ledger = load(Disk(), [GivenText("claims.yaml", json.dumps(text, indent=1).encode())])
    assert not ledger.problems, [(problem.code, problem.message) for problem in ledger.problems]
    return listing(ledger, Filter(ids=("full",)), day=DAY)


@cache
def face(name: str) -> str:
    """All that a face says of the claim."""
    if name == "show":
        return " ".join(" ".join(full(found()).lines(Surface(2000, False, "utf-8"))).split())
    if name == "sqlite":
        connection = sqlite3.connect(":memory:")
        connection.deserialize(exported(found(), "sqlite"))
        return "\n".join(connection.iterdump())
    pages = [file.make().text for file in plan(Site(survey(found().ledger, day=DAY), None)) if ".html" in file.path]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", " ".join(pages))).split())


def spellings(path: str, field: Field) -> set[str]:
    """How a face may write a value."""
    written = value(path, field)
    many = written if isinstance(written, list) else [written]
    told = {str(one) for one in many} | {f"{one:,}" for one in many if isinstance(one, int)}
    if field.refers == "people":
        names = {"ann": value("people.name", LEAVES["people.name"]), "bob": "Bob Beside", "cat": "Cat Beyond"}
        told |= {names[one] for one in many}
    if field.refers == "sources":
        told.add(value("sources.title", LEAVES["sources.title"]))
    if field.type == "probability":
        told.add(repr(float(written.removesuffix("%")) / 100))
    if field.type in ("period", "day"):
        told.add(spoken(parse(str(written))))
    if isinstance(written, float) and written < 1:
        told.add(points(written))
    return told


@pytest.mark.parametrize("path", LEAVES)
@pytest.mark.parametrize("name", REASONS)
def test_a_face_shows_every_field(name: str, path: str) -> None:
    shown = any(text in face(name) for text in spellings(path, LEAVES[path]))
    assert shown != (path in REASONS[name]), f"{name} and {path}: {spellings(path, LEAVES[path])}"


TEXTS = [field for field in fields.CLAIM if field.type == "text"]


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.key)
def test_a_search_looks_into_every_text(field: Field) -> None:
    words = value(f"claims.{field.key}", field)
    assert [fact.id for fact in found().ledger.facts if words in fact.words] == ["full"]


@pytest.mark.parametrize("field", [*fields.CLAIM, *fields.QUANTITY], ids=lambda field: field.key)
def test_a_field_is_typed_or_passed_by_with_a_reason(field: Field) -> None:
    typed = field.key in FLAGS or field.key in ("claim", "quantity")  # an argument; the fields of a quantity
    assert typed != (field.key in fields.PASSED_BY)


def test_a_list_of_reasons_names_fields() -> None:
    assert {path for reasons in REASONS.values() for path in reasons} <= set(LEAVES)


def test_the_page_of_the_format_names_every_field() -> None:
    page = (Path(__file__).parents[1] / "docs" / "format.md").read_text(encoding="utf-8")
    assert [path for path, field in LEAVES.items() if f"`{field.key}`" not in page] == []
