"""The objects of a file of JSON lines, one after the other; a line that is none comes as why it is set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from marsad.articles.streams import opened
from marsad.errors import SetAside

MOST_BYTES = 50_000_000
"""Of one line: an incident that is told by ten thousand articles has some ten million."""


def json_rows(file: str) -> Iterator[tuple[int, dict[str, Any] | SetAside]]:
    """Each object with the number of its line; blank lines are passed over.

    Args:
        file: A path, or ``-`` for standard input; gzip is unpacked.

    Yields:
        The number of the line, and the object or the reason for which there is none. A file that breaks off, or cannot be opened (line 0), ends
        with that reason.
    """
    number = 0
    try:
        with opened(file) as stream:
            while line := stream.readline(MOST_BYTES + 1):
                number += 1
                if line.strip():
                    yield number, _row(line)
    except SetAside as refusal:
        yield (number + 1 if number else 0), refusal


def _row(line: bytes) -> dict[str, Any] | SetAside:
    if len(line) > MOST_BYTES:
        return SetAside("too_long", f"more than {MOST_BYTES:,} bytes in one line, which is the limit")
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return SetAside("bad_json", f"not JSON: {error}")
    if isinstance(row, dict):
        return row
    return SetAside("bad_record", f"a line must be a JSON object, not {type(row).__name__}")
