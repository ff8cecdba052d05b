"""Every kind of fault names tests that are there."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
KINDS: dict[str, tuple[str, ...]] = runpy.run_path(str(ROOT / "kinds.py"))["KINDS"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_tests_of_a_kind_are_there(kind: str) -> None:
    for test in KINDS[kind]:
        file, _, name = test.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in defined if name else any(one.startswith("test_") for one in defined)
