"""brat's standoff files (``.txt`` with ``.ann``) as annotated articles.

After brat's own description of the format: ``T`` lines mark words (with several stretches where they are discontinuous), ``E`` lines make one of them an event with its parts,
``R`` lines tie two marks, ``A`` and ``M`` lines say values, ``N`` lines ids in a database, ``#`` lines are notes. A ``T`` that no event names counts as one by itself. Offsets
are code points, as Python's; where the words that a file quotes stand elsewhere, another way of counting is tried for the whole document (`marsad.annotations.offsets`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from marsad.annotations.build import claims_of
from marsad.annotations.cards import CARDS, Layout, article_card, layout_of, read_cards
from marsad.annotations.mapping import IGNORE
from marsad.annotations.marks import Annotated, Edge, Json, Mark, Refused, Sheet, join_fragments
from marsad.annotations.notes import take_note
from marsad.annotations.offsets import Quoted, counting_of, fits, moved, table
from marsad.annotations.source import Wanted
from marsad.errors import InputError

_ROLE = re.compile(r"(.*?)(\d*)$", re.S)


@dataclass(slots=True)
class _Line:
    """A line of an ``.ann`` file: ``T1``, its second and its third column."""

    id: str
    data: list[str]
    tail: str
    where: str

    @property
    def what(self) -> str:
        return f"{self.id} {' '.join(self.data)}"


def read_brat(path: Path, wanted: Wanted) -> Iterator[Annotated | Refused]:
    """The annotated articles of a folder (with the folders in it) or of one ``.ann`` file, by name; what has no annotations or no text is told as `Refused`.

    Raises:
        InputError: there is nothing to read, or the same document lies in two folders, as where each annotator has one.
    """
    root = path if path.is_dir() else path.parent
    cards = {**(read_cards(root / CARDS) if (root / CARDS).exists() else {}), **wanted.cards}
    for name, file in _files(path, root, wanted.annotator):
        text = file.with_suffix(".txt")
        if not file.exists():
            yield Refused(str(text), "all of it", name, "it has no .ann file: nobody has annotated it")
        elif not text.exists():
            yield Refused(str(file), "all of it", name, f"its text {text.name} is missing")
        else:
            yield _document(name, file, cards.get(name) or cards.get(file.stem) or {}, wanted)


def _files(path: Path, root: Path, annotator: str | None) -> list[tuple[str, Path]]:
    """Names of documents with their ``.ann`` files, whether these exist or not."""
    if path.is_file():
        return [(path.stem, path.with_suffix(".ann"))]
    found = {file.with_suffix(".ann") for end in ("*.ann", "*.txt") for file in root.rglob(end)}
    files = sorted(
        file for file in found if annotator is None or annotator in file.relative_to(root).parent.parts
    )
    if not files:
        raise InputError(f"{path} holds no .ann files" + (f" in a folder {annotator!r}" if annotator else ""))
    seen: dict[str, Path] = {}
    for file in files:
        other = seen.setdefault(file.stem, file)
        if other is not file:
            raise InputError(
                f"{file.stem} lies in {other.parent} and in {file.parent}: where two people annotated, name one of the folders with --annotator, or import each by itself"
            )
    return [(file.relative_to(root).with_suffix("").as_posix(), file) for file in files]


def _document(name: str, file: Path, card: Json, wanted: Wanted) -> Annotated | Refused:
    try:
        document = file.with_suffix(".txt").read_bytes().decode("utf-8")
        lines = file.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        return Refused(str(file), "all of it", name, f"it is not UTF-8: {error.reason} at byte {error.start}")
    reading = _Reading(str(file), document, wanted)
    for number, line in enumerate(lines, 1):
        reading.take(f"line {number}", line.rstrip("\r"))
    try:
        sheet = reading.sheet(name, card)
    except ValueError as error:
        return Refused(str(file), "all of it", name, str(error))
    return Annotated({**sheet.card, "claims": claims_of(sheet)}, sheet.refused, reading.counting)


@dataclass(slots=True)
class _Reading:
    """The lines of one document, by what they are."""

    file: str
    document: str
    wanted: Wanted
    counting: str = ""
    lines: dict[str, _Line] = field(default_factory=dict)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    stretches: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    def take(self, where: str, text: str) -> None:
        """Take a line."""
        if not text.strip():
            return
        identity, *columns = text.split("\t", 2)
        data = (columns[0] if columns else "").split()
        if identity == "*":
            identity = f"*{where}"
        if len(data) < (2 if identity[0] in "RAMN#*" else 1) or identity[0] not in "TERAMN#*":
            self.told.append((where, text[:60], "it is no line of annotation that brat knows"))
        elif identity in self.lines:
            self.told.append(
                (where, identity, f"there is an {identity} already, in {self.lines[identity].where}")
            )
        else:
            self.lines[identity] = _Line(identity, data, columns[1] if len(columns) > 1 else "", where)

    def sheet(self, name: str, card: Json) -> Sheet:
        """Marks and lines between them."""
        texts = [line for line in self.lines.values() if line.id[0] == "T"]
        quotes = {line.id: quoted for line in texts if (quoted := self._quoted(line))}
        self.counting = counting_of(self.document, list(quotes.values()))
        offsets = table(self.document, self.counting)
        for identity, quoted in quotes.items():
            self._stretch(self.lines[identity], quoted, offsets)
        titles = [
            self.stretches[line.id]
            for line in texts
            if line.id in self.stretches and line.data[0].lower() == "title"
        ]
        layout = layout_of(self.document, card, (0, titles[0][-1][1]) if titles else None)
        sheet = Sheet(file=self.file, card=article_card(name, self.document, card, layout))
        for told in self.told:
            sheet.refuse(*told)
        self._marks(sheet, layout)
        for line in self.lines.values():
            take = self._takers().get(line.id[0])
            if take:
                take(sheet, line)
        for mark in sheet.marks.values():
            _exactly(mark, sheet)
        return sheet

    def _quoted(self, line: _Line) -> Quoted | None:
        try:
            pairs = [tuple(map(int, pair.split())) for pair in " ".join(line.data[1:]).split(";")]
        except ValueError:
            pairs = []
        if not pairs or any(len(pair) != 2 for pair in pairs):
            self.told.append((line.where, line.what, "its offsets are no pairs of numbers"))
            return None
        return Quoted([(pair[0], pair[1]) for pair in pairs], line.tail)

    def _stretch(self, line: _Line, quoted: Quoted, offsets: object) -> None:
        try:
            pairs = moved(quoted.spans, offsets)  # type: ignore[arg-type]
        except ValueError as error:
            self.told.append((line.where, line.what, str(error)))
            return
        if quoted.words and not fits(self.document, quoted, offsets):  # type: ignore[arg-type]
            found = " ".join(self.document[start:end] for start, end in pairs)
            self.told.append(
                (line.where, line.what, f"it quotes {quoted.words!r}, but there stands {found!r}")
            )
            return
        self.stretches[line.id] = join_fragments(self.document, pairs)

    def _marks(self, sheet: Sheet, layout: Layout) -> None:
        """A mark for each event, and for each text that is no event's."""
        naming: dict[str, list[str]] = {}
        for line in self.lines.values():
            if line.id[0] == "E":
                naming.setdefault(line.data[0].partition(":")[2], []).append(line.id)
        self.aliases = {text: events[0] for text, events in naming.items() if len(events) == 1}
        for line in self.lines.values():
            if line.id[0] == "E":
                label, _, text = line.data[0].partition(":")
                if text not in self.lines:
                    sheet.refuse(line.where, line.what, f"its words {text or '(none)'} are not there")
                else:
                    self._mark(sheet, line, (label, text), layout)
            elif line.id[0] == "T" and line.id not in naming:
                self._mark(sheet, line, (line.data[0], line.id), layout)

    def _mark(self, sheet: Sheet, line: _Line, named: tuple[str, str], layout: Layout) -> None:
        label, text = named
        if text not in self.stretches:
            return  # (told already)
        ours, values = self.wanted.terms.label(label)
        if ours == IGNORE:
            return
        if ours is None:
            sheet.refuse(line.where, line.what, self.wanted.unknown(label))
            return
        try:
            spans = tuple(layout.span(*pair) for pair in self.stretches[text])
        except ValueError as error:
            sheet.refuse(line.where, line.what, str(error))
            return
        if len({span.part for span in spans}) > 1:
            sheet.refuse(line.where, line.what, "it runs from the title into the text")
            return
        sheet.marks[line.id] = Mark(
            id=line.id, label=ours, spans=spans, where=line.where, values=dict(values)
        )

    def _takers(self) -> dict[str, Callable[[Sheet, _Line], None]]:
        return {
            "E": self._parts,
            "R": self._relation,
            "*": self._equal,
            "A": self._value,
            "M": self._value,
            "N": self._reference,
            "#": self._note,
        }

    def _edge(self, sheet: Sheet, line: _Line, ends: tuple[str, str], named: str) -> None:
        found = _ROLE.match(named)
        role = self.wanted.terms.role(named) or self.wanted.terms.role(found[1] if found else named)
        if role == IGNORE:
            return
        if role is None:
            sheet.refuse(line.where, f"{line.id} {named}", "there is no such role")
            return
        number = int(found[2]) if found and found[2] else 1
        start, end = (self.aliases.get(one, one) for one in ends)
        sheet.edges.append(Edge(start, role, number, end, line.where))

    def _parts(self, sheet: Sheet, line: _Line) -> None:
        if line.id not in sheet.marks:
            return
        for argument in line.data[1:]:
            role, _, end = argument.partition(":")
            self._edge(sheet, line, (line.id, end), role)

    def _relation(self, sheet: Sheet, line: _Line) -> None:
        ends = [argument.partition(":")[2] for argument in line.data[1:]]
        if len(ends) != 2:
            sheet.refuse(line.where, line.what, "a relation has two ends")
            return
        self._edge(sheet, line, (ends[0], ends[1]), line.data[0])

    def _equal(self, sheet: Sheet, line: _Line) -> None:
        for other in line.data[2:]:
            self._edge(sheet, line, (other, line.data[1]), "same")

    def _target(self, sheet: Sheet, line: _Line) -> Mark | None:
        end = line.data[1]
        return sheet.marks.get(end) or sheet.marks.get(self.aliases.get(end, ""))

    def _value(self, sheet: Sheet, line: _Line) -> None:
        mark = self._target(sheet, line)
        name, value = self.wanted.terms.value(line.data[0], line.data[2] if len(line.data) > 2 else "true")
        if mark is None:
            sheet.refuse(line.where, line.what, f"{line.data[1]} is not there or was set aside")
        elif name != IGNORE:
            mark.values[name] = value

    def _reference(self, sheet: Sheet, line: _Line) -> None:
        mark, (base, _, key) = (
            self._target(sheet, line),
            (line.data[2] if len(line.data) > 2 else "").partition(":"),
        )
        if mark is None or not key:
            sheet.refuse(line.where, line.what, "it is no reference of a mark that is there")
        else:
            mark.values["id"] = key if base.lower() == "marsad" else f"{base.lower()}:{key}"

    def _note(self, sheet: Sheet, line: _Line) -> None:
        mark = self._target(sheet, line)
        if mark is None or not take_note(mark, line.tail, self.wanted.terms):
            sheet.card.setdefault("notes", []).append({"on": line.data[1], "text": line.tail})


def _exactly(mark: Mark, sheet: Sheet) -> None:
    """Put back blanks at the ends of a mark, which brat cannot hold: our notes tell them (``span``), and hold as long as the words between them are the same."""
    pair = mark.values.pop("span", None)
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(one, int) for one in pair):
        return
    whole = str(sheet.card[mark.hull.part])
    start, end = pair
    if 0 <= start <= mark.hull.start and mark.hull.end <= end <= len(whole):
        around = whole[start : mark.hull.start] + whole[mark.hull.end : end]
        if not around.strip():
            mark.spans = (mark.hull._replace(start=start, end=end),) if len(mark.spans) == 1 else mark.spans
