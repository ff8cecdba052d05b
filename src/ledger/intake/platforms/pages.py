"""One person's predictions for one year, in one file: who speaks, for which year, and how a claim is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...edit.blocks import Value
from ...edit.scalars import Plain
from ...errors import UsageError
from ...writing.typed_values import written
from .common import Import, fixed_fields
from .made_keys import slug
from .proposals import Proposal, RowPlace
from .sources import Member

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Page(NamedTuple):
    """What all claims of a file have in common."""

    key: str
    speaker: str
    source: str
    year: int | None


def page(reading: Import, member: Member, title: str, words: str) -> Page:
    """Who speaks in a file and for which year: as the options say, else as its title and scope do."""
    fixed, options = reading.options.fixed, reading.options
    source = fixed.get("source") or title
    speaker = fixed.get("speaker") or f"Author of {title}"
    year = options.year
    if year is None and "deadline" not in fixed:
        found = sorted(set(_YEAR.findall(words)))
        if len(found) != 1:
            shown = f": {', '.join(found)} stand in its title" if found else ""
            raise UsageError(
                f"{member.name}: for which year are the predictions{shown}?",
                hint="give --year 2026, or --set deadline=2026",
            )
        year = int(found[0])
        _say(reading, f"{member.name}: predictions for {year}, as its title says")
    if "speaker" not in fixed:
        _say(reading, f"{member.name}: who speaks is not said; taken as {speaker!r}: --set speaker=NAME names them")
    reading.head.setdefault("title", title)
    by_key = bool(fixed.get("source"))
    key = reading.sources.key(source, {}, wanted=slug(title), by_key=by_key)
    return Page(source, reading.people.key(speaker, by_key=True), key, year)


def _say(reading: Import, note: str) -> None:
    if note not in reading.notes:
        reading.notes.append(note)


def number(value: float) -> Plain:
    """A probability as it is written."""
    return Plain(written(value))


def proposal(
    reading: Import,
    page: Page,
    key: str,
    given: Mapping[str, Value],
    outcome: str | None,
    place: RowPlace,
    raw: str,
) -> Proposal:
    """A claim of a page; one that is judged rests on the page, on the day given or else on that of the import."""
    fixed = reading.options.fixed
    year = page.year
    record: dict[str, Value] = {
        "id": key,
        "claim": "",
        "speaker": page.speaker,
        "said": Plain("unknown"),
        "source": page.source,
        "at": f"line {place.row}",
        "topics": [],
        "deadline": Plain(str(year) if year else "none"),
        "criteria": "As its author judged it.",
        **given,
    }
    if outcome is not None:
        judged = fixed.get("judged") or reading.today.isoformat()
        evidence = {"source": page.source, "at": f"line {place.row}"}
        record["resolutions"] = [{"outcome": Plain(outcome), "judged": Plain(judged), "evidence": [evidence]}]
    record.update(fixed_fields(reading))
    assumed = frozenset(("judged",)) if outcome is not None and "judged" not in fixed else frozenset[str]()
    return Proposal(key, {k: v for k, v in record.items() if v not in ("", [])}, place, raw, None, assumed)
