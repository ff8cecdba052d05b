"""Deadlines, days to come, and what is said of them on which day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from textwrap import indent

import pytest

from ledger.facts import Fact
from ledger.periods import parse_span
from ledger.results.check_settings import Settings
from ledger.workspace import load
from support.example_ledgers import CLAIM, DAY, HEAD, claim, found, judged, read, run

LEDGER = Path(__file__).parents[2] / "data" / "claims.yaml"
ENTERED = date(2026, 11, 22)


def due(fact: Fact) -> date:
    """The last day on which nobody need have judged it."""
    period = fact.known_by or fact.deadline
    assert period is not None
    return period.last


def overdue(day: date) -> dict[str, str]:
    result = run(load(str(LEDGER)), "overdue", day=day, today=ENTERED)
    return {p.claim or "": p.severity for p in result.problems}


def test_the_first_ledger_is_red_on_new_year_with_exactly_what_fell_due() -> None:
    ledger = load(str(LEDGER))
    fallen = {
        fact.id
        for fact in ledger.facts
        if fact.deadline is not None
        and due(fact) < date(2027, 1, 1)
        and fact.kind != "statement"
        and not fact.judgements
    }
    assert {"doge-150bn-fy2026", "neuralink-automated-surgery-2026", "optimus-outside-sales-2026-h2"} <= fallen
    assert "optimus-units-2026" not in fallen  # its figure comes in 2027
    assert overdue(date(2027, 1, 1)) == dict.fromkeys(fallen, "error")


def test_the_first_ledger_on_the_day_of_entry() -> None:
    assert overdue(ENTERED) == dict.fromkeys(
        [
            "optimus-3-july-august-2026",
            "optimus-3-summer-2026",
            "optimus-3-prototype-q1-2026",
            "fsd-unsupervised-not-before-q4-2026",
            "fsd-unsupervised-end-of-2025",  # judged five days later
        ],
        "error",
    )


def test_no_claim_of_the_first_ledger_is_overdue_on_its_last_day() -> None:
    ledger = load(str(LEDGER))
    dated = [f for f in ledger.facts if f.deadline and not f.judgements and f.kind != "statement"]
    assert len(dated) > 15
    for fact in dated:
        last = due(fact)
        assert fact.id not in overdue(last), fact.id
        assert overdue(last + timedelta(1))[fact.id] == "error", fact.id


def test_overdue_says_since_when_and_what_to_do() -> None:
    ledger = claim("deadline: 2026-05")
    assert found(ledger, "overdue") == [
        "11:15 overdue the deadline 2026-05 has been over for 30 days, and nobody has judged"
    ]
    hint = run(ledger, "overdue").problems[0].hint
    assert hint == "judge it: ledger resolve rain OUTCOME; or, if nothing is decisive yet: ledger touch rain"


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (date(2026, 6, 1), "note"),
        (date(2026, 7, 15), "note"),
        (date(2026, 7, 16), "error"),
        (date(2027, 1, 1), "error"),
    ],
)
def test_a_look_after_the_deadline_gives_thirty_days(day: date, severity: str) -> None:
    ledger = claim("deadline: 2026-05\nchecked: 2026-06-15\n")
    before_the_look = day < date(2026, 6, 15)
    result = run(ledger, "overdue", day=day, today=date(2027, 6, 1))
    assert [p.severity for p in result.problems] == ["error" if before_the_look else severity]


def test_a_look_on_the_last_day_gives_none() -> None:
    result = run(claim("deadline: 2026-05\nchecked: 2026-05-31\n"), "overdue", day=date(2026, 6, 1), today=DAY)
    assert [p.severity for p in result.problems] == ["error"]


def test_recheck_sets_how_long() -> None:
    ledger = claim("deadline: 2026-05\nchecked: 2026-06-15\n")
    for span, severity in (("2w", "error"), ("15d", "note"), ("9000y", "note")):
        settings = Settings(recheck=parse_span(span))
        result = run(ledger, settings=settings, day=date(2026, 6, 30))
        assert [p.severity for p in result.problems if p.code == "overdue"] == [severity]


def test_fail_on_makes_the_note_an_error_too() -> None:
    ledger = claim("deadline: 2026-05\nchecked: 2026-06-15\n")
    result = run(ledger, settings=Settings(fail_on=frozenset(["overdue"])))
    assert result.errors == 1


@pytest.mark.parametrize("fields", ["deadline: none", "kind: statement", "kind: statement\ndeadline: 2025"])
def test_what_is_never_overdue(fields: str) -> None:
    assert found(claim(fields), "overdue", "due-soon") == []


def test_a_claim_said_later_is_not_known_on_the_day() -> None:
    assert found(claim("deadline: 2025-02"), "overdue", day=date(2025, 1, 7), today=DAY) == []


@pytest.mark.parametrize(
    ("deadline", "message"),
    [
        ("2026-06-30", "11:15 due-soon the deadline 2026-06-30 is over today"),
        ("2026-07-30", "11:15 due-soon the deadline 2026-07-30 is over in 30 days"),
        ("2026-07-31", None),
    ],
)
def test_due_soon(deadline: str, message: str | None) -> None:
    assert found(claim(f"deadline: {deadline}"), "due-soon") == ([message] if message else [])


@pytest.mark.parametrize(
    ("deadline", "is_found"), [("2025-01-07", True), ("2024~", True), ("2025-01-08", False), ("2025", False)]
)
def test_said_after_deadline(deadline: str, is_found: bool) -> None:
    assert bool(found(claim(f"deadline: {deadline}"), "said-after-deadline")) is is_found


def test_in_future_compares_with_today_not_with_the_as_of_day() -> None:
    ledger = claim("""\
        deadline: none
        added: 2026-06-30
        checked: 2026-07-01
        amended: [{date: 2026-07-02, fields: [claim], why: A slip.}]
        resolutions:
          - {outcome: true, judged: 2026-07-03, happened: 2026-07-04/2026-08, note: Seen.}
          - {outcome: true, judged: 2026-06-30, happened: 2026, note: Seen.}
        """)
    expected = [
        "13:14 in-future checked 2026-07-01 is later than today, 2026-06-30",
        "14:22 in-future the date of an amendment 2026-07-02 is later than today, 2026-06-30",
        "16:33 in-future judged 2026-07-03 is later than today, 2026-06-30",
        "16:55 in-future happened 2026-07-04/2026-08 is later than today, 2026-06-30",
    ]
    for day in (date(2026, 1, 1), DAY, date(2030, 1, 1)):
        assert found(ledger, "in-future", day=day, today=DAY) == expected
    assert found(ledger, "in-future", day=DAY, today=date(2026, 7, 4)) == []
    assert len(found(claim("deadline: none"), "in-future", today=date(2025, 1, 7))) == 1  # said


def test_hindsight() -> None:
    for added, evidence, days in (
        ("2026-01-01", "", 1),
        ("2025-12-31", "", None),
        ("2025-06-02", "happened: 2025-06-01, ", 1),
        ("2025-06-01", "happened: 2025-06-01, ", None),
    ):
        ledger = judged(f"deadline: 2025\nadded: {added}\n", f"outcome: true, {evidence}judged: 2026-02-01")
        messages = [m.partition("hindsight ")[2] for m in found(ledger, "hindsight")]
        assert messages == ([f"entered {days} day after it was decided"] if days else [])


def test_hindsight_of_an_early_decision_goes_by_the_evidence() -> None:
    text = """\
        deadline: 2030
        added: 2026-03-05
        resolutions:
          - outcome: false
            judged: 2026-03-05
            evidence: [{title: Ended, published: 2026-03-01}, {title: Ended too, published: 2026-02}]
        """
    assert [m[6:] for m in found(claim(text), "hindsight")] == ["hindsight entered 4 days after it was decided"]
    assert found(claim(text.replace("published: 2026-02}", "published: 2026-03-05}")), "hindsight") == []
    assert found(claim(text.replace(", published: 2026-02}", "}")), "hindsight") == []  # not all is dated


EARLY = {  # lines of a claim that was said on 2025-01-08, and what is wrong with them
    "added: 2025-01-06": "12:12 bad-value entered 2025-01-06, before the claim was said, 2025-01-08",
    "added: 2025-01-07": None,  # the same day on the other side of the earth
    "checked: 2025-01-06": "12:14 bad-value checked 2025-01-06, before the claim was said, 2025-01-08",
    "amended: [{date: 2025-01-06, fields: [claim], why: A slip.}]": (
        "12:22 bad-value amended 2025-01-06, before the claim was said, 2025-01-08"
    ),
    "added: 2025-03-01\namended: [{date: 2025-02-01, fields: [claim], why: A slip.}]": (
        "13:22 bad-value amended 2025-02-01, before the claim was entered, 2025-03-01"
    ),
    "added: 2025-03-01\namended: [{date: 2025-02-28, fields: [claim], why: A slip.}]": None,
    "added: 2025-03-01\nchecked: 2025-02-01": None,  # entered from older notes
    "observations: [{date: 2024-12-31, note: A baseline.}]": None,
}


@pytest.mark.parametrize("lines", EARLY)
def test_nobody_enters_or_corrects_what_was_not_there(lines: str) -> None:
    message = EARLY[lines]
    assert found(claim(f"deadline: none\n{lines}\n"), "bad-value") == ([] if message is None else [message])
    for said in ("2024-11/2025-02", "2025-01", "unknown"):  # not every pair of days breaks the order
        text = HEAD + CLAIM.replace("said: 2025-01-08", f"said: {said}") + indent(f"deadline: none\n{lines}\n", "    ")
        assert [one for one in found(read(text), "bad-value") if "entered," not in one] == []


def test_an_amendment_names_fields_of_a_claim() -> None:
    ledger = claim("""\
        deadline: none
        amended: [{date: 2026-01-01, fields: [deadlin, claim, quantity.unit, resolutions, id], why: A slip.}]
        """)
    assert found(ledger, "bad-value") == [
        "12:43 bad-value deadlin is no field of a claim",
        "12:74 bad-value resolutions cannot be amended",
        "12:87 bad-value id cannot be amended",
    ]
