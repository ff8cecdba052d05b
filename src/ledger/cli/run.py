"""One run of one command: its options together, the clock, the streams, and the one error boundary."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn, ParamSpec, cast

from ..errors import LedgerError, UnreadableError, UsageError
from ..text import did_you_mean, multiline, plural
from . import streams
from .shared import Shared, merged

if TYPE_CHECKING:
    from ..cache import Store
    from ..edit.changes import Rewritten
    from ..files.taken import Taken
    from ..model import Ledger
    from ..render.terminal.console import Color, Printable

P = ParamSpec("P")

# What a call that names no file is refused for by a system that has no more of something, or no place for it.
_REFUSALS = (
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EAGAIN,
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
)


class LedgerRead(NamedTuple):
    """A ledger, where it is from, and the day of its commit."""

    ledger: Ledger
    where: str
    day: date | None


class Run:
    """What a command needs to know and to say; made at the beginning of each."""

    last: ClassVar[Run | None] = None  # at hand until the process ends: to free thousands of claims before takes time

    def __init__(self, before: Shared, own: Shared, *, formats: tuple[str, ...] = (), rev: str | None = None) -> None:
        options = merged(before, own)
        if "" in options.files:
            raise UsageError("--file is empty", hint="name a file, or leave the option out")
        self.now = datetime.now(UTC)
        self._as_of = options.as_of or os.environ.get("FORECAST_LEDGER_AS_OF") or None
        if self._as_of is not None:
            _day(self._as_of, self.here)  # what cannot be read is said before anything else
        self.color = cast("Color", _one_of(options.color or "auto", ("auto", "always", "never"), "colour"))
        self.format = _one_of(options.format, formats, "format") if options.format and formats else options.format
        self.dated = self._as_of is not None
        self.named = options.files
        self.rev = rev
        self._uncached = options.uncached
        self.rewritten: tuple[Rewritten, ...] = ()  # what this run wrote last
        Run.last = self

    @property
    def here(self) -> date:
        """Today on this machine, for what needs no ledger."""
        from ..days import Today

        return Today.in_zone(None, self.now)

    @functools.cached_property
    def today(self) -> date:
        """Today by the ledger's calendar, if there is a ledger and it has one."""
        from ..days import Today

        try:
            self.files  # noqa: B018 - looks for it
        except UnreadableError:
            return self.here
        return Today.in_zone(self.read.ledger.timezone, self.now)

    @functools.cached_property
    def day(self) -> date:
        """The as-of day: as given, else the commit's with --rev, else today."""
        if self._as_of is not None:
            return _day(self._as_of, self.today)
        return self.today if self.rev is None else self.read.day or self.today

    @functools.cached_property
    def files(self) -> tuple[str, ...]:
        """The ledger's files as the options, the variable or the folder name them."""
        from .. import workspace

        return workspace.find(self.named, environ=os.environ, folder=os.curdir)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files that the ledger was read from, those it includes too."""
        return tuple(text.name for text in self.ledger.texts)

    @property
    def taken(self) -> Taken:
        """What no output may touch: all that the ledger is read from, and what it would be read from."""
        from ..files.taken import Taken

        return Taken.by(self.read.ledger)

    @functools.cached_property
    def cache(self) -> Store | None:
        """The cache, unless --no-cache or the variable switches it off."""
        from .. import workspace

        return None if self._uncached else workspace.cache(os.environ)

    def written(self, files: Sequence[Rewritten]) -> None:
        """Say that the ledger's files were just written, so that the next command finds the cache right."""
        from .. import workspace

        self.rewritten = tuple(files)
        workspace.refresh(self.files, self.cache, self.read.ledger, files)

    def forget(self) -> None:
        """Read the ledger again when it is wanted next, and the clock: it was written meanwhile, or a day has begun."""
        self.now = datetime.now(UTC)
        for name in ("ledger", "read", "today", "day"):
            self.__dict__.pop(name, None)

    @functools.cached_property
    def read(self) -> LedgerRead:
        """What was read, on disk or at --rev, once; nothing is said of what is wrong in it."""
        if self.rev is None:
            from .. import workspace

            stdin = streams.binary_input() if workspace.STDIN in self.files else None
            found = workspace.open_ledger(self.files, stdin=stdin, cache=self.cache)
            return LedgerRead(found, ", ".join(self.files), None)
        from ..history import versions

        version = versions.open_at(self.rev, self.named, environ=os.environ)
        return LedgerRead(version.ledger, f"{', '.join(version.files)} at {version.name}", version.day)

    @functools.cached_property
    def ledger(self) -> Ledger:
        """The ledger; a line on stderr says if something in it is wrong."""
        errors = error_count(self.read.ledger)
        if errors:
            say(f"{plural(errors, 'error')} in {self.read.where}: what can be read is shown; see ledger check")
        return self.read.ledger

    def table_format(self) -> str:
        """The format that was asked for; without one, a table on a terminal and plain rows off it."""
        return self.format or ("table" if sys.stdout.isatty() else "plain")

    def show(self, *items: Printable | str) -> None:
        """Print tables and texts."""
        from ..render.terminal.console import put, surface

        put(sys.stdout, surface(sys.stdout, self.color), *items)

    def write(self, text: str | Iterable[str]) -> None:
        """Write machine output as it is: in UTF-8 off a terminal, whatever the locale, so that nothing is lost.

        What comes in parts leaves as it is made.
        """
        parts = (text,) if isinstance(text, str) else text
        if sys.stdout.isatty():
            from ..render.terminal.console import tolerate

            tolerate(sys.stdout)
            sys.stdout.writelines(parts)
            return
        streams.send_bytes(part.encode("utf-8", "replace") for part in parts)


def error_count(ledger: Ledger) -> int:
    """How many errors stand in what was read."""
    return sum(found.severity == "error" for found in ledger.problems)


def _one_of(word: str, choices: tuple[str, ...], what: str) -> str:
    if word not in choices:
        raise UsageError(f"no {what} {word!r}", hint=did_you_mean(word, choices) or f"there are {', '.join(choices)}")
    return word


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today
    from ..periods import PeriodError
    from ..words.typed import typed_period

    try:
        return typed_period(text, today=today).last
    except PeriodError as error:
        raise UsageError(f"--as-of: {error}", hint=error.hint) from None


def say(message: str) -> None:
    """A message for people, on stderr, wrapped where it is a terminal."""
    from ..render.terminal.console import paragraph, surface, tolerate

    tolerate(sys.stderr)
    text = f"ledger: {multiline(message)}"
    if sys.stderr.isatty():
        text = "\n".join(paragraph(text, surface(sys.stderr, "never")))
    with contextlib.suppress(OSError):  # nobody is there to be told; what the run found still is its exit status
        print(text, file=sys.stderr)


def bounded(command: Callable[P, None]) -> Callable[P, None]:
    """The error boundary: what a command raises becomes a message and an exit status."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except LedgerError as error:
            _fail(error)
        except BrokenPipeError:
            streams.nobody_reads()
        except (KeyboardInterrupt, EOFError):
            say("left before the end")
            raise SystemExit(130) from None
        except SystemExit:
            _flush()
            raise
        except OSError as error:
            if error.errno not in streams.FULL:
                _unanswered(error)
            streams.no_room(error)
        except MemoryError:
            streams.discard_output()
            say("there is not enough memory for this\n  make room, or keep the claims in several ledgers")
            raise SystemExit(3) from None
        except Exception as error:  # the last resort: a bug, reported as one
            _bug(error)

    return run


def _fail(error: LedgerError) -> NoReturn:
    _flush()
    say(error.message if error.hint is None else f"{error.message}\n  {error.hint}")
    raise SystemExit(error.exit_status) from None


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        streams.nobody_reads()


def _unanswered(error: OSError) -> NoReturn:
    """A refusal of the file system that nobody met on the way: it names the file, and is no bug."""
    words = (error.strerror or str(error)).lower()
    if isinstance(error.filename, str):
        _fail(UnreadableError(f"{error.filename}: {words}"))
    if error.errno in _REFUSALS:
        _fail(UnreadableError(f"the system refuses: {words}"))
    _bug(error)


def _bug(error: Exception) -> NoReturn:
    import traceback

    from .. import __version__

    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno} in {last.name}"  # noqa: PTH119
    details: Any = "".join(traceback.format_exception(error)) if os.environ.get("FORECAST_LEDGER_DEBUG") else ""
    say(
        f"this is a bug in ledger {__version__}: {type(error).__name__}: {error} ({where})\n"
        f"  please report it with the command you ran; FORECAST_LEDGER_DEBUG=1 prints more\n{details}".rstrip()
    )
    raise SystemExit(70) from None
