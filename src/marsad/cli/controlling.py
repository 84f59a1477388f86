"""What ``marsad control`` does: read the incidents, trace each place, write its spells, count what is left out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from marsad.cli.control_table import SpellSheet, answer_rows, place_spells, spell_story
from marsad.cli.output import Output
from marsad.cli.terminal import colour_wanted, printable
from marsad.control import who_held
from marsad.errors import SetAside
from marsad.model.control import Spell
from marsad.model.incident_json import spell_to_json
from marsad.run.controlling import ControlStats, KnownPlaces, Traced, control_kit, near_names, traced

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3
_LEFT_OUT = {
    "no_place": "no place",
    "inside": "only something inside or around a known place is meant",
    "no_day": "no day",
    "no_month": "known to no month",
}
_MOST_NAMES = 20_000
"""How many names of places are kept to say which come near one that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of ``marsad control``, as click gives them."""

    file: str
    form: str | None = None
    place: str | None = None
    day: date | None = None
    why: str | None = None
    data: Path | None = None


def run_control(options: Options) -> int:
    """Trace everything and give the exit code."""
    if options.file == "-" and sys.stdin.isatty():
        click.echo("marsad: reading incidents from the terminal; end them with Ctrl-D", err=True)
    stats, names = ControlStats(), dict[str, None]()
    kit = control_kit(options.data)
    form = options.form or ("table" if sys.stdout.isatty() else "jsonl")
    sheet = SpellSheet(
        width=shutil.get_terminal_size((100, 24)).columns, colour=colour_wanted(sys.stdout), kit=kit
    )
    written = False
    with Output() as output:
        for row in _wanted(traced(options.file, kit, stats, _say), options, names):
            for text in _texts(row, options, form, sheet):
                output.write(text, form)
                written = True
    return _ended(options, stats, names, written=written)


def _say(where: str, refusal: SetAside) -> None:
    click.echo(
        f"marsad: {printable(where)}: set aside: {printable(refusal.message)} [{refusal.reason}]", err=True
    )


def _wanted(rows: Iterator[Traced], options: Options, names: dict[str, None]) -> Iterator[Traced]:
    """The rows of the place that is asked for; the names of the others are kept for a message."""
    places = KnownPlaces(options.data)
    for row in rows:
        if options.place is None or places.bears(row.place, options.place):
            yield row
        elif len(names) < _MOST_NAMES:
            names[row.place.name] = None


def _texts(row: Traced, options: Options, form: str, sheet: SpellSheet) -> Iterator[str]:
    """What is written of one place: its spells, the one that covers a day, or the one that is asked for by its id."""
    if options.why is not None:
        for spell in row.spells:
            if spell.id == options.why:
                yield _line(spell_to_json(spell)) if form == "jsonl" else spell_story(spell, sheet)
    elif options.day is not None:
        answer = who_held(row.spells, options.day)
        if form == "table":
            yield answer_rows(row.place, answer, sheet)
        else:
            yield _line({"on": options.day.isoformat(), **_answered(row, options.day)})
    elif form == "table":
        yield place_spells(row.place, row.spells, sheet)
    else:
        yield from (_line(spell_to_json(spell)) for spell in row.spells)


def _answered(row: Traced, day: date) -> dict[str, Any]:
    """The spell that covers a day, or one of the same shape without id and beginning that says that it is unknown."""
    answer = who_held(row.spells, day)
    if answer.spell is not None:
        return spell_to_json(answer.spell)
    nothing = Spell(
        id="",
        place=row.place,
        holder=None,
        start=day,
        end=row.spells[0].start if row.spells else None,
        state=answer.state,
        incidents=(),
        roots=(),
        reasons=answer.reasons,
    )
    return {**spell_to_json(nothing), "id": None, "from": None}


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _ended(options: Options, stats: ControlStats, names: dict[str, None], *, written: bool) -> int:
    """Say what was left out, and what was asked for but is not there; the exit code."""
    if stats.left_out:
        why = "; ".join(f"{_LEFT_OUT[reason]} {count:,}" for reason, count in sorted(stats.left_out.items()))
        click.echo(
            f"marsad: {sum(stats.left_out.values()):,} of {stats.territory:,} incidents about territory left out: {why}",
            err=True,
        )
    where = "standard input" if options.file == "-" else printable(options.file)
    if not stats.incidents:
        if not stats.set_aside:
            click.echo(f"marsad: {where}: there is no incident in it", err=True)
        return FAILED
    if not written and (options.why is not None or options.place is not None):
        click.echo(f"marsad: {where}: {_missing(options, names)}", err=True)
        return FAILED
    if not written:
        click.echo(f"marsad: {where}: no incident in it tells who holds a place", err=True)
    return SOME_SET_ASIDE if stats.set_aside else DONE


def _missing(options: Options, names: dict[str, None]) -> str:
    if options.why is not None:
        return f"no spell has the id {options.why!r}; `marsad control --format jsonl` shows the ids"
    near = near_names(options.place or "", names)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return f"nothing is told of the control of {options.place!r}{hint}"
