"""What no output may touch: the files that a ledger was read from, and the names by which more would join it."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from ..errors import UsageError
from ..model import FilePattern, Ledger
from .globs import fits
from .questions import expanded, real
from .reading import Disk


class Taken(NamedTuple):
    """The files of a ledger, and the patterns by which it takes in others."""

    files: Collection[str] = ()
    patterns: Collection[FilePattern] = ()

    @classmethod
    def by(cls, ledger: Ledger) -> Taken:
        """What a ledger was read from, and would be read from."""
        return cls([text.name for text in ledger.texts], (*ledger.includes, *ledger.forecasts))

    def refuse(self, name: str, path: Path) -> None:
        """UsageError for an output of this name, whose links are resolved, that is or would be read as the ledger's."""
        if any(real(expanded(file)) == str(path) for file in self.files):
            raise UsageError(f"{name} would overwrite the ledger", hint="name another file")
        joined = next((one for one in self.patterns if _is_meant(path, one)), None)
        if joined is not None:
            pattern = os.sep + joined.pattern if joined.file == os.sep else joined.pattern
            message = f"{name} would be read with the rest the next time: {pattern} means it too"
            raise UsageError(message, hint="name another file")


NO_LEDGER = Taken()


def _is_meant(path: Path, entry: FilePattern) -> bool:
    root = real(Disk().home(entry.file) or ".")
    return path.is_relative_to(root) and fits(entry.pattern, path.relative_to(root).as_posix())
