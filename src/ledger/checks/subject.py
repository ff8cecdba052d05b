"""What a check is given, and what it answers. Days are proleptic ordinals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from ..facts import Fact
from ..model import Claim, Ledger
from ..problems import CODES, Path, Severity
from ..status import is_known


class Finding(NamedTuple):
    """One thing that is wrong; `number` is the claim's number in the ledger, None for an entry of the head.

    `path` leads to the value, such as ("resolutions", 0, "happened"); in the head its last step is the key.
    """

    code: str
    message: str
    hint: str | None
    number: int | None
    path: Path
    severity: Severity


def finding(
    code: str, message: str, hint: str | None, number: int | None, path: Path, *, severity: Severity | None = None
) -> Finding:
    """A finding with the severity its code has, unless another is given."""
    return Finding(code, message, hint, number, path, severity or CODES[code].severity)


class StoredDocument(NamedTuple):
    """One file of the folder given by --documents: its bytes, or why they cannot be had.

    `forbidden` says that the name leads out of the folder.
    """

    data: bytes | None
    trouble: str | None = None
    forbidden: bool = False


class Scope:
    """All that a check may ask: a ledger, the as-of day, today, and the documents if they were given.

    `recheck` answers until which day (an ordinal) a look on a day is recent.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        day: int,
        today: int,
        recheck: Callable[[int], int] = lambda looked: looked + 30,
        documents: Mapping[str, StoredDocument] | None = None,
    ) -> None:
        self.ledger = ledger
        self.day = day
        self.today = today
        self.recheck = recheck
        self.documents = documents

    @cached_property
    def known(self) -> tuple[tuple[int, Fact], ...]:
        """The claims said by the as-of day, each with its number."""
        return tuple((number, fact) for number, fact in enumerate(self.ledger.facts) if is_known(fact, self.day))

    def document(self, name: str) -> StoredDocument:
        """A document by its name; one that was not given is not at hand."""
        return (self.documents or {}).get(name) or StoredDocument(None, f"{name} is not at hand")

    def claims(self) -> Iterator[tuple[int, Claim, Fact]]:
        """All claims with their numbers and facts, known on the day or not."""
        yield from zip(range(len(self.ledger.claims)), self.ledger.claims, self.ledger.facts, strict=True)


Check = Callable[[Scope], Iterator[Finding]]
