"""What counts as a date of publication."""

import pytest

from marsad.articles import check_published


@pytest.mark.parametrize(
    "value",
    [
        "2024-12-06",
        "2024-12-06T09:30:00+03:00",
        "2024-12-06T09:30Z",
        "2024-12-06T09:30:00.123Z",
        "2024-12-06 09:30:00",
        "1999-01-01",
    ],
)
def test_days_and_times_are_kept_as_given(value):
    assert check_published(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "06/12/2024", "2024-12", "20241206", "2024-W49-5", "2024-13-01", "2024-02-30", "2024-12-06T", "2024-12-06T25:00",
     "٢٠٢٤-١٢-٠٦", "0001-01-01", "9999-12-31", " 2024-12-06", "2024-12-06x"],
)  # fmt: skip
def test_anything_else_is_refused_with_the_value(value):
    with pytest.raises(ValueError, match="is not"):
        check_published(value)
