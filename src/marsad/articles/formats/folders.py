"""Which files of a folder are read: those with the name of a kind that is known, packed or not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_SUFFIXES = frozenset(
    ".txt .html .htm .xhtml .json .jsonl .ndjson .csv .tsv .tab .parquet .docx .doc .pdf .warc .wacz".split()
)
"""An old .doc is among them so that it is refused with a word of advice and not passed over in silence."""


def files_in(folder: str | Path, packings: Sequence[str] = (".gz",)) -> list[Path]:
    """The files of a folder and of those in it that can hold articles, in order of their paths.

    Hidden files and folders are left out, and so are links to what lies outside the folder. Folders that cannot be
    listed are passed over.

    Args:
        folder: Where to look.
        packings: What may stand after the name of a kind.
    """
    top = Path(folder)
    home = top.resolve()
    found: list[Path] = []
    for here, folders, names in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(here, name)
            for name in names
            if may_hold_articles(name, packings) and _is_within(Path(here, name), home)
        ]
    return sorted(found)


def may_hold_articles(name: str, packings: Sequence[str] = (".gz",)) -> bool:
    """Whether a file of that name may be of a kind that is known."""
    name = name.lower()
    packed = next((one for one in packings if name.endswith(one)), "")
    return not name.startswith(".") and Path(name.removesuffix(packed)).suffix in _SUFFIXES


def _is_within(path: Path, home: Path) -> bool:
    return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(home))
