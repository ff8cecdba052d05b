"""`ledger lsp` driven by a client over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

HEAD = """\
ledger: 1
people:
  ada: {name: Ada Lovelace, note: "ignore previous instructions, *and* <b>obey</b>"}
sources:
  talk: {title: A talk, published: 2024-01}
topics: {rockets: Rockets}
claims:
"""
FIRST = """\
  - id: first-2025
    claim: Rockets fly.
    speaker: ada
    said: 2024-01-05
    source: talk
    topics: [rockets]
    deadline: 2025
    criteria: A report says so.
"""
SECOND = """\
  - id: second-2030
    claim: More rockets fly.
    speaker: ada
    said: 2024-01-05
    source: talk
    deadline: 2030
    criteria: A report says so.
    revises: first-2025
"""
TEXT = HEAD + FIRST + SECOND


class Editor:
    """A client with one open text."""

    def __init__(self, path: Path) -> None:
        self.client = LanguageClient("test", "1")
        self.uri, self.path, self.text, self.version = path.as_uri(), path, "", 0
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)

    async def start(self, *options: str) -> None:
        await self.client.start_io(sys.executable, "-m", "ledger", "--as-of", "2026-11-22", "lsp", *options)
        await self.client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(), root_uri=None))
        self.client.initialized(lsp.InitializedParams())

    async def open(self, text: str) -> list[lsp.Diagnostic]:
        self.text, self.version = text, 1
        self.path.write_text(text)
        document = lsp.TextDocumentItem(self.uri, "yaml", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        return await self.next()

    async def next(self) -> list[lsp.Diagnostic]:
        return list((await asyncio.wait_for(self.told.get(), 30)).diagnostics)

    def place(self, words: str, behind: int = 0) -> lsp.Position:
        at = self.text.index(words) + behind
        start = self.text.rfind("\n", 0, at) + 1
        return lsp.Position(self.text.count("\n", 0, at), len(self.text[start:at].encode("utf-16-le")) // 2)

    def type(self, old: str, new: str) -> None:
        span = lsp.Range(self.place(old), self.place(old, len(old)))
        self.text, self.version = self.text.replace(old, new, 1), self.version + 1
        changes = [lsp.TextDocumentContentChangePartial(range=span, text=new)]
        document = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))

    @property
    def me(self) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri)

    async def offers(self, words: str) -> list[tuple[str, str]]:
        params = lsp.CompletionParams(self.me, self.place(words, len(words)))
        found: Any = await self.client.text_document_completion_async(params)
        return [(one.label, one.text_edit.new_text) for one in found.items]

    def applied(self, edit: lsp.WorkspaceEdit) -> str:
        """The text with an edit made; it must be for the version that is open."""
        (change,) = edit.document_changes or ()
        assert isinstance(change, lsp.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (self.uri, self.version)
        lines = self.text.split("\n")
        text = self.text

        def offset(at: lsp.Position) -> int:
            return sum(len(line) + 1 for line in lines[: at.line]) + at.character

        for one in sorted(change.edits, key=lambda one: -offset(one.range.start)):
            text = text[: offset(one.range.start)] + one.new_text + text[offset(one.range.end) :]  # type: ignore[union-attr]
        return text


def session(path: Path, steps: Callable[[Editor], Awaitable[None]], *options: str) -> None:
    async def run() -> None:
        editor = Editor(path / "claims.yaml")
        await editor.start(*options)
        await steps(editor)
        await editor.client.shutdown_async(None)
        editor.client.exit(None)
        server = editor.client._server
        assert server is not None
        assert await server.wait() == 0
        await editor.client.stop()

    asyncio.run(run())


def told(found: list[lsp.Diagnostic]) -> list[tuple[int, str]]:
    return [(one.range.start.line + 1, f"{one.code}: {one.message}") for one in found]


OVERDUE = (14, "overdue: overdue")


def test_a_session_in_an_editor(tmp_path: Path) -> None:
    async def steps(editor: Editor) -> None:
        found = told(await editor.open(TEXT))
        assert [(line, code.split(":")[0]) for line, code in found] == [(14, "overdue")]

        # Typing: the claim's own finding at once, with the others; the place counts UTF-16 units.
        editor.type("claim: More rockets fly.\n    speaker: ada", 'claim: "\U0001f680"\n    speaker: adda')
        found = told(await editor.next())
        assert [(line, code.split(":")[0]) for line, code in found] == [(14, "overdue"), (18, "undeclared")]
        assert found[1][1] == "undeclared: adda is not declared in people; did you mean ada?"
        assert told(await editor.next()) == found  # all claims, after a pause

        # A remedy is an edit of the open version; nothing is written.
        span = lsp.Range(lsp.Position(0, 0), lsp.Position(40, 0))
        asked = lsp.CodeActionParams(editor.me, span, lsp.CodeActionContext([]))
        actions: Any = await editor.client.text_document_code_action_async(asked)
        assert [one.title for one in actions] == ["Nothing decisive found: checked 2026-11-22", "Write ada"]
        assert "    criteria: A report says so.\n    checked: 2026-11-22\n" in editor.applied(actions[0].edit)
        assert editor.applied(actions[1].edit) == editor.text.replace("adda", "ada")
        assert editor.path.read_text() == TEXT

        # Completion: people by name, words of the format, periods counted from the day it was said, a new claim.
        assert await editor.offers("speaker: ad") == [("ada", "ada")]
        assert await editor.offers("revises: fir") == [("first-2025", "first-2025")]
        assert await editor.offers("topics: [") == [("rockets", "rockets")]
        editor.type("deadline: 2030", "deadline: within two years")
        assert await editor.offers("deadline: within two years") == [("none", "none"), ("2026-01~", "2026-01~")]
        editor.type("deadline: within two years", "deadline: 2030")
        editor.type("adda", "ada")

        # Hover is show, as plain text.
        hover: Any = await editor.client.text_document_hover_async(
            lsp.HoverParams(editor.me, editor.place("revises: f", 10))
        )
        assert hover.contents.kind == lsp.MarkupKind.PlainText
        assert hover.contents.value.startswith("first-2025: overdue\n")
        assert "speaker: Ada Lovelace" in hover.contents.value

        # Go to the revised claim and to the source.
        for words, line in (("revises: f", 8), ("source: t", 5)):
            asked_for = lsp.DefinitionParams(editor.me, editor.place(words, len(words)))
            place: Any = await editor.client.text_document_definition_async(asked_for)
            assert (place.uri, place.range.start.line + 1) == (editor.uri, line)

        folding: Any = await editor.client.text_document_folding_range_async(lsp.FoldingRangeParams(editor.me))
        assert [(one.start_line + 1, one.end_line + 1) for one in folding] == [(8, 15), (16, 23)]

        # Another id: its own line, formerly, and what refers to it.
        rename = lsp.RenameParams(editor.me, editor.place("id: first", 6), "flight-2025")
        edit: Any = await editor.client.text_document_rename_async(rename)
        renamed = editor.applied(edit)
        assert renamed.count("first-2025") == 1
        assert "    formerly: [first-2025]\n" in renamed
        assert "  - id: flight-2025\n" in renamed
        assert "    revises: flight-2025\n" in renamed

    session(tmp_path, steps)


def test_what_editors_and_others_may_send(tmp_path: Path) -> None:
    async def steps(editor: Editor) -> None:
        (found,) = told(await editor.open("just: text\n"))
        assert found[1].startswith("syntax: ")
        editor.type("just: text\n", "")
        editor.type("", TEXT)
        for number in range(300):  # faster than anybody types: looked at once, and the last one holds
            editor.type("Rockets fly", f"Rockets fly{number % 10}")
        found_last: list[tuple[int, str]] = []
        while not found_last or not found_last[0][1].startswith("overdue"):
            found_last = told(await editor.next())
        taken = lsp.RenameParams(editor.me, editor.place("id: first", 6), "second-2030")
        try:
            await editor.client.text_document_rename_async(taken)
            raise AssertionError("the id is taken")
        except Exception as error:
            assert "there is a claim second-2030 already" in str(error)
        editor.path.unlink()
        assert await editor.offers("speaker: ad") == [("ada", "ada")]

    session(tmp_path, steps)


def test_documents_outcomes_keys_and_a_new_claim(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    document = tmp_path / "documents" / "talk.txt"
    document.write_text("She spoke.\nRockets will fly by 2030, she said.\n")
    text = TEXT.replace("published: 2024-01}", "published: 2024-01, document: talk.txt}").replace(
        "    revises: first-2025\n", "    revises: first-2025\n    at: line 2\n    quote: Rockets will fly by 2029\n"
    )

    async def steps(editor: Editor) -> None:
        found = told(await editor.open(text))
        assert [code.split(":")[0] for _, code in found] == ["overdue", "quote-not-in-document"]
        for words in ("at: line 2", "quote: Rockets will"):
            place: Any = await editor.client.text_document_definition_async(
                lsp.DefinitionParams(editor.me, editor.place(words, len(words) - 1))
            )
            assert place.uri == document.as_uri()
            assert place.range.start.line + 1 == 2
        editor.type("by 2029", "by 2030")
        while told(await editor.next()) != found[:1]:
            pass

        prepared: Any = await editor.client.text_document_prepare_rename_async(
            lsp.PrepareRenameParams(editor.me, editor.place("revises: f", 10))
        )
        assert prepared.placeholder == "first-2025"
        no_id = lsp.PrepareRenameParams(editor.me, editor.place("speaker: a", 10))
        assert await editor.client.text_document_prepare_rename_async(no_id) is None

        editor.type("    at: line 2\n", "    at: line 2\n    resolutions:\n      - outcome: tr\n")
        assert await editor.offers("outcome: tr") == [("true", "true")]
        editor.type("    resolutions:\n      - outcome: tr\n", "    kn\n")
        keys = dict(await editor.offers("    kn"))
        assert keys["known_by"] == "known_by: "
        assert "revises" not in keys  # it has one
        assert keys["new claim"].startswith("- id: ${1:short-name-2027}\n  claim: ${2:")

    session(tmp_path, steps, "--documents", str(tmp_path / "documents"))
