"""Reconciling a project's store for a command: told to stop it ends after a transaction, and the rest is done later."""

import pytest
from sqlalchemy import text

from marsad.cli.progress import Progress
from marsad.cli.tying import How, reconcile_store
from marsad.feeds import Stopped
from marsad.run.project import load_project
from marsad.run.turn import turn
from marsad.store import put_articles, waiting
from outlet import desk, rows_of, server
from stored import OTHER, TEXT, stored

__all__ = ["desk", "server"]

OPEN = "SELECT (SELECT count(*) FROM articles WHERE pending) + (SELECT count(*) FROM stale)"


@pytest.fixture
def store(desk):
    made = load_project(desk).open()
    with made.database.writing() as connection:
        put_articles(connection, [stored("a", TEXT), stored("b", OTHER)], None)
    yield made
    made.close()


def test_told_to_stop_what_is_left_waits_for_the_next_time(desk, store, data):
    asked = []

    def stopped():
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Stopped):
        reconcile_store(store, How(data=data, stopped=stopped), Progress())
    [(left,)] = rows_of(desk, OPEN)
    assert left > 0
    reconcile_store(store, How(data=data), Progress())
    assert rows_of(desk, OPEN) == [(0,)]
    assert rows_of(desk, "SELECT count(*) FROM incident_claims") == rows_of(
        desk, "SELECT count(*) FROM claims"
    )


def test_nothing_is_loaded_where_nothing_waits(store, data, monkeypatch):
    reconcile_store(store, How(data=data), Progress())
    monkeypatch.setattr("marsad.cli.tying.load_knowledge", pytest.fail)
    assert reconcile_store(store, How(data=data), Progress()).articles == 0


def test_whoever_waits_for_another_process_stops_when_told(store, data, capsys):
    with turn(store.database, "reconcile"), pytest.raises(Stopped):
        reconcile_store(store, How(data=data, stopped=lambda: True), Progress())
    assert "another process reconciles this project; waiting for it" in capsys.readouterr().err
    with store.database.reading() as connection:
        assert waiting(connection) == connection.execute(text(OPEN)).scalar()
