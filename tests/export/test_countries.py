"""Countries as others' tables call them."""

import sqlite3

import pytest

from marsad.export.acled import COLUMNS
from marsad.export.countries import countries, country_of
from marsad.grounding.gazetteer import BUILT

REGIONS = {
    "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa", "South Asia", "Southeast Asia", "Middle East", "Europe",
    "Caucasus and Central Asia", "Central America", "South America", "Caribbean", "East Asia", "North America", "Oceania", "Antarctica", None,
}  # fmt: skip


def test_every_country_of_the_gazetteer_is_there_by_its_name():
    with sqlite3.connect(BUILT) as file:
        known = dict(file.execute("select id, name from places where kind = 'country'"))
        used = {code for (code,) in file.execute("select distinct country from places where country <> ''")}
    file.close()
    assert {code: one.name for code, one in countries().items()} == known
    assert used <= known.keys()


def test_codes_are_codes_and_no_two_countries_share_one():
    found = list(countries().values())
    assert all(len(one.iso3) == 3 and one.iso3.isupper() for one in found)
    for name in ("iso3", "numeric", "gw"):
        told = [getattr(one, name) for one in found if getattr(one, name) is not None]
        assert len(told) == len(set(told)), name
    assert {one.acled_region for one in found} == REGIONS


@pytest.mark.parametrize(
    ("code", "iso3", "numeric", "acled", "ucdp", "gw"),
    [
        ("SY", "SYR", 760, "Middle East", "Middle East", 652),
        ("YE", "YEM", 887, "Middle East", "Middle East", 678),
        ("SD", "SDN", 729, "Northern Africa", "Africa", 625),
        ("EG", "EGY", 818, "Northern Africa", "Middle East", 651),
        ("AF", "AFG", 4, "Caucasus and Central Asia", "Asia", 700),
        ("UA", "UKR", 804, "Europe", "Europe", 369),
        ("PS", "PSE", 275, "Middle East", "Middle East", None),
        ("XK", "XKX", None, "Europe", "Europe", 347),
        ("NO", "NOR", 578, "Europe", "Europe", 385),
    ],
)
def test_a_country(code, iso3, numeric, acled, ucdp, gw):
    one = country_of(code)
    assert (one.iso3, one.numeric, one.acled_region, one.ucdp_region, one.gw) == (
        iso3,
        numeric,
        acled,
        ucdp,
        gw,
    )


def test_ucdps_region_follows_the_number():
    bands = ((200, "Americas"), (400, "Europe"), (630, "Africa"), (700, "Middle East"), (1000, "Asia"))
    for one in countries().values():
        if one.gw is not None:
            assert one.ucdp_region == next(region for end, region in bands if one.gw < end), one.name


@pytest.mark.parametrize("code", [None, "", "XX"])
def test_what_is_no_country(code):
    assert country_of(code) is None


def test_no_column_says_that_it_is_their_data():
    assert not [column.name for column in COLUMNS if "acled" in column.name]
