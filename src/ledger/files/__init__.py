"""Files on disk: read within bounds; locked and replaced durably in `files.writing`."""

from .reading import ENTRIES, FILE_BYTES, Disk, read_bytes

__all__ = ["ENTRIES", "FILE_BYTES", "Disk", "read_bytes"]
