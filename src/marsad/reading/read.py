"""The front door of this room: an article in, its reading out."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.arabic import Lexicon, load_lexicon, tokenise
from marsad.model import Article, Mention, Reading, Token
from marsad.reading.dateline import dateline_end
from marsad.reading.lines import Line
from marsad.reading.mentions import find_mentions
from marsad.reading.person_mentions import surnames
from marsad.reading.quotations import quotations
from marsad.reading.sentences import sentences

__all__ = ["ReadingKit", "read"]


@dataclass(frozen=True, slots=True)
class ReadingKit:
    """What reading needs to know: the compiled lexicon."""

    lexicon: Lexicon

    @property
    def version(self) -> str:
        """Changes when the knowledge does."""
        return self.lexicon.version

    @classmethod
    def load(cls) -> ReadingKit:
        """The kit from the built files.

        Raises:
            MarsadError: the lexicon has not been built.
        """
        return cls(load_lexicon())


def read(article: Article, kit: ReadingKit) -> Reading:
    """Cut an article into tokens, sentences and quotations; mentions are found per sentence when asked for."""
    tokens: list[Token] = tokenise(article.title, kit.lexicon, "title") if article.title else []
    tokens += tokenise(article.text, kit.lexicon)

    lines: list[Line] = []
    dateline = dateline_end(tokens)

    def finder(_: object, first: int, last: int) -> list[Mention]:
        if not lines:
            line = Line(tokens)
            lines.append(line.call(surnames(line)))
        found = find_mentions(lines[0], first, last)
        if first >= dateline:
            return found
        return [
            m for m in found if m.kind != "place" or m.first >= dateline or tokens[m.first].part == "title"
        ]

    quoted = quotations(tokens)
    return Reading(
        article=article, tokens=tokens, sentences=sentences(tokens, quoted), quotations=quoted, finder=finder
    )
