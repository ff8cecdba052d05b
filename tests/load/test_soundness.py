"""Reading claim by claim gives what reading the whole file gives, or is not done at all."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import pytest

from ledger.errors import UnreadableError
from ledger.load import places, reading
from ledger.load.composer import Broken
from ledger.load.pieces import cut
from ledger.load.reading import Reading
from ledger.model import Text
from ledger.problems import Path

from .bent import bent

MANY = int(os.environ.get("LEDGER_BENT_TEXTS", "1500"))
PARTS = 4


class Outcome(NamedTuple):
    """What came of a way to read."""

    reading: Reading | None
    error: str | None = None


def by_piece(text: str) -> Outcome | None:
    """None where the way refuses itself and leaves the text to the other."""
    proposal = cut(text)
    if proposal is None:
        return None
    try:
        return Outcome(reading._File(text, "x", 0)._by_piece(text, proposal))
    except reading._NotAlone:
        return None
    except Broken as broken:
        return Outcome(None, "limit" if broken.code == "limit" else "broken")
    except UnreadableError as error:
        return Outcome(None, error.message)


def whole(text: str) -> Outcome:
    try:
        return Outcome(reading._File(text, "x", 0)._whole(text))
    except Broken as broken:
        return Outcome(None, "limit" if broken.code == "limit" else "broken")
    except UnreadableError as error:
        return Outcome(None, error.message)


def paths(value: Any, path: Path = ()) -> list[Path]:
    """The paths of all fields and list entries of a record."""
    found = [path] if path else []
    if hasattr(value, "start") and hasattr(value, "approximate"):
        return found
    if hasattr(value, "_fields"):
        for key in value._fields:
            found += paths(getattr(value, key), (*path, key))
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            found += paths(item, (*path, at))
    return found


def told(text: str, found: Reading) -> dict[str, Any]:
    """All that a reading says, in a form that does not tell how it was read."""
    texts = (Text("x", text),)
    return {
        "head": found.head,
        "claims": [entry.claim for entry in found.entries],
        "facts": [entry.fact for entry in found.entries],
        "dashes": [(entry.spot.line, entry.spot.column) for entry in found.entries],
        "problems": sorted(found.sheet.found, key=lambda p: (p.place, p.code, p.message)),
        "places": [
            (path, places.locate(texts, entry.spot, path)) for entry in found.entries for path in paths(entry.claim)
        ],
    }


def assert_same(text: str) -> bool:
    """Compare both ways on a text; whether the text was read by piece."""
    alone = by_piece(text)
    if alone is None:
        return False
    together = whole(text)
    if alone.error != together.error:
        with pytest.raises(UnreadableError, match=str(alone.error)):  # broken, and no ledger either way
            reading.read(text, "x")
    if alone.reading is None or together.reading is None:
        return False
    left, right = told(text, alone.reading), told(text, together.reading)
    for part in left:
        assert left[part] == right[part], part
    return True


@pytest.mark.parametrize("part", range(PARTS))
def test_claim_by_claim_is_the_same_as_the_whole_file(part: int) -> None:
    """LEDGER_BENT_TEXTS=20000 makes the long run."""
    cut_texts = 0
    for seed in range(part, MANY, PARTS):
        text = bent(seed)
        try:
            cut_texts += assert_same(text)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {text!r}") from error
    assert cut_texts * PARTS > MANY * 0.3  # the comparison has something to compare
