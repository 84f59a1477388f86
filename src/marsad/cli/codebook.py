"""``marsad codebook``: what counts as an event, from the shell."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from marsad.cli.options import table_or_jsonl
from marsad.codebook import EventType, describe, load_codebook, near_codes


@click.group()
def codebook() -> None:
    """What a claim can be about: the event types, with examples."""


@codebook.command("list", epilog="Example: marsad codebook list --family strike")
@table_or_jsonl
@click.option("--family", help="Only the codes of this family, such as strike or say.")
def list_codes(form: str, family: str | None) -> None:
    """List the event types, one a line."""
    book = load_codebook()
    if family is not None and family not in book.families:
        raise click.UsageError(f"no family {family!r}; there are: {', '.join(book.families)}")
    events = book.family(family) if family else tuple(book.events.values())
    for event in events:
        click.echo(json.dumps(_row(event), ensure_ascii=False) if form == "jsonl" else _line(event))


@codebook.command("show", epilog="Example: marsad codebook show territory.control")
@click.argument("code")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How to print.",
)
def show_code(code: str, form: str) -> None:
    """Show one event type: labels, roles, ACLED and PLOVER names, examples."""
    book = load_codebook()
    event = book.events.get(code)
    if event is None:
        near = near_codes(code, book)
        hint = f"; did you mean {', '.join(near)}?" if near else "; see marsad codebook list"
        raise click.UsageError(f"no event code {code!r}{hint}")
    click.echo(json.dumps(_full(event), ensure_ascii=False) if form == "jsonl" else describe(event, book))


@codebook.command("settled", epilog="Example: marsad codebook settled")
@table_or_jsonl
def settled_points(form: str) -> None:
    """List the settled points: the rules that every coder follows, whether people, rules or a language model."""
    for point in load_codebook().settled:
        row = json.dumps(asdict(point), ensure_ascii=False)
        click.echo(row if form == "jsonl" else f"{point.name:<16} {point.text}")


def _line(event: EventType) -> str:
    # The Arabic label stands last, so that a terminal's right-to-left run cannot move another column.
    return f"{event.code:<24}{event.label.en:<34}{', '.join(event.roles):<16}{event.label.ar}"


def _row(event: EventType) -> dict[str, object]:
    return {
        "code": event.code,
        "family": event.family,
        "label": asdict(event.label),
        "definition": event.definition,
        "roles": event.roles,
        "acled": [asdict(kind) for kind in event.acled],
        "plover": [asdict(kind) for kind in event.plover],
    }


def _full(event: EventType) -> dict[str, object]:
    examples = [asdict(example) for example in event.examples]
    counter = [asdict(example) for example in event.counter]
    return {**_row(event), "notes": event.notes, "examples": examples, "counter": counter}
