"""Quotes letter by letter, the line they begin on, checksums, and names that lead out of the folder."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.checks import StoredDocument
from ledger.errors import UsageError
from ledger.results.check import checking, read_documents
from ledger.results.check_settings import Settings
from ledger.workspace import load
from support.example_ledgers import CLAIM, HEAD, found, read, run

TEXT = "Ann spoke.\nShe said “it will\nrain” - in  2027.\nIt will rain.\r\nCafé.\nIt will rain."
CODES = ("quote-not-in-document", "document-changed", "no-document", "bad-value")
ROOT = Path(__file__).parents[2]


def messages(fields: str, text: str | None = TEXT, head: str = HEAD) -> list[str]:
    document = StoredDocument(text.encode()) if text is not None else StoredDocument(None, "talk.txt: no such file")
    return found(read(head + CLAIM + f"    deadline: none\n{fields}"), *CODES, documents={"talk.txt": document})


@pytest.mark.parametrize(
    "fields",
    [
        "    quote: It will rain\n",
        "    quote: Café\n    at: line 5\n",
        "    quote: It will rain\n    at: line 4\n",
        "    quote: It will rain\n    at: line 6\n",
        "    quote: It will rain\n    at: lines 3-5\n",
        "    quote: It will rain\n    at: third paragraph\n",
        '    quote: "it will\\nrain”"\n    at: line 2\n',
        "    at: line 6\n",
        "",
    ],
)
def test_exact_quotes(fields: str) -> None:
    assert messages(fields) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("    quote: It will Rain\n", "12:12 quote-not-in-document the quote is not in talk.txt"),
        ("    quote: it will rain”\n", "12:12 quote-not-in-document the quote is not in talk.txt"),
        (
            "    quote: It will rain\n    at: line 5\n",
            "13:9 quote-not-in-document the quote does not begin on line 5 of talk.txt",
        ),
        ("    at: line 7\n", "12:9 quote-not-in-document talk.txt has 6 lines and no line 7"),
        ("    at: line 0\n", "12:9 quote-not-in-document talk.txt has 6 lines and no line 0"),
    ],
)
def test_quotes_that_are_not_there(fields: str, message: str) -> None:
    assert messages(fields) == [message]


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("'\"it will rain\" – in 2027'", "line 2 has it with other spaces or signs: “it will rain” - in  2027"),
        ("IT WILL RAIN", "line 2 has it with other spaces or signs: it will rain"),
        ("It will snow", "quote the exact words of the document, or drop the quote"),
    ],
)
def test_the_hint_says_how_the_document_has_it(quote: str, hint: str) -> None:
    ledger = read(HEAD + CLAIM + f"    deadline: none\n    quote: {quote}\n")
    documents = {"talk.txt": StoredDocument(TEXT.encode())}
    assert [p.hint for p in run(ledger, *CODES, documents=documents).problems] == [hint]


def test_a_document_that_is_not_utf_8_is_compared_by_its_bytes() -> None:
    ledger = read(HEAD + CLAIM + "    deadline: none\n    quote: will rain\n")
    assert found(ledger, *CODES, documents={"talk.txt": StoredDocument("Café: it will rain".encode("latin-1"))}) == []


def test_quotes_that_cannot_be_checked() -> None:
    quote = "    quote: It will rain\n"
    assert messages(quote, None) == ["12:12 no-document the quote cannot be checked: talk.txt: no such file"]
    head = HEAD.replace(", document: talk.txt", "")
    why = "the source talk names no document"
    assert messages(quote, None, head) == [f"12:12 no-document the quote cannot be checked: {why}"]
    assert messages("", None) == []
    assert found(read(HEAD + CLAIM + "    deadline: none\n" + quote), *CODES) == []  # not asked for


def test_checksums() -> None:
    right = sha256(TEXT.encode()).hexdigest()
    head = HEAD.replace("document: talk.txt", f"document: talk.txt, sha256: {right}")
    assert messages("", TEXT, head) == []
    other = sha256(b"").hexdigest()
    assert messages("", "", head) == [f"3:53 document-changed talk.txt has another checksum: {other}"]


def test_a_document_of_one_line() -> None:
    assert messages("    at: line 7\n", "Rain.\n") == ["12:9 quote-not-in-document talk.txt has 1 line and no line 7"]


def test_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (tmp_path / "secret.txt").write_text("token: 12345\n")
    (documents / "talk.txt").symlink_to("../secret.txt")
    file = tmp_path / "claims.yaml"
    file.write_text(HEAD + CLAIM + "    deadline: none\n    quote: 'token: 1'\n")
    ledger = load(str(file))
    given = read_documents(ledger, str(documents))
    assert given == {"talk.txt": StoredDocument(None, forbidden=True)}
    assert [m[:14] for m in found(ledger, *CODES, documents=given)] == ["3:33 bad-value"]


def test_a_folder_in_place_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").mkdir()
    ledger = read(HEAD + CLAIM + "    deadline: none\n    quote: rain\n")
    given = read_documents(ledger, str(tmp_path))
    assert "is a folder" in found(ledger, *CODES, documents=given)[0]
    with pytest.raises(UsageError, match="no folder"):
        read_documents(ledger, str(tmp_path / "absent"))


@pytest.mark.skipif(not (ROOT.parent / "shared/seeds").is_dir(), reason="the documents are not here")
def test_the_quotes_of_the_first_ledger() -> None:
    ledger = load(str(ROOT / "data/claims.yaml"))
    documents = read_documents(ledger, str(ROOT.parent / "shared/seeds"))
    day = date(2026, 11, 22)
    result = checking(ledger, Settings(select=frozenset(CODES)), day=day, today=day, documents=documents)
    assert result.problems == ()
    assert result.quotes is not None
    assert result.quotes > 20
