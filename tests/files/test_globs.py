"""A file that is not there yet is meant by a pattern exactly if it would be found."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from ledger.files.globs import Kind, fits, matches


class OneFile:
    """A tree with a single file in it."""

    def __init__(self, path: str) -> None:
        self.steps = path.split("/")

    def entries(self, folder: str) -> Iterable[tuple[str, Kind]]:
        above = folder.split("/") if folder else []
        if above == self.steps[: len(above)] and len(above) < len(self.steps):
            yield self.steps[len(above)], "file" if len(above) + 1 == len(self.steps) else "folder"

    def kind(self, path: str, *, follow: bool) -> Kind | None:
        steps = path.split("/")
        if steps != self.steps[: len(steps)]:
            return None
        return "file" if steps == self.steps else "folder"


NAMES = ("a", "b.csv", ".c")
PATHS = ["/".join(steps) for count in (1, 2, 3) for steps in itertools.product(NAMES, repeat=count)]


@pytest.mark.parametrize(
    "pattern", ["a", "*.csv", "a/*", "**/*.csv", "**", "a/**", "*/b.csv", "a/**/b.csv", ".c", ".c/*", "?", "./a//[ab]*"]
)
def test_a_pattern_fits_what_it_would_find(pattern: str) -> None:
    found = {path for path in PATHS if path in matches(OneFile(path), "", pattern).files}
    assert {path for path in PATHS if fits(pattern, path)} == found
    assert found
