"""Words in, exit status out."""

from .front import main, program

__all__ = ["main", "program"]
