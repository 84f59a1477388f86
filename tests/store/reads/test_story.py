"""What an incident's page and the first page ask of a store: it equals what the JSON of all of it comes to."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parent))
from told import Told, full

from marsad.model.incident import Judgement
from marsad.store import tables
from marsad.store.audit import note, now
from marsad.store.people import add_judgement, undo_judgement
from marsad.store.reads import story, today
from marsad.store.search import Within, find

__all__ = ["full"]


@pytest.fixture
def connection(full):
    with full.database.reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def told(full):
    with full.database.reading() as reading:
        yield Told(reading)


def test_an_incident_is_read_as_it_was_written(connection, told):
    for identity, row in told.incidents.items():
        found = story.incident_at(connection, identity)
        assert (found.id, found.status, len(found.told)) == (identity, row["status"], len(row["claims"]))
    assert story.incident_at(connection, "none") is None
    assert story.written(connection, "none") == ("", "")


def test_who_took_part_is_who_the_claims_name_by_id(connection, told):
    found = story.parties_of(connection, list(told.incidents))
    for identity, row in told.incidents.items():
        wanted = Counter(
            (one["role"], one["id"])
            for claim in row["claims"]
            for one in {
                (one["role"], one["id"]): one
                for one in told.claims[claim["id"]].get("actors") or ()
                if one.get("id")
            }.values()
        )
        assert set(found.get(identity, ())) == set(wanted)
        counts = [wanted[pair] for pair in found.get(identity, ())]
        assert counts == sorted(counts, reverse=True)


def test_every_incident_has_a_claim_whose_words_stand_for_it(connection, told):
    found = story.first_claims(connection, list(told.incidents))
    assert found.keys() == told.incidents.keys()
    assert all(found[one] in {claim["id"] for claim in row["claims"]} for one, row in told.incidents.items())


def test_what_lies_near_is_at_the_same_place_within_three_days(connection, told):
    def days(row):
        return date.fromisoformat(row["time"]["from"]), date.fromisoformat(
            row["time"]["to"] or row["time"]["from"]
        )

    seen = 0
    for identity, row in told.incidents.items():
        near = story.near_ids(connection, story.incident_at(connection, identity))
        seen += len(near)
        assert identity not in near
        for other in (told.incidents[one] for one in near):
            assert (other["place"]["id"] or other["place"]["name"]) == (
                row["place"]["id"] or row["place"]["name"]
            )
            (one, end), (begin, last) = days(row), days(other)
            assert max((begin - end).days, (one - last).days) <= story.DAYS_NEAR
    assert seen


def test_claims_lead_to_the_incidents_that_hold_them(connection, told):
    identity, row = max(told.incidents.items(), key=lambda one: len(one[1]["claims"]))
    claims = [one["id"] for one in row["claims"]]
    assert story.incidents_holding(connection, claims) == [identity]
    assert story.claims_of(connection, identity) == sorted(claims)
    assert story.incidents_holding(connection, []) == []


def test_places_of_control_of_an_incident_are_those_of_its_spells(connection):
    for row in connection.execute(select(tables.incident_places)):
        found = story.control_places(connection, row.incident)
        assert all(found.values()) and len(found) <= 20


def test_sums_of_the_first_page(connection, told):
    sizes = today.sizes(connection)
    assert (sizes.articles, sizes.claims, sizes.incidents) == (
        len(told.articles),
        len(told.claims),
        len(told.incidents),
    )
    assert sizes.statuses == Counter(row["status"] or "none" for row in told.incidents.values())
    assert sizes.outlets == len({row.outlet for row in told.articles.values() if row.outlet})


def test_what_is_new_is_what_was_added_after_a_moment(connection, told):
    total, rows = today.fresh_articles(connection, None, 3)
    assert total == len(told.articles) and len(rows) == 3
    assert today.fresh_articles(connection, now(), 3) == (0, [])
    total, rows = today.changes_since(connection, "control", None, 2)
    assert total >= len(rows) > 0 and all(row.about and row.after for row in rows)


def test_outlets_are_counted_by_day(connection, told):
    latest = max(row.day for row in told.articles.values() if row.day)
    days, sparks = today.sparks(connection, latest)
    assert days[-1] == latest and len(days) == today.DAYS
    for one in sparks:
        assert one.days == tuple(
            sum(row.outlet == one.outlet and row.day == day for row in told.articles.values()) for day in days
        )


def test_what_is_at_odds_is_conceded_disputed_or_denied(connection, told):
    found = today.at_odds(connection, 50)
    assert set(found) == {
        one for one, row in told.incidents.items() if row["status"] in ("conceded", "disputed", "denied")
    }
    firsts = [told.incidents[one]["time"]["from"] or "" for one in found]
    assert firsts == sorted(firsts, reverse=True)
    assert set(today.most_told(connection, today.DAYS, 5)) <= told.incidents.keys()


def test_a_search_is_narrowed_before_it_is_counted(connection):
    whole, _ = find(connection, "حماة")
    outlets = {hit.outlet for hit in find(connection, "حماة", most=100)[1]}
    parts = [find(connection, "حماة", within=Within(outlets=(one,)))[0] for one in outlets if one]
    assert sum(parts) + (None in outlets) == whole
    ids = [hit.id for hit in find(connection, "حماة", most=100)[1]]
    assert [hit.id for skip in range(whole) for hit in find(connection, "حماة", most=1, skip=skip)[1]] == ids
    newest = [
        hit.published or "" for hit in find(connection, "حماة", most=100, within=Within(newest=True))[1]
    ]
    assert [one[:10] for one in newest] == sorted((one[:10] for one in newest), reverse=True)
    assert find(connection, "حماة", within=Within(since="1999-01-01", until="1999-12-31")) == (0, [])


def test_judgements_are_told_with_what_undid_them(full):
    with full.database.writing() as connection:
        one, other = list(
            connection.scalars(select(tables.claims.c.id).order_by(tables.claims.c.id).limit(2))
        )
        number = add_judgement(
            connection, Judgement(one=one, other=other, verdict="same", by="ana"), text="why"
        )
        undo_judgement(connection, number, "bo")
        note(connection, story.MERGED, "gone", {"with": "i", "claims": [one, other]})
    with full.database.reading() as connection:
        first, second = story.judgements_on(connection, [other])
        assert (first.number, first.who, first.note, first.undone, first.undoes) == (
            number,
            "ana",
            "why",
            True,
            None,
        )
        assert (second.who, second.undone, second.undoes) == ("bo", False, number)
        assert story.claims_it_had(connection, "gone") == [one, other]
        assert story.claims_it_had(connection, "never") == []


def test_changes_of_a_status_are_told_in_their_order(full):
    with full.database.writing() as connection:
        for before, after in (("none", "single"), ("single", None)):
            connection.execute(
                tables.changes.insert().values(
                    at=now(), kind="status", subject="i1", before=before, after=after, data="{}"
                )
            )
    with full.database.reading() as connection:
        assert [(one.before, one.after) for one in story.status_changes(connection, "i1")] == [
            ("none", "single"),
            ("single", "none"),
        ]
