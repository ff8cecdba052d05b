"""What each command prints as JSON is what `ledger schema COMMAND` promises."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from ledger.cli.commands import COMMANDS
from ledger.cli.completion import ClosedSet
from ledger.render.promises import OUTPUTS

from .conftest import Runner
from .test_list import DAY, LEDGER

RUNS = {
    "scan": [str(Path(__file__)), "--published", "2025-01-08"],
    "list": [],
    "show": ["robots-2025", "rates-fall"],
    "due": [],
    "topics": [],
    "people": [],
    "sources": [],
    "check": [],
    "score": ["--by", "kind"],
    "calibration": [],
    "slip": [],
    "resolve": ["rate-cut", "false", "--note", "No cut came.", "--dry-run", "--no-input"],
    "touch": ["rate-cut", "--dry-run"],
}


@pytest.mark.parametrize("command", RUNS)
def test_json_keeps_its_promise(run: Runner, command: str) -> None:
    promise = json.loads(run("schema", command).out)
    jsonschema.Draft7Validator.check_schema(promise)
    ran = run("--as-of", DAY, command, *RUNS[command], "--format", "json", ledger=LEDGER)
    assert ran.status in (0, 1), ran.err
    found = json.loads(ran.out)
    jsonschema.Draft7Validator(promise).validate(found)
    assert found["schema"] == f"ledger.{command}/1"
    # A promise that says nothing is none: without a key the object is refused.
    for key in promise["required"]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft7Validator(promise).validate({k: v for k, v in found.items() if k != key})


def test_every_row_is_promised(run: Runner) -> None:
    promise = json.loads(run("schema", "list").out)["properties"]["claims"]["items"]
    (claim, *_) = json.loads(run("list", "--format", "json", ledger=LEDGER).out)["claims"]
    assert set(promise["required"]) == set(claim)


def test_an_unknown_command_has_no_schema(run: Runner) -> None:
    ran = run("schema", "lst")
    assert (ran.status, ran.err) == (2, "ledger: no JSON of the command 'lst'\n  did you mean list?\n")


def test_the_schema_of_the_file(run: Runner) -> None:
    found = json.loads(run("schema").out)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert found["properties"]["claims"]["items"]["properties"]["deadline"]["description"]


def test_the_schema_beside_the_first_ledger_is_this_one(run: Runner) -> None:
    beside = Path(__file__).parent.parent.parent / "data" / "claims.schema.json"
    assert beside.read_text(encoding="utf-8") == run("schema").out


def test_every_command_that_prints_json_promises_it() -> None:
    printing = set()
    for name, (module, attribute, _) in COMMANDS.items():
        found = getattr(import_module(f"ledger.cli.{module}"), attribute)
        for parameter in getattr(found, "parameters", ()):
            complete = getattr(parameter.of, "complete", None)
            if parameter.name == "format_" and isinstance(complete, ClosedSet) and "json" in complete.words:
                printing.add(name)
    assert len(printing) > 15
    assert printing <= set(OUTPUTS)
