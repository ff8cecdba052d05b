"""Random ledgers: any content, written in any style that YAML has for it. A `Random` from Hypothesis decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import yaml

# Letters, and everything that means something to YAML somewhere.
_CHARACTERS = "abcXYZ 012  :#-?,[]{}&*!|>'\"%@`~=<.\\/é漢🍵\u00a0\u0301\t"
_TRAPS = (
    *("yes", "No", "null", "~", "1_000", "12:30", "0o7", "017", "1e3", "2026-01-02", ".5", "- a", "a: b", "a #b"),
    *("", " a", "a ", "a:", "#a", "...", "---", "? a", "''", '"', "\\", "{a}", "[a", "|", ">-", "%a", "@a", "a\tb"),
)
_WORDS = ("word", "other", "quite", "a:", "#5", "- x", "é", "漢字", "it's", '"so"')
_STYLES = (None, None, None, "'", '"', "|", ">")
_COMMENTS = ("# a remark", "#", "#: - x")


def some_text(rng: Random) -> str:
    """A text, never empty: odd, short, long, or of several lines; now and then it ends with line ends."""
    return _some_text(rng) + rng.choice(("", "", "", "", "", "", "\n", "\n\n"))


def _some_text(rng: Random) -> str:
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(_TRAPS) or "-"
    if kind == 1:
        return "\n".join(_characters(rng, 20) for _ in range(rng.randint(2, 4)))
    if kind <= 4:
        return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(8, 36)))
    return _characters(rng, 50)


def _characters(rng: Random, most: int) -> str:
    return "".join(rng.choice(_CHARACTERS) for _ in range(rng.randint(1, most)))


def _pair(rng: Random, key: str, text: str, *, block: bool = True) -> list[str]:
    """`key: text` in a style that can hold it; without `block`, on one line."""
    if text.isdigit() or text in ("true", "false") or (text.isalnum() and rng.randrange(4)):
        return [f"{key}: {text}"]
    style = rng.choice(_STYLES)
    if not block and style in ("|", ">"):
        style = '"'
    events: list[Any] = [
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(explicit=False),
        yaml.MappingStartEvent(None, None, True, flow_style=not block),
        yaml.ScalarEvent(None, None, (True, False), key),
        yaml.ScalarEvent(None, None, (True, True), text, style=style),
        yaml.MappingEndEvent(),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    ]
    width = rng.choice((40, 80, 10**6)) if block else 10**9
    written = str(yaml.emit(events, allow_unicode=rng.random() < 0.7, width=width))
    if not block:
        return [written.strip().removeprefix("{").removesuffix("}")]
    return written.removesuffix("...\n").removesuffix("\n").split("\n")  # the end of a text that keeps blank lines


def _inline(rng: Random, value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = (
            _pair(rng, key, held, block=False)[0] if held and isinstance(held, str) else f"{key}: {_inline(rng, held)}"
            for key, held in value.items()
        )
        return "{" + ", ".join(pairs) + rng.choice(("", ",", " ")) + "}"
    if isinstance(value, str):
        return _pair(rng, "k", value, block=False)[0].removeprefix("k: ") if value else ""
    return "[" + ", ".join(_inline(rng, item) for item in value) + rng.choice(("", " ")) + "]"


class _Layout:
    """How one file is indented."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.column = rng.choice((0, 2, 2, 4))
        self.gap = rng.choice((2, 2, 2, 4))
        self.step = rng.choice((0, 2, 2, 4))

    def mapping(self, record: Mapping[str, Any], column: int) -> list[str]:
        rng, pad = self.rng, " " * column
        lines: list[str] = []
        for key, value in record.items():
            if rng.randrange(12) == 0:
                lines.append(" " * rng.randint(0, column + 3) + rng.choice(_COMMENTS))
            lines += self._value(key, value, column)
            if rng.randrange(15) == 0:
                lines.append(rng.choice(("", "  ", pad)))
        return lines

    def _value(self, key: str, value: Any, column: int) -> list[str]:
        rng, pad = self.rng, " " * column
        if isinstance(value, str):
            own = _pair(rng, key, value) if value else [f"{key}:"]
            lines = [pad + line if line else line for line in own]
            if len(own) == 1 and rng.randrange(8) == 0:
                lines[-1] += rng.choice(("  ", " ", " \t" if rng.randrange(9) == 0 else " ")) + rng.choice(_COMMENTS)
            return lines
        if not value or rng.randrange(4) == 0:
            return [f"{pad}{key}: {_inline(rng, value)}"]
        if isinstance(value, Mapping):
            return [f"{pad}{key}:", *self.mapping(value, column + 2)]
        return [f"{pad}{key}:", *self.sequence(value, column + self.step)]

    def sequence(self, values: Sequence[Any], column: int) -> list[str]:
        return [line for value in values for line in self.entry(value, column)]

    def entry(self, value: Any, column: int) -> list[str]:
        dash = " " * column + "-" + " " * (self.gap - 1)
        if isinstance(value, str) or self.rng.randrange(6) == 0:
            return [dash + _inline(self.rng, value)]
        own = self.mapping(value, column + self.gap)
        first = next(at for at, line in enumerate(own) if line.strip() and not line.strip().startswith("#"))
        if self.rng.randrange(8) == 0:
            return [*own[:first], dash.rstrip(), *own[first:]]
        return [*own[:first], dash + own[first][len(dash) :], *own[first + 1 :]]


def _resolution(rng: Random) -> dict[str, Any]:
    record: dict[str, Any] = {"outcome": rng.choice(("true", "false", "partly")), "judged": "2025-03-04"}
    if rng.random() < 0.5:
        says = {"says": some_text(rng)} if rng.random() < 0.5 else {}
        record["evidence"] = [{"url": "https://example.org/a?b=c#d", **says}]
    if rng.random() < 0.5 or "evidence" not in record:
        record["note"] = some_text(rng)
    return record


def _claim(rng: Random, name: str) -> dict[str, Any]:
    record: dict[str, Any] = {"id": name, "claim": some_text(rng), "speaker": "ann", "said": "2024", "source": "post"}
    optional: dict[str, Any] = {
        "topics": rng.sample(["tea", "cake"], rng.randint(0, 2)),
        "deadline": "2025",
        "quantity": {"at_least": "5", "range": ["5", "10"], "unit": "cups"},
        "criteria": some_text(rng),
        "note": rng.choice((some_text(rng), "")),
        "checked": rng.choice(("2025-02-03", "")),
        "resolutions": rng.choice(([_resolution(rng) for _ in range(rng.randint(0, 2))], "")),
    }
    record |= {key: value for key, value in optional.items() if key == "deadline" or rng.random() < 0.5}
    if rng.randrange(4) == 0:
        keys = rng.sample(list(record), len(record))
        return {key: record[key] for key in keys}
    return record


def some_ledger(rng: Random) -> str:
    """The text of a ledger with claims c0, c1, …; line ends and the end of the file vary too."""
    layout = _Layout(rng)
    head = ["ledger: 1", "people: {ann: {name: Ann}}", "topics: {tea: '', cake: ''}", "sources: {post: {title: P}}"]
    above = rng.randint(1, len(head))
    lines = [*rng.choice(([], [], [], ["---"])), *head[:above]]
    lines.append("claims:" + rng.choice(("", "", "  # all of them", " ")))
    for number in range(rng.randint(1, 4)):
        lines += [""] * rng.randint(0, 2)
        if rng.randrange(5) == 0:
            lines.append(" " * layout.column + rng.choice(_COMMENTS))
        lines += layout.entry(_claim(rng, f"c{number}"), layout.column)
    lines += head[above:]
    text = "\n".join(lines) + rng.choice(("", "\n", "\n", "\n", "\n\n", "\n  ", "\n# end\n", "\n...\n"))
    return text.replace("\n", rng.choice(("\n", "\n", "\n", "\r\n", "\r\n", "\r")))
