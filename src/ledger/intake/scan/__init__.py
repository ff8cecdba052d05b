"""A text becomes candidates: what in it looks like a claim about the future. Rules alone, no model."""

from __future__ import annotations

from .scanning import SURENESS, Candidate, claimed, scan, sentence_on

__all__ = ["SURENESS", "Candidate", "claimed", "scan", "sentence_on"]
