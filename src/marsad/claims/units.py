"""Units: a sentence as the network reads it, words in their order with every noun phrase as one unit that says only its kind.

"قصفت قوات النظام بلدة سرمين بالمدفعية" is read as ``قصفت <body> <place> ب+ المدفعية``. Names of sides, peoples, places and persons are no units, and
neither are words that no lexicon knows (the list leaves them out), so that a sentence is read alike whoever does it to whom. One-letter words are split off where
the rest is a word of the list; what is not on the list counts by its shape: its first and last letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from marsad.claims.near import kind_of
from marsad.claims.view import View, proclitic
from marsad.model import Token

WORDS = Path(__file__).parent / "units.txt"
PROCLITICS = "وفبلكس"
_SLOT = "units"
_SIDES = frozenset(("nationality", "state", "body_name", "outlet_name"))
PREPOSITION_OR_NAME = frozenset(("علي", "عليها", "عليه", "عليهم"))
"""Folded, على with its pronouns is also a given name; here it is the preposition."""
_PREFIXES = frozenset(("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف", "س", "ي", "ت", "ا", "م"))
_SUFFIXES = frozenset(("ون", "ين", "ات", "ان", "ها", "هم", "وا", "ه", "ت", "ا", "ي"))
_LEAST_REST = 3
_LONGEST, _AROUND = 1_000, 300


def shape(form: str) -> str:
    """What a word that is not on the list counts as: the longest of the beginnings and ends that leave two letters."""
    longest = len(form) - 2
    prefix = next((form[:n] for n in (3, 2, 1) if n <= longest and form[:n] in _PREFIXES), "")
    suffix = next((form[-n:] for n in (2, 1) if n <= longest and form[-n:] in _SUFFIXES), "")
    return f"<{prefix}_{suffix}>"


def plain(token: Token) -> str:
    """A token outside noun phrases as a unit before it is split: numbers, adjectives of origin say no more than that."""
    if token.kind == "number":
        return "<number>"
    if token.kind != "word":
        return token.form
    if token.word.classes & _SIDES and token.form not in PREPOSITION_OR_NAME:
        return f"<{'ال' if token.word.definite else ''}origin{'ه' if token.form.endswith('ه') else ''}>"
    return token.form


class Units:
    """The list of units, by number: 0 stands for nothing, 1 for what is not on the list in any way."""

    def __init__(self, words: Iterable[str]) -> None:
        """From the words in order; the number of a word is its line."""
        self.numbers = {word: number for number, word in enumerate(words)}

    @classmethod
    def load(cls, path: Path = WORDS) -> Units:
        """From the file of the package."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def of_token(self, token: Token) -> tuple[int, ...]:
        """The units of a word, worked out once per form."""
        if token.kind != "word":
            return self.of(plain(token))
        memo = token.word.memo
        found: tuple[int, ...] | None = memo.get(_SLOT)
        if found is None:
            found = memo[_SLOT] = self.of(plain(token))
        return found

    def of(self, form: str) -> tuple[int, ...]:
        """The units of a word: itself, or what is written onto it and the rest, or its shape."""
        return tuple(self.numbers.get(part, 1) for part in self._parts(form, 0))

    def _parts(self, form: str, depth: int) -> list[str]:
        if form in self.numbers or form[:1] == "<":
            return [form]
        if depth < 2 and len(form) > _LEAST_REST and form[0] in PROCLITICS:
            rest = "ا" + form[1:] if form.startswith("لل") else form[1:]
            parts = self._parts(rest, depth + 1)
            if parts[-1] in self.numbers and parts[-1][0] != "<":
                return [form[0] + "+", *parts]
        return [shape(form)]


def _read(view: View, triggers: Collection[int]) -> tuple[int, int]:
    """What is read of a sentence: all of it, or around its triggers where no writer's sentence is so long."""
    if view.last - view.first <= _LONGEST:
        return view.first, view.last
    mine = [index for index in triggers if view.first <= index < view.last] or [view.first]
    first = max(view.first, min(mine) - _AROUND)
    mention = view.at(first)
    if mention is not None:
        first = mention.ext_first
    return first, min(view.last, max(mine) + _AROUND)


def sequence(view: View, triggers: Collection[int], units: Units) -> tuple[list[int], dict[int, int]]:
    """The units of a sentence and, for each of its tokens, the place of its unit.

    Args:
        view: The sentence.
        triggers: The tokens that can name an event: they are units of their own also inside a noun phrase.
        units: The list.
    """
    found: list[int] = []
    places: dict[int, int] = {}
    index, last = _read(view, triggers)
    tokens, numbers = view.tokens, units.numbers
    while index < last:
        mention = view.at(index)
        if mention is None or mention.ext_first != index:
            token = tokens[index]
            known = token.word.memo.get(_SLOT) if token.kind == "word" else None
            found.extend(units.of_token(token) if known is None else known)
            places[index] = len(found) - 1
            index += 1
            continue
        letter = proclitic(tokens[index], mention)
        if letter:
            found.append(numbers.get(letter + "+", 1))
        at = len(found)
        found.append(numbers.get(f"<{kind_of(view, mention)}>", 1))
        for covered in range(index, mention.ext_last):
            places[covered] = at
            if covered in triggers:
                found.extend(units.of_token(tokens[covered]))
                places[covered] = len(found) - 1
        index = mention.ext_last
    return found, places
