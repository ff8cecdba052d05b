"""What a table of forecasts looks like, how its cells are read, why a row is left out, what an engine hands back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from ..days import DAY, day_of_moment, end_of_day, moment_of
from ..scoring.forecasters import Moments

PYTHON_ROWS = 100_000

REQUIRED = ("claim", "by", "date", "probability")
OPTIONAL = ("outcome", "closes", "opens", "decided")
COLUMNS = REQUIRED + OPTIONAL
OTHER_NAMES = {"question": "claim"}  # as a table may call a column

# Why a row is left out; of several reasons the first counts.
REASONS = {
    "unnamed": "no claim or no forecaster",
    "bad-date": "a date that is neither a day nor an instant",
    "bad-probability": "a probability that is no number",
    "outside": "a probability outside 0 to 1",
    "bad-outcome": "an outcome that is not 0, 1 or empty, or a day of closing, opening or deciding that is none",
    "unknown-claim": "a claim that the ledger does not have",
    "contradiction": "a question whose rows disagree about its outcome or its days",
    "too-late": "made on or after the day the question was decided or closed",
    "twice": "a second row of one claim, forecaster and instant; all of them where they disagree",
    "malformed": "a line that is not a row of the table",
}
MEASURES = ("brier", "time_weighted", "log_score", "peer", "relative", "coverage")

# The patterns are used by every engine, so that no engine reads what another refuses: no \d, which means more
# digits to some of them than to others.
DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = "Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9]"
INSTANT_PATTERN = f"{DAY_PATTERN}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{{1,6}})?)?({_OFFSET})?"
NUMBER_PATTERN = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"

_DAY, _INSTANT = re.compile(DAY_PATTERN), re.compile(INSTANT_PATTERN)
_NUMBER = re.compile(NUMBER_PATTERN)


class ForecastFile(NamedTuple):
    """One file; `header` is what stands in it, `columns` maps our names of columns to those of the header."""

    path: str
    form: Literal["csv", "tsv", "jsonl", "parquet"]
    header: tuple[str, ...]
    columns: Mapping[str, str]


class Question(NamedTuple):
    """A claim as a question. Moments are microseconds since 1970 in UTC; a day is its last microsecond."""

    state: str
    outcome: int | None = None
    opens: int | None = None
    closes: int | None = None
    decided: int | None = None


class ClaimForecast(NamedTuple):
    """A forecast that stands in a claim itself."""

    claim: str
    by: str
    at: int
    probability: float
    file: str
    row: int


class Job(NamedTuple):
    """What is to be reduced. Without `questions` the tables say themselves what happened; `until` ends knowledge.

    `formerly` leads from names that claims had to those they have.
    """

    tables: Sequence[ForecastFile]
    questions: Mapping[str, Question] | None = None
    written: Sequence[ClaimForecast] = ()
    until: int | None = None
    formerly: Mapping[str, str] = {}


class Tally(NamedTuple):
    """One forecaster: counts, and the moments over questions of every measure in MEASURES."""

    name: str
    crowd: bool
    questions: int
    forecasts: int
    certain_misses: int
    moments: tuple[Moments, ...]


class Reduced(NamedTuple):
    """All rows accounted for, and a tally a forecaster; `brier` is the mean over all forecasts, not over questions."""

    rows: int
    rejected: Mapping[str, int]
    unscored: Mapping[str, int]
    questions: int
    forecasts: int
    brier: float | None
    tallies: Sequence[Tally]


def accounted(reasons: Mapping[str | None, int], states: Mapping[str, int], malformed: int = 0) -> dict[str, Any]:
    """`rows`, `rejected` and `unscored` of a `Reduced`, from what an engine counted.

    `reasons` has the sound rows under None, `states` what is kept of them: what is missing there was said twice.
    """
    left_out = Counter({reason: n for reason, n in reasons.items() if reason is not None})
    left_out["twice"] = reasons.get(None, 0) - sum(states.values())
    left_out["malformed"] += malformed
    return {
        "rows": sum(states.values()) + left_out.total(),
        "rejected": {reason: n for reason, n in left_out.items() if n},
        "unscored": {state: n for state, n in states.items() if state != "scored"},
    }


class Pair(NamedTuple):
    """Two forecasters on one question they share: when it ended, and the value of a measure for each."""

    ended: int | None
    question: str
    first: float
    second: float


class GivenAt(NamedTuple):
    """A probability that one forecaster gave a scored question, and the moment."""

    claim: str
    at: int
    probability: float


class BinSums(NamedTuple):
    """Forecasts of one width of probability, and what they hang together by: sums over questions of products.

    With h hits among the n forecasts of a question: sums of h^2, of h n and of n^2.
    """

    by: str | None
    number: int
    n: int
    questions: int
    hits: int
    stated: float
    hits_squared: float
    hits_by_n: float
    n_squared: float


class Reject(NamedTuple):
    """A row that is left out, and where it stands: its line, in Parquet its number; None where nobody can say."""

    file: str
    row: int | None
    reason: str
    claim: str | None
    by: str | None
    date: str | None
    probability: str | None


def ordinal_of(moment: int) -> int:
    """The day of a moment, as a date counts days."""
    return day_of_moment(moment).toordinal()


def cut_of(moment: int) -> int:
    """The first moment at which a forecast comes too late: of a day its beginning, of an instant itself."""
    return moment - DAY + 1 if (moment + 1) % DAY == 0 else moment


def moment(text: str) -> int | None:
    """The moment that a day or an instant means; None if it is neither. An instant without an offset is in UTC.

    >>> moment("1970-01-01"), moment("1970-01-01T01:00+01:00"), moment("1.1.1970")
    (86399999999, 0, None)
    """
    try:
        if _DAY.fullmatch(text):
            return end_of_day(date.fromisoformat(text).toordinal())
        if _INSTANT.fullmatch(text):
            return moment_of(datetime.fromisoformat(text))
    except ValueError:
        return None
    return None


def number(text: str) -> float | None:
    """A finite decimal number; None for anything else, such as `nan`, `1_0` or `50%`."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) < float("inf") else None
