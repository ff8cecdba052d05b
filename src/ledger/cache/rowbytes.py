"""Values as the bytes of a row: JSON, and arrays of 32-bit numbers, plain data that nothing runs; or Damaged."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


class Damaged(Exception):
    """A row is not there, or not what was written."""


def dumps(value: object) -> bytes:
    """JSON as bytes; UnicodeEncodeError for a text that is not Unicode."""
    return _encode(value).encode("utf-8")


def loads(data: bytes) -> Any:
    """The value of such bytes."""
    return _decode(data.decode("utf-8"))


def numbers(values: Iterable[int]) -> bytes:
    """Whole numbers as bytes."""
    return array("i", values).tobytes()


def numbers_of(data: bytes) -> array[int]:
    """The numbers of such bytes."""
    found = array("i")
    found.frombytes(data)
    return found
