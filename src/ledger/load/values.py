"""YAML nodes -> plain values, field by field as the table of the format says; what is wrong becomes a problem."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final

from .. import fields, periods
from ..fields import Field
from ..model import Amendment, Evidence, Number, Person, Quantity, Resolution, Source
from ..text import control_characters, did_you_mean, shorten
from . import limits
from .composer import MappingNode, Node, ScalarNode, SequenceNode
from .sheet import Sheet

BAD: Final = object()  # a value that was there and cannot be used; the problem has been reported

_NAME = re.compile(fields.NAME_PATTERN)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)")
_TYPED = re.compile(
    r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))"
    r"|0o[0-7]+|0x[0-9a-fA-F]+|\.(?:nan|NaN|NAN)|null|Null|NULL|~|true|True|TRUE|false|False|FALSE"
)
_TYPED_STARTS = frozenset("-+.0123456789nN~tTfF")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,_' ][0-9]{3})+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RECORDS: dict[int, Callable[..., Any]] = {
    id(fields.PERSON): Person,
    id(fields.SOURCE): Source,
    id(fields.EVIDENCE): Evidence,
    id(fields.RESOLUTION): Resolution,
    id(fields.QUANTITY): Quantity,
    id(fields.AMENDMENT): Amendment,
}


def is_typed(text: str) -> bool:
    """Whether a plain scalar means a number, true, false or null in YAML 1.2's core schema."""
    return text[:1] in _TYPED_STARTS and _TYPED.fullmatch(text[: limits.NUMBER_CHARS * 200]) is not None


class Values:
    """Reads the nodes of one piece of a sheet; `base` is added to a node's offset to reach the sheet's.

    From offset `jump_at` of the composed text on, `jump` is added too: the head goes on behind the claims.
    """

    def __init__(self, sheet: Sheet, *, base: int = 0, jump_at: int = -1, jump: int = 0) -> None:
        self.sheet = sheet
        self.claim: str | None = None
        self._base = base
        self._jump_at = jump_at
        self._jump = jump

    def offset(self, node: Node) -> int:
        """Where a node begins in the sheet."""
        return self.shift(int(node.start_mark.index))

    def shift(self, index: int) -> int:
        """From an offset in the composed text to one in the sheet."""
        return index + self._base + (self._jump if 0 <= self._jump_at <= index else 0)

    def report(self, code: str, message: str, node: Node, hint: str | None = None) -> Any:
        """Report a problem at a node and answer BAD."""
        self.sheet.report(code, message, self.offset(node), hint, self.claim)
        return BAD

    # --- mappings ------------------------------------------------------------------------------------------

    def mapping(self, node: Node, table: tuple[Field, ...], where: str) -> dict[str, Any] | None:
        """The values of a mapping by key, absent ones left out; None where the node is no mapping.

        A value that cannot be used is BAD.
        """
        if node.__class__ is not MappingNode:
            self.wrong_type(node, f"{where} is a mapping of keys and values")
            return None
        self._untagged(node)
        readers = _readers(table)
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            known = readers.get(key_node.value) if key_node.__class__ is ScalarNode else None
            if known is None:
                self._unknown_key(key_node, table, where)
                continue
            field, read = known
            key = field.key
            if key in values:
                self.report("duplicate-key", f"{key} stands twice in {where}", key_node, "keep one of the two")
                continue
            if value_node.__class__ is ScalarNode and value_node.value == "" and value_node.tag == (True, False):
                values[key] = None
                if field.required:
                    self._missing(key_node, key, where)
                    values[key] = BAD
                continue
            values[key] = read(self, value_node, field)
        for key in _required(table):
            if key not in values:
                self._missing(node, key, where)
        return values

    def _missing(self, node: Node, key: str, where: str) -> None:
        self.report("missing-key", f"{where} needs {key}", node, f"add a line {key}: …")

    def _unknown_key(self, node: Node, table: tuple[Field, ...], where: str) -> None:
        if node.__class__ is not ScalarNode:
            self.report("unknown-key", f"a key of {where} is a list or mapping", node, "keys are plain words")
            return
        if node.value == "<<":
            self.report("yaml-feature", "merge keys are not part of the format", node, "write the values out")
            return
        keys = [field.key for field in table]
        hint = did_you_mean(node.value, keys) or f"known here: {', '.join(keys)}"
        self.report("unknown-key", f"{where} has no key {shorten(node.value, 40)!r}", node, hint)

    def _untagged(self, node: Node) -> None:
        if node.tag.__class__ is str:
            self.report(
                "yaml-feature",
                f"the tag {shorten(node.tag, 60)} is not part of the format",
                node,
                "remove it",
            )

    def wrong_type(self, node: Node, expected: str) -> Any:
        """Report a node of the wrong kind."""
        kind = {ScalarNode: "a single value", SequenceNode: "a list", MappingNode: "a mapping"}[type(node)]
        return self.report("bad-value", f"{expected}, not {kind}", node, None)

    # --- scalars -------------------------------------------------------------------------------------------

    def text(self, node: Node, field: Field) -> Any:
        """A text; one that YAML would type is reported and kept as written."""
        if node.__class__ is not ScalarNode:
            return self.wrong_type(node, f"{field.key} is a text")
        value: str = node.value
        tag = node.tag
        if tag.__class__ is str:
            self._untagged(node)
        elif tag[0] and value[:1] in _TYPED_STARTS and is_typed(value):
            self.report(
                "bad-value",
                f"{field.key} is a text, and {shorten(value, 40)} is read as a number, a truth value or null",
                node,
                f'quote it: {field.key}: "{shorten(value, 40)}"',
            )
            return BAD
        at = control_characters(value)
        if at is not None:
            return self.report(
                "control-character",
                f"{field.key} holds U+{ord(value[at]):04X}, which steers terminals or hides text",
                node,
                "remove the character",
            )
        return value

    def name(self, node: Node, field: Field) -> Any:
        """A name: small letters, digits and hyphens; one that was seen before is the same object."""
        names = self.sheet.names
        if node.__class__ is ScalarNode and node.value in names and node.tag.__class__ is tuple:
            return names[node.value]
        value = self.text(node, field)
        if value is not BAD and _NAME.fullmatch(value) and value not in fields.OUTCOMES:
            if not is_typed(value):
                names[value] = value
            return value
        if value is BAD:
            return value
        if value in fields.OUTCOMES:
            return self.report(
                "bad-value", f"{field.key} cannot be the outcome word {value}", node, "choose another name"
            )
        return self.report(
            "bad-value",
            f"{field.key} {shorten(value, 40)!r} is not a name",
            node,
            "names have small letters, digits and hyphens, such as optimus-units-2026",
        )

    def url(self, node: Node, field: Field) -> Any:
        """An address that a browser may be sent to."""
        value = self.text(node, field)
        if value is BAD or (value.startswith(("https://", "http://")) and not re.search(r"\s", value)):
            return value
        return self.report(
            "bad-value", f"{field.key} is not an address", node, "it begins with https:// and has no spaces"
        )

    def file(self, node: Node, field: Field) -> Any:
        """A file name without a folder."""
        value = self.text(node, field)
        if value is BAD or not (re.search(r"[/\\:]", value) or value.startswith(".")):
            return value
        return self.report(
            "bad-value",
            f"{field.key} is a file name, never a path",
            node,
            "leave the folder out; --documents names it",
        )

    def sha256(self, node: Node, field: Field) -> Any:
        """A checksum in hexadecimal digits; one of digits alone need not be quoted."""
        if node.__class__ is not ScalarNode:
            return self.wrong_type(node, f"{field.key} is a text")
        if _SHA256.fullmatch(node.value):
            return node.value
        return self.report("bad-value", f"{field.key} is not 64 hexadecimal digits", node, "as sha256sum prints it")

    def choice(self, node: Node, field: Field) -> Any:
        """One of the words of the field."""
        if node.__class__ is not ScalarNode:
            return self.wrong_type(node, f"{field.key} is one word")
        self._untagged(node)
        if node.value in field.choices:
            return node.value
        hint = did_you_mean(node.value, field.choices) or f"one of {', '.join(field.choices)}"
        return self.report("bad-value", f"{field.key} cannot be {shorten(node.value, 40)!r}", node, hint)

    def period(self, node: Node, field: Field) -> Any:
        """A period, or None for the field's own word."""
        if node.__class__ is not ScalarNode:
            return self.wrong_type(node, f"{field.key} is a period")
        self._untagged(node)
        if node.value == field.word:
            return None
        try:
            return periods.parse(node.value)
        except periods.PeriodError as error:
            hint = f"{error.hint}; or {field.word}" if field.word else error.hint
            return self.report("bad-period", f"{field.key}: {error}", node, hint)

    def day(self, node: Node, field: Field) -> Any:
        """A period of one day."""
        value = self.period(node, field)
        if value is BAD or (value.start == value.end and not value.approximate):
            return value
        return self.report("bad-period", f"{field.key} is one day, not {value.text}", node, "write it as 2026-12-31")

    def number(self, node: Node, field: Field) -> Any:
        """A finite number within the field's bounds."""
        if node.__class__ is not ScalarNode or not (node.tag.__class__ is str or node.tag[0]):
            return self.report(
                "bad-value", f"{field.key} is a number", node, "write digits alone, without quotes or unit"
            )
        self._untagged(node)
        value = _number(node.value)
        if value is None:
            hint = "write digits alone, such as 50000 or 0.8"
            if _GROUPED.fullmatch(node.value):
                hint = f"write {re.sub('[^0-9]', '', node.value)}"
            return self.report(
                "bad-value", f"{field.key} {shorten(node.value, 40)!r} is not a finite number", node, hint
            )
        low, high = field.low, field.high
        if (low is not None and value < low) or (high is not None and value > high):
            return self.report("bad-value", f"{field.key} {node.value} is not between {low:g} and {high:g}", node)
        return value

    def probability(self, node: Node, field: Field) -> Any:
        """A probability as 0..1, written so or as a percentage."""
        if node.__class__ is not ScalarNode:
            return self.wrong_type(node, f"{field.key} is a number")
        self._untagged(node)
        percent = node.value.endswith("%")
        plain = percent or (node.tag.__class__ is tuple and node.tag[0])
        value = _number(node.value[:-1] if percent else node.value) if plain else None
        if value is None or not 0 <= (value / 100 if percent else value) <= 1:
            return self.report(
                "bad-value",
                f"{field.key} {shorten(node.value, 40)!r} is not a probability",
                node,
                "write 0.8 or 80%, and only what was stated; words belong in probability_words",
            )
        return value / 100 if percent else float(value)

    # --- collections ---------------------------------------------------------------------------------------

    def items(self, node: Node, field: Field, read: Callable[[Node, Field], Any]) -> Any:
        """The values of a list; BAD if any of them is."""
        if node.__class__ is not SequenceNode:
            hint = f"write {field.key}: [{shorten(node.value, 40)}]" if node.__class__ is ScalarNode else None
            return self.report("bad-value", f"{field.key} is a list", node, hint)
        self._untagged(node)
        values = []
        for item in node.value:
            if item.__class__ is ScalarNode and item.value == "" and item.tag == (True, False):
                self.report("bad-value", f"{field.key} has an empty entry", item, "remove the dash or comma")
                values.append(BAD)
                continue
            values.append(read(item, field))
        return BAD if BAD in values else tuple(values)

    def texts(self, node: Node, field: Field) -> Any:
        """A list of texts."""
        return self.items(node, field, self.text)

    def names(self, node: Node, field: Field) -> Any:
        """A list of names."""
        return self.items(node, field, self.name)

    def range(self, node: Node, field: Field) -> Any:
        """Two numbers, the smaller one first."""
        pair = self.items(node, field, self.number)
        if pair is BAD or (len(pair) == 2 and pair[0] <= pair[1]):
            return pair
        return self.report("bad-value", f"{field.key} is two numbers, the smaller one first", node, "write [low, high]")

    def group(self, node: Node, field: Field) -> Any:
        """A record of the field's table; BAD if anything in it is."""
        values = self.mapping(node, field.fields, _singular(field.key))
        if values is None or BAD in values.values() or any(values.get(k) is None for k in _required(field.fields)):
            return BAD
        return self._record(node, field, {k: v for k, v in values.items() if v is not None})

    def _record(self, node: Node, field: Field, values: dict[str, Any]) -> Any:
        if field.fields is fields.EVIDENCE and not values.keys() & {"source", "url", "title"}:
            return self.report("missing-key", "evidence needs a source, a url or a title", node, "add one of them")
        if field.fields is fields.QUANTITY:
            return self._quantity(node, values)
        if field.fields is fields.RESOLUTION and not values.get("evidence") and not values.get("note"):
            return self.report("missing-key", "a judgement needs evidence or a note", node, "say what it rests on")
        return _RECORDS[id(field.fields)](**values)

    def _quantity(self, node: Node, values: dict[str, Any]) -> Any:
        least, most = values.get("at_least"), values.get("at_most")
        if least is not None and most is not None and least > most:
            return self.report(
                "bad-value", f"at_least {least:g} is above at_most {most:g}", node, "swap them, or drop one"
            )
        if "level" in values and "range" not in values:
            return self.report("missing-key", "a level belongs to a range", node, "add range: [low, high]")
        return Quantity(**values)

    def groups(self, node: Node, field: Field) -> Any:
        """A list of records."""
        return self.items(node, field, self.group)

    def named(self, node: Node, field: Field, read: Callable[[Node, Field], Any]) -> dict[str, Any]:
        """A mapping from names to values; entries that cannot be read are left out."""
        found: dict[str, Any] = {}
        if node.__class__ is not MappingNode:
            self.wrong_type(node, f"{field.key} is a mapping of names")
            return found
        self._untagged(node)
        for key_node, value_node in node.value:
            key = self.name(key_node, Field(f"a name in {field.key}", "name", ""))
            if key is BAD:
                continue
            if key in found:
                self.report("duplicate-key", f"{key} stands twice in {field.key}", key_node, "keep one of the two")
                continue
            found[key] = read(value_node, field._replace(key=key))
        return found

    def table(self, node: Node, field: Field) -> dict[str, Any]:
        """People or sources: a mapping from names to records."""
        return self.named(node, field, self.group)

    def labels(self, node: Node, field: Field) -> dict[str, Any]:
        """Topics: a mapping from names to texts, which may be empty."""

        def label(item: Node, item_field: Field) -> Any:
            if item.__class__ is ScalarNode and item.value == "" and item.tag == (True, False):
                return ""
            return self.text(item, item_field)

        return self.named(node, field, label)

    def apart(self, node: Node, field: Field) -> None:
        """Claims are read one by one, elsewhere."""

    def version(self, node: Node, field: Field) -> Any:
        """The number of the format."""
        if node.__class__ is ScalarNode and node.value == str(fields.FORMAT):
            return fields.FORMAT
        return self.report(
            "bad-value",
            f"{field.key} names the format, and this program reads format 1",
            node,
            "write ledger: 1",
        )


def _number(text: str) -> Number | None:
    if len(text) > limits.NUMBER_CHARS or _NUMBER.fullmatch(text) is None:
        return None
    if text.lstrip("+-").isdigit():
        return int(text)
    value = float(text)
    return value if math.isfinite(value) else None


_READERS: dict[int, dict[str, tuple[Field, Callable[[Values, Node, Field], Any]]]] = {}
_REQUIRED: dict[int, tuple[str, ...]] = {}


def _readers(table: tuple[Field, ...]) -> dict[str, tuple[Field, Callable[[Values, Node, Field], Any]]]:
    found = _READERS.get(id(table))
    if found is None:
        found = _READERS[id(table)] = {field.key: (field, getattr(Values, field.type)) for field in table}
    return found


def _required(table: tuple[Field, ...]) -> tuple[str, ...]:
    found = _REQUIRED.get(id(table))
    if found is None:
        found = _REQUIRED[id(table)] = tuple(
            field.key for field in table if field.required and (field.key != "deadline")
        )
    return found


def _singular(key: str) -> str:
    return {"resolutions": "a judgement", "evidence": "evidence", "amended": "an amendment"}.get(key, key)
