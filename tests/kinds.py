"""The kinds of faults that cost trust, and the tests that hold each off: `python tests/kinds.py [NAME…]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent
# Files, or single tests, by the kind they hold against.
KINDS: dict[str, tuple[str, ...]] = {
    "green-without-comparing": ("history/test_not_compared.py", "history/test_goalposts.py", "history/test_compare.py"),
    "one-name-several-files": ("history/test_trees.py", "loading/test_includes.py"),
    "a-write-that-is-not-the-writers": ("cli/test_outputs.py", "files/test_writing.py", "files/test_editing.py"),
    "the-wrong-claim-is-written": ("cli/test_resolve.py",),
    "the-day-of-another-place": ("cli/test_days.py",),
    "the-last-of-two-wins": ("cli/test_options.py",),
    "the-cache-says-something-else": ("cache/test_patch.py", "cache/test_opening.py", "cache/test_damage.py"),
    "a-shell-obeys-the-ledger": ("cli/test_completion.py", "cli/test_actions.py"),
    "a-question-that-fails-is-a-bug": ("files/test_questions.py", "cli/test_streams.py"),
    "bounded-one-by-one": (
        "loading/test_hostile.py",
        "loading/test_salvage.py",
        "loading/test_includes.py::test_what_is_bounded_is_bounded_in_sum_the_last_file_included",
        "loading/test_includes.py::test_the_environment_raises_the_bounds_and_nothing_else_does",
    ),
    "one-text-two-spellings": ("test_spellings.py", "test_schema.py"),
    "other-systems": ("files/test_platform.py",),
    "a-server-that-dies": ("site/test_site_server.py::test_serving_outlives_a_ledger_that_is_away_for_a_moment",),
}


def main(names: list[str]) -> int:
    """Run the tests of the kinds named, of all without a name; the answer is how many failed."""
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        print(f"no kind {unknown[0]!r}; there are {', '.join(KINDS)}")
        return 2
    failed = 0
    for name in names or KINDS:
        found = [str(ROOT / test) for test in KINDS[name]]
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-m", "not slow", *found]
        ran = subprocess.run(command, cwd=ROOT.parent, capture_output=True, text=True, check=False)
        failed += ran.returncode != 0
        print(f"{'ok    ' if ran.returncode == 0 else 'FAILED'} {name}", flush=True)
        if ran.returncode:
            print(ran.stdout)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
