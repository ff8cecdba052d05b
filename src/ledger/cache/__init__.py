"""Rows of bytes by key, in files that are written once: whatever is damaged reads as absent."""

from .folder import VARIABLE, cache_folder
from .shelf import Damaged, Shelf
from .store import Store, Usage

__all__ = ["VARIABLE", "Damaged", "Shelf", "Store", "Usage", "cache_folder"]
