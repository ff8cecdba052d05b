"""Any ledger in any style, any edits: the data are as asked, every other line is as it was.

`FUZZ_EXAMPLES` sets how many ledgers are tried.
"""

from __future__ import annotations

import copy
import os
from random import Random
from typing import Any

import yaml
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ledger.edit.changes import Addition, Append, Edit, Set, edit
from ledger.edit.scalars import Plain
from ledger.errors import RefusedError
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import Ledger, Spot
from support.oracle import data_by_the_pure_parser, data_of, gone
from support.styles import some_ledger, some_text

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
_FUZZ = settings(max_examples=EXAMPLES, derandomize="FUZZ_EXAMPLES" not in os.environ)
_RANDOMS = st.randoms(use_true_random=True)


def _load(text: str) -> Ledger:
    return load(Disk(), [GivenText("ledger.yaml", text.encode())])


def _resolution(rng: Random) -> dict[str, Any]:
    record: dict[str, Any] = {"outcome": Plain(rng.choice(("true", "partly"))), "judged": Plain("2026-05-06")}
    if rng.random() < 0.3:
        record["value"] = Plain("-1.5")
    if rng.random() < 0.5:
        record["evidence"] = [{"url": "https://example.org/x", "says": some_text(rng)}]
    if rng.random() < 0.5:
        record["note"] = some_text(rng)
    return record


def _record(rng: Random, name: str) -> dict[str, Any]:
    record: dict[str, Any] = {"id": name, "claim": some_text(rng), "speaker": "ann", "said": Plain("2026")}
    optional = {
        "topics": ["tea", "cake"],
        "deadline": Plain("2030s"),
        "quantity": {"at_least": Plain("5"), "range": [Plain("5"), Plain("6")], "unit": "cups"},
        "criteria": some_text(rng),
    }
    return record | {key: value for key, value in optional.items() if rng.random() < 0.6}


class _Asked:
    """One edit, and the data as they should be after it."""

    def __init__(self, rng: Random, spot: Spot, index: int, number: int) -> None:
        self.command = rng.choice(("touch", "resolve", "resolve", "topic", "add", "add before"))
        self.index = index
        self.edit: Edit | Addition
        if self.command == "touch":
            self.value: Any = Plain(f"2026-07-{rng.randint(1, 28):02d}")
            self.edit = Edit(spot, (Set("checked", self.value),))
        elif self.command == "topic":
            self.value = rng.choice(("tea", "cake"))
            self.edit = Edit(spot, (Append("topics", self.value),))
        elif self.command == "resolve":
            self.value = _resolution(rng)
            self.edit = Edit(spot, (Append("resolutions", self.value),))
        else:
            self.value = _record(rng, f"new{number}")
            self.edit = Addition(self.value, spot, before=self.command == "add before")

    def data(self, before: Any) -> Any:
        data = copy.deepcopy(before)
        claims = data["claims"]
        key = {"touch": "checked", "resolve": "resolutions", "topic": "topics"}.get(self.command)
        if self.command == "touch":
            claims[self.index]["checked"] = self.value
        elif key is not None:
            claims[self.index][key] = [*(claims[self.index].get(key) or []), self.value]
        else:
            claims.insert(self.index + (self.command == "add"), self.value)
        return data

    def may_change(self, line: str, text: str) -> bool:
        """Whether a line of the old text may go: a value that is replaced, or one that stands in brackets."""
        if text.endswith(line):
            return True  # the last line, without a line end
        return self.command == "touch" or any(bracket in line for bracket in "[]{}")


@_FUZZ
@given(_RANDOMS)
def test_edits_change_what_was_asked_and_nothing_else(rng: Random) -> None:
    text = some_ledger(rng)
    try:
        before = data_of(text)
    except yaml.YAMLError:
        assume(False)
    for number in range(3):
        ledger = _load(text)
        assume(ledger.claims)
        at = rng.randrange(len(ledger.claims))
        index = [claim["id"] for claim in before["claims"]].index(ledger.claims[at].id)
        asked = _Asked(rng, ledger.spots[at], index, number)
        try:
            edited = edit(text, "ledger.yaml", ledger.spots, [asked.edit]).text
        except RefusedError as refused:
            event(f"refused: {refused.message.split(': ', 1)[-1][:60]}")
            assert not text.endswith(("\n", "\r"))
            continue
        event("edited")
        after = data_of(edited)
        assert after == asked.data(before)
        if rng.randrange(20) == 0:
            assert data_by_the_pure_parser(edited) in (after, None)
        assert all(asked.may_change(line, text) for line in gone(text, edited))
        assert set(edited.replace("\r\n", "")) & set("\r\n") <= set(text.replace("\r\n", "")) & set("\r\n")
        text, before = edited, after
