"""Each writing command on each hard file, from disk to disk: bytes, data, and what the loader finds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger import workspace
from ledger.model import Claim, Ledger
from ledger.writing.add import plan_add
from ledger.writing.apply import apply
from ledger.writing.plan import Plan
from ledger.writing.resolve import AskedEvidence, AskedJudgement, plan_reopen, plan_resolve
from ledger.writing.revise import plan_revise
from ledger.writing.touch import plan_touch
from support.hard_files import FILES

TODAY = date(2026, 11, 22)
NEW: dict[str, Any] = {"claim": 'A "new" claim: 12:30.', "said": "2026-10", "source": "post", "deadline": "2030"}
SEEN = AskedEvidence(("https://example.org/#x",), says="yes")
ASKED = AskedJudgement(outcome="true", evidence=SEEN, note="It's so: 1, 2.", in_time=True)
COMMANDS = {
    "resolve a": lambda ledger: plan_resolve(ledger, ["a"], ASKED, today=TODAY),
    "resolve b again": lambda ledger: plan_resolve(ledger, ["b"], ASKED._replace(again=True), today=TODAY),
    "resolve both": lambda ledger: plan_resolve(ledger, ["b", "a"], ASKED._replace(again=True), today=TODAY),
    "reopen b": lambda ledger: plan_reopen(ledger, ["b"], AskedJudgement(note="Why?"), today=TODAY),
    "touch a": lambda ledger: plan_touch(ledger, ["a"], today=TODAY),
    "touch both": lambda ledger: plan_touch(ledger, ["a", "b"], today=TODAY),
    "add": lambda ledger: plan_add(ledger, {**NEW, "speaker": "ann", "topics": "tea"}, today=TODAY),
    "revise a": lambda ledger: plan_revise(ledger, "a", NEW, today=TODAY),
    "revise b": lambda ledger: plan_revise(ledger, "b", NEW, today=TODAY),
}


def without_new(claim: Claim) -> Claim:
    """A claim without what the commands write."""
    kept = tuple(one for one in claim.resolutions if one.judged.last != TODAY)
    return claim._replace(checked=None, resolutions=kept)


def codes(ledger: Ledger) -> Counter[tuple[str, str | None]]:
    return Counter((found.code, found.claim) for found in ledger.problems)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_commands(name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("claims.yaml")
    path.write_bytes(FILES[name].encode())
    before = workspace.open_ledger(["claims.yaml"])
    plan: Plan = COMMANDS[command](before)
    assert path.read_bytes() == FILES[name].encode()
    written = apply(plan)
    after = workspace.open_ledger(["claims.yaml"])
    assert [file.name for file in written.files] == ["claims.yaml"]
    assert codes(after) <= codes(before)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == FILES[name].startswith("\ufeff")
    old = {claim.id: without_new(claim) for claim in before.claims}
    new = {claim.id: without_new(claim) for claim in after.claims if claim.id in old}
    assert new == old
    adds = command.startswith(("add", "revise"))
    assert len(after.claims) - len(before.claims) == adds
    changed = {claim.id for claim, was in zip(after.claims, before.claims, strict=False) if claim != was}
    assert changed or adds
    places = {(spot.line, claim.id) for spot, claim in zip(after.spots, after.claims, strict=True)}
    if adds and "\n" in FILES[name]:
        assert (written.steps[0].line, written.steps[0].claim) in places


@pytest.mark.parametrize("name", FILES)
def test_a_claim_that_was_looked_at_today_is_not_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("claims.yaml").write_bytes(FILES[name].encode())
    apply(plan_touch(workspace.open_ledger(["claims.yaml"]), ["a", "b"], today=TODAY))
    before = _identity()
    written = apply(plan_touch(workspace.open_ledger(["claims.yaml"]), ["a", "b"], today=TODAY))
    assert (written.files, [step.line for step in written.steps]) == ((), [None, None])
    assert _identity() == before


def _identity() -> tuple[int, int]:
    """What changes when a file is written or replaced; reading it changes neither."""
    info = Path("claims.yaml").stat()
    return info.st_ino, info.st_mtime_ns
