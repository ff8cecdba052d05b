"""The queue at a terminal: one claim a screen, one key an action, each write the command's own."""

from __future__ import annotations

import signal
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.terminal import Script, at_a_terminal

from .conftest import Runner

TODAY = date.today()
LEDGER = f"""\
ledger: 1
people:
  ann: {{name: Ann}}
sources:
  post: {{title: A post, url: "https://example.org/a-long-address/that-is-longer/than-sixty-columns/of-a-terminal"}}
claims:
  - {{id: soon, claim: Rain falls soon., speaker: ann, said: 2020, source: post, deadline: {TODAY + timedelta(9)}}}
  - id: cups
    claim: At least 50 cups are sold in 2020 at the fair that is held on the meadow behind the old town hall.
    speaker: ann
    said: 2020-01-01
    source: post
    deadline: 2020
    quantity: {{at_least: 50, unit: cups}}
    criteria: The count.

  - id: stale
    claim: Tea is served.
    speaker: ann
    said: 2020
    source: post
    deadline: 2099
    checked: 2021-01-01

  - id: fresh
    claim: Cake is served.
    speaker: ann
    said: 2020
    source: post
    deadline: 2099
    checked: {TODAY - timedelta(20)}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    return tmp_path


def test_a_queue_is_gone_through(folder: Path) -> None:
    keys = ["?", "x", "f", "Nobody bought one.", "y", "o", "Clouds.", "3", "", "y", "c"]
    shown, status = at_a_terminal(folder, ["review"], keys, {"COLUMNS": "60"})
    assert status == 0
    screens = [shown.index(f"[{number} of 3]") for number in (1, 2, 3)]
    for name, start, end in zip(("cups", "soon", "stale"), screens, (*screens[1:], len(shown)), strict=True):
        assert f"id: {name}" in shown[start:end]
    assert "n annulled  w withdrawn by the speaker" in shown and "? tells the keys" in shown
    assert "cups: judged false: miss" in shown and "+    checked: " in shown
    assert "1 judged, 1 observed, 1 checked" in shown and "left" not in shown.splitlines()[-1]
    assert (
        "source: A post,\r\n    https://example.org/a-long-address/that-is-longer/than-sixty-columns/of-a-terminal"
        in shown
    )
    assert "\x1b" not in shown
    text = (folder / "claims.yaml").read_text()
    assert f"{{date: {TODAY}, value: 3, note: Clouds.}}" in text
    assert f"      - outcome: false\n        judged: {TODAY}\n        note: Nobody bought one.\n" in text
    assert f"    deadline: 2099\n    checked: {TODAY}\n" in text
    shown, status = at_a_terminal(folder, ["review"], [])
    assert (shown.strip(), status) == ("ledger: nothing waits for a look", 0)


EVERY_KEY = """\
cups [1 of 3] = ?
w withdrawn by the speaker = t
When did cups come true? = 2020-12
What does it rest on? = post
cups: judged true: hit Write this? =
[2 of 3] Rain falls soon. = u
cups: undone [1 of 3] = f
rest on? = The count.
cups: judged false: miss Write this? = y
[2 of 3] = u
cups: undone = p
rest on? = The count.
cups: judged partly Write this? =
[2 of 3] = u
cups: undone = a
rest on? = Two counts.
cups: judged ambiguous: void Write this? =
[2 of 3] = u
cups: undone = n
rest on? = No fair.
cups: judged annulled: void Write this? =
[2 of 3] = u
cups: undone = w
When was cups taken back? (by 2020; = 2021-02
rest on? = A letter.
withdrawn 2021-02, after the deadline 2020 was over = \x04
left: nothing was written = x
? tells the keys = o
What was seen? = Clouds.
Which number was seen? = 3
Where? = post
cups: observed = y
[2 of 3] = u
cups: undone [1 of 3] = c
+ checked: [2 of 3] Rain falls soon. = w
rest on? = A letter.
soon: judged withdrawn Write this? =
[3 of 3] = u
soon: undone [2 of 3] = u
cups: undone [1 of 3] = u
nothing was written in this review [1 of 3] = e
[1 of 3] = s
[2 of 3] = s
[3 of 3] = q
"""


@pytest.mark.parametrize(
    "environ", [{"COLUMNS": "60", "NO_COLOR": "1"}, {"TERM": "xterm-256color"}], ids=["60", "wide"]
)
def test_every_key_does_what_the_help_says_and_is_undone(folder: Path, environ: dict[str, str]) -> None:
    script = Script(EVERY_KEY)
    shown, status = at_a_terminal(folder, ["review"], script, {**environ, "VISUAL": "true"})
    assert (status, script.left) == (0, [])
    assert " ".join(shown.split()).endswith("ledger: 2 skipped; 1 left: ledger review goes on there")
    assert (folder / "claims.yaml").read_text() == LEDGER
    if "NO_COLOR" in environ:
        assert "\x1b" not in shown
        wide = [line for line in shown.split("\r\n") if len(line) > 60 and "https://" not in line]
        assert [line for line in wide if line[:1] not in "+- @"] == []  # only the lines of the file are as they are


def test_the_last_writes_are_undone_one_by_one(folder: Path) -> None:
    keys = ["c", "c", "u", "u", "u", "s", "q"]
    shown, status = at_a_terminal(folder, ["review"], keys)
    assert "cups: undone" in shown and "nothing was written in this review" in shown
    assert "1 skipped; 2 left: ledger review goes on there" in shown
    assert (status, (folder / "claims.yaml").read_text()) == (0, LEDGER)


def test_what_another_writes_during_a_question_is_not_undone(folder: Path) -> None:
    other = "  - {id: late, claim: It snows., speaker: ann, said: 2020, source: post, deadline: 2099}\n"
    answers = iter(["f", "Nobody bought one.", "y", "u", "q"])

    def answered(shown: str) -> str | None:
        answer = next(answers, None)
        if answer == "y":  # a colleague saves while the question waits
            with (folder / "claims.yaml").open("a") as file:
                file.write(other)
        return answer

    shown, status = at_a_terminal(folder, ["review"], answered)
    assert ("cups: judged false: miss" in shown, "cups: undone" in shown, status) == (True, True, 0)
    assert (folder / "claims.yaml").read_text() == LEDGER + other


def test_an_editor_that_cannot_be_named_is_said(folder: Path) -> None:
    shown, status = at_a_terminal(folder, ["review"], ["e", "q"], {"VISUAL": "vi 'x"})
    assert ("mend $VISUAL or $EDITOR" in shown, "bug" in shown, status) == (True, False, 0)


def test_what_is_refused_or_left_writes_nothing(folder: Path) -> None:
    shown, status = at_a_terminal(folder, ["review", "--search", "cups"], ["t", "\x04", "f", "A letter.", "n", "q"])
    assert "When did cups come true?" in shown and "left: nothing was written" in shown
    assert (status, (folder / "claims.yaml").read_text()) == (0, LEDGER)
    shown, status = at_a_terminal(folder, ["review"], ["\x04"])
    assert status == 130 and "3 left" in shown


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (["resolve", "cups", "false"], ["\x03"]),
        (["resolve", "cups", "false"], ["A letter.", "closed"]),  # at "Write this?"
        (["review"], ["\x03"]),
        (["review"], ["f", "\x03"]),
        (["review"], ["f", "A letter.", "closed"]),
    ],
)
def test_left_in_the_middle_nothing_is_half_written(folder: Path, words: list[str], answers: list[str]) -> None:
    shown, status = at_a_terminal(folder, words, answers)
    assert status == (-signal.SIGHUP if answers[-1] == "closed" else 130)
    assert (folder / "claims.yaml").read_text() == LEDGER and "Traceback" not in shown
    if status == 130:  # what is said then has a line of its own
        assert "\nledger: left before the end" in shown.replace("\r", "")
    assert [path.name for path in folder.iterdir() if path.name != "cache"] == ["claims.yaml"]
    if words == ["review"] and status == 130:
        assert "nothing was written; 3 left: ledger review goes on there" in " ".join(shown.split())


def test_the_editor_opens_at_the_line(folder: Path) -> None:
    editor = folder / "edit.py"
    editor.write_text(
        "import sys\np = sys.argv[2]\nt = open(p).read()\nopen(p, 'w').write(t.replace('held', sys.argv[1]))\n"
    )
    environ = {"VISUAL": f"{sys.executable} {editor}"}
    shown, _ = at_a_terminal(folder, ["review", "--search", "cups"], ["e", "q"], environ)
    assert "that is +8 on" in " ".join(shown.split())


def test_what_the_editor_broke_is_said(folder: Path) -> None:
    editor = folder / "edit.py"
    editor.write_text(
        "t = open('claims.yaml').read()\nopen('claims.yaml', 'w').write(t.replace(' claim: A', ' clam: A'))\n"
    )
    environ = {"VISUAL": f"{sys.executable} {editor}", "COLUMNS": "200"}
    shown, _ = at_a_terminal(folder, ["review"], ["e", "s", "s"], environ)
    assert "ledger: cups: claims.yaml:9: " in shown and "; it is passed over" in shown


def test_nobody_to_ask_is_said(run: Runner) -> None:
    ran = run("review", ledger=LEDGER)
    assert (ran.status, ran.out) == (2, "") and "review asks, and nobody can be asked here" in ran.err
