"""The YAML of the program `predictions`: a first document about the file, then a document a prediction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from ...edit.blocks import Value
from ...edit.scalars import Plain
from ...errors import RefusedError
from ...loading.composer import Broken, MappingNode, Node, ScalarNode, SequenceNode, compose, is_plain
from ...text import shorten
from . import pages
from .common import Import
from .made_keys import key_of
from .probabilities import NoProbabilityError, probability
from .proposals import Item, Proposal, Refused, RefusedFrame, RowPlace
from .sources import Lines

_BREAK = re.compile(r"---(?:\s|$)")
_OUTCOMES = {
    **dict.fromkeys(("yes", "true", "on", "y"), "true"),
    **dict.fromkeys(("no", "false", "off", "n"), "false"),
    **dict.fromkeys(("~", "null", ""), "ambiguous"),
}  # fmt: skip


class _Document(NamedTuple):
    place: RowPlace
    text: str


def read(reading: Import) -> Iterator[Item]:
    """The predictions of each file, all by one speaker and for one year."""
    for member in reading.members:
        lines = Lines(member)
        documents = list(_documents(lines, member.name))
        if not documents:
            raise RefusedError(f"{member.name}: is empty")
        head = _values(documents[0].text)
        if not isinstance(head, dict) or "claim" in head:
            raise RefusedError(
                f"{member.name}: no document about the file before the predictions",
                hint="it begins with title: and scope:, and --- stands before each prediction",
            )
        title = _text(head.get("title")) or PurePath(member.base).stem
        page = pages.page(reading, member, title, f"{_text(head.get('scope'))} {title}")
        yield RefusedFrame(member.name, before=documents[0].text)
        for document in documents[1:]:
            yield _prediction(reading, page, document)


def _documents(lines: Lines, name: str) -> Iterator[_Document]:
    held: list[str] = []
    start, number = 1, 0
    for number, line in enumerate(lines, 1):
        if _BREAK.match(line) and held:
            if any(_says(one) for one in held):
                yield _Document(RowPlace(name, start), "".join(held))
            held, start = [], number
        held.append(line)
    if any(_says(one) for one in held):
        yield _Document(RowPlace(name, start), "".join(held))


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#") and not _BREAK.fullmatch(line.strip())


def _values(text: str) -> dict[str, object] | str:
    """The mapping of a document; a text says what is wrong with it."""
    try:
        node = compose(_BREAK.sub("", text, count=1) if _BREAK.match(text) else text)
    except Broken as error:
        return error.message
    if not isinstance(node, MappingNode):
        return "no mapping of keys and values"
    return {str(key.value): _value(value) for key, value in node.value}


def _value(node: Node) -> object:
    if isinstance(node, ScalarNode):
        return Plain(node.value) if is_plain(node) else str(node.value)
    if isinstance(node, SequenceNode):
        return [_value(one) for one in node.value]
    return {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) and value not in ("~", "null") else ""


def _prediction(reading: Import, page: pages.Page, document: _Document) -> Proposal | Refused:
    place, raw = document.place, document.text
    values = _values(raw)
    if isinstance(values, str):
        return Refused("unclear", values, place, raw)
    claim = reading.clean(_text(values.get("claim")), place)
    if not claim:
        return Refused("missing", "no claim", place, raw)
    record: dict[str, Value] = {"claim": claim, "topics": _topics(reading, values.get("tags"))}
    confidence = _text(values.get("confidence"))
    if confidence:
        try:
            record["probability"] = pages.number(probability(confidence, reading.options.scale or "0-100"))
        except NoProbabilityError as error:
            return Refused("bad-probability", str(error), place, raw)
    outcome = _outcome(values)
    if outcome is not None and outcome not in ("true", "false", "annulled", "ambiguous"):
        return Refused("bad-outcome", f"happened: {shorten(outcome, 40)}", place, raw)
    notes = [_text(values.get(key)) for key in ("notes", "cause for exclusion")]
    record["note"] = reading.clean(" ".join(filter(None, notes)), place)
    return pages.proposal(reading, page, key_of(claim, page.key), record, outcome, place, raw)


def _topics(reading: Import, tags: object) -> list[Value]:
    given = tags if isinstance(tags, list) else [tags]
    return reading.topic_keys(tag for tag in map(_text, given) if tag)


def _outcome(values: Mapping[str, object]) -> str | None:
    """What happened; what was excluded is annulled, whatever happened."""
    if _text(values.get("cause for exclusion")):
        return "annulled"
    if "happened" not in values:
        return None
    happened = values["happened"]
    if not isinstance(happened, Plain):
        return str(happened) or "?"
    return _OUTCOMES.get(happened.lower(), str(happened))
