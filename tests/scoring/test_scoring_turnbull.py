"""Turnbull's estimate: a published curve, Kaplan-Meier where it is the same, and that no mass can be moved."""

from __future__ import annotations

import json
import math
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring import incidence, kaplan_meier, turnbull

COSMESIS = json.loads((Path(__file__).parent / "data" / "cosmesis.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("arm", ["radiation", "radiation and chemotherapy"])
def test_the_published_curves_of_the_breast_cosmesis_data(arm: str) -> None:
    seen = COSMESIS[arm]["observed"]
    high = [math.inf if b is None else b for _, b in seen]
    found = turnbull(low=[a for a, _ in seen], high=high, left_open=True)
    masses = [[a, b, round(mass, 4)] for a, b, mass in zip(found.low, found.high, found.mass, strict=True)]
    assert masses == COSMESIS[arm]["mass"]
    assert found.n == len(seen) == {"radiation": 46, "radiation and chemotherapy": 48}[arm]


def test_quantiles_of_a_published_curve() -> None:
    seen = COSMESIS["radiation"]["observed"]
    high = [math.inf if b is None else b for _, b in seen]
    found = turnbull(low=[a for a, _ in seen], high=high, left_open=True)
    assert (found.median, found.quantile(0.54)) == (40, 48)
    assert found.by(47)[0] == pytest.approx(0.5344, abs=1e-4)


observation = st.tuples(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 6)))


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=30))
def test_points_and_looks_are_kaplan_meier(lives: list[tuple[int, bool]]) -> None:
    found = turnbull(low=[t for t, _ in lives], high=[t if came else math.inf for t, came in lives])
    curve = kaplan_meier(durations=[t for t, _ in lives], events=[came for _, came in lives])
    for time, left in zip(curve.times, curve.survival, strict=True):
        assert 1 - found.by(time)[0] == pytest.approx(left, abs=1e-7)


@given(st.lists(observation, min_size=1, max_size=25))
def test_no_mass_can_be_moved_to_any_gain(seen: list[tuple[int, int | None]]) -> None:
    """The derivative by the mass at any point is at most n: checked on a grid, without the program's intervals."""
    pairs = [(float(a), math.inf if width is None else float(a + width)) for a, width in seen]
    found = turnbull(low=[a for a, _ in pairs], high=[b for _, b in pairs])
    assert math.fsum(found.mass) == pytest.approx(1)

    def inside(a: float, b: float, low: float, high: float) -> bool:
        return a <= low and high <= b if b < math.inf else a <= low and (low > a or high > a)

    cells = list(zip(found.low, found.high, found.mass, strict=True))
    weight = [math.fsum(mass for low, high, mass in cells if inside(*pair, low, high)) for pair in pairs]
    assert min(weight) > 0
    for quarter in range(80):
        point = quarter / 4
        gain = sum(
            1 / w for (a, b), w in zip(pairs, weight, strict=True) if (a <= point <= b if b < math.inf else point > a)
        )
        assert gain <= len(pairs) * (1 + 1e-6)


def test_the_order_of_observations_does_not_matter() -> None:
    random = Random(3)
    low = [random.random() for _ in range(40)]
    high = [a + random.random() if random.random() < 0.7 else math.inf for a in low]
    one = turnbull(low=low, high=high)
    other = turnbull(low=low[::-1], high=high[::-1])
    assert one.mass == pytest.approx(other.mass) and one.low == other.low


def test_nothing_and_not_reached() -> None:
    nothing = turnbull(low=[], high=[])
    assert (nothing.n, nothing.mass, nothing.median, nothing.by(3)) == (0, (), None, (0.0, 0.0))
    waiting = turnbull(low=[2, 0], high=[math.inf, math.inf])
    assert (waiting.median, waiting.by(1)) == (None, (0.0, 0.0))


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        ([1], [0], r"high\[0\] is 0.0, not at or after low\[0\], which is 1.0"),
        ([-1], [2], r"low\[0\] is -1.0: a finite time, 0 or more"),
        ([math.inf], [math.inf], r"low\[0\] is inf"),
        ([math.nan], [2], r"low\[0\] is nan"),
        ([1], [math.nan], r"high\[0\] is nan"),
        ([1, 2], [3], "2 low but 1 high"),
    ],
)
def test_what_cannot_be_is_refused(low: list[float], high: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        turnbull(low=low, high=high)


def test_delayed_entry_has_its_band() -> None:
    """Two of the four are at risk at 1, three at 3: S = 1/2, then 1/3; Greenwood's variance by hand."""
    low, high = [1, 3, 3, 5], [1, 3, math.inf, math.inf]
    found = incidence(low=low, high=high, entries=[0, 2, 0.5, 2])
    assert [(at.time, at.share) for at in found.band] == [(1, 0.5), (3, pytest.approx(2 / 3))]
    assert [at.n_eff for at in found.band] == pytest.approx([0.25 / (0.25 / 2), (2 / 9) / (1 / 9 * (1 / 2 + 1 / 6))])
    assert found.method == "kaplan-meier"
    none = incidence(low=low, high=high, entries=[0, 0, 0, 0])
    assert none == incidence(low=low, high=high)


def test_delayed_entry_of_series_and_of_what_is_known_to_an_interval() -> None:
    low, high, keys = [0.5, 3, 3, 5, 1], [1, 3, math.inf, math.inf, 4], ["a", "a", "b", "b", "c"]
    found = incidence(low=low, high=high, entries=[0, 2, 0.5, 2, 0], clusters=keys, at=[2])
    curve = kaplan_meier(durations=[1, 3, 3, 5, 4], events=[1, 1, 0, 0, 1], entries=[0, 2, 0.5, 2, 0])
    assert found.curve == curve and [at.time for at in found.band] == [1, 2, 3, 4]
    assert all(at.low < at.share < at.high and at.n_eff <= 5 for at in found.band)
    assert found == incidence(low=low, high=high, entries=[0, 2, 0.5, 2, 0], clusters=keys, at=[2])
    with pytest.raises(ValueError, match="leave it out"):
        incidence(low=[1], high=[1], entries=[2])
