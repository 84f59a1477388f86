"""Ids, addresses and texts that every reader takes."""

import pytest

from export import records
from marsad.export.identifiers import Seen, digest_of, iri, local, one_line, web_address, xml_text


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ('https://example.org/"<>\n\x00', "https://example.org/%22%3C%3E%0A%00"),
        ("https://example.org/[1]\ud800", "https://example.org/%5B1%5D?"),
        ("https:///", None),
        ("javascript:alert(1)//http://example.org", None),
        ("-1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_addresses(url, address):
    assert web_address(url) == address


@pytest.mark.parametrize(
    ("text", "most", "line"),
    [
        ("a  b\tc\n", 0, "a b c"),
        ("\x00\ud800", 0, "\ufffd"),
        ("غارة على إدلب", 0, "غارة على إدلب"),
        ("abcdef", 4, "abc…"),
        ("  ", 0, ""),
        ("\u202eb\u202c", 0, "\u202eb\u202c"),
    ],
)
def test_a_text_in_one_line(text, most, line):
    assert one_line(text, most) == line


def test_what_xml_forbids_is_dropped():
    assert xml_text('\x00\x0b\ufffe\ud800<a href="x">&\r\n👩') == "&lt;a href=&quot;x&quot;&gt;&amp;&#13;\n👩"


def test_odd_ids_have_identifiers_of_plain_characters():
    odd = "a b/ج\x00\ud800"
    assert iri(records.making(), "article", odd) == f"urn:marsad:s1:article:{local(odd)}"
    assert local(odd) == "a%20b%2F%D8%AC%00%3F"
    assert len(digest_of(odd)) == 40


def test_an_id_comes_for_the_first_time_once():
    seen = Seen()
    assert [seen.first(one) for one in ("i1", "i2", "i1", "\ud800", "\ud800")] == [
        True,
        True,
        False,
        True,
        False,
    ]
