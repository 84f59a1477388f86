"""``marsad gazetteer``: the places that the program knows; looking them up, asking why, and adding more."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.options import table_or_jsonl
from marsad.settings import load_settings

_IN = click.option(
    "--in", "inside", metavar="PLACE", multiple=True, help="What it lies in: a name or code (حلب, SY-HL, SY)."
)
_NEAR = click.option(
    "--near", metavar="PLACE", multiple=True, help="A place that the same text names; may be repeated."
)


@click.group()
def gazetteer() -> None:
    """The places that Marsad knows, and more of them."""


@gazetteer.command(epilog='Example: marsad gazetteer lookup "أرزة" --in حماة')
@click.argument("name")
@_IN
@_NEAR
@table_or_jsonl
def lookup(name: str, inside: tuple[str, ...], near: tuple[str, ...], form: str) -> int:
    """List the places that a NAME can be, the likeliest first; exit code 1 where none is known."""
    from marsad.cli.places import show_lookup

    return show_lookup(load_settings().data, name, (inside, near), form)


@gazetteer.command(epilog='Example: marsad gazetteer why "القصير" --near حمص --near تلبيسة')
@click.argument("name")
@_IN
@_NEAR
def why(name: str, inside: tuple[str, ...], near: tuple[str, ...]) -> int:
    """Say which place a NAME means beside others, with every term of every candidate's score."""
    from marsad.cli.places import show_why

    return show_why(load_settings().data, name, (inside, near))


@gazetteer.command(epilog="Example: marsad gazetteer info")
@table_or_jsonl
def info(form: str) -> None:
    """Say which gazetteer files are in use, with how many places and from where."""
    from marsad.cli.places import show_info

    show_info(load_settings().data, form)


@gazetteer.command(epilog="Example: marsad gazetteer licences")
def licences() -> None:
    """Say under which licences the places stand and who is to be named."""
    from marsad.cli.places import show_licences

    show_licences(load_settings().data)


@gazetteer.command(epilog="Example: marsad gazetteer fetch SY YE")
@click.argument("countries", metavar="CC...", nargs=-1, required=True)
@click.option("--from", "base", metavar="ADDRESS", help="A mirror of GeoNames' export/dump folder.")
def fetch(countries: tuple[str, ...], base: str | None) -> int:
    """Download GeoNames' villages of countries (ISO codes); this is the only command that uses the network.

    Two archives a country come from download.geonames.org; a broken download goes on where it ended when the command is given again.
    """
    from marsad.cli.places import run_fetch

    return run_fetch(load_settings().data, countries, base)


@gazetteer.command(epilog="Example: marsad gazetteer add villages.csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add(file: Path) -> int:
    """Add places of your own from a FILE: CSV or GeoJSON, an OCHA p-code table, or GeoNames' format.

    A CSV needs the columns name (Arabic), lat and lon; also, english, kind, country, admin, parent, precision, radius_km, population and id are
    taken where they are there. Of an OCHA table the deepest level with Arabic names is taken. Your places win over ours.
    """
    from marsad.cli.places import run_add

    return run_add(load_settings().data, file)
