"""The measures in SQL, as DuckDB runs them: from texts to rows, to forecaster and question, to forecasters.

Each statement of `STEPS` makes one table from those before it; `reference` says what the measures mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..days import DAY
from .layout import DAY_PATTERN, INSTANT_PATTERN, MEASURES, NUMBER_PATTERN, OPTIONAL, REQUIRED

# --- from a source to rows ------------------------------------------------------------------------------------


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """A name as SQL writes it."""
    return '"' + value.replace('"', '""') + '"'


def rows(source: str, columns: Mapping[str, str], kinds: Mapping[str, str], file: str) -> str:
    """The rows of a source: place, meaning of every cell, reason; `kinds` are the types of its columns.

    `file` is what numbers the file; rows are numbered through all files of a source.
    """
    kind = {own: kinds.get(own, "VARCHAR") for own in REQUIRED + OPTIONAL}
    cells = [f"{_cell(own, columns, kind[own])} AS c_{own}" for own in kind]
    return f"""
      SELECT file, number, claim, forecaster, instant, p, outcome, opens, closes, decided,
        {reason("blank", OPTIONAL)} AS reason
      FROM (
        SELECT file, number, CAST(c_claim AS VARCHAR) AS claim, CAST(c_by AS VARCHAR) AS forecaster,
          {_moment("c_date", kind["date"])} AS instant, {_number("c_probability", kind["probability"])} AS p,
          {_outcome(kind["outcome"])} AS outcome, {_moment("c_opens", kind["opens"])} AS opens,
          {_moment("c_closes", kind["closes"])} AS closes, {_moment("c_decided", kind["decided"])} AS decided,
          c_outcome, c_opens, c_closes, c_decided,
          {" AND ".join(f"c_{own} IS NULL" for own in columns)} AS blank
        FROM (SELECT {file} AS file, row_number() OVER () AS number, {", ".join(cells)} FROM {source}))"""


def reason(malformed: str, optional: Iterable[str]) -> str:
    """Why a row whose cells are read is left out; `optional` are the columns beside the required ones."""
    garbled = " OR ".join(f"(c_{own} IS NOT NULL AND {own} IS NULL)" for own in optional)
    return f"""CASE WHEN {malformed} THEN 'malformed' WHEN claim IS NULL OR forecaster IS NULL THEN 'unnamed'
      WHEN instant IS NULL THEN 'bad-date' WHEN p IS NULL THEN 'bad-probability'
      WHEN p NOT BETWEEN 0 AND 1 THEN 'outside' WHEN {garbled or "false"} THEN 'bad-outcome' END"""


def truth(cell: str, number: str, whole: str, *, is_bool: bool, is_text: bool) -> str:
    """An outcome as 0, 1 or null of type `whole`; see `rows.truth`. `number` is the cell as one."""
    if is_bool:
        return f"CAST({cell} AS {whole})"
    found = f"CASE WHEN {number} IN (0, 1) THEN CAST({number} AS {whole}) END"
    if not is_text:
        return found
    return f"CASE lower(trim({cell})) WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE {found} END"


def _cell(own: str, columns: Mapping[str, str], kind: str) -> str:
    if own not in columns:
        return "CAST(NULL AS VARCHAR)"
    return f"nullif({name(columns[own])}, '')" if kind == "VARCHAR" else name(columns[own])


def _moment(column: str, kind: str) -> str:
    """Microseconds of a column of days, instants or texts; see `layout.moment`."""
    if kind not in ("DATE", "VARCHAR") and not kind.startswith("TIMESTAMP"):
        return "NULL::BIGINT"
    if kind == "DATE":
        return f"(epoch_us({column}) + {DAY - 1})"
    if kind.startswith("TIMESTAMP"):
        return f"epoch_us({column})"
    # Before 2.0 DuckDB reads no instant without seconds.
    whole = f"if({column}[17] = ':', {column}, {column}[:16] || ':00' || {column}[17:])"
    return (
        f"CASE WHEN strlen({column}) = 10 THEN CASE WHEN regexp_full_match({column}, {text(DAY_PATTERN)})"
        f" THEN epoch_us(try_cast({column} AS DATE)) + {DAY - 1} END"
        f" WHEN regexp_full_match({column}, {text(INSTANT_PATTERN)})"
        f" THEN epoch_us(try_cast({whole} AS TIMESTAMPTZ)) END"
    )


def _number(column: str, kind: str) -> str:
    """A column as a finite number, or null; see `layout.number`."""
    value = f"try_cast({column} AS DOUBLE)"
    sound = f"isfinite({value})"
    if kind == "VARCHAR":
        sound += f" AND regexp_full_match(trim({column}), {text(NUMBER_PATTERN)})"
    return f"CASE WHEN {sound} THEN {value} END"


def _outcome(kind: str) -> str:
    number = _number("c_outcome", kind)
    return truth("c_outcome", number, "TINYINT", is_bool=kind == "BOOLEAN", is_text=kind == "VARCHAR")


# --- from rows to forecasters ---------------------------------------------------------------------------------


def cut(moment: str) -> str:
    """The first moment at which a forecast comes too late; see `layout.cut_of`."""
    return f"CASE WHEN ({moment} + 1) % {DAY} = 0 THEN {moment} - {DAY - 1} ELSE {moment} END"


# Questions as the rows themselves describe them: state, what happened, when.
TOLD = """
  CREATE TEMP TABLE questions AS SELECT claim,
    CASE WHEN differs THEN 'contradiction' WHEN outcome IS NULL THEN 'open' ELSE 'scored' END AS state,
    outcome, opens, closes, decided
  FROM (
    SELECT claim, max(outcome) AS outcome, max(opens) AS opens, max(closes) AS closes, max(decided) AS decided,
      coalesce(min(outcome) <> max(outcome), false) OR coalesce(min(opens) <> max(opens), false)
      OR coalesce(min(closes) <> max(closes), false) OR coalesce(min(decided) <> max(decided), false) AS differs
    FROM forecasts WHERE reason IS NULL GROUP BY claim)"""

# What is wrong with a row beside its question.
ABOUT_QUESTION = f"""CASE
    WHEN questions.claim IS NULL THEN 'unknown-claim'
    WHEN state = 'contradiction' THEN 'contradiction'
    WHEN instant >= least({cut("questions.closes")}, {cut("questions.decided")}) THEN 'too-late' END"""

_OUTCOME = "outcome::DOUBLE"


def _given(p: str) -> str:
    return f"CASE WHEN outcome = 1 THEN {p} ELSE 1 - {p} END"


def _log(p: str) -> str:
    """The logarithm of the probability given to what happened; null where that was 0."""
    return f"CASE WHEN ({_given(p)}) > 0 THEN ln({_given(p)}) END"


def _square(p: str) -> str:
    return f"(({p} - outcome) * ({p} - outcome))"


STEPS = {
    "judged": f"""
      CREATE TEMP TABLE judged AS SELECT reason, count(*) AS n
      FROM (
        SELECT coalesce(forecasts.reason, {ABOUT_QUESTION}) AS reason
        FROM forecasts LEFT JOIN questions ON forecasts.claim = questions.claim)
      GROUP BY reason""",
    # One row a claim, forecaster and instant; where two disagree nobody can say which stood.
    "kept": f"""
      CREATE TEMP TABLE kept AS
      SELECT forecasts.claim, forecaster, instant, min(p) AS p,
        CASE WHEN instant > (SELECT until FROM settings) THEN 'not-yet' ELSE state END AS state
      FROM forecasts JOIN questions ON forecasts.claim = questions.claim
      WHERE reason IS NULL AND ({ABOUT_QUESTION}) IS NULL
      GROUP BY forecasts.claim, forecaster, instant, state HAVING min(p) = max(p)""",
    "lives": """
      CREATE TEMP TABLE lives AS
      SELECT claim, outcome, coalesce(opens, first) AS opens, closes, least(closes, decided) AS ends
      FROM questions JOIN (SELECT claim, min(instant) AS first FROM kept WHERE state = 'scored' GROUP BY claim)
        USING (claim)""",
    "pairs": f"""
      CREATE TEMP TABLE pairs AS
      SELECT claim, forecaster, any_value(outcome) AS outcome, count(*) AS forecasts,
        max(p) FILTER (next IS NULL) AS p, sum({_square("p")}) AS squares,
        any_value(closes - opens) AS life, sum(length) AS covered, sum(length * {_square("p")}) AS lived
      FROM (
        SELECT *, greatest(0, least(coalesce(next, ends), ends) - greatest(instant, opens))::DOUBLE AS length
        FROM (
          SELECT claim, forecaster, instant, p, {_OUTCOME} AS outcome, opens, closes, ends,
            lead(instant) OVER (PARTITION BY claim, forecaster ORDER BY instant) AS next
          FROM kept JOIN lives USING (claim) WHERE state = 'scored'))
      GROUP BY claim, forecaster""",
    "middles": f"""
      CREATE TEMP TABLE middles AS
      SELECT *, n % 2 = 0 AS even, sorted[(n + 1) // 2] AS mid,
        sorted[CASE WHEN n % 2 = 0 THEN n // 2 ELSE greatest((n - 1) // 2, 1) END] AS low,
        sorted[CASE WHEN n % 2 = 0 THEN n // 2 + 1 ELSE least((n + 3) // 2, n) END] AS high
      FROM (
        SELECT claim, any_value(outcome) AS outcome, count(*) AS n, sum(forecasts) AS forecasts,
          list_sort(list(p)) AS sorted, avg(p) AS mean, sum(log) AS logs, count(log) AS finite,
          bool_or(p = 0) AS never, bool_or(1 - p = 0) AS always,
          avg(CASE WHEN p > 0 AND 1 - p > 0 THEN ln(p) - ln(1 - p) END) AS logit
        FROM (SELECT *, {_log("p")} AS log FROM pairs) GROUP BY claim)""",
}

MARKS = f"""
  SELECT claim, forecaster, forecasts, brier,
    CASE WHEN life > 0 THEN (lived + 0.25 * (life - covered)) / life END AS time_weighted,
    abs(log) AS log_score,
    CASE WHEN finite > 1 THEN 100 * (log - (logs - log) / (finite - 1)) END AS peer,
    CASE WHEN n > 1 THEN brier - CASE
      WHEN even THEN CASE WHEN p <= low THEN {_square("high")} ELSE {_square("low")} END
      WHEN p = mid THEN ({_square("low")} + {_square("high")}) / 2
      WHEN p < mid THEN ({_square("mid")} + {_square("high")}) / 2
      ELSE ({_square("low")} + {_square("mid")}) / 2 END END AS relative,
    CASE WHEN life > 0 THEN covered / life END AS coverage
  FROM (
    SELECT pairs.*, {_square("p")} AS brier, {_log("p")} AS log, n, even, low, mid, high, logs, finite
    FROM (SELECT * FROM pairs) AS pairs JOIN (SELECT * EXCLUDE (outcome, forecasts) FROM middles) USING (claim))"""

CROWD_MARKS = f"""
  SELECT claim, rule AS forecaster, forecasts, {_square("p")} AS brier, NULL::DOUBLE AS time_weighted,
    abs({_log("p")}) AS log_score, CASE WHEN finite > 0 THEN 100 * ({_log("p")} - logs / finite) END AS peer,
    {_square("p")} - CASE WHEN even THEN ({_square("low")} + {_square("high")}) / 2 ELSE {_square("mid")} END
      AS relative, NULL::DOUBLE AS coverage
  FROM (
    SELECT *, CASE rule WHEN 'median' THEN CASE WHEN even THEN (low + high) / 2 ELSE mid END WHEN 'mean' THEN mean
      WHEN 'odds' THEN CASE WHEN never AND always THEN NULL WHEN never THEN 0 WHEN always THEN 1
        ELSE 1 / (1 + exp(-logit)) END END AS p
    FROM middles, (VALUES ('median'), ('mean'), ('odds')) AS rules(rule) WHERE n > 1)
  WHERE p IS NOT NULL"""


def tallies(marks: str) -> str:
    """A row a forecaster: counts, then count, mean and variance of each measure."""
    columns = ", ".join(f"count({of}), avg({of}), var_samp({of})" for of in MEASURES)
    return f"""
      SELECT forecaster, count(*), sum(forecasts)::BIGINT, count(*) - count(log_score), {columns}
      FROM ({marks}) GROUP BY forecaster"""


PAIRS = f"""
  SELECT ends, claim, one, other
  FROM (SELECT claim, max(value) FILTER (forecaster = $first) AS one, max(value) FILTER (forecaster = $second) AS other
    FROM (SELECT claim, forecaster, $measure AS value FROM ({MARKS}) WHERE forecaster IN ($first, $second))
    GROUP BY claim)
  JOIN lives USING (claim) WHERE one IS NOT NULL AND other IS NOT NULL
  ORDER BY ends NULLS LAST, claim"""

BINS = """
  SELECT forecaster, bin, sum(n)::BIGINT, count(*), sum(hits)::BIGINT, sum(stated),
    sum(hits * hits)::DOUBLE, sum(hits * n)::DOUBLE, sum(n * n)::DOUBLE
  FROM (
    SELECT claim, forecaster, bin, count(*) AS n, count(*) FILTER (came) AS hits, sum(q) AS stated
    FROM (
      SELECT claim, $by AS forecaster, least(floor(q * 10), 9)::INTEGER AS bin, q, (outcome = 1) <> turned AS came
      FROM (SELECT *, CASE WHEN turned THEN 1 - p ELSE p END AS q FROM (
        SELECT claim, forecaster, p, outcome, $folded AND p < 0.5 AS turned
        FROM kept JOIN lives USING (claim) WHERE state = 'scored')))
    GROUP BY claim, forecaster, bin)
  GROUP BY forecaster, bin ORDER BY forecaster, bin"""

REJECTS = f"""
  SELECT file, number, reason, claim, forecaster, instant, p FROM (
    SELECT file, number, forecasts.claim, forecaster, instant, p, coalesce(reason, about, CASE
      WHEN count(*) OVER same > 1
        AND (min(p) OVER same <> max(p) OVER same OR row_number() OVER (same ORDER BY file, number) > 1)
      THEN 'twice' END) AS reason
    FROM (SELECT forecasts.*, coalesce(forecasts.reason, {ABOUT_QUESTION}) AS about
      FROM forecasts LEFT JOIN questions ON forecasts.claim = questions.claim) AS forecasts
    WINDOW same AS (PARTITION BY about, forecasts.claim, forecaster, instant))
  WHERE reason IS NOT NULL ORDER BY file, number"""
