"""Hits: the words of a sentence that can name an event, before anything is known of its parts.

A hit is a verb, a noun (masdar, plural, participle) or a phrase of the lexicon's class ``trigger``. "سيطرت الفصائل على البلدة" has one, the
verb; "مقتل ثلاثة في قصف" has two nouns. Phrases win over the words in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.arabic import Lexicon
from marsad.claims.frames import Frame, Frames
from marsad.model import Sense, Token, Word

_WINDOW = 6
_SLOT = "trigger phrases"
_OBJECTS = frozenset(("ه", "ها", "هم", "هما"))
_BEFORE_VERB = frozenset(
    "قد لقد فقد وقد لم لن ولم ولن سوف ان كانت كان وكان وكانت بان لا الذي التي الذين اللذين عندما حين بعدما".split()
)
_BEFORE_NOUN = frozenset(
    "في من الي علي عن بعد قبل عقب اثر خلال اثناء جراء نتيجه بسبب ضد منذ حتي دون وسط مع بين رغم تم يتم جري غير اي كل بعض اول اخر"
    " عمليه عمليات محاوله شن نفذ بدء بدايه وقوع سلسله حال حاله".split()
)

Row = tuple[tuple[str, ...], int]
"""The words of a phrase and the index of its entry."""
_NONE: tuple[Row, ...] = (((), -1),)
"""Stands for a word that begins no event."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that can name an event: tokens first:last, how they were found and what they may be."""

    first: int
    last: int
    frame: Frame
    kind: str
    """verb, noun or phrase"""
    morph: str
    pro: str
    enc: str
    stem: int = 0
    """The token behind the first word: where the parts of the event begin, also inside "أحكمت القوات قبضتها"."""

    @property
    def voices(self) -> str:
        """Which voices a verb's form allows: "a", "p" or "ap"; empty for nouns."""
        if self.kind != "verb":
            return ""
        return ("a" if "v.a." in self.morph else "") + ("p" if "v.p." in self.morph else "")


def find_hits(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon, frames: Frames) -> list[Hit]:
    """All hits of tokens[first:last], in order; a word with several events gives one hit for each."""
    hits: list[Hit] = []
    behind = first
    for index in range(first, last):
        word = tokens[index].word
        rows = word.memo.get(_SLOT)
        if rows is None:
            rows = word.memo[_SLOT] = _rows(word, lexicon)
        if rows is _NONE or index < behind:
            continue
        phrase = _phrase_at(tokens, index, last, rows)
        if phrase is not None:
            behind, entry = phrase
            hits.append(Hit(index, behind, frames.of(lexicon.entry(entry)[2]), "phrase", "n", "", "", behind))
        elif "trigger" in word.classes:
            hits.extend(_at(tokens, first, index, last, frames))
    return sorted(hits, key=lambda hit: (hit.first, hit.frame.event))


def inside_another(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a hit begins inside a longer one of the same event (السيطرة in تمكنت من السيطرة) and tells nothing more."""
    return any(
        other is not hit
        and other.frame.event == hit.frame.event
        and other.first <= hit.first < other.last
        and (other.first < hit.first or other.last > hit.last)
        for other in hits
    )


def _at(tokens: Sequence[Token], first: int, index: int, last: int, frames: Frames) -> list[Hit]:
    """The hits of one word, one for each event; verb or noun where it can be either is settled by what stands around it."""
    senses = [sense for sense in tokens[index].word.senses if sense.cls == "trigger"]
    verbal = any("v." in sense.morph for sense in senses)
    nominal = any("v." not in sense.morph for sense in senses)
    wanted = _reads_as_verb(tokens, first, index, last) if verbal and nominal else verbal
    best: dict[str, Hit] = {}
    for sense in senses:
        if ("v." in sense.morph) is wanted:
            hit = _hit(tokens, index, last, sense, frames.of(sense.data))
            if hit is not None and hit.frame.event not in best:
                best[hit.frame.event] = hit
    return list(best.values())


def _reads_as_verb(tokens: Sequence[Token], first: int, index: int, last: int) -> bool:
    """Whether a word that can be verb or noun (قصف، قتل، هجم) is a verb here."""
    form = tokens[index].form
    if form.lstrip("وفبلك").startswith("ال") or _ends_in_marbuta(tokens[index]):
        return False
    before = tokens[index - 1] if index > first else None
    after = tokens[index + 1] if index + 1 < last else None
    if before is not None and before.form in _BEFORE_VERB:
        return True
    if before is not None and (before.form in _BEFORE_NOUN or "preposition" in before.word.classes):
        return False
    if after is not None and (
        _indefinite_adjective(after) or after.form in ("علي", "من") or after.form[:2] == "لل"
    ):
        return False
    if before is None or before.kind != "word":
        return True
    if all(sense.enc in _OBJECTS for sense in tokens[index].word.senses if sense.cls == "trigger"):
        return True
    joined = form[:1] == "و" and any(sense.pro[:1] == "و" for sense in tokens[index].word.senses)
    return joined or before.word.definite or "body_name" in before.word.classes


def _ends_in_marbuta(token: Token) -> bool:
    """Whether the verb reading needs ه for an object where the noun ends in ة: إصابة is read before أصابه."""
    verbal = [sense for sense in token.word.senses if sense.cls == "trigger" and "v." in sense.morph]
    return all(sense.enc == "ه" for sense in verbal)


def _indefinite_adjective(token: Token) -> bool:
    return not token.word.definite and bool({"nisba", "adjective", "nationality"} & token.word.classes)


def _hit(tokens: Sequence[Token], index: int, last: int, sense: Sense, frame: Frame) -> Hit | None:
    """The hit of one sense of a word, if the words around it allow it."""
    verbal = "v." in sense.morph
    if verbal and not _third_or_first(sense.morph):
        return None
    if "ال" in sense.pro and (verbal or frame.bare):
        return None
    if _part_of_day(tokens, index, last):
        return None
    end = index + 1
    if frame.following or frame.excluded:
        found = _following(tokens, end, min(last, end + _WINDOW), frame)
        if found is None:
            return None
        end = found
    kind = "verb" if verbal else "noun"
    return Hit(index, end, frame, kind, sense.morph, sense.pro, sense.enc, index + 1)


def _part_of_day(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Whether a word is the part of a day here: فجر الثلاثاء, not فجر المسلحون."""
    word = tokens[index].word
    return "time_word" in word.classes and index + 1 < last and "time_word" in tokens[index + 1].word.classes


def _third_or_first(morph: str) -> bool:
    return ".3" in morph or ".1p" in morph


def _following(tokens: Sequence[Token], start: int, stop: int, frame: Frame) -> int | None:
    """Where the hit ends once the words it wants or shuns behind it are looked at; None if it is not one."""
    end = start if not frame.following else None
    for index in range(start, stop):
        form = tokens[index].form
        if tokens[index].kind == "punct" and form in ".؛؟!":
            break
        if form in frame.excluded:
            return None
        if end is None and (form in frame.following or form[1:] in frame.following):
            end = index + 1
    return end


def _rows(word: Word, lexicon: Lexicon) -> tuple[Row, ...]:
    """The trigger phrases that a word can begin, with or without a letter written onto it; _NONE if it is no trigger either."""
    form = word.form
    starts = (form, form[1:]) if form[:1] in "وفبلك" else (form,)
    rows = (row for start in starts for row in lexicon.phrases.get(start, ()))
    found = tuple(row for row in rows if lexicon.entry(row[1])[0] == "trigger")
    return found or (() if "trigger" in word.classes else _NONE)


def _phrase_at(
    tokens: Sequence[Token], index: int, last: int, rows: tuple[Row, ...]
) -> tuple[int, int] | None:
    """(end, entry) of the longest trigger phrase that begins at a token."""
    for words, entry in rows:
        end = index + len(words)
        if end <= last and all(tokens[index + n].form == word for n, word in enumerate(words) if n):
            return end, entry
    return None
