"""The numbers of a site in plain words; what they mean comes from `scoring.meaning`, as everywhere."""

from __future__ import annotations

from ..numbers import number, percent
from ..render.phrases import CAME, came
from ..results.groups import Standing
from ..results.survey import Survey
from ..scoring.meaning import MEANINGS
from ..text import plural

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(number: int) -> str:
    """A number as prose has it: words up to twelve."""
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


def standfirst(survey: Survey) -> str:
    """What the ledger holds, in one sentence."""
    claims = survey.standing.account.claims
    if not claims:
        return "No claim was known on this day."
    people = sum(bool(subject.rows) for subject in survey.people.values())
    return (
        f"A record of {plural(claims, 'public claim')} by {plural(people, 'speaker')}: who said what, where, "
        f"by when, how sure, and what became of it."
    )


def lead(standing: Standing) -> str:
    """The rate in one plain sentence."""
    if not standing.n:
        return "No claim has been scored yet: none is both past its deadline and judged."
    late = standing.n_hindsight == standing.n
    if standing.n == 1:
        result = next(status for status, number in standing.scored.items() if number)
        entered = ", and was entered in hindsight" if late else ""
        return f"One claim is past its deadline and judged: it {CAME[result][0]}{entered}."
    rest = came(standing.scored, counted)
    all_of = "All entered in hindsight: of" if late else "Of"
    past = f"{all_of} {counted(standing.n)} claims that are past their deadline and judged"
    first = f"{past}, {counted(standing.hit)} {CAME['hit'][1]}"
    if not rest:
        return f"{first}."
    return f"{first}; {_joined(rest)}."


def _joined(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def caution(standing: Standing) -> list[str]:
    """How far the rate can be trusted, a sentence each."""
    found: list[str] = []
    if standing.rate.rate is not None and standing.interval is not None:
        low, high = percent(standing.interval.low), percent(standing.interval.high)
        if standing.n == 1:
            found.append(f"That says little: any long-run rate from {low} to {high} could have produced it.")
        else:
            rate = f"That is a rate of {percent(standing.rate.rate)}, with an interval from {low} to {high}."
            found.append(f"{rate} {MEANINGS['interval'].sentence}")
        if standing.n_series < standing.n:
            groups = "one group" if standing.n_series == 1 else f"{counted(standing.n_series)} groups"
            worth = standing.rate.n_eff or standing.n_series
            told = counted(int(worth)) if worth == int(worth) else f"about {number(worth, 1)}"
            found.append(
                f"Claims about the same target hang together: the {counted(standing.n)} fall into {groups}, and the "
                f"interval is that of {told} that {'stands' if told == 'one' else 'stand'} alone."
            )
    overdue = standing.account.overdue
    if overdue and standing.bounds is not None:
        low, high = map(percent, standing.bounds)
        waits = "claim waits" if overdue == 1 else "claims wait"
        found.append(
            f"{counted(overdue).capitalize()} more {waits} for a verdict; depending on that, the rate would lie "
            f"between {low} and {high}."
        )
    return found


def elsewhere(standing: Standing) -> str:
    """Where the claims stand that are not in the rate; empty if there are none."""
    account = standing.account
    numbers = (
        (account.open, "still open"),
        (account.awaiting, "not yet to be known"),
        (account.undated, "without a deadline"),
        (account.void, "void"),
        (account.unscored, "not scored"),
    )
    parts = [f"{counted(number)} {words}" for number, words in numbers if number]
    if not parts:
        return ""
    one = len(parts) == 1 and sum(number for number, _ in numbers) == 1
    return f"Not in the rate: {_joined(parts)}." if not one else f"Not in the rate: one claim, {parts[0][4:]}."


def short(standing: Standing) -> str:
    """A standing in a few words, for the head of a page: `33 claims; 0 of 6 scored came true in time`."""
    claims = plural(standing.account.claims, "claim")
    if not standing.n:
        return f"{claims}; none scored yet"
    return f"{claims}; {standing.hit:,} of {standing.n:,} scored {CAME['hit'][1]}"
