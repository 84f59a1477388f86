"""The tables of lists say what claims and incidents say, whatever happened to these; and a store of before gets them filled."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

sys.path.insert(0, str(Path(__file__).parent))
from told import MORE, fill

from marsad.run.controlling import control_kit
from marsad.run.reconciling import load_knowledge
from marsad.run.tying import Tying
from marsad.store import faults, put_articles, tables
from marsad.store.list_tables import claim_actors, claim_list, incident_list, incident_terms
from marsad.store.migrations import m0003_lists, m0004_spans, m0006_readers
from marsad.store.reads import Filters, Order, all_claims, all_incidents, incidents_page, mark, points, refs
from marsad.store.reviewing import Decision, decide, standing
from stored import OTHER, TEXT, stored

IDLE = "افتتح في المدينة معرض للكتاب يستمر أسبوعين ويضم دور نشر كثيرة."
LONGER = f"صباح اليوم. {TEXT}"


def put(store, *articles, **how):
    with store.database.writing() as connection:
        return put_articles(connection, articles, None, **how)


def tie(store):
    return Tying(store=store, knowledge=load_knowledge(None), kit=control_kit(None)).run()


def marked(store):
    with store.database.reading() as connection:
        return mark(connection)


def claims(store, **filters):
    with store.database.reading() as connection:
        return list(all_claims(connection, Filters(**filters)))


def incidents(store, **filters):
    with store.database.reading() as connection:
        return list(all_incidents(connection, Filters(**filters)))


def test_a_claim_is_listed_before_it_is_reconciled(store):
    put(store, stored("a"))
    found = claims(store)
    assert found
    assert {(row.incident, row.status, row.root) for row in found} == {(None, None, None)}
    assert {row.id for row in claims(store, status=("none",))} == {row.id for row in found}
    assert incidents(store) == []
    tie(store)
    assert all(row.incident and row.root for row in claims(store))
    assert sum(row.claims for row in incidents(store)) == len(found)
    assert list(faults(store.database)) == []


STEPS = [
    ("another text", [[stored("a", LONGER)]]),
    (
        "a text without claims",
        [[stored("a", IDLE)]],
    ),
    ("another text and back before it was reconciled", [[stored("a", OTHER)], [stored("a")]]),
    ("the same read by another reader", [[stored("a", reader="marsad 0.0 (other)")]]),
    ("another outlet", [[stored("a", outlet="وكالة البحر")]]),
    ("one more on the same", [[stored("c", LONGER, outlet="وكالة البحر")]]),
]


@pytest.mark.parametrize("steps", [case[1] for case in STEPS], ids=[case[0] for case in STEPS])
def test_lists_follow_what_becomes_of_articles(store, steps):
    put(store, stored("a"), stored("b", OTHER))
    tie(store)
    for step in steps:
        put(store, *step)
        assert list(faults(store.database)) == []
    tie(store)
    assert list(faults(store.database)) == []
    found = claims(store)
    assert all(row.incident and row.root for row in found)
    for row in incidents(store):
        assert row.claims == sum(one.incident == row.id for one in found)


def test_what_stays_keeps_its_number(store):
    put(store, stored("a"), stored("b", OTHER))
    tie(store)
    with store.database.reading() as connection:
        c, i = claim_list.c, incident_list.c
        before = [dict(connection.execute(select(t.id, t.serial)).all()) for t in (c, i)]
    put(store, stored("a"), again=True)
    put(store, stored("b", IDLE), stored("c", LONGER, outlet="صحيفة الجسر"))
    tie(store)
    with store.database.reading() as connection:
        for was, kind, made in zip(before, ("claims", "incidents"), (claim_list, incident_list), strict=True):
            now = dict(connection.execute(select(made.c.id, made.c.serial)).all())
            assert {key: now[key] for key in was.keys() & now.keys()} == {
                key: was[key] for key in was.keys() & now.keys()
            }
            gone = {was[key] for key in was.keys() - now.keys()}
            assert gone
            assert gone.isdisjoint(now.values())
            assert refs(connection, kind, sorted(gone)) == {}


SPOILT = [
    ("DELETE FROM claim_list", "claims that lists do not show"),
    ("UPDATE claim_list SET event = 'fight.clash', outlet = 'x'", "claims that lists do not show, or not as they are"),
    ("UPDATE claim_list SET incident = NULL", "claims of which lists show another incident"),
    ("DELETE FROM incident_list", "incidents that lists do not show"),
    ("UPDATE incident_list SET status = 'denied'", "incidents that lists do not show, or not as they are"),
    ("UPDATE claim_list SET id = id || 'x'", "claims in lists that are not there"),
    ("UPDATE incident_list SET id = id || 'x'", "incidents in lists that are not there"),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "said"), SPOILT)
def test_check_finds_lists_that_are_not_in_step(store, deed, said):
    put(store, stored("a"))
    tie(store)
    with store.database.writing() as connection:
        connection.execute(text(deed))
    assert any(said in fault for fault in faults(store.database))


def test_an_incident_that_lists_lost_comes_back_when_it_is_made_anew(store):
    put(store, stored("a"))
    tie(store)
    before = incidents(store)
    with store.database.writing() as connection:
        connection.execute(text("DELETE FROM incident_list"))
        connection.execute(text("DELETE FROM incident_terms"))
        connection.execute(text("UPDATE articles SET pending = :yes"), {"yes": True})
    tie(store)
    assert [row.id for row in incidents(store)] == [row.id for row in before]
    assert list(faults(store.database)) == []


def test_the_mark_changes_with_what_lists_show_and_only_then(store):
    seen = [marked(store)]
    for step in (
        lambda: put(store, stored("a")),
        lambda: tie(store),
        lambda: put(store, stored("a", LONGER)),
        lambda: tie(store),
        lambda: review(store),
    ):
        step()
        seen.append(marked(store))
    assert len(set(seen)) == len(seen)
    put(store, stored("a", LONGER))
    with store.database.reading() as connection:
        incidents_page(connection, Filters(), Order())
        points(connection, Filters())
    assert marked(store) == seen[-1]


def review(store):
    [claim, *_] = [row.id for row in claims(store)]
    with store.database.writing() as connection:
        revision = standing(connection, claim, "first", "ana").revision
        decide(
            connection, Decision(claim=claim, part="first", who="ana", decision="accept", revision=revision)
        )
    assert [row.review for row in claims(store) if row.id == claim] == ["accepted"]
    assert sum(row.reviewed for row in incidents(store, review=("accepted",))) == 1


def listed(connection):
    """Everything in the tables of lists, without the numbers that the database gives."""
    found = {}
    for table, links in ((incident_list, incident_terms), (claim_list, claim_actors)):
        names = {row.serial: row.id for row in connection.execute(select(table.c.serial, table.c.id))}
        for row in connection.execute(select(table)):
            shown = dict(row._mapping)
            shown.pop("serial")
            found[table.name, row.id] = shown
        first = next(iter(links.c))
        rows = connection.execute(select(links)).all()
        found[links.name] = sorted((names[row._mapping[first.name]], *row[1:]) for row in rows)
    numbers = dict(connection.execute(select(incident_list.c.serial, incident_list.c.id)).all())
    for key, row in found.items():
        if key[0] == claim_list.name:
            row["incident"] = numbers.get(row["incident"])
    return found


def test_a_store_of_before_is_given_what_it_would_have(store):
    fill(store, MORE)  # stores of before know of one reader only
    with store.database.reading() as connection:
        before = listed(connection)
    with store.database.writing() as connection:
        for table in (incident_terms, incident_list, claim_actors, claim_list):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(tables.facts.delete().where(tables.facts.c.id == "mark"))
        for step in (m0003_lists, m0004_spans, m0006_readers):
            step.apply(connection)
    with store.database.reading() as connection:
        assert listed(connection) == before
    put(store, stored("more", LONGER))
    tie(store)
    with store.database.writing() as connection:
        connection.execute(text("DELETE FROM review_states"))  # which nobody's decisions stand behind
    assert list(faults(store.database)) == []
