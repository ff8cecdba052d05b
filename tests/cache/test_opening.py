"""A ledger from the cache is the ledger from its files."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ledger import query
from ledger.cache import Store
from ledger.cache import checksums as warm_files
from ledger.cache.lazy import LazyFacts
from ledger.cache.opening import open_ledger
from ledger.errors import LedgerError, UnreadableError
from ledger.files import questions
from ledger.files.questions import SETTLED  # as the program has it: the fixture sets it to nothing
from ledger.query import Filter, Indexed, select
from ledger.results.lookup import claim_numbers
from ledger.status import STATUSES
from support.ledgers import HEAD, broken, claim, ledger, whole

from .conftest import fresh, same, same_index

NAMES = ["claims.yaml"]
DAYS = (738000, 739000, 739400, 739700, 740500)


@pytest.mark.parametrize("text", [ledger(), ledger(5), broken(3), whole(), HEAD, "ledger: 1\n"],
                         ids=["sound", "chunks", "broken", "whole", "no claims", "bare"])  # fmt: skip
def test_the_second_time_nothing_is_parsed_and_all_is_equal(text: str, store: Store, parses: list[str]) -> None:
    Path("claims.yaml").write_text(text)
    same(open_ledger(NAMES, store), fresh(NAMES))
    expected = fresh(NAMES)
    parses.clear()
    found = open_ledger(NAMES, store)
    same(found, expected)
    assert isinstance(found.facts, LazyFacts)
    assert parses == []


def test_a_file_with_a_mark_at_its_start_and_windows_line_ends(store: Store) -> None:
    Path("claims.yaml").write_bytes(b"\xef\xbb\xbf" + ledger(2).replace("\n", "\r\n").encode())
    open_ledger(NAMES, store)
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_by_stat_key_the_file_is_not_opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    expected = list(fresh(NAMES).claims)

    def never(self: object, name: str) -> bytes:
        raise AssertionError(f"{name} was read")

    monkeypatch.setattr(warm_files.Disk, "read", never)
    found = open_ledger(NAMES, store)
    assert list(found.claims) == expected
    assert found.texts[0].name == "claims.yaml"


def test_a_file_that_changed_just_now_is_hashed(
    store: Store, monkeypatch: pytest.MonkeyPatch, parses: list[str]
) -> None:
    monkeypatch.setattr(questions, "SETTLED", SETTLED)
    monkeypatch.setattr(questions, "look", _without_change_time(questions.look))
    path = Path("claims.yaml")
    path.write_text(ledger())
    info = path.stat()
    open_ledger(NAMES, store)
    path.write_text(ledger().replace("number 3", "number 9"))  # the same size
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    same(open_ledger(NAMES, store), fresh(NAMES))


def _without_change_time(true_look: Callable[..., os.stat_result | None]) -> Callable[..., Any]:
    """Two edits within one tick of the clock leave both times as they were."""

    def look(path: Any, **how: Any) -> Any:
        info = true_look(path, **how)
        if info is None:
            return None
        names = [name for name in dir(info) if name.startswith("st_")]
        return SimpleNamespace(**{**{name: getattr(info, name) for name in names}, "st_ctime_ns": info.st_mtime_ns})

    return look


def test_a_file_with_its_old_size_and_time_put_back_is_another(store: Store) -> None:
    path = Path("claims.yaml")
    path.write_text(ledger())
    info = path.stat()
    open_ledger(NAMES, store)
    path.write_text(ledger().replace("number 3", "number 9"))
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (info.st_size, info.st_mtime_ns)
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_a_file_that_was_only_touched_is_not_parsed_again(store: Store, parses: list[str]) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    os.utime("claims.yaml", (1, 1))
    parses.clear()
    open_ledger(NAMES, store)
    assert parses == []


def test_another_content_another_ledger_and_back(store: Store, parses: list[str]) -> None:
    path = Path("claims.yaml")
    for text in (ledger(), ledger(2)):
        path.write_text(text)
        same(open_ledger(NAMES, store), fresh(NAMES))
    path.write_text(ledger())
    parses.clear()
    found = open_ledger(NAMES, store)
    assert parses == []
    same(found, fresh(NAMES))


SPELLINGS = {
    "claims.yaml": ".",
    "./claims.yaml": ".",
    "other/../claims.yaml": ".",
    "link.yaml": ".",
    "../claims.yaml": "other",
    "/claims.yaml": ".",  # below the folder of the test
    "far/claims.yaml": ".",
}


@pytest.mark.parametrize("kind", ["sound", "included", "broken"])
def test_one_entry_serves_a_file_however_it_is_spelled(
    kind: str, store: Store, parses: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("claims.yaml").write_text(ledger() + (claim("lost", "deadline: soon", "", 2) if kind == "broken" else ""))
    if kind == "included":
        _included(1, 2)
    Path("other").mkdir()
    Path("link.yaml").symlink_to("claims.yaml")
    Path("far").symlink_to(tmp_path)
    open_ledger(NAMES, store)
    for spelling, folder in SPELLINGS.items():
        monkeypatch.chdir(tmp_path / folder)
        name = spelling if spelling[0] != "/" else f"{tmp_path}{spelling}"
        expected = fresh([name])
        parses.clear()
        found = open_ledger([name], store)
        assert parses == [], f"{name} is read anew"
        same(found, expected)
        assert found.texts[0].name == name
        assert {one.place.file for one in found.problems} == ({name} if kind == "broken" else set())
        assert store.usage().ledgers == 1


def test_a_change_that_is_seen_under_one_spelling_serves_the_others(store: Store, parses: list[str]) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    Path("claims.yaml").write_text(ledger().replace("number 3", "number 9"))
    same(open_ledger(["./claims.yaml"], store), fresh(["./claims.yaml"]))
    parses.clear()
    same_as_kept = open_ledger(NAMES, store)
    assert parses == []
    same(same_as_kept, fresh(NAMES))
    assert store.usage().ledgers == 1


def test_messages_that_name_a_file_name_it_as_it_is_spelled(store: Store) -> None:
    text = ledger()
    Path("claims.yaml").write_text(text + text[text.rindex("  - id:") :])
    open_ledger(NAMES, store)
    for name in ("./claims.yaml", "claims.yaml"):
        same(open_ledger([name], store), fresh([name]))
        (found,) = open_ledger([name], store).problems
        assert f" {name}:" in found.message
        assert store.usage().ledgers == 1


@pytest.mark.parametrize("names", [["a.yaml", "./a.yaml"], ["a.yaml", "b.yaml"], ["b.yaml", "./a.yaml", "a.yaml"]])
def test_several_files_by_several_names(names: list[str], store: Store) -> None:
    for name, at in (("a", 0), ("b", 1)):
        Path(f"{name}.yaml").write_text(
            HEAD + "".join(claim(f"{name}-{n}", "deadline: 2027", "", n) for n in range(9 + at))
        )
    for spelled in (names, names[::-1], [f"./{name}" for name in names]):
        for _ in range(2):
            same(open_ledger(spelled, store), fresh(spelled))


def test_small_ledgers_are_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.cache.opening.LEAST_BYTES", 64 * 1024)
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    assert not store.folder.exists()


def test_what_cannot_be_read_is_an_error_as_ever(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    Path("claims.yaml").unlink()
    with pytest.raises(UnreadableError, match="no such file"):
        open_ledger(NAMES, store)
    Path("claims.yaml").write_bytes(b"\xff")
    with pytest.raises(UnreadableError, match="not UTF-8"):
        open_ledger(NAMES, store)
    Path("claims.yaml").write_text("[]")
    with pytest.raises(UnreadableError, match="no mapping"):
        open_ledger(NAMES, store)


def test_a_text_that_changes_after_opening_is_never_mixed_with_old_claims(store: Store) -> None:
    Path("claims.yaml").write_text(ledger())
    open_ledger(NAMES, store)
    found = open_ledger(NAMES, store)
    Path("claims.yaml").write_text(ledger(2))
    with pytest.raises(UnreadableError, match="changed while it was read"):
        found.texts[0].text  # noqa: B018


# --- includes --------------------------------------------------------------------------------------------------


def _included(*numbers: int) -> None:
    Path("more").mkdir(exist_ok=True)
    Path("claims.yaml").write_text(ledger().replace("title:", "include: [more/*.yaml]\ntitle:", 1))
    for number in numbers:
        text = "ledger: 1\nclaims:\n" + claim(f"inc-{number}", "deadline: 2027", "revises: plain", number)
        Path(f"more/{number}.yaml").write_text(text)


def test_includes_are_kept_too(store: Store, parses: list[str]) -> None:
    _included(1, 2)
    open_ledger(NAMES, store)
    expected = fresh(NAMES)
    parses.clear()
    same(open_ledger(NAMES, store), expected)
    assert parses == []


@pytest.mark.parametrize("change", ["edit", "add", "remove", "link out", "unreadable"])
def test_a_change_among_the_included_files_is_seen(change: str, store: Store, tmp_path: Path) -> None:
    _included(1, 2)
    open_ledger(NAMES, store)
    if change == "edit":
        path = Path("more/1.yaml")
        path.write_text(path.read_text().replace("2027", "2028"))
    elif change == "add":
        _included(3)
    elif change == "remove":
        Path("more/2.yaml").unlink()
    elif change == "link out":
        outside = tmp_path.parent / "outside.yaml"
        Path("more/2.yaml").rename(outside)
        Path("more/2.yaml").symlink_to(outside)
    else:
        Path("more/2.yaml").write_bytes(b"\xff")
    same(open_ledger(NAMES, store), fresh(NAMES))
    same(open_ledger(NAMES, store), fresh(NAMES))


def test_several_files_are_one_ledger(store: Store, parses: list[str]) -> None:
    Path("claims.yaml").write_text(ledger())
    Path("other.yaml").write_text(broken())
    names = ["claims.yaml", "other.yaml", "claims.yaml"]
    open_ledger(names, store)
    expected = fresh(names)
    parses.clear()
    same(open_ledger(names, store), expected)
    assert parses == []


# --- the index -------------------------------------------------------------------------------------------------

FILTERS = [
    Filter(),
    Filter(ids=("rich", "late", "no")),
    Filter(topics=("rockets",)),
    Filter(topics=("cars", "rockets", "nothing")),
    Filter(speakers=("ada",)),
    Filter(speakers=("nobody",)),
    Filter(sources=("paper",)),
    Filter(kinds=("target", "statement")),
    Filter(series=("yearly",)),
    Filter(due_before=739100),
    Filter(due_after=739100),
    Filter(due_within=739800),
    Filter(said_before=738900),
    Filter(said_after=738700),
    Filter(search="NUMBER 1"),
    Filter(topics=("cars",), speakers=("bob",), due_after=739000, said_after=1),
]


def test_the_index_narrows_and_the_facts_decide(store: Store) -> None:
    Path("claims.yaml").write_text(broken(3))
    open_ledger(NAMES, store)
    expected = fresh(NAMES)
    seen = set()
    for wanted, status, day in product(FILTERS, ("", *STATUSES), DAYS):
        full = wanted._replace(statuses=(status,) if status else ())
        found = open_ledger(NAMES, store)
        rows = select(found.facts, full, day)
        assert rows == select(expected.facts, full, day)
        seen |= {row.state.status for row in rows}
        assert isinstance(found.facts, Indexed)
        candidates = found.facts.candidates(full, day)
        if candidates is not None:
            assert list(candidates) == sorted(set(candidates))
    assert seen == set(STATUSES)
    for statuses in product(STATUSES, STATUSES):
        both = Filter(statuses=statuses)
        assert select(open_ledger(NAMES, store).facts, both, 739700) == select(expected.facts, both, 739700)


def test_a_filter_builds_what_it_prints(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("claims.yaml").write_text(ledger(20).replace("topics: [cars]", "topics: [rare]", 1))
    open_ledger(NAMES, store)
    found = open_ledger(NAMES, store)
    built: list[int] = []
    chunk = LazyFacts._chunk
    monkeypatch.setattr(LazyFacts, "_chunk", lambda self, place: built.append(place) or chunk(self, place))
    assert len(select(found.facts, Filter(topics=("rare",)), 739700)) == 1
    assert len(set(built)) == 1


def test_names_and_revisions_agree(store: Store) -> None:
    Path("claims.yaml").write_text(broken(2))
    open_ledger(NAMES, store)
    found, expected = open_ledger(NAMES, store), fresh(NAMES)
    same_index(found, expected)
    assert query.revised_by(found.facts, 739700) == query.revised_by(expected.facts, 739700) != {}
    for word in ("rich", "plain-1", "stra"):
        assert _numbers(found, word) == _numbers(expected, word)
    for word in ("", "p", "nothing"):
        assert _numbers(found, word) == _numbers(expected, word)


def _numbers(found: object, word: str) -> object:
    try:
        return claim_numbers(found, [word])  # type: ignore[arg-type]
    except LedgerError as error:
        return error.message, error.hint


def test_sequences_behave_as_tuples(store: Store) -> None:
    Path("claims.yaml").write_text(ledger(3))
    open_ledger(NAMES, store)
    found, expected = open_ledger(NAMES, store), fresh(NAMES)
    assert found.facts[-1] == expected.facts[-1]
    assert found.claims[3:20:2] == expected.claims[3:20:2]
    assert found.spots == expected.spots
    assert len(found.claims) == len(expected.claims)
    with pytest.raises(IndexError):
        found.facts[len(found.facts)]
    name, text = found.texts[0]
    assert (name, text) == ("claims.yaml", ledger(3))
    assert found.texts[0] == expected.texts[0]
