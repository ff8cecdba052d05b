"""Examples that stand at the end of each command's help; all of them run on the first ledger, and a test runs them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EXAMPLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "list": (
            "ledger list --topic optimus",
            "ledger list --status overdue,miss --speaker elon-musk",
            "ledger list --search robotaxi --format csv",
        ),
        "show": ("ledger show optimus-units-2026", "ledger show optimus-units-2026 optimus-units-2027 --format json"),
        "due": ("ledger due --within 1y", "ledger due --topic optimus"),
        "check": ("ledger check --ignore overdue --summary", "ledger check --ignore overdue --format json"),
        "add": (
            'ledger add "Tesla sells a million robots in 2029." --speaker elon-musk --said 2026-01-28 '
            "--source ainvest-2025-01-09 --deadline 2029 --no-input --dry-run",
            'ledger add "Inflation is at two percent in 2027." -s "Christine Lagarde" -S le-monde-2026 '
            "--title Interview -w 2026-01-09 -d 2027 --declare --no-input --dry-run",
        ),
        "scan": (
            'echo "The bridge will open in 2027." | ledger scan - --published 2026-11-27',
            "ledger scan README.md --published 2026-11-27 --min usual --format yaml",
        ),
        "resolve": (
            "ledger resolve optimus-3-summer-2026 false --evidence https://example.org/report "
            '--says "None was made." --dry-run',
            "ledger resolve optimus-3-summer-2026 true --happened 2026-11-20 "
            "--evidence https://example.org/report --dry-run",
        ),
        "reopen": ('ledger reopen optimus-5000-in-2025 --note "The count was withdrawn." --dry-run',),
        "revise": (
            'ledger revise optimus-units-2027 "Tesla builds at least 500,000 Optimus robots in 2028." '
            "--deadline 2028 --said 2026-10-21 --source ainvest-2025-01-09 --no-input --dry-run",
        ),
        "touch": (
            "ledger touch fsd-10x-safer --dry-run",
            'ledger touch optimus-units-2026 --value 300 --note "Robots seen at the meeting." --dry-run',
        ),
        "diff": ("ledger diff HEAD",),
        "log": ("ledger log --limit 3", "ledger log optimus-units-2026"),
        "ci init": ("ledger ci init github --from https://github.com/OWNER/REPOSITORY@v1 --dry-run",),
        "score": ("ledger score --by kind", "ledger score --speaker elon-musk --explain"),
        "calibration": ("ledger calibration", "ledger calibration --speaker elon-musk"),
        "leaderboard": ("ledger leaderboard",),
        "slip": ("ledger slip --topic optimus",),
        "topics": ("ledger topics", "ledger topics --format json"),
        "people": ("ledger people",),
        "sources": ("ledger sources --format csv", "ledger sources --format plain"),
        "export": (
            "ledger export csv --bom -o claims.csv",
            "ledger export sqlite --topic optimus -o optimus.db",
            "ledger export datapackage -o claims.zip",
        ),
        "import": (
            "ledger export csv | ledger import csv - --dry-run",
            "ledger export jsonl --topic optimus | ledger -f optimus.yaml import jsonl - --dry-run",
            'echo "- It rains in May: 80%" | ledger import markdown - --year 2027 '
            '--set speaker="Ann Example" --dry-run',
        ),
        "site": ("ledger site pages",),
        "cache info": ("ledger cache info",),
        "cache clear": ("ledger cache clear",),
        "init": ("ledger init my-claims.yaml",),
        "review": ("ledger review", "ledger review --topic optimus --stale 1y"),
        "lsp": ("ledger lsp --documents seeds",),
        "mcp": ("ledger mcp --documents seeds",),
        "schema": ("ledger schema", "ledger schema list"),
        "help": ("ledger help format", "ledger help columns"),
    }
)


def examples_of(path: str) -> str | None:
    """The block that ends the help of a command; the mark at its head keeps its lines apart."""
    lines = "".join(f"\n  {line}" for line in EXAMPLES.get(path, ()))
    return f"\b\nExamples:{lines}" if lines else None
