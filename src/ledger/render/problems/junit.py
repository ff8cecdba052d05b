"""Problems as JUnit's XML: a suite for each file, a failed case for each error.

Elements and attributes are those that the schemas of both Ant and Jenkins know, in Ant's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...problems import Problem
from ...results.check import Checked
from ..escape import terminal, xml, xml_attribute


def as_junit(checked: Checked, rename: Callable[[str], str]) -> str:
    """One suite a file; a file without errors has one case that passed; warnings and notes are its output."""
    names = list(dict.fromkeys(text.name for text in checked.ledger.texts))
    names += [name for name in dict.fromkeys(found.place.file for found in checked.problems) if name not in names]
    suites = "".join(
        "".join(_suite(number, rename(name), [f for f in checked.problems if f.place.file == name], checked))
        for number, name in enumerate(names)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{suites}</testsuites>\n'


def _suite(number: int, name: str, problems: list[Problem], checked: Checked) -> Iterator[str]:
    errors = [found for found in problems if found.severity == "error"]
    others = [found for found in problems if found.severity == "warning"]
    yield (
        f'  <testsuite name="{_attribute(name)}" package="ledger" id="{number}" hostname="localhost" '
        f'timestamp="{checked.day}T00:00:00" tests="{max(1, len(errors))}" failures="{len(errors)}" errors="0" '
        f'time="0">\n    <properties/>\n'
    )
    for found in errors:
        yield _case(found, name)
    if not errors:
        yield f'    <testcase name="{_attribute(name)}" classname="ledger.check" time="0"/>\n'
    yield f"    <system-out>{xml(''.join(_line(found, name) for found in others))}</system-out>\n"
    yield "    <system-err/>\n  </testsuite>\n"


def _case(found: Problem, name: str) -> str:
    title = f"{found.claim or name}, line {found.place.line}"
    text = _line(found, name) + (f"{found.hint}\n" if found.hint else "")
    return (
        f'    <testcase name="{_attribute(title)}" classname="ledger.check.{found.code}" time="0">\n'
        f'      <failure type="{found.code}" message="{_attribute(found.message)}">{xml(text)}</failure>\n'
        f"    </testcase>\n"
    )


def _line(found: Problem, name: str) -> str:
    return f"{name}:{found.place.line}:{found.place.column}: {found.code} {found.message}\n"


def _attribute(text: str) -> str:
    """One line of text: attributes of this format hold no line ends."""
    return xml_attribute(terminal(text))
