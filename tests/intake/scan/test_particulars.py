"""Numbers, likelihoods, premises and speakers of candidates."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.intake.scan import scan


def of(text: str) -> list[object]:
    return list(scan(text, said=date(2024, 3, 4), speaker="the paper"))


QUANTITIES = [
    ("They will build at least 1,200 homes.", (1200, None, "homes")),
    ("They will spend between $200 million and $220 million.", (200e6, 220e6, "USD")),
    ("Growth will reach 2.5%.", (2.5, None, "percent")),
    ("It will cost seven to nine billion dollars.", (7e9, 9e9, "USD")),
    ("Thousands of volunteers will come.", (2000, None, "volunteers")),
    ("The price could fall to $10,000.", (None, 10000, "USD")),
    ("We will issue 45-day certificates.", (45, None, "days")),
    ("Up to 30 patients will be treated in 2025.", (None, 30, "patients")),
    ("It will be ready in 2026.", None),
    ("Version 1.2 will be ready soon.", None),
]


@pytest.mark.parametrize(("sentence", "expected"), QUANTITIES, ids=[row[0] for row in QUANTITIES])
def test_quantities(sentence: str, expected: tuple[float | None, float | None, str] | None) -> None:
    (one,) = of(sentence)
    assert (one.quantity and one.quantity[1:]) == expected  # type: ignore[attr-defined]


LIKELIHOODS = [
    ("There is an 80% chance that it will work.", 0.8, "an 80% chance"),
    ("I put the odds of a deal before July at 40%.", 0.4, "odds of a deal before July at 40%"),
    ("There is a one in ten chance that prices will double.", 0.1, "one in ten chance"),
    ("It will probably rain.", None, "probably"),
    ("We are reasonably confident that prices will fall.", None, "reasonably confident"),
    ("It will rain.", None, None),
]


@pytest.mark.parametrize(("sentence", "probability", "words"), LIKELIHOODS, ids=[row[0] for row in LIKELIHOODS])
def test_likelihoods(sentence: str, probability: float | None, words: str | None) -> None:
    (one,) = of(sentence)
    assert (one.probability, one.probability_words) == (probability, words)  # type: ignore[attr-defined]


def test_a_percentage_at_the_end_of_an_item_of_forecasts_is_its_probability() -> None:
    found = of("# Forecasts for 2025\n\n1. The Reds win the election (85%).\n2. Oil above $150: 30%\n")
    assert [(one.probability, one.deadline) for one in found] == [(0.85, "2025"), (0.3, "2025")]  # type: ignore[attr-defined]


SPEAKERS = [
    ("It will rain, said Ann Lee.", "Ann Lee"),
    ("Prime Minister Ann Lee said it would rain.", "Ann Lee"),
    ("It will rain, according to city engineer Paula Hart.", "Paula Hart"),
    ("Ann Lee spoke. Lee said that prices will fall.", "Ann Lee"),
    ("Ann Lee said little. She added that prices will fall.", "Ann Lee"),
    ("The committee expects that prices will fall.", "the paper"),
    ("Prices will fall.", "the paper"),
    ('"I came," said Ann Lee. "Prices will fall."', "Ann Lee"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_speakers(text: str, speaker: str) -> None:
    assert of(text)[-1].speaker == speaker  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sentence", "premise"),
    [
        ("If rates stay high, the target could slip.", "If rates stay high"),
        ("It will open in May, unless it rains.", "unless it rains"),
        ("It will open in May.", None),
    ],
)
def test_premises(sentence: str, premise: str | None) -> None:
    (one,) = of(sentence)
    assert one.condition == premise  # type: ignore[attr-defined]
