"""Problems as SARIF 2.1.0, the form in which code scanning takes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from ... import __version__
from ...checks.remedies import REMEDIES
from ...origin import Origin, installed
from ...problems import CODES, Problem
from ...results.check import Checked
from .. import jsontext
from ..escape import sarif
from .data import fingerprint

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(checked: Checked, rename: Callable[[str], str]) -> str:
    """One run with a rule for each code; notes too."""
    seen: Counter[str] = Counter()
    home = installed()
    about = {} if home is None else {"informationUri": home.address}
    rules = [_rule(code, home) for code in CODES]
    driver = {"name": "ledger", "version": __version__, **about, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, rename, seen) for found in checked.problems],
    }
    return jsontext.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, home: Origin | None) -> dict[str, Any]:
    """What a code means and how to mend it; with the page that shows an example, where its address is known."""
    severity, meaning = CODES[code]
    page = None if home is None else home.page(f"docs/checks.md#{code}")
    return {
        "id": code,
        "shortDescription": {"text": meaning},
        "help": {"text": REMEDIES[code]},
        **({} if page is None else {"helpUri": page}),
        "defaultConfiguration": {"level": severity},
    }


def _result(found: Problem, rename: Callable[[str], str], seen: Counter[str]) -> dict[str, Any]:
    path = rename(found.place.file)
    text = found.message if found.hint is None else f"{found.message}\n{found.hint}"
    return {
        "ruleId": found.code,
        "ruleIndex": _INDEX[found.code],
        "level": found.severity,
        "message": {"text": sarif(text)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(path)},
                    "region": {"startLine": found.place.line, "startColumn": found.place.column},
                }
            }
        ],
        "partialFingerprints": {"ledgerProblem/v1": fingerprint(found, path, seen)},
    }


_INDEX = {code: number for number, code in enumerate(CODES)}


def _uri(path: str) -> str:
    """The path as a URI reference: relative, or of the scheme file where the path is absolute."""
    quoted = quote(path.encode("utf-8", "surrogatepass"))
    return f"file://{quoted}" if path.startswith("/") else quoted
