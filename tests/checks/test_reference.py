"""docs/checks.md is what its generator writes."""

from __future__ import annotations

from make_reference import TARGET, reference

from ledger.problems import CODES


def test_the_page_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == reference(), "run: python tests/checks/make_reference.py"


def test_every_code_has_its_section() -> None:
    text = reference()
    assert [line[4:] for line in text.splitlines() if line.startswith("### ")] == list(CODES)
    for code in CODES:
        section = text.partition(f"\n### {code}\n")[2].partition("\n### ")[0]
        assert "```yaml\nledger: 1\n" in section
        assert f" {code} " in section or f" {code} (" in section
        assert "**Remedy.** " in section
