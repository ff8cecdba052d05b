"""A piece found by the lines around an offset is the one that the cut of the whole text has."""

from __future__ import annotations

import pytest

from ledger.loading.pieces import cut, piece_around
from support.ledgers import HEAD, RICH

TEXTS = {
    "rich": HEAD + RICH,
    "head behind": HEAD + RICH + "# about\n\nforecasts: [a.csv]\n",
    "one line each": "ledger: 1\nclaims:\n- {id: a}\n- {id: b}\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_is_the_piece_of_the_cut(text: str) -> None:
    proposal = cut(text)
    assert proposal is not None
    for piece in proposal.pieces:
        for offset in (piece.start, piece.start + 3, (piece.start + piece.end) // 2, piece.end - 1):
            assert piece_around(text, offset, proposal.column) == piece
    assert piece_around(text, 5, proposal.column) is None
    if proposal.pieces[-1].end < len(text):
        assert piece_around(text, len(text), proposal.column) is None
