"""What the YAML language server of most editors says by the schema alone: `make editors`.

Prints what is told of common slips, and what is completed; status 1 where a slip is told in words of schemas, or names
are not completed. The folder of its node modules is the argument.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEAD = """\
# yaml-language-server: $schema=schema.json
ledger: 1
people:
  ada: {name: Ada Lovelace}
  grace: {name: Grace Hopper}
topics: {rockets: Rockets}
sources:
  talk: {title: A talk, published: 2024-01}
claims:
"""
CLAIM = """\
  - id: first-2030
    claim: Rockets fly.
    speaker: ada
    said: 2024-01-05
    source: talk
    topics: [rockets]
    deadline: 2030
    criteria: A report says so.
"""
SLIPS = {
    "a period that does not exist": ("deadline: 2030", "deadline: 2026-Q5"),
    "words for a period": ("deadline: 2030", "deadline: next year"),
    "words for the day it was said": ("said: 2024-01-05", "said: yesterday"),
    "an unknown key": ("criteria:", "critera:"),
    "a key that is missing": ("    speaker: ada\n", ""),
    "no deadline": ("    deadline: 2030\n", ""),
    "an undeclared speaker": ("speaker: ada", "speaker: bob"),
    "an id that is none": ("id: first-2030", "id: First 2030"),
    "an outcome as an id": ("id: first-2030", "id: withdrawn"),
    "an undeclared topic": ("[rockets]", "[rocket]"),
    "another kind": ("    criteria", "    kind: guess\n    criteria"),
    "a probability above one": ("    criteria", "    probability: 80\n    criteria"),
    "a number for a text": ("claim: Rockets fly.", "claim: 5"),
    "an outcome that is none": (
        "    criteria",
        "    resolutions: [{outcome: yes, judged: 2026, note: so}]\n    criteria",
    ),
    "a judgement without evidence": (
        "    criteria",
        "    resolutions: [{outcome: true, judged: 2026-01-02}]\n    criteria",
    ),
    "a judgement on no day": (
        "    criteria",
        "    resolutions: [{outcome: true, judged: soon, note: so}]\n    criteria",
    ),
    "an address that is none": ("published: 2024-01}", "published: 2024-01, url: example.org}"),
    "one number for a range": ("    criteria", "    quantity: {range: 5}\n    criteria"),
    "level without a range": ("    criteria", "    quantity: {at_least: 5, level: 0.8}\n    criteria"),
    "evidence that is text": (
        "    criteria",
        "    resolutions: [{outcome: true, judged: 2026, evidence: so}]\n    criteria",
    ),
    "known_by beside none": ("deadline: 2030", "deadline: none\n    known_by: 2031"),
}
PLACES = {
    "a speaker": "  - id: x\n    speaker: ",
    "a source": "  - id: x\n    source: ",
    "a topic": "  - id: x\n    topics:\n      - ",
    "a kind": "  - id: x\n    kind: ",
    "an outcome": "  - id: x\n    resolutions:\n      - outcome: ",
    "what a claim revises": "  - id: x\n    revises: ",
    "a deadline": "  - id: x\n    deadline: ",
    "a new claim": "  - ",
    "a key of a claim": "  - id: x\n    ",
}


class Server:
    """A session with the YAML language server."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.writing, self.reading = process.stdin, process.stdout
        self.number = 0

    def send(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | more).encode()
        self.writing.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> Any:
        while True:
            head = await asyncio.wait_for(self.reading.readuntil(b"\r\n\r\n"), 30)
            length = int(head.split(b"Content-Length:")[1].split(b"\r\n")[0])
            message = json.loads(await self.reading.readexactly(length))
            if wanted(message):
                return message
            if "id" in message and "method" in message:  # a question of the server: nothing is configured
                items = len(message["params"].get("items", ())) if message["params"] else 0
                self.reply(message["id"], [{"validate": True, "completion": True, "hover": True}] * items)

    def reply(self, number: Any, result: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "id": number, "result": result}).encode()
        self.writing.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        number = self.number
        self.send(method, params, id=number)
        return (await self.until(lambda message: message.get("id") == number and "method" not in message))["result"]

    def open(self, path: Path, text: str) -> None:
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})

    async def told(self, path: Path, text: str) -> list[str]:
        self.open(path, text)
        found = await self.until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == path.as_uri()
            )
        )
        return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in found["params"]["diagnostics"]]

    async def completed(self, path: Path, text: str) -> list[str]:
        self.open(path, text)
        lines = text.split("\n")
        at = {"line": len(lines) - 1, "character": len(lines[-1])}
        found = await self.ask("textDocument/completion", {"textDocument": {"uri": path.as_uri()}, "position": at})
        return [one["label"] for one in found["items"]]

    async def hover(self, path: Path, line: int, character: int) -> str:
        at = {"line": line, "character": character}
        found = await self.ask("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": at})
        return str(found["contents"]["value"]) if found else ""


FOREIGN = ("Value must be", "Value is not accepted", "String does not match", "Incorrect type", "Matches a schema")
EXPECTED = {"a speaker": ["ada", "grace"], "a source": ["talk"], "a topic": ["rockets"]}


async def session(modules: Path, folder: Path) -> list[str]:
    program = modules / "yaml-language-server" / "bin" / "yaml-language-server"
    process = await asyncio.create_subprocess_exec(
        "node", str(program), "--stdio", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**26
    )
    server = Server(process)
    settings = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {"workspace": {"configuration": True}}}
    await server.ask("initialize", settings)
    server.send("initialized", {})
    failed: list[str] = []
    for number, (slip, (old, new)) in enumerate(SLIPS.items()):
        text = HEAD + CLAIM
        assert old in text, slip
        print(f"{slip}: {new.strip().splitlines()[0] if new.strip() else '(left out)'}")
        told = await server.told(folder / f"slip-{number}.yaml", text.replace(old, new, 1))
        print("\n".join(f"    {one}" for one in told))
        if not told or any(words in one for one in told for words in FOREIGN):
            failed.append(slip)
    for number, (place, typed) in enumerate(PLACES.items()):
        labels = await server.completed(folder / f"place-{number}.yaml", HEAD + CLAIM + typed)
        print(f"completes {place}: {', '.join(labels)}")
        if labels != EXPECTED.get(place, labels):
            failed.append(place)
    sound = folder / "sound.yaml"
    print("sound:", await server.told(sound, HEAD + CLAIM))
    for line, character in ((9, 6), (11, 6), (15, 6)):
        print("hover:", " | ".join((await server.hover(sound, line, character)).split("\n")))
    server.writing.close()
    process.kill()
    await process.wait()
    return failed


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "claims.yaml").write_text(HEAD + CLAIM)
        ledger = [sys.executable, "-m", "ledger", "-f", str(folder / "claims.yaml"), "schema", "--names"]
        schema = subprocess.run(ledger, capture_output=True, text=True, check=True).stdout
        (folder / "schema.json").write_text(schema)
        failed = asyncio.run(session(Path(sys.argv[1]).resolve(), folder))
    sys.exit(f"not as expected: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
