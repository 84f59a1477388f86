"""Writing a gazetteer file: rows in, one SQLite file out, complete or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import astuple
from pathlib import Path

from marsad.grounding.gazetteer import COLUMNS, INDEXES, SCHEMA, SHAPE
from marsad.grounding.place_keys import place_key
from marsad.model import Place

Row = tuple[Place, Iterable[str]]
"""A place and all its names, as written."""
SetAside = Callable[[str, str], None]
"""Told of each row that is passed over: which one, and why."""


def write_gazetteer(
    path: Path,
    rows: Iterable[Row],
    meta: Mapping[str, str],
    words: frozenset[str] = frozenset(),
    set_aside: SetAside | None = None,
) -> int:
    """Write a gazetteer file; the number of places in it. What stood there before is replaced when all is written.

    Args:
        path: The file.
        rows: Places with their names, Arabic and Latin; a second row of one id is passed over. What their iterator raises goes through.
        meta: What the file says of itself: ``sources``, ``licence`` ...
        words: Folded ordinary words of the language; names of one word that are among them are marked.
        set_aside: Told of each second row of one id.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as file:
            count, version = _fill(file, rows, words, set_aside)
            stated = {**meta, "shape": SHAPE, "version": version, "places": str(count)}
            file.executemany("INSERT INTO meta VALUES (?, ?)", sorted(stated.items()))
            file.commit()
            file.execute("VACUUM")
        part.replace(path)
    except sqlite3.OperationalError as error:  # SQLite's word for a disk that is full or takes nothing
        raise OSError(f"{path}: cannot be written ({error})") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _fill(
    file: sqlite3.Connection, rows: Iterable[Row], words: frozenset[str], set_aside: SetAside | None
) -> tuple[int, str]:
    file.executescript(SCHEMA)
    digest = hashlib.sha256()
    seen: set[str] = set()
    gated: set[str] = set()
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    for place, names in rows:
        if place.id in seen:
            if set_aside:
                set_aside(place.id, f"a second row of this id ({place.ar or place.name}); the first is kept")
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
