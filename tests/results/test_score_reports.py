"""Reports of scores: what is shown where there is much, and that it fits every screen."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.facts import Fact
from ledger.render.calibration_report import calibration_report
from ledger.render.reports import Part, as_markdown
from ledger.render.score_report import score_report
from ledger.render.slip_report import slip_report
from ledger.render.terminal.cells import width
from ledger.render.terminal.console import Surface
from ledger.render.terminal.scores import printables
from ledger.results.calibration import calibration
from ledger.results.score import score
from ledger.results.slip import slips
from support.claims_for_scores import DAY, fact, hit, judged, late, ledger_of, miss


def shown(parts: list[Part], columns: int = 100) -> list[str]:
    return [line for item in printables(parts) for line in item.lines(Surface(columns))]


MANY = [
    (hit if number % 3 == 0 else late if number % 3 == 1 else miss)(
        f"claim-with-a-long-name-{number:02}",
        probability=0.7 if number % 2 else 0.2,
        topics=(f"topic-{number % 4}",),
        said=f"2023-{1 + number % 12:02}-10",
        low=10.0,
        high=20.0,
        level=0.8,
    )
    for number in range(36)
]
CHANGED = (
    miss("first", probability=0.6),
    fact("second", said="2024-07-01", probability=0.9, revises="first", restates=True),
)


def test_corp_is_shown_from_thirty_claims_on_and_drawn() -> None:
    lines = shown(calibration_report(calibration(ledger_of(*MANY), day=DAY)))
    at = lines.index("CORP")
    # 6 of 18 at 20% and at 70% alike: pooled to 1/3, so MCB = ((2/15)^2 + (11/30)^2) / 2 and nothing told apart
    assert lines[at + 3].split()[:2] == ["all", "0.076"]
    assert lines[at + 3].split()[4] == "0.000"
    assert sum("***" in line for line in lines) == 1
    assert "░ where 95% of such shares lie by chance alone, if what was stated is right" in lines
    assert any("░│░" in line for line in lines)
    assert not any("CORP is not shown" in line for line in lines)


def test_above_the_limits_it_says_how_it_goes_on() -> None:
    facts = [hit(f"c{number}", probability=0.5) for number in range(2001)]
    lines = shown(calibration_report(calibration(ledger_of(*facts), day=DAY)))
    assert "Above 2,000 series by the normal distribution, corrected for skewness." in lines


def test_probabilities_that_were_changed() -> None:
    lines = shown(calibration_report(calibration(ledger_of(*CHANGED), day=DAY)))
    at = lines.index("Probabilities that were changed")
    # 60% for 182 days, 90% for 183: (182 * 0.36 + 183 * 0.81) / 365
    assert lines[at + 3].split() == ["first", "2", "60%", "90%", "no", "0.586", "0.586", "100%"]


def test_how_far_off_a_named_number_was() -> None:
    facts = (
        fact("a", judged("false", value=12500.3), point=10_000),
        fact("b", judged("true", value=0.3), point=0.1, low=0.05, high=0.2),
        fact("c", judged("false", value=30), low=10.0, high=20.0),
        fact("d", judged("true", value=0), point=0),
    )
    lines = shown(score_report(score(ledger_of(*facts), day=DAY)))
    at = lines.index("Quantities")
    assert lines[at + 1].split()[-5:] == ["ratio", "point", "off", "by", "relative"]
    assert [line.split()[-3:] for line in lines[at + 3 : at + 7]] == [
        ["10,000", "+2,500.3", "+25%"],
        ["0.1", "+0.2", "+200%"],
        ["-", "-", "-"],
        ["0", "0", "-"],
    ]
    bare = shown(score_report(score(ledger_of(facts[2]), day=DAY)))
    assert not any("off by" in line for line in bare)


def test_groups_that_say_nothing_are_counted_and_not_shown() -> None:
    facts = (hit("a"), fact("b", speaker="bob", deadline="2030"), fact("c", speaker="eve", deadline=None))
    lines = shown(score_report(score(ledger_of(*facts), day=DAY, by="speaker")))
    assert "2 groups without a scored, overdue or judged claim not shown." in lines
    assert not any(line.startswith(("bob ", "eve ")) for line in lines)


def test_what_counts_from_entry_says_so() -> None:
    found = slips(ledger_of(late("a", added="2025-06-01"), miss("b", added="2023-12-01")), day=DAY, from_entry=True)
    lines = shown(slip_report(found))
    assert "Each claim counts from the day it was entered: what was then over is not held for it." in lines
    assert "Left out: 1 claim entered after they were last watched." in lines


def test_a_curve_that_means_nothing_says_so() -> None:
    facts = (hit("a", added="2024-01-01"), miss("b", added="2024-12-01"))
    lines = shown(slip_report(slips(ledger_of(*facts), day=DAY, from_entry=True)))
    assert any(line.startswith("A curve fell to 0 while others were still watched") for line in lines)


def reports(facts: list[Fact], **options: Any) -> list[list[Part]]:
    ledger = ledger_of(*facts)
    return [
        score_report(score(ledger, day=DAY, **options)),
        calibration_report(calibration(ledger, day=DAY, **options)),
        slip_report(slips(ledger, day=DAY, **options)),
    ]


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 100, 200])
@pytest.mark.parametrize("by", [None, "topic", "horizon"])
def test_no_line_is_wider_than_the_screen(columns: int, by: str | None) -> None:
    for report in reports([*MANY, *CHANGED, fact("overdue", probability=0.5)], by=by):
        assert max(map(width, shown(report, columns))) <= columns


@pytest.mark.parametrize("by", [None, "topic", "kind", "year"])
def test_eighty_columns_are_enough_for_tables(by: str | None) -> None:
    """A block has its labels in lines of their own, a table does not."""
    for report in reports([*MANY, *CHANGED], by=by):
        assert not any(
            line.startswith("  ") and line[2] != " " and len(line.split()) == 2 for line in shown(report, 80)
        )


def test_markdown_has_every_table_and_the_drawing() -> None:
    _, calibrated, slipped = reports([*MANY, *CHANGED])
    for report in (calibrated, slipped):
        text = as_markdown(report)
        assert text.count("```text\n") == text.count("\n```\n") == 1
        assert text.count("\n| --- ") + text.count("\n| ---: ") >= 2
        assert "\n\n\n" not in text


def test_levels_by_chance_say_what_they_leave_out() -> None:
    said = "Claims of one series hang together: of these, chance gives more than the levels here say."
    series = [hit(f"c{number}", probability=0.6, series="one") for number in range(6)]
    apart = [hit(f"c{number}", probability=0.6) for number in range(6)]
    shows = [said in shown(calibration_report(calibration(ledger_of(*facts), day=DAY))) for facts in (series, apart)]
    assert shows == [True, False]
