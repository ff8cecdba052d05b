"""Compare ledger.scoring with independent libraries on seeded random inputs (`make verify`).

Needs scikit-learn, scipy, statsmodels, lifelines, model-diagnostics and scores, in an environment of their
own: none of them is needed to use or to test the ledger. Prints one line per comparison and exits 1 if any
two numbers differ by more than its tolerance.
"""

from __future__ import annotations

import argparse
import importlib.metadata
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
    import scipy.stats
    import xarray as xr
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


COMPARISONS = (
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
