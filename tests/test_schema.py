"""The JSON Schema of the file and the loader agree: on each field, missing, of a wrong type, out of range.

What a schema cannot say is left to the loader, and named here: `BEYOND` are codes, `DISAGREE` single values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import jsonschema
import pytest
import yaml

from ledger import fields
from ledger.fields import Field
from ledger.files import Disk
from ledger.loading.assembly import GivenText, load
from ledger.problems import Path
from ledger.schema import DAY, NEW_CLAIM, PERIOD, ledger_schema, new_claim, with_names
from loading.test_places import FIELDS, name_of
from support.written import ledger, replaced, written

ROOT = File(__file__).resolve().parents[1]
VALIDATOR = jsonschema.Draft7Validator(ledger_schema())
# What looks beyond one mapping: names that resolve, keys and ids that stand twice, files that are there.
BEYOND = {
    "undeclared",
    "dangling-reference",
    "reference-cycle",
    "duplicate-key",
    "duplicate-id",
    "bad-include",
    "bad-forecasts",
    "duplicate-forecast",
}
# So does the order of two values.
ORDER = re.compile(
    "is above at_most|is over before the deadline|is over no later than the deadline|begins with the larger number|"
    "is no known time zone|is the speaker already|made the claim"
)
# Values on which the two do not agree, and why.
DISAGREE = {
    "null": "an editor sees no difference to an empty value; the ledger asks whether a word was meant",
    "~": "the same",
    "True": "YAML reads it as true; the ledger takes words as written",
    "2026.0": "a whole number to the schema; no period",
    "2026-02-30": "days of a month are counted by the ledger alone",
    "2027/2026": "so is the order of the ends of a range",
    ".inf": "JSON has no such number; the ledger wants finite ones",
    ".nan": "the same",
    "9" * 41: "the ledger bounds the digits of a number",
    '"\\e[0m"': "control characters are found by the ledger alone",
    "5e1%": "a schema writes fewer forms of percentages",
}
VALUES = {
    "wrong type": ["a text", "5", "1.5", "true", "[a]", "[]", "{a: b}", "{}", '"5"', "2026-01-01", "80%", "''", "' '",
                   "[a: b]", ""],
    "name": ["Name", "-a", "a_b", "a b", "true", "false", "annulled", "a-1", "1-a"],
    "url": ["http://a", "https://", "ftp://a.b", "a.b", "'https://a b'"],
    "file": ["a/b", "..", ".hidden", "c:x", r"a\b", "a b.txt"],
    "sha256": ["0" * 63 + "g", "F" * 64, "a" * 63, "a" * 65],
    "choice": ["Target", "quote", "'true'", "false", "maybe", "during"],
    "period": ["0999", "10000", "2026-00", "2026-13", "2026-1", "2026-Q5", "2026-H3", "2035s", "2026-32",
               "2026-12-32", "2030s~", "2026-03/2026-06~", "2026-03~/2026-06", "2026/", "2026-01/02", "none",
               "unknown", "2026Q1", "x"],
    "day": ["2026-1-1", "2026-12-31~", "2026-12", "2026-12-31/2026-12-31", "2026-12-32", "2026-12-00"],
    "number": ["-1", "0", "1", "1.1", "1e3", ".5", "1_000", "'1'", "1,000", "1e400x", "+1"],
    "probability": ["0", "1", "-0.1", "1.01", "100%", "100.5%", "-1%", "0.5%", ".5%", "'0.5'", "' 5%'", "likely"],
    "range": ["[1]", "[1, 2, 3]", "[1, a]", "[1, ~]", "['1', 2]", "[-1, 0.5]"],
    "whole": ["0", "13", "1.5", "12", "1"],
    "mentions": ["[a, B]", "[5]", "[[a]]", "[{}]", "[{at: x}]", "[{source: a, x: y}]", "[a]"],
    "version": ["2", "0", "'1'", "1.1", "one"],
    "names": ["[a, B]", "[5]", "[[a]]", "[true]", "['']", "[ ~ ]"],
    "texts": ["[a, ' ']", "[5]", "[[a]]", "[true]", "['']", "[a: b]"],
    "groups": ["[a]", "[5]", "[[]]", "[{}]"],
    "table": ["{a: }", "{A: {}}", "{true: {}}", "{a: []}", "{a: 5}"],
    "labels": ["{a: }", "{A: x}", "{a: []}", "{a: 5}", "{partly: x}", "{a: ''}"],
}  # fmt: skip


class CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2's core schema, as editors read a file."""


CoreLoader.yaml_implicit_resolvers = {}
for _tag, _pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), None)
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: _integer(node.value))
CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(re.sub(r"\.(?=[inIN])", "", node.value)))


def _integer(text: str) -> int:
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Loader=CoreLoader)


def the_schema_accepts(text: str) -> bool:
    return bool(VALIDATOR.is_valid(as_editors_read(text)))


def the_loader_accepts(text: str) -> bool:
    found = load(Disk(), [GivenText("x", text.encode())]).problems
    return not {problem.code for problem in found if not ORDER.search(problem.message)} - BEYOND


def without(tree: Any, path: Path) -> Any:
    """The tree without the key or entry at a path."""
    *parents, last = path
    own = tree
    for step in parents:
        own = own[step]
    kept = (
        {key: item for key, item in own.items() if key != last}
        if isinstance(own, dict)
        else own[:last] + own[last + 1 :]
    )
    return replaced(tree, tuple(parents), kept)


def neighbour(tree: Any, path: Path) -> Any:
    """The tree with an unknown key beside the one at a path; None beside a name, where any other may stand."""
    *parents, _ = path
    if parents in (["people"], ["topics"], ["sources"]):
        return None
    own = tree
    for step in parents:
        own = own[step]
    return replaced(tree, tuple(parents), {**own, "neighbour": "x"}) if isinstance(own, dict) else None


def cases(path: Path, field: Field) -> Iterator[tuple[str, str]]:
    """The texts made from one field, each with what was done."""
    tree = ledger()
    for kind in ("wrong type", field.type):
        for value in VALUES.get(kind, []):
            yield f"{value!r}", written(replaced(tree, path, value), "block").text
    if path != ("ledger",):
        yield "missing", written(without(tree, path), "block").text
    beside = neighbour(tree, path)
    if beside is not None:
        yield "an unknown neighbour", written(beside, "block").text


ALL = [*FIELDS, (("claims",), Field("claims", "groups", "")), (("claims", 1), Field("1", "group", ""))]


@pytest.mark.parametrize(("path", "field"), ALL, ids=[name_of(path) for path, _ in ALL])
def test_schema_and_loader_agree(path: Path, field: Field) -> None:
    refused = 0
    for done, text in cases(path, field):
        schema, loader = the_schema_accepts(text), the_loader_accepts(text)
        assert schema == loader, f"{name_of(path)} {done}: the schema says {schema}, the loader {loader}"
        refused += not loader
    assert refused >= 3


def test_there_are_enough_of_them() -> None:
    made = [text for path, field in ALL for _, text in cases(path, field)]
    assert len(set(made)) > 1_500


@pytest.mark.parametrize("value", DISAGREE)
def test_each_named_disagreement_is_one(value: str) -> None:
    """Somewhere in the format; else it need not be named."""
    for path, _ in ALL:
        text = written(replaced(ledger(), path, value), "block").text
        if the_schema_accepts(text) != the_loader_accepts(text):
            return
    pytest.fail("schema and loader agree on it")


@pytest.mark.parametrize(
    ("lines", "valid"),
    [
        ("kind: statement", True),
        ("kind: statement\n    deadline:", True),
        ("kind: statement\n    deadline: none", True),
        ("kind: target", False),
        ("note: x", False),
        ("deadline:", False),
        ("deadline: none\n    deadline_latest: 2027", False),
        ("deadline: none\n    deadline_latest:", True),
        ("kind: statement\n    deadline_latest: 2027", False),
        ("deadline: none\n    known_by: 2027", False),
        ("kind: statement\n    known_by: 2027", False),
        ("deadline: 2026\n    known_by: 2027-02", True),
        ("deadline: 2026\n    quantity: {level: 0.9}", False),
        ("deadline: 2026\n    quantity: {decides: range}", False),
        ("deadline: 2026\n    quantity: {decides: range, range: [1, 2]}", True),
        ("deadline: 2026\n    quantity: {decides: point, range: [1, 2]}", False),
        ("deadline: 2026\n    quantity: {decides: range, range: [1, 2], at_most: 2}", False),
        ("deadline: 2026\n    quantity: {decides: range, range: [1, 2], at_least: }", True),
        ("deadline: 2026\n    observations: [{date: 2026-01-01}]", False),
        ("deadline: 2026\n    observations: [{date: 2026-01-01, value: 0}]", True),
        ("deadline: 2026\n    forecasts: [{by: m, date: 2026-01-01}]", False),
        ("deadline: 2026\n    forecasts: [{by: m, date: 2026-01-01, probability: 3%}]", True),
        ("deadline: 2026\n    quantity: {level: , unit: x}", True),
        ("deadline: 2026\n    quantity: {level: 0.9, range: }", False),
        ("deadline: 2026\n    resolutions: [{outcome: true, judged: 2026-01-01}]", False),
        ("deadline: 2026\n    resolutions: [{outcome: true, judged: 2026-01-01, note: x}]", True),
        ("deadline: 2026\n    resolutions: [{outcome: true, judged: 2026-01-01, note: '', evidence: []}]", False),
        ("deadline: 2026\n    resolutions: [{outcome: true, judged: 2026-01-01, evidence: [{says: x}]}]", False),
        ("deadline: 2026\n    resolutions: [{outcome: true, judged: 2026-01-01, evidence: [{title: x}]}]", True),
    ],
)
def test_rules_between_fields(lines: str, valid: bool) -> None:
    text = f"ledger: 1\nclaims:\n  - id: a\n    claim: b\n    speaker: c\n    said: 2025\n    source: d\n    {lines}\n"
    assert the_loader_accepts(text) is valid
    assert the_schema_accepts(text) is valid


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(ledger_schema())
    assert ledger_schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert json.loads(json.dumps(ledger_schema())) == ledger_schema()


def test_editors_show_what_a_field_means() -> None:
    claim = ledger_schema()["properties"]["claims"]["items"]
    assert list(claim["properties"]) == list(fields.CLAIM_KEYS)
    assert all(claim["properties"][field.key]["description"] == field.meaning for field in fields.CLAIM)
    assert claim["additionalProperties"] is False


def test_the_first_ledger_is_valid_and_names_its_schema() -> None:
    text = (ROOT / "data" / "claims.yaml").read_text()
    assert list(VALIDATOR.iter_errors(as_editors_read(text))) == []
    assert text.startswith("# yaml-language-server: $schema=claims.schema.json\n")


def test_the_schema_beside_it_is_this_one() -> None:
    """`ledger schema > data/claims.schema.json` writes it again."""
    assert json.loads((ROOT / "data" / "claims.schema.json").read_text()) == ledger_schema()


@pytest.mark.parametrize("pattern", [PERIOD, DAY])
def test_patterns_are_plain_enough_for_any_editor(pattern: str) -> None:
    """No look-behind, no named groups, no flags: JavaScript reads them as Python does."""
    assert not re.search(r"\(\?(?!:)|\\[AZzG]", pattern)


def test_the_schema_of_one_ledger_has_its_names() -> None:
    from ledger.schema import with_names

    names = {"people": ["ada"], "sources": ["talk"], "topics": ["rockets"], "claims": ["old"]}
    claim = with_names(ledger_schema(), names)["properties"]["claims"]
    found = json.dumps(claim)
    for name in ("ada", "talk", "rockets", "old"):
        assert f'"enum": ["{name}"]' in found
    fields_of = claim["anyOf"][0]["items"]["properties"] if "anyOf" in claim else claim["items"]["properties"]
    assert fields_of["speaker"]["enum"] == ["ada"]
    assert "pattern" in fields_of["id"]
    assert "ada" not in json.dumps(ledger_schema())


def _leaves(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The schemas of values that are no mappings, wherever a field has one."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            yield from _leaves(one, (*path, str(number)))
    elif isinstance(node, dict):
        if (
            path
            and not {"properties", "additionalProperties", "anyOf"} & set(node)
            and {"type", "enum", "const"} & set(node)
        ):
            yield path, node
        for key in ("properties", "items", "anyOf", "additionalProperties"):
            held = node.get(key)
            for name, one in held.items() if key == "properties" and isinstance(held, dict) else [(key, held)]:
                yield from _leaves(one, (*path, name))


def test_an_editor_says_a_sentence_of_each_value_that_does_not_fit() -> None:
    bare = [path for path, node in _leaves(ledger_schema()) if "errorMessage" not in node and node != {"type": "null"}]
    assert [path for path in bare if path[-1] != "additionalProperties"] == []


def test_names_that_are_not_declared_are_told_by_their_table() -> None:
    own = with_names(ledger_schema(), {"people": ["ada"], "topics": [], "sources": ["talk"], "claims": ["a"]})
    claim = own["properties"]["claims"]["items"]["properties"]
    assert claim["speaker"]["enum"] == ["ada"]
    assert claim["speaker"]["errorMessage"] == "speaker: not declared in people; print the schema anew if it is"
    assert (
        claim["depends_on"]["items"]["errorMessage"]
        == "depends_on: no claim has this id; print the schema anew if it is"
    )


def test_a_claim_as_it_is_begun_is_a_sound_one() -> None:
    assert set(NEW_CLAIM) >= {field.key for field in fields.CLAIM if field.required}
    typed = {"ledger": 1, "claims": [NEW_CLAIM]}
    assert not list(VALIDATOR.iter_errors(typed))
    assert new_claim()["speaker"] == "${3:name}"
