"""How long an editor waits for `ledger lsp`: a client types in ledgers of several sizes and notes when it is answered.

The time of a key is from the sent change to the first findings told for that version of the text: those of the claim
that is typed in. The time of a pause is to the second ones, which hold all claims against each other, without the
300 ms that the server waits for another key. Bursts of keys begin at any time, so that some fall into a whole check.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import ENVIRONMENT, ledger_text, write_part

SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "25,1000,10000").split(",")))
BURSTS = int(os.environ.get("BENCH_BURSTS", "30"))
KEYS = "xyz"  # typed behind a speaker's name, which is undeclared until they are taken back
BETWEEN = 0.12  # seconds between the keys of somebody who types fast
WAITED = 0.3  # seconds that the server waits for another key


class Client:
    """One session of the protocol over a server's standard input and output."""

    def __init__(self, server: asyncio.subprocess.Process, uri: str, text: str) -> None:
        assert server.stdin is not None
        assert server.stdout is not None
        self.server, self.writing, self.reading = server, server.stdin, server.stdout
        self.uri, self.lines, self.version = uri, text.split("\n"), 1
        self.told: asyncio.Queue[tuple[float, int, list[str]]] = asyncio.Queue()
        self.answered: asyncio.Queue[Any] = asyncio.Queue()
        self.listener = asyncio.create_task(self._listen())

    def send(self, method: str, params: Any, number: int | None = None) -> float:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else message | {"id": number}).encode()
        self.writing.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        return time.perf_counter()

    async def _listen(self) -> None:
        while True:
            head = await self.reading.readuntil(b"\r\n\r\n")
            length = int(
                next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length")).split(b":")[1]
            )
            body = await self.reading.readexactly(length)
            came = time.perf_counter()
            message = json.loads(body)
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                codes = [one.get("code", "") for one in params["diagnostics"]]
                self.told.put_nowait((came, params.get("version", 0), codes))
            elif "id" in message:
                self.answered.put_nowait(message)

    async def begin(self) -> float:
        """Open the text; the answer is how long the first findings took."""
        self.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        await self.answered.get()
        self.send("initialized", {})
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": "\n".join(self.lines)}
        sent = self.send("textDocument/didOpen", {"textDocument": document})
        return (await self.told.get())[0] - sent

    def put(self, line: int, start: int, end: int, text: str) -> float:
        """Replace a part of a line; the answer is when that was sent."""
        self.version += 1
        held = self.lines[line]
        self.lines[line] = held[:start] + text + held[end:]
        span = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        document = {"uri": self.uri, "version": self.version}
        changes = [{"range": span, "text": text}]
        return self.send("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    async def findings(self) -> tuple[float, list[str]]:
        """When findings of the newest version came, and their codes."""
        while True:
            came, version, codes = await asyncio.wait_for(self.told.get(), 60)
            if version == self.version:
                return came, codes

    async def end(self) -> None:
        self.send("shutdown", None, 2)
        self.send("exit", None)
        await self.server.wait()
        self.listener.cancel()


async def typed(client: Client, pick: random.Random, speakers: list[int]) -> tuple[list[float], float | None]:
    """One burst: letters behind a speaker's name, then they are taken back; the times of the keys and of a pause."""
    line = pick.choice(speakers)
    start = len(client.lines[line])
    keys = []
    for number, key in enumerate([*KEYS, *[""] * len(KEYS)]):
        at = start + number if key else start + 2 * len(KEYS) - number - 1
        sent = client.put(line, at, at if key else at + 1, key)
        came, codes = await client.findings()
        wrong = "undeclared" in codes
        assert wrong == (len(client.lines[line]) > start), (client.lines[line], codes[:3])
        keys.append(came - sent)
        await asyncio.sleep(max(0.0, BETWEEN - (came - sent)))
    if pick.random() < 0.5:  # the next burst begins somewhere in the whole check of this one
        await asyncio.sleep(pick.uniform(WAITED - BETWEEN, 2 * WAITED))
        return keys, None
    came, _ = await client.findings()
    return keys, came - sent - WAITED


async def session(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text)
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ledger", "--as-of", "2026-11-22", "lsp",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**26, env=ENVIRONMENT,
    )  # fmt: skip
    client = Client(server, path.as_uri(), text)
    opened = await client.begin()
    pick = random.Random(1)
    speakers = [number for number, line in enumerate(client.lines) if line.startswith("    speaker:")]
    keys: list[float] = []
    pauses: list[float] = []
    for _ in range(BURSTS):
        own, pause = await typed(client, pick, speakers)
        keys += own
        pauses += [pause] if pause is not None else []
    await client.end()
    return {"opened": opened, "keys": keys, "pauses": pauses}


def part(times: list[float], share: float) -> float:
    """The time that a share of them does not exceed."""
    return sorted(times)[min(int(share * len(times)), len(times) - 1)]


def told(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):.0f} / {1000 * part(times, 0.95):.0f} / {1000 * max(times):.0f}"


def without_findings(text: str) -> str:
    """The ledger with evidence for each judgement, so that nothing is wrong with it."""
    return text.replace("note: as the report says", 'evidence: [{url: "https://example.org/report"}]')


def main() -> None:
    lines = [
        "## Typing in an editor", "",
        f"Made by `benchmarks/bench_editor.py`: a client types {BURSTS * 2 * len(KEYS)} keys in `ledger lsp`; times by",
        f"the clock (median / 95% / most), on a machine with {os.cpu_count()} cores, for which"
        f" {os.getloadavg()[0]:.0f} processes waited.",
        "A key is answered by the findings of the claim it is in; the pause, after the 300 ms that are waited, by all.",
        "With a finding in each claim the editor is told a thousand after each key.", "",
        "| claims | with findings | opened | a key, ms | all claims after the pause, ms |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            for findings in (False, True):
                text = ledger_text(size) if findings else without_findings(ledger_text(size))
                found = asyncio.run(session(Path(folder) / "claims.yaml", text))
                shown = "all" if findings else "none"
                times = f"{found['opened']:.1f} s | {told(found['keys'])} | {told(found['pauses'])}"
                lines.append(f"| {size:,} | {shown} | {times} |")
    write_part("editor", "benchmarks/bench_editor.py", lines)


if __name__ == "__main__":
    main()
