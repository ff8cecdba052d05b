"""import jsonl as a user runs it: nothing lost, nothing twice, nothing written that was not asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import workspace as library
from ledger.model import Claim
from ledger.text import plural

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--as-of", "2026-06-30")
Run = Callable[..., Any]
HARD = r"""
ledger: 1
title: "Hard: #1"
people: {ann: {name: "Ann: the 'first'", note: "- no\n- list"}}
topics: {yes-and-no: "yes"}
sources:
  talk: {title: "123", publisher: "null", url: "https://example.org/?a=1#b", published: 2025-Q1~, document: a.txt}
claims:
  - id: all
    claim: "It's at 50%: yes # really"
    speaker: ann
    said: 2025-01/2025-03
    source: talk
    at: line 3
    quote: "  two\n\nparagraphs "
    wording: quoted
    kind: target
    condition: "no"
    topics: [yes-and-no]
    deadline: 2026-H1~
    deadline_words: "2026"
    deadline_latest: 2027
    window: during
    probability: 80%
    probability_words: "~"
    quantity: {at_least: 0.1, at_most: 100000000000000000000, range: [-1.5, 2], level: 0.9, unit: "%"}
    criteria: "x: y"
    series: s
    depends_on: [bare]
    see_also: [bare, open]
    note: |
      a
       b
    added: 2025-05-01
    checked: 2025-06-01
    amended:
      - {date: 2025-06-01, fields: [deadline, quote], why: "misread"}
    resolutions:
      - {outcome: partly, judged: 2026-01-01, note: "!"}
      - {outcome: reopened, judged: 2026-01-02, note: "&"}
      - outcome: true
        judged: 2026-02-01
        happened: 2026-01
        value: 1.50
        evidence:
          - {source: talk, at: "1", says: "*"}
          - {title: "A\tpage", publisher: P, url: "http://example.org", published: 2026, says: "|"}
        by: "@me"
        note: "> quoted"
  - {id: bare, claim: Bare., speaker: ann, said: unknown, source: talk, kind: statement}
  - {id: open, claim: Open., speaker: ann, said: 2025, source: talk, deadline: none, revises: all, series: s}
"""


def claims(path: Path) -> dict[str, Claim]:
    found = library.load(path)
    assert not found.problems
    return {claim.id: claim for claim in found.claims}


WIDE = """
ledger: 1
title: "=2"
about: {keeper: "'Ann", contact: "@ann", url: "https://example.org", licence: "2026", language: "no"}
people: {"22": {name: "22", kind: market}, eve: {name: "=Eve"}, ann: {name: "'+Ann"}}
topics: {"2024": "@rain"}
sources: {"538": {title: "-1", url: "https://example.org/a", archived: "https://example.org/b"}, talk: {title: T}}
claims:
  - id: wide
    claim: "=1+1"
    speaker: ann
    also_by: ["eve"]
    said: 2025-01
    source: "538"
    also_in: [talk, {source: "538", at: "=2", quote: "'=3"}]
    quote: "''-4"
    topics: ["2024"]
    deadline: 2026-H1
    known_by: 2026-08
    note: "-5"
    formerly: [older]
    quantity: {range: [1, 2], decides: range, level: 0.5, point: 1.5}
    forecasts: [{by: "22", date: 2025-02-01, probability: 3%, note: "@"}]
    observations: [{date: 2025-03-01, value: 1, note: "+"}]
"""


@pytest.mark.parametrize("form", ["jsonl", "csv", "datapackage"])
@pytest.mark.parametrize(
    "text", [HARD, WIDE, (ROOT / "data" / "claims.yaml").read_text(encoding="utf-8")], ids=["hard", "wide", "first"]
)
def test_a_round_trip_loses_nothing(run: Run, tmp_path: Path, text: str, form: str) -> None:
    assert run("export", form, "-o", "all", ledger=text).status == 0
    ran = run("-f", "new.yaml", "import", form, "all")
    before, after = library.load(tmp_path / "claims.yaml"), library.load(tmp_path / "new.yaml")
    assert ran.err == f"ledger: new.yaml: made, with {plural(len(before.claims), 'claim')}\n"
    assert not after.problems
    assert claims(tmp_path / "new.yaml") == claims(tmp_path / "claims.yaml")
    listed = [json.loads(run("-f", name, "list", "--format", "json").out) for name in ("claims.yaml", "new.yaml")]
    for row in (row for rows in listed for row in rows["claims"]):
        del row["file"], row["line"]
    assert listed[0]["claims"] == listed[1]["claims"]
    assert {key: person.name for key, person in after.people.items()} == {
        key: before.people[key].name for key in after.people
    }
    if form != "csv":
        assert (after.title, after.about) == (before.title, before.about)
        for table in ("people", "topics", "sources"):
            used = getattr(after, table)
            assert used == {name: getattr(before, table)[name] for name in used}


@pytest.mark.parametrize("bom", [True, False])
def test_a_spreadsheet_may_change_what_lies_around_the_cells(run: Run, tmp_path: Path, bom: bool) -> None:
    run("export", "csv", "-o", "all.csv", *(["--bom"] if bom else []), ledger=WIDE)
    text = (tmp_path / "all.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeffid,") is bom
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    with (tmp_path / "semi.csv").open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    assert run("-f", "new.yaml", "import", "csv", "semi.csv").status == 0
    assert claims(tmp_path / "new.yaml") == claims(tmp_path / "claims.yaml")


def test_an_apostrophe_of_a_foreign_table_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Question,Who\n'=1,A\n")
    arguments = ("--map", "claim=Question,speaker=Who", "--set", "said=unknown", "--set", "deadline=none")
    assert run("-f", "new.yaml", "import", "csv", "x.csv", *arguments).status == 0
    (claim,) = library.load(tmp_path / "new.yaml").claims
    assert claim.claim == "'=1"


def test_a_second_import_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("export", "jsonl", "-o", "all.jsonl", ledger=HARD)
    before = (tmp_path / "claims.yaml").read_bytes()
    assert run("import", "jsonl", "all.jsonl").err == "ledger: claims.yaml: 0 claims added, 3 there already\n"
    assert (tmp_path / "claims.yaml").read_bytes() == before


SMALL = """\
# mine
ledger: 1
people:
  bob:   {name: Bob}   # keep
sources: {page: {title: A page}}

claims:
  - id: old
    claim: Old.
    speaker: bob
    said: 2025
    source: page
    deadline: 2030
# the end
"""


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Path:
    run("export", "jsonl", "-o", "all.jsonl", ledger=HARD)
    (tmp_path / "claims.yaml").unlink()
    return tmp_path / "all.jsonl"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_into_another_ledger_names_are_declared_and_nothing_else_moves(
    run: Run, tmp_path: Path, exported: Path, newline: str
) -> None:
    ran = run("import", "jsonl", "all.jsonl", ledger=SMALL.replace("\n", newline).encode())
    assert ran.err == "ledger: claims.yaml: 3 claims added, 0 there already\n"
    text = (tmp_path / "claims.yaml").read_bytes().decode()
    assert [line for line in SMALL.splitlines() if line not in text.splitlines()] == [
        "sources: {page: {title: A page}}"
    ]
    assert text.count("\r\n") == (text.count("\n") if newline == "\r\n" else 0)
    assert text.endswith(newline) and not text.endswith(newline * 2)
    found = claims(tmp_path / "claims.yaml")
    assert next(iter(found)) == "old"
    assert set(found) == {"old", "all", "bare", "open"}
    assert set(library.load(tmp_path / "claims.yaml").people) == {"bob", "ann"}


def test_a_dry_run_shows_the_change_and_writes_nothing(run: Run, tmp_path: Path, exported: Path) -> None:
    ran = run("import", "jsonl", "all.jsonl", "--dry-run", ledger=SMALL)
    assert ran.err == "ledger: claims.yaml: 3 claims would be added, 0 there already\n"
    assert "+  - id: all\n" in ran.out
    assert (tmp_path / "claims.yaml").read_text() == SMALL
    text = run("-f", "new.yaml", "import", "jsonl", "all.jsonl", "--dry-run").out
    assert text.startswith('ledger: 1\ntitle: "Hard: #1"\n')
    assert not (tmp_path / "new.yaml").exists()


def test_into_a_ledger_without_claims(run: Run, tmp_path: Path, exported: Path) -> None:
    for text in ("ledger: 1\n", "ledger: 1\nclaims: []\n", "ledger: 1\ntitle: T\nclaims:\n"):
        assert run("import", "jsonl", "all.jsonl", ledger=text).status == 0
        assert set(claims(tmp_path / "claims.yaml")) == {"all", "bare", "open"}


def test_another_claim_of_the_same_id_is_refused(run: Run, tmp_path: Path, exported: Path) -> None:
    text = HARD.replace("deadline: 2026-H1~", "deadline: 2027").replace("note: |\n      a\n       b", "note: n")
    ran = run("import", "jsonl", "all.jsonl", ledger=text)
    assert (ran.status, (tmp_path / "claims.yaml").read_text()) == (4, text)
    assert ran.err == (
        "ledger: 1 row refused; nothing was written\n"
        "  1 differs: an id that exists with other content\n"
        "    all.jsonl:1: all is in the ledger with another deadline, note\n"
        "  mend them, or give --rejects FILE: it takes these rows, and the others are imported\n"
    )


def test_a_name_declared_otherwise_stays_with_a_warning(run: Run, exported: Path) -> None:
    ran = run(
        "import",
        "jsonl",
        "all.jsonl",
        ledger=SMALL.replace("bob:   {name: Bob}", "ann: {name: Anna}\n  bob: {name: Bob}"),
    )
    assert ran.status == 0
    assert "warning: people ann: all.jsonl has it otherwise; the ledger's own entry stays" in ran.err


def test_a_claim_whose_premise_is_missing_is_refused(run: Run, tmp_path: Path, exported: Path) -> None:
    exported.write_text(
        "".join(line for line in exported.read_text().splitlines(True) if '"id":"bare"' not in line.replace(": ", ":"))
    )
    ran = run("import", "jsonl", "all.jsonl", ledger=SMALL)
    assert (ran.status, (tmp_path / "claims.yaml").read_text()) == (4, SMALL)
    assert "there is no claim bare" in ran.err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: "{", "x.jsonl:1: not JSON"),
        (lambda row: "[" * 100_000, "x.jsonl:1: not JSON"),
        (lambda row: "7", "x.jsonl:1: no object"),
        (lambda row: json.dumps({**row, "id": None}), "x.jsonl:1: no id"),
        (lambda row: json.dumps({**row, "topic": ["x"]}), "x.jsonl:1: unknown key 'topic' (did you mean topics?)"),
        (lambda row: json.dumps({**row, "claim": 7}), "x.jsonl:1: claim is not a text"),
        (lambda row: json.dumps({**row, "topics": "x"}), "x.jsonl:1: topics is not a list"),
        (lambda row: json.dumps({**row, "probability": True}), "x.jsonl:1: probability is not a number"),
        (
            lambda row: json.dumps({**row, "quantity": {"at_least": float("inf")}}),
            "x.jsonl:1: quantity: at_least is not a number",
        ),
        (lambda row: json.dumps({**row, "deadline": {"text": "soon"}}), "x.jsonl:1: bare: "),
        (lambda row: json.dumps({**row, "claim": "\x1b[31m"}), "x.jsonl:1: bare: "),
        (
            lambda row: json.dumps({**row, "declared": {"people": {"ann": {"nom": "A"}}}}),
            "x.jsonl:1: people ann: unknown key 'nom'",
        ),
        (
            lambda row: json.dumps(row) + "\n" + json.dumps({**row, "claim": "Other."}),
            "x.jsonl:2: bare stands twice, with another claim",
        ),
    ],
    ids=range(13),
)
def test_what_does_not_fit_is_named_by_line(
    run: Run, tmp_path: Path, exported: Path, change: Callable[[dict[str, Any]], str], message: str
) -> None:
    row = next(row for row in map(json.loads, exported.read_text().splitlines()) if row["id"] == "bare")
    (tmp_path / "x.jsonl").write_text(change(row))
    ran = run("import", "jsonl", "x.jsonl", ledger=SMALL)
    assert ran.status == 4
    assert ran.err.startswith("ledger: 1 row refused; nothing was written\n")
    assert f"\n    {message}" in ran.err
    assert (tmp_path / "claims.yaml").read_text() == SMALL


def test_only_what_export_can_give_back_is_taken(run: Run, exported: Path) -> None:
    assert run("import", "csv", "all.jsonl", ledger=SMALL).status == 2
    assert run("import", "jsonl", "none.jsonl", ledger=SMALL).status == 3


def test_standard_input_is_read(run: Run, exported: Path) -> None:
    ran = run("import", "jsonl", "-", ledger=SMALL, stdin=exported.read_bytes())
    assert ran.err == "ledger: claims.yaml: 3 claims added, 0 there already\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "speaker=ann", "--set", "speaker=bob"), "--set gives speaker twice: 'ann' and 'bob'"),
        (("--map", "speaker=A,speaker=B"), "--map gives speaker twice: 'A' and 'B'"),
        (("--map", "claim=Q,speaker=S", "--set", "speaker=bob"), "--map and --set both give speaker"),
    ],
)
def test_of_two_values_for_a_field_none_is_lost(run: Run, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    (tmp_path / "in.csv").write_text("Q,S,A,B\nIt is.,ann,ann,bob\n")
    ran = run("import", "csv", "in.csv", *words, ledger="ledger: 1\n")
    assert (ran.status, ran.err.splitlines()[0]) == (2, f"ledger: {message}")
