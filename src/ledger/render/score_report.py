"""The report of `score`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..numbers import NOTHING, between, number, percent, points, signed
from ..results.score import ByLexicon, Group, KindRate, Score, WordScores
from ..results.since import Since
from ..text import plural
from .comparison_report import against_section, log_words, side_by_side
from .phrases import CAME, came
from .quantities_report import quantities
from .reports import (
    SELECTED,
    Head,
    Note,
    Part,
    Section,
    account_line,
    group_head,
    group_name,
    hindsight,
    in_series,
    meaning,
    selection,
)
from .terminal.styles import STATUS_STYLES


def score_report(found: Score, earlier: Since | None = None) -> list[Part]:
    """The account, the rates, what stands beside them, probabilities, quantities; what moved since a version."""
    groups = [group for group in found.groups if found.by is None or _speaks(group)]
    parts: list[Part] = [Note(account_line(found.day, found.account, remark=_remark(found)), "bold", whole=True)]
    if any(group.selected_by_outcome for group in groups):
        parts.append(Note(SELECTED))
    if groups:
        parts.append(_rates(found, groups))
        parts += side_by_side(found, groups, explain=True)
        parts += against_section(found, groups, explain=True)
        parts += _otherwise(found, [group for group in groups if group.n])
        parts += _beside(found, groups)
        parts.append(_probabilities(found, groups))
        if found.terms.lexicon:
            parts.append(_words(found, groups))
        parts += quantities(found, groups)
    left = len(found.groups) - len(groups)
    if left:
        parts.append(Note(f"{plural(left, 'group')} without a scored, overdue or judged claim not shown."))
    if earlier is not None:
        parts += _since(found, earlier)
    return [*parts, selection()]


def brief_report(found: Score, earlier: Since | None = None) -> list[Part]:
    """One sentence, the tables without their glossary, and the one caveat that matters most."""
    groups = [group for group in found.groups if found.by is None or _speaks(group)]
    if not found.account.claims:
        return [Note("No claim to score: enter the first one with ledger add, or leave a filter out.")]
    parts: list[Part] = [Note(_in_a_sentence(found), "bold")]
    if groups:
        parts += [_rates(found, groups)._replace(notes=()), *side_by_side(found, groups, explain=False)]
        parts += against_section(found, groups, explain=False)
        if any(group.n_probability for group in groups):
            parts.append(_without_notes(_probabilities(found, groups)))
        if found.terms.lexicon:
            parts.append(_without_notes(_words(found, groups)))
    if earlier is not None:
        parts += _since(found, earlier)
    parts.append(Note(account_line(found.day, found.account), "dim", whole=True))
    return [*parts, Note(_caveat(found)), Note("What each number means, and the tables beside these: --explain", "dim")]


def _without_notes(part: Part) -> Part:
    return part._replace(notes=()) if isinstance(part, Section) else part


def _in_a_sentence(found: Score) -> str:
    whole = found.whole
    overdue = f"; {whole.overdue:,} {'is' if whole.overdue == 1 else 'are'} overdue" if whole.overdue else ""
    if not whole.n:
        return f"No claim is both past its deadline and judged, so there is no rate yet{overdue}."
    lead = "Of"
    if _remark(found):
        lead = "All entered in hindsight: of" if whole.n > 1 else "Entered in hindsight: of"
    series = f" in {whole.n_series:,} series" if whole.n_series < whole.n else ""
    past = f"{whole.n:,} claims{series} that are past their deadline and judged" if whole.n > 1 else "one claim judged"
    hit = f"{whole.hit:,} {CAME['hit'][1]}" if whole.hit else f"none {CAME['hit'][1]}"
    rest = came(whole._asdict(), "{:,}".format)
    return f"{', '.join([f'{lead} {past}, {hit}', *rest])}{overdue}."


def _caveat(found: Score) -> str:
    """What must not be read past: that outcomes chose the claims, that all were entered late, else who chose them."""
    if found.whole.selected_by_outcome:
        return SELECTED
    if _remark(found):
        return "What became newsworthy gets in once its outcome is known: the rate says little about the speaker."
    return meaning("selection")


def _remark(found: Score) -> str:
    """What the first line has to say of hindsight: of all scored claims, whatever the groups."""
    return hindsight(found.whole.n_hindsight, found.whole.n)


def _speaks(group: Group) -> bool:
    """Whether a group has anything to show."""
    return bool(group.n or group.overdue or group.account.decided_early or sum(group.judged_undated))


# --- rates ----------------------------------------------------------------------------------------------------


def _rates(found: Score, groups: Sequence[Group]) -> Section:
    heads = [
        group_head(found.by),
        Head("n"),
        *(Head(status, style=STATUS_STYLES[status]) for status in ("hit", "late", "miss", "partly", "overdue")),
        Head("on time", style="bold"),
        Head(points(found.terms.level)),
        Head("bounds"),
    ]
    rows = [row for group in groups for row in _rate_rows(found, group)]
    notes = [
        "n: 9 in 5 are nine claims in five series; those of one series, or joined by a revision, hang together.",
        meaning("rate", "On time"),
        meaning("interval", points(found.terms.level)),
        meaning("bounds", "Bounds"),
    ]
    if found.by == "topic":
        notes.append("A claim of several topics is counted in each of them.")
    return Section("", heads, rows, notes)


def _rate_rows(found: Score, group: Group) -> Iterator[list[str]]:
    yield [
        group_name(group.group, found.by),
        in_series(group.n, group.n_series),
        *(f"{count:,}" for count in (group.hit, group.late, group.miss, group.partly, group.overdue)),
        percent(group.rate),
        between(group.interval),
        between(group.bounds),
    ]
    kinds = [kind for kind in group.kinds if kind.n]
    if len(kinds) > 1:
        yield from map(_kind_row, kinds)


def _kind_row(kind: KindRate) -> list[str]:
    """A part of the row above: only what is known by kind."""
    counts = [in_series(kind.n, kind.n_series), f"{kind.hit:,}", *[""] * 4]
    return [f"– {kind.kind}s", *counts, percent(kind.rate), between(kind.interval), ""]


def _otherwise(found: Score, groups: Sequence[Group]) -> Iterator[Section]:
    if not groups:
        return
    heads = [
        group_head(found.by),
        Head("lenient"),
        Head("in hindsight"),
        Head("without those"),
        Head(points(found.terms.level)),
    ]
    rows = [
        [
            group_name(group.group, found.by),
            percent(group.lenient),
            "unknown" if group.n_hindsight is None else f"{group.n_hindsight:,} of {group.n:,}",
            percent(group.without_hindsight.rate),
            between(group.without_hindsight.interval),
        ]
        for group in groups
    ]
    notes = [meaning("lenient", "Lenient"), meaning("hindsight", "In hindsight")]
    if any(group.n_hindsight is None for group in groups):
        notes.append("Unknown: some scored claim has no `added`, so nobody can tell when it was entered.")
    yield Section("The same claims, read otherwise", heads, rows, notes)


def _beside(found: Score, groups: Sequence[Group]) -> Iterator[Section]:
    heads = [group_head(found.by), *map(Head, ("decided early", "no deadline: hit", "miss", "partly"))]
    rows = [
        [
            group_name(group.group, found.by),
            *(f"{count:,}" for count in (group.account.decided_early, *group.judged_undated)),
        ]
        for group in groups
        if group.account.decided_early or sum(group.judged_undated)
    ]
    if rows:
        note = (
            "Decided early: judged before the deadline is over; they enter the rate when it is. No deadline: judged, "
            "but they can be neither on time nor late."
        )
        yield Section("Beside the rate, never in it", heads, rows, [note])


# --- probabilities --------------------------------------------------------------------------------------------


def _probabilities(found: Score, groups: Sequence[Group]) -> Part:
    stated = [group for group in groups if group.n_probability]
    if not stated:
        return Note("No scored claim states a probability: there is no Brier score and no log score.")
    heads = [group_head(found.by), Head("claims"), Head("Brier"), Head("log"), Head("skill")]
    rows = [
        [
            group_name(group.group, found.by),
            f"{group.n_probability:,} of {group.n:,}",
            number(group.brier),
            log_words(group.log_score, group.certain_misses),
            signed(group.skill),
        ]
        for group in stated
    ]
    notes = [
        meaning("brier", "Brier (0 to 1)"),
        meaning("log_score", "Log (nats)"),
        meaning("skill", f"Skill against {percent(found.terms.base_rate)}"),
    ]
    return Section("Stated probabilities", heads, rows, notes)


def _words(found: Score, groups: Sequence[Group]) -> Part:
    lexicon = found.terms.lexicon
    assert lexicon is not None
    heads = [group_head(found.by), Head("bands", right=False), Head("claims"), Head("Brier"), Head("log")]
    rows: list[list[str]] = []
    unmapped: set[str] = set()
    for group in groups:
        words = group.lexicon
        if words is not None:
            unmapped.update(words.unmapped)
            rows += _word_rows(group_name(group.group, found.by), words) if words.n else []
    notes = [meaning("lexicon"), f"{lexicon.name}: {lexicon.source}. {lexicon.note}"]
    if not rows:
        notes.insert(0, "No scored claim without a stated probability has words that this lexicon knows.")
    if unmapped:
        notes.append("Words it does not have: " + "; ".join(f"“{words}”" for words in sorted(unmapped)))
    return Section(f"Words as probabilities, by {lexicon.name}", heads, rows, notes)


def _word_rows(name: str, words: ByLexicon) -> Iterator[list[str]]:
    ends: tuple[tuple[str, WordScores], ...] = (
        ("all low", words.low),
        ("all high", words.high),
        ("least", words.least),
        ("most", words.most),
    )
    for end, scores in ends:
        yield [name, end, f"{words.n:,}", number(scores.brier), log_words(scores.log_score, scores.certain_misses)]


# --- since ----------------------------------------------------------------------------------------------------


def _since(found: Score, earlier: Since) -> Iterator[Section]:
    """The headline then and now, and the claims that moved."""
    title = f"Since {earlier.name}, as of {earlier.day}"
    now = {group.group: group for group in found.groups}
    heads = [
        group_head(found.by),
        Head("n then"),
        Head("n now"),
        Head("on time then"),
        Head("on time now", style="bold"),
    ]
    rows = [
        [
            group_name(before.group, found.by),
            f"{before.n:,}",
            f"{now[before.group].n:,}" if before.group in now else NOTHING,
            percent(before.rate),
            percent(now[before.group].rate) if before.group in now else NOTHING,
        ]
        for before in earlier.groups
    ]
    yield Section(title, heads, rows)
    moves = [
        [one.id, one.status_before or "not there", one.status or "gone", one.account or NOTHING]
        for one in earlier.moved
    ]
    notes = [] if moves else ["No claim changed its state."]
    notes += [f"Another meaning than then: {one}." for one in earlier.meanings]
    heads = [Head("claim", right=False, lead=True, wrap=True), Head("then", right=False)]
    yield Section("", [*heads, Head("now", right=False), Head("account", right=False)], moves, notes)
