"""What the commands of ``marsad store`` do."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from marsad import __version__
from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.model_options import ModelOptions
from marsad.cli.model_reading import second_of
from marsad.cli.output import Output
from marsad.cli.progress import Progress
from marsad.cli.rows import Sheet
from marsad.cli.terminal import colour_wanted, printable
from marsad.cli.tying import How, reconcile_store
from marsad.errors import Damaged, InputError
from marsad.run.looking import Overview, archive_faults, overview
from marsad.run.project import Project
from marsad.run.rebuilding import Rereading, reconcile_all, reread, texts_to_reread
from marsad.run.reconciling import read_judgements
from marsad.settings import Settings
from marsad.store import Database, Store, backup, faults, head
from marsad.store.migrations import migrate, pending
from marsad.store.people import add_judgement
from marsad.store.search import Hit, find

DONE, SOME_SET_ASIDE, DAMAGED = 0, 3, 5


def show_info(folder: Path | None, form: str) -> None:
    """Print what a store holds."""
    project = project_of(folder)
    store = project.open()
    try:
        found = overview(store)
    finally:
        store.close()
    if form == "jsonl":
        click.echo(json.dumps(found.data(), ensure_ascii=False))
        return
    for name, value in _lines(found, project):
        click.echo(f"{name:<24}{value}")


def _lines(found: Overview, project: Project) -> list[tuple[str, str]]:
    rows = [
        ("project", str(project.folder)),
        ("store", f"{found.name}, {found.bytes / 1e6:,.1f} MB, schema {found.version}"),
    ]
    rows += [(name, f"{number:,}") for name, number in found.sizes.items() if number]
    rows += [(f"incidents {status}", f"{number:,}") for status, number in found.statuses.items()]
    rows.append(("exact copies", f"{found.exact:,} articles; {found.near:,} in families of near copies"))
    rows.append(("waiting", f"{found.waiting:,} articles, blocks and places to reconcile"))
    rows.append(
        ("readers", "; ".join(f"{reader}: {number:,}" for reader, number in found.readers.items()) or "none")
    )
    rows.append(("audit", f"{found.audit[0]:,} rows, the last {found.audit[1][:16]}"))
    return rows


def run_check(folder: Path | None) -> int:
    """Check a project and give the exit code."""
    project = project_of(folder)
    store = project.open()
    try:
        count = 0
        for fault in (*faults(store.database), *archive_faults(store, project.archive)):
            count += 1
            click.echo(f"marsad: {printable(fault)}", err=True)
        with store.database.reading() as connection:
            rows, digest = head(connection)
    finally:
        store.close()
    if count:
        raise Damaged(f"{count:,} faults in {project.folder}; `marsad doctor` says what can be done")
    click.echo(
        f"marsad: all is there and as it was written; {rows:,} rows of audit, the last {digest}", err=True
    )
    return DONE


def run_backup(folder: Path | None, target: Path | None) -> Path:
    """Copy a store."""
    project = project_of(folder)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    to = target or project.folder / f"backup-{stamp}.db"
    database = Database(project.url)
    try:
        size = backup(database, to)
    finally:
        database.close()
    click.echo(f"marsad: {to} holds a copy of the store, {size / 1e6:,.1f} MB", err=True)
    return to


def run_migrate(folder: Path | None) -> None:
    """Bring a store up to date."""
    project = project_of(folder)
    database = Database(project.url)
    try:
        waiting = pending(database)
        if not waiting:
            click.echo("marsad: the store is of this version", err=True)
            return
        if database.file is not None:
            run_backup(folder, None)
        for name in migrate(database):
            click.echo(f"marsad: {name} is done", err=True)
    finally:
        database.close()


def run_reconcile_store(folder: Path | None, data: Path | None) -> None:
    """Reconcile what waits."""
    store = project_of(folder).open()
    try:
        with Progress() as progress:
            tied = reconcile_store(store, How(data=data, news=True), progress)
            if not tied.articles and not tied.blocks:
                progress.say("marsad: nothing waits to be reconciled")
    finally:
        store.close()


def run_rebuild(
    folder: Path | None, settings: Settings, jobs: int, options: ModelOptions, *, everything: bool
) -> int:
    """Make anew what the machine made."""
    project = project_of(folder)
    second = second_of(options, settings, project.plan.model)
    store = project.open()
    refused = 0
    try:
        run = store.begin_run("rebuild", __version__)
        with second.reading() as reader, Progress() as progress:
            how = Rereading(data=settings.data, crew=second.crew(jobs, reader), run=run, reader=reader)
            refused = _reread(store, how, progress, everything)
            reconcile_all(store)
            reconcile_store(store, How(data=settings.data, jobs=jobs), progress)
        store.end_run(run, {"everything": everything, "set_aside": refused})
    finally:
        store.close()
    return second.code(SOME_SET_ASIDE if refused else DONE)


def _reread(store: Store, how: Rereading, progress: Progress, everything: bool) -> int:
    ids, others = texts_to_reread(store, how, everything=everything)
    if others:
        progress.say(
            f"marsad: {others:,} articles were read by a reader of another kind and keep their claims; --all reads them anew"
        )
    refused: list[str] = []

    def tell(where: str, refusal: Exception) -> None:
        refused.append(where)
        progress.say(
            f"marsad: {printable(where)}: could not be read anew, and keeps its claims: {printable(str(refusal))}"
        )

    for done in reread(store, ids, how, tell):
        progress.show_share("articles", done.pieces, done.pieces / len(ids) if ids else 1.0)
    progress.say(f"marsad: {len(ids) - len(refused):,} articles read anew")
    return len(refused)


def run_search(folder: Path | None, words: str, most: int, form: str | None) -> None:
    """Find articles and print them."""
    store = project_of(folder).open()
    try:
        with store.database.reading() as connection:
            count, hits = find(connection, words, most=most)
    finally:
        store.close()
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    sheet = Sheet(width=shutil.get_terminal_size((100, 24)).columns, colour=colour_wanted(sys.stdout))
    with Output() as output:
        for hit in hits:
            output.write(_json_hit(hit) if form == "jsonl" else _told_hit(hit, sheet), form)
    if form == "table" or not count:
        click.echo(f"marsad: {count:,} articles; {len(hits):,} shown", err=True)


def _json_hit(hit: Hit) -> str:
    row = {
        "id": hit.id,
        "title": hit.title,
        "outlet": hit.outlet,
        "published": hit.published,
        "snippet": hit.snippet,
        "spans": [{"start": start, "end": end} for start, end in hit.spans],
    }
    return safe_line(json.dumps(row, ensure_ascii=False))


def _told_hit(hit: Hit, sheet: Sheet) -> str:
    head_line = "  ".join(
        part for part in (hit.published or "no date", hit.outlet or "no outlet", hit.id) if part
    )
    snippet = " ".join(hit.snippet.split())[: 2 * sheet.width]
    return f"{printable(head_line)}\n  {printable(hit.title)}\n  {printable(snippet)}\n\n"


def run_judge(folder: Path | None, file: str, data: Path | None) -> None:
    """Store judgements and reconcile what they touch."""
    found = read_judgements(file)
    if not found:
        raise InputError(f"there is no judgement in {file}")
    store = project_of(folder).open()
    try:
        with store.database.writing() as connection:
            for judgement in found:
                add_judgement(connection, judgement)
        with Progress() as progress:
            progress.say(f"marsad: {len(found):,} judgements stored")
            reconcile_store(store, How(data=data, news=True), progress)
    finally:
        store.close()
