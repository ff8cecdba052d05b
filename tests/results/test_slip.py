"""slip: time taken against time promised, with what has not come true counted."""

from __future__ import annotations

import math
from datetime import date
from random import Random
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Fact, Judgement
from ledger.periods import Period, parse
from ledger.query import Filter
from ledger.results.chains import Amount, ChainOfClaims
from ledger.results.slip import ClaimsLeftOut, Days, Percentile, QuantileEnds, Slipping, Slips, slips
from ledger.results.timing import Timed
from ledger.scoring import binomial_test, slip, turnbull, wilson
from support.claims_for_scores import DAY, fact, hit, judged, late, ledger_of, miss, partly


def day_of(ordinal: int) -> Period:
    return parse(date.fromordinal(ordinal).isoformat())


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


def test_what_did_not_come_is_watched_until_the_last_look() -> None:
    for claim in (miss("a"), partly("b")):  # judged on 30 December 2025, 729 days after it was said
        found = timed(claim)
        assert (found.taken, found.late_days, found.observed, found.happened) == (729, 364, False, None)
    assert timed(miss("a", checked=date(2025, 12, 31).toordinal())).taken == 730
    assert timed(miss("a", checked=date(2026, 2, 1).toordinal())).taken == 729  # not known on the day
    early = fact("a", judged("false", "2024-03-01"))
    assert (timed(early).taken, timed(early).late_days) == (365, None)  # it could no longer come: at risk to the end


def test_of_a_claim_nobody_looked_at_nothing_is_known() -> None:
    for claim in (fact("overdue"), fact("open", deadline="2026")):
        found = timed(claim)
        assert (found.taken, found.late_days, found.observed, found.looked) == (0, None, False, False)
    looked = timed(fact("a", checked=date(2025, 6, 1).toordinal()))
    assert (looked.taken, looked.late_days, looked.looked) == (517, 152, True)
    group = whole(fact("overdue"), hit("b"))
    assert (group.unwatched, group.on_time) == (1, 1.0)
    assert group.watched is not None and group.watched.on_time == 0.5


def test_early_misses_stay_at_risk_to_their_deadline() -> None:
    given_up = timed(fact("b", judged("false"), deadline="2026"))
    assert (given_up.taken, given_up.stretch, given_up.observed, given_up.late_days) == (1095, 1.0, False, None)


def test_annulled_claims_leave_on_the_day_they_were_annulled() -> None:
    group = whole(fact("a", judged("annulled", "2024-07-01")), late("b"), fact("c", judged("ambiguous")))
    assert (group.n, group.annulled, group.fulfilled) == (2, 1, 1)
    assert timed(fact("a", judged("annulled", "2024-07-01"))).taken == 182
    assert [step.at_risk for step in group.curve] == [1]


def test_true_alone_says_only_that_it_came_in_time_and_before_it_was_judged() -> None:
    found = timed(fact("a", judged("true")))
    assert (found.taken_low, found.taken, found.happened, found.late_days) == (0, 365, None, None)
    early = timed(fact("a", judged("true", "2024-03-01"), deadline="2030"))
    assert (early.taken_low, early.taken) == (0, 60)
    looked = timed(fact("a", judged("true", "2024-03-01"), checked=date(2024, 2, 1).toordinal(), deadline="2030"))
    assert (looked.taken_low, looked.taken) == (32, 60)


def test_an_event_is_cut_at_the_day_it_was_said() -> None:
    found = timed(fact("a", judged("true", happened="2024"), said="2024-07-01", deadline="2025"))
    assert (found.taken_low, found.taken) == (0, 183)


def test_what_came_while_it_was_being_said_took_no_time() -> None:
    facts = [fact(f"a{n}", judged("true", happened="2024-05"), said="2024", deadline="2025") for n in range(2)]
    group = whole(*facts, fact("slow", judged("false"), said="2024", deadline="2025"))
    assert (group.n, group.fulfilled, group.left_out.said_unclear) == (3, 2, 0)
    assert (group.median_stretch, group.on_time) == (0, pytest.approx(2 / 3))


@pytest.mark.parametrize("claim", [hit("a"), late("b"), miss("c")])
def test_it_agrees_with_the_score_of_one_claim(claim: Fact) -> None:
    found = timed(claim)
    assert found.said is not None
    last_look = date(2025, 12, 30)
    alone = slip(
        said=found.said.last,
        deadline=found.deadline.last,
        as_of=last_look,
        happened=found.happened and found.happened.last,
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
    assert found.left_out == ClaimsLeftOut(during=2, said_unclear=0, hindsight=0)


@pytest.mark.parametrize(
    "claim",
    [
        miss("unknown", said=None),
        miss("on-the-day", said="2024-12-31"),
    ],
)
def test_without_a_clear_time_promised_there_is_no_stretch(claim: Fact) -> None:
    found = of(claim)
    assert found.claims[0].stretch is None
    assert found.left_out.said_unclear == 1
    assert found.groups[0].n == 0


# --- the curve ------------------------------------------------------------------------------------------------


def test_the_median_counts_the_unfinished() -> None:
    facts = (hit("a"), late("b", happened="2025-12-29"), miss("c"), fact("d", deadline="2030"))
    group = whole(*facts)
    # after 182 and 728 of 365 days; c had not come at 729, and at d nobody has looked
    assert [(step.at_risk, step.fulfilled) for step in group.curve] == [(3, 1), (2, 1)]
    assert [step.stretch for step in group.curve] == [182 / 365, 728 / 365]
    assert group.median_stretch == 728 / 365
    assert group.on_time == pytest.approx(1 / 3)
    assert (group.n, group.fulfilled, group.longest, group.method) == (4, 2, 729 / 365, "kaplan-meier")
    assert group.days == Days(728, group.days.band if group.days else None)  # type: ignore[arg-type]


def test_what_is_known_to_an_interval_is_estimated_by_turnbull() -> None:
    facts = [fact("a", judged("true")), hit("b"), miss("c"), late("d", happened="2025-02")]
    group = whole(*facts)
    found = turnbull(low=[0, 182, 729, 397], high=[365, 182, math.inf, 424])
    assert group.method == "turnbull"
    assert [(step.stretch_low, step.stretch) for step in group.curve] == [
        (182 / 365, 182 / 365),
        (397 / 365, 424 / 365),
    ]
    assert [1 - step.survival for step in group.curve] == pytest.approx([0.5, 0.75])
    assert found.mass[:2] == pytest.approx((0.5, 0.25))
    assert group.on_time_band.low is not None and group.on_time_band.high is not None
    assert group.on_time_band.low < 0.5 < group.on_time_band.high


def test_the_band_of_claims_that_hang_together_is_wider() -> None:
    facts = [(hit if n % 4 < 2 else miss)(f"c{n}") for n in range(16)]
    alone = whole(*facts)
    together = whole(*(one._replace(series=f"s{n // 4 if n % 4 < 2 else 9 + n // 4}") for n, one in enumerate(facts)))
    assert alone.on_time == together.on_time == 0.5
    low, high = alone.on_time_band, together.on_time_band
    assert low.low is not None and high.low is not None and high.low < low.low
    assert alone.on_time_band == (wilson(hits=8, n=16))  # Greenwood's is the binomial variance where nobody left


def test_the_band_where_nothing_came_is_that_of_the_series_watched_so_long() -> None:
    facts = [miss(f"m{n}", series="s") for n in range(3)] + [miss("n"), fact("open", deadline="2030")]
    band = whole(*facts).on_time_band
    assert band == wilson(hits=0, n=2)


def test_lengths_of_promises_are_told_apart() -> None:
    short = [hit(f"s{n}") for n in range(10)]
    long = [miss(f"l{n}", said="2020-01-01", deadline="2024-12-31") for n in range(10)]
    few = [miss(f"f{n}", said="2022-12-31") for n in range(9)]
    found = whole(*short, *long, *few).horizons
    assert [(one.horizon, one.n, one.on_time) for one in found] == [
        ("up to 1 year", 10, 1.0),
        ("over 3 years", 10, 0.0),
    ]
    assert whole(*short).horizons == ()


def test_claims_selected_by_outcome_have_no_curve() -> None:
    (group,) = of(hit("a"), miss("b"), wanted=Filter(statuses=("hit",)), percentile=0.5).groups
    assert (group.n, group.fulfilled, group.selected_by_outcome) == (1, 1, True)
    assert (group.median_stretch, group.on_time, group.curve, group.percentile) == (None, None, (), None)


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
        verdict = Judgement(came, "true", day_of(came)) if came <= DAY.toordinal() else None
        over = Judgement(DAY.toordinal(), "false") if verdict is None and watched > 1 else None
        facts.append(
            fact(f"c{number}", *filter(None, (verdict, over)))._replace(said=day_of(said), deadline=day_of(said + 1000))
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
    assert entered.left_out == ClaimsLeftOut(during=0, said_unclear=0, hindsight=1)
    (group,) = entered.groups
    # One of three at risk came: S = 2/3 with Greenwood's variance (2/3)^2 / (3 * 2), worth three claims.
    assert (group.curve[0].low, group.curve[0].high) == pytest.approx(wilson(hits=2, n=3))
    assert group.days is not None and group.days.band == QuantileEnds(425, None)
    assert group.watched is None and group.on_time_band != QuantileEnds(None, None)
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


def chain(*facts: Fact, **options: Any) -> ChainOfClaims:
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
    assert of(FIRST, SECOND._replace(said=parse("2026-02-01"))).chains == ()


def test_a_date_that_was_dropped() -> None:
    dropped = fact("dropped", said="2024-07-01", deadline=None, revises="first")
    found = chain(FIRST, dropped)
    assert [link.days_moved for link in found.links] == [None, None]
    assert (found.moves, found.slip_days, found.recession, found.first_deadline) == (0, None, None, None)


def test_two_revisions_of_one_claim_are_two_paths() -> None:
    other = fact("other", said="2025-03-01", deadline="2026", revises="first")
    found = of(FIRST, SECOND, other).chains
    assert [[(link.id, link.days_moved) for link in one.links] for one in found] == [
        [("first", None), ("other", 730)],
        [("first", None), ("second", 365)],
    ]


def test_a_step_that_changes_the_number_or_its_unit_is_no_delay() -> None:
    first = FIRST._replace(at_least=1000, unit="billion")
    cut = SECOND._replace(at_least=150, unit="billion")
    found = chain(first, cut)
    assert [(link.amount, link.changed) for link in found.links] == [
        (Amount(1000, None, "billion"), False),
        (Amount(150, None, "billion"), True),
    ]
    assert (found.moves, found.slip_days, found.recession) == (0, None, None)
    assert chain(first, SECOND._replace(at_least=1000, unit="million")).slip_days is None
    then = THIRD._replace(at_least=150, unit="billion", said=parse("2025-10-01"))
    whole_path = chain(first, cut, then)
    assert (whole_path.moves, whole_path.slip_days) == (1, -184)
    assert whole_path.recession == pytest.approx(-184 / 457)


def test_a_date_does_not_recede_within_less_than_ninety_days() -> None:
    soon = SECOND._replace(said=parse("2024-03-30"))
    assert (chain(FIRST, soon).slip_days, chain(FIRST, soon).recession) == (365, None)
    assert chain(FIRST, soon._replace(said=parse("2024-03-31"))).recession == pytest.approx(365 / 90)


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
