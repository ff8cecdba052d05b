"""Problems in the formats of other programs: valid by their published schemas, and nothing smuggled in.

The schema of SARIF is beside this file. GitLab publishes the fields of its report in words, and the schema that
Ant's JUnit task is checked with is not ours to copy: both are written down here as assertions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from ledger.model import Ledger, Text
from ledger.origin import Origin
from ledger.problems import CODES, Place, Problem
from ledger.render.problems import FORMATS, written
from ledger.render.problems.github import summary
from ledger.results.check import Checked

ROOT = Path(__file__).parents[2]
SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
HOSTILE = (
    "a\nb",
    "\n::error::no",
    "\r\n::set-output name=x::y",
    "100% %0A::error::%25",
    "]]>",
    "<script>alert('&')</script>",
    '"><failure type="x',
    "--></testsuite>",
    "\x1b[31mred\x1b]8;;https://example.org\x07",
    "\x9b31m",
    "\u202eright to left\u2066",
    "a | b `c` **d** [e](https://example.org) ![f](g)",
    "\u2028\u2029\x85\x0b\x0c",
    "\ufffe\uffff\x00\x7f",
    "=1+1",
    "[/b][red]:rocket:",
    "\ud800",
    "\U000e0041",
)
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def checked(*problems: Problem, texts: tuple[Text, ...] = ()) -> Checked:
    ledger = Ledger(None, texts or (Text("claims.yaml", "ledger: 1\n"),), {}, {}, {}, (), (), (), problems)
    return Checked(ledger, date(2026, 6, 30), problems, problems, 0, 0, len(CODES), None)


def problem(code: str = "overdue", message: str = "over", hint: str | None = "judge it", **more: Any) -> Problem:
    place = more.pop("place", Place("claims.yaml", 3, 7))
    return Problem(code, message, hint, place, more.pop("claim", "rain"), more.pop("severity", CODES[code].severity))


ONE_OF_EACH = checked(
    problem(),
    problem("unused", "no claim has the topic snow", None, claim=None),
    problem("due-soon", "soon"),
    problem(place=Place("more/claims.yaml", 5, 1)),
)
SAMPLES = {
    "none": checked(),
    "each": ONE_OF_EACH,
    "hostile": checked(
        *(
            problem(message=text, hint=text, claim=text, place=Place(f"dir/{text}.yaml", 1, 1), severity=severity)
            for text in HOSTILE
            for severity in ("error", "warning", "note")
        ),
        texts=tuple(Text(f"dir/{text}.yaml", f"{text}\nledger: 1\n") for text in HOSTILE),
    ),
}


@pytest.fixture(params=list(SAMPLES), name="sample")
def _sample(request: pytest.FixtureRequest) -> Checked:
    return SAMPLES[request.param]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_steers_whoever_reads(form: str, sample: Checked) -> None:
    text = written(form, sample)
    assert STEERING.findall(text) == []
    text.encode()  # no lone surrogate


def test_github_has_one_command_a_problem_and_no_other_line(sample: Checked) -> None:
    lines = written("github", sample).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(sample.shown)
    command = re.compile(
        r"::(error|warning|notice) file=[^:,]*,line=\d+,col=\d+,title=[^:,]*::(?!.*%(?!25|0D|0A|3A|2C)).*"
    )
    for line in lines:
        assert command.fullmatch(line), line
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds == sorted(kinds, key=["::error", "::warning", "::notice"].index)


def test_github_unescapes_to_what_was_said() -> None:
    line = written("github", checked(problem(message="100% a,b: c\nd", claim=None, place=Place("a,b:c%.yaml", 1, 2))))
    assert line == ("::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=overdue::100%25 a,b: c%0Ad%0Ajudge it\n")


def test_the_summary_of_a_step_is_a_table_of_one_line_a_problem(sample: Checked) -> None:
    text = summary(sample, str)
    if not sample.shown:
        assert text == ""
        return
    title, blank, head, rule, *rows, last, end = text.split("\n")
    assert title.startswith("### Ledger check as of 2026-06-30: ")
    assert (blank, rule, last, end) == ("", "| --- | --- | --- | --- | --- |", "", "")
    assert len(rows) == len(sample.shown)
    for row in (head, *rows):
        assert len(re.findall(r"(?<!\\)\|", row)) == 6, row
        assert "<" not in row
        assert re.search(r"(?<!\\)\]\(", row) is None


def test_a_long_summary_is_cut() -> None:
    many = checked(*(problem(place=Place("claims.yaml", line, 1)) for line in range(1, 601)))
    text = summary(many, str)
    assert text.count("\n| error") == 500
    assert text.endswith("\nand 100 more\n\n")


def test_sarif_is_valid(sample: Checked) -> None:
    schema = json.loads(SCHEMA.read_text())
    report = json.loads(written("sarif", sample))
    jsonschema.Draft4Validator(schema).validate(report)
    (run,) = report["runs"]
    assert len(run["results"]) == len(sample.problems)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
        assert "](" not in result["message"]["text"]
    assert len({tuple(r["partialFingerprints"].values()) for r in run["results"]}) == len(run["results"])


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r/blob/v1/docs/checks.md#overdue"),
        ("https://gitlab.com/a/b/r", "https://gitlab.com/a/b/r/-/blob/v1/docs/checks.md#overdue"),
        ("https://git.example.org/o/r", None),
        (None, None),
    ],
)
def test_a_rule_says_where_its_page_is_if_that_is_known(
    address: str | None, page: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = None if address is None else Origin(address, "v1")
    monkeypatch.setattr("ledger.render.problems.sarif.installed", lambda: found)
    report = json.loads(written("sarif", ONE_OF_EACH))
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text())).validate(report)
    driver = report["runs"][0]["tool"]["driver"]
    assert driver.get("informationUri") == address
    assert next(rule for rule in driver["rules"] if rule["id"] == "overdue").get("helpUri") == page
    headings = re.findall(r"^### (.+)$", (ROOT / "docs/checks.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {rule["id"] for rule in driver["rules"]} <= set(headings)


def test_sarif_is_refused_by_the_schema_if_a_field_is_wrong() -> None:
    report = json.loads(written("sarif", ONE_OF_EACH))
    report["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(json.loads(SCHEMA.read_text())).validate(report)


def test_gitlab_has_the_fields_of_its_documentation(sample: Checked) -> None:
    entries = json.loads(written("gitlab", sample))
    assert len(entries) == len(sample.problems)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert set(entry["location"]) == {"path", "lines"}
        assert isinstance(entry["location"]["lines"]["begin"], int)
        assert not entry["location"]["path"].startswith("./")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_a_fingerprint_stays_when_lines_move_and_days_pass() -> None:
    def names(*problems: Problem) -> list[str]:
        return [entry["fingerprint"] for entry in json.loads(written("gitlab", checked(*problems)))]

    before = names(problem(message="over for 1 day"))
    assert names(problem(message="over for 2 days", place=Place("claims.yaml", 99, 7))) == before
    assert names(problem(claim="snow")) != before
    assert names(problem(), problem())[0] == before[0]


SUITE = {"name", "package", "id", "hostname", "timestamp", "tests", "failures", "errors", "time"}


def test_junit_has_the_elements_of_its_schema_in_order(sample: Checked) -> None:
    root = ElementTree.fromstring(written("junit", sample))
    assert (root.tag, root.attrib) == ("testsuites", {})
    for number, suite in enumerate(root):
        assert suite.tag == "testsuite"
        assert set(suite.attrib) == SUITE
        assert suite.get("id") == str(number)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp") or "")
        cases = list(suite)[1:-2]
        assert [child.tag for child in suite] == ["properties", *["testcase"] * len(cases), "system-out", "system-err"]
        assert suite.get("tests") == str(len(cases))
        failures = [failure for case in cases for failure in case]
        assert suite.get("failures") == str(len(failures))
        assert cases, "a suite without cases is taken for one that did not run"
        for case in cases:
            assert set(case.attrib) == {"name", "classname", "time"}
            assert len(case) <= 1
        for failure in failures:
            assert failure.tag == "failure"
            assert set(failure.attrib) == {"type", "message"}
    errors = sum(found.severity == "error" for found in sample.problems)
    assert sum(int(suite.get("failures") or "0") for suite in root) == errors


def test_json_says_all_there_is(sample: Checked) -> None:
    report = json.loads(written("json", sample))
    assert list(report) == ["schema", "as_of", "errors", "problems"]
    assert report["errors"] == sum(p["severity"] == "error" for p in report["problems"])
    for entry, found in zip(report["problems"], sample.problems, strict=True):
        assert entry == {
            "code": found.code,
            "severity": found.severity,
            "message": found.message,
            "hint": found.hint,
            "file": found.place.file,
            "line": found.place.line,
            "column": found.place.column,
            "claim": found.claim,
        }


@pytest.mark.parametrize("form", FORMATS)
def test_files_are_renamed_for_the_service(form: str) -> None:
    rename: Callable[[str], str] = lambda name: f"below/{name}"  # noqa: E731
    assert ("below/more/claims.yaml" in written(form, ONE_OF_EACH, rename)) is (form != "json")


@pytest.mark.parametrize("text", (*HOSTILE, "@everyone fixes #1", "``` a ``", "![x](https://example.org)", "a" * 5000))
def test_the_text_of_an_issue_holds_what_is_said_in_code_spans(text: str) -> None:
    lines = written("markdown", checked(problem(message=text, hint=text, claim=None))).split("\n")
    assert len(lines) == 7 and lines[-1] == ""
    for line, name in ((lines[4], "what"), (lines[5], "remedy")):
        found = re.fullmatch(rf"  {name}: (`+) (.*) (`+)", line)
        assert found is not None and found[1] == found[3]
        assert found[1] not in re.findall("`+", found[2]) and len(found[2]) <= 200


def test_the_text_of_an_issue_has_room_for_its_last_line() -> None:
    text = written("markdown", checked(*[problem(message="`" * 400)] * 500))
    assert len(text) < 65_000 and re.search(r"- and \d+ more\n$", text)


def test_the_text_of_an_issue() -> None:
    assert written("markdown", checked(problem())) == (
        "<!-- forecast-ledger check -->\nLedger check as of 2026-06-30: 1 error\n\n"
        "- **overdue** (error) at ` claims.yaml:3 `, claim ` rain `\n  what: ` over `\n  remedy: ` judge it `\n"
    )
