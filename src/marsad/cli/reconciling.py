"""What ``marsad reconcile`` does: take the articles in, then write each incident as soon as its block is done."""

from __future__ import annotations

import gc
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from marsad.cli.incident_story import story
from marsad.cli.incident_table import incident_table
from marsad.cli.lines import safe_line
from marsad.cli.output import Output
from marsad.cli.rows import Sheet
from marsad.cli.terminal import colour_wanted, printable
from marsad.errors import InputError, SetAside
from marsad.model.beside import is_beside
from marsad.model.incident import Incident
from marsad.model.incident_json import incident_to_json
from marsad.run import KnownLabels
from marsad.run.claim_rows import article_with_claims
from marsad.run.json_rows import json_rows
from marsad.run.reconciling import (
    Corpus,
    earlier_ids,
    load_knowledge,
    read_judgements,
)

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of ``marsad reconcile``, as click gives them."""

    file: str
    form: str | None = None
    judgements: str | None = None
    previous: str | None = None
    why: str | None = None
    statuses: tuple[str, ...] = ()
    data: Path | None = None


def run_reconcile(options: Options) -> int:
    """Reconcile a file and give the exit code."""
    # Millions of rows are made and kept; looking through them for garbage time and again takes a third of the run.
    gc.disable()
    try:
        return _run(options)
    finally:
        gc.enable()


def _run(options: Options) -> int:
    judgements = read_judgements(options.judgements) if options.judgements else []
    before = earlier_ids(options.previous) if options.previous else None
    corpus = Corpus(load_knowledge(options.data))
    refused = _take_in(options.file, corpus)
    if not corpus.articles:
        if not refused:
            where = "standard input" if options.file == "-" else printable(options.file)
            _say(f"{where}: there is no article in it")
        return FAILED if refused else DONE
    incidents = corpus.incidents(judgements, before)
    if options.why is not None:
        return _tell_why(incidents, options, refused)
    if options.statuses:
        incidents = (incident for incident in incidents if incident.status in options.statuses)
    form = options.form or ("table" if sys.stdout.isatty() else "jsonl")
    count = _write(incidents, form, options)
    if refused or form == "table":
        _say(
            f"{corpus.articles:,} articles, {corpus.claims:,} claims, {count:,} incidents; {refused:,} lines set aside"
        )
    gc.freeze()
    return SOME_SET_ASIDE if refused else DONE


def _take_in(file: str, corpus: Corpus) -> int:
    """Add all articles of a file to the corpus; how many lines were set aside."""
    refused = 0
    for number, row in json_rows(file):
        try:
            if isinstance(row, SetAside):
                raise row
            if is_beside(row):
                continue
            corpus.add(*article_with_claims(row))
        except SetAside as refusal:
            refused += 1
            where = f"{printable(file)}:{number}" if number else printable(file)
            _say(f"{where}: set aside: {printable(refusal.message)} [{refusal.reason}]")
    return refused


def _write(incidents: Iterator[Incident], form: str, options: Options) -> int:
    count = 0
    sheet, labels = _sheet(), KnownLabels(options.data)
    if form == "table":  # what most voices tell comes first
        incidents = iter(sorted(incidents, key=lambda one: (-one.roots, one.when.start or date.max, one.id)))
    with Output() as output:
        for incident in incidents:
            count += 1
            if form == "jsonl":
                output.write(safe_line(json.dumps(incident_to_json(incident), ensure_ascii=False)), form)
            else:
                output.write(incident_table(incident, sheet, labels), form)
    return count


def _tell_why(incidents: Iterator[Incident], options: Options, refused: int) -> int:
    wanted = options.why or ""
    found = [incident for incident in incidents if incident.id.startswith(wanted)] if wanted else []
    if not found:
        raise InputError(f"no incident of {options.file} has an id that begins with {wanted!r}")
    exact = [incident for incident in found if incident.id == wanted]
    if len(found) > 1 and not exact:
        raise InputError(f"{len(found)} incidents have an id that begins with {wanted!r}: give more of it")
    with Output() as output:
        output.write(story((exact or found)[0], _sheet(), KnownLabels(options.data)), "table")
    return SOME_SET_ASIDE if refused else DONE


def _sheet() -> Sheet:
    return Sheet(width=shutil.get_terminal_size((100, 24)).columns, colour=colour_wanted(sys.stdout))


def _say(line: str) -> None:
    click.echo(f"marsad: {line}", err=True)
