"""Names that nothing declares, claims that are not there, and circles of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model import Ledger, uses
from ..problems import Path, Problem, problem
from ..text import did_you_mean
from . import limits
from .places import locate

_Edges = Mapping[str, tuple[str, ...]]


def references(ledger: Ledger, declared: Mapping[str, set[str]], lost: set[str], *, partial: bool) -> Iterator[Problem]:
    """What is wrong with the names that claims use.

    `declared` has the names by table, but for tables that could not be read; `lost` are claims that could not
    be; `partial` says that a file is missing, with claims that nobody knows.
    """
    nearest = _Nearest({**declared, "claims": {*(fact.id for fact in ledger.facts), *lost}})
    for number, claim in enumerate(ledger.claims):
        for path, table, name in uses(claim):
            if table == "claims":
                if not partial and name not in nearest.names[table]:
                    hint = nearest.to(name, table) or "remove it, or enter that claim"
                    yield _found("dangling-reference", f"there is no claim {name}", ledger, number, path, hint)
            elif table in declared and name not in declared[table]:
                hint = nearest.to(name, table) or f"add {name} to {table}"
                yield _found("undeclared", f"{name} is not declared in {table}", ledger, number, path, hint)
    yield from _circles(ledger)


class _Nearest:
    """Near names, each sought once and not too many, for that is slow among thousands."""

    def __init__(self, names: Mapping[str, set[str]]) -> None:
        self.names = names
        self._known: dict[tuple[str, str], str] = {}

    def to(self, name: str, table: str) -> str:
        """The question whether a near name is meant; empty where none is."""
        key = name, table
        if key not in self._known:
            sought = len(self._known) * len(self.names[table]) < limits.COMPARED
            self._known[key] = did_you_mean(name[:80], sorted(self.names[table])) if sought else ""
        return self._known[key]


def _found(code: str, message: str, ledger: Ledger, number: int, path: Path, hint: str) -> Problem:
    place = locate(ledger.texts, ledger.spots[number], path)
    return problem(code, message, place, hint=hint, claim=ledger.facts[number].id)


def _circles(ledger: Ledger) -> Iterator[Problem]:
    """One problem for each circle, at its first claim in the order of the file."""
    revises: _Edges = {claim.id: (claim.revises,) for claim in ledger.claims if claim.revises}
    depends: _Edges = {claim.id: claim.depends_on for claim in ledger.claims if claim.depends_on}
    for key, edges in (("revises", revises), ("depends_on", depends)):
        found = knots(edges)
        numbers = {fact.id: number for number, fact in enumerate(ledger.facts)} if found else {}
        for knot in found:
            first = min(knot, key=numbers.__getitem__)
            way = _way_back(edges, first, knot)
            shown = way if len(way) <= 6 else [*way[:4], "…", way[-1]]
            message = f"claims refer to each other in a circle by {key}: {' -> '.join(shown)}"
            yield _found("reference-cycle", message, ledger, numbers[first], (key,), "take one step of it out")


def _way_back(edges: _Edges, start: str, knot: set[str]) -> list[str]:
    """A shortest way from a claim back to itself."""
    before: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for target in edges.get(name, ()):
            if target == start:
                way = [start]
                while name != start:
                    way.append(name)
                    name = before[name]  # noqa: PLW2901
                return [start, *reversed(way)]
            if target in knot and target not in before:
                before[target] = name
                waiting.append(target)
    return [start]


def knots(edges: _Edges) -> list[set[str]]:
    """The sets of names that reach each other (Tarjan's strongly connected components that hold a circle)."""
    return list(_Tarjan(edges).knots(edges))


class _Tarjan:
    """Tarjan's algorithm without recursion: chains of claims may be long."""

    def __init__(self, edges: _Edges) -> None:
        self.edges = edges
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.stack: list[str] = []
        self.open: set[str] = set()

    def knots(self, roots: Iterable[str]) -> Iterator[set[str]]:
        for root in roots:
            if root not in self.index:
                yield from self._from(root)

    def _from(self, root: str) -> Iterator[set[str]]:
        path = [self._enter(root)]
        while path:
            name, targets = path[-1]
            target = next(targets, None)
            if target is None:
                path.pop()
                if path:
                    parent = path[-1][0]
                    self.low[parent] = min(self.low[parent], self.low[name])
                if self.low[name] == self.index[name]:
                    yield from self._close(name)
            elif target not in self.index:
                path.append(self._enter(target))
            elif target in self.open:
                self.low[name] = min(self.low[name], self.index[target])

    def _enter(self, name: str) -> tuple[str, Iterator[str]]:
        self.index[name] = self.low[name] = len(self.index)
        self.stack.append(name)
        self.open.add(name)
        return name, iter(self.edges.get(name, ()))

    def _close(self, name: str) -> Iterator[set[str]]:
        knot: set[str] = set()
        while name not in knot:
            knot.add(self.stack.pop())
        self.open -= knot
        if len(knot) > 1 or name in self.edges.get(name, ()):
            yield knot
