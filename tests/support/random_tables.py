"""Random tables of forecasts with everything in them that goes wrong, the same for every engine."""

from __future__ import annotations

import csv
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger.bulk.layout import BinSums, Job, Pair, Question, Reduced, Tally
from ledger.bulk.tables import tables_at

COLUMNS = ("claim", "by", "date", "probability", "outcome", "closes", "opens", "decided")


def random_rows(seed: int, most: int) -> list[dict[str, str]]:
    """A table as texts: `seed` decides how many questions, forecasters, updates and mistakes it has."""
    rng = random.Random(seed)
    n = rng.randint(1, most)
    questions, people = rng.randint(1, max(2, n // rng.choice((2, 5, 20)))), rng.randint(1, max(2, n // 10))
    facts = [_facts(rng) for _ in range(questions)]
    rows = []
    for _ in range(n):
        number = min(int(rng.random() ** 2 * questions), questions - 1)
        rows.append(
            {
                "claim": f"q{number}",
                "by": f"f{rng.randrange(people)}",
                "date": _date(rng, 2020),
                "probability": _probability(rng),
                **facts[number],
            }
        )
    for row in rng.sample(rows, n // 30):
        _spoil(rng, row)
    return rows + [dict(row) for row in rng.sample(rows, n // 40)]


def _facts(rng: random.Random) -> dict[str, str]:
    return {
        "outcome": rng.choice(("0", "1", "0", "1", "1.0", "")),
        "closes": rng.choice(("", "2020-11-01", "2020-12-24", "2021-01-01T00:00:00Z")),
        "opens": rng.choice(("", "", "2020-01-15", "2020-02-01T12:30:00+02:00")),
        "decided": rng.choice(("", "", "", "2020-10-10", "2020-09-09T09:09:09.000009Z")),
    }


def _date(rng: random.Random, year: int) -> str:
    day = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    if rng.random() < 0.5:
        return day
    clock = f"{rng.choice('T ')}{rng.randrange(24):02}:{rng.randrange(60):02}"
    clock += rng.choice(("", ":07", ":59.5", ":00.123456"))
    return day + clock + rng.choice(("", "Z", "+02:00", "-0330"))


def _probability(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.03:
        return rng.choice(("0", "1", "1.0", "0e0"))
    return f"{rng.random():.{rng.choice((1, 2, 2, 3, 15))}f}" if kind < 0.9 else repr(rng.random() ** 8)


def _spoil(rng: random.Random, row: dict[str, str]) -> None:
    column, value = rng.choice(
        (
            ("claim", ""),
            ("by", ""),
            ("date", "1.2.2020"),
            ("date", "2020-02-30"),
            ("date", "2020-02-03T25:00"),
            ("date", "2022-01-01"),
            ("probability", "70"),
            ("probability", "-0.1"),
            ("probability", "nan"),
            ("probability", "60%"),
            ("probability", "1_0"),
            ("probability", ""),
            ("outcome", "-1.0"),
            ("outcome", "yes"),
            ("outcome", "1"),
            ("closes", "soon"),
            ("closes", "2020-11-02"),
        )
    )
    row[column] = value


def write(rows: Sequence[dict[str, str]], folder: Path, form: str, files: int = 1) -> Path:
    """The rows as one table or several in a folder."""
    folder.mkdir(exist_ok=True)
    for number in range(files):
        own = rows[number::files]
        path = folder / f"part{number}.{form}"
        with path.open("w", newline="", encoding="utf-8") as file:
            if form == "jsonl":
                file.writelines(json.dumps({k: v for k, v in row.items() if v != ""}) + "\n" for row in own)
            else:
                table = csv.DictWriter(file, COLUMNS, delimiter="\t" if form == "tsv" else ",")
                table.writeheader()
                table.writerows(own)
    return folder


def job(folder: Path) -> Job:
    """What a folder of tables that stand alone is to be reduced to."""
    return Job(tables_at(str(folder)))


def ledger_job(folder: Path) -> Job:
    """The same tables about questions that a ledger knows."""
    questions = {
        f"q{number}": Question(
            ("scored", "open", "void", "filtered", "scored")[number % 5], number % 2, None, 1_600_000_000_000_000
        )
        for number in range(0, 400, 2)
    }
    tables = [
        table._replace(columns={own: name for own, name in table.columns.items() if own in COLUMNS[:4]})
        for table in tables_at(str(folder))
    ]
    return Job(tables, questions, until=1_590_000_000_000_000)


# --- holding one engine against another -----------------------------------------------------------------------


def same(one: Any, other: Any, scale: float = 1.0) -> bool:
    """Whether two numbers are equal to 1e-12 of their size, or of what they are the difference of."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12 * scale)


SCALES = (1.0, 1.0, 1.0, 100.0, 1.0, 1.0)


def assert_same(found: Reduced, wanted: Reduced) -> None:
    """All counts equal, all numbers equal to a relative 1e-12."""
    assert found._replace(brier=None, tallies=()) == wanted._replace(brier=None, tallies=())
    assert same(found.brier, wanted.brier)
    assert [_counts(tally) for tally in found.tallies] == [_counts(tally) for tally in wanted.tallies]
    for ours, theirs in zip(found.tallies, wanted.tallies, strict=True):
        for scale, one, other in zip(SCALES, ours.moments, theirs.moments, strict=True):
            assert one.n == other.n
            assert same(one.mean, other.mean, scale), (ours.name, one, other)
            assert same(one.variance, other.variance, scale * scale), (ours.name, one, other)


def _counts(tally: Tally) -> tuple[object, ...]:
    return tally[:-1]


def assert_same_bins(found: list[BinSums], wanted: list[BinSums]) -> None:
    """The same bins with the same counts and sums."""
    assert [(*row[:5], *row[6:]) for row in found] == [(*row[:5], *row[6:]) for row in wanted]
    assert all(same(one.stated, other.stated) for one, other in zip(found, wanted, strict=True))


def assert_same_pairs(found: list[Pair], wanted: list[Pair]) -> None:
    """The same questions in the same order with the same values."""
    assert [row[:2] for row in found] == [row[:2] for row in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert same(one.first, other.first, 100) and same(one.second, other.second, 100)
