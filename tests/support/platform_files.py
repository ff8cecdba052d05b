"""Files in the shape of other platforms, made here; and reading them without a ledger."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ledger.intake.platforms.common import Import, Known
from ledger.intake.platforms.proposals import Item, Options, Proposal, ProposedForecast, Refused
from ledger.intake.platforms.registry import IMPORTERS
from ledger.intake.platforms.sources import Sources

TODAY = date(2026, 6, 30)


def table(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """A CSV of a header and rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue()


class Found:
    """What a reading of files came to."""

    def __init__(self, items: list[Item], reading: Import) -> None:
        self.claims = {item.record["id"]: item.record for item in items if isinstance(item, Proposal)}
        self.forecasts = [item for item in items if isinstance(item, ProposedForecast)]
        self.refused = [(item.code, item.place.row) for item in items if isinstance(item, Refused)]
        self.messages = [item.message for item in items if isinstance(item, Refused)]
        self.raw = [item.raw for item in items if isinstance(item, Refused)]
        self.people = dict(reading.people.new())
        self.topics = dict(reading.topics.new())
        self.said = reading.said()


def read(form: str, *files: Path, options: Options | None = None) -> Found:
    """Read files as one format, with nothing known before."""
    with Sources([str(file) for file in files]) as sources:
        reading = Import(sources.members, options or Options(), Known(), TODAY)
        return Found(list(IMPORTERS[form].read(reading)), reading)


def zipped(path: Path, **members: str) -> Path:
    """A zip archive of CSV files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    return path


FATEBOOK = (
    "Question title", "Multiple choice option", "Forecast created by", "Forecast (scale = 0-1)",
    "Forecast created at", "Question created by", "Question created at", "Question resolve by", "Resolution",
    "Resolved at", "Your Brier score for this question", "Your relative Brier score for this question",
    "Question notes", "Question shared with", "Question shared publicly", "Question comments", "Question tags",
)  # fmt: skip
METACULUS_QUESTIONS = (
    "Question ID", "Question URL", "Question Title", "Post ID", "Post Curation Status", "Post Published Time",
    "Default Project", "Default Project ID", "Label", "Question Type", "MC Options", "Scaling", "Open Time",
    "CP Reveal Time", "Scheduled Close Time", "Actual Close Time", "Resolution", "Resolution Known Time",
    "Include Bots in Aggregates", "Question Weight",
)  # fmt: skip
METACULUS_FORECASTS = (
    "Question ID", "Forecaster ID", "Forecaster Username", "Start Time", "End Time", "Forecaster Count",
    "Probability Yes", "Probability Yes Per Category", "Continuous CDF",
)  # fmt: skip
GJP_SURVEY = (
    "ifp_id", "ctt", "cond", "training", "team", "user_id", "forecast_id", "fcast_type", "answer_option", "value",
    "fcast_date", "expertise", "q_status", "viewtime", "year", "timestamp",
)  # fmt: skip
GJP_QUESTIONS = (
    "ifp_id", "q_type", "q_text", "q_desc", "q_status", "date_start", "date_suspend", "date_to_close",
    "date_closed", "outcome", "short_title", "days_open", "n_opts", "options",
)  # fmt: skip
PREDICTIONBOOK = (
    "question_id", "user_id", "team_id", "probability", "answer_option", "timestamp", "outcome", "open_time",
    "close_time", "resolve_time", "time_open", "n_opts", "options", "q_status",
)  # fmt: skip


def metaculus_question(number: int, **given: object) -> list[object]:
    """A row of question_data.csv."""
    row: dict[str, object] = {
        "Question ID": number,
        "Question URL": f"https://www.metaculus.com/questions/{number}/",
        "Question Title": f"Will event {number} happen?",
        "Question Type": "binary",
        "Default Project": "Spring Cup",
        "Open Time": "2025-01-01 12:00:00+00:00",
        "Scheduled Close Time": "2025-06-01 12:00:00+00:00",
        "Actual Close Time": "2025-05-01 12:00:00+00:00",
        "Resolution": "yes",
        "Resolution Known Time": "2025-05-02 09:30:00.123456+00:00",
    }
    row.update({name.replace("_", " "): value for name, value in given.items()})
    return [row.get(name) for name in METACULUS_QUESTIONS]


def metaculus_forecast(
    number: int, user: str | None = "ann", start: str = "2025-02-01", **given: object
) -> list[object]:
    """A row of forecast_data.csv."""
    row: dict[str, object] = {
        "Question ID": number,
        "Forecaster ID": abs(hash(user)) % 1000 if user else None,
        "Forecaster Username": user,
        "Start Time": f"{start} 10:00:00.5+00:00",
        "Probability Yes": 0.7,
    }
    row.update({name.replace("_", " "): value for name, value in given.items()})
    return [row.get(name) for name in METACULUS_FORECASTS]


def fatebook(**given: object) -> list[object]:
    """A row of Fatebook's export; underscores in names stand for spaces."""
    row: dict[str, object] = {
        "Question title": "Will it rain?",
        "Forecast created by": "Ann Example",
        "Forecast (scale = 0-1)": 0.6,
        "Forecast created at": "2025-01-02 03:04:05",
        "Question created by": "Ann Example",
        "Question created at": "2025-01-01 09:00:00",
        "Question resolve by": "2025-12-31 00:00:00",
    }
    row.update({name.replace("_", " "): value for name, value in given.items() if name != "forecast"})
    if "forecast" in given:
        row["Forecast (scale = 0-1)"] = given["forecast"]
    return [row.get(name) for name in FATEBOOK]
