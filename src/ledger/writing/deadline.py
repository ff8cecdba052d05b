"""The deadline as typed: counted from the day the claim was said, read back with its reason, asked if unclear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..edit.blocks import Value
from ..edit.scalars import Plain
from ..errors import UsageError
from ..periods import PeriodError, parse
from ..words.typed import TwoReadingsError, Typed, typed
from .plan import Missing

DEADLINES = ("deadline", "deadline_latest", "known_by")


class Deadlines(NamedTuple):
    """The periods to write, how they are read back, and the questions about those with two readings."""

    record: dict[str, Value]
    read: tuple[str, ...]
    missing: tuple[Missing, ...]


def read_deadlines(
    words: Mapping[str, str | Sequence[str]], said: Value | None, fiscal_year_end: int | None
) -> Deadlines:
    """Read what was typed for the deadline (or its words alone); UsageError names the option and the remedy.

    Before it is known when the claim was said, words that count from that day are left for later.
    """
    record: dict[str, Value] = {}
    told: list[str] = []
    missing: list[Missing] = []
    for key, option, text in _given(words):
        try:
            found = typed(text, fiscal_year_end=fiscal_year_end, **days_of(said))
        except TwoReadingsError as error:
            record[key] = Plain(error.readings[0])
            missing.append(_question(key, option, error))
        except PeriodError as error:
            if said is None:
                record[key] = Plain("none")
            elif option != "--deadline-words":
                raise UsageError(f"{option}: {error}", hint=error.hint) from None
        else:
            record[key] = _value(option, found)
            told += [f"{key.replace('_', ' ')} {found.told}"] if found.told and said is not None else []
    return Deadlines(record, tuple(told), tuple(missing))


def _given(words: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str, str]]:
    """Each field with its option and text; the words of the deadline give the deadline where it is not typed."""
    found = [(key, f"--{key.replace('_', '-')}", str(words[key]).strip()) for key in DEADLINES if key in words]
    if "deadline" not in words and "deadline_words" in words:
        found.append(("deadline", "--deadline-words", str(words["deadline_words"]).strip()))
    return [one for one in found if one[2] != "none"]


def days_of(said: Value | None) -> dict[str, date | None]:
    """The last and the first day on which a claim can have been said, as `typed` counts from them."""
    found = None if said is None or said == "unknown" else parse(str(said))
    return {"day": None, "since": None} if found is None else {"day": found.last, "since": found.first}


def _value(option: str, found: Typed) -> Value:
    if found.period is None and option not in ("--deadline", "--deadline-words"):
        raise UsageError(f"{option} is a period: {found.why}", hint="leave it out where there is none")
    return Plain(found.period.text if found.period else "none")


def _question(key: str, option: str, error: TwoReadingsError) -> Missing:
    """At a prompt a question; in scripts the refusal, with both readings spelled out."""
    refusal = UsageError(f"{option}: {error}", hint=f"give --{key.replace('_', '-')} {' or '.join(error.readings)}")
    return Missing(f"--{key.replace('_', '-')}", f"{error}. Which is meant?", error.readings, refusal=refusal)
