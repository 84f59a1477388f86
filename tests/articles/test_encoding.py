"""Bytes become the text that was meant, or are refused."""

import pytest

from marsad.articles.encoding import decode
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
