"""Lines that stand beside those of articles in a lossless export: what people decided, and what articles were before.

Each is an object with one field, which says what it is, so that whoever reads articles can tell them from articles and pass over them:

* ``{"history": {...}}`` follows the line of its article: its earlier versions, and which claims follow claims of those;
* ``{"judgement": {...}}``, ``{"review": {...}}`` and ``{"sensitive": {...}}`` come after all articles.

>>> is_beside({"judgement": {"one": "c1", "other": "c2"}}), is_beside({"id": "a1", "text": "..."})
(True, False)
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

BESIDE = ("history", "judgement", "review", "sensitive")
_BEGINS = re.compile(rb'\s*\{\s*"(?:%s)"\s*:\s*\{' % "|".join(BESIDE).encode())


def is_beside(row: Mapping[str, Any]) -> bool:
    """Whether an object is such a line, and no article."""
    return len(row) == 1 and any(isinstance(row.get(name), dict) for name in BESIDE)


def begins_beside(line: bytes) -> bool:
    """The same for a line that has not been parsed; one that is no JSON is none."""
    if not _BEGINS.match(line):
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return is_beside(row)
