"""Manifold's JSON: markets with or beside their bets. A bet is no statement of belief: the market's own
probability at the end of each day is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import shorten
from . import instants
from .common import Import, Platform, PlatformQuestion, proposal
from .json_entries import JsonEntry, entries, part, text
from .made_keys import slug
from .proposals import Item, Proposal, ProposedForecast, Refused, RowPlace

PLATFORM = Platform("manifold", "Manifold", "https://manifold.markets")
_OUTCOMES = {"YES": "true", "NO": "false", "CANCEL": "annulled", "": None}
_KINDS = {"": None, "BINARY": None, "MULTIPLE_CHOICE": "options", "FREE_RESPONSE": "options"}


def read(reading: Import) -> Iterator[Item]:
    """Each market, then its probability at the end of each day with a bet."""
    reading.kinds[PLATFORM.name] = "market"
    loose: dict[str, list[dict[str, Any]]] = {}
    markets: dict[str, JsonEntry] = {}
    refused: dict[str, str] = {}
    for member in reading.members:
        for found in entries(member):
            if isinstance(found, JsonEntry) and "contractId" in found.data and "question" not in found.data:
                loose.setdefault(str(found.data["contractId"]), []).append(found.data)
            elif isinstance(found, JsonEntry):
                yield from _market(reading, found, markets, refused)
            else:
                yield found
    for key, bets in loose.items():
        if key in markets and not reading.claims_only:
            yield from _days(reading, key, bets, markets[key])
        elif key not in markets and key not in refused:
            yield Refused("unknown-claim", f"{len(bets):,} bets of a market {shorten(key, 30)!r}", RowPlace("bets", 1))
    if reading.counts["bets"]:
        shown = f"{reading.counts['bets']:,} bets"
        reading.notes.append(f"{shown} were taken as the market's own probability at the end of each day")


def _market(
    reading: Import, entry: JsonEntry, markets: dict[str, JsonEntry], refused: dict[str, str]
) -> Iterator[Item]:
    made = _question(reading, entry)
    key = text(entry.data, "id")
    yield made
    if isinstance(made, Refused):
        refused[key] = made.code
        return
    markets[key] = entry
    bets = entry.data.get("bets")
    if isinstance(bets, list) and not reading.claims_only:
        yield from _days(reading, key, bets, entry)


def _question(reading: Import, entry: JsonEntry) -> Proposal | Refused:
    data, place, raw = entry.data, entry.place, entry.raw
    kind, key = text(data, "outcomeType").upper(), text(data, "id")
    resolution = text(data, "resolution").upper() if data.get("isResolved", True) else ""
    if _KINDS.get(kind, "density"):
        return Refused(_KINDS.get(kind) or "density", f"a market of the kind {shorten(kind, 30)}", place, raw)
    if resolution == "MKT":
        share = text(data, "resolutionProbability")
        return Refused("fraction", f"resolved to {share or 'the market'}, which is neither true nor false", place, raw)
    if resolution not in _OUTCOMES:
        return Refused("bad-outcome", f"resolution {shorten(resolution, 30)!r}", place, raw)
    if not slug(key):
        return Refused("missing", "no id", place, raw)
    try:
        made, close, resolved = (_instant(data.get(name)) for name in ("createdTime", "closeTime", "resolutionTime"))
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), place, raw)
    decided = _OUTCOMES[resolution]
    asker = text(data, "creatorName", "creatorUsername")
    ends = [at for at in (close, resolved) if at is not None]
    url = text(data, "url")
    found = PlatformQuestion(
        key,
        slug(text(data, "slug"), 48) or f"manifold-{slug(key)}",
        text(data, "question"),
        said=made,
        # Whoever asks may move the day of closing; one before the day of asking is no deadline.
        deadline=max(close, made) if close is not None and made is not None else close,
        outcome=decided,
        judged=resolved if decided else None,
        url=url if url.startswith("https://") else None,
        at=f"market {key}" + (f", asked by {asker}" if asker else ""),
        criteria=text(data, "textDescription")[:2000],
        until=min(ends, default=None) if decided else close,
    )
    found.id = f"{found.id}-{slug(key)[-6:]}" if not found.id.startswith("manifold-") else found.id
    return proposal(reading, PLATFORM, found, place, raw)


def _instant(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise instants.NoInstantError(f"{str(value)[:40]!r} is no instant")
    # Markets that never close have a year beyond all calendars.
    if isinstance(value, int | float):
        return instants.of_epoch(min(float(value), 253_402_300_799_000.0))
    return instants.instant(value)


def _days(
    reading: Import, key: str, bets: list[dict[str, Any]], market: JsonEntry
) -> Iterator[ProposedForecast | Refused]:
    """The market's probability behind the last bet of each day."""
    last: dict[int, tuple[int, float, str]] = {}
    place = market.place
    for bet in bets:
        try:
            at, after = _instant(bet.get("createdTime")), bet.get("probAfter")
            if at is None or isinstance(after, bool) or not isinstance(after, int | float):
                raise instants.NoInstantError("no createdTime or probAfter")
            day = instants.of_day(instants.day_of(at))
        except (instants.NoInstantError, AttributeError) as error:
            yield Refused("bad-date", f"a bet of {key}: {error}", place, part(market.data, "bets", bet))
            continue
        if day not in last or at >= last[day][0]:
            last[day] = (at, float(after), part(market.data, "bets", bet))
    reading.counts["bets"] += len(bets)
    for day in sorted(last):
        yield ProposedForecast(key, PLATFORM.name, day, last[day][1], place, last[day][2])
