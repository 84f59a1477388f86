"""A folder as one ZIP file, the same bytes for the same files."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from marsad.export import entry_of


def pack(folder: Path, file: Path) -> None:
    """Put all files of a folder into a new ZIP file, under the folder's name, by their paths."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                entry = entry_of(f"{folder.name}/{one.relative_to(folder).as_posix()}")
                with one.open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
                    shutil.copyfileobj(source, target, 1 << 20)
