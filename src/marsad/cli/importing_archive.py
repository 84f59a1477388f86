"""What ``marsad import archive`` does: take articles of an archive into a project, reconcile what is new, and say what became of them."""

from __future__ import annotations

from pathlib import Path

from marsad.archive.importing import Wanted, count_of, lines_of
from marsad.archive.query import MEMORY
from marsad.cli.archiving_folder import folder_of
from marsad.cli.importing_jsonl import DONE, exit_code, imported
from marsad.run.importing import Imported, Refused, Told, import_rows
from marsad.store import Store


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

    def way(store: Store, run: int, refused: Refused, told: Told) -> Imported:
        return import_rows(store, lines_of(archive, wanted, MEMORY), run, (refused, told))

    done = imported(folder, data, way, number)
    return exit_code(done) if number else DONE
