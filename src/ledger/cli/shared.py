"""The options that may stand before and after a command's name, and how both places meet."""

from typing import Any, NamedTuple

from ..errors import UsageError

_KEY = "ledger.shared"


class Shared(NamedTuple):
    """What was given in one place, or in both."""

    files: tuple[str, ...] = ()
    as_of: str | None = None
    format: str | None = None
    color: str | None = None
    uncached: bool = False


def remember(ctx: Any, shared: Shared) -> None:
    """Keep what stood before the command's name."""
    ctx.meta[_KEY] = shared


def recall(ctx: Any) -> Shared:
    """What stood before the command's name."""
    found = ctx.meta.get(_KEY)
    return found if isinstance(found, Shared) else Shared()


def merged(before: Shared, own: Shared) -> Shared:
    """Files of both places; UsageError for another option that was given in both."""
    return Shared(
        before.files + own.files,
        once("--as-of", before.as_of, own.as_of),
        once("--format", before.format, own.format),
        once("--color", before.color, own.color),
        before.uncached or own.uncached,
    )


def once(option: str, *given: Any) -> Any:
    """The one value of an option that takes one, None without; UsageError where it was given twice."""
    values = [value for value in given if value is not None]
    if len(values) > 1:
        first, second = values[:2]
        raise UsageError(
            f"{option} was given twice: {first!r} and {second!r}", hint=f"it takes one value; give {option} once"
        )
    return values[0] if values else None
