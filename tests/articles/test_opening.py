"""Inputs are cut into articles by what they hold."""

import gzip
import json

import pytest

from marsad.articles import Limits, raw_articles

TEXT = "أعلن الجيش انسحابه من المدينة."
RECORD = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False)
OTHER = json.dumps({"id": "b", "text": TEXT})
PRETTY = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False, indent=1)


def cut(path, data, **limits):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(raw_articles(str(path), Limits(**limits)))


def shape(raws):
    return [(raw.kind, raw.line, raw.refusal.reason if raw.refusal else None) for raw in raws]


DOCUMENT = [("document", None, None)]
TWO_LINES = [("record", 1, None), ("record", 2, None)]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("plain text", TEXT, DOCUMENT),
        ("plain text over several lines", f"{TEXT}\n\n{TEXT}\n", DOCUMENT),
        ("text that begins with a bracket", f"[خاص] {TEXT}", DOCUMENT),
        ("text that begins with a brace", f"{{خاص}} {TEXT}", DOCUMENT),
        ("a page", f"<html><p>{TEXT}</p></html>", DOCUMENT),
        ("JSON lines", f"{RECORD}\n{OTHER}\n", TWO_LINES),
        ("JSON lines without a last line end", f"{RECORD}\n{OTHER}", TWO_LINES),
        ("JSON lines from Windows", f"{RECORD}\r\n{OTHER}\r\n", TWO_LINES),
        ("blank lines count but are no articles", f"\n{RECORD}\n \n{OTHER}\n", [("record", 2, None), ("record", 4, None)]),
        ("a bad line between good ones", f"{RECORD}\n{{bad\n{OTHER}\n", [*TWO_LINES, ("record", 3, None)]),
        ("a first line that is cut off", f'{{"id": "x", "te\n{OTHER}\n', TWO_LINES),
        ("a first line that is no JSON at all", f"# export\n{RECORD}\n", TWO_LINES),
        ("one JSON article over several lines", PRETTY, [("record", None, None)]),
        ("a list of articles", f"[{RECORD}, {OTHER}]", [("record", None, None)] * 2),
        ("a list over several lines", f"[\n{RECORD},\n{OTHER}\n]", [("record", None, None)] * 2),
        ("a list with something else in it", f'[{RECORD}, {OTHER}, "x"]',
         [("record", None, None), ("record", None, None), ("refused", None, "bad_record")]),
        ("an empty list", "[]", []),
        ("nothing", "", [("refused", None, "empty")]),
        ("blank lines only", "\n \n\t\n", [("refused", None, "empty")]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 and "\n" not in value else "",
)  # fmt: skip
def test_kind_is_seen_from_the_content(tmp_path, name, content, expected):
    plain = shape(cut(tmp_path / "input", content))
    assert plain == expected
    assert shape(cut(tmp_path / "packed", gzip.compress(content.encode()))) == expected
    if content.strip():
        for codec in ("utf-8-sig", "utf-16"):
            assert shape(cut(tmp_path / "marked", content.encode(codec))) == expected


def test_one_broken_line_named_json_lines_is_a_bad_line(tmp_path):
    assert shape(cut(tmp_path / "a.jsonl", '{"id": "a", "text": \n')) == [("record", 1, None)]


def test_name_of_json_lines_makes_a_bad_first_line_a_bad_line(tmp_path):
    raws = cut(tmp_path / "news.jsonl", f"junk\nmore junk\n{RECORD}\n")
    assert [raw.line for raw in raws] == [1, 2, 3]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00", "JPEG"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"abc\x00def\n", "NUL"),
        (TEXT.encode("utf-16-le"), "NUL"),
        (gzip.compress(gzip.compress(TEXT.encode(), mtime=0), mtime=0), "gzip file inside"),
    ],
)
def test_binary_is_refused_by_name(tmp_path, data, words):
    (raw,) = cut(tmp_path / "file", data)
    assert raw.refusal.reason == "binary"
    assert words in raw.refusal.message


def test_damaged_gzip_keeps_the_lines_before_the_damage(tmp_path):
    lines = "".join(f"{json.dumps({'id': str(n), 'text': TEXT * n})}\n" for n in range(2000))
    packed = gzip.compress(lines.encode())
    raws = cut(tmp_path / "cut.gz", packed[: len(packed) // 2])
    assert raws[0].kind == "record"
    assert raws[-1].refusal.reason == "damaged"
    assert raws[-1].line == raws[-2].line + 1


def test_utf16_that_is_none_is_refused(tmp_path):
    (raw,) = cut(tmp_path / "file", b"\xff\xfe\x00\xd8A\x00")
    assert raw.refusal.reason == "undecodable"


def test_document_over_the_limit_is_refused(tmp_path):
    (raw,) = cut(tmp_path / "long.txt", TEXT * 100, bytes=1000)
    assert raw.refusal.reason == "too_long"
    assert "1,000 bytes" in raw.refusal.message


def test_line_over_the_limit_is_refused_alone(tmp_path):
    long = json.dumps({"id": "long", "text": TEXT * 100})
    raws = cut(tmp_path / "news.jsonl", f"{RECORD}\n{long}\n{OTHER}\n", bytes=500)
    assert shape(raws) == [("record", 1, None), ("refused", 2, "too_long"), ("record", 3, None)]


def test_lines_are_read_as_they_are_asked_for(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text(f"{RECORD}\n" * 100_000, encoding="utf-8")
    raws = raw_articles(str(path), Limits())
    assert next(raws).line == 1
    assert next(raws).line == 2


def test_missing_file_is_refused_not_raised(tmp_path):
    (raw,) = raw_articles(str(tmp_path / "none.txt"), Limits())
    assert raw.refusal.reason == "unreadable"
    assert raw.where.endswith("none.txt")
