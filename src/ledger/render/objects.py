"""Claims as plain objects and rows of machine output, and these as text, in parts that leave as they are made.

Every field of the format stands in an object by its name, always.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..columns import DERIVED, FLAT, FLAT_NAMES, NAMES, View, derived
from ..model import About, Amendment, Claim, Evidence, Observation, Quantity, Resolution
from ..periods import Period
from ..query import Row
from ..results.list import Listing, as_known
from ..status import STATUSES
from .jsontext import Repeated

if TYPE_CHECKING:
    from ..results.counts import Counts  # which counts by groups, and these are scored

# What the fact of a claim says in the same words: for these no claim need be built.
FACT_NAMES = frozenset(
    ("id", "claim", "speaker", "source", "kind", "window", "wording", "topics", "series", "revises", "said", "deadline",
     "probability", "probability_words", "also_by", "known_by", "formerly")
)  # fmt: skip
BETWEEN = "; "  # in a flat row, between the texts of a list
ROW_COLUMNS = ("id", "claim", "speaker", "deadline", "status", "days")  # of plain and markdown, if none are named
_DAYS = ("added", "checked")  # single days are plain dates; periods are objects


def envelope(command: str, day: object, errors: int, **rows: Any) -> dict[str, Any]:
    """The one object that a command's JSON is."""
    return {"schema": f"ledger.{command}/1", "as_of": str(day), "errors": errors, **rows}


def about_object(about: About | None) -> dict[str, Any] | None:
    """Who answers for the ledger, every field by its name; None where it does not say."""
    return None if about is None else about._asdict()


@lru_cache(maxsize=4096)
def period(value: Period | None) -> dict[str, Any] | None:
    """A period as {text, start, end, approximate}; the same object for the same period, since most come again."""
    if value is None:
        return None
    days = {"start": value.first.isoformat(), "end": value.last.isoformat()}
    return Repeated({"text": value.text, **days, "approximate": value.approximate})


def claim_objects(listing: Listing) -> Iterator[dict[str, Any]]:
    """One object a claim, in the order of the listing; what can fail has been looked at before the first."""
    view, day = listing.view, listing.day
    return (claim_object(as_known(claim, day), row, view) for claim, row in listing.passing())


def claim_object(claim: Claim, row: Row, view: View) -> dict[str, Any]:
    """A claim, as far as it was known on the day, with what is worked out of its row."""
    values = _claim(claim) | derived(view, row)
    return dict(zip(NAMES, _in_their_order(values), strict=True))


_in_their_order = itemgetter(*NAMES)


def _claim(claim: Claim) -> dict[str, Any]:
    found: dict[str, Any] = claim._asdict()
    for name in ("said", "deadline", "deadline_latest", "known_by"):
        found[name] = period(found[name])
    for name in _DAYS:
        found[name] = _day(found[name])
    found["quantity"] = _quantity(claim.quantity)
    for name, made in _LISTS:
        found[name] = [made(entry) for entry in found[name]] if found[name] else []
    return found


def _day(value: Period | None) -> str | None:
    return value.text if value is not None else None


def _quantity(value: Quantity | None) -> dict[str, Any] | None:
    return value._asdict() if value is not None else None


def _amendment(value: Amendment) -> dict[str, Any]:
    return {**value._asdict(), "date": _day(value.date)}


def _observation(value: Observation) -> dict[str, Any]:
    evidence = [_evidence(entry) for entry in value.evidence]
    return {**value._asdict(), "date": _day(value.date), "evidence": evidence}


def _resolution(value: Resolution) -> dict[str, Any]:
    return {
        **value._asdict(),
        "judged": _day(value.judged),
        "happened": period(value.happened),
        "evidence": [_evidence(entry) for entry in value.evidence],
    }


def _evidence(value: Evidence) -> dict[str, Any]:
    return {**value._asdict(), "published": period(value.published)}


_LISTS: tuple[tuple[str, Callable[[Any], dict[str, Any]]], ...] = (
    ("also_in", lambda mention: mention._asdict()),
    ("forecasts", lambda given: {**given._asdict(), "date": _day(given.date)}),
    ("observations", _observation),
    ("amended", _amendment),
    ("resolutions", _resolution),
)


def count_objects(counts: Counts) -> list[dict[str, Any]]:
    """One object a name: its label, its claims, these by status, and what else its entry says."""
    return [
        {
            "name": count.name,
            "label": count.label or None,
            "claims": count.claims,
            **{status: count.statuses.get(status, 0) for status in STATUSES},
            **{key: period(of) if isinstance(of, Period) else of for key, of in count.told.items()},
        }
        for count in counts.counts
    ]


def cells(found: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """The values of an object as texts of a flat row: periods as written, lists of texts joined, the rest as JSON."""
    # Most values are texts and absent ones.
    return [
        value if value.__class__ is str else "" if value is None else cell(value)
        for value in map(found.__getitem__, columns)
    ]


def cell(value: Any) -> str:
    """One value as the text of a flat row; empty for null."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) and "text" in value:
        return str(value["text"])
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return BETWEEN.join(value)
    if isinstance(value, int | float):
        return repr(value)
    return _json()(value)


@cache
def _json() -> Callable[[Any], str]:
    import json

    return json.JSONEncoder(ensure_ascii=False).encode


def claim_rows(listing: Listing, columns: Sequence[str]) -> Iterator[list[str]]:
    """One row of texts a claim, in the order of the listing."""
    view = listing.view
    if FACT_NAMES.union(DERIVED).issuperset(columns):
        return ([_fact_cell(view, row, name) for name in columns] for row in listing.rows)
    return (cells(found, columns) for found in flat_objects(listing, columns))


def flat_objects(listing: Listing, columns: Container[str]) -> Iterator[dict[str, Any]]:
    """One object a claim, with what files of rows have beside: as much of that as has a column."""
    view, day = listing.view, listing.day
    flat = [(name, found.of) for name, found in FLAT.items() if name in columns]
    return (
        claim_object(as_known(claim, day), row, view) | {name: of(view, row, claim) for name, of in flat}
        for claim, row in listing.passing()
    )


def _fact_cell(view: View, row: Row, name: str) -> str:
    value = DERIVED[name].of(view, row) if name in DERIVED else getattr(row.fact, name)
    return value if value.__class__ is str else value.text if value.__class__ is Period else cell(value)


def flat_rows(objects: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[list[str]]:
    """Objects as rows of texts."""
    return (cells(found, columns) for found in objects)


def written(
    listing: Listing, form: str, *, command: str = "list", errors: int = 0, columns: Sequence[str] | None = None
) -> Iterator[str]:
    """The claims as json, jsonl, csv, tsv, plain or markdown."""
    if form == "json":
        from . import jsontext

        head = envelope(command, listing.day, errors, about=about_object(listing.ledger.about))
        return jsontext.with_list(head, "claims", claim_objects(listing))
    if form == "jsonl":
        from . import jsontext

        found = claim_objects(listing)
        return (
            jsontext.lines({name: one[name] for name in columns} for one in found) if columns else jsontext.lines(found)
        )
    from .rowtext import rows_as

    names = columns or (FLAT_NAMES if form in ("csv", "tsv") else ROW_COLUMNS)
    return rows_as(form, names, claim_rows(listing, names))
