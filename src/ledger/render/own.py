"""How to tell by its content that a file was written by this program: only such a file is replaced or removed.

A format without an entry here is written where nothing stands yet, and never over anything.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ..files.writing import Own, nobody
from ..problems import CODES

APPLICATION = 0x464C4447  # of our SQLite files, in their header

# The derived columns tell an export from a table that somebody typed to import it.
_CSV = rb"(?:\xef\xbb\xbf)?id,claim,speaker,[a-z_,]*,status,account,days,"
_CODE = "|".join(CODES).encode()
_XML = rb"<\?xml [^>]*>\s*"
_EXPORTS = {
    "csv": _CSV,
    "tsv": _CSV.replace(b",", b"\t"),
    "jsonl": rb'\{"id": "[a-z0-9-]+", "claim": "',
    "json": rb'\{\s*"schema": "ledger\.',
    "markdown": rb"\| id \| claim \| speaker \| deadline \| status \| days \|",
    "ics": rb"BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-//forecast-ledger//",
    "atom": _XML + rb"<feed .*<generator [^>]*>forecast-ledger</generator>",
    "jsonld": rb'\{\s*"@context": "https://schema\.org",\s*"@graph": \[\s*(?:\]|\{\s*"@type": "Claim",\s*"@id": )',
    "sqlite": rb"SQLite format 3\x00.{52}" + re.escape(APPLICATION.to_bytes(4, "big")),
    "rejects": rb"file,row,reason,claim,by,date,probability\n",
    "datasette": rb'\{\s*"about": "forecast-ledger"',
    "parquet": rb"PAR1.*ledger\.claims/1",
    "xlsx": rb"PK\x03\x04.*forecast-ledger xlsx$",
    "datapackage": rb"PK\x03\x04.*forecast-ledger datapackage$",
    "svg": _XML + rb'<svg xmlns="[^"]*" class="chart" role="img" ',
}
_REPORTS = {
    "text": rb"[^\n]*:[0-9]+:[0-9]+: (?:" + _CODE + rb") ",
    "json": rb'\{\s*"schema": "ledger\.check/',
    "github": rb"::(?:error|warning|notice) file=[^\n]*,title=(?:" + _CODE + rb")(?: \(|::)",
    "sarif": rb'\{\s*"\$schema": "[^"]*sarif[^"]*",.{0,200}"driver": \{\s*"name": "ledger"',
    "junit": _XML + rb'<testsuites>\s*(?:</testsuites>|<testsuite [^>]*package="ledger")',
    "markdown": rb"<!-- forecast-ledger check -->\n",
    "gitlab": rb'\[\s*(?:\]|\{\s*"description": [^\n]*\s*"check_name": "(?:' + _CODE + rb')")',
}
_PAGES = {
    "html": rb'<!doctype html>.*<meta name="generator" content="forecast-ledger',
    "css": rb"/\* forecast-ledger ",
    "js": rb"// forecast-ledger |forecastLedger\.[a-z]+\(",
    "svg": rb"<!-- forecast-ledger |" + _EXPORTS["svg"],
    "xml": _XML + rb"<!-- forecast-ledger ",
    "txt": rb"# forecast-ledger ",
}


def _by(pattern: bytes | None) -> Own:
    if pattern is None:
        return nobody
    matches = re.compile(pattern, re.DOTALL).match
    return lambda content: matches(content) is not None


def export(form: str) -> Own:
    """Whether a file is an export in one of the formats of `export`, or a chart: `svg`."""
    return _by(_EXPORTS.get(form))


def report(form: str) -> Own:
    """Whether a file is a report of `check`."""
    return _by(_REPORTS.get(form))


def page(path: str) -> Own:
    """Whether a file of a site, told by its path below the site's folder, is one that `site` wrote."""
    form = PurePosixPath(path).suffix.removeprefix(".")
    return _by(_PAGES.get(form) or _EXPORTS.get(form))
