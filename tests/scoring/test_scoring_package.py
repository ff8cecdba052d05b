"""The package as its users meet it: names, docstrings with examples that run, nothing imported, words."""

from __future__ import annotations

import ast
import dataclasses
import doctest
import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import ledger.scoring
from ledger.scoring.lexicon import Band, Lexicon
from ledger.scoring.meaning import MEANINGS, Meaning

FOLDER = Path(ledger.scoring.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
FUNCTIONS: dict[str, FunctionType] = {
    name: value for name in ledger.scoring.__all__ if isinstance(value := getattr(ledger.scoring, name), FunctionType)
}
PROMISED = {
    "brier_score": "probabilities outcomes counts=None",
    "log_score": "probabilities outcomes counts=None",
    "brier_skill": "probabilities outcomes base_rate=0.5 counts=None",
    "murphy": "probabilities outcomes edges=None counts=None",
    "corp": "probabilities outcomes score='brier' counts=None",
    "corp_null": "probabilities counts=None draws=1000 seed=0",
    "wilson": "hits n level=0.95 effective=None",
    "jeffreys": "hits n level=0.95 effective=None",
    "hits_probability": "probabilities hits counts=None",
    "sign_test": "below n",
    "binomial_test": "hits n p",
    "interval_score": "low high value level log=False",
    "time_weighted_brier": "stated outcome start end resolved=None",
    "kaplan_meier": "durations events entries=None counts=None",
}


@pytest.mark.parametrize("name", PROMISED)
def test_promised_signatures(name: str) -> None:
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    shown = [p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in parameters]
    assert " ".join(shown) == PROMISED[name]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_is_by_keyword(name: str) -> None:
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    assert {p.kind for p in parameters} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("part", ["Formula:", "Range:|range:", "Raises:", "Reference:", ">>> "])
def test_every_score_is_a_specification(name: str, part: str) -> None:
    doc = inspect.getdoc(FUNCTIONS[name]) or ""
    assert any(alternative in doc for alternative in part.split("|"))


@pytest.mark.parametrize("module", MODULES)
def test_worked_examples_run(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"ledger.scoring.{module}"))
    assert result.failed == 0
    if module not in ("_arrays", "_inputs", "_beta", "meaning"):
        assert result.attempted > 0


def test_exports_are_complete_and_sorted_by_name() -> None:
    assert len(set(ledger.scoring.__all__)) == len(ledger.scoring.__all__)
    assert set(PROMISED) <= set(FUNCTIONS)
    for name in ledger.scoring.__all__:
        assert hasattr(ledger.scoring, name)


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_only_the_standard_library_and_itself(module: str) -> None:
    """Layer 2: scores know nothing of claims, files or clocks."""
    for node in ast.walk(ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            assert name.startswith("ledger.scoring") or name.split(".")[0] in sys.stdlib_module_names
            # _arrays asks whether somebody has loaded numpy
            assert name not in {"os", "io", "pathlib", "time", *(() if module == "_arrays" else ("sys",))}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input"}


def test_importing_it_loads_nothing_slow() -> None:
    code = "import sys, ledger.scoring; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    slow = {"statistics", "random", "fractions", "decimal", "yaml", "rich", "typer", "dateutil", "numpy"}
    assert not loaded & slow
    assert "ledger.scoring.lexicon" not in loaded


# --- the sentences beside the numbers ------------------------------------------------------------

NAMED = (
    "rate interval bounds lenient brier log_score skill reliability miscalibration discrimination uncertainty "
    "hits_probability share_inside delivered log_ratio sign_test median_stretch on_time_by_survival recession "
    "hindsight selection"
)


def test_every_number_shown_has_a_meaning() -> None:
    assert set(NAMED.split()) <= set(MEANINGS)
    assert all(name == meaning.name for name, meaning in MEANINGS.items())


@pytest.mark.parametrize("name", MEANINGS)
def test_a_meaning_says_what_it_means_and_what_it_does_not(name: str) -> None:
    meaning = MEANINGS[name]
    assert meaning.formula
    assert meaning.reference
    for text in (meaning.sentence, meaning.says_not):
        assert text[0].isupper() or text[0] == '"'
        assert text.endswith(".")
        assert "  " not in text
        assert 20 < len(text) < 220
    assert any(word in meaning.says_not for word in ("not", "only", "nothing", "no ", "nobody", "none", "little"))


def test_meanings_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        MEANINGS["mine"] = MEANINGS["rate"]  # type: ignore[index]


RESULTS: list[Any] = [Meaning, Band, Lexicon]
RESULTS += [value for name in ledger.scoring.__all__ if isinstance(value := getattr(ledger.scoring, name), type)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: str(result.__name__))
def test_results_are_small_and_frozen(result: Any) -> None:
    assert result.__dataclass_params__.frozen
    assert "__dict__" not in dir(result)
    assert result.__slots__ == tuple(field.name for field in dataclasses.fields(result))
