"""The numbers of a site in plain words; what they mean comes from `scoring.meaning`, as everywhere."""

from __future__ import annotations

from ..numbers import percent
from ..results.survey import Survey, Tally
from ..scoring.meaning import MEANINGS
from ..text import plural

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(number: int) -> str:
    """A number as prose has it: words up to twelve."""
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def standfirst(survey: Survey) -> str:
    """What the ledger holds, in one sentence."""
    claims = survey.tally.claims
    if not claims:
        return "No claim was known on this day."
    people = sum(bool(subject.rows) for subject in survey.people.values())
    return (
        f"A record of {plural(claims, 'public claim')} by {plural(people, 'speaker')}: who said what, where, "
        f"by when, how sure, and what became of it."
    )


def lead(tally: Tally) -> str:
    """The rate in one plain sentence."""
    if not tally.n:
        return "No claim has been scored yet: none is both past its deadline and judged."
    if tally.n == 1:
        result = next(status for status, number in tally.scored.items() if number)
        return f"One claim is past its deadline and judged: it {_ONE[result]}."
    rest = [
        f"{counted(tally.scored[status])} {words}"
        for status, words in (
            ("late", "came true late"),
            ("partly", "came true in part"),
            ("miss", "did not come true"),
        )
        if tally.scored[status]
    ]
    first = (
        f"Of {counted(tally.n)} claims that are past their deadline and judged, {counted(tally.hits)} came true in time"
    )
    if not rest:
        return f"{first}."
    return f"{first}; {_joined(rest)}."


_ONE = {
    "hit": "came true in time",
    "late": "came true late",
    "partly": "came true in part",
    "miss": "did not come true",
}


def _joined(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def caution(tally: Tally) -> list[str]:
    """How far the rate can be trusted, a sentence each."""
    found: list[str] = []
    if tally.rate is not None and tally.interval is not None:
        low, high = map(percent, tally.interval)
        if tally.n == 1:
            found.append(f"That says little: any long-run rate from {low} to {high} could have produced it.")
        else:
            rate = f"That is a rate of {percent(tally.rate)}, with an interval from {low} to {high}."
            found.append(f"{rate} {MEANINGS['interval'].sentence}")
        if tally.n_series < tally.n:
            groups = "one group" if tally.n_series == 1 else f"{counted(tally.n_series)} groups"
            found.append(
                f"Claims about the same target hang together: the {counted(tally.n)} fall into {groups}, so the truth "
                "is less certain than it looks."
            )
    overdue = tally.accounts["overdue"]
    if overdue and tally.bounds is not None:
        low, high = map(percent, tally.bounds)
        waits = "claim waits" if overdue == 1 else "claims wait"
        found.append(
            f"{counted(overdue).capitalize()} more {waits} for a verdict; depending on that, the rate would lie "
            f"between {low} and {high}."
        )
    return found


def elsewhere(tally: Tally) -> str:
    """Where the claims stand that are not in the rate; empty if there are none."""
    accounts = tally.accounts
    parts = [
        f"{counted(accounts[name])} {words}"
        for name, words in (
            ("open", "still open"),
            ("undated", "without a deadline"),
            ("void", "void"),
            ("unscored", "not scored"),
        )
        if accounts[name]
    ]
    if not parts:
        return ""
    one = len(parts) == 1 and sum(accounts[name] for name in ("open", "undated", "void", "unscored")) == 1
    return f"Not in the rate: {_joined(parts)}." if not one else f"Not in the rate: one claim, {parts[0][4:]}."


def short(tally: Tally) -> str:
    """A tally in a few words, for the head of a page: `33 claims; 0 of 6 scored came true in time`."""
    claims = plural(tally.claims, "claim")
    if not tally.n:
        return f"{claims}; none scored yet"
    return f"{claims}; {tally.hits:,} of {tally.n:,} scored came true in time"
