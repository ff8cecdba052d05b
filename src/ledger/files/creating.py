"""Making a file that was not there; one that is there is never touched."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import RefusedError, UnreadableError


def create(name: str | os.PathLike[str], data: bytes) -> None:
    """Write a new file and the folders above it; RefusedError if it exists, UnreadableError if it cannot be."""
    path = Path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except FileExistsError:
        raise RefusedError(f"{path} is there already", hint="name another path") from None
    except OSError as error:
        raise UnreadableError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise UnreadableError(f"{path}: {(error.strerror or str(error)).lower()}") from None
