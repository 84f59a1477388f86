"""Pieces of articles in a file, as a task writes them that cuts a large file up, and as another reads them.

For each piece a line of JSON, and where it holds bytes (``bytes``) these after it, as they were, and a line break; packed with gzip at its quickest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import uuid
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from marsad.archive.folder import Folder
from marsad.archive.task import Part, Task
from marsad.articles import About, RawArticle
from marsad.errors import Damaged, SetAside

TABLE = "cut"
_LEVEL = 1


def write_chunks(folder: Folder, task: Task, pieces: Iterable[RawArticle], at_once: int) -> list[Part]:
    """Write pieces to files of about so many bytes before packing; the files have their names only when all are whole.

    Args:
        folder: The archive.
        task: Whose work it is; the files are called after it.
        pieces: What is written.
        at_once: Bytes of a file.
    """
    written: list[tuple[Path, int]] = []
    with ExitStack() as stack:
        source = iter(pieces)
        while (first := next(source, None)) is not None:
            path = folder.root / "tmp" / f"{task.name}.{TABLE}.{uuid.uuid4().hex}"
            path.parent.mkdir(parents=True, exist_ok=True)
            stack.callback(path.unlink, missing_ok=True)
            written.append((path, _write(path, first, source, at_once)))
        return [_placed(folder, task, number, path, rows) for number, (path, rows) in enumerate(written)]


def _write(path: Path, first: RawArticle, source: Iterator[RawArticle], at_once: int) -> int:
    """One file of pieces; how many they are."""
    rows = 0
    piece: RawArticle | None = first
    with path.open("wb") as raw:
        # No name and no time in it: the same pieces make the same bytes.
        with gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as out:
            while piece is not None:
                rows += 1
                out.write(_line(piece))
                piece = next(source, None) if out.tell() < at_once else None
        raw.flush()
        os.fsync(raw.fileno())
    return rows


def _placed(folder: Folder, task: Task, number: int, path: Path, rows: int) -> Part:
    target = f"work/{TABLE}/{task.name}-{number:04}-{task.key[:12]}.pieces.gz"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    folder.path(target).parent.mkdir(parents=True, exist_ok=True)
    path.replace(folder.path(target))
    return Part(table=TABLE, path=target, rows=rows, bytes=size, sha256=digest)


def _line(piece: RawArticle) -> bytes:
    row: dict[str, Any] = {"kind": piece.kind, "line": piece.line, "member": piece.member, "kept": piece.kept}
    row["about"] = {name: value for name, value in asdict(piece.about).items() if value is not None}
    if piece.refusal is not None:
        row["refusal"] = [piece.refusal.reason, piece.refusal.message]
    if isinstance(piece.data, bytes):
        row["bytes"] = len(piece.data)
        return json.dumps(row).encode() + b"\n" + piece.data + b"\n"
    return json.dumps({**row, "data": piece.data}).encode() + b"\n"


def read_chunk(folder: Folder, part: Part, file: str) -> Iterator[RawArticle]:
    """The pieces of such a file.

    Args:
        folder: The archive.
        part: The file.
        file: What they were cut from.

    Raises:
        Damaged: it is not as it was written.
    """
    path = folder.path(part.path)
    try:
        with gzip.open(path, "rb") as stream:
            for _ in range(part.rows):
                yield _piece(json.loads(stream.readline()), cast("IO[bytes]", stream), file)
            more = stream.read(1)  # at the end of the file its checksum is looked at
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path}: it is not as it was written: {error}") from error
    if more:
        raise Damaged(f"{path}: it holds more than {part.rows:,} pieces")


def _piece(row: dict[str, Any], stream: IO[bytes], file: str) -> RawArticle:
    data = row.get("data")
    if data is None:
        data = stream.read(row["bytes"])
        if len(data) != row["bytes"] or stream.read(1) != b"\n":
            raise EOFError("a piece in it breaks off")
    refusal = SetAside(*row["refusal"]) if "refusal" in row else None
    return RawArticle(
        kind=row["kind"], file=file, data=data, line=row["line"], refusal=refusal,
        about=About(**row["about"]), member=row["member"], kept=row["kept"],
    )  # fmt: skip
