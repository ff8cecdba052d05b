"""A file as a text that can be scanned: plain text and Markdown as they are, articles and PDF by their readers."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from ...errors import UnreadableError, UsageError
from ...files import read_bytes

TEXT_BYTES = 8 * 1024 * 1024  # of a text: some eight novels, read in half a minute
FILE_BYTES = 64 * 1024 * 1024  # of a file of which a text is only a part
_PAGES = 2_000
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = {
    b"PK\x03\x04": "a zip archive, or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "packed by gzip",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}


class Document(NamedTuple):
    """A text and where it is from; with `is_exact` a span of it is a span of the file."""

    name: str
    text: str
    digest: str
    is_exact: bool


def document(name: str, data: bytes | None = None) -> Document:
    """The text of a file, or of bytes that were read already; UnreadableError says why there is none."""
    data = _read(name) if data is None else data
    digest = sha256(data).hexdigest()
    if data.startswith(b"%PDF-"):
        return Document(name, _of_pdf(name, data), digest, False)
    if _MARKUP.match(data[:4_096]):
        return Document(name, _of_page(name, _decoded(name, data)), digest, False)
    if len(data) > TEXT_BYTES:
        raise UnreadableError(
            f"{name}: {len(data):,} bytes of text, more than the {TEXT_BYTES:,} that are scanned", hint="split it"
        )
    return Document(name, _decoded(name, data), digest, True)


def _read(name: str) -> bytes:
    try:
        return read_bytes(name, most=FILE_BYTES)
    except UnreadableError as error:
        # The hints of a ledger, to split it with include or to make one, are of no use for a text.
        raise UnreadableError(error.message, hint="name a text file, or - for standard input") from None


def _decoded(name: str, data: bytes) -> str:
    for mark, what in _OTHER.items():
        if data.startswith(mark):
            raise UnreadableError(f"{name}: no text but {what}", hint="save its text as a file and scan that")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(f"{name}: written in UTF-16", hint=f"turn it into UTF-8: iconv -f UTF-16 -t UTF-8 {name}")
    if b"\0" in data[:65_536]:
        raise UnreadableError(f"{name}: no text: it has a NUL byte", hint="name a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise UnreadableError(
            f"{name}:{line}:{column}: not UTF-8",
            hint=f"turn it into UTF-8, such as by iconv -f WINDOWS-1252 -t UTF-8 {name}",
        ) from None


def _of_page(name: str, markup: str) -> str:
    try:
        import trafilatura
    except ImportError:
        raise _without_extra(name, "an HTML page") from None
    text = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True)
    if not text:
        raise UnreadableError(f"{name}: no article was found in the page", hint="save its text as a file and scan that")
    return str(text)


def _of_pdf(name: str, data: bytes) -> str:
    try:
        import pypdf
    except ImportError:
        raise _without_extra(name, "a PDF file") from None
    from io import BytesIO

    try:
        reader = pypdf.PdfReader(BytesIO(data))
        pages = [page.extract_text() for page in reader.pages[:_PAGES]]
    except Exception as error:  # what a broken file makes its reader raise has no common class
        raise UnreadableError(
            f"{name}: a PDF file that cannot be read: {error}", hint="save its text as a file and scan that"
        ) from None
    text = "\n\n".join(page.strip() for page in pages).strip()
    if not text:
        raise UnreadableError(
            f"{name}: a PDF file without text, perhaps of pictures", hint="have its text recognised, and scan that"
        )
    return text[:TEXT_BYTES]


def _without_extra(name: str, what: str) -> UsageError:
    return UsageError(
        f"{name} is {what}, and what reads those is not installed", hint="pip install 'forecast-ledger[scan]'"
    )
