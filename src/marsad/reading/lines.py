"""An article's tokens with the facts of each, and one sentence's part of them; quotation marks that open and close in it."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.model import Token
from marsad.reading import phrase_words as w
from marsad.reading.phrase_words import SLOT, Facts, FixedName, facts

QUOTES = frozenset("\"'«»“”„‟‹›‘’")
_SHOWS_NAME = w.REPORT | w.PLACE_PREP
MAX_QUOTED = 7


class Line:
    """An article's tokens with the facts of each, looked up once for all its sentences."""

    __slots__ = ("facts", "flags", "known", "opens", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        """For all tokens of an article; ``call`` says later by which last names its persons are called."""
        self.tokens = tokens
        self.facts: list[Facts] = [token.word.memo.get(SLOT) or facts(token) for token in tokens]
        self.flags = [
            fact.flags if token.kind == "word" else 0 for token, fact in zip(tokens, self.facts, strict=True)
        ]
        self.known: frozenset[str] = frozenset()
        self.opens: list[bool] = []
        """Whether it is worth looking for a mention at a token: most words are none by their form alone."""

    def call(self, known: frozenset[str]) -> Line:
        """Note the last names of the article's persons."""
        self.known = known
        opens = self.opens = [fact.opens for fact in self.facts]
        flags = [*self.flags, 0]
        for index, flag in enumerate(self.flags):
            if flag & w.REPORT and index + 1 < len(opens):
                opens[index + 1] = True
            elif flag == w.UNKNOWN and not self.facts[index].names and self.tokens[index].form not in w.ABOUT:
                # a name only by what stands beside it: a preposition, a word of saying, another such word
                opens[index] = bool(
                    (index and flags[index - 1] & _SHOWS_NAME) or flags[index + 1] & w.UNKNOWN
                )
        if known:
            for index, token in enumerate(self.tokens):
                if token.form in known or token.form[1:] in known:
                    opens[index] = True
        return self


class Scan:
    """One sentence's tokens with the facts of each."""

    __slots__ = ("_facts", "_flags", "first", "known", "last", "opens", "tokens")

    def __init__(self, line: Line, first: int, last: int) -> None:
        """For the tokens first:last of an article."""
        self.known = line.known
        self.opens = line.opens
        self.tokens = line.tokens
        self.first = first
        self.last = last
        self._facts = line.facts
        self._flags = line.flags

    def at(self, index: int) -> Facts:
        """The facts of a token of the sentence."""
        return self._facts[index]

    def form(self, index: int) -> str:
        """A token's folded form; "" outside the sentence."""
        return self.tokens[index].form if self.first <= index < self.last else ""

    def flags(self, index: int) -> int:
        """What a word can be; 0 outside the sentence and for what is no word."""
        return self._flags[index] if self.first <= index < self.last else 0

    def fixed(self, index: int, cut: int | None = None) -> tuple[int, FixedName] | None:
        """The longest name of the lists that begins at a token: (end, name)."""
        for name in self.at(index).names:
            if cut is not None and name.cut != cut:
                continue
            end = self._match(index + 1, name.rest)
            if end:
                return end, name
        return None

    def _match(self, index: int, rest: tuple[str, ...]) -> int:
        for word in rest:
            if index < self.last and self.tokens[index].form in ("_", "-") and word.isalpha():
                index += 1
            if index >= self.last or self.tokens[index].form != word:
                return 0
            index += 1
        return index


def opens(scan: Scan, index: int) -> bool:
    """Whether a quotation mark opens: by the space before or behind it, else by its shape."""
    tokens = scan.tokens
    before = index == scan.first or tokens[index].start > tokens[index - 1].end
    behind = index + 1 < scan.last and tokens[index + 1].start > tokens[index].end
    if before != behind:
        return before
    return tokens[index].form in "“«‹„‘\"'"


def closing(scan: Scan, opening: int) -> int:
    """The mark that closes a short quotation opened at a token, or 0."""
    for index in range(opening + 1, min(opening + MAX_QUOTED + 1, scan.last)):
        if scan.tokens[index].form in QUOTES:
            return index if index > opening + 1 else 0
        if (
            scan.tokens[index].form in ".؟!:؛"
            and index + 1 < scan.last
            and scan.tokens[index + 1].start > scan.tokens[index].end
        ):
            return 0
    return 0
