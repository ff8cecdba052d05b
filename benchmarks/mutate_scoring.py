"""Plant one error at a time in a copy of ledger.scoring and run its tests: do they notice? (`make mutate`)

Prints every mutant that survives, with its line, and exits 1 if there is one: look whether it is harmless
(a tolerance, a loop bound, a shortcut) or a test is missing. The working tree is never touched. Takes minutes;
`--minutes` bounds it, `--sample` thins it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
PACKAGE = Path("src/ledger/scoring")
TESTS = Path("tests/scoring")
DATA_ONLY = {"__init__", "meaning", "lexicon"}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """A module with one planted error: what was changed, where, and the changed source."""

    module: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}: {self.before}  ->  {self.after}"


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the wrong nodes that may stand in the place of a right one."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        yield ast.Compare(node.left, [COMPARISONS[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            if type(operator) in COMPARISONS:
                ops = [*node.ops[:i], COMPARISONS[type(operator)](), *node.ops[i + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Yield (parent, field, index, node) of every node."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for i, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST):
                    yield parent, field, i, node


def annotations(tree: ast.AST) -> set[int]:
    """Return the identities of all nodes inside annotations."""
    roots = [
        value
        for parent in ast.walk(tree)
        for field, value in ast.iter_fields(parent)
        if field in {"annotation", "returns"} and isinstance(value, ast.AST)
    ]
    return {id(node) for root in roots for node in ast.walk(root)}


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    tree = ast.parse(source)
    types = annotations(tree)
    for parent, field, i, node in list(places(tree)):
        if id(node) in types or (isinstance(parent, ast.keyword) and parent.arg == "strict"):
            continue  # lengths are checked at the door: strict= only asserts it again
        for wrong in replacements(node):
            value = getattr(parent, field)
            original = copy.copy(value) if i is not None else value
            if i is None:
                setattr(parent, field, wrong)
            else:
                value[i] = wrong
            changed = ast.unparse(ast.fix_missing_locations(tree))
            setattr(parent, field, original)
            yield Mutant(module, getattr(node, "lineno", 0), ast.unparse(node), ast.unparse(wrong), changed)


def killed(copy_of: Path, mutant: Mutant, original: str) -> bool:
    """Whether the tests fail on the mutant; one that hangs is noticed too."""
    path = copy_of / PACKAGE / f"{mutant.module}.py"
    path.write_text(mutant.source, encoding="utf-8")
    files = sorted((copy_of / TESTS).glob("test_*.py"))
    files.sort(key=lambda file: (mutant.module not in file.stem, "reference" not in file.stem, "speed" in file.stem))
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *map(str, files)]
    environment = os.environ | {"PYTHONPATH": str(copy_of / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(command, cwd=copy_of, env=environment, capture_output=True, timeout=90, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(original, encoding="utf-8")
    return run.returncode != 0


def main(arguments: list[str] | None = None) -> int:
    """Run the mutants and report those that survive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", help="modules of ledger.scoring (default: all with formulas)")
    parser.add_argument("--minutes", type=float, default=20, help="stop after so long")
    parser.add_argument("--sample", type=float, default=1, help="share of the mutants to run, drawn with --seed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    random, stop = Random(options.seed).random, time.monotonic() + 60 * options.minutes
    names = options.modules or sorted(p.stem for p in (ROOT / PACKAGE).glob("*.py") if p.stem not in DATA_ONLY)
    run = survived = left_out = 0
    with tempfile.TemporaryDirectory() as folder:
        copy_of = Path(folder)
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "src", copy_of / "src", ignore=skip)
        shutil.copytree(ROOT / TESTS, copy_of / TESTS, ignore=skip)
        shutil.copy(ROOT / "pyproject.toml", copy_of)
        for name in names:
            source = (ROOT / PACKAGE / f"{name}.py").read_text(encoding="utf-8")
            for mutant in mutants(name, source):
                if random() >= options.sample or time.monotonic() > stop:
                    left_out += 1
                    continue
                run += 1
                if not killed(copy_of, mutant, source):
                    survived += 1
                    print(f"survived  {mutant}", flush=True)
    print(f"{run} mutants, {run - survived} noticed, {survived} survived, {left_out} not run")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
