"""What states, accounts, kinds and fields are called, and what they mean: one home for pages and reference."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..facts import Fact

STATUS_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "overdue": "The deadline is over and nobody has judged the claim yet: a fact about this ledger, "
        "never a miss of the speaker.",
        "awaiting": "The deadline is over, and the verdict cannot be known before the day given: nobody owes one yet.",
        "open": "The deadline lies ahead, or is today.",
        "undated": "It has no deadline, so it can never be overdue and is in no rate; its age is shown.",
        "hit": "Judged true, by its deadline.",
        "late": "Judged true, but after its deadline: a miss with a slip, never a hit.",
        "miss": "Judged false.",
        "partly": "Judged partly true: a miss in the strict rate, a hit in the lenient one, never one half.",
        "withdrawn": "Taken back by the speaker: at its deadline a miss in the strict rate, counted and named apart, "
        "and out of the lenient one.",
        "void": "Reality is unclear (ambiguous), or the claim was badly posed or its premise failed (annulled): "
        "out of every rate, but counted and named.",
        "unjudged": "A statement of fact that nobody has checked yet.",
        "true": "A statement of fact that was right on its day.",
        "false": "A statement of fact that was wrong on its day.",
    }
)
ACCOUNT_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "scored": "The deadline is over and the claim was judged: these, and only these, make the rate.",
        "overdue": "The deadline is over and a judgement is still owed.",
        "awaiting": "The deadline is over, and nobody can know the verdict yet.",
        "open": "The deadline lies ahead; a verdict that came early counts once it is over.",
        "undated": "No deadline, so nothing to be late for.",
        "void": "Ambiguous or annulled.",
        "unscored": "Statements of fact, possibilities, words that only imply the claim, and restatements that "
        "change neither deadline nor quantity.",
    }
)
KIND_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "prediction": "It says what will happen.",
        "target": "An aim or a plan; its rate is also given apart.",
        "possibility": "What could or may happen; never scored.",
        "statement": "A fact of its day; checked where possible, never scored.",
    }
)


def why_unscored(fact: Fact) -> str:
    """Why a claim is in no rate, in words; empty if none of the reasons holds."""
    if fact.kind in ("statement", "possibility"):
        return f"it is a {fact.kind}"
    if fact.wording == "implied":
        return "its words only imply the claim"
    return "it restates an earlier claim with the same deadline and quantity" if fact.restates else ""
