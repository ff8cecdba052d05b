"""A token writes what was previewed, once."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.agents.tokens import Bound, Tokens
from ledger.errors import RefusedError

BOUND = Bound("touch", '{"id": "a"}', date(2026, 11, 22), {"claims.yaml": "1"}, {"claims.yaml": "2"})


def test_a_token_is_good_once() -> None:
    tokens = Tokens()
    token = tokens.issue(BOUND)
    tokens.take(token, BOUND)
    with pytest.raises(RefusedError, match="this token was used"):
        tokens.take(token, BOUND)


def test_a_token_is_good_for_ten_minutes() -> None:
    now = [0.0]
    tokens = Tokens(lambda: now[0])
    old, fresh = tokens.issue(BOUND), tokens.issue(BOUND)
    now[0] = 599.0
    tokens.take(fresh, BOUND)
    now[0] = 600.0
    with pytest.raises(RefusedError, match="older than ten minutes"):
        tokens.take(old, BOUND)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({"tool": "resolve"}, "the tool is another one"),
        ({"arguments": "{}"}, "the arguments changed"),
        ({"day": date(2026, 11, 23)}, "the day changed"),
        ({"read": {"claims.yaml": "3"}}, "a file that was read changed"),
        ({"planned": {}}, "what would be written changed"),
    ],
)
def test_a_token_is_for_one_change_alone(moved: dict[str, object], words: str) -> None:
    tokens = Tokens()
    token = tokens.issue(BOUND)
    with pytest.raises(RefusedError, match=words):
        tokens.take(token, BOUND._replace(**moved))  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="was used"):
        tokens.take(token, BOUND)  # a refused one is gone too
