"""A claim that is read line by line is what YAML reads, value for value and type for type, or YAML reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from ledger.loading import reading
from ledger.loading.claims import Claims
from ledger.loading.composer import Broken, compose, features
from ledger.loading.lines import Sheet
from ledger.loading.pieces import cut
from ledger.loading.plain import PlainReader
from ledger.loading.values import Values
from ledger.model import Claim, Spot
from support.bent import BENDS, ledger

MANY = int(os.environ.get("LEDGER_PLAIN_PIECES", "5000"))
PARTS = 4
ROOT = Path(__file__).parents[2]

EVERY_WAY = r"""
  - id: every-way
    claim: “Élan” — a plain text,
      that goes on (50% of it) in
      three lines
    speaker: ann
    also_by:
    - bob
    - carl-1
    said: unknown
    source: s-1
    at: 'line 20: "so"'
    quote: "it's # no comment: so"
    also_in:
      - s-2
      - source: s-3
        at: line 3
      - {source: s-4, quote: the words}
    wording: quoted
    kind: target
    # a comment
    condition: |
      in lines
      that stay: so
    topics: [t-1,t-2, t-3 ]

    deadline: 2026-03/2026-06~
    deadline_words: 2026 or so
    fiscal_of: bob
    deadline_latest: 2027
    window: during
    known_by: 2028-Q1
    probability: 80%
    probability_words: >
      a good
      shot
    quantity: {at_least: 1e3, range: [10, 20.5], level: 0.5, unit: Tesla's robots}
    criteria: >-
      Folded - with a dash,
      and more: of it.

    series: ser
    revises: older
    depends_on: [a, b]
    see_also:
        - c
    formerly: [was]
    note: "12"
    added: 2025-01-01
    checked:
    amended:
      - date: 2025-02-03
        fields: [claim, quote]
        why: |-
          because
      -   date: 2025-02-04
          fields:
            - claim
          why: 3 reasons
    forecasts:
      - {by: dan, date: 2025-03-01, probability: 33.3%}
      - by: dan
        date: 2025-03-02
        probability: .5
        note: so
    observations:
      - date: 2025-04-01
        value: 0x10
        evidence:
          - {url: https://example.org/a, says: so}
    resolutions:
    - outcome: false
      judged: 2027-02-01
      value: 1200
      evidence:
      - title: A page
        url: https://example.org/?a=b#c
        published: 2027-01-29
      - source: s-1
        says: >-
          The end.
      by: ann

    # behind
"""[1:]
BLOCKS = """\
- id: "2026"
  claim: x
  speaker: ann
  said: 2025-01-01
  source: s-1
  kind: statement
  quantity:
      at_most: 5
      unit: things
  probability: 1
"""
GENERATED = """\
  - id: claim-1
    claim: Company number 1 builds at least 12,000 things in its works.
    speaker: person-1
    said: 2020-01-02
    source: source-1
    wording: paraphrased
    kind: target
    topics: [topic-1, topic-7]
    deadline: 2030-Q1
    deadline_words: by then
    quantity: {at_least: 12000, unit: things}
    criteria: >-
      The annual report says how many were built; if it does not, two
      independent reports that agree within a tenth.
    resolutions:
      - outcome: true
        judged: 2026-01-11
        note: as the report says
"""


def pieces(text: str) -> list[str]:
    proposal = cut(text)
    return [text[piece.start : piece.end] for piece in proposal.pieces] if proposal is not None else []


def example_pieces() -> list[str]:
    """The claims of every ledger of the repository."""
    files = [ROOT / "data" / "claims.yaml", *sorted((ROOT / "tests").rglob("*.yaml"))]
    found = [piece for file in files for piece in pieces(file.read_bytes().decode("utf-8", "replace"))]
    assert len(found) > 120
    return found


def bent_pieces(seeds: Iterator[int]) -> Iterator[str]:
    """Claims of every kind, bent."""
    examples = example_pieces()
    for seed in seeds:
        rng = Random(seed)
        kinds = ([EVERY_WAY], [EVERY_WAY, BLOCKS, GENERATED], examples, pieces(ledger(rng)) or [GENERATED])
        text = rng.choice(kinds[rng.choice((0, 0, 1, 2, 2, 3))])
        for _ in range(rng.choice((0, 1, 1, 1, 1, 1, 2, 3))):
            text = rng.choice((*BENDS, _exchange, _exchange, _touch, _touch, _touch, _touch))(rng, text)
        yield text


def _exchange(rng: Random, text: str) -> str:
    """What stands behind the keys of two lines is exchanged."""
    lines = text.split("\n")
    valued = [number for number, line in enumerate(lines) if ": " in line] or [0]
    a, b = (lines[rng.choice(valued)] for _ in range(2))
    return "\n".join(b.partition(": ")[0] + ": " + a.partition(": ")[2] if line == b else line for line in lines)


def _touch(rng: Random, text: str) -> str:
    """A character of a value becomes another one that may be harmless."""
    at = text.find(": ", rng.randrange(len(text) + 1)) + 2 + min(int(rng.expovariate(0.2)), 60)
    return text[:at] + rng.choice("aT0-~.,:#' \\/%\"é“=(") + text[at + 1 :]


def by_yaml(text: str) -> Claim | None:
    """The claim that YAML reads, None where anything is wrong with it."""
    sheet = Sheet("x", text)
    try:
        node = compose(text)
    except Broken:
        return None
    if not reading._is_one_entry(node) or features(text):
        return None
    claims = Claims(sheet)
    claims.add(Values(sheet), node.value[0], Spot(0, 0, len(text), 1, 1))
    return claims.entries[0].claim if claims.entries and not sheet.found else None


def compare(texts: Iterator[str]) -> int:
    """Compare both ways on texts of one file; how many were read line by line."""
    plain, count = PlainReader(Sheet("x", "")), 0
    for text in texts:
        claim = plain.read(text)
        if claim is not None:
            assert repr(claim) == repr(by_yaml(text)), text
            count += 1
    return count


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_read_line_by_line_is_what_yaml_reads(part: int) -> None:
    """LEDGER_PLAIN_PIECES=100000 makes the long run."""
    assert compare(bent_pieces(iter(range(part, MANY, PARTS)))) * PARTS > MANY * 0.2


def test_the_same_with_the_pure_parser(pure: None) -> None:
    assert compare(bent_pieces(iter(range(1_000_000, 1_000_000 + MANY // 10)))) > MANY // 50


@pytest.mark.parametrize("text", [EVERY_WAY, BLOCKS, GENERATED])
def test_plain_claims_need_no_yaml(text: str) -> None:
    claim = PlainReader(Sheet("x", "")).read(text)
    assert claim is not None
    assert claim == by_yaml(text)
    crlf = text.replace("\n", "\r\n")
    assert claim == PlainReader(Sheet("x", "")).read(crlf) == by_yaml(crlf)


def test_every_claim_of_the_first_ledger_is_plain() -> None:
    text = (ROOT / "data" / "claims.yaml").read_text(encoding="utf-8")
    plain = PlainReader(Sheet("x", text))
    assert [piece for piece in pieces(text) if plain.read(piece) is None] == []


@pytest.mark.parametrize(
    "line",
    [
        "claim: a: b",
        "claim: a # comment",
        "claim: a:",
        "claim: 'it''s'",
        'claim: "a\\tb"',
        "claim: &a b",
        "claim: !!str b",
        "claim: 2026",
        "claim: a\u00a0b",
        "claim: >+\n      a",
        "claim: >-\n      a\n\n      b",
        "claim: |\n      a\n       b",
        "claim: >-\n      a\n      \n",
        "claim: a\n\n      b",
        "claim: a\n      # b\n      c",
        "claim:: a",
        "claim : a",
        "claim:\n      a",
        "claim: [a]",
        "claim: a\n    claim: b",
        "topics: []",
        "topics: [a, [b]]",
        "topics:\n      - a\n       - b",
        "quantity: {at_least: 1, at_least: 2}",
        "quantity: {unit: a#b, at_most: 1}",
        "clam: a",
        "note: *a",
        "<<: {}",
        "deadline_latest: 2020",
        "known_by: 2020",
        "also_by: [ann]",
        "note: a\n.\n    at: b",
    ],
)
def test_anything_else_is_left_to_yaml(line: str) -> None:
    key = line.partition(":")[0].strip()
    whole = "- id: a\n  claim: text\n  speaker: ann\n  said: 2019\n  source: s-1\n  deadline: 2026\n"
    text = "".join(f"  {own}\n" for own in whole.splitlines() if f" {key}:" not in f" {own}") + f"    {line}\n"
    assert PlainReader(Sheet("x", "")).read(text) is None


def test_a_line_that_was_read_says_the_same_in_the_next_claim() -> None:
    """A name in quotes does not vouch for a number, and what stands below a line belongs to it."""
    plain = PlainReader(Sheet("x", ""))
    first = GENERATED.replace("claim-1", '"12"')
    assert plain.read(first) == by_yaml(first)
    for text in (GENERATED.replace("claim-1", "12"), GENERATED.replace("kind: target\n", "kind: target\n      more\n")):
        assert plain.read(text) is None
