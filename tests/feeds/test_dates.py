"""Dates are kept with the offset of the feed; what is not surely one is none."""

import pytest

from marsad.feeds.dates import published_of


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Fri, 06 Dec 2024 09:30:00 +0300", "2024-12-06T09:30:00+03:00"),
        ("Fri, 06 Dec 2024 09:30:00 +03:00", "2024-12-06T09:30:00+03:00"),
        ("6 Dec 2024 09:30 GMT", "2024-12-06T09:30:00+00:00"),
        ("Friday, 06-Dec-2024 09:30:00 GMT", "2024-12-06T09:30:00+00:00"),
        ("Fri, 06 Dec 2024 09:30:00 -0000", "2024-12-06T09:30:00+00:00"),
        ("Fri, 06 Dec 2024 09:30:00 EST", "2024-12-06T09:30:00-05:00"),
        ("  Fri, 06 Dec\n 2024 00:30:00 +0300 ", "2024-12-06T00:30:00+03:00"),
        ("2024-12-06T09:30:00+03:00", "2024-12-06T09:30:00+03:00"),
        ("2024-12-06T09:30:00.5+0300", "2024-12-06T09:30:00.500000+03:00"),
        ("2024-12-06 09:30:00 +0300", "2024-12-06T09:30:00+03:00"),
        ("2024-12-06 09:30 UTC", "2024-12-06T09:30:00+00:00"),
        ("2024-12-06t09:30:00z", "2024-12-06T09:30:00+00:00"),
    ],
)
def test_a_time_keeps_its_offset(text, published):
    assert published_of(text) == published


@pytest.mark.parametrize(
    "text",
    ["2024-12-06", "2024-12-06T09:30", "2024-12-06 09:30:00", "06 Dec 2024", "Fri, 06 Dec 2024 23:30:00",
     "Fri, 06 Dec 2024 23:30:00 EET"],
)  # fmt: skip
def test_without_an_offset_only_the_day_is_known(text):
    assert published_of(text) == "2024-12-06"


@pytest.mark.parametrize(
    "text",
    ["", None, "yesterday", "06/12/2024", "12/06/2024 09:30", "99 Dec 2024 09:30:00 GMT", "06 Foo 2024 09:30:00 GMT", "2024-13-01",
     "2024-02-30T09:30:00Z", "2024-12-06T25:30:00Z", "2024-12-06T09:30:00+99:00", "Fri, 06 Dec 2024 09:30:00 +9900", "06 Dec 24 09:30:00 GMT",
     "Tue, 01 Jan 0099 00:00:00 GMT", "0000-01-01", "9999-12-31", "٢٠٢٤-١٢-٠٦", "1733476200", "2024", "2024-12-06T09:30:00Z and more"],
)  # fmt: skip
def test_what_is_not_surely_a_date_is_none(text):
    assert published_of(text) is None
