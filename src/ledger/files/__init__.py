"""Files on disk: read within bounds (`reading`), ledgers replaced under a lock (`editing`), all others by `writing`.

What a path means is asked in `questions`; what differs between systems stands in `platform`.
"""

from .globs import Matches
from .reading import Disk, read_bytes

__all__ = ["Disk", "Matches", "read_bytes"]
