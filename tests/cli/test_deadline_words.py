"""A deadline typed in words counts from the day the claim was said and is read back before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.terminal import at_a_terminal

from .conftest import Runner

LEDGER = """\
ledger: 1
people:
  nasa: {name: NASA}
  nvidia: {name: Nvidia, fiscal_year_end: 1}
sources:
  post: {title: A post}
claims:
  - id: fly
    claim: A crew flies round the Moon.
    speaker: nasa
    said: 2019-01-15
    source: post
    deadline: 2022
"""
ADD = ["add", "NASA lands people on the Moon.", "--speaker", "nasa", "--source", "post", "--criteria", "A landing."]


def written(key: str = "deadline:") -> list[str]:
    lines = Path("claims.yaml").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip().startswith(key)]


@pytest.mark.parametrize(
    ("said", "typed", "deadline", "told"),
    [
        ("2019-03-26", "in 5 years", "2024-03~", "deadline 2024-03~ (5 years after 2019-03-26)"),
        ("2019-03", "in 30 days", "2019-04-30", "deadline 2019-04-30 (30 days after 2019-03-31)"),
        ("2019-05-14", "next year", "2020", "deadline 2020 (the year after that of 2019-05-14)"),
        ("2019-05-14", "soon", "none", 'deadline none ("soon" names no day)'),
        (
            "2019-05-14",
            "by Q2 2020",
            "2020-Q2",
            "deadline 2020-Q2 (second quarter of 2020, up to its last day; also read as 2020-03-31)",
        ),
        ("unknown", "by the end of 2030", "2030", "deadline 2030 (end of 2030)"),
    ],
)
def test_words_count_from_the_day_they_were_said(run: Runner, said: str, typed: str, deadline: str, told: str) -> None:
    ran = run(*ADD, "--said", said, "--deadline", typed, ledger=LEDGER)
    assert (ran.status, ran.err) == (0, f"ledger: {told}\n")
    assert f"deadline: {deadline}" in written()


def test_what_is_typed_as_it_is_written_needs_no_reading(run: Runner) -> None:
    assert run(*ADD, "--said", "2019", "--deadline", "2024-03~", ledger=LEDGER).err == ""


def test_the_words_of_a_deadline_are_enough(run: Runner) -> None:
    ran = run(*ADD, "--said", "2019-05-14", "--deadline-words", "within this year and the next", ledger=LEDGER)
    assert ran.status == 0
    assert "deadline: 2020" in written()
    assert written("deadline_words:") == ["deadline_words: within this year and the next"]


@pytest.mark.parametrize("option", ["--deadline", "--deadline-words"])
def test_two_readings_are_refused_in_scripts_with_both(run: Runner, option: str) -> None:
    ran = run(*ADD, "--said", "2019-05-14", option, "next summer", ledger=LEDGER)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f'ledger: {option}: "next summer" can be read in two ways: the northern summer of the year after, or the one '
        "that is nearest to 2019-05-14\n  give --deadline 2020-06/2020-09 or 2019-06/2019-09\n"
    )
    assert Path("claims.yaml").read_text(encoding="utf-8") == LEDGER


def test_words_are_unclear_where_nobody_knows_when_it_was_said(run: Runner) -> None:
    ran = run(*ADD, "--said", "unknown", "--deadline", "in 5 years", ledger=LEDGER)
    assert ran.status == 2
    assert '--deadline: "in 5 years": counted from the day it was said, which is not known' in ran.err


def test_without_the_day_it_was_said_that_is_asked_first(run: Runner) -> None:
    ran = run(*ADD, "--deadline", "in 5 years", ledger=LEDGER)
    assert (ran.status, "--said is missing" in ran.err) == (2, True)


def test_a_revision_counts_from_its_own_day(run: Runner) -> None:
    ran = run(
        "revise",
        "fly",
        "A crew flies later.",
        "--said",
        "2021-11-09",
        "--source",
        "post",
        "--deadline",
        "in 3 years",
        ledger=LEDGER,
    )
    assert (ran.status, "deadline 2024-11~ (3 years after 2021-11-09)" in ran.err) == (0, True)


def test_days_and_filters_count_from_today(run: Runner) -> None:
    assert run("list", "--due-before", "tomorrow", ledger=LEDGER).out.startswith("fly\t")
    assert run("list", "--due-after", "within two years").out == ""
    ran = run("list", "--as-of", "soon")
    assert (ran.status, ran.err.splitlines()[0]) == (2, 'ledger: --as-of: "soon" is no period: "soon" names no day')


def test_two_readings_are_a_question_at_a_prompt(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    words = [*ADD, "--said", "2019-05-14", "--deadline", "next summer"]
    shown, status = at_a_terminal(tmp_path, words, ["2020-06/2020-09", "y"])
    assert status == 0
    assert "Which is meant?" in shown
    assert "2020-06/2020-09, 2019-06/2019-09" in shown
    assert "    deadline: 2020-06/2020-09\n" in (tmp_path / "claims.yaml").read_text()


def test_fiscal_words_go_by_the_speakers_year(run: Runner) -> None:
    words = ["add", "Nvidia sells more.", "--speaker", "nvidia", "--source", "post", "--said", "2025-05-28"]
    ran = run(*words, "--criteria", "c", "--deadline", "Q3 FY2027", ledger=LEDGER)
    assert (ran.status, "deadline: 2026-08/2026-10" in written()) == (0, True)
    assert "deadline 2026-08/2026-10 (third quarter of fiscal 2027, which ends in 2027-01)" in ran.err
    ran = run(*ADD, "--said", "2025-05-28", "--deadline", "Q3 FY2027")
    assert ran.status == 2
    assert "give the speaker a fiscal_year_end, or write the period itself" in ran.err


def test_a_deadline_beside_other_words_is_warned_of(run: Runner) -> None:
    ran = run(*ADD, "--said", "2019-05-14", "--deadline", "2022", "--deadline-words", "next year", ledger=LEDGER)
    assert ran.status == 0
    assert '"next year" said 2019-05-14 means 2020 (the year after that of 2019-05-14), not 2022' in ran.err
