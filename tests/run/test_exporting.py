"""A project taken away: files appear whole or not at all, the same project gives the same bytes, and the audit log knows of it."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from marsad import export_project, open_store
from marsad.errors import InputError
from marsad.export import FORMATS, maker_of
from marsad.export.table_csv import CsvTable
from marsad.run.exporting import Scope, Wanted, choice, every_format, export_all, making_of
from marsad.run.names import Names
from marsad.run.project import load_project
from marsad.store import tables
from marsad.store.reads import Filters
from web.desks import make_desk

DEMO = Path(__file__).resolve().parent.parent.parent
SAMPLES = (DEMO / "demo" / "articles.jsonl", DEMO / "demo-desk" / "campaign.jsonl")
EVERY = [(one.name, of) for one in FORMATS.values() for of in one.of or ("",)]


@pytest.fixture(scope="module")
def names():
    made = Names()
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A project with the samples, for tests that only read it (and note in its log that they did)."""
    store = load_project(make_desk(tmp_path_factory.mktemp("desk") / "desk", *SAMPLES)).open()
    yield store
    store.close()


def content(path):
    """All bytes that lie at a path, by the files' names."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize(("form", "of"), EVERY)
def test_every_format_is_written_and_twice_the_same(shared, names, tmp_path, form, of):
    found = []
    for number in "12":
        (tmp_path / number).mkdir()
        path = tmp_path / number / f"out{FORMATS[form].suffix}"
        done = export_project(shared, form, path, of, names=names)
        found.append((content(path), done.digest, done.bytes))
        assert done.bytes == sum(map(len, content(path).values())) > 0
        assert done.taken.total() > 0
        # What a format has no row for is counted by reason; everything else is in it.
        rows = done.taken["rows"] if "rows" in done.taken else done.taken["incidents"]
        assert done.left_out.total() == done.taken["incidents"] - rows
        assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert found[0] == found[1]


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if one.folder])
def test_formats_of_many_files_can_be_one_zip_of_fixed_times(shared, names, tmp_path, form):
    export_project(shared, form, tmp_path / "folder", names=names)
    for number in "12":
        export_project(shared, form, tmp_path / f"{number}.zip", names=names)
    assert (tmp_path / "1.zip").read_bytes()[30:] != b""
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        packed = {one.filename.removeprefix("1/"): archive.read(one) for one in archive.infolist()}
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert packed == content(tmp_path / "folder")


def test_several_at_once_by_several_processes_are_as_one_by_one(shared, names, tmp_path):
    making = making_of(shared, Scope(), names=names)
    wanted = [one for one in every_format(tmp_path) if one.form.name in ("csv", "acled", "jsonl", "atom")]
    together = export_all(shared, wanted, Scope(), making, jobs=2)
    assert [one.path for one in together] == [one.path for one in wanted]
    for one, done in zip(wanted, together, strict=True):
        alone = export_project(shared, one.form.name, tmp_path / "alone", one.of, names=names)
        assert alone.digest == done.digest == hashlib.sha256(one.path.read_bytes()).hexdigest()


def test_filters_narrow_what_is_written(shared, names, tmp_path):
    all_of_it = export_project(shared, "csv", tmp_path / "all.csv", names=names)
    scope = Scope(filters=Filters(status=("disputed",)))
    some = export_project(shared, "csv", tmp_path / "some.csv", scope=scope, names=names)
    assert 0 < some.taken["incidents"] < all_of_it.taken["incidents"]
    rows = (tmp_path / "some.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows and all(",disputed," in row for row in rows)


def test_every_export_is_in_the_audit_log_with_its_digest(shared, names, tmp_path):
    scope = Scope(filters=Filters(status=("single",)), who="ana")
    done = export_project(shared, "hxl", tmp_path / "x.csv", scope=scope, names=names)
    a = tables.audit.c
    with shared.database.reading() as connection:
        row = connection.execute(
            select(a.who, a.action, a.subject, a.data).order_by(a.id.desc()).limit(1)
        ).one()
    noted = json.loads(row.data)
    assert (row.who, row.action, row.subject) == ("ana", "export", "hxl")
    assert noted["sha256"] == hashlib.sha256((tmp_path / "x.csv").read_bytes()).hexdigest() == done.digest
    assert (noted["filters"], noted["taken"]) == (
        [["status", "single"]],
        {"incidents": done.taken["incidents"]},
    )
    assert (noted["sensitive"], noted["private"], noted["bytes"]) == (False, False, done.bytes)


def test_what_breaks_leaves_nothing_behind_and_what_was_there_stays(shared, names, tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("what was there", encoding="utf-8")

    def full(self):
        self._file.close()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CsvTable, "finish", full)
    with pytest.raises(InputError, match="No space left"):
        export_project(shared, "csv", path, names=names)
    assert path.read_text(encoding="utf-8") == "what was there"
    assert [one.name for one in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("form", "of", "path", "said"),
    [
        ("csv", "spells", "x.csv", "made of incidents, claims, control"),
        ("acled", "claims", "x.csv", "leaves no choice"),
        ("spss", "", "x.sav", "no format 'spss'"),
        ("csv", "", "no/such/x.csv", "there is no folder"),
        ("csv", "", "folder", "is a folder"),
        ("site", "", "folder", "is there already"),
        ("site", "", "file", "is there already"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(shared, names, tmp_path, form, of, path, said):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").touch()
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=said):
        export_project(shared, form, tmp_path / path, of, names=names)
    assert {one.name for one in tmp_path.rglob("*")} == {"folder", "kept", "file"}


def test_an_unknown_setting_is_named(shared, tmp_path):
    with pytest.raises(InputError, match="colour"):
        export_project(shared, "csv", tmp_path / "x.csv", colour="red")


def test_an_empty_project_gives_empty_files_that_are_whole(names, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'marsad.db'}", make=True)
    out = tmp_path / "out"
    out.mkdir()
    done = export_all(store, every_format(out), Scope(), making_of(store, Scope(), names=names))
    store.close()
    assert len(done) == len(EVERY) and all(one.path.stat().st_size >= 0 for one in done)
    assert json.loads((out / "geojson-incidents.geojson").read_text(encoding="utf-8"))["features"] == []


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_formats_say_what_they_are(form):
    assert choice(form, "") == (form.of[0] if form.of else "")
    assert form.label and form.audience and form.weight > 0 and callable(maker_of(form))
    assert form.suffix in ("", *Path(f"x{form.suffix}").suffixes)
    assert Wanted(form=form, path=Path("a.zip")).packed == form.folder
