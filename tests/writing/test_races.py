"""Many writers at once: every judgement arrives, none twice, and the file is whole at every moment."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger import workspace

WRITERS = 8

_WRITER = """
import sys
from datetime import date
from ledger import workspace
from ledger.writing.apply import apply
from ledger.writing.resolve import AskedJudgement, plan_resolve
from ledger.errors import RefusedError

asked = AskedJudgement(outcome="true", note="seen by " + sys.argv[1], in_time=True)
for name in sys.argv[2:]:
    ledger = workspace.open_ledger(["claims.yaml"])
    try:
        apply(plan_resolve(ledger, [name], asked, today=date(2026, 11, 22)))
    except RefusedError as refused:
        print(name, refused.message, flush=True)
"""

# Saves as editors do: a new file renamed over the old one, unless somebody wrote since it was opened.
_EDITOR = """
import os, re, sys, time
from pathlib import Path
path, saved = Path("claims.yaml"), 0
while not Path("stop").exists():
    opened = path.read_text()
    time.sleep(0.002)
    text = re.sub("^title: .*$", f"title: saved {saved + 1} times", opened, flags=re.M)
    Path("editor.swp").write_text(text)
    if path.read_text() == opened:
        os.rename("editor.swp", path)
        saved += 1
    time.sleep(0.2)
print(saved)
"""


def _claim(number: int) -> str:
    fields = ("claim: C.", "speaker: ann", "said: 2024", "source: post", "deadline: 2025")
    return f"  - id: c{number:03d}\n" + "".join(f"    {field}\n" for field in fields)


def _write(claims: int) -> None:
    head = "ledger: 1\ntitle: none\npeople: {ann: {name: Ann}}\nsources: {post: {title: P}}\nclaims:\n"
    Path("claims.yaml").write_text(head + "".join(_claim(number) for number in range(claims)))


def _start(script: str, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, *args], stdout=subprocess.PIPE, text=True)


def _writers(claims: int) -> list[subprocess.Popen[str]]:
    names = [f"c{number:03d}" for number in range(claims)]
    return [_start(_WRITER, str(at), *names[at::WRITERS]) for at in range(WRITERS)]


def _ends(processes: list[subprocess.Popen[str]]) -> list[str]:
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return said


@pytest.mark.parametrize("claims", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_eight_writers_judge_the_claims_of_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: int
) -> None:
    monkeypatch.chdir(tmp_path)
    _write(claims)
    assert _ends(_writers(claims)) == [""] * WRITERS
    ledger = workspace.open_ledger(["claims.yaml"])
    assert not ledger.problems
    assert [len(claim.resolutions) for claim in ledger.claims] == [1] * claims
    assert [claim.resolutions[0].note for claim in ledger.claims] == [
        f"seen by {number % WRITERS}" for number in range(claims)
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.yaml"]


@pytest.mark.slow
def test_while_an_editor_saves_the_file_is_always_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    claims = 200
    _write(claims)
    editor, writers = _start(_EDITOR), _writers(claims)
    while any(writer.poll() is None for writer in writers):
        assert not workspace.open_ledger(["claims.yaml"]).problems
        time.sleep(0.02)
    said = _ends(writers)
    Path("stop").touch()
    (saved,) = _ends([editor])
    ledger = workspace.open_ledger(["claims.yaml"])
    assert not ledger.problems
    assert int(saved) > 0
    assert all("changed meanwhile" in line for text in said for line in text.splitlines())
    # An editor that looks and then saves can lose what was written in between, but nothing is there twice.
    judged = [len(claim.resolutions) for claim in ledger.claims]
    assert max(judged) == 1
    assert sum(judged) > claims * 0.9
