"""Rows as CSV, TSV with a header, and plain text: one row a line, ready for a spreadsheet or a pipe, as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from . import escape


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
    return _lines(chain([header], rows), escape.tsv_cell)


def plain(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """TSV without a header, and without a guard against formulas: what a pipe gets."""
    return _lines(rows, escape.plain_cell)


def _lines(rows: Iterable[Sequence[str]], cell: Callable[[str], str]) -> Iterator[str]:
    return ("\t".join(map(cell, row)) + "\n" for row in rows)
