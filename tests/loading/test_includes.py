"""Several files as one ledger: what may be included, and what is said of the rest, at the entry's place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.errors import OverBoundsError, UnreadableError, UsageError
from ledger.files import Disk, bounds, globs
from ledger.loading.assembly import GivenText, load
from ledger.model import Ledger

from .test_hostile import check, run

HEAD = "ledger: 1\ninclude:\n  - {}\npeople: {{ann: {{name: Ann}}}}\nsources: {{s-1: {{title: A page}}}}\n"
CLAIMS = "ledger: 1\nclaims:\n"
CLAIM = "- {{id: {}, claim: text, speaker: ann, said: 2025, source: s-1, deadline: 2030}}\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def claims(*names: str) -> str:
    return CLAIMS + "".join(CLAIM.format(name) for name in names)


def read(folder: Path, entry: str) -> Ledger:
    write(folder, ledger=HEAD.format(entry))
    return load(Disk(), [str(folder / "ledger.yaml")])


def ids(ledger: Ledger) -> list[str]:
    return [claim.id for claim in ledger.claims]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("a.yaml", ["a"]),
        ("claims/*.yaml", ["b", "c"]),
        ("claims/?.yaml", ["b", "c"]),
        ("claims/[c-d].yaml", ["c"]),
        ("claims/**/*.yaml", ["b", "c", "d"]),
        ("'**/d.yaml'", ["d"]),
        ("./a.yaml", ["a"]),
    ],
)
def test_files_below_the_ledger(tmp_path: Path, entry: str, expected: list[str]) -> None:
    write(
        tmp_path,
        a=claims("a"),
        claims__c=claims("c"),
        claims__b=claims("b"),
        claims__deep__d=claims("d"),
        **{".hidden": claims("no")},
    )
    ledger = read(tmp_path, entry)
    assert ledger.problems == ()
    assert ids(ledger) == expected
    assert [fact.file for fact in ledger.facts] == list(range(1, 1 + len(expected)))


def _outside(folder: Path) -> None:
    (folder.parent / "outside.yaml").write_text(claims("out"))
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")


def _looping(folder: Path) -> None:
    (folder / "loop.yaml").symlink_to("loop.yaml")


def _around(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to("..")


def _nothing(folder: Path) -> None:
    pass


TROUBLE: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "upwards": ("../../etc/passwd", _nothing, "../../etc/passwd leads out of the ledger's folder"),
    "upwards inside": ("claims/../../x.yaml", _nothing, "claims/../../x.yaml leads out of the ledger's folder"),
    "absolute": ("/etc/passwd", _nothing, "/etc/passwd leads out of the ledger's folder"),
    "backslashes": (r"..\x.yaml", _nothing, r"..\x.yaml leads out of the ledger's folder"),
    "itself": ("ledger.yaml", _nothing, "{}/ledger.yaml is part of the ledger already"),
    "itself by a pattern": ("'*.yaml'", _nothing, "{}/ledger.yaml is part of the ledger already"),
    "absent": ("absent.yaml", _nothing, "absent.yaml matches no file"),
    "a pattern without files": ("claims/*.yaml", _nothing, "claims/*.yaml matches no file"),
    "a link that leads out": ("link.yaml", _outside, "{}/link.yaml leads out of the ledger's folder"),
    "a link by a pattern": (
        "link*.yaml",
        _outside,
        "{}/link.yaml is a link, which patterns do not follow: name what it leads to",
    ),
    "a link to itself": ("loop.yaml", _looping, "loop.yaml matches no file"),
    "a link to itself by a pattern": (
        "loo*.yaml",
        _looping,
        "{}/loop.yaml is a link, which patterns do not follow: name what it leads to",
    ),
    "folders in a circle": ("sub/**/x.yaml", _around, "sub/**/x.yaml matches no file"),
    "a folder": ("a.yaml", lambda folder: (folder / "a.yaml").mkdir(), "{}/a.yaml: is a folder"),
    "the folder itself": (".", _nothing, "{}: is a folder"),
    "a FIFO": ("a.yaml", lambda folder: os.mkfifo(folder / "a.yaml"), "{}/a.yaml: not a regular file"),
    "a FIFO by a pattern": ("a*.yaml", lambda folder: os.mkfifo(folder / "a.yaml"), "a*.yaml matches no file"),
    "not UTF-8": (
        "a.yaml",
        lambda folder: (folder / "a.yaml").write_bytes(b"ledger: 1\n# \xff\n"),
        "{}/a.yaml:2: not UTF-8 (byte 0xff)",
    ),
    "no ledger": (
        "a.yaml",
        lambda folder: (folder / "a.yaml").write_text("a: 1\n"),
        "{}/a.yaml: no mapping with a ledger: key at the top",
    ),
    "a name too long": ("a" * 5000, _nothing, "a" * 5000 + " matches no file"),
    "many folders at once": ("'**/**/**/x.yaml'", _nothing, "**/**/**/x.yaml holds ** more than once"),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_what_may_not_be_included(tmp_path: Path, name: str) -> None:
    entry, prepare, message = TROUBLE[name]
    folder = tmp_path / "ledger"
    folder.mkdir()
    prepare(folder)
    found = read(folder, entry).problems
    assert [(problem.code, problem.message) for problem in found] == [("bad-include", message.format(folder))]
    assert found[0].place == (str(folder / "ledger.yaml"), 3, 5)
    assert found[0].hint == "include takes files below the ledger's own folder, such as claims/*.yaml"


@pytest.mark.parametrize("name", ["upwards", "itself", "a link to itself", "folders in a circle", "a FIFO"])
def test_a_hostile_include_ends_soon(tmp_path: Path, name: str) -> None:
    entry, prepare, _ = TROUBLE[name]
    prepare(tmp_path)
    write(tmp_path, ledger=HEAD.format(entry))
    status, problems = check(tmp_path)
    assert status == 1
    assert [(found["code"], found["line"], found["column"]) for found in problems] == [("bad-include", 3, 5)]


def test_ten_thousand_files(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    for number in range(10_000):
        (tmp_path / "claims" / f"{number:05}.yaml").write_text(claims(f"c-{number}"))
    write(tmp_path, ledger=HEAD.format("claims/*.yaml"))
    status, _, err = run(tmp_path, "list", "-f", "ledger.yaml")
    assert (status, "ledger.yaml: the ledger is made of more than 1,000 files" in err) == (3, True)


def test_files_that_include_the_next_one(tmp_path: Path) -> None:
    """A chain as long as the bound: nothing recurses."""
    for number in range(1, 1_000):
        write(tmp_path, **{f"f{number}": f"ledger: 1\ninclude: [f{number + 1}.yaml]\n"})
    write(tmp_path, f999="ledger: 1\n")
    ledger = read(tmp_path, "f1.yaml")
    assert len(ledger.texts) == 1_000
    assert {found.code for found in ledger.problems} == {"unknown-key"}
    write(tmp_path, f999="ledger: 1\ninclude: [a.yaml]\n", a="ledger: 1\n")
    with pytest.raises(OverBoundsError, match="more than 1,000 files"):
        read(tmp_path, "f1.yaml")


def bounded(folder: Path, monkeypatch: pytest.MonkeyPatch, **bound: int) -> Ledger:
    for name, value in bound.items():
        monkeypatch.setattr(bounds, name, value)
    return read(folder, "part*.yaml")


@pytest.mark.parametrize("last", ["part1", "part2"])
def test_what_is_bounded_is_bounded_in_sum_the_last_file_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    write(tmp_path, part1=claims("a", "b"), part2=claims("c", "d"))
    size = sum((tmp_path / f"{name}.yaml").stat().st_size for name in ("part1", "part2"))
    size += len(HEAD.format("part*.yaml"))
    assert ids(bounded(tmp_path, monkeypatch, CLAIMS=4, BYTES=size, FILES=3)) == ["a", "b", "c", "d"]
    for bound, words in (
        ({"CLAIMS": 3}, "part2.yaml: more than 3 claims are not read"),
        ({"CLAIMS": 1}, "part1.yaml: more than 1 claims are not read"),
        ({"BYTES": size - 1, "CLAIMS": 4}, f"part2.yaml: {size:,} bytes in all, more than the {size - 1:,}"),
        ({"BYTES": size, "FILES": 2}, "ledger.yaml: the ledger is made of more than 2 files"),
    ):
        with pytest.raises(OverBoundsError, match=words) as raised:
            bounded(tmp_path, monkeypatch, **bound)
        assert raised.value.exit_status == 3
        assert "FORECAST_LEDGER_MAX_CLAIMS=" in str(raised.value.hint)


def test_the_environment_raises_the_bounds_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, part1=claims("a", "b"), part2=claims("c", "d"))
    monkeypatch.setenv("FORECAST_LEDGER_MAX_CLAIMS", "3")
    with pytest.raises(OverBoundsError, match="more than 3 claims"):
        read(tmp_path, "part*.yaml")
    monkeypatch.setenv("FORECAST_LEDGER_MAX_CLAIMS", "4")
    assert len(read(tmp_path, "part*.yaml").claims) == 4
    monkeypatch.setattr(bounds, "BYTES", 1)
    monkeypatch.setenv("FORECAST_LEDGER_MAX_CLAIMS", f"{1000 * bounds.CLAIMS}")  # more claims may have more bytes
    assert len(read(tmp_path, "part*.yaml").claims) == 4
    for wrong in ("many", "-1", "0", "1e6", "9" * 20):
        monkeypatch.setenv("FORECAST_LEDGER_MAX_CLAIMS", wrong)
        with pytest.raises(UsageError, match="FORECAST_LEDGER_MAX_CLAIMS"):
            read(tmp_path, "part*.yaml")


def test_links_are_followed_by_no_pattern_and_told(tmp_path: Path) -> None:
    write(tmp_path, real__a=claims("a"), sub__b=claims("b"), sub__deep__c=claims("c"))
    (tmp_path / "sub" / "link.yaml").symlink_to("../real/a.yaml")
    (tmp_path / "sub" / "folder").symlink_to("../real")
    (tmp_path / "sub" / "same.yaml").symlink_to("b.yaml")
    (tmp_path / "also").symlink_to("real")
    told = "is a link, which patterns do not follow: name what it leads to"
    for entry, found, links in (
        ("sub/*.yaml", ["b"], ["sub/link.yaml"]),
        ("sub/**/*.yaml", ["b", "c"], ["sub/link.yaml"]),
        ("also/*.yaml", [], ["also"]),
        ("sub/*.yaml, real/a.yaml", ["b", "a"], []),
        ("sub/*.yaml, sub/link.yaml", ["b", "a"], []),
        ("also/a.yaml", ["a"], []),
    ):
        write(tmp_path, ledger=HEAD.replace("\n  - {}", " [{}]").format(entry))
        ledger = load(Disk(), [str(tmp_path / "ledger.yaml")])
        assert ids(ledger) == found, entry
        assert [problem.message for problem in ledger.problems] == [f"{tmp_path}/{link} {told}" for link in links]


def test_no_pattern_enters_a_hidden_folder(tmp_path: Path) -> None:
    write(tmp_path, sub__b=claims("b"))
    for folder in (".git", "sub/.trash", ".hidden"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text(claims("x"))
    for entry in ("'**/*.yaml'", "'*/*.yaml'", "sub/**/*.yaml"):
        ledger = read(tmp_path, entry.replace("*.yaml", "[b-x].yaml"))
        assert (ids(ledger), ledger.problems) == (["b"], ())


def test_a_pattern_over_too_many_names_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(globs, "ENTRIES", 3)
    write(tmp_path, **{f"part{number}": claims(f"c-{number}") for number in range(6)})
    assert "the last were not looked at" in read(tmp_path, "part*.yaml").problems[0].message


@pytest.mark.parametrize("through", ["link.yaml", "elsewhere/link.yaml", "folder/ledger.yaml"])
def test_a_ledger_that_is_a_link_includes_what_lies_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, through: str
) -> None:
    write(tmp_path, data__claims__a=claims("a"), data__ledger=HEAD.format("claims/*.yaml"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link.yaml").symlink_to("data/ledger.yaml")
    (tmp_path / "elsewhere" / "link.yaml").symlink_to("../link.yaml")
    (tmp_path / "folder").symlink_to("data")
    for folder, name in (
        (tmp_path, through),
        (tmp_path / "elsewhere", f"../{through}"),
        (tmp_path, f"{tmp_path}/{through}"),
    ):
        monkeypatch.chdir(folder)
        ledger = load(Disk(), [name])
        assert (ids(ledger), ledger.problems) == (["a"], ())


def test_one_bad_file_of_a_pattern_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, claims__a=claims("a"), claims__b="- nothing\n", claims__c=claims("c"))
    ledger = read(tmp_path, "claims/*.yaml")
    assert ids(ledger) == ["a", "c"]
    assert [found.code for found in ledger.problems] == ["bad-include"]


def test_a_missing_file_is_not_blamed_on_the_claims(tmp_path: Path) -> None:
    """Whoever and whatever is used may stand in the file that could not be read."""
    text = "ledger: 1\ninclude: [absent.yaml]\nclaims:\n" + CLAIM.format("a").replace("2030}", "2030, see_also: [b]}")
    write(tmp_path, ledger=text)
    ledger = load(Disk(), [str(tmp_path / "ledger.yaml")])
    assert [found.code for found in ledger.problems] == ["bad-include"]


def test_names_are_unique_across_files(tmp_path: Path) -> None:
    write(tmp_path, a="ledger: 1\npeople:\n  bob: {name: Bob}\n  ann: {name: Another}\n" + claims("a", "a")[10:])
    ledger = read(tmp_path, "a.yaml")
    assert ledger.people["ann"].name == "Ann"
    seen = [(found.code, found.place.line, found.place.column, found.message) for found in ledger.problems]
    assert seen == [
        ("duplicate-key", 4, 3, "ann is declared in another file already"),
        ("duplicate-id", 7, 8, f"a is the id of the claim at {tmp_path / 'a.yaml'}:6 too"),
    ]


def test_several_files_given(tmp_path: Path) -> None:
    write(tmp_path, a=HEAD.format("b.yaml") + claims("a")[10:], b=claims("b"), c=claims("c"))
    names = [str(tmp_path / f"{name}.yaml") for name in ("a", "a", "b", "c")]
    ledger = load(Disk(), names)
    assert ids(ledger) == ["a", "b", "c"]
    assert ledger.problems == ()


def test_a_file_given_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"x\.yaml: no such file"):
        load(Disk(), [str(tmp_path / "x.yaml")])


def test_standard_input_includes_nothing() -> None:
    ledger = load(Disk(), [GivenText("<stdin>", HEAD.format("a.yaml").encode())])
    assert [(found.code, found.message) for found in ledger.problems] == [
        ("bad-include", "standard input has no folder to include from")
    ]


def test_an_include_that_is_no_list(tmp_path: Path) -> None:
    write(tmp_path, ledger="ledger: 1\ninclude: a.yaml\n", a=claims("a"))
    ledger = load(Disk(), [str(tmp_path / "ledger.yaml")])
    assert [(found.code, found.hint) for found in ledger.problems] == [("bad-value", "write include: [a.yaml]")]
