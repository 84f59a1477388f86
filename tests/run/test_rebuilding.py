"""Making everything anew: what the machine made comes out as it was, with its ids, and what people said is not touched."""

import json

import pytest
from sqlalchemy import text

from marsad.run.outcome import Crew
from marsad.run.project import load_project
from marsad.run.rebuilding import Rereading, reread, texts_to_reread
from marsad.store import faults, put_articles
from marsad.store.reviewing import Decision, decide, standing
from stored import OTHER, TEXT, stored

LONGER = f"صباح اليوم. {TEXT}"
TAKEN = "أعلنت هيئة تحرير الشام يوم الخميس سيطرتها على مدينة حماة بعد معارك مع الجيش السوري."
LEFT = "أعلن الجيش السوري يوم الخميس أن قواته انسحبت من مدينة حماة."
MADE = {
    "review_states": "claim, article, state, first, first_by",
    "claims": "id, article, number, version, event, data",
    "incidents": "id, block, status, roots, independent, claims, digest",
    "incident_claims": "claim, incident, root, says",
    "incident_places": "incident, place",
    "spells": "id, place_key, number, data",
    "successions": "id, claim, article",
    "blocks": "article, block, claims",
}
SAID = {"versions": "*", "judgements": "*", "reviews": "*", "seen": "*", "setaside": "*", "changes": "*"}


@pytest.fixture
def desk(program, tmp_path):
    """A project with versions, judgements and reviews."""
    program("init", tmp_path)
    store = load_project(tmp_path).open()
    with store.database.writing() as connection:
        put_articles(connection, [
            stored("a"), stored("b", OTHER), stored("c", TAKEN, published="2024-12-05", outlet="نشرة الساحل"),
            stored("d", LEFT, published="2024-12-05", outlet="صحيفة الجبل"), stored("a", LONGER, outlet="وكالة النهر"),
        ], None)  # fmt: skip
        one, other = connection.execute(
            text("SELECT id FROM claims WHERE article = 'a' ORDER BY number LIMIT 2")
        ).scalars()
    store.close()
    judged = tmp_path / "judged.jsonl"
    row = {"claims": [one, other], "verdict": "different", "by": "ana"}
    judged.write_text(json.dumps(row) + "\n")
    done = program("store", "judge", judged, "--project", tmp_path)
    assert done.code == 0, done.said
    store = load_project(tmp_path).open()
    with store.database.writing() as connection:
        revision = standing(connection, one).revision
        decide(connection, Decision(who="ana", decision="accept", claim=one, revision=revision))
    store.close()
    return tmp_path


def held(desk, which):
    store = load_project(desk).open()
    try:
        with store.database.reading() as connection:
            return {
                table: sorted(
                    map(tuple, connection.execute(text(f"SELECT {columns} FROM {table}"))), key=repr
                )
                for table, columns in which.items()
            }
    finally:
        store.close()


def test_rebuilding_everything_gives_what_was_there(program, desk):
    made, said = held(desk, MADE), held(desk, SAID)
    assert all(made.values())
    assert said["judgements"]
    assert said["reviews"]
    done = program("store", "rebuild", "--all", "--project", desk)
    assert done.code == 0
    assert "marsad: 4 articles read anew" in done.said
    assert held(desk, MADE) == made
    assert held(desk, SAID) == said
    assert program("store", "check", "--project", desk).code == 0


def test_rebuilding_puts_right_what_was_damaged(program, desk):
    made = held(desk, MADE)
    store = load_project(desk).open()
    with store.database.writing() as connection:
        connection.execute(text("UPDATE claims SET event = 'harm.killed', data = '{}' WHERE article = 'c'"))
        connection.execute(text("DELETE FROM spells"))
        connection.execute(text("DELETE FROM review_states"))
        connection.execute(text("DELETE FROM incidents WHERE event LIKE 'territory.%'"))
    store.close()
    assert held(desk, MADE) != made
    assert program("store", "rebuild", "--all", "--project", desk).code == 0
    assert held(desk, MADE) == made
    assert program("store", "check", "--project", desk).code == 0


def test_only_what_another_reader_read_is_read_anew_unless_all_is(program, desk):
    assert "marsad: 0 articles read anew" in program("store", "rebuild", "--project", desk).said
    store = load_project(desk).open()
    with store.database.writing() as connection:
        connection.execute(text("UPDATE articles SET reader = 'marsad 0.0 (old)' WHERE id IN ('b', 'c')"))
    with store.database.reading() as connection:
        kept = list(faults(store.database))
    store.close()
    assert kept == []
    assert "marsad: 2 articles read anew" in program("store", "rebuild", "--project", desk).said


def test_an_article_that_cannot_be_read_any_more_keeps_its_claims(desk, program, monkeypatch):
    made = held(desk, MADE)
    monkeypatch.setattr("marsad.run.readers_rules.claims_of", _refuse)
    done = program("store", "rebuild", "--all", "--project", desk)
    assert done.code == 3
    assert sum("could not be read anew, and keeps its claims" in line for line in done.said) == 4
    assert held(desk, MADE) == made


def _refuse(article, kit):
    from marsad.errors import SetAside

    raise SetAside("too_long", "the reader cannot read it")


def test_what_is_reread_takes_no_limit_of_today(desk, data):
    store = load_project(desk).open()
    how = Rereading(data=data, crew=Crew(), run=store.begin_run("rebuild", "test"))
    ids, others = texts_to_reread(store, how, everything=True)
    assert (ids, others) == (["a", "b", "c", "d"], 0)
    refused = []
    *_, done = reread(store, ids, how, lambda where, why: refused.append(where))
    assert (done.fates["reread"], refused) == (4, [])
    store.close()
