"""The rules of scoring told once more, from the written claims alone and in the slowest way, to compare with."""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

Claim = dict[str, Any]
Z = 1.959963984540054


# --- hard ledgers -------------------------------------------------------------------------------------------------


def hard_claims(random: Random) -> list[Claim]:
    """Up to 14 claims with all that is allowed to meet in one ledger."""
    claims: list[Claim] = []
    judged = random.random() < 0.3  # most of them past their deadlines, with a verdict and a probability
    for number in range(2 + int(13 * random.random())):
        claims.append(_claim(random, number, claims, judged=judged))
    return claims


def _claim(random: Random, number: int, before: list[Claim], *, judged: bool) -> Claim:
    def some(*values: Any) -> Any:
        return values[int(len(values) * random.random())]

    claim: Claim = {"id": f"c{number}", "claim": "It comes.", "speaker": some("ada", "bob"), "source": "times"}
    claim["said"] = some("2020-01-15", "2021-03", "2021", "2021-06-30", "unknown", "2022-02-01")
    claim["deadline"] = some("2022-06-30", "2022", "2023", "2021", "2023-Q2", "2022-02-01", "none", "2027")
    if claim["deadline"] != "none" and random.random() < 0.25:
        claim["deadline_latest"] = some("2028", "2027-12-31")
    if claim["deadline"] not in ("none", "2027") and random.random() < 0.2:
        claim["known_by"] = some("2024-03", "2026")
    _maybe(random, claim, "window", 0.2, "during")
    _maybe(random, claim, "kind", 0.3, some("target", "possibility", "statement", "prediction"))
    _maybe(random, claim, "wording", 0.1, "implied")
    _maybe(random, claim, "series", 0.4, some("one", "two"))
    _maybe(random, claim, "probability", 0.5, some("33.3%", 0.333, 0.9, "100%", 0, 0.5, "66.6%"))
    _maybe(random, claim, "added", 0.6, some("2021-07-01", "2024-01-01"))
    _maybe(random, claim, "checked", 0.4, some("2021-12-01", "2023-08-01", "2024-05-05"))
    if random.random() < 0.2:
        claim["observations"] = [{"date": "2022-03-03", "value": 1}, {"date": some("2023-02-02", "2024-04-04")}]
        claim["observations"][1]["note"] = "Seen."
    if random.random() < 0.3:
        claim["quantity"] = {"at_least": some(10, 20), "unit": some("t", "kt")}
    if before and random.random() < 0.3:
        old = some(*before)
        claim["revises"] = old["id"]
        claim.pop("series", None)
        if "series" in old:
            claim["series"] = old["series"]
        for key in ("deadline", "deadline_latest", "window", "quantity"):
            if random.random() < 0.7:
                claim.pop(key, None) if key not in old else claim.__setitem__(key, old[key])
        if claim["deadline"] == "none":
            claim.pop("deadline_latest", None), claim.pop("known_by", None)
        elif "known_by" in claim and claim["deadline"] == "2027":
            del claim["known_by"]
    claim["resolutions"] = [_judgement(random, claim) for _ in range(int(2.3 * random.random()))]
    if judged:
        claim["deadline"] = some("2022-06-30", "2022", "2021")
        claim["probability"] = some("33.3%", 0.333, 0.9, 0.5)
        claim["resolutions"].append({"outcome": some(True, False, False), "judged": "2024-06-01", "note": "n"})
        for key in ("kind", "wording", "deadline_latest", "known_by"):
            claim.pop(key, None)
    claim["resolutions"].sort(key=lambda one: one["judged"])
    return claim


def _maybe(random: Random, claim: Claim, key: str, chance: float, value: Any) -> None:
    if random.random() < chance:
        claim[key] = value


def _judgement(random: Random, claim: Claim) -> Claim:
    outcomes = ["true", "false", "partly", "ambiguous", "annulled", "reopened", "true", "false"]
    if claim.get("kind") != "statement":
        outcomes.append("withdrawn")
    outcome = outcomes[int(len(outcomes) * random.random())]
    judged = ("2021-11-11", "2023-01-05", "2024-02-02", "2023-07-10")[int(4 * random.random())]
    told = outcome == "true" if outcome in ("true", "false") else outcome
    found: Claim = {"outcome": told, "judged": judged, "note": "n"}
    if outcome == "true" and random.random() < 0.6:
        found["happened"] = ("2021-08-08", "2022-09-09", "2020-02-02")[int(3 * random.random())]
    return found


# --- the rules ----------------------------------------------------------------------------------------------------


def days(text: Any) -> tuple[int, int] | None:
    """First and last day of a period."""
    text = str(text)
    if text in ("none", "unknown"):
        return None
    if len(text) == 10:
        return (date.fromisoformat(text).toordinal(),) * 2
    year = int(text[:4])
    if "Q" in text:
        first, last = int(text[6]) * 3 - 2, int(text[6]) * 3
    else:
        first, last = (1, 12) if len(text) == 4 else (int(text[5:]),) * 2
    return date(year, first, 1).toordinal(), date(year, last, calendar.monthrange(year, last)[1]).toordinal()


class Oracle:
    """A list of claims on a day."""

    def __init__(self, claims: list[Claim], day: date) -> None:
        self.day = day.toordinal()
        self.by_id = {claim["id"]: claim for claim in claims}
        self.known = [c for c in claims if days(c["said"]) is None or days(c["said"])[0] <= self.day]  # type: ignore[index]
        self.cluster = self._clusters()

    def _clusters(self) -> dict[str, frozenset[str]]:
        """Everything reachable through a series or a revision that was known, from each claim."""
        near: dict[str, set[str]] = defaultdict(set)
        for claim in self.by_id.values():
            for other in self.by_id.values():
                same = claim.get("series") is not None and claim.get("series") == other.get("series")
                if same or (claim in self.known and claim.get("revises") == other["id"]):
                    near[claim["id"]].add(other["id"])
                    near[other["id"]].add(claim["id"])
        found = {}
        for name in self.by_id:
            reached, waiting = {name}, [name]
            while waiting:
                fresh = near[waiting.pop()] - reached
                reached |= fresh
                waiting += fresh
            found[name] = frozenset(reached)
        return found

    def verdict(self, claim: Claim) -> Claim | None:
        """The last judgement by the day, where it decides something."""
        made = [one for one in claim["resolutions"] if days(one["judged"])[1] <= self.day]  # type: ignore[index]
        return None if not made or made[-1]["outcome"] == "reopened" else made[-1]

    def last_day(self, claim: Claim) -> int | None:
        found = days(claim["deadline"])
        return found[1] if found else None

    def status(self, claim: Claim) -> str:
        found, last = self.verdict(claim), self.last_day(claim)
        if found is None:
            return "none"
        outcome = found["outcome"]
        if outcome in ("ambiguous", "annulled"):
            return "void"
        if outcome is True:
            happened = days(found["happened"])[0] if "happened" in found else None  # type: ignore[index]
            return "late" if last is not None and happened is not None and happened > last else "hit"
        return "miss" if outcome is False else str(outcome)

    def account(self, claim: Claim) -> str:
        old = self.by_id.get(claim.get("revises", ""))
        restates = old is not None and _scored_by(old) == _scored_by(claim)
        if claim.get("kind") in ("statement", "possibility") or claim.get("wording") == "implied" or restates:
            return "unscored"
        last, status = self.last_day(claim), self.status(claim)
        if status == "void":
            return "void"
        if last is None:
            return "undated"
        if last >= self.day:
            return "open"
        if status != "none":
            return "scored"
        known_by = days(claim.get("known_by", "none"))
        return "awaiting" if known_by is not None and known_by[1] >= self.day else "overdue"

    def scored(self) -> list[Claim]:
        return [claim for claim in self.known if self.account(claim) == "scored"]

    def n_eff(self, claims: list[Claim]) -> Fraction | int | None:
        """Effective number, in exact fractions."""
        hits = [self.status(claim) == "hit" for claim in claims]
        n, groups = len(claims), defaultdict(list)
        for claim, hit in zip(claims, hits, strict=True):
            groups[self.cluster[claim["id"]]].append(hit)
        if not n:
            return None
        if len(groups) == n:
            return n
        if len(groups) == 1 or sum(hits) in (0, n):
            return len(groups)
        p = Fraction(sum(hits), n)
        off = [(sum(of) - len(of) * p) / (1 - Fraction(len(of), n)) for of in groups.values()]
        variance = Fraction(len(groups) - 1, len(groups)) * sum(one * one for one in off) / n**2
        return min(Fraction(n), max(Fraction(1), p * (1 - p) / variance)) if variance else n

    def interval(self, claims: list[Claim]) -> tuple[float, float] | None:
        n = self.n_eff(claims)
        if n is None:
            return None
        p, m = sum(self.status(claim) == "hit" for claim in claims) / len(claims), float(n)
        middle, half = p + Z * Z / (2 * m), Z * math.sqrt(p * (1 - p) / m + Z * Z / (4 * m * m))
        return (middle - half) / (1 + Z * Z / m), (middle + half) / (1 + Z * Z / m)

    def lenient(self) -> float | None:
        read = good = 0
        for claim in self.scored():
            latest, status, last = days(claim.get("deadline_latest", "none")), self.status(claim), self.last_day(claim)
            if status == "withdrawn" or (latest is not None and latest[1] >= self.day):
                continue
            read += 1
            happened = (self.verdict(claim) or {}).get("happened")
            in_latest = status == "late" and latest is not None and days(happened)[1] <= latest[1]  # type: ignore[index]
            good += status in ("hit", "partly") or in_latest
            assert last is not None
        return good / read if read else None

    def hindsight(self) -> int | None:
        seen = 0
        for claim in self.scored():
            found = self.verdict(claim) or {}
            if "added" not in claim:
                return None
            added = days(claim["added"])[1]  # type: ignore[index]
            ends = [days(found["judged"])[1], self.last_day(claim)]  # type: ignore[index]
            ends += [days(found["happened"])[1]] if "happened" in found else []  # type: ignore[index]
            seen += any(added > end for end in ends if end is not None)
        return seen

    def stated(self) -> list[tuple[Fraction, bool]]:
        return [(_share(c["probability"]), self.status(c) == "hit") for c in self.scored() if "probability" in c]

    def drawn(self) -> list[tuple[Fraction, bool]]:
        """Of each cluster the claim with a probability that was said first."""
        chosen: dict[frozenset[str], Claim] = {}
        claims = [claim for claim in self.scored() if "probability" in claim]
        for claim in sorted(claims, key=lambda c: ((days(c["said"]) or (0, 0))[1], self.last_day(c), c["id"])):
            chosen.setdefault(self.cluster[claim["id"]], claim)
        return [(_share(c["probability"]), self.status(c) == "hit") for c in chosen.values()]

    # --- when it came ---------------------------------------------------------------------------------------------

    def times(self) -> dict[str, tuple[Fraction, Fraction | None]]:
        """Stretch of each claim that may come late: earliest and latest, or last look and None."""
        found = {}
        for claim in self.known:
            last, said = self.last_day(claim), days(claim["said"])
            if claim.get("window") == "during" or last is None or said is None or not self._timed(claim):
                continue
            start = said[1] if said[1] < last else said[0]
            if start < last:
                low, high = self._event(claim, said[0], last)
                promised = last - start
                late = None if high is None else Fraction(max(0, high - start), promised)
                early = Fraction(max(0, low - start), promised) if low is not None else Fraction(0)
                found[claim["id"]] = (min(early, late) if late is not None else early, late)
        return found

    def _timed(self, claim: Claim) -> bool:
        account = self.account(claim)
        annulled = account == "void" and (self.verdict(claim) or {}).get("outcome") == "annulled"
        return account in ("scored", "overdue", "awaiting", "open") or annulled

    def _event(self, claim: Claim, first: int, last: int) -> tuple[int | None, int | None]:
        verdict, status = self.verdict(claim), self.status(claim)
        looks = [days(one["judged"])[1] for one in claim["resolutions"] if one["outcome"] in (False, "partly")]  # type: ignore[index]
        looks += [days(claim["checked"])[1]] if "checked" in claim else []  # type: ignore[index]
        looks += [days(one["date"])[1] for one in claim.get("observations", [])]  # type: ignore[index]
        looks = [look for look in looks if look <= self.day]
        if status in ("hit", "late") and verdict is not None:
            if "happened" in verdict:
                happened = days(verdict["happened"])
                assert happened is not None
                return min(max(happened[0], first), happened[1]), happened[1]
            by = min(days(verdict["judged"])[1], last)  # type: ignore[index]
            return max([first, *(look + 1 for look in looks if look < by)]), by
        if status == "void" and verdict is not None:
            return days(verdict["judged"])[1], None  # type: ignore[index]
        if status in ("miss", "withdrawn"):
            return max([last, *looks]), None
        return max(looks, default=None), None


def _share(value: Any) -> Fraction:
    text = str(value)
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def _scored_by(claim: Claim) -> list[Any]:
    """What a revision has to change to be a claim of its own: deadline, latest reading, window, bound with unit."""
    quantity = claim.get("quantity", {})
    return [days(claim["deadline"]), claim.get("deadline_latest"), claim.get("window", "by"), quantity]
