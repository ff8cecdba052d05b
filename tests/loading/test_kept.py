"""With what is known of the pieces of earlier texts, a text reads as it does without."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from ledger.errors import UnreadableError
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.loading.claims import Kept
from ledger.model import Ledger
from ledger.results.check import Checked, checking
from ledger.results.check_settings import Settings
from support.bent import bent
from support.ledgers import HEAD, RICH

DAY = date(2026, 11, 22)


def read(text: str, kept: Kept | None) -> tuple[Ledger, Checked] | str:
    try:
        ledger = load(Disk(), [GivenText("x", text.encode())], kept)
    except UnreadableError as error:
        return error.message
    if kept is None:
        return ledger, checking(ledger, Settings(), day=DAY, today=DAY)
    return ledger, checking(ledger, Settings(), day=DAY, today=DAY, locate=kept.locate)


def steps(seed: int) -> list[str]:
    """A text, the same with lines put in, taken out and moved, and as it was."""
    rng = Random(seed)
    text = bent(seed)
    found = [text, f"# a line\n{text}", text]
    lines = text.splitlines(keepends=True)
    for _ in range(3):
        at, other = sorted(rng.randrange(len(lines) + 1) for _ in range(2))
        lines = rng.choice((lines[:at] + lines[other:], lines[:other] + lines[at:], [*lines[:at], "\n", *lines[at:]]))
        found.append("".join(lines))
    return [*found, text]


@pytest.mark.parametrize("part", range(4))
def test_a_text_reads_as_it_does_without(part: int) -> None:
    for seed in range(part * 50, part * 50 + 50):
        kept = Kept()
        for text in steps(seed):
            assert read(text, kept) == read(text, None), text
            kept.forget()


def test_a_claim_that_is_kept_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    first = load(Disk(), [GivenText("x", (HEAD + RICH).encode())], kept)
    composed: list[str] = []
    from ledger.loading import reading

    compose = reading.compose
    monkeypatch.setattr(reading, "compose", lambda text, **more: composed.append(text) or compose(text, **more))
    changed = (HEAD + RICH).replace("ledger: 1\n", "ledger: 1\n# moved\n", 1)
    again = load(Disk(), [GivenText("x", changed.encode())], kept)
    assert len(composed) == 1  # the head
    assert all(one is other for one, other in zip(again.claims, first.claims, strict=True))
    assert [fact.line for fact in again.facts] == [fact.line + 1 for fact in first.facts]


def test_what_was_not_asked_for_is_forgotten() -> None:
    kept = Kept()
    load(Disk(), [GivenText("x", (HEAD + RICH).encode())], kept)
    kept.forget()
    assert kept._claims
    load(Disk(), [GivenText("x", b"ledger: 1\n")], kept)
    kept.forget()
    assert not kept._claims
