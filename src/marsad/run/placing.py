"""Where files are written before they are put in their place: in a folder of its own beside each, so that a name stands for something whole or for what stood there before.

A process that is killed leaves its folder lying, under a name that begins with a dot. The next one that writes there on the same machine clears it away.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from marsad.errors import InputError

_BEFORE = ".marsad-export-"


@contextmanager
def folders_beside(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """A new folder beside each path, gone afterwards.

    Raises:
        InputError: what is done there fails for the system's reasons: a full disk, a folder that cannot be written.
    """
    folders: list[Path] = []
    try:
        for parent in {path.absolute().parent for path in paths}:
            _clear_away(parent)
        for path in paths:
            prefix = f"{_BEFORE}{_machine()}-{os.getpid()}-"
            folders.append(Path(tempfile.mkdtemp(prefix=prefix, dir=path.absolute().parent)))
        yield folders
    except OSError as error:
        said = ", ".join(str(path) for path in paths)
        raise InputError(f"{said} cannot be written: {error.strerror or error}") from error
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def check_file(path: Path) -> None:
    """See that a file can come to stand at a path.

    Raises:
        InputError: there is no folder for it, or something stands there that is no file.
    """
    _check_parent(path)
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no file; standard output goes where you will without -o"
        raise InputError(f"{path} cannot be written: it is {what}")


def check_folder(path: Path) -> None:
    """See that a folder can come to stand at a path.

    Raises:
        InputError: there is no folder for it, or something stands there that is no empty folder.
    """
    _check_parent(path)
    if path.exists() and not (path.is_dir() and is_empty(path)):
        raise InputError(f"{path} is there already: name a folder that is not there or is empty")


def is_empty(folder: Path) -> bool:
    """Whether nothing is in a folder but what a killed process left there."""
    return all(one.name.startswith(_BEFORE) for one in folder.iterdir())


def _check_parent(path: Path) -> None:
    parent = path.absolute().parent
    if not parent.is_dir():
        raise InputError(f"{path} cannot be written: there is no folder {parent}")


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _clear_away(folder: Path) -> None:
    """Take away what processes of this machine left that are no more."""
    if os.name != "posix":  # elsewhere there is no asking for a process without harming it
        return
    for left in folder.glob(f"{_BEFORE}{_machine()}-*"):
        number = left.name.removeprefix(f"{_BEFORE}{_machine()}-").partition("-")[0]
        if number.isdecimal() and not _lives(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
