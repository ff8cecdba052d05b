"""With a cache a ledger says what it says without: after any edit of the hand, over and over in one process."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ledger.cache import Store
from ledger.cache.opening import _Opening, open_ledger
from ledger.errors import UnreadableError
from ledger.loading.places import locate
from ledger.model import Ledger
from support.ledgers import HEAD, claim
from support.running import run_program

from .conftest import fresh, same, same_index

NAMES = ["claims.yaml"]
ROUNDS, EDITS = 25, 20
MORE = ("", "revises: c1", "see_also: [c2]", "window: during", "note: 'a: b # c'", "quantity: {at_least: 5, unit: x}")
SPREAD = HEAD.replace("claims:\n", "").rstrip() + "\n"


def start(random_: random.Random) -> str:
    claims = [claim(f"c{n}", "deadline: 2027", random_.choice(MORE), n) for n in range(8)]
    return HEAD + "".join(claims)


Edit = Callable[[list[str], int, random.Random], None]


def _indent(lines: list[str], at: int, random_: random.Random) -> None:
    lines[at] = " " * random_.randint(1, 5) + lines[at]


def _dedent(lines: list[str], at: int, random_: random.Random) -> None:
    lines[at] = lines[at][random_.randint(1, 4) :]


def _move_dash(lines: list[str], at: int, random_: random.Random) -> None:
    dashes = [n for n, line in enumerate(lines) if line.lstrip().startswith("- id")]
    if dashes:
        _indent(lines, random_.choice(dashes), random_)


def _put_back(lines: list[str], at: int, random_: random.Random) -> None:
    for n, line in enumerate(lines):
        if line.lstrip().startswith("- id"):
            lines[n] = "  " + line.lstrip()


def _insert(text: str) -> Edit:
    return lambda lines, at, random_: lines.insert(at, text)


def _swap_value(lines: list[str], at: int, random_: random.Random) -> None:
    dated = [n for n, line in enumerate(lines) if "deadline:" in line]
    if dated:
        lines[random_.choice(dated)] = (
            f"    deadline: {random_.choice(('2026', '2030-02', 'none', 'soon', '2027: x'))}\n"
        )


def _add_claim(lines: list[str], at: int, random_: random.Random) -> None:
    dashes = [n for n, line in enumerate(lines) if line.startswith("  - id")] or [len(lines)]
    lines.insert(random_.choice(dashes), claim(f"n{random_.randint(0, 9)}", "deadline: 2028", random_.choice(MORE), 1))


def _drop_claim(lines: list[str], at: int, random_: random.Random) -> None:
    dashes = [n for n, line in enumerate(lines) if line.startswith("  - id")]
    if len(dashes) > 1:
        first = random_.randrange(len(dashes) - 1)
        del lines[dashes[first] : dashes[first + 1]]


def _pieces(lines: list[str]) -> list[tuple[int, int]]:
    dashes = [n for n, line in enumerate(lines) if line.startswith("  - id")]
    return list(pairwise([*dashes, len(lines)]))


def _move_claim(lines: list[str], at: int, random_: random.Random) -> None:
    if pieces := _pieces(lines):
        start, end = random_.choice(pieces)
        moved = lines[start:end]
        del lines[start:end]
        lines.insert(random_.choice([start for start, _ in _pieces(lines)] or [len(lines)]), "".join(moved))


def _copy_claim(lines: list[str], at: int, random_: random.Random) -> None:
    for _ in range(random_.choice((1, 1, 2, 20))):
        if pieces := _pieces(lines):
            start, end = random_.choice(pieces)
            name = f"x{random_.randrange(10**6)}"
            lines.insert(random_.choice(pieces)[0], "".join([f"  - id: {name}\n", *lines[start + 1 : end]]))


def _drop_claims(lines: list[str], at: int, random_: random.Random) -> None:
    for start, end in sorted(random_.sample(_pieces(lines), min(3, len(_pieces(lines)) // 2)), reverse=True):
        del lines[start:end]


def _change_name(lines: list[str], at: int, random_: random.Random) -> None:
    for key, names in (("topics", ("[cars]", "[rockets]", "[rockets, cars]")), ("speaker", ("ada", "bob", "eve"))):
        found = [n for n, line in enumerate(lines) if line.startswith(f"    {key}:")]
        if found and random_.random() < 0.5:
            lines[random_.choice(found)] = f"    {key}: {random_.choice(names)}\n"


def _head(lines: list[str]) -> list[int]:
    """The lines before the claims."""
    return list(range(next((n for n, line in enumerate(lines) if line.startswith("claims:")), 0)))


def _change_head(lines: list[str], at: int, random_: random.Random) -> None:
    """A title, a name more, less or another, a table that is empty, a remark, a key behind the claims."""
    head, name = _head(lines), f"h{random_.randrange(10**6)}"
    tables = [n for n in head if lines[n].startswith(("people:", "topics:", "sources:"))]
    kind = random_.randrange(8)
    if kind == 0:
        lines.insert(random_.choice([*head, 0]), f"# {name} — “said”\n")
    elif kind == 1 and "title:" in "".join(lines):
        lines[:] = [f"title: Of {name} é\n" if line.startswith("title:") else line for line in lines]
    elif kind in (2, 3, 4) and tables:
        of = random_.choice(tables)
        entry = f"{name}: {{title: New}}" if lines[of].startswith("sources") else f"{name}: {name}"
        entry = f"{name}: {{name: New, fiscal_year_end: 3}}" if lines[of].startswith("people") else entry
        table, brace, rest = lines[of].partition("{")
        lines[of] = f"{table}{{{entry}, {rest}" if brace else f"{lines[of]}  {entry}\n"
    elif kind == 5 and tables:
        of = random_.choice(tables)
        lines[of] = re.sub(r"\bh\d+: (?:\{[^}]*\}|h\d+), |\b(?:bob|cars|web): [^,]*, ", "", lines[of], count=1)
    elif kind == 6:
        lines.append(random_.choice(("timezone: Europe/Berlin\n", "about: {keeper: Ada}\n", "# the end\n")))
    else:
        lines.insert(0, random_.choice(("about: {keeper: Ada}\n", "forecasts: [f.csv]\n", "include: []\n", "\n")))


def _line_end(lines: list[str], at: int, random_: random.Random) -> None:
    lines[at] = lines[at].rstrip("\r\n") + random_.choice(("\r\n", " \n", "\n\n", "  # said\n", "\r"))


def _drop(lines: list[str], at: int, random_: random.Random) -> None:
    del lines[at]


EDITS_OF_A_HAND: tuple[Edit, ...] = (
    _indent,
    _dedent,
    _move_dash,
    _put_back,
    _put_back,
    _insert("\n"),
    _insert("# a remark\n"),
    _insert("    # a remark\n"),
    _insert("   \n"),
    _insert("---\n"),
    _swap_value,
    _swap_value,
    _add_claim,
    _drop_claim,
    _move_claim,
    _copy_claim,
    _drop_claims,
    _change_name,
    _line_end,
    _drop,
    _change_head,
    _change_head,
)


def edited(text: str, random_: random.Random) -> str:
    for _ in range(random_.choice((1, 1, 1, 2, 3))):
        lines = text.splitlines(keepends=True)
        if lines:
            random_.choice(EDITS_OF_A_HAND)(lines, random_.randrange(len(lines)), random_)
        text = "".join(lines)
    return text


OF_CLAIMS = (
    _add_claim, _drop_claim, _move_claim, _copy_claim, _drop_claims, _change_name, _swap_value, _change_head,
)  # fmt: skip


def within_reach(text: str, random_: random.Random) -> str:
    """An edit that leaves a sound ledger, most of the time: what was kept has to be patched."""
    lines = text.splitlines(keepends=True)
    for _ in range(random_.choice((1, 1, 2, 3))):
        random_.choice(OF_CLAIMS)(lines, 0, random_)
        lines = "".join(lines).splitlines(keepends=True)
    return "".join(lines)


def places(ledger: Ledger) -> list[object]:
    return [locate(ledger.texts, spot, (key,)) for spot in ledger.spots for key in ("deadline", "note")]


@pytest.mark.parametrize("seed", range(4))
def test_two_thousand_edits_are_read_as_without_a_cache(store: Store, seed: int) -> None:
    differing(store, seed, ROUNDS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_more_edits_are_read_as_without_a_cache(store: Store, seed: int) -> None:
    differing(store, seed, ROUNDS)


def differing(store: Store, seed: int, rounds: int) -> None:
    """Edit ledgers over and over, and assert that each is read alike with the cache and without."""
    for turn in range(rounds):
        random_ = random.Random(seed * 1000 + turn)
        text = start(random_)
        store.clear()  # what is left of other ledgers would be looked through at each write
        for _ in range(EDITS):
            Path("claims.yaml").write_bytes(text.encode())
            plain = as_read(lambda: fresh(NAMES))
            if isinstance(plain, str):
                assert as_read(lambda: open_ledger(NAMES, store)) == plain
                break
            for _ in range(2):  # the second time from what the first one kept
                kept = open_ledger(NAMES, store)
                same(kept, plain)
                same_index(kept, plain)
            assert places(kept) == places(plain)
            text = edited(text, random_) if random_.random() < 0.8 else start(random_)


def as_read(read: Callable[[], Ledger]) -> Ledger | str:
    """A ledger, or why there is none."""
    try:
        return read()
    except UnreadableError as error:
        return error.message


@pytest.mark.parametrize("seed", range(3))
def test_claims_that_come_go_and_move_are_read_alike_from_what_was_kept(store: Store, seed: int) -> None:
    assert patches(store, seed, 40) > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 240))
def test_many_more_that_come_go_and_move(store: Store, seed: int) -> None:
    assert patches(store, seed, 150) > 50  # one edit in eight is of the head, and many of those are wrong


def patches(store: Store, seed: int, edits: int) -> int:
    """Edit one ledger over and over, which must be read alike; how often it was not read anew."""
    random_ = random.Random(seed)
    more = ["", "", "", *(random_.choice(MORE) for _ in range(47))]  # the first ones are what others refer to
    text = sound = HEAD + "".join(claim(f"c{n}", "deadline: 2027", of, n) for n, of in enumerate(more))
    anew: list[int] = []
    keep = _Opening.keep
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(_Opening, "keep", lambda self, *words: anew.append(1) or keep(self, *words))  # type: ignore[func-returns-value]
        for _ in range(edits):
            Path("claims.yaml").write_text(text)
            kept, plain = open_ledger(NAMES, store), fresh(NAMES)
            same(kept, plain)
            same_index(kept, plain)
            assert places(kept) == places(plain)
            sound = text if not plain.problems else sound
            text = within_reach(sound, random_)
    return edits - len(anew)


COMMANDS = ("check", "list", "score", "due", "people")


def test_twenty_edits_are_told_alike_by_every_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORECAST_LEDGER_CACHE", str(tmp_path / "kept"))
    random_ = random.Random(7)
    text = start(random_)
    for _ in range(20):
        Path("claims.yaml").write_bytes(text.encode())
        for command in COMMANDS:
            words = (command, "-f", "claims.yaml", "--format", "json", "--as-of", "2026-11-22")
            kept, plain = run_program(monkeypatch, *words), run_program(monkeypatch, *words, "--no-cache")
            assert (kept.status, json.loads(kept.out or "null")) == (plain.status, json.loads(plain.out or "null"))
        text = edited(text, random_)


def test_a_dash_that_moved_right_is_seen_with_a_warm_cache(store: Store) -> None:
    text = start(random.Random(1))
    Path("claims.yaml").write_text(text)
    open_ledger(NAMES, store)
    for moved in ("   - id: c4\n", "     - id: c4\n", " - id: c4\n"):
        Path("claims.yaml").write_text(text.replace("  - id: c4\n", moved))
        plain, kept = fresh(NAMES), open_ledger(NAMES, store)
        same(kept, plain)
        assert [found.code for found in kept.problems] == ["syntax"]
