"""Hypothesis strategies: ledgers with any content, written in any style that YAML has for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from hypothesis import strategies as st

# Letters and everything that means something to YAML somewhere.
_CHARACTERS = st.sampled_from("abcXYZ 012  :#-?,[]{}&*!|>'\"%@`~=<.\\/é漢🍵\u00a0\u0301\t")
TEXTS = (
    st.text(_CHARACTERS, min_size=1, max_size=60)
    | st.sampled_from(
        ["yes", "No", "null", "~", "1_000", "12:30", "0o7", "017", "1e3", "2026-01-02", ".5", "- a", "a: b", "a #b"]
    )
    | st.lists(st.text(_CHARACTERS, min_size=1, max_size=30), min_size=2, max_size=4).map("\n".join)
    | st.lists(st.sampled_from(["word", "other", "quite", "a:", "#5", "- x"]), min_size=20, max_size=60).map(" ".join)
)
_STYLES = st.sampled_from([None, None, None, "'", '"', "|", ">"])
_COMMENTS = st.sampled_from(["# a remark", "#", "#: - x", "\t# behind a tab"])


@st.composite
def scalar_lines(draw: st.DrawFn, key: str, text: str, *, block: bool = True) -> list[str]:
    """`key: text` in a style that can hold it; without `block`, on one line."""
    style = draw(_STYLES)
    if not block and style in ("|", ">"):
        style = '"'
    width = draw(st.sampled_from([40, 80, 10**6])) if block else 10**9
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
    written = str(yaml.emit(events, allow_unicode=draw(st.booleans()), width=width))
    return (written if block else written.strip().removeprefix("{").removesuffix("}")).removesuffix("\n").split("\n")


@st.composite
def _flow(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = [
            draw(scalar_lines(key, held, block=False))[0] if isinstance(held, str) else f"{key}: {draw(_flow(held))}"
            for key, held in value.items()
        ]
        return "{" + ", ".join(pairs) + draw(st.sampled_from(["", ",", " "])) + "}"
    if isinstance(value, str):
        return draw(scalar_lines("k", value, block=False))[0].removeprefix("k: ")
    return "[" + ", ".join(draw(_flow(item)) for item in value) + draw(st.sampled_from(["", " "])) + "]"


@st.composite
def _mapping(draw: st.DrawFn, record: Mapping[str, Any], column: int, step: int, gap: int) -> list[str]:
    lines: list[str] = []
    pad = " " * column
    for key, value in record.items():
        if draw(st.integers(0, 12)) == 0:
            lines.append(" " * draw(st.integers(0, column + 3)) + draw(_COMMENTS))
        if isinstance(value, str):
            own = draw(scalar_lines(key, value)) if value else [f"{key}:"]
            lines += [pad + line if line else line for line in own]
            if len(own) == 1 and draw(st.integers(0, 8)) == 0:
                lines[-1] += "  " + draw(_COMMENTS)
        elif not value or draw(st.integers(0, 3)) == 0:
            lines.append(f"{pad}{key}: {draw(_flow(value))}")
        elif isinstance(value, Mapping):
            lines += [f"{pad}{key}:", *draw(_mapping(value, column + 2, step, gap))]
        else:
            lines += [f"{pad}{key}:", *draw(_sequence(value, column + step, step, gap))]
        if draw(st.integers(0, 15)) == 0:
            lines.append(draw(st.sampled_from(["", "  ", pad])))
    return lines


@st.composite
def _sequence(draw: st.DrawFn, values: list[Any], column: int, step: int, gap: int) -> list[str]:
    lines: list[str] = []
    for value in values:
        dash = " " * column + "-" + " " * (gap - 1)
        if isinstance(value, str):
            own = draw(scalar_lines("k", value, block=False))[0].removeprefix("k: ")
            lines.append(dash + own)
        elif draw(st.integers(0, 5)) == 0:
            lines.append(dash + draw(_flow(value)))
        else:
            lines += _dashed(draw(_mapping(value, column + gap, step, gap)), dash)
    return lines


def _dashed(own: list[str], dash: str) -> list[str]:
    """The lines of a mapping with a dash before its first key."""
    first = next(at for at, line in enumerate(own) if line.strip() and not line.strip().startswith("#"))
    return [*own[:first], dash + own[first][len(dash) :], *own[first + 1 :]]


_EVIDENCE = st.fixed_dictionaries({"url": st.just("https://example.org/a?b=c#d")}, optional={"says": TEXTS})
_RESOLUTION = st.fixed_dictionaries(
    {"outcome": st.sampled_from(["true", "false", "partly"]), "judged": st.just("2025-03-04")},
    optional={"evidence": st.lists(_EVIDENCE, min_size=1, max_size=2), "note": TEXTS, "by": st.just("me")},
)
_CLAIM = st.fixed_dictionaries(
    {
        "claim": TEXTS,
        "speaker": st.just("ann"),
        "said": st.just("2024"),
        "source": st.just("post"),
        "deadline": st.just("2025"),
    },
    optional={
        "topics": st.lists(st.sampled_from(["tea", "cake"]), max_size=2, unique=True),
        "quantity": st.just({"at_least": "5", "range": ["5", "10"], "unit": "cups"}),
        "criteria": TEXTS,
        "checked": st.sampled_from(["2025-02-03", ""]),
        "note": TEXTS | st.just(""),
        "resolutions": st.lists(_RESOLUTION, max_size=2) | st.just(""),
    },
)


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    """The text of a ledger with claims c0, c1, …; line ends, marks and the end of the file vary too."""
    claims = [{"id": f"c{at}", **record} for at, record in enumerate(draw(st.lists(_CLAIM, min_size=1, max_size=4)))]
    column = draw(st.sampled_from([0, 2, 2, 4]))
    gap = draw(st.sampled_from([2, 2, 2, 4]))
    step = draw(st.sampled_from([0, 2, 2, 4]))
    lines = [] if draw(st.integers(0, 6)) else ["---"]
    head = ["ledger: 1", "people: {ann: {name: Ann}}", "topics: {tea: '', cake: ''}", "sources: {post: {title: P}}"]
    below = draw(st.integers(0, len(head)))
    lines += [*head[:1], *head[max(below, 1) :]]
    lines.append("claims:" + draw(st.sampled_from(["", "  # all of them", " "])))
    for record in claims:
        keys = draw(st.permutations(list(record))) if draw(st.integers(0, 3)) == 0 else list(record)
        ordered = {key: record[key] for key in keys}
        lines += [""] * draw(st.integers(0, 2))
        if draw(st.integers(0, 4)) == 0:
            lines.append(" " * column + draw(_COMMENTS))
        if draw(st.integers(0, 8)) == 0:
            lines.append(" " * column + "- " + draw(_flow(ordered)))
        else:
            dash = " " * column + "-" + " " * (gap - 1)
            lines += _dashed(draw(_mapping(ordered, column + gap, step, gap)), dash)
    lines += head[1:below]
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n", "\n", "\n\n", "\n  ", "\n# end\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))
