"""A ledger that has every field of the format, written out in a style, with the place of each value."""

from __future__ import annotations

from typing import Any, NamedTuple

from ledger import fields
from ledger.fields import Field
from ledger.problems import Path

GOOD: dict[str, str] = {
    "text": "some text",
    "url": "https://example.org/a",
    "file": "a.txt",
    "sha256": "0123456789abcdef" * 4,
    "day": "2026-01-31",
    "number": "3",
    "probability": "80%",
    "version": "1",
    "timezone": "Europe/Berlin",
}
OTHERS = {"also_by": "bob", "by": "cat"}  # never the speaker
APART = ("decides",)  # stands beside no at_least
OWN = {
    "kind": "target",
    "wording": "quoted",
    "window": "by",
    "outcome": "false",
    "id": "c-1",
    "level": "0.9",
    "fiscal_year_end": "1",
}
NAMES = {"people": "ann", "sources": "s-1", "topics": "t-1", "claims": "c-2", None: "a-series"}
PERIODS = {
    "said": "2025-01-08",
    "published": "2025-02",
    "happened": "2026",
    "deadline": "2026",
    "deadline_latest": "2027",
    "known_by": "2027",
}

Value = str | list[Any] | dict[str, Any]


def value(field: Field) -> Value:
    """A good value of a field: a text as written, a list or a mapping."""
    match field.type:
        case "name":
            return OTHERS.get(field.key) or OWN.get(field.key, NAMES[field.refers])
        case "choice" | "whole":
            own = OWN[field.key]
            return own if own in field.choices or field.type == "whole" else field.choices[0]
        case "number" | "probability" if field.key in OWN:
            return OWN[field.key]
        case "period":
            return PERIODS[field.key]
        case "range":
            return ["1", "2"]
        case "group":
            return record(field.fields)
        case "groups":
            second = {"date": "2026-02-01"} if field.key == "forecasts" else {}
            return [record(field.fields), record(field.fields) | second]
        case "mentions":
            return [NAMES[field.fields[0].refers], record(field.fields)]
        case "names" | "texts":
            first = (
                OTHERS[field.key]
                if field.key in OTHERS
                else NAMES[field.refers]
                if field.type == "names"
                else "deadline"
            )
            return [first, first]
        case _:
            return GOOD[field.type]


def record(table: tuple[Field, ...]) -> dict[str, Any]:
    """Good values of all fields of a table."""
    return {field.key: value(field) for field in table if field.key not in APART}


def ledger() -> dict[str, Any]:
    """A ledger with every field but `include`, and a second claim that others may name."""
    other = {"id": "c-2", "claim": "text", "speaker": "ann", "said": "2025", "source": "s-1", "deadline": "none"}
    whole = record(tuple(field for field in fields.TOP if field.type in ("version", "text", "timezone", "group")))
    whole["forecasts"] = ["forecasts/*.csv", "more.csv"]
    for field in fields.TOP:
        if field.type == "table":
            whole[field.key] = {NAMES[field.key]: record(field.fields)}
            if field.key == "people":
                whole[field.key] |= {name: {"name": "text"} for name in OTHERS.values()}
        elif field.type == "labels":
            whole[field.key] = {NAMES[field.key]: "a label"}
        elif field.key == "claims":
            whole[field.key] = [record(field.fields), other]
    return whole


class Written(NamedTuple):
    """A text, and the offset of the value at each path; keys have the path (…, "key", "<key>")."""

    text: str
    offsets: dict[Path, int]

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column from 1."""
        offset = self.offsets[path]
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)


def written(tree: Value, style: str) -> Written:
    """Write in block style, in block style with flow inside the claims, or all in flow style."""
    writer = _Writer(style)
    writer.block(tree, (), 0)
    return Written(writer.text, writer.offsets)


class _Writer:
    def __init__(self, style: str) -> None:
        self.text = ""
        self.offsets: dict[Path, int] = {}
        self.flow_from = {"block": 99, "mixed": 3, "flow": 1}[style]

    def mark(self, path: Path) -> None:
        self.offsets.setdefault(path, len(self.text))

    def block(self, tree: Value, path: Path, indent: int) -> None:
        """Write a value whose first line has been begun; ends with a newline."""
        self.mark(path)
        if isinstance(tree, str) or not tree or len(path) >= self.flow_from:
            self.flow(tree, path)
            self.text += "\n"
        elif isinstance(tree, dict):
            for number, (key, item) in enumerate(tree.items()):
                self.text += " " * indent if number else ""
                self.mark((*path, key, "<key>"))
                self.text += f"{key}:"
                self.below(item, (*path, key), indent + 2)
        else:
            for number, item in enumerate(tree):
                self.text += " " * indent if number else ""
                self.text += "- "
                self.block(item, (*path, number), indent + 2)

    def below(self, item: Value, path: Path, indent: int) -> None:
        """Write the value behind a key."""
        if item == "":
            self.text += "\n"
            return
        nested = not isinstance(item, str) and len(path) < self.flow_from and len(item)
        self.text += "\n" + " " * indent if nested else " "
        self.block(item, path, indent)

    def flow(self, tree: Value, path: Path) -> None:
        self.mark(path)
        if isinstance(tree, str):
            self.text += tree
            return
        opening, closing = "{}" if isinstance(tree, dict) else "[]"
        self.text += opening
        pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for number, (key, item) in enumerate(pairs):
            self.text += ", " if number else ""
            if isinstance(tree, dict):
                self.mark((*path, key, "<key>"))
                self.text += f"{key}: "
            self.flow(item, (*path, key))
        self.text += closing


def replaced(tree: Any, path: Path, new: Value) -> Any:
    """The tree with another value at a path."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(tree, dict):
        return {key: replaced(item, rest, new) if key == step else item for key, item in tree.items()}
    return [replaced(item, rest, new) if at == step else item for at, item in enumerate(tree)]
