"""Bars of the timeline: every month of the stretch that has nearly all, stacked by status."""

import pytest

from marsad.export.site_bars import HEIGHT, by_month, by_year

MANY = {"single": 150, "denied": 50}


def test_months_in_between_have_empty_bars_and_parts_stand_on_each_other():
    chart = by_month({"2024-11": MANY, "2025-01": {"single": 100}, "": {"single": 7}})
    assert [(bar.key, bar.count) for bar in chart.bars] == [
        ("2024-11", 200),
        ("2024-12", 0),
        ("2025-01", 100),
    ]
    assert chart.bars[0].parts == [("single", 150, 165.0, 55.0), ("denied", 50, 55.0, 0.0)]
    assert chart.bars[2].parts == [("single", 100, HEIGHT / 2, HEIGHT / 2)]
    assert (chart.most, chart.outside, [text for _, text in chart.ticks]) == (200, 0, ["2024", "2025"])


def test_a_few_long_before_are_counted_and_not_drawn():
    chart = by_month({"1915-01": {"single": 1}, "2024-11": MANY})
    assert ([bar.key for bar in chart.bars], chart.outside) == (["2024-11"], 1)


def test_at_most_twelve_years_of_months_are_drawn():
    chart = by_month({f"{year}-06": MANY for year in range(2000, 2025)})
    assert len(chart.bars) == 144
    assert chart.bars[-1].key == "2024-06"
    assert chart.outside == 12 * 200 + 200


@pytest.mark.parametrize(
    ("months", "bars"),
    [
        ({}, None),
        ({"": MANY}, None),
        ({"2024-01": MANY}, None),
        ({"2024-01": MANY, "2024-02": MANY}, None),
        ({"2022-01": MANY, "2022-05": MANY, "2024-02": MANY}, [("2022", 400), ("2023", 0), ("2024", 200)]),
    ],
)
def test_years(months, bars):
    chart = by_year(months)
    assert (chart and [(bar.key, bar.count) for bar in chart.bars]) == bars


def test_without_days_there_is_no_chart():
    assert by_month({}) is None
    assert by_month({"": MANY}) is None
