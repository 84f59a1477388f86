"""The user's own register: a YAML file of the same shape as ours, whose entries add to it or replace what it says.

An entry with the id of one of ours and ``extend: true`` adds names to it; without, it must be whole (id, en, ar, kind) and stands in its stead.
Private persons have no place in it: an entry of kind ``person`` needs the public office that it holds.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from marsad.errors import InputError, MarsadError
from marsad.grounding.actor_keys import key_of_name
from marsad.grounding.register import Register, names_of

_NAMES = ("aliases", "loaded", "local")
Entry = Mapping[str, Any]


def own_actors(file: Path) -> Iterator[Entry]:
    """The entries of a user's register.

    Raises:
        InputError: the file is no YAML of that shape; the message names the entry.
    """
    from marsad.grounding.register_build import plain_row

    entries = _entries(file)
    _check(entries, file.name)
    for row in entries:
        yield plain_row(row, keep_extend=True)


def add_actor(file: Path, row: Entry) -> None:
    """Add an entry to a user's register; the file is written whole or not at all.

    One that extends adds its names to the entry of its id, a whole one stands in the stead of all entries of its id.

    Raises:
        InputError: the entry or the file cannot be used, or the file cannot be written.
    """
    _check_entry(row, file.name)
    for name in (row.get("en"), *names_of(row), *(row.get("local") or ())):
        if name is not None and not (key_of_name(name) and any(map(str.isalpha, name))):
            raise InputError(f"{file.name}: {row['id']}: {name!r} is no name: it has no letters")
    try:
        entries = _with(_entries(file) if file.is_file() else [], row, file.name)
        _check(entries, file.name)
        _write(file, entries)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error}") from None


def _with(entries: Sequence[Entry], row: Entry, where: str) -> list[Entry]:
    """The entries with one more, or with its names in the entry of its id."""
    from marsad.grounding.register_build import extended

    same = [place for place, one in enumerate(entries) if one.get("id") == row["id"]]
    if not row.get("extend") or not same:
        return [*(one for one in entries if row.get("extend") or one.get("id") != row["id"]), row]
    last = same[-1]
    _check_entry(entries[last], where)
    return [*entries[:last], extended(dict(entries[last]), dict(row)), *entries[last + 1 :]]


def _write(file: Path, entries: Sequence[Entry]) -> None:
    import yaml

    text = yaml.safe_dump({"actors": list(map(dict, entries))}, allow_unicode=True, sort_keys=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _entries(file: Path) -> list[Any]:
    import yaml

    try:
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: no UTF-8, or a day such as 2024-13-01
        raise InputError(f"{file}: cannot be read as YAML: {_one_line(error)}") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    entries = tree.get("actors") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise InputError(f"{file}: must hold a list 'actors' of entries")
    return entries


def _one_line(error: Exception) -> str:
    """What is wrong with a YAML file, and in which line, without the excerpt that YAML shows."""
    words = " ".join(str(getattr(error, "problem", None) or error).split())
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {words}" if mark else words


def _check(entries: Sequence[Entry], where: str) -> None:
    """Refuse entries that cannot be used, each by itself, then beside the others and ours."""
    for row in entries:
        _check_entry(row, where)
    ours = Register()
    before: set[str] = set()
    for row in entries:
        identity = row["id"]
        if not row.get("extend") and identity in before:
            raise InputError(f"{where}: {identity}: there is an entry of this id before it")
        if row.get("extend") and identity not in before and ours.actor(identity) is None:
            raise InputError(
                f"{where}: {identity} extends an actor that is not in the register, nor before it in the file"
            )
        before.add(identity)
    for row in entries:
        if missing := next(_missing(row, ours, before), None):
            raise InputError(f"{where}: {row['id']}: {missing}")


def _missing(row: Entry, ours: Register, own: Container[str]) -> Iterator[str]:
    """The sides, the parent and the bodies of offices that an entry names and nobody knows."""
    for side in row.get("sides") or ():
        if side["side"] not in ours.sides:
            yield f"there is no side {side['side']!r}"
    bodies = [("parent", row.get("parent"))]
    bodies += [("body of an office", office["of"]) for office in row.get("offices") or ()]
    for what, body in bodies:
        if body is not None and body not in own and ours.actor(body) is None:
            yield f"there is no actor {body!r} ({what})"


def _check_entry(row: Entry, where: str) -> None:
    """Refuse an entry that cannot be used, whatever else is in the file."""
    from marsad.grounding.register_build import check_row

    try:
        check_row(row, where)
    except MarsadError as error:
        raise InputError(str(error)) from None
    if row.get("kind") == "person" and not row.get("offices"):
        raise InputError(f"{where}: {row['id']}: a person is added with a public office only")
    if row.get("extend"):
        more = [key for key in row if key not in ("id", "extend", *_NAMES) and row[key] is not None]
        if more or not any(row.get(key) for key in _NAMES):
            raise InputError(
                f"{where}: {row['id']}: an entry that extends another has names ({', '.join(_NAMES)}), and nothing else"
            )
