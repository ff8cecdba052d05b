"""`score --since REV`: the headline then and now, and which claims moved."""

from __future__ import annotations

import json

from support.repositories import Repo, claim, ledger
from support.running import Runner

OVERDUE = claim("one", deadline="2026-02")
OPEN = claim("two", deadline="2027")
JUDGED = OVERDUE + "    resolutions:\n      - {outcome: true, judged: 2026-03-02, happened: 2026-02-10, note: seen}\n"


def test_what_moved(repo: Repo, run: Runner) -> None:
    repo.record(ledger(OVERDUE, OPEN))
    repo.record(ledger(JUDGED, OPEN, claim("three", deadline="2028")))
    out, err, status = run("score", "--since", "HEAD~1", "--format", "json")
    assert (err, status) == ("", 0)
    since = json.loads(out)["since"]
    assert since["day"] == "2026-03-01"
    assert since["groups"] == [{"group": "all", "n": 0, "hit": 0, "overdue": 1, "rate": None}]
    assert [(row["id"], row["status_before"], row["status"], row["account"]) for row in since["moved"]] == [
        ("one", "overdue", "hit", "scored"),
        ("three", None, "open", "open"),
    ]
    shown = run("score", "--since", "HEAD~1", "--format", "table").out
    assert "as of 2026-03-01" in shown
    assert "three  not there  open  open" in shown


def test_nothing_moved(repo: Repo, run: Runner) -> None:
    repo.record(ledger(OPEN))
    assert "No claim changed its state." in run("score", "--since", "HEAD", "--format", "table").out
    assert json.loads(run("score", "--since", "HEAD", "--format", "json").out)["since"]["moved"] == []


def test_no_such_commit(repo: Repo, run: Runner) -> None:
    repo.record(ledger(OPEN))
    _, err, status = run("score", "--since", "nope")
    assert status == 2
    assert "no commit 'nope'" in err
