"""The table of ``marsad control``: a place, then its spells with who holds it, since when, and on whose word.

Laid out as `marsad.cli.table`: a line is English up to the Arabic, and each piece of Arabic is an island.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.cli.rows import Sheet, islands
from marsad.cli.terminal import isolated
from marsad.control import Answer, ControlKit
from marsad.model import Label
from marsad.model.control import Holder, Spell
from marsad.model.incident import Spot

_COLOURS = {"held": "green", "contested": "yellow", "unknown": "dim"}
STATES = {
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
class SpellSheet(Sheet):
    """A sheet that knows the names of places, actors and outlets."""

    kit: ControlKit


def place_spells(place: Spot, spells: list[Spell], sheet: SpellSheet) -> str:
    """One place with all its spells, and an empty line at the end; nothing for a place of which no holder is told."""
    if not spells:
        return ""
    lines = list(_heading(place, sheet))
    for spell in spells:
        lines += ["", _headline(spell, sheet), *_who(spell, sheet)]
        lines += sheet.row(_KEYS["incidents"], [", ".join(map(islands, spell.incidents))])
    return "\n".join(lines) + "\n\n"


def answer_rows(place: Spot, answer: Answer, sheet: SpellSheet) -> str:
    """Who is said to have held a place on a day, since when, on whose word, and why."""
    lines = list(_heading(place, sheet))
    state = STATES[answer.state]
    lines.append(f"{answer.day}  {sheet.paint(state.en, _COLOURS[answer.state])} {isolated(state.ar)}")
    if answer.spell is not None:
        lines += _who(answer.spell, sheet)
        lines += sheet.row(_KEYS["since"], [f"{answer.since} (spell {answer.spell.id})"])
    lines += sheet.row(_KEYS["why"], [islands(reason.text.en) for reason in answer.reasons])
    return "\n".join(lines) + "\n\n"


def spell_story(spell: Spell, sheet: SpellSheet) -> str:
    """One spell in full sentences, English and then Arabic."""
    lines = [*_heading(spell.place, sheet), _headline(spell, sheet), *_who(spell, sheet), ""]
    for reason in spell.reasons:
        lines += sheet.paragraph(reason.text.en)
    lines.append("")
    for reason in spell.reasons:
        lines += sheet.arabic(reason.text.ar)
    return "\n".join(lines) + "\n"


def _heading(place: Spot, sheet: SpellSheet) -> Iterator[str]:
    yield sheet.rule()
    known = sheet.kit.places(place.id) if place.id else None
    pieces = [sheet.paint(islands(place.name), "bold")]
    pieces += [islands(piece) for piece in (place.country, place.id) if piece]
    if place.precision and place.precision != "exact":
        pieces.append(place.precision)
    if known and known.ar:
        pieces.append(isolated(known.ar))
    yield " · ".join(pieces)


def _headline(spell: Spell, sheet: SpellSheet) -> str:
    state = STATES[spell.state]
    days = f"{spell.start} to {spell.end}" if spell.end else f"{spell.start} on"
    return f"{days}  {sheet.paint(state.en, _COLOURS[spell.state])} {isolated(state.ar)}  {sheet.paint(spell.id, 'dim')}"


def _who(spell: Spell, sheet: SpellSheet) -> Iterator[str]:
    if spell.holder is not None:
        yield from sheet.row(
            _KEYS["last" if spell.state == "contested" else "holder"], [_named(spell.holder)]
        )
    if spell.claimant is not None:
        yield from sheet.row(_KEYS["claimant"], [_named(spell.claimant)])
    yield from sheet.row(_KEYS["word"], [_source(root, sheet) for root in spell.roots])


def _named(holder: Holder) -> str:
    known = [piece for piece in (holder.id, holder.side and f"side {holder.side}") if piece]
    return f"{islands(holder.label)} ({islands(', '.join(known))})" if known else islands(holder.label)


def _source(root: str, sheet: SpellSheet) -> str:
    label = sheet.kit.labels(root)
    return f"{islands(root)} = {label.en}" if label else islands(root)
