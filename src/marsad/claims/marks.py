"""Marks: the words of a sentence that negate an event or keep it from being actual, before it is known which event they govern.

A word is a mark only in a sense that it can have there: "امرأة" is a woman and no order, "واسع" is wide and not "and I strive", "قد" is possible
before an imperfect only. Expressions of more than one word win over the words in them, and one that only looks like a
negation ("لا يزال") takes its words away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.arabic import Lexicon, fold_word
from marsad.claims.view import View
from marsad.model import Sense, Token, Word

_PERSONS = (".3ms", ".3fs", ".3mp", ".1p")
_OPENING = ('"', "«", "“", "„", ":")
_CLASSES = ("negator", "modal")
_SLOT = "mark phrases"
Row = tuple[tuple[str, ...], int]
"""The words of an expression and the index of its entry."""
_NONE: tuple[Row, ...] = (((), -1),)
"""Stands for a word that begins no mark."""
_RIVALS = frozenset(("support", "takes_lam"))
_NAMES = frozenset(
    (
        "people",
        "body_head",
        "body_name",
        "state",
        "place_head",
        "measure",
        "numeral",
        "adjective",
        "time_word",
    )
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A negator or modal word: tokens first:last, its entry's data, and whether it is a finite verb."""

    first: int
    last: int
    cls: str
    data: Mapping[str, Any]
    verbal: bool
    future: bool = False

    @property
    def scope(self) -> str:
        """What it governs: verb, noun, content, clause or left."""
        return str(self.data.get("scope", "content"))


def marks_of(view: View, lexicon: Lexicon) -> dict[int, Mark | None]:
    """The marks of a sentence by each of their tokens; None where an expression takes a word's meaning away."""
    key = ("modal marks", view.index)
    found = view.reading.memo.get(key)
    if found is None:
        found = view.reading.memo[key] = _find(view, lexicon)
    known: dict[int, Mark | None] = found
    return known


def _find(view: View, lexicon: Lexicon) -> dict[int, Mark | None]:
    found: dict[int, Mark | None] = {}
    behind = view.first
    for index in range(view.first, view.last):
        word = view.tokens[index].word
        rows = word.memo.get(_SLOT)
        if rows is None:
            rows = word.memo[_SLOT] = _rows(word, lexicon)
        if rows is _NONE or index < behind:
            continue
        phrase = _phrase(view, index, rows, lexicon)
        if phrase is not None:
            behind, mark = phrase
            found.update(dict.fromkeys(range(index, behind), mark))
        elif (mark := _word(view, index)) is not None:
            found[index] = mark
    return found


def _phrase(
    view: View, index: int, rows: tuple[Row, ...], lexicon: Lexicon
) -> tuple[int, Mark | None] | None:
    """The end and the mark of the longest expression that begins at a token."""
    for words, entry in rows:
        last = index + len(words)
        if last <= view.last and all(
            view.tokens[index + n].form == word for n, word in enumerate(words) if n
        ):
            cls, _, data = lexicon.entry(entry)
            return last, Mark(index, last, cls, data, False) if cls in _CLASSES else None
    return None


def _rows(word: Word, lexicon: Lexicon) -> tuple[Row, ...]:
    """The expressions that a word can begin, with or without و or ف written onto it; _NONE if it is no mark by itself either."""
    form = word.form
    starts = (form, form[1:]) if form[:1] in "وف" else (form,)
    rows = (row for start in starts for row in lexicon.phrases.get(start, ()))
    found = tuple(row for row in rows if lexicon.entry(row[1])[0] in (*_CLASSES, "not_negator"))
    return found or (_NONE if mark_sense(word) is None else ())


def _word(view: View, index: int) -> Mark | None:
    token = view.tokens[index]
    sense = mark_sense(token.word)
    if sense is None or not _fits(view, index, sense):
        return None
    verbal = "v." in sense.morph or bool(sense.data.get("verbal"))
    return Mark(index, index + 1, sense.cls, sense.data, verbal, "س" in sense.pro)


def mark_sense(word: Word) -> Sense | None:
    """The sense in which a word can be a mark, if any; worked out once per form."""
    if "mark" not in word.memo:
        word.memo["mark"] = next(
            (sense for sense in word.senses if sense.cls in _CLASSES and _can_be(sense, word)), None
        )
    found: Sense | None = word.memo["mark"]
    return found


def _can_be(sense: Sense, word: Word) -> bool:
    """Whether a form can be meant in a sense, seeing what else it can be."""
    if "v." not in sense.morph:
        return not (sense.enc and (_NAMES & word.classes or "ال" in sense.pro))
    if not any(person in sense.morph for person in _PERSONS) or (sense.pro and "iv.a.1s" in sense.morph):
        return False
    if sense.enc == "نا" or (sense.data.get("imperfect") and (sense.enc or "iv." not in sense.morph)):
        return False
    rivals = [
        other for other in word.senses if other.lemma != sense.lemma and len(other.enc) <= len(sense.enc)
    ]
    return not any(other.cls in _NAMES or other.cls in _RIVALS for other in rivals)


def _fits(view: View, index: int, sense: Sense) -> bool:
    """Whether the words behind a mark are those that its entry asks for."""
    wanted = sense.data.get("with")
    if wanted:
        return any(
            token.form in _folded(wanted) for token in view.tokens[index + 1 : min(view.last, index + 7)]
        )
    if sense.data.get("tense") == "iv":
        return index + 1 < view.last and is_imperfect(view.tokens[index + 1])
    if sense.lemma == "ما":
        return _negates_as_ma(view, index)
    return True


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words)


def _negates_as_ma(view: View, index: int) -> bool:
    """Whether ما is a negation: at the head of a sentence or quotation, before a perfect."""
    head = index == view.first or view.tokens[index - 1].form in _OPENING
    return (
        view.tokens[index].form == "ما"
        and head
        and index + 1 < view.last
        and is_perfect(view.tokens[index + 1])
    )


def is_imperfect(token: Token) -> bool:
    """Whether a word is an imperfect of the third person; one that can be a perfect too (تعرض) counts as that."""
    form = token.form
    if form == "لا":
        return True
    if form.lstrip("وف").lstrip("س")[:1] not in ("ي", "ت", "ن") or is_perfect(token):
        return False
    return not token.word.senses or any("iv." in sense.morph for sense in token.word.senses)


def is_perfect(token: Token) -> bool:
    """Whether a word can be a perfect of the third person."""
    return any("pv." in sense.morph and ".3" in sense.morph for sense in token.word.senses)


def is_finite(token: Token) -> bool:
    """Whether a word is a finite verb and nothing else; an unknown word with the letters of an imperfect counts."""
    word = token.word
    if "finite alone" not in word.memo:  # not the key of parts.is_finite, which asks for less
        word.memo["finite alone"] = _finite(word)
    return bool(word.memo["finite alone"])


def _finite(word: Word) -> bool:
    if word.definite or not word.form:
        return False
    verbal = any("v." in sense.morph and any(p in sense.morph for p in _PERSONS) for sense in word.senses)
    if verbal:
        return not any("v." not in sense.morph for sense in word.senses)
    rest = word.form.lstrip("وف")
    return not word.senses and len(rest) > 3 and rest[0] in "يت" and rest[-1] not in "هةا"
