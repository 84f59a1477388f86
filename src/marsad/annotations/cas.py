"""INCEpTION's files (UIMA CAS as JSON, version 0.4, or as XMI) as annotated articles.

A CAS holds one text and feature structures, of which those with ``begin`` and ``end`` are marks. Java counts UTF-16 units, and so do these offsets; they become code points here
and nowhere else. Layers of our scheme (docs/reference/annotation-scheme.md) are known by the last word of their type; of other layers a mapping says what they mean, by their name or
by their name with the value of one of their features (``NamedEntity=PER``). Links of a layer to others, and relations between two, are lines.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from marsad.annotations.build import claims_of
from marsad.annotations.cards import FIELDS, article_card, layout_of
from marsad.annotations.mapping import IGNORE
from marsad.annotations.marks import Annotated, Edge, Json, Mark, Refused, Sheet
from marsad.annotations.notes import take_note
from marsad.annotations.offsets import UNITS, moved, table
from marsad.annotations.source import Wanted
from marsad.annotations.xmi import structures_of_xmi
from marsad.errors import InputError

_STRUCTURE = ("uima.", "de.tudarmstadt.ukp.")
_CLAIM, _ARTICLE = ("claim", "event"), "article"
_ENDS = (".json", ".xmi")
_OWN = ("begin", "end", "event", "note")
_CURATED, _FIRST = "CURATION_USER", "INITIAL_CAS"


def read_inception(path: Path, wanted: Wanted) -> Iterator[Annotated | Refused]:
    """The annotated articles of a CAS (JSON or XMI), a folder of such, or an exported project (a folder or ZIP), by name.

    Raises:
        InputError: there is nothing to read, or a document has annotations by several people and it is not said whose are wanted.
    """
    for name, where, raw in _files(path, wanted.annotator):
        try:
            structures = structures_of_xmi(raw) if where.endswith(".xmi") else _structures(json.loads(raw))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            yield Refused(where, "all of it", name, f"it is no CAS: {error}")
            continue
        reading = _Reading(where, structures, wanted)
        try:
            sheet = reading.sheet(name)
        except ValueError as error:
            yield Refused(where, "all of it", name, str(error))
            continue
        yield Annotated({**sheet.card, "claims": claims_of(sheet)}, sheet.refused, UNITS)


def _structures(cas: Any) -> dict[int, Json]:  # noqa: ANN401 (whatever the file holds)
    """Feature structures by their ids."""
    rows = cas["%FEATURE_STRUCTURES"]
    if isinstance(rows, dict):  # (as earlier versions had it)
        rows = [{"%ID": int(identity), **row} for identity, row in rows.items()]
    return {row["%ID"]: row for row in rows}


def _files(path: Path, annotator: str | None) -> Iterator[tuple[str, str, bytes]]:
    """Names of documents, the files they come from and what these hold."""
    if path.is_file() and path.suffix.lower() != ".zip":
        yield path.stem, str(path), path.read_bytes()
        return
    found: dict[str, list[str]] = {}
    archive = None if path.is_dir() else _archive(path)
    names = archive.namelist() if archive else [file.relative_to(path).as_posix() for file in path.rglob("*")]
    for name in sorted(name for name in names if name.endswith(_ENDS)):
        document, who = _named(PurePosixPath(name))
        if document and (annotator is None or who == annotator):
            found.setdefault(document, []).append(name)
    if not found:
        raise InputError(f"{path} holds no CAS (.json, .xmi)" + (f" by {annotator!r}" if annotator else ""))
    for document, files in found.items():
        if len(files) > 1:
            people = ", ".join(sorted({PurePosixPath(file).stem for file in files}))
            raise InputError(
                f"{path}: {document} has several files ({people}): say whose with --annotator, or import each by itself"
            )
        raw = archive.read(files[0]) if archive else (path / files[0]).read_bytes()
        yield document, f"{path}/{files[0]}", raw


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def _named(file: PurePosixPath) -> tuple[str, str]:
    """The document that a file is of, and who annotated it, where its place says so: ``annotation/DOCUMENT/PERSON.json``."""
    if file.name.startswith("exportedproject"):
        return "", ""
    for folder in ("annotation", "curation"):
        if folder in file.parts[:-2]:
            return ("", "") if file.stem == _FIRST else (file.parent.name, file.stem)
    return file.with_suffix("").as_posix(), file.parent.name


@dataclass(slots=True)
class _Reading:
    """The feature structures of one document."""

    file: str
    structures: Mapping[int, Json]
    wanted: Wanted
    edges: list[Edge] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet:
        """Marks and lines between them."""
        texts = {row["%ID"]: row.get("sofaString") for row in self._of("Sofa")}
        sofa, document = next(
            ((key, text) for key, text in texts.items() if isinstance(text, str)), (None, None)
        )
        if sofa is None or document is None:
            raise ValueError("it holds no text")
        offsets = table(document, UNITS)
        card = {**self._document_card(), **self._article_card(offsets)}
        known = (
            self.wanted.cards.get(card.get("id", name))
            or self.wanted.cards.get(name)
            or self.wanted.cards.get(PurePosixPath(name).stem)
            or {}
        )
        card = {**card, **{key: value for key, value in known.items() if value is not None}}
        marked = [pair for row in self._of("Title") for pair in moved([(row["begin"], row["end"])], offsets)]
        layout = layout_of(document, card, (0, marked[0][1]) if marked else None)
        sheet = Sheet(file=self.file, card=article_card(name, document, card, layout))
        for row in self.structures.values():
            if row.get("@sofa", sofa) != sofa or not isinstance(row.get("begin"), int):
                continue
            label = self._label(sheet, row)
            if label is not None:
                try:
                    span = layout.span(*moved([(row["begin"], int(row.get("end") or 0))], offsets)[0])
                except ValueError as error:
                    sheet.refuse(_where(row), _short(row), str(error))
                    continue
                self._mark(sheet, row, label, span)
        self._relations(sheet)
        sheet.edges = self.edges
        return sheet

    def _of(self, short: str) -> list[Json]:
        return [row for row in self.structures.values() if _short(row) == short]

    def _document_card(self) -> Json:
        """What INCEpTION itself tells of the document."""
        for row in self._of("DocumentMetaData"):
            return {"id": row["documentId"]} if row.get("documentId") else {}
        return {}

    def _article_card(self, offsets: object) -> Json:
        """What our own export tells of the article."""
        for row in self._of("Article"):
            card = {
                ours: row[theirs]
                for ours, theirs in (("id", "ref"), ("title", "title"), *((one, one) for one in FIELDS))
                if row.get(theirs)
            }
            if isinstance(row.get("textFrom"), int):
                at = row["textFrom"]
                card["text_from"] = offsets[at] if at < len(offsets) else at  # type: ignore[index,arg-type]
            return card
        return {}

    def _label(self, sheet: Sheet, row: Json) -> tuple[str, Json] | None:
        """What a structure is marked as; None where it is no mark, or one that is not known, which is told."""
        short = _short(row)
        terms = self.wanted.terms
        valued = [f"{short}={value}" for value in row.values() if isinstance(value, str)]
        theirs = next((one for one in (*valued, short, row["%TYPE"]) if one in terms.labels), None)
        if theirs is None and (
            row["%TYPE"].startswith(_STRUCTURE) or self._is_relation(row) or short.lower() == _ARTICLE
        ):
            return None
        if theirs is None and short.lower() in _CLAIM:
            theirs = str(row.get("event") or "")
        ours, values = terms.label(theirs or short)
        if ours is None:
            what = f"{short} {theirs}".strip() if theirs is not None else short
            sheet.refuse(
                _where(row),
                what,
                "its event is not said" if theirs == "" else self.wanted.unknown(theirs or short),
            )
        return None if ours is None or ours == IGNORE else (ours, dict(values))

    def _mark(self, sheet: Sheet, row: Json, label: tuple[str, Json], span: Any) -> None:  # noqa: ANN401 (a Span)
        identity = str(row["%ID"])
        mark = sheet.marks[identity] = Mark(
            id=identity, label=label[0], spans=(span,), where=_where(row), values=label[1]
        )
        for name, value in row.items():
            labels = f"{_short(row)}={value}" in self.wanted.terms.labels  # (it was the mark's label)
            if name.startswith(("%", "@", "^")) or name in _OWN or value is None or labels:
                continue
            ours, fixed = self.wanted.terms.value(name, value)
            if ours != IGNORE:
                mark.values[ours] = fixed
        if isinstance(row.get("note"), str) and not take_note(mark, row["note"], self.wanted.terms):
            sheet.card.setdefault("notes", []).append({"on": identity, "text": row["note"]})
        for name, reference in row.items():
            if name.startswith("@") and name != "@sofa":
                self._links(sheet, row, name[1:], reference)

    def _links(self, sheet: Sheet, row: Json, feature: str, reference: Any) -> None:  # noqa: ANN401 (an id or several)
        """Lines from a structure to those that a feature of it names: each link has its own role, or the feature's name is the role."""
        target = (
            self.structures.get(reference, {}) if isinstance(reference, int) else {"%ELEMENTS": reference}
        )
        for number, key in enumerate(target.get("%ELEMENTS", [reference]), 1):
            link = self.structures.get(key, {})
            end = link.get("@target", key) if "begin" not in link else key
            role = link.get("role") or feature if "@target" in link else feature
            self._edge(sheet, _where(row), (row["%ID"], end), (str(role), number))

    def _edge(self, sheet: Sheet, where: str, ends: tuple[Any, Any], named: tuple[str, int]) -> None:
        role = self.wanted.terms.role(named[0])
        if role is None:
            sheet.refuse(where, named[0], "there is no such role")
        elif role != IGNORE:
            self.edges.append(Edge(str(ends[0]), role, named[1], str(ends[1]), where))

    def _is_relation(self, row: Json) -> bool:
        return "@Governor" in row or "@Dependent" in row

    def _relations(self, sheet: Sheet) -> None:
        for row in self.structures.values():
            if self._is_relation(row) and not row["%TYPE"].startswith(_STRUCTURE):
                said = [value for name, value in row.items() if isinstance(value, str) and name != "%TYPE"]
                role = next(
                    (value for value in said if self.wanted.terms.role(value)),
                    said[0] if said else _short(row),
                )
                self._edge(sheet, _where(row), (row.get("@Governor"), row.get("@Dependent")), (role, 1))


def _short(row: Mapping[str, Any]) -> str:
    """The last word of a type: ``Source`` of ``webanno.custom.Source``."""
    return str(row["%TYPE"]).rpartition(".")[2]


def _where(row: Mapping[str, Any]) -> str:
    return f"structure {row['%ID']}"
