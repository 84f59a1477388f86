"""Bytes become the text that was meant, or are refused."""

import pytest

from marsad.articles.encoding import decode, encoding_of
from marsad.errors import SetAside

TEXT = "أعلن الجيش انسحابه من المدينة بعد معارك في الأحياء الشمالية، وقال إن ذلك حفاظا على المدنيين."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_arabic_text_comes_out_as_it_was_written(codec):
    text = TEXT if codec != "iso8859_6" else TEXT.replace("،", "،")
    assert decode(text.encode(codec)) == text


def test_line_ends_and_marks_stay_so_that_offsets_hold():
    text = "\u200fقُتِلَ\r\nثلاثةٌ\u200e\n"
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    "data",
    [
        "Сирийская армия отступила из города".encode("koi8-r"),
        "Die Armee hat sich zurückgezogen".encode("latin-1"),
        TEXT.encode()[:41] + b"\xff" + TEXT.encode()[41:],
        bytes(range(128, 256)) * 3,
    ],
)
def test_other_tables_are_not_guessed(data):
    with pytest.raises(SetAside) as caught:
        decode(data)
    assert caught.value.reason == "undecodable"
    assert "byte 0x" in caught.value.message


def test_page_is_read_in_the_table_that_it_declares():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><p>هدنة</p>'
    assert decode(page.encode("cp1256"), page=True) == page


def test_unknown_declared_table_is_no_crash():
    with pytest.raises(SetAside):
        decode(b'<meta charset="x-none"><p>\xe5\xcf\xe4\xc9</p>', page=True)


SHORT = "هدنة"  # too short to be guessed at


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        (SHORT.encode("cp1256"), "windows-1256", SHORT),
        (SHORT.encode("cp1256"), " Windows-1256 ", SHORT),
        (SHORT.encode("iso8859_6"), "ISO-8859-6", SHORT),
        (SHORT.encode("utf-16-le"), "utf-16le", SHORT),
        (SHORT.encode(), "windows-1256", SHORT),
        (SHORT.encode(), "iso-8859-1", SHORT),
        (SHORT.encode(), "no-such-table", SHORT),
        (SHORT.encode(), "punycode", SHORT),
        (SHORT.encode("utf-16"), "utf-8", SHORT),
        (TEXT.encode("cp1256"), "iso-8859-1", TEXT),
        (b"\x93&#1607;\x94", "windows-1252", "“&#1607;”"),
    ],
)
def test_charset_that_came_with_the_bytes_is_taken_where_it_can_be_right(data, charset, expected):
    assert decode(data, charset=charset) == expected


@pytest.mark.parametrize("charset", ["zlib", "idna", "undefined", "utf-7", "unicode_escape", "x\x00", ""])
def test_charset_that_is_no_table_is_no_crash(charset):
    with pytest.raises(SetAside):
        decode(SHORT.encode("cp1256"), charset=charset)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([TEXT.encode()] * 3, "utf-8"),
        ([TEXT.encode("cp1256")] * 3, "cp1256"),
        ([TEXT.encode(), TEXT.encode(), TEXT.encode("cp1256")], "utf-8"),
        ([b"plain"], "utf-8"),
        ([b"\xff\xfe\xfd"], "utf-8"),
    ],
)
def test_encoding_of_a_beginning_is_that_of_most_of_its_lines(lines, expected):
    assert encoding_of(b"\n".join(lines)) == expected
