"""What the reader of a kind of file is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from marsad.articles.raw import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to cut into pieces: its name as the user gave it, its bytes, and what is asked for.

    ``columns`` maps fields of an article to headers of a table, where the user says so.
    """

    file: str
    stream: BinaryIO
    limits: Limits
    columns: Mapping[str, str] | None = None
