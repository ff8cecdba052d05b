"""Two ledgers compared by meaning: what is no change, what is one, and what should not have been."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.files import Disk
from ledger.history.compare import Change, changes, compare
from ledger.history.guard import Breach, breaches
from ledger.history.same_meaning import meaning
from ledger.loading import assembly
from ledger.model import Ledger
from support.repositories import HEAD, claim, ledger

JUDGED = "resolutions: [{outcome: false, judged: 2026-05-01, note: No.}]"
TWICE = (
    "resolutions: [{outcome: false, judged: 2026-05-01, note: No.}, {outcome: true, judged: 2026-06-01, note: Late.}]"
)


def read(*texts: str) -> Ledger:
    return assembly.load(Disk(), [assembly.GivenText(f"{n}.yaml", text.encode()) for n, text in enumerate(texts)])


def breaches_of(before: Ledger, after: Ledger) -> list[Breach]:
    return list(breaches(before, after, compare(before, after), "main"))


def found(before: str, after: str) -> list[tuple[str, str, str]]:
    """The findings as (code, severity, last step of the path)."""
    return [
        (one.code, one.severity, str(one.path[0]) if one.path else "") for one in breaches_of(read(before), read(after))
    ]


def of_claims(before: str, after: str) -> list[tuple[str, str, str]]:
    return found(ledger(before), ledger(after))


FULL = claim(
    "one",
    "deadline_words: in 2027",
    "probability: 50%",
    "quantity: {at_least: 1000, range: [1000, 2000], unit: robots}",
    "criteria: The annual report says so.",
    "depends_on: [two, three]",
    "topics: [robots, cars]",
)
SAME = {
    "quotes": FULL.replace("deadline: 2027", 'deadline: "2027"').replace("robots}", "'robots'}"),
    "percent": FULL.replace("50%", "0.5"),
    "number": FULL.replace("at_least: 1000", "at_least: 1000.0"),
    "a range of the same days": FULL.replace("deadline: 2027", "deadline: 2027-01/2027-12"),
    "comment": FULL.replace("deadline: 2027", "deadline: 2027  # as the paper has it"),
    "folded": FULL.replace("criteria: The annual report", "criteria: >-\n      The annual\n      report"),
    "literal": FULL.replace("criteria: The annual", "criteria: |\n      The annual"),
    "order of names": FULL.replace("[two, three]", "[three, two]"),
    "flow": FULL.replace("{at_least: 1000, range: [1000, 2000], unit: robots}",
                         "\n      unit: robots\n      at_least: 1000\n      range:\n      - 1000\n      - 2000"),
    "defaults written out": FULL + "    kind: prediction\n    window: by\n",
    "free fields": FULL.replace("[robots, cars]", "[cars]") + "    note: New.\n    at: line 3\n"
    "    checked: 2026-11-01\n    added: 2026-01-01\n    series: all\n    see_also: [two]\n",
    "fields that were not set": FULL + "    condition: if all goes well\n    quote: it happens\n    wording: quoted\n"
    "    deadline_latest: 2028\n    probability_words: a good shot\n",
    "a judgement": FULL + f"    {JUDGED}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_no_goalpost_moves(name: str) -> None:
    rest = claim("two") + claim("three")
    assert of_claims(FULL + rest, SAME[name] + rest) == []


def test_order_files_indentation_and_crlf_are_no_change() -> None:
    one, two = claim("one"), claim("two")
    before = read(ledger(one, two))
    assert compare(before, read(ledger(claim("one", indent=""), claim("two", indent="")))).differences == ()
    assert compare(before, read(ledger(claim("one", indent="      ")), "ledger: 1\nclaims:\n" + two)).differences == ()
    assert compare(before, read(ledger(two, one))).differences == ()
    assert compare(before, read(ledger(two), "ledger: 1\nclaims:\n" + one)).differences == ()
    assert compare(before, read(ledger(one, two).replace("\n", "\r\n"))).differences == ()
    assert compare(before, read(f"{HEAD[:-8]}claims: [{{id: one, claim: It happens., speaker: jane, said: 2026-01-05, "
                                "source: paper, deadline: 2027}, {id: two, claim: It happens., speaker: jane, "
                                "said: 2026-01-05, source: paper, deadline: 2027}]\n")).differences == ()  # fmt: skip


MOVED = {
    "claim": ("claim: It happens.", "claim: It may happen."),
    "speaker": ("speaker: jane", "speaker: joe"),
    "said": ("said: 2026-01-05", "said: unknown"),
    "source": ("source: paper", "source: other"),
    "deadline": ("deadline: 2027", "deadline: 2027~"),
    "deadline_words": ("in 2027", "in late 2027"),
    "probability": ("50%", "0.51"),
    "quantity": ("at_least: 1000", "at_least: 900"),
    "criteria": ("    criteria: The annual report says so.\n", ""),
    "depends_on": ("[two, three]", "[two]"),
    "kind": ("    probability", "    kind: statement\n    probability"),
    "window": ("    probability", "    window: during\n    probability"),
}


@pytest.mark.parametrize("field", MOVED)
def test_what_decides_a_verdict_is_frozen(field: str) -> None:
    rest = claim("two") + claim("three")
    old, new = MOVED[field]
    after = FULL.replace(old, new)
    assert after != FULL
    assert of_claims(FULL + rest, after + rest) == [("goalpost-moved", "error", field)]
    excused = after + f"    amended: [{{date: 2026-11-01, fields: [{field}], why: A slip.}}]\n"
    assert of_claims(FULL + rest, excused + rest) == [("goalpost-moved", "warning", field)]
    other = after + "    amended: [{date: 2026-11-01, fields: [quote], why: A slip.}]\n"
    assert of_claims(FULL + rest, other + rest) == [("goalpost-moved", "error", field)]


def test_an_amendment_excuses_once() -> None:
    entry = "amended: [{date: 2026-11-01, fields: [deadline], why: A slip.}]"
    before, after = claim("one", entry), claim("one", entry, deadline="2028")
    assert of_claims(before, after) == [("goalpost-moved", "error", "deadline")]
    second = entry.replace("}]", "}, {date: 2026-11-02, fields: [deadline], why: Again.}]")
    again = claim("one", second, deadline="2028")
    assert of_claims(before, again) == [("goalpost-moved", "warning", "deadline")]


def test_an_amendment_stays() -> None:
    entry = "amended: [{date: 2026-11-01, fields: [deadline], why: A slip.}]"
    gone = of_claims(claim("one", entry), claim("one"))
    rewritten = of_claims(claim("one", entry), claim("one", entry.replace("[deadline]", "[deadline, amended]")))
    assert gone == rewritten == [("goalpost-moved", "error", "amended")]


def test_what_takes_a_claim_out_of_every_rate_cannot_be_set_later() -> None:
    implied = of_claims(claim("one"), claim("one", "wording: implied"))
    assert implied == [("goalpost-moved", "error", "wording")]
    other = claim("two")
    assert of_claims(other + claim("one"), other + claim("one", "revises: two")) == [
        ("goalpost-moved", "error", "revises")
    ]
    later = claim("one", deadline="2028")
    assert of_claims(other + later, other + claim("one", "revises: two", deadline="2028")) == []
    amended = claim("one", "revises: two", "amended: [{date: 2026-11-01, fields: [revises], why: Overlooked.}]")
    assert of_claims(other + claim("one"), other + amended) == [("goalpost-moved", "warning", "revises")]


REWRITTEN = {
    "outcome": (TWICE, TWICE.replace("false", "partly")),
    "day": (TWICE, TWICE.replace("2026-06-01", "2026-06-02")),
    "note": (TWICE, TWICE.replace("Late.", "In time.")),
    "evidence": (JUDGED.replace("note: No.", "note: No., evidence: [{url: 'https://example.org/a'}]"),
                 JUDGED.replace("note: No.", "note: No., evidence: [{url: 'https://example.org/b'}]")),
    "evidence taken away": (JUDGED.replace("note: No.", "note: No., evidence: [{title: News}]"), JUDGED),
    "a day added": (JUDGED.replace("false", "true"), JUDGED.replace("false", "true, happened: 2026-04-02")),
    "last one gone": (TWICE, JUDGED),
    "first one gone": (TWICE, "resolutions: [{outcome: true, judged: 2026-06-01, note: Late.}]"),
    "all gone": (JUDGED, "note: none"),
    "one put before": (JUDGED, "resolutions: [{outcome: true, judged: 2026-04-01, note: Yes.}, "
                       "{outcome: false, judged: 2026-05-01, note: No.}]"),
}  # fmt: skip


@pytest.mark.parametrize("name", REWRITTEN)
def test_judgements_are_only_appended(name: str) -> None:
    before, after = (claim("one", line) for line in REWRITTEN[name])
    assert of_claims(before, after) == [("judgement-rewritten", "error", "resolutions")]
    excused = after + "    amended: [{date: 2026-11-01, fields: [resolutions], why: A slip.}]\n"
    assert of_claims(before, excused) == [("judgement-rewritten", "error", "resolutions")]


EXTENDED = {
    "evidence": (JUDGED, JUDGED.replace("note: No.", "note: No., evidence: [{url: 'https://example.org'}]")),
    "what evidence says": (JUDGED.replace("note: No.", "evidence: [{title: News}]"),
                           JUDGED.replace("note: No.", "evidence: [{title: News, says: It did not.}]")),
    "a note added": (JUDGED.replace("note: No.", "evidence: [{title: News}]"),
                     JUDGED.replace("note: No.", "evidence: [{title: News}], note: No.")),
    "a longer note": (JUDGED, JUDGED.replace("No.", "No. And it cannot any more.")),
    "who judged": (JUDGED, JUDGED.replace("note: No.", "note: No., by: Jane")),
}  # fmt: skip


@pytest.mark.parametrize("name", EXTENDED)
def test_more_evidence_rewrites_nothing(name: str) -> None:
    before, after = (claim("one", line) for line in EXTENDED[name])
    assert of_claims(before, after) == [("judgement-extended", "note", "resolutions")]


REWORDED = {
    "full stop": ("criteria: The report says so", "criteria: The report says so."),
    "case and quotes": ("criteria: The 'report' says so", "criteria: the “Report” says so"),
    "dashes": ("criteria: a long-term report", "criteria: a long – term report"),
}
NOT_REWORDED = {
    "a decimal point": ("criteria: 1.5 million robots", "criteria: 15 million robots"),
    "a sign": ("criteria: growth of -5 in all", "criteria: growth of 5 in all"),
    "a currency": ("criteria: it costs $5 in all", "criteria: it costs 5 in all"),
    "a percentage": ("criteria: about 5% of all", "criteria: about 5 of all"),
    "another word": ("criteria: now or never", "criteria: now and never"),
}


@pytest.mark.parametrize("name", REWORDED)
def test_marks_and_case_alone_are_no_other_words(name: str) -> None:
    before, after = (claim("one", line) for line in REWORDED[name])
    assert of_claims(before, after) == [("reworded", "warning", "criteria")]


@pytest.mark.parametrize("name", NOT_REWORDED)
def test_a_mark_that_changes_a_number_is_no_wording(name: str) -> None:
    before, after = (claim("one", line) for line in NOT_REWORDED[name])
    assert of_claims(before, after) == [("goalpost-moved", "error", "criteria")]


LATE = ("probability: 2%", "deadline_latest: 2028", "criteria: The report says so.", "added: 2026-01-06")


@pytest.mark.parametrize("line", LATE)
def test_what_was_absent_may_be_set_until_there_is_a_verdict(line: str) -> None:
    assert of_claims(claim("one"), claim("one", line)) == []
    field = line.partition(":")[0]
    judged = of_claims(claim("one", JUDGED), claim("one", line, JUDGED))
    assert judged == [("goalpost-moved", "error", field)]
    reopened = JUDGED.replace("}]", "}, {outcome: reopened, judged: 2026-06-01, note: Open.}]")
    assert of_claims(claim("one", reopened), claim("one", line, reopened)) == []


def test_the_day_of_entry_is_frozen() -> None:
    before, after = claim("one", "added: 2026-03-01"), claim("one", "added: 2026-01-06")
    assert of_claims(before, after) == [("goalpost-moved", "error", "added")]


def test_a_name_that_means_somebody_else_is_told() -> None:
    before, after = ledger(), ledger().replace("Jane Doe", "Somebody Else")
    (one,) = breaches_of(read(before), read(after))
    assert (one.code, one.severity, one.path) == ("meaning-changed", "warning", ("people", "jane", "name"))
    assert one.message == "people.jane.name was “Jane Doe” at main and is “Somebody Else”"


def test_what_cannot_be_read_at_the_base_is_not_compared() -> None:
    before = ledger(claim("one", deadline="2030: x"), claim("two"))
    (one,) = breaches_of(read(before), read(ledger(claim("one", deadline="2040"), claim("two"))))
    assert (one.code, one.severity, one.claim, one.number) == ("not-compared", "error", "one", 0)
    assert breaches_of(read(before), read(before)) == []


def test_a_bad_value_of_what_may_change_hides_nothing() -> None:
    before = ledger(claim("one", "checked: soon"))
    assert breaches_of(read(before), read(ledger(claim("one", "checked: 2026-03-01")))) == []


def test_a_claim_stays() -> None:
    one, two = claim("one"), claim("two")
    assert of_claims(one + two, one) == [("claim-deleted", "error", "")]
    gone = next(iter(breaches_of(read(ledger(one, two)), read(ledger(one)))))
    assert (gone.claim, gone.number, gone.message) == ("two", 0, "two, in 0.yaml:12 at main, is gone")
    first = next(iter(breaches_of(read(ledger(one, two)), read(ledger(two)))))
    assert (first.claim, first.number) == ("one", None)


def test_a_claim_that_was_renamed_is_told() -> None:
    hints = [one.hint for one in breaches_of(read(ledger(claim("one"))), read(ledger(claim("uno"))))]
    assert hints == ["if that is the same claim, say so in uno: formerly: [one]"]


def test_a_claim_that_cannot_be_read_any_more_counts_as_gone() -> None:
    broken = claim("one", deadline="soon  # ledger: ignore[bad-period] it is")
    (gone,) = breaches_of(read(ledger(claim("one"), claim("two"))), read(ledger(broken, claim("two"))))
    assert gone.code == "claim-deleted" and "cannot be read any more" in gone.message


def test_the_first_of_two_claims_with_one_id_is_compared() -> None:
    soft = claim("one", deadline="2030")
    assert of_claims(claim("one"), soft + claim("one")) == [("goalpost-moved", "error", "deadline")]


def test_messages_tell_both_values() -> None:
    def messages(before: str, after: str) -> list[str]:
        return [one.message for one in breaches_of(read(ledger(before)), read(ledger(after)))]

    assert messages(claim("one"), claim("one", deadline="none")) == ["deadline was 2027 at main and is none"]
    assert messages(claim("one"), claim("one", "kind: statement")) == ["kind was prediction at main and is statement"]
    assert messages(claim("one", "probability: 0.333"), claim("one", "probability: 1%")) == [
        "probability was 33.3% at main and is 1%"
    ]
    long = "criteria: " + "the report of the year or a regulator " * 4 + "counts {} robots"
    assert messages(claim("one", long.format(5)), claim("one", long.format(4))) == [
        "criteria was “…year or a regulator counts 5 robots” at main and is “…year or a regulator counts 4 robots”"
    ]
    assert messages(claim("one", TWICE), claim("one", TWICE.replace("Late", "Good"))) == [
        "judgement 2, true of 2026-06-01 at main, was rewritten: note was Late. and is Good."
    ]
    assert messages(claim("one", TWICE), claim("one", JUDGED)) == [
        "judgement 2, true of 2026-06-01 at main, was removed"
    ]
    reason = "amended: [{date: 2026-11-01, fields: [deadline], why: Misread.}]"
    assert messages(claim("one"), claim("one", reason, deadline="2028")) == [
        "deadline was 2027 at main and is 2028; amended: Misread."
    ]


def test_a_statement_may_get_a_deadline() -> None:
    bare = claim("one", "kind: statement").replace("    deadline: 2027\n", "")
    assert of_claims(bare, claim("one", "kind: statement")) == []
    assert of_claims(claim("one", deadline="none"), claim("one")) == [("goalpost-moved", "error", "deadline")]


def test_changes_are_told_apart() -> None:
    def kinds(before: str, after: str) -> list[tuple[str, int | None]]:
        one, other = read(ledger(before)).claims, read(ledger(after)).claims
        return [(change.kind, change.days) for change in changes(one[0], other[0])]

    assert kinds(claim("one"), claim("one", deadline="2028-06")) == [("redated", 182)]
    assert kinds(claim("one"), claim("one", deadline="2026")) == [("redated", -365)]
    assert kinds(claim("one"), claim("one", deadline="none")) == [("redated", None)]
    assert kinds(claim("one"), claim("one", TWICE)) == [("judged", None)] * 2
    reopened = TWICE.replace("outcome: true", "outcome: reopened")
    assert kinds(claim("one", JUDGED), claim("one", reopened)) == [("reopened", None)]
    assert kinds(claim("one", TWICE), claim("one", JUDGED)) == [("rejudged", None)]
    assert kinds(claim("one"), claim("one", "note: new")) == [("changed", None)]
    only = read(ledger(claim("one"))).claims[0]
    assert changes(None, only) == (Change("added", after=only),)
    assert [change.kind for change in changes(only, None)] == ["removed"]
    assert changes(None, None) == ()


@given(st.integers(0, 1000))
def test_a_percentage_is_its_fraction(thousandths: int) -> None:
    percent, fraction = f"{thousandths / 10}%", f"{thousandths / 1000}"
    one, other = (read(ledger(claim("one", f"probability: {text}"))).claims[0] for text in (percent, fraction))
    assert meaning(one.probability) == meaning(other.probability)
