"""Files that no reader can begin in the middle of are cut up once: nothing is lost, and where each piece is stays what it was."""

import gzip
import json
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.archive.chunks import read_chunk, write_chunks
from marsad.archive.folder import Folder
from marsad.archive.stages import cut
from marsad.archive.task import Task
from marsad.articles import About, RawArticle
from marsad.errors import Damaged, MarsadError, SetAside

sys.path.insert(0, str(Path(__file__).parent))
from input_files import TEXT, at_once, in_shards, joined, line, placed, planned, record, told


def packed_lines(path):
    path.write_bytes(gzip.compress(b"".join([*map(line, range(60)), b"{bad\n", b"\n", line(61)])))


def cut_off(path):
    path.write_bytes(gzip.compress(b"".join(line(number, TEXT[number:]) for number in range(900)))[:-500])


def wide_letters(path):
    path.write_bytes(b"".join(map(line, range(60))).decode().encode("utf-16"))


def table(path):
    rows = "".join(
        f'{number},"{TEXT}\n{number}",2024-12-0{number % 9 + 1},{number}\n' for number in range(60)
    )
    path.write_text("id,text,date,note\n" + rows + "7,x\n", encoding="utf-8")


def one_stream(path):
    path.write_bytes(gzip.compress(b"".join(map(record, range(40)))))


def not_packed(path):
    path.write_bytes(b"".join(map(record, range(40)))[:-30])


def package(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("archive/one.warc", b"".join(map(record, range(20))))
        made.writestr("../archive/two.warc", b"")


def export(path):
    messages = [
        {"id": number, "type": "message", "date": "2024-12-06T10:00:00", "text": f"{TEXT} {number}"}
        for number in range(40)
    ]
    path.write_text(
        json.dumps({"name": "قناة", "type": "public_channel", "id": 5, "messages": messages}),
        encoding="utf-8",
    )


def one_list(path):
    path.write_text(
        json.dumps(
            [{"id": str(number), "text": TEXT, "size": 10**40, "odd": "\ud800"} for number in range(30)]
        ),
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.jsonl.gz", packed_lines), ("a.jsonl.gz", cut_off), ("a.jsonl", wide_letters), ("a.csv", table), ("a.warc.gz", one_stream),
        ("a.warc", not_packed), ("a.wacz", package), ("a.json", export), ("a.json", one_list),
    ],
)  # fmt: skip
def test_what_is_cut_up_is_what_is_read_as_a_whole(tmp_path, monkeypatch, name, write):
    monkeypatch.setattr("marsad.articles.formats.warc._SMALL", 300)  # as if the one member were a large one
    write(tmp_path / name)
    plan = planned(tmp_path, [tmp_path / name], shard_bytes=1500)
    assert len(cut.tasks(plan, {})) == 1
    lists, whole = in_shards(plan), at_once(plan)
    assert told(joined(lists)) == told(whole)
    assert placed(joined(lists)) == placed(whole)
    assert [raw.line for raw in joined(lists)] == [raw.line for raw in whole]
    assert len(lists) > 3
    assert len(whole) > 10


def test_columns_that_the_user_named_are_minded(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n" + f"{TEXT},x\n" * 30, encoding="utf-8")
    plan = planned(tmp_path, [tmp_path / "a.csv"], shard_bytes=500, columns={"text": "a"})
    found = joined(in_shards(plan))
    assert told(found) == told(at_once(plan))
    assert found[0].data["text"] == TEXT


def test_only_what_is_large_and_cannot_be_shared_out_is_cut(tmp_path):
    packed_lines(tmp_path / "a.jsonl.gz")
    (tmp_path / "b.jsonl").write_bytes(b"".join(map(line, range(60))))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(line(1)))
    plan = planned(tmp_path, [tmp_path], shard_bytes=1500)
    (task,) = cut.tasks(plan, {})
    assert task.name.startswith("a.jsonl.gz-")
    assert task.depends == (plan.inputs[0].identity,)
    assert cut.tasks(planned(tmp_path, [tmp_path]), {}) == []


def test_work_that_is_done_is_known_and_the_same_twice(tmp_path):
    packed_lines(tmp_path / "a.jsonl.gz")
    plan, folder = planned(tmp_path, [tmp_path / "a.jsonl.gz"], shard_bytes=1500), Folder(tmp_path / "out")
    (task,) = cut.tasks(plan, {})
    record = cut.run(task, folder)
    folder.commit(record)
    assert folder.done(task) == record
    assert record.counts == {"pieces": 62, "chunks": len(record.parts)}
    assert cut.run(task, Folder(tmp_path / "other")) == record
    assert [path.name for path in (tmp_path / "out/tmp").iterdir()] == []
    assert {f"work/cut/{path.name}" for path in (tmp_path / "out/work/cut").iterdir()} == {
        part.path for part in record.parts
    }


def test_file_that_changes_under_it_leaves_nothing(tmp_path):
    packed_lines(tmp_path / "a.jsonl.gz")
    plan, folder = planned(tmp_path, [tmp_path / "a.jsonl.gz"], shard_bytes=1500), Folder(tmp_path / "out")
    (task,) = cut.tasks(plan, {})
    (tmp_path / "a.jsonl.gz").write_bytes(b"")
    with pytest.raises(MarsadError, match=r"a\.jsonl\.gz: it changed"):
        cut.run(task, folder)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


WORDS = st.text(max_size=20)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=6,
)  # fmt: skip
PIECES = st.builds(
    RawArticle,
    kind=st.sampled_from(["document", "record", "docx", "pdf"]), file=st.just("a"), data=st.binary(max_size=90) | st.dictionaries(WORDS, ANYTHING, max_size=3),
    line=st.none() | st.integers(1, 9), about=st.builds(About, url=st.none() | WORDS, title=st.none() | WORDS), member=WORDS, kept=WORDS,
)  # fmt: skip
REFUSED = st.builds(
    RawArticle, kind=st.just("refused"), file=st.just("a"), refusal=st.builds(SetAside, WORDS, WORDS)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | REFUSED, max_size=12), st.integers(60, 400))
def test_any_pieces_come_back_from_their_files(tmp_path, pieces, size):
    folder, task = Folder(tmp_path), Task(stage="cut", name="a", given={})
    parts = write_chunks(folder, task, pieces, size)
    assert told(joined([list(read_chunk(folder, part, "a")) for part in parts])) == told(pieces)
    assert sum(part.rows for part in parts) == len(pieces)


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-20],
        lambda data: data[:40] + b"\xaa" + data[41:],
        lambda data: b"",
        lambda data: gzip.compress(b"{}\n"),
    ],
)
def test_file_of_pieces_that_is_damaged_is_no_end(tmp_path, harm):
    folder = Folder(tmp_path)
    pieces = [RawArticle(kind="record", file="a", data=line(number)) for number in range(9)]
    (part,) = write_chunks(folder, Task(stage="cut", name="a", given={}), pieces, 1 << 20)
    folder.path(part.path).write_bytes(harm(folder.path(part.path).read_bytes()))
    with pytest.raises(Damaged, match=r"a-0000-"):
        list(read_chunk(folder, part, "a"))
