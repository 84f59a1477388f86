"""The tables of an archive, column by column; types are given and never guessed from rows.

Those under ``work`` are what stages hand to each other; the others are what people query (`marsad archive sql`) and take away.
"""

from __future__ import annotations

from functools import cache
from typing import Any

GROUPS = 8
"""Columns that a signature of 512 bytes is cut into, so that a task reads the bands that it looks at and no others."""

_CLAIM = (
    "id:s article:s number:i event:s polarity:s modality:s source:s source_kind:s source_id:s stance:s place_id:s place:s country:s"
    " lat:f lon:f precision:s first_day:s last_day:s data:s"
)
_ARTICLE = "id:s outlet:s published:s title:s url:s place:s shard:s piece:i characters:i digest:s claims:i"

COLUMNS = {
    # Shard by shard as read: with what copies are found by. ``lands`` is JSON: how many of its claims lie in each country. ``extra`` is JSON.
    "read_articles": f"{_ARTICLE} extra:s text:s lands:s runs:i " + " ".join(f"s{n}:x" for n in range(GROUPS)),
    "read_claims": _CLAIM,
    # The episodes of the articles of a shard in their order: ``data`` is a list of testimonies (`marsad.archive.packing`).
    # ``day`` is the proleptic ordinal of the first day, null where none is known; ``period`` whether it is a stretch of time of its own.
    "read_episodes": "article:s group:s country:s day:i period:b claims:i data:y",
    "set_aside": "place:s reason:s message:s shard:s piece:i",
    # All signed articles in order of time, each on the row that is its rank: ``shard`` and ``row`` say where they were read. After them those that are left out.
    "order": "shard:s row:i id:s left_out:b",
    # Ranks, and at how many places the two signatures agree.
    "pairs": "first:l second:l common:i",
    # One row for each article that is a copy or has copies, and for each that is left out (``left_out``: a later one of the same id).
    "families": "shard:s row:i id:s family:s copy_of:s known:b home:s left_out:b",
    # ``slot`` is the day, or what stands for none and for a period (`marsad.archive.slicing`).
    "episodes": "block:s slot:i article:s family:s copy_of:s claims:i data:y",
    "cells": "block:s slot:i claims:i digest:l",
    # Episodes around the cut before the day ``cut`` of a block.
    "edges": "block:s cut:i slot:i article:s family:s copy_of:s claims:i data:y",
    # What people query.
    "articles": f"{_ARTICLE} family:s copy_of:s copy_known:b extra:s text:s",
    "claims": _CLAIM,
    "copies": "article:s family:s copy_of:s known:b",
    "incidents": "id:s block:s status:s events:* roots:i independent:i counts_differ:b first_day:s last_day:s day_precision:s place_id:s place:s"
    " country:s lat:f lon:f precision:s claims:i killed_min:i killed_max:i wounded_min:i wounded_max:i retells:s data:s",
    "incident_claims": "incident:s claim:s article:s number:i event:s says:s stance:s root:s root_text:s root_kind:s side:s outlet:s published:s",
    "territory": "bucket:i place_key:s incident:s data:y",
    "spells": "id:s place_key:s place_id:s place:s country:s lat:f lon:f state:s holder_id:s holder:s claimant_id:s claimant:s first_day:s"
    " end_day:s incidents:i roots:i data:s",
}  # fmt: skip
"""Every column with the letter of its type: s text, i 32-bit number, l 64-bit, f double, b yes or no, y bytes, x 64 bytes, * texts."""

RAW = ("cut", "signatures", "bands", "facts")
"""What is kept as bytes: pieces of large files (`marsad.archive.chunks`), and what is kept of signed articles by rank, not as Parquet, so that it can be looked up without being read (`marsad.archive.copies_files`)."""

PUBLIC = ("articles", "claims", "copies", "incidents", "incident_claims", "spells", "set_aside")
"""The tables that lie beside the manifest; the others lie under ``work``."""


@cache
def schema_of(table: str) -> Any:  # noqa: ANN401 (pyarrow has no types)
    """The Arrow schema of a table."""
    import pyarrow as pa  # type: ignore[import-untyped]

    kinds = {
        "s": pa.string(),
        "i": pa.int32(),
        "l": pa.int64(),
        "f": pa.float64(),
        "b": pa.bool_(),
        "y": pa.binary(),
        "x": pa.binary(64),
        "*": pa.list_(pa.string()),
    }
    pairs = (column.split(":") for column in COLUMNS[table].split())
    return pa.schema([(name, kinds[kind]) for name, kind in pairs])


def folder_of(table: str) -> str:
    """Where the files of a table lie in the archive's folder."""
    return table if table in PUBLIC else f"work/{table}"
