"""score: what counts, what stands beside, and what never mixes."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Fact, Given
from ledger.query import Filter
from ledger.results.arrange import Arrangement
from ledger.results.groups import HORIZONS, Account
from ledger.results.score import Group, Score, Terms, Undated, score
from ledger.scoring import brier_skill, hits_probability, wilson
from ledger.scoring.lexicon import LEXICONS
from support.claims_for_scores import DAY, fact, hit, judged, late, ledger_of, miss, ordinal, partly

MIXED = (
    hit("a"),
    hit("b"),
    late("c"),
    miss("d"),
    partly("e"),
    fact("overdue"),
    fact("open", deadline="2026"),
    fact("early", judged("true", happened="2025-06"), deadline="2026"),
    fact("undated", deadline=None),
    fact("undated-miss", judged("false"), deadline=None),
    fact("void", judged("annulled")),
    fact("could", judged("true"), kind="possibility"),
    fact("is", judged("true"), kind="statement", deadline=None),
    fact("implied", judged("false"), wording="implied"),
    fact("again", judged("false"), revises="d", restates=True),
    fact("unborn", said="2026-02", deadline="2026"),
)


def whole(*facts: Fact, **options: Any) -> Group:
    found = score(ledger_of(*facts), day=DAY, **options)
    assert len(found.groups) == 1
    return found.groups[0]


def test_every_claim_is_in_the_account_once() -> None:
    found = score(ledger_of(*MIXED), day=DAY)
    assert found.account == Account(
        claims=15, scored=5, overdue=1, open=2, decided_early=1, undated=2, void=1, unscored=4
    )


def test_the_rate_with_its_bounds_and_its_lenient_neighbour() -> None:
    group = whole(*MIXED)
    assert (group.n, group.hit, group.late, group.miss, group.partly, group.overdue) == (5, 2, 1, 1, 1, 1)
    assert group.rate == 2 / 5
    assert group.bounds == (2 / 6, 3 / 6)
    assert group.lenient == 3 / 5  # the hits and what came partly
    assert group.interval is not None
    assert (group.interval.low, group.interval.high) == wilson(hits=2, n=5)
    assert (group.interval.method, group.interval.level) == ("wilson", 0.95)


def test_late_within_the_latest_reading_is_a_hit_in_the_lenient_rate_only() -> None:
    facts = (late("by-march", latest="2025-03"), late("by-february", latest="2025-02"), late("strict"))
    group = whole(*facts)
    assert group.rate == 0
    assert group.lenient == 1 / 3


def test_judged_without_a_deadline_stands_beside() -> None:
    facts = [
        fact(f"u{i}", judged(outcome), deadline=None) for i, outcome in enumerate(("true", "false", "false", "partly"))
    ]
    group = whole(*facts, hit("a"))
    assert group.judged_undated == Undated(hit=1, miss=2, partly=1)
    assert (group.n, group.rate) == (1, 1.0)


def test_nothing_to_score_is_undefined_and_not_nought() -> None:
    group = whole(fact("open", deadline="2030"))
    assert group.n == 0
    for value in (group.rate, group.interval, group.bounds, group.lenient, group.brier, group.log_score, group.skill):
        assert value is None
    assert group.quantities.share_inside is None
    assert group.lexicon is None
    assert score(ledger_of(), day=DAY).account.claims == 0


def test_only_overdue_leaves_bounds_without_a_rate() -> None:
    group = whole(fact("one"), fact("two"))
    assert (group.rate, group.bounds) == (None, (0.0, 1.0))


def test_targets_apart() -> None:
    group = whole(hit("a"), miss("b", kind="target"), hit("c", kind="target"), hit("d", kind="target"))
    prediction, target = group.kinds
    assert (prediction.kind, prediction.n, prediction.rate) == ("prediction", 1, 1.0)
    assert (target.kind, target.n, target.rate) == ("target", 3, 2 / 3)


def test_a_filter_narrows_what_is_scored() -> None:
    found = score(ledger_of(hit("a"), miss("b", speaker="bob")), Filter(speakers=("bob",)), day=DAY)
    assert (found.account.claims, found.groups[0].rate) == (1, 0.0)


# --- claims that hang together --------------------------------------------------------------------------------


def test_series_are_counted_beside_claims() -> None:
    facts = (
        hit("a", series="s"),
        miss("b", series="s"),
        miss("c"),
        miss("d", revises="c"),
        miss("e", revises="unsaid"),
        fact("unsaid", said="2027", deadline="2028"),
        hit("f"),
    )
    group = whole(*facts)
    assert (group.n, group.n_series) == (6, 4)


def test_a_revision_joins_two_series_through_a_claim_that_is_not_scored() -> None:
    facts = (miss("a", series="s"), fact("between", series="s", revises="b", deadline=None), miss("b", series="t"))
    assert whole(*facts).n_series == 1


def test_a_cycle_of_revisions_is_no_trap() -> None:
    assert whole(miss("a", revises="b"), miss("b", revises="c"), miss("c", revises="a")).n_series == 1


# --- hindsight ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "known"),
    [
        (hit("a", added="2024-07-02"), True),  # it had happened on 1 July
        (hit("a", added="2024-07-01"), False),
        (fact("a", judged("false", "2024-05-01"), added="2024-05-02"), True),  # judged before
        (miss("a", added="2024-12-31"), False),
        (miss("a", added="2025-01-01"), True),  # the deadline was over
    ],
)
def test_entered_with_hindsight(claim: Fact, known: bool) -> None:
    group = whole(claim, hit("other", added="2024-01-01"))
    assert group.n_hindsight == known
    assert group.without_hindsight.n == 2 - known


def test_hindsight_is_unknown_where_nobody_wrote_down_when_a_claim_was_entered() -> None:
    group = whole(miss("a"), hit("b", added="2024-01-01"))
    assert group.n_hindsight is None
    assert (group.without_hindsight.n, group.without_hindsight.hit) == (1, 1)
    assert whole().n_hindsight == 0


def test_the_headline_without_hindsight() -> None:
    group = whole(miss("late-entry", added="2025-06-01"), hit("a", added="2024-01-01"), miss("b", added="2024-01-01"))
    assert (group.rate, group.without_hindsight.rate) == (1 / 3, 1 / 2)
    assert group.without_hindsight.interval is not None


# --- probabilities --------------------------------------------------------------------------------------------


def test_scores_only_over_claims_that_state_a_probability() -> None:
    group = whole(
        hit("a", probability=0.8), late("b", probability=0.3), miss("c"), hit("d", probability_words="likely")
    )
    assert group.n_probability == 2
    assert group.brier == pytest.approx((0.2**2 + 0.3**2) / 2)
    assert group.log_score == pytest.approx(-(math.log(0.8) + math.log(0.7)) / 2)
    assert group.skill == pytest.approx(1 - group.brier / 0.25)
    assert group.lexicon is None


def test_a_certain_miss_is_infinite_and_counted() -> None:
    group = whole(miss("a", probability=1.0), hit("b", probability=0.5))
    assert (group.log_score, group.certain_misses) == (math.inf, 1)


def test_skill_against_a_given_base_rate() -> None:
    stated, outcomes = [0.8, 0.3], [True, False]
    group = whole(hit("a", probability=0.8), miss("b", probability=0.3), terms=Terms(base_rate=0.3))
    assert group.skill == brier_skill(probabilities=stated, outcomes=outcomes, base_rate=0.3)


def test_words_are_scored_only_when_asked_and_never_with_numbers() -> None:
    facts = (
        hit("a", probability_words="Likely"),
        miss("b", probability_words="likely"),
        miss("c", probability=0.9, probability_words="likely"),
        hit("d", probability_words="a good shot"),
        fact("e", probability_words="likely", deadline="2027"),
    )
    group = whole(*facts, terms=Terms(lexicon=LEXICONS["icd203"]))  # likely: 55-80%
    assert group.lexicon is not None
    assert group.lexicon.n == 2
    assert group.lexicon.low.brier == pytest.approx((0.45**2 + 0.55**2) / 2)
    assert group.lexicon.high.brier == pytest.approx((0.2**2 + 0.8**2) / 2)
    assert group.lexicon.unmapped == ("a good shot",)
    assert group.n_probability == 1
    assert group.brier == pytest.approx(0.81)


def test_a_lexicon_may_call_a_thing_certain() -> None:
    group = whole(miss("a", probability_words="likely"), terms=Terms(lexicon=LEXICONS["ipcc_ar5"]))  # 66-100%
    assert group.lexicon is not None
    assert (group.lexicon.high.log_score, group.lexicon.high.certain_misses) == (math.inf, 1)
    assert group.lexicon.low.certain_misses == 0


def test_jeffreys_and_another_level() -> None:
    group = whole(hit("a"), miss("b"), terms=Terms(level=0.8, method="jeffreys"))
    assert group.interval is not None
    assert (group.interval.method, group.interval.level) == ("jeffreys", 0.8)
    assert group.interval.low < 0.5 < group.interval.high


# --- groups ---------------------------------------------------------------------------------------------------


def names(found: Score) -> list[str | None]:
    return [group.group for group in found.groups]


def test_a_claim_of_two_topics_is_in_both_groups() -> None:
    facts = (hit("a", topics=("x", "y")), miss("b", topics=("y",)), miss("c", topics=()))
    found = score(ledger_of(*facts), day=DAY, by="topic")
    assert [(group.group, group.n, group.hit) for group in found.groups] == [("x", 1, 1), ("y", 2, 1), (None, 1, 0)]


def test_groups_of_years_kinds_and_horizons_have_their_own_order() -> None:
    facts = (
        miss("a", deadline="2025"),
        hit("b", said="2024-12-01", deadline="2024"),
        fact("c", judged("false"), deadline=None, kind="target"),
        fact("d", deadline="2040", kind="target"),
        fact("e", said=None),
    )
    ledger = ledger_of(*facts)
    assert names(score(ledger, day=DAY, by="year")) == ["2024", "2025", "2040", None]
    assert names(score(ledger, day=DAY, by="kind")) == ["prediction", "target"]
    assert names(score(ledger, day=DAY, by="horizon")) == [HORIZONS[0], HORIZONS[2], HORIZONS[4], None]


@pytest.mark.parametrize(
    ("said", "deadline", "name"),
    [
        ("2025-01-01", "2025-01-01", "up to 3 months"),
        ("2025-09-30", "2025-12-31", "up to 3 months"),
        ("2025-09-29", "2025-12-31", "up to 1 year"),
        ("2023-12-31", "2024-12-31", "up to 1 year"),  # a leap year
        ("2023-12-30", "2024-12-31", "up to 2 years"),
        ("2020-12-31", "2025-12-31", "up to 5 years"),
        ("2020-12-29", "2025-12-31", "over 5 years"),
        ("2025", "2025-Q2", "up to 1 year"),  # said at some time of a year that ends later
    ],
)
def test_horizons(said: str, deadline: str, name: str | None) -> None:
    assert names(score(ledger_of(fact("a", said=said, deadline=deadline)), day=DAY, by="horizon")) == [name]


# --- quantities -----------------------------------------------------------------------------------------------


def measured(value: float, **fields: Any) -> Fact:
    return fact(f"v{value}", judged("false", value=value), **fields)


def test_values_against_their_ranges() -> None:
    facts = [measured(value, low=100, high=200) for value in (50, 100, 150, 300)]
    found = score(ledger_of(*facts), day=DAY)
    assert [(one.value, one.verdict, one.delivered) for one in found.quantities] == [
        (100, "inside", 1.0),
        (150, "inside", 1.0),
        (300, "above", 1.5),
        (50, "below", 0.5),
    ]
    quantities = found.groups[0].quantities
    assert (quantities.below, quantities.inside, quantities.above) == (1, 2, 1)
    assert (quantities.share_inside, quantities.sign_test) == (0.5, None)  # four are too few for a test
    assert (quantities.n_level, quantities.interval_score, quantities.levels) == (0, None, ())
    assert found.quantities[2].log_ratio == pytest.approx(math.log(300 / math.sqrt(100 * 200)))


def test_one_sided_numbers_are_measured_but_are_no_ranges() -> None:
    found = score(
        ledger_of(measured(165, at_least=1000), measured(2000, at_least=1000), measured(30, at_most=20)), day=DAY
    )
    rows = {one.value: one for one in found.quantities}
    assert (rows[165].verdict, rows[165].delivered) == ("below", 0.165)
    assert rows[165].log_ratio == pytest.approx(math.log(0.165))
    assert (rows[2000].verdict, rows[2000].delivered) == ("inside", 1.0)
    assert rows[2000].log_ratio == pytest.approx(math.log(2))
    assert (rows[30].verdict, rows[30].delivered) == ("above", 20 / 30)
    assert (rows[30].low, rows[30].high) == (None, 20)
    quantities = found.groups[0].quantities
    assert (quantities.n, quantities.n_range, quantities.share_inside, quantities.sign_test) == (3, 0, None, None)


def test_an_interval_score_needs_a_level() -> None:
    own, bare = measured(50, low=100, high=200, level=0.8), measured(60, low=100, high=200)
    found = score(ledger_of(own, bare), day=DAY)
    scores = {one.value: one for one in found.quantities}
    # (ln 200 - ln 100) + 2 / 0.2 * (ln 100 - ln 50), each of them ln 2
    assert scores[50].interval_score == pytest.approx(11 * math.log(2))
    assert (scores[50].level_stated, scores[50].scale) == (True, "ln(x)")
    assert (scores[60].interval_score, scores[60].level, scores[60].scale) == (None, None, None)
    assert found.groups[0].quantities.n_level == 1
    asked = score(ledger_of(own, bare), day=DAY, terms=Terms(range_level=0.5))
    assert [(one.level, one.stated, one.n, one.inside) for one in asked.groups[0].quantities.levels] == [
        (0.5, False, 1, 0),
        (0.8, True, 1, 0),
    ]
    assert not next(one for one in asked.quantities if one.value == 60).level_stated


def test_levels_stated_and_assumed_and_scales_are_never_pooled() -> None:
    stated = [measured(50 + i, low=100, high=200, level=0.8) for i in range(5)]
    bare = [measured(60 + i, low=100, high=200) for i in range(5)]
    band = measured(70, at_least=100, at_most=200)  # decides, and was said without a level
    zero = measured(0, low=100, high=200, level=0.8)  # scored by ln(x + 1)
    found = score(ledger_of(*stated, *bare, band, zero), day=DAY, terms=Terms(range_level=0.8))
    quantities = found.groups[0].quantities
    assert [(one.stated, one.n, one.scale) for one in quantities.levels] == [(False, 5, "ln(x)"), (True, 6, None)]
    assert quantities.interval_score is None
    assert quantities.levels[0].interval_score is not None
    assert quantities.levels[0].p_value == pytest.approx(0.2**5)
    assert next(one for one in found.quantities if one.value == 70).level is None
    assert quantities.n_range == 12
    one_scale = score(ledger_of(*stated), day=DAY).groups[0].quantities
    assert one_scale.interval_score == pytest.approx(one_scale.levels[0].interval_score)


def test_tests_of_ranges_take_one_of_each_series() -> None:
    outside = [measured(50 + i, low=100, high=200, level=0.8, series="s") for i in range(9)]
    (level,) = score(ledger_of(*outside), day=DAY).groups[0].quantities.levels
    assert (level.n, level.n_series, level.p_value) == (9, 1, None)


def test_no_logarithm_of_what_is_negative() -> None:
    found = score(ledger_of(measured(-1, low=-10, high=5, level=0.8), measured(3, low=9, high=5)), day=DAY)
    assert [(one.value, one.interval_score, one.log_ratio) for one in found.quantities] == [(-1, None, None)]


def test_open_claims_are_not_measured() -> None:
    early = fact("a", judged("false", value=3), deadline="2027", low=1, high=9)
    assert score(ledger_of(early), day=DAY).quantities == ()


# --- a pure function of the claims ----------------------------------------------------------------------------

probabilities = st.sampled_from([None, 0.0, 0.1, 0.5, 0.8, 1.0])


@st.composite
def claims(draw: st.DrawFn, name: str = "") -> Fact:
    outcome = draw(st.sampled_from([None, "true", "false", "partly", "ambiguous"]))
    deadline = draw(st.sampled_from([None, "2024", "2025-Q2", "2027"]))
    happened = draw(st.sampled_from([None, "2024-03", "2025-08"])) if outcome == "true" else None
    value = draw(st.sampled_from([None, 5.0, 50.0]))
    return fact(
        name or draw(st.text("abcdefgh", min_size=1, max_size=6)),
        *([judged(outcome, happened=happened, value=value)] if outcome else []),
        deadline=deadline,
        speaker=draw(st.sampled_from(["ada", "bob"])),
        topics=draw(st.sampled_from([(), ("x",), ("x", "y")])),
        kind=draw(st.sampled_from(["prediction", "target", "possibility"])),
        window=draw(st.sampled_from(["by", "during"])),
        probability=draw(probabilities),
        probability_words=draw(st.sampled_from([None, "likely", "certain"])),
        series=draw(st.sampled_from([None, "s", "t"])),
        added=draw(st.sampled_from([None, "2024-02-01", "2025-06-01"])),
        low=10.0,
        high=draw(st.sampled_from([20.0, 60.0])),
        level=draw(st.sampled_from([None, 0.8])),
    )


ledgers = st.lists(claims(), max_size=12, unique_by=lambda one: one.id)
TERMS = Terms(lexicon=LEXICONS["mauboussin2018"])


@given(ledgers, st.randoms(use_true_random=False), st.sampled_from([None, "topic", "speaker", "horizon", "series"]))
def test_the_order_of_claims_and_files_does_not_matter(facts: list[Fact], random: Any, by: str | None) -> None:
    shuffled = [one._replace(file=random.randrange(3), line=random.randrange(99)) for one in facts]
    random.shuffle(shuffled)
    once, again = (score(ledger_of(*of), day=DAY, by=by, terms=TERMS) for of in (facts, shuffled))
    assert once == again


@given(ledgers)
def test_the_account_and_the_groups_add_up(facts: list[Fact]) -> None:
    found = score(ledger_of(*facts), day=DAY, by="speaker")
    account = found.account
    assert account.claims == len(facts) == sum(account) - account.claims - account.decided_early
    for group in found.groups:
        assert group.n == group.hit + group.late + group.miss + group.partly == group.account.scored
        assert sum(kind.n for kind in group.kinds) == group.n
        assert group.n_series <= group.n
        if group.rate is not None:
            assert group.bounds is not None and group.interval is not None and group.lenient is not None
            assert group.bounds.low <= group.rate <= group.bounds.high
            assert group.interval.low <= group.rate <= group.interval.high
            assert group.rate <= group.lenient
    assert sum(group.n for group in found.groups) == account.scored


@given(ledgers)
def test_one_more_open_claim_changes_only_the_account(facts: list[Fact]) -> None:
    before = score(ledger_of(*facts), day=DAY)
    after = score(ledger_of(*facts, fact("zzzzzzz", deadline="2030", probability=0.3)), day=DAY)
    more = before.account._replace(claims=len(facts) + 1, open=before.account.open + 1)
    group = before.groups[0]._replace(account=more)
    assert after == before._replace(account=more, groups=(group,), whole=group)


@given(ledgers)
def test_one_more_overdue_claim_moves_the_bounds_and_no_score(facts: list[Fact]) -> None:
    before = whole(*facts)
    after = whole(*facts, fact("zzzzzzz", probability=0.3, series="s"))
    moved = {name for name in Group._fields if getattr(before, name) != getattr(after, name)}
    assert {"overdue", "account", "bounds"} >= moved >= {"overdue", "account"}
    if before.bounds is not None and after.bounds is not None:
        assert after.bounds.low <= before.bounds.low
        assert after.bounds.high >= before.bounds.high


@given(ledgers)
def test_one_more_hit_without_probability_leaves_probabilities_alone(facts: list[Fact]) -> None:
    before, after = whole(*facts, terms=TERMS), whole(*facts, hit("zzzzzzz"), terms=TERMS)
    for name in ("n_probability", "brier", "log_score", "skill", "lexicon", "quantities", "late", "miss", "partly"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.n, after.hit) == (before.n + 1, before.hit + 1)


# --- claims that hang together, selection, the charitable reading -----------------------------------------------


def test_the_interval_is_that_of_independent_claims() -> None:
    together = [hit("a", series="s"), hit("b", series="s"), hit("c", series="s"), hit("d", series="s")]
    group = whole(*together)
    assert (group.n, group.n_series, group.n_eff) == (4, 1, 1.0)
    assert group.interval is not None
    assert (group.interval.low, group.interval.high) == wilson(hits=1, n=1)
    alone = whole(*(one._replace(series=None) for one in together))
    assert alone.n_eff == 4
    assert alone.interval is not None and (alone.interval.low, alone.interval.high) == wilson(hits=4, n=4)


def test_claims_chosen_by_outcome_have_no_rate() -> None:
    facts = [hit("a", probability=0.7), miss("b", probability=0.2)]
    (group,) = score(ledger_of(*facts), Filter(statuses=("hit",)), day=DAY, terms=TERMS).groups
    assert (group.selected_by_outcome, group.n, group.hit) == (True, 1, 1)
    assert not [name for name, value in group._asdict().items() if isinstance(value, float)]
    undefined = ("rate", "interval", "bounds", "lenient", "brier", "log_score", "skill", "lexicon")
    assert [name for name in undefined if getattr(group, name) is not None] == []
    assert not score(ledger_of(*facts), day=DAY).groups[0].selected_by_outcome


def test_the_lenient_rate_has_one_reading_for_both_its_sides() -> None:
    open_still = miss("a", latest="2029")
    assert whole(open_still).lenient is None
    assert whole(open_still, hit("early", latest="2029"), partly("b")).lenient == 1
    assert whole(late("c", latest="2025-06"), late("d", latest="2025-02-28"), miss("e")).lenient == 1 / 3


def test_ends_of_a_lexicon_are_scenarios_and_the_bounds_are_claim_by_claim() -> None:
    from ledger.scoring.lexicon import find

    facts = [hit("a", probability_words="likely"), hit("b", probability_words="likely")]
    facts.append(miss("c", probability_words="likely"))
    words = whole(*facts, terms=Terms(lexicon=find("icd203"))).lexicon
    assert words is not None
    found = [words.least.brier, words.low.brier, words.high.brier, words.most.brier]
    assert found == pytest.approx([0.1275, 0.2358333, 0.24, 0.3483333])


# --- groups side by side, and against somebody's forecasts -------------------------------------------------------


def given(*forecasts: tuple[str, str, float]) -> dict[str, Any]:
    return {"forecasts": tuple(Given(by, ordinal(day), p) for by, day, p in forecasts)}


def test_hits_against_those_a_crowd_expected() -> None:
    """The claims were said on 1 January 2024: the last forecast by then counts, one of the next 30 days is flagged."""
    facts = [
        hit("a", **given(("crowd", "2023-11-01", 0.1), ("crowd", "2024-01-01", 0.6), ("crowd", "2024-01-02", 0.9))),
        miss("b", **given(("crowd", "2024-01-31", 0.3), ("crowd", "2024-01-30", 0.4))),
        miss("c", **given(("crowd", "2024-02-01", 0.3))),
        miss("d", **given(("bob", "2023-01-01", 0.2))),
        *(miss(f"m{n}", **given(("crowd", "2023-01-01", 0.5))) for n in range(3)),
    ]
    found = whole(*facts, terms=Terms(against="crowd")).against
    assert found is not None
    assert [(one.id, one.probability) for one in found.references][:2] == [("a", 0.6), ("b", 0.4)]
    assert (found.n, found.hit, found.expected) == (5, 1, pytest.approx(2.5))
    assert (found.late, found.without) == (("b",), ("c", "d"))
    assert (found.at_most, found.at_least) == hits_probability(probabilities=[0.6, 0.4, 0.5, 0.5, 0.5], hits=1)
    assert found.brier == pytest.approx((0.4**2 + 0.4**2 + 3 * 0.25) / 5)
    assert whole(*facts).against is None
    nobody = whole(*facts, terms=Terms(against="eve")).against
    assert nobody is not None and (nobody.n, nobody.at_most, nobody.brier) == (0, None, None)


def test_a_forecast_made_when_it_was_decided_is_none() -> None:
    early = fact("a", judged("true", "2024-01-10", happened="2024-01-05"), **given(("crowd", "2024-01-05", 1.0)))
    found = whole(early, terms=Terms(against="crowd")).against
    assert found is not None and (found.n, found.without) == (0, ("a",))


def test_the_exact_chance_against_a_crowd_takes_one_claim_of_each_series() -> None:
    together = [miss(f"m{n}", series="s", **given(("crowd", "2023-01-01", 0.5))) for n in range(6)]
    found = whole(*together, terms=Terms(against="crowd")).against
    assert found is not None and (found.n, found.n_series, found.drawn, found.at_most) == (6, 1, 1, None)


def test_groups_are_arranged_after_chance_is_counted_over_all() -> None:
    facts = [hit(f"a{n}") for n in range(9)] + [miss(f"b{n}", speaker="bob") for n in range(9)]
    facts += [hit("e", speaker="eve"), miss("f", speaker="fay")]
    how = Arrangement("-rate", min_n=2, limit=1)
    found = score(ledger_of(*facts), day=DAY, by="speaker", terms=Terms(shrink=True, arrangement=how))
    assert [group.group for group in found.groups] == ["ada"]
    assert (found.groups_left_out.min_n, found.groups_left_out.limit) == (2, 1)
    assert found.common_rate is not None
    assert (found.common_rate.rate, found.common_rate.intervals, found.common_rate.missed) == (0.5, 4, 2)
    assert found.shrinkage is not None and found.shrinkage.common == pytest.approx(0.5, abs=1e-6)
    (ada,) = found.groups
    assert ada.shrunk is not None and 0.5 < ada.shrunk < 1
    plain = score(ledger_of(*facts), day=DAY, by="speaker")
    assert [group.group for group in plain.groups] == ["ada", "bob", "eve", "fay"]
    assert (plain.shrinkage, plain.groups[0].shrunk) == (None, None)
    assert score(ledger_of(*facts), day=DAY).common_rate is None


def test_a_point_has_an_error_and_no_score() -> None:
    facts = [measured(8, point=10), measured(12, point=10, at_least=11), measured(3, point=0)]
    found = {one.value: one for one in score(ledger_of(*facts), day=DAY).quantities}
    assert (found[8].error, found[8].relative_error, found[8].verdict) == (-2, -0.2, "below")
    assert found[8].log_ratio == pytest.approx(math.log(0.8))
    assert (found[8].low, found[8].interval_score, found[8].delivered) == (None, None, None)
    assert (found[12].error, found[12].low) == (2, 11)
    assert (found[3].error, found[3].relative_error, found[3].log_ratio) == (3, None, None)
