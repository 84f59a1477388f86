"""What a finished archive says of itself (``archive.json``): its plan, its counts, and the files that its tables are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from marsad.archive.finish import MANIFEST
from marsad.archive.folder import Folder
from marsad.archive.plan import SCHEMA, Plan
from marsad.archive.progress import progress_of
from marsad.errors import Damaged, InputError

PLAN = "plan.json"


def plan_of(folder: Folder) -> Plan:
    """The plan that was last begun in a folder.

    Raises:
        InputError: it is no folder of an archive, or its plan cannot be read.
    """
    path = folder.path(PLAN)
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{folder.root}: no archive was begun here (there is no {PLAN} in it); `marsad archive run INPUT... {folder.root}` begins one") from None  # fmt: skip
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    return Plan.from_json(row, str(folder.root))


def manifest_of(folder: Folder) -> dict[str, Any]:
    """What stands in ``archive.json``.

    Raises:
        InputError: there is no archive, none that is finished, or it is of another form.
        Damaged: the file is no JSON.
    """
    path = folder.path(MANIFEST)
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        plan_of(folder)
        raise InputError(f"{folder.root}: the archive is not finished; `marsad archive resume {folder.root}` goes on, `marsad archive status {folder.root}` tells how far it is") from None  # fmt: skip
    except (OSError, ValueError) as error:
        raise Damaged(f"{path}: cannot be read: {error}") from None
    if found.get("schema") != SCHEMA:
        raise InputError(
            f"{path}: its form is {found.get('schema')!r}, and {SCHEMA!r} is what is understood; make the archive anew"
        )
    return found


def files_of(folder: Folder, manifest: dict[str, Any], table: str) -> Sequence[Path]:
    """The files of a table that hold rows, in order.

    Raises:
        Damaged: one of them is gone, or is not as large as the manifest says.
    """
    found = []
    for part in manifest["tables"].get(table, ()):
        path = folder.path(part["path"])
        size = path.stat().st_size if path.is_file() else -1
        if size != part["bytes"]:
            said = "is gone" if size < 0 else f"has {size:,} bytes and not {part['bytes']:,}"
            raise Damaged(f"{path}: {said}; `marsad archive resume {folder.root}` makes it anew")
        if part["rows"]:
            found.append(path)
    return found


def rows_of(manifest: dict[str, Any], table: str) -> int:
    """How many rows a table has."""
    return sum(part["rows"] for part in manifest["tables"].get(table, ()))


def is_being_remade(folder: Folder) -> bool:
    """Whether a run after the one that finished was begun and has not finished: what ``archive.json`` names is then what there was before."""
    told = progress_of(folder)
    return told is not None and told["state"] != "done"
