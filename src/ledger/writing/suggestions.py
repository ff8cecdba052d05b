"""What the sentence of a claim and its quote suggest for the other fields: the defaults of the questions of `add`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model import Ledger, Person
from ..periods import PeriodError, parse
from ..text import shorten
from . import typed_values

if TYPE_CHECKING:
    from ..intake.scan import Candidate
    from ..intake.scan.quantities import SaidQuantity

Words = Mapping[str, str | Sequence[str]]
_WITHIN = re.compile(r"(?:in|within|over|during|throughout|through|until)\b", re.IGNORECASE)
_ALL_OF_IT = re.compile(r"(?:over|during|throughout|through|until)\b", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[$€£¥\d]")
_DIGITS = r"[-+]?\d+(?:[,_']\d{3})*(?:\.\d+)?"
_TYPED = re.compile(
    rf"(?P<bound>at least|at most)?\s*(?P<low>{_DIGITS})(?:\s*(?:\.\.|to|-)\s*(?P<high>{_DIGITS}))?"
    r"(?P<unit>\s*%|\s+[^\W\d].*)?",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(r"(?:to|and|or|hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_SHARES = ("percent", "percentage points", "basis points")


def suggestions(ledger: Ledger, words: Words, today: date) -> Mapping[str, str]:
    """The fields that the words so far suggest, each with what an empty answer stands for; "" where nobody can tell."""
    given = {key: of for key, of in words.items() if isinstance(of, str)}
    if "claim" not in given:
        return {}
    person = _person(ledger, given.get("fiscal_of") or given.get("speaker", ""))
    return _suggested(
        given["claim"],
        given.get("quote", ""),
        given.get("deadline", ""),
        given.get("window", ""),
        _said(given.get("said", ""), today),
        person.fiscal_year_end if person else None,
    )


def _person(ledger: Ledger, name: str) -> Person | None:
    wanted = name.casefold()
    return next((one for key, one in ledger.people.items() if wanted in (key, one.name.casefold())), None)


def _said(text: str, today: date) -> date | None:
    try:
        return parse(str(typed_values.period("--said", text, today))).last if text else None
    except UsageError:  # unknown, for one
        return None


@functools.lru_cache(maxsize=8)
def _suggested(
    sentence: str, quote: str, deadline: str, window: str, said: date | None, ends: int | None
) -> Mapping[str, str]:
    from ..intake.scan import claimed

    one = claimed(sentence, said=said, fiscal_year_end=ends)
    if one is None:
        return {}
    quoted = claimed(quote, said=said, fiscal_year_end=ends) if quote else None
    as_said = (quoted.deadline_words if quoted else None) or _worded(deadline) or one.deadline_words or ""
    found = {"deadline": (one.deadline or one.deadline_words) if one.deadline_words else "", "deadline_words": as_said}
    if quote:
        found["wording"] = "quoted"
    if one.kind != "prediction":
        found["kind"] = one.kind
    elif quoted and quoted.kind != "prediction":
        found["kind"] = quoted.kind
    elif deadline == "none" and not as_said:
        found["kind"] = "prediction"  # or a statement: nothing in it says when
    if deadline != "none" and _WITHIN.match(as_said):
        found["window"] = "during" if one.quantity or _ALL_OF_IT.match(as_said) else "by"
    if one.quantity:
        found["quantity"] = _readable(_told(one.quantity))
        if (window or found.get("window")) == "during":
            found["known_by"] = ""
    return found | _sureness(one) | (_sureness(quoted) if quoted else {})


def _worded(deadline: str) -> str:
    """A deadline that was typed in words, which may be those of the source."""
    try:
        parse(deadline)
    except PeriodError:
        return "" if deadline == "none" else deadline
    return ""


def _sureness(one: Candidate) -> dict[str, str]:
    found = {"condition": one.condition} if one.condition else {}
    if one.probability is not None:
        found["probability"] = typed_values.written(one.probability)
    elif one.probability_words:
        found["probability_words"] = one.probability_words
    return found


# --- the number --------------------------------------------------------------------------------------------------


def _told(found: SaidQuantity) -> str:
    """A number in the words in which it may be typed: a share that is said alone decides nothing."""
    low, high, unit = _digits(found.low), _digits(found.high), f" {found.unit}" if found.unit else ""
    if found.low is not None and found.high is not None:
        return f"{low} to {high}{unit}"
    if found.low is None:
        return f"at most {high}{unit}"
    alone = found.unit in _SHARES and _NUMBER_ALONE.match(found.text)
    return f"{low}{unit}" if alone else f"at least {low}{unit}"


def _readable(text: str) -> str:
    """The words, if they can be typed: an empty answer must not be refused."""
    try:
        quantity_words(text)
    except UsageError:
        return ""
    return text


def _digits(number: float | None) -> str:
    if number is None:
        return ""
    return typed_values.written(int(number) if number == int(number) else number)


def quantity_words(text: str) -> dict[str, str]:
    """What was typed for a number, by the fields of the quantity; of a range the lower end decides."""
    found = _TYPED.fullmatch(text.strip())
    unit = (found["unit"] or "").strip() if found else ""
    if found is None or _NO_UNIT.match(unit):
        hint = "write at least 50000 robots, at most 2 percent, 50000 to 100000 robots, or 1.1 percent, in digits"
        raise UsageError(f"{shorten(text, 40)!r} is no number as it is asked for", hint=hint)
    counted = {"unit": "percent" if unit == "%" else unit} if unit else {}
    bound = (found["bound"] or "").lower()
    if found["high"]:
        return {"at_least": found["low"], "range": f"{found['low']}..{found['high']}", **counted}
    return {
        "at_least" if bound == "at least" else "at_most" if bound == "at most" else "point": found["low"],
        **counted,
    }
