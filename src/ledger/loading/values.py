"""YAML nodes -> plain values, field by field as the table of the format says; what is wrong becomes a problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from .. import fields
from ..fields import Field
from ..model import (
    About,
    Amendment,
    Evidence,
    Forecast,
    Mention,
    Observation,
    Person,
    Quantity,
    Resolution,
    Source,
)
from ..text import either, plural, shorten
from . import limits
from .nodes import MAPPING, SCALAR, SEQUENCE, Node
from .scalars import BAD, TYPED_STARTS, Scalars, is_empty, is_typed

__all__ = ["ABSENT", "BAD", "Values", "is_typed", "readers_of"]

ABSENT: Final = object()  # an empty value of a field that only some claims need

_RECORDS: dict[int, Callable[..., Any]] = {
    id(fields.PERSON): Person,
    id(fields.SOURCE): Source,
    id(fields.EVIDENCE): Evidence,
    id(fields.RESOLUTION): Resolution,
    id(fields.QUANTITY): Quantity,
    id(fields.AMENDMENT): Amendment,
    id(fields.ABOUT): About,
    id(fields.MENTION): Mention,
    id(fields.FORECAST): Forecast,
    id(fields.OBSERVATION): Observation,
}
# Tables whose records stand in lists: there a lost dash makes one record of two.
_LISTED = {
    id(table)
    for table in (
        fields.CLAIM,
        fields.RESOLUTION,
        fields.EVIDENCE,
        fields.AMENDMENT,
        fields.MENTION,
        fields.FORECAST,
        fields.OBSERVATION,
    )
}
_OF_NAMES = ("table", "labels")
_SINGULAR = {
    "resolutions": "a judgement",
    "evidence": "evidence",
    "amended": "an amendment",
    "also_in": "an entry of also_in",
    "forecasts": "a forecast",
    "observations": "an observation",
}


class Values(Scalars):
    """Reads mappings, lists and what stands in them."""

    # --- mappings ------------------------------------------------------------------------------------------

    def mapping(self, node: Node, table: tuple[Field, ...], where: str) -> dict[str, Any] | None:
        """The values of a mapping by key, None for an empty one; None instead of all where it is no mapping.

        A value that cannot be used is BAD.
        """
        if node.id != MAPPING:
            self.wrong_type(node, f"{where} is a mapping of keys and values", _mapping_hint(table))
            return None
        readers, required = readers_of(table)
        values: dict[str, Any] = {}
        unknown: list[Node] = []
        repeated = 0
        for key_node, value_node in node.value:
            known = readers.get(key_node.value) if key_node.id == SCALAR else None
            if known is None:
                unknown.append(key_node)
                continue
            key, field, read, is_text = known
            if key in values:
                repeated += 1
                if repeated > limits.UNKNOWN_KEYS or self._repeats(node, key_node, table, where):
                    break
                continue
            value = value_node.value
            if is_text and value_node.id == SCALAR and value_node.tag.__class__ is tuple and value:
                # Most values are plain texts, and nothing can be wrong with nearly all of them.
                if (value[0] not in TYPED_STARTS or " " in value) and value.isprintable() and not value.isspace():
                    values[key] = value
                    continue
            elif not value and is_empty(value_node):
                values[key] = self._empty(key_node, value_node, field, where)
                continue
            values[key] = read(self, value_node, field)
        if unknown:
            self._unknown(unknown, table, where, values)
        for key in required:
            if key not in values:
                values[key] = self.missing(node, key, where)
        return values

    def missing(self, node: Node, key: str, where: str, hint: str | None = None) -> Any:
        """Report a required key that is absent or empty."""
        return self.report("missing-key", f"{where} needs {key}", node, hint or f"add a line {key}: …")

    def _empty(self, key_node: Node, value_node: Node, field: Field, where: str) -> Any:
        if not field.required:
            return None
        if field.key == "deadline":  # some kinds of claim need none
            return ABSENT
        end = self.offset(value_node)
        text = self.sheet.text
        line_end = text.find("\n", end)
        behind = text[self.offset(key_node) : len(text) if line_end < 0 else line_end]
        commented = behind.partition(":")[2].lstrip(" \t").startswith("#")
        hint = f'quote a text that begins with #: {field.key}: "# …"' if commented else None
        return self.missing(key_node, field.key, where, hint)

    def _repeats(self, node: Node, key_node: Node, table: tuple[Field, ...], where: str) -> bool:
        """Report a key that stands twice; the answer is whether a whole record follows whose dash was lost."""
        at = next(number for number, (key, _) in enumerate(node.value) if key is key_node)
        before = {key.value for key, _ in node.value[:at] if key.id == SCALAR}
        again = {key.value for key, _ in node.value[at:] if key.id == SCALAR and key.value in before}
        required = {field.key for field in table if field.required and field.key not in ("id", "deadline", "source")}
        if id(table) in _LISTED and len(again) > 1 and ("id" in again or again >= required):
            lost = _text_at(node.value[at:], "id")
            name = f" of {shorten(lost, 40)}" if lost else ""
            message = f"the keys of {where} begin again here: the dash{name} is missing"
            own, self.claim = self.claim, lost or self.claim
            self.report("duplicate-key", message, key_node, "begin each with a dash, in the column of the others")
            self.claim = own
            return True
        self.report("duplicate-key", f"{key_node.value} stands twice in {where}", key_node, "keep one of the two")
        return False

    def _unknown(self, nodes: list[Node], table: tuple[Field, ...], where: str, values: dict[str, Any]) -> None:
        """Report keys that the format does not know; one that is a required key misspelt stands for it."""
        for node in nodes[: limits.UNKNOWN_KEYS]:
            meant = self._unknown_key(node, table, where, values)
            if meant is not None:
                values[meant] = BAD
        more = len(nodes) - limits.UNKNOWN_KEYS
        if more > 0:
            message = f"{plural(more, 'more key')} that {where} does not have"
            self.report("unknown-key", message, nodes[limits.UNKNOWN_KEYS], "remove them")

    def _unknown_key(self, node: Node, table: tuple[Field, ...], where: str, values: dict[str, Any]) -> str | None:
        if node.id != SCALAR:
            self.report("unknown-key", f"a key of {where} is a list or mapping", node, "keys are plain words")
            return None
        if node.value == "<<":
            self.report("yaml-feature", "merge keys are not part of the format", node, "write the values out")
            return None
        keys = tuple(field.key for field in table)
        word = node.value[:80]
        bare, colon, rest = word.partition(":")
        near = [bare] if colon and bare in keys else self.nearest(word, keys)
        if not colon or bare not in keys:
            message = f"{where} has no key {shorten(word, 40)!r}"
            hint = f"did you mean {either(near)}?" if near else f"known here: {', '.join(keys)}"
        elif rest.strip(": "):
            message, hint = f"a space is missing behind {bare}:", f"write {bare}: and the value"
        else:
            message, hint = f"two colons behind {bare}", f"write {bare}: and the value"
        self.report("unknown-key", message, node, hint)
        # What is missing with a key is said once; at the top of a file that holds for all names in a table.
        counts = {field.key for field in table if field.required or field.key == bare or field.type in _OF_NAMES}
        absent = counts - values.keys()
        return next((key for key in near if key in absent), None)

    # --- lists ---------------------------------------------------------------------------------------------

    def items(self, node: Node, field: Field, read: Callable[[Node, Field], Any]) -> Any:
        """The values of a list; BAD if any of them is."""
        if node.id != SEQUENCE:
            return self.wrong_type(node, f"{field.key} is a list", _list_hint(node, field))
        before = self.reported
        values = [self._item(item, field) if is_empty(item) else read(item, field) for item in node.value]
        return tuple(values) if self.reported == before or BAD not in values else BAD

    def _item(self, item: Node, field: Field) -> Any:
        return self.report("bad-value", f"{field.key} has an empty entry", item, "remove the dash or comma")

    def texts(self, node: Node, field: Field) -> Any:
        """A list of texts."""
        return self.items(node, field._replace(required=True), self.text)

    def names(self, node: Node, field: Field) -> Any:
        """A list of names."""
        return self.items(node, field, self.name)

    def range(self, node: Node, field: Field) -> Any:
        """Two numbers, the smaller one first."""
        pair = self.items(node, field, self.number)
        if pair is BAD or (len(pair) == 2 and pair[0] <= pair[1]):
            return pair
        wrong = "begins with the larger number" if len(pair) == 2 else f"is two numbers, not {len(pair)}"
        return self.report("bad-value", f"{field.key} {wrong}", node, "write [low, high]")

    # --- records -------------------------------------------------------------------------------------------

    def group(self, node: Node, field: Field) -> Any:
        """A record of the field's table; BAD if anything in it is."""
        before = self.reported
        values = self.mapping(node, field.fields, _SINGULAR.get(field.key, field.key))
        if values is None or (self.reported != before and BAD in values.values()):
            return BAD
        return self.record(node, field, {key: value for key, value in values.items() if value is not None})

    def record(self, node: Node, field: Field, values: dict[str, Any]) -> Any:
        """The record of values that are good each for itself; BAD where they are not together."""
        table = field.fields
        if table is fields.EVIDENCE and not (values.get("source") or values.get("url") or values.get("title")):
            return self.report("missing-key", "evidence needs a source, a url or a title", node, "add one of them")
        if table is fields.QUANTITY:
            return self._quantity(node, values)
        if table is fields.RESOLUTION and not values.get("evidence") and not values.get("note"):
            return self.report("missing-key", "a judgement needs evidence or a note", node, "say what it rests on")
        if (
            table is fields.OBSERVATION
            and not any(values.get(key) for key in ("evidence", "note"))
            and "value" not in values
        ):
            return self.report("missing-key", "an observation needs a value, evidence or a note", node, "say what")
        return _RECORDS[id(table)](**values)

    def _quantity(self, node: Node, values: dict[str, Any]) -> Any:
        least, most = values.get("at_least"), values.get("at_most")
        if least is not None and most is not None and least > most:
            message = f"at_least {least:g} is above at_most {most:g}"
            return self.report("bad-value", message, node, "swap them, or drop one")
        if "level" in values and "range" not in values:
            return self.report("missing-key", "a level belongs to a range", node, "add range: [low, high]")
        if "decides" in values:
            if "range" not in values:
                return self.report("missing-key", "decides: range needs a range", node, "add range: [low, high]")
            if least is not None or most is not None:
                what = "at_least" if least is not None else "at_most"
                message = f"{what} stands beside decides: range, whose ends are what decides"
                return self.report("bad-value", message, node, "keep one of the two")
        return Quantity(**values)

    def groups(self, node: Node, field: Field) -> Any:
        """A list of records."""
        return self.items(node, field, self.group)

    def mentions(self, node: Node, field: Field) -> Any:
        """A list of names, or of records that hold one."""
        return self.items(node, field, self.mention)

    def mention(self, node: Node, field: Field) -> Any:
        """A name, or a record that holds one."""
        if node.id == MAPPING:
            return self.group(node, field)
        name = self.name(node, field)
        return name if name is BAD else Mention(name)

    # --- tables of names -----------------------------------------------------------------------------------

    def named(self, node: Node, field: Field, read: Callable[[Node, Field], Any]) -> dict[str, Any]:
        """A mapping from names to values; entries that cannot be read are left out."""
        found: dict[str, Any] = {}
        if node.id != MAPPING:
            self.wrong_type(node, f"{field.key} is a mapping of names", "write one line name: … for each")
            return found
        name_field = Field(f"a name in {field.key}", "name", "")
        for key_node, value_node in node.value:
            key = self.name(key_node, name_field)
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
        return self.named(node, field, lambda item, own: "" if is_empty(item) else self.text(item, own))

    def apart(self, node: Node, field: Field) -> None:
        """Claims are read one by one, elsewhere."""


def _mapping_hint(table: tuple[Field, ...]) -> str:
    return f"write {table[0].key}: … and the other keys below each other"


def _list_hint(node: Node, field: Field) -> str:
    if node.id == SCALAR:
        return f"write {field.key}: [{shorten(node.value.strip('[]'), 40)}]"
    return "put a dash before the first key of each entry"


def _text_at(pairs: list[tuple[Node, Node]], key: str) -> str | None:
    for key_node, value_node in pairs:
        if key_node.value == key and value_node.id == SCALAR:
            return str(value_node.value) or None
    return None


_Known = tuple[dict[str, tuple[str, Field, Callable[[Values, Node, Field], Any], bool]], tuple[str, ...]]
_KNOWN: dict[int, _Known] = {}


def readers_of(table: tuple[Field, ...]) -> _Known:
    """The readers of a table's keys, and the keys that must be there; deadline depends on the kind."""
    found = _KNOWN.get(id(table))
    if found is None:
        readers = {field.key: (field.key, field, getattr(Values, field.type), field.type == "text") for field in table}
        required = tuple(field.key for field in table if field.required and field.key != "deadline")
        found = _KNOWN[id(table)] = (readers, required)
    return found
