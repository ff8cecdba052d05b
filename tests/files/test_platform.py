"""Systems that lack what only Unix has: reading, checking and exporting work, and edits are refused in a sentence.

Nothing here runs on Windows: what Python does not have there is taken away.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.files import platform

SOURCE = Path(__file__).parents[2] / "src"
LEDGER = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
include: [more/*.yaml]
claims:
  - id: rain-2026
    claim: It rains in 2026.
    speaker: ann
    said: 2024-01-02
    source: talk
    deadline: 2026
    criteria: A weather report.
"""
MORE = (
    "ledger: 1\nclaims:\n  - {id: b, claim: B., speaker: ann, said: 2024, source: talk, deadline: 2030, criteria: c}\n"
)
# The commands in order, the exit status of each, and what its output or message holds.
COMMANDS: list[tuple[str, int, str]] = [
    ("list", 0, "rain-2026"),
    ("list -f -", 0, "rain-2026"),
    ("show rain-2026", 0, "It rains in 2026."),
    ("check", 0, ""),
    ("check --report json=report.json", 0, ""),
    ("check --base HEAD", 0, ""),
    ("due", 0, ""),
    ("score", 0, ""),
    ("log rain-2026", 0, "It rains"),
    ("diff HEAD", 0, "nothing changed"),
    ("list --rev HEAD", 0, "rain-2026"),
    ("export csv -o out.csv", 0, "out.csv: 2 claims"),
    ("export csv -o out.csv", 0, "out.csv: 2 claims"),
    ("export sqlite -o claims.yaml", 2, "would overwrite the ledger"),
    ("export jsonl -o rows.jsonl", 0, "rows.jsonl"),
    ("import jsonl rows.jsonl -f fresh.yaml", 0, "made"),
    ("site public", 0, "public:"),
    ("init other.yaml", 0, "wrote other.yaml"),
    ("list -f more", 3, "more: is a folder"),
    ("list -f nothing.yaml", 3, "no such file"),
    ("cache clear", 0, "removed"),
    ("touch rain-2026", 3, "are not edited on this system"),
    ("touch rain-2026 --dry-run", 0, "checked:"),
    ("add --file claims.yaml", 2, ""),
]
_RUN = """
import io, json, os, signal, sys
for name in ("O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NOCTTY", "fchmod", "fchown", "setxattr",
             "chown", "getxattr", "listxattr", "mkfifo", "getuid", "geteuid", "fork", "killpg", "sched_getaffinity"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGALRM"):
    if hasattr(signal, name):
        delattr(signal, name)
os.supports_dir_fd = set()
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "termios", "tty", "pwd", "grp", "resource"):
            raise ImportError(name)
sys.meta_path.insert(0, Absent())
for name in ("fcntl", "termios", "tty", "pwd", "grp", "resource"):
    sys.modules.pop(name, None)
real_open = os.open
def open_no_folders(path, flags, *args, **kwargs):
    if "dir_fd" in kwargs or os.path.isdir(path):
        raise PermissionError(13, "Permission denied", path)  # as Windows says of a folder
    return real_open(path, flags, *args, **kwargs)
os.open = open_no_folders
from ledger.cli import main
ledger = open("claims.yaml", "rb").read()
found = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["ledger", *words.split()]
    sys.stdin = io.TextIOWrapper(io.BytesIO(ledger.replace(b"include: [more/*.yaml]", b"")))
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    try:
        main()
        status = 0
    except SystemExit as end:
        status = end.code or 0
    told = "".join(stream.buffer.getvalue().decode() for stream in (sys.stdout, sys.stderr))
    found.append([words, status, told])
sys.__stdout__.write(json.dumps(found))
"""


def test_without_what_only_unix_has(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.yaml").write_text(MORE)
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*settings, "commit", "-qm", "one"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps([words for words, _, _ in COMMANDS])],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "FORECAST_LEDGER_CACHE": "cache",
             "FORECAST_LEDGER_AS_OF": "2025-06-01"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    for (words, status, told), (asked, expected, holds) in zip(json.loads(ran.stdout), COMMANDS, strict=True):
        assert (words, status) == (asked, expected), told
        assert holds in told
        assert "bug" not in told, told
    assert (tmp_path / "claims.yaml").read_text() == LEDGER
    assert (tmp_path / "out.csv").read_text().startswith("id,claim,")
    assert not list(tmp_path.glob("**/.forecast-ledger*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="there it is so in truth")
def test_this_system_has_it_all() -> None:
    assert platform.can_edit()
