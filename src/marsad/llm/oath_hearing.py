"""One answer under examination: what it is held against, and what of it did not stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.arabic import Lexicon
from marsad.codebook import Codebook
from marsad.llm.types import Refusal
from marsad.llm.words import Finder
from marsad.model import Origin, Span

MOST_PARTS = 40
"""Links, actors, counts or pieces of evidence of one claim; no claim of the annotated articles has a third of it."""
_SHORT = 120
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Oath:
    """What a model's claims are held to: the codebook, and our own reading of numbers and times."""

    codebook: Codebook
    lexicon: Lexicon

    @classmethod
    def load(cls, codebook: Codebook, lexicon: Lexicon) -> Oath:
        """The oath from what the program has loaded already."""
        return cls(codebook, lexicon)


@dataclass(slots=True)
class Hearing:
    """The examination of one answer.

    Attributes:
        oath: What claims are held to.
        finder: Where words stand in what was shown.
        refusals: What did not stand so far, in the answer's order.
        notes: The same of the claim that is being examined, for the person who reviews it.
    """

    oath: Oath
    finder: Finder
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Origin] = field(default_factory=list)

    def drop(self, part: str, reason: str, words: object) -> None:
        """Count a part that did not stand, and note it with the claim."""
        short = shortened(words)
        self.refusals.append(Refusal(reason, short))
        self.notes.append(Origin(part=part, rule=f"dropped: {reason}", words=short))

    def members(self, told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        """The objects in a list of a claim; what else is in it, or in its place, is counted and dropped."""
        value = told.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.drop(name, "not_an_object", value)
            return []
        if len(value) > MOST_PARTS:
            self.drop(name, "too_many", f"{name}: {len(value)}")
        found: list[Mapping[str, Any]] = []
        for one in value[:MOST_PARTS]:
            if isinstance(one, dict):
                found.append(one)
            else:
                self.drop(name, "not_an_object", one)
        return found

    def find(self, words: object, near: Sequence[Span]) -> Span | None:
        """Where the words of a part stand, the place nearest to the claim's evidence; None where they do not, or are none."""
        return self.finder.nearest(words, near) if isinstance(words, str) else None

    def raw(self, span: Span) -> str:
        """The article's own words at a span."""
        return self.finder.reading.article.words(span)

    def is_value(self, field_name: str, value: object) -> bool:
        """Whether a value is one of a fixed field of the codebook."""
        return isinstance(value, str) and value in self.oath.codebook.values[field_name]


def shortened(words: object) -> str:
    """What a model wrote, as one line that can be kept and shown: short, and without halves of characters that no file can hold."""
    text = words if isinstance(words, str) else _kind(words)
    clean = "".join("\ufffd" if ord(letter) in _SURROGATES else letter for letter in text[:_SHORT])
    return " ".join(clean.split())


def _kind(value: object) -> str:
    """A value that is no string: numbers as they are, of the rest only what it is (it may be as deep as the form allows)."""
    if value is None or isinstance(value, bool | int | float):
        return str(value)
    return "a list" if isinstance(value, list) else "an object"
