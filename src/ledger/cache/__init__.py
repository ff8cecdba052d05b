"""Rows of bytes by key, in files that are written once: whatever is damaged reads as absent."""

from .damage import Damaged
from .folder import VARIABLE, cache_folder
from .store import Store, Usage

__all__ = ["VARIABLE", "Damaged", "Store", "Usage", "cache_folder"]
