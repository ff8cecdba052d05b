"""What CONTRIBUTING.md and the forms name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from coverage_gate import EDGE

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def test_every_place_it_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`((?:tests/)?[a-z_./]+(?:\.py|/))`", text))
    assert len(names) > 20
    for name in names:
        inside = (ROOT / "src/ledger").rglob(name) if "/" not in name else ()
        assert any(place.exists() for place in (ROOT / name, ROOT / "src/ledger" / name, *inside)), name
    for name in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / name).exists(), name


def test_every_make_target_it_and_the_workflow_name_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake ([a-z-]+)", text)) - {"are"} <= targets
    for job in yaml.safe_load((GITHUB / "workflows/tests.yml").read_text())["jobs"].values():
        for step in job["steps"]:
            for made in re.findall(r"make ([a-z \-]+)$", step.get("run", "")):
                assert set(made.split()) <= targets


def test_the_workflow_covers_what_is_promised() -> None:
    jobs = yaml.safe_load((GITHUB / "workflows/tests.yml").read_text())["jobs"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    wanted = re.search(r'requires-python = ">=([0-9.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert wanted is not None and matrix["python"][0] == wanted[1]
    assert jobs["dependencies"]["strategy"]["matrix"]["versions"] == ["newest", "oldest"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_what_is_needed(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"] and form["description"] and form["body"]
    ids = [field["id"] for field in form["body"]]
    assert len(set(ids)) == len(ids)
    assert any(field.get("validations", {}).get("required") for field in form["body"])


def test_the_three_forms_are_there() -> None:
    assert {path.stem for path in FORMS} >= {"wrong-verdict", "new-score", "new-importer"}


def test_every_file_of_the_edge_that_has_to_be_covered_is_there() -> None:
    assert [name for name in EDGE if not (ROOT / "src/ledger" / name).is_file()] == []
