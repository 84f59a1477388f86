"""A folder as one ZIP file, the same bytes for the same files."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell: files in it bear no time of their own."""
_MODE = 0o100644 << 16


def pack(folder: Path, file: Path) -> None:
    """Put all files of a folder into a new ZIP file, under the folder's name, by their paths."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                entry = zipfile.ZipInfo(f"{folder.name}/{one.relative_to(folder).as_posix()}", _WHEN)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _MODE
                with one.open("rb") as source, archive.open(entry, "w", force_zip64=False) as target:
                    shutil.copyfileobj(source, target, 1 << 20)
