"""The language server: the protocol's messages to and from a session; it answers with edits and writes no file."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from .. import __version__
from . import completion
from .answers import Remedy, VersionedEdit
from .buffer import Position
from .checker import TextChange
from .session import NoAnswer, Session
from .shown import ShownFindings

_MOST = 1 << 30  # bytes of a message
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
        """Leave the change to the session's own copy."""


class _Input:
    """Standard input, of which half a message and one that nobody can hold are the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        """The next line of a head."""
        return self._stream.readline(_MOST)

    def read(self, length: int) -> bytes:
        """A whole body; empty where there is none."""
        body = self._stream.read(length) if length <= _MOST else b""
        return body if len(body) == length else b""


class _Output:
    """Standard output, which the library would close while the program still has to end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Hand bytes to the editor."""
        self._stream.write(data)

    def flush(self) -> None:
        """Hand over what is not yet."""
        self._stream.flush()

    def close(self) -> None:
        """Leave it open."""

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Say something in the protocol's words: the library needs ten times as long for a thousand findings."""
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.flush()


def serve(documents: str | None, day: date | None) -> None:
    """Speak the protocol on standard input and output until the editor ends it."""
    gc.enable()  # a server lives long
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # what the editor sends wrong it is told, in the protocol
    output = _Output(sys.stdout.buffer)
    server, session = made(output, documents, day)
    try:
        server.start_io(_Input(sys.stdin.buffer), output)  # type: ignore[arg-type]
    finally:
        session.end()


def made(output: _Output, documents: str | None, day: date | None) -> tuple[LanguageServer, Session]:
    """A server with all that it can do."""
    server = LanguageServer("forecast-ledger", __version__)

    def publish(path: str, rows: ShownFindings, version: int | None) -> None:
        params = {"uri": _uri(path), "diagnostics": rows.as_json()}
        output.notify(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params | ({} if version is None else {"version": version}))

    def say(words: str) -> None:
        output.notify(lsp.WINDOW_SHOW_MESSAGE, {"type": int(lsp.MessageType.Error), "message": words})

    session = Session(documents, day, publish, say)
    _synchronise(server, session)
    _answer(server, session)
    _change(server, session)
    return server, session


def _synchronise(server: LanguageServer, session: Session) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.workspace.text_documents[document.uri] = _Unkept(document.uri, "", document.version)
        session.open(_path(document.uri), document.text, document.version)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        session.change(_path(document.uri), document.version, [_changed(one) for one in params.content_changes])

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        session.close(_path(params.text_document.uri))


def _answer(server: LanguageServer, session: Session) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", "[", ","]))
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        buffer = session.buffers.get(_path(params.text_document.uri))
        if buffer is None:
            return lsp.CompletionList(False, [])
        offset = buffer.offset(_own(params.position))
        found = session.complete(_path(params.text_document.uri), offset)
        span = _range(buffer.position(found.start), buffer.position(offset))
        typed = buffer.text[found.start : offset]
        return lsp.CompletionList(found.cut_off, [_item(one, span, typed) for one in found.offers])

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        words = await _asked(session, "hover", params)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.PlainText, words)) if words is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        found = await _asked(session, "definition", params)
        return lsp.Location(_uri(found[0]), _range(*found[1])) if found is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        found = await _refusable(session, "folding", _path(params.text_document.uri))
        return [lsp.FoldingRange(*lines) for lines in found or ()]


def _change(server: LanguageServer, session: Session) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    async def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        lines = params.range.start.line, params.range.end.line
        found = await _refusable(session, "remedies", _path(params.text_document.uri), *lines)
        return [_action(one) for one in found or ()]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        found = await _asked(session, "renamable", params)
        return lsp.PrepareRenamePlaceholder(_range(*found[0]), found[1]) if found is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        return _edit(await _asked(session, "rename", params, params.new_name) or ())


# --- between the protocol and the session ---------------------------------------------------------------------------


async def _asked(session: Session, verb: str, params: Any, *more: Any) -> Any:
    """What is known of a position."""
    return await _refusable(session, verb, _path(params.text_document.uri), _own(params.position), *more)


async def _refusable(session: Session, verb: str, path: str, *arguments: Any) -> Any:
    try:
        return await session.ask(verb, path, *arguments)
    except NoAnswer as refused:
        raise JsonRpcInvalidParams(str(refused)) from None


def _changed(change: Any) -> TextChange:
    span = getattr(change, "range", None)
    return TextChange((_own(span.start), _own(span.end)) if span is not None else None, change.text)


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


def _action(remedy: Remedy) -> lsp.CodeAction:
    row = remedy.finding
    finding = lsp.Diagnostic(
        _range(row.start, row.end), row.message, lsp.DiagnosticSeverity(row.gravity), row.code, source="ledger"
    )
    return lsp.CodeAction(remedy.title, lsp.CodeActionKind.QuickFix, [finding], edit=_edit(remedy.files))


def _edit(files: Iterable[VersionedEdit]) -> lsp.WorkspaceEdit:
    """Changes as an edit of the versions that are open."""
    made: list[Any] = []
    for path, version, patches in files:
        of = lsp.OptionalVersionedTextDocumentIdentifier(_uri(path), version)
        made.append(lsp.TextDocumentEdit(of, [lsp.TextEdit(_range(start, end), text) for start, end, text in patches]))
    return lsp.WorkspaceEdit(document_changes=made)


def _range(start: Position, end: Position) -> lsp.Range:
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def _own(position: lsp.Position) -> Position:
    return Position(position.line, position.character)


def _path(uri: str) -> str:
    return to_fs_path(uri) or uri


def _uri(path: str) -> str:
    """The address of a file; that of a text without one, such as untitled:1, is its path here."""
    return from_fs_path(path) or path if os.path.isabs(path) else path  # noqa: PTH117
