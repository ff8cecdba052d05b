"""`ledger scan`: from a text to candidates, beside a ledger and without one."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import date
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


ANSWERS = [
    # the first: claim, speaker, deadline, topics, criteria, and whether to write it
    "y", "The bridge is open to cars by the end of 2026.", "", "", "2026", "traffic", "Cars are on it.", "",
    "n",
    "y", "The agency hires 50 people.", "bo", "end of 2027", "", "", "n",
]  # fmt: skip
ENTERED = f"""\
ledger: 1
people: {{bo: {{name: Bo}}, ann-lee: {{name: Ann Lee}}}}
topics: {{traffic: traffic}}
sources:
  paper:
    title: Bridge to open late
    published: 2025-01-08
    document: paper.txt
    sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
claims:
  - id: bridge-open-cars-end-2026
    claim: The bridge is open to cars by the end of 2026.
    speaker: ann-lee
    said: 2025-01-08
    source: paper
    at: line 3
    quote: The bridge will open in 2026, engineer Ann Lee said on Monday.
    topics: [traffic]
    deadline: 2026
    deadline_words: in 2026
    criteria: Cars are on it.
    added: {date.today()}
"""


def test_walking_through_the_candidates(
    run: Runner, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger.cli import prompts

    monkeypatch.setattr(prompts, "is_interactive", lambda no_input: True)
    answers = iter(ANSWERS)
    monkeypatch.setattr("builtins.input", lambda _prompt="": next(answers))
    empty = "ledger: 1\npeople: {bo: {name: Bo}}\nclaims: []\n"
    ran = run("scan", "paper.txt", "--published", "2025-01-08", "--add", ledger=empty)
    assert (tmp_path / "claims.yaml").read_text() == ENTERED
    assert ran.status == 0 and next(answers, None) is None
    assert ran.err.startswith(
        "\n1 of 3: paper.txt:3:1\n  The bridge will open in 2026, engineer Ann Lee said on Monday.\n"
        "  kind: prediction\n  deadline: 2026 (“in 2026”)\n  speaker: Ann Lee\n"
        "What is claimed, in the ledger's own judgeable sentence?\n"
    )
    assert ran.err.endswith(
        "ledger: nothing was written\nledger: 1 claim entered of 3 candidates that the ledger did not have\n"
    )
    assert "+people: {bo: {name: Bo}, ann-lee: {name: Ann Lee}}\n" in ran.out
    assert run("check", "--documents", ".").status == 0


def test_walking_off_a_terminal(run: Runner, paper: Path) -> None:
    ran = run("scan", "paper.txt", "--add", ledger=LEDGER)
    assert (ran.status, ran.err) == (
        2, "ledger: scan --add asks, and nobody can be asked here\n  use --format yaml, and paste from it\n"
    )  # fmt: skip


def test_a_claim_from_a_line_of_a_text(run: Runner, paper: Path, tmp_path: Path) -> None:
    ran = run("add", "Fifty people are hired.", "--document", "paper.txt:5", "--criteria", "A report.", ledger=LEDGER)
    assert (ran.status, ran.out) == (0, "claims.yaml:9: fifty-people-hired-2026 added\n")
    claim = yaml.safe_load((tmp_path / "claims.yaml").read_text())["claims"][1]
    assert {key: str(of) for key, of in claim.items() if key != "added"} == {
        "id": "fifty-people-hired-2026", "claim": "Fifty people are hired.", "speaker": "ann", "said": "2025-01-08",
        "source": "paper", "at": "line 5", "quote": '"We plan to hire 50 people by the end of next year," she added.',
        "kind": "target", "deadline": "2026", "deadline_words": "by the end of next year",
        "quantity": "{'at_least': 50, 'unit': 'people'}", "criteria": "A report.",
    }  # fmt: skip


def test_what_is_typed_goes_before_the_text(run: Runner, paper: Path, tmp_path: Path) -> None:
    ran = run(
        "add", "A bridge.", "--document", "paper.txt:3", "--quote", "It could cost $20 million", "--speaker", "Bo Ek",
        "--said", "2025-01-07", "--deadline", "within two years", "--topic", "traffic",
        ledger="ledger: 1\nclaims: []\n",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    found = yaml.safe_load((tmp_path / "claims.yaml").read_text())
    assert found["people"] == {"bo-ek": {"name": "Bo Ek"}} and found["topics"] == {"traffic": "traffic"}
    assert found["claims"][0]["quote"] == "It could cost $20 million"
    assert found["claims"][0]["deadline"] == "2027-01~" and found["claims"][0]["kind"] == "possibility"


LINES = [
    ("paper.txt", 2, "--document 'paper.txt' names no line\n  write FILE:LINE, such as article.txt:20\n"),
    ("paper.txt:2", 2, "paper.txt has no sentence on line 2\n  name another line, or give --quote\n"),
    ("paper.txt:99", 2, "paper.txt has no sentence on line 99\n  name another line, or give --quote\n"),
    (
        "paper.txt:3", 2,
        "paper.txt:3 has 2 candidates\n  choose one by --quote:\n"
        "  The bridge will open in 2026, engineer Ann Lee said on Monday.\n  It could cost $20 million.\n",
    ),
    ("no.txt:1", 3, "no.txt: no such file\n  name a text file, or - for standard input\n"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "status", "said"), LINES)
def test_lines_that_give_no_claim(run: Runner, paper: Path, place: str, status: int, said: str) -> None:
    ran = run("add", "A claim.", "--document", place, ledger=LEDGER)
    assert (ran.status, ran.err) == (status, f"ledger: {said}")


def test_a_quote_that_is_not_in_the_text(run: Runner, paper: Path) -> None:
    ran = run("add", "A claim.", "--document", "paper.txt:3", "--quote", "The bridge opens", ledger=LEDGER)
    assert (ran.status, ran.err) == (2, "ledger: the quote is not in paper.txt\n  quote the exact words of the text\n")


def test_a_line_without_a_claim_gives_its_sentence(run: Runner, paper: Path, tmp_path: Path) -> None:
    ran = run("add", "It is late.", "--document", "paper.txt:1", "--kind", "statement", ledger=LEDGER)
    assert ran.status == 0, ran.err
    claim = yaml.safe_load((tmp_path / "claims.yaml").read_text())["claims"][1]
    assert claim["quote"] == "Bridge to open late" and claim["speaker"] == "author-paper-txt"
