"""`check --base` at work: a history of thirty commits, and pull requests that try to excuse themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.repositories import Repo, claim, ledger
from support.running import Runner

JUDGED = "resolutions: [{outcome: false, judged: 2026-05-01, note: No.}]"
BASE_CODES = "goalpost-moved,claim-deleted,judgement-rewritten"


def moves(run: Runner, base: str, *args: str) -> set[tuple[str, str, str, str]]:
    """What check finds against a base: code, severity, claim, and the field or what became of it."""
    out = run("check", "--base", base, "--select", BASE_CODES, "--format", "json", *args).out
    return {
        (one["code"], one["severity"], one["claim"], one["message"].split(" ")[0].removesuffix(","))
        for one in json.loads(out)["problems"]
    }


NAMES = [f"c{number}" for number in range(12)]


class Files:
    """A ledger in a main file and two that it includes, as text that a step of the history changes."""

    def __init__(self) -> None:
        self.claims = {name: claim(name, f"criteria: The report of {name} says so.") for name in NAMES}
        self.homes = {name: ("claims.yaml", "more/a.yaml", "more/b.yaml")[at % 3] for at, name in enumerate(NAMES)}
        self.order = list(NAMES)
        self.front = ""

    def texts(self) -> dict[str, str]:
        found = {}
        for home in ("claims.yaml", "more/a.yaml", "more/b.yaml"):
            own = "".join(self.claims[name] for name in self.order if self.homes[name] == home)
            found[home] = "ledger: 1\nclaims:\n" + own
        head = ledger("").replace("claims:\n", "").replace("ledger: 1\n", "ledger: 1\ninclude: [more/*.yaml]\n")
        found["claims.yaml"] = self.front + head + found["claims.yaml"].removeprefix("ledger: 1\n")
        return found

    def put(self, name: str, old: str, new: str) -> None:
        assert old in self.claims[name], name
        self.claims[name] = self.claims[name].replace(old, new)

    def add(self, name: str, line: str) -> None:
        self.claims[name] += f"    {line}\n"


def moved(name: str, field: str, severity: str = "error") -> set[tuple[str, str, str, str]]:
    return {("goalpost-moved", severity, name, field)}


def step(files: Files, number: int) -> set[tuple[str, str, str, str]]:  # noqa: PLR0912, PLR0915
    """Change something for the commit of this number; the answer is what has to be found, and nothing else."""
    match number:
        case 1:
            files.add("c0", "note: Looked into.")
        case 2:
            files.put("c1", "deadline: 2027", "deadline: 2028")
            return moved("c1", "deadline")
        case 3:
            files.order.reverse()
        case 4:
            files.homes["c2"], files.homes["c3"] = "claims.yaml", "more/b.yaml"
        case 5:
            files.put("c4", "The report of c4", "Some report of c4")
            return moved("c4", "criteria")
        case 6:
            files.put("c5", "deadline: 2027", 'deadline: "2027"  # as said')
        case 7:
            files.add("c6", JUDGED)
        case 8:
            files.put("c6", "outcome: false", "outcome: true")
            return {("judgement-rewritten", "error", "c6", "judgement")}
        case 9:
            files.put("c6", "note: No.}]", "note: No.}, {outcome: reopened, judged: 2026-06-01, note: Again.}]")
        case 10:
            files.order.remove("c7")
            return {("claim-deleted", "error", "c7", "c7")}
        case 11:
            files.order.insert(3, "c7")
        case 12:
            files.put("c8", "deadline: 2027", "deadline: none")
            files.add("c8", "amended: [{date: 2026-06-02, fields: [deadline], why: It was never said.}]")
            return moved("c8", "deadline", "warning")
        case 13:
            files.put("c8", "never said.}]", "never said.}, {date: 2026-06-03, fields: [claim], why: Shorter.}]")
            files.put("c8", "It happens.", "It does.")
            files.put("c8", "The report", "A report")
            return moved("c8", "claim", "warning") | moved("c8", "criteria")
        case 14:
            files.put("c9", "claim: It happens.", "claim: >-\n      It\n      happens.")
        case 15:
            files.homes = dict.fromkeys(files.homes, "claims.yaml")
        case 16:
            files.homes["c9"] = "more/b.yaml"
            files.put("c9", "speaker: jane", "speaker: joe")
            return moved("c9", "speaker")
        case 17:
            files.add("c10", "kind: prediction")
            files.add("c10", "window: by")
        case 18:
            files.put("c10", "kind: prediction", "kind: statement")
            return moved("c10", "kind")
        case 19:
            files.put("c10", "    window: by\n", "")
        case 20:
            files.add("c11", "window: during")
            return moved("c11", "window")
        case 21:
            files.add("c0", "probability: 50%")
            files.add("c0", "quantity: {at_least: 10, unit: robots}")
        case 22:
            files.put("c0", "50%", "0.5")
            files.put("c0", "{at_least: 10, unit: robots}", "\n      unit: robots\n      at_least: 10.0")
        case 23:
            files.put("c0", "at_least: 10.0", "at_most: 10")
            return moved("c0", "quantity")
        case 24:
            files.front = "# yaml-language-server: $schema=x\n\n"
            files.order.sort()
        case 25:
            files.put("c1", "criteria: The report of c1 says so.\n", "note: none\n")
            return moved("c1", "criteria")
        case 26:
            files.claims = {name: text.replace("    ", "      ") for name, text in files.claims.items()}
            files.claims = {name: text.replace("  - id", "    - id") for name, text in files.claims.items()}
        case 27:
            files.claims["new"] = claim("new", indent="    ")
            files.homes["new"] = "claims.yaml"
            files.order.insert(0, "new")
        case 28:
            files.add("c2", "  wording: implied")
            return moved("c2", "wording")
        case 29:
            files.order.remove("c3")
            files.claims["c3b"] = files.claims["c3"].replace("id: c3", "id: c3b")
            files.homes["c3b"] = "claims.yaml"
            files.order.append("c3b")
            return {("claim-deleted", "error", "c3", "c3")}
    return set()


def test_thirty_commits(repo: Repo, run: Runner) -> None:
    files = Files()
    everything: list[set[tuple[str, str, str, str]]] = []
    for number in range(30):
        everything.append(step(files, number))
        for path, text in files.texts().items():
            repo.write(text, path)
        repo.commit(f"Step {number}")
        assert run("check", "--select", "syntax,bad-include,duplicate-id,bad-value,unknown-key").out == ""
        if number:
            assert moves(run, "HEAD~1") == everything[number], number
    assert moves(run, "HEAD") == set()
    assert sum(map(len, everything)) == 14
    # Against the beginning: what was put back since is no move, what was amended on the way is a warning.
    whole = set().union(*everything) - {
        ("claim-deleted", "error", "c7", "c7"),
        ("judgement-rewritten", "error", "c6", "judgement"),
        ("goalpost-moved", "error", "c0", "quantity"),
    }
    assert moves(run, "HEAD~29") == whole
    # And the same from the logs: each commit that moved something tells so.
    told = {
        (commit["subject"], change["code"], name)
        for name in [*NAMES, "c3b"]
        for commit in json.loads(run("log", name, "--format", "json").out)["commits"]
        for change in commit["changes"]
        if change["code"]
    }
    assert told == {
        (f"Step {number}", code, name) for number, found in enumerate(everything) for code, _, name, _ in found
    }


# --- excuses -------------------------------------------------------------------------------------------------


@pytest.fixture
def main(repo: Repo) -> Repo:
    """A repository whose main branch holds an overdue claim and another; the work is done on a branch."""
    repo.record(ledger(claim("due", "criteria: The paper says so.", deadline="2026-06"), claim("other")))
    repo.git("checkout", "-q", "-b", "branch")
    return repo


def test_a_comment_excuses_nothing(main: Repo, run: Runner) -> None:
    soft = claim("due", "criteria: Somebody says so. # ledger: ignore[goalpost-moved] agreed",
                 deadline="2036-06 # ledger: ignore[goalpost-moved,claim-deleted] all agreed")  # fmt: skip
    main.record(ledger(soft, claim("other")))
    assert moves(run, "main") == moved("due", "deadline") | moved("due", "criteria")
    out, _, status = run("check", "--base", "main")
    assert status == 1 and "cannot be accepted by a comment" in out


def test_settings_excuse_nothing(main: Repo, run: Runner) -> None:
    main.record(ledger(claim("due", deadline="2036-06"), claim("other")))
    for lines in ('select = ["syntax"]', 'ignore = ["no-criteria"]', 'ignore = ["goalpost-moved"]', "strict = false"):
        main.record(f"[tool.ledger.check]\n{lines}\n", "pyproject.toml")
        assert run("check", "--base", "main").status in (1, 2), lines
    main.record('[tool.ledger.check]\nselect = ["syntax"]\n', "pyproject.toml")
    assert "deadline was 2026-06 at main" in run("check", "--base", "main").out


def test_another_file_excuses_nothing(main: Repo, run: Runner) -> None:
    main.write(ledger(claim("due", deadline="2036-06"), claim("other")), "soft.yaml")
    main.record('[tool.ledger]\nfile = "soft.yaml"\n', "pyproject.toml")
    assert moves(run, "main") == moved("due", "deadline") | moved("due", "criteria")
    (main.folder / "pyproject.toml").unlink()
    main.git("mv", "claims.yaml", "kept.yaml")
    main.record(ledger(claim("due", deadline="2036-06"), claim("other")), "data/claims.yaml")
    assert moves(run, "main") == moved("due", "deadline") | moved("due", "criteria")


def test_an_include_that_is_gone_excuses_nothing(main: Repo, run: Runner) -> None:
    main.record(ledger(claim("other")).replace("claims:", "include: [hidden.yaml]\nclaims:"))
    main.record("ledger: 1\nclaims:\n" + claim("due", deadline="2026-06"), "hidden.yaml")
    assert moves(run, "main") == moved("due", "criteria")
    main.git("branch", "-f", "main")
    main.record(ledger(claim("other")))
    assert moves(run, "main") == {("claim-deleted", "error", "due", "due")}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("kind: statement", "kind"),
        ("window: during", "window"),
        ("wording: implied", "wording"),
        ("revises: twin", "revises"),
    ],
)
def test_another_account_excuses_nothing(main: Repo, run: Runner, line: str, field: str) -> None:
    twin = claim("twin", deadline="2026-06")
    own = claim("due", "criteria: The paper says so.", line, deadline="2026-06")
    main.record(ledger(own, claim("other"), twin))
    assert moves(run, "main") == moved("due", field)


def test_breaking_the_claim_excuses_nothing(main: Repo, run: Runner) -> None:
    broken = claim("due", deadline="soon # ledger: ignore[bad-period] it will be known soon")
    main.record(ledger(broken, claim("other")))
    assert moves(run, "main") == {("claim-deleted", "error", "due", "due")}
    assert run("check", "--base", "main").status == 1


def test_a_double_excuses_nothing(main: Repo, run: Runner) -> None:
    soft = claim("due # ledger: ignore[duplicate-id] both", "criteria: The paper says so.", deadline="2036")
    hard = claim("due # ledger: ignore[duplicate-id] both", "criteria: The paper says so.", deadline="2026-06")
    main.record(ledger(soft, hard, claim("other")))
    assert moves(run, "main") == moved("due", "deadline")


def test_a_document_of_the_runner_is_not_read(main: Repo, run: Runner, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (tmp_path / "secret.txt").write_text("the secret of the runner")
    (documents / "link.txt").symlink_to(tmp_path / "secret.txt")
    for document in ("/etc/passwd", "../secret.txt", "link.txt"):
        text = ledger(
            claim("due", "quote: the secret of the runner", "wording: quoted", deadline="2026-06"), claim("other")
        )
        main.record(text.replace("{title: The Paper}", f"{{title: The Paper, document: {document}}}"))
        out, _, status = run("check", "--base", "main", "--documents", str(documents))
        assert status == 1
        assert f"{document}" in out or "never a path" in out
        assert "secret of the runner" not in out.replace("quote: the secret of the runner", "")
        problems = json.loads(run("check", "--documents", str(documents), "--format", "json").out)["problems"]
        assert "bad-value" in {one["code"] for one in problems}


def test_an_amendment_is_a_warning_that_is_always_printed(main: Repo, run: Runner) -> None:
    amended = claim("due", "criteria: The paper says so.", "checked: 2026-11-20",
                    "amended: [{date: 2026-11-01, fields: [deadline], why: The paper says July.}]",
                    deadline="2026-07")  # fmt: skip
    main.record(ledger(amended, claim("other", "criteria: It does.")))
    out, _, status = run("check", "--base", "main", "--ignore", "overdue,no-criteria,unused")
    assert status == 0
    short = main.git("rev-parse", "main")[:10]
    assert out.splitlines()[0] == (
        f"claims.yaml:11:15: goalpost-moved (warning) deadline was 2026-06 at main ({short}) and is 2026-07; "
        "amended: The paper says July. [due]"
    )
    assert run("check", "--base", "main", "--ignore", "overdue,no-criteria,unused", "--strict").status == 1


def test_only_the_command_line_accepts(main: Repo, run: Runner) -> None:
    main.record(ledger(claim("due", "criteria: Soft.", deadline="2036-06"), claim("other")))
    assert run("check", "--base", "main", "--ignore", "goalpost-moved,unused,no-criteria").status == 0


# --- what is compared ----------------------------------------------------------------------------------------


def test_the_summary_says_what_was_compared(main: Repo, run: Runner) -> None:
    short = main.git("rev-parse", "main")[:10]
    err = run("check", "--base", "main", "--summary").err
    assert err.endswith(f"; compared with main ({short}): 2 claims of claims.yaml\n")
    main.write(ledger(claim("new")), "new.yaml")
    out, err, status = run("check", "--base", "main", "-f", "new.yaml", "--ignore", "no-criteria,unused")
    assert (out, status) == ("", 0)
    assert err == f"ledger: main ({short}) holds no ledger: nothing to compare with\n"


def test_before_the_first_commit(repo: Repo, run: Runner) -> None:
    repo.write(ledger(claim("one")))
    out, err, status = run("check", "--base", "HEAD", "--ignore", "no-criteria,unused")
    assert (out, err, status) == ("", "ledger: HEAD holds no ledger: nothing to compare with\n", 0)
    assert run("check", "--base", "main").status == 2


def test_what_is_not_committed_is_compared(main: Repo, run: Runner) -> None:
    main.write(
        ledger(claim("due", "criteria: The paper says so.", deadline="2026-06"), claim("other", deadline="2029"))
    )
    assert moves(run, "HEAD") == moved("other", "deadline")
    assert moves(run, "HEAD", "--rev", "HEAD") == set()


def test_places_are_inside_the_file(main: Repo, run: Runner) -> None:
    main.record("ledger: 1\nclaims:\n")
    problems = json.loads(run("check", "--base", "main", "--format", "json").out)["problems"]
    assert [(one["claim"], one["line"], one["column"]) for one in problems] == [("due", 1, 1), ("other", 1, 1)]
