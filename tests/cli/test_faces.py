"""What one face of the program says, the others say too."""

from __future__ import annotations

import html
import re
from pathlib import Path

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
