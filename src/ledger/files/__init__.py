"""Files on disk: read within bounds (`reading`), ledgers replaced under a lock (`editing`), all others by `writing`.

What a path means is asked in `questions`; what differs between systems stands in `platform`.
"""

from .reading import ENTRIES, FILE_BYTES, Disk, read_bytes

__all__ = ["ENTRIES", "FILE_BYTES", "Disk", "read_bytes"]
