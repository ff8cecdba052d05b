"""What reading the cache may end in; by itself, since the rest imports SQLite."""

from __future__ import annotations


class Damaged(Exception):
    """A row is not there, or not what was written."""
