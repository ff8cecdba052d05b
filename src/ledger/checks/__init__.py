"""What is wrong with a ledger on a day: pure functions from (ledger, day, documents) to findings."""

from .registry import DOCUMENT_CODES, findings, standing_problems, steady_findings
from .subject import Finding, Scope, StoredDocument

__all__ = [
    "DOCUMENT_CODES",
    "Finding",
    "Scope",
    "StoredDocument",
    "findings",
    "standing_problems",
    "steady_findings",
]
