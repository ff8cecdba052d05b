"""import: what others wrote, into a ledger and a table of forecasts beside it.

The files are read twice. The first time claims are found, compared with the ledger and proven as it would be read
with them; the second time forecasts are checked one by one and set down aside. Only then is anything written: rows
that were refused, the table, and last the ledger, so that a run that was cut off is finished by running it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import timedelta

from .. import fields
from ..checks import steady_findings
from ..edit.blocks import Value
from ..edit.changes import Append
from ..edit.scalars import Plain
from ..errors import RefusedError, UnreadableError, UsageError
from ..files import bounds
from ..files.taken import Taken
from ..files.writing import Growing, create, nobody
from ..intake.platforms import instants
from ..intake.platforms.common import Import
from ..intake.platforms.proposals import Proposal, ProposedForecast, Refused, RefusedFrame, RowPlace
from ..intake.platforms.registry import IMPORTERS
from ..intake.platforms.sources import Sources
from ..model import Claim, Ledger
from ..text import did_you_mean, plural
from . import records
from .apply import apply
from .forecast_rows import Added, ForecastTable
from .import_claims import Additions, ImportedLedger, change, held_names, holds, new_ledger, new_problems, plan, prove
from .import_request import Done, Request, known, with_beside
from .plan import REFUSED, Plan, Step
from .rejects import Rejects

PEOPLE = 10_000  # forecasters beyond this many are named by the table alone
# What of a claim a platform knows; the rest is the curator's, and may be another by now.
_KNOWN = ("claim", "speaker", "said", "deadline", "window", "kind", "probability", "resolutions")
_TRIES = 10


def run(request: Request, ledger: Ledger | None, *, write: bool) -> Done:
    """Import files; RefusedError if rows have to be mended and nobody asked to set them aside."""
    if request.form not in IMPORTERS:
        near = did_you_mean(request.form, IMPORTERS)
        raise UsageError(
            f"no format {request.form!r} can be imported", hint=near or f"there are {', '.join(IMPORTERS)}"
        )
    with ExitStack() as stack:
        sources = stack.enter_context(Sources(with_beside(request), request.stdin))
        return _Import(request, ledger, sources, stack).run(write=write)


class _Import:
    """One import under way."""

    def __init__(self, request: Request, ledger: Ledger | None, sources: Sources, stack: ExitStack) -> None:
        self._request, self._ledger, self._sources, self._stack = request, ledger, sources, stack
        self._importer = IMPORTERS[request.form]
        self._own = {claim.id: claim for claim in ledger.claims} if ledger else {}
        self._known = known(ledger, self._own)
        self._reading = self._read_anew(claims_only=True)
        self._proposed: dict[str, Proposal] = {}
        self._new: dict[str, records.Record] = {}
        self._there: set[str] = set()
        self._judged: dict[str, Sequence[Append]] = {}
        self._refused: dict[RowPlace, tuple[str, str]] = {}
        self._ids: dict[str, str] = {}  # what the files call a claim -> its id
        self._cut: dict[str, int] = {}  # from when on forecasts of a claim come too late
        self._rejects = Rejects(zipped=sources.zipped)
        stack.callback(self._rejects.close)
        self._noted: dict[str, list[Value]] = {}  # forecasts that go into claims
        self._seen: set[tuple[str, str, str]] = set()  # forecasts that claims had, and that came again
        self._counts: Counter[str] = Counter()
        self._last: tuple[Additions, tuple[str, ImportedLedger | None, Ledger]] | None = None

    def _read_anew(self, *, claims_only: bool) -> Import:
        request = self._request
        return Import(self._sources.members, request.options, self._known, request.today, claims_only=claims_only)

    def run(self, *, write: bool) -> Done:
        """All of it."""
        for item in self._importer.read(self._reading):
            if isinstance(item, Proposal):
                self._propose(item)
        self._settle()
        table = self._table()
        said = self._rows(table)
        if self._rejects.mendable() and self._request.rejects is None:
            raise self._unmended()
        additions = self._additions(table)
        return self._finish(additions, table, said, write=write)

    def _table(self) -> ForecastTable | None:
        request = self._request
        if request.into == "claims":
            return None
        patterns = [table.pattern for table in self._ledger.forecasts] if self._ledger else []
        into = request.into or f"forecasts/{request.form}.csv"
        includes = self._ledger.includes if self._ledger else ()
        return ForecastTable(request.target, into, patterns, self._stack, self._taken._replace(patterns=includes))

    @property
    def _taken(self) -> Taken:
        return Taken((self._request.target,)) if self._ledger is None else Taken.by(self._ledger)

    # --- claims ----------------------------------------------------------------------------------------------

    def _propose(self, found: Proposal) -> None:
        record = records.undefaulted({key: found.record[key] for key in fields.CLAIM_KEYS if key in found.record})
        claim = str(record["id"])
        before = self._proposed.get(claim)
        if before is not None and before.place != found.place:
            differing = [key for key in records.differing(before.record, record) if found.exact or key in _KNOWN]
            if differing:
                self._refused[found.place] = ("differs", f"{claim} stands twice, with another {', '.join(differing)}")
                return
            if found.raw and not found.exact:
                self._refused[found.place] = ("twice", f"{claim} stands at {before.place} already")
                return
        found.record = record
        self._proposed[claim] = found
        self._ids[found.key] = claim
        if found.until is not None:
            self._cut[claim] = found.until
        self._compare(claim, found)
        bounds.check_claims(len(self._new) + len(self._own), self._request.target)

    def _refuse_claim(self, found: Proposal, code: str, message: str) -> None:
        self._refused[found.place] = (code, message)
        self._ids.pop(found.key, None)

    def _compare(self, claim: str, found: Proposal) -> None:
        """Whether a claim is new, there already, judged by now, or there with other content."""
        held = self._own.get(claim)
        if held is None:
            self._new[claim] = found.record
            return
        own, record = records.of_claim(held), found.record
        keys = record.keys() | own.keys() if found.exact else record.keys() & set(_KNOWN)
        differing = [key for key in fields.CLAIM_KEYS if key in keys and own.get(key) != record.get(key)]
        if differing == ["resolutions"] and not found.exact:
            if _same_verdict(own, record, found.assumed):
                differing = []
            elif not held.resolutions and isinstance(record["resolutions"], Sequence):
                self._judged[claim] = [Append("resolutions", one) for one in record["resolutions"]]
                return
        if differing:
            self._refuse_claim(found, "differs", f"{claim} is in the ledger with another {', '.join(differing)}")
        else:
            self._there.add(claim)

    def _settle(self) -> None:
        """Leave out claims that would be errors, until the ledger with the others is sound."""
        for _ in range(_TRIES):
            wrong = self._wrong()
            if not wrong:
                return
            for claim, message in wrong.items():
                self._refuse_claim(self._proposed[claim], "not-valid", f"{claim}: {message}")
                self._new.pop(claim, None)
                self._judged.pop(claim, None)
        raise RefusedError("the claims refer to each other in ways that cannot be settled", hint="import fewer at once")

    def _wrong(self) -> dict[str, str]:
        """What would be wrong with the new claims, by id."""
        if not self._new and not self._judged:
            return {}
        before, after = self._before_and_after()
        found: dict[str, str] = {}
        for problem in new_problems(before, after):
            if problem.code == "limit" and problem.claim not in self._new:
                raise UnreadableError(f"{self._request.target}: {problem.message}", hint=problem.hint)
            if problem.claim not in self._new and problem.claim not in self._judged:
                raise RefusedError(f"this would add an error: {problem.message}", hint=problem.hint)
            found.setdefault(str(problem.claim), _in_words(problem.message, problem.hint))
        for finding in steady_findings(after, today=self._request.today):
            if finding.number is not None and finding.code in REFUSED:
                claim = after.facts[finding.number].id
                if claim in self._new or claim in self._judged:
                    found.setdefault(claim, _in_words(finding.message, finding.hint))
        return found

    def _before_and_after(self) -> tuple[Ledger | None, Ledger]:
        """The ledger, and what it would be; one without claims has no place yet that broken ones could be put at."""
        new = Additions(dict(self._new), self._declared(), self._reading.head, dict(self._judged))
        if self._ledger is None or self._ledger.spots:
            return self._ledger, self._made(new)[2]
        held = held_names(self._ledger)
        names = {table: {**held[table], **entries} for table, entries in new.declared.items()}
        return None, new_ledger(new._replace(declared=names), self._request.target)[1]

    def _made(self, new: Additions) -> tuple[str, ImportedLedger | None, Ledger]:
        """What would be written and read; worked out once as long as the same is added."""
        if self._last is None or self._last[0] != new:
            if self._ledger is None:
                text, after = new_ledger(new, self._request.target)
                self._last = new, (text, None, after)
            else:
                found = change(self._ledger, new)
                self._last = new, ("", found, found.after)
        return self._last[1]

    def _declared(self) -> dict[str, dict[str, Value]]:
        """The names that new claims use and the ledger does not have."""
        held = held_names(self._ledger) if self._ledger else {}
        speakers = {str(record.get("speaker")) for record in self._new.values()}
        made = self._reading.new_names()
        people = made["people"]
        if len(people) > PEOPLE:
            made["people"] = {key: value for key, value in people.items() if key in speakers}
        return {
            table: {key: value for key, value in entries.items() if key not in held.get(table, {})}
            for table, entries in made.items()
        }

    # --- rows ------------------------------------------------------------------------------------------------

    def _rows(self, table: ForecastTable | None) -> list[str]:
        """Check each row, and set down forecasts aside; what people should know of the reading."""
        reading = self._read_anew(claims_only=False)
        latest = instants.of_day(self._request.today + timedelta(days=1))
        for item in self._importer.read(reading):
            if isinstance(item, ProposedForecast):
                found = self._forecast(item, reading, table, latest)
                if found is not None:
                    self._rejects.add(Refused(*found, item.place, item.raw))
            elif isinstance(item, Refused):
                self._rejects.add(item)
            elif isinstance(item, RefusedFrame):
                self._rejects.head(item)
            elif item.place in self._refused:
                self._rejects.add(Refused(*self._refused[item.place], item.place, item.raw))
        return reading.said()

    def _forecast(
        self, item: ProposedForecast, reading: Import, table: ForecastTable | None, latest: int
    ) -> tuple[str, str] | None:
        """Take a forecast; a code and a message if it is refused."""
        claim = self._ids.get(item.key) or (item.key if item.key in self._own else None)
        if claim is None:
            return "claim-refused", "see its question"
        cut = self._cut.get(claim) or self._cut_of(claim)
        if cut and item.at >= cut:
            return "after-decision", f"made {instants.written(item.at)}, decided {instants.written(cut)}"
        if item.at > latest:
            return "bad-date", f"{instants.written(item.at)} lies in the future"
        by = self._forecaster(item.by, reading)
        if by == self._speaker(claim):
            return "own-forecast", f"{by} said {claim}"
        added = table.add(claim, by, item.at, item.probability) if table is not None else self._note(claim, by, item)
        if added == "twice":
            return "twice", f"{by} on {claim} at {instants.written(item.at)}"
        self._counts[added] += 1
        return None

    def _forecaster(self, name: str, reading: Import) -> str:
        kind = reading.kinds.get(name)
        entry: dict[str, Value] = {"kind": Plain(kind)} if kind else {}
        return self._reading.people.key(name, entry, by_key=self._request.form == "csv")

    def _speaker(self, claim: str) -> str:
        held = self._own.get(claim)
        return held.speaker if held else str(self._new[claim].get("speaker"))

    def _cut_of(self, claim: str) -> int:
        """From when on forecasts of a claim of the ledger come too late; 0 while it is not decided."""
        held = self._own.get(claim)
        made = self._cut[claim] = _decided(held) if held else 0
        return made

    def _note(self, claim: str, by: str, item: ProposedForecast) -> Added:
        """Put a forecast into its claim; a day has one of each forecaster, the first in the file."""
        day = instants.day_of(item.at).isoformat()
        entry: dict[str, Value] = {"by": by, "date": Plain(day), "probability": Plain(records.digits(item.probability))}
        own = self._own.get(claim)
        for held in own.forecasts if own else ():
            if (held.by, held.date.text) == (by, day):
                seen = (claim, by, day) in self._seen
                self._seen.add((claim, by, day))
                return "there" if held.probability == item.probability and not seen else "twice"
        entries = self._noted.setdefault(claim, [])
        if any((one["by"], one["date"]) == (by, day) for one in entries if isinstance(one, Mapping)):
            return "twice"
        entries.append(entry)
        return "new"

    # --- the end ---------------------------------------------------------------------------------------------

    def _unmended(self) -> RefusedError:
        shown = "\n  ".join(self._rejects.lines())
        return RefusedError(
            f"{plural(self._rejects.count, 'row')} refused; nothing was written\n  {shown}",
            hint="mend them, or give --rejects FILE: it takes these rows, and the others are imported",
        )

    def _additions(self, table: ForecastTable | None) -> Additions:
        appended: dict[str, Sequence[Append]] = dict(self._judged)
        claims = dict(self._new)
        for claim, entries in self._noted.items():
            if claim in claims:
                whole = {**claims[claim], "forecasts": entries}
                claims[claim] = {key: whole[key] for key in fields.CLAIM_KEYS if key in whole}
            else:
                more = [Append("forecasts", entry) for entry in entries]
                appended[claim] = [*appended.get(claim, ()), *more]
        tables = (table.relative,) if table is not None and table.unlisted else ()
        return Additions(claims, self._declared(), self._reading.head, appended, tables)

    def _finish(self, new: Additions, table: ForecastTable | None, said: list[str], *, write: bool) -> Done:
        steps = tuple(
            Step(claim, "there already" if claim in self._there else "added", self._request.target, None)
            for claim in (*self._new, *self._there)
        )
        warnings = (*said, *self._otherwise())
        preview, planned = self._proven(new, steps, warnings)
        if write:
            self._write_beside(table)
            if planned is not None:
                apply(planned)
            elif self._ledger is None:
                create(self._request.target, preview.encode())
        return self._done(table, warnings, preview)

    def _proven(self, new: Additions, steps: tuple[Step, ...], warnings: tuple[str, ...]) -> tuple[str, Plan | None]:
        """The text of a new ledger, or the plan for one that is there and its diff; RefusedError without a proof."""
        if self._ledger is not None and not new:
            return "", None
        text, found, after = self._made(new)
        prove(after, new, self._ledger)
        if self._ledger is None or found is None:
            return text, None
        planned = plan(self._ledger, new, found, steps, warnings)
        return planned.diff(), planned

    def _write_beside(self, table: ForecastTable | None) -> None:
        """Refused rows, then the table; the ledger comes last."""
        if self._request.rejects is not None and self._rejects and not self._rejects.stand_in(self._request.rejects):
            with closing(Growing(self._request.rejects, own=nobody, ledger=self._taken)) as out:
                self._rejects.write(out.file)
                out.place()
        if table is not None:
            table.place()

    def _otherwise(self) -> list[str]:
        """A line for each name that the ledger declares otherwise: its own entry stays."""
        held = held_names(self._ledger) if self._ledger else {}
        shown = ", ".join(self._request.files)
        return [
            f"{table} {key}: {shown} has it otherwise; the ledger's own entry stays"
            for table, entries in self._reading.new_names().items()
            for key, value in entries.items()
            if key in held.get(table, {}) and not holds(held[table][key], value)
        ]

    def _done(self, table: ForecastTable | None, warnings: tuple[str, ...], preview: str) -> Done:
        return Done(
            added=len(self._new),
            there=len(self._there),
            judged=len(self._judged),
            forecasts=self._counts["new"],
            forecasts_there=self._counts["there"],
            table=table.relative if table is not None and table.touched else None,
            refused=tuple(self._rejects.lines()),
            refused_count=self._rejects.count,
            warnings=warnings,
            preview=preview,
            new=self._ledger is None,
        )


def _same_verdict(own: Mapping[str, Value], record: Mapping[str, Value], assumed: frozenset[str]) -> bool:
    """Whether the last judgement of a claim is the one that the file has; an assumed day is no contradiction."""
    held, given = (found.get("resolutions") for found in (own, record))
    if not isinstance(held, list) or not isinstance(given, list):
        return False
    keys = ("outcome",) if "judged" in assumed else ("outcome", "judged")
    return all(held[-1].get(key) == given[-1].get(key) for key in keys)


def _decided(claim: Claim) -> int:
    if not claim.resolutions or claim.resolutions[-1].outcome == "reopened":
        return 0
    last = claim.resolutions[-1]
    first = last.happened.first if last.happened else last.judged.first
    if last.happened is None and claim.deadline is not None:
        first = min(first, claim.deadline.last)
    return instants.start_of(first)


def _in_words(message: str, hint: str | None) -> str:
    return f"{message} ({hint})" if hint else message
