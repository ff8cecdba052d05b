"""Rows of bytes by key, in files that are written once: whatever is damaged reads as absent."""

from .store import VARIABLE, Store, Usage, cache_folder
from .values import Damaged

__all__ = ["VARIABLE", "Damaged", "Store", "Usage", "cache_folder"]
