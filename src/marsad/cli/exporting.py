"""What ``marsad export`` does for the formats of `marsad.export`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from marsad.cli.ingesting import project_of
from marsad.cli.output import Output
from marsad.errors import InputError
from marsad.export import Format, format_of
from marsad.run.exporting import (
    Exported,
    Scope,
    Wanted,
    choice,
    every_format,
    export_all,
    making_of,
    patient_collector,
)
from marsad.run.names import Names
from marsad.run.placing import check_folder
from marsad.run.sharing_out import processors
from marsad.settings import load_settings
from marsad.store.reads import Filters, filters_from

_SETTINGS = ("lang", "fatalities", "title", "creators", "most", "with_text", "private", "bom")
_CHUNK = 1 << 20


def export_form(folder: Path | None, output: Path | None, asked: Mapping[str, Any]) -> None:
    """Write one format to a file, a folder or standard output."""
    form = format_of(asked["form"])
    of = choice(form, asked.get("of") or "")
    if output is not None:
        _export(folder, [Wanted(form=form, path=output, of=of)], asked)
        return
    if sys.stdout.isatty() and not form.media.startswith(
        ("text/", "application/jsonl", "application/json", "application/geo")
    ):
        raise InputError(f"{form.name} is nothing to look at in a terminal: name a file with -o")
    with tempfile.TemporaryDirectory() as beside:
        path = Path(beside) / f"{form.name}{form.suffix or '.zip'}"
        _export(folder, [Wanted(form=form, path=path, of=of)], asked, named=False)
        with path.open("rb") as written, Output() as stdout:
            while chunk := written.read(_CHUNK):
                stdout.put(chunk)


def export_every(folder: Path | None, output: Path | None, asked: Mapping[str, Any]) -> None:
    """Write every format into a folder, which is made where it is not there."""
    if output is None:
        raise InputError("`marsad export all` needs a folder: -o DIR")
    output.absolute().parent.mkdir(parents=True, exist_ok=True)
    check_folder(output)
    output.mkdir(exist_ok=True)
    _export(folder, every_format(output), asked)


def scope_of(form: Format | None, asked: Mapping[str, Any]) -> Scope:
    """What of the project is wanted, from the options.

    Raises:
        InputError: a filter is none.
    """
    pairs = [tuple(pair.partition("=")[::2]) for pair in asked.get("filters") or ()]
    for name, value in pairs:
        if name in Filters.__dataclass_fields__ and not value:
            raise InputError(f"--filter {name} has no value: write it as {name}=VALUE")
        if name not in Filters.__dataclass_fields__:
            raise InputError(
                f"--filter {name}={value}: there is no such filter; there are {', '.join(Filters.__dataclass_fields__)}"
            )
    since, until = asked.get("since") or "", asked.get("until") or ""
    tells_changes = form is not None and not {"changes", "news"}.isdisjoint(form.takes.get("", ()))
    if until:
        pairs.append(("until", until))
    if since and not tells_changes:
        pairs.append(("since", since))
    return Scope(
        filters=filters_from(pairs),
        since=since if tells_changes else "",
        sensitive=bool(asked.get("sensitive")),
        who=asked.get("who") or "",
    )


def _export(
    folder: Path | None, wanted: Sequence[Wanted], asked: Mapping[str, Any], *, named: bool = True
) -> None:
    scope = scope_of(wanted[0].form if len(wanted) == 1 else None, asked)
    settings = {name: asked[name] for name in _SETTINGS if asked.get(name) is not None}
    project = project_of(folder)
    store = project.open()
    patient_collector()
    try:
        with_names = Names(load_settings().data)
        making = making_of(
            store,
            scope,
            names=with_names,
            project=project.folder.name,
            license=asked.get("license_") or "",
            **settings,
        )
        done = export_all(
            store, wanted, scope, making, asked.get("jobs") or (processors() if len(wanted) > 1 else 1)
        )
    finally:
        store.close()
    for said in _told(done, named=named):
        click.echo(f"marsad: {said}", err=True)


def _told(done: Sequence[Exported], *, named: bool) -> list[str]:
    """A line for each format: what is in it, how large it is, and what was left out."""
    lines = []
    for one in done:
        held = _counted(one.taken) or "nothing"
        out = f"; left out: {_counted(one.left_out)}" if one.left_out.total() else ""
        lines.append(f"{one.path.name if named else one.form}: {held}; {one.bytes:,} bytes{out}")
    return lines


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in sorted(numbers.items()) if number)
