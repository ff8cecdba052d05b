"""Claims on a terminal: the columns that were asked for, the full text of `show`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...columns import DERIVED, View
from ...fields import CLAIM
from ...model import Quantity
from ...periods import Period
from ...query import Row
from ...results.list import Listing
from ..objects import FACT_NAMES, cell
from ..phrases import quantity_words, status_phrase
from ..told import Telling, claim_told
from .blocks import Block, Blocks
from .cells import Cell
from .lists import summary
from .styles import STATUS_STYLES
from .table import Column, Table

_WEIGHTS = {"id": 3.0, "claim": 4.0}  # of the others, texts have three parts of the width and names one
_NUMBERS = ("number", "probability")
_SHORT = ("period", "day", "choice", *_NUMBERS)
_TYPES = {field.key: field.type for field in CLAIM}


def claims_table(listing: Listing, columns: Sequence[str]) -> Table:
    """A row a claim with the columns that were asked for; status as a phrase, in its colour."""
    view = listing.view
    return Table(
        columns=[_column(name) for name in columns],
        rows=[[_shown(listing, view, row, name) for name in columns] for row in listing.rows],
        caption=summary(listing),
    )


def _column(name: str) -> Column:
    kind = _TYPES.get(name) or ("text" if DERIVED[name].type is str and not DERIVED[name].values else "choice")
    number = kind in _NUMBERS if name in _TYPES else DERIVED[name].type in (int, int | None)
    return Column(
        name.replace("_", " "),
        justify="right" if number else "left",
        wrap=kind not in _SHORT,
        weight=_WEIGHTS.get(name, 3.0 if kind == "text" else 1.0),
        lead=name in ("id", "status"),
        style="bold" if name == "id" else "",
    )


def _shown(listing: Listing, view: View, row: Row, name: str) -> str | Cell:
    fact = row.fact
    if name == "status":
        return Cell(status_phrase(fact, row.state, view.day), STATUS_STYLES[row.state.status])
    if name == "speaker":
        person = listing.ledger.people.get(fact.speaker)
        return person.name if person else fact.speaker
    if name == "deadline" and fact.deadline is None:
        return "none"
    if name == "said" and fact.said is None:
        return "unknown"
    if name in DERIVED:
        return _plain(DERIVED[name].of(view, row))
    return _plain(getattr(fact if name in FACT_NAMES else listing.claim(row), name))


def _plain(value: object) -> str:
    if isinstance(value, Quantity):
        return quantity_words(value)
    if isinstance(value, Period):
        return value.text
    if isinstance(value, tuple | list) and value and not isinstance(value[0], str):
        return str(len(value))
    return ", ".join(value) if isinstance(value, tuple | list) else cell(value)


# --- show ----------------------------------------------------------------------------------------------------


def full(listing: Listing) -> Blocks:
    """Everything about each claim, one block each."""
    return Blocks([_block(listing, row) for row in listing.rows])


def _block(listing: Listing, row: Row) -> Block:
    phrase = status_phrase(row.fact, row.state, listing.day.toordinal())
    lead = [Cell(row.fact.id, "bold"), Cell(phrase, STATUS_STYLES[row.state.status])]
    return Block(lead, [("claim", Cell(row.fact.claim, "bold")), *_fields(listing, row)])


def _fields(listing: Listing, row: Row) -> Iterable[tuple[str, str | Cell]]:
    for told in claim_told(Telling(listing.view, row, listing.claim(row))):
        if told.key not in ("id", "claim") and not told.usual:  # they stand in the head
            yield from ((told.label, words) for words in told.words)
