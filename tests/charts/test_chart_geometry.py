"""Charts: nothing collides, nothing leaves the drawing, and every colour can be read and told apart."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.charts import calibration, labels, palette, quantity, rates, scales, target, timeline
from ledger.charts import evidence as evidence_charts
from ledger.charts.scene import Drawing, Label, Mark
from ledger.periods import Period, parse
from ledger.render import svg

TODAY = parse("2026-06-30").end


# --- ticks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "most", "labels_"),
    [
        (0, 10, 6, ["0", "2", "4", "6", "8", "10"]),
        (0, 3.1, 5, ["0", "1", "2", "3"]),
        (0.4, 1.1, 4, ["0.5", "1.0"]),
        (0, 12_000, 4, ["0", "5,000", "10,000"]),
        (0, 0.03, 4, ["0.00", "0.01", "0.02", "0.03"]),
    ],
)
def test_number_ticks_are_round(low: float, high: float, most: int, labels_: list[str]) -> None:
    assert [tick.label for tick in scales.number_ticks(low, high, most)] == labels_


@pytest.mark.parametrize(
    ("first", "last", "labels_"),
    [
        ("2025-01-01", "2025-05-10", ["Jan 2025", "Feb", "Mar", "Apr", "May"]),
        ("2024-12-20", "2026-02-01", ["2025", "Apr", "Jul", "Oct", "2026"]),
        ("2020-06-01", "2026-06-01", ["2021", "2022", "2023", "2024", "2025", "2026"]),
        ("2020-01-01", "2061-01-01", ["2020", "2030", "2040", "2050", "2060"]),
        ("1900-01-01", "2100-01-01", ["1900", "1950", "2000", "2050", "2100"]),
    ],
)
def test_day_ticks_begin_months_quarters_and_years(first: str, last: str, labels_: list[str]) -> None:
    assert [tick.label for tick in scales.day_ticks(parse(first).start, parse(last).start, 400)] == labels_


@given(st.integers(400_000, 3_600_000), st.integers(1, 60_000), st.floats(120, 1000))
def test_day_ticks_keep_their_distance(low: int, days: int, pixels: float) -> None:
    ticks = scales.day_ticks(low, low + days, pixels)
    scale = scales.Scale(low, low + days, 0, pixels)
    assert all(low <= tick.value <= low + days for tick in ticks)
    assert all(scale(b.value) - scale(a.value) > 55 for a, b in pairwise(ticks))


# --- labels ----------------------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=60), st.floats(30, 300))
def test_fitted_text_fits(text: str, pixels: float) -> None:
    found = labels.fitted(text, pixels)
    assert labels.width_of(found) <= pixels or len(found) <= 1
    assert found == text or found.endswith("…")


NAMES = ("said 2025-01-08", "deadline 2026", "judged 2026-02-01: false", "as of 30 Jun 2026", "happened 2026-03")


@given(st.lists(st.tuples(st.floats(10, 710), st.sampled_from(NAMES)), min_size=1, max_size=5))
def test_labels_in_lanes_do_not_collide(points: list[tuple[float, str]]) -> None:
    points.sort()
    places = labels.in_lanes(points, 0, 720)
    spans = []
    for (x, text), place in zip(points, places, strict=True):
        width = labels.width_of(text)
        spans.append((x + 5, x + 5 + width) if place.anchor == "start" else (x - 5 - width, x - 5))
        assert spans[-1][0] >= -2 and spans[-1][1] <= 722
    for i, j in combinations(range(len(points)), 2):
        if places[i].lane == places[j].lane:
            assert spans[i][1] < spans[j][0] or spans[j][1] < spans[i][0]
        else:  # the stroke that leads to the higher one does not cross the words of the lower one
            high, low = (i, j) if places[i].lane > places[j].lane else (j, i)
            assert not spans[low][0] <= points[high][0] <= spans[low][1]


@given(st.lists(st.tuples(st.floats(20, 380), st.floats(20, 280)), max_size=12))
def test_labels_around_points_cover_nothing(places: list[tuple[float, float]]) -> None:
    found = labels.around([(x, y, "2026-Q4") for x, y in places], [], (0, 0, 400, 300), 11)
    width = labels.width_of("2026-Q4", 11)
    boxes = []
    for place in found:
        if place is None:
            continue
        left = {"start": 0, "end": width, "middle": width / 2}[place[2]]
        boxes.append((place[0] - left, place[1] - 8, place[0] - left + width, place[1] + 2))
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(box[0] >= 0 and box[2] <= 400 and box[1] >= 0 and box[3] <= 300 for box in boxes)


# --- drawings --------------------------------------------------------------------------------------------------


def inside(drawing: Drawing) -> None:
    """Every word lies in the drawing, give or take what a guess of its width may miss."""
    for item in drawing.items:
        if isinstance(item, Label):
            width = labels.width_of(item.text, item.size)
            left = {"start": 0.0, "middle": width / 2, "end": width}[item.anchor]
            assert item.x - left >= -12, item
            assert item.x - left + width <= drawing.width + 12, item
            assert 0 <= item.y <= drawing.height, item
        if isinstance(item, Mark):
            assert -1 <= item.x <= drawing.width + 1, item
    ElementTree.fromstring(svg.inline(drawing))
    ElementTree.fromstring(svg.standalone(drawing))


periods = st.builds(
    lambda year, form: parse(form.format(year)),
    st.integers(2015, 2060),
    st.sampled_from(["{}", "{}-07", "{}-03-31", "{}-Q4", "{0}-06/{0}-09~"]),
)
STATUSES = sorted(palette.STATUS_ROLES)


@st.composite
def entries(draw: st.DrawFn) -> timeline.ClaimTime:
    said = draw(st.none() | st.sampled_from([parse(text) for text in ("2016", "2023-07", "2026-03-31", "2025-Q4")]))
    deadline = draw(st.none() | periods)
    judged = draw(st.none() | st.integers(TODAY - 3000, TODAY))
    happened = draw(st.none() | periods) if judged else None
    text = draw(st.text(min_size=1, max_size=120))
    return timeline.ClaimTime(text, draw(st.sampled_from(STATUSES)), said, deadline, None, happened, judged, "false")


@pytest.mark.parametrize("width", [340, 760])
@given(entry=entries())
def test_a_claim_s_own_time_line_stays_inside(width: float, entry: timeline.ClaimTime) -> None:
    inside(timeline.one_claim(entry, TODAY, width=width))


@pytest.mark.parametrize("width", [340, 760])
@given(found=st.lists(entries(), min_size=1, max_size=8))
def test_time_lines_stay_inside(width: float, found: list[timeline.ClaimTime]) -> None:
    inside(timeline.many_claims(found, TODAY, width=width))


aims = st.builds(
    lambda said, deadline, status: target.Aim("x", status, said, deadline),
    st.sampled_from([parse(text) for text in ("2019", "2023-07", "2025-03-31", "2026-Q1")]),
    st.none() | periods,
    st.sampled_from(STATUSES),
)


@given(found=st.lists(aims, max_size=10))
def test_moving_targets_stay_inside(found: list[target.Aim]) -> None:
    dated = target.Aim("y", "open", parse("2025"), parse("2027"))
    inside(target.moving_target([dated, *found], TODAY, width=340))


NUMBERS = st.floats(-1e15, 1e15) | st.integers(-1000, 10_000).map(float)


@pytest.mark.parametrize("width", [340, 760])
@given(
    low=st.none() | NUMBERS,
    high=st.none() | NUMBERS,
    said=st.none() | st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends))),
    seen=st.lists(st.tuples(st.integers(TODAY - 4000, TODAY), NUMBERS), min_size=1, max_size=6),
    deadline=st.none() | periods,
)
def test_numbers_against_a_target_stay_inside(
    width: float,
    low: float | None,
    high: float | None,
    said: tuple[float, float] | None,
    seen: list[tuple[int, float]],
    deadline: Period | None,
) -> None:
    numbers = [low, high, *(said or ()), *(value for _, value in seen)]
    assume(quantity.has_axis(number for number in numbers if number is not None))
    values = [quantity.SeenValue(day, value, "seen") for day, value in sorted(seen)]
    aim = quantity.AimedAt(low, high, said, "robots and other things " * 9)
    inside(quantity.against_target(aim, values, (TODAY - 900, TODAY), deadline, width=width))


def words_of(drawing: Drawing) -> list[str]:
    return [item.text for item in drawing.items if isinstance(item, Label)]


def period(text: str) -> Period:
    return parse(text)


def test_a_time_line_names_every_day() -> None:
    entry = timeline.ClaimTime(
        "x", "late", period("2024-01"), period("2024"), None, period("2025-03"), TODAY - 5, "true"
    )
    assert [word for word in words_of(timeline.one_claim(entry, TODAY)) if " " in word] == [
        "said Jan 2024",
        "deadline 2024",
        "happened Mar 2025",
        "judged 25 Jun 2026: true",
        "as of 30 Jun 2026",
    ]


def test_a_far_deadline_becomes_an_arrow_with_its_text() -> None:
    near = [timeline.ClaimTime(f"near {i}", "open", period("2026-01"), period("2026-12")) for i in range(9)]
    far = timeline.ClaimTime("far", "open", period("2026-01"), period("2099"))
    drawing = timeline.many_claims([*near, far], TODAY)
    assert [item.sign for item in drawing.items if isinstance(item, Mark) and item.y > 18 + 9 * 24] == ["dot", "arrow"]
    assert "2099" in words_of(drawing)


def test_a_revision_is_joined_to_what_it_revises() -> None:
    drawing = target.moving_target(
        [
            target.Aim("first", "miss", period("2024-01"), period("2024-12")),
            target.Aim("second", "open", period("2025-01"), period("2026-12"), revises=0, current=True),
        ],
        TODAY,
    )
    marks = [(item.x, item.y) for item in drawing.items if isinstance(item, Mark)]
    joined = [item.points for item in drawing.items if type(item).__name__ == "Polyline" and item.role == "soft"]
    assert joined == [(marks[0], marks[-1])]
    assert drawing.sentence == "2 claims - said Jan 2024: Dec 2024; said Jan 2025: Dec 2026."


def test_a_rate_has_its_numbers_and_its_interval() -> None:
    drawing = rates.rates([rates.RateBar("All", 1, 4, 0.05, 0.7, 0.2, 0.4), rates.RateBar("None", 0, 0, 0, 1)])
    assert "1 of 4 · 25%" in words_of(drawing)
    assert "0 of 0 · -" in words_of(drawing)
    (disc,) = [item for item in drawing.items if isinstance(item, Mark)]
    assert disc.x == pytest.approx(rates_scale(0.25))


def rates_scale(share: float) -> float:
    return scales.Scale(0, 1, 760 * 0.3 + 10, 760 - 118 - 14)(share)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=9))
def test_a_strip_fills_its_width_whatever_the_shares(numbers: list[int]) -> None:
    shares = [rates.Share("x", number, "open") for number in numbers]
    drawing = rates.strip(shares, width=480)
    bars = [item for item in drawing.items if type(item).__name__ == "Bar"]
    assert bars[-1].x + bars[-1].width == pytest.approx(480)
    assert min(bar.width for bar in bars) > 0
    inside(drawing)


def test_columns_are_signs_while_they_fit_and_bars_beyond() -> None:
    few = rates.columns([rates.YearColumn("2025", (("hit", "a"), ("miss", "b"))), rates.YearColumn("2026", ())])
    assert [item.sign for item in few.items if isinstance(item, Mark)] == ["disc", "cross"]
    many = rates.columns([rates.YearColumn("2025", (("hit", "a"),) * 40 + (("miss", "b"),) * 60)])
    assert [round(item.height) for item in many.items if type(item).__name__ == "Bar"] == [80, 120]
    inside(few), inside(many)


def test_the_reliability_diagram_puts_a_right_forecast_on_the_slanted_line() -> None:
    drawing = calibration.reliability(
        [calibration.StatedShare(0.5, 5, 10, 0.2, 0.8), calibration.StatedShare(0.9, 9, 10, 0.6, 1)]
    )
    for mark in (item for item in drawing.items if isinstance(item, Mark)):
        assert mark.x - 48 == pytest.approx(480 - 14 - mark.y + 12 - 48)
    inside(drawing)
    inside(calibration.reliability([], width=340))


def test_the_survival_curve_rises_at_its_steps_and_ends_where_nobody_was_watched_any_more() -> None:
    drawing = calibration.survival(
        [calibration.Rise(0.5, 0.25), calibration.Rise(2, 0.5)], last=3, median=2, at_risk=[(0.5, 4), (2, 2)]
    )
    curve = next(item for item in drawing.items if type(item).__name__ == "Polyline" and item.width == 2)
    assert [round(y) for _, y in curve.points] == [238, 238, 182, 182, 126, 126]
    assert drawing.sentence == "half by 2.00, 50% by 2.00."
    inside(drawing)
    inside(calibration.survival([], last=0, width=340))


def test_the_same_drawing_gives_the_same_svg_and_escapes_its_words() -> None:
    entry = timeline.ClaimTime("<b>&\x1b\u202e]]>", "open", period("2025"), period("2027"))
    text = svg.standalone(timeline.many_claims([entry, entry], TODAY, title="<i>"))
    assert text == svg.standalone(timeline.many_claims([entry, entry], TODAY, title="<i>"))
    assert "<b>" not in text and "<i>" not in text and "\x1b" not in text and "\u202e" not in text
    ElementTree.fromstring(text)


def test_every_status_has_a_sign_and_a_colour() -> None:
    for status, sign in palette.STATUS_SIGNS.items():
        ElementTree.fromstring(f"<g>{svg.sign(sign, palette.STATUS_ROLES[status])}</g>")


# --- colours ---------------------------------------------------------------------------------------------------


def linear(colour: str) -> list[float]:
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def contrast(one: str, other: str) -> float:
    lights = sorted(sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


READ = ["words", "soft", "link", "hit", "partly", "miss", "overdue", "open", "void"]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "raised"])
@pytest.mark.parametrize("name", READ)
def test_words_have_the_contrast_of_wcag_aa(name: str, ground: str, scheme: int) -> None:
    assert contrast(palette.COLOURS[name][scheme], palette.COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_marks_and_the_words_on_them_can_be_seen(scheme: int) -> None:
    assert contrast(palette.COLOURS["axis"][scheme], palette.COLOURS["ground"][scheme]) >= 3
    for name in ("hit", "partly", "miss", "overdue"):
        assert contrast(palette.COLOURS["inverse"][scheme], palette.COLOURS[name][scheme]) >= 4.5


# Viénot, Brettel and Mollon (1999) and Brettel, Viénot and Mollon (1997), on linear RGB.
BLIND = {
    "protan": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deutan": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "tritan": ((1, 0.14461, -0.14461), (0, 0.85924, 0.14076), (0, 0.85924, 0.14076)),
}


def lab(values: list[float]) -> tuple[float, float, float]:
    r, g, b = values
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", sorted(BLIND))
def test_hit_and_miss_stay_apart_for_the_colour_blind(eyes: str, scheme: int) -> None:
    seen = {}
    for name in ("hit", "miss", "partly"):
        values = linear(palette.COLOURS[name][scheme])
        turned = [sum(w * v for w, v in zip(row, values, strict=True)) for row in BLIND[eyes]]
        seen[name] = lab([min(max(value, 0), 1) for value in turned])
    for other in ("miss", "partly"):
        assert sum((a - b) ** 2 for a, b in zip(seen["hit"], seen[other], strict=True)) ** 0.5 > 30


# --- evidence and funnel --------------------------------------------------------------------------------------------


def stays_within(drawing: Drawing) -> bool:
    """Whether every point of every item lies within the drawing."""
    corners = (("x", "y"), ("x1", "y1"), ("x2", "y2"))
    for item in drawing.items:
        ends = [(getattr(item, x), getattr(item, y)) for x, y in corners if hasattr(item, x)]
        for x, y in getattr(item, "points", None) or ends:
            if not (-1 <= x <= drawing.width + 1 and -1 <= y <= drawing.height + 1):
                return False
    return True


@pytest.mark.parametrize("values", [[], [0.9], [1.2, 0.4, 30.0, 1e9], [2.0, math.inf], [1e-12, 0.0]])
def test_evidence_stays_within_its_drawing(values: list[float]) -> None:
    assert stays_within(evidence_charts.evidence(values, alarm=20))


def test_a_funnel_narrows_and_holds_its_groups() -> None:
    groups = [evidence_charts.GroupShare("a", 3, 1.0), evidence_charts.GroupShare("b", 40.5, 0.25)]
    drawing = evidence_charts.funnel(groups, rate=0.3, limits=[(1, 0, 1), (10, 0.1, 0.6), (40, 0.17, 0.45)])
    assert stays_within(drawing)
    assert sum(type(item).__name__ == "Mark" for item in drawing.items) == 2
