"""Words of deadlines, read by this program and by three libraries: `python benchmarks/read_words.py GOLD [--write]`.

GOLD is the folder of the annotated texts: `words.json` holds expressions with their last day from a public
specification, `texts/*.json` deadlines of real texts with the period an annotator gave them. A reading is right if it,
or another one that the reader gives, ends within a day of the last day. The libraries want an environment of their own:
`pip install dateparser parsedatetime recognizers-text-suite 'emoji<2'`; those that are not there are left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from ledger import periods, words  # noqa: E402

_START, _STOP = "<!-- figures -->\n", "<!-- end -->\n"

Read = Callable[[str, date], list[date]]
KINDS = (
    ("centuries and decades", r"centur|decade|[0-9]0s|tens\b|ties\b"),
    ("quarters, halves, thirds", r"quarter|half|third of|\bq[1-4]\b|[0-9]h[12]|\bh[12]\b"),
    ("seasons", r"spring|summer|autumn|\bfall\b|winter"),
    ("weeks and weekdays", r"week|(mon|tues|wednes|thurs|fri|satur|sun)day"),
    ("months and days", r"jan|feb|mar|apr|\bmay\b|jun|jul|aug|sep|oct|nov|dec|\bthe [0-9]|\bday|to?morrow|tmrw"),
    ("lengths", r"\b([0-9]+|two|three|five|few|several|couple|next [0-9]+) (day|week|month|year)"),
    ("this and next", r"\b(this|next|coming|upcoming|last|after next)\b|the year$"),
    ("years", r"[0-9]{4}|'[0-9]{2}"),
    ("open or tied to an event", r""),
)


class Case(NamedTuple):
    """Words, the day they were said, and the last days that are right; none where there is no period."""

    words: str
    said: date
    ends: tuple[date, ...]


def specification(gold: Path) -> Iterator[Case]:
    """The expressions of the public specification."""
    for case in json.loads((gold / "words.json").read_text(encoding="utf-8"))["cases"]:
        yield Case(case["words"], date.fromisoformat(case["day"]), (date.fromisoformat(case["last"]),))


def texts(gold: Path) -> Iterator[Case]:
    """The deadlines of claims in the annotated texts."""
    meta = json.loads((gold / "texts" / "meta.json").read_text(encoding="utf-8"))
    for path in sorted((gold / "texts").glob("[0-9]*.json")):
        said = periods.parse(meta[path.stem]["published"]).last
        for found in json.loads(path.read_text(encoding="utf-8")):
            if found["deadline_words"] and found["kind"] != "none":
                given = [found["deadline"], *found["deadline_accept"]]
                ends = tuple(periods.parse(one).last for one in given if one not in ("none", "unclear", None))
                yield Case(found["deadline_words"], said, ends if given[0] not in ("none", "unclear") else ())


# --- readers ----------------------------------------------------------------------------------------------------


def _ours(said: str, day: date) -> list[date]:
    reading = words.read_deadline(said, day)
    if reading.period in (None, "none"):
        return []
    return [periods.parse(one).last for one in (reading.period, *reading.others) if one != "none"]


def _dateparser() -> Read:
    import dateparser
    from dateparser.search import search_dates

    def read(said: str, day: date) -> list[date]:
        settings = {
            "RELATIVE_BASE": datetime(day.year, day.month, day.day),
            "PREFER_DATES_FROM": "future",
            "PREFER_DAY_OF_MONTH": "last",
            "PREFER_MONTH_OF_YEAR": "last",
        }
        found = dateparser.parse(said, languages=["en"], settings=settings)
        if found is None:
            inside = search_dates(said, languages=["en"], settings=settings) or []
            found = inside[0][1] if inside else None
        return [found.date()] if found else []

    return read


def _parsedatetime() -> Read:
    import parsedatetime

    calendar = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE)

    def read(said: str, day: date) -> list[date]:
        found, context = calendar.parseDT(said, sourceTime=datetime(day.year, day.month, day.day))
        return [found.date()] if context.hasDate else []

    return read


def _recognizers() -> Read:
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    def read(said: str, day: date) -> list[date]:
        found = recognize_datetime(said, Culture.English, reference=datetime(day.year, day.month, day.day))
        values = [one for result in found for one in (result.resolution or {}).get("values", [])]
        return [end for one in values if (end := _end(one)) is not None]

    return read


def _end(value: dict[str, str]) -> date | None:
    """The last day of a resolution; its ends are exclusive."""
    text = value.get("end") or value.get("value") or ""
    match = re.match(r"\d{4}-\d\d-\d\d", text)
    if match is None:
        return None
    day = date.fromisoformat(match[0])
    return day - timedelta(days=1) if value.get("end") else day


def readers() -> dict[str, Read]:
    """The readers at hand, ours first."""
    found: dict[str, Read] = {"ledger": _ours}
    for name, make in (
        ("dateparser", _dateparser),
        ("parsedatetime", _parsedatetime),
        ("recognizers-text", _recognizers),
    ):
        try:
            found[name] = make()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return found


# --- counting ---------------------------------------------------------------------------------------------------


class Count(NamedTuple):
    """Cases with a period, those answered and those right; cases without one, and those answered all the same."""

    dated: int = 0
    answered: int = 0
    right: int = 0
    undated: int = 0
    invented: int = 0


def count(cases: list[Case], read: Read) -> Count:
    """How a reader does on some cases."""
    answered = right = invented = 0
    for case in cases:
        found = _tried(read, case)
        if not case.ends:
            invented += bool(found)
            continue
        answered += bool(found)
        right += any(abs((one - end).days) <= 1 for one in found for end in case.ends)
    dated = sum(bool(case.ends) for case in cases)
    return Count(dated, answered, right, len(cases) - dated, invented)


def _tried(read: Read, case: Case) -> list[date]:
    try:
        return read(case.words, case.said)
    except Exception as error:  # a reader that falls over has not answered
        print(f"{case.words!r}: {error!r}", file=sys.stderr)
        return []


def kind(words_said: str) -> str:
    """The kind of a phrase: the first that fits."""
    return next(name for name, pattern in KINDS if re.search(pattern, words_said.lower()))


def table(gold: Path) -> str:
    """The figures as Markdown: each set for each reader, then ours by kind of phrase."""
    sets = {"public specification": list(specification(gold)), "annotated texts": list(texts(gold))}
    lines = ["| | dated phrases | answered | right of answered | right of all | a period where there is none |"]
    lines.append("|---|---|---|---|---|---|")
    for title, cases in sets.items():
        for name, read in readers().items():
            got = count(cases, read)
            share = f"{got.right} of {got.answered}" if got.answered else "-"
            undated = f"{got.invented} of {got.undated}" if got.undated else "-"
            row = (f"{title}: {name}", got.dated, got.answered, share, f"{got.right / got.dated:.0%}", undated)
            lines.append("| " + " | ".join(map(str, row)) + " |")
    lines += ["", "| kind of phrase, both sets | dated | answered | right |", "|---|---|---|---|"]
    every = [case for cases in sets.values() for case in cases if case.ends]
    for name, _pattern in KINDS:
        got = count([case for case in every if kind(case.words) == name], _ours)
        if got.dated:
            lines.append(f"| {name} | {got.dated} | {got.answered} | {got.right} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    gold = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "gold")
    made = table(gold)
    print(made, end="")
    if "--write" in sys.argv:
        page = ROOT / "docs" / "words.md"
        text = page.read_text(encoding="utf-8")
        before, rest = text.split(_START)
        page.write_text(before + _START + made + _STOP + rest.split(_STOP)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
