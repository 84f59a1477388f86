"""``marsad actors``: the register of armies, factions, governments, bodies and office-holders."""

from __future__ import annotations

from datetime import datetime

import click

from marsad.cli.options import table_or_jsonl
from marsad.settings import load_settings


@click.group()
def actors() -> None:
    """Who is who: names, kinds, sides, and the day from which they hold."""


@actors.command("list", epilog="Example: marsad actors list --country SY --kind faction")
@click.option("--country", metavar="CC", help="Only those of this country (ISO code).")
@click.option("--kind", metavar="KIND", help="Only those of this kind, such as army, faction or ministry.")
@click.option("--side", metavar="SIDE", help="Only those that are or were on this side.")
@table_or_jsonl
def list_actors(country: str | None, kind: str | None, side: str | None, form: str) -> None:
    """List the actors of the register, one a line."""
    from marsad.cli.register import show_list

    show_list(load_settings().data, (country, kind, side), form)


@actors.command("show", epilog='Example: marsad actors show "قوات النظام" --country SY --day 2024-11-30')
@click.argument("name")
@click.option("--country", metavar="CC", help="The country that the news is about, for names such as الجيش.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="On which day, as 2024-12-06.")
@table_or_jsonl
def show_actor(name: str, country: str | None, day: datetime | None, form: str) -> int:
    """Show who is meant by an id or a NAME; exit code 1 where nobody is known by it."""
    from marsad.cli.register import show_one

    return show_one(load_settings().data, name, (country or "", day.date() if day else None), form)


@actors.command(
    "add",
    epilog='Example: marsad actors add my-brigade --en "My Brigade" --ar "لواء كذا" --kind faction --country SY',
)
@click.argument("identity", metavar="ID")
@click.option("--en", help="Neutral English label; for a new actor.")
@click.option("--ar", help="Neutral Arabic label; for a new actor.")
@click.option("--kind", help="Its kind; for a new actor.")
@click.option("--country", metavar="CC", help="Its country; for a new actor.")
@click.option("--parent", metavar="ID", help="The body it is a part of; for a new actor.")
@click.option("--side", metavar="SIDE", help="The side it is on; for a new actor.")
@click.option("--alias", "aliases", multiple=True, help="A name that means it anywhere; may be repeated.")
@click.option(
    "--local", "local", multiple=True, help="A name that means it in news about its country; may be repeated."
)
def add(identity: str, **given: object) -> None:
    """Add an actor to your own register, or (without --en, --ar and --kind) names to one that is known.

    Private persons are never added: a holder of a public office goes into the file by hand, with the office.
    """
    from marsad.cli.register import run_add

    run_add(load_settings().data, identity, given)
