"""Words in, exit status out."""

from .front import main

__all__ = ["main"]
