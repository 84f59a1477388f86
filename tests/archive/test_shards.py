"""What is read in shards is what is read as a whole, however small the shards are."""

import gzip
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from marsad.archive.folder import Folder
from marsad.archive.plan import Input, Plan, Settings
from marsad.archive.shards import Shard, pieces_of, shards_of
from marsad.articles import Limits
from marsad.errors import MarsadError

sys.path.insert(0, str(Path(__file__).parent))
from input_files import (
    TEXT,
    at_once,
    in_shards,
    joined,
    line,
    members,
    placed,
    planned,
    record,
    shared_out,
    told,
)

OFTEN = rules(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

LINES = st.lists(
    st.one_of(
        st.integers(0, 99).map(line),
        st.integers(0, 40).map(lambda count: line(count, TEXT * count)),
        st.sampled_from(
            [
                b"\n",
                b" \r\n",
                b"{not JSON\n",
                b'{"history": {}}\n',
                b"\xff\xfe\n",
                b"[1]\n",
                b'{"id": "x"}\r\n',
            ]
        ),
        st.binary(max_size=30).map(lambda data: data.replace(b"\x00", b"") + b"\n"),
    ),
    max_size=40,
)


@OFTEN
@given(LINES, st.integers(20, 600), st.booleans(), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_json_lines_are_read_once_each_and_in_their_order(tmp_path, lines, size, ends, mark):
    data = mark + line(0) + b"".join(lines)
    (tmp_path / "a.jsonl").write_bytes(data if ends else data.removesuffix(b"\n"))
    plan, limits = planned(tmp_path, [tmp_path / "a.jsonl"], shard_bytes=size), Limits(bytes=1500)
    assert told(joined(in_shards(plan, limits))) == told(at_once(plan, limits))


def test_where_a_line_is_tells_its_byte(tmp_path):
    lines = [line(number, TEXT * (number % 3)) for number in range(9)]
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    found = joined(in_shards(planned(tmp_path, [tmp_path / "a.jsonl"], shard_bytes=300)))
    assert [raw.member for raw in found] == [f"@{sum(map(len, lines[:place]))}" for place in range(9)]
    assert found[2].where == f"{tmp_path}/a.jsonl!@{len(lines[0]) + len(lines[1])}"


RECORDS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(["response", "request", "response"])),
    min_size=1,
    max_size=14,
)


def packed_records(shapes):
    return members(record(place, TEXT * long, kind) for place, (long, kind) in enumerate(shapes))


@OFTEN
@given(RECORDS, st.integers(80, 4000), st.data())
def test_packed_web_archive_is_read_once_whatever_is_damaged(tmp_path, shapes, size, data):
    """Bytes overwritten, taken out and put in, and the end cut off: as in one reading, with each damaged stretch told once."""
    written = bytearray(b"".join(packed_records(shapes)))
    for _ in range(data.draw(st.integers(0, 3))):
        at, count = data.draw(st.integers(0, len(written))), data.draw(st.integers(0, 60))
        written[at : at + count] = data.draw(
            st.sampled_from(
                [b"\xaa" * count, b"", b"\x00" * 9, b"\x1f\x8b\x08\x00" * 3, gzip.compress(b"no record")]
            )
        )
    cut_off = data.draw(st.one_of(st.just(0), st.integers(0, len(written))))
    (tmp_path / "a.warc.gz").write_bytes(bytes(written[: len(written) - cut_off]))
    plan = planned(tmp_path, [tmp_path / "a.warc.gz"], shard_bytes=size)
    found, whole = joined(in_shards(plan)), at_once(plan)
    assert told(found) == told(whole)
    assert placed(found) == placed(whole)


@OFTEN
@given(RECORDS, st.integers(10, 700), st.integers(80, 2000))
def test_records_cut_anywhere_into_members_come_out_whole(tmp_path, shapes, step, size):
    plain = b"".join(record(place, TEXT * long, kind) for place, (long, kind) in enumerate(shapes))
    written = b"".join(gzip.compress(plain[at : at + step], mtime=0) for at in range(0, len(plain), step))
    (tmp_path / "a.warc.gz").write_bytes(written)
    plan = planned(tmp_path, [tmp_path / "a.warc.gz"], shard_bytes=size)
    found, whole = joined(in_shards(plan)), at_once(plan)
    assert (told(found), placed(found)) == (told(whole), placed(whole))


def test_damage_across_the_border_of_two_shards_is_told_by_the_first(tmp_path):
    packed = packed_records([(4, "response")] * 12)
    starts = [sum(map(len, packed[:place])) for place in range(13)]
    written = bytearray(b"".join(packed))
    written[starts[3] : starts[6]] = b"\xaa" * (starts[6] - starts[3])
    (tmp_path / "a.warc.gz").write_bytes(bytes(written))
    plan = planned(tmp_path, [tmp_path / "a.warc.gz"])
    folder = Folder(tmp_path / "out")
    for border in range(starts[2] + 1, starts[7] + 1):
        halves = [
            list(pieces_of(Shard(form="members", inputs=plan.inputs, start=start, end=end), folder, Limits()))
            for start, end in ((0, border), (border, len(written)))
        ]
        assert placed(joined(halves)) == [
            (f"@{starts[place]}", "damaged" if place == 3 else None)
            for place in (0, 1, 2, 3, 6, 7, 8, 9, 10, 11)
        ]
        assert (f"@{starts[3]}", "damaged") in placed(halves[0])


def test_archive_in_an_archive_does_not_begin_a_shard(tmp_path):
    """What was packed when it was archived is not packed any further, so it stands in the file as it is."""
    inner = gzip.compress(b"".join(record(number) for number in range(20)))[:-8] + b"\x00" * 8
    body = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n" + inner
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(body)
    outer = gzip.compress(head + body + b"\r\n\r\n", compresslevel=0)
    (tmp_path / "a.warc.gz").write_bytes(members([record(1)])[0] + outer + members([record(2)])[0])
    plan = planned(tmp_path, [tmp_path / "a.warc.gz"], shard_bytes=40)
    assert told(joined(in_shards(plan))) == told(at_once(plan))


@pytest.mark.parametrize("rows", [1, 5, 20, 1000])
def test_row_groups_are_read_once_each_with_the_numbers_of_their_rows(tmp_path, rows):
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"id": [f"a{n}" for n in range(53)], "text": [f"{TEXT} {n}" for n in range(53)]})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=6)
    plan = planned(tmp_path, [tmp_path / "a.parquet"], shard_bytes=100, shard_rows=rows)
    lists, whole = in_shards(plan), at_once(plan)
    assert len(lists) == {1: 9, 5: 9, 20: 3, 1000: 1}[rows]
    assert [raw.member for raw in joined(lists)] == [f"row {number}" for number in range(1, 54)]
    assert told(joined(lists)) == told(whole)


def small_files(tmp_path, names):
    for name in names:
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name}" * 5, encoding="utf-8")


def test_small_files_are_read_together(tmp_path):
    small_files(tmp_path, range(60))
    plan = planned(tmp_path, [tmp_path], shard_bytes=5000)
    lists = in_shards(plan)
    assert 1 < len(lists) < 40  # where groups end hangs on the paths, which are others in each run
    assert told(joined(lists)) == told(at_once(plan))


@pytest.mark.parametrize("more", [0, 17, 501, 1033, 1999])
def test_a_file_more_changes_the_shard_it_comes_to_and_no_other(more):
    """Small files are not looked into for that, so these need not be there."""
    files = [Input(address=f"/news/{number:04}.txt", size=700, mark="1") for number in range(2000)]
    new = Input(address=f"/news/{more:04}-new.txt", size=700, mark="1")
    settings = Settings(shard_bytes=20_000)
    before, after = (
        {shard.name for shard in shards_of(Plan(folder="", inputs=tuple(inputs), settings=settings), [])}
        for inputs in (files, [*files[: more + 1], new, *files[more + 1 :]])
    )
    assert len(before) > 50
    assert len(before - after) <= 1
    assert 1 <= len(after - before) <= 2


def test_names_and_digests_tell_shards_apart_and_are_the_same_twice(tmp_path):
    (tmp_path / "a b (حلب).jsonl").write_bytes(b"".join(line(number) for number in range(50)))
    (tmp_path / "c.jsonl").write_bytes(b"".join(line(number) for number in range(50)))
    shards = shared_out(planned(tmp_path, [tmp_path], shard_bytes=500))[0]
    again = shared_out(planned(tmp_path, [tmp_path / "c.jsonl", tmp_path], shard_bytes=500))[0]
    assert {shard.name for shard in shards} == {shard.name for shard in again}
    assert len({shard.depends() for shard in shards}) == len(shards) > 10
    assert shards[0].name.startswith("a-b-.jsonl-")
    assert all(
        character.isascii() and (character.isalnum() or character in "-.")
        for shard in shards
        for character in shard.name
    )


@pytest.mark.parametrize("what", ["changed", "gone"])
def test_input_that_is_not_what_was_planned_with_ends_the_task(tmp_path, what):
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(1))
    (shard,), folder = shared_out(planned(tmp_path, [path]))
    path.unlink() if what == "gone" else path.write_bytes(line(2) + line(3))
    with pytest.raises(MarsadError, match=r"a\.jsonl"):
        list(pieces_of(shard, folder, Limits()))


def test_input_that_grows_while_it_is_read_ends_the_task(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(1) + line(2))
    (shard,), folder = shared_out(planned(tmp_path, [path]))
    found = pieces_of(shard, folder, Limits())
    next(found)
    path.write_bytes(line(1) + line(2) + line(3))
    with pytest.raises(MarsadError, match="changed"):
        list(found)


def test_first_look_counts_what_will_be_cut_as_one(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"".join(line(number) for number in range(90))))
    plan = planned(tmp_path, [tmp_path], shard_bytes=500)
    assert [shard.form for shard in shards_of(plan, None)] == ["files"]
    with pytest.raises(MarsadError, match="cut"):
        shards_of(plan, [])
    assert json.loads(json.dumps(shared_out(plan)[0][0].to_json()))["form"] == "chunk"
