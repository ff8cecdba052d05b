"""Keys as people read them."""

from __future__ import annotations

from ledger.results.survey import labels


def test_a_key_is_spelt_as_the_claims_spell_its_words() -> None:
    claims = [
        "Robots outnumber people. FSD drives.",
        "In 2027 Tesla's FSD is ahead of any human.",
        "Per human there are 10 robots; DOGE saves, Optimus walks.",
        "By 2030 Optimus walks, the robots run.",
    ]
    keys = ["robots-per-human", "fsd", "doge-2026", "optimus-walks", "never-seen", "22"]
    assert labels(keys, claims) == {
        "robots-per-human": "Robots per human",
        "fsd": "FSD",
        "doge-2026": "DOGE 2026",
        "optimus-walks": "Optimus walks",
        "never-seen": "Never seen",
        "22": "22",
    }


def test_a_key_without_a_sentence_has_its_own_words() -> None:
    assert labels(["a--b", ""], []) == {"a--b": "A b", "": ""}
