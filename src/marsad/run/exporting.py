"""A project taken away: one going-through, all formats that were asked for, and each put in its place once it is whole.

>>> from marsad import export_project, open_store
>>> export_project(open_store("sqlite:///desk/marsad.db"), "geojson", Path("incidents.geojson"))  # doctest: +SKIP

A file is written under another name and takes its own when it is done; a folder likewise; a folder format whose name ends in ``.zip`` is packed, with the same times in every
entry. Every export is noted in the audit log with what it held, what was left out and the SHA-256 of what was written.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from marsad import __version__
from marsad.errors import InputError, MarsadError
from marsad.export import FORMATS, PRIVATE, Counts, Exporter, Format, Making, format_of, maker_of
from marsad.run.forks import forked_map
from marsad.run.names import KeptNames, Names
from marsad.run.packing import pack
from marsad.run.placing import check_file, check_folder, folders_beside
from marsad.run.sharing_out import shares_of, work_of
from marsad.run.taking import ORDER, Left, Taking
from marsad.store import Store
from marsad.store.audit import note
from marsad.store.reads import Filters
from marsad.store.reads.taken import last_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An export that is wanted: a format, what it is made of where there is a choice (else ""), and where it goes."""

    form: Format
    path: Path
    of: str = ""

    @property
    def packed(self) -> bool:
        """Whether a folder is put into one file."""
        return self.form.folder and self.path.suffix.lower() == ".zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: ``digest`` is the SHA-256 of the file, or of the sorted list of a folder's files with theirs; ``bytes`` the size of all."""

    form: str
    path: Path
    bytes: int
    digest: str
    taken: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of a project is exported.

    Attributes:
        filters: What it is narrowed to.
        since: For changes: from which moment or day; "" for all that is known.
        sensitive: Whether what people hold back goes out too.
        who: Who asks, for the audit log; "" for whoever runs this.
    """

    filters: Filters = field(default_factory=Filters)
    since: str = ""
    sensitive: bool = False
    who: str = ""


def export_project(
    store: Store, form: str, path: Path, of: str = "", scope: Scope | None = None, **settings: object
) -> Exported:
    """Write a project in one format.

    Args:
        store: An open store.
        form: The format's name (`marsad.export.FORMATS`), or one of its aliases.
        path: The file; for formats of several files a folder that is not there or empty, or a name that ends in ``.zip``.
        of: What it is made of, where the format leaves a choice.
        scope: What of the project; without it all that is not held back.
        settings: Fields of `marsad.export.Making`: ``lang``, ``license``, ``names``, ...

    Raises:
        InputError: there is no such format or choice, or the path cannot be written.
    """
    found = format_of(form)
    wanted = Wanted(form=found, path=path, of=choice(found, of))
    return export_all(store, [wanted], scope or Scope(), making_of(store, scope or Scope(), **settings))[0]


def making_of(store: Store, scope: Scope, **settings: object) -> Making:
    """What exporters of a store are told; without ``names`` the register and gazetteer of the program.

    Raises:
        InputError: there is no such setting.
    """
    given: dict[str, Any] = dict(settings)
    for name in given:
        if name not in Making.__dataclass_fields__:
            raise InputError(f"an export has no setting {name!r}")
    with store.database.reading() as connection:
        moment = last_change(connection)
    made = Making(
        names=KeptNames(given.pop("names", None) or Names()), store=store.id, moment=moment, version=__version__, filters=tuple(scope.filters.pairs()), since=scope.since,
    )  # fmt: skip
    return replace(made, **given)


def choice(form: Format, of: str) -> str:
    """What a format is made of: what was asked for, or its default.

    Raises:
        InputError: it cannot be made of that.
    """
    if not of:
        return form.of[0] if form.of else ""
    if of not in form.of:
        said = f"is made of {', '.join(form.of)}" if form.of else "leaves no choice"
        raise InputError(f"{form.name} cannot be made of {of!r}: it {said}")
    return of


def every_format(folder: Path) -> list[Wanted]:
    """Every format with every choice, each under its own name in a folder."""
    found = []
    for form in FORMATS.values():
        for of in form.of or ("",):
            name = f"{form.name}-{of}" if of else form.name
            found.append(Wanted(form=form, of=of, path=folder / f"{name}{form.suffix or '.zip'}"))
    return found


def export_all(
    store: Store, wanted: Sequence[Wanted], scope: Scope, making: Making, jobs: int = 1
) -> list[Exported]:
    """Write several formats, each going through the project at most once for each process; in the order asked for.

    Raises:
        InputError: a path cannot be written, or a format needs something that is not installed. Nothing is left half written.
    """
    for one in wanted:
        maker_of(one.form)
        _check(one)
    shares = shares_of([work_of(one.form, one.of) for one in wanted], jobs)
    if len(shares) > 1:
        store.database.about_to_fork()

    asked_by = os.getpid()

    def given_up() -> bool:
        return asked_by not in (os.getpid(), os.getppid())

    def made(number: int) -> list[Exported]:
        with store.database.reading() as connection:
            taking = Taking(connection, scope.filters, scope.since, making.most, sensitive=scope.sensitive)
            return _write(
                [wanted[one] for one in shares[number]],
                taking.without_names("" if making.private else PRIVATE[making.lang]),
                making,
                given_up,
            )

    found: dict[int, Exported] = {}

    def begin() -> None:
        store.database.forked()
        patient_collector()

    for numbers, some in zip(shares, forked_map(made, len(shares), jobs, begin), strict=True):
        found.update(zip(numbers, some, strict=True))
    done = [found[number] for number in range(len(wanted))]
    with store.database.writing() as connection:
        for made_one, asked in zip(done, wanted, strict=True):
            note(connection, "export", asked.form.name, _noted(made_one, asked, scope, making), scope.who)
    return done


def patient_collector() -> None:
    """Look for cycles of objects rarely: an export makes millions of small objects and no cycles, and looking through them takes a quarter of its time."""
    gc.set_threshold(100_000, 50, 100)


def _noted(one: Exported, asked: Wanted, scope: Scope, making: Making) -> dict[str, Any]:
    return {
        "of": asked.of, "filters": [list(pair) for pair in making.filters], "since": scope.since, "sensitive": scope.sensitive, "private": making.private,
        "with_text": making.with_text, "taken": dict(sorted(one.taken.items())), "left_out": dict(sorted(one.left_out.items())), "bytes": one.bytes,
        "sha256": one.digest,
    }  # fmt: skip


def _write(
    wanted: Sequence[Wanted], taking: Taking, making: Making, given_up: Callable[[], bool]
) -> list[Exported]:
    """Go through the project once and feed everybody; it ends where whoever asked is gone, for nobody would note it in the audit log."""
    with _places(wanted) as places:
        fed: dict[str, list[Exporter]] = {kind: [] for kind in ORDER}
        exporters = []
        for one, place in zip(wanted, places, strict=True):
            exporter = maker_of(one.form)(place, making, *([one.of] if one.of else []))
            exporters.append(exporter)
            for kind in one.form.takes[one.of]:
                fed[kind].append(exporter)
        for kind, record in taking.records([kind for kind in ORDER if fed[kind]]):
            if given_up():
                raise MarsadError("the export was given up")
            for exporter in fed[kind]:
                exporter.feed(record)
        for exporter in exporters:
            exporter.finish()
        return [
            _put(one, place, _with_own(taking.left, exporter, one.form.takes[one.of]))
            for one, place, exporter in zip(wanted, places, exporters, strict=True)
        ]


def _with_own(left: Left, exporter: Exporter, kinds: Sequence[str]) -> Left:
    """What was taken and left out of these kinds, with what the format itself has no row for."""
    out = sum((left.of.get(kind, Counter()) for kind in kinds), Counter[str]())
    own: Counts | None = getattr(exporter, "counts", None)
    if own is None:
        return Left(left.taken, out)
    return Left(left.taken + Counter({"rows": sum(own.records.values())}), out + Counter(own.left_out))


@contextmanager
def _places(wanted: Sequence[Wanted]) -> Iterator[list[Path]]:
    """Where each is written before it is put in its place."""
    with folders_beside([one.path for one in wanted]) as folders:
        places = []
        for one, folder in zip(wanted, folders, strict=True):
            itself = one.form.packs or not one.packed
            places.append(folder / (one.path.name if itself else one.path.stem))
            if one.form.folder and not (one.packed and itself):
                places[-1].mkdir()
        yield places


def _check(one: Wanted) -> None:
    if not one.form.folder or one.packed:
        check_file(one.path)
        return
    try:
        check_folder(one.path)
    except InputError as error:
        raise InputError(f"{error} ({one.form.name} makes a folder, or a file that ends in .zip)") from error


def _put(one: Wanted, place: Path, left: Left) -> Exported:
    """Put what was written in its place."""
    if one.packed and not one.form.packs:
        packed = place.with_name(place.name + ".zip")
        pack(place, packed)
        place = packed
    size, digest = _weighed(place)
    if one.path.is_dir():
        one.path.rmdir()  # it is empty, as was looked at before
    os.replace(place, one.path)  # noqa: PTH105 (Path.replace is the same, and Path is what both are)
    kinds = one.form.takes[one.of]
    told = (*kinds, *(["claims"] if "articles" in kinds else []), "rows")
    taken = Counter({kind: left.taken[kind] for kind in told if kind in left.taken})
    return Exported(
        form=one.form.name, path=one.path, bytes=size, digest=digest, taken=taken, left_out=left.out
    )


def _weighed(place: Path) -> tuple[int, str]:
    """Size and digest of a file or a folder."""
    if place.is_file():
        return place.stat().st_size, _sha256(place)
    total, whole = 0, hashlib.sha256()
    for file in sorted(place.rglob("*")):
        if file.is_file():
            total += file.stat().st_size
            whole.update(f"{_sha256(file)}  {file.relative_to(place).as_posix()}\n".encode())
    return total, whole.hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
