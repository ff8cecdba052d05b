"""One text, two spellings: what looks alike is found, and what means a number or a name is one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from ledger.loading.scalars import to_number, to_share
from ledger.schema import ledger_schema
from ledger.text import folded
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


ALIKE = [
    ("50\u00a0000", "50 000"),
    ("50\u202f000", "50 000"),
    ("non\u2011stop", "non-stop"),
    ("10\u201320", "10-20"),
    ("\u22125", "-5"),
    ("so\u00adft", "soft"),
    ("zero\u200bwidth", "zerowidth"),
    ("\ufb01nal", "final"),
    ("\uff15\uff10", "50"),
    ("it\u2019s", "it's"),
    ("\u201cso\u201d", '"so"'),
    ("\u00bd", "1/2"),
    ("\u2026", "..."),
]


@pytest.mark.parametrize(("written", "typed"), ALIKE)
def test_a_search_finds_what_is_typed_with_the_signs_of_a_keyboard(
    monkeypatch: pytest.MonkeyPatch, written: str, typed: str
) -> None:
    claim = CLAIM.split("claim: ")
    text = claim[1].split("\n", 1)[1]
    Path("claims.yaml").write_text(f"{HEAD}{claim[0]}claim: 'x {written.replace(chr(39), chr(39) * 2)} y'\n{text}")
    assert ids(monkeypatch, "--search", f"X {typed} y") == ["zurich"]
    assert ids(monkeypatch, "--search", f"x {written} y") == ["zurich"]
    assert ids(monkeypatch, "--search", f"x {typed}z y") == []
    assert ids(monkeypatch, "--search", "\u00ad\u200b") == []


def test_the_search_of_the_page_folds_words_as_the_command_does(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("claims.yaml").write_text(unicodedata.normalize("NFD", HEAD + CLAIM) + "    note: 50\u00a0000 \ufb01nal\n")
    assert run_program(monkeypatch, "site", "public", "-f", "claims.yaml").status == 0
    words = Path("public/assets/words-0.js").read_text(encoding="utf-8")
    assert "z\u00fcrich grows" in words and "50 000 final" in words
    node = shutil.which("node")
    if node is not None:
        fold = re.search(r"const fold = .*?;\n", Path("public/assets/site.js").read_text(encoding="utf-8"), re.DOTALL)
        assert fold is not None
        asked = [
            *(text for pair in ALIKE for text in pair),
            "Stra\u00dfe",
            "\u03a3\u0391\u03a3",
            "\u212b",
            "Zu\u0308rich",
        ]
        script = f"{fold[0]}console.log(JSON.stringify({json.dumps(asked)}.map(fold)))"
        told = subprocess.run([node, "-e", script], capture_output=True, check=True, text=True)
        assert json.loads(told.stdout) == [folded(text) for text in asked]


@pytest.mark.parametrize(
    ("written", "typed"), [pair for pair in ALIKE if pair[0] in ("so\u00adft", "\ufb01nal", "\u00bd")]
)
def test_a_quote_with_signs_that_look_the_same_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, written: str, typed: str
) -> None:
    Path("documents").mkdir()
    Path("documents/a.txt").write_text(f"x {written} y")
    Path("claims.yaml").write_text(
        HEAD.replace("{title: S}", "{title: S, document: a.txt}") + CLAIM + f"    quote: x {typed} y\n"
    )
    out = run_program(monkeypatch, "check", "-f", "claims.yaml", "--documents", "documents").out
    assert "it stands there with signs that look the same" in out


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
