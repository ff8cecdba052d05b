"""What real claims say that a deadline and one speaker cannot: each is expressed, sound, and counted as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Runner

HEAD = """\
ledger: 1
about: {keeper: The desk, contact: desk@example.org, licence: CC-BY-4.0, language: en}
timezone: Europe/Brussels
people:
  ann: {name: Ann}
  eu: {name: The EU, kind: organisation}
  uk: {name: The UK, kind: organisation}
  nvidia: {name: Nvidia, kind: organisation, fiscal_year_end: 1}
  market: {name: A market, kind: market}
sources: {talk: {title: A talk}, paper: {title: A paper, archived: "https://archive.example/p"}}
claims:
"""
CLAIM = ["add", "It comes.", "--id", "it", "-w", "2025-01-05", "-S", "talk", "-c", "It is there.", "--no-input"]
KINDS = {  # options of `add` (a speaker, if it is not Ann), what they write, the status on DAY
    "several speakers": (
        ["-s", "eu", "--also-by", "uk", "-d", "2026"],
        "    speaker: eu\n    also_by: [uk]\n",
        "open",
    ),
    "several sources": (["--also-in", "paper", "-d", "2026"], "    also_in: [paper]\n", "open"),
    "a point": (
        ["-d", "2026", "--point", "1.1", "--unit", "percent"],
        "    quantity: {point: 1.1, unit: percent}\n",
        "open",
    ),
    "a band that decides": (
        ["-d", "2026", "--range", "2..3", "--decides", "range", "--level", "90%", "--point", "2.5"],
        "    quantity: {range: [2, 3], level: 90%, point: 2.5, decides: range}\n",
        "open",
    ),
    "a range, of which the lower end decides": (
        ["-d", "2026", "--range", "50000..100000", "--at-least", "50000", "--unit", "robots"],
        "    quantity: {at_least: 50000, range: [50000, 100000], unit: robots}\n",
        "open",
    ),
    "known later": (["-d", "2025", "--known-by", "2027-02-25"], "    known_by: 2027-02-25\n", "awaiting"),
    "a fiscal quarter of the speaker": (
        ["-s", "nvidia", "-d", "Q4 FY2027", "--deadline-words", "Q4 FY2027"],
        "    deadline: 2026-11/2027-01\n    deadline_words: Q4 FY2027\n",
        "open",
    ),
    "a fiscal quarter of another": (
        ["-d", "Q4 FY2027", "--fiscal-of", "nvidia"],
        "    deadline: 2026-11/2027-01\n    fiscal_of: nvidia\n",
        "open",
    ),
    "every year until 2029": (
        ["-d", "2025/2029", "--deadline-words", "every year until 2029", "--window", "during"],
        "    deadline: 2025/2029\n    deadline_words: every year until 2029\n    window: during\n",
        "open",
    ),
    "a count over a year": (
        ["-d", "2026", "--window", "during", "--at-most", "3"],
        "    window: during\n    quantity: {at_most: 3}\n",
        "open",
    ),
    "an event in a year": (
        ["--deadline-words", "in 2026"],
        "    deadline: 2026\n    deadline_words: in 2026\n",
        "open",
    ),
    "not before": (
        ["-d", "2025-01/2026-12", "--deadline-words", "not before 2027", "--window", "during"],
        "    deadline: 2025-01/2026-12\n    deadline_words: not before 2027\n    window: during\n",
        "open",
    ),
    "conditional": (
        ["-d", "2026", "--condition", "if all goes well"],
        "    condition: if all goes well\n",
        "open",
    ),
    "soon": (["--deadline-words", "soon"], "    deadline: none\n    deadline_words: soon\n", "undated"),
    "by the end of the decade": (
        ["--deadline-words", "by the end of the decade", "--deadline-latest", "2030"],
        "    deadline: 2029\n    deadline_words: by the end of the decade\n    deadline_latest: 2030\n",
        "open",
    ),
    "counted from the day it was said": (
        ["-d", "within two years", "--deadline-words", "within two years"],
        "    deadline: 2027-01~\n    deadline_words: within two years\n",
        "open",
    ),
    "a chance": (["-d", "2026", "--probability", "33.3%"], "    probability: 33.3%\n", "open"),
    "how sure, in words": (
        ["-d", "2026", "--probability-words", "a good shot"],
        "    probability_words: a good shot\n",
        "open",
    ),
    "an aim": (["-d", "2026", "-k", "target"], "    kind: target\n", "open"),
    "could": (["-d", "2026", "-k", "possibility"], "    kind: possibility\n", "open"),
    "a fact of its day": (["-k", "statement"], "    kind: statement\n", "unjudged"),
    "the words of a text": (
        ["-d", "2026", "-q", "it will be there", "--at", "line 3", "--wording", "paraphrased"],
        "    at: line 3\n    quote: it will be there\n    wording: paraphrased\n",
        "open",
    ),
    "what follows without being said": (["-d", "2026", "--wording", "implied"], "    wording: implied\n", "open"),
    "on the premise of another claim": (
        ["-d", "2026", "--depends-on", "first", "--see-also", "first", "--series", "row"],
        "    series: row\n    depends_on: [first]\n    see_also: [first]\n",
        "open",
    ),
    "by somebody who is new": (
        ["-s", "Christine Lagarde", "-t", "Euro area", "-d", "2026", "-D"],
        "    speaker: christine-lagarde\n    said: 2025-01-05\n    source: talk\n    topics: [euro-area]\n",
        "open",
    ),
}
FIRST = """\
  - id: first
    claim: It begins.
    speaker: ann
    said: 2025
    source: talk
    deadline: none
"""
DAY = "2026-05-01"


@pytest.mark.parametrize("name", KINDS)
def test_it_can_be_entered(run: Runner, name: str) -> None:
    options, written, status = KINDS[name]
    speaker = [] if "-s" in options else ["-s", "ann"]
    ran = run(*CLAIM, *speaker, *options, ledger=f"{HEAD}{FIRST}")
    assert ran.status == 0, ran.err
    assert written in Path("claims.yaml").read_text(encoding="utf-8")
    assert run("check", "--as-of", DAY, "--ignore", "unused").out == ""
    (found,) = json.loads(run("show", "it", "--as-of", DAY, "--format", "json").out)["claims"]
    assert found["status"] == status


JUDGED = {  # what becomes of a claim of 2025, or of one that is open: the commands that say so
    "taken back": ([["resolve", "it", "withdrawn", "--happened", "2025-06", "-e", "paper"]], "withdrawn"),
    "undecidable": ([["resolve", "it", "ambiguous", "--note", "Two counts."]], "void"),
    "in part": ([["resolve", "it", "partly", "--note", "Half of it."]], "partly"),
    "late": ([["resolve", "it", "true", "--happened", "2026-02", "-e", "paper"]], "late"),
    "decided by a number": ([["resolve", "it", "--value", "2.3", "-e", "paper"]], "miss"),
    "judged anew": (
        [["resolve", "it", "false", "-e", "paper"], ["reopen", "it", "--note", "The paper erred."]],
        "overdue",
    ),
    "progress": ([["touch", "it", "--value", "300", "--note", "Slow."]], "overdue"),
    "moved": (
        [["revise", "it", "It comes later.", "-w", "2025-11", "-S", "paper", "-d", "2027", "--id", "later"]],
        "overdue",
    ),
}


@pytest.mark.parametrize("name", JUDGED)
def test_what_becomes_of_it_can_be_said(run: Runner, name: str) -> None:
    commands, status = JUDGED[name]
    claim = [*CLAIM, "-s", "ann", "-d", "2025", "--range", "3..4", "--decides", "range"]
    assert run(*claim, ledger=f"{HEAD}{FIRST}").status == 0
    for command in commands:
        ran = run(*command, "--no-input")
        assert ran.status == 0, ran.err
    (found,) = json.loads(run("show", "it", "--format", "json").out)["claims"]
    assert found["status"] == status


WRITTEN = {  # fields that are written into the file: `ledger.fields.PASSED_BY` says why
    "what others gave": ("deadline: 2026, forecasts: [{by: market, date: 2026-02-01, probability: 3%}]", "open"),
    "what another source prints": ('also_in: [{source: paper, quote: "by 2026"}], deadline: 2026', "open"),
    "a new id": ("deadline: 2026, formerly: [old-name]", "open"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_it_can_be_written(run: Runner, name: str) -> None:
    fields, status = WRITTEN[name]
    claim = f"id: it, claim: It comes., speaker: ann, said: 2025-01-05, source: talk, criteria: It is there., {fields}"
    assert run("check", "--as-of", DAY, "--ignore", "unused", ledger=f"{HEAD}  - {{{claim}}}\n").out == ""
    (found,) = json.loads(run("show", "it", "--as-of", DAY, "--format", "json").out)["claims"]
    assert found["status"] == status


def test_an_id_that_a_claim_had_leads_to_it(run: Runner) -> None:
    ledger = (
        f"{HEAD}  - {{id: it, claim: It comes., speaker: ann, said: 2025, source: talk, {WRITTEN['a new id'][0]}}}\n"
    )
    assert run("show", "old-name", ledger=ledger).out.startswith("it  ")


def test_what_cannot_be_known_yet_is_awaited_and_then_missed(run: Runner) -> None:
    claim = (
        "  - {id: gdp, claim: It grows., speaker: ann, said: 2026-01-05, source: talk, criteria: The office says so.,\n"
    )
    ledger = HEAD + claim + "     deadline: 2026, window: during, known_by: 2027-02-25, also_by: [eu]}\n"
    for day, status, exit_status in (("2027-02-01", "awaiting", 0), ("2027-02-26", "overdue", 1)):
        assert run("check", "--as-of", day, ledger=ledger).status == exit_status
        assert run("list", "--as-of", day, "--columns", "status", "--format", "plain").out == f"{status}\n"
        found = json.loads(run("score", "--as-of", day, "--by", "speaker", "--format", "json").out)
        assert (found["account"]["claims"], found["account"][status]) == (1, 1)  # once in all
        assert {of["group"]: of[status] for of in found["groups"]} == {"ann": 1, "eu": 1}  # under each
        assert {of["bounds"]["high"] for of in found["groups"]} == {1.0}
