"""Rows of texts as CSV, TSV, plain text or a Markdown table (GitHub's dialect), for a spreadsheet, a pipe or a page.

All but Markdown leave line by line, as they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from . import escape


def rows_as(form: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as csv, tsv, plain or markdown."""
    if form == "plain":
        return plain(rows)
    if form == "markdown":
        return iter((markdown(names, list(rows)),))
    return csv(names, rows) if form == "csv" else tsv(names, rows)


class _Handed:
    """A file to `csv.writer` that hands back what is written: `writerow` answers with it."""

    @staticmethod
    def write(text: str) -> str:
        return text


def csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV with a header; lines end in a newline; a cell may hold line ends."""
    import csv as csv_

    write: Callable[[Iterable[str]], str] = csv_.writer(_Handed, lineterminator="\n").writerow
    return (write(map(escape.csv_cell, row)) for row in chain([header], rows))


def tsv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """TSV with a header, without quoting: a cell's tabs and line ends are spaces."""
    return _tabbed(chain([header], rows), escape.tsv_cell)


def plain(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """TSV without a header, and without a guard against formulas: what a pipe gets."""
    return _tabbed(rows, escape.plain_cell)


def _tabbed(rows: Iterable[Sequence[str]], cell: Callable[[str], str]) -> Iterator[str]:
    return ("\t".join(map(cell, row)) + "\n" for row in rows)


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A pipe table with a line for each row; `right` are the indexes of the right-aligned columns."""
    aligned = set(right)
    rule = ["---:" if index in aligned else "---" for index in range(len(header))]
    lines = [_piped(map(escape.markdown, header)), _piped(rule)]
    lines += [_piped(escape.apart(cell, escape.markdown) for cell in row) for row in rows]
    return "".join(lines)


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
