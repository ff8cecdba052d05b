"""Short ways to write facts in tests of scores."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.facts import Fact, Judgement
from ledger.model import Ledger
from ledger.periods import parse

DAY = date(2026, 1, 1)


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def judged(
    outcome: str, day: str = "2025-12-30", *, happened: str | None = None, value: float | None = None
) -> Judgement:
    return Judgement(ordinal(day), outcome, parse(happened) if happened else None, value)


def fact(name: str, *judgements: Judgement, **fields: Any) -> Fact:
    """A claim said on 1 January 2024 for the end of 2024, with text for periods and days."""
    for key in ("said", "deadline", "latest"):
        if isinstance(fields.get(key), str):
            fields[key] = parse(fields[key])
    if isinstance(fields.get("added"), str):
        fields["added"] = ordinal(fields["added"])
    usual: dict[str, Any] = {
        "claim": "It comes.",
        "speaker": "ada",
        "source": "times",
        "kind": "prediction",
        "window": "by",
        "wording": "quoted",
        "topics": ("robots",),
        "series": None,
        "revises": None,
        "said": parse("2024-01-01"),
        "deadline": parse("2024-12-31"),
        "latest": None,
        "probability": None,
        "probability_words": None,
        "at_least": None,
        "at_most": None,
        "low": None,
        "high": None,
        "level": None,
        "added": None,
        "checked": None,
        "words": (),
        "file": 0,
        "line": 1,
    }
    return Fact(id=name, judgements=judgements, **{**usual, **fields})


def hit(name: str, **fields: Any) -> Fact:
    return fact(name, judged("true", happened="2024-07-01"), **fields)


def late(name: str, happened: str = "2025-03-01", **fields: Any) -> Fact:
    return fact(name, judged("true", happened=happened), **fields)


def miss(name: str, **fields: Any) -> Fact:
    return fact(name, judged("false"), **fields)


def partly(name: str, **fields: Any) -> Fact:
    return fact(name, judged("partly"), **fields)


def ledger_of(*facts: Fact) -> Ledger:
    return Ledger(None, (), {}, {}, {}, (), facts, (), ())
