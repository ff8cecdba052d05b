"""score: claims against their deadlines, group by group."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ..facts import Fact
from ..model import Ledger
from ..query import Filter, Row, select
from ..scoring import brier_score, brier_skill, certain_misses, log_score
from ..status import verdict
from .against import Against, Given, against, in_claims
from .arrange import Arrangement, Common, GroupsLeftOut, Shrinkage, arranged, common_of, shrunk
from .groups import (
    ALL,
    Account,
    Bounds,
    Clusters,
    Interval,
    Rate,
    groups_of,
    in_hindsight,
    rate_of_rows,
    standing,
)
from .quantities import Measured, Quantities, measured, quantities_of

if TYPE_CHECKING:
    from ..scoring.lexicon import Lexicon

EVERYTHING = Filter()


class Terms(NamedTuple):
    """How to score: level and method of intervals, reference of the skill, a lexicon, a level for bare ranges.

    `against` is somebody whose forecasts the claims are held against: those in the claims, or what was `given`. Groups
    may be shrunk and arranged.
    """

    level: float = 0.95
    method: str = "wilson"
    base_rate: float = 0.5
    lexicon: Lexicon | None = None
    range_level: float | None = None
    against: str | None = None
    shrink: bool = False
    arrangement: Arrangement = Arrangement()
    given: Given | None = None


class KindRate(NamedTuple):
    """The rate of one kind of claim."""

    kind: str
    n: int
    hit: int
    rate: float | None
    interval: Interval | None
    n_eff: float | None
    n_series: int


class WordScores(NamedTuple):
    """Scores of one end of the bands that a lexicon gives to words."""

    brier: float | None
    log_score: float | None
    certain_misses: int


class ByLexicon(NamedTuple):
    """Claims without a stated probability whose words stand in a lexicon, and the words that do not.

    `low` and `high` are scenarios: every word at that end of its band. `least` and `most` are bounds: each claim at the
    end that scores best, or worst.
    """

    n: int
    low: WordScores
    high: WordScores
    unmapped: tuple[str, ...]
    least: WordScores
    most: WordScores


class Undated(NamedTuple):
    """Judged claims without a deadline: in no rate."""

    hit: int
    miss: int
    partly: int


class Group(NamedTuple):
    """The scores of one group; what is undefined is None. An infinite log score comes with certain misses.

    Of claims that were `selected_by_outcome` there is neither rate nor score. `n_hindsight` is None where nobody wrote
    down when some of them were entered.
    """

    group: str | None
    n: int
    n_series: int
    hit: int
    late: int
    miss: int
    partly: int
    overdue: int
    rate: float | None
    interval: Interval | None
    bounds: Bounds | None
    lenient: float | None
    kinds: tuple[KindRate, ...]
    n_probability: int
    brier: float | None
    log_score: float | None
    certain_misses: int
    skill: float | None
    lexicon: ByLexicon | None
    quantities: Quantities
    n_hindsight: int | None
    without_hindsight: Rate
    judged_undated: Undated
    account: Account
    n_eff: float | None
    withdrawn: int
    awaiting: int
    selected_by_outcome: bool
    shrunk: float | None
    against: Against | None


_SCORES = (float, Interval, Bounds, ByLexicon, Against)  # of a group; what is counted is an int


class Score(NamedTuple):
    """All claims known on the day that pass the filter, their groups, and each observed quantity once."""

    day: date
    by: str | None
    terms: Terms
    account: Account
    groups: tuple[Group, ...]
    quantities: tuple[Measured, ...]
    whole: Group
    common_rate: Common | None
    shrinkage: Shrinkage | None
    groups_left_out: GroupsLeftOut


def score(
    ledger: Ledger, wanted: Filter = EVERYTHING, *, day: date, by: str | None = None, terms: Terms | None = None
) -> Score:
    """Score the claims that pass a filter; `by` is one of groups.BY. ValueError for a level or rate out of range."""
    return scores(ledger, wanted, day=day, by=(by,), terms=terms)[0]


def scores(
    ledger: Ledger, wanted: Filter = EVERYTHING, *, day: date, by: Sequence[str | None], terms: Terms | None = None
) -> list[Score]:
    """The score by each of several things; what does not hang on that is worked out once."""
    terms, today = terms or Terms(), day.toordinal()
    rows = select(ledger.facts, wanted, today)
    clusters = Clusters(ledger.facts, today)
    found = {row.number: measured(row, today, terms.range_level) for row in rows if row.state.account == "scored"}
    whole = _group(ALL, rows, today, terms, clusters, found) if any(by) else None
    shown = tuple(sorted((one for one in found.values() if one is not None), key=lambda one: one.id))
    made = []
    for one in by:
        groups = [_group(name, of, today, terms, clusters, found) for name, of in groups_of(rows, one)]
        groups = list(map(_selected, groups)) if wanted.statuses else groups
        made.append(_arranged(day, one, terms, groups, groups[0] if one is None or whole is None else whole, shown))
    return made


def _arranged(
    day: date, by: str | None, terms: Terms, groups: list[Group], whole: Group, shown: tuple[Measured, ...]
) -> Score:
    common = common_of(groups, terms.level) if by is not None else None
    groups, shrinkage = shrunk(groups) if terms.shrink and by is not None else (groups, None)
    groups, left_out = arranged(groups, terms.arrangement)
    return Score(day, by, terms, whole.account, tuple(groups), shown, whole, common, shrinkage, left_out)


def _group(
    name: str | None,
    rows: Sequence[Row],
    day: int,
    terms: Terms,
    clusters: Clusters,
    found: dict[int, Measured | None],
) -> Group:
    stands = standing(rows, clusters, level=terms.level, method=terms.method)
    account, counts, rate = stands.account, stands.scored, stands.rate
    scored = [row for row in rows if row.state.account == "scored"]
    undated = Counter(row.state.status for row in rows if row.state.account == "undated" and row.state.judged)
    chances = [row for row in scored if row.fact.probability is not None]
    stated = [row.fact.probability for row in chances if row.fact.probability is not None]
    outcomes = [row.state.status == "hit" for row in chances]
    entered = [in_hindsight(row.fact, verdict(row.fact, day)) for row in scored]
    log, misses = _surprise(stated, outcomes)
    return Group(
        group=name,
        n=rate.n,
        n_series=stands.n_series,
        hit=rate.hit,
        late=counts["late"],
        miss=counts["miss"],
        partly=counts["partly"],
        overdue=account.overdue,
        rate=rate.rate,
        interval=rate.interval,
        bounds=stands.bounds,
        lenient=_lenient(scored, day),
        kinds=_kinds(scored, terms, clusters),
        n_probability=len(stated),
        brier=brier_score(probabilities=stated, outcomes=outcomes),
        log_score=log,
        certain_misses=misses,
        skill=brier_skill(probabilities=stated, outcomes=outcomes, base_rate=terms.base_rate),
        lexicon=_by_lexicon(scored, terms.lexicon) if terms.lexicon else None,
        quantities=quantities_of(
            [(row, one) for row in scored if (one := found[row.number]) is not None], clusters, terms.level
        ),
        n_hindsight=stands.n_hindsight,
        without_hindsight=_rate(
            [row for row, late in zip(scored, entered, strict=True) if late is False], terms, clusters
        ),
        judged_undated=Undated(undated["hit"], undated["miss"], undated["partly"]),
        account=account,
        n_eff=rate.n_eff,
        withdrawn=counts["withdrawn"],
        awaiting=account.awaiting,
        selected_by_outcome=False,
        shrunk=None,
        against=_against(terms, scored, clusters),
    )


def _against(terms: Terms, scored: Sequence[Row], clusters: Clusters) -> Against | None:
    if terms.against is None:
        return None
    given = in_claims((row.fact for row in scored), terms.against) if terms.given is None else terms.given
    return against(terms.against, scored, clusters, given)


def _rate(scored: Sequence[Row], terms: Terms, clusters: Clusters) -> Rate:
    return rate_of_rows(scored, clusters, level=terms.level, method=terms.method)


def _selected(group: Group) -> Group:
    """The group of claims that were chosen by what came of them: counts, and no rate or score of any kind."""
    without: dict[str, Any] = {name: None for name, value in group._asdict().items() if isinstance(value, _SCORES)}
    return group._replace(
        **without,
        kinds=tuple(kind._replace(rate=None, interval=None) for kind in group.kinds),
        certain_misses=0,
        quantities=group.quantities.without_rates(),
        without_hindsight=group.without_hindsight._replace(rate=None, interval=None, n_eff=None),
        selected_by_outcome=True,
    )


def _lenient(scored: Sequence[Row], day: int) -> float | None:
    """Share of hits where partly, and late up to the latest reading of the deadline, count as hits.

    Claims enter when that reading is over, whatever has come of them; those taken back are out of it.
    """
    read = [row for row in scored if row.state.status != "withdrawn" and not _open_still(row.fact, day)]
    good = sum(row.state.status in ("hit", "partly") or _in_latest(row) for row in read)
    return good / len(read) if read else None


def _open_still(fact: Fact, day: int) -> bool:
    return fact.latest is not None and fact.latest.end >= day


def _in_latest(row: Row) -> bool:
    fact, slip = row.fact, row.state.slip_high
    if row.state.status != "late" or fact.latest is None or fact.deadline is None or slip is None:
        return False
    return fact.deadline.end + slip <= fact.latest.end


def _kinds(scored: Sequence[Row], terms: Terms, clusters: Clusters) -> tuple[KindRate, ...]:
    """The rate of each kind that is scored, whether there are any or not."""
    kinds = ("prediction", "target")
    return tuple(
        KindRate(kind, *_rate([row for row in scored if row.fact.kind == kind], terms, clusters)) for kind in kinds
    )


def _surprise(stated: Sequence[float], outcomes: Sequence[bool]) -> tuple[float | None, int]:
    """The log score and how many outcomes had been called impossible: they alone make it infinite."""
    log = log_score(probabilities=stated, outcomes=outcomes)
    return log, certain_misses(probabilities=stated, outcomes=outcomes) if log == math.inf else 0


def _by_lexicon(scored: Iterable[Row], lexicon: Lexicon) -> ByLexicon:
    from ..scoring.lexicon import lookup

    bands, outcomes, unmapped = [], [], set()
    for row in scored:
        words = _words(row.fact)
        band = lookup(lexicon.name, words) if words else None
        if band is not None:
            bands.append(band)
            outcomes.append(row.state.status == "hit")
        elif words:
            unmapped.add(words)
    return ByLexicon(
        n=len(bands),
        low=_word_scores([band.low for band in bands], outcomes),
        high=_word_scores([band.high for band in bands], outcomes),
        unmapped=tuple(sorted(unmapped)),
        least=_word_scores([b.high if y else b.low for b, y in zip(bands, outcomes, strict=True)], outcomes),
        most=_word_scores([b.low if y else b.high for b, y in zip(bands, outcomes, strict=True)], outcomes),
    )


def _words(fact: Fact) -> str | None:
    """The words of a claim that states no number: stated numbers and mapped ones never mix."""
    return fact.probability_words if fact.probability is None else None


def _word_scores(probabilities: Sequence[float], outcomes: Sequence[bool]) -> WordScores:
    log, misses = _surprise(probabilities, outcomes)
    return WordScores(brier_score(probabilities=probabilities, outcomes=outcomes), log, misses)
