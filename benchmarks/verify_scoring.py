"""Compare ledger.scoring with independent libraries on seeded random inputs (`make verify`).

Needs scikit-learn, scipy, statsmodels, lifelines, model-diagnostics and scores, in an environment of their
own: none of them is needed to use or to test the ledger. Prints one line per comparison and exits 1 if any
two numbers differ by more than its tolerance.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from ledger import scoring

try:
    import lifelines
    import lifelines.exceptions
    import numpy as np
    import pandas as pd
    import scipy.optimize
    import scipy.special
    import scipy.stats
    import xarray as xr
    from lifelines.fitters.npmle import npmle
    from model_diagnostics.scoring import LogLoss, SquaredError, decompose
    from scores.continuous import interval_score as scores_interval
    from scores.continuous import isotonic_fit
    from scores.probability import brier_score as scores_brier
    from sklearn.isotonic import IsotonicRegression
    from sklearn.metrics import brier_score_loss, d2_brier_score, log_loss
    from statsmodels.duration.survfunc import SurvfuncRight
    from statsmodels.stats.proportion import proportion_confint
except ImportError as missing:
    sys.exit(f"{missing}: install scikit-learn scipy statsmodels lifelines model-diagnostics scores in an environment")

COSMESIS = Path(__file__).parent.parent / "tests/scoring/data/cosmesis.json"
LIBRARIES = ("scikit-learn", "scipy", "statsmodels", "lifelines", "model-diagnostics", "scores")
Pair = tuple[Any, Any]


@dataclass(frozen=True)
class Comparison:
    """Draw inputs, return (ours, theirs) pairs; `tolerance` is relative and absolute."""

    what: str
    against: str
    draw: Callable[[Random], Iterator[Pair]]
    tolerance: float = 1e-11


def forecasts(random: Random) -> dict[str, Any]:
    """Draw 2 to 60 forecasts, on tenths, hundredths or anything between, with at least one of each outcome."""
    n, grid = 2 + int(59 * random.random()), [10, 100, 0][int(3 * random.random())]
    stated = [round(random.random() * grid) / grid if grid else random.random() for _ in range(n)]
    outcomes = [int(random.random() < 0.2 + 0.6 * p) for p in stated]
    return {"probabilities": stated, "outcomes": [0, 1, *outcomes[2:]]}


def inner(random: Random) -> dict[str, Any]:
    """Draw forecasts strictly between 0 and 1: other libraries clip the rest."""
    drawn = forecasts(random)
    return drawn | {"probabilities": [min(max(p, 0.01), 0.99) for p in drawn["probabilities"]]}


def brier_sklearn(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    yield scoring.brier_score(**drawn), brier_score_loss(drawn["outcomes"], drawn["probabilities"])


def brier_scores(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    theirs = scores_brier(xr.DataArray(drawn["probabilities"]), xr.DataArray(drawn["outcomes"]))
    yield scoring.brier_score(**drawn), float(theirs)


def log_sklearn(random: Random) -> Iterator[Pair]:
    drawn = inner(random)
    yield scoring.log_score(**drawn), log_loss(drawn["outcomes"], drawn["probabilities"])


def skill_sklearn(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    theirs = d2_brier_score(drawn["outcomes"], drawn["probabilities"])
    yield scoring.brier_skill(**drawn, base_rate=None), theirs


def murphy_pandas(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    ours = scoring.murphy(**drawn)
    assert ours is not None
    frame = pd.DataFrame(drawn)
    rate = frame["outcomes"].mean()
    group = frame.groupby("probabilities")["outcomes"].agg(["mean", "size"]).reset_index()
    yield ours.reliability, (group["size"] * (group["probabilities"] - group["mean"]) ** 2).sum() / len(frame)
    yield ours.resolution, (group["size"] * (group["mean"] - rate) ** 2).sum() / len(frame)
    yield ours.uncertainty, rate * (1 - rate)


def murphy_edges(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    edges = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    ours = scoring.murphy(**drawn, edges=edges)
    assert ours is not None
    p, y = np.array(drawn["probabilities"]), np.array(drawn["outcomes"])
    which = np.minimum(np.digitize(p, edges), 10)
    mean_p = np.array([p[which == k].mean() for k in which])
    mean_y = np.array([y[which == k].mean() for k in which])
    yield ours.reliability, ((mean_p - mean_y) ** 2).mean()
    yield ours.resolution, ((mean_y - y.mean()) ** 2).mean()
    yield ours.within_bin_variance, ((p - mean_p) ** 2).mean()
    yield ours.within_bin_covariance, ((p - mean_p) * (y - mean_y)).mean()


def corp_by(kind: str) -> Callable[[Random], Iterator[Pair]]:
    def draw(random: Random) -> Iterator[Pair]:
        drawn = inner(random)
        ours = scoring.corp(**drawn, score="brier" if kind == "brier" else "log")
        assert ours is not None
        function = SquaredError() if kind == "brier" else LogLoss()
        row = decompose(
            y_obs=np.array(drawn["outcomes"]),
            y_pred=np.array(drawn["probabilities"]),
            scoring_function=function,
            functional="mean",
        )
        yield ours.score, row["score"][0]
        yield ours.miscalibration, row["miscalibration"][0]
        yield ours.discrimination, row["discrimination"][0]
        yield ours.uncertainty, row["uncertainty"][0]

    return draw


def isotonic_sklearn(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    ours = scoring.corp(**drawn)
    assert ours is not None
    model = IsotonicRegression().fit(drawn["probabilities"], drawn["outcomes"])
    yield from zip(ours.recalibrated, model.predict(list(ours.probabilities)), strict=True)


def isotonic_scores(random: Random) -> Iterator[Pair]:
    drawn = forecasts(random)
    ours = scoring.corp(**drawn)
    assert ours is not None
    p, y = np.array(drawn["probabilities"]), np.array(drawn["outcomes"], dtype=float)
    fitted = isotonic_fit(p, y)
    yield from zip(ours.recalibrated, fitted["regression_values"], strict=True)


def null_by_sklearn(random: Random) -> Iterator[Pair]:
    stated = sorted(forecasts(random)["probabilities"])
    seed, draws = int(1e9 * random.random()), 20
    ours = scoring.corp_null(probabilities=stated, draws=draws, seed=seed)
    assert ours is not None
    uniform, found = Random(seed).random, []
    for _ in range(draws):
        y = [float(uniform() < p) for p in stated]
        fit = IsotonicRegression().fit(stated, y).predict(stated)
        found.append(np.mean((np.array(stated) - y) ** 2) - np.mean((fit - y) ** 2))
    yield ours.mean, np.mean(found)
    yield ours.percentile95, np.quantile(found, 0.95, method="inverted_cdf")


def counts(random: Random, most: int) -> tuple[int, int]:
    n = 1 + int(most * random.random())
    return int((n + 1) * random.random()), n


def wilson_statsmodels(random: Random) -> Iterator[Pair]:
    hits, n = counts(random, 2000)
    level = 0.5 + 0.499 * random.random()
    theirs = proportion_confint(hits, n, alpha=1 - level, method="wilson")
    yield from zip(scoring.wilson(hits=hits, n=n, level=level) or (), theirs, strict=True)


def wilson_scipy(random: Random) -> Iterator[Pair]:
    hits, n = counts(random, 2000)
    theirs = scipy.stats.binomtest(hits, n).proportion_ci(0.95, "wilson")
    yield from zip(scoring.wilson(hits=hits, n=n) or (), (theirs.low, theirs.high), strict=True)


def jeffreys_scipy(random: Random) -> Iterator[Pair]:
    hits, n = counts(random, 2000)
    level = 0.5 + 0.499 * random.random()
    beta = scipy.stats.beta(hits + 0.5, n - hits + 0.5)
    low, high = beta.ppf((1 - level) / 2), beta.ppf((1 + level) / 2)
    theirs = (0.0 if hits == 0 else low, 1.0 if hits == n else high)
    yield from zip(scoring.jeffreys(hits=hits, n=n, level=level) or (), theirs, strict=True)


def binomial_scipy(random: Random) -> Iterator[Pair]:
    hits, n = counts(random, 400)
    p = random.random()
    yield scoring.binomial_test(hits=hits, n=n, p=p), scipy.stats.binomtest(hits, n, p).pvalue


def sign_scipy(random: Random) -> Iterator[Pair]:
    below, n = counts(random, 400)
    yield scoring.sign_test(below=below, n=n), scipy.stats.binomtest(below, n, 0.5).pvalue


def hits_scipy(random: Random) -> Iterator[Pair]:
    stated = forecasts(random)["probabilities"]
    hits = int((len(stated) + 1) * random.random())
    law = scipy.stats.poisson_binom(stated)
    theirs = (law.cdf(hits), law.sf(hits - 1) if hits else 1.0)
    yield from zip(scoring.hits_probability(probabilities=stated, hits=hits), theirs, strict=True)


def interval_scores(random: Random) -> Iterator[Pair]:
    low, width, value = 100 * random.random(), 50 * random.random(), 200 * random.random()
    level = 0.05 + 0.9 * random.random()
    ours = scoring.interval_score(low=low, high=low + width, value=value, level=level)
    ends = (xr.DataArray([low]), xr.DataArray([low + width]), xr.DataArray([value]))
    yield ours, float(scores_interval(*ends, interval_range=level)["total"])


def time_weighted_sklearn(random: Random) -> Iterator[Pair]:
    end, outcome = 1 + int(400 * random.random()), int(random.random() < 0.5)
    days = sorted({0, *(int(end * random.random()) for _ in range(int(6 * random.random())))})
    stated = [(day, random.random()) for day in days]
    ours = scoring.time_weighted_brier(stated=stated, outcome=outcome, start=0, end=end)
    lasting = np.diff([*days, end])
    y = [outcome] * len(days)
    theirs = brier_score_loss(y, [p for _, p in stated], sample_weight=lasting, pos_label=1)
    yield ours.live, theirs


def lives(random: Random) -> tuple[list[float], list[int]]:
    n, whole = 2 + int(60 * random.random()), random.random() < 0.5
    durations = [1 + (int(20 * random.random()) if whole else 20 * random.random()) for _ in range(n)]
    return durations, [1, *(int(random.random() < 0.6) for _ in range(n - 1))]


def pairs_of_curve(ours: scoring.KaplanMeier, theirs: Callable[[Sequence[float]], Any]) -> Iterator[Pair]:
    yield from zip(ours.survival, theirs(ours.times), strict=True)


def survival_lifelines(random: Random) -> Iterator[Pair]:
    durations, events = lives(random)
    ours = scoring.kaplan_meier(durations=durations, events=events)
    fitter = lifelines.KaplanMeierFitter().fit(durations, events)
    yield from pairs_of_curve(ours, fitter.survival_function_at_times)


def survival_statsmodels(random: Random) -> Iterator[Pair]:
    durations, events = lives(random)
    ours = scoring.kaplan_meier(durations=durations, events=events)
    curve = SurvfuncRight(durations, events)
    known = dict(zip(curve.surv_times, curve.surv_prob, strict=True))
    yield from pairs_of_curve(ours, lambda times: [known[t] for t in times])


def entry_lifelines(random: Random) -> Iterator[Pair]:
    durations, events = lives(random)
    entries = [0.0 if random.random() < 0.5 else 0.9 * random.random() * d for d in durations]
    ours = scoring.kaplan_meier(durations=durations, events=events, entries=entries)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitter = lifelines.KaplanMeierFitter().fit(durations, events, entry=entries)
        except lifelines.exceptions.StatError:
            return  # it refuses where nobody is at risk early on; `exhausted` tells ours
    yield from pairs_of_curve(ours, fitter.survival_function_at_times)


def median_lifelines(random: Random) -> Iterator[Pair]:
    durations, events = lives(random)
    ours = scoring.kaplan_meier(durations=durations, events=events)
    if any(abs(s - 0.5) < 1e-9 for s in ours.survival):
        return  # lifelines rounds there; our exact choice is tested against fractions
    fitter = lifelines.KaplanMeierFitter().fit(durations, events)
    yield math.inf if ours.median is None else ours.median, fitter.median_survival_time_


def turnbull_published(random: Random) -> Iterator[Pair]:
    """The breast cosmesis data of Finkelstein and Wolfe (1985), as Fay and Shaw (2010) print its estimate."""
    arms = json.loads(COSMESIS.read_text(encoding="utf-8"))
    for name in ("radiation", "radiation and chemotherapy"):
        seen, printed = arms[name]["observed"], arms[name]["mass"]
        high = [math.inf if b is None else b for _, b in seen]
        ours = scoring.turnbull(low=[a for a, _ in seen], high=high, left_open=True)
        for place, column in enumerate((ours.low, ours.high, ours.mass)):
            yield from zip(column, (row[place] for row in printed), strict=True)


def turnbull_lifelines(random: Random) -> Iterator[Pair]:
    """Shares come by the end of each innermost interval; lifelines knows closed intervals only."""
    n = 5 + int(40 * random.random())
    low = [int(20 * random.random()) for _ in range(n)]
    high = [a + int(8 * random.random()) if random.random() < 0.7 else math.inf for a in low]
    ours = scoring.turnbull(low=low, high=high)
    # what has not come is later than its look: half a step later, where all else falls on whole numbers
    left = [a if h < math.inf else a + 0.5 for a, h in zip(low, high, strict=True)]
    masses, intervals = npmle(left, high, tol=1e-12, max_iter=1_000_000)
    for end in ours.high:
        if end < math.inf:
            come = sum(p for p, interval in zip(masses, intervals, strict=True) if interval.right <= end)
            yield ours.by(end)[0], float(come)


def turnbull_by_optimiser(random: Random) -> Iterator[Pair]:
    """The largest log likelihood that a general optimiser finds over all points and gaps between them."""
    n = 4 + int(12 * random.random())
    low = [random.random() * 5 for _ in range(n)]
    high = [a + 3 * random.random() if random.random() < 0.6 else math.inf for a in low]
    seen = list(zip(low, high, strict=True))
    ours = scoring.turnbull(low=low, high=high)
    ends = sorted({*low, *(h for h in high if h < math.inf)})
    cells = [*((end, end) for end in ends), *zip(ends, [*ends[1:], math.inf], strict=True)]
    inside = np.array([[holds(cell, one) for cell in cells] for one in seen], dtype=float)

    def spent(x: Any) -> float:
        mass = np.exp(x - x.max())
        return -float(np.log(inside @ (mass / mass.sum())).sum())

    options = {"maxiter": 5000, "maxfun": 500_000, "ftol": 1e-15, "gtol": 1e-9}
    best = scipy.optimize.minimize(spent, np.zeros(len(cells)), method="L-BFGS-B", options=options).fun
    masses = list(zip(ours.low, ours.high, ours.mass, strict=True))
    own = [math.fsum(mass for a, b, mass in masses if holds((a, b), one)) for one in seen]
    found = sum(map(math.log, own))
    yield found, max(found, -best)  # that it stops short of the maximum is no fault of ours


def holds(cell: tuple[float, float], observed: tuple[float, float]) -> bool:
    """Whether a cell lies in an observation; what has not come is later than its look."""
    (a, b), (low, high) = cell, observed
    return a >= low and b <= high if high < math.inf else a >= low and b > low


def incidence_statsmodels(random: Random) -> Iterator[Pair]:
    """Greenwood's standard error through the effective number: p (1 - p) / n_eff is the variance."""
    durations, events = lives(random)
    high = [t if e else math.inf for t, e in zip(durations, events, strict=True)]
    found = scoring.incidence(low=durations, high=high)
    curve = SurvfuncRight(durations, events)
    known = dict(zip(curve.surv_times, curve.surv_prob_se, strict=True))
    for at in found.band:
        if 0.01 < at.share < 0.99 and 1 < at.n_eff < len(durations):
            yield math.sqrt(at.share * (1 - at.share) / at.n_eff), known[at.time]


def entered_statsmodels(random: Random) -> Iterator[Pair]:
    """The same with delayed entry, at times from which on somebody stays at risk."""
    durations, events = lives(random)
    entries = [0.0 if random.random() < 0.5 else 0.9 * random.random() * d for d in durations]
    high = [t if e else math.inf for t, e in zip(durations, events, strict=True)]
    found = scoring.incidence(low=durations, high=high, entries=entries)
    if found.curve.exhausted or not all(found.curve.survival[:-1]):
        return
    curve = SurvfuncRight(durations, events, entry=[entry or -1.0 for entry in entries])
    known = dict(zip(curve.surv_times, zip(curve.surv_prob, curve.surv_prob_se, strict=True), strict=True))
    for at in found.band:
        share, error = known[at.time]
        yield at.share, 1 - share
        if 0.01 < at.share < 0.99 and 1 < at.n_eff < len(durations):
            yield math.sqrt(at.share * (1 - at.share) / at.n_eff), error


def effective_statsmodels(random: Random) -> Iterator[Pair]:
    """Variance of a mean with balanced clusters: that of the mean of cluster means."""
    groups, size = 3 + int(10 * random.random()), 2 + int(4 * random.random())
    outcomes = np.array([[int(random.random() < 0.5) for _ in range(size)] for _ in range(groups)])
    p = outcomes.mean()
    variance = outcomes.mean(axis=1).var(ddof=1) / groups
    keys = np.repeat(np.arange(groups), size).tolist()
    ours = scoring.effective_n(outcomes=outcomes.ravel().tolist(), clusters=keys)
    if 0 < p < 1 and variance > 0:
        yield ours, min(groups * size, max(1.0, p * (1 - p) / variance))


def effective_jackknife(random: Random) -> Iterator[Pair]:
    """Variance of the share by leaving out one cluster after the other, of any sizes."""
    sizes = [1 + int(8 * random.random()) for _ in range(3 + int(10 * random.random()))]
    keys = np.repeat(np.arange(len(sizes)), sizes)
    outcomes = (np.array([random.random() for _ in keys]) < 0.4).astype(int)
    p, g = outcomes.mean(), len(sizes)
    left = np.array([outcomes[keys != key].mean() for key in range(g)])
    variance = (g - 1) / g * ((left - p) ** 2).sum()
    if 0 < p < 1 and max(sizes) > 1 and variance > 0:
        ours = scoring.effective_n(outcomes=outcomes.tolist(), clusters=keys.tolist())
        yield ours, min(len(keys), max(1.0, p * (1 - p) / variance))


def refined_scipy(random: Random) -> Iterator[Pair]:
    stated = [random.random() for _ in range(2_100)]
    law = scipy.stats.poisson_binom(stated)
    hits = round(law.mean() + 3 * law.std() * (2 * random.random() - 1))
    ours = scoring.hits_probability(probabilities=stated, hits=hits)
    yield from zip(ours, (law.cdf(hits), law.sf(hits - 1)), strict=True)


def range_scipy(random: Random) -> Iterator[Pair]:
    n, p, level = 1 + int(300 * random.random()), random.random(), 0.5 + 0.49 * random.random()
    law = scipy.stats.binom(n, p)
    low = int(law.ppf((1 - level) / 2))
    low += law.cdf(low) <= (1 - level) / 2
    yield from zip(scoring.chance_range(n=n, p=p, level=level), (low / n, law.ppf((1 + level) / 2) / n), strict=True)


def shrink_scipy(random: Random) -> Iterator[Pair]:
    """The marginal likelihood that a general optimiser finds, by scipy's beta-binomial."""
    n = [1 + int(30 * random.random()) for _ in range(3 + int(10 * random.random()))]
    hits = [sum(random.random() < rate for _ in range(m)) for m in n for rate in [random.random()]]
    ours = scoring.shrink(hits=hits, n=n)
    assert ours is not None

    def spent(x: Any) -> float:
        return -float(scipy.stats.betabinom(n, *np.exp(x)).logpmf(hits).sum())

    options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}
    starts = ([0.0, 0.0], [2.0, 2.0])
    found = [scipy.optimize.minimize(spent, start, method="Nelder-Mead", options=options) for start in starts]
    best = min(one.fun for one in found)
    if ours.strength is not None:
        yield -spent(np.log([ours.common * ours.strength, (1 - ours.common) * ours.strength])), -best


def common_scipy(random: Random) -> Iterator[Pair]:
    n = [1 + int(60 * random.random()) for _ in range(6)]
    hits = [sum(random.random() < 0.4 for _ in range(m)) for m in n]
    ours = scoring.common_rate(hits=hits, n=n)
    assert ours is not None
    expected = 0.0
    for m in n:
        for k in range(m + 1):
            low, high = proportion_confint(k, m, method="wilson")
            expected += scipy.stats.binom.pmf(k, m, ours.rate) * (not low <= ours.rate <= high)
    yield ours.expected, expected


def evidence_scipy(random: Random) -> Iterator[Pair]:
    drawn = inner(random)
    p, y = np.array(drawn["probabilities"]), np.array(drawn["outcomes"])
    alternatives = ((1, -math.log(2)), (1, math.log(2)), (0.5, 0), (2, 0))
    bets = [scipy.special.expit(slope * scipy.special.logit(p) + shift) for slope, shift in alternatives]
    paths = [np.cumprod(np.where(y == 1, q / p, (1 - q) / (1 - p))) for q in bets]
    yield from zip(scoring.evidence(**drawn).values, np.mean(paths, axis=0), strict=True)


COMPARISONS = (
    Comparison("turnbull, published", "Fay and Shaw", turnbull_published, 5.1e-5),
    Comparison("turnbull", "lifelines", turnbull_lifelines, 1e-4),
    Comparison("turnbull, likelihood", "scipy.optimize", turnbull_by_optimiser, 1e-5),
    Comparison("incidence, Greenwood", "statsmodels", incidence_statsmodels, 1e-9),
    Comparison("incidence, entries", "statsmodels", entered_statsmodels, 1e-9),
    Comparison("effective_n, balanced", "numpy", effective_statsmodels, 1e-9),
    Comparison("effective_n, jackknife", "numpy", effective_jackknife, 1e-9),
    Comparison("hits, refined normal", "scipy", refined_scipy, 1e-4),
    Comparison("chance_range", "scipy", range_scipy),
    Comparison("shrink, likelihood", "scipy.optimize", shrink_scipy, 1e-6),
    Comparison("common_rate, expected", "scipy, statsmodels", common_scipy, 1e-9),
    Comparison("evidence", "scipy", evidence_scipy, 1e-9),
    Comparison("brier_score", "scikit-learn", brier_sklearn),
    Comparison("brier_score", "scores", brier_scores),
    Comparison("log_score", "scikit-learn", log_sklearn),
    Comparison("brier_skill, own rate", "scikit-learn", skill_sklearn),
    Comparison("murphy, stated values", "pandas", murphy_pandas),
    Comparison("murphy, literal edges", "numpy", murphy_edges),
    Comparison("corp, Brier", "model-diagnostics", corp_by("brier")),
    Comparison("corp, log", "model-diagnostics", corp_by("log")),
    Comparison("corp, recalibrated", "scikit-learn", isotonic_sklearn),
    Comparison("corp, recalibrated", "scores", isotonic_scores),
    Comparison("corp_null, same draws", "scikit-learn", null_by_sklearn),
    Comparison("wilson", "statsmodels", wilson_statsmodels),
    Comparison("wilson", "scipy", wilson_scipy),
    Comparison("jeffreys", "scipy", jeffreys_scipy, 1e-10),
    Comparison("binomial_test", "scipy", binomial_scipy, 1e-10),
    Comparison("sign_test", "scipy", sign_scipy, 1e-10),
    Comparison("hits_probability", "scipy", hits_scipy, 1e-9),
    Comparison("interval_score", "scores", interval_scores),
    Comparison("time_weighted_brier", "scikit-learn", time_weighted_sklearn),
    Comparison("kaplan_meier", "lifelines", survival_lifelines),
    Comparison("kaplan_meier", "statsmodels", survival_statsmodels),
    Comparison("kaplan_meier, entries", "lifelines", entry_lifelines),
    Comparison("kaplan_meier, median", "lifelines", median_lifelines),
)


def difference(ours: float, theirs: float) -> float:
    """Return the difference, relative above 1 and absolute below; infinite if only one is a number."""
    if ours == theirs:
        return 0.0
    found = abs(float(ours) - float(theirs)) / max(1.0, abs(float(theirs)))
    return found if found == found else math.inf  # noqa: PLR0124 (NaN)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=100, help="random inputs for each comparison")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    print("  ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES))
    print(f"{'function':24}{'against':20}{'inputs':>7}{'numbers':>9}{'largest':>10}{'allowed':>9}")
    failed = 0
    for number, comparison in enumerate(COMPARISONS):
        random = Random(1000 * options.seed + number)
        found = [difference(*pair) for _ in range(options.rounds) for pair in comparison.draw(random)]
        largest, wrong = max(found), sum(value > comparison.tolerance for value in found)
        failed += wrong > 0
        print(
            f"{comparison.what:24}{comparison.against:20}{options.rounds:7}{len(found):9}"
            f"{largest:10.1e}{comparison.tolerance:9.0e}{f'  {wrong} DIFFER' if wrong else ''}"
        )
    print(f"{failed} of {len(COMPARISONS)} comparisons disagree" if failed else "all agree")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
