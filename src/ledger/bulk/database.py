"""The engine duckdb: in this process, on all cores, spilling to a folder of its own."""

from __future__ import annotations

import os
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..errors import UnreadableError
from ..scoring.forecasters import CROWDS, Moments
from . import sql
from .installed import first_line, module, quoted
from .layout import MEASURES, BinSums, ForecastFile, GivenAt, Job, Pair, Reduced, Reject, Tally, accounted
from .rows import as_date, placed

MEMORY = "FORECAST_LEDGER_MEMORY"


class DuckDB:
    """A job read and scored by DuckDB."""

    def __init__(self, job: Job, progress: Callable[[float], None] = lambda share: None) -> None:
        self._duckdb = module("duckdb", "the engine duckdb")
        self._job, self._progress = job, progress
        self._folder = tempfile.TemporaryDirectory(prefix="ledger-", ignore_cleanup_errors=True)
        self._link = self._duckdb.connect()
        self._files = list(dict.fromkeys(table.path for table in job.tables))
        self._places = {path: place for place, path in enumerate(self._files)}
        try:
            self._set_up()
            self._load()
        except BaseException:
            self.close()
            raise

    def _set_up(self) -> None:
        self._do("SET autoinstall_known_extensions = false")
        self._do("SET autoload_known_extensions = false")
        self._do("SET TimeZone = 'UTC'")
        self._do(f"SET temp_directory = {sql.text(self._folder.name)}")
        if memory := os.environ.get(MEMORY):
            try:
                self._link.execute(f"SET memory_limit = {sql.text(memory)}")
            except self._duckdb.Error:
                raise UnreadableError(f"${MEMORY}: {memory!r} is no size", hint="write 4GB") from None

    def _do(self, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
        """Run one statement, showing progress; what the engine cannot do is an UnreadableError."""
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), daemon=True)
        watch.start()
        try:
            return list(self._link.execute(statement, values).fetchall())
        except self._duckdb.OutOfMemoryException:
            raise UnreadableError(
                "duckdb ran out of memory",
                hint=f"allow it more with {MEMORY}=8GB, free some disk for what it spills, or use --engine spark",
            ) from None
        except self._duckdb.Error as error:
            raise UnreadableError(f"duckdb: {first_line(error)}") from None
        finally:
            done.set()
            watch.join()

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(0.2):
            share = self._link.query_progress()
            if share > 0:
                self._progress(min(share / 100, 1.0))

    # --- from files to tables ---

    def _load(self) -> None:
        """Make the tables that everything is asked of."""
        self._do("CREATE TEMP TABLE settings AS SELECT CAST(? AS BIGINT) AS until", [self._job.until])
        self._do(_WRITTEN)
        self._insert("written", [(self._file(row.file), *row[5:], *row[:4]) for row in self._job.written])
        self._do("CREATE TEMP TABLE forecasts AS " + " UNION ALL ".join([_OF_WRITTEN, *self._sources()]))
        if self._job.formerly:
            self._do("CREATE TEMP TABLE formerly (old VARCHAR, name VARCHAR)")
            self._insert("formerly", list(self._job.formerly.items()))
            self._do("UPDATE forecasts SET claim = formerly.name FROM formerly WHERE claim = formerly.old")
        if self._job.questions is None:
            self._do(sql.TOLD)
        else:
            self._do(_QUESTIONS)
            self._insert("questions", [(name, *question) for name, question in self._job.questions.items()])
        for statement in sql.STEPS.values():
            self._do(statement)

    def _file(self, path: str) -> int:
        """The number of a file: of two rows alike the first is that of the earlier file."""
        if path not in self._places:
            self._places[path] = len(self._files)
            self._files.append(path)
        return self._places[path]

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Fill a table: one list a column goes over faster than one row at a time."""
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            self._do(f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in columns)}", columns)

    def _sources(self) -> Iterator[str]:
        """A query of rows for all tables of one kind and the same header."""
        groups: dict[tuple[str, tuple[str, ...]], list[ForecastFile]] = defaultdict(list)
        for table in self._job.tables:
            groups[table.form, table.header].append(table)
        read = {"csv": self._delimited, "tsv": self._delimited, "jsonl": self._json, "parquet": self._parquet}
        for (form, _), tables in groups.items():
            places = ", ".join(str(self._file(table.path)) for table in tables)
            paths = "[" + ", ".join(sql.text(quoted(table.path)) for table in tables) + "]"
            yield read[form](tables[0], paths, f"[{places}][CAST(file_index AS INTEGER) + 1]")

    def _delimited(self, table: ForecastFile, paths: str, file: str) -> str:
        header = [f"c{place}" for place in range(len(table.header))]
        columns = {own: header[table.header.index(written)] for own, written in table.columns.items()}
        types = ", ".join(f"{column}: 'VARCHAR'" for column in header)
        sign = "\\t" if table.form == "tsv" else ","
        source = (
            f"read_csv({paths}, columns = {{{types}}}, auto_detect = false, header = true, delim = '{sign}',"
            " quote = '\"', escape = '\"', ignore_errors = true, store_rejects = true)"
        )
        return sql.rows(source, columns, {}, file)

    def _json(self, table: ForecastFile, paths: str, file: str) -> str:
        types = ", ".join(f"{sql.text(written)}: 'VARCHAR'" for written in table.columns.values())
        source = f"read_json({paths}, columns = {{{types}}}, format = 'newline_delimited', ignore_errors = true)"
        return sql.rows(source, table.columns, {}, file)

    def _parquet(self, table: ForecastFile, paths: str, file: str) -> str:
        source = f"read_parquet({paths})"
        found = {row[0]: row[1] for row in self._do(f"DESCRIBE SELECT * FROM {source}")}
        kinds = {own: found[written] for own, written in table.columns.items()}
        return sql.rows(source, table.columns, kinds, file)

    # --- answers ---

    def reduce(self) -> Reduced:
        """All rows accounted for, and a tally a forecaster and crowd."""
        reasons = dict(self._do("SELECT reason, n FROM judged"))
        states = dict(self._do("SELECT state, count(*) FROM kept GROUP BY state"))
        questions, forecasts, brier = self._do(_TOTALS)[0]
        crowds = {tally.name: tally for tally in self._tallies(sql.CROWD_MARKS, crowd=True)}
        return Reduced(
            **accounted(reasons, states, len(self._malformed())),
            questions=questions,
            forecasts=forecasts or 0,
            brier=brier,
            tallies=[*self._tallies(sql.MARKS, crowd=False), *(crowds[rule] for rule in CROWDS if rule in crowds)],
        )

    def _tallies(self, marks: str, *, crowd: bool) -> list[Tally]:
        found = []
        for name, questions, forecasts, misses, *rest in self._do(sql.tallies(marks)):
            of = tuple(Moments(*rest[place : place + 3]) for place in range(0, 3 * len(MEASURES), 3))
            found.append(Tally(name, crowd, questions, forecasts, misses, of))
        return sorted(found, key=lambda tally: tally.name)

    def pairs(self, first: str, second: str, measure: str) -> list[Pair]:
        """Both forecasters' values on the questions they share, in the order in which these ended."""
        statement = sql.PAIRS.replace("$measure", MEASURES[MEASURES.index(measure)])
        return [Pair(*row) for row in self._do(statement, {"first": first, "second": second})]

    def given(self, by: str) -> list[GivenAt]:
        """What one forecaster gave scored questions, by question and in order of time."""
        return [GivenAt(*row) for row in self._do(_GIVEN, {"by": by})]

    def bins(self, *, folded: bool = False, by: bool = False) -> list[BinSums]:
        """All scored forecasts in ten widths of probability, each forecaster's own on request."""
        statement = sql.BINS.replace("$by", "forecaster" if by else "NULL").replace("$folded", str(folded))
        return [BinSums(*row) for row in self._do(statement)]

    def rejects(self) -> Iterator[Reject]:
        """Every row that is left out, in the order of the files."""
        first = dict(self._do("SELECT file, min(number) FROM forecasts GROUP BY file"))
        written = len(self._job.tables)
        found: dict[str, dict[int, Reject]] = defaultdict(dict)
        for file, number, reason, claim, by, moment, p in self._do(sql.REJECTS):
            path, own = self._files[file], number - first[file] + 1
            stated = None if p is None else repr(p)
            if file < written:
                found[path][own] = Reject(path, own, reason, claim, by, as_date(moment), stated)
            else:
                yield Reject(path, number, reason, claim, by, as_date(moment), stated)
        lost: dict[str, list[Reject]] = defaultdict(list)
        for path, line in self._malformed():
            lost[path].append(Reject(path, line, "malformed", None, None, None, None))
        for table in self._job.tables:
            own_rejects = [*placed(table, found.get(table.path, {})), *lost[table.path]]
            yield from sorted(own_rejects, key=lambda reject: reject.row or 0)

    def _malformed(self) -> list[tuple[str, int]]:
        """The lines of CSV files that are no rows of them: file and line."""
        delimited = any(table.form in ("csv", "tsv") for table in self._job.tables)
        return self._do(_MALFORMED) if delimited else []

    def close(self) -> None:
        """Let go of the memory and of what was spilt."""
        self._link.close()
        self._folder.cleanup()


_WRITTEN = """CREATE TEMP TABLE written (file INTEGER, number BIGINT, claim VARCHAR, forecaster VARCHAR, instant BIGINT,
  p DOUBLE)"""
_OF_WRITTEN = """SELECT file, number, claim, forecaster, instant, p, NULL::TINYINT AS outcome, NULL::BIGINT AS opens,
  NULL::BIGINT AS closes, NULL::BIGINT AS decided, NULL::VARCHAR AS reason FROM written"""
_QUESTIONS = """CREATE TEMP TABLE questions (claim VARCHAR, state VARCHAR, outcome TINYINT, opens BIGINT,
  closes BIGINT, decided BIGINT)"""
_TOTALS = "SELECT count(DISTINCT claim), sum(forecasts)::BIGINT, sum(squares) / sum(forecasts) FROM pairs"
_GIVEN = """SELECT claim, instant, p FROM kept WHERE state = 'scored' AND forecaster = $by ORDER BY claim, instant"""
_MALFORMED = """SELECT DISTINCT file_path, line FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
  ORDER BY file_path, line"""
