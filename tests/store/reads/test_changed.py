"""What changed since a moment turns the ids that stood then into those that stand now."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from marsad.errors import InputError
from marsad.model.incident import Judgement
from marsad.run.news import news
from marsad.run.tying import Tying
from marsad.store import open_store, put_articles, tables
from marsad.store.people import add_judgement, undo_judgement
from marsad.store.reads import today
from marsad.store.reads.changed import changes_since, moment_of
from marsad.store.tombstones import Fate, became_of
from stored import OTHER, TEXT, stored

BEFORE = "2000-01-01"
TAKEN = "أعلنت فصائل المعارضة السورية سيطرتها على مدينة السقيلبية اليوم الجمعة."
LOST = "أقر الجيش السوري بخسارته مدينة السقيلبية اليوم الجمعة."


class Grown:
    """A store with a clock that goes on by a minute at each step, so that no two steps share a moment."""

    def __init__(self, store, knowledge, kit, monkeypatch):
        self.store, self.tying = store, Tying(store=store, knowledge=knowledge, kit=kit)
        self.minutes = 0
        for name in ("incidents", "feeds", "tombstones", "articles"):
            monkeypatch.setattr(f"marsad.store.{name}.now", self.now)

    def now(self):
        at = datetime(2031, 3, 15, tzinfo=UTC) + timedelta(minutes=self.minutes)
        return at.isoformat(timespec="milliseconds")

    def put(self, *articles):
        self.minutes += 1
        with self.store.database.writing() as connection:
            put_articles(connection, articles, None)
        self.tying.run()

    def judge(self, one, other, verdict="same"):
        self.minutes += 1
        with self.store.database.writing() as connection:
            number = add_judgement(connection, Judgement(one=one, other=other, verdict=verdict, by="ana"))
        self.tying.run()
        return number

    def undo(self, number):
        self.minutes += 1
        with self.store.database.writing() as connection:
            undo_judgement(connection, number, "ana")
        self.tying.run()

    def ids(self):
        with self.store.database.reading() as connection:
            return set(connection.scalars(select(tables.incidents.c.id)))

    def claims(self, article):
        claims = tables.claims.c
        with self.store.database.reading() as connection:
            return list(
                connection.scalars(select(claims.id).where(claims.article == article).order_by(claims.number))
            )

    def incident_of(self, claim):
        links = tables.incident_claims.c
        with self.store.database.reading() as connection:
            return connection.scalar(select(links.incident).where(links.claim == claim))

    def since(self, moment):
        with self.store.database.reading() as connection:
            return list(changes_since(connection, moment))


@pytest.fixture
def grown(store, knowledge, kit, monkeypatch):
    return Grown(store, knowledge, kit, monkeypatch)


def applied(ids, rows):
    """The ids after the changes; each change must fit what is there."""
    found = set(ids)
    for row in rows:
        assert (row.id in found) == (row.what != "added"), row
        assert (row.status_before is None) == (row.what == "added")
        assert (row.status_now is None) == (row.what in ("merged", "split", "withdrawn"))
        if row.what == "added":
            found.add(row.id)
        elif row.what != "changed":
            found.discard(row.id)
    return found


def test_in_a_new_store_everything_was_added(grown):
    grown.put(stored("a"), stored("b", OTHER))
    rows = grown.since(BEFORE)
    assert {row.id for row in rows if row.what == "added"} == grown.ids() != set()
    assert rows == sorted(rows, key=lambda row: (row.at, row.id))
    assert grown.since(grown.now()) == []


def test_incidents_that_are_called_one_are_merged_and_come_apart_again(grown):
    grown.put(stored("a"), stored("b", OTHER))
    start, before = grown.now(), grown.ids()
    one, other = grown.claims("a")[0], grown.claims("b")[0]
    was = {grown.incident_of(one), grown.incident_of(other)}
    number = grown.judge(one, other)
    now = grown.incident_of(one)
    [gone] = [row for row in grown.since(start) if row.what != "changed"]
    assert (gone.what, gone.into, gone.status_now) == ("merged", (now,), None)
    assert {gone.id, now} == was
    middle, between = grown.now(), grown.ids()
    grown.undo(number)
    assert applied(before, grown.since(start)) == grown.ids() != between
    assert applied(between, grown.since(middle)) == grown.ids()
    assert grown.incident_of(one) != grown.incident_of(other)


def test_an_incident_that_came_back_is_not_gone(grown):
    grown.put(stored("a"), stored("b", OTHER))
    start, before = grown.now(), grown.ids()
    lost = {grown.incident_of(claim) for claim in grown.claims("a")}
    grown.put(stored("a", "افتتح في المدينة معرض للكتاب يستمر أسبوعين."))
    middle = grown.now()
    grown.put(stored("a", piece="record:again"))
    assert grown.ids() == before
    assert {row.id: row.what for row in grown.since(start)} == dict.fromkeys(lost, "changed")
    assert {row.id: row.what for row in grown.since(middle)} == dict.fromkeys(lost, "added")


def test_what_no_article_says_any_more_is_withdrawn(grown):
    grown.put(stored("a"), stored("b", OTHER))
    start = grown.now()
    lost = {grown.incident_of(claim) for claim in grown.claims("a")}
    grown.put(stored("a", "افتتح في المدينة معرض للكتاب يستمر أسبوعين."))
    rows = grown.since(start)
    assert {row.id for row in rows if row.what == "withdrawn"} == lost
    assert all(row.into == () and row.status_before not in (None, "") for row in rows)


def test_a_gone_incident_is_followed_to_where_its_claims_are_now(grown):
    grown.put(stored("a"), stored("b", OTHER), stored("c", TEXT.replace("حماة", "حمص"), outlet="صحيفة الجسر"))
    start = grown.now()
    a, b, c = (grown.claims(one)[0] for one in "abc")
    grown.judge(a, b)
    grown.judge(a, c)
    now = grown.incident_of(a)
    gone = [row for row in grown.since(start) if row.what == "merged"]
    assert len(gone) == 2
    assert {row.into for row in gone} == {(now,)}


def test_the_status_that_a_changed_incident_had_is_told(grown):
    grown.put(stored("a", TAKEN))
    start = grown.now()
    grown.put(stored("b", LOST, outlet="صحيفة الجسر"))
    told = {(row.what, row.status_before, row.status_now) for row in grown.since(start)}
    assert ("changed", "single", "conceded") in told


def test_what_came_and_went_in_between_is_not_told(grown):
    grown.put(stored("b", OTHER))
    start, before = grown.now(), grown.ids()
    grown.put(stored("a"))
    came = grown.ids() - before
    grown.put(stored("a", "افتتح في المدينة معرض للكتاب يستمر أسبوعين."))
    assert came
    assert not came & {row.id for row in grown.since(start)}


def test_tombstones_are_no_changes_of_status(grown):
    grown.put(stored("a"), stored("b", OTHER))
    grown.judge(grown.claims("a")[0], grown.claims("b")[0])
    with grown.store.database.reading() as connection:
        kinds = set(connection.scalars(select(tables.changes.c.kind)))
        shown = [item.kind for item in news(connection, 0)]
        counted, _ = today.changes_since(connection, "status", None, 100)
    assert "gone" in kinds
    assert "gone" not in shown
    assert counted == shown.count("status")


def test_the_note_says_what_the_incident_was(grown):
    grown.put(stored("a"))
    [was, *_] = sorted(grown.ids())
    grown.put(stored("a", "افتتح في المدينة معرض للكتاب يستمر أسبوعين."))
    changes = tables.changes.c
    with grown.store.database.reading() as connection:
        rows = connection.execute(
            select(changes.subject, changes.after, changes.data).where(changes.kind == "gone")
        ).all()
    found = {row.subject: row for row in rows}
    assert found[was].after == "withdrawn"
    assert '"into": []' in found[was].data


def test_what_became_of_an_incident_is_told_by_its_id(grown):
    grown.put(stored("a"), stored("b", OTHER))
    one, other = grown.claims("a")[0], grown.claims("b")[0]
    was = {grown.incident_of(one), grown.incident_of(other)}
    grown.judge(one, other)
    now = grown.incident_of(one)
    [gone] = was - {now}
    with grown.store.database.reading() as connection:
        assert became_of(connection, gone) == Fate("merged", (now,))
        assert became_of(connection, "none") is None


@pytest.mark.parametrize(
    "said", ["", "yesterday", "2031-13-01", "2031-03-15T99:00", "0001-01-01T00:00+14:00"]
)
def test_a_moment_is_a_day_or_a_time(said):
    with pytest.raises(InputError, match="neither a day"):
        moment_of(said)


POOL = [
    ("a", TEXT), ("b", OTHER), ("c", TAKEN), ("d", LOST), ("a", "عاجل. " + TEXT), ("b", TAKEN), ("c", OTHER),
    ("e", TEXT.replace("ثلاثة", "أربعة")), ("d", "افتتح في المدينة معرض للكتاب يستمر أسبوعين."),
]  # fmt: skip
STEP = st.one_of(
    st.lists(st.sampled_from(POOL), min_size=1, max_size=4), st.tuples(st.integers(0, 30), st.integers(0, 30))
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=2, max_size=5))
def test_however_a_store_grows_the_changes_give_what_is_there(steps, knowledge, kit, tmp_path_factory):
    folder = tmp_path_factory.mktemp("grown")
    store = open_store(f"sqlite:///{folder}/marsad.db", make=True)
    try:
        with pytest.MonkeyPatch.context() as patch:
            grown = Grown(store, knowledge, kit, patch)
            stood = [(BEFORE, set())]
            for step in steps:
                claims = [claim for article in "abcde" for claim in grown.claims(article)]
                if isinstance(step, list):
                    grown.put(*(stored(identity, words) for identity, words in step))
                elif claims and claims[step[0] % len(claims)] != claims[step[1] % len(claims)]:
                    grown.judge(claims[step[0] % len(claims)], claims[step[1] % len(claims)])
                for moment, ids in stood:
                    assert applied(ids, grown.since(moment)) == grown.ids()
                stood.append((grown.now(), grown.ids()))
    finally:
        store.close()
