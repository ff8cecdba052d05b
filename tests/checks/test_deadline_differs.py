"""Words of a deadline that have one meaning, against the deadline written beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ledger
from ledger.checks import Scope
from ledger.checks.days import WORDED, deadline_differs_from_words
from ledger.model import Claim

HEAD = """\
ledger: 1
people:
  ann: {name: Ann}
  nvidia: {name: Nvidia, fiscal_year_end: 1}
  state: {name: State, fiscal_year_end: 9}
sources: {talk: {title: A talk}}
claims:
  - id: rain
    claim: It rains.
    source: talk
    criteria: Rain.
"""


def found(folder: Path, **fields: str) -> list[str]:
    values = {"speaker": "ann", "said": "2025-01-08"} | fields
    path = folder / "claims.yaml"
    path.write_text(HEAD + "".join(f"    {key}: {value}\n" for key, value in values.items()), encoding="utf-8")
    read = ledger.load(path)
    assert not [one for one in read.problems if one.severity == "error"]
    problems = ledger.check(read, day=date(2025, 2, 1))
    return [one.message for one in problems if one.code == "deadline-differs-from-words"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"deadline": "2027", "deadline_words": "next year"},
            '"next year" said 2025-01-08 means 2026 (the year after that of 2025-01-08), not 2027',
        ),
        (
            {"deadline": "none", "deadline_words": "by the end of 2026"},
            '"by the end of 2026" said 2025-01-08 means 2026 (end of 2026), not none',
        ),
        (
            {"deadline": "2027-Q3", "deadline_words": "Q3 FY2027", "speaker": "nvidia"},
            '"Q3 FY2027" said 2025-01-08 means 2026-08/2026-10 (third quarter of fiscal 2027, which ends in 2027-01), '
            "not 2027-Q3",
        ),
        (
            {"deadline": "2026", "deadline_words": "fiscal 2026", "fiscal_of": "state"},
            '"fiscal 2026" said 2025-01-08 means 2025-10/2026-09 (fiscal 2026, which ends in 2026-09), not 2026',
        ),
        (
            {"deadline": "2027", "deadline_words": "in 2026", "said": "unknown"},
            '"in 2026" means 2026 (2026), not 2027',
        ),
    ],
)
def test_certain_words_and_another_deadline(tmp_path: Path, fields: dict[str, str], message: str) -> None:
    assert found(tmp_path, **fields) == [message]


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline": "2026-12-31", "deadline_words": "next year"},  # the last day decides
        {"deadline": "2026", "deadline_words": "by the end of next year"},
        {"deadline": "2027", "deadline_words": "the following year"},  # after another year, in its text
        {"deadline": "2030", "deadline_words": "within two years"},  # usual words are told, not held against anybody
        {"deadline": "2030", "deadline_words": "next summer"},
        {"deadline": "2030", "deadline_words": "eventually"},
        {"deadline": "2030", "deadline_words": "before the next election"},
        {"deadline": "2030", "deadline_words": "Q3 FY2027"},  # nobody says when that year ends
        {"deadline": "2025-10/2026-09", "deadline_words": "in 2026", "fiscal_of": "state"},
        {"deadline": "2026-08/2026-10", "deadline_words": "Q3 FY2027", "fiscal_of": "nvidia"},
        {"deadline": "2026", "deadline_words": "next year", "said": "2024-12/2025-01"},  # of which of the two?
        {"deadline": "2030", "deadline_words": "next year", "said": "unknown"},
    ],
)
def test_words_that_are_not_held_against_the_deadline(tmp_path: Path, fields: dict[str, str]) -> None:
    assert found(tmp_path, **fields) == []


def test_the_check_of_words_reads_the_fields_it_declares_and_no_others() -> None:
    seen: set[str] = set()

    class Watched(Claim):
        def __getattribute__(self, name: str) -> object:
            seen.update({name} & set(Claim._fields))
            return super().__getattribute__(name)

    own = ledger.load(Path(__file__).parents[2] / "data" / "claims.yaml")
    watched = own._replace(claims=tuple(Watched(*claim) for claim in own.claims))
    list(deadline_differs_from_words(Scope(watched, day=740000, today=740000)))
    assert seen == WORDED
