"""A ledger whose every field is an attack. Built from records, because the loader refuses half of it."""

from __future__ import annotations

from datetime import date

from ledger.loading.claims import fact_of
from ledger.model import (
    Amendment,
    Claim,
    Evidence,
    Forecast,
    Ledger,
    Mention,
    Observation,
    Person,
    Quantity,
    Resolution,
    Source,
    Spot,
    Text,
)
from ledger.periods import parse
from ledger.query import Filter, in_order, select
from ledger.results.list import Listing

DAY = date(2026, 6, 30)
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
CLOSERS = "]]>--></script></title></textarea></style>'\"` "
STEERING = "\x1b[31m\x1b]0;owned\x07\x9b31m\u202egnp\u2066\u2028\x00\ud800"
FORMULA = "=cmd|'/C calc'!A0"
CALENDAR = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nATTACH:https://evil.example/;,\\n"
TEMPLATE = "{{ 7*7 }}{% raw %}${7*7}"
EVERYTHING = FORMULA + MARKUP + CLOSERS + STEERING + CALENDAR + TEMPLATE
ADDRESSES = (
    "javascript:alert(1)",
    "https://evil.example/\"onmouseover='alert(1)'",
    "https://evil.example/\x1b]8;;x",
    "data:text/html,<script>alert(1)</script>",
)


def attack(field: str) -> str:
    """Everything at once, with the field's name to find it again."""
    return EVERYTHING + field


def source(number: int) -> Source:
    return Source(
        title=attack("title"),
        publisher=attack("publisher"),
        url=ADDRESSES[number],
        archived=ADDRESSES[number],
        published=parse("2025"),
        event=attack("event"),
        note=attack("source-note"),
        document=attack("document"),
        sha256=attack("sha256"),
    )


def claim(number: int) -> Claim:
    evidence = Evidence(
        at=attack("at"),
        title=attack("title"),
        publisher=attack("publisher"),
        url=ADDRESSES[0],
        archived=ADDRESSES[0],
        says=attack("says"),
    )
    return Claim(
        id=f"claim-{number}" if number else f"../../{attack('id')}",
        claim=attack("claim"),
        speaker=attack("speaker"),
        said=parse("2025-01-08"),
        source=attack("source"),
        at=attack("at"),
        quote=attack("quote"),
        wording="quoted",
        condition=attack("condition"),
        topics=(attack("topic"), "plain"),
        deadline=parse("2026-12-31" if number else "2025"),
        deadline_words=attack("deadline_words"),
        probability=0.5,
        probability_words=attack("probability_words"),
        quantity=Quantity(at_least=10**30, range=(-1, 2), unit=attack("unit")),
        criteria=attack("criteria"),
        series=attack("series"),
        revises="claim-1" if number == 2 else None,
        depends_on=(attack("depends"),),
        see_also=("claim-1",),
        note=attack("note"),
        also_by=(attack("market"),),
        also_in=(Mention(attack("source"), attack("also_at"), attack("also_quote")),),
        formerly=(f"old-{number}",),
        forecasts=(Forecast(attack("market"), parse("2025-02-01"), 0.1, attack("source"), attack("forecast_note")),),
        observations=(Observation(parse("2025-03-01"), 5, (evidence,), attack("observation_note")),),
        added=parse("2026-01-01"),
        amended=(Amendment(parse("2026-02-01"), (attack("fields"),), attack("why")),),
        resolutions=()
        if number
        else (
            Resolution(
                "false",
                parse("2026-02-01"),
                None,
                1e300,
                (evidence, Evidence(source=attack("source"))),
                attack("by"),
                attack("note"),
            ),
        ),
    )


def ledger() -> Ledger:
    claims = tuple(claim(number) for number in range(4))
    spots = tuple(Spot(0, 0, 0, 7 + number, 3) for number in range(4))
    return Ledger(
        title=attack("title"),
        texts=(Text("claims.yaml", ""),),
        people={
            attack("speaker"): Person(attack("name"), note=attack("person-note")),
            attack("market"): Person(attack("market-name")),
        },
        topics={attack("topic"): attack("topic-label")},
        sources={attack("source"): source(0), "s1": source(1), "s2": source(2), "s3": source(3)},
        claims=claims,
        facts=tuple(map(fact_of, claims, spots)),
        spots=spots,
        problems=(),
    )


def listing() -> Listing:
    found = ledger()
    rows = tuple(in_order(select(found.facts, Filter(), DAY.toordinal())))
    return Listing(found, DAY, rows, len(rows))


def steers(text: str) -> list[str]:
    """What in a text would steer a terminal or hide something."""
    return sorted(
        {character for character in text if character in STEERING.replace("[31m", "") and not character.isascii()}
        | {c for c in text if c in "\x00\x07\x1b\x9b"}
    )
