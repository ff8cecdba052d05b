"""Words in, exit status out."""

from .app import main

__all__ = ["main"]
