"""What ``marsad store hold``, ``release`` and ``held`` do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.terminal import printable
from marsad.store.sensitive import Mark, hold_back, kind_of, marks, release


def run_hold(folder: Path | None, ids: Sequence[str], because: str, *, held: bool) -> None:
    """Hold back or release all of these, or none where one of them cannot be."""
    store = project_of(folder).open()
    try:
        with store.database.writing() as connection:
            for identity in ids:
                act = hold_back if held else release
                act(connection, kind_of(connection, identity), identity, "", because)
    finally:
        store.close()
    did = "held back from exports" if held else "released"
    click.echo(f"marsad: {did}: {', '.join(map(printable, ids))}", err=True)


def show_held(folder: Path | None, form: str) -> None:
    """Print what is held back, by kind and id."""
    store = project_of(folder).open()
    try:
        with store.database.reading() as connection:
            found = [mark for _, mark in sorted(marks(connection).items()) if mark.held]
    finally:
        store.close()
    for mark in found:
        click.echo(_line(mark, form), nl=False)
    if not found:
        click.echo(
            "marsad: nothing is held back; `marsad store hold ID --because TEXT` holds something back",
            err=True,
        )


def _line(mark: Mark, form: str) -> str:
    if form == "jsonl":
        row = {"kind": mark.kind, "id": mark.subject, "by": mark.who, "at": mark.at, "because": mark.note}
        return safe_line(json.dumps(row, ensure_ascii=False))
    said = (printable(mark.subject), mark.at[:10], printable(mark.who), printable(mark.note))
    return f"{mark.kind:<9}{said[0]:<22}{said[1]}  {said[2]:<16}{said[3]}".rstrip() + "\n"
