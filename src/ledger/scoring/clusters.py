"""Claims that hang together: how many independent ones they are worth, and one of each cluster."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence

from ledger.scoring import _inputs

LEAST_CLUSTERS = 5
"""Fewer clusters than this are too few for an exact test with one draw from each."""


def effective_n(*, outcomes: Sequence[float], clusters: Sequence[Hashable]) -> float | None:
    """How many independent claims would tell the rate as surely as these, which hang together in clusters.

    Formula: n_eff = p (1 - p) / V, with p the share of hits and V its linearised variance between clusters,
    V = (G - 1)/G sum (z_g / (1 - m_g/n))^2 / n^2, z_g = sum (y - p) over the m_g claims of cluster g, G clusters: what
    leaving out one cluster after the other gives (the jackknife).
    At most n; G where all outcomes agree, since nothing can be seen of how they hang together, and where there is
    one cluster; n where every claim is a cluster of its own.
    Range: 1..n. Assumes that clusters are independent of each other. Within them anything may hold.

    Args:
        outcomes: 1 or True where it came true, else 0 or False.
        clusters: a name of each claim's cluster; as many.

    Returns:
        The effective number, or None for no claims.

    Raises:
        ValueError: an outcome other than 0 or 1, unequal lengths.

    Reference:
        Kish (1965), Survey Sampling, section 5.4 and 8.2; score intervals on the effective number: Dean and Pagano
        (2015), Evaluating confidence interval methods for binomial proportions in clustered surveys, Journal of
        Survey Statistics and Methodology 3:484-503; the weight 1/(1 - m_g/n): Bell and McCaffrey (2002), Survey
        Methodology 28:169-181.

    Example: five claims, each said twice, are worth four that stand alone: how pairs differ is not surely known.

    >>> pairs = [1, 1, 0, 0, 1, 1, 0, 0, 0, 0]
    >>> round(effective_n(outcomes=pairs, clusters=[0, 0, 1, 1, 2, 2, 3, 3, 4, 4]), 6)
    4.0
    >>> effective_n(outcomes=pairs, clusters=range(10))
    10.0
    """
    _inputs.same_length(outcomes=outcomes, clusters=clusters)
    came_true = [_inputs.outcome(value, f"outcomes[{i}]") for i, value in enumerate(outcomes)]
    n, hits = len(came_true), sum(came_true)
    if n == 0:
        return None
    size, good = Counter(clusters), Counter(name for name, y in zip(clusters, came_true, strict=True) if y)
    if len(size) == n:
        return float(n)
    if hits in (0, n) or len(size) == 1:
        return float(len(size))
    p = hits / n
    spread = math.fsum(((good[name] - m * p) / (1 - m / n)) ** 2 for name, m in size.items())
    variance = (len(size) - 1) / len(size) * spread / n**2
    return min(float(n), max(1.0, p * (1 - p) / variance)) if variance else float(n)
