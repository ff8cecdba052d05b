"""Writes docs/checks.md from the codes, their remedies and their examples: `python tests/checks/make_reference.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

FOLDER = Path(__file__).parent
TARGET = FOLDER.parents[1] / "docs" / "checks.md"

INTRODUCTION = """\
# What check knows

<!-- Made by tests/checks/make_reference.py from the code and the examples in tests/checks/examples; do not edit. -->

`ledger check` reads the whole ledger, finds everything that is wrong in one run, and says for each problem where it
is, what it is called and how to mend it. It is silent, and its exit status is 0, when nothing is wrong.

- **Errors** make the exit status 1. **Warnings** are printed, and count as errors with `--strict`. **Notes** are
  things worth knowing; they are shown for the codes that `--select` names (and `no-document` with `--documents`), in
  JSON, SARIF and GitLab's report, and are counted by `--summary`.
- `--select CODE` looks for this code only, `--ignore CODE` leaves it out, `--fail-on CODE` makes it an error. Each may
  be repeated or take several codes with commas. `--exit-zero` reports and does not fail.
- `--as-of DATE` sees the ledger as it stood on that day: claims said later are not known, judgements and looks made
  later have not been made. Only `in-future` compares with the real today.
- `--documents DIR` checks quotes and checksums against the texts of the sources. `--base REV` holds the ledger to what
  it said at the merge base of that commit and HEAD. What of it cannot be read, followed or found is `not-compared`;
  only a ledger that is new in the repository, or a repository without commits, has nothing to compare; [git.md](git.md)
  tells the rest.
- `--format` is `text`, `json`, `github`, `sarif`, `junit`, `gitlab` or `markdown`; in GitHub Actions it is `github`
  unless another is asked for. `--report sarif=FILE` writes a report beside the output, and may be repeated.
- Exit status: 0 fine, 1 errors, 2 wrong usage, 3 no ledger could be read.

A problem is accepted in place by a comment at the end of its line, with the reason:

```yaml
    deadline: 2025  # ledger: ignore[overdue] the report is due in March
```

Several codes are separated by commas. A comment that accepts nothing, or gives no reason, is itself `unused`.
`goalpost-moved`, `claim-deleted`, `judgement-rewritten` and `not-compared` can be left out by `--ignore` on the
command line only: neither a comment nor a file of the tree that is checked can excuse them.

Defaults stand in `pyproject.toml`; what the command line names goes before them:

```toml
[tool.ledger.check]
select = []            # codes; all if absent
ignore = ["no-criteria"]
fail-on = ["no-evidence"]
strict = false
recheck = "30d"        # how long an overdue claim may rest after a look at it
```

Every example below is the smallest ledger that triggers its code, read as of 2026-06-30. They are part of the tests.
"""
TITLES = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


def reference() -> str:
    """The whole page."""
    from ledger.problems import CODES

    parts = [INTRODUCTION]
    for severity, title in TITLES.items():
        codes = [code for code in CODES if CODES[code].severity == severity]
        parts.append(f"## {title}\n\n" + "\n".join(f"- [`{c}`](#{c}): {CODES[c].meaning}" for c in codes) + "\n")
        parts += ["\n".join(_section(code)) + "\n" for code in codes]
    return "\n".join(parts)


def _section(code: str) -> Iterator[str]:
    from ledger.checks.remedies import REMEDIES
    from ledger.problems import CODES
    from ledger.render.problems import written
    from support.example_ledgers import checked

    result = checked(code)
    own = tuple(found for found in result.problems if found.code == code)
    yield f"### {code}\n"
    yield f"{CODES[code].meaning}\n"
    yield from _files(FOLDER / "examples" / code)
    yield f"```text\n{written('text', result._replace(shown=own))}```\n"
    yield fill(f"**Remedy.** {REMEDIES[code]}", 119, break_on_hyphens=False, break_long_words=False)


def _files(folder: Path) -> Iterator[str]:
    base, documents = folder / "base.yaml", folder / "documents"
    if base.is_file():
        yield f"In the base, `main`:\n\n{_block('yaml', base)}\nNow:\n"
    yield _block("yaml", folder / "claims.yaml")
    if documents.is_dir() and folder.name != "no-document":
        for path in sorted(documents.iterdir()):
            yield f"With `--documents`, and `{path.name}` there:\n\n{_block('text', path)}"


def _block(language: str, path: Path) -> str:
    return f"```{language}\n{path.read_text(encoding='utf-8')}```\n"


if __name__ == "__main__":
    sys.path[:0] = [str(FOLDER.parent), str(FOLDER.parents[1] / "src")]
    TARGET.write_text(reference(), encoding="utf-8")
