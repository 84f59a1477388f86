"""A project in the formats of `marsad.export`, under the filters of an address, as a file for whoever asked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from shlex import quote

from marsad.export import FORMATS, Format, format_of
from marsad.run.exporting import Scope, Wanted, choice, export_all, making_of
from marsad.store.reads import filters_from
from marsad.web.visit import Visit

AUDIENCES = ("everyone", "coders", "humanitarian", "researchers", "desks", "annotators", "archives")
"""For whom formats are, in the order of the page."""
_CHUNK = 1 << 18


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
    narrowed = "".join(
        f" --filter {quote(f'{name}={value}')}" for name, value in filters_from(visit.query).pairs()
    )
    return Offer(
        form=form, files=files, command=f"marsad export {form.name}{narrowed} -o {file_name(form, '')}"
    )


def file_name(form: Format, of: str) -> str:
    """The name that a download gets: ``marsad-claims.csv``, ``acled-compatible.csv``, ``site.zip``."""
    suffix = form.suffix or ".zip"
    if of:
        return f"marsad-{of}{suffix}"
    return (
        f"{form.name}-compatible{suffix}" if form.name in ("acled", "ucdp") else f"marsad-{form.name}{suffix}"
    )


def asked_for(visit: Visit, name: str) -> tuple[Wanted, Scope]:
    """What an address asks for, checked before anything is written.

    Raises:
        InputError: there is no such format, choice or filter.
    """
    form = format_of(name)
    of = choice(form, visit.asked("of"))
    scope = Scope(filters=filters_from(visit.query), who=visit.session.who)
    folder = Path(tempfile.mkdtemp(prefix="marsad-export-"))
    return Wanted(form=form, of=of, path=folder / file_name(form, of)), scope


def pieces(visit: Visit, wanted: Wanted, scope: Scope) -> Generator[bytes, None, None]:
    """Write the file, then give it piece by piece; it is gone from the disk at the end, also where nobody wants the rest any more."""
    workspace = visit.workspace
    try:
        making = making_of(
            workspace.store, scope, names=workspace.names, project=workspace.project.folder.name, lang=visit.words.lang, bom=True
        )  # fmt: skip
        export_all(workspace.store, [wanted], scope, making)
        with wanted.path.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
    finally:
        shutil.rmtree(wanted.path.parent, ignore_errors=True)
