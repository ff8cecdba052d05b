"""Reading claim by claim gives what reading the whole file gives, or is not done at all."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import pytest

from ledger.errors import UnreadableError
from ledger.loading import places, reading
from ledger.loading.composer import Broken
from ledger.loading.pieces import cut
from ledger.loading.reading import FileReading
from ledger.model import Text
from ledger.problems import Path
from support.bent import bent

from .conftest import use_pure

MANY = int(os.environ.get("LEDGER_BENT_TEXTS", "1500"))
PARTS = 4


class Outcome(NamedTuple):
    """What came of a way to read."""

    reading: FileReading | None
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


def told(text: str, found: FileReading) -> dict[str, Any]:
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


def assert_told(text: str) -> None:
    """Whatever a text holds: no exception but one, places inside the text, a remedy with each problem."""
    try:
        found = reading.read(text, "x")
    except UnreadableError:
        return
    lines = text.split("\n")
    for problem in found.sheet.found:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.hint
    if whole(text).error is not None:
        assert found.sheet.found, "broken, and nothing was said"


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_in_a_text_is_an_exception(part: int) -> None:
    for seed in range(part, MANY, PARTS):
        text = bent(seed)
        try:
            assert_told(text)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {text!r}") from error


def test_the_same_with_the_pure_parser(pure: None) -> None:
    for seed in range(1_000_000, 1_000_000 + MANY // 15):
        text = bent(seed)
        try:
            assert_same(text)
            assert_told(text)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {text!r}") from error


def test_without_libyaml_sound_ledgers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only one of the parsers accepts is listed in docs/format.md; nothing else differs in what was read."""
    compared = 0
    for seed in range(2_000_000, 2_000_000 + MANY // 15):
        text = bent(seed)
        with_c = whole(text)
        with monkeypatch.context() as patch:
            use_pure(patch)
            without = whole(text)
        if with_c.reading is None or without.reading is None:
            continue
        left, right = told(text, with_c.reading), told(text, without.reading)
        assert {**left, "places": []} == {**right, "places": []}, f"seed {seed}: {text!r}"
        compared += 1
    assert compared > MANY // 40
