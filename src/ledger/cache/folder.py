"""Where the cache of this user lies, and what this program is: a cache of another one is not used."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..files.questions import expanded

VARIABLE = "FORECAST_LEDGER_CACHE"
_NAME = "forecast-ledger"
_OFF = ("off", "0", "no", "false")


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """The folder that $FORECAST_LEDGER_CACHE names, else the user's cache folder; None if the variable is `off`."""
    named = environ.get(VARIABLE)
    if named:
        return None if named.lower() in _OFF else Path(expanded(named))
    # The rules of XDG: a relative path in the variable does not count.
    base = environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # noqa: PTH117 - an empty text is no path
        return Path(base) / _NAME
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / _NAME


_DECIDING = ("", "cache", "loading")


def fingerprint(rooms: Sequence[str] = _DECIDING) -> str:
    """The byte order, and names, sizes and times of the modules of some rooms: those that read ledgers.

    The version alone would not tell apart two states of a program that is being changed.
    """
    root = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120
    found = []
    for room in rooms:
        try:
            with os.scandir(os.path.join(root, room)) as entries:  # noqa: PTH118
                for entry in entries:
                    if entry.name.endswith(".py"):
                        info = entry.stat()
                        found.append(f"{room}/{entry.name} {info.st_size} {info.st_mtime_ns}")
        except OSError:
            continue  # the package is not on a disk
    return " ".join([sys.byteorder, *sorted(found)])
