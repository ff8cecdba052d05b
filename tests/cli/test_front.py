"""Lines that are read without Typer mean what Typer would have read, and other lines are left to it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.cli import certain
from ledger.cli.declare import Command, Parameter
from ledger.cli.lazy import _build
from ledger.cli.options import Option
from ledger.cli.shared import Shared

COMMANDS = {name: certain._command(name) for name in sorted(certain.HOT)}
VALUES = st.sampled_from(["a", "a,b", "3", "0", "007", "-3", "", "x=y", "-", "1e3", "--", "-n", "--help", "2026-11-22"])


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A command's name, and words for it: mostly its own options, mostly with values."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    options = [one for one in COMMANDS[name].parameters if isinstance(one.of, Option)]
    words: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        one = draw(st.sampled_from(options))
        assert isinstance(one.of, Option)
        flag = draw(st.sampled_from(one.of.flags))
        if one.base is bool:
            words.append(flag)
        elif draw(st.booleans()) and flag.startswith("--"):
            words.append(f"{flag}={draw(VALUES)}")
        else:
            words += [flag, draw(VALUES)]
    if draw(st.booleans()):
        words.insert(draw(st.integers(0, len(words))), draw(VALUES))
    return name, words


def by_typer(name: str, command: Command, words: list[str]) -> dict[str, Any] | None:
    """The values that Typer hands to the command; None where it ends in a help or an error."""
    found: list[dict[str, Any]] = []

    class Recorded(Command):
        def __call__(self, before: Shared, values: dict[str, Any]) -> None:
            found.append(values)

    built = _build(name, Recorded(*command), "", f"ledger {name}")
    try:
        built.main(words, standalone_mode=False)
    except BaseException:
        return None
    return found[0] if found else None


def plain(parameters: tuple[Parameter, ...], values: dict[str, Any]) -> dict[str, Any]:
    """Values as the command takes them: no list is as good as an empty one."""
    return {one.name: values.get(one.name) or None for one in parameters}


@given(lines())
@settings(max_examples=400, deadline=None)
def test_both_ways_the_command_gets_the_same_values(line: tuple[str, list[str]]) -> None:
    name, words = line
    quick = certain.line([name, *words])
    if quick is not None:
        slow = by_typer(name, COMMANDS[name], words)
        assert slow is not None
        assert plain(quick.command.parameters, quick.values) == plain(quick.command.parameters, slow)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["list", "--help"],
        ["list", "-h"],
        ["list", "optimus"],
        ["list", "--topc", "x"],
        ["list", "--topic"],
        ["list", "-n5"],
        ["show"],
        ["add"],
        ["--as-of", "2026", "--as-of", "2027", "list"],
        ["list", "--", "x"],
    ],
)
def test_what_is_not_certain_is_left_to_typer(words: list[str]) -> None:
    assert certain.line(words) is None


def test_words_of_a_command_that_writes_stand_by_their_place() -> None:
    both = certain.line(["revise", "half", "It is more.", "--deadline", "2031", "--no-input"])
    assert both is not None
    assert (both.values["revised"], both.values["claim"]) == ("half", "It is more.")
    assert certain.line(["revise", "half"]) is None
    several = certain.line(["resolve", "half", "whole", "false", "--note", "as seen"])
    assert several is not None
    assert several.values["words"] == ["half", "whole", "false"]


def test_what_is_certain_is_read_without_typer() -> None:
    line = certain.line(["-f", "a.yaml", "--as-of=2026", "list", "-t", "x", "--topic=y", "-n", "3", "--fail-if-any"])
    assert line is not None
    assert line.before == Shared(("a.yaml",), "2026")
    assert (line.values["topics"], line.values["limit"], line.values["fail_if_any"]) == (["x", "y"], ["3"], True)


@pytest.mark.parametrize("words", [["--version"], ["list", "-f", "claims.yaml"], ["topics", "-f", "claims.yaml"]])
def test_a_certain_line_imports_no_typer(words: list[str], tmp_path: Any) -> None:
    (tmp_path / "claims.yaml").write_text("ledger: 1\n")
    code = (
        "import sys; sys.argv[:] = ['ledger', *sys.argv[1:]]\nfrom ledger.cli import main\n"
        "try: main()\nexcept SystemExit: pass\nprint('typer' in sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path
    )
    assert ran.stderr.split()[-1] == "False"


@pytest.mark.parametrize(
    ("words", "before", "end"),
    [
        (["--version"], "", "ledger 0.1.0\n"),
        (["list", "-f", "claims.yaml", "--fail-if-none"], "", ""),
        (["--version"], "import threading", "ledger 0.1.0\ntaken apart\n"),
        (
            ["--version"],
            "import atexit; atexit.register(print, 'at the end')",
            "ledger 0.1.0\nat the end\ntaken apart\n",
        ),
    ],
)
def test_the_program_ends_at_once_unless_something_waits_for_its_end(
    words: list[str], before: str, end: str, tmp_path: Any
) -> None:
    (tmp_path / "claims.yaml").write_text("ledger: 1\n")
    code = (
        f"import sys; sys.argv[:] = ['ledger', *sys.argv[1:]]; {before}\nfrom ledger.cli import program\n"
        "class Late:\n  def __del__(self, print=print): print('taken apart')\n"
        "late = Late()\nprogram()"
    )
    command = [sys.executable, "-S", "-c", code, *words]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path, env=paths)
    assert (ran.stdout, ran.stderr, ran.returncode) == (end, "", int("--fail-if-none" in words))
