"""The table of states, row by row."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Fact, Judgement
from ledger.periods import parse
from ledger.status import ACCOUNTS, STATUSES, State, is_known, state, verdict

DEADLINE = "2025-Q2"  # over after 2025-06-30


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def fact(*judgements: Judgement, deadline: str | None = DEADLINE, **fields: object) -> Fact:
    base = Fact(
        id="x", claim="C.", speaker="s", source=None, kind="prediction", window="by", wording=None, topics=(),
        series=None, revises=None, said=parse("2025-01-08"), latest=None,
        deadline=parse(deadline) if deadline else None,
        probability=None, probability_words=None, at_least=None, at_most=None, low=None, high=None, level=None,
        added=None, checked=None, judgements=judgements, words=(), file=0, line=1,
    )  # fmt: skip
    return base._replace(**fields)


def judged(outcome: str, on: str = "2025-07-20", happened: str | None = None) -> Judgement:
    return Judgement(day(on), outcome, parse(happened) if happened else None)


AFTER = "2025-08-01"


@pytest.mark.parametrize(
    ("claim", "on", "expected"),
    [
        (fact(), "2025-06-30", State("open", "open", 0, None, False)),
        (fact(), "2025-07-01", State("overdue", "overdue", -1, None, False)),
        (fact(deadline=None), AFTER, State("undated", "undated", None, None, False)),
        (fact(judged("true")), AFTER, State("hit", "scored", -32, 0, True)),
        (fact(judged("true", happened="2025-06-30")), AFTER, State("hit", "scored", -32, 0, True)),
        (fact(judged("true", happened="2025-05")), AFTER, State("hit", "scored", -32, -30, True)),
        (fact(judged("true", happened="2025-07-01")), AFTER, State("late", "scored", -32, 1, True)),
        (fact(judged("true", happened="2025-06/2025-07")), AFTER, State("overdue", "overdue", -32, None, False)),
        (fact(judged("true"), deadline=None), AFTER, State("hit", "undated", None, None, True)),
        (fact(judged("false")), AFTER, State("miss", "scored", -32, None, True)),
        (fact(judged("partly")), AFTER, State("partly", "scored", -32, None, True)),
        (fact(judged("ambiguous")), AFTER, State("void", "void", -32, None, True)),
        (fact(judged("annulled")), AFTER, State("void", "void", -32, None, True)),
        # a verdict shows at once and counts once the deadline is over
        (fact(judged("false", "2025-03-01")), "2025-04-01", State("miss", "open", 90, None, True)),
        (fact(judged("annulled", "2025-03-01")), "2025-04-01", State("void", "void", 90, None, True)),
        # what was judged later is not known yet
        (fact(judged("true", "2025-07-20")), "2025-07-19", State("overdue", "overdue", -19, None, False)),
        # the last judgement counts, and a reopened claim is not judged
        (fact(judged("true"), judged("false", "2025-07-25")), AFTER, State("miss", "scored", -32, None, True)),
        (fact(judged("true"), judged("reopened", "2025-07-25")), AFTER, State("overdue", "overdue", -32, None, False)),
        (
            fact(judged("false"), judged("true", "2025-07-30", "2025-07-29")),
            AFTER,
            State("late", "scored", -32, 29, True),
        ),
        # what is not scored
        (fact(judged("true"), kind="possibility"), AFTER, State("hit", "unscored", -32, 0, True)),
        (fact(judged("true"), wording="implied"), AFTER, State("hit", "unscored", -32, 0, True)),
        (fact(judged("true"), restates=True), AFTER, State("hit", "unscored", -32, 0, True)),
        (fact(judged("true"), kind="target"), AFTER, State("hit", "scored", -32, 0, True)),
        (fact(kind="statement", deadline=None), AFTER, State("unjudged", "unscored", None, None, False)),
        (fact(judged("true"), kind="statement", deadline=None), AFTER, State("true", "unscored", None, None, True)),
        (fact(judged("false"), kind="statement", deadline=None), AFTER, State("false", "unscored", None, None, True)),
        (fact(judged("annulled"), kind="statement", deadline=None), AFTER, State("void", "unscored", None, None, True)),
    ],
)
def test_states(claim: Fact, on: str, expected: State) -> None:
    assert state(claim, day(on)) == expected


def test_a_claim_is_known_from_the_first_day_it_may_have_been_said() -> None:
    month = fact(said=parse("2025-01"))
    assert not is_known(month, day("2024-12-31"))
    assert is_known(month, day("2025-01-01"))
    assert is_known(fact(said=None), day("1990-01-01"))


OUTCOMES = st.sampled_from(["true", "false", "partly", "ambiguous", "annulled", "reopened"])
DAYS = st.integers(day("2025-01-08"), day("2027-01-01"))


@given(
    st.lists(st.tuples(OUTCOMES, DAYS)),
    DAYS,
    st.sampled_from(["prediction", "target", "possibility", "statement"]),
    st.sampled_from([None, "2025-Q2", "2026", "2025-03-01"]),
)
def test_every_claim_has_one_state_that_later_judgements_do_not_change(
    judgements: list[tuple[str, int]], on: int, kind: str, deadline: str | None
) -> None:
    all_of_them = tuple(Judgement(when, outcome) for outcome, when in judgements)
    claim = fact(*all_of_them, kind=kind, deadline=deadline)
    found = state(claim, on)
    assert found.status in STATUSES
    assert found.account in ACCOUNTS
    assert found.judged == (verdict(claim, on) is not None)
    known = tuple(judgement for judgement in all_of_them if judgement.judged <= on)
    assert state(claim._replace(judgements=known), on) == found
    if found.account == "scored":
        assert found.status in ("hit", "late", "miss", "partly")
        assert found.days is not None and found.days < 0
