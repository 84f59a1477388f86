"""Our own tables of places say nothing that cannot be: doubles, unknown parents, points outside of what they lie in."""

import re
from collections import defaultdict
from itertools import combinations

import pytest

from marsad.grounding.gazetteer import Gazetteer, kilometres
from marsad.grounding.place_keys import place_key
from marsad.grounding.tables import (
    KINDS,
    OVERLAY_COLUMNS,
    OverlayRow,
    TableError,
    countries,
    governorates,
    overlay,
    overlay_files,
    read_table,
)

ROWS = list(overlay())
UNITS = {unit.code: unit for unit in governorates()}
LANDS = {land.code for land in countries()} | {"XX"}
KM_A_DEGREE = 111.0


def test_the_overlay_has_what_news_names():
    assert len(ROWS) >= 600
    assert {row.admin[:2] for row in ROWS} >= {"SY", "LB", "PS", "IL", "YE", "SD", "LY", "IQ", "UA"}
    kinds = {row.kind for row in ROWS}
    assert kinds >= {
        "quarter",
        "camp",
        "airport",
        "base",
        "dam",
        "bridge",
        "crossing",
        "prison",
        "front",
        "region",
    }


@pytest.mark.parametrize("path", overlay_files(), ids=lambda path: path.stem)
def test_every_row_of_the_overlay_is_whole(path):
    for where, row in read_table(path, OVERLAY_COLUMNS):
        assert re.fullmatch(r"marsad:[a-z0-9-]+", row["id"]), where
        assert row["kind"] in KINDS, where
        assert row["precision"] in ("exact", "town", "district", "governorate", "country"), where
        assert row["admin"] in UNITS or row["admin"] in LANDS, f"{where}: {row['admin']}"
        assert -90 <= float(row["lat"]) <= 90, where
        assert -180 <= float(row["lon"]) <= 180, where
        assert 0 < float(row["radius_km"]) <= 6000, where
        assert row["from"].startswith(("memory", "airportsdata", "geonames")), f"{where}: {row['from']}"


def test_no_place_is_given_twice():
    assert len({row.id for row in ROWS}) == len(ROWS)
    named: dict[tuple[str, str, str], list[OverlayRow]] = defaultdict(list)
    for row in ROWS:
        for key in {place_key(name) for name in row.names}:
            named[key, row.admin, row.kind].append(row)
    for rows in named.values():
        for a, b in combinations(rows, 2):
            assert kilometres((a.lat, a.lon), (b.lat, b.lon)) > 1.0, f"{a.where} and {b.where}: {a.names[0]}"


def test_every_place_lies_in_its_governorate():
    """The boxes are from memory or from GeoNames' extents, the positions from elsewhere: each checks the other."""
    for row in ROWS:
        if row.admin not in UNITS:
            continue
        south, west, north, east = UNITS[row.admin].box
        doubt = 0.1 + row.radius / KM_A_DEGREE
        inside = south - doubt <= row.lat <= north + doubt and west - doubt <= row.lon <= east + doubt
        assert inside, f"{row.where}: {row.names[0]} at {row.lat}, {row.lon} is outside of {row.admin}"


def test_every_place_is_near_the_town_that_it_lies_in():
    gazetteer = Gazetteer()
    for row in ROWS:
        place = gazetteer.place(row.id)
        assert place is not None, row.where
        parent = gazetteer.place(place.parent) if place.parent else None
        if parent is None or row.kind not in (
            "quarter",
            "street",
            "square",
            "bridge",
            "hospital",
            "mosque",
            "market",
        ):
            continue
        if parent.kind in ("city", "town", "village", "camp"):
            away = kilometres((place.lat, place.lon), (parent.lat, parent.lon))
            assert away <= 25.0 + row.radius, (
                f"{row.where}: {row.names[0]} is {away:.0f} km from {parent.name}"
            )


def test_countries_and_governorates_are_whole():
    assert len({land.code for land in countries()}) == len(countries()) >= 240
    assert len({land.slug for land in countries()}) == len(countries())
    assert len(UNITS) == len(governorates())
    for unit in governorates():
        south, west, north, east = unit.box
        assert south < north, unit.code
        assert unit.code[:2] in LANDS, unit.code
        if west < east:  # not over the line of 180 degrees
            assert south - 0.2 <= unit.lat <= north + 0.2 and west - 0.2 <= unit.lon <= east + 0.2, unit.code


def test_a_table_with_a_wrong_line_is_refused_by_name(tmp_path):
    table = tmp_path / "places.tsv"
    table.write_text("code\tname\nSY\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"places\.tsv:2: 1 columns, not 2"):
        list(read_table(table, ("code", "name")))
    table.write_text("code\nSY\n", encoding="utf-8")
    with pytest.raises(TableError, match="first line"):
        list(read_table(table, ("code", "name")))
