"""Ledgers as people write them, and the same bent: what editing by hand, merging and other tools do to a text."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

PLAIN = (
    "Tesla builds robots",
    "it's done, he said",
    "50% of them, or more (all)",
    "a text that goes on\n{0}  over two lines",
    "über 一万 🤖 robots",
    "dash - inside - the text",
    "a # sign behind a space",
    "x",
)
QUOTED = (
    '"he said: \\"no\\""',
    "'it''s: so'",
    '"over\n{0}  two lines"',
    '"over\n\n{0} - three\n{0} lines"',
    "'- a dash'",
    '"\\u00e9 \\x41 \\\n{0} joined"',
    '"ends with colon:"',
    '""',
)
BLOCKS = (
    ">-\n{0}  folded text\n{0}  over lines\n",
    "|\n{0}  - id: not-a-claim\n{0}    claim: text\n",
    "|-\n{0}  line\n\n{0}    deeper\n\n",
    "|+\n{0}  keeps its end\n\n\n",
    ">\n{0}  # not a comment\n{0}  text: more\n",
    "|2\n{0}    indented\n{0}  less\n",
)
PERIODS = ("2026", "2026-12", "2026-12-31", "2025-Q2", "2030s", "2034~", '"2026"', "soon", "2026-13", "none")


def _text(rng: Random, indent: str) -> str:
    kind = rng.random()
    chosen = PLAIN if kind < 0.6 else QUOTED if kind < 0.85 else BLOCKS
    return rng.choice(chosen).replace("{0}", indent)


def _line(rng: Random, indent: str, key: str, value: str) -> str:
    behind = " " if rng.random() < 0.95 else "  "
    comment = "  # a comment" if rng.random() < 0.08 and "\n" not in value else ""
    end = "" if value.endswith("\n") else "\n"
    return f"{indent}{key}:{behind}{value}{comment}{end}"


def _resolutions(rng: Random, indent: str) -> str:
    inner = indent + ("" if rng.random() < 0.2 else "  ")
    text = f"{indent}resolutions:\n"
    for _ in range(rng.randint(1, 2)):
        text += f"{inner}- outcome: {rng.choice(('true', 'false', 'partly', 'maybe'))}\n"
        text += f"{inner}  judged: 2026-0{rng.randint(1, 9)}-11\n"
        if rng.random() < 0.5:
            text += f"{inner}  evidence:\n{inner}    - {{url: https://example.org/a#b, says: 'so'}}\n"
            text += f"{inner}    - source: s-1\n{inner}      at: line 20\n"
        else:
            text += _line(rng, inner + "  ", "note", _text(rng, inner + "  "))
    return text


def _claim(rng: Random, number: int, indent: str) -> str:
    dash = indent + "-" + " " * rng.choice((1, 1, 1, 3))
    keys = " " * len(dash)
    lines = [
        f"id: c-{number}\n",
        _line(rng, "", "claim", _text(rng, keys)),
        f"speaker: p-{rng.randint(1, 3)}\n",
        f"said: {rng.choice(PERIODS)}\n",
        "source: s-1\n",
        f"deadline: {rng.choice(PERIODS)}\n",
    ]
    more: tuple[Callable[[], str], ...] = (
        lambda: _line(rng, "", "quote", _text(rng, keys)),
        lambda: _line(rng, "", "note", _text(rng, keys)),
        lambda: f"topics: [t-1, {rng.choice(('t-2', 't-9', '', '2026'))}]\n",
        lambda: f"topics:\n{keys}  - t-1\n{keys}  - t-2  # why\n",
        lambda: f"topics:\n{keys}- t-1\n",
        lambda: "topics: [t-1,\n" + keys + "  t-2]\n",
        lambda: "quantity: {at_least: 50000, range: [1, 2],\n" + keys + "  unit: robots}\n",
        lambda: f"quantity:\n{keys}  at_least: 1_000\n",
        lambda: "probability: 80%\n",
        lambda: "kind: target\n",
        lambda: "checked:\n",
        lambda: f"see_also: [c-{rng.randint(0, 9)}]\n",
        lambda: _resolutions(rng, keys)[len(keys) :],
        lambda: "unknown_key: 1\n",
        lambda: '"at": line 20\n',
    )
    lines += [rng.choice(more)() for _ in range(rng.randint(0, 4))]
    text = dash + keys.join(lines)
    return text if rng.random() < 0.97 else dash + f"{{id: c-{number}, claim: flow,\n{keys}speaker: p-1}}\n"


def ledger(rng: Random) -> str:
    """A ledger of a few claims, well formed but for some values."""
    indent = rng.choice(("", "  ", "  ", "    "))
    head = "ledger: 1\n" + ("title: " + _text(rng, "").rstrip("\n") + "\n" if rng.random() < 0.5 else "")
    tables = [
        "people:\n  p-1: {name: One}\n  p-2:\n    name: Two\n    note: " + _text(rng, "    ").rstrip("\n") + "\n",
        "topics:\n  t-1: robots\n  t-2:\n",
        "sources:\n  s-1: {title: 'S: 1', url: https://example.org}\n",
    ]
    claims = "claims:" + rng.choice(("", "", "  # the claims", " ")) + "\n"
    for number in range(rng.randint(0, 4)):
        claims += rng.choice(("", "", "", "\n", "# between\n", f"{indent}  # inside\n", "\n\n# two\n\n"))
        claims += _claim(rng, number, indent)
    parts = [*tables, claims]
    if rng.random() < 0.3:
        rng.shuffle(parts)
    gap = rng.choice(("", "\n", "\n# about what follows\n"))
    text = head + gap.join(parts)
    return text if rng.random() < 0.95 else "---\n" + text


Bend = Callable[[Random, str], str]


def _at_line(rng: Random, text: str, change: Callable[[str], str]) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = change(lines[at])
    return "\n".join(lines)


INSERTS = (
    *"\"'[]{}:#&*!|>%@`,-?\t\n",
    *("\u0085", "\u2028", "\u2029", "\ufeff", "\xa0", "\r", "\x1b", "\u202e"),
    *(": ", " #", "- ", "\n- ", "\n  - ", "\n...\n", "\n---\n", "---\n", "&a ", "*a", "<<: ", "!!str ", "? ", "\n\n"),
    *(" |\n", " >-\n", " |+\n", "\n#", "\n  # c\n", "\nclaims:\n", "claims: []\n", '"\n', "'\n", "\\", "}\n", "]\n"),
)


def _insert(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(INSERTS) + text[at:]


def _delete(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 1, 2, 5)) :]


def _move_lines(rng: Random, text: str) -> str:
    lines = text.split("\n")
    a, b = sorted((rng.randrange(len(lines)), rng.randrange(len(lines))))
    moved, rest = lines[a : min(b, a + 6)], lines[:a] + lines[min(b, a + 6) :]
    at = rng.randrange(len(rest) + 1)
    return "\n".join(rest[:at] + moved + rest[at:])


def _wrap(rng: Random, text: str) -> str:
    """Quotes or brackets that run over lines, and so perhaps over dashes."""
    a, b = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
    opening, closing = rng.choice((('"', '"'), ("'", "'"), ("[", "]"), ("{", "}"), ("# ", "\n")))
    return text[:a] + opening + text[a:b] + closing + text[b:]


def _swap(rng: Random, text: str) -> str:
    old, new = rng.choice(
        (("\n", "\r\n"), (": ", ":"), (": ", ":  "), ("- ", "-  "), ("- ", "-\n    "), ("  ", "\t"), ("\n", "\r"))
    )
    if rng.random() < 0.5:
        return text.replace(old, new)
    at = text.find(old, rng.randrange(len(text) + 1))
    return text if at < 0 else text[:at] + new + text[at + len(old) :]


BENDS: tuple[Bend, ...] = (
    lambda rng, text: _at_line(rng, text, lambda line: " " + line),
    lambda rng, text: _at_line(rng, text, lambda line: line[1:]),
    lambda rng, text: _at_line(rng, text, lambda line: line[2:]),
    lambda rng, text: _at_line(rng, text, lambda line: "  " + line),
    lambda rng, text: _at_line(rng, text, lambda line: "\t" + line),
    lambda rng, text: _at_line(rng, text, lambda line: line + rng.choice(("\n", "\n#x", "\n  # x", "\n      # x"))),
    lambda rng, text: _at_line(rng, text, lambda line: line.lstrip()),
    lambda rng, text: _at_line(rng, text, lambda line: line + "\n" + line),
    lambda rng, text: _at_line(rng, text, lambda line: ""),
    lambda rng, text: _at_line(rng, text, lambda line: "#" + line),
    lambda rng, text: _at_line(rng, text, lambda line: line.split(":")[0] + ":"),
    lambda rng, text: _at_line(rng, text, lambda line: line.split(":")[0] + ": " + _text(rng, "    ")),
    _insert,
    _insert,
    _insert,
    _delete,
    _move_lines,
    _wrap,
    _swap,
    lambda rng, text: text.rstrip("\n"),
    lambda rng, text: text + rng.choice(("\n", "\n\n\n", "# end", "  ", "...\n", "---\n", "  - id: x", "\ttail")),
    lambda rng, text: text[: rng.randrange(len(text) + 1)],
)


def bent(seed: int) -> str:
    """The text of a seed: a ledger with up to three bends, one in six with none."""
    rng = Random(seed)
    text = ledger(rng)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        text = rng.choice(BENDS)(rng, text)
    return text
