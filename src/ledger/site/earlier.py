"""Files of a row a claim, written again: the rows of claims of which nothing changed are those of the last run.

What a row tells is told on the page of its claim too, but for its line in the file, which is put in anew. So a claim
whose page has the key of the last run has its row of then.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..columns import FLAT, NAMES
from ..query import Row
from ..render.export import ics, jsonl
from ..render.objects import written
from ..results.list import Listing
from . import paths
from .page import Earlier, Site

_LINE = NAMES.index("line")
_ID, _IN_JSON = '{"id": "', ', "line": '
T = TypeVar("T")


def table(site: Site, earlier: Earlier | None) -> str:
    """claims.csv."""
    rows = site.survey.rows
    kept = {} if earlier is None else dict(_cells(earlier))
    out = io.StringIO(newline="")
    put = csv.writer(out, lineterminator="\n").writerow
    made = written(_new(site, rows, kept), "csv")
    out.write(next(made))
    for row in rows:
        cells = kept.get(row.fact.id)
        if cells is None:
            out.write(next(made))
        else:
            cells[_LINE] = str(row.fact.line)
            put(cells)
    return out.getvalue()


def _cells(earlier: Earlier) -> Iterator[tuple[str, list[str]]]:
    try:
        head, *rows = csv.reader(io.StringIO(earlier.text, newline=""), strict=True)
    except (csv.Error, ValueError):  # a cell that is too long for the reader
        return
    if tuple(head) == (*NAMES, *FLAT):
        yield from ((cells[0], cells) for cells in rows if earlier.same(paths.claim(cells[0])))


def json_lines(site: Site, earlier: Earlier | None) -> str:
    """claims.jsonl."""
    rows = site.survey.rows
    kept = {} if earlier is None else dict(_objects(earlier))
    made = jsonl.document(_new(site, rows, kept))
    return "".join(_merged(rows, {row.fact.id: _at(kept, row) for row in rows if row.fact.id in kept}, made))


def _objects(earlier: Earlier) -> Iterator[tuple[str, tuple[str, str]]]:
    """What stands before and behind the line of a claim, where that is certain."""
    for text in earlier.text.split("\n"):
        name = text[len(_ID) : text.find('"', len(_ID))]
        before, sign, rest = text.partition(_IN_JSON)
        number, comma, behind = rest.partition(",")
        certain = text.startswith(_ID) and number.isdigit() and _IN_JSON not in behind
        if certain and earlier.same(paths.claim(name)):
            yield name, (before + sign, f"{comma}{behind}\n")


def _at(kept: Mapping[str, tuple[str, str]], row: Row) -> str:
    before, behind = kept[row.fact.id]
    return f"{before}{row.fact.line}{behind}"


def calendar(site: Site, rows: Sequence[Row], part: str | None, earlier: Earlier | None) -> str:
    """A calendar of some of the claims."""
    title, kept = site.survey.ledger.title, {}
    if earlier is not None:
        events = ics.events(earlier.text)
        same = (row.fact.id for row in rows if earlier.same(paths.claim(row.fact.id)))
        found = ((name, events.get(ics.uid(name, title, site.address))) for name in same)
        kept = {name: event for name, event in found if event is not None}
    return "".join(ics.document(_listing(site, rows), site.address, part=part, kept=kept))


def _listing(site: Site, rows: Sequence[Row]) -> Listing:
    return Listing(site.survey.ledger, site.survey.day, rows, len(rows))


def _new(site: Site, rows: Sequence[Row], kept: Mapping[str, object]) -> Listing:
    return _listing(site, [row for row in rows if row.fact.id not in kept])


def _merged(rows: Iterable[Row], kept: Mapping[str, T], made: Iterator[T]) -> Iterator[T]:
    """The rows in their order: kept ones, and for each of the others the next that is made."""
    for row in rows:
        found = kept.get(row.fact.id)
        yield next(made) if found is None else found
