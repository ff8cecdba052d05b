"""YAML scalars -> plain values, one reader for each type of field; what is wrong becomes a problem.

A tag that the text names is reported before (`composer.features`) and looked at no further here.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

from .. import days, fields, periods
from ..fields import Field
from ..model import Number
from ..text import control_characters, either, hundredth, shorten
from . import limits
from .lines import Sheet
from .nodes import MAPPING, SCALAR, SEQUENCE, Node

BAD: Final = object()  # a value that was there and cannot be used; the problem has been reported

_NAME = re.compile(fields.NAME_PATTERN)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|0o[0-7]+|0x[0-9a-fA-F]+")
_BASES = {"0x": 16, "0o": 8}
_TYPED = re.compile(
    r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))"
    r"|0o[0-7]+|0x[0-9a-fA-F]+|\.(?:nan|NaN|NAN)|null|Null|NULL|~|true|True|TRUE|false|False|FALSE"
)
TYPED_STARTS: Final = frozenset("-+.0123456789nN~tTfF")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,_' ][0-9]{3})+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"https?://\S+")
_FILE = re.compile(r"(?!\.)[^/\\:]+")


def is_typed(text: str) -> bool:
    """Whether a plain scalar means a number, true, false or null in YAML 1.2's core schema."""
    return text[:1] in TYPED_STARTS and " " not in text and _TYPED.fullmatch(text) is not None


def is_empty(node: Node) -> bool:
    """Whether nothing is written where a value could stand."""
    return bool(node.id == SCALAR and node.value == "" and node.tag == (True, False))


class Scalars:
    """Reads the scalars of one piece of a sheet; `base` is added to a node's offset to reach the sheet's.

    From offset `jump_at` of the composed text on, `jump` is added too: the head goes on behind the claims.
    """

    def __init__(self, sheet: Sheet, *, base: int = 0, jump_at: int = -1, jump: int = 0) -> None:
        self.sheet = sheet
        self.claim: str | None = None
        self.reported = 0  # how many problems so far
        self._base = base
        self._jump_at = jump_at
        self._jump = jump

    def offset(self, node: Node) -> int:
        """Where a node begins in the sheet."""
        return self.shift(int(node.start_mark.index))

    def shift(self, index: int) -> int:
        """From an offset in the composed text to one in the sheet."""
        return index + self._base + (self._jump if 0 <= self._jump_at <= index else 0)

    def report(self, code: str, message: str, node: Node, hint: str) -> Any:
        """Report a problem at a node and answer BAD."""
        return self.report_at(code, message, self.offset(node), hint)

    def report_at(self, code: str, message: str, offset: int, hint: str) -> Any:
        """Report a problem at an offset of the sheet and answer BAD."""
        self.reported += 1
        self.sheet.report(code, message, offset, hint, self.claim)
        return BAD

    def nearest(self, word: str, choices: tuple[str, ...]) -> list[str]:
        """Choices that look like a word that is none of them."""
        return self.sheet.nearest(word, choices)

    def wrong_type(self, node: Node, expected: str, hint: str) -> Any:
        """Report a node of the wrong kind."""
        kind = {SCALAR: "a single value", SEQUENCE: "a list", MAPPING: "a mapping"}[node.id]
        return self.report("bad-value", f"{expected}, not {kind}", node, hint)

    def text(self, node: Node, field: Field) -> Any:
        """A text; one that YAML would type, and a required one that is blank, cannot be used."""
        if node.id != SCALAR:
            return self.wrong_type(node, f"{field.key} is a text", _bracket_hint(node))
        value: str = node.value
        tag = node.tag
        if tag.__class__ is tuple and tag[0] and is_typed(value):
            short = shorten(value, 40)
            message = f"{field.key} is a text, and {short} is read as a number, a truth value or null"
            return self.report("bad-value", message, node, f'quote it: {field.key}: "{short}"')
        at = control_characters(value)
        if at is not None:
            return self._control_character(node, field, value[at])
        if field.required and not value.strip():
            return self.report("missing-key", f"{field.key} is empty", node, f"write {field.key}: and a text")
        return value

    def _control_character(self, node: Node, field: Field, character: str) -> Any:
        """Report it where it stands, or at the text's beginning where it is written as an escape."""
        start = self.offset(node)
        found = self.sheet.text.find(character, start, self.shift(int(node.end_mark.index)))
        number = f"U+{ord(character):04X}"
        message = f"{field.key} holds {number}, which steers terminals or hides text"
        return self.report_at("control-character", message, max(start, found), "remove the character")

    def bare_name(self, text: str) -> str | None:
        """The name that is written so, None where quotes or a problem belong to it."""
        names = self.sheet.names
        if text in names:
            return names[text]
        if _NAME.fullmatch(text) and text not in fields.OUTCOMES and not is_typed(text):
            names[text] = text
            return text
        return None

    def name(self, node: Node, field: Field) -> Any:
        """A name: small letters, digits and hyphens; one that was seen before is the same object."""
        if node.id == SCALAR and node.tag.__class__ is tuple:
            name = self.bare_name(node.value)
            if name is not None:
                return name
        value = self.text(node, field)
        if value is BAD:
            return value
        if value in fields.OUTCOMES:
            message = f"{field.key} cannot be the outcome word {value}"
            return self.report("bad-value", message, node, "choose another name")
        if _NAME.fullmatch(value):  # in quotes, and what must not stand without them
            return value
        message = f"{field.key} {shorten(value, 40)!r} is not a name"
        return self.report("bad-value", message, node, fields.HOW["name"])

    def url(self, node: Node, field: Field) -> Any:
        """An address that a browser may be sent to."""
        value = self.text(node, field)
        if value is BAD or _URL.fullmatch(value):
            return value
        return self.report("bad-value", f"{field.key} is not an address", node, fields.HOW["url"])

    def file(self, node: Node, field: Field) -> Any:
        """A file name without a folder."""
        value = self.text(node, field)
        if value is BAD or _FILE.fullmatch(value):
            return value
        return self.report("bad-value", f"{field.key} is a file name, never a path", node, fields.HOW["file"])

    def sha256(self, node: Node, field: Field) -> Any:
        """A checksum in hexadecimal digits; one of digits alone need not be quoted."""
        if node.id != SCALAR:
            return self.wrong_type(node, f"{field.key} is a text", "write the 64 digits behind the key")
        if _SHA256.fullmatch(node.value):
            return node.value
        return self.report("bad-value", f"{field.key} is not 64 hexadecimal digits", node, fields.HOW["sha256"])

    def choice(self, node: Node, field: Field) -> Any:
        """One of the words of the field."""
        if node.id != SCALAR:
            return self.wrong_type(node, f"{field.key} is one word", f"one of {', '.join(field.choices)}")
        if node.value in field.choices:
            return node.value
        near = self.nearest(node.value[:80], field.choices)
        hint = f"did you mean {either(near)}?" if near else f"one of {', '.join(field.choices)}"
        return self.report("bad-value", f"{field.key} cannot be {shorten(node.value, 40)!r}", node, hint)

    def period(self, node: Node, field: Field) -> Any:
        """A period, or None for the field's own word."""
        if node.id != SCALAR:
            return self.wrong_type(node, f"{field.key} is a period", "write one behind the key, such as 2026-12-31")
        if node.value == field.word:
            return None
        try:
            return periods.parse(node.value)
        except periods.PeriodError as found:
            return self._no_period(node, field, found)

    def _no_period(self, node: Node, field: Field, found: periods.PeriodError) -> Any:
        from ..words.typed import correction

        error = correction(node.value, found)
        hint = f"{error.hint}; or {field.word}" if field.word else error.hint
        return self.report("bad-period", f"{field.key}: {error}", node, hint)

    def day(self, node: Node, field: Field) -> Any:
        """A period of one day."""
        value = self.period(node, field)
        if value is BAD or (value.precision == "day" and not value.approximate):
            return value
        message = f"{field.key} is one day, not {value.text}"
        return self.report("bad-period", message, node, fields.HOW["day"])

    def number(self, node: Node, field: Field) -> Any:
        """A finite number within the field's bounds."""
        if node.id != SCALAR or not (node.tag.__class__ is str or node.tag[0]):
            message = f"{field.key} is a number"
            return self.report("bad-value", message, node, "write digits alone, without quotes or unit")
        value = to_number(node.value)
        if value is None:
            hint = fields.HOW["number"]
            if _GROUPED.fullmatch(node.value[:80]):
                hint = f"write {re.sub('[^0-9]', '', node.value)}"
            message = f"{field.key} {shorten(node.value, 40)!r} is not a finite number"
            return self.report("bad-value", message, node, hint)
        low, high = field.low, field.high
        if (low is not None and value < low) or (high is not None and value > high):
            message = f"{field.key} {node.value} is not between {low:g} and {high:g}"
            return self.report("bad-value", message, node, f"write a number from {low:g} to {high:g}")
        return value

    def whole(self, node: Node, field: Field) -> Any:
        """A whole number within the field's bounds."""
        value = self.number(node, field)
        if value is BAD or value == int(value):
            return value if value is BAD else int(value)
        hint = f"write a whole number from {field.low:g} to {field.high:g}"
        return self.report("bad-value", f"{field.key} {node.value} is not a whole number", node, hint)

    def timezone(self, node: Node, field: Field) -> Any:
        """A name of the time zone database."""
        value = self.text(node, field)
        if value is BAD or days.zone(value) is not None:
            return value
        known = days.zones()
        near = self.nearest(value[:80], known)
        hint = f"did you mean {either(near)}?" if near else fields.HOW["timezone"]
        if not known:
            hint = "this machine has no time zone data; install it with: pip install tzdata"
        return self.report("bad-value", f"{field.key} {shorten(value, 40)!r} is no known time zone", node, hint)

    def probability(self, node: Node, field: Field) -> Any:
        """A probability as 0..1, written so or as a percentage."""
        if node.id != SCALAR:
            return self.wrong_type(node, f"{field.key} is a number", "write 0.8 or 80%")
        percent = node.value.endswith("%")
        plain = percent or (node.tag.__class__ is tuple and node.tag[0])
        value = to_share(node.value) if plain else None
        if value is None or not 0 <= value <= 1:
            message = f"{field.key} {shorten(node.value, 40)!r} is not a probability"
            return self.report("bad-value", message, node, fields.HOW["probability"])
        return value

    def version(self, node: Node, field: Field) -> Any:
        """The number of the format."""
        if node.id == SCALAR and node.value == str(fields.FORMAT):
            return fields.FORMAT
        message = f"{field.key} names the format, and this program reads format {fields.FORMAT}"
        return self.report("bad-value", message, node, f"write {field.key}: {fields.FORMAT}")


def to_share(text: str) -> float | None:
    """The finite number that a text writes, a percentage as its hundredth: 33.3% is the very number 0.333."""
    value = to_number(text.removesuffix("%"))
    if value is None or (text.endswith("%") and text[:2] in _BASES):
        return None
    return hundredth(text[:-1]) if text.endswith("%") else float(value)


def to_number(text: str) -> Number | None:
    """The finite number that a text writes as YAML 1.2 has them, None for any other text."""
    if len(text) > limits.NUMBER_CHARS or _NUMBER.fullmatch(text) is None:
        return None
    if text.lstrip("+-").isdigit():
        return int(text)
    if text[:2] in _BASES:
        return int(text[2:], _BASES[text[:2]])
    value = float(text)
    return value if math.isfinite(value) else None


def _bracket_hint(node: Node) -> str:
    sign = "[" if node.id == SEQUENCE else "{"
    return f"quote a text that begins with {sign}" if node.flow_style else "write the text behind the key"
