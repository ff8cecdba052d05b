"""Both parsers: the one in C where it is there, and the pure one."""

from __future__ import annotations

import pytest

from ledger.loading import composer


def use_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the pure parser, as where PyYAML was built without libyaml."""
    monkeypatch.setattr(composer, "CParser", None)
    monkeypatch.setattr(composer, "_Fast", composer._PureComposer)
    monkeypatch.setattr(composer, "_Careful", composer._PureComposer)


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    use_pure(monkeypatch)


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the parser in use; a test that asks for it runs with each."""
    if request.param == "pure":
        use_pure(monkeypatch)
    elif not composer.uses_libyaml():
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)
