"""add, resolve, reopen, revise and touch as functions: plan, preview, apply."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger import workspace
from ledger.errors import LedgerError, RefusedError, UnreadableError, UsageError
from ledger.model import Ledger, Quantity
from ledger.writing.add import plan_add
from ledger.writing.apply import apply
from ledger.writing.claim_ids import propose, similar
from ledger.writing.plan import Plan
from ledger.writing.resolve import AskedEvidence, AskedJudgement, plan_reopen, plan_resolve, split_outcome
from ledger.writing.revise import plan_revise
from ledger.writing.touch import plan_touch

TODAY = date(2026, 11, 22)
HEAD = """\
ledger: 1
people:
  ann: {name: Ann}
topics:
  cups: How many
sources:
  post: {title: A post}
"""
LEDGER = f"""\
{HEAD}claims:
  - id: cups-2025
    claim: At least 50 cups are sold in 2025.
    speaker: ann
    said: 2024-05-06
    source: post
    topics: [cups]
    deadline: 2025
    window: during
    quantity: {{at_least: 50, range: [50, 100], unit: cups}}
    criteria: The yearly count.
    series: cups

  - id: tea-2027
    claim: Tea is served.
    speaker: ann
    said: 2024-05-06
    source: post
    deadline: 2027
    criteria: Somebody drinks it.

  - id: cake
    claim: Cake is free at last.
    speaker: ann
    said: 2024-05-06
    source: post
    deadline: none
    resolutions:
      - outcome: false
        judged: 2026-01-02
        note: It costs.
"""
NOTED = AskedJudgement(note="Seen.")
IN_TIME = "it happened 2025-06, within the deadline 2025"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(LEDGER)
    return tmp_path


def write(text: str, name: str = "claims.yaml") -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())


def read(name: str = "claims.yaml") -> str:
    return Path(name).read_bytes().decode()


def opened() -> Ledger:
    return workspace.open_ledger(["claims.yaml"])


def resolve(*ids: str, **asked: Any) -> Plan:
    return plan_resolve(opened(), ids, NOTED._replace(**asked), today=TODAY)


def refused(kind: type[LedgerError] = RefusedError, *ids: str, **asked: Any) -> str:
    before = read()
    with pytest.raises(kind) as caught:
        apply(resolve(*ids, **asked))
    assert read() == before
    return f"{caught.value.message} | {caught.value.hint}"


def added_lines(before: str, after: str) -> str:
    """The new lines; there must be no others that changed."""
    lines = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    assert not [line for line in lines if line.startswith("-")]
    return "".join(line[2:] for line in lines if line.startswith("+"))


# --- resolve ---------------------------------------------------------------------------------------------------


def test_a_judgement_is_appended(folder: Path) -> None:
    evidence = AskedEvidence(("https://example.org/1",), title="Sold: 60", published="May 2026", says="Sixty.")
    written = apply(resolve("cups-2025", value="60", evidence=evidence, by="me"))
    assert (
        added_lines(LEDGER, read())
        == """\
    resolutions:
      - outcome: true
        judged: 2026-11-22
        value: 60
        evidence:
          - title: "Sold: 60"
            url: https://example.org/1
            published: 2026-05
            says: Sixty.
        by: me
        note: Seen.
"""
    )
    assert [(step.file, step.line, step.did) for step in written.steps] == [
        ("claims.yaml", 20, "judged true: hit (60 is at least 50)")
    ]
    assert [file.name for file in written.files] == ["claims.yaml"]


@pytest.mark.parametrize(
    ("name", "asked", "did"),
    [
        ("cups-2025", {"value": "50"}, "judged true: hit (50 is at least 50)"),
        ("cups-2025", {"value": "49.5"}, "judged false: miss (49.5 is not at least 50)"),
        ("cups-2025", {"value": "1,200"}, "judged true: hit (1200 is at least 50)"),
        ("cups-2025", {"happened": "2025-06"}, f"judged true: hit ({IN_TIME})"),
        ("cups-2025", {"happened": "June 2025", "value": "70"}, f"judged true: hit ({IN_TIME})"),
        ("tea-2027", {"happened": "yesterday"}, "judged true: hit (it happened 2026-11-21, within the deadline 2027)"),
        ("cups-2025", {"outcome": "partly", "value": "60"}, "judged partly"),
        ("cups-2025", {"outcome": "annulled"}, "judged annulled: void"),
    ],
)
def test_the_outcome_follows_from_what_was_observed(folder: Path, name: str, asked: dict[str, Any], did: str) -> None:
    assert [step.did for step in resolve(name, **asked).steps] == [did]


def test_what_came_late_is_true_with_its_day(folder: Path) -> None:
    write(LEDGER.replace("    deadline: 2027\n", "    deadline: 2025\n"))
    plan = resolve("tea", happened="2026-03")
    assert [(step.did, step.outcome) for step in plan.steps] == [
        ("judged true: late 90 days (it happened 2026-03, after the deadline 2025)", "true")
    ]


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("cups-2025", {"outcome": "true", "value": "12"}, "the value 12 is below at_least 50"),
        ("cups-2025", {"outcome": "false", "value": "60"}, "the value 60 is what was claimed"),
        ("cups-2025", {"outcome": "false", "happened": "2025"}, "the outcome is false, and it happened 2025"),
        ("cups-2025", {"happened": "2026-03"}, "a claim with window: during cannot come late"),
        ("tea-2027", {"happened": "2023"}, "happened 2023 is before the claim was said"),
        ("tea-2027", {"happened": "2026-12"}, "later than today"),
        ("tea-2027", {"happened": "2020s"}, "runs over 2027-12-31, the last day of the deadline"),
        (
            "cups-2025",
            {"outcome": "true", "judged": "2024-05-05", "note": None},
            "before the claim was said, 2024-05-06",
        ),
        ("cups-2025", {"outcome": "true", "judged": "2026-12-01"}, "--judged 2026-12-01 is later than today"),
    ],
)
def test_contradictions_are_refused(folder: Path, name: str, asked: dict[str, Any], words: str) -> None:
    assert words in refused(RefusedError, name, **asked)


@pytest.mark.parametrize(
    ("name", "asked", "question"),
    [
        ("tea-2027", {}, "neither a number nor the time it happened is given"),
        ("tea-2027", {"value": "5"}, "no at_least or at_most"),
        ("cups-2025", {}, "neither a number"),
    ],
)
def test_an_outcome_that_does_not_follow_is_missing(
    folder: Path, name: str, asked: dict[str, Any], question: str
) -> None:
    plan = resolve(name, **asked)
    assert [missing.option for missing in plan.missing] == ["OUTCOME"]
    assert question in plan.missing[0].question
    assert not plan.files


def test_a_number_decides_nothing_before_the_deadline_but_that_it_is_reached(folder: Path) -> None:
    write(LEDGER.replace("deadline: 2025\n", "deadline: 2027\n"))
    assert resolve("cups", value="60").steps[0].outcome == "true"
    assert "before the deadline 2027 is over" in resolve("cups", value="40").missing[0].question
    assert resolve("cups", value="40", outcome="false").steps[0].outcome == "false"


def test_a_judgement_rests_on_something(folder: Path) -> None:
    plan = resolve("cups", outcome="true", note=None)
    assert [missing.option for missing in plan.missing] == ["--evidence"]
    plan = resolve("cups", note=None)
    assert [missing.option for missing in plan.missing] == ["OUTCOME", "--evidence"]


def test_a_second_judgement_takes_again(folder: Path) -> None:
    message = refused(RefusedError, "cake", outcome="true")
    assert message.startswith("claims.yaml:36: cake is judged already: false on 2026-01-02 | --again")
    apply(resolve("cake", outcome="true", happened="2026-05", again=True))
    assert read().endswith(
        "        note: It costs.\n"
        "      - outcome: true\n"
        "        judged: 2026-11-22\n"
        "        happened: 2026-05\n"
        "        note: Seen.\n"
    )


def test_judgements_are_appended_in_the_order_of_their_days(folder: Path) -> None:
    message = refused(RefusedError, "cake", outcome="true", again=True, judged="2026-01-01")
    assert "was judged on 2026-01-02, after 2026-01-01" in message


def test_a_reopened_claim_is_judged_without_again(folder: Path) -> None:
    assert [missing.option for missing in plan_reopen(opened(), ["cake"], AskedJudgement(), today=TODAY).missing] == [
        "--note"
    ]
    apply(plan_reopen(opened(), ["cake"], AskedJudgement(note="Wrong shop."), today=TODAY))
    assert added_lines(LEDGER, read()) == (
        "      - outcome: reopened\n        judged: 2026-11-22\n        note: Wrong shop.\n"
    )
    with pytest.raises(RefusedError, match="cake is not judged"):  # before the note is asked for
        plan_reopen(opened(), ["cake"], AskedJudgement(), today=TODAY)
    apply(resolve("cake", outcome="true"))
    assert opened().claims[2].resolutions[-1].outcome == "true"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"outcome": "tru"}, "no outcome 'tru' | did you mean true?"),
        ({"outcome": "reopened"}, "a claim is reopened with another command"),
        ({"outcome": "true", "value": "many"}, "--value 'many' is not a number"),
        ({"outcome": "true", "happened": "31/31/2025"}, "--happened"),
        ({"outcome": "true", "judged": "2026"}, "--judged is one day, not 2026"),
        ({"outcome": "true", "evidence": AskedEvidence(("pots",))}, "no source 'pots' | did you mean post?"),
        ({"outcome": "true", "evidence": AskedEvidence(("ftp://x",))}, "is not an address"),
        (
            {"outcome": "true", "evidence": AskedEvidence(("post", "post"), says="x")},
            "which evidence does that describe?",
        ),
        (
            {"outcome": "true", "evidence": AskedEvidence((), says="x")},
            "evidence needs an address, a source or a title",
        ),
        ({"outcome": "true", "note": "a\x1bb"}, "--note holds U+001B"),
        ({"outcome": "true", "note": " "}, "--note is empty"),
    ],
)
def test_wrong_words_are_usage_errors(folder: Path, asked: dict[str, Any], words: str) -> None:
    assert words in refused(UsageError, "cups-2025", **asked)


def test_the_last_word_is_the_outcome_if_it_is_one(folder: Path) -> None:
    ledger = opened()
    assert split_outcome(["cups", "tea", "true"], ledger) == (("cups", "tea"), "true")
    assert split_outcome(["cups", "tea"], ledger) == (("cups", "tea"), None)
    with pytest.raises(UsageError, match="which claim is false"):
        split_outcome(["false"], ledger)
    with pytest.raises(UsageError, match="'ture' is no outcome, and too near one"):
        split_outcome(["cups", "ture"], ledger)


# --- several claims, several files -----------------------------------------------------------------------------


def test_all_edits_are_proven_before_the_first_write(folder: Path) -> None:
    assert "cake is judged already" in refused(RefusedError, "cups-2025", "tea", "cake", outcome="true")


@pytest.fixture
def two_files(folder: Path) -> Path:
    head, claims = LEDGER.split("claims:\n")
    first, rest = claims.split("\n  - id: tea-2027")
    write(f"{head}include: [more/*.yaml]\nclaims:\n{first}")
    write(f"ledger: 1\nclaims:\n  - id: tea-2027{rest}", "more/one.yaml")
    return folder


def test_claims_of_several_files_are_written_one_after_the_other(two_files: Path) -> None:
    written = apply(resolve("tea", "cups", outcome="true"))
    assert sorted(file.name for file in written.files) == ["claims.yaml", "more/one.yaml"]
    assert [(step.claim, step.file) for step in written.steps] == [
        ("tea-2027", "more/one.yaml"),
        ("cups-2025", "claims.yaml"),
    ]
    assert [len(claim.resolutions) for claim in opened().claims] == [1, 1, 1]


def test_what_was_written_is_listed_if_a_later_file_fails(two_files: Path) -> None:
    plan = resolve("cups", "tea", outcome="true")
    write(read("more/one.yaml").replace("Tea is served.", "Tea is sold."), "more/one.yaml")
    with pytest.raises(RefusedError, match=r"tea-2027: changed meanwhile .* \(written already: claims.yaml\)"):
        apply(plan)
    assert "outcome: true" in read()
    assert "outcome: true" not in read("more/one.yaml")


# --- other writers ---------------------------------------------------------------------------------------------


def test_a_plan_is_made_again_if_something_else_changed(folder: Path) -> None:
    plan = resolve("tea", outcome="true")
    write("# A line more.\n" + LEDGER.replace("Cake is free at last.", "Cake is dear."))
    written = apply(plan)
    assert written.steps[0].line == plan.steps[0].line + 1  # type: ignore[operator]
    assert "# A line more.\n" in read()
    assert "Cake is dear." in read()
    assert opened().claims[1].resolutions


def test_a_plan_is_refused_if_its_claim_changed(folder: Path) -> None:
    plan = resolve("tea", outcome="true")
    apply(resolve("tea", outcome="false"))
    before = read()
    with pytest.raises(RefusedError, match=r"tea-2027: changed meanwhile in claims\.yaml; nothing was written"):
        apply(plan)
    assert read() == before


def test_a_plan_is_refused_if_the_file_went_away_or_broke(folder: Path) -> None:
    plan = resolve("tea", outcome="true")
    write("nothing of the kind")
    with pytest.raises(RefusedError, match="changed meanwhile, and cannot be read"):
        apply(plan)
    Path("claims.yaml").unlink()
    with pytest.raises(UnreadableError, match="no such file"):
        apply(plan)


def test_the_mark_at_the_beginning_and_the_line_ends_are_kept(folder: Path) -> None:
    write("\ufeff" + LEDGER.replace("\n", "\r\n"))
    apply(resolve("tea", outcome="true"))
    after = Path("claims.yaml").read_bytes()
    assert after.startswith(b"\xef\xbb\xbfledger: 1\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_second_document_is_left_alone(folder: Path) -> None:
    write(LEDGER + "---\nmore: true\n")
    apply(resolve("tea", outcome="true"))
    assert read().endswith("---\nmore: true\n")
    assert opened().claims[1].resolutions


# --- diff ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("ids", [("cups-2025",), ("cake",), ("cups-2025", "cake"), ("cups-2025", "tea-2027", "cake")])
@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_the_diff_is_one_that_patch_understands(folder: Path, ids: tuple[str, ...], end: str) -> None:
    write(LEDGER.rstrip("\n") + end)
    plan = resolve(*ids, outcome="true", again=True)
    Path("change.diff").write_bytes(plan.diff().encode())
    subprocess.run(["patch", "-p1", "-s", "--fuzz=0", "-i", "change.diff", "-o", "patched"], check=True)
    apply(plan)
    assert read("patched") == read()


def test_the_diff_of_one_judgement(folder: Path) -> None:
    assert (
        resolve("tea", outcome="true").diff()
        == """\
--- a/claims.yaml
+++ b/claims.yaml
@@ -25,6 +25,10 @@
     source: post
     deadline: 2027
     criteria: Somebody drinks it.
+    resolutions:
+      - outcome: true
+        judged: 2026-11-22
+        note: Seen.
{}
   - id: cake
     claim: Cake is free at last.
""".format(" ")
    )


def test_one_judgement_in_the_projects_own_ledger_adds_lines_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(__file__).parent.parent.parent / "data" / "claims.yaml"
    monkeypatch.chdir(tmp_path)
    shutil.copy(own, "claims.yaml")
    before, ledger = read(), opened()
    asked = NOTED._replace(outcome="annulled", again=True)
    apply(plan_resolve(ledger, [fact.id for fact in ledger.facts], asked, today=date(2026, 11, 28)))
    assert "outcome: annulled" in added_lines(before, read())


# --- touch -----------------------------------------------------------------------------------------------------


def test_touch_sets_checked_and_leaves_it_where_it_is_today(folder: Path) -> None:
    apply(plan_touch(opened(), ["tea", "cups"], today=date(2026, 11, 21)))
    assert added_lines(LEDGER, read()) == "    checked: 2026-11-21\n" * 2
    plan = plan_touch(opened(), ["tea"], today=TODAY)
    assert (plan.steps[0].did, plan.warnings) == ("checked 2026-11-22 (was 2026-11-21)", ())
    apply(plan)
    assert read().count("checked: 2026-11-22") == 1
    before = read()
    plan = plan_touch(opened(), ["tea"], today=TODAY)
    assert (plan.files, plan.diff(), plan.steps[0].did) == ((), "", "was checked 2026-11-22 already")
    assert apply(plan).files == ()
    assert read() == before


def test_touch_warns_of_a_verdict(folder: Path) -> None:
    plan = plan_touch(opened(), ["cake"], today=TODAY)
    assert plan.warnings == (
        "cake: is judged already, false on 2026-01-02; checked is for claims that wait for their verdict",
    )
    assert "checked: 2026-11-22" in plan.diff()


def test_touch_does_not_turn_the_clock_back(folder: Path) -> None:
    apply(plan_touch(opened(), ["tea"], today=TODAY))
    with pytest.raises(RefusedError, match="later than today, 2026-11-01"):
        plan_touch(opened(), ["tea"], today=date(2026, 11, 1))


# --- add and revise --------------------------------------------------------------------------------------------

SCONES = {"claim": "At least 1,000 scones are baked by 2030.", "speaker": "ann", "said": "yesterday", "source": "post"}


def test_a_claim_is_added_at_the_end(folder: Path) -> None:
    words = {**SCONES, "deadline": "end of 2030", "topics": ["cups"], "at_least": "1,000", "unit": "scones",
             "criteria": "A count.", "probability": "80%"}  # fmt: skip
    plan = plan_add(opened(), words, today=TODAY)
    assert plan.warnings == ()
    written = apply(plan)
    assert (
        added_lines(LEDGER, read())
        == """\

  - id: 1000-scones-baked-2030
    claim: At least 1,000 scones are baked by 2030.
    speaker: ann
    said: 2026-11-21
    source: post
    topics: [cups]
    deadline: 2030-12-31
    probability: 80%
    quantity: {at_least: 1000, unit: scones}
    criteria: A count.
    added: 2026-11-22
"""
    )
    assert written.steps[0].line == 40
    assert not opened().problems


def test_add_names_what_is_missing(folder: Path) -> None:
    plan = plan_add(opened(), {}, today=TODAY)
    assert [missing.option for missing in plan.missing] == ["CLAIM", "--speaker", "--said", "--source", "--deadline"]
    plan = plan_add(opened(), {**SCONES, "kind": "statement"}, today=TODAY)
    assert not plan.missing
    for claim in ("日本語 пример", "It will be", "2030"):
        words = {**SCONES, "claim": claim, "deadline": "2030"}
        assert [missing.option for missing in plan_add(opened(), words, today=TODAY).missing] == ["--id"]
        assert plan_add(opened(), {**words, "id": "scones"}, today=TODAY).steps[0].claim == "scones"


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [
        ({"deadline": "2025"}, RefusedError, "after the deadline 2025 was over"),
        ({"said": "2027"}, RefusedError, "said 2027 is later than today"),
        ({"deadline": "whenever"}, UsageError, "--deadline"),
        ({"speaker": "anne"}, UsageError, "no speaker 'anne'"),
        ({"source": "xyz"}, UsageError, "no source 'xyz'"),
        ({"topics": "Cups!"}, UsageError, "no topic 'Cups!'"),
        ({"claim": " "}, UsageError, "CLAIM is empty"),
        ({"topics": "cups,mugs"}, UsageError, "no topic 'mugs'"),
        ({"id": "cake"}, UsageError, "--id cake: that claim stands in claims.yaml:29 already"),
        ({"id": "Cake!"}, UsageError, "is not a name"),
        ({"id": "true"}, UsageError, "is not a name"),
        ({"kind": "hope"}, UsageError, "--kind cannot be 'hope'"),
        ({"probability": "1.2"}, UsageError, "is not a probability"),
        ({"range": "9..5"}, UsageError, "the smaller number comes first"),
        ({"at_least": "9", "at_most": "5"}, RefusedError, "at_least 9 is above at_most 5"),
        ({"depends_on": "caek"}, UsageError, "no claim 'caek'"),
    ],
)
def test_a_wrong_claim_is_not_added(folder: Path, words: dict[str, str], kind: type[LedgerError], message: str) -> None:
    with pytest.raises(kind) as caught:
        plan_add(opened(), {**SCONES, "deadline": "2030", **words}, today=TODAY)
    assert message in caught.value.message


def test_a_near_duplicate_is_warned_of(folder: Path) -> None:
    words = {**SCONES, "claim": "At least 50 cups will be sold in 2025", "deadline": "2030", "criteria": "x"}
    plan = plan_add(opened(), words, today=TODAY)
    assert plan.warnings == ("much like cups-2025: At least 50 cups are sold in 2025.",)
    assert similar("Something else.", opened().facts) == []


@pytest.mark.parametrize(
    ("claim", "year", "taken", "name"),
    [
        ("Tesla builds at least 50,000 Optimus robots in 2026.", "2026", (), "tesla-builds-50000-optimus-robots-2026"),
        ("The café’s naïve plan", "", (), "cafes-naive-plan"),
        ("incomprehensibilities" * 3, "", (), "incomprehensibilitiesincomprehensibilitiesincomp"),
        ("1,000", "", (), "claim-1000"),
        ("True?", "", (), "claim-true"),
        ("Tea", "", ("tea", "tea-2"), "tea-3"),
        (" ".join(["incomprehensibilities"] * 9), "", (), "incomprehensibilities-incomprehensibilities"),
    ],
)
def test_ids_are_made_from_words(claim: str, year: str, taken: tuple[str, ...], name: str) -> None:
    assert propose(claim, year, taken) == name


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["2020", "2021", "2022-03", "2024"], [0, 1, 2, "new", 3]),
        (["2024", "2022-03", "2021", "2020"], [0, "new", 1, 2, 3]),
        (["2023", "2024", "2025", "2026"], ["new", 0, 1, 2, 3]),
        (["2021", "2020", "2023", "2022"], [0, 1, 2, 3, "new"]),
    ],
    ids=["rising", "falling", "before all", "none"],
)
def test_a_claim_goes_where_the_order_of_the_file_has_it(
    folder: Path, dates: list[str], order: list[int | str]
) -> None:
    names = ["d", "a", "c", "b"]
    write(
        f"{HEAD}claims:\n"
        + "".join(
            f"  - {{id: {name}, claim: C, speaker: ann, said: {day}, source: post, deadline: none}}\n"
            for name, day in zip(names, dates, strict=True)
        )
    )
    apply(plan_add(opened(), {**SCONES, "deadline": "none", "said": "2022-05", "id": "new"}, today=TODAY))
    expected = [names[at] if isinstance(at, int) else at for at in order]
    assert [fact.id for fact in opened().facts] == expected


def test_a_revision_carries_over_and_stands_behind_what_it_revises(folder: Path) -> None:
    words = {"claim": "At least 80 cups are sold in 2027.", "said": "2025-02", "source": "post", "deadline": "2027",
             "at_least": "80"}  # fmt: skip
    plan = plan_revise(opened(), "cups", words, today=TODAY)
    assert plan.warnings == (
        "criteria carried over from cups-2025 while deadline or quantity changed: read them again",
    )
    assert plan_revise(opened(), "cups", {**words, "criteria": "The count."}, today=TODAY).warnings == ()
    apply(plan)
    assert (
        added_lines(LEDGER, read())
        == """\
  - id: 80-cups-sold-2027
    claim: At least 80 cups are sold in 2027.
    speaker: ann
    said: 2025-02
    source: post
    topics: [cups]
    deadline: 2027
    quantity: {at_least: 80, unit: cups}
    criteria: The yearly count.
    series: cups
    revises: cups-2025
    added: 2026-11-22

"""
    )
    assert [fact.id for fact in opened().facts] == ["cups-2025", "80-cups-sold-2027", "tea-2027", "cake"]
    assert not opened().problems


def test_a_revision_of_the_number_keeps_the_deadline(folder: Path) -> None:
    words = {"claim": "At least 40 cups are sold in 2025.", "said": "2025-02", "source": "post", "at_least": "40"}
    apply(plan_revise(opened(), "cups", words, today=TODAY))
    claim = opened().claims[1]
    assert (claim.window, str(claim.deadline), claim.quantity) == ("during", "2025", Quantity(at_least=40, unit="cups"))


def test_words_of_the_old_source_are_not_carried_over(folder: Path) -> None:
    write(LEDGER.replace("    deadline: 2025\n", "    deadline: 2025\n    deadline_words: this year\n"))
    words = {"claim": "At least 50 cups are sold in 2027.", "said": "2025-02", "source": "post", "deadline": "2027"}
    apply(plan_revise(opened(), "cups", words, today=TODAY))
    claim = opened().claims[1]
    assert (claim.deadline_words, claim.quantity) == (None, Quantity(at_least=50, unit="cups"))


def test_a_revision_of_words_alone_restates_and_says_so(folder: Path) -> None:
    warned = ("deadline and quantity are those of cups-2025: this restates it, and will be unscored",)
    words = {"claim": "Surely 50 cups will go.", "said": "2025-02", "source": "post"}
    plan = plan_revise(opened(), "cups", words, today=TODAY)
    assert plan.warnings == warned
    apply(plan)
    assert opened().facts[1].restates
    again = {**words, "claim": "Fifty cups.", "at_least": "50.0", "range": "50..100", "id": "fifty"}
    plan = plan_revise(opened(), "cups", again, today=TODAY)
    assert plan.warnings == warned
    apply(plan)
    assert [fact.restates for fact in opened().facts if fact.revises] == [True, True]


def test_a_revision_comes_later_and_changes_something(folder: Path) -> None:
    with pytest.raises(RefusedError, match="cups-2025 was said 2024-05-06, after 2023"):
        words = {"claim": "x", "said": "2023", "source": "post", "deadline": "2027"}
        plan_revise(opened(), "cups", words, today=TODAY)
    missing = plan_revise(opened(), "cups", {"deadline": "2027"}, today=TODAY).missing
    assert [one.option for one in missing] == ["CLAIM", "--said", "--source"]


def test_a_first_claim_is_added_to_an_empty_ledger(folder: Path) -> None:
    for empty in ("", "claims:\n", "claims: []\n"):
        write(HEAD + empty)
        apply(plan_add(opened(), {**SCONES, "deadline": "2030"}, today=TODAY))
        assert [fact.id for fact in opened().facts] == ["1000-scones-baked-2030"]


# --- what stands in the ledger already -------------------------------------------------------------------------


def test_other_peoples_errors_are_in_nobodys_way(folder: Path) -> None:
    write(LEDGER.replace("speaker: ann", "speaker: anne", 1).replace("criteria: Somebody", "critera: Somebody"))
    problems = len(opened().problems)
    assert problems > 1
    apply(resolve("tea", outcome="true"))
    apply(plan_add(opened(), {**SCONES, "deadline": "2030"}, today=TODAY))
    assert len(opened().problems) == problems


def test_a_claim_beside_a_broken_one_can_be_judged(folder: Path) -> None:
    write(LEDGER.replace("    claim: At least 50", "   claim: At least 50"))
    assert [found.code for found in opened().problems] == ["syntax"]
    apply(resolve("tea", outcome="true"))
    assert [found.code for found in opened().problems] == ["syntax"]
    assert [len(claim.resolutions) for claim in opened().claims] == [1, 1]


def test_what_depends_on_the_day_never_refuses(folder: Path) -> None:
    write(LEDGER.replace("deadline: 2027", "deadline: 2025"))  # overdue for long
    apply(plan_touch(opened(), ["tea"], today=TODAY))
    assert "checked: 2026-11-22" in read()
