"""Every measure of forecasters in plain Python: the definition that the other engines are held against."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..errors import UsageError
from ..scoring.forecasters import (
    CROWDS,
    Middle,
    crowd,
    log_likelihood,
    median_brier,
    middle_of,
    moments,
    others_median,
)
from .layout import (
    MEASURES,
    PYTHON_ROWS,
    BinSums,
    ClaimForecast,
    GivenAt,
    Job,
    Pair,
    Question,
    Reduced,
    Reject,
    Tally,
    cut_of,
)
from .rows import ForecastRow, rows_of

NO_SKILL = 0.25


class Life(NamedTuple):
    """A question that is scored: what happened, its scheduled life, and when nobody could learn more."""

    outcome: int
    opens: int
    closes: int | None
    ends: int | None


class Stand(NamedTuple):
    """One forecaster on one question: the last probability, and the score of each measure; None is undefined."""

    claim: str
    by: str
    forecasts: int
    p: float
    values: tuple[float | None, ...]


class ReferenceJob:
    """A job read and scored by plain Python, up to PYTHON_ROWS rows."""

    def __init__(self, job: Job, progress: Callable[[float], None] = lambda share: None) -> None:
        self._job, self._progress = job, progress
        self._rows = list(self._read())
        self._questions = job.questions if job.questions is not None else _told(self._rows)
        self._reasons = Counter(row.reason for row in self._rows if row.reason is not None)
        self._unscored: Counter[str] = Counter()
        self._kept = self._keep()
        self._lives = {name: self._life(name, found) for name, found in self._kept.items()}

    def _read(self) -> Iterator[ForecastRow]:
        count = 0
        sources: list[Iterable[ForecastRow]] = [
            *(rows_of(table) for table in self._job.tables),
            map(_of, self._job.written),
        ]
        for number, rows in enumerate(sources):
            self._progress(number / len(sources))
            for row in rows:
                count += 1
                if count > PYTHON_ROWS:
                    raise UsageError(
                        f"more than {PYTHON_ROWS:,} forecasts, which is what plain Python takes",
                        hint="pip install 'forecast-ledger[bulk]' for the engine duckdb, then run this again",
                    )
                name = self._job.formerly.get(row.claim or "")
                yield row if name is None else row._replace(claim=name)

    # --- which rows count ---

    def _keep(self) -> dict[str, dict[str, list[tuple[int, float]]]]:
        """The forecasts of each forecaster on each scored question, in order of time; the others are counted."""
        together: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            reason = row.reason or self._reason(row)
            if reason is not None:
                self._drop(number, reason)
            else:
                together[row.claim or "", row.by or "", row.at].append(number)
        kept: dict[str, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
        for (claim, by, at), numbers in sorted(together.items()):
            agree = len({self._rows[number].p for number in numbers}) == 1
            for number in numbers[1:] if agree else numbers:
                self._drop(number, "twice")
            if not agree:
                continue
            state = "not-yet" if self._job.until is not None and at > self._job.until else self._state(claim)
            if state == "scored":
                kept[claim][by].append((at, self._rows[numbers[0]].p))
            else:
                self._unscored[state] += 1
        return kept

    def _reason(self, row: ForecastRow) -> str | None:
        found = self._questions.get(row.claim or "")
        if found is None:
            return "unknown-claim"
        if found.state == "contradiction":
            return "contradiction"
        ends = [cut_of(moment) for moment in (found.closes, found.decided) if moment is not None]
        return "too-late" if ends and row.at >= min(ends) else None

    def _drop(self, number: int, reason: str) -> None:
        if self._rows[number].reason is None:
            self._rows[number] = self._rows[number]._replace(reason=reason)
            self._reasons[reason] += 1

    def _state(self, claim: str) -> str:
        return self._questions[claim].state

    def _life(self, claim: str, found: Mapping[str, Sequence[tuple[int, float]]]) -> Life:
        question = self._questions[claim]
        first = min(stated[0][0] for stated in found.values())
        ends = [moment for moment in (question.closes, question.decided) if moment is not None]
        opens = first if question.opens is None else question.opens
        return Life(question.outcome or 0, opens, question.closes, min(ends) if ends else None)

    # --- what they are worth ---

    def reduce(self) -> Reduced:
        """All rows accounted for, and a tally a forecaster and crowd."""
        stands = [stand for claim in self._kept for stand in self._stands(claim)]
        squares = [
            (p - self._lives[claim].outcome) ** 2
            for claim, found in self._kept.items()
            for stated in found.values()
            for _, p in stated
        ]
        crowds = [stand for claim in self._kept for stand in self._crowds(claim)]
        return Reduced(
            rows=len(self._rows),
            rejected=dict(self._reasons),
            unscored=dict(self._unscored),
            questions=len(self._kept),
            forecasts=len(squares),
            brier=math.fsum(squares) / len(squares) if squares else None,
            tallies=[*_tallies(stands, crowd=False), *_tallies(crowds, crowd=True)],
        )

    def pairs(self, first: str, second: str, measure: str) -> list[Pair]:
        """Both forecasters' values on the questions they share, in the order in which these ended."""
        place = MEASURES.index(measure)
        shared = []
        for claim, found in self._kept.items():
            stands = {stand.by: stand.values[place] for stand in self._stands(claim)} if first in found else {}
            one, other = stands.get(first), stands.get(second)
            if one is not None and other is not None:
                shared.append(Pair(self._lives[claim].ends, claim, one, other))
        return sorted(shared, key=lambda pair: (pair.ended is None, pair.ended or 0, pair.question))

    def _stands(self, claim: str) -> list[Stand]:
        found, life = self._kept[claim], self._lives[claim]
        last = {by: stated[-1][1] for by, stated in found.items()}
        middle = middle_of(sorted(last.values()))
        logs = [value for p in last.values() if (value := log_likelihood(p, life.outcome)) is not None]
        total = math.fsum(logs)
        stands = []
        for by, stated in found.items():
            p, y = last[by], life.outcome
            own = log_likelihood(p, y)
            weighted, coverage = _over_time(stated, life)
            peer = 100 * (own - (total - own) / (len(logs) - 1)) if own is not None and len(logs) > 1 else None
            relative = (p - y) ** 2 - others_median(p, y, middle) if middle and len(last) > 1 else None
            values = ((p - y) ** 2, weighted, None if own is None else abs(own), peer, relative, coverage)
            stands.append(Stand(claim, by, len(stated), p, values))
        return stands

    def _crowds(self, claim: str) -> list[Stand]:
        """The crowds of a question that at least two forecast, against all of these."""
        found, y = self._kept[claim], self._lives[claim].outcome
        stated = sorted(stated[-1][1] for stated in found.values())
        if len(stated) < 2:
            return []
        middle = middle_of(stated)
        logs = [value for p in stated if (value := log_likelihood(p, y)) is not None]
        number = sum(map(len, found.values()))
        return [
            Stand(claim, rule, number, p, _crowd_values(p, y, logs, middle))
            for rule, p in crowd(probabilities=stated).items()
            if p is not None
        ]

    def given(self, by: str) -> list[GivenAt]:
        """What one forecaster gave scored questions, by question and in order of time."""
        return sorted(GivenAt(claim, at, p) for claim, found in self._kept.items() for at, p in found.get(by, ()))

    def bins(self, *, folded: bool = False, by: bool = False) -> list[BinSums]:
        """All scored forecasts in ten widths of probability, each forecaster's own on request."""
        counts: dict[tuple[str | None, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        sums: dict[tuple[str | None, int], list[float]] = defaultdict(list)
        for claim, found in self._kept.items():
            y = self._lives[claim].outcome
            for name, stated in found.items():
                for _, p in stated:
                    turned = folded and p < 0.5
                    q = 1 - p if turned else p
                    key = (name if by else None, min(int(q * 10), 9))
                    own = counts[key][claim]
                    own[0] += 1 - y if turned else y
                    own[1] += 1
                    sums[key].append(q)
        return [_bin(key, list(counts[key].values()), sums[key]) for key in sorted(counts, key=_order)]

    def rejects(self) -> Iterator[Reject]:
        """Every row that is left out, in the order of the files."""
        for row in self._rows:
            if row.reason is not None:
                yield Reject(row.file, row.row, row.reason, row.claim, row.by, row.date, row.probability)

    def close(self) -> None:
        """Nothing is held."""


def _of(forecast: ClaimForecast) -> ForecastRow:
    return ForecastRow(
        forecast.file, forecast.row, forecast.claim, forecast.by, None, None, forecast.at, forecast.probability
    )


def _told(rows: Iterable[ForecastRow]) -> dict[str, Question]:
    """The questions as the rows themselves describe them."""
    found: dict[str, tuple[set[int], ...]] = defaultdict(lambda: (set(), set(), set(), set()))
    for row in rows:
        if row.reason is None and row.claim is not None:
            for values, value in zip(found[row.claim], (row.outcome, row.opens, row.closes, row.decided), strict=True):
                if value is not None:
                    values.add(value)
    return {claim: _question(*values) for claim, values in found.items()}


def _question(outcomes: set[int], *days: set[int]) -> Question:
    if len(outcomes) > 1 or any(len(values) > 1 for values in days):
        return Question("contradiction")
    opens, closes, decided = (next(iter(values), None) for values in days)
    outcome = next(iter(outcomes), None)
    return Question("open" if outcome is None else "scored", outcome, opens, closes, decided)


def _over_time(stated: Sequence[tuple[int, float]], life: Life) -> tuple[float | None, float | None]:
    """The Brier score over the scheduled life, time without a forecast at NO_SKILL, and the share of it covered."""
    if life.closes is None or life.ends is None or life.closes <= life.opens:
        return None, None
    ends = [at for at, _ in stated[1:]] + [life.ends]
    spans = [
        (max(0, min(end, life.ends) - max(at, life.opens)), (p - life.outcome) ** 2)
        for (at, p), end in zip(stated, ends, strict=True)
    ]
    total, covered = life.closes - life.opens, sum(length for length, _ in spans)
    lived = math.fsum(length * square for length, square in spans)
    return (lived + NO_SKILL * (total - covered)) / total, covered / total


def _crowd_values(p: float, y: int, logs: Sequence[float], middle: Middle | None) -> tuple[float | None, ...]:
    own = log_likelihood(p, y)
    peer = 100 * (own - math.fsum(logs) / len(logs)) if own is not None and logs else None
    relative = (p - y) ** 2 - median_brier(y, middle) if middle else None
    return (p - y) ** 2, None, None if own is None else abs(own), peer, relative, None


def _tallies(stands: Sequence[Stand], *, crowd: bool) -> Iterator[Tally]:
    found: dict[str, list[Stand]] = defaultdict(list)
    for stand in stands:
        found[stand.by].append(stand)
    for name in CROWDS if crowd else sorted(found):
        own = found.get(name, [])
        columns = list(zip(*(stand.values for stand in own), strict=True))
        if own:
            yield Tally(
                name,
                crowd,
                len(own),
                sum(stand.forecasts for stand in own),
                sum(value is None for value in columns[MEASURES.index("log_score")]),
                tuple(moments([value for value in column if value is not None]) for column in columns),
            )


def _order(key: tuple[str | None, int]) -> tuple[str, int]:
    return key[0] or "", key[1]


def _bin(key: tuple[str | None, int], counts: Sequence[Sequence[int]], stated: Sequence[float]) -> BinSums:
    return BinSums(
        *key,
        n=len(stated),
        questions=len(counts),
        hits=sum(h for h, _ in counts),
        stated=math.fsum(stated),
        hits_squared=float(sum(h * h for h, _ in counts)),
        hits_by_n=float(sum(h * n for h, n in counts)),
        n_squared=float(sum(n * n for _, n in counts)),
    )
