"""Where a file that somebody named for an output lies; nothing is written through a link of a work tree."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import RefusedError, UnreadableError, UsageError
from .questions import current_folder, expanded, in_checkout, is_link, real


def target_file(name: str) -> Path:
    """Where a file lies; UsageError for a name that can only be a folder's."""
    if name.endswith(("/", os.sep)):
        raise UsageError(f"{name}: is the name of a folder", hint="name a file in it")
    return target(name)


def target(name: str) -> Path:
    """Where a file that the user named lies, links on the way resolved; RefusedError for one that is not taken."""
    if name in ("", "-"):
        hint = "leave the option out for standard output, or write ./-" if name else "name a file, or leave it out"
        raise UsageError(f"{name!r} is no name for what is to be written", hint=hint)
    path = Path(expanded(name))
    if "\0" in name:
        raise UnreadableError(f"{name!r}: no file can have such a name")
    if current_folder() is None and not path.is_absolute():
        raise UnreadableError(f"{name}: the current folder is gone", hint="change to another one")
    link = _link_on_the_way(path)
    if link is not None:
        raise through(name, link)
    return Path(real(path.parent)) / path.name


def _link_on_the_way(path: Path) -> Path | None:
    """The first link on the way that must not be taken: the last name of all, and any within a work tree."""
    *above, last = [*reversed(path.absolute().parents), path.absolute()]
    if is_link(last):
        return last
    return next((step for step in above if is_link(step) and _in_work_tree(step.parent)), None)


def _in_work_tree(folder: Path) -> bool:
    """Whether a folder lies in the current one or in a checkout: what stands there may have come with it."""
    inner = Path(real(folder))
    found = current_folder()
    here = None if found is None else Path(found)
    if here is not None and here != here.parent and inner.is_relative_to(here):
        return True
    return in_checkout(inner)


def through(name: str, link: Path) -> RefusedError:
    """What is said of a name that a link stands on the way of."""
    where = "is a link" if str(link) == os.path.abspath(name) else f"{link} on the way is a link"  # noqa: PTH100
    hint = "name the place it leads to, if that is meant"
    return RefusedError(f"{name}: {where}; nothing is written through it", hint=hint)
