"""score, calibration and slip on the first ledger, at three days: transcripts, and a count without the tool.

A transcript is a file in `scores/`: `$` begins a command, `#` a comment that recomputes its numbers by hand.
After data/claims.yaml has changed, look at what differs, then write the new output (comments stay: mend them)
with REFRESH_TRANSCRIPTS=1 python -m pytest tests/cli/test_score_transcripts.py
"""

from __future__ import annotations

import calendar
import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from .conftest import Runner

ROOT = Path(__file__).resolve().parent.parent.parent
LEDGER = ROOT / "data" / "claims.yaml"
FILES = sorted((Path(__file__).parent / "scores").glob("*.txt"))
DAYS = ("2026-11-22", "2027-01-01", "2028-01-01")


class Block(NamedTuple):
    """One command with the comments before it and what it prints."""

    comments: str
    command: str
    output: str


def blocks(text: str) -> list[Block]:
    pattern = re.compile(r"((?:#.*\n)*)\$ (.*)\n((?:(?![#$] ).*\n)*)")
    return [Block(*match.groups()) for match in pattern.finditer(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(run: Runner, path: Path) -> None:
    refresh = bool(os.environ.get("REFRESH_TRANSCRIPTS"))
    found = []
    for block in blocks(path.read_text(encoding="utf-8")):
        program, *args = block.command.split()
        assert program == "ledger"
        ran = run(*args, FORECAST_LEDGER=str(LEDGER), COLUMNS="100")
        assert (ran.err, ran.status) == ("", 0)
        found.append(block._replace(output=ran.out + "\n"))
        if not refresh:
            assert ran.out == block.output.rstrip("\n") + "\n", block.command
    if refresh:
        path.write_text("".join(f"{b.comments}$ {b.command}\n{b.output}" for b in found), encoding="utf-8")


def test_there_is_a_transcript_of_each_command_for_each_day() -> None:
    assert [path.stem for path in FILES] == list(DAYS)
    for path in FILES:
        found = blocks(path.read_text(encoding="utf-8"))
        assert [block.command.split()[1] for block in found] == ["score", "calibration", "slip"]
        assert all(path.stem in block.command and block.comments for block in found)


# --- the same counts without the tool ---------------------------------------------------------------------------


def last_day(text: str) -> date:
    """The last day of a period, read once more and differently."""
    text = text.rstrip("~").rpartition("/")[2]
    year = int(text[:4])
    if text.endswith("s"):
        return date(year + 9, 12, 31)
    part = text[5:]
    if len(part) == 5:
        return date.fromisoformat(text)
    month = {"": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "H1": 6, "H2": 12}.get(part) or int(part)
    return date(year, month, calendar.monthrange(year, month)[1])


def first_day(text: str) -> date:
    """The first day of a period without a range: said is never one that begins after its end."""
    text = text.rstrip("~").partition("/")[0]
    month = {"": 1, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}.get(text[5:7] if text[5:] else "")
    return date(int(text[:4]), month or int(text[5:7]), int(text[8:10] or 1))


def scored_by(claim: dict[str, Any]) -> list[Any]:
    """What is compared of a claim and the one it revises."""
    quantity = claim.get("quantity", {})
    deciding = [quantity.get(key) for key in ("at_least", "at_most")]
    numbers = deciding if any(deciding) else [quantity.get(key) for key in ("range", "point")]
    unit = quantity.get("unit") if any(numbers) else None
    return [claim.get("deadline"), claim.get("deadline_latest"), claim.get("window"), numbers, unit]


def account(claim: dict[str, Any], by_id: dict[str, Any], day: date) -> tuple[str, str]:
    """Account and outcome of a claim, by the rules of the format's documentation."""
    judged = [entry for entry in claim.get("resolutions", []) if last_day(entry["judged"]) <= day]
    outcome = judged[-1]["outcome"] if judged else "none"
    outcome = "none" if outcome == "reopened" else outcome
    revised = by_id.get(claim.get("revises", ""))
    same = revised is not None and scored_by(claim) == scored_by(revised)
    if claim.get("kind") in ("statement", "possibility") or claim.get("wording") == "implied" or same:
        return "unscored", outcome
    if outcome in ("ambiguous", "annulled"):
        return "void", outcome
    if claim["deadline"] == "none":
        return "undated", outcome
    if last_day(claim["deadline"]) >= day:
        return "open", outcome
    if outcome == "none":
        return ("awaiting" if last_day(claim.get("known_by", claim["deadline"])) >= day else "overdue"), outcome
    return "scored", outcome


@pytest.mark.parametrize("text", DAYS)
def test_the_counts_agree_with_those_of_another_reader(run: Runner, text: str) -> None:
    day = date.fromisoformat(text)
    claims = yaml.load(LEDGER.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["claims"]
    by_id = {claim["id"]: claim for claim in claims}
    known = [claim for claim in claims if claim["said"] == "unknown" or first_day(claim["said"]) <= day]
    counted = [(claim, *account(claim, by_id, day)) for claim in known]
    accounts = Counter(where for _, where, _ in counted)
    ran = run("score", "--as-of", text, "--format", "json", FORECAST_LEDGER=str(LEDGER))
    found = json.loads(ran.out)
    assert found["account"] == {
        "claims": len(known),
        "scored": accounts["scored"],
        "overdue": accounts["overdue"],
        "open": accounts["open"],
        "decided_early": sum(where == "open" and outcome != "none" for _, where, outcome in counted),
        "undated": accounts["undated"],
        "void": accounts["void"],
        "unscored": accounts["unscored"],
        "awaiting": accounts["awaiting"],
    }
    scored = [(claim, outcome) for claim, where, outcome in counted if where == "scored"]
    late = 0
    for claim, outcome in scored:
        happened = [entry.get("happened") for entry in claim["resolutions"]][-1]
        late += outcome == "true" and happened is not None and first_day(happened) > last_day(claim["deadline"])
    group = found["groups"][0]
    outcomes = Counter(outcome for _, outcome in scored)
    assert (group["late"], group["hit"]) == (late, outcomes["true"] - late)
    assert [group[key] for key in ("miss", "partly", "withdrawn")] == [
        outcomes[key] for key in ("false", "partly", "withdrawn")
    ]
    rate = (outcomes["true"] - late) / len(scored)
    assert group["rate"] == rate
    n, z = group["n_series"], 1.959963984540054  # no hits: as many independent claims as there are series
    middle, half = rate + z * z / (2 * n), z * (rate * (1 - rate) / n + z * z / (4 * n * n)) ** 0.5
    assert group["interval"]["low"] == pytest.approx((middle - half) / (1 + z * z / n), abs=1e-12)
    assert group["interval"]["high"] == pytest.approx((middle + half) / (1 + z * z / n), abs=1e-12)
    waiting = accounts["overdue"] + accounts["awaiting"]
    everything = len(scored) + waiting
    hits = outcomes["true"] - late
    assert group["bounds"] == {"low": hits / everything, "high": (hits + waiting) / everything}
    added = [max(0, (last_day(c["added"]) - last_day(c["deadline"])).days) for c, _ in scored if "added" in c]
    assert group["n_hindsight"] >= sum(days > 0 for days in added)
