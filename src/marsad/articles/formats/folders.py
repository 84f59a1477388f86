"""Which files of a folder are read: those with the name of a kind that is known, packed or not."""

from __future__ import annotations

import os
from pathlib import Path

_SUFFIXES = frozenset(
    ".txt .html .htm .xhtml .json .jsonl .ndjson .csv .tsv .tab .parquet .docx .doc .pdf .warc .wacz".split()
)
"""An old .doc is among them so that it is refused with a word of advice and not passed over in silence."""


def files_in(folder: str | Path) -> list[Path]:
    """The files of a folder and of those in it that can hold articles, in order of their paths.

    Hidden files and folders are left out, and so are links to what lies outside the folder. Folders that cannot be
    listed are passed over.
    """
    top = Path(folder)
    home = top.resolve()
    found: list[Path] = []
    for here, folders, names in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(here, name) for name in names if _is_wanted(Path(here, name), home)]
    return sorted(found)


def _is_wanted(path: Path, home: Path) -> bool:
    name = path.name.lower()
    if name.startswith(".") or Path(name.removesuffix(".gz")).suffix not in _SUFFIXES:
        return False
    return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(home))
