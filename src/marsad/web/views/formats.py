"""A project in the formats of `marsad.export`, under the filters of an address, as a file for whoever asked."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from shlex import quote

from marsad.errors import InputError
from marsad.export import FORMATS, Format, maker_of
from marsad.run.exporting import Scope, choice
from marsad.store.reads import filters_from
from marsad.web.visit import NotFound, Visit

AUDIENCES = ("everyone", "coders", "humanitarian", "researchers", "desks", "annotators", "archives")
"""For whom formats are, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A format as the page offers it: a file for each thing it can be made of, and the command that makes the same."""

    form: Format
    files: tuple[tuple[str, str], ...]
    command: str


def offers(visit: Visit) -> Mapping[str, tuple[Offer, ...]]:
    """What is offered, by whom it is for."""
    ordered = sorted(FORMATS.values(), key=lambda form: AUDIENCES.index(form.audience))
    return {
        audience: tuple(_offer(visit, form) for form in forms)
        for audience, forms in groupby(ordered, key=lambda form: form.audience)
    }


def _offer(visit: Visit, form: Format) -> Offer:
    files = tuple(
        (file_name(form, of), visit.same_query(f"/export/files/{form.name}", list=None, part=None, partial=None, after=None, sort=None, of=of or None))
        for of in form.of or ("",)
    )  # fmt: skip
    narrowed = [f"--filter {quote(f'{name}={value}')}" for name, value in filters_from(visit.query).pairs()]
    first = form.of[0] if form.of else ""
    made = [f"--of {first}"] if first else []
    lang = [f"--lang {visit.lang}"] if visit.lang != "en" else []
    words = ("marsad export", form.name, *made, *narrowed, *lang, "-o", file_name(form, first))
    return Offer(form=form, files=files, command=" ".join(words))


def file_name(form: Format, of: str) -> str:
    """The name that a download gets: ``marsad-claims.csv``, ``acled-compatible.csv``, ``marsad-site.zip``, ``marsad.gpkg``."""
    suffix = form.suffix or ".zip"
    if of:
        return f"marsad-{of}{suffix}"
    if form.name in ("acled", "ucdp"):
        return f"{form.name}-compatible{suffix}"
    return f"marsad{suffix}" if suffix == f".{form.name}" else f"marsad-{form.name}{suffix}"


def asked_for(visit: Visit, name: str) -> tuple[Format, str, Scope]:
    """What an address asks for, checked before anything is written: the format, what it is made of, and of which rows.

    Raises:
        NotFound: there is no such format.
        InputError: there is no such choice or filter, or the format needs something that is not installed.
    """
    if name not in FORMATS:
        raise NotFound(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    form = FORMATS[name]
    maker_of(form)
    scope = Scope(filters=filters_from(visit.query), who=visit.session.who)
    return form, choice(form, visit.asked("of")), scope


def written(visit: Visit, form: Format, of: str, scope: Scope) -> tuple[Path, str]:
    """Write the file into a folder of its own; where it fails nothing stays behind.

    It is written by the command line's own command in a process of its own, as chores are: pages stay quick meanwhile, and the server stays as small as it is.

    Returns:
        The file, and its SHA-256.

    Raises:
        InputError: it cannot be written.
        TryAgain: the store was replaced.
    """
    visit.workspace.check()
    folder = Path(tempfile.mkdtemp(prefix="marsad-export-"))
    path = folder / file_name(form, of)
    try:
        _run(visit, form, command(visit, form, of, scope, path))
        with path.open("rb") as file:
            return path, hashlib.file_digest(file, "sha256").hexdigest()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _run(visit: Visit, form: Format, words: list[str]) -> None:
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        env=visit.workspace.chores.environment, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it ended without a word"]
        raise InputError(f"{form.name} could not be written: {said[-1].removeprefix('marsad: ')}")


def command(visit: Visit, form: Format, of: str, scope: Scope, path: Path) -> list[str]:
    """The command that writes a file."""
    filters = [f"--filter={name}={value}" for name, value in scope.filters.pairs()]
    made = [f"--of={of}"] if of else []
    asked = [
        f"--lang={visit.lang}",
        "--bom",
        f"--who={scope.who}",
        f"--output={path}",
        f"--project={visit.workspace.project.folder}",
    ]
    return [sys.executable, "-m", "marsad", "export", form.name, *made, *filters, *asked]
