"""Ledgers with something of everything, sound and broken."""

from __future__ import annotations

HEAD = """\
ledger: 1
title: Of everything – “all” of it
people:
  ada: {name: Ada}
  bob: {name: Bob, note: of old}
  odds: {name: The odds, kind: market}
topics: {rockets: Rockets, cars: Cars, rare: ""}
sources:
  talk: {title: A talk, publisher: TV, url: "https://example.org/a", published: 2024-01, event: Live, note: long,
         archived: "https://example.org/c"}
  paper: {title: A paper}
claims:
"""

RICH = """\
  - id: rich
    claim: "Builds 50,000 \\U0001F680 things: “so” he said"
    speaker: ada
    also_by: [bob]
    said: 2024-01-05
    source: talk
    at: line 20
    quote: between 50,000 and 100,000 units
    also_in: [paper, {source: talk, at: line 3, quote: so many}]
    wording: paraphrased
    kind: target
    condition: if all goes well
    topics: [rockets, cars]
    deadline: 2025-Q2
    deadline_words: by summer
    fiscal_of: bob
    deadline_latest: 2025-12~
    window: during
    known_by: 2025-08
    probability: 80%
    probability_words: a good shot
    quantity: {at_least: 50000, at_most: 1.5e6, range: [50000, 100000.5], level: 0.9, point: 7e4, unit: things}
    criteria: |
      The report
      \tsays so.
    series: yearly
    depends_on: [plain]
    see_also: [open-ended, plain]
    formerly: [rich-2024]
    note: a note
    added: 2024-02-01
    checked: 2025-08-01
    amended:
      - {date: 2024-03-01, fields: [deadline, quantity], why: a slip of the pen}
    forecasts:
      - {by: odds, date: 2024-02-01, probability: 30%, source: paper, note: thin}
      - {by: odds, date: 2025-02-01, probability: 0.4}
    observations:
      - {date: 2024-06-01, value: 300, note: slow, evidence: [{url: "https://example.org/d"}, {source: paper}]}
      - {date: 2025-06-01, note: nothing yet}
    resolutions:
      - {outcome: true, judged: 2025-07-01, happened: 2025-05, value: 51000, by: me, note: seen}
      - {outcome: reopened, judged: 2025-08-01, note: doubts}
      - outcome: "false"
        judged: 2025-09-01
        value: 1200.5
        evidence:
          - {title: Page, publisher: P, url: "https://example.org/b", published: 2025-08, says: no}
          - {source: paper, at: line 3, says: none}
"""

KINDS = (
    ("plain", "deadline: 2025", ""),
    ("open-ended", "deadline: none", "kind: possibility"),
    ("later", "deadline: 2031-01-01", "kind: target"),
    ("stated", "kind: statement", "resolutions: [{outcome: true, judged: 2024-05-05, note: x}]"),
    ("said-only", "kind: statement", ""),
    ("untrue", "kind: statement", "resolutions: [{outcome: false, judged: 2024-05-05, note: x}]"),
    ("hit", "deadline: 2024-12-31", "resolutions: [{outcome: true, judged: 2025-01-01, note: x}]"),
    ("late", "deadline: 2024-12-31", "resolutions: [{outcome: true, judged: 2025-04-01, happened: 2025-03, note: x}]"),
    ("half", "deadline: 2024-12-31", "resolutions: [{outcome: partly, judged: 2025-04-01, note: x}]"),
    ("void", "deadline: 2024-12-31", "resolutions: [{outcome: annulled, judged: 2025-04-01, note: x}]"),
    ("vague", "deadline: none", "resolutions: [{outcome: ambiguous, judged: 2025-04-01, note: x}]"),
    ("early", "deadline: 2029", "resolutions: [{outcome: false, judged: 2025-04-01, note: x}]"),
    ("again", "deadline: 2024-06", "resolutions: [{outcome: true, judged: 2024-08-01, note: x}, "
                                   "{outcome: reopened, judged: 2025-04-01, note: y}]"),
    ("straddles", "deadline: 2024-06-15",
     "resolutions: [{outcome: true, judged: 2024-08-01, happened: 2024-06, note: x}]"),
    ("revised", "deadline: 2026", "revises: plain"),
    ("restated", "deadline: 2025", "revises: plain"),
    ("awaited", "deadline: 2024", "known_by: 2027"),
    ("banded", "deadline: 2030", "quantity: {range: [1, 2.5], decides: range, unit: things}"),
    ("taken-back", "deadline: 2024-12-31", "resolutions: [{outcome: withdrawn, judged: 2024-05-05, note: x}]"),
)  # fmt: skip


def claim(name: str, deadline: str, more: str, number: int) -> str:
    """One claim as text; its speaker, source and day hang on the number."""
    lines = [
        f"  - id: {name}",
        f"    claim: Claim {name} comes true, number {number}.",
        f"    speaker: {('ada', 'bob')[number % 2]}",
        f"    said: {('2023-05-01', 'unknown', '2024-02')[number % 3]}",
        f"    source: {('talk', 'paper')[number // 2 % 2]}",
        f"    topics: [{('rockets', 'cars')[number // 3 % 2]}]",
        f"    {deadline}",
    ]
    return "\n".join(lines + ([f"    {more}"] if more else [])) + "\n"


def ledger(times: int = 1) -> str:
    """A sound ledger with every status; each time the same claims under other ids."""
    claims = [
        claim(name if turn == 0 else f"{name}-{turn}", deadline, more, number + turn)
        for turn in range(times)
        for number, (name, deadline, more) in enumerate(KINDS)
    ]
    return HEAD + RICH + "".join(claims)


def broken(times: int = 1) -> str:
    """The same with problems of many kinds."""
    return (
        ledger(times)
        + claim("hit", "deadline: 2027", "", 1)  # twice
        + claim("lost", "deadline: soon", "", 2)
        + claim("circle-a", "deadline: 2027", "depends_on: [circle-b]", 3)
        + claim("circle-b", "deadline: 2027", "depends_on: [circle-a, nobody]", 4)
        + claim("odd", "deadline: 2027", "colour: red", 5)
        + "  - id: open\n    claim: 'never closed\n"
        + claim("after", "deadline: 2027", "", 7).replace("ada", "eve").replace("bob", "eve")
    )


def whole() -> str:
    """A ledger that cannot be cut into claims: an anchor."""
    return ledger().replace("note: a note", "note: &anchor a note")
