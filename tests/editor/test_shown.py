"""What an editor is told of many findings."""

from __future__ import annotations

from ledger.editor.buffer import Buffer, Position
from ledger.editor.shown import MOST, ShownFinding, ShownFindings, rows_of
from ledger.problems import Place, problem

TEXT = "ledger: 1\n" * 2000


def found(count: int) -> list[object]:
    return [problem("no-evidence", f"number {line}", Place("x", line, 1)) for line in range(1, count + 1)]


def test_a_thousand_are_shown_the_gravest_first_and_the_rest_is_counted() -> None:
    problems = [*found(1500), problem("undeclared", "who", Place("x", 1600, 1))]
    told = rows_of(problems, Buffer(TEXT))  # type: ignore[arg-type]
    assert len(told.rows) == MOST
    assert (told.rows[0].message, told.rows[-1].message) == ("number 1", "who")
    assert len(told.as_json()) == MOST + 1
    assert told.as_json()[-1] == {
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}},
        "severity": 3,
        "source": "ledger",
        "message": "501 findings more are not shown here; ledger check lists them all",
    }


def test_those_of_the_claim_that_is_typed_in_are_among_them() -> None:
    told = rows_of(found(1500), Buffer(TEXT))  # type: ignore[arg-type]
    own = ShownFinding(Position(1800, 0), Position(1800, 4), 2, "no-criteria", "mine")
    for _ in range(3):
        told = told.around([own], 1800, 1801, 0)
        assert own in told.rows
        assert (len(told.rows), told.left) == (MOST, 501)


def test_findings_behind_a_claim_move_with_its_lines() -> None:
    told = ShownFindings(
        tuple(ShownFinding(Position(line, 0), Position(line, 4), 1, "overdue", str(line)) for line in (1, 4, 9))
    )
    assert [row.start.line for row in told.around([], 3, 6, 1).rows] == [1, 10]
    assert [row.start.line for row in told.around([], 3, 4, -1).rows] == [1, 8]
