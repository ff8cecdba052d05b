"""Imports point down the list of docs/decisions.md, and starting the program loads nothing it does not need."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import ForwardRef

import pytest

from support.arrows import arrows, circles

SRC = Path(__file__).parent.parent / "src" / "ledger"
LAYERS = {
    "problems": 0, "errors": 0, "text": 0, "numbers": 0,
    "fields": 1, "model": 1, "facts": 1, "periods": 1, "days": 1, "origin": 1,
    "status": 2, "query": 2, "columns": 2, "judging": 2, "checks": 2, "scoring": 2, "charts": 2, "schema": 2,
    "words": 2,
    "loading": 3, "edit": 3, "files": 3,
    "workspace": 4, "history": 4, "cache": 4,
    "bulk": 5, "results": 5, "writing": 5, "intake": 5,
    "render": 6, "site": 6,
    "editor": 7, "agents": 7, "cli": 7, "notebook": 7,
    "__main__": 8, "__init__": -1,
}  # fmt: skip
MAY_IMPORT = {
    "typer": {"cli/lazy"},
    "rich": {"render/terminal"},
    "jinja2": {"site"},
    "yaml": {"loading", "edit"},
    "trafilatura": {"intake/scan"},
    "pypdf": {"intake/scan"},
    "pygls": {"editor/server"},
    "lsprotocol": {"editor/server"},
    "mcp": {"agents/server"},
    "duckdb": set(),  # extras are imported by name through bulk/installed
    "polars": set(),
    "narwhals": set(),
    "pyspark": set(),
}


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, relative ones resolved."""
    package = ["ledger", *path.relative_to(SRC).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ([module] if node.module else [f"{module}.{alias.name}" for alias in node.names])


FILES = sorted(SRC.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_imports_point_down(path: Path) -> None:
    own = path.relative_to(SRC).with_suffix("").parts
    if own == ("__init__",):
        assert not arrows()[""]
        return
    layer = LAYERS[own[0]]
    for name in imports(path):
        if name.split(".")[0] == "ledger" and room(name) not in ("__init__", "__version__"):
            assert LAYERS[room(name)] <= layer, f"{'/'.join(own)} imports {name}, which is above it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_third_parties_stay_in_their_rooms(path: Path) -> None:
    own = path.relative_to(SRC).with_suffix("").as_posix()
    for name in imports(path):
        rooms = MAY_IMPORT.get(name.split(".")[0])
        assert rooms is None or any(own == of or own.startswith(of + "/") for of in rooms), f"{own} imports {name}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(arrows()) == []


def test_no_class_is_named_as_another() -> None:
    """Who finds a name knows the one thing it means; what two rooms share is imported by one of them."""
    homes: dict[str, list[str]] = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(path.relative_to(SRC).as_posix())
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    long = {path.relative_to(SRC).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in long.items() if lines >= 400} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))
def test_moments_are_counted_in_one_module(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.name == "days.py" or not any(
        sign in text for sign in ("1970, 1, 1", "86_400_000", "86400000", "719_163", "719163")
    )


def loaded(*args: str) -> set[str]:
    """The top-level modules in memory after a run of the program."""
    code = (
        "import sys; sys.argv[0] = 'ledger'\nfrom ledger.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write('\\n'.join(sorted({m.split('.')[0] for m in sys.modules})))"
    )
    ran = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True, timeout=60)
    return set(ran.stderr.splitlines())


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("list", "--help")], ids=" ".join)
def test_starting_is_light(args: tuple[str, ...]) -> None:
    found = loaded(*args)
    if "--help" in args[1:]:
        found -= {"pydantic"}  # Typer's own, from 0.29 on: for the lines that it reads, not for those of the front door
    assert not found & {
        "rich",
        "yaml",
        "dateutil",
        "pydantic",
        "jinja2",
        "sqlite3",
        "statistics",
        "tomllib",
        "pygls",
        "mcp",
    }


def test_a_plain_list_needs_no_rich(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("ledger: 1\n")
    assert not loaded("list", "-f", str(path)) & {"rich", "dateutil", "pydantic", "statistics", "jinja2"}


def test_a_warm_start_needs_no_pathlib() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(SRC.parent)!r})\n"
        "import ledger.cli.list, ledger.workspace, ledger.cache.opening, ledger.cache.lazy, ledger.cache.rowfile\n"
        "print('pathlib' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == "False\n"


def test_the_library_imports_nothing() -> None:
    code = "import sys, ledger; print(*[m for m in sys.modules if m.startswith('ledger')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == ["ledger"]


def test_the_library_loads_checks_and_scores(tmp_path: Path) -> None:
    import ledger

    path = tmp_path / "claims.yaml"
    path.write_text(
        "ledger: 1\npeople: {a: {name: A}}\nsources: {s: {title: S}}\nclaims:\n"
        "  - {id: x, claim: C., speaker: a, said: 2020, source: s, deadline: 2021, criteria: c}\n"
    )
    for _ in range(2):  # the second time nothing may have taken a name's place
        found = ledger.load(path)
        assert [claim.id for claim in found.claims] == ["x"]
        assert [problem.code for problem in ledger.check(found, day=date(2022, 1, 1))] == ["overdue"]
        assert ledger.score(found, day=date(2022, 1, 1)).account.overdue == 1


def test_every_name_of_the_library_is_there() -> None:
    import ledger

    for name in ledger.__all__:
        assert getattr(ledger, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        ledger.nothing  # noqa: B018


def test_the_first_line_of_help_loads_no_ledger_code() -> None:
    code = (
        "import sys; sys.argv[:] = ['ledger', '--version']\nfrom ledger.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join(sorted(m for m in sys.modules if m.startswith('ledger'))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "ledger.cli.lazy" not in ran.stderr.split()
    assert not set(ran.stderr.split()) & {"ledger.workspace", "ledger.model", "ledger.query", "ledger.loading"}


@pytest.mark.parametrize(
    "name",
    ["model", "facts", "periods", "problems", "fields", "query", "status", "columns", "judging", "results.list"]
    + [f"cli.{name}" for name in ("options", "declare", "commands", "shared", "certain")]
    + [f"loading.{name}" for name in ("pieces", "claims", "head", "plain", "reading", "assembly")],
)
def test_records_of_the_start_have_types_not_texts(name: str) -> None:
    """NamedTuple compiles each annotation that is a text, as all are under `from __future__ import annotations`."""
    module = import_module(f"ledger.{name}")
    records = [it for it in vars(module).values() if isinstance(it, type) and it.__module__ == module.__name__]
    kinds = [kind for it in records if hasattr(it, "_fields") for kind in it.__annotations__.values()]
    assert kinds and not any(isinstance(kind, ForwardRef) for kind in kinds)
