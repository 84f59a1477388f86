"""What ``marsad doctor`` does: looks, and says what it found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from marsad.cli.terminal import printable
from marsad.errors import InputError
from marsad.run.doctor import Finding, look_at_machine, look_at_project
from marsad.run.project import find_project, load_project

_MARKS = {"well": "ok     ", "advice": "advice ", "wrong": "WRONG  ", "damaged": "DAMAGED"}
_CODES = {"well": 0, "advice": 0, "wrong": 1, "damaged": 5}


def run_doctor(folder: Path | None, data: Path | None, form: str) -> int:
    """Look at everything and give the exit code."""
    code = 0
    for finding in (*look_at_machine(data), *_project(folder, data)):
        code = max(code, _CODES[finding.severity])
        if form == "jsonl":
            click.echo(json.dumps(asdict(finding), ensure_ascii=False))
            continue
        click.echo(f"{_MARKS[finding.severity]} {finding.about}: {printable(finding.said)}")
        if finding.mend:
            click.echo(f"        -> {finding.mend}")
    return code


def _project(folder: Path | None, data: Path | None) -> Iterator[Finding]:
    try:
        project = load_project(folder) if folder else find_project(Path.cwd())
    except InputError as error:
        if folder is not None or "is in no project" not in str(error):
            yield Finding(about="project", severity="wrong", said=str(error), mend="see the message")
        else:
            yield Finding(
                about="project", severity="advice", said="this folder is in none", mend="marsad init DIR"
            )
        return
    yield from look_at_project(project, data)
