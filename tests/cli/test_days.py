"""Today is a day of a place: the ledger's, else the machine's; what has begun anywhere on earth is not the future."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ledger.cli import run as runs
from ledger.cli.shared import Shared
from ledger.days import Today, day_of, known_until

from .conftest import Runner

CLAIM = """\
  - id: rain
    claim: It rains.
    speaker: ann
    said: 2025-01-08
    source: talk
    deadline: 2026-11-26
    criteria: It is wet.
"""
LEDGER = "ledger: 1\n{}people: {{ann: {{name: Ann}}}}\nsources: {{talk: {{title: A talk}}}}\nclaims:\n" + CLAIM
EVENING = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)  # 09:30 of the 27th in Auckland, 21:30 of the 26th in Berlin


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is evening in UTC."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return EVENING

    monkeypatch.setattr(runs, "datetime", Clock)
    yield


def as_of(run: Runner, zone: str, *more: str) -> str:
    ledger = LEDGER.format(f"timezone: {zone}\n" if zone else "")
    found = json.loads(run("list", "--format", "json", *more, ledger=ledger).out)
    return f"{found['as_of']} {found['claims'][0]['status']}"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Auckland", "2026-11-27 overdue"),
        ("Europe/Berlin", "2026-11-26 open"),
        ("Pacific/Honolulu", "2026-11-26 open"),
        ("Pacific/Kiritimati", "2026-11-27 overdue"),
    ],
)
def test_today_is_the_day_of_the_ledger(run: Runner, zone: str, expected: str) -> None:
    assert as_of(run, zone) == expected
    assert as_of(run, zone, "--as-of", "today") == expected
    assert as_of(run, zone, "--as-of", "2026-11-26") == "2026-11-26 open"
    assert run("check").status == (1 if "overdue" in expected else 0)


JUDGED = "    resolutions: [{outcome: false, judged: 2026-11-27, evidence: [{title: x}]}]\n"


def test_a_verdict_of_this_morning_elsewhere_is_known_and_not_the_future(run: Runner) -> None:
    ledger = LEDGER.format("timezone: UTC\n") + "    checked: 2026-11-27\n" + JUDGED
    assert run("check", ledger=ledger).out == ""
    (claim,) = json.loads(run("show", "rain", "--format", "json").out)["claims"]
    assert (claim["status"], claim["account"], claim["checked"]) == ("miss", "open", "2026-11-27")
    ran = run("check", ledger=ledger.replace("checked: 2026-11-27", "checked: 2026-11-28"))
    assert ran.status == 1 and "in-future checked 2026-11-28 is later than today" in ran.out


def test_what_is_known_today_is_not_known_as_of_the_day(run: Runner) -> None:
    ledger = LEDGER.format("timezone: UTC\n") + JUDGED
    found = json.loads(run("list", "--format", "json", "--as-of", "2026-11-26", ledger=ledger).out)
    assert found["claims"][0]["status"] == "open"


def test_a_colleague_in_the_west_goes_on(run: Runner) -> None:
    ledger = LEDGER.format("timezone: UTC\n") + "    checked: 2026-11-27\n" + JUDGED
    ran = run("reopen", "rain", "--note", "Wrong place.", ledger=ledger)
    assert (ran.status, ran.err) == (0, ran.err) and "Traceback" not in ran.err
    text = Path("claims.yaml").read_text()
    assert text.count("judged: 2026-11-27") == 2  # not before the judgement it follows
    assert run("touch", "rain").status == 0
    assert run("check").out == ""


def test_a_word_of_an_option_counts_from_the_day_of_the_ledger(run: Runner) -> None:
    run("touch", "rain", ledger=LEDGER.format("timezone: Pacific/Auckland\n"))
    assert "checked: 2026-11-27" in Path("claims.yaml").read_text()
    run("touch", "rain", ledger=LEDGER.format("timezone: Europe/Berlin\n"))
    assert "checked: 2026-11-26" in Path("claims.yaml").read_text()


def test_an_unknown_day_is_said_before_the_ledger_is_read(run: Runner) -> None:
    ran = run("list", "--as-of", "someday", ledger="not a ledger")
    assert ran.status == 2 and "--as-of" in ran.err


def test_the_day_of_an_instant() -> None:
    made = datetime.fromisoformat("2026-11-26T23:30:00-05:00")
    assert day_of(made, None) == date(2026, 11, 26)
    assert day_of(made, "Europe/Berlin") == date(2026, 11, 27)
    assert day_of(made, "Europe/Nowhere") == date(2026, 11, 26)
    today = Today.in_zone("Pacific/Honolulu", EVENING)
    assert (today, known_until(today)) == (date(2026, 11, 26), date(2026, 11, 27).toordinal())
    assert known_until(today.toordinal()) == known_until(today)
    assert known_until(date(2026, 11, 26)) == date(2026, 11, 26).toordinal()


def test_a_verdict_that_is_imported_without_a_day_is_of_the_ledgers_day(run: Runner) -> None:
    page = Path("page.md")
    page.write_text("- It rains: 80% 🟢\n", encoding="utf-8")
    words = ("--year", "2025", "--set", "speaker=ann", "--true", "🟢")
    ran = run(
        "import", "markdown", str(page), *words, "--dry-run", ledger=LEDGER.format("timezone: Pacific/Auckland\n")
    )
    assert "+        judged: 2026-11-27" in ran.out.splitlines(), ran.err


def test_what_is_read_again_is_read_on_the_day_that_has_come(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    run("list", ledger=LEDGER.format("timezone: Europe/Berlin\n"))  # leaves the ledger in the current folder
    served = runs.Run(Shared(), Shared())
    assert served.day == date(2026, 11, 26)
    monkeypatch.setattr(f"{__name__}.EVENING", datetime(2026, 11, 27, 5, 0, tzinfo=UTC))
    assert served.day == date(2026, 11, 26)
    served.forget()
    assert served.day == date(2026, 11, 27)
