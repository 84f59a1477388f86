"""Sums are made before anybody asks for them, and anew once the store has changed."""

import threading

import pytest

from marsad.store import put_articles
from marsad.web.views.outlets import listed
from marsad.web.warming import Warming
from stored import stored
from web.client import workspace

__all__ = ["workspace"]
PATIENCE = 20.0


class Watched:
    """What is kept, with a bell that rings whenever the last of the sums is made."""

    def __init__(self, kept):
        self.kept = kept
        self.rings = threading.Event()
        self.makers = []

    def get(self, connection, name, make, at=""):
        def watched(some):
            self.makers.append((name, threading.current_thread().name))
            return make(some)

        found = self.kept.get(connection, name, watched, at)
        if name == "places.doubts":
            self.rings.set()
        return found


@pytest.fixture
def watched(workspace):
    object.__setattr__(workspace, "kept", Watched(workspace.kept))
    warming = Warming(workspace, every=0.01)
    warming.begin()
    yield workspace
    warming.end()


def test_who_comes_first_finds_them_made_and_what_changed_is_made_anew(watched):
    kept = watched.kept
    assert kept.rings.wait(PATIENCE)
    first = set(kept.makers)
    assert first == {
        (name, "warming") for name in ("outlets", "outlets.listed", "actors", "places", "places.doubts")
    }
    kept.rings.clear()
    kept.makers.clear()
    with watched.store.database.writing() as connection:
        put_articles(connection, [stored("a9", outlet="جريدة النهر")], None)
    assert kept.rings.wait(PATIENCE)
    assert set(kept.makers) == first
    with watched.store.database.reading() as connection:
        assert "جريدة النهر" in {one.name for one in listed(Warming(watched), connection)}


def test_a_store_that_cannot_be_read_for_a_while_is_looked_at_again(workspace, monkeypatch):
    from marsad.errors import TryAgain
    from marsad.web import warming

    looked, told = [], threading.Event()

    def mark(connection):
        looked.append(1)
        if len(looked) == 1:
            raise TryAgain("held by another process")
        told.set()
        return "m"

    monkeypatch.setattr(warming, "mark_of", mark)
    made = Warming(workspace, every=0.01)
    made.begin()
    try:
        assert told.wait(PATIENCE)
    finally:
        made.end()
