"""`ci init`, the action and the pre-commit hooks: well-formed, of least privilege, and their scripts do run."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger import __version__
from ledger.writing import workflows
from support.repositories import Repo, claim, ledger
from support.running import Runner

ROOT = Path(__file__).resolve().parent.parent.parent
ZEROS = "0" * 40


def load(path: Path) -> Any:
    """YAML whose `on` stays text, as the services read it."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `fledger` on the path that is this source, and a `pip` that does nothing; what was called is noted."""
    folder = tmp_path / "bin"
    folder.mkdir()
    source = ROOT / "src"
    (folder / "fledger").write_text(
        f'#!/bin/sh\nprintf "%s|" fledger "$@" >> "{folder}/calls"\n'
        f'PYTHONPATH="{source}" exec "{sys.executable}" -m ledger "$@"\n'
    )
    (folder / "pip").write_text(f'#!/bin/sh\nprintf "%s|" pip "$@" >> "{folder}/calls"\n')
    for name in ("fledger", "pip"):
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def script(text: str, folder: Path, shell: str = "bash", **environ: str) -> subprocess.CompletedProcess[str]:
    words = [shell, "--noprofile", "--norc", "-eo", "pipefail", "-c"] if shell == "bash" else [shell, "-e", "-c"]
    return subprocess.run(
        [*words, text], cwd=folder, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def moved(repo: Repo) -> Repo:
    """A repository whose last commit moves a goalpost."""
    repo.record(ledger(claim("one", "criteria: It does.", "topics: [robots, cars]", deadline="2999")))
    repo.record(ledger(claim("one", "criteria: It does.", "topics: [robots, cars]", deadline="3999")))
    return repo


# --- writing -------------------------------------------------------------------------------------------------


def test_files_are_made_and_never_overwritten(repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.folder / "sub").mkdir()
    monkeypatch.chdir(repo.folder / "sub")
    out, err, status = run("ci", "init", "github", "pre-commit,gitlab")
    assert (out, status) == ("", 0)
    assert err == (
        "ledger: wrote ../.github/workflows/ledger.yml\nledger: wrote ../.pre-commit-config.yaml\n"
        "ledger: wrote ../.gitlab-ci.yml\n"
    )
    before = (repo.folder / ".gitlab-ci.yml").read_bytes()
    (repo.folder / ".pre-commit-config.yaml").unlink()
    out, err, status = run("ci", "init", "pre-commit", "gitlab")
    assert (out, status) == ("", 4)
    assert err.startswith("ledger: ../.gitlab-ci.yml is there already; nothing was written\n")
    assert not (repo.folder / ".pre-commit-config.yaml").exists()
    assert (repo.folder / ".gitlab-ci.yml").read_bytes() == before


def test_a_name_is_needed_off_a_terminal(repo: Repo, run: Runner) -> None:
    out, err, status = run("ci", "init")
    assert (out, status) == ("", 2) and err.endswith("name it: ledger ci init github, gitlab or pre-commit\n")
    assert "did you mean github" in run("ci", "init", "githb").err


def test_a_dry_run_prints(repo: Repo, run: Runner) -> None:
    out, err, status = run("ci", "init", "gitlab", "--dry-run")
    assert (err, status) == ("", 0) and out.startswith("# Checks the ledger")
    assert list(repo.folder.iterdir()) == [repo.folder / ".git"]


def test_a_folder_that_leads_out_is_refused(repo: Repo, run: Runner, tmp_path: Path) -> None:
    (repo.folder / ".github").symlink_to(tmp_path)
    assert run("ci", "init", "github").status == 4
    assert not (tmp_path / "workflows").exists()


def test_a_ledger_that_has_to_be_named(repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(ledger(), "a b/it's.yaml")
    texts = run("ci", "init", "github", "gitlab", "pre-commit", "--dry-run", "-f", "a b/it's.yaml").out
    assert texts.count(f" --file {shlex.quote(chr(97) + ' b/it' + chr(39) + 's.yaml')}") == 2
    hook = yaml.safe_load(run("ci", "init", "pre-commit", "--dry-run", "-f", "a b/it's.yaml").out)
    entry = hook["repos"][0]["hooks"][0]["entry"]
    assert shlex.split(entry)[-2:] == ["--file", "a b/it's.yaml"]
    monkeypatch.chdir(repo.folder / "a b")
    assert "--file" in run("ci", "init", "gitlab", "--dry-run", "-f", "it's.yaml").out
    repo.write(ledger(), "data/claims.yaml")
    monkeypatch.chdir(repo.folder / "data")
    assert "--file" not in run("ci", "init", "gitlab", "--dry-run").out
    for name in ("${{ x }}.yaml", "../out.yaml"):
        repo.write(ledger(), name)
        assert run("ci", "init", "gitlab", "--dry-run", "-f", str(repo.folder / name)).status == 2


# --- GitHub --------------------------------------------------------------------------------------------------


def test_the_workflow(moved: Repo, run: Runner, tool: Path) -> None:
    run("ci", "init", "github")
    flow = load(moved.folder / ".github/workflows/ledger.yml")
    assert set(flow) == {"name", "on", "permissions", "jobs"}
    assert set(flow["on"]) == {"push", "pull_request", "schedule", "workflow_dispatch"}
    assert flow["on"]["schedule"] == [{"cron": "17 4 * * *"}]
    assert flow["permissions"] == {"contents": "read"}
    (job,) = flow["jobs"].values()
    checkout, python, install, check = job["steps"]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    assert [step["uses"].split("@")[0] for step in (checkout, python)] == ["actions/checkout", "actions/setup-python"]
    assert all("${{" not in step.get("run", "") for step in job["steps"])
    assert check["env"]["BASE"] == "${{ github.event_name == 'pull_request' && 'HEAD^1' || github.event.before }}"
    script(install["run"], moved.folder)
    assert (tool / "calls").read_text() == f"pip|install|forecast-ledger=={__version__}|"
    for base, status in {
        "": 0,
        ZEROS: 0,
        "HEAD": 0,
        "HEAD^1": 1,
        moved.git("rev-parse", "HEAD~1"): 1,
        "gone": 2,
    }.items():
        done = script(check["run"], moved.folder, BASE=base, GITHUB_ACTIONS="true")
        assert done.returncode == status, done.stderr
        assert ("::error " in done.stdout) == (status == 1)


def test_the_workflow_turns_red_when_a_deadline_passes(repo: Repo, run: Runner, tool: Path) -> None:
    repo.record(ledger(claim("one", "criteria: It does.", deadline="2026-06")))
    run("ci", "init", "github")
    check = load(repo.folder / ".github/workflows/ledger.yml")["jobs"]["check"]["steps"][-1]
    for day, status in {"2026-06-30": 0, "2026-07-01": 1}.items():
        assert script(check["run"], repo.folder, BASE="", FORECAST_LEDGER_AS_OF=day).returncode == status


def test_the_action(moved: Repo, tool: Path) -> None:
    action = load(ROOT / "action.yml")
    assert set(action) == {"name", "description", "branding", "inputs", "runs"}
    assert all(set(one) == {"description", "required", "default"} for one in action["inputs"].values())
    assert action["runs"]["using"] == "composite"
    python, install, check = action["runs"]["steps"]
    assert python["uses"].startswith("actions/setup-python@")
    for step in (install, check):
        assert step["shell"] == "bash" and "${{" not in step["run"]
        assert all(value.startswith("${{ ") for value in step["env"].values())
    assert set(check["env"].values()) == {"${{ inputs.file }}", "${{ inputs.base }}", "${{ inputs.args }}"}
    moved.git("mv", "claims.yaml", "my claims.yaml")
    moved.git("commit", "-q", "-m", "move")
    moved.record(ledger(claim("one", "criteria: It does.", deadline="2999")), "my claims.yaml")
    for environ, status in (
        ({"FILE": "my claims.yaml", "BASE": "", "ARGS": ""}, 0),
        ({"FILE": "my claims.yaml", "BASE": "HEAD^1", "ARGS": ""}, 1),
        ({"FILE": "my claims.yaml", "BASE": "HEAD^1", "ARGS": "--ignore goalpost-moved --strict"}, 1),
        ({"FILE": "my claims.yaml", "BASE": "HEAD^1", "ARGS": "--ignore goalpost-moved,unused --strict"}, 0),
        ({"FILE": "", "BASE": "$(touch x)", "ARGS": "$(touch y); touch z"}, 2),
    ):
        done = script(check["run"], moved.folder, **environ)
        assert done.returncode == status, (environ, done.stderr)
    assert not [name for name in "xyz" if (moved.folder / name).exists()]
    script(install["run"], moved.folder, ACTION="/the action")
    assert (tool / "calls").read_text().endswith("pip|install|/the action|")


# --- GitLab and pre-commit -----------------------------------------------------------------------------------


def test_the_job(moved: Repo, run: Runner, tool: Path) -> None:
    run("ci", "init", "gitlab")
    ((name, job),) = load(moved.folder / ".gitlab-ci.yml").items()
    assert name == "ledger" and job["variables"] == {"GIT_DEPTH": "0"}
    assert [rule["if"].split(" ")[0] for rule in job["rules"]] == ["$CI_PIPELINE_SOURCE"] * 2 + ["$CI_COMMIT_BRANCH"]
    report = job["artifacts"]["reports"]["codequality"]
    _, check = job["script"]
    for environ, status in (
        ({"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1", "CI_COMMIT_BEFORE_SHA": ZEROS}, 1),
        ({"CI_COMMIT_BEFORE_SHA": "HEAD~1"}, 1),
        ({"CI_COMMIT_BEFORE_SHA": ZEROS}, 0),
        ({}, 0),
    ):
        done = script(check, moved.folder, "sh", **environ)
        assert done.returncode == status, done.stderr
        found = json.loads((moved.folder / report).read_text())
        assert [one["check_name"] for one in found if "goalpost" in one["check_name"]] == ["goalpost-moved"] * status


def test_the_hooks(moved: Repo, run: Runner, tool: Path) -> None:
    run("ci", "init", "pre-commit")
    (own,) = load(moved.folder / ".pre-commit-config.yaml")["repos"]
    (local,) = own["hooks"]
    assert own["repo"] == "local" and local["additional_dependencies"] == [f"forecast-ledger=={__version__}"]
    (offered,) = load(ROOT / ".pre-commit-hooks.yaml")
    assert {key: offered[key] for key in ("id", "language", "files", "pass_filenames")} == {
        key: local[key] for key in ("id", "language", "files", "pass_filenames")
    }
    entry = shlex.join([*shlex.split(offered["entry"]), *offered["args"]])
    assert entry == local["entry"] == "fledger check --base HEAD --ignore overdue"
    assert script(entry, moved.folder).returncode == 0
    moved.write(ledger(claim("one", "criteria: It does.", deadline="4999")))
    assert script(entry, moved.folder, GIT_DIR=".git", GIT_INDEX_FILE=".git/index").returncode == 1


def test_all_pin_the_version_of_the_program() -> None:
    planned = workflows.plan(list(workflows.PATHS), [], environ={}, folder=str(ROOT))
    assert all(f"forecast-ledger=={__version__}" in one.text for one in planned)
