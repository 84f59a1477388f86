"""Lanes as shapes: where pieces lie, what is written in them, which colours they have."""

from datetime import date
from itertools import islice

import pytest

from marsad.store.reads import Bar, Histogram
from marsad.store.reads.control import ControlPlace, SpellRow
from marsad.web.views.bars import bars, sparkline
from marsad.web.views.holders import HUES, TEXTURES, hue_of, letters, shades
from marsad.web.views.lanes import Sight, Window, chart, window_of
from marsad.web.views.ticks import ticks

YEAR = Window(first=date(2024, 1, 1), last=date(2024, 12, 31))
PLACE = ControlPlace(key="p", name="P", id="p", country="SY", spells=3, incidents=2)


def spell(number, first, last, state, *who):
    named = [{"id": one, "label": one.upper()} if one else None for one in (*who, None, None)[:2]]
    row = SpellRow(
        id=f"s{number}", key="p", number=number, place_id="p", place="P", country="SY", lat=None, lon=None,
        first_day=first, last_day=last, state=state, holder=None, claimant=None,
    )  # fmt: skip
    whole = {
        "holder": named[0],
        "claimant": named[1],
        "incidents": [f"i{number}"],
        "place": {"precision": "town"},
    }
    return row, whole


def drawn(*spells, told=None, window=YEAR):
    sight = Sight(window=window, told=told or {}, label=lambda identity, label: label, chosen="s1")
    return chart([PLACE], {"p": list(spells)}, sight)


def test_pieces_follow_each_other():
    found = drawn(
        spell(0, "2024-01-01", "2024-07-01", "held", "a-long-name"),
        spell(1, "2024-07-01", "2024-07-02", "contested", "a-long-name", "b"),
        spell(2, "2024-07-02", None, "unknown"),
    )
    [lane] = found.lanes
    first, second, third = lane.pieces
    assert (first.x, round(first.width, 1)) == (0, 49.7)
    assert first.text == "A-LONG-NAME"
    assert second.width < 1, "a day is drawn as wide as can be seen"
    assert second.text == ""
    assert second.chosen and not first.chosen
    assert third.x + third.width == pytest.approx(100)
    assert (third.fill, third.text) == ("", "?")
    assert (first.fill, second.fill) == (found.legend[0].pattern, "mix-A-B")
    assert found.mixed == (("mix-A-B", found.legend[0], found.legend[1]),)
    assert lane.precision == "town"


def test_what_lies_outside_is_counted():
    [lane] = drawn(
        spell(0, "2020-01-01", "2024-01-01", "held", "a"),
        spell(1, "2024-12-31", None, "held", "b"),
        spell(2, "2025-01-01", None, "held", "c"),
    ).lanes
    assert (lane.earlier, len(lane.pieces), lane.later) == (1, 1, 1)
    assert lane.pieces[0].x + lane.pieces[0].width <= 100


@pytest.mark.parametrize(
    ("told", "stale"), [({}, None), ({"i0": "2024-01-01"}, 24.6), ({"i0": "2024-11-11"}, None), ({"i9": "2020-01-01"}, None)]
)  # fmt: skip
def test_long_silence_is_pale(told, stale):
    [lane] = drawn(spell(0, "2024-01-01", None, "held", "a"), told=told).lanes
    found = lane.pieces[0].stale
    assert (found and round(found, 1)) == stale
    assert lane.pieces[0].text_pale is False or stale is not None


def test_colours_are_by_id_and_nothing_else():
    for key in ("sy-army", "houthis", "قوات"):
        assert 0 <= hue_of(key) < HUES
        assert shades([key], {})[key].hue == shades(["x", "y", key], {})[key].hue == hue_of(key)
    many = shades([f"k{number}" for number in range(60)], {})
    assert len({one.letter for one in many.values()}) == 60
    assert {one.texture for one in many.values()} == set(range(TEXTURES))
    twice = shades(["a", "b", "b"], {"a": "Ä"})
    assert [(one.key, one.letter, one.label, one.spells) for one in twice.values()] == [
        ("b", "A", "b", 2),
        ("a", "B", "Ä", 1),
    ]
    assert list(islice(letters(), 24, 29)) == ["Y", "Z", "AA", "AB", "AC"]


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ("2015-01-01", "2025-12-31", ["2016", "2018", "2020", "2022", "2024"]),
        ("2024-01-01", "2024-12-31", ["2024-03", "2024-05", "2024-07", "2024-09", "2024-11"]),
        ("2024-12-01", "2024-12-04", ["2024-12-01", "2024-12-02", "2024-12-03", "2024-12-04"]),
        ("1000-01-01", "2024-01-01", ["1200", "1400", "1600", "1800"]),
    ],
)
def test_marks_on_the_axis(first, last, texts):
    found = ticks(date.fromisoformat(first), date.fromisoformat(last))
    assert [tick.text for tick in found] == texts
    assert all(0 <= tick.x <= 95 for tick in found)
    assert [tick.x for tick in found] == sorted(tick.x for tick in found)


def test_the_window():
    days = ["1918-01-01", *["2024-01-05"] * 60, "2024-03-01"]
    assert window_of(days, "2024-06-01", None, None) == Window(first=date(2024, 1, 5), last=date(2024, 6, 1))
    assert window_of(days, "2024-06-01", "1900-01-01", "1950-01-01") == Window(
        first=date(1900, 1, 1), last=date(1950, 1, 1)
    )
    assert window_of([], None, None, None).last > window_of([], None, None, None).first


def test_bars():
    found = bars(
        Histogram(
            "day",
            (
                Bar("2024-01-01", "2024-01-01", {"single": 3, "disputed": 1}),
                Bar("2024-01-02", "2024-01-02", {}),
            ),
            {"none": 2},
        )
    )
    assert (found.most, found.undated, [bar.total for bar in found.bars]) == (4, 2, [4, 0])
    assert [(part.status, part.y, part.height) for part in found.bars[0].parts] == [
        ("single", 25, 75),
        ("disputed", 0, 25),
    ]
    assert bars(Histogram("day", (), {})).most == 0


@pytest.mark.parametrize(
    ("counts", "points"), [([], ""), ([5], ""), ([0, 0], ""), ([0, 2], "0.0,21.0 120.0,1.0")]
)
def test_sparklines(counts, points):
    assert sparkline(counts) == points
