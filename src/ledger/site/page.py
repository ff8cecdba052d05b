"""One page from its template; what every page needs comes from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import __version__
from ..periods import of_day
from ..results.survey import Survey
from ..text import shorten
from . import paths
from .environment import environment

if TYPE_CHECKING:
    from ..history.whole import LedgerTouch
    from .forecasters import Forecasting

NAVIGATION = (
    ("Claims", "claims.html"),
    ("Score", "score.html"),
    ("Topics", "topics.html"),
    ("Speakers", "people.html"),
    ("Series", "series.html"),
    ("Sources", "sources.html"),
    ("Changes", "changes.html"),
    ("Method", "method.html"),
)


LOST = "404.html"  # is shown at every address that has no page, so it points to the others in full


class File(NamedTuple):
    """One file of a site: its path in the folder, with slashes, and its text."""

    path: str
    text: str


class Earlier(NamedTuple):
    """What the last run left of a file, and whether the key of a page, by its path, is that of then."""

    text: str
    same: Callable[[str], bool]


class PlannedFile(NamedTuple):
    """A file to be: its path, the digest of all that it is made of, and how it is made. An empty key is never kept.

    `again` makes it with the help of what the last run left, where that is as it was left. One that `yields` leaves its
    place to a file of somebody else's; one that stands `apart` is not in the map of pages.
    """

    path: str
    key: str
    make: Callable[[], File]
    yields: bool = False
    apart: bool = False
    again: Callable[[Earlier], File] | None = None


class Site(NamedTuple):
    """A survey to be told; `address` is where the site will stand, ending in a slash, if that is known.

    `forecasting` is what others expected of the claims, if anybody did; `folder` is the ledger's, from the top of its
    repository, if it lies in one; `history` what its commits changed, if that is to be told.
    """

    survey: Survey
    address: str | None = None
    forecasting: Forecasting | None = None
    folder: str | None = None
    history: Sequence[LedgerTouch] | None = None

    @property
    def title(self) -> str:
        """The ledger's title."""
        return self.survey.ledger.title or "Forecast ledger"

    def canonical(self, path: str) -> str | None:
        """The one address of a page, if it is known."""
        return None if self.address is None else self.address + ("" if path == "index.html" else path)

    @property
    def navigation(self) -> tuple[tuple[str, str], ...]:
        """The pages that every page leads to."""
        further = (("Forecasters", "forecasters.html"),) if self.forecasting is not None else ()
        return (*NAVIGATION[:2], *further, *NAVIGATION[2:])

    def page(
        self, path: str, template: str, *, heading: str, description: str, section: str = "", **values: Any
    ) -> File:
        """A page; `section` is the page of the navigation it belongs to."""
        text = (
            environment()
            .get_template(template)
            .render(
                version=__version__,
                site_title=self.title,
                root=self.address if path == LOST else paths.root(path),
                canonical=None if path == LOST else self.canonical(path),
                navigation=self.navigation,
                section=section,
                here=path,
                day=of_day(self.survey.day),
                errors=self.survey.errors,
                about=self.survey.ledger.about,
                heading=heading,
                description=shorten(description, 200),
                **values,
            )
        )
        return File(path, text)
