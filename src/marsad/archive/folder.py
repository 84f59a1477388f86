"""An archive's folder: files of tables, and the manifest that says which of them count.

A task's files are written under names of their own, renamed when they are whole, and named in a record that is written last: that record is the commit. What no
record names does not exist: what a killed process left, what two processes did at once, what an earlier run made of other input.

    OUT/archive.json                    what was asked for (`marsad.archive.plan`)
    OUT/manifest/STAGE/PART.json        one record for each task that is done
    OUT/claims/PART-KEY.parquet         tables that people query
    OUT/work/TABLE/PART-KEY.parquet     what stages hand to each other
    OUT/tmp/                            what is being written
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.archive.schema import COLUMNS, RAW, folder_of, schema_of
from marsad.archive.task import Part, Record, Task
from marsad.errors import Damaged

_BLOCK = 1 << 20
_ROWS_IN_GROUP = 4096


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of an archive on a disk that all machines see."""

    root: Path

    def path(self, relative: str) -> Path:
        """The path of a file of the archive."""
        return self.root / relative

    def record(self, stage: str, name: str) -> Record | None:
        """The record of a part, or None where it has none that can be read: then the work is done anew."""
        return record_in(self._record_path(stage, name))

    def records(self, stage: str) -> dict[str, Record]:
        """All records of a stage by name, in the order of names."""
        return {record.name: record for path in self.record_paths(stage) if (record := record_in(path))}

    def record_paths(self, stage: str) -> list[Path]:
        """Where they stand, in the same order: for who looks at the times of files before reading thousands of them."""
        return sorted((self.root / "manifest" / stage).glob("*.json"))

    def done(self, task: Task) -> Record | None:
        """The record of a task that is done: with its key, and all its files there with their sizes."""
        record = self.record(task.stage, task.name)
        if record is None or record.key != task.key:
            return None
        for part in record.parts:
            try:
                if self.path(part.path).stat().st_size != part.bytes:
                    return None
            except OSError:
                return None
        return record

    def commit(self, record: Record) -> None:
        """Write the record: from now on its task is done."""
        path = self._record_path(record.stage, record.name)
        write_whole(path, record.to_json().encode())

    def _record_path(self, stage: str, name: str) -> Path:
        return self.root / "manifest" / stage / f"{name}.json"


def record_in(path: Path) -> Record | None:
    """The record in a file; None where there is none that can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Record.from_json(path.read_text(encoding="utf-8"))
    return None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the process or the machine stops.

    Its folder is not synced: a machine that stops may forget the file, or a record but not a file that it names, and then the work is done anew (`Folder.done`).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@dataclass(slots=True)
class Parts:
    """The files that a task is writing: one for each table, or several of one table with a name (``of``) each. Used as a context; what is not committed is removed.

    >>> with Parts(folder, task) as parts:  # doctest: +SKIP
    ...     parts.write("claims", rows)
    ...     record = parts.record(counts={"claims": 3})
    """

    folder: Folder
    task: Task
    _writers: dict[str, Any] = field(default_factory=dict)
    _files: dict[tuple[str, str], Path] = field(default_factory=dict)
    _rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            _let_go(writer)
        for path in self._files.values():
            path.unlink(missing_ok=True)

    def write(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows to a table; a column that a row does not have is null."""
        import pyarrow as pa  # type: ignore[import-untyped]

        held = list(rows)
        if held or table not in self._writers:
            self.write_table(table, pa.Table.from_pylist(held, schema=schema_of(table)))

    def write_table(self, table: str, data: Any) -> None:  # noqa: ANN401 (pyarrow has no types)
        """Add an Arrow table that has the table's schema."""
        writer = self._writers.get(table)
        if writer is None:
            writer = self._writers[table] = _writer(self._begun(table), table)
        writer.write_table(data, row_group_size=_ROWS_IN_GROUP)
        self._rows[table, ""] += data.num_rows

    def write_whole(self, table: str, of: str, data: Any) -> None:  # noqa: ANN401 (pyarrow has no types)
        """Write one of several files of a table, all of it at once: however many there are, none stays open."""
        with _writer(self._begun(table, of, data.num_rows), table) as writer:
            writer.write_table(data, row_group_size=_ROWS_IN_GROUP)

    def raw(self, table: str, rows: int) -> Path:
        """An empty file that the caller fills with bytes of its own kind, for tables of `marsad.archive.schema.RAW`."""
        path = self._begun(table, "", rows)
        path.touch()
        return path

    def _begun(self, table: str, of: str = "", rows: int = 0) -> Path:
        path = self.folder.root / "tmp" / f"{self.task.name}.{table}.{uuid.uuid4().hex}"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._files[table, of], self._rows[table, of] = path, rows
        return path

    def record(
        self, counts: Mapping[str, int] | None = None, told: Mapping[str, Any] | None = None
    ) -> Record:
        """Close the files, give them their names, and make the record; the caller commits it."""
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
        parts = tuple(self._placed(table, of) for table, of in list(self._files))
        return Record(
            stage=self.task.stage, name=self.task.name, key=self.task.key, parts=parts, counts=counts or {}, told=told or {}
        )  # fmt: skip

    def _placed(self, table: str, of: str) -> Part:
        path = self._files.pop((table, of))
        name = f"{self.task.name}.{of}" if of else self.task.name
        kind = "raw" if table in RAW else "parquet"
        target = f"{folder_of(table)}/{name}-{self.task.key[:12]}.{kind}"
        size, digest = _measured(path)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        place = self.folder.path(target)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
        return Part(table=table, path=target, rows=self._rows[table, of], bytes=size, sha256=digest)


def _writer(path: Path, table: str) -> Any:  # noqa: ANN401 (pyarrow has no types)
    from pyarrow import parquet

    return parquet.ParquetWriter(
        path, schema_of(table), compression="zstd", version="2.6", use_dictionary=_dictionaries(table)
    )


def _let_go(writer: Any) -> None:  # noqa: ANN401 (pyarrow has no types)
    """Close the writer of a file that is thrown away: that its end cannot be written, on a full disk for one, is no news."""
    import pyarrow as pa

    with suppress(OSError, pa.ArrowException):
        writer.close()


def _dictionaries(table: str) -> bool | list[str]:
    """The columns that repeat few values; bytes and JSON do not."""
    columns = (column.split(":") for column in COLUMNS[table].split())
    return [name for name, kind in columns if kind == "s" and name not in ("data", "text", "extra", "id")]


def _measured(path: Path) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size += len(block)
            digest.update(block)
    return size, digest.hexdigest()


def read_part(
    folder: Folder, part: Part | str, columns: Sequence[str] | None = None, at_once: int = 4096
) -> Iterator[Any]:
    """The rows of a file, given by its record or by its path in the folder, as Arrow record batches.

    Raises:
        Damaged: the file is not what the manifest says.
    """
    import pyarrow as pa
    from pyarrow import parquet

    path = folder.path(part if isinstance(part, str) else part.path)
    try:
        with parquet.ParquetFile(path) as file:
            yield from file.iter_batches(
                batch_size=at_once, columns=None if columns is None else list(columns)
            )
    except (pa.ArrowException, OSError) as error:
        raise Damaged(f"{path}: {error}") from error
