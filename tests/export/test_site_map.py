"""The drawn map: places where they lie, rough ones too, with land where the program has it and without where it has not."""

import pytest

from marsad.export import site_map
from marsad.export.site_map import HEIGHT, WIDTH, drawing_of
from marsad.export.site_shelf import Spot


def spot(place, lat, lon, count=1):
    return Spot(place, lat, lon, rough=False, count=count, counts=(("single", count),))


@pytest.fixture(params=["land", "no land"])
def ground(request, monkeypatch):
    """The outlines: a square from 30 to 50 east, 20 to 40 north with one settled and one contested line, or none."""
    square = [[30, 20], [50, 20], [50, 40], [30, 40], [30, 20]]
    lines = (
        ("land", square),
        ("settled", [[lon, 35] for lon in range(30, 51)]),
        ("disputed", [[38, lat] for lat in range(20, 41)]),
    )
    monkeypatch.setattr(site_map, "_outlines", lambda: lines if request.param == "land" else ())
    return request.param


def test_north_is_up_east_is_right_and_the_fullest_is_largest(ground):
    drawing = drawing_of([spot("a", 36.0, 36.0, 9), spot("b", 34.0, 40.0, 4), spot("c", 33.0, 37.0, 1)])
    by = {one.spot.place: one for one in drawing.circles}
    assert by["a"].y < by["b"].y < by["c"].y
    assert by["a"].x < by["c"].x < by["b"].x
    assert by["a"].radius > by["b"].radius > by["c"].radius
    assert all(0 <= one.x <= WIDTH and 0 <= one.y <= HEIGHT for one in drawing.circles)
    assert bool(drawing.land) == bool(drawing.settled) == bool(drawing.disputed) == (ground == "land")
    assert drawing.degrees.startswith("M")


def test_what_lies_far_off_is_counted_and_not_drawn(ground):
    drawing = drawing_of([spot("a", 36.0, 36.0, 500), spot("b", 35.0, 37.0, 500), spot("far", -40.0, 170.0)])
    assert [one.spot.place for one in drawing.circles] == ["a", "b"]
    assert drawing.left == 1


def test_a_border_that_only_touches_the_sheet_draws_no_line_without_length(monkeypatch):
    # Steps too short to be drawn follow the first point, and the line goes on outside.
    touch = [[36.0, 36.0], [36.0001, 36.0001], [90.0, 60.0], [95.0, 60.0]]
    monkeypatch.setattr(site_map, "_outlines", lambda: (("settled", touch), ("disputed", touch[::-1])))
    monkeypatch.setattr(site_map, "_STEP", 10_000)
    drawing = drawing_of([spot("a", 36.0, 36.0, 9), spot("b", 34.0, 40.0, 4)])
    for path in (drawing.settled, drawing.disputed):
        assert "lM" not in path
        assert not path.endswith("l")


@pytest.mark.parametrize("spots", [[], [spot("a", 36.0, 36.0)], [spot("pole", 90.0, 0.0)]])
def test_few_places_make_a_map_too(spots, ground):
    drawing = drawing_of(spots)
    assert len(drawing.circles) + drawing.left == len(spots)
    assert "nan" not in drawing.land + drawing.degrees


def test_names_do_not_stand_on_each_other(ground):
    near = [spot(f"n{number}", 36.0 + number / 1000, 36.0, 50 - number) for number in range(20)]
    drawing = drawing_of([*near, spot("other", 34.0, 40.0, 40)])
    assert [one.spot.place for one in drawing.circles if one.named] == ["n0", "other"]
