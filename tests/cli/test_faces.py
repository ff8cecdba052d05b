"""What one face of the program says, the others say too."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from pathlib import Path

import ledger
from ledger.numbers import percent

from .conftest import Runner

HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\nsources: {talk: {title: A talk}}\nclaims:\n"
STATED = """\
  - {id: sure, claim: It rains., speaker: ann, said: 2019, source: talk, deadline: 2020, probability: 99.7%,
     quantity: {range: [1, 2], level: 0.995, unit: mm},
     resolutions: [{outcome: "true", judged: 2021-01-02, note: It did.}]}
"""
MISSED = """\
  - {id: "miss-%d", claim: Snow %d., speaker: ann, said: 2019, source: talk, deadline: 2020,
     resolutions: [{outcome: "false", judged: 2021-01-02, note: None fell.}]}
"""


def words(page: Path) -> str:
    """A page's words, those of its drawings too."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page.read_text(encoding="utf-8"))).split())


def test_a_stated_share_is_quoted_with_its_digits_everywhere(run: Runner, tmp_path: Path) -> None:
    shown = run("show", "sure", ledger=HEAD + STATED, COLUMNS="100").out
    assert "99.7%" in shown and "at 99.5%" in shown
    assert run("site", "built").status == 0
    assert "99.7%" in words(tmp_path / "built/claim/sure.html")
    assert "at 99.5%" in words(tmp_path / "built/claim/sure.html")
    assert "99.7% 1 1 100% 21–100%" in words(tmp_path / "built/score.html")
    assert "99.7%" in run("calibration", "--format", "markdown").out


def test_a_rate_that_is_not_none_is_nowhere_none(run: Runner, tmp_path: Path) -> None:
    ledger = HEAD + STATED + "".join(MISSED % (n, n) for n in range(200))
    assert "<1%" in run("score", "--format", "table", ledger=ledger).out
    assert run("site", "built").status == 0
    front, scores = (words(tmp_path / "built" / name) for name in ("index.html", "score.html"))
    assert "That is a rate of <1%, with an interval from <1% to 3%." in front
    assert "1 of 201 · <1%" in front and "1 of 201, <1%" in scores and "<1–3%" in scores
    assert "0%" not in re.findall(r"of 201[ ,·]+(\S+)", front + scores)


def test_one_rate_in_score_site_database_and_counts(run: Runner, tmp_path: Path) -> None:
    text = HEAD + STATED + "".join(MISSED % (n, n) for n in range(3))
    (group,) = json.loads(run("score", "--format", "json", ledger=text).out)["groups"]
    assert (group["hit"], group["n"], group["rate"]) == (1, 4, 0.25)
    assert run("export", "sqlite", "--output", "claims.db").status == 0
    database = sqlite3.connect(tmp_path / "claims.db")
    assert database.execute("SELECT hit, scored, rate FROM rates").fetchone() == (1, 4, 0.25)
    (person,) = json.loads(run("people", "--format", "json").out)["people"]
    assert (person["hit"], person["miss"]) == (1, 3)
    assert run("site", "built").status == 0
    low, high = (percent(group["interval"][end]) for end in ("low", "high"))
    assert f"That is a rate of 25%, with an interval from {low} to {high}." in words(tmp_path / "built/index.html")


def test_rates_are_worked_out_in_one_place() -> None:
    source = Path(ledger.__file__).parent
    for path in (
        path for room in ("results", "render", "site", "writing", "cli") for path in (source / room).rglob("*.py")
    ):
        named = re.findall(r"\b(?:rate_bounds|effective_n)\b", path.read_text(encoding="utf-8"))
        assert not named or path.name == "groups.py", path
