"""score, calibration and slip, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from .conftest import Runner

LEDGER = """\
ledger: 1
people: {ada: {name: Ada Byron}, bob: {name: Bob Stone}}
topics: {robots: things that walk, rates: interest}
sources: {times: {title: The Times}}
claims:
  - id: walk
    claim: Robots walk in 2024.
    speaker: ada
    said: 2024-01-01
    source: times
    topics: [robots]
    deadline: 2024
    probability: 80%
    series: robots
    resolutions: [{outcome: true, judged: 2025-01-05, happened: 2024-07-01, note: Seen.}]
  - id: run
    claim: Robots run by the end of 2024.
    speaker: ada
    said: 2024-01-01
    source: times
    topics: [robots]
    deadline: 2024
    probability: 30%
    series: robots
    resolutions: [{outcome: true, judged: 2025-03-05, happened: 2025-03-01, note: Seen.}]
  - id: sell
    claim: At least 100 robots are sold in 2024.
    speaker: bob
    said: 2024-01-01
    source: times
    kind: target
    topics: [robots]
    deadline: 2024
    window: during
    quantity: {at_least: 100, range: [100, 200], level: 0.8}
    resolutions: [{outcome: false, judged: 2025-02-01, value: 50, note: Counted.}]
  - id: cut
    claim: The rate is cut.
    speaker: bob
    said: 2024-01-01
    source: times
    topics: [rates]
    deadline: 2024
    probability_words: likely
    resolutions: [{outcome: partly, judged: 2025-02-01, note: By little.}]
  - id: cut-again
    claim: The rate is cut by the end of 2025.
    speaker: bob
    said: 2025-01-01
    source: times
    topics: [rates]
    deadline: 2025
    revises: cut
  - id: zero
    claim: The rate is zero.
    speaker: bob
    said: 2024-06-01
    source: times
    topics: [rates]
    deadline: none
"""
HEAD = (
    "as of 2026-01-01: 6 claims = 4 scored + 1 overdue + 0 open (0 decided early) + 1 undated + 0 void + 0 unscored\n"
)
SELECTION = """\
These rates describe the claims in this ledger, chosen by whoever keeps it. They are not rates of
everything the speaker ever said.
"""
SCORE = """
group               n  hit  late  miss  partly  overdue  on time    95%  bounds
─────────────  ──────  ───  ────  ────  ──────  ───────  ───────  ─────  ──────
all            4 in 3    1     1     1       1        1      25%  4–71%  20–40%
– predictions  3 in 2    1                                   33%  6–79%
– targets           1    0                                    0%  0–79%
n: 9 in 5 are nine claims in five series; those of one series, or joined by a revision, hang
together.
On time: The share of scored claims that came true by their deadline; late, partly and missed all
count as not. It is not the share of claims that ever come true, and open or overdue claims are not
in it.
95%: Any long-run rate in this interval could have produced what was seen; claims of one series hang
together and count for less. It covers chance only, not the choice of claims or doubtful verdicts.
Bounds: Where the rate would lie if all claims that wait for a verdict turned out misses, or all of
them hits. It is not a margin of error: it only shows how much is still unjudged.

The same claims, read otherwise
group  lenient  in hindsight  without those  95%
─────  ───────  ────────────  ─────────────  ───
all        50%       unknown              -    -
Lenient: The rate under the most charitable reading of deadlines and verdicts. It is not the
headline: the gap to the strict rate shows how much hangs on interpretation.
In hindsight: How many claims were entered once their outcome was known: what became newsworthy gets
in. It does not make them false, but a rate over them says little about the speaker.
Unknown: some scored claim has no `added`, so nobody can tell when it was entered.

Stated probabilities
group  claims  Brier    log  skill
─────  ──────  ─────  ─────  ─────
all    2 of 4  0.065  0.290  +0.74
Brier (0 to 1): The mean squared distance between stated probability and outcome: 0 is perfect,
saying 50% every time earns 0.25, less is better. It says nothing about claims without a stated
probability, and two sets of claims of different difficulty cannot be compared by it.
Log (nats): The mean surprise at what happened: 0 is perfect, 50% every time earns 0.69, and one
thing called impossible that happens makes it infinite. Infinite is not an error: it is what
certainty costs when it is wrong.
Skill against 50%: How much better the stated probabilities were than stating the reference rate
every time: 1 is perfect, 0 no better, below 0 worse. Beating 50% is easy where most claims fail
anyway; only a fitting base rate shows knowledge.

Quantities
claim               said  value  verdict  delivered  log ratio  score
─────  ─────────────────  ─────  ───────  ─────────  ─────────  ─────
sell   100 to 200 at 80%     50  below        50.0%      -1.04   7.62
Delivered: How much of what was promised came, against the end that was missed. It is not a score:
it does not reward a narrow range or punish a vague one.
Log ratio: How far the value lies from the number, or from the middle between two ends, as a factor:
0 is there, 0.69 is twice, -0.69 half of it. It does not say whether the value was inside the range.
Score (interval score, log scale): The width of the range plus a fine for missing it; less is
better. It exists only for ranges with a level, and means are taken within one level and one scale
only.

Ranges
group  ranges  below  inside  above  share    95%  sign test  score
─────  ──────  ─────  ──────  ─────  ─────  ─────  ─────────  ─────
all         1      1       0      0     0%  0–79%          -   7.62
Share: How often the value fell inside the range that was promised. Without a stated level nobody
knows how often it should; near misses count as misses.
Sign test: How likely so lopsided a split of misses would be if values fell below and above equally
often. It does not say how far they missed; one range of each series is taken, and those inside are
not in it.
all, ranges said to hold at 80%: 0 of 1 inside, too few series for a test, mean score 7.62 (ln(x)).
Chance: How likely a share inside as far off as this would be if the level were right. One range of
each series is taken, the one said first; a large value is no proof of the level, and an assumed
level was stated by nobody.

"""
# 1 of 4 on time (walk); run is late, sell missed, cut came partly. Series: robots, sell, cut (cut-again
# hangs on it): 3. Variance between them: robots (1 - 2/4) / (1 - 2/4) = 1, the others -1/4 / (3/4) = -1/3 each:
# 2/3 (1 + 1/9 + 1/9) / 16 = 0.0509; n_eff = 3/16 / 0.0509 = 3.68. Wilson, z^2 = 3.84:
# (2 * 0.92 + 3.84 -+ 1.96 * sqrt(3.84 + 4 * 0.92 * 0.75)) / (2 * (3.68 + 3.84)) = 0.043, 0.712. Bounds 1/5, 2/5.
# Lenient (1 + 1)/4. Nobody wrote down when the claims were entered.
# Brier (0.2^2 + 0.3^2)/2 = 0.065; log -(ln 0.8 + ln 0.7)/2 = 0.290; skill 1 - 0.065/0.25 = 0.74.
# sell: 50/100; ln(50 / sqrt(20,000)) = -1.04; ln 2 + 10 ln 2 = 7.62; one range is too few for a test.


def show(run: Runner, *args: str, **options: Any) -> str:
    ran = run(*args, "--as-of", "2026-01-01", "--format", "table", ledger=LEDGER, COLUMNS="100", **options)
    assert (ran.err, ran.status) == ("", 0)
    return ran.out


def read(run: Runner, *args: str) -> dict[str, Any]:
    ran = run(*args, "--as-of", "2026-01-01", "--format", "json", ledger=LEDGER)
    found = json.loads(ran.out, parse_constant=pytest.fail)
    assert isinstance(found, dict)
    return found


def test_score_in_full(run: Runner) -> None:
    assert show(run, "score", "--explain") == HEAD + SCORE + SELECTION


def test_the_account_is_one_line_for_programs_and_fits_a_narrow_page(run: Runner) -> None:
    ran = run("score", "--explain", "--as-of", "2026-01-01", "--format", "table", ledger=LEDGER, COLUMNS="40")
    first, *others = ran.out.splitlines()
    assert first + "\n" == HEAD
    assert all(len(line) <= 40 for line in others)


def test_score_is_a_sentence_the_table_and_one_caveat(run: Runner) -> None:
    assert show(run, "score") == (
        """\
Of 4 claims in 3 series that are past their deadline and judged, 1 came true in time, 1 came true
late, 1 came true in part, 1 did not come true; 1 is overdue.

group               n  hit  late  miss  partly  overdue  on time    95%  bounds
─────────────  ──────  ───  ────  ────  ──────  ───────  ───────  ─────  ──────
all            4 in 3    1     1     1       1        1      25%  4–71%  20–40%
– predictions  3 in 2    1                                   33%  6–79%
– targets           1    0                                    0%  0–79%

Stated probabilities
group  claims  Brier    log  skill
─────  ──────  ─────  ─────  ─────
all    2 of 4  0.065  0.290  +0.74

as of 2026-01-01: 6 claims = 4 scored + 1 overdue + 0 open (0 decided early) + 1 undated + 0 void + 0 unscored

These rates describe the claims in this ledger, chosen by whoever keeps it. They are not rates of
everything the speaker ever said.

What each number means, and the tables beside these: --explain
"""
    )


def test_score_by_speaker_and_by_topic(run: Runner) -> None:
    lines = show(run, "score", "--explain", "--by", "speaker").splitlines()
    assert lines[4:8] == [
        "ada            2 in 1    1     1     0       0        0      50%  5–95%     50%",
        "bob                 2    0     0     1       1        1       0%  0–66%   0–33%",
        "– predictions       1    0                                    0%  0–79%",
        "– targets           1    0                                    0%  0–79%",
    ]
    assert "A claim of several topics is counted in each of them." in show(run, "score", "--explain", "--by", "topic")


def test_words_only_when_asked(run: Runner) -> None:
    assert "Words" not in show(run, "score", "--explain")
    out = show(run, "score", "--explain", "--lexicon", "icd")
    start = out.index("Words as probabilities, by icd203")
    assert out[start:].splitlines()[3:7] == [  # likely: 55 to 80%, and it came partly only
        "all    all low        1  0.303  0.799",
        "all    all high       1  0.640  1.609",
        "all    least          1  0.303  0.799",
        "all    most           1  0.640  1.609",
    ]


def test_plain_rows_off_a_terminal(run: Runner) -> None:
    ran = run("score", "--as-of", "2026-01-01", "--by", "speaker", ledger=LEDGER)
    assert [line.split("\t")[:8] for line in ran.out.splitlines()] == [
        ["ada", "2", "1", "1", "0", "0", "0", "0.5"],
        ["bob", "2", "0", "0", "1", "1", "1", "0.0"],
    ]


def test_score_as_json(run: Runner) -> None:
    found = read(run, "score")
    assert list(found) == [
        "schema", "as_of", "errors", "by", "level", "base_rate", "lexicon", "range_level", "account", "groups",
        "quantities", "since", "against", "common_rate", "shrinkage", "groups_left_out",
    ]  # fmt: skip
    assert (found["schema"], found["as_of"], found["errors"]) == ("ledger.score/1", "2026-01-01", 0)
    group = found["groups"][0]
    assert list(group)[:17] == [
        "group", "n", "n_series", "hit", "late", "miss", "partly", "overdue", "rate", "interval", "bounds", "lenient",
        "kinds", "n_probability", "brier", "log_score", "certain_misses",
    ]  # fmt: skip
    assert group["bounds"] == {"low": 0.2, "high": 0.4}
    assert list(group["interval"]) == ["method", "level", "low", "high"]
    assert found["account"] == {
        "claims": 6, "scored": 4, "overdue": 1, "open": 0, "decided_early": 0, "undated": 1, "void": 0, "unscored": 0,
        "awaiting": 0,
    }  # fmt: skip


def test_one_probability_has_one_spelling(run: Runner) -> None:
    """33.3% divided as a float is not 0.333."""
    for share in ("0.333", "33.3%", "33.30%", "0.3330"):
        ran = run("calibration", "--as-of", "2026-01-01", "--format", "json", ledger=LEDGER.replace("30%", share))
        assert json.loads(ran.out)["groups"][0]["stated"][0]["probability"] == 0.333


def test_a_revision_that_changes_the_unit_is_scored(run: Runner) -> None:
    ledger = LEDGER.replace(
        "deadline: 2025\n    revises: cut",
        """deadline: 2024
    quantity: {at_least: 1, unit: UNIT}
    revises: cut
    resolutions: [{outcome: true, judged: 2025-01-02, note: n}]""",
    ).replace("probability_words: likely", "quantity: {at_least: 1, unit: trillion}")
    found = []
    for unit in ("billion", "trillion"):
        ran = run("score", "--as-of", "2026-01-01", "--format", "json", ledger=ledger.replace("UNIT", unit))
        found.append(json.loads(ran.out)["groups"][0]["n"])
    assert found == [5, 4]


def test_hindsight_of_all_is_told_in_the_first_line(run: Runner) -> None:
    entered = LEDGER.replace("    source: times\n", "    source: times\n    added: 2026-01-01\n")
    ran = run("score", "--explain", "--as-of", "2026-01-01", "--format", "table", ledger=entered)
    assert ran.out.splitlines()[0] == f"{HEAD.rstrip()}; all 4 scored claims were entered in hindsight"
    ran = run("score", "--as-of", "2026-01-01", "--format", "table", ledger=entered, COLUMNS="60")
    assert ran.out.startswith("All entered in hindsight: of 4 claims in 3 series that are")


def test_what_was_asked_for_is_told_without_the_explanations(run: Runner) -> None:
    given = LEDGER.replace("{name: Bob Stone}", "{name: Bob Stone}, crowd: {name: Crowd, kind: crowd}").replace(
        "    probability_words: likely\n",
        "    probability_words: likely\n    forecasts: [{by: crowd, date: 2023-12-01, probability: 40%}]\n",
    )
    options = ("--by", "speaker", "--shrink", "--against", "crowd", "--limit", "1")
    ran = run("score", *options, "--as-of", "2026-01-01", "--format", "table", ledger=given, COLUMNS="100")
    assert (ran.err, ran.status) == ("", 0)
    told = " ".join(ran.out.split())
    for words in (
        "Of 2 intervals 0 miss the common rate of 25%; by chance alone 0.1 would",
        "1 further group left out.",
        "17% is the best guess for each.",
        "crowd expected 0.4 hits of 1 claim, 0 came: too few series for a test.",
        "3 claims without a forecast by crowd in time: walk, run, sell.",
    ):
        assert words in told
    assert "It does not say" not in told


def test_claims_selected_by_outcome_have_no_rate(run: Runner) -> None:
    group = read(run, "score", "--status", "hit")["groups"][0]
    assert (group["selected_by_outcome"], group["n"], group["rate"], group["interval"]) == (True, 1, None, None)
    out = show(run, "score", "--explain", "--status", "hit")
    assert "selected by outcome" in out and "100%" not in out
    assert read(run, "calibration", "--status", "hit")["groups"][0]["brier"] is None


def test_an_infinite_score_is_null_in_json_and_told_on_screen(run: Runner) -> None:
    certain = LEDGER.replace("30%", "100%")
    ran = run("score", "--as-of", "2026-01-01", "--format", "json", ledger=certain)
    group = json.loads(ran.out)["groups"][0]
    assert (group["log_score"], group["certain_misses"]) == (None, 1)
    ran = run("score", "--explain", "--as-of", "2026-01-01", "--format", "table", ledger=certain)
    assert "inf (1 certain miss)" in ran.out


def test_undefined_is_null_and_a_dash(run: Runner) -> None:
    group = read(run, "score", "--topic", "rates", "--due-after", "2024")["groups"][0]
    undefined = ("rate", "interval", "lenient", "brier", "log_score", "skill", "lexicon")
    assert all(group[name] is None for name in undefined)
    assert group["bounds"] == {"low": 0.0, "high": 1.0}
    out = show(run, "score", "--explain", "--topic", "rates", "--due-after", "2024")
    assert "all     0    0     0     0       0        1        -    -  0–100%" in out.splitlines()


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_rows_have_a_header_of_the_names(run: Runner, form: str) -> None:
    ran = run("score", "--as-of", "2026-01-01", "--format", form, ledger=LEDGER)
    rows = list(csv.DictReader(io.StringIO(ran.out), delimiter="\t" if form == "tsv" else ","))
    assert (rows[0]["group"], rows[0]["n"], rows[0]["bounds_low"], rows[0]["account_overdue"]) == (
        "all",
        "4",
        "0.2",
        "1",
    )
    assert float(rows[0]["interval_high"]) == pytest.approx(0.7124, abs=1e-4)


def test_jsonl_is_a_group_a_line(run: Runner) -> None:
    ran = run("score", "--as-of", "2026-01-01", "--by", "kind", "--format", "jsonl", ledger=LEDGER)
    assert [json.loads(line)["group"] for line in ran.out.splitlines()] == ["prediction", "target"]


def test_markdown(run: Runner) -> None:
    ran = run("score", "--as-of", "2026-01-01", "--format", "markdown", ledger=LEDGER)
    lines = ran.out.splitlines()
    assert lines[0] + "\n" == HEAD
    assert "| all | 4 in 3 | 1 | 1 | 1 | 1 | 1 | 25% | 4–71% | 20–40% |" in lines
    assert "### Stated probabilities" in lines


# --- calibration ----------------------------------------------------------------------------------------------


def test_calibration(run: Runner) -> None:
    lines = show(run, "calibration").splitlines()
    assert lines[2:7] == [
        "Stated probabilities",
        "stated  claims  came true  rate      95%  by chance",
        "──────  ──────  ─────────  ────  ───────  ─────────",
        "   30%       1          0    0%    0–79%     0–100%",
        "   80%       1          1  100%  21–100%     0–100%",
    ]
    at = lines.index("By chance, if every stated probability were right")
    assert lines[at + 1 : at + 4] == [
        "group  claims  series  overdue  came true  expected  so few  so many",
        "─────  ──────  ──────  ───────  ─────────  ────────  ──────  ───────",
        "all         2       1        0          1       1.1       -        -",
    ]
    assert "-: fewer than 5 series, too few for a test." in lines
    assert "CORP is not shown: it says next to nothing below 30 claims, and there are 2." in lines
    assert any("●" in line for line in lines)
    assert "\n".join(lines[-2:]) + "\n" == SELECTION


def test_calibration_for_programs(run: Runner) -> None:
    found = read(run, "calibration")
    assert list(found) == ["schema", "as_of", "errors", "by", "level", "account", "groups", "updates"]
    assert found["groups"][0]["stated"][1]["probability"] == 0.8
    assert (found["groups"][0]["corp"], found["groups"][0]["exact"]) == (None, None)
    plain = run("calibration", "--as-of", "2026-01-01", ledger=LEDGER).out
    assert [line.split("\t")[:5] for line in plain.splitlines()] == [
        ["all", "0.3", "1", "0", "0.0"],
        ["all", "0.8", "1", "1", "1.0"],
    ]


def test_nothing_to_calibrate(run: Runner) -> None:
    out = show(run, "calibration", "--topic", "rates")
    assert "No scored claim states a probability: there is nothing to calibrate." in out


# --- slip -----------------------------------------------------------------------------------------------------


def test_slip(run: Runner) -> None:
    lines = show(run, "slip", "--percentile", "50").splitlines()
    assert lines[2:6] == [
        "Time taken against time promised",
        "group  claims  series  came true  median      95%  in time    95%",
        "─────  ──────  ──────  ─────────  ──────  ───────  ───────  ─────",
        "all         4       2          2   1.16x  0.50 up      33%  8–75%",
    ]  # walk after 182 of 365 days, run after 425; cut was looked at after 397, at cut-again nobody has looked
    assert lines[6:9] == [
        "2 of 4 claims came true; 1 had not come at the last look, which is how long they count; at 1 nobody",
        "has looked since, and nothing is known of them; if all had been watched to 2026-01-01: median 1.16x,",
        "in time 25%.",
    ]
    assert "Left out: 1 claim about what happens during a period, which cannot come late." in lines
    at = lines.index("Deadlines as a percentile")
    assert lines[at + 3] == "all         50%       3        1    33%       -"
    at = lines.index("Late")
    assert lines[at + 1 : at + 6] == [
        "claim      deadline    came true     late by  stretch",
        "─────────  ──────────  ──────────  ─────────  ───────",
        "run        2024-12-31  2025-03-01    60 days    1.16x",
        "cut        2024-12-31  partly      ≥ 32 days  ≥ 1.09x",
        "cut-again  2025-12-31  not judged          -        -",
    ]
    at = lines.index("cut: moved 1 time, +365 days in all, receding 1.00 days a day")
    assert lines[at + 3 : at + 5] == [
        "2024-01-01  2024-12-31          -  partly   cut",
        "2025-01-01  2025-12-31  +365 days  overdue  cut-again",
    ]


def test_slip_for_programs(run: Runner) -> None:
    found = read(run, "slip")
    assert list(found) == [
        "schema", "as_of", "errors", "by", "from_entry", "account", "left_out", "groups", "claims", "chains",
    ]  # fmt: skip
    assert found["left_out"] == {"during": 1, "said_unclear": 0, "hindsight": 0}
    assert found["groups"][0]["median_stretch"] == 425 / 365
    assert found["claims"][0]["deadline"] == {
        "text": "2024", "start": "2024-01-01", "end": "2024-12-31", "approximate": False,
    }  # fmt: skip
    assert (found["chains"][0]["slip_days"], found["chains"][0]["first_deadline"]) == (365, "2024-12-31")
    plain = run("slip", "--as-of", "2026-01-01", ledger=LEDGER).out
    assert plain.splitlines()[1].split("\t")[:6] == ["run", "2024-01-01", "2024", "2025-03-01", "late", "365"]


def test_nothing_late_and_nothing_moved(run: Runner) -> None:
    out = show(run, "slip", "--topic", "robots", "--due-after", "2030")
    assert "No dated claim that may come late is known: there is no time to measure." in out
    assert "Nothing is late." in out


# --- what the options say -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("score", "--by", "spekaer"), "ledger: no group 'spekaer'\n  did you mean speaker?\n"),
        (("score", "--level", "2"), "ledger: --level: '2' is not a share between 0 and 1\n  write 0.9 or 90%\n"),
        (("score", "--level", "0"), "ledger: --level: '0' is not a share between 0 and 1\n  write 0.9 or 90%\n"),
        (
            ("score", "--base-rate", "nan"),
            "ledger: --base-rate: 'nan' is not a share from 0 to 1\n  write 0.9 or 90%\n",
        ),
        (("score", "--lexicon", "kant"), "ledger: no lexicon 'kant'\n"),
        (("score", "--lexicon", "i"), "ledger: no lexicon 'i'\n  did you mean icd203 or ipcc_ar5?\n"),
        (("calibration", "--topic", "robot"), "ledger: no topic 'robot'\n  did you mean robots?\n"),
        (("slip", "--percentile", "100"), "ledger: --percentile: '100' is not a percentile\n"),
    ],
)
def test_a_wrong_word_gets_a_clear_error(run: Runner, args: tuple[str, ...], message: str) -> None:
    ran = run(*args, ledger=LEDGER)
    assert ran.err.startswith(message)
    assert (ran.out, ran.status) == ("", 2)


def test_percentages_and_shares_are_the_same(run: Runner) -> None:
    percent, share = (
        read(run, "score", "--level", level, "--base-rate", rate) for level, rate in (("80%", "30%"), ("0.8", "0.3"))
    )
    assert percent == share
    assert percent["level"] == 0.8


def test_options_that_arrange_groups_need_groups(run: Runner) -> None:
    for args in (("--shrink",), ("--sort", "n"), ("--min-n", "2"), ("--limit", "1")):
        ran = run("score", *args, ledger=LEDGER)
        assert (ran.status, ran.out) == (2, "")
        assert "add --by" in ran.err
    ran = run("score", "--by", "speaker", "--sort", "rat", ledger=LEDGER)
    assert (ran.status, ran.err) == (2, "ledger: no sort key 'rat'\n  did you mean rate?\n")


def test_groups_side_by_side(run: Runner) -> None:
    out = show(run, "score", "--explain", "--by", "speaker", "--sort", "-n", "--limit", "1", "--shrink")
    assert "Of 2 intervals 0 miss the common rate of 25%; by chance alone" in out
    assert "Shrunk rates" in out and "1 further group left out." in out
    found = read(run, "score", "--by", "speaker", "--min-n", "3")
    assert (found["groups"], found["groups_left_out"]) == ([], {"min_n": 2, "limit": 0})


def test_against_a_crowd(run: Runner) -> None:
    crowd = "    forecasts: [{by: crowd, date: 2023-12-01, probability: 20%}]\n"
    ledger = LEDGER.replace("bob: {name: Bob Stone}", "bob: {name: Bob Stone}, crowd: {name: All, kind: crowd}")
    ledger = ledger.replace("    series: robots\n", "    series: robots\n" + crowd)
    ran = run(
        "score",
        "--explain",
        "--against",
        "crowd",
        "--as-of",
        "2026-01-01",
        "--format",
        "table",
        ledger=ledger,
        COLUMNS="100",
    )
    assert "crowd expected 0.4 hits of 2 claims, 1 came: too few series for a test." in ran.out
    assert "2 claims without a forecast by crowd in time: sell, cut." in ran.out
    ran = run("score", "--against", "crwd", ledger=ledger)
    assert (ran.status, ran.err) == (2, "ledger: no forecaster 'crwd'\n  did you mean crowd?\n")


def test_the_evidence_claim_by_claim(run: Runner) -> None:
    assert "Bet by bet" not in show(run, "calibration")
    out = show(run, "calibration", "--sequential")
    start = out.index("Evidence so far, readable at any time")
    assert out[start:].splitlines()[3].split() == ["all", "1", "1.00", "1.00", "never"]
    assert "2024-12-31     30%  no" in out[start:]
    assert read(run, "calibration")["groups"][0]["sequential"]["bets"][0]["id"] == "run"


def test_jeffreys(run: Runner) -> None:
    assert read(run, "score", "--jeffreys")["groups"][0]["interval"]["method"] == "jeffreys"


def test_a_ledger_with_no_claims(run: Runner) -> None:
    for command in ("score", "calibration", "slip"):
        ran = run(command, "--format", "table", ledger="ledger: 1\n")
        assert (ran.err, ran.status) == ("", 0)
        assert ("No claim to score: enter the first one" if command == "score" else "0 claims = 0 scored") in ran.out


def test_hostile_names_do_not_steer_the_terminal(run: Runner) -> None:
    hostile = LEDGER.replace("probability_words: likely", 'probability_words: "a\\u009b31m[/b] chance"')
    out = run(
        "score", "--explain", "--lexicon", "icd203", "--as-of", "2026-01-01", "--format", "table", ledger=hostile
    ).out
    assert "\x9b" not in out


@pytest.mark.parametrize(
    "args",
    [
        ("score",),
        ("score", "--by", "speaker", "--lexicon", "icd203", "--range-level", "0.5"),
        ("score", "--topic", "rates", "--due-after", "2024"),
        ("calibration", "--by", "topic"),
        ("slip", "--percentile", "50", "--by", "series"),
    ],
    ids=" ".join,
)
def test_the_json_is_as_promised(run: Runner, args: tuple[str, ...]) -> None:
    from jsonschema import Draft7Validator

    schema = json.loads(run("schema", args[0]).out)
    Draft7Validator.check_schema(schema)
    Draft7Validator(schema).validate(read(run, *args))


CLAIM = "  - {id: c%d, claim: x, speaker: a, said: 2024-01-01, source: s, deadline: 2024-12-31, probability: 0.7%s}\n"
JUDGED = ", resolutions: [{outcome: %s, judged: 2025-01-05, note: n}]"


@pytest.mark.parametrize(
    ("outcomes", "filters"),
    [
        ((), ()),
        (("true",), ()),
        (("false",) * 3, ()),
        (("true",) * 6, ()),
        (("ambiguous", "annulled"), ()),
        ((None, None), ()),
        (("true", "false"), ("--due-before", "1900")),
        (("true", "false"), ("--status", "void")),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "command", [("score", "--against", "c"), ("slip",), ("slip", "--from-entry"), ("calibration",), ("leaderboard",)]
)
def test_where_there_is_little_or_nothing(
    run: Runner, command: tuple[str, ...], outcomes: tuple[str | None, ...], filters: tuple[str, ...]
) -> None:
    """Null or a sentence: no rate of nothing is 0, and nothing fails."""
    claims = "".join(CLAIM % (n, JUDGED % one if one else "") for n, one in enumerate(outcomes))
    people = "ledger: 1\npeople: {a: {name: A}, c: {name: C, kind: crowd}}\nsources: {s: {title: S}}\nclaims:"
    options = (*command, *filters, "--as-of", "2026-01-01", "--format")
    told = run(*options, "table", ledger=f"{people}\n{claims}" if claims else f"{people} []\n")
    assert (told.status, told.err) == (0, "") and told.out.strip()
    assert "nan" not in told.out and "None of 0" not in told.out
    found = json.loads(run(*options, "json").out)
    for group in found.get("groups", ()):
        rates = ("rate", "brier", "log_score", "median_stretch", "on_time", "expected", "reliability", "lenient")
        if not group["n"]:
            assert {group[name] for name in rates if name in group} <= {None}
            assert (group.get("against") or {}).get("expected") is None
