"""The pages of forecasters: only where somebody forecast, valid, linked, and harmless whatever a table says."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from cli.conftest import Runner, run

__all__ = ["run"]

LEDGER = """ledger: 1
forecasts: [tables/*.csv]
people: {a: {name: A}, m: {name: Metaculus & Co, kind: crowd}}
sources: {s: {title: S}}
claims:
  - {id: came, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31,
     forecasts: [{by: m, date: 2020-02-01, probability: 80%}],
     resolutions: [{outcome: true, judged: 2021-01-02, happened: 2020-06-30, note: n}]}
  - {id: missed, claim: C., speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31,
     resolutions: [{outcome: false, judged: 2021-01-02, note: n}]}
"""
ROWS = (
    "claim,by,date,probability",
    "missed,m,2020-03-01,0.3",
    "came,<script>alert(1)</script>,2020-03-01,0.6",
    "missed,<script>alert(1)</script>,2020-03-01,0.4",
    "came,../../x,2020-03-01,0.7",
)


def built(run: Runner, folder: Path, *rows: str, ledger: str = LEDGER) -> Path:
    (folder / "tables").mkdir()
    (folder / "tables" / "t.csv").write_text("\n".join(rows) + "\n")
    ran = run("site", "out", "--as-of", "2022-01-01", ledger=ledger)
    assert ran.status == 0, ran.err
    return folder / "out"


def test_the_table_and_a_page_for_each(run: Runner, tmp_path: Path) -> None:
    out = built(run, tmp_path, *ROWS)
    text = (out / "forecasters.html").read_text()
    assert "5 forecasts = 5 scored on 2 questions" in text
    assert "Metaculus &amp; Co" in text and "crowd: median" in text
    assert "<script>alert" not in text
    links = re.findall(r'href="(forecaster/[^"]+)"', text)
    assert len(links) == 3 and "forecaster/m.html" in links
    assert sorted(path.name for path in (out / "forecaster").iterdir()) == sorted(Path(link).name for link in links)
    page = (out / "forecaster" / "m.html").read_text()
    assert '<h1 dir="auto">Metaculus &amp; Co</h1>' in page
    assert "0.065" in page  # (0.2^2 + 0.3^2) / 2
    for path in (out / "forecasters.html", *(out / "forecaster").iterdir()):
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(path.read_text())
    assert 'id="against"' not in (out / "score.html").read_text()  # nobody was asked within thirty days
    assert 'href="../forecasters.html"' in (out / "claim" / "came.html").read_text()


def test_the_score_stands_against_what_others_expected(run: Runner, tmp_path: Path) -> None:
    out = built(run, tmp_path, *ROWS, "came,m,2020-01-01,0.8")
    told = "Metaculus &amp; Co expected 0.8 hits of 1 claim, 1 came: too few series for a test."
    assert f'<a href="forecaster/m.html">{told}</a>' in (out / "score.html").read_text()
    assert "1 claim without a forecast by Metaculus &amp; Co in time: missed." in (out / "score.html").read_text()
    assert told in (out / "forecaster" / "m.html").read_text()


def test_no_page_where_nobody_forecast(run: Runner, tmp_path: Path) -> None:
    bare = re.sub(r"\n     forecasts: .*", "", LEDGER.replace("forecasts: [tables/*.csv]\n", ""))
    out = built(run, tmp_path, ROWS[0], ledger=bare)
    assert not (out / "forecasters.html").exists()
    assert "forecasters.html" not in (out / "index.html").read_text()


@pytest.mark.parametrize("row", ["missed,m,2020-03-01,70", "missed,m,soon,0.7"])
def test_forecasts_that_cannot_be_used_leave_the_rest(run: Runner, tmp_path: Path, row: str) -> None:
    ledger = re.sub(r"\n     forecasts: .*", "", LEDGER)
    out = built(run, tmp_path, ROWS[0], row, ledger=ledger)
    assert not (out / "forecasters.html").exists()
    assert (out / "claim" / "came.html").exists()
