"""Tables of verbal probabilities: the numbers of their sources, and look-ups."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from ledger.scoring.lexicon import LEXICONS, Band, find, lookup
from support.scoring_cases import DATA

TABLES: dict[str, Any] = json.loads((DATA / "lexicon.json").read_text(encoding="utf-8"))["lexicons"]


def expected(name: str, numbers: Any) -> Band:
    if name == "kent1964":
        centre, spread = numbers
        return Band((centre - spread) / 100, centre / 100, (centre + spread) / 100)
    if isinstance(numbers, list):
        return Band(numbers[0] / 100, None, numbers[1] / 100)
    return Band(numbers["q1"] / 100, numbers["median"] / 100, numbers["q3"] / 100)


@pytest.mark.parametrize("name", TABLES)
def test_every_phrase_has_the_numbers_of_its_source(name: str) -> None:
    table = {
        phrase: expected(name, numbers)
        for phrases, numbers in TABLES[name]["terms"].items()
        for phrase in phrases.split("|")
    }
    assert dict(find(name).terms) == table
    assert all(lookup(name, phrase) == band for phrase, band in table.items())


def test_the_same_tables_in_the_same_order() -> None:
    assert list(LEXICONS) == list(TABLES)
    assert all(lexicon.name == name for name, lexicon in LEXICONS.items())


@pytest.mark.parametrize("name", LEXICONS)
def test_every_lexicon_says_where_it_comes_from(name: str) -> None:
    lexicon = LEXICONS[name]
    assert any(year in lexicon.source for year in ("1964", "2010", "2015", "2018", "2019"))
    assert lexicon.kind
    assert lexicon.note


@pytest.mark.parametrize("name", LEXICONS)
def test_bands_are_probabilities_in_order(name: str) -> None:
    for phrase, band in LEXICONS[name].terms.items():
        assert phrase == " ".join(phrase.casefold().split())
        assert 0 <= band.low <= band.high <= 1
        assert band.point is None or band.low <= band.point <= band.high


def test_the_same_word_has_many_meanings() -> None:
    """Why no word is ever turned into a number unasked."""
    likely = [lookup(name, "likely") for name in ("icd203", "ipcc_ar5", "mauboussin2018")]
    assert likely == [Band(0.55, None, 0.8), Band(0.66, None, 1.0), Band(0.6, 0.7, 0.75)]


def test_only_a_source_with_a_point_gives_one() -> None:
    with_point = Counter(
        name for name, lexicon in LEXICONS.items() for b in lexicon.terms.values() if b.point is not None
    )
    assert set(with_point) == set(LEXICONS) - {"icd203", "ipcc_ar5"}
    assert all(count == len(LEXICONS[name].terms) for name, count in with_point.items())


@pytest.mark.parametrize(
    "phrase", ["almost certain", "Almost Certain", "  almost\n certain ", '"almost certain"', "almost certain."]
)
def test_case_spacing_and_punctuation_do_not_matter(phrase: str) -> None:
    assert lookup("kent1964", phrase) == Band(0.87, 0.93, 0.99)


@pytest.mark.parametrize("phrase", ["", "possible", "a good shot", "will", "almost certainly!", "certain almost"])
def test_a_phrase_that_is_not_there_is_none(phrase: str) -> None:
    assert lookup("kent1964", phrase) is None


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        ("kent", "kent1964"),
        ("ipcc", "ipcc_ar5"),
        ("icd203", "icd203"),
        ("m", "mauboussin2018"),
        ("zon", "zonination2015"),
    ],
)
def test_an_unambiguous_beginning_will_do(beginning: str, name: str) -> None:
    assert find(beginning) is LEXICONS[name]


@pytest.mark.parametrize("name", ["", "i", "sherman", "KENT1964", "kent1965"])
def test_an_unknown_lexicon_names_those_there_are(name: str) -> None:
    with pytest.raises(ValueError, match=r"^no lexicon '.*': there are kent1964, icd203, ipcc_ar5, mauboussin"):
        lookup(name, "likely")


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        LEXICONS["mine"] = find("kent")  # type: ignore[index]
    with pytest.raises(TypeError):
        find("kent").terms["likely"] = Band(0, 0.5, 1)  # type: ignore[index]
