"""Options as records, and those that many commands share, each in one place.

Typer's options, what a shell offers and the quick reading of certain lines are all made from these records.
"""

from typing import Annotated, Any, NamedTuple

from ..text import either, known
from . import completion

Offered = completion.Completer | completion.ClosedSet | None


class Option(NamedTuple):
    """An option: its flags, what stands for its value, its help, what a shell offers, the bounds of a number.

    `{words}` in the help stands for the words of a closed set.
    """

    flags: tuple[str, ...]
    metavar: str | None = None
    help: str = ""
    complete: Offered = None
    least: int | None = None
    most: int | None = None

    @property
    def told(self) -> str:
        """The help as it is read."""
        return _told(self.help, self.complete)

    @property
    def offers(self) -> completion.Completer | None:
        """What a shell asks."""
        return _offers(self.complete)


class Argument(NamedTuple):
    """A word that stands by its place."""

    metavar: str
    help: str = ""
    complete: Offered = None

    @property
    def told(self) -> str:
        """The help as it is read."""
        return _told(self.help, self.complete)

    @property
    def offers(self) -> completion.Completer | None:
        """What a shell asks."""
        return _offers(self.complete)


def _told(text: str, complete: Offered) -> str:
    if isinstance(complete, completion.ClosedSet) and "{words}" in text:
        return text.replace("{words}", either(list(complete.words)))
    return text


def _offers(complete: Offered) -> completion.Completer | None:
    return complete.offer if isinstance(complete, completion.ClosedSet) else complete


def option(
    *flags: str,
    metavar: str | None = None,
    help: str,  # noqa: A002 - as everybody calls it
    complete: Offered = None,
    min: int | None = None,  # noqa: A002
    max: int | None = None,  # noqa: A002
) -> Any:
    """The record of an option, to stand in Annotated."""
    return Option(flags, metavar, help, complete, min, max)


def format_of(formats: tuple[str, ...]) -> Any:
    """--format of a command that prints in these."""
    text = "{words}; if absent, table on a terminal and plain off it." if "plain" in formats else "{words}."
    return Annotated[
        str | None,
        option("--format", metavar="FORMAT", complete=completion.ClosedSet(lambda: formats), help=text),
    ]


def argument(*, metavar: str, help: str = "", complete: Offered = None) -> Any:  # noqa: A002
    """The record of an argument, to stand in Annotated."""
    return Argument(metavar, help, complete)


def sorting(keys: completion.ClosedSet) -> Any:
    """The record of --sort for a command with these keys."""
    told = "{words}; -KEY reverses." if keys.reversible else "{words}: the best first."
    return option("--sort", metavar="KEY", complete=keys, help=told)


def known_key(word: str, keys: completion.ClosedSet) -> str:
    """What --sort names, with its minus; UsageError if there is no such key."""
    known((word.removeprefix("-") if keys.reversible else word,), keys.words, "sort key")
    return word


Files = Annotated[
    list[str] | None,
    option("--file", "-f", metavar="PATH", help="The ledger; repeat it for several, - reads standard input."),
]
File = Annotated[list[str] | None, option("--file", "-f", metavar="PATH", help="The ledger: one that can be written.")]
AsOf = Annotated[
    str | None,
    option(
        "--as-of",
        metavar="DATE",
        help="See the ledger as it stood on that day; $FORECAST_LEDGER_AS_OF or today if absent.",
    ),
]
Format = Annotated[
    str | None,
    option("--format", metavar="FORMAT", complete=completion.formats, help="How to print; each command says its own."),
]
Level = Annotated[
    str, option("--level", metavar="LEVEL", help="Confidence level of the intervals, such as 0.9 or 90%.")
]
Within = Annotated[str, option("--within", metavar="SPAN", help="How far to look ahead: 90d, 12w, 6m, 1y.")]
Color = Annotated[
    str | None,
    option("--color", metavar="WHEN", complete=completion.colors, help="{words}."),
]
Rev = Annotated[
    str | None,
    option("--rev", metavar="REV", help="Read the ledger from this commit, branch or tag, not from the files."),
]
Words = list[str] | None
Topics = Annotated[
    Words,
    option("--topic", "-t", metavar="TOPIC", complete=completion.topics, help="Of any of these topics."),
]
Speakers = Annotated[
    Words, option("--speaker", metavar="NAME", complete=completion.people, help="By any of these people.")
]
Sources = Annotated[
    Words,
    option("--source", metavar="NAME", complete=completion.sources, help="From any of these sources."),
]
Kinds = Annotated[
    Words,
    option("--kind", metavar="KIND", complete=completion.kinds, help="{words}."),
]
Statuses = Annotated[
    Words,
    option("--status", "-s", metavar="STATUS", complete=completion.statuses, help="{words}."),
]
Series = Annotated[
    Words, option("--series", metavar="NAME", complete=completion.series, help="Of any of these series.")
]
DueBefore = Annotated[str | None, option("--due-before", metavar="PERIOD", help="Deadline over before its first day.")]
DueAfter = Annotated[str | None, option("--due-after", metavar="PERIOD", help="Deadline over after its last day.")]
DueWithin = Annotated[
    str | None,
    option("--due-within", metavar="SPAN", help="Deadline from the as-of day on, within 90d, 12w, 6m, 1y."),
]
SaidBefore = Annotated[str | None, option("--said-before", metavar="PERIOD", help="Said before its first day.")]
SaidAfter = Annotated[str | None, option("--said-after", metavar="PERIOD", help="Said after its last day.")]
Search = Annotated[
    str | None,
    option("--search", metavar="TEXT", help="With this text in the id, or in a text of the claim."),
]
Sort = Annotated[Words, sorting(completion.sorts)]
NoCache = Annotated[bool, option("--no-cache", help="Read the files even if the cache knows them.")]
# What may stand before a command's name, too.
BEFORE: dict[str, Any] = {
    "files": Files,
    "as_of": AsOf,
    "format_": Format,
    "color": Color,
    "no_cache": NoCache,
}
