"""The folder of an archive as the commands are given it, and whether what archives need is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from marsad.archive.folder import Folder
from marsad.errors import InputError


def folder_of(paths: Sequence[str | Path]) -> Folder:
    """The folder of an archive: the last of the paths; those before it are inputs, of which its plan knows.

    Raises:
        InputError: what archives need is not installed.
    """
    _needed()
    return Folder(Path(paths[-1]))


@contextmanager
def plain_errors(folder: Folder) -> Iterator[None]:
    """What the system refuses while an archive is looked at or made (a disk that is full, a folder that may not be written) is told in one line.

    Raises:
        InputError: it refused; the message names the archive, the reason and the file.
    """
    try:
        yield
    except BrokenPipeError:  # it is our own output that is closed, and nothing of the archive
        raise
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise InputError(f"{folder.root}: the archive cannot be made there: {error.strerror or error}{where}; what is done stays, and the same command goes on from it") from error  # fmt: skip


def _needed() -> None:
    try:
        import duckdb
        import fsspec  # type: ignore[import-untyped]
        import pyarrow  # type: ignore[import-untyped]
    except ImportError as error:
        raise InputError(f'archives need {error.name}: pip install "marsad[archive]"') from None
    del duckdb, fsspec, pyarrow
