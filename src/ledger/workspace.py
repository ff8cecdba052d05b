"""The one door to a ledger: from the user's options to claims, facts and problems."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from os.path import dirname, join
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from .errors import UnreadableError, UsageError
from .files import Disk, read_bytes
from .files.questions import absolute, current_folder, expanded, in_checkout, is_file, real
from .files.reading import read_stream
from .model import Ledger
from .text import did_you_mean, known

if TYPE_CHECKING:
    from .cache import Store
    from .edit.changes import Rewritten
    from .loading import assembly
    from .periods import Span

STDIN = "-"
VARIABLE = "FORECAST_LEDGER"
CACHE_VARIABLE = "FORECAST_LEDGER_CACHE"
NAMES = ("claims.yaml", "data/claims.yaml")
SETTINGS = "pyproject.toml"
_SETTINGS_BYTES = 1024 * 1024
_KEYS = ("file", "check")
_CHECK_KEYS = ("select", "ignore", "fail-on", "strict", "recheck")


class CheckDefaults(NamedTuple):
    """What [tool.ledger.check] sets; empty and None where it says nothing."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    fail_on: frozenset[str] = frozenset()
    strict: bool | None = None
    recheck: Span | None = None


def find(files: Sequence[str], *, environ: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """The ledger's files: those given, else the variable's, the settings', or the first one met going up.

    UnreadableError says where was looked.
    """
    given = named(files, environ)
    if given:
        return given
    if current_folder() is None:
        raise UnreadableError(
            "the current folder is gone, and no ledger is named",
            hint="change to another folder, or name a ledger with --file and its whole path",
        )
    here = absolute(folder)
    ancestors = _upwards(here)
    settled = _from_settings(ancestors)
    if settled is not None:
        return (shown(settled, here),)
    for ancestor in ancestors:
        for name in NAMES:
            if is_file(found := join(ancestor, name)):
                return (_meant(shown(found, here)),)
    raise UnreadableError(
        f"no ledger found: looked for {' and '.join(NAMES)} in {here} and the folders above it, "
        f"for [tool.ledger] in pyproject.toml and for ${VARIABLE}",
        hint="name one with --file, or make one with: ledger init",
    )


def named(files: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """The files that the options or the variable name, `~` replaced; none where they name none."""
    return tuple(_meant(expanded(name)) for name in files or ([environ[VARIABLE]] if environ.get(VARIABLE) else ()))


def _meant(name: str) -> str:
    """A file in a checkout that is reached by a link outside of any, by its own name: there it has its history."""
    target = real(name)
    if name == STDIN or target == absolute(name) or in_checkout(dirname(name)) or not in_checkout(dirname(target)):
        return name
    return shown(target, absolute(os.curdir))


def check_defaults(folder: str) -> CheckDefaults:
    """The table [tool.ledger.check] of the nearest pyproject.toml; UsageError where a key or a value is wrong.

    It cannot leave out the codes that compare with a base.
    """
    from .problems import GUARDED

    here = absolute(folder)
    table = _settings(_upwards(here))[0].get("check", {}) if os.path.isabs(here) else {}
    if not isinstance(table, dict):
        hint = f"its keys are {', '.join(_CHECK_KEYS)}"
        raise UsageError("[tool.ledger.check] in pyproject.toml is a table", hint=hint)
    for key in table:
        if key not in _CHECK_KEYS:
            hint = did_you_mean(key, _CHECK_KEYS) or f"there are {', '.join(_CHECK_KEYS)}"
            raise UsageError(f"[tool.ledger.check] has no key {key!r}", hint=hint)
    select, ignore, fail_on = (_codes(table, key) for key in ("select", "ignore", "fail-on"))
    for code in sorted(ignore & set(GUARDED)):
        hint = f"only on the command line: --ignore {code}"
        raise UsageError(f"{code} cannot be ignored in [tool.ledger.check]", hint=hint)
    recheck = _value(table, "recheck", str, '"30d"')
    return CheckDefaults(
        select, ignore, fail_on, _value(table, "strict", bool, "true"), None if recheck is None else span(recheck)
    )


def _codes(table: Mapping[str, Any], key: str) -> frozenset[str]:
    from .problems import CODES

    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise UsageError(f"{key} in [tool.ledger.check] is a list of codes", hint=f'{key} = ["no-criteria"]')
    return frozenset(known(value, CODES, f"code in {key} of [tool.ledger.check]"))


def _value(table: Mapping[str, Any], key: str, kind: type, example: str) -> Any:
    value = table.get(key)
    if value is not None and not isinstance(value, kind):
        raise UsageError(f"{key} in [tool.ledger.check] cannot be {value!r}", hint=f"write {key} = {example}")
    return value


def span(text: str, option: str = "recheck") -> Span:
    """A length of time that an option or a key of the settings holds; UsageError."""
    from .periods import PeriodError, parse_span

    try:
        return parse_span(text)
    except PeriodError as error:
        raise UsageError(f"{option}: {error}", hint=error.hint) from None


def _upwards(folder: str) -> list[str]:
    """A folder and all above it, the nearest first."""
    found = [folder]
    while (above := dirname(found[-1])) not in ("", found[-1]):
        found.append(above)
    return found


def _settings(ancestors: Sequence[str]) -> tuple[dict[str, Any], str | None]:
    nearest = next((folder for folder in ancestors if is_file(join(folder, SETTINGS))), None)
    if nearest is None:
        return {}, None
    path = join(nearest, SETTINGS)
    table = settings_table(read_bytes(path, most=_SETTINGS_BYTES), path)
    for key in table:
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"there are {' and '.join(_KEYS)}"
            raise UsageError(f"{path}: [tool.ledger] has no key {key!r}", hint=hint)
    return table, nearest


def settings_table(data: bytes, path: str) -> dict[str, Any]:
    """The table [tool.ledger] of a pyproject.toml; UsageError where it is not TOML."""
    if b"ledger" not in data:  # spares the import of the parser; a table has many spellings
        return {}
    import tomllib

    try:
        tools = tomllib.loads(data.decode("utf-8")).get("tool")
    except (ValueError, RecursionError) as error:  # of TOML, of UTF-8, of a number too long, of brackets too deep
        words = "nested too deeply" if isinstance(error, RecursionError) else error
        raise UsageError(f"{path}: {words}", hint="mend the file, or name the ledger with --file") from None
    table = tools.get("ledger", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise UsageError(f"{path}: ledger in [tool] is no table", hint='write [tool.ledger], and below it file = "…"')
    return table


def _from_settings(ancestors: Sequence[str]) -> str | None:
    table, folder = _settings(ancestors)
    name = table.get("file")
    if name is None or folder is None:
        return None
    if not isinstance(name, str):
        raise UsageError(f"{join(folder, SETTINGS)}: file in [tool.ledger] is a text", hint='file = "claims.yaml"')
    found = join(folder, name)
    if not Disk().within(found, folder):
        raise UsageError(
            f"{join(folder, SETTINGS)}: file in [tool.ledger] leads out of its folder", hint="name a file below it"
        )
    return found


def shadowed(path: str) -> str | None:
    """The ledger that is found here by its name today, and would not be any more with one at `path`."""
    first, *others = NAMES
    if absolute(path) != absolute(first) or is_file(first):
        return None
    return next(filter(is_file, others), None)


def shown(path: str, here: str) -> str:
    """The path as short as it can be written from here."""
    relative = os.path.relpath(path, here)
    if relative == STDIN:  # a file of that name
        return f"./{relative}"
    return relative if len(relative) <= len(path) else path


def cache(environ: Mapping[str, str]) -> Store | None:
    """The cache that the environment names; None if it switches it off."""
    from .cache import Store, cache_folder

    folder = cache_folder(environ)
    return None if folder is None else Store(folder)


def open_ledger(files: Sequence[str], *, stdin: BinaryIO | None = None, cache: Store | None = None) -> Ledger:
    """Read files (`-` is standard input) as one ledger; UnreadableError if one cannot be read at all.

    With a cache, large ledgers that were read before are not parsed again.
    """
    if cache is not None and STDIN not in files:
        from .cache.opening import open_ledger as open_warm

        return open_warm(files, cache)
    from .loading import assembly

    if files.count(STDIN) > 1:
        raise UsageError("standard input can be read once", hint="give -f - once")
    names: list[str | assembly.GivenText] = []
    for name in files:
        if name != STDIN:
            names.append(name)
            continue
        if stdin is None:
            raise UsageError("this command cannot read standard input", hint="name a file with --file")
        names.append(assembly.GivenText("<stdin>", read_stream(stdin)))
    return assembly.load(Disk(), names)


def refresh(files: Sequence[str], cache: Store | None, ledger: Ledger, written: Sequence[Rewritten]) -> None:
    """Let the cache learn what a command has just written to files of a ledger that it opened; never fails."""
    if cache is not None:
        from .cache.opening import refresh as refresh_warm

        refresh_warm(files, cache, ledger, written)


def load(*paths: str | os.PathLike[str]) -> Ledger:
    """Read one or several files as one ledger; what is wrong inside is in its `problems`.

    UnreadableError where a file cannot be read as a ledger at all.
    """
    return open_ledger([os.fspath(path) for path in paths])
