"""site --serve: what it answers, whom it answers, and that it notices a change."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import IO

import pytest

from ledger.site.folder import write_site
from ledger.site.page import File, PlannedFile
from ledger.site.server import Built, server, stamp, watch

SOURCE = str(Path(__file__).parents[2] / "src")
PAGE = "<meta content=\"default-src 'none'; form-action 'self'\"><body>Hello</body>"
FILES = [
    File("index.html", PAGE),
    File("claim/rain.html", PAGE),
    File("assets/style.css", "a{}"),
    File("feed.atom", "x"),
]


class Asked:
    """A running server, and questions to it."""

    def __init__(self, folder: Path) -> None:
        self.web, self.version = server(str(folder), 0)
        threading.Thread(target=self.web.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def ask(self, path: str, *, method: str = "GET", host: str | None = None) -> tuple[HTTPResponse, str]:
        port = self.web.server_address[1]
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    write_site(str(tmp_path / "out"), [PlannedFile(file.path, "", partial(lambda file: file, file)) for file in FILES])
    (tmp_path / "secret.html").write_text("secret")
    (tmp_path / "out" / "mine.html").write_text("not of the site")
    made = Asked(tmp_path / "out")
    yield made
    made.web.shutdown()
    made.web.server_close()


def test_only_this_computer_can_reach_it(asked: Asked) -> None:
    assert asked.web.server_address[0] == "127.0.0.1"
    assert asked.ask("/", host="localhost:1")[0].status == 200
    for host in ("evil.example", "127.0.0.1.evil.example:80", ""):
        assert asked.ask("/", host=host or "x")[0].status == 403


def test_pages_wait_for_news_and_files_stay_as_they_are(asked: Asked, tmp_path: Path) -> None:
    answer, text = asked.ask("/claim/rain.html?in=x")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<script src="/-/reload.js"></script>\n</body>' in text
    assert (tmp_path / "out" / "claim" / "rain.html").read_text() == PAGE
    assert "location.reload()" in asked.ask("/-/reload.js")[1]
    assert asked.ask("/assets/style.css")[1] == "a{}"
    answer, text = asked.ask("/index.html", method="HEAD")
    assert (answer.status, text) == (200, "")
    assert int(answer.headers["Content-Length"]) > len(PAGE)


@pytest.mark.parametrize(
    "path",
    ["/mine.html", "/../secret.html", "/%2e%2e/secret.html", "/claim/..%2f../secret.html", "//etc/passwd",
     "/.forecast-ledger-site", "/claim", "/nothing.html"],
)  # fmt: skip
def test_what_is_not_of_the_site_is_not_found(asked: Asked, path: str) -> None:
    answer, text = asked.ask(path)
    assert (answer.status, text) == (404, "no such page\n")


def test_a_page_that_waits_hears_of_a_new_version(asked: Asked) -> None:
    first = asked.ask("/-/version?seen=")[1]
    threading.Timer(0.05, asked.version.step).start()
    assert asked.ask(f"/-/version?seen={first}")[1] != first


def test_a_version_is_told_again_after_a_while() -> None:
    assert Built().after("1", 0.01) == "1"


def test_a_change_is_noticed_and_so_is_a_file_that_went(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("a")
    before = stamp([str(path)])
    path.write_text("ab")
    assert stamp([str(path)]) != before
    path.unlink()
    assert stamp([str(path)]) == ((str(path), 0, -1),)


def test_watching_rebuilds_once_a_change_even_while_it_builds(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("1")
    built: list[str] = []

    def rewritten(text: str) -> None:
        (tmp_path / "new").write_text(text)
        (tmp_path / "new").replace(path)

    def rebuild() -> None:
        built.append(path.read_text())
        if len(built) == 3:
            raise KeyboardInterrupt
        rewritten("1" * (len(built) + 2))

    begun = stamp([str(path)])
    rewritten("11")  # before anybody looks again: what changed while the site was built the first time
    with pytest.raises(KeyboardInterrupt):
        watch(lambda: [str(path)], rebuild, seen=begun, pause=0.01)
    assert built == ["11", "111", "1111"]


LEDGER = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
claims:
  - {id: rain, claim: It rains., speaker: ann, said: 2024, source: talk, deadline: 2026, criteria: c}
"""


def test_serving_outlives_a_ledger_that_is_away_for_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(LEDGER)
    command = [sys.executable, "-m", "ledger", "site", "out", "--serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": SOURCE}
    ) as process:
        assert process.stderr is not None
        end = threading.Timer(300, process.kill)  # a guard, generous: a busy machine is no failure
        end.start()
        try:
            told = _until(process.stderr, "leave with Ctrl-C")
            port = int(told.partition("127.0.0.1:")[2].partition("/")[0])
            for number, broken in enumerate((None, "not a ledger", b"\xff")):
                before = _page(port)
                path.unlink()
                if broken is not None:
                    path.write_bytes(broken if isinstance(broken, bytes) else broken.encode())
                _until(process.stderr, "the pages stay as they were")
                assert _page(port) == before
                path.write_text(LEDGER.replace("It rains.", f"It rains for {number} days."))
                while f"It rains for {number} days." not in _page(port):
                    _until(process.stderr, "of them new or changed")
            assert process.poll() is None
        finally:
            end.cancel()
            process.kill()


def test_a_browser_that_leaves_early_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    web, _ = server(str(tmp_path), 0)
    for error in (BrokenPipeError("gone"), ConnectionResetError("gone"), ValueError("a mistake of ours")):
        try:
            raise error
        except Exception:
            web.handle_error(None, ("127.0.0.1", 1))  # type: ignore[arg-type]
    web.server_close()
    told = capsys.readouterr().err
    assert "gone" not in told
    assert "ValueError: a mistake of ours" in told


def _until(stream: IO[str], words: str) -> str:
    for line in stream:
        if words in line:
            return line
    raise AssertionError(f"ended without {words!r}")


def _page(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/claim/rain.html")
    text = connection.getresponse().read().decode()
    connection.close()
    return text
