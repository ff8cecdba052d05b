"""A column is told once, and every face follows."""

from __future__ import annotations

import ast
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from ledger import columns
from ledger.cli import completion
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.model import Claim
from ledger.query import Filter
from ledger.render import promises
from ledger.render.terminal.claims import claims_table
from ledger.results.list import Listing, listing
from support.exports import exported, told
from support.ledgers import HEAD, RICH, broken
from support.platform_files import read

SRC = Path(columns.__file__).parent


def found(ledger: str = broken(1)) -> Listing:
    return listing(load(Disk(), [GivenText("claims.yaml", ledger.encode())]), Filter(), day=date(2026, 3, 1))


def test_columns_keep_their_places_and_new_ones_stand_behind() -> None:
    listed = (
        "id claim speaker said source at quote wording kind condition topics deadline deadline_words deadline_latest "
        "window probability probability_words quantity criteria series revises depends_on see_also note added checked "
        "amended resolutions status account days slip revised_by file line outcome deadline_end source_url "
        "source_archived verdict_days slip_low slip_high speakers sources also_by also_in known_by fiscal_of "
        "forecasts observations formerly"
    )
    beside = "judged happened value evidence_url speaker_name source_title topic_names names"
    assert " ".join(columns.NAMES).startswith(listed)
    assert " ".join(columns.FLAT_NAMES).startswith(f"{listed} {beside}")
    assert set(Claim._fields) < set(columns.NAMES)
    assert len(set(columns.NAMES)) == len(columns.NAMES)


@pytest.mark.parametrize("name", columns.NAMES)
def test_a_column_is_in_every_face(name: str) -> None:
    listed = found()
    assert name in completion.columns.offer((), name)[0][0]
    assert told(listed, "csv", columns=[name]).startswith(f"{name}\n")
    assert told(listed, "csv").split("\n")[0].split(",").count(name) == 1
    assert name in promises.output_schema("list")["properties"]["claims"]["items"]["required"]
    table = claims_table(listed, [name])
    assert len(table.rows) == len(listed.rows) and table.columns[0].header == name.replace("_", " ")


def test_values_are_of_their_types() -> None:
    listed = found()
    rows = json.loads(told(listed, "json"))
    jsonschema.validate(rows, promises.output_schema("list"))
    for name, column in columns.DERIVED.items():
        if column.values:
            assert {row[name] for row in rows["claims"]} <= {*column.values, None}


def test_a_row_is_taken_back_whatever_it_says_beside_the_fields(tmp_path: Path) -> None:
    alone = RICH.replace("[open-ended, plain]", "[]").replace("[plain]", "[]")
    listed = found(HEAD + alone)
    (tmp_path / "rows.jsonl").write_bytes(exported(listed, "jsonl"))
    assert len(read("jsonl", tmp_path / "rows.jsonl").claims) == len(listed.rows)


def test_nobody_else_lists_the_columns() -> None:
    """No other module has four of their names in one row."""
    home, names = SRC / "columns.py", set(columns.DERIVED)
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict) and path != home:
                parts = node.keys if isinstance(node, ast.Dict) else node.elts
                told = {part.value for part in parts if isinstance(part, ast.Constant)}
                assert len(told & names) < 4, (path, node.lineno)
