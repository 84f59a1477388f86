"""Where a command's lines go: standard output, or a file that appears under its name once it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from marsad.cli.output import Output
from marsad.run.placing import check_file, folders_beside


class Sink(Protocol):
    """Takes lines; ``form`` is as in `marsad.cli.output.Output`."""

    def write(self, text: str, form: str) -> None:
        """Take a line."""

    def put(self, data: bytes) -> None:
        """Take a line as bytes."""


class _File:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str, form: str) -> None:
        self.put(text.encode("utf-8", "replace"))

    def put(self, data: bytes) -> None:
        self._stream.write(data)


@contextmanager
def sink_of(output: Path | None) -> Iterator[Sink]:
    """Standard output, or a file. What stood in its place stays until all has been written, and for good where something fails.

    Args:
        output: The file; None for standard output.

    Raises:
        InputError: the file cannot be written.
    """
    if output is None:
        with Output() as stdout:
            yield stdout
        return
    check_file(output)
    with folders_beside([output]) as (folder,):
        part = folder / output.name
        with part.open("wb") as stream:
            yield _File(stream)
        part.replace(output)
