"""One text, two spellings: what looks alike is found, and what means a number or a name is one."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from ledger.loading.scalars import to_number, to_share
from ledger.schema import ledger_schema
from support.running import run_program

HEAD = 'ledger: 1\npeople: {"22": {name: A}}\ntopics: {}\nsources: {"538": {title: S}}\nclaims:\n'
CLAIM = (
    '  - id: zurich\n    claim: Z\u00fcrich grows.\n    speaker: "22"\n    said: 2024\n    source: "538"\n'
    "    deadline: none\n"
)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def ids(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    out = run_program(monkeypatch, "list", "-f", "claims.yaml", "--columns", "id", *words).out
    return out.split()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_search_finds_what_looks_the_same(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    Path("claims.yaml").write_text(unicodedata.normalize("NFD" if form == "NFC" else "NFC", HEAD + CLAIM))
    assert ids(monkeypatch, "--search", unicodedata.normalize(form, "Z\u00dcRICH")) == ["zurich"]  # type: ignore[arg-type]


def test_a_quote_in_another_unicode_form_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("documents").mkdir()
    Path("documents/a.txt").write_text(unicodedata.normalize("NFD", "Z\u00fcrich w\u00e4chst."))
    head = HEAD.replace("{title: S}", "{title: S, document: a.txt}")
    Path("claims.yaml").write_text(head + CLAIM + "    quote: Z\u00fcrich w\u00e4chst\n")
    out = run_program(monkeypatch, "check", "-f", "claims.yaml", "--documents", "documents").out
    assert "quote-not-in-document" in out and "another Unicode form" in out


def test_a_no_break_space_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("claims.yaml").write_text(HEAD + CLAIM.replace("deadline: none", "deadline:\u00a0none"))
    out = run_program(monkeypatch, "check", "-f", "claims.yaml").out
    assert "claims.yaml:11:14: syntax a no-break space where a space must stand" in out


@pytest.mark.parametrize(
    ("text", "number"),
    [("0x1F", 31), ("0o17", 15), ("017", 17), ("1e3", 1000.0), ("-0x1F", None), ("0xg", None), ("0o8", None)],
)
def test_numbers_are_those_of_yaml_1_2(text: str, number: float | None) -> None:
    assert to_number(text) == number
    assert to_share("0x1F%") is None


def test_names_that_look_like_numbers_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("claims.yaml").write_text(HEAD + CLAIM)
    assert run_program(monkeypatch, "check", "-f", "claims.yaml").out == ""
    Path("all.jsonl").write_text(run_program(monkeypatch, "export", "jsonl", "-f", "claims.yaml").out)
    assert run_program(monkeypatch, "import", "jsonl", "all.jsonl", "-f", "new.yaml").status == 0
    assert run_program(monkeypatch, "check", "-f", "new.yaml").out == ""
    words = ("--id", "2025", "--speaker", "22", "--source", "538", "--said", "2021", "--deadline", "none")
    assert run_program(monkeypatch, "add", "New.", "-f", "claims.yaml", *words, "--no-input").status == 0
    assert '- id: "2025"' in Path("claims.yaml").read_text() or "- id: '2025'" in Path("claims.yaml").read_text()
    assert sorted(ids(monkeypatch)) == ["2025", "zurich"]


def test_an_editor_names_the_bad_key_of_a_list() -> None:
    claims = ledger_schema()["properties"]["claims"]
    assert claims["type"] == ["array", "null"] and "anyOf" not in claims
    jsonschema = pytest.importorskip("jsonschema")
    ledger = {"ledger": 1, "claims": [{"id": "a", "claim": "A.", "speaker": "b", "said": "2024", "source": "c"}]}
    bad = json.loads(json.dumps(ledger))
    bad["claims"][0]["deadlin"] = "2027"
    messages = [error.message for error in jsonschema.Draft7Validator(ledger_schema()).iter_errors(bad)]
    assert any("'deadlin' was unexpected" in message for message in messages)
    assert max(map(len, messages)) < 500
