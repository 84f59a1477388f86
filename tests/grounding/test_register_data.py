"""The register says nothing that cannot be: doubles, unknown parents, dates that overlap, private persons; and is even-handed in what it calls whom."""

import re
from datetime import date
from itertools import combinations

import pytest

from marsad.grounding.register import Register
from marsad.grounding.register_build import (
    KINDS,
    OUTLETS,
    RegisterError,
    check_references,
    check_row,
    names_borne,
    read_actors,
    read_outlets,
)

SIDES, ACTORS = read_actors()
BY_HAND = {key: row for key, row in ACTORS.items() if not row.get("made")}
LOADED = re.compile(
    r"\b(terrorist|terror|regime|occupation|gangs?|martyrs?|liberation|liberated|rebels?|zionist|so-called)\b",
    re.IGNORECASE,
)
"""Words that our own labels do not use of anybody, but where they are part of a body's official name."""
OFFICIAL = (
    "Martyr",
    "Liberation",
    "Religious Zionist",
    "Counter-Terror",
    "Counter Terror",
    "Combating Terror",
)


def test_the_register_is_large_enough_to_be_of_use():
    assert len(BY_HAND) >= 700
    assert len(read_outlets(OUTLETS)) >= 150
    assert {row["kind"] for row in ACTORS.values()} <= KINDS


def test_parents_sides_offices_and_owners_are_there():
    check_references(ACTORS, SIDES, read_outlets(OUTLETS))


def test_nobody_is_their_own_ancestor():
    for key in ACTORS:
        seen, current = set(), key
        while current:
            assert current not in seen, key
            seen.add(current)
            current = ACTORS[current].get("parent", "")


def spells(row):
    return (row.get("from") or "0001-01-01", row.get("to") or "9999-12-31")


def test_sides_of_an_actor_follow_each_other():
    for key, row in ACTORS.items():
        for a, b in combinations(row.get("sides") or (), 2):
            (start, end), (other, last) = spells(a), spells(b)
            assert end <= other or last <= start, f"{key}: on two sides at once, {a} and {b}"


def test_a_name_means_one_actor_of_a_country_at_a_time():
    """Where two share a name, their days or countries tell them apart."""
    clashes = []
    for name, keys in names_borne(ACTORS).items():
        for a, b in combinations(keys, 2):
            (start, end), (other, last) = spells(ACTORS[a]), spells(ACTORS[b])
            apart = end <= other or last <= start or ACTORS[a].get("country") != ACTORS[b].get("country")
            if not apart:
                clashes.append((name, a, b))
    assert clashes == []


def test_persons_are_in_by_their_public_office_only():
    for key, row in ACTORS.items():
        if row["kind"] == "person":
            assert row.get("offices"), f"{key} has no public office"


def test_labels_are_neutral():
    for key, row in [*ACTORS.items(), *SIDES.items()]:
        label = row["en"]
        for name in OFFICIAL:
            label = label.replace(name, "")
        assert not LOADED.search(label), f"{key}: {row['en']}"


def test_outlets_are_known_by_their_domains_once():
    domains = [domain for row in read_outlets(OUTLETS).values() for domain in row.get("domains") or ()]
    assert len(domains) == len(set(domains))
    assert all("/" not in domain and not domain.startswith("www.") for domain in domains)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "x", "en": "X", "ar": "س"}, "kind are needed"),
        ({"id": "x", "en": "X", "ar": "س", "kind": "gang"}, "kind is one of"),
        ({"id": "x", "en": "X", "ar": "س", "kind": "army", "colour": 1}, "unknown keys colour"),
        (
            {"id": "x", "en": "X", "ar": "س", "kind": "army", "from": "2020-01-02", "to": "2020-01-01"},
            "before",
        ),
        (
            {
                "id": "x",
                "en": "X",
                "ar": "س",
                "kind": "army",
                "sides": [{"side": "a", "from": date(2020, 1, 2), "to": date(2020, 1, 1)}],
            },
            "before",
        ),
    ],
)
def test_a_wrong_entry_is_refused_by_name(row, message):
    with pytest.raises(RegisterError, match=message):
        check_row(row, "mine.yml")


def test_the_offices_of_a_person_follow_the_day():
    register = Register()
    assad = register.actor("bashar-al-assad")
    assert assad is not None
    assert register.side(assad, date(2015, 1, 1)) == "sy-assad"
    army = register.actor("sy-army")
    assert army is not None
    assert register.side(army, date(2024, 11, 30)) == "sy-assad"


def test_the_words_of_all_sides_for_one_army_mean_it():
    register = Register()
    names = ("قوات الأسد", "الجيش العربي السوري", "الجيش السوري", "قوات النظام")
    found = {actor.id for name in names for actor in register.meant(name, "SY", date(2024, 11, 30))}
    assert found == {"sy-army"}
