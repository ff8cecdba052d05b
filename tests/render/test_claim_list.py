"""The lists of claims on a screen: widths, cut ids that work, sentences cut or whole."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from ledger import workspace
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import Ledger
from ledger.query import Filter
from ledger.render.phrases import span_words
from ledger.render.terminal.claim_list import Beginnings, ClaimList
from ledger.render.terminal.console import Surface
from ledger.results.list import listing
from ledger.results.lookup import claim_numbers

FIRST = Path(__file__).parents[2] / "data/claims.yaml"
DAY = date(2026, 11, 27)
ODD = """\
ledger: 1
people: {dov: {name: דוב כהן}, mei: {name: 王美}, ada: {name: Ada}}
sources: {s: {title: S}}
claims:
  - {id: ID_A, claim: CLAIM, speaker: dov, said: 2020, source: s, deadline: 2021}
  - {id: ID_B,
     claim: 機械が街を歩くようになるのは二〇二六年の終わりまでである,
     speaker: mei, said: 2020, source: s, deadline: 2026-03/2026-11~}
  - {id: short, claim: "A “quoted” word – and more.", speaker: ada, said: 2020, source: s, deadline: none}
""".replace("ID_A", "a" * 80).replace("ID_B", "a" * 79 + "b").replace("CLAIM", "x" * 2000)  # fmt: skip


@pytest.fixture(scope="module")
def first() -> Ledger:
    return workspace.load(FIRST)


def loaded(text: str) -> Ledger:
    return load(Disk(), [GivenText("claims.yaml", text.encode())])


def lines(ledger: Ledger, width: int, *, wrapped: bool = False, encoding: str = "utf-8", **wanted: object) -> list[str]:
    found = listing(ledger, Filter(**wanted), day=DAY)  # type: ignore[arg-type]
    return list(ClaimList(found, wrapped=wrapped).lines(Surface(width, encoding=encoding)))


def test_a_claim_takes_two_lines_of_a_narrow_screen_and_one_of_a_wide_one(first: Ledger) -> None:
    claims = sum("optimus" in fact.topics for fact in first.facts)
    counts = [len(lines(first, width, topics=("optimus",))) for width in (80, 120, 200)]
    assert counts == [2 * claims + 2, claims + 2, claims + 2]


@pytest.mark.parametrize("width", [20, 33, 40, 59, 60, 80, 119, 120, 160, 400])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_is_wider_than_the_screen_but_that_of_an_id(width: int, encoding: str, first: Ledger) -> None:
    odd = loaded(ODD)
    shown = [*lines(first, width, encoding=encoding), *lines(odd, width, encoding=encoding)]
    long = [line for line in shown if cell_len(line) > width]
    ids = [fact.id for ledger in (first, odd) for fact in ledger.facts]
    assert all(any(name.startswith(line.rstrip("….")) for name in ids) for line in long)
    assert encoding != "ascii" or "".join(shown).isascii()


def test_sentences_are_cut_at_the_end_or_whole(first: Ledger) -> None:
    odd = loaded(ODD)
    cut = lines(odd, 100)
    assert cut[2] == "  \u2068דוב כהן: " + "x" * 88 + "…\u2069"
    assert "x" * 2000 in "".join(line.strip(" \u2068\u2069") for line in lines(odd, 100, wrapped=True))
    assert all(fact.claim.split()[0] in "\n".join(lines(first, 200)) for fact in first.facts)


def test_an_id_that_was_cut_finds_its_claim(first: Ledger) -> None:
    pick = random.Random(7)
    words = ["robots", "rates", "by", "2026", "late", "early", "in-mars", "x"]
    made = sorted({"-".join(pick.choices(words, k=pick.randint(1, 9))) for _ in range(1400)})[:1000]
    claims = "".join(
        f"  - {{id: {name}, claim: C, speaker: a, said: 2020, source: s, deadline: 2021}}\n" for name in made
    )
    generated = loaded(f"ledger: 1\npeople: {{a: {{name: A}}}}\nsources: {{s: {{title: S}}}}\nclaims:\n{claims}")
    for ledger in (first, generated):
        ids = [fact.id for fact in ledger.facts]
        beginnings = Beginnings(ids)
        for mark in ("…", "..."):
            shown = [beginnings.shortened(name, 8, mark) for name in ids]
            assert claim_numbers(ledger, shown) == list(range(len(ids)))
            assert claim_numbers(ledger, [one.removesuffix(mark) for one in shown]) == list(range(len(ids)))
        assert any(len(one) < len(name) for one, name in zip(shown, ids, strict=True))


def test_lengths_of_time() -> None:
    spans = [0, 1, 99, 100, 404, 730, 731, 5148]
    assert [span_words(days) for days in spans] == [
        "0 days", "1 day", "99 days", "3 months", "13 months", "2 years", "2 years", "14 years",
    ]  # fmt: skip


def test_a_sentence_from_right_to_left_moves_no_date() -> None:
    text = (
        "ledger: 1\npeople: {a: {name: A}}\nsources: {s: {title: S}}\nclaims:\n"
        "  - {id: r, claim: ستمطر 2026, speaker: a, said: 2024, source: s, deadline: 2030}\n"
        "  - {id: s, claim: It snows., speaker: a, said: 2024, source: s, deadline: 2031}\n"
    )
    shown = lines(loaded(text), 200)
    assert shown[0].endswith("  2030  r  \u2068ستمطر 2026\u2069") and "\u2068" not in shown[1]
    assert "\u2068" not in "".join(lines(loaded(text), 200, encoding="ascii"))
