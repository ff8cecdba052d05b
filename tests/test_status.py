"""The table of states, row by row."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Fact, Judgement, Observed
from ledger.periods import parse
from ledger.status import ACCOUNTS, STATUSES, is_known, looked, state, verdict

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
SAID = -173  # days from the day it was said to the last day of the deadline


@pytest.mark.parametrize(
    ("claim", "on", "status", "account", "days", "slip"),
    [
        (fact(), "2025-06-30", "open", "open", 0, None),
        (fact(), "2025-07-01", "overdue", "overdue", -1, None),
        (fact(deadline=None), AFTER, "undated", "undated", None, None),
        (fact(judged("true")), AFTER, "hit", "scored", -32, (SAID, 0)),
        (fact(judged("true"), said=None), AFTER, "hit", "scored", -32, (None, 0)),
        (fact(judged("true", happened="2025-06-30")), AFTER, "hit", "scored", -32, (0, 0)),
        (fact(judged("true", happened="2025-05")), AFTER, "hit", "scored", -32, (-60, -30)),
        (fact(judged("true", happened="2025-07-01")), AFTER, "late", "scored", -32, (1, 1)),
        (fact(judged("true", happened="2025-07")), AFTER, "late", "scored", -32, (1, 31)),
        (fact(judged("true", happened="2025-06/2025-07")), AFTER, "overdue", "overdue", -32, None),
        (fact(judged("true"), deadline=None), AFTER, "hit", "undated", None, None),
        (fact(judged("false")), AFTER, "miss", "scored", -32, None),
        (fact(judged("partly")), AFTER, "partly", "scored", -32, None),
        (fact(judged("ambiguous")), AFTER, "void", "void", -32, None),
        (fact(judged("annulled")), AFTER, "void", "void", -32, None),
        # a verdict shows at once and counts once the deadline is over
        (fact(judged("false", "2025-03-01")), "2025-04-01", "miss", "open", 90, None),
        (fact(judged("annulled", "2025-03-01")), "2025-04-01", "void", "void", 90, None),
        # one that came early came by the day it was judged
        (fact(judged("true", "2025-03-01")), "2025-04-01", "hit", "open", 90, (SAID, -121)),
        # what was judged later is not known yet
        (fact(judged("true", "2025-07-20")), "2025-07-19", "overdue", "overdue", -19, None),
        # the last judgement counts, and a reopened claim is not judged
        (fact(judged("true"), judged("false", "2025-07-25")), AFTER, "miss", "scored", -32, None),
        (fact(judged("true"), judged("reopened", "2025-07-25")), AFTER, "overdue", "overdue", -32, None),
        (fact(judged("false"), judged("true", "2025-07-30", "2025-07-29")), AFTER, "late", "scored", -32, (29, 29)),
        # what is not scored
        (fact(judged("true"), kind="possibility"), AFTER, "hit", "unscored", -32, (SAID, 0)),
        (fact(judged("true"), wording="implied"), AFTER, "hit", "unscored", -32, (SAID, 0)),
        (fact(judged("true"), restates=True), AFTER, "hit", "unscored", -32, (SAID, 0)),
        (fact(judged("true"), kind="target"), AFTER, "hit", "scored", -32, (SAID, 0)),
        (fact(kind="statement", deadline=None), AFTER, "unjudged", "unscored", None, None),
        (fact(judged("true"), kind="statement", deadline=None), AFTER, "true", "unscored", None, None),
        (fact(judged("false"), kind="statement", deadline=None), AFTER, "false", "unscored", None, None),
        (fact(judged("annulled"), kind="statement", deadline=None), AFTER, "void", "unscored", None, None),
        # what nobody can know yet is awaited until the last day on which it can be known
        (fact(known_by=parse("2025-08")), "2025-06-30", "open", "open", 0, None),
        (fact(known_by=parse("2025-08")), "2025-07-01", "awaiting", "awaiting", -1, None),
        (fact(known_by=parse("2025-08")), "2025-08-31", "awaiting", "awaiting", -62, None),
        (fact(known_by=parse("2025-08")), "2025-09-01", "overdue", "overdue", -63, None),
        (fact(judged("false"), known_by=parse("2025-08")), AFTER, "miss", "scored", -32, None),
        (fact(known_by=parse("2025-08"), kind="possibility"), AFTER, "awaiting", "unscored", -32, None),
        # a promise that was taken back counts at its deadline
        (fact(judged("withdrawn", "2025-03-01")), "2025-04-01", "withdrawn", "open", 90, None),
        (fact(judged("withdrawn", "2025-03-01")), AFTER, "withdrawn", "scored", -32, None),
        (fact(judged("withdrawn", "2025-03-01"), deadline=None), AFTER, "withdrawn", "undated", None, None),
        # but a statement cannot be
        (fact(judged("withdrawn"), kind="statement", deadline=None), AFTER, "unjudged", "unscored", None, None),
    ],
)
def test_states(
    claim: Fact, on: str, status: str, account: str, days: int | None, slip: tuple[int | None, int] | None
) -> None:
    found = state(claim, day(on))
    low, high = slip or (None, None)
    one_day = low if low == high else None
    assert found[:4] == (status, account, days, one_day)
    assert (found.slip_low, found.slip_high) == (low, high)
    judgement = verdict(claim, day(on))
    assert (found.judged, found.outcome) == (judgement is not None, judgement and judgement.outcome)


def test_the_verdict_is_due_when_it_can_be_known() -> None:
    assert state(fact(known_by=parse("2025-08")), day("2025-08-01")).verdict_days == 30
    assert state(fact(), day("2025-08-01")).verdict_days == -32
    assert state(fact(deadline=None), day("2025-08-01")).verdict_days is None
    early = fact(known_by=parse("2025-05"))  # over before the deadline, which check refuses
    assert state(early, day("2025-06-30")).status == "open"
    assert state(early, day("2025-07-01")).status == "overdue"


def test_a_look_is_a_check_or_something_seen() -> None:
    seen = fact(checked=day("2025-03-01"), observed=(Observed(day("2025-04-01"), 5), Observed(day("2025-02-01"))))
    assert looked(seen, day("2025-05-01")) == day("2025-04-01")
    assert looked(seen, day("2025-03-31")) == day("2025-03-01")
    assert looked(seen, day("2025-02-28")) == day("2025-02-01")
    assert looked(seen, day("2025-01-31")) is None


def test_a_claim_is_known_from_the_first_day_it_may_have_been_said() -> None:
    month = fact(said=parse("2025-01"))
    assert not is_known(month, day("2024-12-31"))
    assert is_known(month, day("2025-01-01"))
    assert is_known(fact(said=None), day("1990-01-01"))


OUTCOMES = st.sampled_from(["true", "false", "partly", "ambiguous", "annulled", "withdrawn", "reopened"])
DAYS = st.integers(day("2025-01-08"), day("2027-01-01"))


@given(
    st.lists(st.tuples(OUTCOMES, DAYS)),
    DAYS,
    st.sampled_from(["prediction", "target", "possibility", "statement"]),
    st.sampled_from([None, "2025-Q2", "2026", "2025-03-01"]),
    st.sampled_from([None, "2025-Q4", "2027"]),
)
def test_every_claim_has_one_state_that_later_judgements_do_not_change(
    judgements: list[tuple[str, int]], on: int, kind: str, deadline: str | None, known_by: str | None
) -> None:
    all_of_them = tuple(Judgement(when, outcome) for outcome, when in judgements)
    claim = fact(*all_of_them, kind=kind, deadline=deadline, known_by=parse(known_by) if known_by else None)
    found = state(claim, on)
    assert found.status in STATUSES
    assert found.account in ACCOUNTS
    assert found.judged == (verdict(claim, on) is not None)
    known = tuple(judgement for judgement in all_of_them if judgement.judged <= on)
    assert state(claim._replace(judgements=known), on) == found
    if found.account == "scored":
        assert found.status in ("hit", "late", "miss", "partly", "withdrawn")
        assert found.days is not None and found.days < 0
