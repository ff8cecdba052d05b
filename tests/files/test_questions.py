"""A question about a file that fails is an answer: no permission, a folder that is gone, a home, a name no file has."""

from __future__ import annotations

import ast
import io
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from ledger.cache import Store, cache_folder
from ledger.errors import LedgerError, OverBoundsError, UnreadableError, UsageError
from ledger.files import Disk, bounds, questions, read_bytes
from ledger.files.reading import read_stream
from ledger.files.writing import create
from ledger.intake.platforms import sources
from ledger.results.check import read_documents
from ledger.workspace import CheckDefaults, check_defaults, find, load, named

SRC = Path(__file__).parents[2] / "src" / "ledger"
LEDGER = "ledger: 1\nsources: {s: {title: S, document: d.txt}}\nclaims: []\n"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may not be looked into, whoever runs the tests."""
    folder = tmp_path / "locked"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "claims.yaml").write_text(LEDGER)
    (folder / "pyproject.toml").write_text('[tool.ledger]\nfile = "sub/claims.yaml"\n')
    for name in ("stat", "lstat", "open", "scandir", "mkdir", "access"):
        monkeypatch.setattr(os, name, _denying(getattr(os, name), folder))
    return folder


def _denying(true_call: Any, folder: Path) -> Any:
    def call(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
        if isinstance(path, str | os.PathLike) and str(path).startswith(str(folder) + os.sep):
            raise PermissionError(13, "Permission denied", str(path))
        return true_call(path, *args, **kwargs)

    return call


def test_what_may_not_be_looked_at_is_not_there(locked: Path) -> None:
    inside = locked / "sub" / "claims.yaml"
    assert not questions.is_file(inside)
    assert not questions.is_folder(locked / "sub")
    assert not questions.exists(inside)
    assert questions.look(inside) is None
    with pytest.raises(UnreadableError, match="permission denied"):
        read_bytes(inside)
    assert Disk().matches(str(locked), "**/*.yaml").files == []
    assert Disk().matches(str(locked), "sub/claims.yaml").files == []


def test_a_cache_that_may_not_be_looked_at_is_no_cache(locked: Path, tmp_path: Path) -> None:
    store = Store(locked / "forecast-ledger")
    assert store.open("key") is None
    assert not store.write("key", [("a", b"b")])
    assert store.note("key") is None
    assert store.usage().ledgers == 0
    store.clear()


def test_documents_that_may_not_be_looked_at_are_named(locked: Path, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    ledger = load(tmp_path / "claims.yaml")
    with pytest.raises(UsageError, match="no folder"):
        read_documents(ledger, str(locked / "documents"))
    assert "permission denied" in str(read_documents(ledger, str(locked))["d.txt"].trouble)


def test_settings_that_may_not_be_looked_at_are_none(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_defaults(str(locked)) == CheckDefaults()
    with pytest.raises(UnreadableError, match="no ledger found"):
        find((), environ={}, folder=str(locked))


def test_in_a_folder_that_is_gone_whole_paths_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "claims.yaml").write_text(LEDGER)
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert questions.current_folder() is None
    assert check_defaults(os.curdir) == CheckDefaults()
    with pytest.raises(UnreadableError, match="the current folder is gone"):
        find((), environ={}, folder=os.curdir)
    assert len(load(tmp_path / "claims.yaml").texts) == 1
    with pytest.raises(LedgerError, match="no such file"):
        load("claims.yaml")


def test_a_home_is_found_wherever_a_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "d.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert named(["~/a.yaml", "b.yaml"], {}) == (f"{tmp_path}/a.yaml", "b.yaml")
    assert named((), {"FORECAST_LEDGER": "~/a.yaml"}) == (f"{tmp_path}/a.yaml",)
    assert cache_folder({"FORECAST_LEDGER_CACHE": "~/c"}) == str(tmp_path / "c")
    (tmp_path / "claims.yaml").write_text(LEDGER)
    ledger = load(tmp_path / "claims.yaml")
    assert read_documents(ledger, "~")["d.txt"].data == b"x"


@pytest.mark.parametrize(
    ("home", "name"),
    [("~", "~/p/x"), ("", "~nobody-of-that-name/p/x"), ("relative", "~/p/x"), ("relative", "~nobody-of-that-name")],
)
def test_a_home_that_there_is_not_is_no_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str, name: str
) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.chdir(tmp_path)
    first = name.partition("/")[0]
    with pytest.raises(UnreadableError) as refused:
        create(name, b"x")
    assert (refused.value.message, refused.value.hint) == (
        f"{name}: there is no home folder {first}",
        f"if that is a name in this folder: ./{name}",
    )
    with pytest.raises(UnreadableError, match="there is no home folder"):
        named([name], {})
    assert cache_folder({"FORECAST_LEDGER_CACHE": name}) is None
    if first == "~":
        assert cache_folder({}) is None
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_own_name_begins_like_a_home_is_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~old.yaml").write_text(LEDGER)
    assert named(["~old.yaml"], {}) == ("~old.yaml",)


def test_nothing_in_a_ledger_means_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "x.yaml").write_text("ledger: 1\nclaims: []\n")
    (tmp_path / "claims.yaml").write_text("ledger: 1\ninclude: ['~/x.yaml']\n")
    monkeypatch.chdir(tmp_path)
    assert [found.message for found in load("claims.yaml").problems] == ["~/x.yaml matches no file"]


def test_reading_takes_the_memory_of_what_there_is(tmp_path: Path) -> None:
    """Asking for all that is allowed at once took 128 MiB, and failed where a process may not have that."""
    (tmp_path / "claims.yaml").write_text(LEDGER)
    tracemalloc.start()
    assert read_bytes(tmp_path / "claims.yaml") == LEDGER.encode()
    assert read_stream(io.BytesIO(LEDGER.encode())) == LEDGER.encode()
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "/dev/null/x", "", "loop/x"])
def test_names_that_no_file_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    assert not questions.is_file(name)
    assert not questions.exists(name)
    assert isinstance(questions.real(name), str)
    with pytest.raises(UnreadableError):
        read_bytes(name)


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SPOOLED", 100)
    monkeypatch.setattr(bounds, "BYTES", 100)
    for endless in (io.BytesIO(b"x" * 101), cast("BinaryIO", _Endless())):
        with pytest.raises(OverBoundsError, match="<stdin>: more than the 100 bytes"):
            sources.Sources(["-"], endless)
        endless.seek(0)
        with pytest.raises(OverBoundsError, match="<stdin>: 101 bytes in all, more than the 100"):
            read_stream(endless)
    with sources.Sources(["-"], io.BytesIO(b"x" * 100)) as found, found.members[0].open() as file:
        assert file.read() == b"x" * 100


class _Endless(io.RawIOBase):
    """A device that never ends."""

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= 1 << 20, "everything was asked for"
        return b"x" * size

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0


# --- nobody else asks ------------------------------------------------------------------------------------------

_OF_PATHS = {"is_file", "is_dir", "exists", "is_symlink", "absolute", "expanduser", "cwd", "home", "samefile",
             "iterdir", "resolve", "lstat"}  # fmt: skip
_OF_OS = {"stat", "lstat", "getcwd", "listdir", "access"}
_OF_OS_PATH = {"exists", "lexists", "isfile", "isdir", "islink", "realpath", "abspath", "getsize", "expanduser"}
_KNOWN = {
    "site/folder.py": {"iterdir"},  # an error ends the command with a sentence
    "cache/store.py": {"is_file", "home"},  # of an entry, errors suppressed; and of the user
    "site/keys.py": {"iterdir", "is_dir"},  # of the modules and templates of the program itself
    "intake/platforms/sources.py": {"is_dir"},  # of a member of an archive
}


def asks(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of, name = ast.unparse(node.func.value), node.func.attr
        if of == "os" and name in _OF_OS:
            yield f"os.{name}"
        elif of == "os.path" and name in _OF_OS_PATH:
            yield f"os.path.{name}"
        elif name in _OF_PATHS and of not in ("questions", "self.tree", "tree", "self._tree") and not node.args:
            yield name


MODULES = [path for path in sorted(SRC.rglob("*.py")) if path.relative_to(SRC).parts[0] != "files"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_one_place_asks_the_file_system(path: Path) -> None:
    assert set(asks(path)) <= _KNOWN.get(path.relative_to(SRC).as_posix(), set())
