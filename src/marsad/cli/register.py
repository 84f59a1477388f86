"""What the commands of ``marsad actors`` do."""

from __future__ import annotations

import json
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click

from marsad.errors import InputError
from marsad.grounding import Register, add_actor
from marsad.grounding.register_build import KINDS
from marsad.grounding.tables import countries
from marsad.model import Actor, Membership
from marsad.run import OwnData, actors_file

DONE, FAILED = 0, 1
_MOST_NEAR = 5


def _register(data: Path) -> Register:
    return Register(extra=OwnData.of(data).actors)


def show_list(data: Path, wanted: tuple[str | None, str | None, str | None], form: str) -> None:
    """Print the actors of a country, a kind and a side, all where these are None."""
    country, kind, side = wanted
    country = country and country.upper()
    register = _register(data)
    actors = list(register)
    if kind is not None and kind not in KINDS:
        raise click.UsageError(f"no kind {kind!r}; there are {', '.join(sorted(KINDS))}")
    if country is not None and country not in {actor.country for actor in actors}:
        raise click.UsageError(f"no actor of a country {country!r}; {_countries_like(country)}")
    if side is not None and side not in register.sides:
        raise click.UsageError(f"no side {side!r}; {_sides_like(side, register)}")
    for actor in actors:
        if country not in (None, actor.country) or kind not in (None, actor.kind):
            continue
        if side is not None and side not in {one.of for one in actor.sides}:
            continue
        click.echo(json.dumps(_row(actor), ensure_ascii=False) if form == "jsonl" else _line(actor))


def _countries_like(given: str) -> str:
    codes = {land.english.lower(): land.code for land in countries()}
    near = [codes[name] for name in get_close_matches(given.lower(), codes, cutoff=0.75)]
    return f"near it: {', '.join(near)}" if near else "a country's code has two letters, such as SY"


def _sides_like(given: str, register: Register) -> str:
    lowered = given.lower()
    held = [
        key for key, label in register.sides.items() if lowered and lowered in f"{key} {label.en.lower()}"
    ]
    near = list(dict.fromkeys([*get_close_matches(lowered, register.sides), *held]))[:_MOST_NEAR]
    return f"near it: {', '.join(near)}" if near else "a side has an id such as sy-opposition or russia"


def show_one(data: Path, name: str, news: tuple[str, date | None], form: str) -> int:
    """Print who is meant by a name in news about a country on a day."""
    register = _register(data)
    found = register.meant(name, news[0].upper(), news[1])
    if not found:
        click.echo(f"marsad: nobody is known by {name!r}; `marsad actors list` shows who is", err=True)
        return FAILED
    for actor in found:
        if form == "jsonl":
            click.echo(json.dumps(_row(actor), ensure_ascii=False))
        else:
            click.echo(_described(actor, register, news[1]))
    return DONE


def run_add(data: Path, identity: str, given: dict[str, object]) -> None:
    """Add an actor, or names to one, to the user's register."""
    if given.get("kind") == "person":
        raise click.UsageError(
            "a person is added by hand to the file, with the public office that makes them an actor"
        )
    row = _entry(identity, given)
    if not row.keys() & {"en", "ar", "kind"}:
        if _register(data).actor(identity) is None:
            raise InputError(f"{identity!r} is not in the register: a new actor needs --en, --ar and --kind")
        _refuse_all_but_names(identity, row)
        row["extend"] = True
    file = actors_file(data)
    add_actor(file, row)
    click.echo(f"marsad: {identity} written to {file}", err=True)


def _entry(identity: str, given: dict[str, object]) -> dict[str, object]:
    """The options that were given, as an entry of the register."""
    row: dict[str, object] = {"id": identity}
    for key, value in given.items():
        if isinstance(value, tuple):
            row.update({key: list(value)} if value else {})
        elif value is not None:
            row[key] = value
    if "side" in row:
        row["sides"] = [{"side": row.pop("side")}]
    if "country" in row:
        row["country"] = str(row["country"]).upper()
    return row


def _refuse_all_but_names(identity: str, row: dict[str, object]) -> None:
    if row.keys() & {"sides", "parent", "country"}:
        raise click.UsageError(
            f"{identity} is known already: --side, --parent and --country are for a new actor, with --en, --ar and --kind"
        )
    if not row.keys() & {"aliases", "local"}:
        raise click.UsageError(f"{identity} is known already: give it names with --alias or --local")


def _line(actor: Actor) -> str:
    # The Arabic label stands last, so that a terminal's right-to-left run cannot move another column.
    return f"{actor.id:<40} {actor.kind:<12} {actor.country or '-':<3} {actor.label.en}  {actor.label.ar}"


def _described(actor: Actor, register: Register, day: date | None) -> str:
    side = register.side(actor, day)
    lines = [_line(actor)]
    if side:
        lines.append(
            f"  side{f' on {day}' if day else ' now'}: {register.sides[side].en}  {register.sides[side].ar}"
        )
    lines.extend(f"  side: {_spell(one)}" for one in actor.sides)
    lines.extend(f"  office: {one.title.en if one.title else ''} of {_spell(one)}" for one in actor.offices)
    if actor.start or actor.end:
        lines.append(f"  from {actor.start or 'not known'} to {actor.end or 'now, as far as is known'}")
    if actor.parent:
        lines.append(f"  part of {actor.parent}")
    if actor.aliases:
        lines.append(f"  called {'، '.join(actor.aliases)}")
    lines.extend(f"  called by {by or 'others'}: {text}" for text, by in actor.loaded)
    if actor.local:
        lines.append(f"  in news about {actor.country}: {'، '.join(actor.local)}")
    return "\n".join(lines)


def _spell(one: Membership) -> str:
    return f"{one.of}{f' from {one.start}' if one.start else ''}{f' to {one.end}' if one.end else ''}"


def _row(actor: Actor) -> dict[str, object]:
    return {
        "id": actor.id,
        "en": actor.label.en,
        "ar": actor.label.ar,
        "kind": actor.kind,
        "country": actor.country or None,
        "inter": actor.inter,
        "from": actor.start.isoformat() if actor.start else None,
        "to": actor.end.isoformat() if actor.end else None,
        "parent": actor.parent or None,
        "sides": [_membership(one, "side") for one in actor.sides],
        "offices": [_membership(one, "of") for one in actor.offices],
        "aliases": list(actor.aliases),
        "loaded": [{"text": text, "by": by} for text, by in actor.loaded],
        "local": list(actor.local),
    }


def _membership(one: Membership, key: str) -> dict[str, object]:
    return {
        key: one.of,
        "title": one.title.en if one.title else None,
        "from": one.start.isoformat() if one.start else None,
        "to": one.end.isoformat() if one.end else None,
    }
