"""The reference cases made by independent libraries, and what several tests need."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

DATA = Path(__file__).parents[1] / "scoring" / "data"
REFERENCE: dict[str, Any] = json.loads((DATA / "reference.json").read_text(encoding="utf-8"))
PUBLISHED: dict[str, Any] = json.loads((DATA / "published.json").read_text(encoding="utf-8"))

# the same examples every time, and no clock: tests are not to fail on a busy machine
steady = settings(max_examples=40, deadline=None, derandomize=True, database=None)

tenths = st.integers(0, 10).map(lambda k: k / 10)
probability = st.one_of(tenths, st.floats(0, 1), st.sampled_from([0.0, 1.0, 0.5, 5e-324, 1 - 2**-53]))
forecast = st.tuples(probability, st.booleans())
forecasts = st.lists(forecast, min_size=1, max_size=40)


def cases(group: str) -> list[Any]:
    return [case for case in REFERENCE["cases"] if case["group"] == group]


def name(case: dict[str, Any]) -> str:
    return str(case["id"])


def agree(case: dict[str, Any], found: float | None, expected: float | str | None) -> bool:
    """Whether a value is the expected one at the tolerance the case states."""
    if found is None or expected is None:
        return found is None and expected is None
    wanted = float(expected)
    tolerance = case["tol"]
    return math.isclose(found, wanted, rel_tol=tolerance["rel"], abs_tol=tolerance["abs"])


def split(rows: list[tuple[float, bool]]) -> dict[str, Any]:
    """Turn (probability, outcome) rows into the two arguments of the scores."""
    return {"probabilities": [p for p, _ in rows], "outcomes": [y for _, y in rows]}
