"""What every annotation tool comes down to: marks on a text, values of a mark, and labelled lines between two marks.

A reader of a tool's files makes a `Sheet` of a document, and `claims_of` (`marsad.annotations.build`) makes claims of a sheet: what a label means is decided in one place, and
so is what becomes of an annotation that cannot be used. Such a one is set aside as a `Refused` with its file, where it stands in it, and why; the rest is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from marsad.model import Span

Json = dict[str, Any]


class Refused(NamedTuple):
    """An annotation, or a value of one, that was set aside.

    ``where`` is the line or the id in the file (and the record, where a file holds many), ``what`` the annotation as it stands there.
    """

    file: str
    where: str
    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.what}: {self.reason}"


@dataclass(slots=True, kw_only=True)
class Mark:
    """Words that an annotator marked.

    Attributes:
        id: As the tool calls it: ``T3``.
        label: What it is marked as: a code of the codebook, or a part (`marsad.annotations.scheme.PARTS`), in our words.
        spans: Where it stands; several where it is discontinuous, and the gap is more than blanks.
        values: What else was said of it, by our names: ``stance``, ``precision``, ``id``.
        where: Where in the file.
    """

    id: str
    label: str
    spans: tuple[Span, ...]
    where: str
    values: Json = field(default_factory=dict)

    @property
    def hull(self) -> Span:
        """From its first to its last word."""
        return Span(self.spans[0].start, self.spans[-1].end, self.spans[0].part)

    def __str__(self) -> str:
        return f"{self.id} {self.label}"


class Edge(NamedTuple):
    """A line from one mark to another; ``number`` orders those of one kind: ``Source2``."""

    start: str
    role: str
    number: int
    end: str
    where: str


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One document with its marks, in code points of its title and its text.

    Attributes:
        file: Its name, for messages.
        card: What is known of the article: ``id``, ``title``, ``text``, ``published``, ``outlet``, ``url``.
        marks: By id, in the order of the file.
        refused: What was set aside so far.
    """

    file: str
    card: Json
    marks: dict[str, Mark] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def words(self, span: Span) -> str:
        """The raw words at a span."""
        return str(self.card[span.part])[span.start : span.end]

    def refuse(self, where: str, what: str, reason: str) -> None:
        """Set something aside."""
        self.refused.append(Refused(self.file, where, what, reason))


class Annotated(NamedTuple):
    """An annotated article as CODEBOOK section 7 has it, and what of its annotations was set aside; ``counting`` says how its tool counts characters."""

    article: Json
    refused: list[Refused]
    counting: str


def join_fragments(text: str, fragments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Fragments between which only blanks stand made one, in their order.

    >>> join_fragments("ab cd, ef", [(0, 2), (3, 5), (7, 9)])
    [(0, 5), (7, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(fragments):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
