"""A store that grew article by article holds the incidents and the control that all its articles at once would give."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from marsad.articles import Limits, raw_articles
from marsad.model.incident import Judgement
from marsad.run.controlling import control_kit, control_of
from marsad.run.pipeline import claims_of, load_kit
from marsad.run.reconciling import load_knowledge, reconcile_articles
from marsad.run.tying import Tying
from marsad.store import faults, open_store, put_articles, tables, waiting
from marsad.store.incidents import incident_of
from marsad.store.people import add_judgement, judgements, undo_judgement
from stored import OTHER, TEXT, WORK, stored

DEMO = Path(__file__).resolve().parent.parent.parent / "demo"


@pytest.fixture(scope="module")
def demo():
    """The demo's articles, ready for a store, with two near copies and one that says nothing of the kind."""
    raws = [
        *raw_articles(str(DEMO / "articles.jsonl"), Limits()),
        *raw_articles(str(DEMO / "bulletin.txt"), Limits()),
    ]
    made = [WORK(raw).stored for raw in raws]
    first = made[0].article
    copy = {"outlet": "صحيفة الجسر", "published": "2031-03-15", "title": first.title}
    return [
        *made,
        stored("copy-1", first.text, **copy),
        stored("copy-2", first.text + " انتهى.", **{**copy, "outlet": "موقع الضفة"}),
        stored("idle", "افتتح في المدينة معرض للكتاب يستمر أسبوعين ويضم دور نشر من بلدان كثيرة."),
    ]


@pytest.fixture(scope="module")
def whole(demo):
    """The incidents of all of them at once."""
    return at_once(demo)


def tie(store):
    return Tying(store=store, knowledge=load_knowledge(None), kit=control_kit(None)).run()


def put(store, *articles):
    with store.database.writing() as connection:
        return put_articles(connection, articles, None)


def incidents(store):
    with store.database.reading() as connection:
        return [incident_of(data) for data in connection.scalars(select(tables.incidents.c.data))]


def shape(found):
    """Incidents without their ids: which claims, what status, which copies."""
    return sorted(
        (
            sorted(one.testimony.id for one in incident.told),
            incident.status or "",
            incident.independent,
            sorted((one.testimony.family, one.testimony.copy_of) for one in incident.told),
        )
        for incident in found
    )


def rows_of_control(store):
    s = tables.spells.c
    with store.database.reading() as connection:
        rows = connection.execute(select(s.place_id, s.place, s.state, s.first_day, s.last_day)).all()
    return sorted((row.place_id or row.place, row.state, row.first_day, row.last_day or "") for row in rows)


def expected_control(found):
    return sorted(
        (
            one.place.id or one.place.name,
            one.state,
            one.start.isoformat(),
            one.end.isoformat() if one.end else "",
        )
        for one in control_of(found)
    )


def at_once(articles, judged=()):
    kit = load_kit(None)
    return reconcile_articles([(one.article, claims_of(one.article, kit)) for one in articles], judged)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_store_that_grew_in_any_order_holds_what_all_at_once_give(demo, whole, data):
    order = [demo[number] for number in data.draw(st.permutations(range(len(demo))))]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/marsad.db", make=True)
        try:
            for begin, end in pairwise([0, *cuts, len(order)]):
                put(store, *order[begin:end])
                tie(store)
            assert shape(incidents(store)) == shape(whole)
            assert rows_of_control(store) == expected_control(whole)
            assert list(faults(store.database)) == []
        finally:
            store.close()


def test_control_is_traced(demo, whole, store):
    put(store, *demo)
    tied = tie(store)
    assert (tied.articles, tied.incidents) == (len(demo), len(whole))
    assert rows_of_control(store) == expected_control(whole) != []
    with store.database.reading() as connection:
        assert waiting(connection) == 0
        assert list(faults(store.database)) == []


def test_nothing_is_done_where_nothing_changed(demo, store):
    put(store, *demo)
    tie(store)
    again = tie(store)
    assert (again.articles, again.blocks, again.incidents, again.places) == (0, 0, 0, 0)


def test_only_the_blocks_of_what_changed_are_made_anew(demo, store):
    put(store, *demo)
    tie(store)
    with store.database.reading() as connection:
        before = dict(connection.execute(select(tables.incidents.c.id, tables.incidents.c.changed)).all())
    put(
        store,
        stored(
            "gaza",
            "قالت وزارة الصحة في غزة إن عشرين شخصا قتلوا في غارة إسرائيلية على خان يونس.",
            published="2031-03-14",
        ),
    )
    tied = tie(store)
    with store.database.reading() as connection:
        after = dict(connection.execute(select(tables.incidents.c.id, tables.incidents.c.changed)).all())
    assert 0 < tied.blocks <= 2
    assert {one: when for one, when in after.items() if one in before} == before
    assert len(after) > len(before)


def test_incidents_keep_their_ids_when_earlier_articles_come_in_late(demo, store):
    put(store, *demo[1:])
    tie(store)
    before = {told.testimony.id: one.id for one in incidents(store) for told in one.told}
    put(store, demo[0])
    tie(store)
    after = {told.testimony.id: one.id for one in incidents(store) for told in one.told}
    moved = [claim for claim, incident in before.items() if after[claim] != incident]
    assert len(moved) <= len(before) // 10
    assert len(after) > len(before)


def test_a_changed_article_leaves_no_claim_of_its_old_text(demo, store):
    put(store, *demo)
    tie(store)
    put(store, replace_text(demo[0], OTHER))
    tie(store)
    changed = [replace_text(demo[0], OTHER), *demo[1:]]
    assert shape(incidents(store)) == shape(at_once(changed))
    assert list(faults(store.database)) == []


def replace_text(one, text):
    article = one.article
    return stored(article.id, text, published=article.published, outlet=article.outlet, title=article.title)


def two_apart(store):
    """Ids of two claims that are in different incidents."""
    first, second = sorted(incidents(store), key=lambda one: one.id)[:2]
    return first.told[0].testimony.id, second.told[0].testimony.id


def incident_of_each(store, *claims):
    links = tables.incident_claims.c
    with store.database.reading() as connection:
        found = dict(connection.execute(select(links.claim, links.incident)).all())
    return [found[claim] for claim in claims]


def test_a_judgement_brings_incidents_together_and_its_undoing_takes_them_apart(demo, store):
    put(store, *demo)
    tie(store)
    before = shape(incidents(store))
    one, other = two_apart(store)
    with store.database.writing() as connection:
        number = add_judgement(connection, Judgement(one=one, other=other, verdict="same", by="ana"))
    tie(store)
    first, second = incident_of_each(store, one, other)
    assert first == second
    with store.database.reading() as connection:
        held = judgements(connection)
    assert shape(incidents(store)) == shape(at_once(demo, held))
    assert list(faults(store.database)) == []
    with store.database.writing() as connection:
        undo_judgement(connection, number, "ana")
    tie(store)
    assert shape(incidents(store)) == before
    assert list(faults(store.database)) == []


def test_a_judgement_follows_its_claim_into_a_new_version(store):
    put(store, stored("a", TEXT), stored("b", OTHER))
    tie(store)
    with store.database.reading() as connection:
        [one, *_] = connection.scalars(
            text("SELECT id FROM claims WHERE article = 'a' ORDER BY number")
        ).all()
        [other, *_] = connection.scalars(
            text("SELECT id FROM claims WHERE article = 'b' ORDER BY number")
        ).all()
    with store.database.writing() as connection:
        add_judgement(connection, Judgement(one=one, other=other, verdict="same", by="ana"))
    put(store, stored("a", "عاجل. " + TEXT))
    tie(store)
    with store.database.reading() as connection:
        [held] = judgements(connection)
        now = connection.scalars(text("SELECT id FROM claims WHERE article = 'a'")).all()
    assert held.one in now
    assert held.one != one
    first, second = incident_of_each(store, held.one, held.other)
    assert first == second


def test_a_status_that_changes_is_noted(store):
    put(store, stored("a", "أعلنت فصائل المعارضة السورية سيطرتها على مدينة السقيلبية اليوم الجمعة."))
    tie(store)
    put(store, stored("b", "أقر الجيش السوري بخسارته مدينة السقيلبية اليوم الجمعة.", outlet="صحيفة الجسر"))
    tied = tie(store)
    assert [after for _, before, after in tied.statuses if before == "single"] == ["conceded"]
    with store.database.reading() as connection:
        rows = connection.execute(
            select(tables.changes.c.kind, tables.changes.c.before, tables.changes.c.after)
        ).all()
    assert ("status", "single", "conceded") in [tuple(row) for row in rows]
