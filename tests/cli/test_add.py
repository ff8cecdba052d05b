"""Claims entered together with the people, sources and topics that they need."""

from __future__ import annotations

import json
import signal
from datetime import date
from pathlib import Path

import pytest

from ledger.cli.left import Left
from ledger.files import Disk
from ledger.loading.assembly import load
from ledger.writing.add import AddDraft
from ledger.writing.new_names import NewNames
from support.terminal import Script, at_a_terminal

from .conftest import Runner

LEDGER = """\
ledger: 1
people:
  ann: {name: Ann Lee}
topics:
  cups: How many
sources:
  post: {title: A post, published: 2024-05-06}
claims:
  - id: tea
    claim: Tea is served.
    speaker: ann
    said: 2024-05-06
    source: post
    deadline: none
    criteria: Tea.
"""
INTERVIEW = [
    *("add", "Inflation is at two percent by 2027.", "-s", "Christine Lagarde", "-S", "le-monde-2025"),
    *("--title", "Interview", "--publisher", "Le Monde", "--url", "https://example.org/i", "--published", "2025-01-09"),
    *("-w", "2025-01-09", "-d", "2027", "-t", "Euro area", "-c", "Eurostat.", "--no-input"),
]


def text() -> str:
    return Path("claims.yaml").read_text(encoding="utf-8")


def test_a_key_that_is_a_little_like_another_is_new_and_one_fault_is_told_once(run: Runner) -> None:
    held = LEDGER.replace("sources:\n", "sources:\n  allmind-2026-04: {title: All Minds}\n")
    words = (
        "add",
        "It rains.",
        "-s",
        "Eve Green",
        "-w",
        "2025-01-09",
        "-d",
        "2027",
        "-D",
        "--title",
        "A",
        "--no-input",
    )
    assert run(*words, "-S", "le-monde-2026", ledger=held).status == 0
    ran = run(*words, "-S", "allmind-2026-4", ledger=held)
    assert (ran.status, ran.err) == (2, "ledger: no source 'allmind-2026-4'\n  did you mean allmind-2026-04?\n")


def test_what_is_new_is_declared_in_the_same_edit(run: Runner) -> None:
    ran = run(*INTERVIEW, "--declare", ledger=LEDGER)
    assert (ran.status, ran.out) == (0, "claims.yaml:24: inflation-two-percent-2027 added\n")
    assert ran.err.splitlines() == [
        "ledger: speaker christine-lagarde is new: Christine Lagarde",
        "ledger: source le-monde-2025 is new: Interview",
        "ledger: topic euro-area is new: Euro area",
    ]
    head, _, claims = text().partition("claims:\n")
    assert head == LEDGER.partition("claims:\n")[0].replace(
        "Ann Lee}\n", "Ann Lee}\n  christine-lagarde: {name: Christine Lagarde}\n"
    ).replace("How many\n", "How many\n  euro-area: Euro area\n").replace(
        "2024-05-06}\n",
        "2024-05-06}\n  le-monde-2025:\n    title: Interview\n    publisher: Le Monde\n"
        "    url: https://example.org/i\n    published: 2025-01-09\n",
    )
    assert "    speaker: christine-lagarde\n    said: 2025-01-09\n    source: le-monde-2025\n" in claims
    assert run("check", "--as-of", "2025-02-01").status == 0


def test_a_dry_run_declares_nothing(run: Runner) -> None:
    ran = run(*INTERVIEW, "--declare", "--dry-run", ledger=LEDGER)
    assert "+  christine-lagarde: {name: Christine Lagarde}" in ran.out and text() == LEDGER


def test_a_name_that_people_know_is_found(run: Runner) -> None:
    words = ["add", "It rains in 2027.", "--speaker", "ann lee", "--source", "A post", "--said", "2024", "-d", "2027"]
    assert run(*words, "--no-input", ledger=LEDGER).status == 0
    assert "    speaker: ann\n    said: 2024\n    source: post\n" in text()


def test_all_that_is_wrong_is_said_in_one_run(run: Runner) -> None:
    ran = run(*INTERVIEW, "--kind", "hope", ledger=LEDGER)
    assert (ran.status, ran.out, text()) == (2, "", LEDGER)
    for words in ("no speaker 'Christine Lagarde'", "no source 'le-monde-2025'", "no topic 'Euro area'", "--kind"):
        assert words in ran.err
    ran = run("add", "Rain falls.", "--speaker", "xyz", "--no-input", ledger=LEDGER)
    assert "no speaker 'xyz'" in ran.err and "--said, --source, --deadline: missing" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-s", "Ann-"], "the key ann stands in claims.yaml:3 already, for 'Ann Lee'"),
        (["-s", "ann", "-S", "anew"], "--title is missing: What is the title of the new source anew?"),
        (["-s", "anne"], "no speaker 'anne'\n  did you mean ann?"),
        (["-s", "ann", "-S", "post", "--title", "X"], "--title: 'post' is declared already"),
        (["-s", "日本"], "cannot be its key"),
        (["-s", "Bo", "--also-by", "Bo"], "--also-by: bo is the speaker already\n"),
        (["-s", "ann", "--also-by", "Ann Lee"], "--also-by: ann is the speaker already\n"),
        (["-s", "ann", "--also-by", "anne"], "--also-by: no speaker 'anne'\n  did you mean ann?"),
        (["-s", "ann", "--also-in", "other"], "--also-in: no source 'other'\n  write its title"),
        (["-s", "ann", "--fiscal-of", "ane"], "--fiscal-of: no speaker 'ane'\n  did you mean ann?"),
        (["-s", "ann", "--known-by", "2026"], "--known-by: known_by 2026 is over no later than the deadline 2027\n"),
        (["-s", "ann", "--deadline-latest", "2026"], "--deadline-latest: deadline_latest 2026 is over before the"),
        (["-s", "ann", "--level", "90%"], "--range, --level: a level belongs to a range\n"),
        (["-s", "ann", "--at-least", "3", "--at-most", "2"], "--at-least, --at-most: at_least 3 is above at_most 2\n"),
        (["-s", "ann", "--id", "tea"], "--id tea: that claim stands in claims.yaml:9 already\n"),
        (["-s", "Bo", "--kind", "hope"], "ledger: --kind cannot be 'hope'\n"),  # nothing else is wrong
        (["-s", "\u0410nn Lee"], "'\u0410nn Lee' has the letter CYRILLIC CAPITAL LETTER A among Latin ones\n"),
        (["-s", "ann", "--range", "1,500"], "--range is two numbers, not '1,500'\n"),
        (["-s", "ann", "--at-least", "50.000"], "--at-least 50.000 can be 50 or 50000\n"),
    ],
)
def test_what_cannot_be_declared_is_said_with_its_place(run: Runner, words: list[str], says: str) -> None:
    given = ["add", "It rains in 2027.", "-w", "2025-01-09", "-d", "2027", "-c", "Rain.", "--declare", "--no-input"]
    source = [] if "-S" in words else ["-S", "post"]
    ran = run(*given, *source, *words, ledger=LEDGER)
    assert says in ran.err and "bug" not in ran.err
    assert ran.status in (2, 4) and text() == LEDGER


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["-S", "post", "-w", "2025-01-09"], ("2025-01-09", "post", "2024-05-06")),
        (["-S", "A new post", "--published", "2024-06", "-w", "2025", "-D"], ("2025", "a-new-post", "2024-06")),
    ],
)
def test_words_later_than_their_source_are_warned_of(run: Runner, words: list[str], days: tuple[str, ...]) -> None:
    ran = run("add", "It rains in 2027.", "-s", "ann", "-d", "2027", "-c", "Rain.", "--no-input", *words, ledger=LEDGER)
    said, source, published = days
    told = f"--said {said} is later than its source, {source}, which appeared {published}: correct one of the two"
    assert ran.err.splitlines()[-1] == f"ledger: warning: {told}" and ran.status == 0


def test_words_earlier_than_their_source_are_what_sources_report(run: Runner) -> None:
    words = ["-s", "ann", "-S", "post", "-w", "2024-05-05", "-d", "2027", "-c", "Rain.", "--no-input"]
    assert run("add", "It rains in 2027.", *words, ledger=LEDGER).err == ""


def test_one_who_is_named_twice_is_declared_once(run: Runner) -> None:
    words = ["-s", "Bo", "--fiscal-of", "bo", "--also-by", "Cy Lee", "-S", "A post", "--also-in", "Other post", "-D"]
    ran = run("add", "It rains in 2027.", *words, "-w", "2025", "-d", "2027", "--no-input", ledger=LEDGER)
    assert ran.status == 0 and "  bo: {name: Bo}\n  cy-lee: {name: Cy Lee}\n" in text()
    assert "  other-post: {title: Other post}\n" in text() and "    also_in: [other-post]\n" in text()


def test_a_revision_may_stand_in_a_new_source(run: Runner) -> None:
    ran = run(
        *("revise", "tea", "Tea is served in 2027.", "-w", "2025-01-09", "-S", "New paper", "-D", "-d", "2027"),
        "--no-input",
        ledger=LEDGER,
    )
    assert ran.status == 0 and "  new-paper: {title: New paper}\n" in text() and "revises: tea" in text()


def test_names_are_declared_where_the_claims_stand(run: Runner, tmp_path: Path) -> None:
    head, _, claims = LEDGER.partition("claims:\n")
    (tmp_path / "more.yaml").write_text(f"ledger: 1\nclaims:\n{claims}")
    ran = run(*INTERVIEW, "--declare", ledger=head.replace("ledger: 1\n", "ledger: 1\ninclude: [more.yaml]\n"))
    assert ran.status == 0
    assert run("check", "--as-of", "2025-02-01", "--ignore", "unused").out == ""


INTERVIEW_BY_PROMPTS = """\
What is claimed, = Inflation in the euro area is at 2% in 2027.
Who said it? = Christine Lagarde
What is the new speaker =
Which source = Interview with Le Monde
Who published it? = Le Monde
Where can it be read? = https://example.org/i
When was it published? = 2025-01-09
What is the new source =
When was it said? =
By when? [2027] =
exact words =
About which topics? = cups
How was the deadline put? (- for none) [in 2027] =
Any day up to the last (by), or in the period alone (during)? (- for none) by, during [during] =
Which number? [2 percent] =
By when is the figure known? = 2028-01
What must be observed =
Write this? =
Another claim from this source? =
What is claimed, = The ECB aims to get rates below 2% by the end of 2025.
By when? [2025] =
exact words =
Which kind of claim is it? [target] =
About which topics? [cups] =
How was the deadline put? [by the end of 2025] =
Which number? [at most 2 percent] =
What must be observed =
Write this? =
Another claim from this source? =
What is claimed, = Growth in the euro area is above 1% in 2026.
By when? [2026] =
exact words =
About which topics? [cups] =
How was the deadline put? [in 2026] =
Any day up to the last (by), or in the period alone (during)? [during] =
Which number? [at least 1 percent] =
By when is the figure known? (a period after the deadline; may be empty) =
What must be observed =
Write this? =
Another claim from this source? =
What is claimed, = The digital euro could start by 2029 if all agree.
By when? [2029] =
exact words =
Which kind of claim is it? [possibility] =
On which premise? [if all agree] =
About which topics? [cups] =
How was the deadline put? [by 2029] =
What must be observed =
Write this? =
Another claim from this source? =
What is claimed, = Probably nobody leaves the euro in the next five years.
By when? [2030-01~] =
exact words =
About which topics? [cups] =
How was the deadline put? [in the next five years] =
Any day up to the last (by), or in the period alone (during)? [by] =
How sure, in words? [Probably] =
What must be observed =
Write this? =
Another claim from this source? = n
"""


def test_five_claims_of_one_interview_by_prompts_alone(tmp_path: Path) -> None:
    """Each question is asked where the sentence suggests it, with what it suggests as the default."""
    (tmp_path / "claims.yaml").write_text(LEDGER)
    script = Script(INTERVIEW_BY_PROMPTS)
    shown, status = at_a_terminal(tmp_path, ["add"], script)
    assert (status, script.left) == (0, []), shown
    text = (tmp_path / "claims.yaml").read_text()
    assert text.count("    speaker: christine-lagarde\n    said: 2025-01-09\n    source: le-monde-2025-01-09\n") == 5
    assert text.count("    topics: [cups]\n") == 5
    for written in (
        "    deadline: 2027\n    deadline_words: in 2027\n    window: during\n    known_by: 2028-01\n"
        "    quantity: {point: 2, unit: percent}\n",
        "    kind: target\n    topics: [cups]\n    deadline: 2025\n    deadline_words: by the end of 2025\n"
        "    quantity: {at_most: 2, unit: percent}\n",
        "    window: during\n    quantity: {at_least: 1, unit: percent}\n",
        "    kind: possibility\n    condition: if all agree\n    topics: [cups]\n    deadline: 2029\n",
        "    deadline: 2030-01~\n    deadline_words: in the next five years\n    probability_words: Probably\n",
    ):
        assert written in text
    assert (script.typed + len("ledger add\n")) / 5 < 83  # half of what one claim took in options


def test_a_claim_like_another(run: Runner) -> None:
    ran = run("add", "Coffee is served in 2027.", "--like", "tea", "-d", "2027", "--no-input", ledger=LEDGER)
    assert ran.status == 0
    assert "    speaker: ann\n    said: 2024-05-06\n    source: post\n    deadline: 2027\n" in text()


FIRST = ["Coffee is served in 2027.", "ann", "post", "", "", "", "cups", "", "", ""]
SECOND = ["", "Cake is served in 2028.", "", "", ""]  # from "Another claim?" on
LEFT = [  # what was answered, how the program was left, what was being asked, how many claims are written by then
    (FIRST[:3], "\x03", "When was it said?", 0),
    (FIRST, "\x04", "Write this?", 0),
    ([*FIRST, "", *SECOND], "closed", "How was the deadline put?", 1),
]


@pytest.mark.parametrize(("answers", "end", "question", "written"), LEFT, ids=["Ctrl-C", "Ctrl-D", "closed"])
def test_an_entry_that_was_left_is_offered_again(
    tmp_path: Path, answers: list[str], end: str, question: str, written: int
) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    environ = {"FORECAST_LEDGER_CACHE": str(tmp_path / "cache")}
    shown, status = at_a_terminal(tmp_path, ["add"], [*answers, end], environ)
    assert question in " ".join(shown.split()[-60:]) and status == (130 if end != "closed" else -signal.SIGHUP)
    text = (tmp_path / "claims.yaml").read_text()
    assert text.startswith(LEDGER) and text.count("  - id:") == 1 + written  # nothing is half-written
    claim = "Cake is served in 2028." if written else "Coffee is served in 2027."
    said: list[str] = []

    def answered(asked: str) -> str:
        said.append(" ".join(asked.split()))
        return "n" if "Another claim" in asked else ""

    _, status = at_a_terminal(tmp_path, ["add"], answered, environ)
    assert status == 0 and said[0].startswith(f"An entry was left: {claim}") and question in said[1]
    text = (tmp_path / "claims.yaml").read_text()
    assert text.count("  - id:") == 2 + written and text.count(f"    claim: {claim}\n    speaker: ann\n") == 1
    assert text.count("    topics: [cups]\n") == (len(answers) > 3) + written
    assert not (tmp_path / "cache" / "entry.json").exists()


def test_an_answer_that_is_wrong_is_given_again_without_the_others(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    environ = {"FORECAST_LEDGER_CACHE": str(tmp_path / "cache")}
    answers = [*FIRST, "n", "deadlin", "deadline", "2028", "n", "deadline words", "-", "n", "source", "", "", "n"]
    shown, status = at_a_terminal(tmp_path, ["add"], answers, environ)
    assert status == 0, shown
    assert "no answer 'deadlin'" in shown and "did you mean deadline or deadline_words?" in shown
    text = (tmp_path / "claims.yaml").read_text()
    assert text.count("    claim: Coffee is served in 2027.\n") == 1 and "    deadline: 2028\n    added:" in text


def test_an_entry_that_is_not_wanted_now_is_offered_again(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    environ = {"FORECAST_LEDGER_CACHE": str(tmp_path / "cache")}
    shown, status = at_a_terminal(tmp_path, ["add"], [*FIRST, "n", ""], environ)
    assert status == 0 and "nothing was written" in shown and (tmp_path / "claims.yaml").read_text() == LEDGER
    assert "the answers are kept: ledger add offers them again" in shown
    shown, status = at_a_terminal(tmp_path, ["add"], ["", "", "n"], environ)
    assert status == 0 and "An entry was left: Coffee is served in 2027." in shown
    assert "    claim: Coffee is served in 2027.\n" in (tmp_path / "claims.yaml").read_text()


def test_an_entry_can_be_left_at_every_question(tmp_path: Path) -> None:
    """What was answered and passed over, written down and read again, leads to the same next question."""
    (tmp_path / "claims.yaml").write_text(LEDGER)
    ledger = load(Disk(), [str(tmp_path / "claims.yaml")])
    new = NewNames(declare=True, asks=True, confirmed=True)
    fresh = AddDraft(ledger=ledger, today=date(2026, 11, 27), new=new, more=True)
    draft = fresh
    lines = INTERVIEW_BY_PROMPTS.partition("Write this")[0].splitlines()
    for line in lines:
        assert draft.question is not None and line.partition(" =")[0][:8] in draft.question.question
        draft = draft.with_answer(line.partition(" =")[2].strip())
        kept = json.loads(json.dumps(draft.answers()))
        again = fresh.resumed(kept)
        assert again.question == draft.question and again.planned.diff() == draft.planned.diff()
    assert draft.question is None


def test_what_the_cache_holds_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    (tmp_path / "cache").mkdir()
    for answers in ("{}", '{"words": {"said": 3}, "entry": {}, "keys": {}, "usual": {}, "skipped": {}}', "[]", "3"):
        mark, ledger = '{"forecast-ledger entry": 1', tmp_path / "claims.yaml"
        (tmp_path / "cache" / "entry.json").write_text(f'{mark}, "ledger": "{ledger}", "answers": {answers}}}')
        assert Left(str(ledger), {"FORECAST_LEDGER_CACHE": str(tmp_path / "cache")}).answers() is None


@pytest.mark.parametrize("name", ["ANN  LEE", "Zoe\u0308", "Zo\u00eb "])
def test_a_name_that_only_is_spelled_otherwise_is_no_new_one(run: Runner, name: str) -> None:
    ledger = LEDGER.replace("  ann: {name: Ann Lee}", "  ann: {name: Ann Lee}\n  zoe: {name: Zo\u00eb}")
    ran = run("add", "It rains.", "-s", name, "-S", "post", "-w", "2024", "-d", "none", "-D", ledger=ledger)
    assert (ran.err, ran.status) == ("", 0)
    assert f"    speaker: {'ann' if name[0] == 'A' else 'zoe'}\n    said: 2024\n" in text()


@pytest.mark.parametrize(
    ("typed", "written"), [("1,5", "[1, 5]"), ("1,500-2,500", "[1500, 2500]"), ("2 to 3", "[2, 3]")]
)
def test_the_numbers_of_a_range_are_those_that_were_typed(run: Runner, typed: str, written: str) -> None:
    words = ("add", "It rains.", "-s", "ann", "-S", "post", "-w", "2024", "-d", "none", "--range", typed)
    assert run(*words, ledger=LEDGER).status == 0
    assert f"quantity: {{range: {written}}}\n" in text()
