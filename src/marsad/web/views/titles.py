"""One sentence that names an incident, in the interface's language: what, where, when, and who took part.

It is made of the codebook's labels and the register's neutral ones only, so it says the same of every side; and it names an event, it does not say that it happened. Who
is not in the register is not named here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from marsad.web.pages import clean
from marsad.web.words import Words

_MOST_EVENTS = 2
_MOST_NAMES = 2
_MOST_PHRASES = 2
_SPOKEN = ("say.", "talks.", "law.")
"""Events whose patient is spoken to, and suffers nothing by it."""
_ROLES = ("gainer", "loser", "agent", "patient", "party")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARABIC_RUN = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]+(?:[\s\d،-]+[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]+)*")  # fmt: skip
_LATIN_COMMA = re.compile(r"(?<=[\u0600-\u06ff»)]),(?= )")
_LATIN_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]*(?:[\s.,:'/_&-]+[A-Za-z0-9\u00c0-\u024f]+)*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What a title says of an incident.

    Attributes:
        events: Codes, the foremost first.
        place: What the place is called in the title's language, or "".
        first, last: ISO days, None where not known.
        parties: Roles and names in the title's language, the most told first.
    """

    events: tuple[str, ...]
    place: str = ""
    first: str | None = None
    last: str | None = None
    parties: tuple[tuple[str, str], ...] = ()


def title_of(gist: Gist, words: Words) -> str:
    """The title as plain text: "Air strike, Idlib, 1 December 2024: by the Syrian army"."""
    comma = words("frame.comma") + " "
    named = [words.label("event", code) for code in gist.events[:_MOST_EVENTS]]
    is_cut = len(gist.events) > _MOST_EVENTS
    head = comma.join(named) + words("title.more") if is_cut else listed(named, words)
    parts = [head[:1].upper() + head[1:], plain(gist.place), day_words(gist.first, gist.last, words)]
    title = comma.join(part for part in parts if part)
    who = _who(gist, words)
    return f"{title}{words('title.colon')} {who}" if who else title


def _who(gist: Gist, words: Words) -> str:
    """Who took part, in the foremost two roles that name somebody who was not named before."""
    spoken = bool(gist.events) and gist.events[0].startswith(_SPOKEN)
    phrases: list[str] = []
    named: set[str] = set()
    for role in _ROLES:
        held = dict.fromkeys(plain(name) for one, name in gist.parties if one == role and plain(name))
        fresh = [name for name in held if name not in named][:_MOST_NAMES]
        named.update(fresh)
        if fresh and len(phrases) < _MOST_PHRASES:
            who, is_addressed = listed(fresh, words), role == "patient" and spoken
            phrases.append(
                words("title.toward", who=who) if is_addressed else words(f"title.{role}", who=who)
            )
    return words("title.semicolon").join(phrases)


def listed(names: Sequence[str], words: Words) -> str:
    """Names in a row: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    comma = words("frame.comma") + " "
    return words("title.and", first=comma.join(names[:-1]), last=names[-1])


def day_words(first: str | None, last: str | None, words: Words) -> str:
    """A day or an interval in words: "5 December 2024", "5 to 7 December 2024"; "" where none is known."""
    if not first:
        return ""
    one = date.fromisoformat(first)
    if not last or last == first:
        return _day(one, words)
    other = date.fromisoformat(last)
    if (one.year, one.month) == (other.year, other.month):
        return words("title.days", first=str(one.day), last=_day(other, words))
    return words("title.days", first=_day(one, words, year=one.year != other.year), last=_day(other, words))


def _day(day: date, words: Words, *, year: bool = True) -> str:
    told = f"{day.day} {words(f'month.{day.month}')}"
    return f"{told} {day.year}" if year else told


def plain(text: str | None) -> str:
    """A name without what could reorder the text around it, on one line."""
    return " ".join(_BIDI.sub("", clean(text or "")).split())


def sentence(text: str | None, lang: str) -> Markup:
    """A sentence of the program's as HTML: words of the other script in it are kept from reordering the rest."""
    raw = plain(text)
    if lang == "ar":
        raw = _LATIN_COMMA.sub("،", raw)
    pattern = _LATIN_RUN if lang == "ar" else _ARABIC_RUN
    inner = Markup(
        '<bdi lang="en" dir="ltr">{}</bdi>' if lang == "ar" else '<bdi lang="ar" dir="rtl">{}</bdi>'
    )
    made, at = Markup(""), 0
    for run in pattern.finditer(raw):
        made += escape(raw[at : run.start()]) + inner.format(run.group())
        at = run.end()
    return made + escape(raw[at:])
