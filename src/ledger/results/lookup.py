"""Names the user typed -> names of the ledger: beginnings of ids, unknown words with the nearest ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..errors import RefusedError, UsageError
from ..fields import OUTCOMES
from ..model import Ledger
from ..query import names
from ..status import STATUSES
from ..text import did_you_mean, either, nearest, plural, shorten


def split(values: Iterable[str] | None) -> tuple[str, ...]:
    """The words of a repeatable option that also takes commas, each once, in order.

    UsageError for an option that was given without a word: in a script, a variable that is not set.
    """
    given = list(values or ())
    words = tuple(dict.fromkeys(word for word in (part.strip() for v in given for part in v.split(",")) if word))
    if given and not words:
        raise UsageError("an option that takes names was given an empty one", hint="name one, or leave the option out")
    return words


def claim_numbers(ledger: Ledger, words: Sequence[str]) -> list[int]:
    """The claims that ids, unique beginnings of ids, or ids they had before name; each once, in order. UsageError."""
    ids = names(ledger.facts, "id")
    words = [ledger.formerly.get(word, word) for word in map(_uncut, words)]
    wanted = frozenset(words)
    whole = {name: number for number, name in enumerate(ids) if name in wanted}
    return list(dict.fromkeys(whole[word] if word in whole else _begun(ids, word) for word in words))


def _uncut(word: str) -> str:
    """The word without the mark that stands behind an id that a list has cut."""
    return word.removesuffix("…").removesuffix("...")


# What people write for a verdict, beside the outcomes and states of the format.
_VERDICTS = ("yes", "no", "done", "kept", "broken", "met", "missed", "right", "wrong", "correct", "incorrect")


def verdict_words() -> tuple[str, ...]:
    """The words that tell what became of a claim: outcomes, states, and what people write for them."""
    return tuple(dict.fromkeys((*OUTCOMES, *STATUSES, *_VERDICTS)))


def meant_outcomes(word: str) -> list[str]:
    """The words for a verdict that a word is, begins, or is near to; none where it can only be a name."""
    sought, words = word.casefold(), verdict_words()
    return [sought] if sought in words else nearest(sought, words)


def claims_to_write(ledger: Ledger, words: Sequence[str]) -> list[int]:
    """Like `claim_numbers`, for what is to be written: nothing is written to a claim that might be another.

    UsageError for a beginning that may be a word for a verdict; RefusedError for an id that stands twice.
    """
    ids = frozenset(words) & ledger.formerly.keys()
    ids |= frozenset(words).intersection(names(ledger.facts, "id"))
    for word in words:
        meant = meant_outcomes(word) if word not in ids else []
        if meant:
            hint = f"write a claim's whole id, or the outcome behind the ids: {either(list(OUTCOMES[:3]))}"
            raise UsageError(f"{shorten(word, 40)!r} may mean {either(meant)}, and is read as no id", hint=hint)
    found = claim_numbers(ledger, words)
    chosen = {ledger.facts[number].id: number for number in found}
    for problem in ledger.problems:
        if problem.code == "duplicate-id" and problem.claim in chosen:
            spot = ledger.spots[chosen[problem.claim]]
            first = f"{ledger.texts[spot.file].name}:{spot.line}"
            raise RefusedError(
                f"{problem.claim} stands twice, in {first} and in {problem.place.file}:{problem.place.line}, "
                "and which is meant cannot be known",
                hint="give one of the two another id, or remove it",
            )
    return found


def told_ids(ledger: Ledger, words: Sequence[str]) -> tuple[str, ...]:
    """How words that are no whole ids are read, for who is about to write: "moon is moon-2030"."""
    found = ((word, ledger.facts[claim_numbers(ledger, [word])[0]].id) for word in dict.fromkeys(words))
    return tuple(f"{shorten(word, 60)} is {name}" for word, name in found if word != name)


def _begun(ids: Collection[str], word: str) -> int:
    """The number of the only id that a word begins."""
    at = [number for number, name in enumerate(ids) if name.startswith(word)] if word else []
    if len(at) == 1:
        return at[0]
    found = [name for name in ids if name.startswith(word)] if word else []
    if not found:
        raise UsageError(f"no claim {shorten(word, 60)!r}", hint=did_you_mean(word, ids) or "see ledger list")
    few = either(found) if len(found) <= 5 else f"{', '.join(found[:5])} and {len(found) - 5} more"
    raise UsageError(f"{word!r} begins the ids of {plural(len(found), 'claim')}", hint=f"do you mean {few}?")
