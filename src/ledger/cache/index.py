"""What is told of claims without making them: days and verdicts as numbers, who has a name, ids, sentences."""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

from ..facts import Fact
from ..model import Claim
from ..query import sentence, values_of
from ..status import STATUSES, decides, status_of, verdict
from .rowbytes import dumps, loads, numbers, numbers_of

FAR = 10_000_000  # later than any day
NAMED = ("topics", "speaker", "source", "kind", "series", "revises")
OUTCOMES = {"true": 1, "false": 2, "partly": 4, "ambiguous": 8, "annulled": 8, "reopened": 16, "withdrawn": 32}
UNSETTLED = 16  # of a claim that a judgement may leave without a verdict
STATEMENT, SEVERAL, VERDICT = 64, 32, 31  # of the column `verdict`: the last one masks a status, counted from 1

Take = Callable[[str], bytes]


def _outcomes(fact: Fact) -> int:
    found = 0
    for judgement in fact.judgements:
        found |= OUTCOMES[judgement.outcome] | (0 if decides(fact, judgement) else UNSETTLED)
    return found


def _verdict(fact: Fact) -> int:
    """The status from the day of the only judgement on, 0 where that decides nothing."""
    kind = STATEMENT if fact.kind == "statement" else 0
    if len(fact.judgements) != 1:
        return kind | SEVERAL if fact.judgements else kind
    day = fact.judgements[0].judged
    found = verdict(fact, day)
    return kind if found is None else kind | (1 + STATUSES.index(status_of(fact, found, day)))


COLUMNS: dict[str, Callable[[Fact], int]] = {
    "starts": lambda fact: fact.deadline.start if fact.deadline else FAR,
    "due": lambda fact: fact.deadline.end if fact.deadline else FAR,
    "known": lambda fact: FAR if fact.verdict_due is None else fact.verdict_due,
    "begun": lambda fact: fact.said.start if fact.said else -1,
    "said": lambda fact: fact.said.end if fact.said else -1,
    "judged": lambda fact: min((one.judged for one in fact.judgements), default=FAR),
    "outcomes": _outcomes,
    "verdict": _verdict,
}
TEXTS: dict[str, Callable[[Fact], str]] = {"ids": lambda fact: fact.id, "sentences": lambda fact: sentence(fact.claim)}


def index_rows(facts: Sequence[Fact], claims: Iterable[Claim]) -> Iterator[tuple[str, bytes]]:
    """All rows of the index of a ledger."""
    for name, number in COLUMNS.items():
        yield name, numbers(map(number, facts))
    for name, text in TEXTS.items():
        yield name, texts_row(map(text, facts))
    yield "referred", dumps(sorted({name for claim in claims for name in referred(claim)}))
    for attribute in NAMED:
        yield from named_rows(attribute, _having(facts, attribute))


def referred(claim: Claim) -> Iterator[str]:
    """The ids that a claim names."""
    if claim.revises is not None:
        yield claim.revises
    yield from claim.depends_on
    yield from claim.see_also


def texts_row(texts: Iterable[str]) -> bytes:
    """Texts of one line each."""
    return "\n".join(texts).encode("utf-8")


def texts_of(data: bytes) -> list[str]:
    """The texts of such a row."""
    return data.decode("utf-8").split("\n") if data else []


# --- which claims have a name ----------------------------------------------------------------------------------

Having: TypeAlias = "dict[str, array[int]]"


def _having(facts: Sequence[Fact], attribute: str) -> Having:
    found: Having = {}
    for number, fact in enumerate(facts):
        for name in dict.fromkeys(values_of(fact, attribute)):
            found.setdefault(name, array("i")).append(number)
    return found


def named_rows(attribute: str, having: Having) -> Iterator[tuple[str, bytes]]:
    """The names, where the numbers of the claims of each end, and these numbers."""
    yield f"names:{attribute}", dumps(list(having))
    yield f"ends:{attribute}", numbers(accumulate(map(len, having.values())))
    yield f"having:{attribute}", b"".join(of.tobytes() for of in having.values())


def having_of(take: Take, attribute: str) -> Having:
    """The numbers of the claims that have each name, in order."""
    names, of = loads(take(f"names:{attribute}")), numbers_of(take(f"having:{attribute}"))
    edges = pairwise([0, *numbers_of(take(f"ends:{attribute}"))])
    return {name: of[start:end] for name, (start, end) in zip(names, edges, strict=True)}


class Renumbered:
    """Which number a claim has after an edit, from the one it had; claims that went have none."""

    def __init__(self, count: int, order: Sequence[range | Fact]) -> None:
        """`order` has runs of old numbers and new facts as they stand now."""
        self.now = array("i", [-1]) * count
        self.added: list[tuple[int, Fact]] = []
        self.moved = False  # whether claims that stayed have changed places with each other
        at = last = 0
        for part in order:
            if isinstance(part, range):
                self.now[part.start : part.stop] = array("i", range(at, at + len(part)))
                self.moved = self.moved or part.start < last
                last, at = part.stop, at + len(part)
            else:
                self.added.append((at, part))
                at += 1
        self.same = at == count and all(now in (number, -1) for number, now in enumerate(self.now))

    def having(self, take: Take, attribute: str, gone: Iterable[tuple[int, Fact]]) -> Having | None:
        """Which claims have each name now; None where that is as it was."""
        less = [(name, number) for number, fact in gone for name in dict.fromkeys(values_of(fact, attribute))]
        more = [(name, number) for number, fact in self.added for name in dict.fromkeys(values_of(fact, attribute))]
        if self.same and sorted(less) == sorted(more):
            return None
        found = having_of(take, attribute)
        for name, number in less:
            found[name].remove(number)
        if not self.same:
            found = {name: self._renumbered(of) for name, of in found.items()}
        for name, number in more:
            insort(found.setdefault(name, array("i")), number)
        return {name: of for name, of in found.items() if of}

    def _renumbered(self, old: array[int]) -> array[int]:
        new = map(self.now.__getitem__, old)
        return array("i", sorted(new) if self.moved else new)
