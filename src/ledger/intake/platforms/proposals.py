"""What an importer finds in a file, as plain values: claims and forecasts it proposes, rows it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from ...edit.blocks import Value


class Refusal(NamedTuple):
    """Why rows are refused. What the user can mend stops an import unless the rows are set aside in a file."""

    meaning: str
    mendable: bool = True


REFUSALS: Mapping[str, Refusal] = {
    "torn-row": Refusal("a quote is left open, or the row has more or fewer cells than the header"),
    "missing": Refusal("something that is needed is missing"),
    "bad-date": Refusal("not a day or an instant that has one reading"),
    "bad-probability": Refusal("not a probability on the scale that was stated"),
    "bad-outcome": Refusal("not an outcome that the format or the legend knows"),
    "bad-value": Refusal("not what the field of a claim takes"),
    "differs": Refusal("an id that exists with other content"),
    "unknown-claim": Refusal("a forecast of a claim that is not there"),
    "unclear": Refusal("a line that cannot be read for sure"),
    "not-valid": Refusal("the claim would be an error in the ledger"),
    "no-probability": Refusal("an entry of a list without a probability", mendable=False),
    "options": Refusal("a question with more than two options", mendable=False),
    "density": Refusal("a question about a number or a date, with densities instead of a probability", mendable=False),
    "fraction": Refusal("resolved to a fraction", mendable=False),
    "conditional": Refusal("a question on a condition", mendable=False),
    "withdrawn": Refusal("a forecast taken back", mendable=False),
    "aggregate": Refusal("a number made of many people's forecasts", mendable=False),
    "anonymous": Refusal("a forecaster without a name", mendable=False),
    "after-decision": Refusal("made when the question was decided or closed already", mendable=False),
    "twice": Refusal("the same claim, or the same forecaster and instant, a second time", mendable=False),
    "own-forecast": Refusal("a forecast by the speaker of the claim", mendable=False),
    "claim-refused": Refusal("its question was refused", mendable=False),
}


class RowPlace(NamedTuple):
    """Where something stands: the file, or member of an archive, and the row, line or entry from 1."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


@dataclass(slots=True)
class RefusedFrame:
    """How refused rows of one file are put together again: what stands before, between and after them."""

    file: str
    before: str = ""
    between: str = ""
    after: str = ""
    encoding: str = "utf-8"


@dataclass(slots=True)
class Proposal:
    """One claim as it would be written; `key` is what forecasts in the same file call it.

    `until` is the instant from which forecasts of it come too late; `assumed` names fields that the file does
    not state, so that another value of them in the ledger is no contradiction.
    """

    key: str
    record: dict[str, Value]
    place: RowPlace
    raw: str = ""
    until: int | None = None
    assumed: frozenset[str] = frozenset()
    exact: bool = False  # the whole of a claim as a ledger had it, and not what a platform knows of it


@dataclass(slots=True)
class ProposedForecast:
    """One dated probability. `at` is an instant of `instants`, `by` a name as the file has it."""

    key: str
    by: str
    at: int
    probability: float
    place: RowPlace
    raw: str = ""


@dataclass(slots=True)
class Refused:
    """A row that cannot be taken: a code of REFUSALS, and what is wrong with this one."""

    code: str
    message: str
    place: RowPlace
    raw: str = ""


Item: TypeAlias = RefusedFrame | Proposal | ProposedForecast | Refused


@dataclass(slots=True)
class Options:
    """How to read what a file does not say of itself."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    scale: Literal["0-1", "0-100"] | None = None
    dates: Literal["mdy", "dmy"] | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    crowd: str | None = None
    anonymous: bool = False
