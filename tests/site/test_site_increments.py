"""A site written again: only what changed is made, and what is there is what a first run would have written."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from ledger.cache import Store
from ledger.columns import View
from ledger.errors import RefusedError
from ledger.files import Disk, questions
from ledger.files.writing import Folder
from ledger.loading.assembly import GivenText, load
from ledger.model import Claim
from ledger.query import Row
from ledger.render import objects
from ledger.render.export import jsonl
from ledger.render.objects import claim_object
from ledger.results.survey import survey
from ledger.site.build import plan
from ledger.site.folder import MARKER, SiteFiles, write_site
from ledger.site.page import Earlier, File, PlannedFile, Site

DAY = date(2026, 6, 30)
LEDGER = """\
ledger: 1
title: Rain
people: {ann: {name: Ann Ash}, bob: {name: Bob}}
topics: {wet: where it rains, white: where it snows}
sources: {talk: {title: A talk}, page: {title: A page}}
claims:
  - {id: rain, claim: It rains in Rome., speaker: ann, said: 2024, source: talk, deadline: 2025, topics: [wet]}
  - {id: again, claim: It rains again., speaker: ann, said: 2025, source: talk, deadline: 2026, topics: [wet],
     series: s, revises: first, resolutions: [{outcome: "true", judged: 2026-02-01, evidence: [{source: page}]}]}
  - {id: snow, claim: It snows., speaker: bob, said: 2024, source: page, deadline: 2025, topics: [white],
     see_also: [old]}
  - {id: first, claim: It rained., speaker: bob, said: 2023, source: talk, deadline: 2024, series: s, formerly: [old]}
  - {id: alone, claim: It is dry., speaker: bob, said: 2024, source: page, deadline: 2027}
"""
VERDICT = ', resolutions: [{outcome: "false", judged: 2026-03-01, note: n}]}'
EDITS = {
    "a verdict": ("deadline: 2025, topics: [wet]}", f"deadline: 2025, topics: [wet]{VERDICT}"),
    "a line above": ("claims:\n", "claims:\n  # a comment\n"),
    "a person's name": ("Ann Ash", "Anna Ash"),
    "a source of evidence": ("A page", "Another page"),
    "a topic's meaning": ("where it snows", "where snow lies"),
    "the spelling of a topic": ("It snows.", "It is WHITE; see WHITE."),
    "an id": ("id: snow", "id: sleet, formerly: [snow]"),
    "a claim that others name": ("It rained.", "It had rained."),
    "a former id": ("formerly: [old]", "formerly: [older]"),
    "a revision": ("revises: first, ", ""),
    "a claim less": (LEDGER[LEDGER.index("  - {id: snow") : LEDGER.index("  - {id: first")], ""),
    "a claim more, in front": (
        "claims:\n",
        "claims:\n  - {id: new, claim: N., speaker: ann, said: 2024, source: talk, deadline: 2030, see_also: [rain]}\n",
    ),
    "the title": ("title: Rain", "title: Weather"),
    "who answers": ("title: Rain", "title: Rain\nabout: {keeper: Cy}"),
    "another order": ("deadline: 2027", "deadline: 2020"),
}


def planned(text: str, day: date = DAY, name: str = "claims.yaml") -> list[PlannedFile]:
    return list(plan(Site(survey(load(Disk(), [GivenText(name, text.encode())]), day=day), None)))


def written(folder: Path, text: str, day: date = DAY) -> tuple[SiteFiles, list[str]]:
    """What a run did, and the files that it made."""
    made: list[str] = []

    def making(path: str, make: Callable[[], File]) -> File:
        made.append(path)
        return make()

    def again(path: str, earlier: Callable[[Earlier], File]) -> Callable[[Earlier], File]:
        return lambda then: making(path, lambda: earlier(then))

    files = [
        file._replace(make=partial(making, file.path, file.make), again=file.again and again(file.path, file.again))
        for file in planned(text, day)
    ]
    return write_site(str(folder), files), made


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], dict[str, bytes]]:
    def made(text: str) -> dict[str, bytes]:
        write_site(str(tmp_path / "fresh"), planned(text))
        return content(tmp_path / "fresh")

    return made


def test_nothing_is_made_again_where_nothing_changed(tmp_path: Path) -> None:
    first, made = written(tmp_path / "out", LEDGER)
    assert first == SiteFiles(len(made), len(made), 0)
    assert written(tmp_path / "out", LEDGER) == (SiteFiles(0, len(made), 0), [])
    assert written(tmp_path / "out", LEDGER, date(2026, 7, 1))[1] == made


@pytest.mark.parametrize("name", EDITS)
def test_a_site_written_again_is_the_one_written_anew(
    name: str, tmp_path: Path, fresh: Callable[[str], dict[str, bytes]]
) -> None:
    before, after = EDITS[name]
    assert before in LEDGER
    text = LEDGER.replace(before, after)
    for now in (LEDGER, text, LEDGER):
        written(tmp_path / "out", now)
        if now is text:
            assert content(tmp_path / "out") == fresh(text)


def test_a_verdict_makes_its_own_page_and_what_tells_of_it(tmp_path: Path) -> None:
    written(tmp_path / "out", LEDGER)
    made = written(tmp_path / "out", LEDGER.replace(*EDITS["a verdict"]))[1]
    assert [name for name in made if name.endswith(".html") and "/" in name] == [
        "claim/rain.html",
        "topic/wet.html",
        "person/ann.html",
        "source/talk.html",
        "embed/rain.html",
    ]
    assert made.index("claim/rain.html") < made.index("feed.atom") < made.index("index.html")


HARD = """\
  - {id: line, claim: 'BEGIN:VEVENT, "line": 7, END:VCALENDAR', speaker: line, said: 2024, source: line, deadline: 2027,
     topics: [line], note: "a, \\"line\\": 5,\\nand \\u2028 more", criteria: "=1+1\\r\\nBEGIN:VEVENT"}
  - {id: x1e5, claim: '-1, ''2''; "3"', speaker: ann, said: 2024, source: talk, deadline: none, depends_on: [line]}
  - {id: third, claim: Third., speaker: ann, said: 2024, source: talk, deadline: 2020, revises: line}
"""
HARD_LEDGER = (
    LEDGER.replace("people: {", "people: {line: {name: Line},")
    .replace("topics: {", "topics: {line: of it,")
    .replace("sources: {", "sources: {line: {title: T},")
    + HARD
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        EDITS["a verdict"],
        EDITS["a line above"],
        ("Third.", "Fourth."),
        ("revises: line", "see_also: [line]"),
        ("{name: Line}", "{name: Lines}"),
        ("title: T}", "title: T, url: 'https://example.org/'}"),
        (LEDGER[LEDGER.index("  - {id: snow") : LEDGER.index("  - {id: first")], ""),
    ],
)
def test_rows_that_are_taken_from_the_last_run_are_those_that_would_be_made(
    before: str, after: str, tmp_path: Path, fresh: Callable[[str], dict[str, bytes]]
) -> None:
    assert before in HARD_LEDGER
    text = HARD_LEDGER.replace(before, after)
    written(tmp_path / "out", HARD_LEDGER)
    written(tmp_path / "out", text)
    assert content(tmp_path / "out") == fresh(text)


def test_a_verdict_makes_its_own_row_of_each_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def telling(claim: Claim, row: Row, view: View) -> dict[str, object]:
        made.append(claim.id)
        return claim_object(claim, row, view)

    monkeypatch.setattr(objects, "claim_object", telling)
    monkeypatch.setattr(jsonl, "claim_object", telling)
    written(tmp_path / "out", LEDGER)
    assert len(made) == 10
    made.clear()
    written(tmp_path / "out", LEDGER.replace(*EDITS["a verdict"]))
    assert made == ["rain", "rain"]
    table = tmp_path / "out" / "claims.csv"
    table.write_text(table.read_text().replace("Bob", "Rob"))
    made.clear()
    written(tmp_path / "out", LEDGER)
    assert sorted(made) == ["again", "alone", "first", "rain", "rain", "snow"]  # the table was no longer as it was left


def test_a_file_of_another_name_is_told_on_every_page(tmp_path: Path) -> None:
    written(tmp_path / "out", LEDGER)
    write_site(str(tmp_path / "out"), planned(LEDGER, name="other.yaml"))
    write_site(str(tmp_path / "fresh"), planned(LEDGER, name="other.yaml"))
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_a_line_above_moves_no_page_but_that_of_lines(tmp_path: Path) -> None:
    written(tmp_path / "out", LEDGER)
    made = written(tmp_path / "out", LEDGER.replace(*EDITS["a line above"]))[1]
    assert not [name for name in made if name.startswith(("claim/", "person/", "topic/"))]
    assert "lines.html" in made


def test_a_run_that_was_killed_anywhere_is_repaired_by_the_next(
    tmp_path: Path, fresh: Callable[[str], dict[str, bytes]]
) -> None:
    text = LEDGER.replace(*EDITS["a claim less"]).replace(*EDITS["a person's name"])
    wanted = {now: fresh(now) for now in (LEDGER, text)}
    for number in range(1, len(planned(text)), 12):
        for first, second in ((None, LEDGER), (text, LEDGER)):
            folder = tmp_path / f"out-{number}-{first is None}-{second is text}"
            if first is not None:
                written(folder, first)
            files = planned(text if first != text else LEDGER)
            files[number] = files[number]._replace(key="", make=_killed)
            with pytest.raises(KeyboardInterrupt):
                write_site(str(folder), files)
            written(folder, second)
            assert content(folder) == wanted[second]


def _killed() -> File:
    raise KeyboardInterrupt


def test_a_page_that_somebody_changed_is_made_again_and_a_foreign_one_left_alone(tmp_path: Path) -> None:
    written(tmp_path / "out", LEDGER)
    page = tmp_path / "out" / "claim" / "rain.html"
    before = page.read_text()
    page.write_text(before.replace("Rome", "Oslo"))
    assert written(tmp_path / "out", LEDGER)[1] == ["claim/rain.html"]
    assert page.read_text() == before
    page.write_text("mine")
    with pytest.raises(RefusedError, match="ledger did not make it"):
        written(tmp_path / "out", LEDGER)
    assert page.read_text() == "mine"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with each file whose content is asked for; one that was written just now counts as settled."""
    found: list[str] = []
    holding = Folder.holding

    def reading(own: Folder, relative: str, digest: str) -> bytes | None:
        found.append(relative)
        return holding(own, relative, digest)

    monkeypatch.setattr(Folder, "holding", reading)
    monkeypatch.setattr(questions, "SETTLED", 0)
    return found


def test_what_the_cache_knows_by_its_stat_is_not_read(tmp_path: Path, reads: list[str]) -> None:
    cache, out = Store(tmp_path / "cache"), tmp_path / "out"
    write_site(str(out), planned(LEDGER), cache=cache)
    assert sorted(reads) == sorted(file.path for file in planned(LEDGER))
    reads.clear()
    assert write_site(str(out), planned(LEDGER), cache=cache).changed == 0
    assert not reads
    page = out / "claim" / "rain.html"
    before, stat = page.read_text(), page.stat()
    page.write_text(before.replace("Rome", "Oslo"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert write_site(str(out), planned(LEDGER), cache=cache).changed == 1
    assert set(reads) == {"claim/rain.html"}
    assert page.read_text() == before


def test_what_the_cache_cannot_say_is_read(tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    cache, out = Store(tmp_path / "cache"), tmp_path / "out"
    monkeypatch.setattr(questions, "SETTLED", 2_000_000_000)
    for spoil in (lambda: None, cache.clear, lambda: shelf(cache).write_bytes(b"nothing")):
        write_site(str(out), planned(LEDGER), cache=cache)
        reads.clear()
        spoil()
        assert write_site(str(out), planned(LEDGER), cache=cache).changed == 0
        assert sorted(reads) == sorted(file.path for file in planned(LEDGER))
        monkeypatch.setattr(questions, "SETTLED", 0)


def shelf(cache: Store) -> Path:
    (found,) = cache.folder.glob("*.sqlite")
    return found


def test_a_marker_of_names_alone_is_one_of_an_earlier_version(tmp_path: Path) -> None:
    made = written(tmp_path / "out", LEDGER)[1]
    marker = tmp_path / "out" / MARKER
    head, *lines = marker.read_text().splitlines()
    marker.write_text("\n".join([head, *(line.split("\t")[0] for line in lines)]) + "\n")
    assert written(tmp_path / "out", LEDGER) == (SiteFiles(0, len(made), 0), made)


def test_what_lies_beside_a_first_run_that_was_cut_off_is_not_taken_for_a_site(tmp_path: Path) -> None:
    files = planned(LEDGER)
    with pytest.raises(KeyboardInterrupt):
        write_site(str(tmp_path / "out"), [*files[:3], files[3]._replace(make=_killed)])
    (tmp_path / "out" / "notes.html").write_text("mine")
    with pytest.raises(RefusedError, match="not a site made by ledger"):
        written(tmp_path / "out", LEDGER)


def test_what_a_killed_run_left_half_written_goes_and_nothing_of_others(tmp_path: Path) -> None:
    written(tmp_path / "out", LEDGER)
    names = (f".forecast-ledger-{'0a' * 8}.tmp", f"claim/.forecast-ledger-{'f' * 16}.tmp")
    left = [tmp_path / "out" / name for name in names]
    kept = [tmp_path / "out" / ".forecast-ledger-mine.tmp", tmp_path / "out/claim" / "x.tmp"]
    for path in (*left, *kept):
        path.write_text("half")
    written(tmp_path / "out", LEDGER)
    assert [path.exists() for path in (*left, *kept)] == [False, False, True, True]


def test_two_runs_do_not_write_one_folder_at_a_time(tmp_path: Path) -> None:
    written(tmp_path / "out", LEDGER)
    before = content(tmp_path / "out")
    held = Folder(str(tmp_path / "out"), own=lambda _: lambda _: True)
    with held.alone(), pytest.raises(RefusedError, match="is being written by another run"):
        written(tmp_path / "out", LEDGER.replace("Ann", "Eve"))
    assert content(tmp_path / "out") == before
