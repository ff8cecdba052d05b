"""Rows of bytes by key, in files that are written once: whatever is damaged reads as absent."""

from .rowbytes import Damaged
from .store import VARIABLE, Store, Usage, cache_folder

__all__ = ["VARIABLE", "Damaged", "Store", "Usage", "cache_folder"]
