"""How to tell by its content that a file was written by this program: only such a file is replaced or removed.

A format without an entry here is written where nothing stands yet, and never over anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from ..columns import FLAT, NAMES
from ..files.writing import ENDS, Own, nobody
from ..problems import CODES

APPLICATION = 0x464C4447  # of our SQLite files, in their header
_TAIL = 200  # bytes at the end of a file in which its last words stand

_LEAST = NAMES.index("days") + 1  # the derived columns tell an export from a table that somebody typed to import it
_CODE = "|".join(CODES).encode()
_XML = rb"<\?xml [^>]*>\s*"


class Likeness(NamedTuple):
    """How a form begins and ends, and what each line of it looks like: what was added to one by hand is not ours."""

    head: bytes
    tail: bytes = b""
    line: bytes = b""


def _header(comma: bytes) -> Callable[[bytes], bool]:
    """A table whose columns are ours alone: all of today's, or those that earlier versions had."""
    names = [name.encode() for name in (*NAMES, *FLAT)]

    def fits(content: bytes) -> bool:
        line = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].removesuffix(b"\r").split(comma)
        return len(line) >= _LEAST and line == names[: len(line)]

    return fits


_DERIVED = rb'"status": "[a-z]+", "account": "[a-z]+", "days": '
_EXPORTS: dict[str, Likeness | Callable[[bytes], bool]] = {
    "csv": _header(b","),
    "tsv": _header(b"\t"),
    "jsonl": Likeness(rb'\{"id": "[a-z0-9-]+", "claim": "[^\n]*' + _DERIVED, line=rb'\{"id": '),
    "json": Likeness(rb'\{\s*"schema": "ledger\.list/', rb"\}"),
    "markdown": Likeness(rb"\| id \| claim \| speaker \| deadline \| status \| days \|", line=rb"\|"),
    "ics": Likeness(rb"BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-//forecast-ledger//", rb"END:VCALENDAR"),
    "atom": Likeness(_XML + rb"<feed .*<generator [^>]*>forecast-ledger</generator>", rb"</feed>"),
    "jsonld": Likeness(
        rb'\{\s*"@context": "https://schema\.org",\s*"@graph": \[\s*'
        rb'(?:\]|\{\s*"@type": "Claim",\s*"@id": "[^"]*",\s*"identifier": )',
        rb"\}",
    ),
    "sqlite": Likeness(rb"SQLite format 3\x00.{52}" + re.escape(APPLICATION.to_bytes(4, "big"))),
    "rejects": Likeness(rb"file,row,reason,claim,by,date,probability\n"),
    "datasette": Likeness(rb'\{\s*"about": "forecast-ledger"', rb"\}"),
    "parquet": Likeness(rb"PAR1.*ledger\.claims/1", rb"PAR1"),
    "xlsx": Likeness(rb"PK\x03\x04.*forecast-ledger xlsx$"),
    "datapackage": Likeness(rb"PK\x03\x04.*forecast-ledger datapackage$"),
    "svg": Likeness(_XML + rb'<svg xmlns="[^"]*" class="chart" role="img" ', rb"</svg>"),
}
_PLACE = rb"[^\n]*:[0-9]+:[0-9]+: (?:" + _CODE + rb") "
_COMMAND = rb"::(?:error|warning|notice) file=[^\n]*,title=(?:" + _CODE + rb")(?: \(|::)"
_REPORTS: dict[str, Likeness | Callable[[bytes], bool]] = {
    "text": Likeness(_PLACE + rb"[^\n]*\n    ", line=_PLACE + rb"|    "),
    "json": Likeness(rb'\{\s*"schema": "ledger\.check/', rb"\}"),
    "github": Likeness(_COMMAND, line=_COMMAND),
    "sarif": Likeness(rb'\{\s*"\$schema": "[^"]*sarif[^"]*",.{0,200}"driver": \{\s*"name": "ledger"', rb"\}"),
    "junit": Likeness(
        _XML + rb'<testsuites>\s*(?:</testsuites>\s*\Z|<testsuite [^>]*package="ledger")', rb"</testsuites>"
    ),
    "markdown": Likeness(
        rb"<!-- forecast-ledger check -->\nLedger check as of ",
        line=rb"<!-- forecast-ledger|Ledger check as of |- \*\*|- and [0-9,]+ more|  (?:what|remedy): |$",
    ),
    "gitlab": Likeness(rb'\[\s*(?:\]\s*\Z|\{\s*"description": [^\n]*\s*"check_name": "(?:' + _CODE + rb')")', rb"\]"),
}
_PAGES = {
    "html": rb'<!doctype html>.*<meta name="generator" content="forecast-ledger',
    "css": rb"/\* forecast-ledger ",
    "js": rb"// forecast-ledger |forecastLedger\.[a-z]+\(",
    "svg": rb"<!-- forecast-ledger |" + _XML + rb'<svg xmlns="[^"]*" class="chart" role="img" ',
    "xml": _XML + rb"<!-- forecast-ledger ",
    "txt": rb"# forecast-ledger ",
}


def _by(mark: Likeness | Callable[[bytes], bool] | None) -> Own:
    if mark is None:
        return nobody
    if not isinstance(mark, Likeness):
        return mark
    begins = re.compile(mark.head, re.DOTALL).match
    ends = re.compile(rb"(?:" + mark.tail + rb")\s*\Z").search
    is_line = re.compile(mark.line).match

    def fits(content: bytes) -> bool:
        if begins(content) is None or ends(content[-_TAIL:]) is None:
            return False
        # Of a longer file the middle is not at hand, and two halves of lines stand as one.
        return len(content) >= 2 * ENDS or all(is_line(line) for line in content.splitlines())

    return fits


def export(form: str) -> Own:
    """Whether a file is an export in one of the formats of `export`, or a chart: `svg`."""
    return _by(_EXPORTS.get(form))


def report(form: str) -> Own:
    """Whether a file is a report of `check`."""
    return _by(_REPORTS.get(form))


def page(path: str) -> Own:
    """Whether a file of a site, told by its path below the site's folder, is one that `site` wrote."""
    form = PurePosixPath(path).suffix.removeprefix(".")
    return _by(Likeness(_PAGES[form]) if form in _PAGES else _EXPORTS.get(form))
