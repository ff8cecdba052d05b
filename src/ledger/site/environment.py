"""The templates: everything that is printed into them is escaped by the one home of escaping."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import jinja2
from markupsafe import Markup

from ..charts.palette import STATUS_ROLES, STATUS_SIGNS
from ..numbers import percent
from ..render import escape, svg
from ..words.spoken import spoken


@cache
def environment() -> jinja2.Environment:
    """The environment with our filters; an undefined name in a template is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("ledger.site", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        auto_reload=False,
    )
    made.globals.update(sprite=_sprite(), sign_of=STATUS_SIGNS, role_of=STATUS_ROLES)
    made.filters.update(thousands=lambda number: f"{number:,}", percent=percent, spoken=spoken)
    return made


def _shown(value: Any) -> Any:
    """Text as safe HTML with its control characters made visible; None is nothing."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup("")
    return _escaped(value) if isinstance(value, str) else value


@lru_cache(maxsize=8192)
def _escaped(text: str) -> Markup:
    # The same names, days and phrases stand on page after page.
    return Markup(escape.html(text))


def safe(markup: str) -> Markup:
    """Mark text that `render` made as HTML already."""
    return Markup(markup)


def _sprite() -> Markup:
    """Every status sign once a page; the pages refer to them."""
    symbols = [
        f'<symbol id="s-{status}" viewBox="0 0 16 16">{svg.sign(STATUS_SIGNS[status], STATUS_ROLES[status])}</symbol>'
        for status in STATUS_SIGNS
    ]
    return Markup(f'<svg class="sprite" aria-hidden="true" width="0" height="0">{"".join(symbols)}</svg>')
