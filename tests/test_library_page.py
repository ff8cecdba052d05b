"""docs/library.md: its examples run as they stand there."""

from __future__ import annotations

import doctest
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import ledger

PAGE = Path(__file__).parent.parent / "docs" / "library.md"
LEDGER = """\
ledger: 1
people: {ada: {name: Ada}, bob: {name: Bob}}
sources: {times: {title: The Times}}
claims:
  - {id: walk, claim: Robots walk., speaker: ada, said: 2024-01-01, source: times, deadline: 2024, probability: 80%,
     resolutions: [{outcome: true, judged: 2025-01-02, happened: 2024-07-01, note: n}]}
  - {id: run, claim: Robots run., speaker: ada, also_by: [bob], said: 2024-01-01, source: times, deadline: 2024,
     resolutions: [{outcome: true, judged: 2025-03-02, happened: 2025-03-01, note: n}]}
  - {id: fly, claim: Robots fly., speaker: bob, said: 2024-01-01, source: times, deadline: 2024, probability: 93%,
     resolutions: [{outcome: false, judged: 2025-01-02, note: n}]}
  - {id: swim, claim: Robots swim., speaker: bob, said: 2024-01-01, source: times, deadline: 2030}
"""


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8").replace("```python\n", "").replace("```\n", "")
    test = doctest.DocTestParser().get_doctest(text, {}, "library.md", str(PAGE), 0)
    found = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert (found.failed, found.attempted > 20) == (0, True)


def loaded(tmp_path: Path) -> Any:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    return ledger.load(tmp_path / "claims.yaml")


def test_days_of_the_library(tmp_path: Path) -> None:
    book = loaded(tmp_path)
    assert ledger.score(book, day=date(2026, 1, 1)) == ledger.score(book, day="2026-01-01")
    assert ledger.score(book).day >= date(2026, 1, 1)  # today
    with pytest.raises(ValueError, match="an instant"):
        ledger.score(book, day=datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="tomorrow"):
        ledger.slips(book, day="tomorrow")
    with pytest.raises(KeyError):
        ledger.state(book, "nobody")


def test_every_record_has_the_same_columns(tmp_path: Path) -> None:
    book = loaded(tmp_path)
    for of in (book, ledger.score(book, by="speaker"), ledger.slips(book), ledger.calibration(book)):
        rows = ledger.records(of, day="2026-01-01") if of is book else ledger.records(of)
        assert len({tuple(row) for row in rows}) == 1
    empty = ledger.Ledger(None, (), {}, {}, {}, (), (), (), ())
    assert ledger.records(empty) == []


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_data_frames(tmp_path: Path, library: str) -> None:
    pytest.importorskip(library)
    book = loaded(tmp_path)
    frame = ledger.as_frame(book, day="2026-01-01", using=library)
    assert list(frame["status"]) == ["hit", "late", "miss", "open"]
    assert ledger.as_frame(ledger.score(book, by="speaker"), using=library).shape[0] == 2


def test_a_frame_of_neither_library(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="using is 'excel'"):
        ledger.as_frame(loaded(tmp_path), using="excel")
