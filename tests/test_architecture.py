"""The picture and the table of the rooms are those of the imports."""

from __future__ import annotations

import re

import make_architecture as made


def test_the_picture_is_that_of_the_imports() -> None:
    assert made.PICTURE.read_text(encoding="utf-8") == made.picture(), "run: make docs"


def test_the_table_is_that_of_the_rooms() -> None:
    text = made.PAGE.read_text(encoding="utf-8")
    assert text == made.page(text), "run: make docs"


def test_the_homes_and_tests_it_names_are_there() -> None:
    text = made.PAGE.read_text(encoding="utf-8")
    root = made.DOCS.parent
    homes = [
        name
        for row in re.findall(r"^\| [a-z][^|]* \| (.*?) \| `tests", text, re.MULTILINE)
        for name in re.findall("`(.*?)`", row)
    ]
    assert len(homes) > 9
    for name in homes:
        place = root / "src/ledger" / name
        assert place.is_dir() or place.with_suffix(".py").is_file(), name
    for name in re.findall(r"`(tests/.*?\.py)`", text):
        assert (root / name).is_file(), name
