"""Short pages of reference, each from where its facts have their home."""

from __future__ import annotations

from ...cache import VARIABLE as CACHE
from ...checks.remedies import REMEDIES
from ...columns import DERIVED, NAMES
from ...fields import CLAIM
from ...problems import CODES
from ..meanings import ACCOUNT_MEANINGS, STATUS_MEANINGS
from .dialect import table

ENVIRONMENT = (
    ("FORECAST_LEDGER", "the ledger, where `--file` names none"),
    ("FORECAST_LEDGER_AS_OF", "the day, where `--as-of` gives none"),
    (CACHE, "the folder of the cache; `off`: none"),
    (
        "FORECAST_LEDGER_MAX_CLAIMS",
        "how many claims a ledger may have, 100,000 if absent; further bounds follow",
    ),
    ("FORECAST_LEDGER_MEMORY", "what DuckDB may take, such as `4GB`"),
    ("FORECAST_LEDGER_DEBUG", "`1`: the traceback of what is a bug in ledger"),
    ("NO_COLOR, FORCE_COLOR", "no colour, or colour off a terminal too; `--color` goes before both"),
    ("COLUMNS", "the width of what is printed off a terminal"),
    ("VISUAL, EDITOR", "the editor that review opens"),
    ("SPARK_REMOTE", "the cluster of `--engine spark`, where `--master` names none"),
    ("GITHUB_ACTIONS", "`true`: findings are annotations, and no line of a ledger is a command to the runner"),
)
EXIT = (
    ("0", "fine; a closed pipe, too"),
    ("1", "findings: of check, and of `--fail-if-any` and `--fail-if-none`"),
    ("2", "wrong usage, or no such name"),
    ("3", "no ledger could be read or written at all"),
    ("4", "an edit was refused: it contradicts, adds an error, or the file moved meanwhile"),
    ("70", "a bug in ledger; what is printed says what to report"),
    ("130", "left by Ctrl-C or Ctrl-D at a question"),
)


def columns() -> str:
    """The columns of a claim, for --columns."""
    meanings = {field.key: field.meaning for field in CLAIM} | {name: of.meaning for name, of in DERIVED.items()}
    rows = [(f"`{name}`", meanings[name]) for name in NAMES]
    told = table(("column", "meaning"), rows)
    return f"# Columns of a claim\n\nIn the order in which they stand in CSV and JSON.\n\n{told}"


def states() -> str:
    """What a claim's status and account mean."""
    status = table(("status", "meaning"), [(f"`{name}`", text) for name, text in STATUS_MEANINGS.items()])
    account = table(("account", "meaning"), [(f"`{name}`", text) for name, text in ACCOUNT_MEANINGS.items()])
    return (
        "# States of a claim\n\nA status follows from the file and the day that is asked about; it is never stored.\n\n"
        f"{status}\nThe account says whether a claim is in a rate.\n\n{account}"
    )


def checks() -> str:
    """The codes of check, what they mean and what to do."""
    rows = [(f"`{code}`", severity, f"{meaning} {REMEDIES[code]}") for code, (severity, meaning) in CODES.items()]
    return f"# What check knows\n\n{table(('code', 'severity', 'meaning and remedy'), rows)}"


def environment() -> str:
    """The variables that are read."""
    rows = [(f"`{name}`", text) for name, text in ENVIRONMENT]
    return f"# Environment\n\n{table(('variable', 'meaning'), rows)}"


def exits() -> str:
    """How a run may end."""
    rows = [(f"`{status}`", text) for status, text in EXIT]
    return f"# Exit status\n\n{table(('status', 'meaning'), rows)}"
