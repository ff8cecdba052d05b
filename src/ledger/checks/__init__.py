"""What is wrong with a ledger on a day: pure functions from (ledger, day, documents) to findings."""

from .registry import ACROSS, DOCUMENT_CODES, Locate, findings, standing_problems, steady_findings
from .subject import Finding, Scope, StoredDocument

__all__ = [
    "ACROSS",
    "DOCUMENT_CODES",
    "Finding",
    "Locate",
    "Scope",
    "StoredDocument",
    "findings",
    "standing_problems",
    "steady_findings",
]
