"""Following one claim from content to content finds what reading each content anew finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.errors import UnreadableError
from ledger.history.trace import UNREADABLE, State, Trace
from ledger.loading import reading
from ledger.model import Claim
from support.repositories import claim, ledger

LINES = [
    "", "# a comment", "    # inside", "  # between", "claims:", "claims: []", "people: {joe: {name: Joe}}",
    "include: [a.yaml]", "  - a.yaml", "include:", "---", "...", "%YAML 1.2", "  - id: one", "  - id: ones",
    "  - id: two", "- id: one", "    id: one", "    claim: It happens.", "    note: see one", "    note: |",
    "      one", "      - id: one", '    note: "open', '    end"', "    note: [", "    ]", "    deadline: 2028",
    "    deadline: soon", "    kind: target", "\tnote: tab", "    note: caf\xe9 \u2014 one",
    "    note: a\u2028b", "    note: a\x85b", "topics:", "    note: &x one", "    note: *x", "title: one",
    "    see_also: [one]", "  -", "  - {id: one}", "   - id: one",
    "  kind: target", "    note: a\x85topics:", claim("one", deadline="2029"), claim("new", deadline="2030"),
]  # fmt: skip
FOUR = ledger(claim("zero"), claim("one", "note: here"), claim("two", "see_also: [one]"), claim("three"))
STARTS = [FOUR, FOUR.replace("claims:", "include: [b.yaml]\nclaims:"), FOUR + "title: The end\n"]
Edit = tuple[int, int, list[str | int]]
# Where, how many lines are dropped, and what is put there: lines, or copies of those so many lines below.
edits = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 3), st.lists(st.sampled_from(LINES) | st.integers(0, 9), max_size=3)),
    min_size=1,
    max_size=8,
)


def versions(found: list[Edit], text: str) -> list[bytes]:
    """The start, then one version an edit, each made from the one before; now and then back to the start."""
    contents = [text.encode()]
    lines = text.split("\n")
    for at, drop, put in found:
        start = at % (len(lines) + 1)
        copies = [line if isinstance(line, str) else lines[(start + line) % len(lines)] for line in put]
        lines[start : start + drop] = copies or ([] if len(lines) > 1 else [""])
        contents.append("\n".join(lines).encode())
    return [*contents, contents[0]]


def anew(content: bytes, name: str) -> State:
    return Trace(name).scan("", content).state


def whole(content: bytes, name: str) -> State:
    try:
        found = reading.read(reading.decode(content, ""), "")
    except UnreadableError:
        return UNREADABLE
    own = [entry.claim for entry in found.entries if entry.claim.id == name]
    if own:
        return own[0]
    return UNREADABLE if any(problem.claim == name for problem in found.sheet.found) else None


@settings(max_examples=250)
@given(edits, st.sampled_from(STARTS), st.sampled_from(["one", "two", "zero", "gone"]))
@example([(6, 0, ["  - id: ones"])], FOUR, "one")
@example([(4, 0, ["  - c.yaml"])], STARTS[1].replace("[b.yaml]", "\n  - b.yaml"), "one")
@example([(5, 0, [claim("new")]), (24, 1, ["    note: there"])], FOUR, "one")
@example([(5, 0, [0, 1, 2, 3, 4, 5]), (23, 1, ["    note: moved"])], FOUR, "one")
@example([(11, 0, ["  kind: target"])], FOUR, "two")
@example([(1, 0, ["people: {joe: {name: Joe}}", "# a comment", "topics:"]), (20, 1, ["    note: moved"])], FOUR, "one")
@example([(12, 0, [claim("new")] * 2), (13, 1, ["    note: moved"])], FOUR, "two")
def test_following_is_reading_anew(found: list[Edit], start: str, name: str) -> None:
    trace = Trace(name)
    for number, content in enumerate(versions(found, start)):
        scan = trace.scan(str(number), content)
        assert scan == Trace(name).scan("", content)


@settings(max_examples=120)
@given(edits, st.sampled_from(STARTS))
def test_a_claim_that_is_read_is_what_the_whole_file_says(found: list[Edit], start: str) -> None:
    for content in versions(found, start):
        state, expected = anew(content, "one"), whole(content, "one")
        assert state == expected or UNREADABLE in (state, expected)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_what_touches_the_claim_is_parsed(ending: str, mark: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    read = reading.read
    monkeypatch.setattr(reading, "read", lambda text, name: parsed.append(text) or read(text, name))
    names = [f"n{number:03d}" for number in range(200)]
    trace = Trace("n100")
    notes = dict.fromkeys(names, "old")
    for number, name in enumerate(names):
        notes[name] = "a note that is longer"
        text = ledger(*(claim(other, f"note: {notes[other]}") for other in names)).replace("Doe", f"Dö {number}")
        state = trace.scan(name, mark + text.replace("\n", ending).encode()).state
        assert isinstance(state, Claim) and state.note == ("a note that is longer" if number >= 100 else "old")
    assert len(parsed) == 2


def test_the_same_content_in_another_place_is_scanned_once() -> None:
    trace = Trace("one")
    scan = trace.scan("abc", FOUR.encode())
    assert trace.known("abc") is scan and trace.known("def") is None
