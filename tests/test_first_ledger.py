"""The first ledger, data/claims.yaml: what a reader may expect of it, checked without the tool."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LEDGER = ROOT / "data" / "claims.yaml"
SEEDS = ROOT / "seeds"

TOPICS = [
    "optimus",
    "robots-per-human",
    "fsd",
    "doge",
    "neuralink",
    "ai-training-data",
    "ai-outlook",
    "abundance",
    "colossus",
    "dojo",
]
CLAIM_ORDER = [
    "id",
    "claim",
    "speaker",
    "also_by",
    "said",
    "source",
    "at",
    "quote",
    "also_in",
    "wording",
    "kind",
    "condition",
    "topics",
    "deadline",
    "deadline_words",
    "fiscal_of",
    "deadline_latest",
    "window",
    "known_by",
    "probability",
    "probability_words",
    "quantity",
    "criteria",
    "series",
    "revises",
    "depends_on",
    "see_also",
    "formerly",
    "note",
    "added",
    "checked",
    "amended",
    "forecasts",
    "observations",
    "resolutions",
]
SOURCE_ORDER = ["title", "publisher", "url", "published", "event", "note", "document", "sha256"]
RESOLUTION_ORDER = ["outcome", "judged", "happened", "value", "evidence", "by", "note"]
EVIDENCE_ORDER = ["source", "at", "title", "publisher", "url", "published", "says"]
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
OUTCOMES = {"true", "false", "partly", "ambiguous", "annulled", "withdrawn", "reopened"}

Row = dict[str, Any]


class TextLoader(yaml.BaseLoader):
    """Every scalar as it is written."""


@pytest.fixture(scope="module")
def ledger() -> Row:
    loaded = yaml.load(LEDGER.read_text(encoding="utf-8"), Loader=TextLoader)
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture(scope="module")
def claims(ledger: Row) -> list[Row]:
    return list(ledger["claims"])


@pytest.fixture(scope="module")
def folder(ledger: Row) -> Path:
    """Where the texts of the seeds are; skips where they are not at hand."""
    names = [source["document"] for source in ledger["sources"].values() if "document" in source]
    for place in (SEEDS, ROOT.parent / "shared" / "seeds"):
        if all((place / name).is_file() for name in names):
            return place
    pytest.skip("the texts of the seeds are not at hand")


@pytest.fixture(scope="module")
def documents(ledger: Row, folder: Path) -> dict[str, list[str]]:
    """Source -> the lines of its document."""
    found = {}
    for key, source in ledger["sources"].items():
        if "document" in source:
            data = (folder / source["document"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == source["sha256"]
            found[key] = data.decode("utf-8").split("\n")
    return found


def resolutions(claims: list[Row]) -> list[Row]:
    return [resolution for claim in claims for resolution in claim.get("resolutions", [])]


def mentions(claim: Row) -> list[str]:
    """The other sources that report it, and those of what was seen on the way."""
    other = [entry if isinstance(entry, str) else entry["source"] for entry in claim.get("also_in", [])]
    seen = [entry["source"] for look in claim.get("observations", []) for entry in look["evidence"]]
    return other + seen


def test_it_is_large_enough_to_be_of_use(ledger: Row, claims: list[Row]) -> None:
    assert len(claims) >= 48
    assert len({claim["source"] for claim in claims}) >= 20
    assert list(ledger) == ["ledger", "title", "people", "topics", "sources", "claims"]


def test_every_topic_of_the_seeds_has_claims(ledger: Row, claims: list[Row]) -> None:
    assert set(ledger["topics"]) >= set(TOPICS)
    assert {topic for claim in claims for topic in claim["topics"]} == set(ledger["topics"])


def test_at_least_six_series_and_none_of_one(claims: list[Row]) -> None:
    sizes = Counter(claim["series"] for claim in claims if "series" in claim)
    assert len(sizes) >= 6
    assert min(sizes.values()) >= 2


def test_names_are_readable_and_no_outcomes(ledger: Row, claims: list[Row]) -> None:
    names = [claim["id"] for claim in claims]
    assert len(set(names)) == len(names)
    names += [claim["series"] for claim in claims if "series" in claim]
    names += [*ledger["people"], *ledger["topics"], *ledger["sources"]]
    assert [name for name in names if not NAME.fullmatch(name) or name in OUTCOMES] == []


def test_every_name_that_is_used_is_declared_and_the_other_way_round(ledger: Row, claims: list[Row]) -> None:
    evidence = [entry for resolution in resolutions(claims) for entry in resolution["evidence"]]
    assert {claim["speaker"] for claim in claims} == set(ledger["people"])
    used = {claim["source"] for claim in claims} | {entry["source"] for entry in evidence if "source" in entry}
    used |= {source for claim in claims for source in mentions(claim)}
    assert used == set(ledger["sources"])
    identifiers = {claim["id"] for claim in claims}
    for claim in claims:
        assert identifiers.issuperset(claim.get("depends_on", []) + claim.get("see_also", []))


def test_a_revision_stays_in_its_series(claims: list[Row]) -> None:
    by_id = {claim["id"]: claim for claim in claims}
    pairs = [(claim, by_id[claim["revises"]]) for claim in claims if "revises" in claim]
    assert len(pairs) >= 24
    for claim, earlier in pairs:
        assert claim["series"] == earlier["series"], claim["id"]


def test_one_order_of_fields(ledger: Row, claims: list[Row]) -> None:
    rows = [(claim, CLAIM_ORDER) for claim in claims]
    rows += [(source, SOURCE_ORDER) for source in ledger["sources"].values()]
    for resolution in resolutions(claims):
        rows.append((resolution, RESOLUTION_ORDER))
        rows += [(entry, EVIDENCE_ORDER) for entry in resolution["evidence"]]
    for row, order in rows:
        assert list(row) == [key for key in order if key in row], row


def test_no_field_that_says_nothing(ledger: Row, claims: list[Row]) -> None:
    for claim in claims:
        assert "" not in claim.values() and [] not in claim.values(), claim["id"]
        assert claim.get("kind") != "prediction", claim["id"]
        assert claim.get("window") != "by", claim["id"]


def test_lines_are_short_but_for_addresses() -> None:
    lines = LEDGER.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=claims.schema.json"
    assert [line for line in lines if len(line) >= 120 and not re.fullmatch(r" +url: \S+", line)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_dated_claim_says_what_would_be_observed(claims: list[Row]) -> None:
    undated = (None, "none")
    assert [c["id"] for c in claims if c.get("deadline") not in undated and "criteria" not in c] == []


def test_a_claim_is_judged_with_reasons_or_was_looked_at(claims: list[Row]) -> None:
    for claim in claims:
        assert claim["added"] >= "2026-11-22"
        if "resolutions" not in claim and claim.get("kind") != "statement":
            assert claim["checked"] >= "2026-07-03", claim["id"]
    for resolution in resolutions(claims):
        assert resolution["judged"] >= "2026-11-22" and resolution["by"]
        assert resolution["evidence"] and all(entry["says"] for entry in resolution["evidence"])


def test_hits_are_counted_like_misses(claims: list[Row]) -> None:
    outcomes = Counter(resolution["outcome"] for resolution in resolutions(claims))
    assert {"true", "false", "partly", "ambiguous"} <= set(outcomes)


def test_quotes_stand_only_where_the_text_was_seen(ledger: Row, claims: list[Row]) -> None:
    seen = {key for key, source in ledger["sources"].items() if "document" in source}
    for claim in claims:
        assert ("quote" in claim) == ("at" in claim) == (claim["source"] in seen), claim["id"]


def test_every_quote_is_an_exact_span_of_its_line(claims: list[Row], documents: dict[str, list[str]]) -> None:
    quoted = [claim for claim in claims if "quote" in claim]
    assert len(quoted) >= 24
    for claim in quoted:
        line = documents[claim["source"]][int(claim["at"].removeprefix("line ")) - 1]
        assert claim["quote"] in line, claim["id"]


def test_the_seeds_are_identified(ledger: Row) -> None:
    lines = (SEEDS / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    declared = {s["document"]: s["sha256"] for s in ledger["sources"].values() if "document" in s}
    assert sums == declared
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    for source in ledger["sources"].values():
        if "document" in source:
            assert all(source[key] in readme for key in ("document", "title", "url"))


# What the tool says of it, on the day it was last corrected.

OVERDUE = [
    "optimus-3-summer-2026",
    "optimus-3-july-august-2026",
    "optimus-3-prototype-q1-2026",
    "fsd-unsupervised-not-before-q4-2026",
]


def check(*arguments: str) -> tuple[int, list[Row]]:
    """Exit status and problems of `ledger check` on the first ledger as of 2026-11-27."""
    command = [sys.executable, "-m", "ledger", "check", "-f", str(LEDGER), "--as-of", "2026-11-27", "--format", "json"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)["problems"]


def test_check_finds_only_what_the_evidence_does_not_reach() -> None:
    status, problems = check("--strict", "--ignore", "no-document")
    errors = [problem for problem in problems if problem["severity"] != "note"]
    assert status == 1
    assert {problem["code"] for problem in errors} == {"overdue"}
    assert [problem["claim"] for problem in errors] == OVERDUE
    assert {problem["code"] for problem in problems} == {"overdue", "hindsight"}


def test_check_verifies_every_quote(folder: Path, tmp_path: Path) -> None:
    codes = "quote-not-in-document,document-changed,no-document"
    assert check("--documents", str(folder), "--select", codes) == (0, [])
    for path in folder.glob("0*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"10x", b"ten times"))
    status, problems = check("--documents", str(tmp_path), "--select", codes)
    assert status == 1
    misquoted = [problem["claim"] for problem in problems if problem["code"] == "quote-not-in-document"]
    assert misquoted == ["optimus-units-2025-implied", "optimus-units-2027"]
