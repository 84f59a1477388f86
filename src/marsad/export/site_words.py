"""The words of what is made for reading, the static site and the report: labels, days, numbers of people, and one neutral sentence that names an incident.

A title is made of the codebook's labels and the register's neutral ones, so it says the same of every side; it names an event and does not say that it happened. Who is not
in the register is not named in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from marsad.export.base import Making
from marsad.export.wording import place_words

STATUSES = ("single", "corroborated", "conceded", "disputed", "denied", "none")
"""In the order in which every drawing and table has them; ``none`` for incidents that are only planned, expected or demanded."""
_FILE = Path(__file__).parent / "words" / "site.yml"
_GROUPS = {
    "status": "statuses",
    "role": "roles",
    "count": "count_kinds",
    "precision": "place_precisions",
    "time": "time_precisions",
}
_ROLES = ("gainer", "loser", "agent", "patient", "party")
_SPOKEN = ("say.", "talks.", "law.")
_MOST = 2
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str | None) -> str:
    """A text without characters that no page can hold (control characters, halves of pairs): U+FFFD stands in their place."""
    if not text or text.isprintable():  # which nothing unfit is
        return text or ""
    return _UNFIT.sub("\ufffd", text)


@lru_cache(maxsize=8192)
def plain(text: str | None) -> str:
    """A name on one line, without what could reorder the text around it."""
    if text and text.isprintable():
        return " ".join(text.split())
    return " ".join(_BIDI.sub("", clean(text)).split())


@cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    import yaml

    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: from key to text, with ``{name}`` for values."""

    lang: str
    entries: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, lang: str) -> Words:
        """The words of ``en`` or ``ar``."""
        from marsad.codebook import load_codebook

        book = load_codebook()
        labels = {("event", code): one.label for code, one in book.events.items()}
        for group, name in _GROUPS.items():
            labels |= {(group, value): label for value, label in book.values[name].items()}
        shown = {key: one.ar if lang == "ar" else one.en for key, one in labels.items()}
        return cls(lang, {key: texts[lang] for key, texts in _entries().items()}, shown)

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its values filled in.

        Raises:
            KeyError: there is no such key: a mistake in a template, which its test finds.
        """
        text = self.entries[key]
        return text.format(**values) if values else text

    def label(self, group: str, value: str | None) -> str:
        """What people call a value of the codebook; the value itself where it has no name, "not known" for None."""
        return self.entries["unknown"] if value is None else self.labels.get((group, value), value)

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row: "a, b and c"."""
        if len(names) < 2:
            return "".join(names)
        return self("and", first=self("comma").join(names[:-1]), last=names[-1])

    def day(self, day: date, *, year: bool = True) -> str:
        """A day in words: "5 December 2024"."""
        told = f"{day.day} {self(f'month.{day.month}')}"
        return f"{told} {day.year}" if year else told

    def moment(self, moment: str) -> str:
        """A moment in UTC in words: "4 March 2026, 05:06 UTC"; "" for none."""
        if not moment:
            return ""
        return f"{self.day(date.fromisoformat(moment[:10]))}{self('comma')}{moment[11:16]} UTC"

    def month(self, month: str) -> str:
        """A month in words, from ``2024-12``; what is "" is not known."""
        if not month:
            return self("site.undated")
        year, number = month.split("-")
        return f"{self(f'month.{int(number)}')} {int(year)}"

    def days(self, time: Mapping[str, Any] | None) -> str:
        """A day, a month, a year or a span of days in words, by how precisely the time is known; "" where it is not."""
        if not time or not time.get("from"):
            return ""
        first = date.fromisoformat(time["from"])
        last = date.fromisoformat(time["to"]) if time.get("to") else first
        if time.get("precision") == "year" and first.year == last.year:
            return str(first.year)
        if time.get("precision") == "month" and (first.year, first.month) == (last.year, last.month):
            return self.month(time["from"][:7])
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return self("days", first=first.day, last=self.day(last))
        return self("days", first=self.day(first, year=first.year != last.year), last=self.day(last))

    def people(self, low: int | None, high: int | None) -> str:
        """A number of people as it is told: "5", "5 to 9", "40 or more", "up to 12"."""
        if low is None:
            return self("unknown") if high is None else self("toll.up_to", n=f"{high:,}")
        if high is None:
            return self("toll.or_more", n=f"{low:,}")
        return f"{low:,}" if low == high else self("toll.range", low=f"{low:,}", high=f"{high:,}")


def title_of(incident: Mapping[str, Any], words: Words, making: Making) -> str:
    """One sentence that names an incident: "Air strike, Idlib, 1 December 2024: by the Syrian army"."""
    events = incident["events"]
    named = [words.label("event", code) for code in events[:_MOST]]
    head = words("comma").join(named) + words("more") if len(events) > _MOST else words.listed(named)
    parts = (head[:1].upper() + head[1:], plain(place_words(incident.get("place"), making)), words.days(incident.get("time")))  # fmt: skip
    title = words("comma").join(part for part in parts if part)
    who = _who(incident, words, making)
    return f"{title}{words('colon')}{who}" if who else title


def _who(incident: Mapping[str, Any], words: Words, making: Making) -> str:
    """Who took part, in the foremost two roles that name somebody of the register who was not named before."""
    events = incident["events"]
    spoken = bool(events) and events[0].startswith(_SPOKEN)
    phrases: list[str] = []
    named: set[str] = set()
    for role in _ROLES:
        held = dict.fromkeys(_named(row["id"], making) for row in incident["actors"] if row["role"] == role and row.get("id"))  # fmt: skip
        fresh = [name for name in held if name and name not in named][:_MOST]
        named.update(fresh)
        if fresh and len(phrases) < _MOST:
            key = "title.toward" if role == "patient" and spoken else f"title.{role}"
            phrases.append(words(key, who=words.listed(fresh)))
    return words("semicolon").join(phrases)


def _named(identity: str, making: Making) -> str:
    known = making.names.label(identity)
    return "" if known is None else plain(making.said(known))
