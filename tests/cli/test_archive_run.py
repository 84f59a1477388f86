"""``marsad archive run`` from the first call to a project: what it says, what it makes anew, and that a project shows the same."""

import errno
import json
import re
from importlib import import_module

import pytest

from small_archive import small_archive

DAY = "2031-03-17"
TEXTS = {
    "a1": "قالت وزارة الدفاع إن الجيش انسحب من مدينة حماة أمس. وقتل ثلاثة مدنيين في قصف على المدينة بحسب مصدر طبي.",
    "a2": "نفى متحدث باسم الجيش انسحاب قواته من مدينة حماة أمس، وقال إن المعارك مستمرة في محيط المدينة.",
    "a3": "أعلنت فصائل درع العاصي سيطرتها على مدينة حماة أمس بعد انسحاب الجيش منها نحو مدينة حمص.",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with three articles and a line that is none."""
    folder = tmp_path_factory.mktemp("run")
    write(folder / "news.jsonl", "a1", "a2")
    with (folder / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "a9"}\n')
    write(folder / "later.jsonl", "a3")
    return folder


def write(path, *ids):
    rows = [{"id": one, "text": TEXTS[one], "published": DAY, "outlet": f"جريدة {one}"} for one in ids]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def worked(said):
    """The stages that a run says it did something in."""
    return [found[1] for line in said if (found := re.match(r"marsad: (\w+): .* done(?!\sbefore);", line))]


def counts(program, out):
    (row,) = program(
        "archive",
        "sql",
        out,
        "SELECT (SELECT count(*) FROM articles) AS a, (SELECT count(*) FROM claims) AS c",
    ).rows
    return row["a"], row["c"]


def test_an_archive_is_planned_made_extended_and_taken_in(program, place):
    out, news = place / "out", place / "news.jsonl"
    planned = program("archive", "plan", news, out, "--on", "here", "--format", "json")
    assert (planned.rows[0]["files"], planned.rows[0]["shards"], out.exists()) == (1, 1, False)

    first = program("archive", "run", news, out, "--on", "here")
    assert first.code == 3, first.said
    assert first.out == []
    assert "articles set aside: bad_record 1; " in first.said[-1]
    assert [row["article"]["reason"] for row in program("archive", "failures", out).rows] == ["bad_record"]
    assert counts(program, out)[0] == 2

    again = program("archive", "resume", news, out, "--on", "here")
    assert (again.code, worked(again.said)) == (3, [])

    more = program("archive", "run", news, place / "later.jsonl", out, "--on", "here", "--text")
    assert more.said[:3] == [
        f"marsad: other than planned before: 1 new input: {place / 'later.jsonl'}",
        "marsad: other than planned before: text: False before, True now",
        "marsad: what that touches is made anew, the rest stays",
    ]
    assert "read" in worked(more.said)
    assert counts(program, out)[0] == 3

    (place / "later.jsonl").rename(place / "away.jsonl")  # texts are kept: inputs are not needed any more
    desk = place / "desk"
    program("init", desk)
    taken = program("import", "archive", out, "--project", desk)
    assert taken.code == 0, taken.said
    assert taken.said[-1].startswith("marsad: 3 articles (3 new); ")
    stored = [
        json.loads(line) for line in program("export", "jsonl", "--of", "incidents", "--project", desk).out
    ]
    ours = program("archive", "sql", out, "SELECT id, status FROM incidents").rows
    assert {(one["id"], one["status"]) for one in stored} == {(one["id"], one["status"]) for one in ours}
    assert ours


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["news.jsonl"], "give at least one INPUT, and the folder OUTPUT at the end"),
        (["missing.jsonl", "out2"], "missing.jsonl"),
        (["news.jsonl", "."], "holds other things"),
        (["news.jsonl", "news.jsonl"], "is a file, and OUTPUT must be a folder"),
        (["news.jsonl", "out2", "--on", "dask"], "no engine has the address 'dask'"),
        (["news.jsonl", "out2", "--shard-size", "3XB"], "'3XB' is no size as 64MB, 500KB or 2GB"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    program, place, monkeypatch, arguments, said
):
    monkeypatch.chdir(place)
    before = sorted(path.name for path in place.iterdir())
    done = program("archive", "run", *arguments)
    assert done.code in (1, 2)
    assert said in "\n".join(done.said)
    assert sorted(path.name for path in place.iterdir()) == before


def test_an_input_in_the_folder_of_the_archive_is_refused(program, tmp_path):
    out = small_archive(tmp_path / "out").root
    done = program("archive", "run", out / "articles", out)
    assert done.code == 1
    assert "give a folder of its own for OUTPUT" in done.said[-1]


def test_inputs_without_claims_or_with_nothing_to_read_are_an_archive(program, tmp_path):
    calm, junk, out = tmp_path / "calm.jsonl", tmp_path / "junk.jsonl", tmp_path / "out"
    text = "فاز الفريق بثلاثة أهداف في مباراة أمس على ملعبه أمام جمهور كبير."
    calm.write_text(json.dumps({"id": "c1", "text": text}) + "\n", encoding="utf-8")
    junk.write_bytes(b"\xfa\xf5\x80 nothing of ours\n")
    done = program("archive", "run", calm, junk, out, "--on", "here", "--shard-size", "1")
    assert done.code == 3, done.said
    assert counts(program, out) == (1, 0)
    assert [row["article"]["reason"] for row in program("archive", "failures", out).rows] == ["undecodable"]


def test_an_archive_within_the_folder_of_its_inputs_is_not_read_itself(program, tmp_path, monkeypatch):
    write(tmp_path / "news.jsonl", "a1", "a2")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        done = program("archive", "run", ".", "out", "--on", "here")
        assert done.code == 0, done.said
        assert counts(program, tmp_path / "out")[0] == 2
    assert worked(done.said) == []


@pytest.mark.parametrize("deep", ["", "deep/deeper"])
def test_a_folder_that_cannot_be_written_is_told_in_one_line(program, tmp_path, deep):
    write(tmp_path / "news.jsonl", "a1")
    (tmp_path / "file").touch()
    done = program(
        "archive", "run", tmp_path / "news.jsonl", tmp_path / "file" / "out" / deep, "--on", "here"
    )
    assert done.code == 1
    assert "the archive cannot be made there: Not a directory" in done.said[-1]


def test_a_disk_that_is_full_when_the_run_ends_is_told_in_one_line(program, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "archive.json")

    write(tmp_path / "news.jsonl", "a1")
    monkeypatch.setattr(import_module("marsad.archive.drive"), "finished", full)
    done = program("archive", "run", tmp_path / "news.jsonl", tmp_path / "out", "--on", "here")
    assert done.code == 1
    assert "out: the archive cannot be made there: No space left on device (archive.json)" in done.said[-1]
