"""Rows as CSV, TSV with a header, and plain text: one row a line, ready for a spreadsheet or a pipe."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from . import escape


def csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV with a header; lines end in a newline; a cell may hold line ends."""
    import csv as csv_

    out = io.StringIO(newline="")
    writer = csv_.writer(out, lineterminator="\n")
    writer.writerow(map(escape.csv_cell, header))
    writer.writerows([map(escape.csv_cell, row) for row in rows])
    return out.getvalue()


def tsv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """TSV with a header, without quoting: a cell's tabs and line ends are spaces."""
    return _join([header], escape.tsv_cell) + _join(rows, escape.tsv_cell)


def plain(rows: Iterable[Sequence[str]]) -> str:
    """TSV without a header, and without a guard against formulas: what a pipe gets."""
    return _join(rows, escape.plain_cell)


def _join(rows: Iterable[Sequence[str]], cell: Callable[[str], str]) -> str:
    return "".join(["\t".join(map(cell, row)) + "\n" for row in rows])
