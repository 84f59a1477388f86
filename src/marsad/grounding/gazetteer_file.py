"""Writing a gazetteer file: rows in, one SQLite file out, complete or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from pathlib import Path

from marsad.grounding.gazetteer import COLUMNS, INDEXES, SCHEMA, SHAPE
from marsad.grounding.place_keys import place_key
from marsad.model import Place

Row = tuple[Place, Iterable[str]]
"""A place and all its names, as written."""


def write_gazetteer(
    path: Path, rows: Iterable[Row], meta: Mapping[str, str], words: frozenset[str] = frozenset()
) -> int:
    """Write a gazetteer file; the number of places in it. What stood there before is replaced when all is written.

    Args:
        path: The file.
        rows: Places with their names, Arabic and Latin; a second row of one id is passed over.
        meta: What the file says of itself: ``sources``, ``licence`` ...
        words: Folded ordinary words of the language; names of one word that are among them are marked.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    file = sqlite3.connect(part)
    try:
        count, version = _fill(file, rows, words)
        stated = {**meta, "shape": SHAPE, "version": version, "places": str(count)}
        file.executemany("INSERT INTO meta VALUES (?, ?)", sorted(stated.items()))
        file.commit()
        file.execute("VACUUM")
        file.close()
        part.replace(path)
    finally:
        file.close()
        part.unlink(missing_ok=True)
    return count


def _fill(file: sqlite3.Connection, rows: Iterable[Row], words: frozenset[str]) -> tuple[int, str]:
    file.executescript(SCHEMA)
    digest = hashlib.sha256()
    seen: set[str] = set()
    gated: set[str] = set()
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    for place, names in rows:
        if place.id in seen:
            continue
        seen.add(place.id)
        number = len(seen)
        keys = sorted({key for name in names if (key := place_key(name))})
        file.execute(f"INSERT INTO places VALUES ({marks})", (number, *astuple(place)))
        file.executemany("INSERT INTO names VALUES (?, ?)", ((key, number) for key in keys))
        gated.update(words.intersection(form for key in keys for form in (key, f"ال{key}")))
        digest.update(repr((astuple(place), keys)).encode())
    file.executemany("INSERT INTO words VALUES (?)", ((word,) for word in sorted(gated)))
    file.executescript(INDEXES)
    return len(seen), digest.hexdigest()[:16]
