"""--plot of score, calibration and slip: a file of its own beside what is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

LEDGER = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
claims:
  - {id: yes, claim: Yes., speaker: ann, said: 2024, source: talk, deadline: 2025, probability: 0.7,
     resolutions: [{outcome: true, judged: 2026-01-01, note: x}]}
  - {id: nay, claim: No., speaker: ann, said: 2024, source: talk, deadline: 2025, probability: 0.7,
     resolutions: [{outcome: false, judged: 2026-01-01, note: x}]}
""".replace("id: yes", "id: yea")
DAY = ("--as-of", "2026-06-30")
Run = Callable[..., Any]


def words(path: Path) -> list[str]:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("command", "told"), [("score", "1 of 2 · 50%"), ("calibration", "stated probability"), ("slip", "promised")]
)
def test_the_chart_is_written_beside_what_is_printed(run: Run, tmp_path: Path, command: str, told: str) -> None:
    plain = run(command, *DAY, ledger=LEDGER)
    drawn = run(command, *DAY, "--plot", "chart.svg", ledger=LEDGER)
    assert drawn == plain
    assert told in words(tmp_path / "chart.svg")


@pytest.mark.parametrize("command", ["score", "calibration", "slip"])
def test_a_ledger_without_anything_to_draw_gives_an_empty_chart(run: Run, tmp_path: Path, command: str) -> None:
    assert run(command, "--as-of", "2024-01-01", "--plot", "chart.svg", ledger=LEDGER).status == 0
    words(tmp_path / "chart.svg")


def test_groups_are_drawn_where_a_row_is_a_group(run: Run, tmp_path: Path) -> None:
    assert run("score", *DAY, "--by", "speaker", "--plot", "chart.svg", ledger=LEDGER).status == 0
    assert words(tmp_path / "chart.svg").count("ann") == 1
    for command in ("calibration", "slip"):
        ran = run(command, *DAY, "--by", "speaker", "--plot", "other.svg", ledger=LEDGER)
        assert (ran.status, ran.err.splitlines()[0]) == (2, "ledger: --plot draws all claims together")
    assert not (tmp_path / "other.svg").exists()
