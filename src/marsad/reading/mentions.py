"""Mentions: the noun phrases of a sentence that name who and what and where, with exact edges and a kind.

``find_mentions`` walks a sentence once. Each token that can open a name is read by the grammar of `phrases`; the kind comes from the head's
class in the lexicon: ``body`` (army, faction, ministry, state), ``person``, ``outlet``, ``monitor``, ``document``, ``unnamed`` (a source
without a name), ``people`` (civilians, soldiers), ``craft`` (what strikes), ``place`` and ``thing`` (what is struck).

Example: in "قال المتحدث باسم وزارة الدفاع سالم الهادي إن القوات دخلت بلدة كفر الورد" there are a person "سالم الهادي" with the body
"وزارة الدفاع", the body "القوات" and the place "بلدة كفر الورد". Nested mentions follow the one they lie in and are its ``inner``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from marsad.model import Mention, Token
from marsad.reading import phrase_words as w
from marsad.reading.person_mentions import bare_person, called_person, foreign_person, said_person, titled_person
from marsad.reading.phrases import QUOTES, Phrase, Scan, closing, opens
from marsad.reading.place_mentions import (
    cut_of,
    gender_of,
    headed_place,
    keeps_side,
    number_of,
    particle_place,
    sided_place,
    state_kind,
    unknown_place,
)

_COUNTED = frozenset(("people", "body", "unnamed", "craft", "thing", "person"))
_BARE_BODIES = frozenset("فصايل دول قبايل عشاير خلايا عصابات منظمات ميليشيات مليشيات جماعات قوات احزاب".split())
_HIDDEN = frozenset((("place", "person"), ("outlet", "unnamed"), ("outlet", "people")))
_ABOUT = frozenset(("نحو", "حوالي", "قرابه", "زهاء", "ونحو", "وحوالي"))
_KIND = {
    w.BODY: "body", w.OUTLET: "outlet", w.CORRESPONDENT: "outlet", w.MONITOR: "monitor", w.CRAFT: "craft", w.DOCUMENT: "document",
    w.UNNAMED: "unnamed", w.PEOPLE: "people", w.THING: "thing",
}


def find_mentions(tokens: Sequence[Token], first: int, last: int, known: frozenset[str] = frozenset()) -> list[Mention]:
    """The mentions of the tokens first:last, outer before inner, in the order of the text.

    Args:
        tokens: All tokens of the article.
        first: The sentence's first token.
        last: One past its last token.
        known: Last names of the article's persons, from `surnames`.
    """
    scan = Scan(tokens, first, last, known)
    found: list[Mention] = []
    index = first
    while index < last:
        mention = _mention_at(scan, index)
        if mention is None:
            index += 1
            continue
        inner = _inner(scan, mention)
        found.append(replace(mention, inner=tuple(inner)) if inner else mention)
        found.extend(inner)
        index = max(mention.ext_last, index + 1)
    return found


def _inner(scan: Scan, outer: Mention) -> list[Mention]:
    """The mentions inside another, after its head."""
    found: list[Mention] = []
    index, last = outer.ext_first + 1, outer.ext_last
    if outer.kind == "person":
        index, last = outer.body or (last, last)
    while index < last:
        mention = _mention_at(scan, index)
        if mention is None or mention.ext_last > last:
            index += 1
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
    if scan.tokens[index].kind == "number" or (flags & (w.NUMERAL | w.QUANTITY) and not scan.at(index).enc) or scan.form(index) in _ABOUT:
        counted = _counted(scan, index)
        if counted is not None or not flags:
            return counted
    if not flags:
        return None
    if flags & w.TITLE:
        person = titled_person(scan, index)
        if person is not None and not (flags & (w.BODY | w.PEOPLE) and person.first == index and person.last == index + 1):
            return person
    if scan.at(index).names:
        named = _fixed(scan, index)
        if named is not None:
            return named
    for flag, reader in _READERS:
        if flags & flag:
            mention = reader(scan, index)
            if mention is not None:
                return mention
    if scan.form(index) == "علي":
        return bare_person(scan, index)
    if scan.known and not flags & (w.STOP | w.VERB) and (person := called_person(scan, index, scan.known)):
        return person
    return said_person(scan, index) or _by_position(scan, index) or foreign_person(scan, index)


def _counted(scan: Scan, index: int) -> Mention | None:
    """People or things with their number: "ثلاثة مدنيين", "عدد من السكان", "أكثر من 90 شخصا"."""
    cursor = index
    while cursor < scan.last and cursor - index < 6:
        flags = scan.flags(cursor)
        if cursor == index and scan.form(index) in _ABOUT or scan.tokens[cursor].kind == "number" or flags & (w.NUMERAL | w.QUANTITY) and (cursor == index or not scan.at(cursor).joined):
            cursor += 1
        elif scan.form(cursor) == "من" and cursor > index:
            cursor += 1
        else:
            break
    if cursor == index + 1 and scan.form(index) in _ABOUT:
        return None
    if cursor == index or cursor >= scan.last or not scan.flags(cursor) or scan.at(cursor).cut:
        return None
    mention = _mention_at(scan, cursor)
    if mention is None or mention.kind not in _COUNTED:
        return None
    if mention.kind == "person":
        return replace(mention, ext_first=index)
    number = "pl" if mention.kind in ("people", "unnamed") else mention.number
    return replace(mention, first=index, ext_first=index, number=number, cut=cut_of(scan, index))


def _fixed(scan: Scan, index: int) -> Mention | None:
    """A name of the lists, with adjectives that go on after it."""
    match = scan.fixed(index)
    if match is None:
        return None
    end, name = match
    if name.kind == "place":
        if end == index + 1 and _is_person_part(scan, index):
            return None
        return _mention("place", scan, index, end)
    if name.kind == "state":
        return _mention(state_kind(scan, index, end), scan, index, end)
    end = Phrase(scan, index, end, closed=True).grow().end
    return _mention(name.kind, scan, index, end)


def _is_person_part(scan: Scan, index: int) -> bool:
    """Whether a place's name is the end of a person's ("خالد العزيزية" is one, "مدينة العزيزية" is none)."""
    return bool(scan.flags(index - 1) & w.GIVEN) and not scan.at(index).cut


def _headed(kind: str) -> Callable[[Scan, int], Mention | None]:
    def read(scan: Scan, index: int) -> Mention | None:
        return _mention(kind, scan, index, Phrase(scan, index, index + 1).grow().end)

    return read


def _body(scan: Scan, index: int) -> Mention | None:
    """A body by its head: with a complement, or alone where the news so calls one."""
    fact = scan.at(index)
    sense = fact.data[w.BODY]
    end = Phrase(scan, index, index + 1).grow().end
    if end == index + 1:
        if not sense.data.get("alone"):
            return None
        if not fact.definite and fact.agr != "h" and sense.lemma not in _BARE_BODIES and scan.form(index)[fact.cut :] not in _BARE_BODIES:
            return None
    return _mention("body", scan, index, end)


def _state(scan: Scan, index: int) -> Mention | None:
    return _mention(state_kind(scan, index, index + 1), scan, index, index + 1)


def _outlet(scan: Scan, index: int) -> Mention | None:
    """A medium by its head; "موقع" only with a quoted or foreign name."""
    fact = scan.at(index)
    sense = fact.data[w.OUTLET]
    phrase = Phrase(scan, index, index + 1).grow()
    if sense.data.get("quoted") and not closing(scan, index + 1):
        return None
    if phrase.end == index + 1 and not (sense.data.get("alone") and fact.definite):
        return None
    return _mention("outlet", scan, index, phrase.end)


def _outlet_name(scan: Scan, index: int) -> Mention | None:
    ambiguous = scan.at(index).data[w.OUTLET_NAME].data.get("ambiguous")
    if ambiguous and not scan.flags(index - 1) & w.REPORT:
        return None
    return _mention("outlet", scan, index, index + 1)


def _unnamed(scan: Scan, index: int) -> Mention | None:
    """A source without a name, with the body it belongs to: "مصدر أمني", "مسؤول في الحكومة"."""
    end = Phrase(scan, index, index + 1).grow().end
    body = _of_body(scan, end)
    return replace(_mention("unnamed", scan, index, body[1] if body else end), body=body)


def _people(scan: Scan, index: int) -> Mention | None:
    """People, with the body they are of: "عناصر من جبهة النصرة"."""
    fact, before = scan.at(index), scan.flags(index - 1)
    if scan.form(index).endswith("اخري"):
        return None
    if scan.form(index - 1) in QUOTES:
        before = scan.flags(index - 2)
    if fact.flags & w.ADJECTIVE and fact.definite and not fact.cut and before and not before & (w.STOP | w.VERB | w.EVENT):
        return None  # an adjective of what no class knows: "العمل الإرهابي"
    end = Phrase(scan, index, index + 1).grow().end
    body = _of_body(scan, end)
    return _mention("people", scan, index, body[1] if body else end)


def _of_body(scan: Scan, link: int) -> tuple[int, int] | None:
    """The body behind من or في, as the tokens of its name."""
    if scan.form(link) not in ("من", "في"):
        return None
    start = link + 1
    flags = scan.flags(start)
    if not flags or scan.at(start).cut:
        return None
    fixed = scan.fixed(start, 0)
    if fixed and fixed[1].kind == "body":
        return start, Phrase(scan, start, fixed[0], closed=True).grow().end
    if flags & w.BODY_NAME:
        return start, start + 1
    if flags & w.BODY and not flags & w.PLACE:
        body = _body(scan, start)
        return (start, body.last) if body else None
    return None


def _side(scan: Scan, index: int) -> Mention | None:
    """A place behind words of direction; the direction stays outside a town's name."""
    if scan.at(index).definite:
        end = Phrase(scan, index, index + 1).grow().end
        return _mention("place", scan, index, end) if end > index + 1 or scan.flags(index - 1) & w.PLACE_PREP else None
    found = sided_place(scan, index)
    if found is None:
        return None
    place, end = found
    first = index if keeps_side(scan, place) else place
    return replace(_mention("place", scan, place, end), first=first, ext_first=first)


def _document(scan: Scan, index: int) -> Mention | None:
    fact = scan.at(index)
    end = Phrase(scan, index, index + 1).grow().end
    if end == index + 1 and not fact.data[w.DOCUMENT].data.get("alone"):
        return None
    if scan.flags(end) and scan.at(end).governed and scan.at(end).pro[scan.at(end).cut - 1] == "ل" and scan.flags(end) & w.BODY:
        end = Phrase(scan, end, end + 1).grow().end
    return _mention("document", scan, index, end)


def _thing(scan: Scan, index: int) -> Mention | None:
    fact = scan.at(index)
    end = Phrase(scan, index, index + 1).grow().end
    if end == index + 1 and not fact.definite and not fact.data[w.THING].data.get("alone"):
        return None
    return _mention("thing", scan, index, end)


def _origin(scan: Scan, index: int) -> Mention | None:
    """People by an adjective that stands as a noun: "الفلسطينيين", "سعوديان", "مجهولون"."""
    fact, form = scan.at(index), scan.form(index)
    dual = form.endswith(("يان", "يتان", "يتين"))
    if (fact.adjective != "h" and not dual) or form.endswith(("خري", "خر")):
        return None
    end = Phrase(scan, index, index + 1).grow().end
    return replace(_mention("people", scan, index, end), gender="f" if form.endswith(("تان", "تين")) else "m", number="du" if dual else "pl")


def _by_position(scan: Scan, index: int) -> Mention | None:
    """A place known only by the preposition before it."""
    end = particle_place(scan, index) or unknown_place(scan, index)
    return _mention("place", scan, index, end) if end else None


def _alias_end(kind: str, scan: Scan, end: int) -> int:
    """The end of a second name in marks or brackets right behind a body's name: قوات سوريا الديمقراطية "قسد"."""
    if kind not in ("body", "monitor", "outlet") or end + 2 >= scan.last or scan.flags(end):
        return end
    if scan.tokens[end].form == "(":
        close = next((i for i in range(end + 1, min(end + 6, scan.last)) if scan.tokens[i].form == ")"), 0)
        return close + 1 if close > end + 1 and all(t.kind == "word" for t in scan.tokens[end + 1 : close]) else end
    if scan.tokens[end].form in QUOTES and opens(scan, end):
        close = closing(scan, end)
        return close + 1 if 0 < close <= end + 4 else end
    return end


def _mention(kind: str, scan: Scan, index: int, end: int) -> Mention:
    fact = scan.at(index)
    form = scan.form(index)
    agr = fact.agr or ("f" if form.endswith("ه") else "m")
    return Mention(
        kind=kind, first=index, last=end, ext_first=index, ext_last=_alias_end(kind, scan, end), head=index, gender=gender_of(agr),
        number=number_of(agr, form),
        lemma=fact.lemma, cut=cut_of(scan, index),
    )


_READERS: tuple[tuple[int, Callable[[Scan, int], Mention | None]], ...] = (
    (w.CORRESPONDENT, _headed("outlet")),
    (w.OUTLET, _outlet),
    (w.MONITOR, _headed("monitor")),
    (w.BODY_NAME, _headed("body")),
    (w.STATE, _state),
    (w.CRAFT, _headed("craft")),
    (w.BODY, _body),
    (w.PLACE, headed_place),
    (w.UNNAMED, _unnamed),
    (w.PEOPLE, _people),
    (w.DOCUMENT, _document),
    (w.THING, _thing),
    (w.OUTLET_NAME, _outlet_name),
    (w.SIDE, _side),
    (w.GIVEN | w.NAME_PART, bare_person),
    (w.ADJECTIVE, _origin),
)
