"""Deadlines in words in a spreadsheet count from the day the row says; two readings refuse the row, with both."""

from __future__ import annotations

from pathlib import Path

from ledger.intake.platforms.proposals import Options
from support.platform_files import read

CELLS = """\
Claim,Who,Date,Due
A lands.,Ann,2019-03-26,in 5 years
B lands.,Ann,2019-03-26,next summer
C lands.,Ann,"March 26, 2019",by the end of 2025
D lands.,Ann,2019-03-26,soon
E lands.,Ann,unknown,in 5 years
F lands.,Ann,2019-03-26,whenever
"""


def test_words_of_a_deadline_in_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "guesses.csv"
    path.write_text(CELLS)
    columns = {"claim": "Claim", "speaker": "Who", "said": "Date", "deadline": "Due"}
    found = read("csv", path, options=Options(mapping=columns))
    dated = [(claim["claim"], claim["said"], claim["deadline"]) for claim in found.claims.values()]
    assert dated == [
        ("A lands.", "2019-03-26", "2024-03~"),
        ("C lands.", "2019-03-26", "2025"),
        ("D lands.", "2019-03-26", "none"),
    ]
    assert found.refused == [("bad-date", 3), ("bad-date", 6), ("bad-date", 7)]
    said = " ".join(found.messages)
    assert "'next summer' has two readings: write 2020-06/2020-09 or 2019-06/2019-09" in said
    assert "counted from the day it was said, which is not known" in said
