"""Exports opened by the programs they are for: pandas, Polars, openpyxl, PyArrow, frictionless, Datasette.

Run by `make verify` in an environment of its own. Each program has to find every claim, and the values of some.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import frictionless
import openpyxl
import pandas
import polars
import pyarrow.parquet

ROOT = Path(__file__).resolve().parents[1]
FORMS = {"csv": "claims.csv", "parquet": "claims.parquet", "xlsx": "claims.xlsx", "datapackage": "package.zip",
         "sqlite": "claims.db", "datasette": "claims.json", "json": "list.json"}  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form, file in FORMS.items():
            ledger("export", form, "-o", str(folder / file))
        ids = {claim["id"] for claim in json.loads((folder / "list.json").read_text())["claims"]}
        failed = [check.__name__ for check in CHECKS if not passed(check, folder, ids)]
    print("failed: " + ", ".join(failed) if failed else f"{len(CHECKS)} programs read {len(ids)} claims each")
    return bool(failed)


def ledger(*words: str) -> None:
    program = [sys.executable, "-m", "ledger", "-f", str(ROOT / "data" / "claims.yaml"), *words]
    subprocess.run(program, check=True, capture_output=True)


def passed(check: Callable[[Path], set[str]], folder: Path, ids: set[str]) -> bool:
    found = check(folder)
    print(f"{'ok' if found == ids else 'WRONG'}  {check.__name__}: {len(found)} claims")
    return found == ids


def pandas_csv(folder: Path) -> set[str]:
    table = pandas.read_csv(folder / "claims.csv")
    assert pandas.to_datetime(table["deadline_end"]).notna().any()
    assert table["probability"].dtype == "float64"
    return set(table["id"])


def pandas_parquet(folder: Path) -> set[str]:
    table = pandas.read_parquet(folder / "claims.parquet")
    assert table["topics"].map(len).max() >= 1
    return set(table["id"])


def pandas_excel(folder: Path) -> set[str]:
    sheets = pandas.read_excel(folder / "claims.xlsx", sheet_name=None)
    assert set(sheets["judgements"]["claim"]) <= set(sheets["claims"]["id"])
    assert set(sheets["claims"]["speaker"]) <= set(sheets["people"]["key"])
    return set(sheets["claims"]["id"])


def polars_csv(folder: Path) -> set[str]:
    return set(polars.read_csv(folder / "claims.csv", infer_schema_length=None)["id"])


def polars_parquet(folder: Path) -> set[str]:
    table = polars.read_parquet(folder / "claims.parquet")
    assert table.schema["topics"] == polars.List(polars.String)
    assert table.schema["deadline_end"] == polars.Date
    return set(table["id"])


def arrow_parquet(folder: Path) -> set[str]:
    return set(pyarrow.parquet.read_table(folder / "claims.parquet")["id"].to_pylist())


def openpyxl_workbook(folder: Path) -> set[str]:
    sheet = openpyxl.load_workbook(folder / "claims.xlsx")["claims"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return {row[0].value for row in sheet.iter_rows(min_row=2)}


def frictionless_package(folder: Path) -> set[str]:
    report = frictionless.validate(str(folder / "package.zip"), type="package")
    assert report.valid, report.flatten(["title", "message"])
    package = frictionless.Package(str(folder / "package.zip"))
    return {row["id"] for row in package.get_resource("claims").read_rows()}


def datasette_pages(folder: Path) -> set[str]:
    def get(path: str) -> dict[str, object]:
        program = ["datasette", str(folder / "claims.db"), "-m", str(folder / "claims.json"), "--get", path]
        return json.loads(subprocess.run([Path(sys.executable).parent / program[0], *program[1:]], check=True,
                                         capture_output=True, text=True).stdout)  # fmt: skip

    assert get("/claims/search.json?words=robots&_shape=objects")["rows"]
    assert get("/claims/claims.json?_search=robots&_shape=objects")["rows"]
    rows = get("/claims/claims.json?_size=max&_shape=objects&_facet=status")["rows"]
    return {str(row["id"]) for row in rows}  # type: ignore[attr-defined]


CHECKS = (
    pandas_csv, pandas_parquet, pandas_excel, polars_csv, polars_parquet, arrow_parquet, openpyxl_workbook,
    frictionless_package, datasette_pages,
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
