"""Places as written: by a head ("بلدة كفر الورد"), by the lists of names, or by where they stand ("في سموقة")."""

from __future__ import annotations

from marsad.model import Mention
from marsad.reading import phrase_words as w
from marsad.reading.lines import QUOTES, Scan
from marsad.reading.phrases import Phrase

_LOCATIVE = frozenset(
    "في داخل شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط قرب محيط باتجاه صوب بالقرب من الي نحو علي".split()
)
_INSIDE = frozenset(
    "في داخل شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط قرب محيط باتجاه صوب بالقرب الي انحاء اطراف".split()
)


def headed_place(scan: Scan, index: int) -> Mention | None:
    """A place by its head noun; a thing where it is only a kind of building ("مستشفى ميداني")."""
    sense = scan.at(index).data[w.PLACE]
    if scan.form(index) == "طريق" and scan.form(index - 1) == "عن":
        return None
    phrase = Phrase(scan, index, index + 1, place=True).grow()
    bare = phrase.end == index + 1
    definite = scan.at(index).definite
    if bare and scan.form(index)[-7:] == "القاعده" and scan.form(index - 1) in QUOTES:
        return _make("body", scan, index, phrase.end)
    if bare and definite and not sense.data.get("bare"):
        return None
    named = phrase.named or definite or phrase.closed
    site = bool(sense.data.get("site"))
    if not named and (bare or site):
        return (
            _make("thing" if site else "place", scan, index, phrase.end)
            if site or sense.data.get("bare")
            else None
        )
    return _make("place", scan, index, phrase.end)


def sided_place(scan: Scan, index: int) -> tuple[int, int] | None:
    """Where the place begins after words of direction ("شمال غرب سوريا"): (first token of the place, end), or None."""
    cursor = index
    while cursor < scan.last and scan.flags(cursor) & w.SIDE and cursor - index < 4:
        cursor += 1
        if scan.form(cursor) in ("و", "-"):
            cursor += 1
    if cursor >= scan.last or not scan.flags(cursor):
        return None
    flags = scan.flags(cursor)
    if flags & w.PLACE and not scan.at(cursor).joined:
        return cursor, Phrase(scan, cursor, cursor + 1, place=True).grow().end
    fixed = scan.fixed(cursor, 0)
    if fixed and fixed[1].kind in ("place", "state"):
        return cursor, fixed[0]
    if flags & w.STATE:
        return cursor, cursor + 1
    if flags & w.UNKNOWN and flags & ~w.VERB and not scan.at(cursor).cut:
        return cursor, cursor + 1
    return None


def keeps_side(scan: Scan, place: int) -> bool:
    """Whether the direction is part of the name: of a country or region, not of a town."""
    fact = scan.at(place)
    if fact.flags & w.STATE:
        return fact.data[w.STATE].data.get("level") != "capital"
    return scan.form(place) in (
        "قطاع",
        "سيناء",
        "افريقيا",
        "البلاد",
        "البحر",
        "كردستان",
        "كردفان",
        "دارفور",
        "اوروبا",
        "سوريه",
    )


def state_kind(scan: Scan, index: int, end: int) -> str:
    """Whether the name of a country or capital stands for its government (body) or for the place."""
    before, fact = scan.form(index - 1), scan.at(index)
    if scan.tokens[index].form != fact.lemma and fact.governed and fact.pro[fact.cut - 1] == "ب":
        return "place"
    if before in _INSIDE or before[1:] in _INSIDE:
        return "place"
    capital = w.STATE in fact.data and fact.data[w.STATE].data.get("level") == "capital"
    if not capital:
        return "body"
    if (
        scan.flags(index - 1) & (w.VERB | w.REPORT)
        or scan.flags(end) & (w.VERB | w.REPORT)
        or index == scan.first
    ):
        return "body"
    return "place"


def unknown_place(scan: Scan, index: int) -> int:
    """The end of an unknown name behind a preposition of place, or 0."""
    if not scan.flags(index - 1) & w.PLACE_PREP:
        return 0
    fact = scan.at(index)
    form = scan.form(index)
    if not fact.flags & w.UNKNOWN or fact.cut or len(form) < 3 or form.endswith(("ها", "هم", "هما", "نا")):
        return 0
    if (
        scan.flags(index + 1)
        and scan.at(index + 1).definite
        and not scan.at(index + 1).cut
        and not fact.definite
    ):
        return 0
    end = index + 1
    while end < scan.last and end - index < 3 and scan.flags(end) & w.UNKNOWN and not scan.at(end).pro:
        end += 1
    return end


def particle_place(scan: Scan, index: int) -> int:
    """The end of a name that a first word such as تل، أم، كفر opens behind a preposition of place, or 0."""
    if not scan.flags(index) & w.PLACE_PART or not scan.flags(index - 1) & w.PLACE_PREP:
        return 0
    follower = scan.flags(index + 1)
    if (
        not follower & (w.UNKNOWN | w.COMMON | w.GIVEN)
        or scan.at(index + 1).cut
        or follower & (w.STOP | w.VERB)
    ):
        return 0
    return index + 2


def _make(kind: str, scan: Scan, index: int, end: int) -> Mention:
    fact = scan.at(index)
    return Mention(
        kind=kind,
        first=index,
        last=end,
        ext_first=index,
        ext_last=end,
        head=index,
        gender=gender_of(fact.agr),
        number=number_of(fact.agr, scan.form(index)),
        lemma=fact.lemma,
        cut=cut_of(scan, index),
    )


def cut_of(scan: Scan, index: int) -> int:
    """How many letters of a name's first word are not the name's: و ف ب ل ك, but not the first of لل."""
    fact = scan.at(index)
    if fact.pro.endswith("لال"):
        return fact.cut - 1
    if fact.cut or fact.lemma:
        return fact.cut
    return min((name.cut for name in fact.names), default=0)


def gender_of(agr: str) -> str:
    """Grammatical gender by how adjectives agree."""
    return "f" if agr == "f" else "m"


def number_of(agr: str, form: str) -> str:
    """Number of the people a noun names: pl for a human plural, else sg."""
    return "pl" if "h" in agr or (form.endswith(("ون", "ين")) and len(form) > 5) else "sg"
