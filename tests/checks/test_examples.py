"""Every code has an example, which triggers it and nothing that does not follow."""

from __future__ import annotations

import pytest

from ledger.checks.registry import CHECKS
from ledger.checks.remedies import REMEDIES
from ledger.problems import CODES
from ledger.results.check_settings import Settings
from support.example_ledgers import FOLDER, checked

# A claim that cannot be judged as it stands is overdue as well.
FOLLOWS = {"said-after-deadline": ["overdue"], "straddles": ["overdue"]}


def test_every_code_has_an_example_and_a_remedy() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(CODES)
    assert list(REMEDIES) == list(CODES)
    assert {code for entry in CHECKS for code in entry.codes} < set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_example_triggers_its_code(code: str) -> None:
    result = checked(code)
    assert code in [p.code for p in result.problems]
    problem = next(p for p in result.problems if p.code == code)
    assert problem.severity == CODES[code].severity
    assert problem.hint
    assert problem.place.file == "claims.yaml"
    assert problem.place.line > 1 or code == "claim-deleted"


def test_an_example_triggers_nothing_that_does_not_follow() -> None:
    """One test for all of them: a new check that finds something in many is one red test, not one for each."""
    found = {code: sorted(p.code for p in checked(code).problems) for code in CODES}
    assert found == {code: sorted([code, *FOLLOWS.get(code, [])]) for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_each_code_can_be_selected_ignored_and_made_an_error(code: str) -> None:
    only = checked(code, Settings(select=frozenset([code]), asked=frozenset([code])))
    assert [p.code for p in only.shown] == [code]
    without = checked(code, Settings(ignore=frozenset([code])))
    assert code not in [p.code for p in without.problems]
    failing = checked(code, Settings(fail_on=frozenset([code])))
    assert next(p for p in failing.problems if p.code == code).severity == "error"
    assert failing.errors


@pytest.mark.parametrize("code", [c for c in CODES if CODES[c].severity != "error"])
def test_notes_are_silent_and_warnings_fail_only_if_strict(code: str) -> None:
    result = checked(code)
    strict = checked(code, Settings(strict=True))
    assert result.errors == 0
    if CODES[code].severity == "warning":
        assert code in [p.code for p in result.shown]
        assert strict.errors >= 1
    else:
        # a quote that cannot be checked is shown, since --documents asked for it
        assert (code in [p.code for p in result.shown]) == (code == "no-document")
        assert next(p for p in strict.problems if p.code == code).severity == "note"
