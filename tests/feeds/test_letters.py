"""Bytes become text without invented letters."""

import codecs

import pytest

from marsad.feeds.letters import clean, text_of

TITLE = "<t>قال إن القوات انسحبت من البلدة في الليل</t>"


def declared(name):
    return f'<?xml version="1.0" encoding="{name}"?>'


@pytest.mark.parametrize(
    ("encoding", "declaration", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8", declared("windows-1256"), "iso-8859-1"),
        ("utf-8-sig", declared("utf-8"), None),
        ("utf-16", declared("utf-16"), None),
        ("utf-16-le", declared("utf-16"), None),
        ("utf-16-be", "<x>", None),
        ("cp1256", declared("windows-1256"), None),
        ("cp1256", "", "windows-1256"),
        ("cp1256", declared("windows-1256"), "iso-8859-1"),
        ("cp1256", "", None),
        ("cp1256", declared("utf-8"), "utf-8"),
        ("cp1256", declared("iso-8859-1"), None),
        ("cp1256", "", "punycode"),
        ("cp1256", "", "no-such-table"),
        ("iso8859-6", declared("ISO-8859-6"), None),
        ("iso8859-6", "", None),
    ],
)
def test_arabic_is_read_whatever_it_was_called(encoding, declaration, charset):
    body = (declaration + TITLE).encode(encoding)
    assert text_of(body, charset).endswith(TITLE)


def test_a_declaration_does_not_stay():
    assert text_of((declared("utf-8") + TITLE).encode()) == TITLE


def test_bad_bytes_are_shown_and_not_read_as_other_letters():
    body = TITLE.encode().replace("القوات".encode(), b"\xd8\xff")
    assert text_of(body, "utf-8") == TITLE.replace("القوات", "\ufffd\ufffd")


def test_western_text_is_read_as_declared():
    assert text_of("<t>café</t>".encode("latin-1"), "iso-8859-1") == "<t>café</t>"


@pytest.mark.parametrize("body", [b"", codecs.BOM_UTF8, b"\xff\xfe", b"\xff\xfe<", b"<\x00\xff", b"\x80"])
def test_scraps_are_read_without_an_error(body):
    text_of(body).encode("utf-8")


def test_what_no_file_can_hold_is_taken_out():
    assert clean("أ\x00ب\ud800ج\x0bد\n\t\ufffe") == "أبجد\n\t"
