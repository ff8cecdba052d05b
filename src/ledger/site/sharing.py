"""A claim as others show it: a small page for a frame on their own, a picture, and the words to cite it by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..charts import labels
from ..charts.palette import STATUS_ROLES, STATUS_SIGNS
from ..charts.scene import Drawing, Item, Label, Mark, Stroke
from ..query import Row
from ..render import svg
from . import paths, views
from .keys import Keys
from .page import File, PlannedFile, Site

_WIDTH, _HEIGHT, _EDGE = 1200.0, 630.0, 72.0
_LINES = 5  # of a claim's sentence on its card


def shared_files(site: Site, keys: Keys) -> Iterator[PlannedFile]:
    """For each claim the page for frames and the card."""
    for row in site.survey.by_id.values():
        key = keys.of(keys.rows((row,)))
        embed, card = paths.embed(row.fact.id), paths.card(row.fact.id)
        yield PlannedFile(embed, key, partial(_embed, site, row), apart=True)
        yield PlannedFile(card, key, partial(_card_file, site, row))


def snippet(site: Site, row: Row) -> str | None:
    """What somebody pastes to show the claim on a page of their own; None as long as the site's address is unknown."""
    if site.address is None:
        return None
    source = f"{site.address}{paths.embed(row.fact.id)}"
    title = "A claim and what became of it"
    return f'<iframe src="{source}" title="{title}" width="100%" height="240" style="border:0" loading="lazy"></iframe>'


def _embed(site: Site, row: Row) -> File:
    path = paths.embed(row.fact.id)
    return site.page(
        path,
        "embed.html",
        heading=row.fact.claim,
        description=row.fact.claim,
        line=views.line(site.survey, row),
    )


def _card_file(site: Site, row: Row) -> File:
    text = svg.standalone(card(site, row))
    return File(paths.card(row.fact.id), text)


def card(site: Site, row: Row) -> Drawing:
    """The claim, who said it when, by when, and how it stands, in the size in which cards are shown."""
    line = views.line(site.survey, row)
    wide = _WIDTH - 2 * _EDGE
    role = STATUS_ROLES[line.status]
    items: list[Item] = [Label(_EDGE, 84, labels.fitted(site.title, wide, 28), "soft", size=28)]
    items.append(Stroke(_EDGE, 112, _WIDTH - _EDGE, 112, "axis", 2))
    y = 190.0
    for words in labels.broken(line.claim, wide * 0.85, 46, _LINES):
        items.append(Label(_EDGE, y, words, size=46, bold=True))
        y += 60
    who = f"{line.speaker}, {line.said}"
    items.append(Label(_EDGE, 500, labels.fitted(who, wide, 28), "soft", size=28))
    items.append(Mark(_EDGE + 14, 551, STATUS_SIGNS[line.status], role, 14))
    due = "no deadline" if line.deadline == "none" else f"deadline {line.deadline}"
    items.append(
        Label(_EDGE + 44, 562, labels.fitted(f"{line.phrase} - {due}", wide - 44, 32), role, size=32, bold=True)
    )
    told = f"{line.claim} {who}. {due}, {line.phrase}."
    return Drawing(_WIDTH, _HEIGHT, site.title, told, tuple(items))
