"""Claims on a terminal: the table of `list`, the agenda of `due`, the full text of `show`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...columns import DERIVED, View
from ...fields import CLAIM
from ...model import Claim, Evidence, Ledger, Quantity, Resolution
from ...periods import Period
from ...query import Filter, Row, names, numbered, revised_by
from ...results.list import Listing
from ...status import is_known
from ...text import plural
from ..objects import FACT_NAMES, cell
from ..phrases import probability_phrase, quantity_words, status_phrase
from .blocks import Block, Blocks
from .cells import Cell
from .styles import STATUS_STYLES
from .table import Column, Table

TABLE_COLUMNS = ("id", "claim", "speaker", "deadline", "status")
_WEIGHTS = {"id": 3.0, "claim": 4.0}  # of the others, texts have three parts of the width and names one
_NUMBERS = ("number", "probability")
_SHORT = ("period", "day", "choice", *_NUMBERS)
_TYPES = {field.key: field.type for field in CLAIM}


def claims_table(listing: Listing, columns: Sequence[str] = TABLE_COLUMNS, *, title: str = "") -> Table:
    """A row a claim; status as a phrase, in its colour."""
    view = listing.view
    return Table(
        columns=[_column(name) for name in columns],
        rows=[[_shown(listing, view, row, name) for name in columns] for row in listing.rows],
        title=title,
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


def summary(listing: Listing) -> str:
    """How many claims, out of how many, as of when."""
    known = f"{plural(len(listing.rows), 'claim')}"
    if listing.found > len(listing.rows):
        known = f"{len(listing.rows)} of {plural(listing.found, 'claim')}"
    overdue = sum(row.state.status == "overdue" for row in listing.rows)
    return f"{known} as of {listing.day}" + (f", {overdue} overdue" if overdue else "")


# --- show ----------------------------------------------------------------------------------------------------


def full(listing: Listing) -> Blocks:
    """Everything about each claim, one block each."""
    return Blocks([_block(listing, row) for row in listing.rows])


def _block(listing: Listing, row: Row) -> Block:
    claim, day = listing.claim(row), listing.day.toordinal()
    phrase = status_phrase(row.fact, row.state, day)
    lead = [Cell(claim.id, "bold"), Cell(phrase, STATUS_STYLES[row.state.status])]
    fields: list[tuple[str, str | Cell]] = [("claim", Cell(claim.claim, "bold"))]
    for label, words in _fields(listing, row, claim):
        if words:
            fields.append((label, words))
    return Block(lead, fields)


def _fields(listing: Listing, row: Row, claim: Claim) -> Iterable[tuple[str, str]]:
    ledger = listing.ledger
    person = ledger.people.get(claim.speaker)
    yield "speaker", person.name if person else claim.speaker
    yield "said", claim.said.text if claim.said else "unknown"
    yield "quote", f"“{claim.quote}”" if claim.quote else ""
    yield "wording", claim.wording or ""
    yield "source", _source(ledger, claim.source, claim.at)
    yield "kind", "" if claim.kind == "prediction" else claim.kind
    yield "condition", claim.condition or ""
    yield "topics", ", ".join(claim.topics)
    yield "deadline", _deadline(claim)
    yield "latest", f"{claim.deadline_latest} on the most charitable reading" if claim.deadline_latest else ""
    yield "probability", probability_phrase(claim)
    yield "quantity", quantity_words(claim.quantity) if claim.quantity else ""
    yield "criteria", claim.criteria or ""
    yield "account", row.state.account
    for resolution in claim.resolutions:
        yield "judged", _judgement(ledger, resolution)
    yield "checked", f"{claim.checked}, nothing decisive found" if claim.checked else ""
    yield "series", _series(listing, claim)
    yield "revises", _revised(ledger, claim.revises, lambda c: f"{c.id} ({_short_deadline(c)})")
    later_claims = revised_by(ledger.facts, listing.day.toordinal()).get(claim.id, [])
    yield (
        "revised by",
        "\n".join(_revised(ledger, name, lambda c: f"{c.id} ({_short_deadline(c)})") for name in later_claims),
    )
    yield "depends on", ", ".join(claim.depends_on)
    yield "see also", ", ".join(claim.see_also)
    yield "note", claim.note or ""
    for amendment in claim.amended:
        yield "amended", f"{amendment.date}: {', '.join(amendment.fields)} - {amendment.why}"
    yield "added", claim.added.text if claim.added else ""
    yield "at", f"{ledger.texts[row.fact.file].name}:{row.fact.line}"


def _source(ledger: Ledger, name: str | None, at: str | None) -> str:
    if name is None:
        return ""
    source = ledger.sources.get(name)
    if source is None:
        return name
    head = ", ".join(filter(None, (source.title, source.publisher, source.published and source.published.text, at)))
    return "\n".join(filter(None, (head, source.event, source.url)))


def _deadline(claim: Claim) -> str:
    if claim.deadline is None:
        text = "none" if claim.kind != "statement" else ""
    else:
        period = claim.deadline
        text = period.text if period.start == period.end else f"{period.text} ({period.first} to {period.last})"
        text += ", about" if period.approximate else ""
        text += ", during" if claim.window == "during" else ""
    words = f" - “{claim.deadline_words}”" if claim.deadline_words else ""
    return text + words


def _short_deadline(claim: Claim) -> str:
    return f"said {claim.said or 'unknown'}, deadline {claim.deadline or 'none'}"


def _judgement(ledger: Ledger, resolution: Resolution) -> str:
    head = f"{resolution.judged}: {resolution.outcome}"
    if resolution.happened is not None:
        head += f", happened {resolution.happened}"
    if resolution.value is not None:
        head += f", value {resolution.value:,}"
    if resolution.by:
        head += f" (by {resolution.by})"
    lines = [head, *(_evidence(ledger, entry) for entry in resolution.evidence)]
    if resolution.note:
        lines.append(resolution.note)
    return "\n".join(lines)


def _evidence(ledger: Ledger, entry: Evidence) -> str:
    if entry.source is not None:
        found = _source(ledger, entry.source, entry.at).replace("\n", ", ")
    else:
        published = entry.published.text if entry.published else None
        found = ", ".join(filter(None, (entry.title, entry.publisher, published, entry.url)))
    return "- " + ": ".join(filter(None, (found, entry.says)))


def _series(listing: Listing, claim: Claim) -> str:
    """The series and its other claims that were known on the day, in the order said."""
    if claim.series is None:
        return ""
    day, ledger = listing.day.toordinal(), listing.ledger
    others = [
        ledger.claims[number]
        for number, fact in numbered(ledger.facts, Filter(series=(claim.series,)), day)
        if fact.series == claim.series and fact.id != claim.id and is_known(fact, day)
    ]
    others.sort(key=lambda other: other.said.start if other.said else 0)
    return "\n".join([claim.series, *(f"{other.id} ({_short_deadline(other)})" for other in others)])


def _revised(ledger: Ledger, name: str | None, words: Callable[[Claim], str]) -> str:
    if name is None:
        return ""
    numbers = (number for number, own in enumerate(names(ledger.facts, "id")) if own == name)
    found = next((ledger.claims[number] for number in numbers), None)
    return words(found) if found else name
