"""The files that an archive is made of: from paths, folders, patterns and addresses to a list in a fixed order.

A path becomes absolute, so that it is the same file for every process and every later run, wherever that is started; links in it stay as they were given, since machines may
reach one disk by different ways.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from marsad.archive.opening import input_at, is_address, system_of, told_input
from marsad.archive.plan import Input
from marsad.articles import files_in, may_hold_articles
from marsad.errors import InputError, MarsadError

PACKINGS = (".gz", ".bz2", ".xz", ".zst")
"""How a file may be packed, by its name."""
_FILE = "file://"
_PATTERN = frozenset("*?[")


def inputs_of(addresses: Sequence[str]) -> tuple[Input, ...]:
    """The files at these places, each once, in the order in which they were given; those of a folder or pattern in the order of their paths.

    Args:
        addresses: Paths of files or folders, patterns (``2024/**/*.warc.gz``), or addresses that fsspec knows (``s3://bucket/part-*.jsonl.zst``).

    Raises:
        InputError: there is nothing at one of them, or the package for its kind of address is missing.
    """
    found: dict[str, Input] = {}
    for address in addresses:
        for same, one in _at(address):
            found.setdefault(same, one)
    return tuple(found.values())


def _at(address: str) -> list[tuple[str, Input]]:
    """The files of one address, each with what it is the same by."""
    if address == "-":
        raise InputError(
            "-: an archive cannot be made of standard input, which cannot be read again: write it to a file"
        )
    address = address.removeprefix(_FILE) if address.startswith(_FILE + "/") else address
    found = list(_remote(address) if is_address(address) else _local(address))
    if not found:
        raise InputError(f"{address}: there are no files of a kind that can be read")
    return found


def _local(address: str) -> Iterator[tuple[str, Input]]:
    path = Path(os.path.abspath(address))  # noqa: PTH100 (Path.resolve would follow links)
    if path.is_dir():
        files = files_in(path, PACKINGS)
    elif path.exists() or not _PATTERN & set(address):
        files = [path]
    else:
        named = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 (a path that begins at the root is no pattern to Path)
        files = [file for name in named if (file := Path(name)).is_file()]
    for file in files:
        yield str(file.resolve()), input_at(str(file))


def _remote(address: str) -> Iterator[tuple[str, Input]]:
    if "::" in address:
        raise InputError(
            f"{address}: addresses within addresses are not read: unpack it, or give the file itself"
        )
    system, path = system_of(address)
    try:
        listed = _listed(system, path)
    except MarsadError:
        raise
    except FileNotFoundError:
        raise InputError(f"{address}: there is no such file") from None
    except Exception as error:
        raise InputError(f"{address}: it cannot be listed: {error or type(error).__name__}") from error
    for one in listed:
        yield one.address, one


def _listed(system: Any, path: str) -> list[Input]:  # noqa: ANN401 (fsspec has no types)
    """The files at a path of a file system: itself, those in it, or those of its pattern."""
    if _PATTERN & set(path):
        found = system.glob(path, detail=True)
    elif system.isdir(path):
        within = system.find(path, detail=True)
        found = {name: info for name, info in within.items() if _is_wanted(name.removeprefix(path))}
    else:
        found = {path: system.info(path)}
    ordered = sorted(found.items(), key=lambda one: one[0].split("/"))
    return [told_input(system, name, info) for name, info in ordered if info.get("type") != "directory"]


def _is_wanted(name: str) -> bool:
    """As for a folder of this machine: nothing hidden, and a name of a kind that is known."""
    *folders, last = name.strip("/").split("/")
    return may_hold_articles(last, PACKINGS) and not any(folder.startswith(".") for folder in folders)
