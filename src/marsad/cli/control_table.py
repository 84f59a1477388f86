"""The table of ``marsad control``: a place, then its spells with who holds it, since when, and on whose word.

Laid out as `marsad.cli.table`: a line is English up to the Arabic, and each piece of Arabic is an island.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marsad.cli.table import wrapped_islands
from marsad.cli.terminal import columns, isolated, printable, wrapped
from marsad.control import Answer, ControlKit
from marsad.model import Label
from marsad.model.control import Holder, Spell
from marsad.model.incident import Spot

_INDENT = 4
_KEY_WIDTH = 22
_MIN_WIDTH, _MAX_WIDTH = 40, 140
_CODES = {"bold": "1", "dim": "2", "held": "32", "contested": "33", "unknown": "2"}
_ARABIC = re.compile(
    r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff][^\x00-\x7f]*(?:[ \d]+[\u0600-\u06ff][^\x00-\x7f]*)*"
)
_STATES = {
    "held": Label(en="said to be held", ar="تنسب السيطرة عليه"),
    "contested": Label(en="contested", ar="متنازع عليه"),
    "unknown": Label(en="unknown", ar="غير معروف"),
}
_KEYS = {
    "holder": Label(en="holder", ar="المسيطر"),
    "last": Label(en="last known", ar="آخر مسيطر"),
    "claimant": Label(en="claimant", ar="المنازع"),
    "since": Label(en="since", ar="منذ"),
    "word": Label(en="word of", ar="على ذمة"),
    "incidents": Label(en="incidents", ar="الأحداث"),
    "why": Label(en="why", ar="السبب"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellTable:
    """How wide, whether in colour, and who knows the names for ids."""

    kit: ControlKit
    width: int = 100
    colour: bool = False

    @property
    def columns(self) -> int:
        """The width that is used: lines longer than 140 columns are hard to read."""
        return max(_MIN_WIDTH, min(self.width, _MAX_WIDTH))

    def paint(self, text: str, colour: str) -> str:
        """The text in that colour, if colours are wanted."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self.colour else text


def islands(text: str) -> str:
    """A line of English with each run of Arabic in it isolated.

    >>> islands("according to حماة") == "according to \u2068حماة\u2069"
    True
    """
    return _ARABIC.sub(
        lambda found: isolated(found[0].rstrip()) + " " * found[0].endswith(" "), printable(text)
    )


def place_spells(place: Spot, spells: list[Spell], style: SpellTable) -> str:
    """One place with all its spells, and an empty line at the end; nothing for a place of which no holder is told."""
    if not spells:
        return ""
    lines = list(_heading(place, style))
    for spell in spells:
        lines += ["", _headline(spell, style), *_who(spell, style)]
        lines += _row("incidents", [", ".join(map(islands, spell.incidents))], style)
    return "\n".join(lines) + "\n\n"


def answer_rows(place: Spot, answer: Answer, style: SpellTable) -> str:
    """Who is said to have held a place on a day, since when, on whose word, and why."""
    lines = list(_heading(place, style))
    state = _STATES[answer.state]
    lines.append(f"{answer.day}  {style.paint(state.en, answer.state)} {isolated(state.ar)}")
    if answer.spell is not None:
        lines += _who(answer.spell, style)
        lines += _row("since", [f"{answer.since} (spell {answer.spell.id})"], style)
    lines += _row("why", [islands(reason.text.en) for reason in answer.reasons], style)
    return "\n".join(lines) + "\n\n"


def spell_story(spell: Spell, style: SpellTable) -> str:
    """One spell in full sentences, English and then Arabic."""
    lines = [*_heading(spell.place, style), _headline(spell, style), *_who(spell, style), ""]
    for reason in spell.reasons:
        lines += wrapped_islands(islands(reason.text.en), style.columns)
    lines.append("")
    for reason in spell.reasons:
        lines += [isolated(line) for line in wrapped(printable(reason.text.ar), style.columns)]
    return "\n".join(lines) + "\n"


def _heading(place: Spot, style: SpellTable) -> Iterator[str]:
    yield style.paint("━" * style.columns, "dim")
    known = style.kit.places(place.id) if place.id else None
    pieces = [style.paint(islands(place.name), "bold")]
    pieces += [islands(piece) for piece in (place.country, place.id) if piece]
    if place.precision and place.precision != "exact":
        pieces.append(place.precision)
    if known and known.ar:
        pieces.append(isolated(known.ar))
    yield " · ".join(pieces)


def _headline(spell: Spell, style: SpellTable) -> str:
    state = _STATES[spell.state]
    days = f"{spell.start} to {spell.end}" if spell.end else f"{spell.start} on"
    return (
        f"{days}  {style.paint(state.en, spell.state)} {isolated(state.ar)}  {style.paint(spell.id, 'dim')}"
    )


def _who(spell: Spell, style: SpellTable) -> Iterator[str]:
    if spell.holder is not None:
        yield from _row("last" if spell.state == "contested" else "holder", [_named(spell.holder)], style)
    if spell.claimant is not None:
        yield from _row("claimant", [_named(spell.claimant)], style)
    yield from _row("word", [_source(root, style) for root in spell.roots], style)


def _named(holder: Holder) -> str:
    known = [piece for piece in (holder.id, holder.side and f"side {holder.side}") if piece]
    return f"{islands(holder.label)} ({islands(', '.join(known))})" if known else islands(holder.label)


def _source(root: str, style: SpellTable) -> str:
    label = style.kit.labels(root)
    return f"{islands(root)} = {label.en}" if label else islands(root)


def _row(key: str, phrases: list[str], style: SpellTable) -> Iterator[str]:
    """One line or more for each phrase, the first with its name before it."""
    name = _KEYS[key]
    text = f"{name.en} {isolated(name.ar)}"
    room = style.columns - _INDENT - _KEY_WIDTH
    head = " " * _INDENT + style.paint(text, "dim") + " " * (_KEY_WIDTH - columns(text))
    for phrase in phrases:
        for line in wrapped_islands(phrase, room):
            yield f"{head}{line}"
            head = " " * (_INDENT + _KEY_WIDTH)
