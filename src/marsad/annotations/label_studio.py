"""Label Studio's JSON export as annotated articles.

A task has its text in ``data`` and one result for each annotator. Regions are marks, by their ``labels``; other results with a region's id (choices, numbers, lines of text) are
its values, by the name of the control that made them; relations are lines. A browser counts UTF-16 units, but which text it counted in has differed between versions, so the way of
counting is found by the words that regions quote (`marsad.annotations.offsets`). Where title and text are two texts of the page, they are called so in ``data``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marsad.annotations.build import claims_of
from marsad.annotations.cards import FIELDS, Layout, article_card, layout_of
from marsad.annotations.mapping import IGNORE
from marsad.annotations.marks import Annotated, Edge, Json, Mark, Refused, Sheet
from marsad.annotations.notes import take_note
from marsad.annotations.offsets import Quoted, counting_of, fits, moved, table
from marsad.annotations.source import Wanted
from marsad.errors import InputError
from marsad.model import Span

_LABELS = ("labels", "hypertextlabels")
_TITLE = "title"


def read_label_studio(path: Path, wanted: Wanted) -> Iterator[Annotated | Refused]:
    """The annotated articles of an export in the form "JSON", task by task.

    Raises:
        InputError: it is no such file, or a task has annotations by several people and it is not said whose are wanted.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is no JSON: {error}") from error
    if isinstance(tasks, dict):
        tasks = [tasks]
    if not isinstance(tasks, list) or not all(
        isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks
    ):
        raise InputError(
            f'{path} is no list of tasks with "data" and "annotations": export it from Label Studio as JSON, not as JSON-MIN, which leaves relations out'
        )
    for number, task in enumerate(tasks, 1):
        yield _task(path, f"task {task.get('id', number)}", task, wanted)


def _task(path: Path, name: str, task: Json, wanted: Wanted) -> Annotated | Refused:
    data = task["data"]
    key = next((key for key in ("text", "Text", "content", "body") if isinstance(data.get(key), str)), None)
    if key is None:
        return Refused(
            str(path), name, "data", f"there is no text in it; it has {', '.join(data) or 'nothing'}"
        )
    made = task.get("annotations") or []
    if not _are_objects(made) or not all(_are_objects(one.get("result") or []) for one in made):
        return Refused(str(path), name, "annotations", "they are no list of objects with a list of results")
    done = [one for one in made if not one.get("was_cancelled")]
    chosen = [one for one in done if wanted.annotator is None or wanted.annotator in _people(one)]
    if not chosen:
        whose = f" by {wanted.annotator}" if wanted.annotator else ""
        return Refused(str(path), name, str(data.get("id") or ""), f"it has no annotation{whose}")
    if len(chosen) > 1:
        people = ", ".join(sorted({_people(one)[0] for one in chosen}))
        raise InputError(
            f"{path}: {name} has {len(chosen)} annotations ({people}): say whose with --annotator"
        )
    reading = _Reading(path, name, str(data[key]), chosen[0].get("result") or [], wanted)
    try:
        sheet = reading.sheet(str(data.get("id") or task.get("id") or name), data)
    except ValueError as error:
        return Refused(str(path), name, str(data.get("id") or ""), str(error))
    return Annotated({**sheet.card, "claims": claims_of(sheet)}, sheet.refused, reading.counting)


def _are_objects(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _people(annotation: Json) -> list[str]:
    """What an annotator can be called by."""
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        return [str(who[key]) for key in ("email", "username", "id") if who.get(key)] or ["somebody"]
    return [str(who)] if who is not None else ["somebody"]


@dataclass(slots=True)
class _Reading:
    """The results of one task."""

    path: Path
    task: str
    document: str
    results: list[Json]
    wanted: Wanted
    counting: str = ""
    refused: list[tuple[str, str, str]] = field(default_factory=list)

    def sheet(self, name: str, data: Json) -> Sheet:
        """Marks and lines between them."""
        card = {
            "id": data.get("id") and str(data["id"]),
            **{key: data[key] for key in (_TITLE, *FIELDS) if isinstance(data.get(key), str)},
        }
        known = self.wanted.cards.get(name) or {}
        card = {**card, **{key: value for key, value in known.items() if value is not None}}
        layout = layout_of(self.document, card, None)
        sheet = Sheet(file=str(self.path), card=article_card(name, self.document, card, layout))
        regions = [
            row for row in self.results if row.get("type") in _LABELS and isinstance(row.get("value"), dict)
        ]
        quotes = [_quoted(row) for row in regions if not self._in_title(row, sheet)]
        self.counting = counting_of(self.document, [quoted for quoted in quotes if quoted and quoted.words])
        for row in regions:
            self._region(sheet, row, layout)
        for row in self.results:
            if row.get("type") == "relation":
                self._relation(sheet, row)
            elif row not in regions:
                self._value(sheet, row)
        return sheet

    def _in_title(self, row: Json, sheet: Sheet) -> bool:
        return row.get("to_name") == _TITLE and bool(sheet.card["title"])

    def _where(self, row: Json) -> str:
        return f"{self.task}, {row.get('id') or row.get('type')}"

    def _region(self, sheet: Sheet, row: Json, layout: Layout) -> None:
        labels = row["value"].get("labels") or row["value"].get("hypertextlabels") or []
        if not isinstance(labels, list) or len(labels) != 1:
            said = ", ".join(map(str, labels)) if isinstance(labels, list) else str(labels)
            sheet.refuse(self._where(row), said or "(no label)", "a mark has one label")
            return
        ours, values = self.wanted.terms.label(str(labels[0]))
        if ours is None:
            sheet.refuse(self._where(row), str(labels[0]), self.wanted.unknown(str(labels[0])))
        if ours is None or ours == IGNORE:
            return
        try:
            span = self._span(row, sheet, layout)
        except ValueError as error:
            sheet.refuse(self._where(row), str(labels[0]), str(error))
            return
        identity = str(row.get("id"))
        sheet.marks[identity] = Mark(
            id=identity, label=ours, spans=(span,), where=self._where(row), values=dict(values)
        )

    def _span(self, row: Json, sheet: Sheet, layout: Layout) -> Span:
        quoted = _quoted(row)
        if quoted is None:
            raise ValueError("its start and end are no numbers")
        titled = self._in_title(row, sheet)
        document = str(sheet.card[_TITLE]) if titled else self.document
        counting = counting_of(document, [quoted]) if titled and quoted.words else self.counting
        offsets = table(document, counting)
        ((start, end),) = moved(quoted.spans, offsets)
        if quoted.words and not fits(document, quoted, offsets):
            raise ValueError(f"it quotes {quoted.words!r}, but there stands {document[start:end]!r}")
        return Span(start, end, "title") if titled else layout.span(start, end)

    def _relation(self, sheet: Sheet, row: Json) -> None:
        ends = [str(row.get("from_id")), str(row.get("to_id"))]
        labels = row.get("labels") or []
        if row.get("direction") == "left":
            ends.reverse()
        if not isinstance(labels, list) or len(labels) != 1:
            sheet.refuse(f"{self.task}, {ends[0]} to {ends[1]}", "relation", "a relation has one label")
            return
        role = self.wanted.terms.role(str(labels[0]))
        if role is None:
            sheet.refuse(f"{self.task}, {ends[0]} to {ends[1]}", str(labels[0]), "there is no such role")
        elif role != IGNORE:
            order = sum(edge.role == role for edge in sheet.edges) + 1
            sheet.edges.append(Edge(ends[0], role, order, ends[1], f"{self.task}, {ends[0]} to {ends[1]}"))

    def _value(self, sheet: Sheet, row: Json) -> None:
        """What was said of a region with a control of its own: the control's name is the value's."""
        value, control = row.get("value"), str(row.get("from_name") or "")
        given = _given(value) if isinstance(value, dict) else None
        mark = sheet.marks.get(str(row.get("id")))
        if given is None or mark is None:
            if given is not None and row.get("type") in ("choices", "textarea"):
                sheet.card.setdefault("notes", []).append({"on": control, "text": str(given)})
            elif given is not None:
                sheet.refuse(self._where(row), control, "its region is not there or was set aside")
            return
        if control.lower() == "note" and isinstance(given, str):
            if not take_note(mark, given, self.wanted.terms):
                sheet.card.setdefault("notes", []).append({"on": mark.id, "text": given})
            return
        name, fixed = self.wanted.terms.value(control, given)
        if name != IGNORE:
            mark.values[name] = fixed


def _quoted(row: Json) -> Quoted | None:
    """Where a region says that it stands, with its words; offsets of a text that was shown as a page are those of the whole (``globalOffsets``)."""
    value: Any = row["value"]
    place: Any = value.get("globalOffsets") or value
    if not isinstance(place.get("start"), int) or not isinstance(place.get("end"), int):
        return None
    return Quoted([(place["start"], place["end"])], str(value.get("text") or ""))


def _given(value: Json) -> Any:  # noqa: ANN401 (a number or words)
    if "number" in value:
        return value["number"]
    listed = value.get("choices") or value.get("text")
    if isinstance(listed, list):
        return str(listed[0]) if len(listed) == 1 else ("; ".join(map(str, listed)) or None)
    return listed
