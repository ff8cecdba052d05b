"""Where the cache of this user lies."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
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
