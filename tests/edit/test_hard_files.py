"""Every command on every hard file: the data change as asked, and no line that need not."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ledger.edit.changes import Addition, Append, Edit, Set, edit
from ledger.edit.scalars import Plain
from ledger.errors import RefusedError
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.loading.reading import decode
from ledger.model import Ledger
from support.hard_files import FILES, HEAD, PLAIN
from support.oracle import data_of, gone

RESOLUTION = {
    "outcome": Plain("true"),
    "judged": Plain("2026-11-22"),
    "value": Plain("12"),
    "evidence": [{"url": "https://example.org/x#y", "says": "It did: 12 cups."}],
    "note": "yes",
}
RECORD = {
    "id": "new",
    "claim": 'It\'s "new": 12:30.',
    "speaker": "ann",
    "said": Plain("2026"),
    "topics": ["tea"],
    "deadline": Plain("none"),
    "quantity": {"at_least": Plain("5"), "range": [Plain("5"), Plain("6")], "unit": "cups"},
}
COMMANDS = ("resolve", "touch", "topic", "add", "add before")
# Where a value stands in brackets, or is replaced, its line changes; so does a last line without a line end.
CHANGING = ("[", "{", "}", "]", "checked", "2025-02-03")


def ledger_of(text: str) -> tuple[str, Ledger]:
    ledger = load(Disk(), [GivenText("claims.yaml", text.encode())])
    return decode(text.encode(), "claims.yaml"), ledger


def asked(command: str, ledger: Ledger, at: int) -> Edit | Addition:
    spot = ledger.spots[at]
    if command == "resolve":
        return Edit(spot, (Append("resolutions", RESOLUTION),))
    if command == "touch":
        return Edit(spot, (Set("checked", Plain("2026-11-22")),))
    if command == "topic":
        return Edit(spot, (Append("topics", "tea"),))
    return Addition(RECORD, spot, before=command == "add before")


def expected(command: str, data: Any, at: int) -> Any:
    data = copy.deepcopy(data)
    claim = data["claims"][at]
    if command == "resolve":
        claim["resolutions"] = [*(claim.get("resolutions") or []), RESOLUTION]
    elif command == "touch":
        claim["checked"] = "2026-11-22"
    elif command == "topic":
        claim["topics"] = [*(claim.get("topics") or []), "tea"]
    else:
        data["claims"].insert(at + (command == "add"), RECORD)
    return data


@pytest.mark.parametrize("at", [0, 1], ids=["a", "b"])
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_hard_files(name: str, command: str, at: int) -> None:
    text, ledger = ledger_of(FILES[name])
    assert [claim.id for claim in ledger.claims] == ["a", "b"]
    edited = edit(text, "claims.yaml", ledger.spots, [asked(command, ledger, at)])
    assert data_of(edited.text) == expected(command, data_of(text), at)
    end = "\n" if "\n" in text else "\r"
    lost = gone(text, edited.text)
    last = text.split(end)[-1]
    assert all(line == last or any(sign in line for sign in CHANGING) for line in lost), lost
    assert len(lost) <= 2
    assert edited.text.endswith(end) or not text.endswith(end)
    assert edited.text.count("\r\n") == edited.text.count("\n") or "\r\n" not in text
    _, after = ledger_of(edited.text)
    assert {found.message for found in after.problems} <= {found.message for found in ledger.problems} | {
        "a claim needs source"  # which the record has not
    }


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_the_edit_begins_on_the_line_that_is_told(name: str, command: str) -> None:
    text, ledger = ledger_of(FILES[name])
    if "\n" not in text:
        return
    edited = edit(text, "claims.yaml", ledger.spots, [asked(command, ledger, 1)])
    line = edited.text.split("\n")[edited.lines[0] - 1]
    first = {"resolve": "outcome", "touch": "checked", "topic": "topics", "add": "new", "add before": "new"}[command]
    above = edited.text.split("\n")[edited.lines[0] - 2]
    assert first in line or "resolutions" in line or "- tea" in line or first in above or "2026-11-22" in line


# --- refused ---------------------------------------------------------------------------------------------------


def refusal(text: str, command: str = "resolve", at: int = 0) -> str:
    text, ledger = ledger_of(text)
    with pytest.raises(RefusedError) as caught:
        edit(text, "claims.yaml", ledger.spots, [asked(command, ledger, at)])
    return caught.value.message


def test_a_claim_with_an_anchor_is_refused() -> None:
    text = PLAIN.replace("topics: [tea]", "topics: &t [tea]")
    assert refusal(text) == "claims.yaml:11: the anchor &t stands in this claim, which then does not read alone"
    _, ledger = ledger_of(text)
    edit(text, "claims.yaml", ledger.spots, [asked("resolve", ledger, 1)])  # the other one is not touched by it


def test_a_key_that_stands_twice_is_refused() -> None:
    text = PLAIN.replace("    topics: [tea]\n", "    checked: 2025-01-01\n    checked: 2025-01-02\n")
    assert refusal(text, "touch") == "claims.yaml:12: checked stands twice here"


def test_a_value_of_another_kind_is_refused() -> None:
    text = PLAIN.replace("topics: [tea]", "resolutions: none")
    _, ledger = ledger_of(text)
    spot = ledger.spots[0]._replace(start=text.index("  - id: a"), end=text.index("  - id: b"), line=6)
    with pytest.raises(RefusedError, match=r"claims\.yaml:11: resolutions is not a list here"):
        edit(text, "claims.yaml", [spot], [Edit(spot, (Append("resolutions", RESOLUTION),))])


def test_an_open_block_at_the_end_of_the_file_is_refused_where_a_line_end_would_join_it() -> None:
    text = PLAIN + "        note: |\n          None"
    assert refusal(text, at=1).startswith("claims.yaml:28: no way was found")
    text, ledger = ledger_of(text)
    edited = edit(text, "claims.yaml", ledger.spots, [asked("touch", ledger, 1)])  # above it, all is well
    assert edited.text.endswith("          None")


def test_blank_lines_that_a_text_keeps_stay_in_it() -> None:
    text, ledger = ledger_of(PLAIN + "        note: |+\n          None.\n\n\n")
    edited = edit(text, "claims.yaml", ledger.spots, [asked("add", ledger, 1)])
    assert data_of(edited.text)["claims"][1]["resolutions"][0]["note"] == "None.\n\n\n"


def test_a_new_text_does_not_take_blank_lines_below_for_its_own() -> None:
    """Spaces below the last claim would be more text of a literal block that ends it."""
    text, ledger = ledger_of(PLAIN.replace(HEAD, "ledger: 1\n") + " " * 20 + "\n" + HEAD.replace("ledger: 1\n", ""))
    record = {"id": "new", "claim": "One.\nTwo.", "speaker": "ann", "said": Plain("2026")}
    edited = edit(text, "claims.yaml", ledger.spots, [Addition(record, ledger.spots[1])])
    assert data_of(edited.text)["claims"][2] == record


# --- several edits in one go -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_several_edits_are_the_same_as_one_after_the_other(name: str) -> None:
    text, ledger = ledger_of(FILES[name])
    both = [asked("resolve", ledger, 1), asked("touch", ledger, 0), asked("resolve", ledger, 0)]
    together = edit(text, "claims.yaml", ledger.spots, both)
    one = text
    for command, at in (("resolve", 1), ("touch", 0), ("resolve", 0)):
        one, ledger = ledger_of(one)
        one = edit(one, "claims.yaml", ledger.spots, [asked(command, ledger, at)]).text
    assert data_of(together.text) == data_of(one)
    applied = text
    for patch in reversed(together.patches):
        applied = applied[: patch.start] + patch.text + applied[patch.end :]
    assert applied == together.text


def test_a_first_claim() -> None:
    for empty in ("", "claims:\n", "claims: []\n", "claims: # none yet\n", "claims:\n  # none yet\n"):
        text, ledger = ledger_of(HEAD + empty)
        edited = edit(text, "claims.yaml", ledger.spots, [Addition({"id": "new", "claim": "So: it is."}, None)])
        assert edited.text.startswith(HEAD)
        assert edited.text.endswith('  - id: new\n    claim: "So: it is."\n')
        assert data_of(edited.text)["claims"] == [{"id": "new", "claim": "So: it is."}]
