"""Operations that could not run. Findings about a ledger's content are values in `ledger.problems`."""

from __future__ import annotations


class LedgerError(Exception):
    """Base of every error a user can meet: `message` says what is wrong, `hint` how to mend it."""

    exit_status = 70

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LedgerError):
    """The words of the command line, or a name it asks for, do not fit: exit status 2."""

    exit_status = 2


class UnreadableError(LedgerError):
    """No ledger could be read or written at all: exit status 3."""

    exit_status = 3


class OverBoundsError(UnreadableError):
    """What was asked for is more than is read at once; nothing of it was."""


class RefusedError(LedgerError):
    """An edit that cannot be proven, contradicts what is there or comes too late: exit status 4."""

    exit_status = 4
