"""Scores as pure functions: sequences in, numbers or small frozen results out.

Every function takes keyword arguments only, uses the standard library only, and neither reads a file nor
a clock. What is undefined is None, never 0; what is out of range is a ValueError, never clipped.
Sentences that explain each score are in `ledger.scoring.meaning`, tables of verbal probabilities in
`ledger.scoring.lexicon`.
"""

from __future__ import annotations

from ledger.scoring.chance import CORP_NULL_LIMIT, ByChance, CorpNull, corp_null
from ledger.scoring.clusters import LEAST_CLUSTERS, effective_n
from ledger.scoring.decomposition import Bin, Murphy, murphy
from ledger.scoring.evidence import ALARM, ALTERNATIVES, EvidencePath, evidence
from ledger.scoring.hits import HITS_LIMIT, hits_probability
from ledger.scoring.incidence import Incidence, IncidenceAt, incidence
from ledger.scoring.isotonic import CORP_MINIMUM, Corp, corp
from ledger.scoring.probability import brier_score, brier_skill, certain_misses, log_score
from ledger.scoring.quantities import interval_score, log_ratio, log_scale, range_verdict, share_delivered
from ledger.scoring.rates import binomial_test, chance_range, hit_rate, jeffreys, rate_bounds, sign_test, wilson
from ledger.scoring.revision import Chain, Slip, TimeWeighted, chain_slip, slip, time_weighted_brier
from ledger.scoring.shrinkage import CommonRate, Shrunk, common_rate, shrink
from ledger.scoring.survival import KaplanMeier, kaplan_meier
from ledger.scoring.turnbull import Turnbull, turnbull

__all__ = [
    "ALARM",
    "ALTERNATIVES",
    "CORP_MINIMUM",
    "CORP_NULL_LIMIT",
    "HITS_LIMIT",
    "LEAST_CLUSTERS",
    "Bin",
    "ByChance",
    "Chain",
    "CommonRate",
    "Corp",
    "CorpNull",
    "EvidencePath",
    "Incidence",
    "IncidenceAt",
    "KaplanMeier",
    "Murphy",
    "Shrunk",
    "Slip",
    "TimeWeighted",
    "Turnbull",
    "binomial_test",
    "brier_score",
    "brier_skill",
    "certain_misses",
    "chain_slip",
    "chance_range",
    "common_rate",
    "corp",
    "corp_null",
    "effective_n",
    "evidence",
    "hit_rate",
    "hits_probability",
    "incidence",
    "interval_score",
    "jeffreys",
    "kaplan_meier",
    "log_ratio",
    "log_scale",
    "log_score",
    "murphy",
    "range_verdict",
    "rate_bounds",
    "share_delivered",
    "shrink",
    "sign_test",
    "slip",
    "time_weighted_brier",
    "turnbull",
    "wilson",
]
