"""The engine polars: tables read by Polars, measures from `frames`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ..days import DAY
from ..errors import UnreadableError
from .frames import Frame, Frames
from .installed import first_line, module
from .layout import COLUMNS, DAY_PATTERN, INSTANT_PATTERN, NUMBER_PATTERN, OPTIONAL, ForecastFile, Job

_SCHEMA = ("file", "number", "claim", "forecaster", "instant", "p", *OPTIONAL, "reason")


class PolarsReader:
    """Tables as lazy frames of Polars, each row with its meaning and its reason."""

    def __init__(self, polars: Any) -> None:
        self._pl = polars

    def rows(self, job: Job) -> Any:
        """The rows of all tables and of what is written in claims."""
        groups: dict[tuple[str, tuple[str, ...]], list[ForecastFile]] = defaultdict(list)
        for table in job.tables:
            groups[table.form, table.header].append(table)
        frames = [self._typed(tables[0], self._scan(tables)) for tables in groups.values()]
        if job.written or not frames:
            frames.append(self._written(job))
        return self._pl.concat(frames)

    def _scan(self, tables: list[ForecastFile]) -> Any:
        """The texts or typed cells of some files of one header, with file and number."""
        pl, paths = self._pl, [table.path for table in tables]
        form = tables[0].form
        common: dict[str, Any] = {"glob": False, "include_file_paths": "_file", "row_index_name": "_number"}
        if form == "parquet":
            return pl.scan_parquet(paths, **common)
        if form == "jsonl":
            schema = dict.fromkeys(tables[0].columns.values(), pl.String)
            del common["glob"]
            return pl.scan_ndjson(paths, schema=schema, ignore_errors=True, **common)
        return pl.scan_csv(paths, separator="\t" if form == "tsv" else ",", infer_schema=False, **common)

    def _typed(self, table: ForecastFile, scanned: Any) -> Any:
        pl = self._pl
        kinds = scanned.collect_schema() if table.form == "parquet" else {}
        cells = {own: self._cell(own, table, kinds) for own in COLUMNS}
        meant = {own: self._optional(own, cells[own], kinds.get(table.columns.get(own, ""))) for own in OPTIONAL}
        found = scanned.select(
            file=pl.col("_file"),
            number=pl.col("_number").cast(pl.Int64),
            claim=cells["claim"].cast(pl.String),
            forecaster=cells["by"].cast(pl.String),
            instant=self._moment(cells["date"], kinds.get(table.columns["date"], pl.String)),
            p=self._number(cells["probability"], kinds.get(table.columns["probability"], pl.String)),
            **meant,
            blank=pl.all_horizontal(cells[own].is_null() for own in table.columns),
            garbled=pl.any_horizontal(cells[own].is_not_null() & meant[own].is_null() for own in OPTIONAL),
        )
        reason = (
            pl.when(pl.col("blank")).then(pl.lit("malformed"))
            .when(pl.col("claim").is_null() | pl.col("forecaster").is_null()).then(pl.lit("unnamed"))
            .when(pl.col("instant").is_null()).then(pl.lit("bad-date"))
            .when(pl.col("p").is_null()).then(pl.lit("bad-probability"))
            .when(~pl.col("p").is_between(0, 1)).then(pl.lit("outside"))
            .when(pl.col("garbled")).then(pl.lit("bad-outcome"))
        )  # fmt: skip
        return found.with_columns(reason=reason).select(_SCHEMA)

    def _cell(self, own: str, table: ForecastFile, kinds: Any) -> Any:
        pl = self._pl
        if own not in table.columns:
            return pl.lit(None, dtype=pl.String)
        column = pl.col(table.columns[own])
        if kinds.get(table.columns[own], pl.String) != pl.String:
            return column
        return pl.when(column != "").then(column)

    def _optional(self, own: str, cell: Any, kind: Any) -> Any:
        kind = self._pl.String if kind is None else kind
        return self._truth(cell, kind) if own == "outcome" else self._moment(cell, kind)

    def _moment(self, cell: Any, kind: Any) -> Any:
        """Microseconds of days, instants or texts; see `layout.moment`."""
        pl = self._pl
        if kind == pl.Date:
            return cell.cast(pl.Int64) * DAY + (DAY - 1)
        if kind == pl.Datetime:
            return cell.dt.epoch("us")
        if kind != pl.String:
            return pl.lit(None, dtype=pl.Int64)
        whole = cell.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int64) * DAY + (DAY - 1)
        point = cell.str.replace(" ", "T", literal=True).str.replace(r"(T..:..)($|Z|[+-])", "${1}:00${2}")
        point = point.str.replace("Z$", "+0000").str.replace(r"(T[^+-]*)$", "${1}+0000").str.replace(r":(..)$", "${1}")
        stamped = point.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", time_unit="us", time_zone="UTC", strict=False)
        return (
            pl.when(cell.str.contains(f"^(?:{DAY_PATTERN})$")).then(whole)
            .when(cell.str.contains(f"^(?:{INSTANT_PATTERN})$")).then(stamped.dt.epoch("us"))
        )  # fmt: skip

    def _number(self, cell: Any, kind: Any) -> Any:
        """A finite number, or null; see `layout.number`."""
        pl = self._pl
        value = cell.cast(pl.Float64, strict=False)
        if kind == pl.String:
            text = cell.str.strip_chars()
            value = pl.when(text.str.contains(f"^(?:{NUMBER_PATTERN})$")).then(text.cast(pl.Float64, strict=False))
        return pl.when(value.is_finite()).then(value)

    def _truth(self, cell: Any, kind: Any) -> Any:
        """An outcome as 0, 1 or null; see `rows.truth`."""
        pl = self._pl
        if kind == pl.Boolean:
            return cell.cast(pl.Int64)
        value = self._number(cell, kind)
        found = pl.when(value.is_in([0.0, 1.0])).then(value).cast(pl.Int64)
        if kind != pl.String:
            return found
        word = cell.str.strip_chars().str.to_lowercase()
        return pl.when(word == "true").then(pl.lit(1)).when(word == "false").then(pl.lit(0)).otherwise(found)

    def _written(self, job: Job) -> Any:
        pl = self._pl
        rows = [(row.file, row.row, row.claim, row.by, row.at, row.probability, *[None] * 5) for row in job.written]
        kinds = [pl.String, pl.Int64, pl.String, pl.String, pl.Int64, pl.Float64, *[pl.Int64] * 4, pl.String]
        return pl.LazyFrame(rows, schema=dict(zip(_SCHEMA, kinds, strict=True)), orient="row")

    def formerly(self, job: Job) -> Any:
        """The names that claims had, and those they have."""
        schema = {"old": self._pl.String, "name": self._pl.String}
        return self._pl.LazyFrame(list(job.formerly.items()), schema=schema, orient="row")

    def questions(self, job: Job) -> Any:
        """The questions of a ledger; None where the tables say themselves what happened."""
        if job.questions is None:
            return None
        pl = self._pl
        schema = {"claim": pl.String, "state": pl.String}
        schema |= dict.fromkeys(("outcome", "opens", "closes", "decided"), pl.Int64)
        return pl.LazyFrame([(name, *of) for name, of in job.questions.items()], schema=schema, orient="row")


class Polars(Frames):
    """A job read and scored by Polars."""

    def __init__(self, job: Job, progress: Callable[[float], None] = lambda share: None) -> None:
        polars, narwhals = module("polars", "the engine polars"), module("narwhals", "the engine polars")
        reader = PolarsReader(polars)
        self._errors = (polars.exceptions.PolarsError, narwhals.exceptions.NarwhalsError)

        def keep(frame: Frame) -> Frame:
            return self._ask(lambda: frame.collect().lazy())

        def fetch(frame: Frame) -> list[tuple[Any, ...]]:
            return list(self._ask(lambda: frame.collect().iter_rows()))

        questions = reader.questions(job)
        rows = keep(narwhals.from_native(self._ask(lambda: reader.rows(job))))
        super().__init__(
            job,
            rows,
            None if questions is None else narwhals.from_native(questions),
            narwhals.from_native(reader.formerly(job)) if job.formerly else None,
            keep=keep,
            fetch=fetch,
            progress=progress,
        )

    def _ask(self, what: Callable[[], Any]) -> Any:
        try:
            return what()
        except self._errors as error:
            raise UnreadableError(f"polars: {first_line(error)}") from None
        except MemoryError:
            raise UnreadableError(
                "polars ran out of memory", hint="use --engine duckdb, which spills to disk"
            ) from None
