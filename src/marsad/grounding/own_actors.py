"""The user's own register: a YAML file of the same shape as ours, whose entries add to it or replace what it says.

An entry with the id of one of ours and ``extend: true`` adds names to it; without, it must be whole (id, en, ar, kind) and stands in its stead.
Private persons have no place in it: an entry of kind ``person`` needs the public office that it holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marsad.errors import InputError, MarsadError


def own_actors(file: Path) -> Iterator[Mapping[str, Any]]:
    """The entries of a user's register.

    Raises:
        InputError: the file is no YAML of that shape; the message names the entry.
    """
    from marsad.grounding.register_build import check_row, plain_row

    for row in _entries(file):
        try:
            check_row(row, file.name)
        except MarsadError as error:
            raise InputError(str(error)) from None
        if row.get("kind") == "person" and not row.get("offices"):
            raise InputError(f"{file.name}: {row['id']}: a person is added with a public office only")
        yield plain_row(row, keep_extend=True)


def add_actor(file: Path, row: Mapping[str, Any]) -> None:
    """Add an entry to a user's register, or put it in the stead of the one of its id; the file is written whole or not at all.

    Raises:
        InputError: the entry or the file cannot be used.
    """
    import yaml

    entries = [dict(one) for one in _entries(file)] if file.is_file() else []
    entries = [one for one in entries if one.get("id") != row["id"]] + [dict(row)]
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_text(
        yaml.safe_dump({"actors": entries}, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    try:
        list(own_actors(part))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _entries(file: Path) -> list[Any]:
    import yaml

    try:
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read as YAML: {error}") from None
    entries = tree.get("actors") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise InputError(f"{file}: must hold a list 'actors' of entries")
    return entries
