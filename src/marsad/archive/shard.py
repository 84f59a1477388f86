"""What one task reads: some small files, a stretch of a large one, or a piece that was cut off one that cannot be read from the middle."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any, Literal

from marsad.archive.plan import Input
from marsad.archive.task import Part

Form = Literal["files", "lines", "members", "rows", "chunk"]

_OTHER = re.compile(r"[^A-Za-z0-9.]+")
_STEM, _HEX = 32, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A share of the input that one task reads; the same however many processes there are.

    Attributes:
        form: ``files`` (all that is in its inputs), or a stretch of its one input: ``lines`` and ``members`` (of a packed web archive) that begin at bytes
            from ``start`` to before ``end``, ``rows`` (row groups of a Parquet file) by number, ``chunk`` (what stage ``cut`` wrote).
        inputs: The files, in their order.
        start: Where it begins.
        end: Before what it ends.
        part: The file of a ``chunk``, within the archive's folder.
    """

    form: Form
    inputs: tuple[Input, ...]
    start: int = 0
    end: int = 0
    part: Part | None = None

    @property
    def name(self) -> str:
        """Unique and stable: what other inputs there are has no part in it."""
        told = "\n".join([self.form, *(one.identity for one in self.inputs), f"{self.start}-{self.end}"])
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_HEX]
        return f"{stem_of(self.inputs[0])}-{digest}"

    @property
    def size(self) -> int:
        """Bytes on disk that it is about, for showing how far a run has come."""
        if self.form in ("lines", "members"):
            return self.end - self.start
        return self.part.bytes if self.part else sum(max(one.size, 0) for one in self.inputs)

    @property
    def reads(self) -> tuple[str, ...]:
        """What it reads within the archive's folder (`marsad.archive.task.Task.reads`)."""
        return (self.part.path,) if self.part else ()

    def depends(self) -> tuple[str, ...]:
        """What its articles depend on (`marsad.archive.task.Task.depends`)."""
        stretch = () if self.form == "files" else (f"{self.form}:{self.start}-{self.end}",)
        cut = (self.part.sha256,) if self.part else ()
        return (*(one.identity for one in self.inputs), *stretch, *cut)

    def to_json(self) -> dict[str, Any]:
        """As a task's ``given`` holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Shard:
        """The shard of such an object."""
        inputs = tuple(Input(**one) for one in row["inputs"])
        part = Part(**row["part"]) if row["part"] else None
        return cls(form=row["form"], inputs=inputs, start=row["start"], end=row["end"], part=part)


def stem_of(one: Input) -> str:
    """The readable beginning of names that come of an input."""
    return _OTHER.sub("-", PurePath(one.address).name)[:_STEM].strip("-.") or "input"
