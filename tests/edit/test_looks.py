"""New lines look like their neighbours: (before, edit, after), each as a whole."""

from __future__ import annotations

import pytest

from ledger.edit.changes import Addition, Append, Edit, edit
from ledger.edit.scalars import Plain, fits_plain, one_line, reads_as_text
from support.hard_files import FILES, HEAD

from .test_hard_files import RESOLUTION, asked, ledger_of

ADDED = {
    "wide dashes": """\
        resolutions:
            -   outcome: true
                judged: 2026-11-22
                value: 12
                evidence:
                    -   url: https://example.org/x#y
                        says: "It did: 12 cups."
                note: "yes"
""",
    "indentless": """\
  resolutions:
  - outcome: true
    judged: 2026-11-22
    value: 12
    evidence:
    - url: https://example.org/x#y
      says: "It did: 12 cups."
    note: "yes"
""",
    "quoted keys": """\
    "resolutions":
      - "outcome": true
        "judged": 2026-11-22
        "value": 12
        "evidence":
          - "url": https://example.org/x#y
            "says": 'It did: 12 cups.'
        "note": 'yes'
""",
    "empty list below its key": """\
      - outcome: true
        judged: 2026-11-22
        value: 12
        evidence:
          - url: https://example.org/x#y
            says: "It did: 12 cups."
        note: "yes"
""",
}


@pytest.mark.parametrize("name", ADDED)
def test_a_judgement_looks_like_its_file(name: str) -> None:
    text, ledger = ledger_of(FILES[name])
    edited = edit(text, "claims.yaml", ledger.spots, [asked("resolve", ledger, 0)])
    assert (
        edited.text
        == text.replace(ADDED[name], "")[: _at(text, edited.text)] + ADDED[name] + text[_at(text, edited.text) :]
    )


def _at(text: str, edited: str) -> int:
    """Where the texts part, at the beginning of a line."""
    same = next(at for at, (a, b) in enumerate(zip(text, edited, strict=False)) if a != b)
    return text.rfind("\n", 0, same) + 1


def _comments() -> tuple[str, str]:
    text, ledger = ledger_of(FILES["comments everywhere"])
    record = {"id": "new", "claim": "More."}
    edits = [asked("resolve", ledger, 0), asked("resolve", ledger, 1), Addition(record, ledger.spots[0])]
    return text, edit(text, "claims.yaml", ledger.spots, edits).text


def test_comments_stay_with_what_they_are_about() -> None:
    _, edited = _comments()
    assert (
        edited.split("claims:  # the claims\n")[1].split("    # checked by hand")[0]
        == """\
  # section one

  - id: a  # the first
    # inside
    claim: Tea is served.
    speaker: ann
    said: 2024   # a year
    source: post
    deadline: 2025    # as said
    # at the end of a
    resolutions:
      - outcome: true
        judged: 2026-11-22
        value: 12
        evidence:
          - url: https://example.org/x#y
            says: "It did: 12 cups."
        note: "yes"

  - id: new
    claim: More.

  # section two

  # just above b
  - id: b
    claim: Cake is served.
    speaker: ann
    said: 2024
    source: post
    deadline: 2025
"""
    )


LONG = (
    "A sentence that goes on for so long that it has to be wrapped where the lines of its neighbours are wrapped too."
)
NEIGHBOUR = (
    "The neighbour is quite long too and runs over several lines, which shows how such a text is written in this file."
)


def _claims(note: str) -> str:
    claim = "claim: c\n    speaker: ann\n    said: 2024\n    source: post\n    deadline: 2025\n"
    return f"{HEAD}claims:\n  - id: a\n    {claim}  - id: b\n    {claim}    note: {note}\n"


@pytest.mark.parametrize(
    ("note", "written"),
    [
        (
            ">-\n      The neighbour is quite long too and runs over several lines, which\n"
            "      shows how it is written.",
            "note: >-\n"
            "          A sentence that goes on for so long that it has to be wrapped where\n"
            "          the lines of its neighbours are wrapped too.\n",
        ),
        (
            "The neighbour is quite long too and runs over several lines,\n      which shows how it is written.",
            "note: A sentence that goes on for so long that it has to be wrapped\n"
            "          where the lines of its neighbours are wrapped too.\n",
        ),
        (
            "'The neighbour is quite long too and runs over several lines,\n      which shows how it is written.'",
            "note: 'A sentence that goes on for so long that it has to be wrapped\n"
            "          where the lines of its neighbours are wrapped too.'\n",
        ),
        (f"{NEIGHBOUR} {NEIGHBOUR}", f"note: {LONG}\n"),
    ],
    ids=["folded", "plain", "quoted", "unwrapped"],
)
def test_long_texts_are_wrapped_as_their_neighbours_are(note: str, written: str) -> None:
    text, ledger = ledger_of(_claims(note))
    record = {"outcome": Plain("true"), "judged": Plain("2026-11-22"), "note": LONG}
    edited = edit(text, "claims.yaml", ledger.spots, [Edit(ledger.spots[0], (Append("resolutions", record),))])
    assert written in edited.text


_TYPED = (
    "y Y n N ~ = << yes No ON off null Null true False 1 -1 +1 0 007 0o7 0x1F 0b1 1_000 1.5 .5 1. 1e3 1E-3 .inf -.Inf"
)
_TYPED_TOO = ".NaN 12:30 1:2:3 190:20:30.15 2026-01-02 2026-1-2 2026-01-02T03:04:05Z"


@pytest.mark.parametrize("text", [*_TYPED.split(), *_TYPED_TOO.split(), "2026-01-02 03:04", ""])
def test_what_any_reader_takes_for_something_else_is_quoted(text: str) -> None:
    assert not reads_as_text(text)
    assert one_line(text) == f'"{text}"'
    assert one_line(text, mark="'") == f"'{text}'"
    assert one_line(Plain(text)) == text


@pytest.mark.parametrize(
    "text", ["a", "a b", "yes, it is", "2026 was it", "1,200", "it's", 'so "it" is', "a#b", "a:b", "-a", "50%", "é漢🍵"]
)
def test_plain_words_stand_without_quotes(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "a:",
        "a #b",
        "#a",
        "- a",
        "-",
        "? a",
        "[a",
        "{a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        " a",
        "a ",
        "'a",
        '"a',
        "---",
        "a\tb",
        "a\x85b",
        "\ufeffa",
        "\u00a0",
    ],
)
def test_what_means_something_to_yaml_is_quoted(text: str) -> None:
    assert not fits_plain(text)
    assert one_line(text)[0] in "\"'"


def test_text_with_quotes_is_escaped_as_little_as_may_be() -> None:
    assert one_line('say: "so"') == "'say: \"so\"'"
    assert one_line('it\'s: "so"') == '"it\'s: \\"so\\""'
    assert one_line("it's: so", mark="'") == "'it''s: so'"
    assert one_line("a\x1bb\u2028c\nd\U0001f375: e") == '"a\\x1bb\\Lc\\nd\U0001f375: e"'


def test_the_places_of_new_keys_follow_the_format() -> None:
    text, ledger = ledger_of(FILES["plain"])
    edited = edit(text, "claims.yaml", ledger.spots, [asked("topic", ledger, 1)]).text
    assert "    source: post\n    topics: [tea]\n    deadline: 2025\n    checked" in edited
    edited = edit(text, "claims.yaml", ledger.spots, [asked("touch", ledger, 0)]).text
    assert "    deadline: 2025\n    checked: 2026-11-22\n\n  - id: b" in edited


def test_brackets_grow_as_they_are_laid_out() -> None:
    text, ledger = ledger_of(FILES["all in brackets"])
    edited = edit(text, "claims.yaml", ledger.spots, [Addition({"id": "new", "claim": "A, b."}, ledger.spots[1])]).text
    assert edited.endswith('None was.}]},\n  {id: new, claim: "A, b."},\n]\n')
    assert RESOLUTION["note"] == "yes"
