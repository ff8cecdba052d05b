"""The engine spark: tables read by a cluster (or this machine), measures from `frames`."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..days import DAY
from ..errors import UnreadableError, UsageError
from ..files import questions
from . import sql
from .frames import Frame, Frames
from .installed import first_line, module
from .layout import DAY_PATTERN, INSTANT_PATTERN, NUMBER_PATTERN, OPTIONAL, ForecastFile, Job, Reject
from .rows import as_date
from .tables import FORMS, columns_of

REMOTE = "SPARK_REMOTE"
_CORRUPT = "_corrupt"
_COLUMNS = "file string, number bigint, claim string, forecaster string, instant bigint, p double, outcome bigint"
_ROWS = f"{_COLUMNS}, closes bigint, opens bigint, decided bigint, reason string"


def session(master: str | None) -> Any:
    """A session on the cluster that is named, by SPARK_REMOTE, or on this machine; UsageError without Java."""
    pyspark = module("pyspark.sql", "the engine spark")
    where = master or os.environ.get(REMOTE)
    builder = pyspark.SparkSession.builder.appName("forecast-ledger")
    if where is not None and where.startswith("sc://"):
        return _asked(builder.remote(where).getOrCreate)
    java = os.environ.get("JAVA_HOME")
    if not (shutil.which(os.path.join(java, "bin", "java")) if java else shutil.which("java")):  # noqa: PTH118
        raise UsageError(
            "the engine spark needs Java, which is not here",
            hint="install it, on Debian: apt install default-jre-headless",
        )
    if where is None and "SPARK_MASTER" not in os.environ:
        cores = os.cpu_count() or 1
        builder = builder.master("local[*]").config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.sql.shuffle.partitions", str(cores)).config("spark.ui.enabled", "false")
    else:
        builder = builder.master(where or os.environ["SPARK_MASTER"])
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
    builder = builder.config("spark.sql.session.timeZone", "UTC")
    return _asked(builder.getOrCreate)


def tables_at(path: str, spark: Any) -> list[ForecastFile]:
    """The tables behind an address such as s3a://bucket/folder, as one; the name's end tells the kind, else Parquet."""
    end = "." + path.rstrip("/").rsplit(".", 1)[-1].lower()
    form = FORMS.get(end, "parquet")
    reader = spark.read
    if form == "parquet":
        found = _asked(lambda: reader.parquet(path))
    elif form == "jsonl":
        found = _asked(lambda: reader.option("primitivesAsString", True).json(path))
    else:
        found = _asked(lambda: reader.option("sep", "\t" if form == "tsv" else ",").csv(path, header=True))
    header = tuple(found.columns)
    return [ForecastFile(path, form, header, columns_of(path, header))]


def _asked(what: Callable[[], Any]) -> Any:
    """What Spark answers; UnreadableError says why it does not."""
    errors = module("pyspark.errors", "the engine spark")
    kinds: tuple[type[BaseException], ...] = (errors.PySparkException, RuntimeError, ConnectionError)
    try:
        from py4j.protocol import Py4JError, Py4JNetworkError  # type: ignore[import-not-found, import-untyped, unused-ignore]

        kinds = (*kinds, Py4JError, Py4JNetworkError)
    except ImportError:
        pass
    try:
        return what()
    except kinds as error:
        memory = "OutOfMemory" in str(error) or "memory" in first_line(error).lower()
        hint = "give driver and executors more with spark.driver.memory and spark.executor.memory" if memory else None
        raise UnreadableError(f"spark: {first_line(error)}", hint=hint) from None


class Spark(Frames):
    """A job read and scored by Spark."""

    def __init__(
        self, job: Job, progress: Callable[[float], None] = lambda share: None, master: str | None = None
    ) -> None:
        self._spark = session(master)
        narwhals = module("narwhals", "the engine spark")
        self._held: list[Any] = []

        def keep(frame: Frame) -> Frame:
            self._held.append(_asked(frame.to_native().persist))
            return narwhals.from_native(self._held[-1])

        def fetch(frame: Frame) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in _asked(frame.to_native().collect)]

        questions = None if job.questions is None else narwhals.from_native(self._questions(job))
        rows = keep(narwhals.from_native(_asked(lambda: self._read(job))))
        formerly = None
        if job.formerly:
            renamed = self._spark.createDataFrame(list(job.formerly.items()), "old string, name string")
            formerly = narwhals.from_native(renamed)
        super().__init__(job, rows, questions, formerly, keep=keep, fetch=fetch, progress=progress)

    # --- from files to rows ---

    def _read(self, job: Job) -> Any:
        groups: dict[tuple[str, tuple[str, ...]], list[ForecastFile]] = defaultdict(list)
        for table in job.tables:
            groups[table.form, table.header].append(table)
        frames = [self._rows_of(tables) for tables in groups.values()]
        if job.written or not frames:
            rows = [(row.file, row.row, row.claim, row.by, row.at, row.probability, *[None] * 5) for row in job.written]
            frames.append(self._spark.createDataFrame(rows, _ROWS))
        found = frames[0]
        for frame in frames[1:]:
            found = found.unionByName(frame)
        return found

    def _rows_of(self, tables: list[ForecastFile]) -> Any:
        table, paths = tables[0], [tables_path(one.path) for one in tables]
        reader = self._spark.read
        if table.form == "parquet":
            scanned = reader.parquet(*paths)
            kinds = {name: kind.split("(")[0] for name, kind in scanned.dtypes}
        else:
            names = table.header if table.form in ("csv", "tsv") else tuple(table.columns.values())
            schema = ", ".join(f"{_name(name)} string" for name in (*names, _CORRUPT))
            reader = reader.schema(schema).option("columnNameOfCorruptRecord", _CORRUPT).option("mode", "PERMISSIVE")
            if table.form == "jsonl":
                scanned = reader.json(paths)
            else:
                sign = "\t" if table.form == "tsv" else ","
                scanned = reader.option("sep", sign).option("escape", '"').csv(paths, header=True)
            kinds = {}
        return scanned.selectExpr(*_cells(table, kinds)).selectExpr(*_meant(table, kinds)).selectExpr(*_judged(table))

    def _questions(self, job: Job) -> Any:
        rows = [(name, *of) for name, of in (job.questions or {}).items()]
        columns = "claim string, state string, outcome bigint, opens bigint, closes bigint, decided bigint"
        return self._spark.createDataFrame(rows, columns)

    # --- what is left out ---

    def rejects(self) -> Iterator[Reject]:
        """Every row that is left out; where it stands is known of Parquet only: nothing else has an order here."""
        for file, number, reason, claim, by, moment, p in self._left_out():
            place = number if file.endswith(".parquet") else None
            yield Reject(file, place, reason, claim, by, as_date(moment), None if p is None else repr(p))

    def close(self) -> None:
        """Let go of what is held on the cluster; the session stays for the next job of this process."""
        for frame in self._held:
            frame.unpersist()


def tables_path(path: str) -> str:
    """A local path as Spark reads it: absolute, with nothing in it that is a pattern."""
    if "://" in path:
        return path
    whole = questions.absolute(path)
    return "file://" + "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in whole)


def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _cells(table: ForecastFile, kinds: Mapping[str, str]) -> Iterator[str]:
    """The cells under our own names, with their place."""
    yield "_metadata.file_path AS file"
    yield "_metadata.row_index + 1 AS number" if table.form == "parquet" else "CAST(1 AS bigint) AS number"
    for own, written in table.columns.items():
        cell = _name(written)
        yield f"nullif({cell}, '') AS c_{own}" if _kind(table, kinds, own) == "string" else f"{cell} AS c_{own}"
    if table.form != "parquet":
        yield f"{_CORRUPT} AS c_corrupt"


def _kind(table: ForecastFile, kinds: Mapping[str, str], own: str) -> str:
    return kinds.get(table.columns[own], "string")


def _meant(table: ForecastFile, kinds: Mapping[str, str]) -> Iterator[str]:
    yield from ("file", "number", "CAST(c_claim AS string) AS claim", "CAST(c_by AS string) AS forecaster")
    yield f"{_moment('c_date', _kind(table, kinds, 'date'))} AS instant"
    yield f"{_number('c_probability', _kind(table, kinds, 'probability'))} AS p"
    for own in OPTIONAL:
        if own not in table.columns:
            yield f"CAST(NULL AS bigint) AS {own}"
        else:
            kind = _kind(table, kinds, own)
            yield f"{_outcome(kind) if own == 'outcome' else _moment(f'c_{own}', kind)} AS {own}"
            yield f"c_{own}"
    empty = " AND ".join(f"c_{own} IS NULL" for own in table.columns)
    yield f"({empty}){' OR c_corrupt IS NOT NULL' if table.form != 'parquet' else ''} AS malformed"


def _judged(table: ForecastFile) -> Iterator[str]:
    yield from ("file", "number", "claim", "forecaster", "instant", "p", *OPTIONAL)
    reason = sql.reason("malformed", [own for own in OPTIONAL if own in table.columns])
    yield f"{reason} AS reason"


def _moment(cell: str, kind: str) -> str:
    """Microseconds of days, instants or texts; see `layout.moment`."""
    if kind == "date":
        return f"(CAST(unix_date({cell}) AS bigint) * {DAY} + {DAY - 1})"
    if kind == "timestamp":
        return f"unix_micros({cell})"
    if kind == "timestamp_ntz":
        return f"unix_micros(to_utc_timestamp(CAST({cell} AS timestamp), 'UTC'))"
    if kind != "string":
        return "CAST(NULL AS bigint)"
    timed = f"regexp_replace({cell}, '^(.{{10}}.[0-9]{{2}}:[0-9]{{2}})($|Z|[+-])', '$1:00$2')"
    zoned = f"regexp_replace({timed}, '([+-][0-9]{{2}})([0-9]{{2}})$', '$1:$2')"
    return f"""CASE WHEN {cell} RLIKE '^(?:{DAY_PATTERN})$'
        THEN CAST(unix_date(try_cast({cell} AS date)) AS bigint) * {DAY} + {DAY - 1}
      WHEN {cell} RLIKE '^(?:{INSTANT_PATTERN})$' THEN unix_micros(try_cast({zoned} AS timestamp)) END"""


def _number(cell: str, kind: str) -> str:
    """A finite number, or null; see `layout.number`."""
    value = f"try_cast({cell} AS double)"
    sound = f"abs({value}) < double('infinity')"
    if kind == "string":
        value = f"try_cast(trim({cell}) AS double)"
        sound = f"trim({cell}) RLIKE '^(?:{NUMBER_PATTERN})$' AND abs({value}) < double('infinity')"
    return f"CASE WHEN {sound} THEN {value} END"


def _outcome(kind: str) -> str:
    number = _number("c_outcome", kind)
    return sql.truth("c_outcome", number, "bigint", is_bool=kind == "boolean", is_text=kind == "string")
