"""Files of an archive are there whole and named by a record, or they are not part of it."""

import hashlib

import pytest
from pyarrow import parquet

from marsad.archive.folder import Folder, Parts, read_part, write_whole
from marsad.archive.schema import COLUMNS, PUBLIC, folder_of, schema_of
from marsad.archive.task import Part, Task
from marsad.errors import Damaged

TASK = Task(stage="settle", name="part-1", given={})
COPY = {"article": "a", "family": "a", "copy_of": None, "known": False}


def test_every_table_has_a_schema_and_a_place():
    for table in COLUMNS:
        assert len(schema_of(table)) == len(COLUMNS[table].split())
        assert folder_of(table) == (table if table in PUBLIC else f"work/{table}")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def made(folder, rows=(COPY,)):
    with Parts(folder, TASK) as parts:
        parts.write("copies", rows)
        return parts.record(counts={"copies": len(rows)})


def left_in_tmp(folder):
    return list((folder.root / "tmp").glob("*"))


def test_what_is_written_is_done_only_when_it_is_committed(folder):
    record = made(folder)
    assert folder.done(TASK) is None
    folder.commit(record)
    assert folder.done(TASK) == record
    (part,) = record.parts
    data = folder.path(part.path).read_bytes()
    assert (part.rows, part.bytes, part.sha256) == (1, len(data), hashlib.sha256(data).hexdigest())
    assert parquet.read_table(folder.path(part.path)).to_pylist() == [COPY]
    assert left_in_tmp(folder) == []


def test_a_table_without_rows_is_a_file_with_its_columns(folder):
    (part,) = made(folder, ()).parts
    assert parquet.read_schema(folder.path(part.path)).names == schema_of("copies").names


def test_a_failure_in_the_middle_leaves_nothing(folder):
    with pytest.raises(ZeroDivisionError), Parts(folder, TASK) as parts:
        parts.write("copies", [COPY])
        raise ZeroDivisionError
    assert left_in_tmp(folder) == []
    assert not (folder.root / "copies").exists()


def test_the_same_work_twice_gives_the_same_bytes_under_the_same_name(folder):
    assert made(folder).parts == made(folder).parts


@pytest.mark.parametrize("harm", ["cut", "gone", "another key", "no record", "half a record"])
def test_work_whose_files_are_not_as_they_were_is_done_anew(folder, harm):
    record = made(folder)
    folder.commit(record)
    file = folder.path(record.parts[0].path)
    stands = folder.path("manifest/settle/part-1.json")
    task = TASK
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "gone":
        file.unlink()
    elif harm == "another key":
        task = Task(stage="settle", name="part-1", given={"text": True})
    elif harm == "no record":
        stands.unlink()
    else:
        stands.write_text(stands.read_text()[:20])
    assert folder.done(task) is None


def test_a_file_that_cannot_be_read_is_named(folder):
    folder.path("broken.parquet").write_bytes(b"PAR1 and no more")
    part = Part(table="copies", path="broken.parquet", rows=1, bytes=16, sha256="")
    with pytest.raises(Damaged, match=r"broken\.parquet"):
        list(read_part(folder, part))


def test_a_file_is_replaced_whole_or_not_at_all(folder, monkeypatch):
    path = folder.path("manifest/x.json")
    write_whole(path, b"first")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"second")
    assert path.read_bytes() == b"first"
    assert [one.name for one in path.parent.iterdir()] == ["x.json"]
