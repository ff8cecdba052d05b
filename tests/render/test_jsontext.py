import enum
import json
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.render.jsontext import dumps, jsonl


class Status(enum.StrEnum):
    OPEN = "open"


class Period(NamedTuple):
    start: date
    end: date | None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def test_exact_output() -> None:
    value = {
        "schema": "ledger.list/1",
        "as_of": date(2026, 3, 1),
        "claims": [{"id": "a", "days": -3, "probability": 0.8, "text": "“汎用”\x1b\u202e", "topics": []}],
        "none": None,
        "empty": {},
        "status": Status.OPEN,
        "flag": True,
    }
    assert dumps(value) == (
        "{\n"
        '  "schema": "ledger.list/1",\n'
        '  "as_of": "2026-03-01",\n'
        '  "claims": [\n'
        "    {\n"
        '      "id": "a",\n'
        '      "days": -3,\n'
        '      "probability": 0.8,\n'
        '      "text": "“汎用”\\u001b\\u202e",\n'
        '      "topics": []\n'
        "    }\n"
        "  ],\n"
        '  "none": null,\n'
        '  "empty": {},\n'
        '  "status": "open",\n'
        '  "flag": true\n'
        "}\n"
    )


def test_jsonl_is_one_line_a_row() -> None:
    assert jsonl([{"a": date(2026, 1, 2), "b": "x\ny\u2028"}, {"a": None, "b": "ü"}]) == (
        '{"a": "2026-01-02", "b": "x\\ny\\u2028"}\n{"a": null, "b": "ü"}\n'
    )
    assert jsonl([]) == ""


def test_other_containers() -> None:
    assert json.loads(dumps(MappingProxyType({"p": Period(date(2026, 1, 1), None)}))) == {"p": ["2026-01-01", None]}
    assert dumps(datetime(2026, 1, 2, 3, 4, 5)) == '"2026-01-02T03:04:05"\n'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("write", [dumps, lambda value: jsonl([value])], ids=["dumps", "jsonl"])
def test_numbers_that_are_not_finite_are_refused(write: object, number: float) -> None:
    with pytest.raises(ValueError):
        write({"rate": [number]})  # type: ignore[operator]


@pytest.mark.parametrize("value", [Fraction(1, 2), {1: "a key that is no text"}, {"a", "set"}, b"bytes"])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        dumps(value)


@given(VALUES)
def test_the_same_text_as_the_standard_library_and_the_same_data(value: object) -> None:
    assert json.loads(dumps(value)) == value
    assert json.loads(jsonl([value])) == value
    standard = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    if standard.replace("\n", "").isprintable():
        assert dumps(value) == standard
