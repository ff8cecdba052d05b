"""How a number is written: the one spelling of shares, scores and chances, in every face of the program.

Halves are rounded up as decimals (0.145 is 15%, whatever its binary double says), and nothing that is not exactly
none or all of a whole is shown as 0% or 100%.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from decimal import Decimal

NOTHING = "-"  # what is undefined
_DIGITS = 15  # a double holds so many decimal digits


@runtime_checkable
class Ends(Protocol):
    """Something with two ends: an interval, or bounds."""

    @property
    def low(self) -> float:
        """The lower end."""

    @property
    def high(self) -> float:
        """The upper end."""


def rounded(value: float | Decimal, digits: int) -> str:
    """A number with exactly so many digits after the point, halves rounded away from 0."""
    from decimal import ROUND_HALF_UP, Context, Decimal

    if not isfinite(value):
        return str(value)
    return f"{_decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, Context(prec=400)):,}"


def percent(share: float | None, digits: int = 0) -> str:
    """A share in percent: whole ones for a rate; `<1%` and `>99%` where 0% and 100% would be wrong."""
    if share is None:
        return NOTHING
    unit = 0.01 / 10**digits
    if 0 < share < unit / 2:
        return f"<{rounded(unit * 100, digits)}%"
    if 1 - unit / 2 <= share < 1:
        return f">{rounded(100 - unit * 100, digits)}%"
    return f"{rounded(_hundredfold(share), digits)}%"


def points(share: float) -> str:
    """A share as somebody stated it, in percent, with every digit that was stated: `80%`, `99.5%`, `99.7%`."""
    return f"{_hundredfold(share):f}%"


def between(ends: Ends | tuple[float, float] | None) -> str:
    """Two shares as `9–45%`."""
    if ends is None:
        return NOTHING
    low, high = (percent(end) for end in ((ends.low, ends.high) if isinstance(ends, Ends) else ends))
    return high if low == high else f"{low.removesuffix('%')}–{high}"


def number(value: float | None, digits: int = 3) -> str:
    """A number with so many digits after the point; `-` is undefined."""
    return NOTHING if value is None else rounded(value, digits)


def signed(value: float | None, digits: int = 2) -> str:
    """A number with its sign, but for 0."""
    if value is None:
        return NOTHING
    shown = rounded(abs(value), digits)
    if not shown.strip("0.,"):
        return shown
    return f"{'-' if value < 0 else '+'}{shown}"


def change(share: float | None) -> str:
    """A difference as a share of something, in whole percent with its sign."""
    return NOTHING if share is None else f"{signed(float(_hundredfold(share)), 0)}%"


def difference(value: float | None) -> str:
    """A difference as it is, with its sign: no digit is cut off, and none of a binary double is added."""
    return NOTHING if value is None else f"{_decimal(value):+,f}" if value else "0"


def chance(p: float | None) -> str:
    """A probability of chance; what rounds to 0 is said to be below."""
    if p is None:
        return NOTHING
    return "<0.001" if p < 0.001 else rounded(p, 3)


def _decimal(value: float | Decimal) -> Decimal:
    """The decimal that was meant: a double without its last, binary digits."""
    from decimal import Decimal

    return value if isinstance(value, Decimal) else Decimal(f"{value:.{_DIGITS}g}")


def _hundredfold(share: float) -> Decimal:
    from decimal import Decimal

    found = _decimal(share)
    if found in (0, 1) and share not in (0, 1):
        found = Decimal(repr(share))
    found = found.scaleb(2).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found
