"""Ledgers in scripts that are hard on pages, of one claim and of many: make_ledgers.py FOLDER"""

from __future__ import annotations

import random
import sys
from pathlib import Path

WORDS = {
    "rtl": (
        "توقع",
        "الروبوتات",
        "في",
        "2026",
        "تسلا",
        "100%",
        "נבנים",
        "רובוטים",
        "حتى",
        "(نهاية)",
        "Optimus",
        "العام.",
    ),
    "cjk": (
        "二〇二六年末までに",
        "机器人",
        "五万台以上を生産する",
        "로봇",
        "테슬라",
        "。",
        "「計画」",
        "将会超过人类的数量",
    ),
    "emoji": ("🚀", "👩‍👩‍👧‍👦", "robots", "🇪🇺", "👍🏽", "to the moon", "🤖🤖🤖", "100%", "e\u0301te\u0301", "𝔉𝔬𝔯𝔢𝔠𝔞𝔰𝔱"),
}
LONG = "long/" * 20
SIZES = (1, 300, 3000)
OUTCOMES = ("true", "false", "partly", "ambiguous", "withdrawn")


def ledger(script: str, claims: int) -> str:
    """The same text for the same script and number."""
    pick = random.Random(f"{script} {claims}")

    def words(least: int, most: int) -> str:
        between = "" if script == "cjk" else " "
        return between.join(pick.choice(WORDS[script]) for _ in range(pick.randint(least, most)))

    people, topics, sources = min(claims, 9), min(claims, 12), min(claims, 40)
    lines = [
        "ledger: 1",
        f'title: "{words(4, 6)}"',
        f'about: {{keeper: "{words(2, 2)}", contact: a@example.org}}',
        "people:",
    ]
    lines += [f'  p-{n}: {{name: "{words(2, 5)}", note: "{words(4, 9)}"}}' for n in range(people)]
    lines += ["topics:", *(f'  topic-{n}: "{words(3, 8)}"' for n in range(topics)), "sources:"]
    lines += [
        f'  s-{n}: {{title: "{words(3, 12)}", publisher: "{words(1, 2)}", url: "https://example.org/{LONG}{n}", '
        f'published: 20{pick.randint(10, 25)}-Q{pick.randint(1, 4)}, event: "{words(2, 4)}"}}'
        for n in range(sources)
    ]
    lines.append("claims:")
    for number in range(claims):
        year = pick.randint(2024, 2033)
        lines += [
            f"  - id: c-{number}",
            f'    claim: "{words(5, 22)}"',
            f"    speaker: p-{pick.randrange(people)}",
            f"    said: {pick.choice(['2023-04-05', '2023-04', '2022-Q4', '2021/2022~'])}",
            f"    source: s-{pick.randrange(sources)}",
            f'    quote: "{words(6, 14)}"',
            f"    topics: [topic-{pick.randrange(topics)}]",
            f"    deadline: {pick.choice([f'{year}', f'{year}-Q3', f'{year}-06/{year + 1}-09~', 'none'])}",
            f'    criteria: "{words(9, 30)}"',
            f'    quantity: {{at_least: {pick.randint(1, 90)}000, unit: "{words(1, 2)}"}}',
            f"    observations: [{{date: 2024-01-02, value: {pick.randint(1, 99)}000}}]",
            f"    series: series-{number % max(claims // 12, 1)}",
        ]
        if pick.random() < 0.4:
            outcome = pick.choice(OUTCOMES)
            judged = "2023-05-01" if outcome == "withdrawn" else "2026-03-04"
            happened = ", happened: 2023-11" if outcome == "true" else ""
            note = words(4, 20)
            lines.append(f'    resolutions: [{{outcome: "{outcome}", judged: {judged}{happened}, note: "{note}"}}]')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in WORDS:
        for size in SIZES:
            (folder / f"{name}-{size}.yaml").write_text(ledger(name, size), encoding="utf-8")
