"""site as a user runs it: what it says, --serve, and what a run ends in where nothing foreseen happens."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from ledger.site import server

from .conftest import Runner

LEDGER = """\
ledger: 1
title: Rain
people: {ann: {name: Ann}, crowd: {name: A crowd, kind: crowd}}
sources: {talk: {title: A talk}}
claims:
  - {id: rain, claim: It rains in 2024., speaker: ann, said: 2023-01-05, source: talk, deadline: 2024,
     forecasts: [{by: crowd, date: 2023-02-01, probability: 70%}],
     resolutions: [{outcome: "true", judged: 2025-01-02, note: It did.}]}
"""
DAY = ("--as-of", "2025-06-30")


def test_it_says_what_was_written(run: Runner, tmp_path: Path) -> None:
    ran = run("site", "built", *DAY, ledger=LEDGER)
    files = sum(path.is_file() for path in (tmp_path / "built").rglob("*")) - 1  # the mark of a site
    assert (ran.out, ran.status) == ("", 0)
    assert ran.err == f"ledger: built: {files} files, {files} of them new or changed\n"
    assert run("site", "built", *DAY).err == f"ledger: built: {files} files, 0 of them new or changed\n"


def test_an_address_that_is_none_is_refused(run: Runner) -> None:
    ran = run("site", "built", "--url", "ftp://example.org", ledger=LEDGER)
    assert ran.err.splitlines() == [
        "ledger: --url: 'ftp://example.org' is not the address of a folder",
        "  write https://example.org/claims/",
    ]
    assert ran.status == 2


def test_serving_builds_anew_when_the_ledger_changes(
    run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pages: list[str] = []
    made: list[str] = []
    monkeypatch.setattr(server, "server", _remembering(made))

    def watch(names: Callable[[], tuple[str, ...]], rebuild: Callable[[], None], *, seen: server.Stamp) -> None:
        def look() -> None:
            with urlopen(made[0], timeout=10) as page:
                pages.append(page.read().decode())

        path = tmp_path / "claims.yaml"
        assert [Path(name).name for name in names()] == ["claims.yaml"]
        look()
        path.write_text(LEDGER.replace("title: Rain", "title: Snow"))
        rebuild()
        look()
        path.write_text("- no ledger\n")
        rebuild()
        look()
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "watch", watch)
    ran = run("site", "built", *DAY, "--serve", "--port", "0", ledger=LEDGER)
    assert ["<title>Rain" in page for page in pages] == [True, False, False]
    assert ["<title>Snow" in page for page in pages] == [False, True, True]
    said = ran.err.splitlines()
    assert said[1] == f"ledger: {made[0]} - leave with Ctrl-C"
    assert said[-2].endswith("; the pages stay as they were")
    assert said[-1] == "ledger: stopped; the site stays as it was last built"
    assert ran.status == 130


def _remembering(made: list[str]) -> Callable[[str, int], object]:
    real = server.server

    def begin(folder: str, port: int) -> object:
        web, version = real(folder, port)
        made.append(f"http://{server.ADDRESS}:{web.server_address[1]}/")
        return web, version

    return begin


def test_a_port_that_is_taken_is_named(run: Runner) -> None:
    with socket.socket() as taken:
        taken.bind((server.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("site", "built", "--serve", "--port", str(port), ledger=LEDGER)
    assert ran.err.splitlines()[-2:] == [
        f"ledger: port {port}: address already in use",
        "  name another one with --port",
    ]
    assert ran.status == 3


# --- what a run ends in -------------------------------------------------------------------------------------------


def ending(run: Runner, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> tuple[str, int]:
    def raise_it(*args: object, **more: object) -> None:
        raise error

    monkeypatch.setattr("ledger.results.survey.survey", raise_it)
    ran = run("site", "built", ledger=LEDGER)
    return ran.err, ran.status


def test_a_bug_is_reported_as_one(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    said, status = ending(run, monkeypatch, RuntimeError("odd"))
    assert status == 70
    assert "this is a bug in ledger" in said and "RuntimeError: odd" in said and "Traceback" not in said
    monkeypatch.setenv("FORECAST_LEDGER_DEBUG", "1")
    assert "Traceback (most recent call last)" in ending(run, monkeypatch, RuntimeError("odd"))[0]


@pytest.mark.parametrize(
    ("error", "said", "status"),
    [
        (KeyboardInterrupt(), "ledger: left before the end\n", 130),
        (EOFError(), "ledger: left before the end\n", 130),
        (PermissionError(errno.EACCES, "Permission denied", "b.yaml"), "ledger: b.yaml: permission denied\n", 3),
        (OSError(errno.ENOSPC, "No space left on device"),
         "ledger: the output could not be written: no space left on device\n", 3),
        (BrokenPipeError(), "", 0),
    ],
    ids=["interrupted", "ended", "refused", "full", "closed"],
)  # fmt: skip
def test_an_ending_has_its_words_and_its_status(
    run: Runner, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str, status: int
) -> None:
    monkeypatch.setattr("ledger.cli.streams.discard_output", lambda *_: None)
    assert ending(run, monkeypatch, error) == (said, status)
