"""Keys as people read them: `robots-per-human` is Robots per human, `fsd` FSD where the claims write it so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_BEGINS = re.compile(r"(?:^|[.!?:] +)$")


def labels(keys: Iterable[str], sentences: Iterable[str]) -> dict[str, str]:
    """Each key with its words spelt as the sentences mostly spell them, a capital letter at the beginning."""
    parts = {key: key.split("-") for key in keys}
    wanted = {word for words in parts.values() for word in words}
    spelt: dict[str, Counter[str]] = {word: Counter() for word in wanted}
    for sentence in sentences if wanted else ():
        for found in _WORD.finditer(sentence):
            word = found[0]
            # The capital of a sentence's first word says nothing about the word, but one inside it does.
            if word.lower() in spelt and (
                word[1:] != word[1:].lower() or not _BEGINS.search(sentence, 0, found.start())
            ):
                spelt[word.lower()][word] += 1
    usual = {
        word: max(counts, key=lambda one: (counts[one], one)) if counts else word for word, counts in spelt.items()
    }
    return {key: _capital(" ".join(filter(None, (usual[word] for word in words)))) for key, words in parts.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
