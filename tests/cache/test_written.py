"""What a command writes is in the cache as if the files had been read: over and over, by every command that writes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ledger.cache import Store
from ledger.cache.opening import _Opening, open_ledger
from support.ledgers import HEAD, claim
from support.running import run_program

from .conftest import fresh, same, same_index

NAMES = ["claims.yaml"]


def _lines(random_: random.Random, ids: list[str]) -> tuple[str, ...]:
    one, other = random_.choice(ids), random_.choice(ids)
    word = random_.choice(("“new”", "größer", "— more", "plain"))
    number, year = random_.randrange(10**6), f"20{random_.randint(28, 60)}"
    return random_.choice((
        ("resolve", one, random_.choice(("true", "false")), "--again", "--in-time", "--note", f"seen {word}"),
        ("resolve", one, other, "false", "--again", "--note", "both"),
        ("reopen", one, "--note", word),
        ("touch", one, other),
        ("touch", one, "--note", f"looked {word}"),
        ("add", f"Thing {number} {word} comes.", "-s", "ada", "-S", "talk", "-w", "2024-05-05", "-d", "2031"),
        ("add", f"Thing {number} {word} goes.", "-s", "bob", "-S", "paper", "-w", "2020", "-d", "2027", "-t", "cars"),
        ("revise", one, f"It is {number} {word}.", "-S", "talk", "-w", "2026-05-05", "-d", year),
        ("add", f"New {number}.", "-s", "ada", "-S", f"s{number}", "--title", "New", "-w", "2024", "-d", "2031", "-D"),
    ))  # fmt: skip


@pytest.mark.parametrize("included", [False, True])
def test_what_is_written_is_kept_as_it_would_be_read(
    included: bool, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORECAST_LEDGER_CACHE", str(store.folder))
    claims = [claim(f"c{n}", "deadline: 2027", "revises: c1" if n == 30 else "", n) for n in range(40)]
    text = HEAD + "".join(claims)
    if included:
        Path("more.yaml").write_text("ledger: 1\nclaims:\n" + "".join(claims[20:]))
        text = HEAD.replace("title:", "include: [more.yaml]\ntitle:", 1) + "".join(claims[:20])
    Path("claims.yaml").write_text(text)
    open_ledger(NAMES, store)
    random_ = random.Random(1)
    handed = 0
    rewritten = _Opening.rewritten

    def counting(self: _Opening, *words: object) -> bool:
        nonlocal handed
        found = rewritten(self, *words)  # type: ignore[arg-type]
        handed += found
        return found

    monkeypatch.setattr(_Opening, "rewritten", counting)
    written = 0
    for _ in range(40):
        ids = [fact.id for fact in fresh(NAMES).facts]
        words = _lines(random_, ids)
        ran = run_program(monkeypatch, *words, "-f", "claims.yaml", "--no-input")
        assert ran.status in (0, 2, 4), ran
        written += ran.status == 0
        kept, plain = open_ledger(NAMES, store), fresh(NAMES)
        same(kept, plain)
        same_index(kept, plain)
    assert handed > written / 2 > 8
