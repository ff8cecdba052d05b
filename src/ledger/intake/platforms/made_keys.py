"""Names as files have them -> keys of a ledger: the same name always gets the same key, different names never one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping

from ...edit.blocks import Value
from ...edit.scalars import reads_as_text
from ...fields import OUTCOMES
from ...text import control_characters, visible

_LONGEST = 60
_ONE = {"people": "person", "topics": "topic", "sources": "source"}
_SPELT = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae", "đ": "d", "ı": "i"})


def slug(text: str, longest: int = _LONGEST) -> str:
    """A key made of a text: small letters, digits and hyphens, cut at a word; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELT)).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(key) > longest:
        key = key[: longest + 1].rpartition("-")[0] or key[:longest]
    return key


def digest(*parts: str, length: int = 6) -> str:
    """A short name for texts that are too long for one."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def key_of(text: str, *distinct: str) -> str:
    """An id made of a sentence, kept apart from ids of like sentences by what else distinguishes it."""
    head = slug(text, 44)
    tail = digest(text, *distinct)
    return f"{head}-{tail}" if head else f"claim-{tail}"


def clean(text: str) -> tuple[str, bool]:
    """The text in one line without characters that a ledger refuses, and whether any was taken out."""
    text = text.replace("\r\n", "\n").strip()
    if text.isprintable():
        return text, False
    dirty = control_characters(text) is not None
    while dirty and (at := control_characters(text)) is not None:
        text = text.replace(text[at], "")
    return visible(" ".join(text.split())), dirty


class TableKeys:
    """The keys of one table: those that the ledger has, and those that an import adds."""

    def __init__(self, table: str, known: Mapping[str, str], label: str = "name") -> None:
        self._table, self._label = table, label
        self._keys = {name: key for key, name in known.items()}
        self._known = frozenset(known)
        self._taken = set(known)
        self._new: dict[str, Value] = {}

    def key(
        self, name: str, entry: Mapping[str, Value] | None = None, *, wanted: str = "", by_key: bool = False
    ) -> str:
        """The key of a name; a new one is declared with the entry, under the wanted key if that is free.

        `by_key`: the file may use the ledger's own keys. Elsewhere a user called bob is not the ledger's Bob.
        """
        found = self._keys.get(name)
        if found is not None:
            return found
        if by_key and name in self._known:
            return name
        key = self._free(wanted or slug(name), name)
        self._keys[name] = key
        self._taken.add(key)
        self._new[key] = {self._label: name, **(entry or {})} if self._table != "topics" else name
        return key

    def _free(self, key: str, name: str) -> str:
        """The key, told apart by a digest of the name where it is taken, empty or the word of an outcome."""
        if key and not reads_as_text(key):  # a user called 22: a key that would have to be quoted everywhere
            key = f"{_ONE[self._table]}-{key}"
        if key and key not in self._taken and key not in OUTCOMES:
            return key
        longer = f"{key}-{digest(name, length=4)}" if key else f"{_ONE[self._table]}-{digest(name)}"
        return longer if longer not in self._taken else f"{longer}-{digest(longer, name)}"

    def new(self) -> Iterator[tuple[str, Value]]:
        """The entries that have to be declared."""
        yield from self._new.items()
