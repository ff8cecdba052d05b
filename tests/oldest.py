"""Print the oldest version of each dependency that pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
_BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*>=\s*(?P<version>[0-9][^,;\s]*)")


def oldest(project: str) -> list[str]:
    """`name==version` of each dependency of every system; ValueError for one without a lower bound."""
    found = []
    for words in tomllib.loads(project)["project"]["dependencies"]:
        if ";" in words:
            continue
        bound = _BOUND.match(words)
        if bound is None:
            raise ValueError(f"{words}: no lower bound")
        found.append(f"{bound['name']}=={bound['version']}")
    return found


if __name__ == "__main__":
    print("\n".join(oldest(PROJECT.read_text(encoding="utf-8"))))
