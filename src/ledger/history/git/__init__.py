"""Reading commits: through plumbing alone, which runs no configured program, and without fetching anything."""

from .objects import Commit, Objects, TreeEntry
from .repository import HistoryStep, Repository, home, repository
from .tree import CommitTree

__all__ = ["Commit", "CommitTree", "HistoryStep", "Objects", "Repository", "TreeEntry", "home", "repository"]
