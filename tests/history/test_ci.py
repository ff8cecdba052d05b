"""`ci init`, the action and the pre-commit hooks: well-formed, of least privilege, and their scripts do run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger.origin import Origin
from ledger.writing import workflow_texts, workflows
from support.repositories import Repo, claim, ledger
from support.running import Runner

ROOT = Path(__file__).resolve().parent.parent.parent
ZEROS = "0" * 40
FROM = ("--from", "https://github.com/keeper/forecast-ledger@v0.1.0")
ADDRESS = "https://git.example.org/keeper/forecast-ledger"
ELSEWHERE = ("--from", f"{ADDRESS}@v0.1.0")
INSTALLED_FROM = ("pyproject.toml", "README.md", "LICENSE", "man")


def load(path: Path) -> Any:
    """YAML whose `on` stays text, as the services read it."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def steps_of(text: str) -> list[dict[str, Any]]:
    return [step for job in yaml.load(text, Loader=yaml.BaseLoader)["jobs"].values() for step in job["steps"]]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as a build installs it: by the generated step as it stands, from its repository at that address.

    The address leads to a copy of this source; nothing is fetched, and the program lies in an environment of its own.
    """
    folder = tmp_path_factory.mktemp("home")
    source = folder / "repository"
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in INSTALLED_FROM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for args in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "The program"], ["tag", "v0.1.0"]):
        subprocess.run(["git", *args], cwd=source, check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "own"], cwd=folder, check=True)
    own, here = folder / "own", sysconfig.get_path("purelib")
    place = Path(sysconfig.get_path("purelib", vars={"base": str(own), "platbase": str(own)}))
    (place / "shared.pth").write_text(here)  # what it depends on, and what builds it
    (folder / "bin").mkdir()
    for name, program in (("pip", f'"{sys.executable}" -m pip'), ("fledger", f'"{own}/bin/fledger"')):
        (folder / "bin" / name).write_text(f'#!/bin/sh\nexec {program} "$@"\n')
        (folder / "bin" / name).chmod(0o755)
    github = workflows.plan(["github"], [], home=Origin(ADDRESS, "v0.1.0"), environ={}, folder=str(folder))[0]
    (install,) = [step for step in steps_of(github.text) if step.get("name") == "Install"]
    done = script(
        install["run"],
        folder,
        PATH=f"{folder}/bin:{os.environ['PATH']}",
        GIT_CONFIG_COUNT="1",
        GIT_CONFIG_KEY_0=f"url.file://{source}.insteadOf",
        GIT_CONFIG_VALUE_0=ADDRESS,
        PIP_CONFIG_FILE=os.devnull,
        PIP_NO_INDEX="1",
        PIP_NO_BUILD_ISOLATION="0",
        PIP_PYTHON=f"{own}/bin/python",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def tool(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for programs of a test, before the installed one on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{home}/bin:{os.environ['PATH']}")
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
    out, err, status = run("ci", "init", "github", "pre-commit,gitlab", *FROM)
    assert (out, status) == ("", 0)
    assert err == (
        "ledger: wrote ../.github/workflows/ledger.yml\nledger: wrote ../.github/workflows/ledger-daily.yml\n"
        "ledger: wrote ../.pre-commit-config.yaml\n"
        "ledger: wrote ../.gitlab-ci.yml\n"
    )
    before = (repo.folder / ".gitlab-ci.yml").read_bytes()
    (repo.folder / ".pre-commit-config.yaml").unlink()
    out, err, status = run("ci", "init", "pre-commit", "gitlab", *FROM)
    assert (out, status) == ("", 4)
    assert err.startswith("ledger: ../.gitlab-ci.yml is there already; nothing was written\n")
    assert not (repo.folder / ".pre-commit-config.yaml").exists()
    assert (repo.folder / ".gitlab-ci.yml").read_bytes() == before


def test_a_name_is_needed_off_a_terminal(repo: Repo, run: Runner) -> None:
    out, err, status = run("ci", "init")
    assert (out, status) == ("", 2) and err.endswith("name it: ledger ci init github, gitlab, pre-commit or pages\n")
    assert "did you mean github" in run("ci", "init", "githb").err


def test_a_dry_run_prints(repo: Repo, run: Runner) -> None:
    out, err, status = run("ci", "init", "gitlab", "--dry-run", *FROM)
    assert (err, status) == ("", 0) and out.startswith("# Checks the ledger")
    assert list(repo.folder.iterdir()) == [repo.folder / ".git"]


def test_a_folder_that_leads_out_is_refused(repo: Repo, run: Runner, tmp_path: Path) -> None:
    (repo.folder / ".github").symlink_to(tmp_path)
    assert run("ci", "init", "github", *FROM).status == 4
    assert not (tmp_path / "workflows").exists()


def test_a_ledger_that_has_to_be_named(repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(ledger(), "a b/it's.yaml")
    texts = run("ci", "init", "github", "gitlab", "pages", "--dry-run", *FROM, "-f", "a b/it's.yaml").out
    assert texts.count(f" --file {shlex.quote(chr(97) + ' b/it' + chr(39) + 's.yaml')}") == 3
    assert texts.count('file: "a b/it\'s.yaml"\n') == 2
    hook = yaml.safe_load(run("ci", "init", "pre-commit", "--dry-run", *FROM, "-f", "a b/it's.yaml").out)
    assert hook["repos"][0]["hooks"][0]["args"][-2:] == ["--file", "a b/it's.yaml"]
    monkeypatch.chdir(repo.folder / "a b")
    assert "--file" in run("ci", "init", "gitlab", "--dry-run", *FROM, "-f", "it's.yaml").out
    repo.write(ledger(), "data/claims.yaml")
    monkeypatch.chdir(repo.folder / "data")
    assert "--file" not in run("ci", "init", "gitlab", "--dry-run", *FROM).out
    for name in ("${{ x }}.yaml", "../out.yaml"):
        repo.write(ledger(), name)
        assert run("ci", "init", "gitlab", "--dry-run", *FROM, "-f", str(repo.folder / name)).status == 2


# --- from where the program is installed ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/o/r",
        "https://github.com/o/r@",
        "o/r@v1",
        "https://github.com/o/r@v1; rm -rf x",
        "https://github.com/o/$(x)@v1",
        "https://github.com/o/r@--x",
        'https://github.com/o/r@v1"\n  x: y',
        "file:///tmp/r@v1",
        "${{ x }}",
    ],
)
def test_what_is_no_address_is_refused(repo: Repo, run: Runner, address: str) -> None:
    out, err, status = run("ci", "init", "github", "--from", address)
    assert (out, status) == ("", 2) and "is no git address with a tag or a commit" in err
    assert not (repo.folder / ".github").exists()


def test_what_was_installed_knows_its_address(repo: Repo, tool: Path) -> None:
    done = script("fledger ci init github --dry-run", repo.folder)
    assert re.search(rf'pip install "forecast-ledger @ git\+{re.escape(ADDRESS)}@[0-9a-f]{{40}}"\n', done.stdout)
    assert done.stderr == ""


def test_without_an_address_the_commit_that_was_installed_is_taken(
    repo: Repo, run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = {"url": "https://github.com/o/r.git", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}}

    class Installed:
        def read_text(self, name: str) -> str:
            return json.dumps(noted if name == "direct_url.json" else {})

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    assert f"uses: o/r@{'a' * 40}\n" in run("ci", "init", "github", "--dry-run").out
    noted["url"] = "file:///somewhere"
    out, err, status = run("ci", "init", "github", "--dry-run")
    assert (out, status) == ("", 2)
    assert err == (
        "ledger: from where does a build install this program?\n"
        "  name its git repository, with a tag or a commit: --from https://github.com/OWNER/REPOSITORY@TAG\n"
    )


# --- GitHub --------------------------------------------------------------------------------------------------


def steps(path: Path) -> list[dict[str, Any]]:
    return steps_of(path.read_text(encoding="utf-8"))


def test_every_file_is_of_least_privilege_and_pins_what_it_uses(repo: Repo, run: Runner) -> None:
    run("ci", "init", "github", "pages", *FROM)
    files = sorted((repo.folder / ".github/workflows").iterdir())
    assert [file.name for file in files] == ["ledger-daily.yml", "ledger-pages.yml", "ledger.yml"]
    for file in files:
        flow = load(file)
        assert flow["permissions"] == {"contents": "read"}
        assert all(0 < int(job["timeout-minutes"]) <= 10 for job in flow["jobs"].values())
        for step in steps(file):
            assert "${{" not in step.get("run", "")
            assert re.fullmatch(
                r"actions/[a-z-]+@[0-9a-f]{40}|keeper/forecast-ledger@v0.1.0", step.get("uses", FROM[1][19:])
            )
        assert not re.findall(r"actions/[a-z-]+@[0-9a-f]{40}(?! # v[0-9.]+\n)", file.read_text())
    daily, pages, change = map(load, files)
    assert set(change["on"]) == {"push", "pull_request", "workflow_dispatch"}
    assert set(daily["on"]) == {"schedule", "workflow_dispatch"}
    assert daily["jobs"]["check"]["permissions"] == {"contents": "read", "issues": "write"}
    assert pages["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "60 days" in files[0].read_text()


def check_step(repo: Repo, run: Runner, name: str = "ledger.yml") -> dict[str, Any]:
    """The step that checks, of a workflow that has it written out."""
    run("ci", "init", "github", *ELSEWHERE)
    return next(s for s in steps(repo.folder / ".github/workflows" / name) if s.get("id") == "check")


PUSH = {"EVENT": "push", "BASE": "", "DEFAULT_BRANCH": "main", "ARGS": "", "FILE": "", "GITHUB_ACTIONS": "true"}


def test_a_change_is_compared_with_what_was_there(moved: Repo, run: Runner, tool: Path) -> None:
    step = check_step(moved, run)
    base = "${{ (github.event_name == 'pull_request' && 'HEAD^1') || github.event.before }}"
    assert step["env"]["BASE"] == base
    before = moved.git("rev-parse", "HEAD~1")
    bases = {"": 0, ZEROS: 0, "HEAD": 0, "HEAD^1": 1, before: 1, "gone": 2, "f" * 40: 1}
    for name, status in bases.items():
        done = script(step["run"], moved.folder, **{**PUSH, "BASE": name})
        assert done.returncode == status, done.stderr
        assert ("::error " in done.stdout) == (status == 1)
        assert ("::warning::the commit before this push is gone" in done.stdout) == (name == "f" * 40)


def test_a_new_branch_is_compared_with_the_default_one(moved: Repo, run: Runner, tool: Path) -> None:
    step = check_step(moved, run)
    moved.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    assert script(step["run"], moved.folder, **{**PUSH, "BASE": ZEROS}).returncode == 1


def test_a_shallow_clone_is_red_and_says_what_to_do(moved: Repo, run: Runner, tool: Path, tmp_path: Path) -> None:
    step = check_step(moved, run)
    moved.git("clone", "-q", "--depth", "1", f"file://{moved.folder}", str(tmp_path / "shallow"))
    done = script(step["run"], tmp_path / "shallow", **{**PUSH, "BASE": moved.git("rev-parse", "HEAD~1")})
    assert done.returncode == 2 and "fetch-depth: 0" in done.stderr


def test_a_pull_request_is_judged_by_what_it_brings(repo: Repo, run: Runner, tool: Path) -> None:
    repo.record(ledger(claim("one", "criteria: It does.", deadline="2026-06")))
    step = check_step(repo, run)
    for event, day, status, told in (
        ("push", "2026-06-30", 0, False),
        ("push", "2026-07-01", 1, False),
        ("schedule", "2026-07-01", 1, False),
        ("pull_request", "2026-06-30", 0, False),
        ("pull_request", "2026-07-01", 0, True),
    ):
        done = script(step["run"], repo.folder, **{**PUSH, "EVENT": event, "FORECAST_LEDGER_AS_OF": day})
        assert done.returncode == status, done.stderr
        assert ("::notice::overdue, whatever this pull request brings: 1\n" in done.stdout) == told


def test_the_daily_run_opens_updates_and_closes_one_issue(repo: Repo, run: Runner, tool: Path) -> None:
    repo.record(ledger(claim("one", "criteria: It does.", deadline="2026-06")))
    step = check_step(repo, run, "ledger-daily.yml")
    (tool / "gh").write_text(
        f'#!/bin/sh\nif [ "$2" = list ]; then cat "{tool}/number"; exit; fi\nprintf "%s|" "$@" >> "{tool}/gh-calls"\n'
    )
    (tool / "gh").chmod(0o755)
    issue = steps(repo.folder / ".github/workflows/ledger-daily.yml")[-1]
    title = issue["env"]["TITLE"]
    assert f'select(.title == "{title}")' in issue["run"]
    assert issue["if"] == "${{ !cancelled() && hashFiles('ledger-report.md') != '' }}"
    calls = ""
    for day, number, outcome, call in (
        ("2026-06-30", "", "success", ""),
        ("2026-07-01", "", "failure", f"issue|create|--title|{title}|--body-file|ledger-report.md|"),
        ("2026-07-02", "7", "failure", "issue|edit|7|--body-file|ledger-report.md|"),
        ("2026-06-30", "7", "success", "issue|close|7|--comment|The check finds nothing wrong any more.|"),
    ):
        (tool / "number").write_text(number)
        environ = {**PUSH, "EVENT": "schedule", "ARGS": step["env"]["ARGS"], "FORECAST_LEDGER_AS_OF": day}
        done = script(step["run"], repo.folder, **environ)
        assert (done.returncode == 0) == (outcome == "success"), done.stderr
        assert f"Ledger check as of {day}: " in (repo.folder / "ledger-report.md").read_text()
        assert script(issue["run"], repo.folder, OUTCOME=outcome, TITLE=title).returncode == 0
        calls += call
        assert (tool / "gh-calls").read_text() == calls if calls else not (tool / "gh-calls").exists()


def test_the_site_is_built_as_the_workflow_says(moved: Repo, run: Runner, tool: Path) -> None:
    run("ci", "init", "pages", *FROM)
    (build,) = [s for s in steps(moved.folder / ".github/workflows/ledger-pages.yml") if "site" in s.get("run", "")]
    done = script(build["run"], moved.folder, URL="https://keeper.github.io/claims")
    assert done.returncode == 0, done.stderr
    assert "https://keeper.github.io/claims/" in (moved.folder / "_site/index.html").read_text()


def test_the_action(moved: Repo, tool: Path) -> None:
    action = load(ROOT / "action.yml")
    assert set(action) == {"name", "description", "branding", "inputs", "runs"}
    assert all(set(one) == {"description", "required", "default"} for one in action["inputs"].values())
    python, install, check = action["runs"]["steps"]
    assert python["uses"] == workflow_texts.PYTHON.split(" ")[0]
    assert check["run"] == workflow_texts.CHECK
    assert check["env"]["BASE"].startswith("${{ inputs.base || ")
    for step in (install, check):
        assert step["shell"] == "bash" and "${{" not in step["run"]
        assert all(value.startswith("${{ ") for value in step["env"].values())
    moved.git("mv", "claims.yaml", "my claims.yaml")
    moved.git("commit", "-q", "-m", "move")
    moved.record(ledger(claim("one", "criteria: It does.", deadline="2999")), "my claims.yaml")
    for environ, status in (
        ({"FILE": "my claims.yaml"}, 0),
        ({"FILE": "my claims.yaml", "BASE": "HEAD^1"}, 1),
        ({"FILE": "my claims.yaml", "BASE": "HEAD^1", "ARGS": "--ignore goalpost-moved --strict"}, 1),
        ({"FILE": "my claims.yaml", "BASE": "HEAD^1", "ARGS": "--ignore goalpost-moved,unused --strict"}, 0),
        ({"BASE": "$(touch x)", "ARGS": "$(touch y); touch z"}, 2),
    ):
        done = script(check["run"], moved.folder, **{**PUSH, **environ})
        assert done.returncode == status, (environ, done.stderr)
    assert not [name for name in "xyz" if (moved.folder / name).exists()]
    (tool / "pip").write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{tool}/asked"\n')
    (tool / "pip").chmod(0o755)
    script(install["run"], moved.folder, ACTION="/the action")
    assert (tool / "asked").read_text() == "install|/the action|"


# --- GitLab and pre-commit -----------------------------------------------------------------------------------


def test_the_job(moved: Repo, run: Runner, tool: Path) -> None:
    run("ci", "init", "gitlab", *FROM)
    ((name, job),) = load(moved.folder / ".gitlab-ci.yml").items()
    assert name == "ledger" and job["variables"] == {"GIT_DEPTH": "0"}
    assert [rule["if"].split(" ")[0] for rule in job["rules"]] == ["$CI_PIPELINE_SOURCE"] * 2 + ["$CI_COMMIT_BRANCH"]
    report = job["artifacts"]["reports"]["codequality"]
    _, check = job["script"]
    for environ, status in (
        ({"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1", "CI_COMMIT_BEFORE_SHA": ZEROS}, 1),
        ({"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1", "CI_PIPELINE_SOURCE": "merge_request_event"}, 1),
        ({"CI_COMMIT_BEFORE_SHA": "e" * 40}, 1),
        ({"CI_COMMIT_BEFORE_SHA": "HEAD~1", "CI_PIPELINE_SOURCE": "schedule"}, 0),
        ({"CI_COMMIT_BEFORE_SHA": "HEAD~1"}, 1),
        ({"CI_COMMIT_BEFORE_SHA": ZEROS}, 0),
        ({}, 0),
    ):
        done = script(check, moved.folder, "sh", **environ)
        assert done.returncode == status, done.stderr
        found = json.loads((moved.folder / report).read_text())
        assert [one["check_name"] for one in found if "goalpost" in one["check_name"]] == ["goalpost-moved"] * status


def test_the_hooks(moved: Repo, run: Runner, tool: Path) -> None:
    run("ci", "init", "pre-commit", *FROM)
    (own,) = load(moved.folder / ".pre-commit-config.yaml")["repos"]
    (hook,) = own.pop("hooks")
    assert own == {"repo": "https://github.com/keeper/forecast-ledger", "rev": "v0.1.0"}
    (offered,) = load(ROOT / ".pre-commit-hooks.yaml")
    assert (hook["id"], hook["args"]) == (offered["id"], offered["args"])
    entry = shlex.join([*shlex.split(offered["entry"]), *hook["args"]])
    assert entry == "fledger check --base HEAD --ignore overdue"
    assert script(entry, moved.folder).returncode == 0
    moved.write(ledger(claim("one", "criteria: It does.", deadline="4999")))
    assert script(entry, moved.folder, GIT_DIR=".git", GIT_INDEX_FILE=".git/index").returncode == 1
