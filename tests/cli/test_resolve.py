"""add, resolve, reopen, revise and touch, as a user meets them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from support.terminal import Script, at_a_terminal

from .conftest import Runner

LEDGER = """\
ledger: 1
people:
  ann: {name: Ann}
topics:
  cups: How many
sources:
  post: {title: A post}
claims:
  - id: cups-2025
    claim: At least 50 cups are sold in 2025.
    speaker: ann
    said: 2024-05-06
    source: post
    topics: [cups]
    deadline: 2025
    quantity: {at_least: 50, unit: cups}
    criteria: The count.

  - id: tea
    claim: Tea is served.
    speaker: ann
    said: 2024-05-06
    source: post
    deadline: none
"""
TODAY = date.today().isoformat()


def text() -> str:
    return Path("claims.yaml").read_text(encoding="utf-8")


def test_resolve_says_what_it_wrote_and_where(run: Runner) -> None:
    ran = run("resolve", "cups", "--value", "60", "--in-time", "-e", "post", "--says", "Sixty.", ledger=LEDGER)
    assert ran == ("claims.yaml:18: cups-2025 judged true: hit (60 is at least 50)\n", "ledger: cups is cups-2025\n", 0)
    assert text() == LEDGER.replace(
        "    criteria: The count.\n",
        "    criteria: The count.\n"
        "    resolutions:\n"
        "      - outcome: true\n"
        f"        judged: {TODAY}\n"
        "        value: 60\n"
        "        evidence:\n"
        "          - source: post\n"
        "            says: Sixty.\n",
    )


@pytest.mark.parametrize(("judged", "told"), [
    ("2025-02-03", "false 331 days before 2025 is over"),
    ("2025-12-31", "false on the last day of 2025"),
    ("2026-01-01", None),
])  # fmt: skip
def test_false_while_it_may_still_come_true_is_told(run: Runner, judged: str, told: str | None) -> None:
    ran = run("resolve", "cups-2025", "false", "-e", "post", "--judged", judged, "--no-input", ledger=LEDGER)
    said = told and f"ledger: warning: cups-2025: {told}; right only if it cannot come true any more\n"
    assert (ran.err, ran.status) == (said or "", 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("touch", "cups-2025"), ""),
        (("touch", "tea", "cup"), "cup is cups-2025\n"),
        (
            ("resolve", "cups", "false", "-e", "post", "--judged", "2026-01-03", "--published", "early 2025"),
            "cups is cups-2025\npublished 2025-Q1 (early part of 2025; also read as 2025-H1)\n",
        ),
        (
            ("resolve", "cups-2025", "true", "-e", "post", "--happened", "March 2025"),
            "happened 2025-03 (March 2025)\n",
        ),
        (
            ("add", "Milk is poured.", "--like", "cups", "-d", "none", "--said", "May 2024"),
            "cups is cups-2025\nsaid 2024-05 (May 2024)\n",
        ),
    ],
)
def test_beginnings_of_ids_and_periods_in_words_are_read_back(run: Runner, words: tuple[str, ...], told: str) -> None:
    ran = run(*words, "--no-input", ledger=LEDGER)
    assert (ran.err, ran.status) == ("".join(f"ledger: {line}\n" for line in told.splitlines()), 0)


def test_a_claim_that_might_be_another_is_no_model_for_a_new_one(run: Runner) -> None:
    twice = LEDGER.replace("id: tea", "id: cups-2025")
    ran = run("add", "Milk is poured.", "--like", "cups-2025", "-d", "none", ledger=twice)
    assert (ran.status, "cups-2025 stands twice, in claims.yaml:9 and in claims.yaml:19" in ran.err) == (4, True)
    assert text() == twice


def test_several_ids_and_the_outcome_last(run: Runner) -> None:
    ran = run("resolve", "cups", "tea", "annulled", "--note", "Shop closed.", ledger=LEDGER)
    assert ran.out == "claims.yaml:18: cups-2025 judged annulled: void\nclaims.yaml:29: tea judged annulled: void\n"
    assert ran.status == 0
    assert "rests on a note alone" in ran.err


def test_dry_run_prints_a_diff_and_writes_nothing(run: Runner) -> None:
    ran = run("touch", "tea", "--dry-run", ledger=LEDGER)
    assert ran.out == (
        "--- a/claims.yaml\n+++ b/claims.yaml\n@@ -22,3 +22,4 @@\n"
        "     said: 2024-05-06\n     source: post\n     deadline: none\n"
        f"+    checked: {TODAY}\n"
    )
    *told, last = ran.err.strip().splitlines()
    assert [told[0], told[1], told[-1]] == ["Tea is served.", "  id: tea", "  source: A post"]
    assert last == f"ledger: would write claims.yaml:25: tea checked {TODAY}"
    assert text() == LEDGER
    coloured = run("touch", "tea", "--dry-run", "--color", "always")
    assert f"\x1b[32m+    checked: {TODAY}\x1b[0m\n" in coloured.out


def test_a_diff_steers_no_terminal(run: Runner) -> None:
    ledger = LEDGER.replace("source: post\n    deadline: none", "source: post\n    # \x1b]0;x\x07\n    deadline: none")
    ran = run("touch", "tea", "--dry-run", ledger=ledger.replace("\x1b", "\u202e").replace("\x07", "\u2067"))
    assert "\u202e" not in ran.out
    assert "\\u202e" in ran.out


def test_json(run: Runner) -> None:
    ran = run("resolve", "cups", "--value", "60", "--in-time", "--note", "Seen.", "--format", "json", ledger=LEDGER)
    found = json.loads(ran.out)
    assert list(found) == ["schema", "as_of", "errors", "dry_run", "files", "claims", "warnings", "diff"]
    assert found["schema"] == "ledger.resolve/1"
    assert (found["as_of"], found["errors"], found["dry_run"]) == (TODAY, 0, False)
    assert found["files"] == ["claims.yaml"]
    assert found["claims"] == [
        {
            "id": "cups-2025",
            "file": "claims.yaml",
            "line": 18,
            "outcome": "true",
            "did": "judged true: hit (60 is at least 50)",
        }
    ]
    assert found["diff"].startswith("--- a/claims.yaml\n")
    assert len(found["warnings"]) == 1


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["resolve", "cups"], 2, "OUTCOME is missing: What is the outcome of cups-2025?"),
        (["resolve", "cups", "true", "--in-time"], 2, "--evidence is missing: What does it rest on?"),
        (["resolve", "cups", "true", "-e", "javascript://x"], 2, "--evidence 'javascript://x' is not an address"),
        (["resolve", "cups", "true", "-e", "post,post"], 2, "no source 'post,post'"),
        (
            ["resolve", "cups", "true", "-e", "post", "--judged", "2024-05-05"],
            4,
            "before the claim was said, 2024-05-06",
        ),
        (["reopen", "cups"], 4, "cups-2025 is not judged"),
        (["add"], 2, "CLAIM is missing: What is claimed"),
        (["add"], 2, "give the claim as the first argument, --speaker, --said, --source and --deadline"),
        (
            ["add", "日本語 пример", "--speaker=ann", "--said=2024", "--source=post", "--deadline=2030"],
            2,
            "--id is missing",
        ),
        (["add", "So it is.", "--speaker", "ann", "--said", "2024", "--source", "post"], 2, "--deadline is missing"),
        (["revise", "cups", "--deadline", "2030"], 2, "give the claim behind the id, --said and --source"),
        (["touch", "nobody"], 2, "no claim 'nobody'"),
        (["touch", "tea", "--format", "xml"], 2, "no format 'xml'"),
        (["touch", "tea", "-f", "a", "-f", "b"], 2, "a command that writes takes one ledger"),
        (["touch", "tea", "-f", "-"], 2, "standard input cannot be written to"),
        (["touch", "tea", "-f", "absent.yaml"], 3, "no such file"),
        (["resolve", "cups", "false", "--value", "60", "--note", "x"], 4, "the value 60 is what was claimed"),
        (["reopen", "tea", "--note", "x"], 4, "tea is not judged"),
        (["add", "So.", "--speaker=ann", "--said=2024", "--source=post", "--deadline=2023"], 4, "after the deadline"),
    ],
)
def test_what_cannot_be_done_leaves_every_byte(run: Runner, words: list[str], status: int, message: str) -> None:
    ran = run(*words, ledger=LEDGER)
    assert message in ran.err
    assert (ran.status, ran.out) == (status, "")
    assert text() == LEDGER


def test_a_second_judgement_is_refused_and_reopening_lifts_that(run: Runner) -> None:
    assert run("resolve", "tea", "true", "-e", "post", ledger=LEDGER).status == 0
    ran = run("resolve", "tea", "false", "-e", "post")
    assert (ran.status, ran.out) == (4, "")
    assert f"claims.yaml:26: tea is judged already: true on {TODAY}\n  --again" in ran.err
    assert run("reopen", "tea", "--note", "Cold.").out == "claims.yaml:30: tea reopened: no verdict stands\n"
    assert run("resolve", "tea", "false", "-e", "post").status == 0


def test_add_and_revise(run: Runner) -> None:
    ran = run("add", "Coffee is served by 2030.", "--speaker", "ann", "--said", "2024", "--source", "post",
              "--deadline", "2030", "--topic", "cups", "--quantity", "x", ledger=LEDGER)  # fmt: skip
    assert ran.status == 2  # no such option
    ran = run("add", "Coffee is served by 2030.", "--speaker", "ann", "--said", "2024", "--source", "post",
              "--deadline", "2030", "-t", "cups", "--criteria=A cup.", "--at-least=1", "--unit=cups")  # fmt: skip
    assert ran == ("claims.yaml:26: coffee-served-2030 added\n", "", 0)
    ran = run(
        "revise", "coffee", "Coffee is served by 2031.", "--said", "2025", "--source", "post", "--deadline", "2031"
    )
    warned = "criteria carried over from coffee-served-2030 while deadline or quantity changed: read them again"
    assert ran == (
        "claims.yaml:37: coffee-served-2031 added, revises coffee-served-2030\n",
        f"ledger: coffee is coffee-served-2030\nledger: warning: {warned}\n",
        0,
    )
    assert text().startswith(LEDGER)
    assert (
        text().removeprefix(LEDGER)
        == f"""
  - id: coffee-served-2030
    claim: Coffee is served by 2030.
    speaker: ann
    said: 2024
    source: post
    topics: [cups]
    deadline: 2030
    quantity: {{at_least: 1, unit: cups}}
    criteria: A cup.
    added: {TODAY}

  - id: coffee-served-2031
    claim: Coffee is served by 2031.
    speaker: ann
    said: 2025
    source: post
    topics: [cups]
    deadline: 2031
    quantity: {{at_least: 1, unit: cups}}
    criteria: A cup.
    revises: coffee-served-2030
    added: {TODAY}
"""
    )


def test_the_day_written_is_today_whatever_as_of_says(run: Runner) -> None:
    assert run("--as-of", "2025-01-01", "touch", "tea", ledger=LEDGER).status == 0
    assert f"checked: {TODAY}" in text()


def test_a_terminal_is_asked_and_shown_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    shown, status = at_a_terminal(tmp_path, ["resolve", "tea"], ["ture", "True", "pots", "It was hot.", "y"])
    assert "What is the outcome of tea?" in shown
    assert "no outcome 'ture'" in shown
    assert "no source 'pots'" in shown
    assert "did you mean post?" in shown
    assert "+        note: It was hot." in shown
    assert "claims.yaml:25: tea judged true: hit" in shown
    assert status == 0
    assert "note: It was hot." in (tmp_path / "claims.yaml").read_text()


def test_a_terminal_may_decline_or_leave(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    shown, status = at_a_terminal(tmp_path, ["resolve", "tea", "true"], ["https://example.org/x", "n"])
    assert "+          - url: https://example.org/x" in shown
    assert "nothing was written" in shown
    assert status == 0
    shown, status = at_a_terminal(tmp_path, ["resolve", "tea", "true"], ["\x04"])
    assert "left before the end" in shown
    assert status == 130
    assert (tmp_path / "claims.yaml").read_text() == LEDGER


def test_what_was_taken_back_too_late_is_asked_about_or_refused(run: Runner, tmp_path: Path) -> None:
    ran = run("resolve", "cups-2025", "withdrawn", "-e", "post", "--no-input", ledger=LEDGER)
    assert (ran.status, ran.err) == (
        4,
        f"ledger: claims.yaml:15: cups-2025: withdrawn {TODAY}, after the deadline 2025 was over\n"
        "  judge it false, or say with --happened when it was taken back\n",
    )
    shown, status = at_a_terminal(tmp_path, ["resolve", "cups-2025", "withdrawn"], ["2025-06", "post", "y"])
    assert "When was cups-2025 taken back?" in shown and status == 0
    assert "      - outcome: withdrawn\n" in text() and "        happened: 2025-06\n" in text()


def test_what_is_typed_in_full_is_shown_and_written(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    shown, status = at_a_terminal(tmp_path, ["touch", "cups"], ["n"])  # the program reads which one is meant
    assert "cups-2025: checked" in shown and "nothing was written" in shown
    shown, status = at_a_terminal(tmp_path, ["touch", "tea"], [])
    assert (status, f"+    checked: {TODAY}" in shown, "Write this?" in shown) == (0, True, False)
    shown, status = at_a_terminal(tmp_path, ["touch", "cups-2025", "--no-input"], [])
    assert (status, shown.count("\n")) == (0, 1)


def test_add_asks_for_all_it_needs(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    script = Script("""\
What is claimed, = There is an 80% chance that rain falls by 2030.
Who said it? = anne
Who said it? = ann
Which source = post
When was it said? = 2024
By when? [2030] =
exact words =
topics? = cups
How was the deadline put? [by 2030] = -
Which probability was stated? [0.8] = 80%
What must be observed =
Write this? =
Another claim = n
""")
    shown, status = at_a_terminal(tmp_path, ["add"], script)
    assert "no speaker 'anne'" in shown
    assert status == 0
    assert (
        "    topics: [cups]\n    deadline: 2030\n    probability: 80%\n    added:"
        in (tmp_path / "claims.yaml").read_text()
    )


def test_a_refused_answer_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    script = Script("""\
What is claimed, = Rain falls.
Who said it? = ann
Which source = post
When was it said? = 3000
--said 3000 is later than today = 2024
By when? = 2023
after the deadline 2023 was over = 2030
exact words =
topics? =
How was the deadline put? =
What must be observed =
Write this? =
Another claim = n
""")
    shown, status = at_a_terminal(tmp_path, ["add"], script)
    assert "an empty line goes back to the question before" in shown
    assert status == 0
    assert "    said: 2024\n    source: post\n    deadline: 2030\n" in (tmp_path / "claims.yaml").read_text()


def test_a_revision_by_prompts_asks_for_what_its_sentence_moves(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    script = Script("""\
What is claimed, = Ann aims to sell at least 60 cups by 2028.
Which source = The next post
Who published it? = The Paper
Where can it be read? =
When was it published? = 9 January 2025
What is the new source 'The next post' called in the file? [the-paper-2025-01-09] =
When was it said? [2025-01-09] =
By when? [2028] =
exact words =
Which kind of claim is it? [target] =
How was the deadline put? [by 2028] =
Which number? [at least 60 cups] =
Write this? =
""")
    shown, status = at_a_terminal(tmp_path, ["revise", "cups-2025"], script)
    assert (status, script.left) == (0, []), shown
    written = (tmp_path / "claims.yaml").read_text()
    assert "    deadline: 2028\n    deadline_words: by 2028\n    quantity: {at_least: 60, unit: cups}\n" in written
    assert "    kind: target\n    topics: [cups]\n" in written and "    revises: cups-2025\n" in written


def test_an_earlier_answer_can_be_mended_after_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    words = ["add", "Rain falls.", "--speaker", "ann"]
    answers = ["post", "2024", "2020", "", "2019", "2020", "y"]
    _, status = at_a_terminal(tmp_path, words, answers)
    assert status == 0
    assert "    said: 2019\n    source: post\n    deadline: 2020\n" in (tmp_path / "claims.yaml").read_text()


def test_a_sentence_alone_is_asked_about_like_an_empty_line(tmp_path: Path) -> None:
    """Who is asked anyway is asked for what the sentence suggests; who typed all is asked for nothing."""
    (tmp_path / "claims.yaml").write_text(LEDGER)
    script = Script("""\
Which source = post
When was it said? = 2024
By when? [2026] =
Which kind of claim is it? [possibility] =
Any day up to the last (by), or in the period alone (during)? [during] =
Which number? [at least 60 cups] =
By when is the figure known? =
Write this? =
""")
    words = ["add", "At least 60 cups could be sold in 2026.", "--speaker", "ann"]
    _, status = at_a_terminal(tmp_path, words, script)
    written = (tmp_path / "claims.yaml").read_text()
    assert (status, script.left) == (0, [])
    assert "    kind: possibility\n    deadline: 2026\n    window: during\n    quantity: {at_least: 60" in written
    words = [
        "add",
        "Cake could be served in 2026.",
        "-s",
        "ann",
        "-S",
        "post",
        "-w",
        "2024",
        "-d",
        "2026",
        "-c",
        "Cake.",
    ]
    shown, status = at_a_terminal(tmp_path, words, [])
    assert status == 0 and "+    claim: Cake could be served in 2026." in shown and "Write this?" not in shown


def test_an_address_may_have_commas(run: Runner) -> None:
    address = "https://www.spiegel.de/x,a-123.html"
    assert run("resolve", "tea", "TRUE", "--evidence", address, "-e", "post", ledger=LEDGER).status == 0
    assert f"          - url: {address}\n          - source: post\n" in text()


def test_touching_a_judged_claim_is_warned_of(run: Runner) -> None:
    run("resolve", "tea", "true", "-e", "post", ledger=LEDGER)
    ran = run("touch", "tea")
    assert ran.status == 0
    assert f"warning: tea: is judged already, true on {TODAY}" in ran.err


@pytest.mark.parametrize(
    ("option", "words"), [("wording", ["quoted", "paraphrased", "implied"]), ("window", ["by", "during"])]
)
def test_words_of_the_format_are_completed(option: str, words: list[str]) -> None:
    from ledger.cli.add import FIELDS

    offered = FIELDS[option].__metadata__[0].offers((), "")
    assert [word for word, _ in offered] == words


# --- no other claim than the one that is meant ------------------------------------------------------------------

NEAR = LEDGER.replace("id: cups-2025", "id: trump-tariffs").replace("id: tea", "id: november-wet")


WORDS = ("tru", "yes", "no", "hit", "miss", "late", "done", "fals", "No", "t", "voi", "missed")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_near_a_verdict_is_never_an_id(run: Runner, word: str) -> None:
    for words in (("trump-tariffs", word), (word,)):
        ended = run("resolve", *words, "--happened", "2025-05", "--note", "Seen.", "--again", "--no-input", ledger=NEAR)
        assert (ended.out, ended.status) == ("", 2)
        assert f"{word!r} is no outcome, and too near one to be an id" in ended.err
        assert text() == NEAR
    for command in (("touch", word), ("reopen", word, "--note", "x"), ("revise", word, "New.", "--said", "2026")):
        ended = run(*command, "--no-input", ledger=NEAR)
        assert (ended.out, ended.status) == ("", 2) and text() == NEAR


@pytest.mark.parametrize(("word", "near"), [("miss", "false"), ("hit", "true"), ("yes", "true"), ("tru", "true")])
def test_the_outcome_it_may_stand_for_is_offered(run: Runner, word: str, near: str) -> None:
    assert f"did you mean {near}" in run("resolve", "trump-tariffs", word, "--note", "x", "--no-input", ledger=NEAR).err


def test_an_id_that_stands_twice_is_refused_with_both_places(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    copy = "ledger: 1\nclaims:\n" + LEDGER[LEDGER.index("  - id: tea") :]
    (tmp_path / "claims" / "a (conflicted copy).yaml").write_text(copy)
    ledger = LEDGER.replace("ledger: 1\n", "ledger: 1\ninclude: [claims/*.yaml]\n", 1)
    for words in (
        ("resolve", "tea", "false", "--note", "x"),
        ("touch", "tea"),
        ("reopen", "tea", "--note", "x"),
        ("revise", "tea", "New.", "--said", "2026", "--source", "post"),
    ):
        ended = run(*words, "--no-input", ledger=ledger)
        assert (ended.out, ended.status) == ("", 4), words
        assert "tea stands twice, in " in ended.err
        assert "claims.yaml:" in ended.err and "a (conflicted copy).yaml:3" in ended.err
        assert text() == ledger and (tmp_path / "claims" / "a (conflicted copy).yaml").read_text() == copy


def test_true_after_the_last_day_says_when(run: Runner) -> None:
    ended = run("resolve", "cups", "true", "--note", "Seen.", "--no-input", ledger=LEDGER)
    assert (ended.out, ended.status) == ("", 2)
    assert "--happened is missing: When did cups-2025 come true?" in ended.err
    assert "give --happened DATE or --in-time" in ended.err
    ended = run("resolve", "cups", "true", "--note", "Seen.", "--in-time", "--happened", "2025-03", "--no-input")
    assert ended.status == 2 and text() == LEDGER
    ended = run("resolve", "cups", "true", "--note", "Seen.", "--happened", "2026-02", "--no-input")
    assert ended.status == 0 and "late" in ended.out


def test_during_a_period_nothing_is_asked(run: Runner) -> None:
    ledger = LEDGER.replace("    deadline: 2025\n", "    deadline: 2025\n    window: during\n", 1)
    ended = run("resolve", "cups", "true", "--note", "Seen.", "--no-input", ledger=ledger)
    assert ended.status == 0 and "judged true: hit" in ended.out


# --- what was seen, and what is shown before anything is written -------------------------------------------------


def test_touch_appends_what_was_seen(run: Runner) -> None:
    words = ["touch", "cups-2025", "--value", "12", "-e", "post", "-e", "https://example.org/x", "--note", "So far."]
    ran = run(*words, ledger=LEDGER)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"claims.yaml:18: cups-2025 observed {TODAY}: 12\n"
    assert (
        f"    observations:\n      - date: {TODAY}\n        value: 12\n        evidence:\n"
        "          - source: post\n          - url: https://example.org/x\n        note: So far.\n"
    ) in text()
    assert "checked" not in text()
    shown = run("touch", "cups-2025", "--dry-run")
    assert f"  last look: {TODAY}: 12, So far., " in shown.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--value", "many"], "--value 'many' is not a number"),
        (["--evidence", "pots"], "no source 'pots'"),
        (["--note", " "], "--note is empty"),
    ],
)
def test_what_was_seen_is_read_before_anything_is_written(run: Runner, words: list[str], says: str) -> None:
    ran = run("touch", "tea", "cups-2025", *words, ledger=LEDGER)
    assert (ran.status, text()) == (2, LEDGER) and says in ran.err


def test_nothing_is_seen_of_what_is_not_said_yet(run: Runner) -> None:
    later = LEDGER.replace("said: 2024-05-06", "said: 2999")
    ran = run("touch", "tea", "--note", "x", ledger=later)
    assert ran.status == 4 and "claims.yaml:" in ran.err and "was said 2999, later than today" in ran.err


def test_the_claim_is_told_before_a_question(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(
        LEDGER.replace("{title: A post}", '{title: A post, url: "https://example.org/p"}')
    )
    shown, status = at_a_terminal(tmp_path, ["resolve", "cups-2025", "false"], ["Nobody bought a cup.", "y"])
    asked = shown.index("What does it rest on?")
    for words in (
        "At least 50 cups are sold in 2025.",
        "deadline: 2025 - overdue ",
        "number: at least 50 cups",
        "criteria: The count.",
        "source: A post, https://example.org/p",
    ):
        assert -1 < shown.find(words) < asked
    assert asked < shown.index("cups-2025: judged false: miss") < shown.index("Write this?")
    assert status == 0
