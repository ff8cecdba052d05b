"""What a command is: a function with the options it declares, those it shares with others, and the error boundary."""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin

from ..errors import UsageError
from . import options
from .options import Argument, Option
from .run import Run, bounded
from .shared import Shared, once

_FILTERS: dict[str, Any] = {
    "topics": options.Topics,
    "speakers": options.Speakers,
    "sources": options.Sources,
    "kinds": options.Kinds,
    "statuses": options.Statuses,
    "series": options.Series,
    "due_before": options.DueBefore,
    "due_after": options.DueAfter,
    "due_within": options.DueWithin,
    "said_before": options.SaidBefore,
    "said_after": options.SaidAfter,
    "search": options.Search,
}
EVERY_FILTER = tuple(_FILTERS)
REQUIRED: Final = object()  # the default of what has none
Started = Callable[[Shared, dict[str, Any]], None]


class Parameter(NamedTuple):
    """One parameter of a command: its name, its record, the type of its value (`str`, `list[str]`, …), its default."""

    name: str
    of: Option | Argument
    kind: Any
    default: Any

    @property
    def is_single(self) -> bool:
        """Whether it is an option that takes one value, which may be given once."""
        return isinstance(self.of, Option) and self.base in (str, int)

    @property
    def base(self) -> Any:
        """The type of the value without `None`: str, int, bool or list."""
        kinds = (
            [kind for kind in get_args(self.kind) if kind is not type(None)] if _is_union(self.kind) else [self.kind]
        )
        return get_origin(kinds[0]) or kinds[0]


class Command(NamedTuple):
    """A command as declared: what Typer is built from, and what the quick reading of certain lines follows."""

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    start: Started

    def __call__(self, before: Shared, values: dict[str, Any]) -> None:
        """Run it inside the error boundary; options that take one value come as lists of what was given."""
        bounded(self._run)(before, values)

    def _run(self, before: Shared, values: dict[str, Any]) -> None:
        self.start(before, single(self.parameters, values))


def single(parameters: Sequence[Parameter], values: dict[str, Any]) -> dict[str, Any]:
    """The values with that of each option that takes one; UsageError where it was given twice, or is no number."""
    found = dict(values)
    for parameter in parameters:
        if parameter.is_single:
            assert isinstance(parameter.of, Option)
            flag = max(parameter.of.flags, key=len)
            given = once(flag, *(found.get(parameter.name) or ()))
            if given is None:
                found[parameter.name] = parameter.default
            else:
                found[parameter.name] = _whole(flag, given, parameter.of) if parameter.base is int else given
    return found


def _whole(flag: str, text: str, of: Option) -> int:
    """The number that was written; UsageError where it is none, or out of its bounds."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise UsageError(f"{flag}: {text!r} is not a whole number", hint="write digits, such as 10")
    number = int(text)
    if of.least is not None and number < of.least:
        raise UsageError(f"{flag}: {number} is too small", hint=f"{of.least} is the least")
    if of.most is not None and number > of.most:
        raise UsageError(f"{flag}: {number} is too large", hint=f"{of.most} is the most")
    return number


def command(
    *,
    formats: tuple[str, ...] = (),
    filters: tuple[str, ...] = (),
    rev: bool = False,
    files: bool = True,
    as_of: bool = True,
    color: bool = True,
) -> Callable[[Callable[..., None]], Command]:
    """Make a command of a function whose first parameter is its `Run`.

    It gets the shared options: --file, --no-cache, --as-of, --color, --format if it has formats, --rev on request.
    With `filters` (names of options of `list`) its second parameter is the query.Filter that these describe.
    """
    after: dict[str, Any] = {
        **({"rev": options.Rev} if rev else {}),
        **({"files": options.Files} if files else {}),
        **({"as_of": options.AsOf} if as_of else {}),
        **({"format_": options.format_of(formats)} if formats else {}),
        **({"color": options.Color} if color else {}),
        **({"no_cache": options.NoCache} if files else {}),
    }

    def decorate(function: Callable[..., None]) -> Command:
        def start(before: Shared, values: dict[str, Any]) -> None:
            given = {name: values.pop(name) for name in after}
            run = Run(before, own(given), formats=formats, rev=given.get("rev"))
            if not filters:
                function(run, **values)
                return
            from ..query import Filter
            from .filters import wanted

            words = {name: values.pop(name) for name in filters}
            # Without a word of them the ledger need not be read for it, nor be there.
            chosen = wanted(run, run.ledger, **words) if any(word is not None for word in words.values()) else Filter()
            function(run, chosen, **values)

        return made(function, start, {name: _FILTERS[name] for name in filters}, after, skipped=2 if filters else 1)

    return decorate


def own(given: dict[str, Any]) -> Shared:
    """The shared options behind a command's name."""
    return Shared(
        tuple(given.get("files") or ()),
        given.get("as_of"),
        given.get("format_"),
        given.get("color"),
        bool(given.get("no_cache")),
    )


def made(
    function: Callable[..., None], start: Started, before: dict[str, Any], after: dict[str, Any], *, skipped: int
) -> Command:
    """A command with the name, help and parameters of `function`, but its first ones, between the added options."""
    parameters = (*added(before), *_declared(function, skipped), *added(after))
    return Command(function.__name__, _clean(function.__doc__ or ""), parameters, start)


# The module `inspect` would tell both of these too, but its import costs as much as a small command.
def _declared(function: Callable[..., None], skipped: int) -> Iterator[Parameter]:
    """The parameters of a function behind its first ones."""
    code = function.__code__
    behind, given = code.co_varnames[: code.co_argcount][::-1], (function.__defaults__ or ())[::-1]
    defaults = {**dict(zip(behind, given, strict=False)), **(function.__kwdefaults__ or {})}
    for name in code.co_varnames[skipped : code.co_argcount + code.co_kwonlyargcount]:
        annotation = eval(function.__annotations__[name], function.__globals__)
        yield _parameter(name, annotation, defaults.get(name, REQUIRED))


def _clean(doc: str) -> str:
    """A docstring without the margin of its code."""
    first, *lines = doc.strip().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join([first, *(line[margin:] for line in lines)])


def added(declared: dict[str, Any]) -> Sequence[Parameter]:
    """The parameters of options that are declared apart from any function; none of them has a default."""
    found = [_parameter(name, of, None) for name, of in declared.items()]
    return [one._replace(default=False) if one.base is bool and not _is_union(one.kind) else one for one in found]


def _parameter(name: str, annotation: Any, default: Any) -> Parameter:
    if get_origin(annotation) is not Annotated:
        raise TypeError(f"the parameter {name} declares no option")
    kind, of = get_args(annotation)
    return Parameter(name, of, kind, default)


def _is_union(kind: Any) -> bool:
    return type(None) in get_args(kind)
