"""The standard streams, whatever they are: of bytes or of text alone, closed by the caller, a pipe nobody reads."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NoReturn, TextIO

from ..errors import UsageError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what a write says where nothing more goes in


def open_all() -> None:
    """Replace a stream that the caller closed by one that leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def binary_input() -> BinaryIO:
    """Standard input as bytes, also where a host program put a text in its place."""
    found: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    return io.BytesIO(sys.stdin.read().encode("utf-8", "surrogateescape")) if found is None else found


def send_bytes(parts: Iterable[bytes]) -> None:
    """Write to standard output as it is; UsageError for what is no text where only text is taken."""
    sys.stdout.flush()
    out: BinaryIO | None = getattr(sys.stdout, "buffer", None)
    if out is not None:
        out.writelines(parts)
        out.flush()
        return
    try:
        for part in parts:
            sys.stdout.write(part.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageError("standard output takes text alone here", hint="write to a file with --output") from None


def discard_output(stream: TextIO | None = None) -> None:
    """Point standard output elsewhere, so that the interpreter's own flush at the end does not complain."""
    with suppress(OSError, ValueError, AttributeError):  # a stream of a host program has no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


@contextmanager
def output_may_fail() -> Iterator[None]:
    """End with 0 where nobody reads any more and with 3 where the disk is full, in what Typer prints too."""
    out = sys.stdout
    try:
        yield
    except BrokenPipeError:
        nobody_reads(out)
    except OSError as error:
        if error.errno not in FULL:
            raise
        no_room(error, out)
    except SystemExit as end:
        if end.code == 1 and sys.stdout is not out:  # what Typer leaves behind when it meets a closed pipe
            nobody_reads(out)
        try:
            out.flush()
        except BrokenPipeError:
            if not end.code:
                nobody_reads(out)
            discard_output(out)
        except OSError as error:
            if error.errno not in FULL:
                raise
            no_room(error, out)
        raise


def no_room(error: OSError, out: TextIO | None = None) -> NoReturn:
    """End with 3: what was found could not be written, so it is told on the other stream, if that takes it."""
    discard_output(out)
    with suppress(OSError):
        print(f"ledger: the output could not be written: {(error.strerror or str(error)).lower()}", file=sys.stderr)
    raise SystemExit(3) from None


def nobody_reads(out: TextIO | None = None) -> NoReturn:
    """End with 0: that nobody reads any more is no error."""
    discard_output(out)
    raise SystemExit(0) from None
