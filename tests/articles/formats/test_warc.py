"""Web archives: what is read of them, and what survives when they are damaged."""

import gzip
import sys
import zlib
from pathlib import Path

import pytest

from marsad.articles import article_of

sys.path.insert(0, str(Path(__file__).parent))
from made_files import TEXT, answer, archive, cut, page, pages_archive, reasons, shape

COUNT = 30


def texts(raws):
    return [article_of(raw).text for raw in raws if not raw.refusal]


def numbers(raws):
    return [int(text.rsplit(" ", 1)[1]) for text in texts(raws)]


@pytest.mark.parametrize(
    "form", ["a member for each record", "one member", "not packed", "cut anywhere into members"]
)
def test_all_pages_are_read_however_it_is_packed(tmp_path, form):
    plain = pages_archive(COUNT, gzipped=False)
    data = {
        "a member for each record": pages_archive(COUNT),
        "one member": gzip.compress(plain),
        "not packed": plain,
        "cut anywhere into members": b"".join(
            gzip.compress(plain[at : at + 1000]) for at in range(0, len(plain), 1000)
        ),
    }[form]
    assert numbers(cut(tmp_path / "crawl", data)) == list(range(COUNT))


def test_address_and_encoding_come_from_the_archive_and_the_day_does_not(tmp_path):
    old = page().encode("cp1256")
    (raw,) = cut(tmp_path / "a.warc", archive([answer(old, "text/html; charset=Windows-1256")]))
    article = article_of(raw)
    assert (article.url, article.title, article.published) == ("https://example.org/0", "خبر 0", None)
    assert raw.member == "@0"
    assert raw.where.endswith("a.warc!@0")
    assert article.id.startswith("a-")


def test_equal_pages_at_two_addresses_have_two_ids(tmp_path):
    one, other = cut(tmp_path / "a.warc", archive([answer(page()), answer(page())]))
    assert article_of(one).id != article_of(other).id


BODY = page().encode()
CHUNKED = b"5\r\n" + BODY[:5] + b"\r\n" + b"%x;x=y\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\n\r\n"
TO_CHUNKS = [("Transfer-Encoding", "chunked")]


def packed_as(name):
    return [("Content-Encoding", name)]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (answer(BODY), "document"),
        (answer(BODY, "application/xhtml+xml"), "document"),
        (answer(TEXT, "text/plain"), "document"),
        (answer(BODY, ""), "document"),
        ({"kind": "resource", "body": BODY, "media": "text/html"}, "document"),
        (answer(CHUNKED, headers=TO_CHUNKS), "document"),
        (answer(BODY, headers=TO_CHUNKS), "document"),
        (answer(CHUNKED[:-40], headers=TO_CHUNKS), "damaged"),
        (answer(gzip.compress(BODY), headers=packed_as("gzip")), "document"),
        (answer(BODY, headers=packed_as("gzip")), "document"),
        (answer(gzip.compress(BODY)[:-20], headers=packed_as("gzip")), "damaged"),
        (answer(zlib.compress(BODY), headers=packed_as("deflate")), "document"),
        (answer(zlib.compress(BODY)[2:-4], headers=packed_as("deflate")), "document"),
        (answer(gzip.compress(b" " * 2_000_000), headers=packed_as("gzip")), "too_long"),
        (answer(b"\x0b\x02\x80", headers=packed_as("br")), "undecodable"),
        (answer(b"x" * 1_000_001), "too_long"),
        (answer(BODY, status="404 Not Found"), None),
        (answer(BODY, status="301 Moved"), None),
        (answer(b"\x89PNG", "image/png"), None),
        (answer(b"\x89PNG", ""), None),
        ({"kind": "metadata", "body": BODY, "media": "text/html"}, None),
        ({"kind": "resource", "body": b"{}", "media": "application/json"}, None),
    ],
)
def test_what_is_taken_out_of_a_record(tmp_path, record, expected):
    raws = cut(tmp_path / "a.warc.gz", archive([record]), bytes=1_000_000)
    assert [raw.refusal.reason if raw.refusal else raw.kind for raw in raws] == (
        [expected] if expected else []
    )
    if expected == "document":
        assert texts(raws)[0].startswith(TEXT)


def test_forty_bytes_overwritten_cost_one_record(tmp_path):
    whole = pages_archive(COUNT)
    place = cut(tmp_path / "a.warc.gz", whole)[15].member
    at = int(place.removeprefix("@")) + 100
    raws = cut(tmp_path / "b.warc.gz", whole[:at] + b"\xaa" * 40 + whole[at + 40 :])
    assert numbers(raws) == [number for number in range(COUNT) if number != 15]
    assert [one for one in shape(raws) if one[0] != "document"] == [("damaged", place)]


@pytest.mark.parametrize("gzipped", [True, False])
def test_archive_that_breaks_off_says_where(tmp_path, gzipped):
    whole = pages_archive(COUNT, gzipped=gzipped)
    place = int(cut(tmp_path / "a.warc.gz", whole)[20].member.removeprefix("@"))
    raws = cut(tmp_path / "b.warc.gz", whole[: place + 300])
    assert numbers(raws) == list(range(20))
    assert shape(raws)[-1] == ("truncated", f"@{place}")


def test_damaged_beginning_of_an_archive_is_passed_over(tmp_path):
    whole = pages_archive(COUNT)
    raws = cut(tmp_path / "a.warc.gz", b"\xaa" * 40 + whole[40:])
    assert numbers(raws) == list(range(1, COUNT))
    assert shape(raws)[0] == ("damaged", "@0")


def test_stretch_that_is_no_record_is_passed_over(tmp_path):
    one, two = (archive([answer(page(number))], gzipped=False) for number in (1, 2))
    raws = cut(tmp_path / "a.warc", one + b"WARC/1.0\r\nContent-Length: many\r\n\r\nrubbish\n" + two)
    assert numbers(raws) == [1, 2]
    assert shape(raws)[1] == ("damaged", f"@{len(one)}")


def test_changed_bytes_in_a_record_are_told_by_its_digest(tmp_path):
    whole = pages_archive(3, gzipped=False)
    raws = cut(tmp_path / "a.warc", whole.replace("خبر 1".encode(), "خبر 7".encode()))
    assert numbers(raws) == [0, 2]
    assert reasons(raws) == ["damaged"]
    assert "digest" in raws[1].refusal.message


def test_record_over_the_limit_is_refused_alone(tmp_path):
    raws = cut(
        tmp_path / "a.warc.gz",
        archive([answer(page(1)), answer(page(2, "x" * 5000)), answer(page(3))]),
        bytes=2000,
    )
    assert numbers(raws) == [1, 3]
    assert reasons(raws) == ["too_long"]


def test_zeros_after_the_last_record_are_no_damage(tmp_path):
    assert reasons(cut(tmp_path / "a.warc.gz", pages_archive(2) + bytes(5000))) == []


def test_many_false_beginnings_do_not_end_the_search(tmp_path):
    false = b"\x1f\x8b\x08\x00 false " * 200
    one, two = (archive([answer(page(number))]) for number in (1, 2))
    raws = cut(tmp_path / "a.warc.gz", one + false + b"-" * 70_000 + two)
    assert numbers(raws) == [1, 2]
    assert reasons(raws) == ["damaged"]


def test_page_from_the_web_may_begin_with_anything(tmp_path):
    odd = f"<script>x</script>\n<link rel=x>{page()}"
    (raw,) = cut(tmp_path / "a.warc.gz", archive([answer(odd)]))
    assert article_of(raw).title == "خبر 0"
