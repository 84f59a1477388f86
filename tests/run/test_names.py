"""Names for whoever shows claims: labels of actors, sides and outlets, and places, asked by several threads."""

import threading

import pytest

from marsad.grounding.own_actors import add_actor
from marsad.run.names import Names


@pytest.fixture(scope="module")
def names():
    made = Names()
    yield made
    made.close()


def test_actors_sides_and_outlets_have_labels(names):
    actor = next(names.actors())
    assert names.actor(actor.id) == actor
    assert names.label(actor.id) == actor.label
    side = next(iter(names._register.sides))
    assert names.label(side).en
    assert names.label("outlet:sana").ar


@pytest.mark.parametrize("identity", [None, "", "no-such-actor", "outlet:", "outlet:no-such", "<script>"])
def test_what_is_not_in_the_register_has_none(names, identity):
    assert names.label(identity) is None
    assert names.actor(identity) is None
    assert names.place(identity) is None


@pytest.mark.parametrize("written", ["حماة", "Hama"])
def test_places_are_found_by_either_script_the_best_known_first(names, written):
    found = names.places(written)
    assert found[0].country == "SY"
    assert names.place(found[0].id) == found[0]
    assert len(names.places(written, 1)) == 1


@pytest.mark.parametrize("written", ["", "   ", "؟؟؟", "x" * 5000, "'; DROP TABLE places; --"])
def test_what_is_no_place_gives_none(names, written):
    assert names.places(written) == []


def test_several_threads_may_ask_at_once(names):
    wrong, expected = [], names.places("حلب")[0].id

    def ask():
        for _ in range(20):
            if names.places("حلب")[0].id != expected or names.place(expected) is None:
                wrong.append(1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


def test_the_users_own_actors_are_there_too(data):
    data.mkdir()
    entry = {"id": "desk-own", "kind": "militia", "en": "The desk's own", "ar": "خاصتنا"}
    add_actor(data / "actors.yml", entry)
    own = Names(data)
    label = own.label("desk-own")
    own.close()
    assert (label.en, label.ar) == ("The desk's own", "خاصتنا")
