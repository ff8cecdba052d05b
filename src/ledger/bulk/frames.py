"""The measures on data frames, by narwhals: Polars and Spark run the same expressions.

Each step makes one frame from those before it; `reference` says what the measures mean, `sql` says the same in SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..days import DAY
from ..scoring.forecasters import CROWDS, Moments
from .installed import module
from .layout import MEASURES, BinSums, GivenAt, Job, Pair, Reduced, Reject, Tally, accounted
from .rows import as_date, placed

Frame = Any  # a lazy frame of narwhals
Expr = Any


class Frames:
    """A job scored on lazy frames; an engine gives it rows and questions, and ways to keep and to fetch a frame.

    `rows` has the columns file, number, claim, forecaster, instant, p, outcome, opens, closes, decided, reason.
    """

    def __init__(
        self,
        job: Job,
        rows: Frame,
        questions: Frame | None,
        formerly: Frame | None,
        *,
        keep: Callable[[Frame], Frame],
        fetch: Callable[[Frame], list[tuple[Any, ...]]],
        progress: Callable[[float], None],
    ) -> None:
        self._nw = module("narwhals", "this engine")
        self._job, self._fetch = job, fetch
        if formerly is not None:
            renamed = rows.join(formerly, left_on="claim", right_on="old", how="left")
            rows = renamed.with_columns(claim=self._nw.coalesce("name", "claim")).drop("name")
        questions = keep(self._told(rows) if questions is None else questions)
        progress(0.2)
        self._rows = keep(self._about(rows.drop("outcome", "opens", "closes", "decided"), questions))
        progress(0.4)
        self._kept = keep(self._keep(self._rows))
        self._lives = keep(self._life(self._kept, questions))
        progress(0.6)
        self._pairs = keep(self._pair(self._kept, self._lives))
        progress(0.8)
        self._middles = keep(self._middle(self._pairs))

    # --- expressions ---

    def _col(self, name: str) -> Expr:
        return self._nw.col(name)

    def _if(self, *cases: tuple[Expr, Any], otherwise: Any = None) -> Expr:
        """The value of the first case that holds."""
        nw, found = self._nw, otherwise if hasattr(otherwise, "alias") else self._nw.lit(otherwise)
        for condition, value in reversed(cases):
            found = nw.when(condition).then(value if hasattr(value, "alias") else nw.lit(value)).otherwise(found)
        return found

    def _cut(self, name: str) -> Expr:
        """The first moment at which a forecast comes too late; see `layout.cut_of`."""
        moment = self._col(name)
        return self._if(((moment + 1) % DAY == 0, moment - (DAY - 1)), otherwise=moment)

    def _square(self, p: Expr) -> Expr:
        return (p - self._col("outcome")) * (p - self._col("outcome"))

    def _log(self, p: Expr) -> Expr:
        """The logarithm of the probability given to what happened; null where that was 0."""
        given = self._if((self._col("outcome") == 1, p), otherwise=1 - p)
        return self._if((given > 0, given.log()))

    # --- from rows to forecaster and question ---

    def _told(self, rows: Frame) -> Frame:
        """Questions as the rows themselves describe them."""
        nw, names = self._nw, ("outcome", "opens", "closes", "decided")
        found = (
            rows.filter(self._col("reason").is_null())
            .group_by("claim")
            .agg(
                *(nw.col(name).max() for name in names), *(nw.col(name).min().alias(f"least_{name}") for name in names)
            )
        )
        differs = nw.any_horizontal(*(nw.col(name) != nw.col(f"least_{name}") for name in names), ignore_nulls=True)
        state = self._if((differs, "contradiction"), (nw.col("outcome").is_null(), "open"), otherwise="scored")
        return found.with_columns(state=state).select("claim", "state", *names)

    def _about(self, rows: Frame, questions: Frame) -> Frame:
        """Rows with the state of their question, and what is wrong with them beside it."""
        nw, col = self._nw, self._col
        joined = rows.join(questions.select("claim", "state", "closes", "decided"), on="claim", how="left")
        cut = nw.min_horizontal(self._cut("closes"), self._cut("decided"))
        about = self._if(
            (~col("reason").is_null(), col("reason")),
            (col("state").is_null(), "unknown-claim"),
            (col("state") == "contradiction", "contradiction"),
            (col("instant") >= cut, "too-late"),
        )
        return joined.with_columns(reason=about).drop("closes", "decided")

    def _keep(self, rows: Frame) -> Frame:
        """One row a claim, forecaster and instant; where two disagree nobody can say which stood."""
        nw, col = self._nw, self._col
        together = rows.filter(col("reason").is_null()).group_by("claim", "forecaster", "instant", "state")
        found = together.agg(nw.col("p").min(), nw.col("p").max().alias("most")).filter(col("p") == col("most"))
        if self._job.until is None:
            return found.drop("most")
        later = self._if((col("instant") > self._job.until, "not-yet"), otherwise=col("state"))
        return found.with_columns(state=later).drop("most")

    def _life(self, kept: Frame, questions: Frame) -> Frame:
        nw, col = self._nw, self._col
        first = kept.filter(col("state") == "scored").group_by("claim").agg(nw.col("instant").min().alias("first"))
        found = questions.drop("state").join(first, on="claim", how="inner")
        opens = self._if((col("opens").is_null(), col("first")), otherwise=col("opens"))
        ends = nw.min_horizontal("closes", "decided")
        return found.with_columns(outcome=col("outcome").cast(nw.Float64), opens=opens, ends=ends).drop(
            "first", "decided"
        )

    def _pair(self, kept: Frame, lives: Frame) -> Frame:
        nw, col = self._nw, self._col
        scored = kept.filter(col("state") == "scored").drop("state").join(lives, on="claim", how="inner")
        scored = scored.with_columns(next=col("instant").shift(-1).over("claim", "forecaster", order_by="instant"))
        until = nw.min_horizontal("next", "ends") - nw.max_horizontal("instant", "opens")
        length = self._if((until > 0, until), otherwise=0).cast(nw.Float64)
        square = self._square(col("p"))
        timed = scored.with_columns(
            length=length,
            square=square,
            last=self._if((col("next").is_null(), col("p"))),
            life=col("closes") - col("opens"),
        ).with_columns(lived=col("length") * col("square"))
        return timed.group_by("claim", "forecaster").agg(
            nw.col("outcome").max(),
            nw.len().alias("forecasts"),
            nw.col("last").max().alias("p"),
            nw.col("square").sum().alias("squares"),
            nw.col("life").max(),
            nw.col("length").sum().alias("covered"),
            nw.col("lived").sum(),
        )

    def _middle(self, pairs: Frame) -> Frame:
        """What a question's forecasters said together: the sorted probabilities about the middle, and sums."""
        nw, col = self._nw, self._col
        p = col("p")
        ranked = pairs.with_columns(
            rank=p.rank("ordinal").over("claim").cast(nw.Int64), n=nw.len().over("claim").cast(nw.Int64)
        )
        twice, n = col("rank") * 2, col("n")
        middle = {
            "low": (twice == n) | (twice == n - 1) | (n == 1),
            "mid": (twice == n) | (twice == n + 1),
            "high": (twice == n + 2) | (twice == n + 3) | (n == 1),
        }
        # Of an even number `twice` is never odd, so each name takes exactly one forecaster of a question.
        log, odds = self._log(p), self._if(((p > 0) & (1 - p > 0), p.log() - (1 - p).log()))
        marked = ranked.with_columns(
            log=log,
            logit=odds,
            never=self._if((p == 0, 1), otherwise=0),
            always=self._if((1 - p == 0, 1), otherwise=0),
            **{name: self._if((condition, p)) for name, condition in middle.items()},
        )
        return marked.group_by("claim").agg(
            nw.col("outcome").max(),
            nw.len().alias("n"),
            nw.col("forecasts").sum(),
            *(nw.col(name).max() for name in ("low", "mid", "high", "never", "always")),
            nw.col("p").mean().alias("mean"),
            nw.col("log").sum().alias("logs"),
            nw.col("log").count().alias("finite"),
            nw.col("logit").mean(),
        )

    # --- from forecaster and question to forecasters ---

    def _marks(self, pairs: Frame) -> Frame:
        """The value of every measure for each forecaster and question."""
        col = self._col
        found = pairs.join(self._middles.drop("outcome", "forecasts"), on="claim", how="inner").with_columns(
            brier=self._square(col("p")), log=self._log(col("p"))
        )
        low, mid, high = (self._square(col(name)) for name in ("low", "mid", "high"))
        others = self._if(
            (col("n") % 2 == 0, self._if((col("p") <= col("low"), high), otherwise=low)),
            (col("p") == col("mid"), (low + high) / 2),
            (col("p") < col("mid"), (mid + high) / 2),
            otherwise=(low + mid) / 2,
        )
        covered, life = col("covered"), col("life").cast(self._nw.Float64)
        return found.with_columns(
            time_weighted=self._if((col("life") > 0, (col("lived") + 0.25 * (life - covered)) / life)),
            log_score=col("log").abs(),
            peer=self._if((col("finite") > 1, 100 * (col("log") - (col("logs") - col("log")) / (col("finite") - 1)))),
            relative=self._if((col("n") > 1, col("brier") - others)),
            coverage=self._if((col("life") > 0, covered / life)),
        )

    def _crowd_marks(self, rule: str) -> Frame:
        """The same for a crowd, on questions that at least two forecast, against all of these."""
        col, none = self._col, self._nw.lit(None).cast(self._nw.Float64)
        even = col("n") % 2 == 0
        odds = self._if(
            ((col("never") == 1) & (col("always") == 1), none),
            (col("never") == 1, 0.0),
            (col("always") == 1, 1.0),
            otherwise=1 / (1 + (-1 * col("logit")).exp()),
        )
        stated = {
            "median": self._if((even, (col("low") + col("high")) / 2), otherwise=col("mid")),
            "mean": col("mean"),
            "odds": odds,
        }[rule]
        found = self._middles.filter(col("n") > 1).with_columns(p=stated).filter(~col("p").is_null())
        low, mid, high = (self._square(col(name)) for name in ("low", "mid", "high"))
        log = self._log(col("p"))
        return found.with_columns(
            forecaster=self._nw.lit(rule),
            brier=self._square(col("p")),
            time_weighted=none,
            log_score=log.abs(),
            peer=self._if((col("finite") > 0, 100 * (log - col("logs") / col("finite")))),
            relative=self._square(col("p")) - self._if((even, (low + high) / 2), otherwise=mid),
            coverage=none,
        )

    def _tallies(self, marks: Frame, *, crowd: bool) -> Iterator[Tally]:
        nw = self._nw
        moments = [
            made
            for name in MEASURES
            for made in (
                nw.col(name).count().alias(f"{name}_n"),
                nw.col(name).mean().alias(f"{name}_mean"),
                nw.col(name).var(ddof=1).alias(f"{name}_var"),
            )
        ]
        counts = (nw.len().alias("questions"), nw.col("forecasts").sum())
        for name, questions, forecasts, *rest in sorted(
            self._fetch(marks.group_by("forecaster").agg(*counts, *moments)), key=lambda row: str(row[0])
        ):
            of = tuple(_moments(*rest[place : place + 3]) for place in range(0, len(rest), 3))
            misses = questions - of[MEASURES.index("log_score")].n
            yield Tally(name, crowd, questions, forecasts, misses, of)

    def reduce(self) -> Reduced:
        """All rows accounted for, and a tally a forecaster and crowd."""
        nw = self._nw
        reasons = dict(self._fetch(self._rows.group_by("reason").agg(nw.len().alias("n"))))
        states = dict(self._fetch(self._kept.group_by("state").agg(nw.len().alias("n"))))
        totals = (nw.col("forecasts").sum(), nw.col("squares").sum(), nw.len().alias("pairs"))
        forecasts, squares, _ = self._fetch(self._pairs.select(*totals))[0]
        (questions,) = self._fetch(self._lives.select(nw.len().alias("n")))[0]
        return Reduced(
            **accounted(reasons, states),
            questions=questions,
            forecasts=forecasts or 0,
            brier=squares / forecasts if forecasts else None,
            tallies=[
                *self._tallies(self._marks(self._pairs), crowd=False),
                *(tally for rule in CROWDS for tally in self._tallies(self._crowd_marks(rule), crowd=True)),
            ],
        )

    def pairs(self, first: str, second: str, measure: str) -> list[Pair]:
        """Both forecasters' values on the questions they share, in the order in which these ended."""
        col = self._col
        own = [
            self._marks(self._pairs.filter(col("forecaster") == name))
            .select("claim", col(measure).alias(value))
            .filter(~col(value).is_null())
            for name, value in ((first, "one"), (second, "other"))
        ]
        shared = own[0].join(own[1], on="claim", how="inner").join(self._lives, on="claim", how="inner")
        rows = [Pair(*row) for row in self._fetch(shared.select("ends", "claim", "one", "other"))]
        return sorted(rows, key=lambda pair: (pair.ended is None, pair.ended or 0, pair.question))

    def given(self, by: str) -> list[GivenAt]:
        """What one forecaster gave scored questions, by question and in order of time."""
        col = self._col
        found = self._kept.filter((col("state") == "scored") & (col("forecaster") == by))
        return sorted(GivenAt(*row) for row in self._fetch(found.select("claim", "instant", "p")))

    def bins(self, *, folded: bool = False, by: bool = False) -> list[BinSums]:
        """All scored forecasts in ten widths of probability, each forecaster's own on request."""
        nw, col = self._nw, self._col
        scored = self._kept.filter(col("state") == "scored").join(
            self._lives.select("claim", "outcome"), on="claim", how="inner"
        )
        turned = (col("p") < 0.5) if folded else (col("p") < 0)
        q = self._if((turned, 1 - col("p")), otherwise=col("p"))
        came = self._if((turned, 1 - col("outcome")), otherwise=col("outcome"))
        named = scored if by else scored.with_columns(forecaster=nw.lit(""))
        placed_in = named.with_columns(q=q, came=came).with_columns(
            bin=nw.min_horizontal((col("q") * 10).floor(), nw.lit(9.0)).cast(nw.Int64)
        )
        own = placed_in.group_by("claim", "forecaster", "bin").agg(
            nw.len().cast(nw.Float64).alias("n"), nw.col("q").sum().alias("stated"), nw.col("came").sum().alias("hits")
        )
        products = own.with_columns(
            hits_squared=col("hits") * col("hits"), hits_by_n=col("hits") * col("n"), n_squared=col("n") * col("n")
        )
        sums = ("n", "hits", "stated", "hits_squared", "hits_by_n", "n_squared")
        summed = products.group_by("forecaster", "bin").agg(
            nw.len().alias("questions"), *(nw.col(name).sum() for name in sums)
        )
        rows = self._fetch(summed.select("forecaster", "bin", "n", "questions", *sums[1:]))
        found = [
            BinSums(name if by else None, number, int(n), questions, int(hits), *rest)
            for name, number, n, questions, hits, *rest in rows
        ]
        return sorted(found, key=lambda one: (one.by or "", one.number))

    # --- what is left out ---

    def _left_out(self) -> list[tuple[Any, ...]]:
        """Every row that is left out: file, number, reason, claim, forecaster, instant, p."""
        nw, col = self._nw, self._col
        names = ("file", "number", "reason", "claim", "forecaster", "instant", "p")
        found = self._fetch(self._rows.filter(~col("reason").is_null()).select(*names))
        sound = self._rows.filter(col("reason").is_null()).with_columns(
            n=nw.len().over("claim", "forecaster", "instant")
        )
        found += _twice(self._fetch(sound.filter(col("n") > 1).select(*names)))
        return sorted(found, key=lambda row: row[:2])

    def rejects(self) -> Iterator[Reject]:
        """Every row that is left out, in the order of the files."""
        first = dict(self._fetch(self._rows.group_by("file").agg(self._nw.col("number").min())))
        by_file: dict[str, dict[int, Reject]] = defaultdict(dict)
        tables = {table.path: table for table in self._job.tables}
        for file, number, reason, claim, by, moment, p in self._left_out():
            row, stated = number - first[file] + 1, None if p is None else repr(p)
            if file in tables:
                by_file[file][row] = Reject(file, row, reason, claim, by, as_date(moment), stated)
            else:
                yield Reject(file, number, reason, claim, by, as_date(moment), stated)
        for file, own in by_file.items():
            yield from placed(tables[file], own)

    def close(self) -> None:
        """Nothing is held."""


def _twice(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of rows of one claim, forecaster and instant all but the first, or all of them where they disagree."""
    together: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row[:2]):
        together[row[3:6]].append(row)
    dropped = [own[1:] if len({row[6] for row in own}) == 1 else own for own in together.values()]
    return [(*row[:2], "twice", *row[3:]) for own in dropped for row in own]


def _moments(n: int, mean: float | None, variance: float | None) -> Moments:
    return Moments(n, mean if n else None, variance if n > 1 else None)
