"""Reading commits: through plumbing alone, which runs no configured program, and without fetching anything."""

from .objects import Commit, Entry, Objects
from .repository import Repository, Step, home, repository
from .tree import CommitTree

__all__ = ["Commit", "CommitTree", "Entry", "Objects", "Repository", "Step", "home", "repository"]
