"""Plain-text accounting for predictions: load a ledger of claims, judge and score it against its deadlines.

`ledger.load(path)` reads a ledger; names are imported when they are first used, so that this package itself
imports nothing.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Claim": "model",
    "Evidence": "model",
    "Ledger": "model",
    "LedgerError": "errors",
    "Period": "periods",
    "Person": "model",
    "Problem": "problems",
    "Quantity": "model",
    "Reading": "words",
    "Resolution": "model",
    "Source": "model",
    "as_frame": "notebook",
    "calibration": "notebook",
    "check": "results.check",
    "load": "workspace",
    "read_deadline": "words",
    "records": "notebook",
    "score": "notebook",
    "slips": "notebook",
    "state": "notebook",
    "states": "notebook",
}

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604

if TYPE_CHECKING:
    from .errors import LedgerError as LedgerError
    from .model import Claim as Claim
    from .model import Evidence as Evidence
    from .model import Ledger as Ledger
    from .model import Person as Person
    from .model import Quantity as Quantity
    from .model import Resolution as Resolution
    from .model import Source as Source
    from .notebook import as_frame as as_frame
    from .notebook import calibration as calibration
    from .notebook import records as records
    from .notebook import score as score
    from .notebook import slips as slips
    from .notebook import state as state
    from .notebook import states as states
    from .periods import Period as Period
    from .problems import Problem as Problem
    from .results.check import check as check
    from .words import Reading as Reading
    from .words import read_deadline as read_deadline
    from .workspace import load as load
else:

    def __getattr__(name):
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
