"""Personal names: how far one goes to the right, word by word.

A name begins with a known first name or a particle (أبو، عبد), or behind a title with an unknown word; it goes on over first names, unknown
words and definite words that can be a family's. The name علي is told from the preposition على by what stands around it.
"""

from __future__ import annotations

from marsad.reading import phrase_words as w
from marsad.reading.lines import Scan

_BLOCKED = w.STOP | w.VERB | w.PLACE | w.BODY | w.THING | w.CRAFT | w.STATE | w.DOCUMENT | w.EVENT
_MAX_NAME = 6
_FAMILIES = frozenset(("السيد", "الشيخ", "الامير", "الحكيم", "القاضي"))
"""Titles that are last names too."""


def name_end(scan: Scan, index: int, *, titled: bool) -> int:
    """The end of a personal name that begins at a token, or ``index`` where none does."""
    cursor = index
    while cursor < scan.last and cursor - index < _MAX_NAME:
        step = _name_word(scan, cursor, cursor - index, titled=titled)
        if not step:
            break
        cursor += step
    while cursor > index and scan.flags(cursor - 1) & w.NAME_PART and not scan.flags(cursor - 1) & w.GIVEN:
        cursor -= 1
    return cursor


def _name_word(scan: Scan, index: int, place: int, *, titled: bool) -> int:
    """How many tokens from here on go on with a name, at its word number ``place``: 0, 1, or 2 for a particle with what it binds."""
    flags = scan.flags(index)
    if not flags:
        if place and scan.form(index) == "_":
            return 2 if index + 1 < scan.last and scan.tokens[index + 1].kind == "word" else 0  # #عبد_الله
        dash = place and scan.form(index) in ("-", "ـ") and scan.flags(index + 1) & (w.UNKNOWN | w.GIVEN)
        return 2 if dash else 0
    fact, form = scan.at(index), scan.form(index)
    if form == "علي":
        return int(_is_ali(scan, index, place, titled=titled))
    if flags & w.NAME_PART and not flags & w.VERB and not (place and fact.joined):
        return _bound(scan, index, form)
    return _later_word(scan, index) if place else int(_first_word(scan, index, titled=titled))


def _first_word(scan: Scan, index: int, *, titled: bool) -> bool:
    """Whether a name can begin with a word: a first name, or behind a title an unknown word."""
    flags, fact, form = scan.flags(index), scan.at(index), scan.form(index)
    if flags & w.GIVEN and not fact.enc:
        return titled or not fact.definite
    if (
        titled
        and flags & w.ADJECTIVE
        and not fact.definite
        and form.endswith("ي")
        and _after_rank(scan, index)
    ):
        return True
    if flags & _BLOCKED or not titled or (fact.names and scan.fixed(index)):
        return False
    return bool(flags & w.UNKNOWN) and not (fact.definite and form.endswith("ه"))


def _later_word(scan: Scan, index: int) -> int:
    """How many tokens go on with a name that has begun."""
    flags, fact, form = scan.flags(index), scan.at(index), scan.form(index)
    if form == "الله":
        return 1
    outside = (
        form[:1] in "وفبل"
        and any(name.cut for name in fact.names)
        and not any(not name.cut for name in fact.names)
    )
    if (
        fact.joined
        or outside
        or (fact.cut and not flags & w.GIVEN)
        or (form.startswith("و") and not fact.lemma)
    ):
        return 0
    if flags & w.GIVEN and not fact.enc:
        return 1
    follower = scan.flags(index + 1)
    if (
        not fact.definite
        and not flags & (w.STOP | w.VERB)
        and follower & w.GIVEN
        and not scan.at(index + 1).cut
    ):
        return 2
    if form == "صباح" and follower & (w.GIVEN | w.UNKNOWN):
        return 1
    if form in _FAMILIES:
        return int(not follower & (w.GIVEN | w.NAME_PART))
    if flags & _BLOCKED:
        return 0
    return int(bool(flags & w.UNKNOWN) or _ordinary_family(scan, index))


def _ordinary_family(scan: Scan, index: int) -> bool:
    """An ordinary word as a last name: "أنيس نقاش" where no genitive follows, "فؤاد الحداد"."""
    flags, fact, form = scan.flags(index), scan.at(index), scan.form(index)
    if fact.definite:
        return not fact.cut and _family(scan, index, form)
    if flags & ~w.REPORT != w.COMMON or form.endswith(("ا", "ات", "ه", "ين", "ون")):
        return False
    genitive = bool(scan.flags(index + 1)) and scan.at(index + 1).definite
    return bool(scan.flags(index - 1) & w.GIVEN) and not genitive


def _after_rank(scan: Scan, index: int) -> bool:
    """An adjective as a first name behind a title: "العقيد تركي المالكي"."""
    before, follower = scan.flags(index - 1), scan.flags(index + 1)
    family = (
        bool(follower)
        and scan.at(index + 1).definite
        and not scan.at(index + 1).cut
        and scan.form(index + 1).endswith("ي")
    )
    return bool(before & w.TITLE) and scan.at(index - 1).definite and family


def _is_ali(scan: Scan, index: int, place: int, *, titled: bool) -> bool:
    """Whether the word is the name Ali: between names, or at a name's end before a mark of punctuation."""
    follower = scan.flags(index + 1)
    named = bool(follower & (w.GIVEN | w.NAME_PART)) and not scan.at(index + 1).cut
    if not place:
        before = scan.flags(index - 1)
        told = (
            titled
            or not before
            or before & (w.REPORT | w.NAME_PART)
            or scan.form(index - 1) in ("علي", "من", "عن", "مع")
        )
        return bool(told) and (named or (titled and bool(follower & w.UNKNOWN)))
    behind = index + 1 >= scan.last or scan.tokens[index + 1].kind != "word"
    return named or behind


def _bound(scan: Scan, index: int, form: str) -> int:
    """أبو، عبد، بن bind the next word whatever it is, if it can be a name at all."""
    if index + 1 >= scan.last or scan.tokens[index + 1].kind != "word":
        return 0
    follower = scan.flags(index + 1)
    if scan.form(index + 1) == "علي" and form.startswith("اب"):
        return 2
    if follower & (w.STOP | w.VERB) or (scan.at(index + 1).cut and not follower & w.UNKNOWN):
        return 0
    if form.endswith("عبد") and not (
        scan.at(index + 1).definite or follower & (w.UNKNOWN | w.GIVEN) or scan.form(index + 1) in ("ربه",)
    ):
        return 0
    return 2


def _family(scan: Scan, index: int, form: str) -> bool:
    """A definite word at the end of a name that may be a family's: not one that describes a body before it."""
    flags = scan.flags(index)
    if flags & (w.TITLE_WORD | w.UNNAMED | w.PEOPLE | w.OUTLET):
        return False
    if flags & w.COMMON and scan.flags(index - 1) & w.GIVEN and not form.endswith(("ه", "ات", "ين", "ون")):
        return True
    return bool(flags & (w.UNKNOWN | w.BODY_NAME)) or (
        flags & (w.ADJECTIVE | w.COMMON) != 0 and form.endswith("ي")
    )
