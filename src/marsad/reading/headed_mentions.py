"""Mentions by the class of their head: bodies, outlets, sources without a name, documents, people, craft and things."""

from __future__ import annotations

import re
from collections.abc import Callable

from marsad.model import Mention
from marsad.reading import phrase_words as w
from marsad.reading.lines import QUOTES, Scan, closing, opens
from marsad.reading.person_mentions import bare_person
from marsad.reading.phrases import Phrase
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

_BARE_BODIES = frozenset(
    "فصايل دول قبايل عشاير خلايا عصابات منظمات ميليشيات مليشيات جماعات قوات احزاب".split()
)

_YEAR = re.compile("(?:19|20)[0-9]{2}")


def listed_name(scan: Scan, index: int) -> Mention | None:
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
        if (
            not fact.definite
            and fact.agr != "h"
            and sense.lemma not in _BARE_BODIES
            and scan.form(index)[fact.cut :] not in _BARE_BODIES
        ):
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
    if scan.at(index).lemma == "مصدر" and (scan.at(index).enc or scan.flags(index + 1) & w.EVENT):
        return None  # "مصدره", "مصدر إطلاق النار"
    end = Phrase(scan, index, index + 1).grow().end
    body = _of_body(scan, end)
    return _mention("unnamed", scan, index, body[1] if body else end)._replace(body=body)


def _people(scan: Scan, index: int) -> Mention | None:
    """People, with the body they are of: "عناصر من جبهة النصرة"."""
    if scan.form(index).endswith("اخري") or _describes_before(scan, index):
        return None
    end = Phrase(scan, index, index + 1).grow().end
    body = _of_body(scan, end)
    return _mention("people", scan, index, body[1] if body else end)


def _describes_before(scan: Scan, index: int) -> bool:
    """Whether the word is an adjective of what stands before it and no class knows: "العمل الإرهابي", "تصعيدا عسكريا"."""
    fact, form = scan.at(index), scan.form(index)
    previous = index - 2 if scan.form(index - 1) in QUOTES else index - 1
    before = scan.flags(previous)
    if (
        not fact.flags & w.ADJECTIVE
        or fact.cut
        or not before
        or before & (w.STOP | w.VERB | w.NUMERAL | w.QUANTITY)
    ):
        return False
    if fact.definite:
        return not before & w.EVENT
    noun = scan.form(previous)
    if form.endswith("ا") and noun.endswith("ا"):
        return True
    if fact.adjective == "h":
        return noun.endswith(("ون", "ين"))
    return before & ~(w.PLACE_PREP | w.PLACE_PART) == w.COMMON and not scan.at(previous).definite


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
        return (
            _mention("place", scan, index, end)
            if end > index + 1 or scan.flags(index - 1) & w.PLACE_PREP
            else None
        )
    found = sided_place(scan, index)
    if found is None:
        return None
    place, end = found
    first = index if keeps_side(scan, place) else place
    return _mention("place", scan, place, end)._replace(first=first, ext_first=first)


def _document(scan: Scan, index: int) -> Mention | None:
    fact = scan.at(index)
    end = Phrase(scan, index, index + 1).grow().end
    if end == index + 1 and not fact.data[w.DOCUMENT].data.get("alone"):
        return None
    if (
        scan.flags(end)
        and scan.at(end).governed
        and scan.at(end).pro[scan.at(end).cut - 1] == "ل"
        and scan.flags(end) & w.BODY
    ):
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
    if (fact.adjective != "h" and not dual) or _describes_before(scan, index) or form.endswith(("خري", "خر")):
        return None
    end = Phrase(scan, index, index + 1).grow().end
    return _mention("people", scan, index, end)._replace(
        gender="f" if form.endswith(("تان", "تين")) else "m",
        number="du" if dual else "pl",
    )


def counted_origin(scan: Scan, index: int) -> Mention | None:
    """People behind a number by a word of origin in the singular: "50 فلسطينيا", "عشرة آلاف يمني", "22 سوريا"."""
    token, number = scan.tokens[index], scan.tokens[index - 1].form
    if "nationality" not in token.word.classes or scan.at(index).definite or _YEAR.fullmatch(number):
        return None
    return _mention("people", scan, index, index + 1)._replace(number="pl")


def place_by_position(scan: Scan, index: int) -> Mention | None:
    """A place known only by the preposition before it."""
    end = particle_place(scan, index) or unknown_place(scan, index)
    return _mention("place", scan, index, end) if end else None


def _alias_end(kind: str, scan: Scan, end: int) -> int:
    """The end of a second name in marks or brackets right behind a body's name: قوات سوريا الديمقراطية "قسد"."""
    if kind not in ("body", "monitor", "outlet") or end + 2 >= scan.last or scan.flags(end):
        return end
    if scan.tokens[end].form == "(":
        close = next((i for i in range(end + 1, min(end + 6, scan.last)) if scan.tokens[i].form == ")"), 0)
        return (
            close + 1
            if close > end + 1 and all(t.kind == "word" for t in scan.tokens[end + 1 : close])
            else end
        )
    if scan.tokens[end].form in QUOTES and opens(scan, end):
        close = closing(scan, end)
        return close + 1 if 0 < close <= end + 4 else end
    return end


def _mention(kind: str, scan: Scan, index: int, end: int) -> Mention:
    fact = scan.at(index)
    form = scan.form(index)
    agr = fact.agr or ("f" if form.endswith("ه") else "m")
    return Mention(
        kind=kind,
        first=index,
        last=end,
        ext_first=index,
        ext_last=_alias_end(kind, scan, end),
        head=index,
        gender=gender_of(agr),
        number=number_of(agr, form),
        lemma=fact.lemma,
        cut=cut_of(scan, index),
    )


READERS: tuple[tuple[int, Callable[[Scan, int], Mention | None]], ...] = (
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
