"""The door for all kinds of files: by content, packed or not, with a meter, from folders."""

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from marsad.articles import Limits, Meter, article_of, files_in, pieces

sys.path.insert(0, str(Path(__file__).parent))
from made_files import TEXT, cut, page, pages_archive, reasons, shape

RECORD = json.dumps({"id": "a", "text": TEXT})


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (TEXT, ["document"]),
        (page(), ["document"]),
        (RECORD, ["record"]),
        (f"{RECORD}\n{RECORD}\n", ["record", "record"]),
        ("%PDF-1.4\n", ["pdf"]),
        ("", ["empty"]),
        ("\x89PNG", ["binary"]),
        ("PAR1", ["unreadable"]),
    ],
)
def test_kind_is_seen_from_the_content(tmp_path, content, kinds, pack):
    raws = cut(tmp_path / "input", pack(content.encode("latin-1" if content.startswith("\x89") else "utf-8")))
    if content == "PAR1" and pack is bytes:
        kinds = ["damaged"]
    assert [kind for kind, _ in shape(raws)] == kinds


def test_name_does_not_hide_an_archive_or_make_one(tmp_path):
    assert len(cut(tmp_path / "a.txt", pages_archive(3))) == 3
    assert reasons(cut(tmp_path / "a.warc.gz", b"")) == ["empty"]


class Pipe(io.RawIOBase):
    """Standard input that can be read once only."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._data.readinto(buffer)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (TEXT.encode(), 1),
        (pages_archive(3), 3),
        (RECORD.encode(), 1),
        (f"id;text\n1;{TEXT}\n2;{TEXT}".encode(), 1),
    ],
)
def test_standard_input_is_read(monkeypatch, data, count):
    class Stdin:
        buffer = io.BufferedReader(Pipe(data))

    monkeypatch.setattr(sys, "stdin", Stdin)
    raws = list(pieces("-", Limits()))
    assert len(raws) == count
    assert reasons(raws) == []
    assert raws[0].where.startswith("standard input")


def test_what_columns_are_named_makes_a_table_of_a_text_but_not_of_a_page_or_json(tmp_path):
    columns = {"text": "النص"}
    assert shape(cut(tmp_path / "a.txt", f"النص\n{TEXT.replace('،', ' ')}\n", columns)) == [
        ("record", "row 2")
    ]
    assert shape(cut(tmp_path / "b.txt", page(), columns)) == [("document", "")]
    assert shape(cut(tmp_path / "a.json", RECORD, columns)) == [("record", "")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT),
        ("a.jsonl", f"{RECORD}\n" * 5000),
        ("a.warc.gz", pages_archive(5)),
        ("a.csv", f"text\n{TEXT}\n"),
        ("a.png", "\x89PNG"),
    ],
)
def test_meter_ends_at_its_total(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    meter = Meter.of([path, tmp_path / "none.txt"])
    assert meter.total == path.stat().st_size
    list(pieces(str(path), Limits(), meter=meter))
    assert meter.read == meter.total


def test_meter_grows_while_a_file_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{RECORD}\n" * 20_000, encoding="utf-8")
    meter = Meter.of([path])
    read = pieces(str(path), Limits(), meter=meter)
    next(read)
    first = meter.read
    assert 0 < first < meter.total / 2
    for _ in range(10_000):
        next(read)
    assert first < meter.read < meter.total
    read.close()
    assert meter.read == meter.total


def test_damaged_text_in_gzip_is_refused_after_what_came_before(tmp_path):
    packed = gzip.compress(
        "".join(f'{{"id": "{number}", "text": "{TEXT}"}}\n' for number in range(5000)).encode()
    )
    raws = cut(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])
    assert raws[0].kind == "record"
    assert reasons(raws) == ["damaged"]
    assert raws[-1].line == raws[-2].line + 1


def test_missing_file_and_folder_are_refused_not_raised(tmp_path):
    for file in (tmp_path, tmp_path / "none.pdf"):
        (raw,) = pieces(str(file), Limits())
        assert raw.refusal.reason == "unreadable"


def test_files_of_a_folder_are_those_of_known_kinds(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    kept = [
        "a.TXT", "b.html.gz", "c.warc.gz", "d/e.docx", "d/f.csv", "g.pdf", "h.parquet", "i.wacz", "j.doc", "k.tsv", "result.json", "z.jsonl"
    ]  # fmt: skip
    for name in [*kept, ".hidden.txt", ".git/x.txt", "picture.png", "notes", "x.gz", "out.txt"]:
        path = (outside if name == "out.txt" else inside) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    (inside / "leads_out.txt").symlink_to(outside / "out.txt")
    (inside / "folder.txt").mkdir()
    (inside / "broken.txt").symlink_to(inside / "gone.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "l.txt").symlink_to(inside / "a.TXT")
    found = [path.relative_to(inside).as_posix() for path in files_in(inside)]
    assert found == sorted([*kept, "l.txt"])
    assert files_in(str(inside)) == files_in(inside)


def test_pieces_cross_to_workers(tmp_path):
    import pickle

    for raw in cut(tmp_path / "a.warc.gz", pages_archive(1)):
        assert article_of(pickle.loads(pickle.dumps(raw))) == article_of(raw)


class Writer(io.RawIOBase):
    """A pipe into which somebody writes a line now and then."""

    def __init__(self, lines):
        self._lines = list(lines)
        self.taken = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        if self.taken == len(self._lines):
            return 0
        line = self._lines[self.taken]
        self.taken += 1
        buffer[: len(line)] = line
        return len(line)


@pytest.mark.parametrize("first", [b"", b"\n", b"\xef\xbb\xbf"])
def test_line_in_a_pipe_is_read_before_the_next_is_written(monkeypatch, first):
    pipe = Writer([first + f"{RECORD}\n".encode(), *[f"{RECORD}\n".encode()] * 9])

    class Stdin:
        buffer = io.BufferedReader(pipe)

    monkeypatch.setattr(sys, "stdin", Stdin)
    read = pieces("-", Limits())
    assert next(read).kind == "record"
    assert pipe.taken == 1
    assert len(list(read)) == 9


def test_table_in_an_older_encoding_is_known_in_a_pipe(monkeypatch):
    plain = f"النص;رقم\n{TEXT};1\n".encode("cp1256")

    class Stdin:
        buffer = io.BufferedReader(Writer(plain.splitlines(keepends=True)))

    monkeypatch.setattr(sys, "stdin", Stdin)
    (raw,) = pieces("-", Limits(), {"text": "النص"})
    assert article_of(raw).text == TEXT
