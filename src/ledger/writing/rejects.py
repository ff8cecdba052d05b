"""Rows that an import refuses: counted and named by reason, and put together again as a file of the form they had."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, BinaryIO, NamedTuple, cast

from ..files.questions import is_file
from ..files.reading import open_regular
from ..intake.platforms.proposals import REFUSALS, Refused, RefusedFrame, RowPlace
from ..text import shorten

_NAMED = 20  # rows of one reason whose places are told
_SPOOL = 4 * 1024 * 1024


class Reason(NamedTuple):
    """How many rows were refused for one reason, and the first of them with what is wrong."""

    code: str
    rows: int
    first: tuple[tuple[RowPlace, str], ...]


class Rejects:
    """Refused rows, as they come."""

    def __init__(self, *, zipped: bool) -> None:
        self._zipped = zipped
        self._counts: Counter[str] = Counter()
        self._first: dict[str, list[tuple[RowPlace, str]]] = {}
        self._heads: dict[str, RefusedFrame] = {}
        self._files: dict[str, IO[bytes]] = {}
        self._ended = False

    def head(self, head: RefusedFrame) -> None:
        """Learn how rows of a file are put together."""
        self._heads[head.file] = head

    def add(self, found: Refused) -> None:
        """Take a refused row."""
        self._counts[found.code] += 1
        first = self._first.setdefault(found.code, [])
        if len(first) < _NAMED:
            first.append((found.place, found.message))
        if found.raw:
            self._keep(found.place.file, found.raw)

    def _keep(self, file: str, raw: str) -> None:
        head = self._heads.get(file) or RefusedFrame(file)
        kept = self._files.get(file)
        if kept is None:
            spool = SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - closed with the others
            kept = self._files[file] = cast("IO[bytes]", spool)
            kept.write(_mark(head.encoding) + _encoded(head.before, head.encoding))
        elif head.between:
            kept.write(_encoded(head.between, head.encoding))
        end = "" if head.between or raw.endswith(("\n", "\r")) else "\n"
        kept.write(_encoded(raw + end, head.encoding))

    def __bool__(self) -> bool:
        return bool(self._counts)

    @property
    def count(self) -> int:
        """How many rows were refused."""
        return self._counts.total()

    def mendable(self) -> bool:
        """Whether some of them are such as the user can mend."""
        return any(REFUSALS[code].mendable for code in self._counts)

    def reasons(self) -> list[Reason]:
        """The reasons, the most frequent first."""
        return [Reason(code, count, tuple(self._first[code])) for code, count in self._counts.most_common()]

    def lines(self) -> Iterator[str]:
        """The reasons in words, each with the rows it is about."""
        for code, count, first in self.reasons():
            yield f"{count:,} {code}: {REFUSALS[code].meaning}"
            if REFUSALS[code].mendable or count <= 3:
                yield from (f"  {place}: {shorten(message, 160)}" for place, message in first)
            else:
                yield f"  {', '.join(_places([place for place, _ in first]))}"
            if count > len(first):
                yield f"  … and {count - len(first):,} more"

    def stand_in(self, name: str) -> bool:
        """Whether a file holds these rows already, as an earlier run of the same import wrote them."""
        if not is_file(name):
            return False
        with TemporaryFile() as made, open_regular(name) as there:
            self.write(cast("BinaryIO", made))
            made.seek(0)
            while block := made.read(_SPOOL):
                if there.read(len(block)) != block:
                    return False
            return not there.read(1)

    def write(self, out: BinaryIO) -> None:
        """Write the rows to a file; to a zip archive if they come from one, or from several files."""
        for file, kept in self._files.items():
            head = self._heads.get(file) or RefusedFrame(file)
            if head.after and not self._ended:
                kept.write(_encoded(head.after, head.encoding))
            kept.seek(0)
        self._ended = True
        if not self._zipped and len(self._files) <= 1:
            for kept in self._files.values():
                shutil.copyfileobj(kept, out)
            return
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, kept in self._files.items():
                with archive.open(zipfile.ZipInfo(PurePath(file).name, (1980, 1, 1, 0, 0, 0)), "w") as member:
                    shutil.copyfileobj(kept, member)

    def close(self) -> None:
        """Let go of all rows."""
        for kept in self._files.values():
            kept.close()


def _places(places: list[RowPlace]) -> Iterator[str]:
    """Places in words, the file once as long as it is the same."""
    before = None
    for place in places:
        yield f":{place.row}" if place.file == before else str(place)
        before = place.file


def _mark(encoding: str) -> bytes:
    return _encoded("\ufeff", encoding) if encoding in ("utf-8-sig", "utf-16") else b""


def _encoded(text: str, encoding: str) -> bytes:
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    try:
        return text.encode(plain, "surrogateescape" if plain == "utf-8" else "replace")
    except UnicodeEncodeError:  # half of a pair, which JSON can name and no file can hold
        return text.encode(plain, "backslashreplace")
