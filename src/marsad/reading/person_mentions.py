"""Persons: a name with or without a title, and the body that a titled person speaks for."""

from __future__ import annotations

from marsad.model import Mention
from marsad.reading import phrase_words as w
from marsad.reading.lines import QUOTES, Line, Scan, closing
from marsad.reading.person_names import name_end
from marsad.reading.phrases import Phrase
from marsad.reading.place_mentions import cut_of

_HEADS = w.TITLE | w.GIVEN | w.NAME_PART
_NAMES = _HEADS | w.UNKNOWN


def titled_person(scan: Scan, index: int, depth: int = 0) -> Mention | None:
    """A title with what follows: the person's name if there is one, and the body the title belongs to."""
    cursor, body, closed = _title(scan, index)
    fact = scan.at(index)
    after = cursor + (scan.form(cursor) in ("،", ",", "/"))
    second = _second_title(scan, after, comma=after > cursor, depth=depth)
    if second is not None and (closed or fact.definite):
        return second._replace(ext_first=index, body=body or second.body)
    end = name_end(scan, after, titled=True) if closed or fact.definite or after == index + 1 else after
    if end == after:
        after = end = cursor
    if end > after and _is_name(scan, after, end):
        named = _person(scan, after, end, body, female=scan.form(index).endswith("ه"))
        return _described_after(scan, named._replace(ext_first=index, lemma=fact.lemma))
    definite = fact.definite or closed
    if cursor == index + 1 and not definite and not fact.flags & w.UNNAMED:
        return None
    only = _person(scan, index, cursor, body, female=fact.agr == "f" or scan.form(index).endswith("ه"))
    return only._replace(
        kind="person" if definite else "unnamed",
        number="pl" if "h" in fact.agr else "sg",
        lemma=fact.lemma,
    )


def _person(
    scan: Scan, first: int, last: int, body: tuple[int, int] | None = None, *, female: bool = False
) -> Mention:
    return Mention(
        kind="person",
        first=first,
        last=last,
        ext_first=first,
        ext_last=last,
        head=first,
        body=body,
        gender="f" if female else "m",
        number="sg",
        lemma=scan.at(first).lemma,
        cut=cut_of(scan, first),
    )


def _second_title(scan: Scan, index: int, *, comma: bool, depth: int) -> Mention | None:
    """A named person whose own title stands behind another: "المتحدث باسم الجيش، العميد سالم الهادي"."""
    if depth > 2 or not scan.flags(index) & w.TITLE or not scan.at(index).definite or scan.at(index).cut:
        return None
    second = titled_person(scan, index, depth + 1)
    if second is None or second.first == index or (comma and second.body is not None):
        return None
    return second


def _described_after(scan: Scan, named: Mention) -> Mention:
    """A name with its office behind it: "سالم الهادي، المتحدث باسم الجيش"."""
    index = named.last + (scan.form(named.last) in ("،", ","))
    if (
        named.body is not None
        or not scan.flags(index) & w.TITLE
        or scan.at(index).cut
        or not _takes_body(scan, index)
    ):
        return named
    end, body, closed = _title(scan, index)
    if body is None or not closed:
        return named
    return named._replace(ext_last=end, body=body)


def _title(scan: Scan, index: int) -> tuple[int, tuple[int, int] | None, bool]:
    """(end of the title, the body in it, whether it is definite)."""
    cursor = index + 1
    while cursor < scan.last and scan.flags(cursor) & w.TITLE_WORD and not scan.at(cursor).cut:
        if scan.at(cursor).definite != scan.at(index).definite:
            break
        cursor += 1
    if scan.flags(cursor) & w.TITLE_LINK or (
        scan.form(cursor) in ("في", "ل") and scan.flags(index) & w.UNNAMED
    ):
        return _linked(scan, cursor)
    if not _takes_body(scan, index):
        return cursor, None, scan.at(index).definite
    phrase = Phrase(scan, index, cursor)
    phrase.closed = scan.at(index).definite
    phrase.grow()
    if phrase.end < scan.last and scan.flags(phrase.end) & w.TITLE_LINK:
        return _linked(scan, phrase.end)
    end = _drop_name(scan, index + 1, phrase.end)
    body = _body_in(scan, index + 1, end)
    return end, body, phrase.closed


def _linked(scan: Scan, link: int) -> tuple[int, tuple[int, int] | None, bool]:
    """A body behind باسم or في."""
    start = link + 1
    if scan.form(start) in QUOTES and (close := closing(scan, start)):
        return close + 1, (start + 1, close), True
    if not scan.flags(start) or scan.flags(start) & (w.STOP | w.VERB):
        return link, None, False
    fixed = scan.fixed(start, 0)
    end = Phrase(scan, start, fixed[0] if fixed else start + 1, closed=bool(fixed)).grow().end
    end = _drop_name(scan, start + 1, end)
    return end, (start, end), bool(scan.flags(link) & w.TITLE_LINK)


def _takes_body(scan: Scan, index: int) -> bool:
    sense = scan.at(index).data.get(w.TITLE)
    return sense is not None and bool(sense.data.get("body"))


def _drop_name(scan: Scan, first: int, end: int) -> int:
    """A personal name at the end of a title's genitives is the person, not part of the title."""
    for cursor in range(first, end):
        flags = scan.flags(cursor)
        named = (
            flags & (w.GIVEN | w.NAME_PART)
            and not flags & (w.BODY | w.PLACE)
            and scan.form(cursor - 1) not in QUOTES
        )
        if named and (cursor > first or scan.at(first - 1).definite):
            return cursor
    return end


def _body_in(scan: Scan, first: int, end: int) -> tuple[int, int] | None:
    """The body within a title's genitives: "وزير الدفاع" has none, "قائد قوات النظام" has."""
    for cursor in range(first, end):
        flags = scan.flags(cursor)
        if flags & (w.BODY | w.BODY_NAME | w.MONITOR | w.OUTLET | w.STATE) or scan.fixed(cursor):
            fixed = scan.fixed(cursor)
            phrase = Phrase(scan, cursor, fixed[0] if fixed else cursor + 1, closed=bool(fixed)).grow()
            return cursor, min(phrase.end, end)
    return None


def _is_name(scan: Scan, first: int, end: int) -> bool:
    """At least one word that is more than a particle; a single unknown word must not look like an ordinary adverb."""
    if end - first > 1:
        return True
    form = scan.form(first)
    return bool(scan.flags(first) & w.GIVEN) or (
        (len(form) > 2 and not form.endswith(("ا", "ات", "ين", "ون"))) or form.endswith("ان")
    )


def bare_person(scan: Scan, index: int) -> Mention | None:
    """A name without a title: a first name with more behind it, or behind a verb of saying."""
    flags = scan.flags(index)
    fact = scan.at(index)
    if not flags & (w.GIVEN | w.NAME_PART) and scan.form(index) != "علي":
        return None
    end = name_end(scan, index, titled=False)
    if end <= index:
        return None
    if end == index + 1:
        sense = fact.data.get(w.GIVEN)
        if sense is None or sense.data.get("weak") or (fact.definite and fact.cut):
            return None
    return _described_after(scan, _person(scan, index, end))


def said_person(scan: Scan, index: int) -> Mention | None:
    """An unknown word right behind a verb of saying is a person: "وقال النهدي"."""
    if not scan.flags(index - 1) & w.REPORT:
        return None
    fact = scan.at(index)
    form = scan.form(index)
    if (
        fact.flags & w.COMMON
        and not fact.definite
        and scan.flags(index + 1) & w.GIVEN
        and not scan.at(index + 1).cut
    ):
        end = name_end(scan, index + 1, titled=True)
        return _described_after(scan, _person(scan, index, end))
    if (
        not fact.flags & w.UNKNOWN
        or fact.cut
        or len(form) < 3
        or form[:1] in "لبو"
        or form.endswith(("ها", "هم", "ه", "ا", "ات"))
    ):
        return None
    end = name_end(scan, index, titled=True)
    if end <= index:
        return None
    return _described_after(scan, _person(scan, index, end))


def surnames(line: Line) -> frozenset[str]:
    """Last words of the full names in an article, by which persons are called further on ("المخلافي", "فابيوس")."""
    scan = Scan(line, 0, len(line.tokens))
    found: set[str] = set()
    behind = 0
    after = [*line.flags[1:], 0]
    for index, flags in enumerate(line.flags):
        if index < behind or not flags & _NAMES or not (flags & _HEADS or after[index] & w.UNKNOWN):
            continue
        person = titled_person(scan, index) if flags & w.TITLE else None
        if person is None and flags & (w.GIVEN | w.NAME_PART):
            person = bare_person(scan, index)
        if person is None and flags & w.UNKNOWN:
            person = foreign_person(scan, index)
        if (
            person is None
            or person.kind != "person"
            or person.last - person.first < 2
            or (person.first == index and flags & w.TITLE)
        ):
            continue
        last = scan.form(person.last - 1)
        if len(last) > 2 and not scan.flags(person.last - 1) & (w.TITLE | w.BODY_NAME | w.STOP):
            found.add(last)
        behind = person.last
    return frozenset(found)


def called_person(scan: Scan, index: int, known: frozenset[str]) -> Mention | None:
    """A person whose full name stands elsewhere in the article, by its last word."""
    form = scan.form(index)
    cut = 0
    if form not in known:
        cut = 1
        if form[:1] not in "وفبل" or form[1:] not in known or form.startswith("لل"):
            return None
    flags = scan.flags(index)
    if (cut and not flags & (w.UNKNOWN | w.COMMON | w.GIVEN)) or scan.flags(index - 1) & w.BODY:
        return None
    return _person(scan, index, index + 1)._replace(cut=cut)


def foreign_person(scan: Scan, index: int) -> Mention | None:
    """Two or three unknown words in a row are a foreign name: "يوهانس فانديلا"."""
    if not _foreign(scan, index) or not _foreign(scan, index + 1):
        return None
    end = index + 2
    while end < index + 4 and _foreign(scan, end):
        end += 1
    if end - index > 3:
        return None
    return _described_after(scan, _person(scan, index, end))


def _foreign(scan: Scan, index: int) -> bool:
    flags = scan.flags(index)
    form = scan.form(index)
    return (
        bool(flags & w.UNKNOWN)
        and not scan.at(index).pro
        and len(form) > 2
        and form[:1] not in "وفبل"
        and form.isalpha()
    )
