"""Their names of countries, governorates, places and actors, as ours; what leads nowhere is not known."""

from dataclasses import replace
from datetime import date

import pytest

from marsad.references import ReferenceEvent
from marsad.run.comparing_names import _KNOWN, TheirNames, latin_key
from marsad.run.names import Names

EVENT = ReferenceEvent(
    id="INV1", origin="acled", line=2, first_day=date(2016, 3, 14), last_day=date(2016, 3, 14), precision="day", lat=35.0, lon=36.0, reach=5.0,
    place="Saraqib", admin="Idlib", country="Syria", group="Battles",
)  # fmt: skip


@pytest.fixture(scope="module")
def meaning():
    names = Names()
    yield TheirNames(names)
    names.close()


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Hayʼat Taḥrīr al-Shām", "Hayat Tahrir Al Sham"),
        ("The  Levant—Front", "levant front"),
        ("Deir ez-Zor", "Deir-Ez Zor"),
        ("حركة حماس", "حركة  حماس"),
    ],
)
def test_a_key_knows_no_marks_case_or_article(written, same):
    assert latin_key(written) == latin_key(same)


@pytest.mark.parametrize(
    ("country", "origin", "codes"),
    [
        ("Syria", "acled", ("SY",)),
        ("Palestine", "acled", ("PS",)),
        ("Israel", "acled", ("IL",)),
        ("Israel", "ucdp", ("IL", "PS")),
        ("Russia (Soviet Union)", "ucdp", ("RU",)),
        ("Yemen (North Yemen)", "ucdp", ("YE",)),
        ("DR Congo (Zaire)", "ucdp", ("CD",)),
        ("Turkiye", "acled", ("TR",)),
        ("Atlantis", "acled", ()),
        ("", "acled", ()),
    ],
)
def test_countries(meaning, country, origin, codes):
    assert meaning.lands(replace(EVENT, country=country, origin=origin)) == codes


@pytest.mark.parametrize(
    ("admin", "code"),
    [("Idlib", "SY-ID"), ("Hama governorate", "SY-HM"), ("حماة", "SY-HM"), ("محافظة حماة", "SY-HM"), ("Deir ez Zor", "SY-DY"), ("Idleb", "SY-ID"), ("As Sweida", "SY-SU"),
     ("Lattakia", "SY-LA"), ("Al Hasakeh", "SY-HA"), ("Rural Damascus", "SY-RD"), ("Nowhere", ""), ("", "")],
)  # fmt: skip
def test_governorates_in_both_scripts(meaning, admin, code):
    assert meaning.admin(replace(EVENT, admin=admin)) == code


@pytest.mark.parametrize("place", ["Saraqib", "سراقب", "Saraqib (near)"])
def test_places_in_both_scripts(meaning, place):
    assert "geonames:164816" in meaning.places(replace(EVENT, place=place))
    assert meaning.places(replace(EVENT, place=place, country="Yemen")) == frozenset()


@pytest.mark.parametrize(
    ("name", "day", "ids"),
    [
        ("Government of Syria", "2016-03-14", {"sy-state"}),
        ("Military Forces of Russia (2000-)", "2016-03-14", {"russia-army"}),
        ("Military Forces of Turkey (2016-)", "2016-09-14", {"turkey-army"}),
        ("Government of Russia (Soviet Union)", "2016-03-14", {"russia-state"}),
        (
            "Police Forces of Turkey (2016-)",
            "2016-09-14",
            {"turkey-police", "turkey-security-forces", "tr-gendarmerie"},
        ),
        ("HTS: Hayat Tahrir al Sham", "2018-03-14", {"hayat-tahrir-al-sham"}),
        ("QSD: Syrian Democratic Forces", "2016-03-14", {"sdf"}),
        ("Islamic State (Syria)", "2016-03-14", {"islamic-state"}),
        ("IS", "2016-03-14", {"islamic-state"}),
        ("Syrian insurgents", "2016-03-14", {"sy-opposition-factions"}),
        ("Hezbollah", "2016-03-14", {"hezbollah"}),
        ("حزب الله", "2016-03-14", {"hezbollah"}),
        ("Houthis", "2016-03-14", {"houthis"}),
        ("Military Forces of Yemen (2016-) Supreme Political Council", "2017-01-01", {"ye-sanaa-forces"}),
        ("Military Forces of Atlantis (2000-)", "2016-03-14", set()),
        ("Civilians (Syria)", "2016-03-14", set()),
        ("Unidentified Armed Group (Syria)", "2016-03-14", set()),
        ("An Invented Front", "2016-03-14", set()),
    ],
)
def test_actors(meaning, name, day, ids):
    assert meaning.actors(replace(EVENT, actors=(name,), first_day=date.fromisoformat(day))) == ids


def test_the_army_of_a_country_is_the_one_that_there_was_on_that_day(meaning):
    before = meaning.actors(replace(EVENT, actors=("Military Forces of Syria (2000-2024)",)))
    after = meaning.actors(
        replace(EVENT, actors=("Military Forces of Syria (2024-)",), first_day=date(2025, 6, 1))
    )
    assert "sy-army" in before - after
    assert "sy-new-army" in after - before


def test_the_names_that_we_add_mean_actors_of_the_register(meaning):
    missing = [identity for identity in _KNOWN.values() if meaning.names.actor(identity) is None]
    assert missing == []


def test_an_actor_and_what_it_is_part_of(meaning):
    assert {"sy-army", "sy-state"} <= meaning.chain("sy-army")
    assert meaning.chain("no-such-actor") == {"no-such-actor"}
    assert meaning.side("no-such-actor", EVENT.first_day.toordinal()) == ""
    assert meaning.side("sy-army", EVENT.first_day.toordinal()) == "sy-assad"
