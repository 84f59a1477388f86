"""Mentions: the noun phrases of a sentence that name who and what and where, with exact edges and a kind.

``find_mentions`` walks a sentence once. Each token that can open a name is read by the grammar of `phrases`; the kind comes from the head's
class in the lexicon: ``body`` (army, faction, ministry, state), ``person``, ``outlet``, ``monitor``, ``document``, ``unnamed`` (a source
without a name), ``people`` (civilians, soldiers), ``craft`` (what strikes), ``place`` and ``thing`` (what is struck).

Example: in "قال المتحدث باسم وزارة الدفاع سالم الهادي إن القوات دخلت بلدة كفر الورد" there are a person "سالم الهادي" with the body
"وزارة الدفاع", the body "القوات" and the place "بلدة كفر الورد". Nested mentions follow the one they lie in and are its ``inner``.
"""

from __future__ import annotations

from marsad.model import Mention
from marsad.reading import phrase_words as w
from marsad.reading.headed_mentions import READERS, counted_origin, listed_name, place_by_position
from marsad.reading.lines import Line, Scan
from marsad.reading.person_mentions import (
    bare_person,
    called_person,
    foreign_person,
    said_person,
    titled_person,
)
from marsad.reading.place_mentions import cut_of

_COUNTED = frozenset(("people", "body", "unnamed", "craft", "thing", "person"))
_HIDDEN = frozenset((("place", "person"), ("outlet", "unnamed"), ("outlet", "people"), ("monitor", "people")))
_MAX_COUNT = 6
_HEADS = 0
for _flag, _ in READERS:
    _HEADS |= _flag


def find_mentions(line: Line, first: int, last: int) -> list[Mention]:
    """The mentions of the tokens first:last, outer before inner, in the order of the text.

    Args:
        line: All tokens of the article, with the last names of its persons.
        first: The sentence's first token.
        last: One past its last token.
    """
    scan = Scan(line, first, last)
    found: list[Mention] = []
    opens = scan.opens
    index = first
    while index < last:
        mention = _mention_at(scan, index) if opens[index] else None
        if mention is None:
            index += 1
            continue
        inner = _inner(scan, mention)
        found.append(mention._replace(inner=tuple(inner)) if inner else mention)
        found.extend(inner)
        index = max(mention.ext_last, index + 1)
    return found


def _inner(scan: Scan, outer: Mention) -> list[Mention]:
    """The mentions inside another, after its head."""
    found: list[Mention] = []
    opens = scan.opens
    index, last = outer.ext_first + 1, outer.ext_last
    if outer.kind == "person":
        index, last = outer.body or (last, last)
    while index < last:
        mention = _mention_at(scan, index) if opens[index] else None
        if mention is None or mention.ext_last > last:
            index += 1
            continue
        if mention.kind == "place" and outer.kind == "body" and scan.form(mention.first) == "القاعده":
            index += 1  # al-Qaeda behind تنظيم, not a base
            continue
        same = (mention.first, mention.last) == (outer.first, outer.last) or mention.head == outer.head
        hidden = same or _only_describes(scan, mention) or (outer.kind, mention.kind) in _HIDDEN
        if not hidden:
            found.append(mention)
        index = mention.ext_last if mention.kind in ("person", "place") else max(mention.head, index) + 1
    return found


def _only_describes(scan: Scan, mention: Mention) -> bool:
    """Whether a mention inside another is but an adjective that could stand for people elsewhere."""
    flags = scan.flags(mention.first)
    return mention.last == mention.first + 1 and bool(flags & w.ADJECTIVE) and mention.kind == "people"


def _mention_at(scan: Scan, index: int) -> Mention | None:
    """The mention that begins at a token."""
    flags = scan.flags(index)
    if _opens_count(scan, index, flags) and (counted := _counted(scan, index)):
        return counted
    if not flags:
        return None
    if flags & w.TITLE and (person := _titled(scan, index, flags)):
        return person
    if scan.at(index).names and (named := listed_name(scan, index)):
        return named
    if flags & _HEADS:
        for flag, reader in READERS:
            if flags & flag and (mention := reader(scan, index)):
                return mention
    return _unheaded(scan, index, flags)


def _titled(scan: Scan, index: int, flags: int) -> Mention | None:
    """A titled person; a bare title that may be a body, people or an adjective ("الفارق الكبير") is left to those."""
    person = titled_person(scan, index)
    if person is None or person.first != index or person.last > index + 1:
        return person
    describes = (
        scan.at(index).lemma in ("كبير", "رئيس") and scan.flags(index - 1) and scan.at(index - 1).definite
    )
    return None if flags & (w.BODY | w.PEOPLE) or describes else person


def _unheaded(scan: Scan, index: int, flags: int) -> Mention | None:
    """What no head shows: last names, speakers, places behind prepositions, foreign names."""
    if scan.form(index) == "علي":
        return bare_person(scan, index)
    if scan.known and not flags & (w.STOP | w.VERB) and (person := called_person(scan, index, scan.known)):
        return person
    return said_person(scan, index) or place_by_position(scan, index) or foreign_person(scan, index)


def _opens_count(scan: Scan, index: int, flags: int) -> bool:
    """Whether a number, a word of quantity or "about" stands at a token."""
    if scan.tokens[index].kind == "number" or scan.form(index) in w.ABOUT:
        return True
    return bool(flags & (w.NUMERAL | w.QUANTITY)) and not scan.at(index).enc


def _counted(scan: Scan, index: int) -> Mention | None:
    """People or things with their number: "ثلاثة مدنيين", "عدد من السكان", "أكثر من 90 شخصا"."""
    cursor = index
    while (
        cursor < scan.last and cursor - index < _MAX_COUNT and _counts_on(scan, cursor, opens=cursor == index)
    ):
        cursor += 1
    if _counts_on(scan, cursor, opens=False):
        return None
    if cursor == index + 1 and (scan.form(index) in w.ABOUT or scan.at(index).lemma == "عدد"):
        return None  # "عدد القتلى" is the number, not a number of them
    if cursor == index or cursor >= scan.last or not scan.flags(cursor) or scan.at(cursor).cut:
        return None
    mention = counted_origin(scan, cursor) if scan.flags(cursor) & w.STATE else _mention_at(scan, cursor)
    mention = mention or counted_origin(scan, cursor)
    if mention is None or mention.kind not in _COUNTED:
        return None
    if mention.kind == "person":
        return mention._replace(ext_first=index)
    number = "pl" if mention.kind in ("people", "unnamed") else mention.number
    return mention._replace(first=index, ext_first=index, number=number, cut=cut_of(scan, index))


def _counts_on(scan: Scan, index: int, *, opens: bool) -> bool:
    """Whether a token belongs to a count: a number, a word of quantity, من between them, "about" at its head."""
    if not scan.first <= index < scan.last:
        return False
    if scan.tokens[index].kind == "number" or scan.form(index) == ("" if opens else "من"):
        return True
    if opens and scan.form(index) in w.ABOUT:
        return True
    return bool(scan.flags(index) & (w.NUMERAL | w.QUANTITY)) and (opens or not scan.at(index).joined)
