"""Every field and every list entry has its line and column, whatever is wrong with it and however it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ledger import fields
from ledger.fields import Field
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.loading.places import locate
from ledger.model import Ledger
from ledger.problems import Path
from support.written import APART, NAMES, ledger, replaced, value, written

STYLES = ("block", "mixed", "flow")
BAD: dict[str, list[Any]] = {
    "text": ["5", "true", "[a, b]", '"\\e"'],
    "name": ["5", "Not a name", "[a]", "{a: b}"],
    "url": ["5", "ftp://example.org", "[a]"],
    "file": ["5", "a/b", "../a", "[a]"],
    "sha256": ["abc", "[a]"],
    "choice": ["maybe", "[a]"],
    "period": ["soon", "2026-13", "[2026]", "{a: b}"],
    "day": ["soon", "2026-01", "2026-01-01~", "[2026]"],
    "number": ["many", "'3'", ".nan", "1_000", "[3]"],
    "probability": ["80", "high", "101%", "[0.8]"],
    "whole": ["many", "1.5", "13", "[1]"],
    "timezone": ["5", "Europe/Nowhere", "[a]"],
    "mentions": ["a", "{a: b}"],
    "range": ["5", "[1]", "[2, 1]", "[1, 2, 3]", "{a: b}"],
    "group": ["5", "[a]"],
    "groups": ["a", "{a: b}"],
    "names": ["a", "{a: b}"],
    "texts": ["a", "{a: b}"],
    "table": ["a", "[a]"],
    "labels": ["a", "[a]"],
    "version": ["2", "one", "[1]"],
}
CODES = {"bad-value", "bad-period", "control-character"}


def each(table: tuple[Field, ...], path: Path) -> Iterator[tuple[Path, Field]]:
    """The path of each field that stands in a table at `path`, in groups the second one."""
    for field in table:
        own = (*path, field.key)
        if field.key in ("claims", "include", *APART):
            continue
        yield own, field
        if field.type == "group":
            yield from each(field.fields, own)
        elif field.type == "groups":
            yield from each(field.fields, (*own, 1))
        elif field.type == "table":
            yield from each(field.fields, (*own, NAMES[field.key]))
        elif field.type == "labels":
            yield (*own, NAMES[field.key]), Field(NAMES[field.key], "text", "")
        elif field.type in ("names", "texts"):
            item = field._replace(type="name" if field.type == "names" else "text")
            yield (*own, 1), item
        elif field.type == "mentions":
            yield from each(field.fields, (*own, 1))
        elif field.type == "range":
            yield (*own, 1), field._replace(type="number")


FIELDS = [*each(fields.TOP, ()), *each(fields.CLAIM, ("claims", 0))]


def read(text: str) -> Ledger:
    return load(Disk(), [GivenText("x", text.encode())])


def name_of(path: Path) -> str:
    return ".".join(str(step) for step in path)


@pytest.mark.parametrize("style", STYLES)
def test_the_whole_format_reads_without_a_problem(style: str, parser: str) -> None:
    found = read(written(ledger(), style).text)
    assert found.problems == ()
    assert len(found.claims) == 2
    assert None not in found.claims[0]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("path", "field"), FIELDS, ids=[name_of(path) for path, _ in FIELDS])
def test_a_bad_value_is_blamed_where_it_stands(path: Path, field: Field, style: str) -> None:
    for bad in BAD[field.type] if style == "block" else BAD[field.type][:1]:
        text = written(replaced(ledger(), path, bad), style)
        found = read(text.text)
        assert [(p.place.line, p.place.column) for p in found.problems] == [text.place(path)], bad
        assert found.problems[0].code in CODES
        assert found.problems[0].message.startswith(field.key)
        assert found.problems[0].hint


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("path", "field"), FIELDS, ids=[name_of(path) for path, _ in FIELDS])
def test_an_empty_value_is_an_absent_one(path: Path, field: Field, style: str) -> None:
    """A required one is blamed at its key, an entry of a list behind its dash; nothing else is."""
    if isinstance(path[-1], int) and style != "block":
        return  # [a, ] has one entry
    text = written(replaced(ledger(), path, ""), style)
    seen = [(p.code, p.place.line, p.place.column) for p in read(text.text).problems]
    if isinstance(path[-1], int):
        line, column = text.place(path)
        assert seen == [("bad-value", line, column - 1)]
    elif field.required:
        assert seen == [("missing-key", *text.place((*path, "<key>")))]
    else:
        expected = {
            ("claims", 0, "quantity", "range"): ["missing-key"],  # which `level` belongs to
            ("people",): ["undeclared"] * 7,
            ("topics",): ["undeclared"] * 2,
            ("sources",): ["undeclared"] * 14,
        }
        assert [code for code, *_ in seen] == expected.get(path, [])


@pytest.mark.parametrize("style", STYLES)
def test_an_unknown_key_is_blamed_where_it_stands(style: str) -> None:
    groups = {path[:-1] for path, _ in FIELDS if isinstance(path[-1], str) and path[:-1] != ("topics",)}
    for path in groups:
        tree: Any = ledger()
        own = tree
        for step in path:
            own = own[step]
        if path and path[-1] in ("people", "sources"):
            continue
        text = written(replaced(tree, path, {"nonsense": "x", **own}), style)
        seen = [(p.code, p.place.line, p.place.column) for p in read(text.text).problems]
        assert seen == [("unknown-key", *text.place((*path, "nonsense", "<key>")))]


@pytest.mark.parametrize("style", STYLES)
def test_locate_knows_each_field_and_entry(style: str, parser: str) -> None:
    text = written(ledger(), style)
    found = read(text.text)
    within = [path for path in text.offsets if path[:2] == ("claims", 0) and len(path) > 2 and path[-1] != "<key>"]
    assert len(within) > 60
    for path in within:
        place = locate(found.texts, found.spots[0], path[2:])
        assert (place.file, place.line, place.column) == ("x", *text.place(path)), path


@pytest.mark.parametrize("style", STYLES)
def test_locate_answers_with_the_parent_of_what_is_absent(style: str) -> None:
    text = written(ledger(), style)
    found = read(text.text)

    def at(number: int, *path: str | int) -> tuple[int, int]:
        place = locate(found.texts, found.spots[number], path)
        return place.line, place.column

    dash = (found.spots[1].line, found.spots[1].column)
    assert at(1) == at(1, "note") == at(1, "resolutions", 0) == dash
    assert at(0, "resolutions", 0, "nothing") == text.place(("claims", 0, "resolutions", 0))
    assert at(0, "topics", 5) == text.place(("claims", 0, "topics"))
    assert at(0, "topics", "x") == text.place(("claims", 0, "topics"))


def test_locate_an_empty_value_at_its_key() -> None:
    text = written(replaced(ledger(), ("claims", 0, "note"), ""), "block")
    found = read(text.text)
    place = locate(found.texts, found.spots[0], ("note",))
    assert (place.line, place.column) == text.place(("claims", 0, "note", "<key>"))


def test_columns_count_code_points_and_crlf_is_one_end() -> None:
    text = "\ufeff" + written(replaced(ledger(), ("title",), "一🤖é: x"), "block").text.replace("\n", "\r\n")
    found = read(text)
    assert [(p.place.line, p.place.column) for p in found.problems] == [(2, 11)]
    assert len(found.claims) == 2


def test_the_table_of_bad_values_covers_every_type() -> None:
    types = {field.type for _, field in FIELDS}
    assert types <= set(BAD)
    assert {value(field) is None for _, field in FIELDS if field.type not in ("table", "labels")} == {False}
