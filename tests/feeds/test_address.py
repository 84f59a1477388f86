"""Addresses are written in one way, and what two programs could read differently is refused."""

import pytest

from marsad.errors import SetAside
from marsad.feeds.address import address_of, joined


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("http://Feeds.Example", "http://feeds.example/"),
        ("HTTPS://feeds.example:443/a?b=1#c", "https://feeds.example/a?b=1"),
        ("http://feeds.example:8080/", "http://feeds.example:8080/"),
        ("http://feeds.example/خبر?ق=1", "http://feeds.example/%D8%AE%D8%A8%D8%B1?%D9%82=1"),
        ("http://feeds.example/%D8%AE/100%", "http://feeds.example/%D8%AE/100%"),
        ("http://موقع.example/", "http://xn--4gbrim.example/"),
        ("http://[2606:4700::1111]:81/x", "http://[2606:4700::1111]:81/x"),
        ("  http://feeds.example./x ", "http://feeds.example./x"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_is_written_in_one_way(text, written):
    assert address_of(text).text == written


@pytest.mark.parametrize(
    "text",
    ["", "feeds.example", "ftp://feeds.example/", "file:///etc/hosts", "javascript:x", "http://", "http:///x", "http://user@feeds.example/",
     "http://user:word@feeds.example/", "http://feeds.example\\@127.0.0.1/", "http://127.0.0.1\\.feeds.example/",
     "http://feeds.example:99999/", "http://feeds.example:0/", "http://feeds.example:x/", "http://[::1", "http://[fe80::1%25eth0]/",
     "http://a..b/", "http://a b/", "http://" + "a" * 300 + ".ق/", "http://feeds.example/" + "x" * 9000, "http://[v1.x]/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_set_aside(text):
    with pytest.raises(SetAside, match="cannot be fetched") as refused:
        address_of(text)
    assert refused.value.reason == "bad_address"


@pytest.mark.parametrize(
    ("reference", "whole"),
    [
        ("/b", "http://feeds.example/b"),
        ("c?d", "http://feeds.example/a/c?d"),
        ("//other.example/x", "http://other.example/x"),
        ("mailto:desk@feeds.example", None),
        ("http://[::1", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_reference_counts_from_where_it_stands(reference, whole):
    assert joined("http://feeds.example/a/b", reference) == whole
