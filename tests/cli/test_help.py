"""ledger help: pages of reference, and the help of a command as its --help says it."""

from __future__ import annotations

import pytest

from .conftest import Runner


def test_a_page(run: Runner) -> None:
    assert run("help", "exit") == (
        "EXIT STATUS\n\n"
        "  0    fine; a closed pipe, too\n"
        "  1    findings: of check, and of --fail-if-any and --fail-if-none\n"
        "  2    wrong usage, or no such name\n"
        "  3    no ledger could be read or written at all\n"
        "  4    an edit was refused: it contradicts, adds an error, or the file moved\n"
        "       meanwhile\n"
        "  70   a bug in ledger; what is printed says what to report\n"
        "  130  left by Ctrl-C or Ctrl-D at a question\n",
        "",
        0,
    )


@pytest.mark.parametrize("words", [(), ("list",), ("ci", "init"), ("cache",)], ids=" ".join)
def test_the_help_of_a_command_is_what_it_says_itself(words: tuple[str, ...], run: Runner) -> None:
    assert run("help", *words, COLUMNS="80") == run(*words, "--help", COLUMNS="80")


def test_the_keys_of_the_file_are_explained_in_any_width(run: Runner) -> None:
    shown = run("help", "format", COLUMNS="60").out
    assert "  deadline_words        the deadline as said (text)\n" in shown
    assert "  archived          a copy that stays (address, https:// or\n                    http://)\n" in shown


def test_what_is_no_page(run: Runner) -> None:
    assert run("help", "formt") == ("", "ledger: no page and no command 'formt'\n  did you mean format?\n", 2)
    assert run("help", "\x1b[31m").err == "ledger: no page and no command '\\x1b[31m'\n  see ledger help\n"
