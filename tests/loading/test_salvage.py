"""What is left of a broken file is read once more, never claim by claim from the top."""

from __future__ import annotations

import random
from typing import Any, SupportsIndex

import pytest

from ledger.loading import reading
from ledger.loading.pieces import Piece
from ledger.loading.reading import read
from ledger.loading.salvage import parts_of
from support.bent import bent

HEAD = "ledger: 1\npeople: {ann: {name: Ann}}\nsources: {s-1: {title: A page}}\nclaims:\n"
BROKEN = ('"a" b', '"a \x7f b"', '"a b', "[a", "!x b", "&x b", "a\n\tb: c")


def claim(number: int, words: str) -> str:
    rest = "speaker: ann\n    said: 2025\n    source: s-1\n    deadline: 2026\n"
    return f"  - id: c-{number}\n    claim: {words}\n    {rest}"


def ledger(words: str, *, of: int = 400, unreadable: tuple[int, ...] = (7, 200, 201, 398)) -> str:
    return HEAD + "".join(claim(at, words if at in unreadable else f"Claim {at}.") for at in range(of))


class Counted(str):
    """A text that knows how many of its characters were looked through for line ends."""

    __slots__ = ("counted",)

    def count(self, word: str, start: SupportsIndex | None = 0, end: SupportsIndex | None = None, /) -> int:
        self.counted = getattr(self, "counted", 0) + len(range(len(self))[start:end])
        return super().count(word, start, end)


def test_cutting_a_piece_looks_at_that_piece_alone() -> None:
    text = Counted(ledger("Claim."))
    start = text.index("  - id: c-300")
    piece = Piece(start, text.index("  - id: c-301"), 1804)
    assert parts_of(text, piece, 2) == [(piece, None)]
    assert text.counted <= piece.end - piece.start


@pytest.mark.parametrize("words", BROKEN)
def test_one_unreadable_claim_does_not_make_the_others_dear(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ledger(words)
    composed = 0
    true_compose = reading.compose

    def compose(text: str, **bounds: Any) -> Any:
        nonlocal composed
        composed += len(text)
        return true_compose(text, **bounds)

    monkeypatch.setattr(reading, "compose", compose)
    found = read(text, "x")
    assert len(found.entries) >= 396
    assert len(found.sheet.found) == 4
    assert composed < 2.2 * len(text)


def started_over(text: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patch:
        patch.setattr(reading._Begun, "begins", lambda self, rest: False)
        return outcome(text)


def outcome(text: str) -> Any:
    try:
        found = read(text, "x")
    except Exception as error:  # the same error, whatever it is
        return repr(error)
    return found.head, found.entries, found.left_out, found.sheet.found


@pytest.mark.parametrize("words", BROKEN)
def test_going_on_is_the_same_as_starting_over(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ledger(words, of=12, unreadable=(5, 6, 11))
    assert outcome(text) == started_over(text, monkeypatch)


def test_going_on_is_the_same_in_bent_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(11)
    went_on = 0
    true_begins = reading._Begun.begins

    def begins(self: Any, rest: Any) -> bool:
        nonlocal went_on
        answer = true_begins(self, rest)
        went_on += answer
        return answer

    monkeypatch.setattr(reading._Begun, "begins", begins)
    for number in range(600):
        text = bent(number)
        if chance.random() < 0.5:
            text = text.replace("claim: ", f"claim: {chance.choice(BROKEN)} ", 1)
        assert outcome(text) == started_over(text, monkeypatch)
    assert went_on > 20
