"""A thousand damaged ledgers: check always answers, and every place it names is in the file."""

from __future__ import annotations

import io
import random
import sys
from datetime import date

import pytest

from ledger.checks import StoredDocument
from ledger.errors import UnreadableError
from ledger.files import Disk
from ledger.loading import assembly
from ledger.problems import CODES
from ledger.render.problems import FORMATS, written
from ledger.results.check import checking
from ledger.results.check_settings import Settings
from support.example_ledgers import FOLDER, lacking

LEDGER = """\
# A ledger with a bit of everything.
ledger: 1
title: Weather
people:
  ann: {name: Ann, note: "says: much"}
  bob:
    name: Bob
topics: {rain: what falls, snow: }
sources:
  talk:
    title: 'A talk: the weather'
    published: 2025-01-09
    document: talk.txt
    sha256: ff34774ac766cec85e1c3d23cecec68c035eb466be69d338713c86cc1cec7144
claims:
  - id: rain-2025
    claim: It rains on 100 days of 2025.
    speaker: ann
    said: 2025-01-08
    source: talk
    at: line 2
    quote: It will rain
    wording: paraphrased
    kind: target
    topics: [rain, snow]
    deadline: 2025  # ledger: ignore[overdue] the report is late
    deadline_words: in 2025
    window: during
    quantity: {at_least: 100, range: [100, 120], unit: days}
    criteria: >-
      The weather service counts 100 days
      or more. # ledger: ignore[overdue] no comment
    series: water
    added: 2025-02-01
    resolutions:
      - outcome: false
        judged: 2026-01-05
        value: 78
        evidence:
          - {title: Weather of 2025, url: "https://example.org/2025", published: 2026-01-03}
  - id: rain-2026
    claim: It rains in 2026.
    speaker: bob
    said: 2025-06~
    source: talk
    deadline: 2026-Q2
    deadline_latest: 2026
    probability: 80%
    series: water
    revises: rain-2025
    checked: 2026-07-03
    amended:
      - date: 2026-03-01
        fields: [deadline]
        why: |
          A slip: the talk has "June".
  - id: snow
    claim: Snow falls.
    speaker: ann
    said: unknown
    source: talk
    deadline: none
    see_also: [rain-2025]
    note: "\\u263c"
"""
DOCUMENTS = {"talk.txt": StoredDocument(b"Ann spoke.\nIt will rain.\n")}
SIGNS = """- .: .#.".'.[.].{.}.&a .*a .!!str .>.%.@.`.,.? .<<: .~.true.none.2026.0.-1.é.猫.🙂""".split(".")  # noqa: SIM905
BITS = [*SIGNS, *"|\n\t\r\x00\x1b\x85\u2028\u202e\ufeff\ud7ff", "\r\n", "---\n", "...\n", "ledger: 1\n", "claims:"]
BITS += ["# ledger: ignore[overdue] x", "# ledger: ignore[", "resolutions:"]


def damaged(chance: random.Random) -> str:
    """The ledger after one to four slips of the hand."""
    text = LEDGER
    for _ in range(chance.randint(1, 4)):
        lines = text.splitlines(keepends=True) or [""]
        line, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        spot = chance.randrange(len(text) + 1)
        match chance.randrange(9):
            case 0:
                del lines[line]
            case 1:
                lines.insert(line, lines[other])
            case 2:
                lines[line], lines[other] = lines[other], lines[line]
            case 3:
                lines[line] = " " * chance.randrange(9) + lines[line].lstrip(" ")
            case 4:
                key, _, _ = lines[line].partition(":")
                lines[line] = f"{key}: {chance.choice(BITS)}\n"
            case 5:
                lines = [text[:spot], chance.choice(BITS), text[spot:]]
            case 6:
                lines = [text[:spot], text[spot + chance.randrange(1, 30) :]]
            case 7:
                lines = [text[:spot]] if chance.random() < 0.3 else lines[line:] + lines[:line]
            case _:
                lines[line] = lines[line].replace(chance.choice("aeiou012:-"), chance.choice(BITS))
        text = "".join(lines)
    return text


def status(text: str) -> tuple[int, set[str]]:
    """How check ends on a text, and the codes it finds, after looking at every place."""
    try:
        ledger = assembly.load(Disk(), [assembly.GivenText("claims.yaml", text.encode("utf-8", "surrogatepass"))])
    except UnreadableError:
        return 3, set()
    result = checking(ledger, Settings(), day=date(2026, 8, 1), today=date(2026, 8, 1), documents=DOCUMENTS)
    (file,) = ledger.texts
    lines = file.text.split("\n")
    for found in result.problems:
        assert found.place.file == "claims.yaml"
        assert 1 <= found.place.line <= len(lines), found
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1, found
        assert found.code in CODES
    for form in FORMATS:
        written(form, result)
    return int(result.errors > 0), {found.code for found in result.problems}


def test_the_ledger_before_it_is_damaged() -> None:
    # the checksum is not that of the document here
    ended, found = status(LEDGER)
    assert (ended, found - lacking()) == (1, {"document-changed", "overdue", "no-criteria", "unused"})


@pytest.mark.parametrize("seed", range(10))
def test_damaged_ledgers(seed: int) -> None:
    chance = random.Random(seed)
    ends: dict[int, int] = {}
    codes: set[str] = set()
    for _ in range(100):
        end, found = status(damaged(chance))
        ends[end] = ends.get(end, 0) + 1
        codes |= found
    assert set(ends) <= {0, 1, 3}
    assert ends[1] > 50
    assert len(codes) > 12


def test_examples_survive_being_cut_off_anywhere() -> None:
    for example in sorted(FOLDER.glob("*/claims.yaml")):
        text = example.read_text()
        for end in range(0, len(text), 7):
            assert status(text[:end])[0] in (0, 1, 3)


def test_the_program_ends_with_0_1_or_3(monkeypatch: pytest.MonkeyPatch) -> None:
    from ledger.cli import main

    chance = random.Random(11)
    ends = set()
    for _ in range(30):
        stdin = io.TextIOWrapper(io.BytesIO(damaged(chance).encode("utf-8", "surrogatepass")))
        monkeypatch.setattr(sys, "argv", ["ledger", "check", "-f", "-"])
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "utf-8"))
        with pytest.raises(SystemExit) as end:
            main()
        ends.add(end.value.code)
    assert ends <= {0, 1, 3}
