"""Rows made of facts alone are those made of claims."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ledger.columns import DERIVED
from ledger.query import Filter
from ledger.render.objects import FACT_NAMES, claim_objects, claim_rows, flat_rows
from ledger.results.list import listing
from support.ledgers import broken

from .conftest import fresh


def test_a_row_of_a_fact_is_that_of_its_claim() -> None:
    Path("claims.yaml").write_text(broken(2))
    found = listing(fresh(["claims.yaml"]), Filter(), day=date(2026, 3, 1))
    names = (*sorted(FACT_NAMES), *DERIVED)
    expected = list(flat_rows(claim_objects(found), names))
    assert list(claim_rows(found, names)) == expected
    for at, name in enumerate(names):
        assert list(claim_rows(found, (name,))) == [[row[at]] for row in expected], name
        assert list(claim_rows(found, (name, "note"))) == list(flat_rows(claim_objects(found), (name, "note")))
