"""A piece of work that any process on any machine can do from files and hand back as files: the only thing that engines carry.

A task knows all that its result depends on: the code, the word lists and the gazetteer (`marsad.archive.fingerprints`), its parameters and the digests of what it
reads. Its ``key`` is a hash of that, so work that is done already is known by it, whoever did it, and changed work is done anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work of a stage.

    Attributes:
        stage: The stage's name (`marsad.archive.stages.STAGES`).
        name: The part's name, unique within the stage: letters, digits, ``-`` and ``.``; files that come of it begin with it.
        given: What is to be done, as JSON holds it. Paths are relative to the archive's folder, but for inputs.
        depends: Digests of what is read; with the rest they make the key.
        code: Fingerprint of the stage's code and of what it knows.
        folder: The archive's folder, as all machines see it; no part of the key.
        apart: What else is needed to do it and changes nothing in what comes out: where a model is, how many questions are asked at a time; no part of the key.
        reads: Paths within the folder of the files that it reads; no part of the key either: ``depends`` says what of them matters.
    """

    stage: str
    name: str
    given: Mapping[str, Any]
    depends: tuple[str, ...] = ()
    code: str = ""
    folder: str = ""
    reads: tuple[str, ...] = ()
    apart: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the result is known by: 32 hex digits."""
        parts = [self.stage, self.name, self.code, self.given, sorted(self.depends)]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:32]

    def to_json(self) -> str:
        """As a line of text, which is how engines carry it."""
        return json.dumps(asdict(self), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str) -> Task:
        """The task of a line."""
        row = json.loads(text)
        return cls(**{**row, "depends": tuple(row["depends"]), "reads": tuple(row["reads"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that a task made: the table it belongs to, its path within the folder, rows, bytes and SHA-256."""

    table: str
    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """That a task is done: what stands in the manifest.

    Attributes:
        stage: The stage.
        name: The part.
        key: The task's key; a record counts only for a task that has it.
        parts: The files; only files that a record names are part of the archive.
        counts: Numbers that add up over the parts of a stage (``articles``, ``claims``, ``dropped_not_arabic`` ...).
        told: What the driver needs to plan the next stage, small; no part of any table.
        cost: What it took: ``seconds``, ``processor`` seconds, ``megabytes`` at most; ``where`` it was done. Not the same twice.
    """

    stage: str
    name: str
    key: str
    parts: tuple[Part, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    cost: Mapping[str, Any] = field(default_factory=dict)

    def of(self, table: str) -> tuple[Part, ...]:
        """Its files of one table."""
        return tuple(part for part in self.parts if part.table == table)

    def to_json(self) -> str:
        """As a line of text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Record:
        """The record of a line.

        Raises:
            ValueError: it is none; so are KeyError and TypeError.
        """
        row = json.loads(text)
        return cls(**{**row, "parts": tuple(Part(**part) for part in row["parts"])})
