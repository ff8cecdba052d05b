"""Zip archives that hold nothing but their content: no clock, so that the same claims give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_MADE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes], mark: bytes) -> bytes:
    """The files in one archive; `mark` is its comment, by which a later export knows it for its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = mark
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
