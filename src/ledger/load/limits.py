"""Bounds of what is read: far above honest ledgers, low enough that nothing hangs or kills the process."""

from __future__ import annotations

FILE_BYTES = 128 * 1024 * 1024
FILES = 1_000
PIECE_CHARS = 256 * 1024
PIECE_NODES = 5_000
DEPTH = 32
HEAD_NODES = 300_000
WHOLE_NODES = 400_000
WHOLE_CHARS = 24 * 1024 * 1024
NUMBER_CHARS = 40

# A text within these counts cannot pass the bounds above by much, nor go deep enough to hurt the C
# composer, so that it may be composed without counting each node: counting costs a third of loading.
PLAIN_CHARS = 4 * 1024
PLAIN_BRACKETS = DEPTH - 8
PLAIN_DASHES = 512
