"""Files to import: plain ones, members of a zip archive, the files of a folder, standard input."""

from __future__ import annotations

import codecs
import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, NamedTuple, cast

from ...errors import OverBoundsError, RefusedError, UnreadableError
from ...files import Disk, questions
from ...files.reading import open_regular

LINE = 16 * 1024 * 1024
SPOOLED = 1024 * 1024 * 1024  # of standard input, kept aside on the disk
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Member(NamedTuple):
    """One file to read, as often as needed; `name` is how it is shown, `base` its own name without folders."""

    name: str
    base: str
    open: Callable[[], IO[bytes]]


class Sources:
    """The files of one import; archives and what was read from a pipe stay open until it is closed."""

    def __init__(self, names: Sequence[str], stdin: IO[bytes] | None = None) -> None:
        self._stack = ExitStack()
        self.members: list[Member] = []
        self.zipped = False
        try:
            self._open(names, stdin)
        except BaseException:
            self._stack.close()
            raise

    def _open(self, names: Sequence[str], stdin: IO[bytes] | None) -> None:
        for name in names:
            found = self._found(name, stdin)
            if not found:
                sheet = name.lower().endswith((".xlsx", ".ods"))
                hint = "save the sheet as CSV" if sheet else "name the file itself"
                raise UnreadableError(f"{name}: no file in it that could be read", hint=hint)
            self.members += found

    def __enter__(self) -> Sources:
        return self

    def __exit__(self, *args: object) -> None:
        self._stack.close()

    def _found(self, name: str, stdin: IO[bytes] | None) -> list[Member]:
        if name == "-" and stdin is not None:
            return [self._spooled(stdin)]
        name = questions.expanded(name)
        if questions.is_folder(name):
            found = sorted(entry for entry, kind in Disk().entries(name) if kind != "folder" and _is_data(entry))
            return [_plain(os.path.join(name, entry)) for entry in found]  # noqa: PTH118
        with open_regular(name) as file:
            start = file.read(4)
        return self._unzipped(name) if start == b"PK\x03\x04" else [_plain(name)]

    def _spooled(self, stdin: IO[bytes]) -> Member:
        spool = TemporaryFile()  # noqa: SIM115 - closed with the others
        kept: IO[bytes] = self._stack.enter_context(spool)
        size = 0
        while block := stdin.read(1 << 20):
            size += len(block)
            if size > SPOOLED:
                message = f"<stdin>: more than the {SPOOLED:,} bytes that are read from a pipe"
                raise OverBoundsError(message, hint="put them into a file, and name that")
            kept.write(block)

        def again() -> IO[bytes]:
            kept.seek(0)
            return io.BufferedReader(cast(io.RawIOBase, _Kept(kept)))

        return Member("<stdin>", "<stdin>", again)

    def _unzipped(self, name: str) -> list[Member]:
        try:
            archive = self._stack.enter_context(zipfile.ZipFile(self._stack.enter_context(open_regular(name))))
        except (zipfile.BadZipFile, OSError) as error:
            raise UnreadableError(f"{name}: no sound zip archive ({error})", hint="download it again") from None
        self.zipped = True
        return [
            Member(f"{name}/{found.filename}", PurePath(found.filename).name, _opener(archive, name, found))
            for found in archive.infolist()
            if not found.is_dir() and _is_data(found.filename)
        ]


class _Kept(io.RawIOBase):
    """A view of a file that closing does not close."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _is_data(name: str) -> bool:
    base = PurePath(name).name
    return base.lower().endswith((".csv", ".tsv", ".json", ".jsonl", ".txt")) and not base.startswith(".")


def _plain(name: str) -> Member:
    return Member(name, PurePath(name).name, lambda: open_regular(name))


def _opener(archive: zipfile.ZipFile, name: str, found: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        try:
            return archive.open(found)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise UnreadableError(f"{name}/{found.filename}: cannot be unpacked: {error}") from None

    return opened


def encoding_of(start: bytes) -> str:
    """The encoding that the first bytes of a file show: UTF-16 with or without a mark, else UTF-8."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if start[1:2] == b"\0" and start[:1] not in (b"", b"\0"):
        return "utf-16-le"
    return "utf-16-be" if start[:1] == b"\0" and start[1:2] not in (b"", b"\0") else "utf-8"


class Lines:
    """The lines of a member with their ends as they are; what is not UTF-8 is read as Windows-1252 and counted."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self.encoding = "utf-8"
        self.foreign: list[int] = []  # the first lines that are not UTF-8
        self.foreign_count = 0

    def __iter__(self) -> Iterator[str]:
        with self._member.open() as file:
            buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[type-var]
            self.encoding = encoding_of(buffered.peek(4)[:4])
            errors = "surrogateescape" if self.encoding.startswith("utf-8") else "strict"
            text = io.TextIOWrapper(buffered, self.encoding, errors=errors, newline="")
            yield from self._lines(text)

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 0
        try:
            while line := text.readline(LINE + 1):
                number += 1
                if len(line) > LINE:
                    raise RefusedError(f"{self._member.name}:{number}: a line of more than {LINE:,} characters")
                yield line if line.isascii() else self._decoded(line, number)
        except UnicodeError:
            where = f"{self._member.name}:{number + 1}"
            raise RefusedError(f"{where}: not {self.encoding.upper()}", hint="save the file as UTF-8") from None
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise UnreadableError(f"{self._member.name}: cannot be read to its end: {error}") from None

    def _decoded(self, line: str, number: int) -> str:
        try:
            line.encode()
        except UnicodeEncodeError:
            self.foreign_count += 1
            if len(self.foreign) < 5:
                self.foreign.append(number)
            data = line.encode("utf-8", "surrogateescape")
            return data.decode("cp1252", "replace")
        return line
