"""check."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from .. import workspace
from ..errors import LedgerError, UsageError
from ..files.questions import expanded, real
from ..problems import CODES, GUARDED
from ..render.problems import FORMATS
from ..results.check_settings import RECHECK, Settings
from ..results.lookup import split
from ..text import either, known, plural
from . import completion
from .declare import command
from .options import option
from .run import Run, say

if TYPE_CHECKING:
    from ..history.versions import Version
    from ..model import Ledger
    from ..problems import Problem
    from ..render.terminal.console import Surface
    from ..results.check import Checked

# Whose programs decide what is said, beside those that read.
_ROOMS = ("checks", "words", "results", "render", "render/problems", "render/terminal", "cli")
# Where a service has checked out what is tested.
_TOPS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")

Codes = list[str] | None


def _codes(*names: str, what: str) -> Any:
    return option(*names, metavar="CODE", complete=completion.codes, help=f"{what}; ledger help checks lists them.")


@command(formats=FORMATS, rev=True)
def check(
    run: Run,
    select: Annotated[Codes, _codes("--select", what="Only these codes, notes too")] = None,
    ignore: Annotated[Codes, _codes("--ignore", what="Without these codes")] = None,
    fail_on: Annotated[Codes, _codes("--fail-on", what="Count these codes as errors")] = None,
    strict: Annotated[bool | None, option("--strict", help="Count warnings as errors.")] = None,
    exit_zero: Annotated[bool, option("--exit-zero", help="Exit 0 whatever is found.")] = False,
    recheck: Annotated[
        str | None,
        option("--recheck", metavar="SPAN", help="How long an overdue claim may rest after a look at it: 30d, 2w, 3m."),
    ] = None,
    documents: Annotated[
        str | None,
        option("--documents", metavar="DIR", help="Check quotes and checksums against the files of DIR."),
    ] = None,
    base: Annotated[
        str | None,
        option("--base", metavar="REV", help="Also find what should not have changed since this commit."),
    ] = None,
    report: Annotated[
        list[str] | None,
        option(
            "--report",
            metavar="FORMAT=FILE",
            help=f"Write a report too: {either(list(FORMATS))}.",
        ),
    ] = None,
    summary: Annotated[bool, option("--summary", help="Say on stderr how much was checked.")] = False,
) -> None:
    """Find everything that is wrong, each with file, line and column, a code and a remedy.

    Silent, and exit 0, when nothing is. Errors make exit 1; warnings do with --strict; notes never do and are
    shown only for the codes that --select names (and no-document with --documents), or in json, sarif and
    gitlab. Values may be repeated or separated by commas. The format is github in GitHub Actions, else text.
    A problem is accepted by a comment at the end of its line: # ledger: ignore[CODE] the reason. Defaults:
    [tool.ledger.check] in pyproject.toml.
    """
    settings = settings_over(
        workspace.check_defaults(os.curdir),
        select=split(select),
        ignore=split(ignore),
        fail_on=split(fail_on),
        strict=strict,
        recheck=recheck,
    )
    reports = _reports(report or ())
    _discard_reports(run, reports)
    form = run.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    if form == "text" and documents is None and base is None and not reports and not run.read.ledger.forecasts:
        told = _known_text(run, settings)
    else:
        found, since = _checked(run, settings, documents, base)
        _print(run, found, form)
        for form, file in reports:
            _write_report(run, found, form, file)
        told = CheckReport("", _summary(found) + (f"; {_compared(since)}" if since is not None else ""), found.errors)
    if summary:
        say(told.summary)
    if told.errors and not exit_zero:
        raise SystemExit(1)


def _checked(
    run: Run, settings: Settings, documents: str | None = None, base: str | None = None
) -> tuple[Checked, Version | None]:
    """What is found, and what it was compared with."""
    from ..results.check import checking, read_documents

    ledger = run.read.ledger
    since = _base(run, base, ledger, run.rev)
    found = checking(
        ledger,
        settings,
        day=run.day,
        today=run.today,
        documents=read_documents(ledger, documents) if documents is not None else None,
        base=since,
        on_disk=run.rev is None,
    )
    return found, since


def _base(run: Run, rev: str | None, ledger: Ledger, head: str | None) -> Version | None:
    """What to compare with; a line on stderr says if that is nothing."""
    if rev is None:
        return None
    from ..history import versions

    found = versions.open_base(rev, run.named, ledger, environ=os.environ, head=head or versions.HEAD)
    if found.is_new:
        say(_compared(found))
    if found.untold:
        say(f"whether new claims stood before {found.name} cannot be told: {found.untold}")
    return found


def _compared(base: Version) -> str:
    if base.is_new:
        return f"{base.name} holds no ledger: nothing to compare with"
    return f"compared with {base.name}: {plural(len(base.ledger.claims), 'claim')} of {', '.join(base.files)}"


# --- settings --------------------------------------------------------------------------------------------------


def settings_over(
    defaults: workspace.CheckDefaults,
    *,
    select: Sequence[str],
    ignore: Sequence[str],
    fail_on: Sequence[str],
    strict: bool | None,
    recheck: str | None,
) -> Settings:
    """The settings of the command line over those of pyproject.toml; UsageError where one is wrong.

    What the command line selects or fails on is looked for even if the table ignores it. The table cannot
    leave out the codes that compare with a base.
    """
    known(sorted({*select, *ignore, *fail_on}), CODES, "code")
    chosen = frozenset(select) or (defaults.select and defaults.select | set(GUARDED))
    return Settings(
        chosen or None,
        frozenset(ignore) | (defaults.ignore - set(select) - set(fail_on)),
        frozenset(fail_on) | defaults.fail_on,
        bool(defaults.strict) if strict is None else strict,
        (defaults.recheck or RECHECK) if recheck is None else workspace.span(recheck, "--recheck"),
        frozenset(select) or defaults.select,
    )


# --- output ----------------------------------------------------------------------------------------------------


class CheckReport(NamedTuple):
    """What a run says: on stdout, with --summary on stderr, and by its exit status."""

    text: str
    summary: str
    errors: int


def _known_text(run: Run, settings: Settings) -> CheckReport:
    """Print the problems as text; what was said before of the same files, on the same day, need not be found again."""
    from ..cache.opening import remembered
    from ..cache.store import fingerprint
    from ..days import known_until
    from ..render.terminal.console import tolerate

    shown = _surface(run)
    days = [run.day.toordinal(), known_until(run.day), run.today.toordinal(), known_until(run.today)]
    asked = [settings.recheck, settings.strict, settings.select and sorted(settings.select)]
    asked += [sorted(codes) for codes in (settings.ignore, settings.fail_on, settings.asked)]
    key = [fingerprint(_ROOMS), days, asked, shown.width, shown.color, shown.encoding]

    def make() -> CheckReport:
        found, _ = _checked(run, settings)
        return CheckReport(_text(found, shown), _summary(found), found.errors)

    told = CheckReport(*remembered(run.read.ledger, "check", key, make))
    tolerate(sys.stdout)
    sys.stdout.write(told.text)
    return told


def _print(run: Run, found: Checked, form: str) -> None:
    from ..render.problems import written

    rename = _rename(form)
    if form == "text":
        from ..render.terminal.console import tolerate

        tolerate(sys.stdout)
        sys.stdout.write(_text(found, _surface(run)))
    elif form != "github":
        run.write(written(form, found, rename))
    else:
        from ..render.problems.github import summary
        from .actions import write_commands

        write_commands(written(form, found, rename))
        _append_summary(run, summary(found, rename))


def _surface(run: Run) -> Surface:
    from ..render.problems import UNBOUND
    from ..render.terminal.console import surface

    return surface(sys.stdout, run.color, width=None if sys.stdout.isatty() or os.environ.get("COLUMNS") else UNBOUND)


def _text(found: Checked, shown: Surface) -> str:
    """The problems, errors first, and a line of counts; nothing where nothing is shown."""
    from ..render.problems.github import counted
    from ..render.problems.text import Problems
    from ..render.terminal.console import put

    if not found.shown:
        return ""
    out = io.StringIO()
    counts = counted(found._replace(problems=found.shown))
    put(out, shown, Problems(found._replace(shown=by_weight(found.shown))), "", counts)
    return out.getvalue()


def by_weight(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Errors first, then warnings, then notes; each in the order of the files."""
    return tuple(sorted(problems, key=lambda one: ("error", "warning", "note").index(one.severity)))


def _rename(form: str) -> Callable[[str], str]:
    """From a file's name to its path as the service knows it: from the top of what it checked out."""
    if form == "text":
        return str
    from ..history.git import home

    root = next((found for name in _TOPS if (found := os.environ.get(name))), None)
    here = real(root) if root else str(home(Path(real(os.curdir))))

    def renamed(name: str) -> str:
        path = real(name)
        return Path(os.path.relpath(path, here)).as_posix() if path.startswith(here + os.sep) else name

    return renamed


def _append_summary(run: Run, text: str) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path or not text:
        return
    from ..files.writing import extend

    try:
        extend(path, text.encode("utf-8", "backslashreplace"), ledger=run.taken)
    except LedgerError as error:
        say(f"the step summary cannot be written: {error.message}")


def _reports(words: Sequence[str]) -> list[tuple[str, str]]:
    """FORMAT=FILE, taken apart; UsageError where it is not that."""
    found: list[tuple[str, str]] = []
    for word in words:
        form, equals, file = word.partition("=")
        if not equals or not file:
            raise UsageError(f"--report {word!r} names no file", hint="write it as --report sarif=ledger.sarif")
        known([form], FORMATS, "format")
        if any(real(expanded(file)) == real(expanded(other)) for _, other in found):
            raise UsageError(f"--report names {file} twice", hint="give each report a file of its own")
        found.append((form, file))
    return found


def _discard_reports(run: Run, reports: Sequence[tuple[str, str]]) -> None:
    """Remove the reports of an earlier run: where this one ends before it writes its own, none may be left."""
    from ..files.taken import Taken
    from ..files.writing import discard
    from ..render import own

    if not reports:
        return
    try:
        files = run.files
    except LedgerError:  # said later
        files = ()
    for form, file in reports:
        discard(file, own=own.report(form), ledger=Taken(files))


def _write_report(run: Run, found: Checked, form: str, file: str) -> None:
    from ..files.writing import put
    from ..render import own
    from ..render.problems import written

    data = written(form, found, _rename(form)).encode("utf-8", "backslashreplace")
    put(file, data, own=own.report(form), ledger=run.taken)


def _summary(found: Checked) -> str:
    from ..render.problems.github import counted

    parts = [
        f"{plural(len(found.ledger.texts), 'file')} and {plural(found.claims, 'claim')} as of {found.day}, "
        f"{plural(found.codes, 'code')}: {counted(found)}"
    ]
    if found.hidden():
        listed = ", ".join(f"{code} {number}" for code, number in sorted(found.hidden().items()))
        parts.append(f"notes not shown: {listed} (--select shows them)")
    if found.accepted:
        parts.append(f"accepted in place: {found.accepted}")
    if found.quotes is not None:
        parts.append(f"compared with documents: {plural(found.quotes, 'quote')}")
    return "; ".join(parts)
