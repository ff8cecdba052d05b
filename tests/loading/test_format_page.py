"""docs/format.md says what the program does."""

from __future__ import annotations

import pytest

from ledger.files import Disk
from ledger.loading import composer
from ledger.loading.assembly import GivenText, load
from ledger.loading.composer import Broken, compose
from ledger.render.manual.format_page import DIFFERENCES, EXAMPLE, TAKEN_BY

from .conftest import use_pure


def test_the_example_is_sound() -> None:
    found = load(Disk(), [GivenText("x", EXAMPLE.encode())])
    assert found.problems == ()
    assert found.claims[0].resolutions[0].value == 1200


@pytest.mark.parametrize(("difference", "by"), list(zip(DIFFERENCES, TAKEN_BY, strict=True)))
def test_each_difference_between_the_parsers_is_one(
    difference: tuple[str, str, str], by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not composer.uses_libyaml():
        pytest.skip("PyYAML was built without libyaml")
    takes = {}
    for name in ("libyaml", "pure"):
        if name == "pure":
            use_pure(monkeypatch)
        try:
            compose(difference[0])
            takes[name] = True
        except Broken:
            takes[name] = False
    assert takes == {"libyaml": by == "libyaml", "pure": by == "pure"}
