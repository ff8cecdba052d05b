"""Settings of all tests: Hypothesis has no deadline, since machines are busy; no test sees the user's settings."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ledger", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ledger")

_VARIABLES = ("FORECAST_LEDGER", "FORECAST_LEDGER_AS_OF", "FORECAST_LEDGER_DEBUG", "FORECAST_LEDGER_CACHE", "NO_COLOR",
              "FORCE_COLOR", "COLUMNS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY")  # fmt: skip


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORECAST_LEDGER_CACHE", "off")
