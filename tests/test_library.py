"""The library as a user meets it: built as a wheel, typed, and with every name it promises."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import ledger

ROOT = Path(__file__).parents[1]
SCRIPT = """\
import ledger
late: list[str] = [claim.id for claim in ledger.load("claims.yaml").claims if claim.deadline is not None]
wrong: int = ledger.load("claims.yaml").title  # type: ignore[assignment]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """What is installed, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(built, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_has_all_that_runs(wheel: zipfile.ZipFile) -> None:
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - set(wheel.namelist()) == set()
    assert "ledger/py.typed" in wheel.namelist()
    pages = {name.partition(".data/data/")[2] for name in wheel.namelist()} - {""}
    assert pages == {"share/man/man1/ledger.1", "share/man/man1/fledger.1"}
    assert "fledger = ledger.cli:program" in wheel.read(f"{_info(wheel)}/entry_points.txt").decode()


def _info(wheel: zipfile.ZipFile) -> str:
    return next(name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name)


def test_types_reach_a_user_script(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "user"], cwd=tmp_path, check=True, timeout=60)
    python = tmp_path / "user" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    place = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(place, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    wheel.extractall(packages)
    (tmp_path / "script.py").write_text(SCRIPT)
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python), "--cache-dir", "cache"]
    ran = subprocess.run([*mypy, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    # An ignored error that is none would be one: so `wrong` is known to be wrong.
    assert ran.returncode == 0, ran.stdout


def test_types_know_the_names_that_are_there() -> None:
    tree = ast.parse((ROOT / "src/ledger/__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    assert typed == {name: f"{home}.{name}" for name, home in ledger._HOMES.items()}
