"""Bad and hostile input, each in a process of its own: bounded in time and memory, and told what is wrong where."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger.files import Disk
from ledger.loading.assembly import GivenText, load

SECONDS = 2.0
MEGABYTES = 300
SOURCE = Path(__file__).resolve().parents[2] / "src"
HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\ntopics: {cars: }\nsources: {s-1: {title: A page}}\n"
KEYS = "claim: Ann builds cars.\n    speaker: ann\n    said: 2025-01-08\n    source: s-1\n    deadline: 2026\n"
CLAIM = f"  - id: c-1\n    {KEYS}"
SOUND = f"  - id: c-2\n    {KEYS}"
FIRST = HEAD.count("\n") + 2  # the line of the first claim's dash


# Starts the program in a process whose own memory is small, for the peak of a child includes its parent's.
LAUNCHER = """
import json, resource, subprocess, sys
status = subprocess.call(sys.argv[2:], timeout=60)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([status, used.ru_utime + used.ru_stime, used.ru_maxrss], file)
"""


class Ended(NamedTuple):
    """How a child process ended."""

    status: int
    out: str
    err: str


def run(folder: Path, *words: str) -> Ended:
    """Run `ledger` as a child; it fails on a signal, a traceback, or past the bounds."""
    used = folder / "used.json"
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, used, sys.executable, "-m", "ledger", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "NO_COLOR": "1"},
    )
    status, seconds, peak = json.loads(used.read_text())
    assert status >= 0, f"signal {-status}"
    assert "Traceback" not in done.stderr
    assert seconds <= SECONDS
    assert peak / (1024 * 1024 if sys.platform == "darwin" else 1024) <= MEGABYTES
    return Ended(status, done.stdout, done.stderr)


def check(folder: Path, name: str = "ledger.yaml") -> tuple[int, list[dict[str, Any]]]:
    """The exit status of check and the problems it found, those of loading alone."""
    ended = run(
        folder, "check", "-f", name, "--format", "json", "--as-of", "2025-06-01", "--ignore", "no-criteria,unused"
    )
    return ended.status, json.loads(ended.out)["problems"]


def listed(folder: Path) -> list[str]:
    """The ids that list shows; it exits 0 whatever is wrong inside."""
    ended = run(folder, "list", "-f", "ledger.yaml", "--columns", "id", "--format", "plain")
    assert ended.status == 0, ended.err
    return ended.out.split()


# --- no ledger at all: exit status 3 ------------------------------------------------------------------------


def _large(folder: Path) -> None:
    with (folder / "ledger.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)


def _links(folder: Path) -> None:
    (folder / "ledger.yaml").symlink_to("other.yaml")
    (folder / "other.yaml").symlink_to("ledger.yaml")


def _unreadable(folder: Path) -> None:
    (folder / "ledger.yaml").write_text(HEAD)
    (folder / "ledger.yaml").chmod(0)


UNREADABLE: dict[str, tuple[Callable[[Path], Any] | bytes, str]] = {
    "no file": (lambda folder: None, "ledger.yaml: no such file"),
    "a folder": (lambda folder: (folder / "ledger.yaml").mkdir(), "ledger.yaml: is a folder"),
    "a FIFO": (lambda folder: os.mkfifo(folder / "ledger.yaml"), "ledger.yaml: not a regular file"),
    "a device": (lambda folder: (folder / "ledger.yaml").symlink_to("/dev/zero"), "ledger.yaml: not a regular file"),
    "links in a circle": (_links, "ledger.yaml: too many levels of symbolic links"),
    "not UTF-8": (b"ledger: 1\ntitle: caf\xe9\n", r"ledger.yaml:2: not UTF-8 \(byte 0xe9\)"),
    "UTF-16": ("ledger: 1\n".encode("utf-16"), "ledger.yaml:1: not UTF-8"),
    "an empty file": (b"", "no mapping with a ledger: key"),
    "only comments": (b"# ledger: 1\n\n# nothing\n", "no mapping with a ledger: key"),
    "a list": (b"- ledger: 1\n", "no mapping with a ledger: key"),
    "a text": (b"ledger\n", "no mapping with a ledger: key"),
    "another mapping": (b"ledgers: 1\nclaims:\n  - id: a\n", "no mapping with a ledger: key"),
    "only in the second document": (b"--- a\n---\nledger: 1\n", "no mapping with a ledger: key"),
    "binary": (bytes(range(1, 128)) * 100, "no mapping with a ledger: key"),
    "200 MB": (_large, "209,715,200 bytes in all, more than the 134,217,728 that are read"),
    "ten million claims in brackets": (
        lambda folder: (folder / "ledger.yaml").write_text(HEAD + "claims: [" + "a," * 10_000_000 + "]\n"),
        "a file of more than 16,777,216 characters whose claims cannot be told apart",
    ),
    "many claims in brackets": (
        lambda folder: (folder / "ledger.yaml").write_text(HEAD + "claims: [" + "{id: a}," * 200_000 + "]\n"),
        "ledger.yaml: more than 300,000 values",
    ),
    "three million empty claims": (
        lambda folder: (folder / "ledger.yaml").write_text(HEAD + "claims:\n" + "-\n" * 3_000_000),
        "ledger.yaml: more than 100,000 claims are not read\n  .*FORECAST_LEDGER_MAX_CLAIMS=200000",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_no_ledger_could_be_read(name: str, tmp_path: Path) -> None:
    made, message = UNREADABLE[name]
    if isinstance(made, bytes):
        (tmp_path / "ledger.yaml").write_bytes(made)
    else:
        made(tmp_path)
    ended = run(tmp_path, "list", "-f", "ledger.yaml")
    assert ended.status == 3
    assert ended.out == ""
    assert re.search(message, ended.err), ended.err


# --- problems: check exits 1, list exits 0 and shows the rest -------------------------------------------------


class Case(NamedTuple):
    """The text of a ledger, and of each problem its code, line, column and words; the claims that are listed."""

    text: str | Callable[[], str]
    problems: list[tuple[str, int, int, str]]
    listed: tuple[str, ...] = ("c-2",)


def in_claim(line: str) -> str:
    """A ledger of two claims, the first with one more line, which is line `FIRST + 6`."""
    return f"{HEAD}claims:\n{CLAIM}    {line}\n{SOUND}"


def instead(old: str, new: str) -> str:
    """A ledger of two claims, with a change in the first."""
    return HEAD + "claims:\n" + CLAIM.replace(old, new) + SOUND


LINE = FIRST + 6
BOTH = ("c-1", "c-2")
LONG = "9" * 5000
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)

CASES: dict[str, Case] = {
    "tabs": Case(in_claim("\tnote: x").replace("    \tnote", "\tnote"), [("syntax", LINE, 1, "a tab")]),
    "unclosed quote": Case(in_claim('note: "x'), [("syntax", LINE, 11, "not closed")]),
    "duplicate key": Case(in_claim("speaker: ann"), [("duplicate-key", LINE, 5, "speaker stands twice")], BOTH),
    "duplicate id": Case(
        instead("c-1", "c-2"), [("duplicate-id", FIRST + 6, 9, "c-2 is the id of the claim at ledger.yaml:6 too")]
    ),
    "unknown key": Case(in_claim("deadlines: 2027"), [("unknown-key", LINE, 5, "no key 'deadlines'")], BOTH),
    "a list for a text": Case(in_claim("note: [a]"), [("bad-value", LINE, 11, "note is a text, not a list")], BOTH),
    "a text for a list": Case(in_claim("topics: cars"), [("bad-value", LINE, 13, "topics is a list")], BOTH),
    "a mapping for a number": Case(
        in_claim("quantity: {at_least: {a: 1}}"), [("bad-value", LINE, 26, "at_least is a number")]
    ),
    "claims as a mapping": Case(HEAD + "claims: {a: 1}\n", [("bad-value", 5, 9, "claims is a list")], ()),
    "a claim as a text": Case(
        HEAD + "claims:\n  - a text\n" + SOUND, [("bad-value", FIRST, 5, "a claim is a mapping of keys and values")]
    ),
    "deadline: soon": Case(instead("2026\n", "soon\n"), [("bad-period", FIRST + 5, 15, '"soon" is')]),
    "month 13": Case(instead("2026\n", "2026-13\n"), [("bad-period", FIRST + 5, 15, "month 13 does not exist")]),
    "not a number": Case(
        in_claim("quantity: {at_least: .nan}"), [("bad-value", LINE, 26, "'.nan' is not a finite number")]
    ),
    "infinite": Case(
        in_claim("quantity: {at_least: -.inf}"), [("bad-value", LINE, 26, "'-.inf' is not a finite number")]
    ),
    "beyond infinity": Case(
        in_claim("quantity: {at_least: 1e400}"), [("bad-value", LINE, 26, "'1e400' is not a finite number")]
    ),
    "5,000 digits": Case(
        in_claim(f"quantity: {{at_least: {LONG}}}"), [("bad-value", LINE, 26, "is not a finite number")]
    ),
    "5,000 digits as a period": Case(instead("2026\n", LONG + "\n"), [("bad-period", FIRST + 5, 15, "")]),
    "5,000 digits as a text": Case(in_claim(f"note: {LONG}"), [("bad-value", LINE, 11, "note is a text")], BOTH),
    "a probability beyond 1": Case(in_claim("probability: 80"), [("bad-value", LINE, 18, "not a probability")], BOTH),
    "python/object": Case(
        in_claim("note: !!python/object/apply:os.system [id]"),
        [
            ("bad-value", LINE, 11, "note is a text, not a list"),
            ("yaml-feature", LINE, 11, "the tag tag:yaml.org,2002:python/object/apply:os.system"),
        ],
        BOTH,
    ),
    "alias to itself": Case(
        in_claim("topics: &t [*t]"),
        [
            ("bad-value", LINE, 13, "topics is a text, not a list"),
            ("yaml-feature", LINE, 13, "the anchor &t"),
            ("yaml-feature", LINE, 17, "the alias *t"),
        ],
        BOTH,
    ),
    "merge key": Case(in_claim("<<: {note: x}"), [("yaml-feature", LINE, 5, "merge keys")], BOTH),
    "100,000 brackets": Case(in_claim("note: " + "[" * 100_000), [("limit", LINE, 40, "deeper than 32 levels")]),
    "100,000 brackets outside": Case(
        HEAD.replace("ledger: 1\n", "ledger: 1\ntitle: " + "[" * 100_000 + "\n") + "claims:\n" + SOUND,
        [("limit", 2, 38, "deeper than 32 levels")],
    ),
    "100,000 keys in keys": Case(in_claim("? " * 100_000 + "a"), [("limit", LINE, 65, "deeper than 32 levels")]),
    "too deep": Case(in_claim("topics: " + "[" * 33 + "]" * 33), [("limit", LINE, 42, "deeper than 32 levels")]),
    "closed, but deeper than libyaml reads": Case(
        in_claim("topics: " + "[" * 1_200 + "]" * 1_200), [("limit", LINE, 42, "deeper than 32 levels")]
    ),
    "ten million entries": Case(
        lambda: in_claim("topics: [" + "a," * 10_000_000 + "]"),
        [("limit", FIRST, 1, "a claim of more than 262,144 characters")],
    ),
    "ten million entries outside": Case(
        lambda: HEAD + "include: [" + "a," * 10_000_000 + "]\nclaims:\n" + SOUND,
        [("limit", 1, 1, "more than 16,777,216 characters besides the claims")],
    ),
    "one million entries outside": Case(
        lambda: HEAD + "include: [" + "a," * 1_000_000 + "]\nclaims:\n" + SOUND,
        [("limit", 5, 10, "more than 200,000 values")],
    ),
    "5,000 values in a claim": Case(
        in_claim("topics: [" + "cars," * 5_001 + "]"), [("limit", LINE, 13, "more than 5,000 values")]
    ),
    "a line of 120 MB": Case(
        lambda: HEAD + "title: " + "x" * 120_000_000 + "\nclaims:\n" + SOUND,
        [("limit", 1, 1, "more than 16,777,216 characters besides the claims")],
    ),
    "ESC in the file": Case(in_claim("note: \x1b[2J"), [("control-character", LINE, 11, "U+001B")]),
    "ESC as an escape": Case(in_claim(r'note: "\e[2J"'), [("control-character", LINE, 11, "note holds U+001B")], BOTH),
    "OSC": Case(in_claim("note: a \x9d8;;x"), [("control-character", LINE, 13, "U+009D")]),
    "bidi": Case(in_claim("note: ab\u202ecd"), [("control-character", LINE, 13, "note holds U+202E")], BOTH),
    "NUL": Case(in_claim("note: a\0"), [("control-character", LINE, 12, "U+0000")]),
    "two documents": Case(
        f"{HEAD}claims:\n{CLAIM}{SOUND}---\nledger: 1\n",
        [("yaml-feature", FIRST + 12, 1, "a second document begins here")],
        BOTH,
    ),
    "two documents, the first one broken": Case(
        in_claim('note: "x') + "---\nledger: 1\n",
        [("syntax", LINE, 11, "not closed"), ("yaml-feature", FIRST + 13, 1, "a second document begins here")],
    ),
    "a byte-order mark": Case("\ufeff" + in_claim("note: 5"), [("bad-value", LINE, 11, "")], BOTH),
    "version 2": Case(in_claim("note: x").replace("ledger: 1", "ledger: 2"), [("bad-value", 1, 9, "format 1")], BOTH),
}


@pytest.mark.parametrize("name", CASES)
def test_a_problem_with_a_place(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    text = case.text if isinstance(case.text, str) else case.text()
    (tmp_path / "ledger.yaml").write_text(text)
    status, problems = check(tmp_path)
    assert status == 1
    seen = sorted((found["code"], found["line"], found["column"], found["message"]) for found in problems)
    assert [place[:3] for place in seen] == [place[:3] for place in sorted(case.problems)]
    for (*_, words), (*_, message) in zip(sorted(case.problems), seen, strict=True):
        assert words in message
    assert all(found["hint"] for found in problems)
    if isinstance(case.text, str):
        ledger = load(Disk(), [GivenText("ledger.yaml", text.encode())])
        assert [claim.id for claim in ledger.claims] == list(case.listed)
    else:
        assert listed(tmp_path) == list(case.listed)


def test_an_alias_bomb(tmp_path: Path) -> None:
    (tmp_path / "ledger.yaml").write_text(HEAD + BOMB + "claims:\n" + SOUND)
    status, problems = check(tmp_path)
    assert status == 1
    assert Counter(found["code"] for found in problems) == {"yaml-feature": 61, "unknown-key": 11}
    assert listed(tmp_path) == ["c-2"]


def test_many_claims_that_are_all_wrong(tmp_path: Path) -> None:
    (tmp_path / "ledger.yaml").write_text(HEAD + "claims:\n" + "- id: a\n  a: 1\n" * 20_000)
    ended = run(tmp_path, "list", "-f", "ledger.yaml")
    assert ended.status == 0
    ledger = load(Disk(), [str(tmp_path / "ledger.yaml")])
    assert len(ledger.problems) == 10_001
    assert [found.code for found in ledger.problems].count("limit") == 1
