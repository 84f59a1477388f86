"""Claims from marks: the one place that knows how evidence, parts and lines make a claim.

Evidence that lines called ``same`` tie together is one claim; its parts are those of all its evidence. A part that stands in no claim, a line that leads nowhere and a value
that is none of the codebook's are set aside, with the reason; what is not said is left open and never guessed. Only what a claim cannot be without sets aside the claim itself: the kind of
a source, as without its source the article itself would seem to speak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.annotations.marks import Edge, Json, Mark, Sheet
from marsad.annotations.parts import (
    check_values,
    count_of,
    event_values,
    part_of,
    place_of,
    source_of,
    spot,
    time_of,
)
from marsad.annotations.scheme import EDGES, EVENT, MANY, ROLES, kind_of
from marsad.model import Span


class _Unusable(Exception):
    """A claim cannot be made; the message says why."""


def claims_of(sheet: Sheet) -> list[Json]:
    """The claims of a document as CODEBOOK section 7 has them, in the order of their first evidence in the file; what cannot be used goes to ``sheet.refused``."""
    return _Building(sheet).claims()


class _Building:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.edges: dict[str, list[Edge]] = {}
        self.used: set[str] = set()
        for mark in sheet.marks.values():
            check_values(sheet, mark)
        for edge in sheet.edges:
            usable = self._usable(edge)
            if usable is not None:
                self.edges.setdefault(usable.start, []).append(usable)

    def claims(self) -> list[Json]:
        """All claims; each set of parts is looked at once."""
        made = []
        for group in self._groups():
            try:
                made.append(self._claim(group))
            except _Unusable as error:
                self.sheet.refuse(group[0].where, str(group[0]), f"no claim is made of it: {error}")
                self._pass_over([mark.id for mark in group])
        for mark in self.sheet.marks.values():
            if mark.id not in self.used and mark.label != "title" and kind_of(mark.label) != EVENT:
                self.sheet.refuse(mark.where, str(mark), "it stands in no claim")
        return made

    def _pass_over(self, marks: list[str]) -> None:
        """The parts of what was set aside need no line of their own."""
        for mark in marks:
            ends = [edge.end for edge in self.edges.get(mark, ()) if edge.end not in self.used]
            self.used.update(ends)
            self._pass_over(ends)

    def _usable(self, edge: Edge) -> Edge | None:
        """The line in the direction that it has in the scheme; None where it is none."""
        wanted = EDGES[edge.role]
        ends = [self.sheet.marks.get(edge.start), self.sheet.marks.get(edge.end)]
        if ends[0] is None or ends[1] is None:
            gone = edge.start if ends[0] is None else edge.end
            self.sheet.refuse(edge.where, edge.role, f"{gone} is not there or was set aside")
            return None
        kinds = (kind_of(ends[0].label), kind_of(ends[1].label))
        if kinds == wanted:
            return edge
        if kinds == wanted[::-1]:
            return edge._replace(start=edge.end, end=edge.start)
        what = f"{edge.role} leads from {wanted[0]} to {wanted[1]}, not from {kinds[0]} to {kinds[1]}"
        self.sheet.refuse(edge.where, edge.role, what)
        return None

    def _groups(self) -> Iterator[list[Mark]]:
        """Evidence by claim: the one that leads to no other first, the rest as in the file."""
        events = [mark for mark in self.sheet.marks.values() if kind_of(mark.label) == EVENT]
        above = {mark.id: mark.id for mark in events}
        for edge in [edge for mark in events for edge in self._lines(mark, "same")]:
            if self.sheet.marks[edge.start].label != self.sheet.marks[edge.end].label:
                self.sheet.refuse(edge.where, "same", "it ties two events of different types")
                continue
            above[_root(above, edge.start)] = _root(above, edge.end)
        groups: dict[str, list[Mark]] = {}
        for mark in events:
            groups.setdefault(_root(above, mark.id), []).append(mark)
        for group in groups.values():
            heads = [mark for mark in group if not self._lines(mark, "same")]
            first = heads[0] if heads else group[0]
            yield [first, *(mark for mark in group if mark is not first)]

    def _lines(self, mark: Mark, role: str) -> list[Edge]:
        return sorted((e for e in self.edges.get(mark.id, ()) if e.role == role), key=lambda e: e.number)

    def _parts(self, marks: Iterable[Mark], role: str) -> list[Mark]:
        """What lines of a role lead to, each once; of roles that a mark has once, the first."""
        lines = {edge.end: edge for mark in marks for edge in self._lines(mark, role)}
        found = [self.sheet.marks[end] for end in lines]
        self.used.update(lines)
        if role not in MANY and len(found) > 1:
            for edge in list(lines.values())[1:]:
                self.sheet.refuse(
                    edge.where, f"{role} {edge.end}", f"only one {role} can be, and {found[0].id} is"
                )
            return found[:1]
        return found

    def _claim(self, group: list[Mark]) -> Json:
        first = group[0]
        chain = [self._source(mark) for mark in self._parts(group, "source")]
        values = event_values(self.sheet, group)
        counts = [
            count_of(self.sheet, mark, self._words(mark, "who")) for mark in self._parts(group, "count")
        ]
        places, times = self._parts(group, "place"), self._parts(group, "time")
        claim: Json = {
            "event": first.label, "polarity": values["polarity"], "modality": values["modality"],
            "evidence": [item for mark in group for item in self._evidence(mark)],
            "attribution": chain,
            "actors": list(self._actors(group)),
            "place": place_of(self.sheet, places[0]) if places else None,
            "time": time_of(self.sheet, times[0]) if times else values["time"],
            "counts": [count for count in counts if count is not None],
        }  # fmt: skip
        return claim

    def _actors(self, group: list[Mark]) -> Iterator[Json]:
        """Who took part, in the order of the lines; each once in each role."""
        lines = [edge for mark in group for edge in self.edges.get(mark.id, ()) if edge.role in ROLES]
        for role, end in dict.fromkeys((edge.role, edge.end) for edge in lines):
            mark = self.sheet.marks[end]
            self.used.add(end)
            yield {"role": role, **part_of(self.sheet, mark), "id": mark.values.get("id")}

    def _source(self, mark: Mark) -> Json:
        cues = self._parts([mark], "cue")
        made = source_of(self.sheet, mark, cues[0].hull if cues else None, self._words(mark, "for"))
        if made is None:
            raise _Unusable(f"the kind of its source {mark.id} is not said")
        return made

    def _words(self, mark: Mark, role: str) -> str | None:
        """The words of the part that a line of a role leads to."""
        found = self._parts([mark], role)
        return self.sheet.words(found[0].hull) if found else None

    def _evidence(self, mark: Mark) -> list[Json]:
        """Its spans, each with the words that name the event where these are marked within it."""
        triggers = [trigger.hull for trigger in self._parts([mark], "trigger")]
        return [_item(span, triggers) for span in mark.spans]


def _item(span: Span, triggers: list[Span]) -> Json:
    row = spot(span)
    for trigger in triggers:
        if span.covers(trigger):
            row["trigger"] = {"start": trigger.start, "end": trigger.end}
    return row


def _root(above: dict[str, str], identity: str) -> str:
    while above[identity] != identity:
        identity = above[identity]
    return identity
