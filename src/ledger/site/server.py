"""The site while it is written: rebuilt when the ledger changes, shown on this computer only."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from ..errors import LedgerError
from ..files import questions, read_bytes
from .folder import listed

ADDRESS = "127.0.0.1"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_POLL = 0.3  # seconds between two looks at the files
_HOLD = 20.0  # seconds a page's question for news is kept open
_RELOAD = """\
(async () => {
  let seen = null;
  for (;;) {
    try {
      const answer = await fetch(`/-/version?seen=${seen ?? ""}`, { cache: "no-store" });
      const version = await answer.text();
      if (seen !== null && version !== seen) return location.reload();
      seen = version;
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
})();
"""


class Built:
    """How often the site was built; a page waits for the next time."""

    def __init__(self) -> None:
        self._number = 1
        self._news = threading.Condition()

    def step(self) -> None:
        """Tell every waiting page that there is a new version."""
        with self._news:
            self._number += 1
            self._news.notify_all()

    def after(self, seen: str, seconds: float = _HOLD) -> str:
        """The version as soon as it is another than the one seen, or after some seconds."""
        with self._news:
            self._news.wait_for(lambda: str(self._number) != seen, seconds)
            return str(self._number)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for the files of one folder; `folder` and `version` are set by `server`."""

    folder: ClassVar[Path]
    version: ClassVar[Built]
    server_version = "forecast-ledger"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 3 * _HOLD  # for a question that was begun and not ended

    def do_GET(self) -> None:
        """Send a file, or the version once it has changed."""
        if not self._asked_here():
            self._send(403, "text/plain; charset=utf-8", b"this server answers to 127.0.0.1 and localhost only\n")
            return
        parts = urlsplit(self.path)
        if parts.path == "/-/version":
            seen = parts.query.removeprefix("seen=")
            self._send(200, "text/plain; charset=utf-8", self.version.after(seen).encode())
        elif parts.path == "/-/reload.js":
            self._send(200, _TYPES[".js"], _RELOAD.encode())
        else:
            self._file(unquote(parts.path).lstrip("/") or "index.html")

    do_HEAD = do_GET  # noqa: N815

    def _asked_here(self) -> bool:
        """Whether the page was asked for by a name of this computer: others are a trick of a foreign page."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        return host in (ADDRESS, "localhost")

    def _file(self, name: str) -> None:
        path = self.folder / name
        kind = _TYPES.get(path.suffix)
        # Only names that the site's own list has: no way leads out of the folder.
        data = self._content(path) if kind is not None and name in listed(self.folder) else None
        if kind is None or data is None:
            self._send(404, "text/plain; charset=utf-8", b"no such page\n")
            return
        self._send(200, kind, _live(data) if path.suffix == ".html" else data)

    def _content(self, path: Path) -> bytes | None:
        """A page's bytes; None while it is away."""
        try:
            return None if questions.is_link(path) else read_bytes(path)
        except LedgerError:
            return None

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal tells when the site was built."""


def _live(page: bytes) -> bytes:
    """The page with the script that waits for a new version; the file on disk stays as it is."""
    return page.replace(b"</body>", b'<script src="/-/reload.js"></script>\n</body>', 1)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell what went wrong with an answer; a browser that left before it had the whole of one is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def server(folder: str, port: int) -> tuple[ThreadingHTTPServer, Built]:
    """A server for a site's folder on 127.0.0.1, not yet running; port 0 takes a free one. OSError if it is taken."""
    version = Built()
    handler = type("SiteHandler", (Handler,), {"folder": Path(folder), "version": version})
    return _Server((ADDRESS, port), handler), version


Stamp = tuple[tuple[str, int, int], ...]


def stamp(names: Iterable[str]) -> Stamp:
    """What changes when one of the files does."""
    found = []
    for name in names:
        info = questions.look(name)
        found.append((name, 0, -1) if info is None else (name, info.st_mtime_ns, info.st_size))
    return tuple(found)


def watch(
    names: Callable[[], Iterable[str]], rebuild: Callable[[], None], *, seen: Stamp, pause: float = _POLL
) -> None:
    """Call `rebuild` whenever one of the files is other than it was `seen`; runs until it is interrupted."""
    while True:
        time.sleep(pause)
        now = stamp(names())
        if now != seen:
            rebuild()
            # What changed while the site was built is noticed next time; new files are taken as they are.
            same = [name for name, _, _ in now] == list(names())
            seen = now if same else stamp(names())
