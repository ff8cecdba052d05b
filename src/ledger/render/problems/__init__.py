"""What check found, for people and for the programs that read it in a build."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...results.check import Checked

_HOMES = {
    "text": "text",
    "json": "data",
    "github": "github",
    "sarif": "sarif",
    "junit": "junit",
    "gitlab": "data",
    "markdown": "issue",
}
FORMATS = tuple(_HOMES)
UNBOUND = 1_000_000  # columns, where the text is not wrapped

Rename = Callable[[str], str]


def written(form: str, checked: Checked, rename: Rename = str) -> str:
    """The problems in one of FORMATS; `rename` gives a file its path as that program knows it."""
    render: Callable[[Checked, Rename], str] = getattr(import_module(f"{__name__}.{_HOMES[form]}"), f"as_{form}")
    return render(checked, rename)
