"""Which files an archive is made of, and how each is opened."""

import bz2
import gzip
import lzma
import sys
from pathlib import Path

import fsspec
import pytest

from marsad.archive.folder import Folder
from marsad.archive.inputs import inputs_of
from marsad.archive.opening import open_input
from marsad.archive.shards import Shard, pieces_of
from marsad.articles import Limits
from marsad.errors import InputError, MarsadError, TryAgain

sys.path.insert(0, str(Path(__file__).parent))
from input_files import at_once, in_shards, joined, line, members, planned, record, told

LINES = b"".join(line(number) for number in range(40))


@pytest.fixture
def folder(tmp_path):
    for name in ("b/2.jsonl", "b/1.jsonl.zst", "a.warc.gz", "c.txt", "picture.png", ".hidden.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LINES)
    return tmp_path


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    for path in ("/news/b/2.jsonl", "/news/b/1.jsonl", "/news/a.jsonl", "/news/x.png", "/news/.git/c.jsonl"):
        system.pipe(path, LINES)
    yield system
    system.rm("/news", recursive=True)


def names(inputs, top):
    return [one.address.removeprefix(f"{top}/") for one in inputs]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["."], ["a.warc.gz", "b/1.jsonl.zst", "b/2.jsonl", "c.txt"]),
        (["b/2.jsonl", "a.warc.gz"], ["b/2.jsonl", "a.warc.gz"]),
        (["*/*.jsonl*"], ["b/1.jsonl.zst", "b/2.jsonl"]),
        (["**/*.jsonl"], ["b/2.jsonl"]),
        (["b/2.jsonl", "b", "b/../b/2.jsonl"], ["b/2.jsonl", "b/1.jsonl.zst"]),
        (["picture.png"], ["picture.png"]),
        (["file://{}/c.txt"], ["c.txt"]),
    ],
)
def test_paths_folders_and_patterns_are_files_in_order_each_once(folder, monkeypatch, given, expected):
    monkeypatch.chdir(folder)
    assert names(inputs_of([one.format(folder) for one in given]), folder) == expected


def test_a_file_is_the_same_input_wherever_the_run_is_started(folder, monkeypatch):
    monkeypatch.chdir(folder)
    here = inputs_of(["b/2.jsonl"])
    monkeypatch.chdir(folder / "b")
    assert inputs_of(["2.jsonl"]) == here
    assert here[0].identity == f"{folder}/b/2.jsonl|{len(LINES)}|{(folder / 'b/2.jsonl').stat().st_mtime_ns}"


def test_a_link_and_what_it_leads_to_are_one_file(folder):
    (folder / "link.jsonl").symlink_to(folder / "b/2.jsonl")
    assert names(inputs_of([str(folder / "link.jsonl"), str(folder / "b/2.jsonl")]), folder) == ["link.jsonl"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("memory://news", ["a.jsonl", "b/1.jsonl", "b/2.jsonl"]),
        ("memory://news/b/*.jsonl", ["b/1.jsonl", "b/2.jsonl"]),
        ("memory://news/a.jsonl", ["a.jsonl"]),
    ],
)
def test_addresses_are_listed_as_folders_are(memory, given, expected):
    found = inputs_of([given, given])
    assert names(found, "memory:///news") == expected
    assert {one.size for one in found} == {len(LINES)}
    assert all(one.mark for one in found)


@pytest.mark.parametrize(
    ("address", "told_of"),
    [
        ("nothing.jsonl", "nothing.jsonl: there is no such file"),
        ("*.nothing", r"\*.nothing: there are no files"),
        ("empty", "empty: there are no files"),
        ("-", "standard input"),
        ("memory://nothing/here", "memory://nothing/here: there is no such file"),
        ("memory://nothing/*.jsonl", "there are no files"),
        ("odd://a/b.jsonl", "odd://a/b.jsonl: .*odd"),
        ("zip://a.jsonl::memory://b.zip", "addresses within addresses"),
    ],
)
def test_what_is_not_there_is_named(tmp_path, monkeypatch, address, told_of):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=told_of):
        inputs_of([address])


def test_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(InputError, match=r"s3://bucket/part\.jsonl: .*s3fs"):
        inputs_of(["s3://bucket/part.jsonl"])


def zstd(data):
    import pyarrow as pa

    half = len(data) // 2  # two frames, as tools write that pack on several cores
    return b"".join(pa.compress(part, "zstd", asbytes=True) for part in (data[:half], data[half:]))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])
@pytest.mark.parametrize("size", [300, 1 << 20])
def test_packed_lines_are_read_as_the_lines(tmp_path, pack, size):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    packed = tmp_path / "b.jsonl.gz"  # what it is shows in its bytes, however it is called
    packed.write_bytes(pack(LINES))
    found = joined(in_shards(planned(tmp_path, [packed], shard_bytes=size)))
    whole = at_once(planned(tmp_path, [tmp_path / "a.jsonl"]))
    assert [(raw.data, raw.line) for raw in found] == [(raw.data, raw.line) for raw in whole]
    assert found[7].where == f"{packed}:8"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])
@pytest.mark.parametrize("size", [300, 1 << 20])
def test_packed_file_that_breaks_off_says_so_after_what_is_left(tmp_path, pack, size):
    (tmp_path / "a.jsonl.gz").write_bytes(pack(LINES)[:-20])
    *before, last = joined(in_shards(planned(tmp_path, [tmp_path / "a.jsonl.gz"], shard_bytes=size)))
    assert last.refusal.reason == "damaged"
    assert [raw.line for raw in before] == list(range(1, len(before) + 1))
    assert last.line is None or last.line == len(before) + 1


@pytest.mark.parametrize(
    ("name", "data"), [("a.jsonl", LINES), ("a.warc.gz", b"".join(members(map(record, range(20)))))]
)
@pytest.mark.parametrize("size", [700, 1 << 20])
def test_addresses_are_read_in_shards_as_files_are(tmp_path, memory, name, data, size):
    (tmp_path / name).write_bytes(data)
    memory.pipe(f"/news/{name}", data)
    there = joined(in_shards(planned(tmp_path, [f"memory://news/{name}"], shard_bytes=size)))
    here = joined(in_shards(planned(tmp_path, [tmp_path / name], shard_bytes=size)))
    assert [(raw.data, raw.member, raw.line) for raw in there] == [
        (raw.data, raw.member, raw.line) for raw in here
    ]
    assert len(there) > 5


def test_parquet_behind_an_address_is_read_by_its_row_groups(tmp_path, memory):
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"id": [str(n) for n in range(30)], "text": ["قصف"] * 30})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=5)
    memory.pipe("/news/p.parquet", (tmp_path / "a.parquet").read_bytes())
    lists = in_shards(planned(tmp_path, ["memory://news/p.parquet"], shard_bytes=100, shard_rows=10))
    assert [len(some) for some in lists] == [10, 10, 10]


def test_file_behind_an_address_that_was_replaced_ends_the_task(tmp_path, memory):
    plan = planned(tmp_path, ["memory://news/a.jsonl"])
    memory.pipe("/news/a.jsonl", LINES + b"\n")
    with pytest.raises(MarsadError, match=r"memory:///news/a\.jsonl: it changed"):
        list(pieces_of(Shard(form="files", inputs=plan.inputs), Folder(tmp_path), Limits()))


class Failing:
    """A file on a disk that fails after some bytes."""

    def __init__(self, data, after):
        self.data, self.place, self.after = data, 0, after

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def seekable(self):
        return True

    def tell(self):
        return self.place

    def seek(self, offset, whence=0):
        self.place = offset + (0, self.place, len(self.data))[whence]
        return self.place

    def read(self, count):
        if self.place + count > self.after:
            raise ConnectionResetError("the line is dead")
        taken = self.data[self.place : self.place + count]
        self.place += len(taken)
        return taken


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc.gz", "a.parquet", "a.jsonl.gz", "a.zip"])
def test_disk_that_fails_ends_the_task_and_sets_nothing_aside(tmp_path, monkeypatch, name):
    """Readers of formats take any error for damage; here it is none of the file's."""
    data = {
        "a.jsonl.gz": gzip.compress(LINES),
        "a.parquet": b"PAR1" + LINES + b"PAR1",
        "a.zip": b"PK\x03\x04" + LINES,
    }.get(name, LINES)
    (tmp_path / name).write_bytes(data)
    plan = planned(tmp_path, [tmp_path / name])
    monkeypatch.setattr("marsad.archive.opening._opened", lambda *_: Failing(data, 100))
    with pytest.raises(TryAgain, match=f"{name}: it cannot be read: the line is dead"):
        list(pieces_of(Shard(form="files", inputs=plan.inputs), Folder(tmp_path), Limits()))


def test_disk_that_fails_late_ends_the_task_too(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    plan = planned(tmp_path, [tmp_path / "a.jsonl"])
    monkeypatch.setattr("marsad.archive.opening._BLOCK", 1000)
    monkeypatch.setattr("marsad.archive.opening._opened", lambda *_: Failing(LINES, 4000))
    found = []
    with pytest.raises(TryAgain):
        found.extend(
            pieces_of(
                Shard(form="lines", inputs=plan.inputs, start=500, end=len(LINES)), Folder(tmp_path), Limits()
            )
        )


def test_bytes_of_an_input_can_be_read_from_anywhere(tmp_path, memory):
    (tmp_path / "a.jsonl").write_bytes(LINES)
    for address in (str(tmp_path / "a.jsonl"), "memory://news/a.jsonl"):
        with open_input(address) as stream:
            stream.seek(100)
            assert stream.read(50) == LINES[100:150]
    with pytest.raises(InputError, match="no such file"), open_input(str(tmp_path / "b")):
        pass


def test_read_as_a_whole_and_in_one_shard_is_the_same(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><p>قصف</p></body></html>", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,text\n1,قصف\n2,هدنة\n", encoding="utf-8")
    (tmp_path / "c.jsonl").write_bytes(LINES)
    plan = planned(tmp_path, [tmp_path])
    assert told(joined(in_shards(plan))) == told(at_once(plan))
