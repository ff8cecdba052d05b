"""One file's bytes -> claims, facts, spots and problems; one claim at a time wherever the cut is certain."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .. import fields
from ..errors import UnreadableError
from ..facts import Fact, Judgement
from ..model import Claim, Person, Quantity, Source, Spot
from . import limits
from .composer import Broken, MappingNode, Node, ScalarNode, SequenceNode, compose, features
from .pieces import Cut, Piece, cut
from .sheet import Sheet
from .values import BAD, Values

_TOP = tuple(field._replace(type="apart") if field.key == "claims" else field for field in fields.TOP)
_TABLES = ("people", "topics", "sources")
_VITAL = tuple(field.key for field in fields.CLAIM if field.vital)
_NEEDED = {field.key for field in fields.CLAIM if field.vital and field.required and field.key != "deadline"}
_LEDGER_KEY = re.compile(r"^ledger[ \t]*:", re.MULTILINE)
_ID_LINE = re.compile(r"^ *(?:- +)?id: *([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_NO_QUANTITY = Quantity()


class Head(NamedTuple):
    """What a file says besides its claims; each name with the offset of its key."""

    title: str | None
    include: tuple[tuple[str, int], ...]
    people: dict[str, Person]
    topics: dict[str, str]
    sources: dict[str, Source]
    declared: dict[tuple[str, str], int]


class Entry(NamedTuple):
    """One claim as read."""

    claim: Claim
    fact: Fact
    spot: Spot


class Reading(NamedTuple):
    """One file as read; the problems are in `sheet.found`."""

    sheet: Sheet
    head: Head | None  # None where only claims could be read
    entries: list[Entry]


def decode(data: bytes, name: str) -> str:
    """The text of a file, without a byte-order mark; UnreadableError where it is not UTF-8."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"{name}:{line}: not UTF-8 (byte 0x{data[error.start]:02x})", hint="save the file as UTF-8"
        ) from None


def read(text: str, name: str, number: int = 0) -> Reading:
    """Read one file's text; `number` is the file's number in the ledger.

    UnreadableError where there is no mapping with a `ledger:` key at the top.
    """
    proposal = cut(text)
    if proposal is not None:
        reading = _by_piece(Sheet(name, text), proposal, number)
        if reading is not None:
            return reading
    sheet = Sheet(name, text)
    try:
        return _whole(sheet, number)
    except Broken as broken:
        if broken.code == "yaml-feature":  # a second document: the first one is read
            reading = read(text[: broken.offset], name, number)
            reading.sheet.report(broken.code, broken.message, broken.offset, broken.hint)
            return reading
        if proposal is not None:
            return _each_piece(sheet, proposal, number)
        if not _LEDGER_KEY.search(text):
            raise _not_a_ledger(name) from None
        sheet.report(broken.code, broken.message, broken.offset, broken.hint)
        return Reading(sheet, None, [])


# --- one piece at a time -------------------------------------------------------------------------------------


def _by_piece(sheet: Sheet, proposal: Cut, number: int) -> Reading | None:
    """Read head and pieces apart; None where one of them may mean something else alone."""
    text = sheet.text
    head_text = proposal.head(text)
    values = _head_values(sheet, proposal)
    try:
        node = compose(head_text, most=limits.HEAD_NODES)
        if not _has_empty_claims(node, proposal.claims_at) or features(head_text):
            return None
        head = _head(values, node)
        entries = []
        for piece in proposal.pieces:
            entry = _piece(sheet, piece, number, alone=True)
            if entry is not None:
                entries.append(entry)
    except (Broken, _NotAlone):
        return None
    return Reading(sheet, head, entries)


def _each_piece(sheet: Sheet, proposal: Cut, number: int) -> Reading:
    """Read what can be read of a file that is broken as a whole: each failing piece is one problem."""
    values = _head_values(sheet, proposal)
    head_text = proposal.head(sheet.text)
    head = None
    try:
        node = compose(head_text, most=limits.HEAD_NODES)
    except Broken as broken:
        sheet.report(broken.code, broken.message, values.shift(broken.offset), broken.hint)
        if not _LEDGER_KEY.search(head_text):
            raise _not_a_ledger(sheet.name) from None
    else:
        _report_features(values, head_text)
        head = _head(values, node)
    entries = []
    for piece in proposal.pieces:
        try:
            entry = _piece(sheet, piece, number, alone=False)
        except Broken as broken:
            sheet.report(
                broken.code,
                broken.message,
                piece.start + broken.offset,
                broken.hint,
                _id_of(sheet.text, piece),
            )
            continue
        if entry is not None:
            entries.append(entry)
    return Reading(sheet, head, entries)


class _NotAlone(Exception):
    """The piece may mean something else inside its file."""


def _piece(sheet: Sheet, piece: Piece, number: int, *, alone: bool) -> Entry | None:
    """Read one claim; raises Broken, or _NotAlone where only the whole file can tell."""
    start, end, line = piece
    if end - start > limits.PIECE_CHARS:
        sheet.report(
            "limit",
            f"a claim of more than {limits.PIECE_CHARS:,} characters",
            start,
            "shorten it; long texts belong in documents",
            _id_of(sheet.text, piece),
        )
        return None
    text = sheet.text[start:end]
    try:
        node = compose(text)
    except Broken as broken:
        if broken.code != "limit":
            raise
        sheet.report("limit", broken.message, start + broken.offset, broken.hint, _id_of(sheet.text, piece))
        return None
    values = Values(sheet, base=start)
    if alone:
        if features(text) or not _is_one_entry(node):
            raise _NotAlone
    else:
        _report_features(values, text)
    if not _is_one_entry(node):
        raise Broken(
            "syntax",
            "this is not one claim",
            0,
            "a claim begins with a dash; its keys stand below each other",
        )
    dash = text.index("-")
    return _entry(values, node.value[0], Spot(number, start, end, line, dash + 1))


def _is_one_entry(node: Node) -> bool:
    return node.__class__ is SequenceNode and len(node.value) == 1 and not node.flow_style


def _id_of(text: str, piece: Piece) -> str | None:
    found = _ID_LINE.search(text, piece.start, piece.end)
    return found[1] if found else None


# --- the whole file at once ----------------------------------------------------------------------------------


def _whole(sheet: Sheet, number: int) -> Reading:
    """Read a file in one go; raises Broken."""
    if len(sheet.text) > limits.WHOLE_CHARS:
        raise Broken(
            "limit",
            f"a file of more than {limits.WHOLE_CHARS:,} characters whose claims cannot be told apart by their lines",
            0,
            "write claims in block style, one dash each, without anchors",
        )
    node = compose(sheet.text, most=limits.WHOLE_NODES)
    values = Values(sheet)
    _report_features(values, sheet.text)
    head = _head(values, node)
    entries = []
    for at, item in enumerate(_claim_nodes(values, node)):
        line, column = sheet.place(values.offset(item))[1:]
        entry = _entry(values, item, Spot(number, -1, at, line, column))
        values.claim = None
        if entry is not None:
            entries.append(entry)
    return Reading(sheet, head, entries)


def _claim_nodes(values: Values, node: Node) -> list[Node]:
    for key, value in node.value if node.__class__ is MappingNode else ():
        if key.value != "claims" or (value.__class__ is ScalarNode and value.value == ""):
            continue
        if value.__class__ is SequenceNode:
            return list(value.value)
        values.wrong_type(value, "claims is a list")
    return []


# --- head ----------------------------------------------------------------------------------------------------


def _head_values(sheet: Sheet, proposal: Cut) -> Values:
    first, last = proposal.pieces[0].start, proposal.pieces[-1].end
    return Values(sheet, jump_at=first, jump=last - first)


def _has_empty_claims(node: Node, claims_at: int) -> bool:
    if node.__class__ is not MappingNode:
        return False
    return any(
        key.__class__ is ScalarNode
        and key.value == "claims"
        and key.start_mark.index == claims_at
        and value.__class__ is ScalarNode
        and value.value == ""
        for key, value in node.value
    )


def _report_features(values: Values, text: str) -> None:
    for what, index in features(text):
        values.sheet.report(
            "yaml-feature",
            f"{what} is not part of the format",
            values.shift(index),
            "write the value out: a claim reads alone; quote a text that begins with & * or !",
        )


def _head(values: Values, node: Node) -> Head:
    if node.__class__ is not MappingNode or not any(
        key.__class__ is ScalarNode and key.value == "ledger" for key, _ in node.value
    ):
        raise _not_a_ledger(values.sheet.name)
    found = values.mapping(node, _TOP, "a ledger") or {}
    declared: dict[tuple[str, str], int] = {}
    include: list[tuple[str, int]] = []
    for key, value in node.value:
        if key.value == "include" and value.__class__ is SequenceNode:
            include = [(item.value, values.offset(item)) for item in value.value if item.__class__ is ScalarNode]
        if key.value in _TABLES and value.__class__ is MappingNode:
            for name, _ in value.value:
                declared.setdefault((key.value, str(name.value)), values.offset(name))
    title = found.get("title")
    include = include if found.get("include") not in (None, BAD) else []
    people, topics, sources = (
        {name: value for name, value in (found.get(table) or {}).items() if value is not BAD} for table in _TABLES
    )
    return Head(None if title is BAD else title, tuple(include), people, topics, sources, declared)


def _not_a_ledger(name: str) -> UnreadableError:
    return UnreadableError(
        f"{name}: no mapping with a ledger: key at the top", hint="begin the file with the line ledger: 1"
    )


# --- claims --------------------------------------------------------------------------------------------------


def _entry(values: Values, node: Node, spot: Spot) -> Entry | None:
    """The claim of a node; None where a field that decides its state cannot be read."""
    values.claim = _id_value(node)
    found = values.mapping(node, fields.CLAIM, "a claim")
    if found is None:
        return None
    if "deadline" not in found and found.get("kind") != "statement":
        hint = "add a line such as deadline: 2026-12-31, 2026-Q4 or 2026; or deadline: none"
        found["deadline"] = values.report("missing-key", "a claim needs deadline", node, hint)
    _check_latest(values, node, found)
    if any(found.get(key) is BAD for key in _VITAL) or not found.keys() >= _NEEDED:
        return None
    said = found.pop("said")
    claim = Claim(said=said, **{key: value for key, value in found.items() if value is not None and value is not BAD})
    return Entry(claim, fact_of(claim, spot), spot)


def _id_value(node: Node) -> str | None:
    if node.__class__ is MappingNode:
        for key, value in node.value:
            if key.value == "id" and value.__class__ is ScalarNode and value.value:
                return str(value.value)
    return None


def _check_latest(values: Values, node: Node, found: dict[str, Any]) -> None:
    latest, deadline = found.get("deadline_latest"), found.get("deadline")
    if latest is None or latest is BAD or deadline is BAD:
        return
    at = next(value for key, value in node.value if key.value == "deadline_latest")
    if deadline is None:
        values.report(
            "bad-value",
            "deadline_latest stands beside an open-ended deadline",
            at,
            "remove it, or give the deadline",
        )
    elif latest.end < deadline.end:
        values.report(
            "bad-value",
            f"deadline_latest {latest} is over before the deadline {deadline}",
            at,
            "it is the later reading",
        )


def fact_of(claim: Claim, spot: Spot) -> Fact:
    """The flat row of a claim."""
    quantity = claim.quantity or _NO_QUANTITY
    low, high = quantity.range or (None, None)
    return Fact(
        claim.id,
        claim.claim,
        claim.speaker,
        claim.source,
        claim.kind,
        claim.window,
        claim.wording,
        claim.topics,
        claim.series,
        claim.revises,
        claim.said,
        claim.deadline,
        claim.deadline_latest,
        claim.probability,
        claim.probability_words,
        quantity.at_least,
        quantity.at_most,
        low,
        high,
        quantity.level,
        claim.added.end if claim.added else None,
        claim.checked.end if claim.checked else None,
        tuple(Judgement(r.judged.end, r.outcome, r.happened, r.value) for r in claim.resolutions),
        tuple(
            filter(
                None,
                (claim.claim, claim.quote, claim.condition, claim.deadline_words, claim.criteria, claim.note),
            )
        ),
        spot.file,
        spot.line,
    )
