"""Measure `ledger scan` on annotated texts, or count what it finds in texts in which little is to be found.

    python benchmarks/scan_texts.py FOLDER            # NN.txt with NN.json beside it, and meta.json
    python benchmarks/scan_texts.py FOLDER --plain    # only texts: what is found is printed to be judged by eye

An annotation has `start`, `end`, `kind` (prediction, target, possibility; statement-about-future is neither right nor
wrong; else none), `sentence` ([start, end] of the sentence it stands in), `deadline_words`, `deadline`,
`deadline_accept` and `probability`. A candidate counts for the annotated sentence in which it begins; one that begins
in no annotated sentence is wrong. meta.json gives `published` for each number.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from ledger import periods
from ledger.intake.scan import Candidate, scan
from ledger.intake.scan.sentences import blocks, sentences, shadow_of

CLAIMS = ("prediction", "target", "possibility")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="texts without annotations")
    parser.add_argument("--published", default="2024-01-01", help="the day of texts that have none")
    asked = parser.parse_args()
    if asked.plain:
        plain(asked.folder, date.fromisoformat(asked.published))
    else:
        annotated(asked.folder)


def plain(folder: Path, published: date) -> None:
    """Print what is found; a first line `published: DATE` gives a text's day."""
    all_sentences = all_found = 0
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.md")]):
        text = path.read_text(encoding="utf-8")
        named = re.match(r"published: (\d{4}-\d\d-\d\d)\n", text)
        day = date.fromisoformat(named[1]) if named else published
        found = scan(text, said=day)
        spans = [(one.start, one.end) for one in sentences(shadow_of(text), blocks(text))]
        holding = [span for span in spans if any(span[0] <= one.start < span[1] for one in found)]
        all_sentences, all_found = all_sentences + len(spans), all_found + len(holding)
        for one in found:
            told = f"{one.kind}, {one.deadline_words}, {one.deadline}"
            print(f"{path.name}:{one.line}: [{told}] {' '.join(one.quote.split())}")
    print(f"candidates in {all_found} of {all_sentences} sentences")


def annotated(folder: Path) -> None:
    """Print recall, precision and how many periods are right."""
    counted: Counter[str] = Counter()
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    began = time.process_time()
    for path in sorted(folder.glob("[0-9]*.json")):
        text = path.with_suffix(".txt").read_bytes().decode()
        day = periods.parse(meta[path.stem]["published"]).first
        count(json.loads(path.read_text(encoding="utf-8")), scan(text, said=day), counted)
    spent = time.process_time() - began
    for words, right, of in (
        ("sentences with a claim found", "found", "claims"),
        ("candidates' sentences that have a claim", "found", "candidates"),
        ("sentences with a dated claim found", "dated found", "dated"),
        ("periods of dated claims right", "period right", "periods"),
        ("periods printed that are right", "printed right", "printed"),
        ("probabilities found", "probability found", "probabilities"),
    ):
        print(f"{words:42} {counted[right]:4} of {counted[of]:4}  {counted[right] / max(1, counted[of]):.3f}")
    print(f"{spent:.2f} s of CPU")


def count(gold: list[dict[str, Any]], found: tuple[Candidate, ...], counted: Counter[str]) -> None:
    """Add what one text shows."""
    spans = {tuple(one["sentence"]) for one in gold}
    claims = {tuple(one["sentence"]) for one in gold if one["kind"] in CLAIMS}
    neutral = {tuple(one["sentence"]) for one in gold if one["kind"] == "statement-about-future"} - claims
    hits: dict[tuple[int, ...], list[Candidate]] = {}
    for one in found:
        span = next((span for span in spans if span[0] <= one.start < span[1]), (one.start, one.end))
        hits.setdefault(span, []).append(one)
    counted.update({"found": len(claims & set(hits)), "claims": len(claims), "candidates": len(set(hits) - neutral)})
    dated = [one for one in gold if one["kind"] in CLAIMS and one["deadline"] not in ("none", "unclear", None)]
    dated_spans = {tuple(one["sentence"]) for one in dated}
    counted.update({"dated": len(dated_spans), "dated found": len(dated_spans & set(hits)), "periods": len(dated)})
    for one in dated:
        readings = [candidate.deadline for candidate in hits.get(tuple(one["sentence"]), [])]
        counted["period right"] += any(text in readings for text in [one["deadline"], *one["deadline_accept"]])
    for span, candidates in hits.items():
        right = [text for one in gold if tuple(one["sentence"]) == span and one["kind"] != "none"
                 for text in [one["deadline"], *one["deadline_accept"]]]  # fmt: skip
        printed = [one.deadline for one in candidates if one.deadline not in ("none", None)]
        counted["printed"] += len(printed)
        counted["printed right"] += sum(text in right for text in printed)
    for one in gold:
        if one["kind"] in CLAIMS and one["probability"]:
            counted["probabilities"] += 1
            said = [candidate.probability_words or "" for candidate in hits.get(tuple(one["sentence"]), [])]
            counted["probability found"] += any(
                words and plainly(words) in plainly(one["probability"]) for words in said
            )


def plainly(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


if __name__ == "__main__":
    main()
