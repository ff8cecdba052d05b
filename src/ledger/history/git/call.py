"""Calling git so that nothing a repository configures can run, and nothing is fetched, written or asked."""

from __future__ import annotations

import os
import shutil
import subprocess

from ...errors import UnreadableError, UsageError
from ...files import questions
from ...text import shorten

# Plumbing reads no diff driver, textconv, filter or hook. What is left - the file system monitor, a lazy fetch
# with its transport helpers and ssh - is switched off by setting and by environment; both reach child processes.
_FLAGS = ("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs")
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.askPass=",
    "core.sshCommand=false",
    "protocol.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # goes before any protocol.*.allow of the repository
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": os.devnull,  # the one of the repository would give commits other parents than they have
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
# A hook's own repository and index are not those of the ledger; the others change what a path or an object means.
_DROPPED = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_SHALLOW_FILE",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
)
# Where objects come from: git sets them for a hook that receives, whose commits lie apart until it agrees.
_OBJECTS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


def _program() -> str:
    found = shutil.which("git")
    if found is None:
        raise UnreadableError("git is not installed: commits are read with it", hint="install git, or leave REV out")
    return found


def command(folder: str, *words: str) -> list[str]:
    """The command line of a git call in a folder."""
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    return [_program(), "-C", folder, *_FLAGS, *settings, *words]


def environment() -> dict[str, str]:
    """The environment of every git call."""
    dropped = _DROPPED if "GIT_QUARANTINE_PATH" in os.environ else (*_DROPPED, *_OBJECTS)
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | _ENVIRONMENT


def run(folder: str, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a git call to its end, with what it reads; its exit status is the caller's to judge."""
    return subprocess.run(
        command(folder, *words),
        env=environment(),
        cwd=folder,  # the current one may be gone
        input=given,
        capture_output=True,
        check=False,
    )


def output(folder: str, *words: str, given: bytes = b"") -> bytes:
    """What a git call prints; UnreadableError with git's own words where it fails."""
    done = run(folder, *words, given=given)
    if done.returncode:
        raise failure(done.stderr, folder)
    return done.stdout


def failure(stderr: bytes, folder: str) -> UnreadableError | UsageError:
    """The error that git's words describe."""
    text = stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in text:
        if questions.exists(os.path.join(folder, ".git")):  # noqa: PTH118 - it is there, and broken or not to be read
            hint = f"what git says of it: git -C {folder} status"
            return UnreadableError(f"git cannot read the repository in {folder}", hint=hint)
        return UsageError(f"{folder} is not in a git repository", hint="REV names a commit: git init, or leave it out")
    if "current working directory" in text:
        return UnreadableError("the current folder is gone", hint="cd to another one")
    if "dubious ownership" in text:
        return UnreadableError(
            f"git does not read {folder}: it belongs to another user",
            hint=f"if you trust it: git config --global --add safe.directory {questions.real(folder)}",
        )
    if is_left_out(stderr):
        return left_out()
    words = shorten(" ".join(text.split()) or "it gave no reason", 300)
    return UnreadableError(f"git failed: {words}")


def is_left_out(stderr: bytes) -> bool:
    """Whether git says that a partial clone does not hold an object: older ones try to fetch it and fail."""
    return b"promisor" in stderr or b"lazy fetching disabled" in stderr


class LeftOutError(UnreadableError):
    """An object that a partial clone does not hold."""


def left_out() -> LeftOutError:
    """The error for an object that a partial clone does not hold."""
    return LeftOutError(
        "this clone leaves out objects of that commit (a partial clone), and ledger fetches nothing",
        hint="get them with: git fetch --refetch --no-filter; or clone without --filter",
    )
