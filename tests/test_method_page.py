"""docs/method.md explains every number in the words that stand beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.results.groups import HORIZONS
from ledger.scoring import CORP_MINIMUM, CORP_NULL_LIMIT, HITS_LIMIT
from ledger.scoring.lexicon import LEXICONS
from ledger.scoring.meaning import MEANINGS

PAGE = (Path(__file__).parent.parent / "docs" / "method.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^### (\w+)\n(.*?)(?=^#|\Z)", PAGE, re.DOTALL | re.MULTILINE))


def test_every_number_has_its_entry() -> None:
    assert sorted(ENTRIES) == sorted(MEANINGS)


@pytest.mark.parametrize("name", MEANINGS)
def test_an_entry_has_the_words_of_the_number(name: str) -> None:
    meaning, entry = MEANINGS[name], ENTRIES[name]
    expected = f"\n`{meaning.formula}`\n\n{meaning.sentence}\n{meaning.says_not}\n\nReference: {meaning.reference}\n"
    assert entry.startswith(expected)


@pytest.mark.parametrize("name", sorted(set(MEANINGS) - {"certain_misses"}))
def test_every_meaning_is_shown_by_a_command(name: str) -> None:
    """Certain misses are told in brackets behind the log score."""
    reports = Path(__file__).parent.parent / "src" / "ledger" / "render"
    source = "".join(path.read_text(encoding="utf-8") for path in reports.glob("*report*.py"))
    named = set(re.findall(r"""["'](\w+)["']""", source))
    assert name in named


def test_the_page_has_the_limits_of_the_code() -> None:
    for number in (HITS_LIMIT, CORP_NULL_LIMIT):
        assert f"up to {number:,} claims" in PAGE
    assert f"from {CORP_MINIMUM} claims on" in PAGE
    assert [days for days in ("92", "366", "731", "1,827") if f"({days}" not in PAGE] == []
    assert len(HORIZONS) == 5


def test_what_the_page_says_of_the_word_likely() -> None:
    ends = [(band.low, band.high) for lexicon in LEXICONS.values() if (band := lexicon.terms.get("likely"))]
    assert {low for low, _ in ends} >= {0.55, 0.6, 0.66}
    assert {high for _, high in ends} >= {0.75, 0.8, 1.0}


def test_the_figures_are_those_of_the_script() -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    from ledger.render import svg

    docs = Path(__file__).parent.parent / "docs"
    spec = spec_from_file_location("make_figures", docs / "make_figures.py")
    assert spec is not None and spec.loader is not None
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, drawing in script.figures().items():
        assert f"(images/{name})" in PAGE
        assert (docs / "images" / name).read_text(encoding="utf-8") == svg.standalone(drawing), "run make docs"
