"""The gazetteer: places by name, by id and by governorate, from read-only SQLite files that share one shape.

The packaged file is made when the program is built (`marsad.grounding.gazetteer_build`) from GeoNames' cities, our tables of
countries and governorates and our overlay. What a user fetched or added lies beside it in files of the same shape; a place that two
files know is told by the one whose layer is higher (`Place.layer`).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import fields
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from marsad.errors import MarsadError
from marsad.model import Place

BUILT = Path(__file__).parent.parent / "_built" / "gazetteer.sqlite"
COLUMNS = tuple(field.name for field in fields(Place))
SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (n INTEGER PRIMARY KEY, {", ".join(COLUMNS)});
CREATE TABLE names (key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""Tables of a gazetteer file; the indexes are in `INDEXES`, made when all rows are in."""
INDEXES = "CREATE UNIQUE INDEX place_ids ON places (id); CREATE INDEX place_admin ON places (admin); CREATE INDEX name_places ON names (n);"
SHAPE = "marsad-gazetteer/1"
SAME_KM = 6.0
"""Two rows of one name and one country nearer than this are one place: GeoNames and OCHA differ by as much for villages."""
_MOST_NAMES = 15_000
_EARTH_KM = 12_742.0
_AREAS = frozenset(("country", "governorate", "district", "region", "subdistrict"))


class GazetteerError(MarsadError):
    """A gazetteer file is missing, or is none."""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The way between two points (degrees north, degrees east) over the ground, by the haversine formula."""
    north = sin(radians(b[0] - a[0]) / 2) ** 2
    east = sin(radians(b[1] - a[1]) / 2) ** 2
    return _EARTH_KM * asin(min(1.0, sqrt(north + cos(radians(a[0])) * cos(radians(b[0])) * east)))


def distance(a: Place, b: Place) -> float:
    """The way between two places' points in kilometres."""
    return kilometres((a.lat, a.lon), (b.lat, b.lon))


class Gazetteer:
    """Places by name and id, from one or more files; what was asked for once is remembered.

    Args:
        paths: Gazetteer files.

    Raises:
        GazetteerError: a file is missing or is no gazetteer; the message names it.
    """

    def __init__(self, paths: Sequence[Path] = (BUILT,)) -> None:
        self.paths = tuple(paths)
        self._pid = os.getpid()
        self._opened = _open_all(self.paths)
        self._named: dict[str, tuple[Place, ...]] = {}
        self._inside: dict[str, dict[str, tuple[str, ...]]] = {}
        self._by_id: dict[str, Place | None] = {}
        self._words: frozenset[str] | None = None
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(_meta(file).get("version", "").encode())
        self.version = digest.hexdigest()[:16]

    @property
    def files(self) -> list[sqlite3.Connection]:
        """The open files: opened again in a forked process, as SQLite's connections must not be carried over a fork."""
        if os.getpid() != self._pid:
            self._pid = os.getpid()
            self._opened = _open_all(self.paths)
        return self._opened

    def named(self, key: str) -> tuple[Place, ...]:
        """The places of a key (see `place_keys`), each once; the best known layer tells it."""
        found = self._named.get(key)
        if found is None:
            if len(self._named) >= _MOST_NAMES:
                self._named.clear()
            rows = (row for file in self.files for row in file.execute(_BY_KEY, (key,)))
            found = self._named[key] = _each_once(
                Place(**dict(zip(COLUMNS, row, strict=True))) for row in rows
            )
        return found

    def is_word(self, word: str) -> bool:
        """Whether a name of one folded word is an ordinary word of the language too, as it is written (باب, كيف)."""
        if self._words is None:
            self._words = frozenset(
                row[0] for file in self.files for row in file.execute("SELECT word FROM words")
            )
        return word in self._words

    def place(self, identity: str) -> Place | None:
        """The place of an id, or None."""
        if identity not in self._by_id:
            rows = [row for file in self.files for row in file.execute(_BY_ID, (identity,))]
            found = [Place(**dict(zip(COLUMNS, row, strict=True))) for row in rows]
            self._by_id[identity] = max(found, key=lambda place: place.layer, default=None)
        return self._by_id[identity]

    def keys_inside(self, admin: str) -> dict[str, tuple[str, ...]]:
        """The keys of all places of a governorate, by their length: for names with one letter wrong."""
        found = self._inside.get(admin)
        if found is None:
            keys = {row[0] for file in self.files for row in file.execute(_KEYS_INSIDE, (admin,))}
            by_length: dict[str, list[str]] = {}
            for key in keys:
                by_length.setdefault(str(len(key)), []).append(key)
            found = self._inside[admin] = {size: tuple(sorted(some)) for size, some in by_length.items()}
        return found

    def meta(self) -> list[dict[str, str]]:
        """What each file says of itself: shape, version, sources, licences, numbers of rows."""
        return [{"path": str(path), **_meta(file)} for path, file in zip(self.paths, self.files, strict=True)]

    def close(self) -> None:
        """Close the files."""
        for file in self.files:
            file.close()


_BY_KEY = f"SELECT {', '.join('p.' + c for c in COLUMNS)} FROM names JOIN places p USING (n) WHERE key = ? ORDER BY p.n"
_BY_ID = f"SELECT {', '.join(COLUMNS)} FROM places WHERE id = ?"
_KEYS_INSIDE = "SELECT key FROM places JOIN names USING (n) WHERE admin = ?"


def _open_all(paths: Iterable[Path]) -> list[sqlite3.Connection]:
    """All files opened, or none: where one is refused, those before it are closed again."""
    with ExitStack() as until_refused:
        files = [until_refused.enter_context(closing(_open(path))) for path in paths]
        until_refused.pop_all()
    return files


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise GazetteerError(
            f"{path}: there is no such gazetteer file; `make lexicon` builds the packaged one"
        )
    try:
        file = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise GazetteerError(f"{path}: not a gazetteer file ({error})") from None
    try:
        shape = _meta(file).get("shape")
    except sqlite3.Error as error:
        file.close()
        raise GazetteerError(f"{path}: not a gazetteer file ({error})") from None
    if shape != SHAPE:
        file.close()
        raise GazetteerError(f"{path}: not a gazetteer of the shape {SHAPE}; fetch or add it again")
    return file


def _meta(file: sqlite3.Connection) -> dict[str, str]:
    return dict(file.execute("SELECT name, value FROM meta"))


def _each_once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Without rows that tell a place again: the same kind of place, in one country, nearer than `SAME_KM`.

    A row that names no country, as a user's list may, is in any.
    """
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (-p.layer, -p.population, p.id)):
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    return tuple(kept)


def _same(a: Place, b: Place) -> bool:
    if a.id == b.id:
        return True
    one_country = a.country == b.country or not (a.country and b.country)
    return one_country and (a.kind in _AREAS) == (b.kind in _AREAS) and distance(a, b) <= SAME_KM
