"""The colours and signs of statuses on other people's maps: those of the workspace (``web/static/frame.css``, ``parts.css``), and the words for them.

A colour says what status an incident has; no side and no holder has one.
"""

from __future__ import annotations

from collections.abc import Mapping

from marsad.codebook import load_codebook
from marsad.model import Label

NO_STATUS = "none"
"""What is told for no status: an incident that is only planned, possible or demanded."""
COLOURS: Mapping[str, str] = {
    "single": "5f6a74",
    "corroborated": "0f6cb0",
    "conceded": "8a3f9c",
    "disputed": "a55605",
    "denied": "a3233a",
    NO_STATUS: "626d75",
}
"""Red, green and blue of each status, in the order of legends."""


def status_label(status: str) -> Label:
    """The codebook's words for a status (or `NO_STATUS`)."""
    return load_codebook().values["statuses"][status]
