"""How much is read at once: bounds on a whole reading. One that is passed ends the run.

Bounds within a file are problems (`loading.limits`). Only the environment raises these: a ledger may be a stranger's.
"""

from __future__ import annotations

import os

from ..errors import OverBoundsError, UsageError

VARIABLE = "FORECAST_LEDGER_MAX_CLAIMS"
CLAIMS = 100_000
BYTES = 128 * 1024 * 1024
FILES = 1_000
_WAY_OUT = f"keep them in several ledgers, or raise the bound: {VARIABLE}={{}}"


def claims() -> int:
    """How many claims are read in all; UsageError where the variable is no number."""
    text = os.environ.get(VARIABLE, "")
    if not text:
        return CLAIMS
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 10 and int(text)):
        raise UsageError(f"${VARIABLE} is {text!r}", hint=f"give a number of claims, such as {CLAIMS}")
    return int(text)


def bytes_in_all() -> int:
    """How many bytes are read in all; more claims may have more of them."""
    return BYTES * max(claims(), CLAIMS) // CLAIMS


def files() -> int:
    """How many files one ledger may be made of."""
    return FILES * max(claims(), CLAIMS) // CLAIMS


def check_claims(number: int, name: str | None = None) -> None:
    """OverBoundsError if so many claims are too many."""
    if number > claims():
        where = "" if name is None else f"{name}: "
        raise OverBoundsError(f"{where}more than {claims():,} claims are not read", hint=_raised(number, claims()))


def check_bytes(number: int, name: str) -> None:
    """OverBoundsError if so many bytes are too many."""
    if number > bytes_in_all():
        message = f"{name}: {number:,} bytes in all, more than the {bytes_in_all():,} that are read"
        raise OverBoundsError(message, hint=_raised(number, bytes_in_all()))


def check_files(number: int, name: str) -> None:
    """OverBoundsError if so many files are too many."""
    if number > files():
        message = f"{name}: the ledger is made of more than {files():,} files"
        raise OverBoundsError(message, hint=_raised(number, files()))


def _raised(number: int, bound: int) -> str:
    """The way out, with a bound of claims that would let so much pass."""
    needed = -(-max(claims(), CLAIMS) * number // bound)
    return _WAY_OUT.format(-(-needed // CLAIMS) * CLAIMS)
