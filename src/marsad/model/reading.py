"""A reading: an article cut into tokens, sentences, quotations and mentions.

Token indexes run over the whole article, the title's tokens first; ranges of tokens are end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from marsad.model.article import Article
from marsad.model.span import Part

TokenKind = Literal["word", "number", "punct", "break"]


class Sense(NamedTuple):
    """One entry of a lexicon that a word can stand for.

    ``cls`` is the lexicon class ("report", "trigger", "body" ...), ``lemma`` the entry's key, ``morph`` the form's
    features (for verbs: tense, voice and person such as "pv.a.3fs"; for nouns "n", "n.du", "n.pl"), ``pro`` and ``enc`` the folded
    clitics that were split off (``pro`` includes the article ال), ``data`` the entry's attributes.
    """

    cls: str
    lemma: str
    morph: str
    pro: str
    enc: str
    data: Mapping[str, Any]


class Word:
    """What is known of a folded form, made once per form and shared by all its tokens."""

    __slots__ = ("classes", "definite", "form", "memo", "senses")

    def __init__(self, form: str, senses: tuple[Sense, ...]) -> None:
        """A word of that folded form with all its senses, the likeliest first."""
        self.form = form
        self.senses = senses
        self.classes = frozenset(sense.cls for sense in senses)
        self.definite = form.startswith(("ال", "وال", "بال", "فال", "كال", "لل", "ولل", "وبال"))
        self.memo: dict[str, Any] = {}
        """Room for what other rooms work out once per form."""

    def sense(self, cls: str) -> Sense | None:
        """The first sense of that class, or None."""
        if cls not in self.classes:
            return None
        return next(sense for sense in self.senses if sense.cls == cls)


class Token:
    """A word, number, punctuation mark or line break, with its raw offsets."""

    __slots__ = ("end", "form", "kind", "part", "start", "word")

    def __init__(  # noqa: PLR0913 (made for every word of a text: plain arguments are the fastest)
        self, form: str, start: int, end: int, kind: TokenKind, part: Part, word: Word
    ) -> None:
        """A token: ``form`` is folded, ``start`` and ``end`` are raw code points."""
        self.form = form
        self.start = start
        self.end = end
        self.kind = kind
        self.part = part
        self.word = word

    def __repr__(self) -> str:
        """Short, for debugging and failing tests."""
        return f"<{self.form!r} {self.start}:{self.end}>"


class Sentence(NamedTuple):
    """A range of tokens that makes a sentence; ``paragraph`` counts lines of text from 0, the title is -1."""

    first: int
    last: int
    part: Part
    paragraph: int


class Quotation(NamedTuple):
    """Words between quotation marks: ``first`` and ``last`` are the tokens inside the marks, end exclusive."""

    first: int
    last: int
    speech: bool
    """True for quoted speech, False for a name or a word in scare quotes."""


class Mention(NamedTuple):
    """Words that name something: the shortest full name, within its full extent.

    ``first:last`` is the shortest full name ("حسن عبد الغني"), ``ext_first:ext_last`` all of the noun phrase with title,
    apposition and brackets; ``body`` is the token range of the organisation that a titled person speaks for. ``cut`` counts the
    letters written onto the first word that are not of the name ("وسقبا" has 1, "للحكومة" none, as لل hides its ال).
    """

    kind: str
    first: int
    last: int
    ext_first: int
    ext_last: int
    head: int
    body: tuple[int, int] | None = None
    gender: str = ""
    number: str = ""
    lemma: str = ""
    cut: int = 0
    inner: tuple[Mention, ...] = ()


@dataclass(slots=True, kw_only=True)
class Reading:
    """An article with its tokens, sentences and quotations; mentions are found per sentence when asked for."""

    article: Article
    tokens: list[Token]
    sentences: list[Sentence]
    quotations: list[Quotation] = field(default_factory=list)
    finder: Callable[[Sequence[Token], int, int], list[Mention]] = lambda tokens, first, last: []
    memo: dict[Any, Any] = field(default_factory=dict)
    _mentions: dict[int, list[Mention]] = field(default_factory=dict)

    def mentions(self, sentence: int) -> list[Mention]:
        """The mentions of a sentence by its index, in order; found when first asked for."""
        found = self._mentions.get(sentence)
        if found is None:
            place = self.sentences[sentence]
            found = self._mentions[sentence] = self.finder(self.tokens, place.first, place.last)
        return found

    def sentence_at(self, token: int) -> int:
        """The index of the sentence that holds a token."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.sentences[middle].first <= token:
                low = middle
            else:
                high = middle - 1
        return low

    def text(self, first: int, last: int) -> str:
        """The raw words from one token to another, end exclusive."""
        if last <= first:
            return ""
        start, end = self.tokens[first], self.tokens[last - 1]
        return self.article.part(start.part)[start.start : end.end]
