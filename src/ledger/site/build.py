"""All files of a site, one after the other, so that memory does not grow with what was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import islice
from typing import Any, NamedTuple

from .. import __version__
from ..charts.palette import style_sheet
from ..commands.site import LISTED, Subject, Survey
from ..query import Row
from ..render import jsontext, svg
from ..render.wording import ACCOUNT_MEANINGS, KIND_MEANINGS, STATUS_MEANINGS
from ..scoring.meaning import MEANINGS
from ..text import plural, shorten
from . import claims, drawings, front, paths, search, sentences, subjects, views
from .environment import environment

NAVIGATION = (
    ("Claims", "claims.html"),
    ("Topics", "topics.html"),
    ("Speakers", "people.html"),
    ("Series", "series.html"),
    ("Sources", "sources.html"),
    ("Method", "method.html"),
)


class File(NamedTuple):
    """One file of a site: its path in the folder, with slashes, and its text."""

    path: str
    text: str
