"""Annotated texts, where they are at hand: what is found of them, and the two articles of the first ledger."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import ledger
from ledger.intake.scan import Candidate, scan

ROOT = Path(__file__).parents[3]
GOLD = ROOT.parent / "shared" / "gold" / "texts"
SEEDS = ROOT.parent / "shared" / "seeds"
CLAIMS = ("prediction", "target", "possibility")


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated texts are not part of the repository")
def test_annotated_texts() -> None:
    claims = found = candidates = printed = right = 0
    meta = json.loads((GOLD / "meta.json").read_text(encoding="utf-8"))
    for path in sorted(GOLD.glob("[0-9]*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        day = ledger.read_deadline(meta[path.stem]["published"]).first
        hits = list(scan(path.with_suffix(".txt").read_bytes().decode(), said=day))
        spans = {tuple(one["sentence"]): one["kind"] for one in reversed(gold)}
        with_claim = {tuple(one["sentence"]) for one in gold if one["kind"] in CLAIMS}
        held = {next((span for span in spans if span[0] <= one.start < span[1]), (one.start, one.end)) for one in hits}
        neutral = {span for span, kind in spans.items() if kind == "statement-about-future"} - with_claim
        claims, found, candidates = (
            claims + len(with_claim),
            found + len(with_claim & held),
            candidates + len(held - neutral),
        )
        for one in hits:
            if one.deadline not in (None, "none"):
                printed += 1
                right += one.deadline in readings(gold, one)
    assert found / claims >= 0.97 and found / candidates >= 0.97 and right / printed >= 0.95


def readings(gold: list[dict[str, object]], one: Candidate) -> list[object]:
    held = [of for of in gold if of["sentence"][0] <= one.start < of["sentence"][1]]  # type: ignore[index]
    return [text for of in held for text in [of["deadline"], *of["deadline_accept"]]]  # type: ignore[misc]


ARTICLES = [
    ("ainvest-2025-01-09", date(2025, 1, 9), {"optimus-units-2025-implied"}),
    ("stork-ai-2024", date(2024, 9, 9), set()),
]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not part of the repository")
@pytest.mark.parametrize(("source", "day", "implied"), ARTICLES)
def test_the_articles_of_the_first_ledger(source: str, day: date, implied: set[str]) -> None:
    known = ledger.load(ROOT / "data" / "claims.yaml")
    text = (SEEDS / str(known.sources[source].document)).read_bytes().decode()
    hits = scan(text, said=day)
    for claim in known.claims:
        if claim.source != source or claim.kind == "statement" or not claim.quote:
            continue
        starts = [at for at in range(len(text)) if text.startswith(claim.quote, at)]
        held = [one for one in hits for at in starts if one.start < at + len(claim.quote or "") and at < one.end]
        assert held, claim.id
        expected = {claim.deadline.text if claim.deadline else "none", None}
        assert claim.id in implied or any(one.deadline in expected for one in held), claim.id
