"""What the commands of ``marsad gazetteer`` do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from marsad.errors import InputError, TryAgain
from marsad.grounding import Choice, Gazetteer, Lookup, Scored, search
from marsad.grounding.gazetteer import BUILT
from marsad.grounding.geonames import Faults
from marsad.run import OwnData, gazetteer_folder

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3
Around = tuple[tuple[str, ...], tuple[str, ...]]
"""What is said of a name: (places that it lies in, places named beside it)."""


def _gazetteer(data: Path) -> Gazetteer:
    return Gazetteer((BUILT, *OwnData.of(data, actors=False).gazetteers))


def _search(data: Path, name: str, around: Around) -> Choice:
    return search(Lookup(_gazetteer(data)), name, *around)


def show_lookup(data: Path, name: str, around: Around, form: str) -> int:
    """Print the places that a name can be."""
    choice = _search(data, name, around)
    for one in choice.scored:
        click.echo(json.dumps(_row(one, choice), ensure_ascii=False) if form == "jsonl" else _line(one))
    if not choice.scored:
        click.echo(
            f"marsad: no place {name!r} is known; `marsad gazetteer fetch CC` brings a country's villages",
            err=True,
        )
        return FAILED
    return DONE


def show_why(data: Path, name: str, around: Around) -> int:
    """Print which place a name means, and why."""
    choice = _search(data, name, around)
    if not choice.scored:
        click.echo(f"marsad: no place {name!r} is known", err=True)
        return FAILED
    meant = f"{choice.place.name} ({choice.place.id})" if choice.place else "unresolved"
    click.echo(f"{meant}: {choice.reason}")
    for one in choice.scored:
        click.echo(f"\n{one.score:6.2f}  {_line(one)}")
        for term in one.terms:
            if abs(term.value) >= 0.005:
                click.echo(f"        {term.value:+.2f}  {term.name}")
    return DONE


def _line(one: Scored) -> str:
    place = one.place
    where = place.admin or place.country or "-"
    # The Arabic name stands last, so that a terminal's right-to-left run cannot move another column.
    return (
        f"{place.lat:9.4f} {place.lon:9.4f}  {place.kind:<12} {where:<7} {place.precision:<11} {place.id:<34} {place.name}"
        f"  [{place.origin}]  {place.ar}"
    )


def _row(one: Scored, choice: Choice) -> dict[str, object]:
    place = one.place
    return {
        "id": place.id,
        "name": place.name,
        "ar": place.ar,
        "kind": place.kind,
        "country": place.country or None,
        "admin": place.admin or None,
        "parent": place.parent or None,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "radius_km": place.radius,
        "population": place.population or None,
        "origin": place.origin,
        "score": round(one.score, 3),
        "chosen": choice.place is not None and choice.place.id == place.id,
        "terms": {term.name: round(term.value, 3) for term in one.terms},
    }


def show_info(data: Path, form: str) -> None:
    """Print which files are in use."""
    for meta in _gazetteer(data).meta():
        if form == "jsonl":
            click.echo(json.dumps(meta, ensure_ascii=False))
        else:
            size = Path(meta["path"]).stat().st_size / 1e6
            click.echo(
                f"{int(meta['places']):>9,} places  {size:6.1f} MB  version {meta['version']}  {meta['sources']}  {meta['path']}"
            )


def show_licences(data: Path) -> None:
    """Print the licences of the files in use."""
    for meta in _gazetteer(data).meta():
        click.echo(f"{meta['sources']}: {meta['licence']}")


def run_fetch(data: Path, countries: tuple[str, ...], base: str | None) -> int:
    """Fetch countries one after the other; one that fails does not stop the others."""
    from marsad.grounding.fetch import BASE, fetch_country

    failed = set_aside = 0
    wanted = tuple(dict.fromkeys(code.upper() for code in countries))
    for country in wanted:
        try:
            path, count, faults = fetch_country(country, gazetteer_folder(data), base or BASE, _Meter())
        except (InputError, TryAgain, OSError) as error:
            click.echo(f"marsad: {country}: {error}", err=True)
            failed += 1
            continue
        _report(f"{country}: {count:,} places in {path}", faults)
        set_aside += faults.count
    return FAILED if failed == len(wanted) else SOME_SET_ASIDE if failed or set_aside else DONE


def run_add(data: Path, file: Path) -> int:
    """Add a user's file.

    Raises:
        InputError: the file cannot be read or used, or the folder cannot be written.
    """
    from marsad.grounding.own_places import add_places

    try:
        path, count, faults = add_places(file, gazetteer_folder(data))
    except OSError as error:
        raise InputError(f"{file} cannot be added: {error}") from None
    _report(f"{count:,} places of {file.name} in {path}", faults)
    return SOME_SET_ASIDE if faults.count else DONE


def _report(line: str, faults: Faults) -> None:
    click.echo(f"marsad: {line}", err=True)
    for fault in faults.first:
        click.echo(f"marsad: set aside: {fault}", err=True)
    if faults.count > len(faults.first):
        click.echo(f"marsad: {faults.count:,} lines were set aside in all", err=True)


class _Meter:
    """A download's progress on a terminal: one line that renews itself."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()

    def __call__(self, name: str, come: int, total: int | None) -> None:
        """Show how many bytes have come."""
        if self._terminal:
            share = f" of {total / 1e6:.1f}" if total else ""
            end = "\n" if come == total else ""
            click.echo(f"\r\x1b[K{name}: {come / 1e6:.1f}{share} MB{end}", err=True, nl=False)
