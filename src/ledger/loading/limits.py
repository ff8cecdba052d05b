"""Bounds within a file, `limit` where one is passed: far above honest ledgers, low enough that nothing hangs."""

from __future__ import annotations

PIECE_CHARS = 256 * 1024
PIECE_NODES = 5_000
DEPTH = 32
HEAD_CHARS = 16 * 1024 * 1024
HEAD_NODES = 200_000
WHOLE_CHARS = 16 * 1024 * 1024
WHOLE_NODES = 300_000
NUMBER_CHARS = 40
UNKNOWN_KEYS = 10  # keys of one mapping that are reported, unknown ones and repeated ones each
PROBLEMS = 10_000  # of one file
NEAREST = 100  # words of one file for which a near one is sought
COMPARED = 100_000  # names looked at in all when near ones are sought for those that nothing declares

# A text within these counts cannot pass the bounds above by much, nor go deep enough to hurt the C
# composer, so that it may be composed without counting each node: counting costs a third of loading.
PLAIN_CHARS = 4 * 1024
PLAIN_BRACKETS = DEPTH - 8
