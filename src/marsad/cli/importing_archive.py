"""What ``marsad import archive`` does: take articles of an archive into a project, reconcile what is new, and say what became of them."""

from __future__ import annotations

from pathlib import Path

from marsad import __version__
from marsad.archive.importing import Wanted, count_of, lines_of
from marsad.archive.query import MEMORY
from marsad.cli.archiving_folder import folder_of
from marsad.cli.desk import refusal_line
from marsad.cli.importing_jsonl import DONE, exit_code, summary
from marsad.cli.ingesting import project_of
from marsad.cli.progress import Progress
from marsad.cli.tying import How, reconcile_store
from marsad.errors import SetAside
from marsad.run.importing import Imported, import_rows


def run_import_archive(folder: Path | None, output: Path, wanted: Wanted, data: Path | None) -> int:
    """Import an archive and give the exit code.

    Args:
        folder: The folder of the project; None for the one that the current folder is in.
        output: The folder of the archive.
        wanted: Which of its articles.
        data: The folder of what the user fetched and added.
    """
    archive = folder_of([output])
    number = count_of(archive, wanted, MEMORY)
    store = project_of(folder).open()
    try:
        run = store.begin_run("import", __version__)
        with Progress() as progress:

            def refused(where: str, refusal: SetAside) -> None:
                progress.say(refusal_line(where, refusal))

            def told(done: Imported) -> None:
                progress.show_share("articles", done.articles, done.articles / number if number else 1.0)

            done = import_rows(store, lines_of(archive, wanted, MEMORY), run, (refused, told))
            reconcile_store(store, How(data=data), progress)
            progress.say(f"marsad: {summary(done)}")
        store.end_run(run, done.data())
    finally:
        store.close()
    return exit_code(done) if number else DONE
