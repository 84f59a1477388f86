"""ZIP files: packages of web archives, and those that are refused."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from made_files import cut, pages_archive, shape, zipped

ARCHIVE = pages_archive(2)
NAME = "archive/data.warc.gz"


def package(digest):
    resources = [{"name": "data.warc.gz", "path": NAME, "hash": f"sha256:{digest}"}, {"path": "x"}, 7]
    return json.dumps({"resources": resources})


def places(data):
    return [(kind, member.partition("@")[0]) for kind, member in data]


RIGHT = hashlib.sha256(ARCHIVE).hexdigest()
READ = [("document", NAME)] * 2


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({NAME: ARCHIVE, "datapackage.json": package(RIGHT)}, READ),
        ({NAME: ARCHIVE, "datapackage.json": package("0" * 64)}, [("digest_mismatch", NAME)]),
        ({NAME: ARCHIVE, "datapackage.json": "{"}, READ),
        ({NAME: ARCHIVE, "datapackage.json": "[]"}, READ),
        ({NAME: ARCHIVE, "pages/pages.jsonl": "{}", "indexes/index.cdx": "x"}, READ),
        ({"../archive/a.warc.gz": ARCHIVE, NAME: ARCHIVE}, [("unsafe_name", "../archive/a.warc.gz"), *READ]),
        ({"/archive/a.warc.gz": ARCHIVE, NAME: ARCHIVE}, [("unsafe_name", "/archive/a.warc.gz"), *READ]),
        ({"C:\\archive/a.warc": b"", NAME: ARCHIVE}, [("unsafe_name", "C:\\archive/a.warc"), *READ]),
        ({"archive/bomb.warc": bytes(30_000_000), NAME: ARCHIVE}, [("too_long", "archive/bomb.warc"), *READ]),
        ({"archive/a.warc": pages_archive(1, gzipped=False)}, [("document", "archive/a.warc")]),
        ({"datapackage.json": package(RIGHT)}, [("empty", "")]),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_archives_in_a_package(tmp_path, members, expected):
    assert places(shape(cut(tmp_path / "a.wacz", zipped(members)))) == expected


def test_changed_byte_in_a_package_refuses_its_archive(tmp_path):
    data = zipped({NAME: ARCHIVE, "datapackage.json": package(RIGHT)}, kind=0)
    at = data.index(ARCHIVE) + 200
    raws = cut(tmp_path / "a.wacz", data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert [raw.kind for raw in raws] == ["refused"]


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"xl/workbook.xml": "x"}, "CSV"),
        ({"ppt/presentation.xml": "x"}, "presentation"),
        ({"content.xml": "x"}, "OpenDocument"),
        ({"META-INF/container.xml": "x"}, "EPUB"),
        ({"a.txt": "x"}, "unpack it"),
    ],
)
def test_other_archives_are_refused_with_a_hint(tmp_path, members, word):
    (raw,) = cut(tmp_path / "a.zip", zipped(members))
    assert raw.refusal.reason == "binary"
    assert word in raw.refusal.message


def test_damaged_zip_is_refused(tmp_path):
    data = zipped({NAME: ARCHIVE})
    assert shape(cut(tmp_path / "a.wacz", data[: len(data) // 2])) == [("damaged", "")]
