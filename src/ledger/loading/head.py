"""What a file says besides its claims: what it is about, includes, and the tables of people, topics and sources."""

from typing import NamedTuple

from .. import fields
from ..errors import UnreadableError
from ..model import About, Person, Source
from .composer import MappingNode, Node, ScalarNode, SequenceNode
from .scalars import BAD, is_empty
from .values import Values

_TOP = tuple(field._replace(type="apart") if field.key == "claims" else field for field in fields.TOP)
_TABLES = ("people", "topics", "sources")


class FileHead(NamedTuple):
    """What a file says besides its claims; each name with the offset of its key.

    `unread` are the tables that are no mappings: nobody knows what they were to declare.
    """

    title: str | None
    include: tuple[tuple[str, int], ...]
    people: dict[str, Person]
    topics: dict[str, str]
    sources: dict[str, Source]
    declared: dict[tuple[str, str], int]
    unread: tuple[str, ...]
    about: About | None
    timezone: str | None
    forecasts: tuple[str, ...]
    main: tuple[tuple[str, int], ...]  # the keys that stand in the main file only


def read_head(values: Values, node: Node) -> FileHead:
    """The head of a file; UnreadableError where there is no mapping with a `ledger:` key."""
    if not is_ledger(node):
        raise not_a_ledger(values.sheet.name)
    found = values.mapping(node, _TOP, "a ledger") or {}
    declared: dict[tuple[str, str], int] = {}
    include: list[tuple[str, int]] = []
    for key, value in node.value:
        if key.value == "include" and value.__class__ is SequenceNode:
            include = [(item.value, values.offset(item)) for item in value.value if item.__class__ is ScalarNode]
        if key.value in _TABLES and value.__class__ is MappingNode:
            for name, _ in value.value:
                declared.setdefault((key.value, str(name.value)), values.offset(name))
        elif key.value in _TABLES and not is_empty(value):
            found[key.value] = BAD
    title, about, timezone, forecasts = (
        None if found.get(key) is BAD else found.get(key) for key in ("title", "about", "timezone", "forecasts")
    )
    main = tuple(
        (key.value, values.offset(key)) for key, value in node.value if key.value in fields.MAIN and not is_empty(value)
    )
    include = include if found.get("include") not in (None, BAD) else []
    unread = tuple(table for table in _TABLES if found.get(table) is BAD)
    people, topics, sources = (
        {} if table in unread else {name: item for name, item in (found.get(table) or {}).items() if item is not BAD}
        for table in _TABLES
    )
    return FileHead(
        title, tuple(include), people, topics, sources, declared, unread, about, timezone, forecasts or (), main
    )


def is_ledger(node: Node) -> bool:
    """Whether a file's node is a mapping with the key `ledger`."""
    return node.__class__ is MappingNode and any(
        key.__class__ is ScalarNode and key.value == "ledger" for key, _ in node.value
    )


def not_a_ledger(name: str) -> UnreadableError:
    """The error for a file that is something else."""
    return UnreadableError(
        f"{name}: no mapping with a ledger: key at the top", hint="begin the file with the line ledger: 1"
    )
