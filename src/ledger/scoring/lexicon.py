"""Tables of verbal probabilities: what "likely" is worth depends on whom one asks.

Never applied unasked: a ledger stores the words, and a mapped number stands apart from stated ones,
scored at both ends of its band. Words of assertion ("will"), intention ("aims to") and possibility
("could", "may") are in no table: they are not probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Band:
    """Probabilities 0..1 that a phrase stands for; `point` is None where the source names only a range."""

    low: float
    point: float | None
    high: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One authority's table: `kind` says how its numbers are meant, `terms` has phrases in lower case."""

    name: str
    source: str
    kind: str
    note: str
    terms: Mapping[str, Band]


def lookup(name: str, phrase: str) -> Band | None:
    """What a phrase stands for in one lexicon; None if that lexicon does not have it.

    Case, spacing and surrounding punctuation do not matter; otherwise the phrase has to be the table's own.
    `name` is one of LEXICONS or an unambiguous beginning of it; anything else is a ValueError.

    >>> lookup("kent1964", "Almost certain")
    Band(low=0.87, point=0.93, high=0.99)
    >>> lookup("icd203", "likely"), lookup("ipcc", "likely")
    (Band(low=0.55, point=None, high=0.8), Band(low=0.66, point=None, high=1.0))
    >>> lookup("kent1964", "possible") is None
    True
    """
    return find(name).terms.get(" ".join(phrase.casefold().split()).strip(" .,;:!?'\"“”‘’"))


def find(name: str) -> Lexicon:
    """Return the lexicon of that name, or of that unambiguous beginning; else a ValueError names them all."""
    fitting = [key for key in LEXICONS if key.startswith(name) and name]
    if name in LEXICONS:
        return LEXICONS[name]
    if len(fitting) != 1:
        raise ValueError(f"no lexicon {name!r}: there are {', '.join(LEXICONS)}")
    return LEXICONS[fitting[0]]


def _bands(terms: Mapping[str, tuple[int, ...]]) -> Mapping[str, Band]:
    """Turn percentages (low, high) or (low, middle, high) into bands; `a|b` are two phrases for one."""
    bands = {}
    for phrases, numbers in terms.items():
        point = numbers[1] / 100 if len(numbers) == 3 else None
        for phrase in phrases.split("|"):
            bands[phrase] = Band(numbers[0] / 100, point, numbers[-1] / 100)
    return MappingProxyType(bands)


def _spread(terms: Mapping[str, tuple[int, int]]) -> Mapping[str, Band]:
    """Turn percentages (centre, give or take) into bands."""
    return _bands({phrase: (centre - by, centre, centre + by) for phrase, (centre, by) in terms.items()})


_SURVEY = "survey: median, and the quartiles as band"

_KENT = {
    "certain": (100, 0),
    "almost certain": (93, 6),
    "probable": (75, 12),
    "chances about even": (50, 10),
    "probably not": (30, 10),
    "almost certainly not": (7, 5),
    "impossible": (0, 0),
}

_ICD = {
    "almost no chance|remote": (1, 5),
    "very unlikely|highly improbable": (5, 20),
    "unlikely|improbable": (20, 45),
    "roughly even chance|roughly even odds": (45, 55),
    "likely|probable": (55, 80),
    "very likely|highly probable": (80, 95),
    "almost certain|nearly certain": (95, 99),
}

_IPCC = {
    "virtually certain": (99, 100),
    "extremely likely": (95, 100),
    "very likely": (90, 100),
    "likely": (66, 100),
    "more likely than not": (50, 100),
    "about as likely as not": (33, 66),
    "unlikely": (0, 33),
    "very unlikely": (0, 10),
    "extremely unlikely": (0, 5),
    "exceptionally unlikely": (0, 1),
}

_MAUBOUSSIN = {
    "always": (98, 100, 100),
    "certainly": (90, 98, 100),
    "slam dunk": (90, 95, 99),
    "almost always": (89, 90, 95),
    "almost certainly": (90, 90, 95),
    "with high probability": (75, 80, 90),
    "usually": (65, 75, 80),
    "frequently": (60, 70, 75),
    "likely": (60, 70, 75),
    "often": (60, 70, 75),
    "probably": (60, 70, 75),
    "serious possibility": (45, 66, 80),
    "more often than not": (55, 60, 65),
    "real possibility": (40, 60, 70),
    "maybe": (40, 50, 50),
    "with moderate probability": (40, 50, 60),
    "possibly": (25, 45, 50),
    "might happen": (20, 40, 50),
    "not often": (10, 20, 25),
    "unlikely": (10, 20, 25),
    "with low probability": (10, 15, 20),
    "rarely": (5, 10, 15),
    "never": (0, 0, 1),
}

_ZONINATION = {
    "almost certainly": (90, 95, 98),
    "highly likely": (84, 90, 95),
    "very good chance": (75, 80, 85),
    "probable": (65, 70, 80),
    "likely": (65, 70, 75),
    "probably": (65, 75, 80),
    "we believe": (60, 70, 80),
    "better than even": (55, 60, 60),
    "about even": (50, 50, 50),
    "we doubt": (15, 25, 33),
    "improbable": (7, 15, 29),
    "unlikely": (10, 20, 30),
    "probably not": (20, 26, 40),
    "little chance": (10, 15, 20),
    "almost no chance": (1, 2, 5),
    "highly unlikely": (5, 5, 10),
    "chances are slight": (10, 10, 15),
}

_FAGEN = {
    "almost certain": (90, 95, 98),
    "highly likely": (80, 90, 95),
    "very good chance": (75, 80, 90),
    "probable": (60, 70, 75),
    "likely": (65, 70, 75),
    "we believe": (65, 75, 85),
    "probably": (60, 70, 75),
    "better than even": (55, 60, 60),
    "about even": (50, 50, 50),
    "we doubt": (10, 20, 30),
    "improbable": (5, 10, 25),
    "unlikely": (10, 20, 30),
    "probably not": (15, 25, 30),
    "little chance": (5, 10, 15),
    "almost no chance": (1, 2, 5),
    "highly unlikely": (5, 5, 10),
    "chances are slight": (10, 10, 20),
}

_ALL = (
    Lexicon(
        "kent1964",
        "Kent (1964), Words of estimative probability, Studies in Intelligence 8(4):49-65",
        "centre, give or take",
        "Kent refused 'possible' a number on purpose; 12-20% and 60-63% have no name.",
        _spread(_KENT),
    ),
    Lexicon(
        "icd203",
        "US Office of the Director of National Intelligence, Intelligence Community Directive 203, "
        "Analytic Standards (2 January 2015), section D.6.e(2)(a)",
        "range",
        "Two rows of synonyms for the same ranges, not to be mixed; no point is defined.",
        _bands(_ICD),
    ),
    Lexicon(
        "ipcc_ar5",
        "Mastrandrea et al. (2010), Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on "
        "Consistent Treatment of Uncertainties, table 1",
        "nested range",
        "Ranges are nested: 'likely' includes 'very likely'. The midpoint is not a value of the IPCC.",
        _bands(_IPCC),
    ),
    Lexicon(
        "mauboussin2018",
        "A. Mauboussin and M. J. Mauboussin (2018), If you say something is 'likely', how likely do people "
        "think it is?, Harvard Business Review, 3 July; quantiles of the published tallies (1,976 people)",
        _SURVEY,
        "What readers understand, not what the speaker meant.",
        _bands(_MAUBOUSSIN),
    ),
    Lexicon(
        "zonination2015",
        "Perceptions of probability and numbers (2015), github.com/zonination/perceptions (46 people)",
        _SURVEY,
        "What readers understand, not what the speaker meant; a small sample of volunteers.",
        _bands(_ZONINATION),
    ),
    Lexicon(
        "fagen_ulmschneider2019",
        "Fagen-Ulmschneider (2019), Perception of probability words, github.com/wadefagen/datasets (123 people)",
        _SURVEY,
        "What readers understand, not what the speaker meant; a small sample of volunteers.",
        _bands(_FAGEN),
    ),
)

LEXICONS: Mapping[str, Lexicon] = MappingProxyType({lexicon.name: lexicon for lexicon in _ALL})
"""Every lexicon by its name."""
