"""Ids made of a claim's words, and claims that say nearly the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from .. import fields
from ..edit.scalars import reads_as_text
from ..facts import Fact
from ..query import sentence, sentences

_WORDS_IN_ID, _LETTERS_IN_ID = 6, 48
_FILLERS = frozenset(
    re.findall(
        "[a-z]+",
        "a an the of in on at by to for and or is are was be been will would shall can could may might must has have "
        "had that this it its their his her with from as than there least most more any all some who which s",
    )
)
_ALIKE = 0.75


def propose(claim: str, year: str, taken: Collection[str | None]) -> str:
    """A new id from a claim's words: short, without fillers, ending with the year of its deadline.

    The claim must have a word that tells something.
    """
    words = telling(claim, year)
    parts = words[:1]
    for word in words[1:_WORDS_IN_ID]:
        if len("-".join([*parts, word])) > _LETTERS_IN_ID:
            break
        parts.append(word)
    parts[0] = parts[0][:_LETTERS_IN_ID]
    stem = "-".join([*parts, *filter(None, [year])])
    if stem in fields.OUTCOMES or not reads_as_text(stem):
        stem = f"claim-{stem}"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def telling(claim: str, year: str) -> list[str]:
    """The words an id can be made of."""
    return [word for word in _plain_words(claim) if word not in _FILLERS and word != year]


def _plain_words(text: str) -> list[str]:
    import unicodedata

    text = re.sub(r"(?<=\d)[,'](?=\d)", "", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain.replace("'", ""))


def similar(claim: str, facts: Sequence[Fact], but: int | None = None) -> list[int]:
    """The numbers of at most three claims that say nearly the same, by the words they share."""
    mine = _meaning(sentence(claim))
    found = []
    for number, said in _sharing(mine, sentences(facts)):
        other = _meaning(said)
        shared = len(mine & other)
        if number != but and shared and shared / len(mine | other) >= _ALIKE:
            found.append((shared / len(mine | other), number))
    return [number for _, number in sorted(found, key=lambda pair: -pair[0])[:3]]


def _sharing(mine: frozenset[str], said: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The sentences that may be alike: one that lacks more than a quarter of the words is not.

    So it has one of any quarter of them and one more: the rarest are looked for.
    """
    whole = "\n".join(said)
    rare = sorted(mine, key=lambda word: (whole.count(word), word))[: int(len(mine) * (1 - _ALIKE)) + 1]
    return ((number, line) for number, line in enumerate(said) if any(word in line for word in rare))


def _meaning(said: str) -> frozenset[str]:
    return frozenset(said.split()) - _FILLERS
