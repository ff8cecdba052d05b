"""`ledger scan`: from a text to candidates, beside a ledger and without one."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest
import yaml

from .conftest import Ran, Runner

TEXT = """\
Bridge to open late

The bridge will open in 2026, engineer Ann Lee said on Monday. It could cost $20 million.

"We plan to hire 50 people by the end of next year," she added.
"""
LEDGER = f"""\
ledger: 1
people: {{ann: {{name: Ann Lee}}}}
sources: {{paper: {{title: The paper, published: 2025-01-08, document: paper.txt,
  sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}}}}}
claims:
  - {{id: bridge-2026, claim: The bridge opens in 2026., speaker: ann, said: 2025-01-08, source: paper, at: line 3,
     quote: The bridge will open in 2026, deadline: 2026, criteria: It is open.}}
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_bytes(TEXT.encode())
    return path


def candidates(ran: Ran) -> list[dict[str, object]]:
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)
    assert found["schema"] == "ledger.scan/1"
    return list(found["candidates"])


def test_without_a_ledger(run: Runner, paper: Path) -> None:
    ran = run("scan", "paper.txt", "--published", "2025-01-08", "--speaker", "The Paper", "--format", "json")
    found = candidates(ran)
    assert [one["quote"] for one in found] == [
        "The bridge will open in 2026, engineer Ann Lee said on Monday.",
        "It could cost $20 million.",
        '"We plan to hire 50 people by the end of next year," she added.',
    ]
    assert found[0] == {
        "quote": "The bridge will open in 2026, engineer Ann Lee said on Monday.",
        "file": "paper.txt", "line": 3, "column": 1, "start": 21, "end": 83, "kind": "prediction",
        "deadline_words": "in 2026", "deadline": "2026", "deadline_others": [], "sure": "certain",
        "probability": None, "probability_words": None, "quantity": None, "speaker": "Ann Lee",
        "condition": None, "known_as": None,
    }  # fmt: skip
    assert found[1]["quantity"] == {"text": "$20 million", "low": 20_000_000.0, "high": None, "unit": "USD"}
    assert [one["speaker"] for one in found] == ["Ann Lee", "The Paper", "Ann Lee"]
    assert [one["deadline"] for one in found] == ["2026", "none", "2026"]


def test_what_the_ledger_has_is_marked(run: Runner, paper: Path) -> None:
    found = candidates(
        run("scan", "paper.txt", "--format", "json", ledger=LEDGER)
    )  # the source is found by its checksum
    assert [one["known_as"] for one in found] == ["bridge-2026", None, None]
    assert [one["speaker"] for one in found] == ["ann", None, "ann"]
    assert found[2]["deadline"] == "2026"  # counted from the day of the source


def test_only_sure_deadlines(run: Runner, paper: Path) -> None:
    ran = run("scan", "paper.txt", "--published", "2025-01-08", "--min", "certain", "--format", "json")
    assert [one["deadline_words"] for one in candidates(ran)] == ["in 2026", "by the end of next year"]
    assert run("scan", "paper.txt", "--min", "sure").err == (
        "ledger: no sureness 'sure'\n  there are certain, usual, vague\n"
    )


def test_rows_off_a_terminal(run: Runner, paper: Path) -> None:
    ran = run("scan", "paper.txt", ledger=LEDGER)
    assert ran.out.splitlines()[0].split("\t") == [
        "paper.txt", "3", "1", "prediction", "2026", "in 2026", "", "ann", "bridge-2026",
        "The bridge will open in 2026, engineer Ann Lee said on Monday.",
    ]  # fmt: skip


def test_the_table(run: Runner, paper: Path) -> None:
    ran = run("scan", "paper.txt", "--format", "table", ledger=LEDGER, COLUMNS="160")
    assert "in the ledger as" in ran.out and ran.out.endswith("3 candidates, 1 in the ledger already\n")


def test_a_ledger_that_lacks_what_a_person_must_say(run: Runner, paper: Path, tmp_path: Path) -> None:
    written = run("scan", "paper.txt", "--published", "2025-01-08", "--format", "yaml").out
    assert "    # say what is claimed, in one sentence that can be judged\n    claim:\n" in written
    found = json.loads(run("check", "--documents", ".", "--format", "json", ledger=written).out)["problems"]
    assert {(one["code"], one["message"]) for one in found} == {("missing-key", "a claim needs claim")}
    told = written.replace("    claim:\n", "    claim: It happens.\n").replace("criteria:\n", "criteria: It is seen.\n")
    assert run("check", "--documents", ".", "--strict", ledger=told).status == 0
    claims = yaml.safe_load(told)["claims"]
    assert claims[1]["quantity"] == {"at_least": 20_000_000, "unit": "USD"} and claims[1]["kind"] == "possibility"
    assert yaml.safe_load(told)["people"] == {
        "ann-lee": {"name": "Ann Lee"}, "author-paper-txt": {"name": "the author of paper.txt"},
    }  # fmt: skip


def test_yaml_leaves_out_what_the_ledger_has(run: Runner, paper: Path) -> None:
    written = yaml.safe_load(run("scan", "paper.txt", "--format", "yaml", ledger=LEDGER).out)
    assert [claim["at"] for claim in written["claims"]] == ["line 3", "line 5"]
    assert written["claims"][1]["speaker"] == "ann" and written["claims"][1]["source"] == "paper"


def test_standard_input_and_a_missing_day(run: Runner) -> None:
    ran = run("scan", "-", "--format", "json", stdin=b"It will rain next year.")
    assert candidates(ran)[0]["deadline"] is None
    assert ran.err == 'ledger: -: without --published or --source, words such as "next year" stay words\n'


REFUSED = [
    (b"\x89PNG\r\n", "t: no text but a picture\n  save its text as a file and scan that\n"),
    (b"a\0b", "t: no text: it has a NUL byte\n  name a text file\n"),
    (
        "It will\nbe für".encode("latin-1"),
        "t:2:5: not UTF-8\n  turn it into UTF-8, such as by iconv -f WINDOWS-1252 -t UTF-8 t\n",
    ),
    ("a".encode("utf-16"), "t: written in UTF-16\n  turn it into UTF-8: iconv -f UTF-16 -t UTF-8 t\n"),
    (b"a" * (8 * 2**20 + 1), "t: 8,388,609 bytes of text, more than the 8,388,608 that are scanned\n  split it\n"),
    (b"%PDF-1.4 broken", None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=["picture", "nul", "encoding", "utf-16", "large", "pdf"])
def test_what_is_no_text(run: Runner, tmp_path: Path, data: bytes, said: str | None) -> None:
    if said is None:
        pytest.importorskip("pypdf")
    (tmp_path / "t").write_bytes(data)
    ran = run("scan", "t", "--published", "2025")
    assert ran.status == 3 and ran.out == ""
    assert ran.err == f"ledger: {said}" if said else "a PDF file that cannot be read" in ran.err


@pytest.mark.parametrize(
    ("data", "what", "reader"),
    [(b"<!DOCTYPE html><p>x", "an HTML page", "trafilatura"), (b"%PDF-1.7", "a PDF file", "pypdf")],
)
def test_a_reader_that_is_not_installed(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, what: str, reader: str
) -> None:
    (tmp_path / "t").write_bytes(data)
    monkeypatch.setitem(sys.modules, reader, None)
    ran = run("scan", "t", "--published", "2025")
    assert (ran.status, ran.err) == (
        2, f"ledger: t is {what}, and what reads those is not installed\n  pip install 'forecast-ledger[scan]'\n"
    )  # fmt: skip


def test_an_article_in_a_page(run: Runner, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    filler = "The council met and heard reports on roads, schools and parks in the old hall of the town. " * 5
    page = (
        "<!DOCTYPE html><html><head><title>T</title></head><body><nav>It will rain in 2030.</nav><article>"
        f"<h1>Bridge</h1><p>{filler}</p><p>The bridge will open in 2026, engineers say.</p><p>{filler}</p></article>"
        "</body></html>"
    )
    (tmp_path / "page.html").write_text(page)
    ran = run("scan", "page.html", "--published", "2025-01-08", "--format", "json")
    assert [one["quote"] for one in candidates(ran)] == ["The bridge will open in 2026, engineers say."]
    assert "sha256" not in run("scan", "page.html", "--published", "2025-01-08", "--format", "yaml").out


def test_a_pdf_file(run: Runner, tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    stream = b"BT /F1 12 Tf 20 100 Td (The bridge will open in 2026.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%b endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )
    (tmp_path / "t.pdf").write_bytes(data + end)
    ran = run("scan", "t.pdf", "--published", "2025-01-08", "--format", "json")
    assert [one["quote"] for one in candidates(ran)] == ["The bridge will open in 2026."]
