"""Days of calendars as plain days."""

from datetime import date

from marsad.grounding.calendar_days import dated


def test_days_of_the_hijri_calendar_are_plain_dates():
    """What packs them for another process knows `date` and no other class."""
    day = dated("hijri", 1445, 9, 1)
    month = dated("hijri", 1445, 9, None)
    year = dated("hijri", 1445, None, None)
    assert (day.start, month.start, month.end, year.start) == (date(2024, 3, 11), date(2024, 3, 11), date(2024, 4, 9), date(2023, 7, 19))  # fmt: skip
    assert {type(edge) for one in (day, month, year) for edge in (one.start, one.end)} == {date}
