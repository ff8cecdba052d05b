"""Plain-text accounting for predictions: load a ledger of claims, judge and score it against its deadlines.

`ledger.load(path)` reads a ledger; names are imported when they are first used, so that this package itself
imports nothing.
"""

from typing import Any

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
    "calibration": "results.calibration",
    "check": "results.check",
    "load": "workspace",
    "read_deadline": "words",
    "score": "results.score",
    "slips": "results.slip",
}

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
