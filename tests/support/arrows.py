"""Which module of the program imports which."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "ledger"


def modules() -> dict[str, Path]:
    """Every module by its name inside the package: `loading.reading`; a room's own is its name."""
    found = {}
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def arrows() -> dict[str, set[str]]:
    """From a module to those it imports when it runs, inside functions too; what only types need is left out."""
    named = modules()
    return {name: set(_imports(path, named)) - {name} for name, path in named.items()}


def _imports(path: Path, named: Mapping[str, Path]) -> Iterator[str]:
    package = path.relative_to(SRC).parts[:-1]
    for node in _run(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module.split(".") if node.module else ())]
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                yield whole if whole in named else ".".join(base)


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree but those that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from _run(child)


def circles(graph: Mapping[str, set[str]]) -> list[set[str]]:
    """The groups of modules each of which leads back to all others of it; rooms' own names are no modules here."""
    reached = {name: _reached(name, graph) for name in graph}
    found: list[set[str]] = []
    for name in graph:
        circle = {other for other in reached[name] if name in reached[other]}
        if circle and circle not in found:
            found.append(circle)
    return found


def _reached(name: str, graph: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [*graph[name]]
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += graph.get(other, ())
    return found
