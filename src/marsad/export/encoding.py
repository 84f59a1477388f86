"""JSON as bytes, for every format that holds any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder()


def encode(value: Mapping[str, Any] | list[Any]) -> bytes:
    """A value as one line of JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes a question mark."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_parts)
        return said.encode("utf-8", "replace")


def _parts(value: object) -> Any:  # noqa: ANN401 (whatever was encoded)
    if isinstance(value, msgspec.Raw):
        return json.loads(bytes(value))
    raise TypeError(f"{type(value).__name__} is no JSON")
