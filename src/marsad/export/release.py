"""A research release: a folder that is an RO-Crate and a Frictionless data package at once, with tables, codebook, licence, citation and checksums.

The tables are ours (`marsad.export.columns`), each described column by column in ``datapackage.json``. Whole texts of articles belong to their outlets: they are left out
unless they were asked for, and then come with everything that the JSON lines have, names of private persons too. ``manifest-sha256.txt`` can be checked by
``sha256sum -c``. The date of a release is the day on which the project last changed, so that the same project gives the same release.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from marsad.codebook.page import codebook_page
from marsad.export.base import ArticleRecord, Exporter, IncidentRecord, Making, Record, SpellRecord, open_text
from marsad.export.cells import cell
from marsad.export.columns import TABLES
from marsad.export.json_lines import JsonLines
from marsad.export.private_names import without
from marsad.export.release_words import (
    ARTICLE_COLUMNS,
    citation,
    data_package,
    license_text,
    read_me,
    ro_crate,
)
from marsad.export.table_csv import CsvTable

_KINDS = {IncidentRecord: "incidents", SpellRecord: "spells", ArticleRecord: "articles"}


class Release:
    """Writes the folder."""

    def __init__(self, path: Path, making: Making) -> None:
        self._path, self._making = path, making
        self._counts: Counter[str] = Counter()
        data = path / "data"
        data.mkdir()
        tables: dict[str, Exporter] = {name: CsvTable(data / f"{name}.csv", making, name) for name in TABLES}
        self._writers: dict[str, list[Exporter]] = {
            "incidents": [tables["incidents"]], "spells": [tables["control"]], "articles": [tables["claims"], _Articles(data / "articles.csv", making)],
        }  # fmt: skip
        if making.with_text:
            self._writers["articles"].append(JsonLines(data / "articles.jsonl", making, "articles"))

    def feed(self, record: Record) -> None:
        """Hand a record to the tables it belongs to."""
        kind = _KINDS[type(record)]
        self._counts[kind] += 1
        if isinstance(record, ArticleRecord):
            self._counts["claims"] += len(record.claims)
        for writer in self._writers[kind]:
            writer.feed(record)

    def finish(self) -> None:
        """Close the tables, and write what describes them."""
        for writers in self._writers.values():
            for writer in writers:
                writer.finish()
        making, counts = self._making, dict(sorted(self._counts.items()))
        self._text("CODEBOOK.md", codebook_page())
        self._text("LICENSE.txt", license_text(making))
        self._text("CITATION.cff", citation(making))
        self._text("README.md", read_me(making, counts))
        self._json("datapackage.json", data_package(making, self._files("data")))
        self._json("ro-crate-metadata.json", ro_crate(making, counts, self._files("")))
        sums = "".join(f"{one['hash']}  {one['path']}\n" for one in self._files(""))
        self._text("manifest-sha256.txt", sums)

    def _text(self, name: str, text: str) -> None:
        (self._path / name).write_text(text, encoding="utf-8", newline="\n")

    def _json(self, name: str, value: Any) -> None:  # noqa: ANN401 (any JSON)
        self._text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def _files(self, under: str) -> list[dict[str, Any]]:
        """The files that are there, by path, with size and SHA-256."""
        found = []
        for file in sorted((self._path / under).rglob("*")):
            if file.is_file():
                with file.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                path = file.relative_to(self._path).as_posix()
                found.append({"path": path, "bytes": file.stat().st_size, "hash": digest})
        return found


class _Articles:
    """A table of the articles without their texts: what one needs to find them again and to know that they are the same."""

    def __init__(self, path: Path, making: Making) -> None:
        self._making = making
        self._file = open_text(path, making)
        self._rows = csv.writer(self._file)
        self._rows.writerow([name for name, _, _ in ARTICLE_COLUMNS])

    def feed(self, record: Record) -> None:
        """Write a row."""
        assert isinstance(record, ArticleRecord)
        head = record.head
        row = {
            **{name: getattr(head, name, None) for name, _, _ in ARTICLE_COLUMNS},
            "title": without(head.title, () if self._making.private else head.names),
            "claims": len(record.claims),
            "characters": len(record.text),
        }
        self._rows.writerow([cell(row[name]) for name, _, _ in ARTICLE_COLUMNS])

    def finish(self) -> None:
        """Close the file."""
        self._file.close()
