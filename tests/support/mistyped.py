"""The usual slips of hand editing, each put into one claim in the middle of a ledger."""

from __future__ import annotations

from typing import NamedTuple

HEAD = """\
ledger: 1
title: Slips
people:
  ann: {name: Ann}
topics:
  optimus: robots
  fsd: cars
sources:
  s-1: {title: A page, url: https://example.org}
claims:
"""
CLAIM = """\
  - id: claim-{number}
    claim: Tesla builds at least 50,000 robots.
    speaker: ann
    said: 2025-01-08
    source: s-1
    at: line 20
    quote: "between 50,000 and 100,000"
    wording: quoted
    kind: target
    topics: [optimus, fsd]
    deadline: 2026
    deadline_words: 'in 2026'
    quantity: {{at_least: 50000, unit: robots}}
    criteria: >-
      The report says how many
      were built.
    resolutions:
      - outcome: false
        judged: 2027-02-01
        evidence:
          - {{url: https://example.org/report, says: 'It says: 1,200'}}
        note: plainly missed
    note: what else is known
"""
CLAIMS = 45
FIRST_LINE = HEAD.count("\n") + 1
LINES = CLAIM.count("\n")


class Slip(NamedTuple):
    """A change of one claim's text: line of the slip in it (from 0), old and new text, words of the message."""

    name: str
    line: int
    old: str
    new: str
    says: str
    code: str = "syntax"


SLIPS = (
    Slip("unclosed double quote", 6, '100,000"', "100,000", "quotation mark is not closed"),
    Slip("unclosed double quote, others follow", 3, "2025-01-08", '"2025-01-08', "quotation mark is not closed"),
    Slip("unclosed single quote", 11, "2026'", "2026", "quotation mark is not closed"),
    Slip("unclosed single quote at the end", 22, "what else", "'what else", "quotation mark is not closed"),
    Slip("apostrophe at the beginning", 1, "Tesla builds", "'tis built", "quotation mark is not closed"),
    Slip("unescaped double quote", 6, "50,000 and", '"50,000" and', "goes on behind its closing quotation mark"),
    Slip("unescaped single quote", 11, "in 2026", "it's 2026", "goes on behind its closing quotation mark"),
    Slip("words behind the quote", 6, '100,000"', '100,000" robots', "goes on behind its closing quotation mark"),
    Slip("missing space behind a colon", 2, "speaker: ann", "speaker:ann", "space is missing behind speaker:"),
    Slip("missing space behind id:", 0, "id: claim", "id:claim", "space is missing behind id:"),
    Slip("missing space behind an address", 20, "{url: ", "{url:", "space is missing behind url:", "unknown-key"),
    Slip("missing space, nested", 18, "judged: ", "judged:", "space is missing behind judged:"),
    Slip("missing colon", 2, "speaker: ann", "speaker ann", "colon behind speaker is missing"),
    Slip("missing colon behind id", 0, "id: claim", "id claim", "colon behind id is missing"),
    Slip("missing colon on the last line", 22, "note: what", "note what", "colon behind note is missing"),
    Slip("doubled colon", 2, "speaker: ann", "speaker:: ann", "two colons behind speaker", "unknown-key"),
    Slip("stray dash in the column of the keys", 3, "    said", "    - said", "dash where a key should stand"),
    Slip("stray dash in the column of the dashes", 3, "    said", "  - said", "dash in the middle of a claim"),
    Slip("stray dash further in", 3, "    said", "      - said", "dash where a key should stand"),
    Slip("stray dash in the column of the keys, first", 1, "    claim", "    - claim", "dash where a key should"),
    Slip("lost dash", 0, "  - id", "    id", "dash of claim-22 is missing", "duplicate-key"),
    Slip("lost dash with its space", 0, "  - id", "  id", "dash before id is missing"),
    Slip("lost dash and indent", 0, "  - id", "id", "dash before id is missing"),
    Slip("lost line of the dash", 0, "  - id: claim-22\n", "", "begin again here", "duplicate-key"),
    Slip("lost id", 0, "  - id: claim-22\n    claim", "  - claim", "a claim needs id", "missing-key"),
    Slip("lost dash of a judgement", 17, "      - outcome", "        outcome", "resolutions is a list", "bad-value"),
    Slip("missing space behind a dash", 0, "- id", "-id", "space is missing behind the dash"),
    Slip("missing space behind a dash, nested", 17, "- outcome", "-outcome", "space is missing behind the dash"),
    Slip("one space too few", 2, "    speaker", "   speaker", "speaker stands 1 space too far left"),
    Slip("one space too few at the dash", 0, "  - id", " - id", "dash stands 1 space too far left"),
    Slip("one space too few, second line", 1, "    claim", "   claim", "claim stands 1 space too far left"),
    Slip("one space too few, nested", 18, "        judged", "       judged", "judged stands 1 space too far left"),
    Slip("one space too few, last line", 22, "    note", "   note", "note stands 1 space too far left"),
    Slip("one space too many", 2, "    speaker", "     speaker", "speaker stands 1 space too far right"),
    Slip("one space too many behind a quote", 7, "    wording", "     wording", "wording stands 1 space too far right"),
    Slip("one space too many behind a bracket", 10, "    deadline", "     deadline", "deadline stands 1 space too"),
    Slip("one space too many at the dash", 0, "  - id", "   - id", "dash stands 1 space too far right"),
    Slip("one space too many, second line", 1, "    claim", "     claim", "claim stands 1 space too far right"),
    Slip("one space too many, nested", 18, "        judged", "         judged", "judged stands 1 space too far"),
    Slip(
        "one space too many behind folded text",
        16,
        "    resolutions",
        "     resolutions",
        "stands 1 space too far right",
    ),
    Slip("two spaces too many", 4, "    source", "      source", "source stands 2 spaces too far right"),
    Slip("no indent", 4, "    source", "source", "source stands 4 spaces too far left"),
    Slip("text without its indent", 15, "      were", "were", "a line that belongs to no key"),
    Slip("tab for the indent", 4, "    source", "\tsource", "tab where the text must be indented"),
    Slip("tab in the indent", 4, "    source", "   \tsource", "tab where the text must be indented"),
    Slip("tab, nested", 18, "        judged", "    \tjudged", "tab where the text must be indented"),
    Slip("unclosed [", 9, "fsd]", "fsd", "[ is not closed"),
    Slip("unclosed {", 12, "robots}", "robots", "{ is not closed"),
    Slip("unclosed { of evidence", 20, "1,200'}", "1,200'", "{ is not closed"),
    Slip("unopened ]", 9, "[optimus", "optimus", "topics is a list", "bad-value"),
    Slip("] too many", 9, "fsd]", "fsd]]", "] closes nothing"),
    Slip("text behind ]", 1, "Tesla", "[sic] Tesla", "text goes on behind the ]"),
    Slip("@ at the beginning", 1, "Tesla", "@tesla", "a text cannot begin with @"),
    Slip("% at the beginning", 22, "what", "% of what", "a text cannot begin with %"),
    Slip("backtick at the beginning", 22, "what", "`what`", "a text cannot begin with `"),
    Slip("> at the beginning", 22, "what", "> 50 of what", "a text cannot begin with >"),
    Slip("| at the beginning", 22, "what", "| what", "a text cannot begin with |"),
    Slip("* at the beginning", 22, "what", "*what* ", "alias", "yaml-feature"),
    Slip("& at the beginning", 22, "what else", "&co else", "anchor", "yaml-feature"),
    Slip("! at the beginning", 22, "what", "!what", "tag", "yaml-feature"),
    Slip("dash and space at the beginning", 1, "Tesla", "- Tesla", "a text cannot begin with - and a space"),
    Slip("? at the beginning", 1, "Tesla", "? Tesla", "a text cannot begin with ? and a space"),
    Slip("colon in plain text", 1, "Tesla builds", "Tesla: builds", "a colon and a space in a text without quotes"),
    Slip("colon at the end of plain text", 1, "robots.", "robots:", "a colon and a space in a text without quotes"),
    Slip("colon in the second line", 22, "known", "known\n      and: so", "a colon and a space in a text"),
    Slip("# at the beginning", 1, "Tesla builds", "# Tesla builds", "a claim needs claim", "missing-key"),
    Slip("# behind a space in brackets", 9, "fsd]", "fsd #]", "[ is not closed"),
    Slip("backslash in double quotes", 6, "between", "be\\tween \\d", "backslash"),
    Slip("key twice", 8, "kind: target", "kind: target\n    kind: target", "kind stands twice", "duplicate-key"),
    Slip("key misspelt", 3, "said:", "siad:", "a claim has no key 'siad'", "unknown-key"),
    Slip("optional key misspelt", 8, "kind:", "knd:", "a claim has no key 'knd'", "unknown-key"),
    Slip("half a key", 10, "deadline: 2026", "deadline", "colon behind deadline is missing"),
    Slip("block without its sign", 13, "criteria: >-", "criteria: >- text", "a text cannot begin with >"),
    Slip("block not indented", 14, "      The report", "    The report", "a line that is no key: value"),
    Slip("merge conflict", 3, "    said", "<<<<<<< HEAD\n    said", "a merge conflict"),
)


def claim(number: int) -> str:
    """The text of one sound claim."""
    return CLAIM.format(number=number)


def slipped(slip: Slip, number: int, claims: int = CLAIMS) -> tuple[str, int]:
    """A ledger with one slip in the claim of that number, and the line of the slip in the file."""
    lines = claim(number).splitlines(keepends=True)
    old, new = (part.replace("claim-22", f"claim-{number}") for part in (slip.old, slip.new))
    own = "".join(lines[slip.line :])
    assert old in own.split("\n")[0] + "\n" + "\n".join(own.split("\n")[1:2]), slip
    text = "".join(lines[: slip.line]) + own.replace(old, new, 1)
    written = [claim(n) if n != number else text for n in range(claims)]
    return HEAD + "".join(written), FIRST_LINE + number * LINES + slip.line
