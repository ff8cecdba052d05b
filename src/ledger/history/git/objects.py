"""The objects of a repository, through one `cat-file --batch` process: asked by id, never by path."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from types import TracebackType
from typing import NamedTuple

from ...errors import UnreadableError, UsageError
from ...files import bounds, platform
from . import call

# So many ids are sent ahead: git works while we read, and they fit into the pipe, so that nobody waits for ever.
_AHEAD = 256
_TREES = 4096
_PIPE_BYTES = 1 << 20
_TREE_ENTRY = re.compile(rb"([0-7]+) ([^\0]*)\0", re.DOTALL)
_TIME = re.compile(rb"(-?\d+) ([+-])(\d\d)(\d\d)$")
_LINK, _SUBMODULE, _FOLDER = 0o120000, 0o160000, 0o040000


class TreeEntry(NamedTuple):
    """One entry of a tree: the mode as git writes it, and the object's id."""

    mode: int
    oid: str

    @property
    def is_folder(self) -> bool:
        """Whether it is a tree."""
        return self.mode == _FOLDER

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file, executable or not."""
        return self.mode not in (_LINK, _SUBMODULE, _FOLDER)


class Commit(NamedTuple):
    """What a commit says of itself; `time` is when it was committed, in the committer's own zone."""

    oid: str
    parents: tuple[str, ...]
    time: datetime
    author: str
    subject: str

    @property
    def short(self) -> str:
        """The first ten digits of its id."""
        return self.oid[:10]

    @property
    def day(self) -> date:
        """The day it was committed."""
        return self.time.date()


class Objects:
    """The reading end of a repository; a context manager that ends its process."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._trees: dict[str, dict[str, TreeEntry]] = {}

    def __enter__(self) -> Objects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one; the next question starts another."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
            process.kill()
            process.wait()

    # --- the four kinds of answers ---------------------------------------------------------------------------

    def blob(self, oid: str) -> bytes:
        """The content of a file; UnreadableError where it is too large, or not in this clone."""
        self._ask([oid])
        return self._answer(oid, b"blob")

    def blobs(self, oids: Sequence[str]) -> Iterator[bytes]:
        """The contents of many files in order; git reads ahead, in a process of its own, while one is worked on."""
        with Objects(self._folder) as stream:
            waiting = iter(oids)
            stream._ask(islice(waiting, _AHEAD))
            for oid in oids:
                stream._ask(islice(waiting, 1))
                yield stream._answer(oid, b"blob")

    def tree(self, oid: str) -> dict[str, TreeEntry]:
        """The entries of a tree, or of a commit's tree, by name; each tree is read once."""
        found = self._trees.get(oid)
        if found is None:
            name = f"{oid}^{{tree}}"
            self._ask([name])
            data = self._answer(name, b"tree")
            if len(self._trees) >= _TREES:
                self._trees.clear()
            found = self._trees[oid] = dict(_entries(data, len(oid) // 2))
        return found

    def commit(self, oid: str) -> Commit:
        """A commit's own words; its parents are those it was made with, whether they are here or not."""
        self._ask([oid])
        return _commit(oid, self._answer(oid, b"commit"))

    def holds(self, oid: str) -> bool:
        """Whether an object is in this clone."""
        self._ask([oid])
        try:
            self._answer(oid, None)
        except UnreadableError:
            return False
        return True

    # --- the process -----------------------------------------------------------------------------------------

    def _ask(self, names: Iterable[str]) -> None:
        lines = "".join(f"{name}\n" for name in names).encode("ascii")
        if not lines:
            return
        if self._process is None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        with suppress(BrokenPipeError):  # the answer that does not come tells which question git died of
            self._process.stdin.write(lines)
            self._process.stdin.flush()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            call.command(self._folder, "cat-file", "--batch"),
            env=call.environment(),
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        platform.widen(self._process.stdout.fileno(), _PIPE_BYTES)

    def _answer(self, name: str, kind: bytes | None) -> bytes:
        assert self._process is not None and self._process.stdout is not None
        out = self._process.stdout
        words = out.readline().split()
        if len(words) != 3:
            raise self._failure(name)
        size = int(words[2])
        if size > bounds.bytes_in_all():
            self.close()  # cheaper than reading on to the next answer
            bounds.check_bytes(size, f"the object {name[:10]}")
        data = out.read(size)
        if len(data) != size or not out.read(1):
            raise self._failure(name)
        if kind is not None and words[1] != kind:
            raise UnreadableError(f"the object {name[:10]} is not a {kind.decode()}")
        return data

    def _failure(self, name: str) -> UnreadableError | UsageError:
        """Why an object cannot be had: git is asked once more, this time for its words."""
        self.close()
        done = call.run(self._folder, "cat-file", "-t", name)
        if call.is_left_out(done.stderr):
            return call.left_out()
        if call.run(self._folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            return UnreadableError(
                f"the object {name[:10]} is not in this shallow clone", hint="get the rest with: git fetch --unshallow"
            )
        return call.failure(done.stderr, self._folder)


def _entries(data: bytes, size: int) -> Iterator[tuple[str, TreeEntry]]:
    """The entries of a raw tree: mode, a space, the name, a zero byte, and `size` bytes of the object's id."""
    at = 0
    while match := _TREE_ENTRY.match(data, at):
        at = match.end() + size
        yield match[2].decode("utf-8", "surrogateescape"), TreeEntry(int(match[1], 8), data[match.end() : at].hex())


def _commit(oid: str, data: bytes) -> Commit:
    head, _, message = data.partition(b"\n\n")
    fields: dict[bytes, list[bytes]] = {}
    for line in head.split(b"\n"):
        key, _, value = line.partition(b" ")
        fields.setdefault(key, []).append(value)
    encoding = fields.get(b"encoding", [b"utf-8"])[0].decode("ascii", "replace")
    paragraph = message.strip(b"\n").partition(b"\n\n")[0]
    return Commit(
        oid,
        tuple(parent.decode("ascii") for parent in fields.get(b"parent", ())),
        _time(fields.get(b"committer", [b""])[0]),
        _decoded(fields.get(b"author", [b""])[0].partition(b" <")[0], encoding),
        " ".join(_decoded(paragraph, encoding).split()),
    )


def _time(line: bytes) -> datetime:
    """When a line such as `A U Thor <a@b> 1700000000 +0200` was written; the first day of 1970 if it says nothing."""
    match = _TIME.search(line)
    try:
        if match is not None:
            minutes = int(match[3]) * 60 + int(match[4])
            zone = timezone(timedelta(minutes=-minutes if match[2] == b"-" else minutes))
            return datetime.fromtimestamp(int(match[1]), zone)
    except (ValueError, OverflowError, OSError):
        pass
    return datetime.fromtimestamp(0, UTC)


def _decoded(text: bytes, encoding: str) -> str:
    try:
        return text.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return text.decode("utf-8", "replace")
