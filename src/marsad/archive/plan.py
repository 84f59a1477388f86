"""What an archive is made of and how: everything that decides its rows, and nothing that does not (which engine, how many processes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from marsad.errors import InputError

SCHEMA = "marsad-archive/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that articles are read from.

    Attributes:
        address: Its path, or its address as fsspec knows it (``s3://bucket/part.warc.gz``).
        size: Bytes, or -1 where the address does not tell.
        mark: What changes when the file does: its modification time or its ETag.
    """

    address: str
    size: int
    mark: str

    @property
    def identity(self) -> str:
        """What of it goes into keys."""
        return f"{self.address}|{self.size}|{self.mark}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may choose that decides rows.

    Attributes:
        text: Whether the texts of articles are kept.
        relevance: Score below which an article is filtered as off topic before it is read; None reads every article (`marsad.archive.relevance`).
        outlet: Who published what does not say it; ``published`` the day.
        columns: From a field of an article to the header of a table's column (CSV, Parquet).
        shard_bytes: Bytes of input that one task reads, about; ``shard_rows`` rows of a Parquet file.
        claims_at_once: Claims that one task of reconciling holds in memory; a block with more is cut by days.
        memory: Megabytes that the process which reads articles may take before the article that it is at is set aside; ``patience`` seconds that one article may take.
        quota: Share of a shard's articles that may crash, loop or eat memory before the run fails.
        data: The folder of what the user fetched and added (gazetteer files, actors), as all machines see it, or "".
        reader: Who reads: ``rules``, ``model`` or ``both``.
        model: The model's endpoint, field for field (`marsad.llm.types.Endpoint`), without a key; nothing where answers are replayed or the rules read.
        budget: Share of an article that the model is shown beside the rules; None for all.
        cache: File of answers that are not asked for again, or ""; ``replay`` one that answers are taken from instead of asking.
    """

    text: bool = False
    relevance: float | None = None
    outlet: str | None = None
    published: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    shard_bytes: int = 16 << 20
    shard_rows: int = 20_000
    claims_at_once: int = 10_000
    memory: int = 1_024
    patience: float = 120.0
    quota: float = 0.01
    data: str = ""
    reader: Literal["rules", "model", "both"] = "rules"
    model: Mapping[str, Any] = field(default_factory=dict)
    budget: float | None = None
    cache: str = ""
    replay: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An archive as it was asked for: its folder, its inputs in their order, the settings."""

    folder: str
    inputs: tuple[Input, ...]
    settings: Settings = field(default_factory=Settings)

    def to_json(self) -> dict[str, Any]:
        """As ``archive.json`` holds it under ``plan``."""
        return {"schema": SCHEMA, **asdict(self)}

    @classmethod
    def from_json(cls, row: Mapping[str, Any], folder: str) -> Plan:
        """The plan of an archive that may have been moved to another folder.

        Raises:
            InputError: it was made by another version, or is damaged.
        """
        try:
            if row["schema"] != SCHEMA:
                raise InputError(
                    f"{folder}: its plan is of form {row['schema']!r}, and {SCHEMA!r} is what is understood"
                )
            inputs = tuple(Input(**one) for one in row["inputs"])
            return cls(folder=folder, inputs=inputs, settings=Settings(**row["settings"]))
        except (KeyError, TypeError) as error:
            raise InputError(f"{folder}: its plan cannot be read: {error}") from None
