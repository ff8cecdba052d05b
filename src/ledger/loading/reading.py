"""One file's bytes -> claims, facts, spots and problems; one claim at a time wherever the cut is certain."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..errors import OverBoundsError, UnreadableError
from ..model import Spot, fact_of
from . import limits
from .claims import Claims, Entry, Kept
from .composer import MappingNode, Node, ScalarNode, SequenceNode, compose, fails_anyway, features
from .head import FileHead, is_ledger, not_a_ledger, read_head
from .lines import Broken, Sheet
from .pieces import Cut, Piece, cut
from .plain import PlainReader
from .salvage import Salvage, not_a_claim, parts_of, salvage
from .scalars import is_empty
from .values import Values

__all__ = ["Entry", "FileHead", "FileReading", "decode", "read", "read_piece"]

_LEDGER_KEY = re.compile(r"""\n[ \t{]*["']?ledger["']?[ \t]*:""")
_LOOK_AT = 64 * 1024  # characters at the beginning of a text
_ID_LINE = re.compile(r"^ *(?:- +)?id: *([a-z0-9][a-z0-9-]*)", re.MULTILINE)


class FileReading(NamedTuple):
    """One file as read; the problems are in `sheet.found`."""

    sheet: Sheet
    head: FileHead | None  # None where only claims could be read
    entries: list[Entry]
    left_out: list[tuple[str, Spot]]  # ids of claims that could not be read


def decode(data: bytes, name: str) -> str:
    """The text of a file, without a byte-order mark; UnreadableError where it is not UTF-8."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"{name}:{line}: not UTF-8 (byte 0x{data[error.start]:02x})", hint="save the file as UTF-8"
        ) from None


def read(text: str, name: str, number: int = 0, kept: Kept | None = None) -> FileReading:
    """Read one file's text; `number` is the file's number in the ledger, `kept` what is known of its pieces.

    UnreadableError where there is no mapping with a `ledger:` key at the top.
    """
    return _File(text, name, number, kept).read(len(text))


def read_piece(text: str, name: str, proposal: Cut, piece: Piece, number: int = 0) -> FileReading:
    """Read one claim of a file alone, as it is read where others are broken; the head is not looked at."""
    return _File(text, name, number).read_piece(piece, proposal.column)


class _NotAlone(Exception):
    """A piece may mean something else inside its file."""


class _Begun(NamedTuple):
    """What was read by piece before one of them failed: the first `read` pieces of a cut, and the head."""

    proposal: Cut
    read: int
    sheet: Sheet
    claims: Claims
    head: FileHead

    def begins(self, rest: Salvage) -> bool:
        """Whether a salvage finds the same head and the same pieces so far."""
        cut = self.proposal
        edges = cut.pieces[0].start, cut.pieces[-1].end
        return (rest.first, rest.end, rest.column, rest.second_document) == (*edges, cut.column, None) and rest.pieces[
            : self.read
        ] == cut.pieces[: self.read]


class _File:
    """Tries the ways in which a file can be read, the best one first; each begins with an empty sheet."""

    def __init__(self, text: str, name: str, number: int, kept: Kept | None = None) -> None:
        self.text = text
        self.name = name
        self.number = number
        self.kept = kept
        self.sheet = Sheet(name, text)
        self.claims = Claims(self.sheet)
        self.plain = PlainReader(self.sheet)
        self.head_broken: Broken | None = None  # known to pass a bound: not looked at again
        self.begun: _Begun | None = None
        self.last = 0  # where the last piece ends

    def read(self, end: int) -> FileReading:
        """Read the text up to `end`, where a second document may begin."""
        text = self.text[:end]
        proposal = cut(text)
        try:
            return self._by_piece(text, proposal) if proposal is not None else self._whole(text)
        except _NotAlone:
            pass
        except Broken as broken:
            return self._rest(text, broken)
        try:
            return self._whole(text)
        except Broken as broken:
            return self._rest(text, broken)

    def read_piece(self, piece: Piece, column: int) -> FileReading:
        """Read one piece of the text, whatever stands around it."""
        self._salvaged_piece(self.text, piece, column)
        return self._reading(None)

    def _rest(self, text: str, broken: Broken) -> FileReading:
        """What can be read of a file that is broken as a whole."""
        if not broken.second_document or len(text) < len(self.text):
            return self._salvaged(text, broken)
        reading = self.read(broken.offset)
        reading.sheet.report(broken.code, broken.message, broken.offset, broken.hint)
        return reading

    def _begin(self) -> None:
        self.sheet = Sheet(self.name, self.text)
        self.claims = Claims(self.sheet)
        self.plain = PlainReader(self.sheet)

    def _reading(self, head: FileHead | None) -> FileReading:
        return FileReading(self.sheet, head, self.claims.entries, self.claims.left_out)

    # --- one piece at a time -----------------------------------------------------------------------------------

    def _by_piece(self, text: str, proposal: Cut) -> FileReading:
        """Read head and pieces apart; _NotAlone where the whole may be sound, Broken where it cannot be."""
        self._begin()
        self.last = proposal.pieces[-1].end
        values = _head_values(self.sheet, proposal.pieces)
        self._bound_head(len(text) - proposal.pieces[-1].end + proposal.pieces[0].start)
        head_text = proposal.head(text)
        try:
            node = compose(head_text, most=limits.HEAD_NODES)
        except Broken as broken:
            if broken.code == "limit":
                self.head_broken = broken
                raise
            raise _NotAlone from None
        if not _has_empty_claims(node, proposal.claims_at) or features(head_text):
            raise _NotAlone
        head = read_head(values, node)
        for number, piece in enumerate(proposal.pieces):
            try:
                self._piece(text, piece)
            except (Broken, _NotAlone):
                bounds = any(found.code == "limit" for found in self.sheet.found)
                self.begun = None if bounds else _Begun(proposal, number, self.sheet, self.claims, head)
                raise
        return self._reading(head)

    def _piece(self, text: str, piece: Piece) -> None:
        start, end, line = piece
        own = text[start:end]
        if self._is_known(own, piece) or self._passes_bound(piece):
            return
        try:
            node = compose(own)
        except Broken as broken:
            if broken.code == "limit":
                self._report(broken, piece)
                return
            certain = broken.code == "control-character" or fails_anyway(text, piece, self.last, broken)
            broken.offset += start
            raise broken if certain else _NotAlone from None
        if not _is_one_entry(node) or features(own):
            raise _NotAlone
        found = len(self.sheet.found)
        self.claims.add(
            Values(self.sheet, base=start),
            node.value[0],
            Spot(self.number, start, end, line, own.index("-") + 1),
        )
        self._keep(own, piece, found)

    def _is_known(self, own: str, piece: Piece) -> bool:
        """Whether the claim of a text was read before, or can be without YAML."""
        entry = self.kept.claim(own, piece, self.number) if self.kept is not None else None
        if entry is None:
            claim = self.plain.read(own)
            if claim is None:
                return False
            spot = Spot(self.number, *piece, own.index("-") + 1)
            entry = Entry(claim, fact_of(claim, spot), spot)
            if self.kept is not None:
                self.kept.keep(own, piece, entry)
        self.claims.take(entry)
        return True

    def _keep(self, own: str, piece: Piece, found: int) -> None:
        """Keep the claim that was read last, if it is that of a piece in which nothing was found since."""
        entry = self.claims.entries[-1] if self.claims.entries and len(self.sheet.found) == found else None
        if self.kept is not None and entry is not None and entry.spot.start == piece.start:
            self.kept.keep(own, piece, entry)

    def _passes_bound(self, piece: Piece) -> bool:
        if piece.end - piece.start <= limits.PIECE_CHARS:
            return False
        message = f"a claim of more than {limits.PIECE_CHARS:,} characters"
        self._report(Broken("limit", message, 0, "shorten it; long texts belong in documents"), piece)
        return True

    def _report(self, broken: Broken, piece: Piece) -> None:
        found = _ID_LINE.search(self.text, piece.start, min(piece.end, piece.start + _LOOK_AT))
        claim = found[1] if found else None
        self.sheet.report(broken.code, broken.message, piece.start + broken.offset, broken.hint, claim)

    # --- the whole file at once --------------------------------------------------------------------------------

    def _whole(self, text: str) -> FileReading:
        """Read a file in one go; raises Broken."""
        self._begin()
        if len(text) > limits.WHOLE_CHARS:
            what = f"a file of more than {limits.WHOLE_CHARS:,} characters whose claims cannot be told apart by lines"
            broken = Broken("limit", what, 0, "write claims in block style, one dash each, without anchors")
            broken.too_long = True
            raise broken
        node = compose(text, most=limits.WHOLE_NODES)
        values = Values(self.sheet)
        self._report_features(values, text)
        head = read_head(values, node)
        claims = _claim_nodes(values, node)
        for at, item in enumerate(claims.value if claims is not None else ()):
            offset = values.offset(item) if claims.flow_style else self._dash(values, claims, item)
            line, column = self.sheet.place(offset)[1:]
            self.claims.add(values, item, Spot(self.number, -1, at, line, column))
        return self._reading(head)

    def _dash(self, values: Values, claims: Node, item: Node) -> int:
        """The offset of an item's dash: it stands in the column of the first one, on the item's line or above."""
        indent = self.sheet.place(values.offset(claims)).column - 1
        line = self.text.rfind("\n", 0, values.offset(item)) + 1
        while line > 0 and self.text[line : line + indent + 1].lstrip(" ") != "-":
            line = self.text.rfind("\n", 0, line - 1) + 1
        return line + indent

    def _report_features(self, values: Values, text: str) -> None:
        for what, index in features(text):
            self.sheet.report(
                "yaml-feature",
                f"{what} is not part of the format",
                values.shift(index),
                "write the value out: a claim reads alone; quote a text that begins with & * or !",
                values.claim,
            )

    # --- what is left of a broken file -------------------------------------------------------------------------

    def _salvaged(self, text: str, broken: Broken) -> FileReading:
        """Read head and claims each for itself; what fails is one problem."""
        self._begin()
        rest = salvage(text)
        if rest.second_document is not None:
            message = "a second document begins here"
            hint = "one file holds one document: remove the line"
            self.sheet.report("yaml-feature", message, rest.second_document, hint)
            text = text[: rest.second_document]
        if not self._has_ledger_key(text, rest):
            raise not_a_ledger(self.name)
        if not rest.pieces and broken.too_long:  # an empty list would look like an answer
            raise OverBoundsError(broken.message, hint=broken.hint)
        if not rest.pieces:
            self.sheet.report(broken.code, broken.message, broken.offset, broken.hint)
            return self._reading(None)
        head, pieces = self._continued(rest) or (self._salvaged_head(text, rest), rest.pieces)
        for piece in pieces:
            self._salvaged_piece(text, piece, rest.column)
        if not self.sheet.found:  # each part is sound, and yet the whole is not
            self.sheet.report(broken.code, broken.message, broken.offset, broken.hint)
        return self._reading(head)

    def _continued(self, rest: Salvage) -> tuple[FileHead, tuple[Piece, ...]] | None:
        """Go on where reading by piece failed, if that was certain; the head, and the pieces still to read."""
        begun = self.begun
        if begun is None or not begun.begins(rest):
            return None
        self.sheet, self.claims = begun.sheet, begun.claims
        return begun.head, rest.pieces[begun.read :]

    def _has_ledger_key(self, text: str, rest: Salvage) -> bool:
        first = "\n" + text[: min(rest.first, _LOOK_AT)]
        return any(
            (
                _LEDGER_KEY.search(first),
                _LEDGER_KEY.search(text, 0, rest.first),
                _LEDGER_KEY.search(text, max(rest.end - 1, 0), len(text)),
            )
        )

    def _salvaged_head(self, text: str, rest: Salvage) -> FileHead | None:
        values = _head_values(self.sheet, rest.pieces)
        try:
            if self.head_broken is not None:
                raise self.head_broken
            self._bound_head(len(text) - rest.end + rest.first)
            head_text = text[: rest.first] + text[rest.end :]
            node = compose(head_text, most=limits.HEAD_NODES)
        except Broken as broken:
            self.sheet.report(broken.code, broken.message, values.shift(broken.offset), broken.hint)
            return None
        if not is_ledger(node):
            raise not_a_ledger(self.name)
        self._report_features(values, head_text)
        return read_head(values, node)

    def _bound_head(self, length: int) -> None:
        if length > limits.HEAD_CHARS:
            message = f"more than {limits.HEAD_CHARS:,} characters besides the claims"
            self.head_broken = Broken("limit", message, 0, "split the file with include")
            raise self.head_broken

    def _salvaged_piece(self, text: str, piece: Piece, column: int) -> None:
        if self._passes_bound(piece):
            return
        parts = parts_of(text, piece, column)
        try:
            self._part(text, piece)
        except Broken as broken:
            if len(parts) == 1:
                self._report(parts[0][1] or broken, piece)
                return
        else:
            if parts[0][1] is not None:
                self._report(parts[0][1], piece)
            return
        for part, misplaced in parts:
            try:
                self._part(text, part)
            except Broken as broken:
                self._report(misplaced or broken, part)
            else:
                if misplaced is not None:
                    self._report(misplaced, part)

    def _part(self, text: str, piece: Piece) -> None:
        """Read the text of one claim; raises Broken."""
        start, end, line = piece
        own = text[start:end]
        if self._is_known(own, piece):
            return
        node = compose(own)
        if not _is_one_entry(node):
            raise not_a_claim()
        before = len(self.sheet.found)
        values = Values(self.sheet, base=start)
        found = _ID_LINE.search(own)
        values.claim = found[1] if found else None
        self._report_features(values, own)
        dash = node.start_mark.index
        line += own.count("\n", 0, dash)
        spot = Spot(self.number, start, end, line, dash - own.rfind("\n", 0, dash))
        self.claims.add(values, node.value[0], spot)
        self._keep(own, piece, before)


def _head_values(sheet: Sheet, pieces: Iterable[Piece]) -> Values:
    first, *_, last = (*pieces, *pieces)
    return Values(sheet, jump_at=first.start, jump=last.end - first.start)


def _has_empty_claims(node: Node, claims_at: int) -> bool:
    """Whether a head's one key `claims` is the one at that offset, with nothing behind it."""
    if node.__class__ is not MappingNode:
        return False
    found = [(key, value) for key, value in node.value if key.value == "claims"]
    if len(found) != 1:
        return False
    key, value = found[0]
    return int(key.start_mark.index) == claims_at and value.__class__ is ScalarNode and value.value == ""


def _claim_nodes(values: Values, node: Node) -> Node:
    """The node of the list of claims, if there is one."""
    for key, value in node.value:
        if key.value != "claims" or is_empty(value):
            continue
        if value.__class__ is SequenceNode:
            return value
        values.wrong_type(value, "claims is a list", "put a dash before the first key of each claim")
    return None


def _is_one_entry(node: Node) -> bool:
    return node.__class__ is SequenceNode and len(node.value) == 1 and not node.flow_style
