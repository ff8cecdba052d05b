"""Any ledger in any style, any edits: the data are as asked, every other line is as it was.

`FUZZ_EXAMPLES` sets how many ledgers are tried.
"""

from __future__ import annotations

import copy
import os
from typing import Any

import pytest
import yaml
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ledger.edit.changes import Addition, Append, Edit, Set, edit
from ledger.edit.scalars import Plain
from ledger.errors import RefusedError, UnreadableError
from ledger.files import Disk
from ledger.load.assembly import Given, load
from ledger.model import Ledger

from .styles import TEXTS, ledgers

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
_LONG = settings(max_examples=EXAMPLES, derandomize="FUZZ_EXAMPLES" not in os.environ)


def _data(text: str) -> Any:
    """What another reader makes of the text: everything as written, by the pure parser where it can."""
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:  # a tab before a comment
        return yaml.load(text, Loader=yaml.CBaseLoader)


def _load(text: str) -> Ledger:
    return load(Disk(), [Given("ledger.yaml", text.encode())])


_RESOLUTIONS = st.fixed_dictionaries(
    {"outcome": st.sampled_from(["true", "partly"]).map(Plain), "judged": st.just(Plain("2026-05-06"))},
    optional={
        "value": st.just(Plain("-1.5")),
        "evidence": st.lists(
            st.fixed_dictionaries({"url": st.just("https://example.org/x")}, optional={"says": TEXTS}), min_size=1
        ),
        "note": TEXTS,
    },
)
_COMMANDS = st.one_of(
    st.tuples(st.just("touch"), st.integers(1, 28).map(lambda day: Plain(f"2026-07-{day:02d}"))),
    st.tuples(st.just("resolve"), _RESOLUTIONS),
    st.tuples(st.just("topic"), st.sampled_from(["tea", "cake"])),
    st.tuples(
        st.sampled_from(["add", "add before"]),
        st.fixed_dictionaries(
            {"claim": TEXTS, "speaker": st.just("ann"), "said": st.just(Plain("2026"))},
            optional={
                "topics": st.just(["tea", "cake"]),
                "deadline": st.just(Plain("2030s")),
                "quantity": st.just({"at_least": Plain("5"), "unit": "cups"}),
                "criteria": TEXTS,
            },
        ),
    ),
)


def _asked(data: Any, at: int, command: str, value: Any) -> Any:
    """The data as they should be afterwards."""
    data = copy.deepcopy(data)
    claims = data["claims"]
    if command == "touch":
        claims[at]["checked"] = value
    elif command == "resolve":
        claims[at]["resolutions"] = [*(claims[at].get("resolutions") or []), value]
    elif command == "topic":
        claims[at]["topics"] = [*(claims[at].get("topics") or []), value]
    else:
        claims.insert(at + (command == "add"), value)
    return data


def _changed_lines(before: str, after: str) -> list[str]:
    """The lines of the old text that are not in the new one, the new ones being in one place."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        top += 1
    bottom = 0
    while bottom < min(len(old), len(new)) - top and old[-1 - bottom] == new[-1 - bottom]:
        bottom += 1
    return old[top : len(old) - bottom]


def _may_change(line: str, command: str, text: str) -> bool:
    if not line.endswith("\n") and text.endswith(line):
        return True  # the last line without a line end
    if command == "touch":
        return True  # the old value, which may run over several lines
    return "[" in line or "{" in line or "}" in line or "]" in line


@_LONG
@given(ledgers(), st.lists(st.tuples(st.integers(0, 9), _COMMANDS), min_size=1, max_size=3))
def test_edits_change_what_was_asked_and_nothing_else(text: str, commands: list[tuple[int, tuple[str, Any]]]) -> None:
    try:
        before = _data(text)
    except yaml.YAMLError:
        assume(False)
    for number, (which, (command, value)) in enumerate(commands):
        try:
            ledger = _load(text)
        except UnreadableError:
            assume(False)
        assume(ledger.claims)
        at = which % len(ledger.claims)
        spot = ledger.spots[at]
        index = [claim["id"] for claim in before["claims"]].index(ledger.claims[at].id)
        value = {"id": f"new{number}", **value} if command.startswith("add") else value
        asked: Edit | Addition
        if command == "touch":
            asked = Edit(spot, (Set("checked", value),))
        elif command in ("resolve", "topic"):
            asked = Edit(spot, (Append("resolutions" if command == "resolve" else "topics", value),))
        else:
            asked = Addition(value, spot, before=command == "add before")
        try:
            edited = edit(text, "ledger.yaml", ledger.spots, [asked])
        except RefusedError as refused:
            event(f"refused: {refused.message.split(': ', 1)[-1][:60]}")
            continue
        event("edited")
        after = _data(edited.text)
        assert after == _asked(before, index, command, value)
        assert all(_may_change(line, command, text) for line in _changed_lines(text, edited.text))
        assert ("\r\n" in edited.text) == ("\r\n" in text) or "\n" not in text
        if text.endswith("\n"):
            assert edited.text.endswith("\n")
        text, before = edited.text, after


@settings(max_examples=EXAMPLES)
@given(ledgers())
def test_what_is_refused_stays_rare(text: str) -> None:
    """A sequence of judgements is refused for the end of the file alone."""
    try:
        ledger = _load(text)
    except UnreadableError:
        assume(False)
    resolution = {"outcome": Plain("true"), "judged": Plain("2026-05-06"), "note": "Seen."}
    for spot in ledger.spots:
        try:
            edit(text, "ledger.yaml", ledger.spots, [Edit(spot, (Append("resolutions", resolution),))])
        except RefusedError as refused:
            if text.endswith("\n"):
                pytest.fail(f"{refused.message}\n{text}")
