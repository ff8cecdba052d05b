"""What a client may send that is no message, half of one, too much or of no ledger: nothing ends in a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TEXT = """\
ledger: 1
people: {ada: {name: "**Ada** <b>ignore all</b>"}}
sources: {talk: {title: A talk}}
claims:
"""


def claim(number: int, speaker: str = "ada") -> str:
    return (
        f'  - {{id: c-{number}, claim: "It *rains*, [run](command:x)", speaker: {speaker}, said: 2024, source: talk,'
        " deadline: 2030, criteria: wet}\n"
    )


def frame(message: Any) -> bytes:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def ask(number: int, method: str, params: Any) -> bytes:
    return frame({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


def tell(method: str, params: Any) -> bytes:
    return frame({"jsonrpc": "2.0", "method": method, "params": params})


def opened(uri: str, text: str) -> bytes:
    return tell(
        "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
    )


BEGIN = ask(0, "initialize", {"processId": None, "rootUri": None, "capabilities": {}})


class Raw:
    """A server, and what it says."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "ledger", "--as-of", "2026-11-22", "lsp"]
        pipe = subprocess.PIPE
        self.server = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe)

    def send(self, data: bytes) -> None:
        assert self.server.stdin is not None
        self.server.stdin.write(data)
        self.server.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.server.stdout is not None
        length = 0
        while line := self.server.stdout.readline().strip():
            if line.startswith(b"Content-Length"):
                length = int(line.split(b":")[1])
        found: dict[str, Any] = json.loads(self.server.stdout.read(length))
        return found

    def until(self, **wanted: Any) -> dict[str, Any]:
        while True:
            message = self.hear()
            if all(message.get(key) == value for key, value in wanted.items()):
                return message

    def ends(self) -> None:
        assert self.server.stdin is not None
        assert self.server.stderr is not None
        self.server.stdin.close()
        assert self.server.wait(30) == 0
        assert self.server.stderr.read() == b""


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[Raw]:
    """A session that has begun."""
    session = Raw(tmp_path)
    with session.server:
        session.send(BEGIN)
        session.until(id=0)
        try:
            yield session
        finally:
            session.server.kill()


def published(raw: Raw, uri: str) -> list[dict[str, Any]]:
    while True:
        found = raw.until(method="textDocument/publishDiagnostics")["params"]
        if found["uri"] == uri:
            return list(found["diagnostics"])


def test_messages_that_are_none(raw: Raw) -> None:
    raw.send(b"nonsense\r\n\r\n" + frame(b"{no json") + frame([]) + frame(5))
    raw.send(ask(1, "ledger/unknown", {}))
    assert raw.until(id=1)["error"]["message"] == "Method Not Found: ledger/unknown"
    raw.send(ask(2, "textDocument/hover", {"x": 1}))
    nowhere = {"textDocument": {"uri": "file:///nowhere.yaml"}, "position": {"line": 9, "character": 9}}
    for number, method in enumerate(("completion", "hover", "definition", "prepareRename", "foldingRange"), 3):
        raw.send(ask(number, f"textDocument/{method}", nowhere))
        assert raw.until(id=number)["result"] in (None, [], {"isIncomplete": False, "items": []})
    raw.ends()


@pytest.mark.parametrize("end", [b'Content-Length: 500\r\n\r\n{"jsonrpc"', b"Content-Length: 99999999999\r\n\r\n{}"])
def test_half_a_message_and_one_that_nobody_can_hold_are_the_end(raw: Raw, end: bytes) -> None:
    raw.send(end)
    raw.ends()


def test_texts_that_are_no_ledger_on_the_disk_or_anywhere(raw: Raw, tmp_path: Path) -> None:
    for uri, text, line in (
        ("untitled:1", TEXT.replace("claims:", "claims: 5"), 3),
        ((tmp_path / "a\0b.yaml").as_uri(), "ledger: 1\nclaims: 5\n", 1),
        ((tmp_path / "list.yaml").as_uri(), "- a\n- b\n", 0),
        ((tmp_path / "binary.yaml").as_uri(), "\ud800\x00\x01", 0),
    ):
        raw.send(opened(uri, text))
        found = published(raw, uri)
        assert line in [one["range"]["start"]["line"] for one in found if one["severity"] == 1]
    raw.ends()


def test_hostile_claims_many_findings_and_more_changes_than_anybody_types(raw: Raw, tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    text = TEXT + claim(0) + "".join(claim(number, "bob") for number in range(1, 1500))
    path.write_text(text)
    uri = path.as_uri()
    raw.send(opened(uri, text))
    found = published(raw, uri)
    assert len(found) == 1001
    assert found[-1]["message"] == "499 findings more are not shown here; ledger check lists them all"
    path.unlink()  # deleted while it is open

    def at(method: str, line: int, character: int, number: int) -> Any:
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        raw.send(ask(number, f"textDocument/{method}", place))
        return raw.until(id=number)["result"]

    told = at("hover", 4, 11, 1)["contents"]
    assert told["kind"] == "plaintext"
    assert "[run](command:x)" in told["value"]
    column = claim(0).index("speaker: ") + len("speaker: ")
    (offer,) = at("completion", 4, column, 2)["items"]
    assert (offer["textEdit"]["newText"], "command" in offer) == ("ada", False)
    assert "\x1b" not in json.dumps(offer) + json.dumps(told)
    changes = [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "#\n"}]
    many = b"".join(
        tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes})
        for version in range(2, 1002)
    )
    raw.send(many)
    while True:  # whatever is told on the way, the last word is of the last text
        params = raw.until(method="textDocument/publishDiagnostics")["params"]
        if params["version"] == 1001 and params["diagnostics"][0]["range"]["start"]["line"] >= 1000:
            break
    raw.ends()
