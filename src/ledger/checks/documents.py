"""Quotes and checksums against the texts of the sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Source
from ..problems import Path
from ..text import folded, plural, shorten, visible
from .subject import Finding, Scope, StoredDocument, finding

_LINES = re.compile(r"lines? ([0-9]{1,9})(?: ?[-–] ?([0-9]{1,9}))?")
_LONGEST = 2_000  # a longer quote is not searched for with other white space
_ALIKE = {sign: f"[{signs}]" for signs in ("'’‘‚‛′`", '"“”„‟«»″', "–—−‐‑‒―-") for sign in signs}
_ALIKE["…"] = r"(?:…|\.\.\.)"


def documents(subject: Scope) -> Iterator[Finding]:
    """Each quote is an exact span of its source's document, on the line that `at` names; checksums hold.

    Nothing where no documents were given.
    """
    if subject.documents is None:
        return
    for name, source in subject.ledger.sources.items():
        if source.document is not None:
            yield from _document(name, source, subject.document(source.document))
    for number, claim, _fact in subject.claims():
        yield from _said(subject, number, (), claim.source or "", claim.at, claim.quote)
        for at, mention in enumerate(claim.also_in):
            yield from _said(subject, number, ("also_in", at), *mention)


def _document(name: str, source: Source, document: StoredDocument) -> Iterator[Finding]:
    if document.forbidden:
        message = f"{source.document} leads out of the folder of the documents and is not read"
        yield finding("bad-value", message, "put the file itself there", None, ("sources", name, "document"))
    if document.data is None or source.sha256 is None:
        return
    from hashlib import sha256

    found = sha256(document.data).hexdigest()
    if found != source.sha256:
        message = f"{source.document} has another checksum: {found}"
        hint = "get the document the quotes were taken from; if the new one is right, check the quotes and set sha256"
        yield finding("document-changed", message, hint, None, ("sources", name, "sha256"))


def _said(subject: Scope, number: int, path: Path, source: str, at: str | None, quote: str | None) -> Iterator[Finding]:
    """What a source says, by its own document; `path` leads to the entry that has the quote."""
    declared = subject.ledger.sources.get(source)
    if declared is None:
        return
    found = _document_of(subject, declared)
    if found is None or found.data is None:
        if quote is not None and not (found and found.forbidden):
            why = (found and found.trouble) or f"the source {source} names no document"
            hint = "name the file in the source's document: and put it into the folder of the documents"
            yield finding("no-document", f"the quote cannot be checked: {why}", hint, number, (*path, "quote"))
        return
    text = DocumentText(str(declared.document), found.data)
    trouble = _line_trouble(text, at) if quote is None else _quote_trouble(text, quote, at)
    if trouble is not None:
        key = "at" if quote is None or trouble.about_line else "quote"
        yield finding("quote-not-in-document", trouble.message, trouble.hint, number, (*path, key))


def _document_of(subject: Scope, source: Source) -> StoredDocument | None:
    if subject.documents is None or source.document is None:
        return None
    return subject.document(source.document)


class DocumentText(NamedTuple):
    """A document's name and bytes."""

    name: str
    data: bytes

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self.data.count(b"\n", 0, offset) + 1

    def lines(self) -> int:
        """How many lines there are; one that is not ended counts."""
        return self.data.count(b"\n") + (self.data[-1:] not in (b"\n", b""))


class _Trouble(NamedTuple):
    message: str
    hint: str
    about_line: bool = False


def _line_trouble(text: DocumentText, at: str | None) -> _Trouble | None:
    """Whether `at` names a line that is not there."""
    named = _LINES.fullmatch(at or "")
    last = int(named[2] or named[1]) if named else 0
    if named is None or (int(named[1]) >= 1 and last <= text.lines()):
        return None
    message = f"{text.name} has {plural(text.lines(), 'line')} and no {at}"
    return _Trouble(message, "correct the line that at names; lines count from 1", True)


def _quote_trouble(text: DocumentText, quote: str, at: str | None) -> _Trouble | None:
    sought = quote.encode()
    offset = text.data.find(sought)
    if offset < 0:
        return _Trouble(f"the quote is not in {text.name}", _nearest(text, quote))
    named = _LINES.fullmatch(at or "")
    if named is None:
        return None
    first, last = int(named[1]), int(named[2] or named[1])
    lines = []
    while offset >= 0:
        lines.append(text.line(offset))
        if first <= lines[-1] <= last:
            return None
        offset = text.data.find(sought, offset + 1) if len(lines) < 20 else -1
    return _Trouble(f"the quote does not begin on {at} of {text.name}", f"write at: line {lines[0]}", True)


def _nearest(text: DocumentText, quote: str) -> str:
    """How the quote stands in the document, if only white space, quotation marks, dashes or case differ."""
    words = quote[:_LONGEST].split()
    if not words or len(quote) > _LONGEST:
        return "quote the exact words of the document, or drop the quote"
    if unicodedata.normalize("NFC", quote) in unicodedata.normalize("NFC", text.data.decode("utf-8", "replace")):
        return "it stands there in another Unicode form, with accents as signs of their own or not: copy it from there"
    pattern = r"\s+".join("".join(_ALIKE.get(sign, re.escape(sign)) for sign in word) for word in words)
    shown = text.data.decode("utf-8", "replace")
    found = re.search(pattern, shown) or re.search(pattern, shown, re.IGNORECASE)
    if found is None and " ".join(folded(quote).split()) in " ".join(folded(shown).split()):
        return "it stands there with signs that look the same (invisible, full-width, a ligature): copy it from there"
    if found is None:
        return "quote the exact words of the document, or drop the quote"
    line = shown.count("\n", 0, found.start()) + 1
    return f"line {line} has it with other spaces or signs: {shorten(visible(found[0]), 200)}"
