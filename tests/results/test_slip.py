"""slip: time taken against time promised, with what has not come true counted."""

from __future__ import annotations

from datetime import date
from random import Random
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Fact, Judgement
from ledger.periods import of_day, parse
from ledger.query import Filter
from ledger.results.slip import Chain, LeftOut, Percentile, Slipping, Slips, Timed, slips
from ledger.scoring import binomial_test, slip
from support.claims_for_scores import DAY, fact, hit, judged, late, ledger_of, miss, partly


def of(*facts: Fact, wanted: Filter | None = None, **options: Any) -> Slipping:
    return slips(ledger_of(*facts), wanted or Filter(), day=DAY, **options)


def whole(*facts: Fact, **options: Any) -> Slips:
    (group,) = of(*facts, **options).groups
    return group


def timed(claim: Fact) -> Timed:
    (found,) = of(claim).claims
    return found


# 1 January to 31 December 2024 are 365 days promised; the as-of day is 1 January 2026, 731 days after.


def test_what_came_in_time_and_late() -> None:
    early, slow = timed(hit("a")), timed(late("b"))
    assert (early.promised, early.taken, early.late_days, early.observed) == (365, 182, None, True)
    assert (slow.promised, slow.taken, slow.late_days, slow.happened) == (365, 425, 60, parse("2025-03-01"))
    assert slow.stretch == 425 / 365


def test_what_did_not_come_is_watched_until_today() -> None:
    for claim in (miss("a"), partly("b")):
        found = timed(claim)
        assert (found.taken, found.late_days, found.observed, found.happened) == (731, 366, False, None)


def test_of_an_overdue_claim_nothing_is_known_after_its_deadline() -> None:
    found = timed(fact("a"))
    assert (found.taken, found.late_days, found.observed) == (365, 366, False)


def test_open_claims_are_watched_until_today_and_early_misses_to_their_deadline() -> None:
    assert timed(fact("a", deadline="2026")).taken == 731
    given_up = timed(fact("b", judged("false"), deadline="2026"))
    assert (given_up.taken, given_up.stretch, given_up.observed, given_up.late_days) == (1095, 1.0, False, None)


def test_true_alone_counts_as_on_the_last_day() -> None:
    found = timed(fact("a", judged("true")))
    assert (found.taken, found.stretch, found.happened, found.late_days) == (365, 1.0, None, None)


@pytest.mark.parametrize("claim", [hit("a"), late("b"), miss("c")])
def test_it_agrees_with_the_score_of_one_claim(claim: Fact) -> None:
    found = timed(claim)
    assert found.said is not None
    alone = slip(
        said=found.said.last, deadline=found.deadline.last, as_of=DAY, happened=found.happened and found.happened.last
    )
    assert (found.promised, found.taken, found.stretch) == (alone.horizon_days, alone.duration_days, alone.stretch)
    assert (found.late_days or alone.slip_days) == alone.slip_days


def test_only_what_may_come_late_is_timed() -> None:
    found = of(
        miss("during", window="during"),
        hit("also-during", window="during", deadline="2027"),
        fact("undated", deadline=None),
        fact("void", judged("ambiguous")),
        miss("could", kind="possibility"),
        miss("by"),
    )
    assert [one.id for one in found.claims] == ["by"]
    assert found.left_out == LeftOut(during=2, said_unclear=0, hindsight=0)


@pytest.mark.parametrize(
    "claim",
    [
        miss("unknown", said=None),
        miss("on-the-day", said="2024-12-31"),
        miss("some-time-in-the-year", said="2024", deadline="2024-06"),
        hit("before-it-was-said", said="2024"),  # said by the end of 2024, come true in July
    ],
)
def test_without_a_clear_time_promised_there_is_no_stretch(claim: Fact) -> None:
    found = of(claim)
    assert found.claims[0].stretch is None
    assert found.left_out.said_unclear == 1
    assert found.groups[0].n == 0


# --- the curve ------------------------------------------------------------------------------------------------


def test_the_median_counts_the_unfinished() -> None:
    facts = (hit("a"), late("b", happened="2025-12-31"), miss("c"), fact("d", deadline="2030"))
    group = whole(*facts)
    # after 182 and 730 of 365 days: S = 2/3 of those watched beyond 0.5 (d was watched for 731 of 2556 days, 0.286)
    assert [(step.at_risk, step.fulfilled) for step in group.curve] == [(3, 1), (2, 1)]
    assert [step.stretch for step in group.curve] == [182 / 365, 2.0]
    assert group.median_stretch == 2.0
    assert group.on_time == pytest.approx(1 / 3)
    assert (group.n, group.fulfilled, group.longest) == (4, 2, 731 / 365)


def test_not_reached() -> None:
    group = whole(hit("a"), miss("b"), miss("c"))
    assert group.median_stretch is None
    assert group.on_time == pytest.approx(1 / 3)
    assert whole(fact("open", deadline="2030")).on_time is None  # nobody has watched a whole promised time


def test_a_simulation_recovers_the_median_that_the_finished_hide() -> None:
    """True median 2.49 times the promise; the finished alone have a mean of about 1.90."""
    random, facts = Random(7), []
    for number in range(4000):
        stretch, watched = 2.49 * pow(2.0, random.gauss(0, 1)), random.uniform(0.5, 6)
        said = DAY.toordinal() - round(watched * 1000)
        came = said + round(stretch * 1000)
        verdict = Judgement(came, "true", of_day(date.fromordinal(came))) if came <= DAY.toordinal() else None
        over = Judgement(DAY.toordinal(), "false") if verdict is None and watched > 1 else None
        facts.append(
            fact(f"c{number}", *filter(None, (verdict, over)))._replace(
                said=of_day(date.fromordinal(said)), deadline=of_day(date.fromordinal(said + 1000))
            )
        )
    found = of(*facts)
    assert fmean(one.stretch or 0 for one in found.claims if one.observed) < 2.05
    assert found.groups[0].median_stretch == pytest.approx(2.49, abs=0.12)


def test_counting_from_the_day_of_entry() -> None:
    facts = (
        late("a", added="2024-07-01"),  # 182 of 365 days were over
        miss("b", added="2023-12-01"),
        late("c", added="2025-06-01"),  # entered when it had come true
        miss("d", added="2024-01-01"),
    )
    plain, entered = of(*facts), of(*facts, from_entry=True)
    assert [step.at_risk for step in plain.groups[0].curve] == [4]
    assert [step.at_risk for step in entered.groups[0].curve] == [3]
    assert entered.left_out == LeftOut(during=0, said_unclear=0, hindsight=1)
    assert plain.groups[0].n_hindsight == 1


def test_groups_and_what_they_leave_out() -> None:
    facts = (hit("a"), miss("b", speaker="bob", window="during"), fact("c", speaker="eve", deadline=None))
    found = of(*facts, by="speaker")
    assert [(group.group, group.n, group.left_out.during) for group in found.groups] == [("ada", 1, 0), ("bob", 0, 1)]
    assert found.left_out.during == 1


# --- a declared percentile ------------------------------------------------------------------------------------


def test_a_percentile_is_held_against_the_share_met() -> None:
    facts = (*(miss(f"m{n}") for n in range(8)), hit("a"), late("b"), miss("c", window="during"), fact("d"))
    tested = whole(*facts, percentile=0.5).percentile
    assert tested is not None
    assert (tested.n, tested.hit, tested.share) == (10, 1, 0.1)
    assert tested.p_value == binomial_test(hits=1, n=10, p=0.5)
    assert whole(fact("d"), percentile=0.5).percentile == Percentile(0.5, 0, 0, None, None)
    assert whole(*facts).percentile is None


# --- chains of revisions --------------------------------------------------------------------------------------


def chain(*facts: Fact, **options: Any) -> Chain:
    (found,) = of(*facts, **options).chains
    return found


FIRST = fact("first", said="2024-01-01", deadline="2024-12-31")
SECOND = fact("second", said="2024-07-01", deadline="2025-12-31", revises="first")
THIRD = fact("third", said="2025-01-01", deadline="2025-06-30", revises="second")


def test_a_chain_of_dates() -> None:
    found = chain(THIRD, FIRST, SECOND)
    assert [(link.id, link.days_moved) for link in found.links] == [("first", None), ("second", 365), ("third", -184)]
    assert (found.moves, found.slip_days) == (2, 181)
    assert (found.first_deadline, found.latest_deadline) == (date(2024, 12, 31), date(2025, 6, 30))
    assert found.recession == pytest.approx(181 / 366)


def test_a_chain_is_shown_whole_where_one_of_it_passes_the_filter() -> None:
    assert len(chain(FIRST, SECOND, wanted=Filter(ids=("second",))).links) == 2
    assert of(FIRST, SECOND, hit("other"), wanted=Filter(ids=("other",))).chains == ()


def test_what_was_not_said_yet_is_in_no_chain() -> None:
    assert of(FIRST, SECOND._replace(said=of_day(date(2026, 2, 1)))).chains == ()


def test_a_date_that_was_dropped() -> None:
    dropped = fact("dropped", said="2024-07-01", deadline=None, revises="first")
    found = chain(FIRST, dropped)
    assert [link.days_moved for link in found.links] == [None, None]
    assert (found.moves, found.slip_days, found.recession, found.first_deadline) == (0, None, None, None)


def test_two_revisions_of_one_claim_are_one_chain() -> None:
    other = fact("other", said="2025-03-01", deadline="2026", revises="first")
    found = chain(FIRST, SECOND, other)
    assert [(link.id, link.days_moved) for link in found.links] == [("first", None), ("second", 365), ("other", 730)]
    assert found.latest_deadline == date(2026, 12, 31)


def test_two_said_on_one_day_have_no_recession() -> None:
    found = chain(FIRST, SECOND._replace(said=FIRST.said))
    assert (found.slip_days, found.recession) == (365, None)


def test_statements_and_circles_make_no_chain_that_breaks() -> None:
    fact_of_its_day = fact("fact", kind="statement", deadline=None, revises="first")
    assert of(FIRST, fact_of_its_day).chains == ()
    assert of(FIRST._replace(revises="first")).chains == ()
    assert len(chain(FIRST._replace(revises="second"), SECOND).links) == 2


# --- a pure function ------------------------------------------------------------------------------------------

kinds_of = st.sampled_from([hit, late, miss, partly, fact])
facts_of = st.lists(
    st.builds(
        lambda make, window, said, deadline, added: (
            make,
            {"window": window, "said": said, "deadline": deadline, "added": added},
        ),
        kinds_of,
        st.sampled_from(["by", "during"]),
        st.sampled_from(["2024-01-01", "2023", None]),
        st.sampled_from(["2024-12-31", "2025", "2028"]),
        st.sampled_from([None, "2024-03-01", "2025-12-01"]),
    ),
    max_size=10,
)


@given(facts_of, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_claims_does_not_matter(made: list[Any], random: Any, from_entry: bool) -> None:
    facts = [make(f"c{number}", **fields) for number, (make, fields) in enumerate(made)]
    facts = [one._replace(revises=f"c{random.randrange(10)}") if random.random() < 0.3 else one for one in facts]
    shuffled = random.sample(facts, len(facts))
    once, again = (of(*some, from_entry=from_entry, by="kind") for some in (facts, shuffled))
    assert once.groups == again.groups
    assert once.chains == again.chains
    assert sorted(once.claims, key=lambda one: one.id) == sorted(again.claims, key=lambda one: one.id)
    assert [one.deadline.end for one in once.claims] == sorted(one.deadline.end for one in again.claims)


@given(facts_of)
def test_one_more_claim_about_a_period_changes_nothing_but_what_is_left_out(made: list[Any]) -> None:
    facts = [make(f"c{number}", **fields) for number, (make, fields) in enumerate(made)]
    before, after = whole(*facts), whole(*facts, miss("zz", window="during"))
    assert after == before._replace(left_out=before.left_out._replace(during=before.left_out.during + 1))
