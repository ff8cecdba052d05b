"""Problems accepted in place: where a comment is one, what it accepts, and what an idle one says."""

from __future__ import annotations

import pytest

from ledger.loading.ignores import ignores
from ledger.problems import CODES, Place
from ledger.results.check_settings import Settings
from support.example_ledgers import CLAIM, HEAD, found, lacking, read, run

WHY = "ledger: ignore[overdue] the report is late"


def claims(deadline: str, rest: str = "") -> str:
    return HEAD + CLAIM + f"    deadline: {deadline}\n{rest}"


def test_a_comment_accepts_a_problem_on_its_line() -> None:
    result = run(read(claims(f"2025  # {WHY}")), "overdue", "unused")
    assert result.problems == ()
    assert result.accepted == 1


@pytest.mark.parametrize(
    ("comment", "message", "hint"),
    [
        ("ledger: ignore[overdue]", "an ignore without a reason accepts nothing", "say why:"),
        ("ledger: ignore because", "this ignore names no code", "write it as"),
        ("ledger: ignore[] because", "this ignore names no code", "write it as"),
        ("ledger: ignore[overdu] because", "this ignore names overdu, which is no code", "did you mean overdue?"),
        ("ledger: ignore[straddles] because", "this ignore accepts nothing: no straddles here", "remove it"),
        ("ledger: ignore[goalpost-moved] because", "goalpost-moved cannot be accepted by a comment", "only by"),
    ],
)
def test_an_ignore_that_accepts_nothing_is_unused(comment: str, message: str, hint: str) -> None:
    problems = run(read(claims(f"2025  # {comment}"))).problems
    assert [p.code for p in problems] == ["overdue", "unused"]
    assert problems[1].message == message
    assert (problems[1].hint or "").startswith(hint)
    assert problems[1].place[1:] == (11, 21)


def test_several_codes_and_an_ignore_of_its_own() -> None:
    both = claims("2024  # ledger: ignore[overdue, said-after-deadline] known")
    assert found(read(both)) == []
    one = claims("2025  # ledger: ignore[overdue,straddles] known")
    assert found(read(one)) == ["11:21 unused this ignore accepts nothing: no straddles here"]
    head = HEAD.replace("claims:", "topics:\n  snow: winters # ledger: ignore[unused] for later\nclaims:")
    assert found(read(head + CLAIM + "    deadline: none\n")) == []


def test_comments_are_not_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """10,000 claims accepted in place took a minute: each comment looked through all that were used."""
    compared = []

    def equal(one: Place, other: object) -> bool:
        compared.append(1)
        return tuple.__eq__(one, other)

    text = claims(
        f"2025  # {WHY}",
        "".join(CLAIM.replace("rain", f"c{n}", 1) + f"    deadline: 2025  # {WHY}\n" for n in range(200)),
    )
    ledger = read(text)
    monkeypatch.setattr(Place, "__eq__", equal)
    result = run(ledger, "overdue", "unused")
    assert (result.problems, result.accepted) == ((), 201)
    assert len(compared) < 2_000


def test_a_comment_on_a_line_of_its_own_is_for_no_line() -> None:
    text = claims("2025").replace("    deadline", f"    # {WHY}\n    deadline")
    assert found(read(text)) == [
        "11:5 unused this ignore accepts nothing: no overdue here",
        "12:15 overdue the deadline 2025 has been over for 181 days, and nobody has judged",
    ]


def test_codes_that_were_not_looked_for_are_not_idle() -> None:
    text = claims("2027  # ledger: ignore[quote-not-in-document] a slip of the printer")
    assert found(read(text)) == []
    assert found(read(text), "unused", "overdue") == []


def test_a_goalpost_that_moved_cannot_be_accepted_by_a_comment() -> None:
    base = read(claims("2027"))
    ledger = read(claims("2028  # ledger: ignore[goalpost-moved] nothing to see here"))
    assert [p.code for p in run(ledger, base=base, settings=Settings(ignore=lacking())).problems] == [
        "goalpost-moved",
        "unused",
    ]
    ignoring = Settings(ignore=frozenset(["goalpost-moved", *lacking()]))
    assert [p.code for p in run(ledger, base=base, settings=ignoring).problems] == ["unused"]


IN_SCALARS = """\
    note: "x # ledger: ignore[overdue] in double quotes"
    criteria: |
      # ledger: ignore[overdue] in a block
    condition: 'a
      # ledger: ignore[overdue] in single quotes
      b'
    deadline_words: in#ledger:ignore[overdue] a word
"""
COMMENTS = """\
    note: >-  # ledger: ignore[a] behind the header of a block
      text
      # ledger: ignore[no] in the block
    # ledger: ignore[b] behind the block
    condition: plain
      goes on # ledger: ignore[c] ends it
    topics: [ # ledger: ignore[d] in brackets
      ]
    quote: 'x' # ledger: ignore[e] behind quotes
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("cut", [True, False])
def test_only_comments_are_comments(end: str, cut: bool) -> None:
    head = HEAD if cut else HEAD.replace("claims:", '"claims":')
    base = head + CLAIM.replace("    criteria: The weather service reports rain.\n", "") + "    deadline: 2025\n"
    ledger = read((base + IN_SCALARS).replace("\n", end))
    assert (ledger.spots[0].start >= 0) is cut
    assert ignores(ledger.texts, ledger.spots) == []
    assert [p.code for p in run(ledger).problems] == ["overdue"]
    ledger = read((base + COMMENTS).replace("\n", end))
    comments = ignores(ledger.texts, ledger.spots)
    assert [comment.codes for comment in comments] == [("a",), ("b",), ("c",), ("d",), ("e",)]
    assert [comment.alone for comment in comments] == [False, True, False, False, False]
    assert comments[0].reason == "behind the header of a block"


def test_a_claim_that_cannot_be_read_has_no_comments_and_hides_none() -> None:
    text = claims("2025", '    note: "open # ledger: ignore[syntax] hidden\n') + CLAIM.replace("rain", "snow")
    text += f"    deadline: 2025 # {WHY}\n"
    assert [p.code for p in run(read(text)).problems] == ["syntax"]


def test_every_code_is_one_a_comment_can_name() -> None:
    assert all(code == code.lower() and "," not in code and "]" not in code for code in CODES)
