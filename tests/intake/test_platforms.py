"""Each platform's files, in every shape that was seen of them: what they become, and which rows are refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ledger.errors import RefusedError, UnreadableError, UsageError
from ledger.intake.platforms.instants import instant, written
from ledger.intake.platforms.proposals import Options
from ledger.intake.platforms.registry import IMPORTERS
from support.platform_files import (
    FATEBOOK,
    GJP_QUESTIONS,
    GJP_SURVEY,
    METACULUS_FORECASTS,
    METACULUS_QUESTIONS,
    PREDICTIONBOOK,
    Found,
    fatebook,
    metaculus_forecast,
    metaculus_question,
    read,
    table,
    zipped,
)


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(found: Found) -> list[tuple[str, str, float]]:
    return [(one.by, written(one.at), one.probability) for one in found.forecasts]


# --- Fatebook --------------------------------------------------------------------------------------------------


def test_fatebook(tmp_path: Path) -> None:
    text = table(
        FATEBOOK,
        [
            fatebook(Resolution="YES", Resolved_at="2025-03-01 10:00:00", Question_tags="weather; home"),
            fatebook(Resolution="YES", Resolved_at="2025-03-01 10:00:00", Forecast_created_by="Bob", forecast="0.25"),
            fatebook(Multiple_choice_option="Tuesday"),
        ],
    )
    found = read("fatebook", file(tmp_path, "f.csv", text))
    ((key, record),) = found.claims.items()
    assert key.startswith("will-it-rain-")
    assert record == {
        "id": key,
        "claim": "Will it rain?",
        "speaker": "fatebook-questions",
        "said": "2025-01-01",
        "source": "fatebook",
        "at": "asked by Ann Example",
        "topics": ["weather", "home"],
        "deadline": "2025-12-31",
        "criteria": "As Fatebook resolves it.",
        "resolutions": [
            {
                "outcome": "true",
                "judged": "2025-03-01",
                "evidence": [{"source": "fatebook", "at": "asked by Ann Example"}],
            }
        ],
    }
    assert rows(found) == [("Ann Example", "2025-01-02T03:04:05Z", 0.6), ("Bob", "2025-01-02T03:04:05Z", 0.25)]
    assert found.refused == [("options", 4)]


def test_fatebook_after_a_spreadsheet_and_with_an_older_header(tmp_path: Path) -> None:
    header = ["Question title", "Forecast created by", "Forecast (scale = 0-1)", "Forecast created at"]
    header += ["Question created by", "Question created at", "Question resolution", "Question resolve by"]
    header += ["Question resolved at"]
    text = table(
        header,
        [
            [
                "A?",
                "Ann",
                "0,5",
                "1/15/2024 9:05",
                "Ann",
                "1/14/2024 0:07:03",
                "AMBIGUOUS",
                "12/31/2024",
                "2/1/2024 7:5:9",
            ],
            ["B?", "Ann", ".5", "2024-1-15 9:5:3", "Ann", "2024-1-14 0:7:3", "", "2024-12-31 0:0:0", ""],
            ["C?", "Ann", "0.5", "#######", "Ann", "2024-01-14", "", "2024-12-31", ""],
            ["D?", "Ann", "0.5", "45306.5", "Ann", "2024-01-14", "", "2024-12-31", ""],
            ["E?", "Ann", "50", "2024-01-15", "Ann", "2024-01-14", "", "2024-12-31", ""],
        ],
        ";",
    )
    found = read("fatebook", file(tmp_path, "f.csv", text))
    first = next(iter(found.claims.values()))
    assert (first["said"], first["deadline"]) == ("2024-01-14", "2024-12-31")
    assert first["resolutions"][0]["outcome"] == "ambiguous"  # type: ignore[index,call-overload]
    assert rows(found) == [("Ann", "2024-01-15T09:05:00Z", 0.5), ("Ann", "2024-01-15T09:05:03Z", 0.5)]
    assert found.refused == [("bad-date", 4), ("bad-date", 5), ("bad-probability", 6)]
    assert "spreadsheet" in found.messages[1] and "is the scale 0-100?" in found.messages[2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = table(FATEBOOK, [fatebook(Question_title="Grüße – 日本?")])
    found = read("fatebook", file(tmp_path, "f.csv", text.encode(encoding)))
    assert [record["claim"] for record in found.claims.values()] == ["Grüße – 日本?"]


def test_what_is_not_utf_8_is_read_as_windows_1252_and_said(tmp_path: Path) -> None:
    text = table(FATEBOOK, [fatebook(Question_title="Caf\u00e9?")]).encode("cp1252")
    found = read("fatebook", file(tmp_path, "f.csv", text))
    assert [record["claim"] for record in found.claims.values()] == ["Caf\u00e9?"]
    assert found.said == [f"read as Windows-1252, since they are not UTF-8: {tmp_path / 'f.csv'}:2"]


def test_a_quote_left_open_costs_its_own_row(tmp_path: Path) -> None:
    text = table(FATEBOOK, [fatebook(), fatebook(), fatebook(Question_notes="two\nlines"), fatebook()]).splitlines(True)
    text[2] = text[2].replace("Will it rain?", '"Will it rain?')
    found = read("fatebook", file(tmp_path, "f.csv", "".join(text)))
    assert found.refused == [("torn-row", 3)]
    assert found.raw == [text[2]]
    assert len(found.forecasts) == 3


def test_titles_are_cleaned_and_it_is_said(tmp_path: Path) -> None:
    text = table(FATEBOOK, [fatebook(Question_title="Will\x7f it\x9b rain?")])
    found = read("fatebook", file(tmp_path, "f.csv", text))
    assert [record["claim"] for record in found.claims.values()] == ["Will it rain?"]
    assert found.said == [f"control characters were taken out of {tmp_path / 'f.csv'}:2"]


def test_a_header_of_something_else_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no column 'Question title'") as caught:
        read("fatebook", file(tmp_path, "f.csv", "Title,Forecast\nA,0.5\n"))
    assert caught.value.hint == "there are Title, Forecast"


# --- Metaculus -------------------------------------------------------------------------------------------------


def test_metaculus(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "data.zip",
        question_data=table(
            METACULUS_QUESTIONS,
            [
                metaculus_question(7),
                metaculus_question(8, Question_Type="multiple_choice", Resolution="B"),
                metaculus_question(9, Question_Type="numeric", Resolution="above_upper_bound"),
                metaculus_question(10, Resolution="annulled", Label="by June"),
            ],
        ),
        forecast_data=table(
            METACULUS_FORECASTS,
            [
                metaculus_forecast(7),
                metaculus_forecast(7, None, Forecaster_Username="recency_weighted"),
                metaculus_forecast(8, Probability_Yes=None, Probability_Yes_Per_Category="[0.1, 0.9]"),
                metaculus_forecast(9, Probability_Yes=None, Continuous_CDF="[0.1, 0.9]"),
                metaculus_forecast(11),
            ],
        ),
        comment_data="Post ID\n",
    )
    found = read("metaculus", path)
    assert found.claims["metaculus-7"] == {
        "id": "metaculus-7",
        "claim": "Will event 7 happen?",
        "speaker": "metaculus-questions",
        "said": "2025-01-01",
        "source": "metaculus",
        "at": "question 7",
        "topics": ["spring-cup"],
        "deadline": "2025-06-01",
        "criteria": "As Metaculus resolves it.",
        "resolutions": [
            {
                "outcome": "true",
                "judged": "2025-05-02",
                "evidence": [
                    {
                        "title": "Metaculus: question 7",
                        "publisher": "Metaculus",
                        "url": "https://www.metaculus.com/questions/7/",
                    }
                ],
            }
        ],
    }
    assert found.claims["metaculus-10"]["claim"] == "Will event 10 happen? (by June)"
    assert rows(found) == [("ann", "2025-02-01T10:00:00.500000Z", 0.7)]
    assert found.refused == [
        ("options", 3), ("density", 4), ("aggregate", 3), ("options", 4), ("density", 5), ("unknown-claim", 6),
    ]  # fmt: skip


def test_a_forecast_that_ends_is_said_to(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "data.zip",
        question_data=table(METACULUS_QUESTIONS, [metaculus_question(7)]),
        forecast_data=table(
            METACULUS_FORECASTS,
            [
                metaculus_forecast(7, End_Time="2025-02-03 10:00:00+00:00"),
                metaculus_forecast(7, start="2025-02-03", Probability_Yes=0.8),
                metaculus_forecast(7, "bob", End_Time="2025-02-03 10:00:00+00:00"),
            ],
        ),
    )
    found = read("metaculus", path)
    assert len(found.forecasts) == 3
    assert found.said == ["1 last forecast has an End Time: a table cannot say so, so they stand on"]


def test_a_folder_without_a_file_that_could_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no file in it that could be read"):
        read("metaculus", tmp_path)


def test_metaculus_pseudonyms_and_the_crowd_only_on_request(tmp_path: Path) -> None:
    header = ["Question ID", "Forecaster (Anonymized)", "Is Bot", *METACULUS_FORECASTS[3:]]
    person = [7, "0a" * 32, False, "2025-02-01 10:00:00+00:00", None, None, 0.4]
    crowd = [7, "recency_weighted", None, "2025-02-01 10:00:00+00:00", None, 12, 0.5]
    path = zipped(
        tmp_path / "data.zip",
        question_data=table(METACULUS_QUESTIONS, [metaculus_question(7)]),
        forecast_data=table(header, [[*person, None, None], [*crowd, None, None]]),
    )
    assert read("metaculus", path).refused == [("anonymous", 2), ("aggregate", 3)]
    found = read("metaculus", path, options=Options(crowd="recency_weighted", anonymous=True))
    assert [(one.by, one.probability) for one in found.forecasts] == [
        ("Anonymous 0a0a0a0a0a0a", 0.4),
        ("Metaculus", 0.5),
    ]


# --- Manifold --------------------------------------------------------------------------------------------------


def market(**given: object) -> dict[str, object]:
    return {
        "id": "AbCdEfGh",
        "slug": "will-it-rain",
        "url": "https://manifold.markets/ann/will-it-rain",
        "question": "Will it rain?",
        "creatorName": "Ann",
        "createdTime": 1735689600000,
        "closeTime": 1748736000000,
        "outcomeType": "BINARY",
        "isResolved": True,
        "resolution": "NO",
        "resolutionTime": 1743465600000,
        **given,
    }


def bet(day: int, hour: int, after: float) -> dict[str, object]:
    stamp = 1735689600000 + day * 86_400_000 + hour * 3_600_000
    return {"userId": "u1", "contractId": "AbCdEfGh", "createdTime": stamp, "probBefore": 0.5, "probAfter": after}


@pytest.mark.parametrize("shape", ["array", "lines", "apart"])
def test_manifold(tmp_path: Path, shape: str) -> None:
    bets = [bet(1, 9, 0.4), bet(1, 20, 0.3), bet(2, 1, 0.25)]
    whole = [market(bets=bets), market(id="m2", resolution="MKT", resolutionProbability=0.4)]
    whole += [market(id="m3", outcomeType="MULTIPLE_CHOICE"), market(id="m4", outcomeType="PSEUDO_NUMERIC")]
    if shape == "array":
        files = [file(tmp_path, "m.json", json.dumps(whole))]
    elif shape == "lines":
        files = [file(tmp_path, "m.json", "".join(json.dumps(one) + "\n" for one in whole))]
    else:
        whole[0] = market()
        files = [file(tmp_path, "m.json", json.dumps(whole)), file(tmp_path, "bets.json", json.dumps(bets))]
    found = read("manifold", *files)
    ((key, record),) = found.claims.items()
    assert key == "will-it-rain-cdefgh"
    assert (record["said"], record["deadline"]) == ("2025-01-01", "2025-06-01")
    assert record["resolutions"][0]["outcome"] == "false"  # type: ignore[index,call-overload]
    assert rows(found) == [("Manifold", "2025-01-02", 0.3), ("Manifold", "2025-01-03", 0.25)]
    assert [code for code, _ in found.refused] == ["fraction", "options", "density"]


# --- PredictionBook --------------------------------------------------------------------------------------------


def test_predictionbook_csv(tmp_path: Path) -> None:
    def row(**given: object) -> list[object]:
        cells: dict[str, object] = {
            "question_id": 5, "user_id": "Ann", "probability": 0.9, "answer_option": 1,
            "timestamp": "2012-01-02 03:04:05", "outcome": 1.0, "open_time": "2012-01-01 00:00:00",
            "close_time": "2012-12-31 00:00:00", "resolve_time": "2012-06-01 00:00:00", **given,
        }  # fmt: skip
        return [cells.get(name) for name in PREDICTIONBOOK]

    forecasts = file(
        tmp_path,
        "pb.csv",
        table(PREDICTIONBOOK, [row(), row(user_id="bob", probability=1.5), row(question_id=6, outcome=-1.0)]),
    )
    titles = file(tmp_path, "questions.csv", table(["question_id", "q_title"], [[5, "I finish the book"]]))
    found = read("predictionbook", forecasts, titles)
    assert found.claims["predictionbook-5"]["claim"] == "I finish the book"
    assert found.claims["predictionbook-6"]["claim"] == "Prediction 6 of PredictionBook."
    assert found.claims["predictionbook-6"]["resolutions"][0]["outcome"] == "ambiguous"  # type: ignore[index,call-overload]
    assert rows(found) == [("Ann", "2012-01-02T03:04:05Z", 0.9)] * 2
    assert found.refused == [("bad-probability", 3)]


def test_predictionbook_json(tmp_path: Path) -> None:
    data = [
        {
            "id": 5,
            "description": "I finish the book",
            "creator": "Ann",
            "created_at": "2012-01-01T00:00:00.000Z",
            "deadline": "9999-01-01T00:00:00.000Z",
            "outcome": None,
            "withdrawn": True,
            "responses": [
                {"user_name": "Ann", "confidence": 90, "created_at": "2012-01-02T00:00:00.000Z"},
                {"user_name": "bob", "confidence": None, "comment": "hm", "created_at": "2012-01-02T00:00:00.000Z"},
                {"user_name": "bob", "confidence": 101, "created_at": "2012-01-02T00:00:00.000Z"},
            ],
        }
    ]
    found = read("predictionbook", file(tmp_path, "pb.json", json.dumps(data)))
    assert found.claims["predictionbook-5"]["resolutions"][0]["outcome"] == "annulled"  # type: ignore[index,call-overload]
    assert rows(found) == [("Ann", "2012-01-02T00:00:00Z", 0.9)]
    assert found.refused == [("bad-probability", 1)]
    assert json.loads(found.raw[0])["responses"] == [data[0]["responses"][2]]  # type: ignore[index]


# --- Good Judgment Project -------------------------------------------------------------------------------------


def survey(**given: object) -> list[object]:
    cells: dict[str, object] = {
        "ifp_id": "1001-0", "user_id": 42, "fcast_type": 0, "answer_option": "a", "value": 0.8,
        "fcast_date": "9/1/11", "timestamp": "9/1/11 14:05", "q_status": "closed", **given,
    }  # fmt: skip
    return [cells.get(name) for name in GJP_SURVEY]


def test_gjp(tmp_path: Path) -> None:
    def question(**given: object) -> list[object]:
        cells: dict[str, object] = {
            "ifp_id": "1001-0", "q_type": 0, "q_text": "Will the treaty be signed?", "q_status": "closed",
            "date_start": "8/31/11", "date_to_close": "12/31/11", "date_closed": "10/5/11 0:00", "outcome": "b",
            "n_opts": 2, **given,
        }  # fmt: skip
        return [cells.get(name) for name in GJP_QUESTIONS]

    questions = table(
        GJP_QUESTIONS,
        [question(), question(ifp_id="1002-0", n_opts=4, outcome="d"), question(ifp_id="1003-1"),
         question(ifp_id="1004-0", q_status="voided", outcome="")],
    )  # fmt: skip
    forecasts = table(
        GJP_SURVEY,
        [survey(), survey(answer_option="b", value=0.2), survey(fcast_type=4), survey(ifp_id="1002-0"),
         survey(ifp_id="1003-1"), survey(user_id="NULL")],
    )  # fmt: skip
    paths = [file(tmp_path, "survey.csv", forecasts), file(tmp_path, "ifps.csv", questions)]
    found = read("gjp", *paths)
    assert found.claims["gjp-1001-0"]["resolutions"][0]["outcome"] == "false"  # type: ignore[index,call-overload]
    assert found.claims["gjp-1004-0"]["resolutions"][0]["outcome"] == "annulled"  # type: ignore[index,call-overload]
    assert rows(found) == [("GJP 42", "2011-09-01T14:05:00Z", 0.8)]
    assert found.refused == [
        ("options", 3), ("conditional", 4), ("withdrawn", 4), ("options", 5), ("conditional", 6), ("anonymous", 7),
    ]  # fmt: skip
    assert found.said == ["1 rows of option (b) say the same as those of (a)"]


def test_gjp_without_its_questions(tmp_path: Path) -> None:
    text = table(GJP_SURVEY, [survey(), survey(ifp_id="1002-0", answer_option="c")])
    found = read("gjp", file(tmp_path, "survey.csv", text))
    assert found.claims["gjp-1001-0"]["deadline"] == "none"
    assert found.refused == [("options", 3)]


# --- the program predictions -----------------------------------------------------------------------------------

YAML = """\
---
# mine
title: Guesses
scope: for 2019
salt: abc
---
claim: I buy no socks
confidence: 80
# not over yet
tags: [commerce]
---
claim: 'Dennis: the job'
confidence: 90
happened: no
notes: Left in January.
---
claim: >
  I finish
  the game
confidence: 95
happened: ~
---
claim: It was too warm
confidence: 70
happened: yes
cause for exclusion: The sensor broke.
---
confidence: 70
---
claim: Too sure
confidence: 170
"""


def test_predictions(tmp_path: Path) -> None:
    found = read("predictions", file(tmp_path, "2019.yaml", YAML), options=Options(fixed={"speaker": "Ann"}))
    made = list(found.claims.values())
    assert [record["claim"] for record in made] == [
        "I buy no socks", "Dennis: the job", "I finish the game", "It was too warm",
    ]  # fmt: skip
    assert [record["probability"] for record in made] == ["0.8", "0.9", "0.95", "0.7"]
    assert [record["deadline"] for record in made] == ["2019"] * 4
    outcomes = [record.get("resolutions", [{}])[0].get("outcome") for record in made]  # type: ignore[union-attr,index]
    assert outcomes == [None, "false", "ambiguous", "annulled"]
    assert found.refused == [("missing", 27), ("bad-probability", 29)]
    assert found.people == {"ann": {"name": "Ann"}}


# --- Markdown --------------------------------------------------------------------------------------------------

SIGNS = """\
# Predictions for 2021

Some words before, and 70% of something that is no prediction.

## Economics

- 🟢 Inflation stays below 5%: **80%**
- 🔴 Rates rise: **60%**
- 🟡 Gold doubles: **5%**
  - …above 3000: 2%
- Nothing here
- The index ends higher: >99%
- More / the same / less: 50/40/10%
"""
WRAPPED = """\
# 2021

My overall accuracy last year was 80%.

A line of its own: 30%

- 🟢 Deaths exceed
  500,000: **90%**
- [Home](/)
- 🔴 R&amp;D grows: 40%
  That is 20%
"""
SETTINGS = """\
# 2020 predictions

**POLITICS**
**1\\. The bill passes: 70%**
*2\\. The minister stays: 90%*
3\\. A new party is founded (20%)
**4\\. This one runs
over the line: 60%**
**5\\. This one never ends: 60%
<b>6. Reached: 70%</b> (barely)
7\\. First said: 80% (up from 60%)
My own summary: 50%
"""
STRUCK = """\
# 2018

1. The war ends - 30%
2. <del>The company is sold: 40%</del>
3. <span style="text-decoration: line-through">The mayor resigns: 55%</span>
4. ~~The bridge opens: 65%~~
5. [The prize goes to her: 15%](https://example.org/prize)
"""
TABLE = """\
# Forecasts 2022

| # | Prediction | Confidence | Came true? |
|---|:-----------|-----------:|--------|
| 1 | It snows in May | 10% | ❌ |
| 2 | *The team* wins | 65% | ✅ |
| 3 | Open \\| shut | 50% | |
| 4 | Torn | 50% |
| 5 | No scale | 50 | yes |

Prediction | P
--- | ---:
Bare borders | 5%
"""


def outcomes(found: Found) -> list[object]:
    return [record.get("resolutions", [{}])[0].get("outcome") for record in found.claims.values()]  # type: ignore[union-attr,index]


def claims(found: Found) -> list[tuple[object, object]]:
    return [(record["claim"], record["probability"]) for record in found.claims.values()]


def test_markdown_with_signs(tmp_path: Path) -> None:
    legend = {"🟢": "true", "🔴": "false", "🟡": "annulled"}
    found = read("markdown", file(tmp_path, "p.md", SIGNS), options=Options(outcomes=legend))
    assert claims(found) == [("Inflation stays below 5%", "0.8"), ("Rates rise", "0.6"), ("Gold doubles", "0.05")]
    assert outcomes(found) == ["true", "false", "annulled"]
    assert found.topics == {"economics": "Economics"}
    assert found.refused == [
        ("unclear", 10), ("no-probability", 11), ("bad-probability", 12), ("options", 13),
    ]  # fmt: skip


def test_markdown_with_settings(tmp_path: Path) -> None:
    options = Options(outcomes={"bold": "true", "italic": "false"})
    found = read("markdown", file(tmp_path, "p.md", SETTINGS), options=options)
    assert claims(found) == [
        ("The bill passes", "0.7"), ("The minister stays", "0.9"), ("A new party is founded", "0.2"),
        ("This one runs over the line", "0.6"), ("Reached", "0.7"),
    ]  # fmt: skip
    assert outcomes(found) == ["true", "false", None, "true", "true"]
    assert [record.get("note") for record in found.claims.values()] == [None, None, None, None, "barely"]
    assert found.refused == [("unclear", 9), ("unclear", 11), ("unclear", 12)]
    assert found.topics == {"politics": "POLITICS"}


def test_markdown_that_goes_on_in_the_next_line(tmp_path: Path) -> None:
    found = read("markdown", file(tmp_path, "p.md", WRAPPED), options=Options(outcomes={"🟢": "true", "🔴": "false"}))
    assert claims(found) == [("Deaths exceed 500,000", "0.9"), ("R&D grows", "0.4")]
    assert outcomes(found) == ["true", "false"]
    assert found.refused == [("unclear", 5), ("unclear", 11)]


def test_markdown_struck_out_and_links(tmp_path: Path) -> None:
    options = Options(outcomes={"struck": "false", "link": "false", "plain": "true"})
    found = read("markdown", file(tmp_path, "p.md", STRUCK), options=options)
    assert claims(found) == [
        ("The war ends", "0.3"), ("The company is sold", "0.4"), ("The mayor resigns", "0.55"),
        ("The bridge opens", "0.65"), ("The prize goes to her", "0.15"),
    ]  # fmt: skip
    assert outcomes(found) == ["true", "false", "false", "false", "false"]


def test_markdown_tables(tmp_path: Path) -> None:
    found = read("markdown", file(tmp_path, "p.md", TABLE))
    assert claims(found) == [
        ("It snows in May", "0.1"), ("The team wins", "0.65"), ("Open | shut", "0.5"), ("Bare borders", "0.05"),
    ]  # fmt: skip
    assert outcomes(found) == ["false", "true", None, None]
    assert found.refused == [("torn-row", 8), ("bad-probability", 9)]


def test_a_legend_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    found = read("markdown", file(tmp_path, "p.md", SIGNS))
    assert outcomes(found) == [None, None, None]
    assert found.said[-1] == "what the marks mean is not said (🟢 1, 🔴 1, 🟡 1): --true, --false and --void say it"


def test_a_page_without_a_year_is_asked_for_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="for which year"):
        read("markdown", file(tmp_path, "p.md", "# Guesses\n- A: 50%\n"))


# --- any CSV ---------------------------------------------------------------------------------------------------


def test_any_csv_by_a_map(tmp_path: Path) -> None:
    text = "Question;Forecast%;Who;Date;Due;Result\nIt rains;80;Ann Example;3/25/2024;2024-Q2;yes\n"
    text += "It snows;80;Ann Example;3/4/2024;2024-Q2;no\nIt hails;0,5;bob;2024-03-04;2024;maybe\n"
    mapping = {
        "claim": "Question", "probability": "Forecast%", "speaker": "Who", "said": "Date", "deadline": "Due",
        "outcome": "Result",
    }  # fmt: skip
    found = read("csv", file(tmp_path, "x.csv", text), options=Options(mapping=mapping, scale="0-100"))
    ((key, record),) = found.claims.items()
    assert record == {
        "id": key,
        "claim": "It rains",
        "speaker": "ann-example",
        "said": "2024-03-25",
        "deadline": "2024-Q2",
        "probability": "0.8",
        "source": "x-csv",
        "resolutions": [{"outcome": "true", "judged": "2026-06-30", "evidence": [{"source": "x-csv"}]}],
    }
    assert found.refused == [("bad-date", 3), ("bad-outcome", 4)]


def test_a_guess_is_proposed_and_not_taken(tmp_path: Path) -> None:
    path = file(tmp_path, "x.csv", "Question,Forecaster,Timestamp,Forecast\nA,ann,2024-01-01,80\n")
    with pytest.raises(UsageError, match="which column holds what") as caught:
        read("csv", path)
    assert caught.value.hint == "give --map claim=Question,by=Forecaster,probability=Forecast,date=Timestamp"
    mapping = {"claim": "Question", "by": "Forecaster", "probability": "Forecast", "date": "Timestamp"}
    fixed = {"speaker": "A", "said": "unknown", "deadline": "none"}
    with pytest.raises(UsageError, match="not stated; values run from 80 to 80, which looks like 0-100"):
        read("csv", path, options=Options(mapping=mapping, fixed=fixed))


# --- instants --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-04", "2024-03-04"),
        ("2024-03-04T05:06:07Z", "2024-03-04T05:06:07Z"),
        ("2024-03-04 05:06:07.25+02:00", "2024-03-04T03:06:07.250000Z"),
        ("2024-3-4 5:6:7", "2024-03-04T05:06:07Z"),
        ("2024/3/4", "2024-03-04"),
        ("25.3.2024", "2024-03-25"),
        ("3/25/24 1:05 pm", "2024-03-25T13:05:00Z"),
        ("1709528767", "2024-03-04T05:06:07Z"),
        ("1709528767000", "2024-03-04T05:06:07Z"),
    ],
)
def test_instants(text: str, expected: str) -> None:
    assert written(instant(text)) == expected


def test_the_page_of_imports_describes_every_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "imports.md").read_text(encoding="utf-8")
    described = re.findall(r"^\*\*([a-z, ]+)\.\*\*", page, re.MULTILINE)
    assert sorted(", ".join(described).split(", ")) == sorted(IMPORTERS)
