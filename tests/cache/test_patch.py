"""After an edit only what changed is parsed, and the answer is that of reading everything."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.cache import Store
from ledger.cache.opening import open_ledger
from ledger.loading import reading
from ledger.loading.plain import PlainReader
from ledger.model import Claim
from ledger.query import Filter, select
from support.ledgers import broken, claim, ledger

from .conftest import fresh, same

NAMES = ["claims.yaml"]
FEW = 4  # the claim and the one before it, each with a head of two lines
EVERYTHING = 40  # more pieces than this are parsed only where the whole file is


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with each text that is read, by YAML or line by line."""
    found: list[str] = []
    compose, read_plainly = reading.compose, PlainReader.read

    def counting(text: str, **settings: int) -> object:
        found.append(text)
        return compose(text, **settings)

    def counting_plain(plain: PlainReader, text: str) -> Claim | None:
        claim = read_plainly(plain, text)
        found.extend([text] if claim is not None else [])
        return claim

    monkeypatch.setattr(reading, "compose", counting)
    monkeypatch.setattr(PlainReader, "read", counting_plain)
    return found


def _open(store: Store, composed: list[str]) -> int:
    """Open and compare with a reading of everything; the answer is how many texts were parsed."""
    composed.clear()
    found = open_ledger(NAMES, store)
    count = len(composed)
    same(found, fresh(NAMES))
    same(open_ledger(NAMES, store), fresh(NAMES))
    return count


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


SMALL = {
    "an id": _replace("- id: half\n", "- id: halves\n"),
    "one claim less": lambda text: text[: text.rindex("  - id:")],
    "a new claim": lambda text: text + claim("new", "deadline: 2027", "", 1),
    "a topic": _replace("topics: [cars]", "topics: [rockets]"),
    "a word": _replace("number 4.", "number four."),
    "longer": _replace("number 4.", "number\n      four, and a line more."),
    "a comment": _replace("    deadline: 2026\n", "    deadline: 2026 # as he said\n"),
    "deadline": _replace("    deadline: 2031-01-01\n", "    deadline: 2029-Q1\n"),
    "judgement": _replace("{outcome: partly, judged: 2025-04-01", "{outcome: false, judged: 2025-04-02"),
    "quantity": _replace("at_least: 50000", "at_least: 60000"),
    "evidence": _replace("{source: paper, at: line 3", "{source: talk, at: line 4"),
    "see also": _replace("see_also: [open-ended, plain]", "see_also: [hit]"),
    "said": _replace("said: 2024-01-05", "said: 2023"),
    "the last line": lambda text: text.rstrip("\n"),
    "a longer last claim": lambda text: text + "    note: at the end\n",
    "a comment behind the last claim": lambda text: text + "# the end\n",
}


@pytest.mark.parametrize("change", SMALL)
def test_one_changed_claim_is_parsed_alone(change: str, store: Store, composed: list[str]) -> None:
    path, text = Path("claims.yaml"), ledger(6)
    path.write_text(text)
    open_ledger(NAMES, store)
    path.write_text(SMALL[change](text))
    assert path.read_text() != text
    assert _open(store, composed) <= FEW
    path.write_text(text)
    assert _open(store, composed) <= FEW


LARGE = {
    "an id that others name": _replace("- id: plain\n", "- id: plainer\n"),
    "a second of one id": _replace("- id: half\n", "- id: hit\n"),
    "an unknown speaker": _replace("speaker: ada", "speaker: eve"),
    "unknown evidence": _replace("{source: paper, at: line 3", "{source: web, at: line 3"),
    "an unknown see also": _replace("see_also: [open-ended, plain]", "see_also: [nothing]"),
    "revises": _replace("revises: plain", "revises: later"),
    "a circle": _replace("depends_on: [plain]", "depends_on: [rich]"),
    "what is revised": _replace("    deadline: 2025\n", "    deadline: 2026\n"),
    "a restatement": _replace("    deadline: 2025\n    revises", "    deadline: 2027\n    revises"),
    "an error": _replace("deadline: 2031-01-01", "deadline: soon"),
    "an unknown key": _replace("    kind: target\n", "    kind: target\n    colour: red\n"),
    "a broken claim": _replace("claim: Claim late", "claim: 'Claim late"),
    "an anchor": _replace("note: a note", "note: &a a note"),
    "a topic less": _replace("cars: Cars, ", ""),
    "a second document": lambda text: text + "---\nledger: 1\n",
    "old line ends": lambda text: text.replace("\n", "\r"),
}


@pytest.mark.parametrize("change", LARGE)
def test_what_other_claims_hang_on_is_read_anew(change: str, store: Store, composed: list[str]) -> None:
    path, text = Path("claims.yaml"), ledger(3)
    path.write_text(text)
    open_ledger(NAMES, store)
    path.write_bytes(LARGE[change](text).encode())
    assert path.read_bytes() != text.encode()
    _open(store, composed)
    path.write_text(text)
    _open(store, composed)


def test_a_ledger_with_problems_is_read_anew(store: Store, composed: list[str]) -> None:
    path, text = Path("claims.yaml"), broken(3)
    path.write_text(text)
    open_ledger(NAMES, store)
    path.write_text(text.replace("number 3.", "number three."))
    _open(store, composed)


def test_only_the_changed_file_of_an_include_is_parsed(store: Store, composed: list[str]) -> None:
    Path("more").mkdir()
    Path("claims.yaml").write_text(ledger().replace("title:", "include: [more/*.yaml]\ntitle:", 1))
    for number in range(30):
        text = "ledger: 1\nclaims:\n" + claim(f"inc-{number}", "deadline: 2027", "", number)
        Path(f"more/{number:02}.yaml").write_text(text)
    open_ledger(NAMES, store)
    for number in (0, 7, 29):
        path = Path(f"more/{number:02}.yaml")
        path.write_text(path.read_text().replace("comes true", "comes to pass"))
        assert _open(store, composed) == 1
    path = Path("claims.yaml")
    path.write_text(path.read_text().replace("number 9.", "number nine."))
    assert _open(store, composed) == 2  # it is one for YAML, which reads a head before it


def test_a_damaged_cache_is_not_patched(store: Store) -> None:
    path, text = Path("claims.yaml"), ledger(2)
    path.write_text(text)
    open_ledger(NAMES, store)
    [shelf] = store.folder.glob("*.sqlite")
    [note] = store.folder.glob("*.note")
    good, noted = shelf.read_bytes(), note.read_bytes()
    for seed in range(150):
        pick = random.Random(seed)
        store.clear()
        at = pick.randrange(len(good))
        shelf.write_bytes(good[:at] + bytes([good[at] ^ 1 << pick.randrange(8)]) + good[at + 1 :])
        note.write_bytes(noted)
        path.write_text(text.replace("number 3.", f"number {seed} and more."))
        same(open_ledger(NAMES, store), fresh(NAMES))


def _changed(text: str, pick: random.Random) -> str:
    """A text with a random change: of a value, a line, a claim, or the order of claims."""
    starts = [found.start() for found in re.finditer(r"^  - id", text, re.MULTILINE)] + [len(text)]
    at = pick.randrange(len(starts) - 1)
    start, end = starts[at], starts[at + 1]
    piece = text[start:end]
    kind = pick.randrange(9)
    if kind == 0:
        return text[:start] + text[end:]
    if kind == 1:
        return text[:start] + piece.replace("id: ", f"id: x{pick.randrange(1000)}-", 1) + text[start:]
    if kind == 2:
        lines = piece.splitlines(keepends=True)
        del lines[pick.randrange(len(lines))]
        return text[:start] + "".join(lines) + text[end:]
    if kind == 3:
        return text[:start] + piece.replace("number", pick.choice(("no", '"', "# ", "é: "))) + text[end:]
    if kind == 4:
        return text[:start] + piece + "    # a comment\n\n" + text[end:]
    if kind == 5:
        return text.replace("talk: {title: A talk", f"talk: {{title: Talk {pick.randrange(9)}", 1)
    if kind == 6:
        return text[:start] + re.sub(r"deadline: \S+", f"deadline: 20{pick.randrange(24, 32)}", piece) + text[end:]
    return text[:start] + re.sub(r"number \w+", f"number {pick.randrange(10**6)}", piece) + text[end:]


def test_a_long_row_of_random_edits(store: Store, composed: list[str]) -> None:
    path = Path("claims.yaml")
    text, short = ledger(4), 0
    path.write_text(text)
    open_ledger(NAMES, store)
    for seed in range(150):
        pick = random.Random(seed)
        text = _changed(text, pick) if seed % 10 else ledger(4)
        path.write_text(text)
        composed.clear()
        found = open_ledger(NAMES, store)
        short += len(composed) <= EVERYTHING
        expected = fresh(NAMES)
        same(found, expected)
        for wanted in (Filter(statuses=("overdue", "open")), Filter(due_before=739500), Filter(topics=("cars",))):
            assert select(found.facts, wanted, 739600) == select(expected.facts, wanted, 739600)
    assert short > 20


def test_another_head_leaves_the_claims_as_they_are(store: Store, composed: list[str]) -> None:
    path, text = Path("claims.yaml"), ledger(6)
    changes = {
        "a title": ("title: Of everything", "title: Of é and all"),
        "a topic more": ("topics: {rockets", "topics: {new: New, rockets"),
        "a topic that no claim has": (', rare: ""', ""),
        "a name": ("ada: {name: Ada}", "ada: {name: Ada, fiscal_year_end: 6, note: new}"),
        "a remark": ("people:\n", "# who\npeople:\n"),
        "a key before it": ("title:", "timezone: Europe/Berlin\nabout: {keeper: Ada}\ntitle:"),
        "and a claim": ("number 4.", "number four — more."),
    }
    path.write_text(text)
    open_ledger(NAMES, store)
    for what, (old, new) in changes.items():
        assert old in text, what
        text = text.replace(old, new, 1)
        path.write_text(text)
        assert _open(store, composed) <= FEW + 2, what
    path.write_text(text + "licence: CC0\n")
    assert _open(store, composed) > FEW
    path.write_text(text)
    _open(store, composed)
