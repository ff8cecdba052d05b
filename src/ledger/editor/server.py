"""The language server: the protocol's messages to and from `Desk`; it answers with edits and writes no file."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from .. import __version__
from ..errors import LedgerError
from ..loading.pieces import cut
from ..problems import Place, Problem
from . import completion, cursor, edits, pointing
from .buffer import Buffer, Position, sound, spot_of
from .desk import Desk, Own

PAUSE = 0.3  # seconds without a key before claims are held against each other
_FEW = 10
MOST = 1000  # findings published; the rest is counted
_SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
_KINDS = {
    "name": lsp.CompletionItemKind.Reference,
    "word": lsp.CompletionItemKind.EnumMember,
    "period": lsp.CompletionItemKind.Value,
    "key": lsp.CompletionItemKind.Property,
    "snippet": lsp.CompletionItemKind.Snippet,
}


class _Unkept(TextDocument):
    """The library's copy of a text, which is not kept: its lines end where those of the protocol do not."""

    def apply_change(self, change: Any) -> None:
        """Leave the change to the desk's own copy."""


class Session:
    """One editor's session: what is open, what was said of it, and what is waited for."""

    def __init__(self, server: LanguageServer, desk: Desk) -> None:
        self.server, self.desk = server, desk
        self.shown: dict[str, list[Problem]] = {}  # by file
        self.lines: dict[str, int] = {}  # of the text that was last told about
        self.offset: dict[str, int] = {}  # where the text was changed last
        self._own: dict[str, asyncio.TimerHandle] = {}
        self._whole: dict[str, asyncio.TimerHandle] = {}
        self._round = 0

    # --- texts -------------------------------------------------------------------------------------------------

    def open(self, uri: str, text: str, version: int) -> None:
        """Take in a text and say what is wrong with it."""
        path = _path(uri)
        self.desk.buffers[path] = Buffer(text, version)
        self.server.workspace.text_documents[uri] = _Unkept(uri, text, version)
        self.lines[path] = text.count("\n")
        self._later(path, 0.0)

    def change(self, uri: str, version: int, changes: Sequence[Any]) -> None:
        """Make changes, and look at the claim they are in at once; at the others after a pause."""
        path = _path(uri)
        buffer = self.desk.buffers.get(path)
        if buffer is None:
            return
        for one in changes:
            span = getattr(one, "range", None)
            if span is None:
                buffer.text, self.offset[path] = sound(one.text), 0
            else:
                self.offset[path] = buffer.change(_own(span.start), _own(span.end), one.text)
        buffer.version = version
        if path not in self._own:
            self._own[path] = asyncio.get_running_loop().call_soon(self._one, path)  # type: ignore[assignment]
        self._later(path, PAUSE)

    def close(self, uri: str) -> None:
        """Forget a text; what was said of it is taken back."""
        path = _path(uri)
        self.desk.close(path)
        for waiting in (self._own.pop(path, None), self._whole.pop(path, None)):
            if waiting is not None:
                waiting.cancel()
        self._publish(path, [])

    # --- findings ----------------------------------------------------------------------------------------------

    def _one(self, path: str) -> None:
        """Publish what is wrong with the changed claim by itself, the other findings moved along."""
        self._own.pop(path, None)
        if path not in self.desk.buffers:
            return
        own = self.desk.own_findings(path, self.offset[path])
        if own is not None:
            self._publish(path, self._moved(path, own))

    def _moved(self, path: str, own: Own) -> list[Problem]:
        lines = self.desk.buffers[path].text.count("\n")
        grown = lines - self.lines[path]
        self.lines[path] = lines
        kept = []
        for found in self.shown.get(path, ()):
            line = found.place.line
            if line < own.first:
                kept.append(found)
            elif line > own.last - grown:
                kept.append(found._replace(place=found.place._replace(line=line + grown)))
        return sorted([*kept, *own.problems], key=lambda found: found.place)

    def _later(self, path: str, seconds: float) -> None:
        waiting = self._whole.pop(path, None)
        if waiting is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self._whole[path] = loop.call_later(seconds, lambda: loop.create_task(self._all(path)))

    async def _all(self, path: str) -> None:
        """Check the whole ledger beside the typing; what is outdated by then is not published."""
        self._whole.pop(path, None)
        if path not in self.desk.buffers:
            return
        version = self.desk.buffers[path].version
        tree = self.desk.overlay()
        found = await asyncio.to_thread(self.desk.findings, path, tree)
        buffer = self.desk.buffers.get(path)
        if buffer is None or buffer.version != version:
            return
        by_file: dict[str, list[Problem]] = {path: []}
        for one in found:
            by_file.setdefault(one.place.file, []).append(one)
        for file in {*by_file, *(file for file in self.shown if self.desk.root(file) == self.desk.root(path))}:
            if file in self.desk.buffers:
                self.lines[file] = self.desk.buffers[file].text.count("\n")
            self._publish(file, by_file.get(file, []))

    def _publish(self, path: str, found: list[Problem]) -> None:
        self.shown[path] = found
        buffer = self.desk.buffers.get(path)
        text = buffer.text if buffer else self._text(path)
        lines = _lines(text, found)
        told = [_diagnostic(one, lines) for one in found[:MOST]]
        if len(found) > MOST:
            message = f"{len(found) - MOST:,} findings more are not shown here; ledger check lists them all"
            told.append(lsp.Diagnostic(_range(Position(0, 0), Position(0, 1)), message, source="ledger"))
        version = buffer.version if buffer else None
        self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(_uri(path), told, version))

    def _text(self, path: str) -> str:
        latest = self.desk.latest(path)
        texts = latest.ledger.texts if latest else ()
        return next((text for name, text in texts if name == path), "")

    # --- edits -------------------------------------------------------------------------------------------------

    def edit(self, changes: Iterable[edits.FileEdits], read: Any) -> lsp.WorkspaceEdit:
        """Changes as an edit of the versions that are open."""
        made: list[Any] = []
        texts = dict(read.ledger.texts)
        for change in changes:
            held = self.desk.buffers.get(change.file)
            buffer = Buffer(texts[change.file])
            spans = [_range(buffer.position(one.start), buffer.position(one.end)) for one in change.patches]
            of = lsp.OptionalVersionedTextDocumentIdentifier(_uri(change.file), held.version if held else None)
            pairs = zip(spans, change.patches, strict=True)
            made.append(lsp.TextDocumentEdit(of, [lsp.TextEdit(span, one.text) for span, one in pairs]))
        return lsp.WorkspaceEdit(document_changes=made)


def serve(documents: str | None, day: date | None) -> None:
    """Speak the protocol on standard input and output until the editor ends it."""
    gc.enable()  # a server lives long
    made(documents, day).start_io()


def made(documents: str | None = None, day: date | None = None) -> LanguageServer:
    """A server with all that it can do."""
    server = LanguageServer("forecast-ledger", __version__)
    session = Session(server, Desk(documents, day))
    _synchronise(server, session)
    _answer(server, session)
    _change(server, session)
    return server


def _synchronise(server: LanguageServer, session: Session) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        session.open(params.text_document.uri, params.text_document.text, params.text_document.version)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        session.change(params.text_document.uri, params.text_document.version, params.content_changes)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)


def _answer(server: LanguageServer, session: Session) -> None:
    desk = session.desk

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", "[", ","]))
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        path, offset = _at(desk, params)
        if path is None:
            return lsp.CompletionList(False, [])
        found = completion.complete(desk, path, offset)
        buffer = desk.buffers[path]
        span = _range(buffer.position(found.start), buffer.position(offset))
        typed = buffer.text[found.start : offset]
        return lsp.CompletionList(found.cut_off, [_item(one, span, typed) for one in found.offers])

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        path, offset = _at(desk, params)
        read = desk.latest(path) if path is not None else None
        of = pointing.named(read, desk.buffers[path].text, offset) if read is not None and path is not None else None
        if of is None or read is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.PlainText, pointing.told(read, of)))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        path, offset = _at(desk, params)
        read = _fresh(desk, path)
        if path is None or read is None:
            return None
        text = desk.buffers[path].text
        of = pointing.named(read, text, offset)
        place = pointing.place_of(read, of) if of else pointing.document_place(desk, read, text, offset)
        if place is None:
            return None
        return lsp.Location(_uri(place.file), _place_range(session, place))

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        buffer = desk.buffers.get(_path(params.text_document.uri))
        proposal = cut(buffer.text) if buffer is not None else None
        if buffer is None or proposal is None:
            return []
        found = []
        for piece in proposal.pieces:
            own = buffer.text[piece.start : piece.end].rstrip()
            found.append(lsp.FoldingRange(piece.line - 1, piece.line - 1 + own.count("\n")))
        return found


def _change(server: LanguageServer, session: Session) -> None:
    desk = session.desk

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        path = _path(params.text_document.uri)
        read = _fresh(desk, path if path in desk.buffers else None)
        if read is None:
            return []
        lines = _lines(desk.buffers[path].text, read.problems)
        found = edits.remedies(desk, read, path, params.range.start.line + 1, params.range.end.line + 1)
        return [
            lsp.CodeAction(
                one.title,
                lsp.CodeActionKind.QuickFix,
                [_diagnostic(one.finding, lines)],
                edit=session.edit(one.changes, read),
            )
            for one in found
        ]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        path, offset = _at(desk, params)
        read = _fresh(desk, path)
        if path is None or read is None:
            return None
        text = desk.buffers[path].text
        of = pointing.named(read, text, offset)
        name, start, end = cursor.word(text, offset)
        if of is None or of.table != "claims" or name in read.ledger.formerly:
            return None
        buffer = desk.buffers[path]
        return lsp.PrepareRenamePlaceholder(_range(buffer.position(start), buffer.position(end)), name)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        path, offset = _at(desk, params)
        read = _fresh(desk, path)
        of = pointing.named(read, desk.buffers[path].text, offset) if read is not None and path is not None else None
        if read is None or of is None or of.table != "claims" or of.name in read.ledger.formerly:
            raise JsonRpcInvalidParams("only the id of a claim can be renamed here")
        try:
            return session.edit(edits.rename(desk, read, of.name, params.new_name), read)
        except LedgerError as error:
            raise JsonRpcInvalidParams("; ".join(filter(None, (error.message, error.hint)))) from None


# --- between the protocol and the desk ------------------------------------------------------------------------------


def _fresh(desk: Desk, path: str | None) -> Any:
    """The ledger of exactly what is open; None where it cannot be read."""
    try:
        return desk.fresh(path) if path is not None else None
    except LedgerError:
        return None


def _at(desk: Desk, params: Any) -> tuple[str | None, int]:
    path = _path(params.text_document.uri)
    buffer = desk.buffers.get(path)
    return (None, 0) if buffer is None else (path, buffer.offset(_own(params.position)))


def _place_range(session: Session, place: Place) -> lsp.Range:
    held = session.desk.buffers.get(place.file)
    line = Buffer(held.text if held else session._text(place.file)).line(place.line - 1)
    return _range(*spot_of(place, {place.line: line}))


def _item(offer: completion.Offer, span: lsp.Range, typed: str) -> lsp.CompletionItem:
    snippet = offer.kind == "snippet"
    return lsp.CompletionItem(
        "new claim" if snippet else offer.text.rstrip(": "),
        kind=_KINDS[offer.kind],
        detail=offer.told or None,
        filter_text=typed if offer.kind == "period" else None,
        insert_text_format=lsp.InsertTextFormat.Snippet if snippet else lsp.InsertTextFormat.PlainText,
        text_edit=lsp.TextEdit(span, offer.text),
    )


def _lines(text: str, found: Sequence[Problem]) -> Mapping[int, str]:
    """The lines of findings, from 1; of a few they are sought, for splitting a long text takes longer."""
    if len(found) > _FEW:
        return dict(enumerate(text.split("\n"), 1))
    buffer = Buffer(text)
    return {line: buffer.line(line - 1) for line in {one.place.line for one in found}}


def _diagnostic(found: Problem, lines: Mapping[int, str]) -> lsp.Diagnostic:
    message = f"{found.message}; {found.hint}" if found.hint else found.message
    return lsp.Diagnostic(
        _range(*spot_of(found.place, lines)),
        message,
        severity=_SEVERITY[found.severity],
        code=found.code,
        source="ledger",
    )


def _range(start: Position, end: Position) -> lsp.Range:
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def _own(position: lsp.Position) -> Position:
    return Position(position.line, position.character)


def _path(uri: str) -> str:
    return to_fs_path(uri) or uri


def _uri(path: str) -> str:
    return from_fs_path(path) or path
