"""What headers say is read without trusting them."""

from datetime import UTC, datetime

import pytest

from marsad.feeds.headers import charset_of, media_type_of, readable_location, seconds_to_wait, validator

NOW = datetime(2024, 12, 6, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Fri, 06 Dec 2024 09:02:00 GMT", 120),
        ("Fri, 06 Dec 2024 09:02:00", 120),
        ("Fri, 06 Dec 2024 08:00:00 GMT", 0),
        ("999999999999", 315_360_000),
        ("9" * 40, None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("١٢٠", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert seconds_to_wait(value, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "media_type", "charset"),
    [
        ("text/HTML; charset=UTF-8", "text/html", "utf-8"),
        ('application/rss+xml;charset="windows-1256"', "application/rss+xml", "windows-1256"),
        ("application/xml", "application/xml", None),
        ("nonsense", "", None),
        ("", "", None),
    ],
)
def test_content_type(value, media_type, charset):
    assert (media_type_of(value), charset_of(value)) == (media_type, charset)


@pytest.mark.parametrize(
    ("value", "kept"),
    [('"abc"', '"abc"'), ('W/"x"', 'W/"x"'), (None, ""), ("a\nb", ""), ("x" * 2000, ""), ("ق", "")],
)
def test_a_validator_is_sent_back_only_where_it_can_be(value, kept):
    assert validator(value) == kept


@pytest.mark.parametrize(
    ("value", "read"),
    [("/خبر".encode().decode("latin-1"), "/خبر"), ("/caf\xe9", "/caf\xe9"), ("/a", "/a"), ("/ق", "/ق")],
)
def test_a_location_in_bare_utf8_is_read_as_it_was_meant(value, read):
    assert readable_location(value) == read
