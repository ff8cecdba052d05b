"""No name of a module is kept alive by tests alone, or by nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parent.parent / "src"
# Found by their names: the commands, what a registry imports, and what other programs do.
BY_NAME = {
    ("ledger.cli.*", "COMMANDS"),
    ("ledger.intake.platforms.*", "read"),
    ("ledger.render.export.*", "document"),
    ("ledger.render.problems.*", "as_*"),
}
LIBRARY = {
    ("ledger.words", "find"),  # described in docs/words.md
    ("ledger.scoring.forecasters", "peer_scores"),  # one question: what the sums over all are held against
    ("ledger.scoring.forecasters", "relative_briers"),
    ("ledger.cli.manual", "page"),  # written out by tests/make_pages.py
    ("ledger.cli.manual", "whole"),
    ("ledger.render.manual.page_roff", "as_roff"),
    ("ledger.loading.composer", "uses_libyaml"),  # which parser reads is a fact of the installation that tests ask for
}
_CALLING = ("command", "writes", "start_of")


def modules() -> dict[str, tuple[ast.Module, bool]]:
    found = {}
    for path in sorted((SRC / "ledger").rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        found[".".join(parts[:-1] if is_package else parts)] = ast.parse(path.read_text(encoding="utf-8")), is_package
    return found


def defined(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives itself, but for commands, which are called by their decorator."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not any(ast.unparse(one).startswith(_CALLING) for one in node.decorator_list):
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def used(name: str, tree: ast.Module, *, is_package: bool, known: set[str]) -> Iterator[tuple[str, str]]:
    """Module and name of everything that a module reads, of its own or of another one."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            parents = name.split(".")[: len(name.split(".")) - node.level + is_package]
            source = ".".join([*(parents if node.level else []), *([node.module] if node.module else [])])
            for one in node.names:
                yield source, one.name
                aliases[one.asname or one.name] = f"{source}.{one.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield name, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = aliases.get(node.value.id, "")
            if module in known:
                yield module, node.attr


def test_every_name_is_used_by_the_program() -> None:
    found = modules()
    reached = {
        one
        for name, (tree, is_package) in found.items()
        for one in used(name, tree, is_package=is_package, known=set(found))
    }
    dead = [
        f"{module}.{name}"
        for module, (tree, _) in found.items()
        for name in defined(tree)
        if (module, name) not in reached | LIBRARY
        and not name.startswith("__")
        and not any(_fits(module, where) and _fits(name, what) for where, what in BY_NAME)
    ]
    assert dead == []


def _fits(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
