"""What people type for a field of the format -> the value that is written, as the table of fields says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from .. import fields, periods
from ..edit.blocks import Value
from ..edit.scalars import Plain
from ..errors import UsageError
from ..fields import Field
from ..model import Ledger, Number
from ..results.lookup import split
from ..text import control_characters, did_you_mean, known, shorten

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:[,_'][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.000")  # in many languages 50.000 is fifty thousand
_NAMES = re.compile(fields.NAME_PATTERN)
CLAIM = {field.key: field for field in fields.CLAIM}
QUANTITY = {field.key: field for field in fields.QUANTITY}
EVIDENCE = {field.key: field for field in fields.EVIDENCE}
_TABLES: Mapping[str, Callable[[Ledger], Sequence[str]]] = {
    "people": lambda ledger: tuple(ledger.people),
    "topics": lambda ledger: tuple(ledger.topics),
    "sources": lambda ledger: tuple(ledger.sources),
    "claims": lambda ledger: tuple(fact.id for fact in ledger.facts),
}
_ONE = {"people": "speaker", "topics": "topic", "sources": "source", "claims": "claim"}


def value(field: Field, typed: str | Sequence[str], *, ledger: Ledger, today: date, option: str | None = None) -> Value:
    """The value of a field as it is written; UsageError names the option and the remedy.

    Periods may be typed as people say them; names must be declared in the ledger, if the field refers to a table.
    """
    option = option or ("CLAIM" if field.key == "claim" else fields.flag(field))
    if field.type in ("names", "mentions"):
        names = split([typed] if isinstance(typed, str) else typed)
        return [name(field, one, ledger) for one in names]
    if not isinstance(typed, str):
        raise UsageError(f"{option} takes one value", hint=None)
    text = typed.strip()
    if field.type == "name":
        return name(field, text, ledger)
    if field.type in ("period", "day"):
        return Plain(text) if text == field.word else period(option, text, today, day=field.type == "day")
    if field.type in ("number", "whole"):
        return Plain(written(number(option, text)))
    if field.type == "probability":
        return _probability(option, text)
    if field.type == "range":
        return _range(option, text)
    if field.type == "choice":
        if text not in field.choices:
            hint = did_you_mean(text, field.choices) or f"one of {', '.join(field.choices)}"
            raise UsageError(f"{option} cannot be {shorten(text, 40)!r}", hint=hint)
        return text
    return _text(option, field, text)


def declared(ledger: Ledger, table: str) -> tuple[str, ...]:
    """The names that a field may refer to."""
    return tuple(_TABLES[table](ledger))


def name(field: Field, text: str, ledger: Ledger) -> str:
    """A name, declared if its field refers to a table; UsageError otherwise."""
    option = fields.flag(field)
    if not _NAMES.fullmatch(text) or text in fields.OUTCOMES:
        raise UsageError(
            f"{option} {shorten(text, 60)!r} is not a name",
            hint="names have small letters, digits and hyphens, such as optimus-units-2026",
        )
    if field.refers is None:
        return text
    choices = _TABLES[field.refers](ledger)
    if text not in choices and field.refers != "claims" and not did_you_mean(text, choices):
        what = _ONE[field.refers]
        raise UsageError(
            f"no {what} {text!r}", hint=f"declare it under {field.refers}: in {ledger.texts[0].name} first"
        )
    return known((text,), choices, _ONE[field.refers])[0]


def period(option: str, text: str, today: date, *, day: bool = False) -> Plain:
    """A period in its canonical spelling; its last day if one day is needed."""
    from ..words.typed import typed_period

    try:
        found = typed_period(text, today=today)
    except periods.PeriodError as error:
        raise UsageError(f"{option}: {error}", hint=error.hint) from None
    if day and found.start != found.end:
        raise UsageError(f"{option} is one day, not {found}", hint=f"write {found.last}, for example")
    return Plain(found.text.removesuffix("~") if day else found.text)


def told(given: Mapping[str, str | Sequence[str] | None], today: date) -> tuple[str, ...]:
    """How periods are read that were typed in words: "happened 2026-11-26 (the day before 2026-11-27)"."""
    from ..words.typed import typed

    texts = ((key, text) for key, text in given.items() if isinstance(text, str) and text.strip() != "unknown")
    read = ((key, typed(text.strip(), day=today).told) for key, text in texts)
    return tuple(f"{key} {words}" for key, words in read if words)


def number(option: str, text: str) -> Number:
    """A number; commas between thousands are allowed. UsageError otherwise."""
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        raise UsageError(f"{option} {shorten(text, 40)!r} is not a number", hint="write digits, such as 50000 or 0.8")
    if _THOUSANDS.fullmatch(text):
        whole = text.replace(".", "")
        raise UsageError(
            f"{option} {text} can be {text.partition('.')[0]} or {whole}", hint="write the digits without a point"
        )
    digits = re.sub("[,_']", "", text)
    return float(digits) if "." in digits else int(digits)


def written(number: Number) -> str:
    """A number in digits alone, which every reader of YAML takes for the same."""
    from decimal import Decimal

    return str(number) if isinstance(number, int) else format(Decimal(repr(number)), "f")


def _probability(option: str, text: str) -> Plain:
    percent = text.endswith("%")
    found = number(option, text.removesuffix("%").strip())
    if not 0 <= found <= (100 if percent else 1):
        raise UsageError(f"{option} {text!r} is not a probability", hint="write 0.8 or 80%")
    return Plain(f"{written(found)}%" if percent else written(found))


def _range(option: str, text: str) -> list[Value]:
    parts = [part.strip() for part in re.split(r"\.\.|:|;| to |(?<=[0-9]) *- *(?=[0-9])", text)]
    if len(parts) == 1 and not _NUMBER.fullmatch(text):  # 1,500 is one number
        parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2:
        raise UsageError(f"{option} is two numbers, not {shorten(text, 40)!r}", hint=f"write {option} 50000..100000")
    low, high = (number(option, part) for part in parts)
    if low > high:
        raise UsageError(f"{option}: the smaller number comes first", hint=f"write {option} {parts[1]}..{parts[0]}")
    return [Plain(written(low)), Plain(written(high))]


def _text(option: str, field: Field, text: str) -> str:
    if not text:
        raise UsageError(f"{option} is empty", hint="leave it out, or say something")
    at = control_characters(text)
    if at is not None:
        raise UsageError(
            f"{option} holds U+{ord(text[at]):04X}, which steers terminals or hides text", hint="remove the character"
        )
    if field.type == "url" and (not text.startswith(("https://", "http://")) or re.search(r"\s", text)):
        raise UsageError(f"{option} {shorten(text, 60)!r} is not an address", hint="it begins with https://")
    return text


def in_order(record: Mapping[str, Value], table: Sequence[Field]) -> dict[str, Value]:
    """A record's values in the order of its table, without the empty ones."""
    return {field.key: record[field.key] for field in table if record.get(field.key)}
