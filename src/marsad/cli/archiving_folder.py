"""The folder of an archive as the commands are given it, and whether what archives need is installed."""

from __future__ import annotations

from collections.abc import Sequence
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


def _needed() -> None:
    try:
        import duckdb
        import fsspec  # type: ignore[import-untyped]
        import pyarrow  # type: ignore[import-untyped]
    except ImportError as error:
        raise InputError(f'archives need {error.name}: pip install "marsad[archive]"') from None
    del duckdb, fsspec, pyarrow
