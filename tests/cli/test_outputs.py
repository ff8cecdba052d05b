"""What commands write, and what they leave alone: ledgers, files of others, and whatever a link points to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.render import own
from ledger.render.export.formats import FORMS
from ledger.render.problems import FORMATS as REPORTS

Run = Callable[..., Any]
LEDGER = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
claims:
  - id: rain-2026
    claim: It rains in 2026.
    speaker: ann
    said: 2024-01-02
    source: talk
    deadline: 2026
    probability: 80%
    criteria: A weather report.
"""
DAY = ("--as-of", "2025-06-01")
INCLUDED = "ledger: 1\nclaims: []\n"


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, links not followed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def refused(run: Run, folder: Path, *args: str, status: int, words: str) -> None:
    """The command ends so, and no byte below the folder above has changed."""
    before = content(folder)
    ran = run(*args)
    assert (ran.status, words in ran.err) == (status, True), ran.err
    assert "bug" not in ran.err
    assert content(folder) == before


@pytest.mark.parametrize("name", ["claims.yaml", "./claims.yaml", "sub/more.yaml", "link.yaml"])
def test_an_export_never_replaces_a_ledger(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER.replace("people:", "include: [sub/*.yaml]\npeople:"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "more.yaml").write_text(INCLUDED)
    (tmp_path / "link.yaml").symlink_to("claims.yaml")
    status, words = (4, "is a link") if name == "link.yaml" else (2, "would overwrite the ledger")
    for command in (("export", "csv", "-o", name), ("check", *DAY, "--report", f"json={name}")):
        if command[0] == "check" and name == "sub/more.yaml":
            status, words = 4, "ledger did not make it"  # refused before the ledger is read
        refused(run, tmp_path, *command, status=status, words=words)


@pytest.mark.parametrize("form", FORMS)
def test_an_export_replaces_an_earlier_one_and_nothing_else(run: Run, tmp_path: Path, form: str) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")
    assert run("export", form, "-o", "out", *DAY, ledger=LEDGER).status == 0
    first = (tmp_path / "out").read_bytes()
    assert run("export", form, "-o", "out", ledger=LEDGER.replace("80%", "70%")).status == 0
    assert own.export(form)(first)
    for foreign in (
        b"id,claim,speaker,said,source,deadline\na,b,c,d,e,f\n",
        b"| id | claim |\n",
        b"notes of mine\n",
        b"name,mail\nann,a@b\n",
        b'{"a": 1}\n',
        b"SQLite format 3\0" + bytes(100),
    ):
        assert not own.export(form)(foreign)
    (tmp_path / "out").write_text("id;name\n1;mine\n")
    refused(run, tmp_path, "export", form, "-o", "out", status=4, words="ledger did not make it")


@pytest.mark.parametrize("form", REPORTS)
@pytest.mark.parametrize("ledger", [LEDGER, LEDGER.replace("2026\n", "2024\n").replace("A weather report.", "")])
def test_a_report_replaces_an_earlier_one_and_nothing_else(run: Run, tmp_path: Path, form: str, ledger: str) -> None:
    for _ in range(2):
        assert run("check", *DAY, "--report", f"{form}=out", "--exit-zero", ledger=ledger).status == 0
    (tmp_path / "out").write_text("mine\n")
    refused(run, tmp_path, "check", *DAY, "--report", f"{form}=out", status=4, words="ledger did not make it")


def test_reports_of_other_tools_are_not_ours() -> None:
    for form, foreign in (
        ("text", b"src/a.c:3:4: error: expected a semicolon\n"),
        ("github", b"::error file=a.js,line=1,col=1,title=no-undef::x is not defined\n"),
        ("gitlab", b'[{"description": "unused", "check_name": "no-unused-vars", "fingerprint": "1"}]\n'),
        (
            "sarif",
            b'{"$schema": "https://example.org/sarif-2.1.0.json", "runs": [{"tool": {"driver": {"name": "ruff"',
        ),
        ("junit", b'<?xml version="1.0"?>\n<testsuites><testsuite name="pytest" package="tests">'),
        ("json", b'{"schema": "other.check/1"}'),
    ):
        assert not own.report(form)(foreign)


@pytest.mark.parametrize("form", REPORTS)
def test_no_report_of_yesterday_is_left_where_the_ledger_cannot_be_read(run: Run, tmp_path: Path, form: str) -> None:
    wrong = LEDGER.replace("2026\n", "2024\n")
    run("check", *DAY, "--report", f"{form}=out", ledger=wrong)
    assert (tmp_path / "out").exists()
    ran = run("check", *DAY, "--report", f"{form}=out", ledger="not a ledger")
    assert ran.status == 3
    assert not (tmp_path / "out").exists()
    run("check", *DAY, "--report", f"{form}=out", ledger=wrong)
    (tmp_path / "claims.yaml").unlink()
    assert run("check", *DAY, "--report", f"{form}=out").status == 3
    assert not (tmp_path / "out").exists()


def test_a_chart_replaces_an_earlier_one_and_nothing_else(run: Run, tmp_path: Path) -> None:
    ledger = LEDGER + "    resolutions: [{outcome: true, judged: 2025-01-01, note: n}]\n"
    for _ in range(2):
        assert run("score", "--plot", "out.svg", ledger=ledger).status == 0
    (tmp_path / "out.svg").write_text("<svg>mine</svg>")
    refused(run, tmp_path, "score", "--plot", "out.svg", status=4, words="ledger did not make it")


def test_nothing_is_written_through_links_that_came_with_a_checkout(run: Run, tmp_path: Path) -> None:
    victim = tmp_path.parent / f"victim-{tmp_path.name}"
    victim.mkdir()
    (victim / "rc").write_text("precious\n")
    up = f"../{victim.name}"
    (tmp_path / "claims.yaml").write_text(LEDGER)
    for link in ("out.csv.forecast-ledger-part", ".forecast-ledger-part", "out.svg"):
        (tmp_path / link).symlink_to(f"{up}/rc")
    (tmp_path / "sub").symlink_to(up)
    assert run("export", "csv", "-o", "out.csv").status == 0
    for args in (
        ("export", "csv", "-o", "sub/out.csv"),
        ("export", "csv", "-o", "sub/rc"),
        ("check", *DAY, "--report", "json=sub/out.json"),
        ("score", "--plot", "out.svg"),
        ("site", "sub"),
        ("site", "sub/site"),
        ("init", "sub/claims.yaml"),
        ("import", "jsonl", "rows.jsonl", "-f", "sub/new.yaml"),
    ):
        (tmp_path / "rows.jsonl").write_text("")
        ran = run(*args)
        assert (ran.status, "is a link" in ran.err) == (4, True), (args, ran)
    assert content(victim) == {"rc": b"precious\n"}


def test_a_summary_is_added_to_the_file_that_github_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "summary.md").write_text("before\n")
    run(
        "check", *DAY, "--format", "github", ledger=LEDGER.replace("2026\n", "2024\n"), GITHUB_STEP_SUMMARY="summary.md"
    )
    text = (tmp_path / "summary.md").read_text()
    assert text.startswith("before\n### Ledger check as of 2025-06-01")


def test_a_summary_is_never_added_to_a_ledger(run: Run, tmp_path: Path) -> None:
    wrong = LEDGER.replace("2026\n", "2024\n")
    ran = run("check", *DAY, "--format", "github", ledger=wrong, GITHUB_STEP_SUMMARY="claims.yaml")
    told = "ledger: the step summary cannot be written: claims.yaml would overwrite the ledger"
    assert (ran.err.splitlines()[-1], ran.status) == (told, 1)
    assert (tmp_path / "claims.yaml").read_text() == wrong


# --- the site ----------------------------------------------------------------------------------------------------


def test_a_site_replaces_an_earlier_one(run: Run, tmp_path: Path) -> None:
    assert run("site", "out", *DAY, ledger=LEDGER).status == 0
    (tmp_path / "out" / "CNAME").write_text("example.org")
    other = LEDGER.replace("rain-2026", "snow-2026").replace("ann", "bob").replace("Ann", "Bob")
    assert run("site", "out", "--as-of", "2025-07-01", "--url", "https://example.org/", ledger=other).status == 0
    found = content(tmp_path / "out")
    assert {"claim/snow-2026.html", "CNAME"} <= set(found)
    assert not [name for name in found if "rain-2026" in name or "ann" in name]


def test_a_marker_that_came_with_a_checkout_proves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    folder = tmp_path / "public"
    (folder / "src").mkdir(parents=True)
    marker = "Files of a site made by forecast-ledger. It replaces and removes these, and no others.\n"
    (folder / ".forecast-ledger-site").write_text(f"{marker}README.md\nindex.html\nsrc/main.py\n")
    for name in ("README.md", "index.html", "src/main.py"):
        (folder / name).write_text("mine")
    refused(run, tmp_path, "site", "public", status=4, words="not a site made by ledger")


def test_a_site_leaves_pages_alone_that_it_did_not_make(run: Run, tmp_path: Path) -> None:
    run("site", "out", *DAY, ledger=LEDGER)
    marker = tmp_path / "out" / ".forecast-ledger-site"
    (tmp_path / "out" / "notes.html").write_text("mine")
    marker.write_text(marker.read_text() + "notes.html\n")
    assert run("site", "out", *DAY, ledger=LEDGER).status == 0
    assert (tmp_path / "out" / "notes.html").read_text() == "mine"
    (tmp_path / "out" / "score.html").write_text("mine")
    ran = run("site", "out", *DAY, ledger=LEDGER)
    assert (ran.status, "out/score.html: is there already" in ran.err) == (4, True)
    assert (tmp_path / "out" / "score.html").read_text() == "mine"


def test_a_marker_that_is_a_link_is_not_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    (tmp_path / "rc").write_text("line one\nline two\n")
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / ".forecast-ledger-site").symlink_to("../rc")
    refused(run, tmp_path, "site", "public", status=4, words="not a site made by ledger")


# --- the cache ---------------------------------------------------------------------------------------------------


def test_clearing_the_cache_removes_what_it_keeps_alone(run: Run, tmp_path: Path) -> None:
    many = "".join(
        f"  - {{id: c-{n}, claim: C., speaker: ann, said: 2024, source: talk, deadline: 2030}}\n" for n in range(1200)
    )
    mine = {"customers.sqlite": b"a", "thoughts.note": b"b", "draft.tmp": b"c", "0123456789abcdef.sqlite.bak": b"d"}
    (tmp_path / "mine").mkdir()
    for name, data in mine.items():
        (tmp_path / "mine" / name).write_bytes(data)
        os.utime(tmp_path / "mine" / name, (1, 1))
    run("list", ledger=LEDGER + many, FORECAST_LEDGER_CACHE="mine")
    assert len(content(tmp_path / "mine")) > len(mine)
    ran = run("cache", "clear", FORECAST_LEDGER_CACHE="mine")
    assert ran.out.startswith("removed 1 ledger, ")
    assert content(tmp_path / "mine") == mine


# --- edits -------------------------------------------------------------------------------------------------------


def test_an_edit_of_a_file_with_two_names_changes_neither(run: Run, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    (tmp_path / "other.yaml").hardlink_to(tmp_path / "claims.yaml")
    refused(run, tmp_path, "touch", "rain-2026", status=3, words="symbolic links")


def test_an_edit_of_several_files_is_refused_before_the_first_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER.replace("people:", "include: [more.yaml]\npeople:"))
    claim = LEDGER.partition("claims:\n")[2].replace("rain-2026", "snow-2026")
    (tmp_path / "more.yaml").write_text(f"ledger: 1\nclaims:\n{claim}")
    (tmp_path / "other.yaml").hardlink_to(tmp_path / "more.yaml")
    refused(run, tmp_path, "touch", "rain-2026", "snow-2026", status=3, words="more.yaml: the file has 2 names")


TABLE = "claim,by,date,probability\nrain-2026,bob,2024-01-01,0.5\nnobody,bob,2024-01-01,0.5\n"
READS = LEDGER.replace("people:", "include: [sub/*.yaml]\nforecasts: [tables/*.csv]\npeople:", 1)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("export", "jsonl", "-o"), "sub/new.yaml"),
        (("export", "csv", "-o"), "sub/empty.yaml"),
        (("leaderboard", "--rejects"), "tables/rejects.csv"),
        (("leaderboard", "--forecasts", "more", "--rejects"), "more/below/rejects.csv"),
        (("leaderboard", "--forecasts", "more/*.csv", "--rejects"), "more/rejects.csv"),
    ],
)
def test_no_output_becomes_a_part_of_what_is_read(run: Run, tmp_path: Path, words: tuple[str, ...], name: str) -> None:
    for folder in ("sub", "tables", "more/below"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "sub" / "more.yaml").write_text("ledger: 1\n")
    (tmp_path / "sub" / "empty.yaml").write_text("")
    for folder in ("tables", "more"):
        (tmp_path / folder / "own.csv").write_text(TABLE)
    ran = run(*words, name, *DAY, ledger=READS)
    assert (ran.status, "would be read with the rest the next time" in ran.err) == (2, True)
    assert not (tmp_path / name).exists() or not (tmp_path / name).read_bytes()


@pytest.mark.parametrize(
    ("form", "foreign"),
    [
        ("report gitlab", "[] buy milk\n[x] sell it\n"),
        ("report text", "main.c:3:5: unused variable x\nnotes of mine\n"),
        ("report junit", '<?xml version="1.0"?>\n<testsuites></testsuites>\n<!-- mine -->\n'),
        ("report markdown", "<!-- forecast-ledger check -->\nLedger check as of today: fine\n\nNotes of mine.\n"),
        ("export jsonl", '{"id": "a", "claim": "typed by hand, to be imported"}\n'),
        ("export json", '{"schema": "ledger.mine/1"}\n'),
        ("export jsonld", '{"@context": "https://schema.org", "@graph": [{"@type": "Claim", "@id": "mine"}]}\n'),
    ],
)
def test_what_only_looks_a_little_like_ours_stays(run: Run, tmp_path: Path, form: str, foreign: str) -> None:
    what, name = form.split()
    (tmp_path / "out").write_text(foreign)
    words = ("check", "--report", f"{name}=out") if what == "report" else ("export", name, "-o", "out")
    assert run(*words, *DAY, ledger=LEDGER).status == 4
    assert (tmp_path / "out").read_text() == foreign


@pytest.mark.parametrize(("form", "more"), [("markdown", "\nNotes of mine.\n"), ("ics", "BEGIN:VEVENT\n")])
def test_an_export_that_was_added_to_by_hand_stays(run: Run, tmp_path: Path, form: str, more: str) -> None:
    run("export", form, "-o", "out", *DAY, ledger=LEDGER)
    whole = (tmp_path / "out").read_bytes() + more.encode()
    (tmp_path / "out").write_bytes(whole)
    assert run("export", form, "-o", "out", *DAY, ledger=LEDGER).status == 4
    assert (tmp_path / "out").read_bytes() == whole


def test_a_column_that_was_added_to_an_export_is_no_part_of_ours(run: Run, tmp_path: Path) -> None:
    run("export", "csv", "-o", "out", *DAY, ledger=LEDGER)
    first, rest = (tmp_path / "out").read_text().split("\n", 1)
    (tmp_path / "out").write_text(f"{first},my thoughts\n{rest}")
    assert run("export", "csv", "-o", "out", *DAY, ledger=LEDGER).status == 4


def test_two_reports_need_two_files(run: Run, tmp_path: Path) -> None:
    ran = run("check", *DAY, "--report", "json=out", "--report", "sarif=./out", ledger=LEDGER)
    assert (ran.status, ran.err.splitlines()[0]) == (2, "ledger: --report names ./out twice")
    assert not (tmp_path / "out").exists()
