"""Many files as a folder, or straight into one ZIP file: a format of tens of thousands of small files is written once and not twice.

The same files give the same bytes: entries of a ZIP come in the order in which they were written, bear no time of their own, and lie in a folder that bears the ZIP's name.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Protocol

WHEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell."""
_MODE = 0o100644 << 16
_LEVEL = 1
"""Of compression: higher ones take several times as long for a tenth less."""


class Bundle(Protocol):
    """Where files go."""

    def put(self, name: str, data: bytes) -> None:
        """A new file; ``name`` is its path with slashes."""

    def close(self) -> None:
        """No more files come."""


def bundle_at(path: Path) -> Bundle:
    """A ZIP file where the path ends in ``.zip``, else the folder, which is there and empty."""
    return _Zip(path) if path.suffix == ".zip" else _Folder(path)


def entry_of(name: str) -> zipfile.ZipInfo:
    """An entry of a ZIP without a time of its own."""
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _MODE
    return entry


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = f"{path}/"
        self._made: set[str] = {""}

    def put(self, name: str, data: bytes) -> None:
        folder = name.rpartition("/")[0]
        if folder not in self._made:
            Path(self._path + folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        # Straight to the system: there may be tens of thousands of them.
        made = os.open(self._path + name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(made, "wb") as file:
            file.write(data)

    def close(self) -> None:
        pass


class _Zip:
    def __init__(self, path: Path) -> None:
        self._under = path.stem
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)

    def put(self, name: str, data: bytes) -> None:
        self._archive.writestr(entry_of(f"{self._under}/{name}"), data, compresslevel=_LEVEL)

    def close(self) -> None:
        self._archive.close()
