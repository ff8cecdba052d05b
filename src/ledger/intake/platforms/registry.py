"""Every platform that can be imported, by name. A new one is a module with `read`, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple, cast

from .common import Import
from .proposals import Item


class Importer(NamedTuple):
    """One format of import: the module that reads it, what it takes, and a file taken along if it lies beside."""

    module: str
    meaning: str
    beside: str | None = None

    def read(self, reading: Import) -> Iterator[Item]:
        """What the files of a reading propose."""
        module = import_module(f"{__package__}.{self.module}")
        return cast("Callable[[Import], Iterator[Item]]", module.read)(reading)


IMPORTERS = {
    "jsonl": Importer("jsonl", "export's own: a claim a line, in full"),
    "datapackage": Importer("own_tables", "export's own: a zip of CSV files, in full"),
    "csv": Importer("spreadsheet", "export's own, or any other by --map"),
    "markdown": Importer("markdown", "yearly predictions, with a legend"),
    "metaculus": Importer("metaculus", "the zip archive of its data download"),
    "manifold": Importer("manifold", "JSON of markets and their bets"),
    "fatebook": Importer("fatebook", "its CSV export"),
    "predictionbook": Importer("predictionbook", "JSON of its interface, or CSV", beside="questions.csv"),
    "gjp": Importer("gjp", "survey CSV of the Good Judgment Project", beside="ifps.csv"),
    "predictions": Importer("predictions", "YAML of the program predictions"),
}
