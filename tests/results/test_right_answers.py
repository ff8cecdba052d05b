"""Small ledgers on which an earlier program gave a wrong answer, and the value that is right."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest

from ledger import load
from ledger.numbers import points
from ledger.render.score_report import score_report
from ledger.render.terminal.console import Surface
from ledger.render.terminal.scores import printables
from ledger.results.calibration import calibration
from ledger.results.score import Terms, score
from ledger.results.slip import slips
from ledger.results.survey import survey
from ledger.scoring import wilson
from ledger.scoring.lexicon import find
from ledger.site.page import Site
from ledger.site.scores import score_page
from ledger.site.sentences import caution

DAY = date(2026, 11, 27)
HEAD = "ledger: 1\npeople: {a: {name: A}}\ntopics: {t: T, u: U, v: V}\nsources: {s: {title: S}}\nclaims:\n"
SAID = "speaker: a, said: 2024-01-01, source: s"


def judged(outcome: str, day: str, more: str = "note: n") -> str:
    """A resolution; whatever is said `more`, it has a note."""
    told = more if "note" in more else f"{more}, note: n"
    return f"resolutions: [{{outcome: {outcome}, judged: {day}, {told}}}]"


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    def of(*claims: str) -> Any:
        path = tmp_path / "claims.yaml"
        path.write_text(HEAD + "".join(f"  - {{claim: x, {claim}}}\n" for claim in claims))
        found = load(path)
        assert len(found.claims) == len(claims)
        return found

    return of


def test_an_early_event_is_not_dated_in_the_future(ledger: Any) -> None:
    early = f"id: early, {SAID}, deadline: 2030-12-31, {judged('true', '2024-03-01')}"
    found = slips(ledger(early, f"id: open, {SAID}, deadline: 2030-12-31"), day=DAY)
    times = {one.id: (one.taken_low, one.taken, one.observed) for one in found.claims}
    assert times == {"early": (0, 60, True), "open": (0, 0, False)}
    assert found.groups[0].unwatched == 1
    watched = slips(ledger(early, f"id: open, {SAID}, deadline: 2030-12-31, checked: 2026-11-20"), day=DAY).groups[0]
    assert watched.on_time is None  # nobody has been watched for the promised time
    assert watched.curve[0].survival == pytest.approx(0.5)


def test_a_miss_is_not_watched_until_today(ledger: Any) -> None:
    said = "speaker: a, said: 2010-01-01, source: s, deadline: 2010-12-31"
    found = slips(
        ledger(
            f"id: m1, {said}, {judged('false', '2011-01-02')}",
            f"id: m2, {said}, {judged('true', '2012-07-02', 'happened: 2012-06-30')}",
        ),
        day=DAY,
    )
    assert {one.id: one.late_days for one in found.claims} == {"m1": 2, "m2": 547}
    group = found.groups[0]
    assert group.median_stretch == pytest.approx(911 / 364)
    assert group.watched is not None and group.watched.median_stretch == pytest.approx(911 / 364)


def test_an_overdue_claim_that_was_looked_at_stays_at_risk(ledger: Any) -> None:
    overdue = f"id: o, {SAID}, deadline: 2024-12-31, checked: 2026-11-20"
    late = f"id: l, {SAID}, deadline: 2024-12-31, {judged('true', '2026-11-02', 'happened: 2026-11-01')}"
    group = slips(ledger(overdue, late), day=DAY).groups[0]
    assert [step.survival for step in group.curve] == [0.5]


def test_fast_hits_of_a_period_are_not_lost(ledger: Any) -> None:
    said = "speaker: a, said: 2024, source: s, deadline: 2025"
    hits = [f"id: h{n}, {said}, {judged('true', '2025-01-02', f'happened: 2024-0{n}')}" for n in (5, 6)]
    group = slips(ledger(*hits, f"id: m, {said}, {judged('false', '2026-01-02')}"), day=DAY).groups[0]
    assert (group.n, group.fulfilled, group.left_out.said_unclear) == (3, 2, 0)
    assert group.on_time == pytest.approx(2 / 3)


def test_another_unit_is_another_claim(ledger: Any) -> None:
    said = f"{SAID}, deadline: 2024"
    first = f"id: t, {said}, quantity: {{at_least: 1, unit: trillion}}, {judged('false', '2025-01-02')}"
    then = f"id: b, {said}, revises: t, quantity: {{at_least: 1, unit: billion}}, {judged('true', '2025-01-02')}"
    (group,) = score(ledger(first, then), day=DAY).groups
    assert (group.n, group.hit, group.n_series, group.account.unscored) == (2, 1, 1, 0)


def test_one_probability_in_two_spellings(ledger: Any) -> None:
    ends = "deadline: 2024, resolutions: [{outcome: true, judged: 2025-01-02, note: n}]"
    claims = [
        f"id: c{n}, {SAID}, probability: {p}, {ends}"
        for n, p in enumerate(("33.3%", "0.333", "14.3%", "0.143", "99.9%", "0.999"))
    ]
    rows = calibration(ledger(*claims), day=DAY).groups[0].stated
    assert [(row.probability, row.n) for row in rows] == [(0.143, 2), (0.333, 2), (0.999, 2)]


def test_an_overrun_was_not_delivered_three_times(ledger: Any) -> None:
    verdict = judged("false", "2025-01-02", "value: 30000")
    cost = f"id: c, {SAID}, deadline: 2024, quantity: {{at_most: 10000, unit: USD}}, {verdict}"
    (one,) = score(ledger(cost), day=DAY).quantities
    assert one.delivered == pytest.approx(1 / 3)


def test_a_number_that_was_cut_is_no_receding_date(ledger: Any) -> None:
    found = slips(
        ledger(
            "id: q1, speaker: a, said: 2025-01-01, source: s, deadline: 2025-06, quantity: {at_least: 1000, unit: bn}",
            "id: q2, speaker: a, said: 2025-01-03, source: s, deadline: 2026-06, quantity: {at_least: 10, unit: bn},"
            " revises: q1",
        ),
        day=DAY,
    )
    (chain,) = found.chains
    assert (chain.moves, chain.slip_days, chain.recession) == (0, None, None)
    assert [link.changed for link in chain.links] == [False, True]


def test_a_claim_open_on_its_latest_reading_is_in_no_lenient_rate(ledger: Any) -> None:
    claim = f"id: l1, {SAID}, deadline: 2025, deadline_latest: 2029-12-31, {judged('false', '2026-02-01')}"
    (group,) = score(ledger(claim), day=DAY).groups
    assert (group.rate, group.lenient) == (0, None)


def test_four_claims_of_one_series_are_one(ledger: Any) -> None:
    ends = f"series: one, deadline: 2024-12-31, probability: 0.3, {judged('true', '2025-01-05')}"
    book = ledger(*(f"id: c{n}, {SAID}, {ends}" for n in range(4)))
    (group,) = score(book, day=DAY).groups
    assert group.interval is not None
    assert (group.n, group.n_series, group.n_eff, (group.interval.low, group.interval.high)) == (
        4,
        1,
        1,
        wilson(hits=1, n=1),
    )
    assert calibration(book, day=DAY).groups[0].exact is None


def test_bands_of_words_are_bounded_claim_by_claim(ledger: Any) -> None:
    ends = "deadline: 2024-12-31, probability_words: likely, resolutions: [{outcome: %s, judged: 2025-01-05, note: n}]"
    book = ledger(*(f"id: l{n}, {SAID}, {ends % outcome}" for n, outcome in enumerate(("true", "true", "false"))))
    words = score(book, day=DAY, terms=Terms(lexicon=find("icd203"))).groups[0].lexicon
    assert words is not None
    assert (words.least.brier, words.most.brier) == (pytest.approx(0.1275), pytest.approx(0.348333, abs=1e-6))


def test_added_later_is_hindsight_and_not_added_is_unknown(ledger: Any) -> None:
    ends = "deadline: 2024-12-31, resolutions: [{outcome: true, judged: 2025-01-05, note: n}]"
    assert score(ledger(f"id: z, {SAID}, added: 2026-11-01, {ends}"), day=DAY).groups[0].n_hindsight == 1
    assert score(ledger(f"id: z, {SAID}, {ends}"), day=DAY).groups[0].n_hindsight is None


def test_a_claim_entered_later_was_said_all_the_same(ledger: Any) -> None:
    """A day knows what had been said by then; what the ledger was on a day is read from a commit."""
    book = ledger("id: z, speaker: a, said: 2020-01-01, source: s, deadline: 2020-12-31, added: 2026-11-01")
    accounts = [score(book, day=day).account for day in (date(2020, 6, 1), date(2021, 6, 1), date(2019, 6, 1))]
    assert [(one.open, one.overdue, one.claims) for one in accounts] == [(1, 0, 1), (0, 1, 1), (0, 0, 0)]


def test_levels_and_scales_are_not_pooled(ledger: Any) -> None:
    """Stated at 50, 80 and 99%, one assumed, and a band that decides, which is no range said with a level."""
    values = (("range: [10, 20], level: 0.5", 30), ("range: [10, 20], level: 0.99", 30), ("range: [10, 20]", 0))
    values += (("range: [10, 20], level: 0.8", 15), ("at_least: 10, at_most: 20", 15))
    book = ledger(
        *(
            f"id: r{n}, {SAID}, deadline: 2025-12-31, quantity: {{{said}, unit: u}}, "
            f"{judged('true', '2026-01-05', f'value: {value}')}"
            for n, (said, value) in enumerate(values)
        )
    )
    found = score(book, day=DAY, terms=Terms(range_level=0.8))
    quantities = found.groups[0].quantities
    assert [(at.level, at.stated, at.n, at.inside, at.scale) for at in quantities.levels] == [
        (0.5, True, 1, 0, "ln(x)"),
        (0.8, False, 1, 0, "ln(x + 1)"),
        (0.8, True, 1, 1, "ln(x)"),
        (0.99, True, 1, 0, "ln(x)"),
    ]
    assert quantities.interval_score is None
    assert [round(at.interval_score or 0, 2) for at in quantities.levels] == [2.32, 24.63, 0.69, 81.79]
    assert [one.level for one in found.quantities] == [0.5, 0.99, 0.8, 0.8, None]
    assert [one.level_stated for one in found.quantities] == [True, True, False, True, False]


def test_one_number_has_one_spelling_on_the_terminal_and_on_the_site(ledger: Any) -> None:
    """5 of 40, 299 of 300, 1 of 300; said 0.4, 12, 12.4 and 99.6%."""
    shares = (("t", 0.12, 5, 15), ("t", 0.124, 0, 20), ("u", 0.996, 299, 1), ("v", 0.004, 1, 299))
    book = ledger(
        *(
            f"id: {topic}{round(1000 * p)}-{outcome}-{n}, {SAID}, topics: [{topic}], deadline: 2024-12-31, "
            f"probability: {p}, {judged(outcome, '2025-01-05')}"
            for topic, p, hits, misses in shares
            for outcome, count in (("true", hits), ("false", misses))
            for n in range(count)
        )
    )
    groups = score(book, day=DAY, by="topic")
    lines = [line for item in printables(score_report(groups)) for line in item.lines(Surface(100))]
    page = score_page(Site(survey(book, day=DAY), None)).text
    for topic, rate in (("t", "13%"), ("u", ">99%"), ("v", "<1%")):
        assert next(line for line in lines if line.startswith(f"{topic} ")).split()[7] == rate
        row = next(line for line in page.splitlines() if f'"topic/{topic}.html"' in line and "<tr>" in line)
        assert f'<td class="number">{escape(rate)}</td>' in row
    stated = [points(row.probability) for row in calibration(book, day=DAY).groups[0].stated]
    assert stated == ["0.4%", "12%", "12.4%", "99.6%"]
    assert all(f">{share}</t" in page for share in stated)


def test_the_site_tells_series_and_bands_beside_its_rates(ledger: Any) -> None:
    ends = judged("true", "2024-07-03", "happened: 2024-07-01")
    claims = [f"id: c{n}, {SAID}, deadline: 2024-12-31, series: {'one' if n < 2 else n}, {ends}" for n in range(3)]
    found = survey(ledger(*claims), day=DAY)
    told = " ".join(caution(found.standing))
    assert "the three fall into two groups, and the interval is that of two that stand alone." in told
    page = score_page(Site(found, None)).text
    assert '<span class="value">3 of 3 in 2 series, 100%</span>' in page
    assert '<span class="value">median 0.50 and up; in time 34–100%</span>' in page
