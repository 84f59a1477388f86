"""Sums about places, actors and outlets: they equal what the JSON of all claims comes to."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from told import connection, full, told

from marsad.store import tables
from marsad.store.reads.known import (
    actor_sums,
    candidates,
    doubt_of,
    doubts,
    incidents_of_root,
    key_of_place,
    names_of_actor,
    outlets_of_place,
    place_sums,
    places_of_actor,
)
from marsad.store.reads.outlets import outlet_sums

__all__ = ["connection", "full", "told"]


def test_places(connection, told):
    claims = Counter(
        one["place"]["id"] for one in told.claims.values() if one["place"] and one["place"]["id"]
    )
    incidents = Counter(
        one["place"]["id"] for one in told.incidents.values() if one["place"] and one["place"].get("id")
    )
    found = place_sums(connection)
    assert {one.id: one.claims for one in found} == claims
    assert {one.id: one.incidents for one in found if one.incidents} == incidents
    assert [one.claims for one in found] == sorted(claims.values(), reverse=True)
    days = [
        (one["place"]["id"], one["time"]["from"])
        for one in told.claims.values()
        if one["place"] and one["place"]["id"] and one["time"] and one["time"]["from"]
    ]
    most = found[0]
    assert most.first_day == min(day for place, day in days if place == most.id)
    assert most.last_day == max(day for place, day in days if place == most.id)
    assert most.country and most.lat is not None and most.precision


def test_outlets_of_a_place(connection, told):
    place = place_sums(connection)[0].id
    expected = Counter(
        told.articles[one["article"]].outlet
        for one in told.claims.values()
        if one["place"] and one["place"]["id"] == place
    )
    expected.pop(None, None)
    assert dict(outlets_of_place(connection, place)) == expected


def test_actors(connection, told):
    roles, names = Counter(), Counter()
    for one in told.claims.values():
        pairs = {(actor["id"], actor["role"]) for actor in one["actors"] if actor.get("id")}
        roles.update(pairs)
    found = actor_sums(connection)
    assert {(one.id, role): number for one in found.values() for role, number in one.roles.items()} == roles
    said = Counter(row["root"] for one in told.incidents.values() for row in one["claims"])
    assert {one.id: one.said for one in found.values() if one.said} == said
    army = found["sy-army"]
    assert army.mentions == army.said + sum(army.roles.values())
    for one in told.claims.values():
        texts = {
            part["text"] for part in (*one["attribution"], *one["actors"]) if part.get("id") == "sy-army"
        }
        names.update(texts)
    words, looked, claims = names_of_actor(connection, "sy-army", 1000)
    assert looked == claims
    assert words == names or set(words) < set(names), (
        "further links of a chain count where the claim is looked into"
    )
    assert names_of_actor(connection, "sy-army", 1)[1:] == (1, claims)
    assert names_of_actor(connection, "nobody", 10) == (Counter(), 0, 0)


def test_where_an_actor_takes_part(connection, told):
    places = {}
    for one in told.claims.values():
        if one["place"] and one["place"]["id"]:
            for actor in {part["id"] for part in one["actors"] if part.get("id")}:
                places.setdefault(actor, Counter())[one["place"]["id"]] += 1
    actor = max(places, key=lambda one: (len(places[one]), one))
    assert len(places[actor]) > 1
    assert {place: number for place, _, number in places_of_actor(connection, actor, 99)} == places[actor]
    assert [number for *_, number in places_of_actor(connection, actor, 1)] == [max(places[actor].values())]


def test_incidents_on_the_word_of_one(connection, told):
    expected = Counter(
        one["status"] or "none"
        for one in told.incidents.values()
        if any(row["root"] == "sy-army" for row in one["claims"])
    )
    assert expected
    assert incidents_of_root(connection, "sy-army") == expected


def test_names_in_doubt(connection, told):
    found = doubts(connection)
    expected = Counter()
    for one in told.claims.values():
        for origin in one["origin"]:
            if (
                origin["part"] == "map"
                and one["place"]
                and (why := doubt_of(origin["rule"], origin["words"]))
            ):
                expected[" ".join(one["place"]["text"].split()), why] += 1
    assert expected
    assert {(one.text, one.why): one.claims for one in found} == expected
    assert [one.claims for one in found] == sorted(expected.values(), reverse=True)
    for one in found:
        assert told.claims[one.claim]["place"]["text"].split() == one.text.split()
        assert sum(one.taken.values()) <= one.claims


@pytest.mark.parametrize(
    ("rule", "words", "why"),
    [
        ("gazetteer: only one (near a place of the article +0.96)", "Aden YE-AD 4.73", ""),
        ("gazetteer: the likeliest (size +1.10)", "Riyadh geonames:1 3.11; Ar Riyāḑ geonames:2 1.04", ""),
        ("gazetteer: the likeliest (size +1.10)", "Hama geonames:1 2.11; Hama geonames:2 1.94", "narrow"),
        ("what it lies in: the likeliest (size)", "Lebanon LB 1.0; Lebanon geonames:4 0.75", "narrow"),
        ("what is around it: Taiz (a side of the country, not a name)", "", "around"),
        ("what is around it: Aden (no place of that name is known)", "", "unknown"),
        ("unresolved: no place of that name is known", "", "unknown"),
        ("unresolved: a side of the country, not a name", "North SA-08 1.59", "unresolved"),
        ("the capital", "", ""),
        ("", "", ""),
    ],
)
def test_what_of_a_choice_is_in_doubt(rule, words, why):
    assert doubt_of(rule, words) == why


def test_places_that_were_weighed():
    assert list(candidates("Al Ain City geonames:2 0.99; B marsad:x -0.5; ; odd")) == [
        ("geonames:2", "Al Ain City", 0.99),
        ("marsad:x", "B", -0.5),
    ]


def test_the_key_of_spells(connection):
    spells = tables.spells.c
    known = connection.execute(spells.id.table.select().where(spells.place_id.is_not(None))).first()
    assert key_of_place(connection, known.place_id) == known.place_key
    assert key_of_place(connection, "geonames:0") is None


def test_outlets(connection, told):
    found = outlet_sums(connection)
    articles = Counter(row.outlet for row in told.articles.values() if row.outlet)
    assert {one.name: one.articles for one in found.rows} == articles
    assert [one.articles for one in found.rows] == sorted(articles.values(), reverse=True)
    copies = Counter(row.outlet for row in told.articles.values() if row.copy_of)
    assert {one.name: one.copies for one in found.rows if one.copies} == {
        outlet: number for outlet, number in copies.items() if outlet
    }
    days = {
        name: sorted(row.day for row in told.articles.values() if row.outlet == name and row.day)
        for name in articles
    }
    assert {one.name: (one.first_day, one.last_day) for one in found.rows} == {
        name: (known[0], known[-1]) if known else (None, None) for name, known in days.items()
    }
    expected, shared, leading = {}, Counter(), Counter()
    for one in told.incidents.values():
        first = {}
        for row in one["claims"]:
            article = told.articles[row["article"]]
            if article.outlet:
                first[article.outlet] = min(first.get(article.outlet) or "9", article.day or "9")
        for outlet, day in first.items():
            expected.setdefault(outlet, Counter())[one["status"] or "none"] += 1
            if len(first) > 1:
                shared[outlet] += 1
                leading[outlet] += day == min(first.values()) and day != "9"
    assert {one.name: one.incidents for one in found.rows if one.incidents} == expected
    assert {one.name: (one.shared, one.leading) for one in found.rows if one.shared} == {
        name: (shared[name], leading[name]) for name in shared
    }
    for one in found.rows:
        assert sum(one.line) == sum(day >= found.first for day in days[one.name])
        assert len(one.line) == len(found.rows[0].line)
