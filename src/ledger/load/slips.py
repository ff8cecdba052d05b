"""What a YAML error most likely means to somebody who edits by hand: the place to look, and the remedy."""

from __future__ import annotations

import yaml

from .composer import Broken


def explain(text: str, error: yaml.MarkedYAMLError) -> Broken:
    """Turn PyYAML's error into a message with the offset where the slip most likely is."""
    mark = error.problem_mark or error.context_mark
    offset = mark.index if mark is not None else 0
    problem = error.problem or "not valid YAML"
    context = error.context or ""
    if "single document" in context:
        return Broken("yaml-feature", "a second document begins", offset, "one file holds one document; remove the ---")
    if "quoted scalar" in context and error.context_mark is not None:
        return Broken(
            "syntax",
            "the quotation mark is not closed",
            error.context_mark.index,
            "close it, or double it inside the text",
        )
    return Broken("syntax", problem, offset, None)
