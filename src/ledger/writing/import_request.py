"""What an import is asked for, and what comes of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple

from ..files.questions import is_file
from ..intake.platforms.common import Known
from ..intake.platforms.proposals import Options
from ..intake.platforms.registry import IMPORTERS
from ..model import Claim, Ledger


class Request(NamedTuple):
    """What to import: a format, files, how to read them, and where what comes of it goes.

    `into` is `claims`, or the path of a table beside the ledger.
    """

    form: str
    files: tuple[str, ...]
    options: Options
    today: date
    target: str
    into: str | None = None
    rejects: str | None = None
    stdin: IO[bytes] | None = None


class Done(NamedTuple):
    """What an import did, or would do: counts, the change as text, and what people should know."""

    added: int
    there: int
    judged: int
    forecasts: int
    forecasts_there: int
    table: str | None
    refused: tuple[str, ...]
    refused_count: int
    warnings: tuple[str, ...]
    preview: str
    new: bool


def with_beside(request: Request) -> list[str]:
    """The files, and the one that the format takes along if it lies beside a single one."""
    beside = IMPORTERS[request.form].beside
    names = list(request.files)
    if beside and len(names) == 1 and names[0] != "-" and is_file(names[0]):
        other = str(Path(names[0]).with_name(beside))
        if is_file(other) and not os.path.samefile(other, names[0]):  # noqa: PTH121
            names.append(other)
    return names


def known(ledger: Ledger | None, own: Mapping[str, Claim]) -> Known:
    """What a ledger has, for those who read files to add to it."""
    if ledger is None:
        return Known()
    people = {key: person.name for key, person in ledger.people.items()}
    sources = {key: source.title for key, source in ledger.sources.items()}
    return Known(people, dict(ledger.topics), sources, own.keys())
