"""What ``marsad import jsonl`` does: take a lossless export into a project, reconcile what is new, and say what became of every line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from marsad import __version__
from marsad.cli.desk import refusal_line
from marsad.cli.ingesting import project_of
from marsad.cli.progress import Progress
from marsad.cli.tying import How, reconcile_store
from marsad.errors import SetAside
from marsad.run.importing import Imported, Refused, Told, import_lines
from marsad.store import Store

Way = Callable[[Store, int, Refused, Told], Imported]
"""Takes articles into a store, as a run of that number; told of each article that is set aside, and how far it has come."""
DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3


def run_import_jsonl(folder: Path | None, file: str, data: Path | None) -> int:
    """Import a file and give the exit code.

    Args:
        folder: The folder of the project; None for the one that the current folder is in.
        file: A path, or ``-`` for standard input.
        data: The folder of what the user fetched and added.
    """

    def way(store: Store, run: int, refused: Refused, told: Told) -> Imported:
        return import_lines(store, file, run, refused, told)

    return exit_code(imported(folder, data, way))


def imported(folder: Path | None, data: Path | None, way: Way, number: int = 0) -> Imported:
    """Import into a project, reconcile what is new, and say what became of everything.

    Args:
        folder: The folder of the project; None for the one that the current folder is in.
        data: The folder of what the user fetched and added.
        way: Takes the articles in.
        number: How many there are, for the progress; 0 where that is not known.
    """
    store = project_of(folder).open()
    try:
        run = store.begin_run("import", __version__)
        with Progress() as progress:

            def refused(where: str, refusal: SetAside) -> None:
                progress.say(refusal_line(where, refusal))

            def told(done: Imported) -> None:
                progress.show_share("articles", done.articles, done.articles / number if number else 0.0)

            done = way(store, run, refused, told)
            reconcile_store(store, How(data=data), progress)
            progress.say(f"marsad: {summary(done)}")
        store.end_run(run, done.data())
    finally:
        store.close()
    return done


def exit_code(done: Imported) -> int:
    """0 where all could be used, 3 where some could, 1 where none could."""
    if not done.dropped:
        return DONE
    return SOME_SET_ASIDE if done.fates or done.notes or done.known else FAILED


def summary(done: Imported) -> str:
    """What became of the lines, for people."""
    fates = ", ".join(f"{done.fates[name]:,} {name}" for name in ("new", "changed", "reread", "unchanged") if done.fates[name])  # fmt: skip
    names = {"judgement": "judgements", "review": "reviews", "sensitive": "marks of what is held back"}
    notes = [f"{done.notes[name]:,} {word}" for name, word in names.items() if done.notes[name]]
    lines = [f"{done.articles:,} articles" + (f" ({fates})" if fates else ""), f"{done.claims:,} claims", *notes]  # fmt: skip
    if done.dropped:
        lines.append(f"lines set aside: {done.dropped.total():,}")
    return "; ".join(lines)
