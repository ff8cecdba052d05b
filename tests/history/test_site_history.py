"""The page of changes of a site, with what git knows of the file."""

from __future__ import annotations

from support.repositories import Repo
from support.running import Runner

LEDGER = """\
ledger: 1
people: {ann: {name: Ann}}
sources: {talk: {title: A talk}}
claims:
  - {id: rain, claim: It rains., speaker: ann, said: 2024, source: talk, deadline: 2025}
"""


def test_a_site_tells_what_commits_changed_if_asked(repo: Repo, run: Runner) -> None:
    repo.write(LEDGER)
    repo.commit("Begin")
    repo.write(LEDGER.replace("deadline: 2025", "deadline: 2027").replace("It rains.", "It <b>rains</b>."))
    repo.commit("Move <i>it</i>")
    assert run("site", "plain").status == 0
    assert "In the history of the file" not in (repo.folder / "plain/changes.html").read_text()
    assert run("site", "told", "--history", "1").status == 0
    page = (repo.folder / "told/changes.html").read_text()
    assert "What the last 1 version changed about claims." in page
    assert "Move &lt;i&gt;it&lt;/i&gt;" in page and "re-dated: from 2025 to 2027, 730 days later" in page
    assert '<a class="code" href="claim/rain.html">rain</a>' in page and "<b>rains</b>" not in page
    assert "Test" not in page and "@" not in page.partition("</head>")[2]  # nobody's name or address


def test_a_site_outside_a_repository_has_no_history_to_tell(repo: Repo, run: Runner) -> None:
    ran = run("site", "out", "--history", "3")
    assert ran.status in (2, 3) and "Traceback" not in ran.err
