"""What all importers share while they read: options, keys of names, what was cleaned, questions and forecasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ... import fields
from ...edit.blocks import Value
from ...edit.scalars import Plain
from ...text import shorten
from ...writing import records
from . import instants
from .made_keys import TableKeys, clean
from .probabilities import NoProbabilityError, probability
from .proposals import Options, Proposal, ProposedForecast, Refused, RowPlace
from .sources import Lines, Member
from .tables import TableRow


class Platform(NamedTuple):
    """Where questions come from: the key of its people and source, its name and its address."""

    key: str
    name: str
    url: str | None = None
    kind: str = "organisation"


@dataclass(slots=True)
class Known:
    """What the ledger has already: names by key, and ids of claims."""

    people: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    claims: Collection[str] = ()


class Import:
    """One reading of the files of an import."""

    def __init__(
        self, members: Sequence[Member], options: Options, known: Known, today: date, *, claims_only: bool = False
    ) -> None:
        self.members, self.options, self.known, self.today = members, options, known, today
        self.claims_only = claims_only
        self.people = TableKeys("people", known.people)
        self.topics = TableKeys("topics", known.topics)
        self.sources = TableKeys("sources", known.sources, "title")
        self.head: dict[str, Value] = {}
        self.declared: dict[str, dict[str, Value]] = {"people": {}, "topics": {}, "sources": {}}
        self.kinds: dict[str, str] = {}  # of forecasters that are no persons
        self.notes: list[str] = []
        self.counts: Counter[str] = Counter()
        self._cleaned: list[str] = []

    def clean(self, text: str, place: RowPlace) -> str:
        """The text in one line, fit for a ledger; what had to be taken out of it is counted and said."""
        found, dirty = clean(text)
        if dirty:
            self.counts["cleaned"] += 1
            if len(self._cleaned) < 5:
                self._cleaned.append(str(place))
        return found

    def declare(self, table: str, key: str, value: Value) -> bool:
        """Take an entry of people, topics or sources as it is; False if it was declared otherwise before."""
        return self.declared[table].setdefault(key, value) == value

    def take_head(self, given: Mapping[str, Any]) -> None:
        """The title of an exported ledger, and who answers for it; RefusedError for what has another form."""
        table = [field for field in fields.TOP if field.key in ("title", "about")]
        found = records.from_json(table, {field.key: given.get(field.key) for field in table}, "")
        self.head |= {key: value for key, value in found.items() if key not in self.head}

    def new_names(self) -> dict[str, dict[str, Value]]:
        """All that has to be declared: entries that files gave, and names that got a key."""
        made = {"people": self.people, "topics": self.topics, "sources": self.sources}
        return {table: {**given, **dict(made[table].new())} for table, given in self.declared.items()}

    def said(self) -> list[str]:
        """What people should know about the reading, beside what was refused."""
        notes = list(self.notes)
        if self.counts["cleaned"]:
            more = self.counts["cleaned"] - len(self._cleaned)
            places = ", ".join(self._cleaned) + (f" and {more:,} more" if more > 0 else "")
            notes.append(f"control characters were taken out of {places}")
        return notes

    def foreign(self, lines: Lines, name: str) -> None:
        """Say which lines of a file were not UTF-8."""
        if lines.foreign_count:
            shown = ", ".join(f"{name}:{number}" for number in lines.foreign)
            more = lines.foreign_count - len(lines.foreign)
            tail = f" and {more:,} more" if more else ""
            self.notes.append(f"read as Windows-1252, since they are not UTF-8: {shown}{tail}")

    def asker(self, platform: Platform) -> str:
        """The key of those who ask the questions of a platform, who claim nothing themselves."""
        fixed = self.options.fixed.get("speaker")
        if fixed is not None:
            return self.people.key(fixed, by_key=True)
        entry: dict[str, Value] = {"kind": Plain(platform.kind)}
        return self.people.key(f"Questions on {platform.name}", entry, wanted=f"{platform.key}-questions")

    def source(self, platform: Platform) -> str:
        """The key of the source that stands for a platform."""
        fixed = self.options.fixed.get("source")
        if fixed is not None:
            return self.sources.key(fixed, by_key=True)
        entry: dict[str, Value] = {"url": platform.url} if platform.url else {}
        return self.sources.key(platform.name, entry, wanted=platform.key)

    def topic_keys(self, names: Iterable[str]) -> list[Value]:
        """The keys of topics, each once."""
        fixed = self.options.fixed.get("topics")
        given = [*names, *(fixed.split(",") if fixed else ())]
        cleaned = (clean(name)[0] for name in given)
        return list(dict.fromkeys(self.topics.key(name, by_key=True) for name in cleaned if name))


@dataclass(slots=True)
class PlatformQuestion:
    """What a platform says about one question; instants are those of `instants`."""

    key: str
    id: str
    claim: str
    said: int | None = None
    deadline: int | None = None
    outcome: str | None = None
    judged: int | None = None
    url: str | None = None
    at: str | None = None
    topics: Sequence[str] = ()
    criteria: str | None = None
    note: str | None = None
    until: int | None = None


def proposal(
    reading: Import, platform: Platform, found: PlatformQuestion, place: RowPlace, raw: str
) -> Proposal | Refused:
    """The claim that a question becomes."""
    claim = reading.clean(found.claim, place)
    if not claim:
        return Refused("missing", "no title", place, raw)
    source = reading.source(platform)
    judged = found.judged if found.judged is not None else instants.of_day(reading.today)
    record: dict[str, Value] = {
        "id": found.id,
        "claim": claim,
        "speaker": reading.asker(platform),
        "said": Plain("unknown" if found.said is None else instants.day_of(found.said).isoformat()),
        "source": source,
        "at": found.at or "",
        "topics": reading.topic_keys(found.topics),
        "deadline": Plain("none" if found.deadline is None else instants.day_of(found.deadline).isoformat()),
        "criteria": reading.clean(found.criteria or f"As {platform.name} resolves it.", place),
        "note": reading.clean(found.note or "", place),
    }
    if found.outcome is not None:
        record["resolutions"] = [_resolution(found, platform, source, judged)]
    record.update(fixed_fields(reading))
    until = min((at for at in (found.until, judged if found.outcome else None) if at is not None), default=None)
    assumed = frozenset() if found.judged is not None or found.outcome is None else frozenset(("judged",))
    return Proposal(found.key, {k: v for k, v in record.items() if v not in ("", [])}, place, raw, until, assumed)


def _resolution(found: PlatformQuestion, platform: Platform, source: str, judged: int) -> dict[str, Value]:
    evidence: dict[str, Value] = {"source": source, "at": found.at or "", "url": found.url or ""}
    if found.url:
        evidence = {"title": shorten(f"{platform.name}: {found.at or found.id}", 200), "publisher": platform.name}
        evidence["url"] = found.url
    return {
        "outcome": Plain(str(found.outcome)),
        "judged": Plain(instants.day_of(judged).isoformat()),
        "evidence": [{k: v for k, v in evidence.items() if v}],
    }


def forecast_in(
    reading: Import, row: TableRow, key: str, by: str, made: str, stated: str, *, order: instants.Order = None
) -> ProposedForecast | Refused:
    """The forecast of a row, from its cells; `order` is how days of the platform are written."""
    try:
        at = instants.instant(made, reading.options.dates or order)
        chance = probability(stated, reading.options.scale or "0-1")
    except instants.NoInstantError as error:
        return Refused("bad-date", str(error), row.place, row.raw)
    except NoProbabilityError as error:
        return Refused("bad-probability", str(error), row.place, row.raw)
    return ProposedForecast(key, by, at, chance, row.place, row.raw)


def fixed_fields(reading: Import) -> dict[str, Value]:
    """What --set gives every claim, but the names, which become keys elsewhere."""
    quoted = ("claim", "note", "criteria", "condition", "deadline_words", "probability_words", "quote", "at")
    return {
        key: value if key in quoted else Plain(value)
        for key, value in reading.options.fixed.items()
        if key not in ("speaker", "source", "topics", "judged")
    }
