"""Reading commits: through plumbing alone, which runs no configured program, and without fetching anything."""

from .call import LeftOutError
from .objects import Commit, Objects, TreeEntry
from .packed import NotPacked, Spans, object_id, packed
from .repository import HistoryStep, Repository, WrittenContent, home, repository
from .tree import CommitTree

__all__ = [
    "Commit",
    "CommitTree",
    "HistoryStep",
    "LeftOutError",
    "NotPacked",
    "Objects",
    "Repository",
    "Spans",
    "TreeEntry",
    "WrittenContent",
    "home",
    "object_id",
    "packed",
    "repository",
]
