"""Claims on a terminal: the columns that were asked for, the full text of `show`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ...columns import DERIVED, View
from ...fields import CLAIM
from ...model import Claim, Quantity
from ...numbers import points
from ...periods import Period
from ...query import Row
from ...results.list import Listing
from ..meanings import why_unscored
from ..objects import FACT_NAMES, cell
from ..phrases import quantity_words, status_phrase
from ..told import Telling, claim_told
from .blocks import Block, Blocks
from .cells import Cell
from .claim_list import summary
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
    value = getattr(fact if name in FACT_NAMES else listing.claim(row), name)
    return points(value) if _TYPES.get(name) == "probability" and value is not None else _plain(value)


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
    sentence = ("claim", Cell(row.fact.claim, "bold"))
    return Block(lead, [sentence, ("verdict", verdict_words(row, listing.claim(row))), *_fields(listing, row)])


_HEAD = ("id", "claim", "account")  # stand in the head, or are said by the verdict
_EARLY, _LATE = ("criteria",), ("series", "revises", "revised_by", "depends_on", "see_also", "added", "file")
_COUNTS = {
    "scored": "in the rate",
    "overdue": "owed, and in no rate until then",
    "awaiting": "nobody can know it yet",
    "open": "counts once the deadline is over",
    "undated": "without a deadline in no rate",
    "void": "out of every rate",
}


def verdict_words(row: Row, claim: Claim) -> str:
    """What became of the claim, or when that is due, and whether it counts."""
    state, due = row.state, row.fact.verdict_due
    if state.judged and claim.resolutions:
        last = claim.resolutions[-1]
        happened = f", happened {last.happened}" if last.happened else ""
        told = f"{last.outcome}, judged {last.judged}{happened}"
    else:
        told = "none yet" + (f", due {date.fromordinal(due)}" if due is not None else "")
    reason = why_unscored(row.fact) if state.account == "unscored" else ""
    return f"{told}; {f'in no rate: {reason}' if reason else _COUNTS.get(state.account, state.account)}"


def _fields(listing: Listing, row: Row) -> Iterable[tuple[str, str | Cell]]:
    """Criteria first, other claims and the record last; what everybody takes it for anyway is not said."""
    fields = [told for told in claim_told(Telling(listing.view, row, listing.claim(row))) if not told.usual]
    fields.sort(key=lambda told: (told.key not in _EARLY) + (told.key in _LATE))
    for told in fields:
        if told.key not in _HEAD:
            yield from ((told.label, words) for words in told.words)
