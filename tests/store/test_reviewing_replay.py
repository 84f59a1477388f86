"""Whatever people do in whatever order: what stands is what a plain replay of the rows gives, and the kept states are those."""

import itertools
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from marsad.errors import InputError, Stale
from marsad.store import open_store, tables
from marsad.store.reviewing import reviews_of
from marsad.store.reviewing_states import state_faults
from reviewed import Desk

WHO = ("ana", "ben", "eve")
DECISIONS = (
    ("accept", {}),
    ("reject", {"reason": "other"}),
    ("edit", {"edit": {"polarity": "negated"}}),
    ("edit", {"edit": {"modality": "planned"}}),
    ("unsure", {}),
)
PARTS = ("first", "second", "adjudication")
deciding = st.tuples(
    st.just("decide"),
    st.sampled_from(WHO),
    st.integers(0, 2),
    st.sampled_from(DECISIONS),
    st.sampled_from(PARTS),
)
undoing = st.tuples(st.just("undo"), st.sampled_from(WHO), st.none() | st.integers(0, 11))


def replayed(rows):
    """The latest decision of each part that holds, by the definition: a row holds unless one that holds undoes it."""

    def holds(number):
        return not any(holds(row.number) for row in rows if row.undoes == number)

    return {row.part: row for row in rows if row.undoes is None and holds(row.number)}


@settings(max_examples=40, deadline=None)
@given(st.lists(deciding | undoing, max_size=14))
def test_what_stands_is_what_a_replay_gives(steps):
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'marsad.db'}", make=True)
        try:
            desk = Desk(store)
            desk.twice()
            _work(desk, steps)
            _compare(desk)
        finally:
            store.close()


def _work(desk, steps):
    claims, numbers = desk.claims(), []
    for step in steps:
        try:
            if step[0] == "decide":
                _, who, which, (decision, more), part = step
                numbers.append(desk.decide(who, claims[which], decision, part, note="n", **more))
            else:
                _, who, which = step
                number = None if which is None or not numbers else numbers[which % len(numbers)]
                numbers.append(desk.undo(who, number, role="admin"))
        except (InputError, Stale):
            continue


def _compare(desk):
    rows = desk.read(reviews_of, ["a"])
    for claim, part in itertools.product(desk.claims(), PARTS):
        wanted = replayed(rows.get(claim, [])).get(part)
        found = desk.standing(claim, part)
        assert (found.number, found.decision) == (
            (wanted.number, wanted.decision) if wanted else (None, None)
        )
    assert _faults(desk) == []
    if any(rows.values()):
        desk.write(lambda connection: connection.execute(delete(tables.review_states)))
        assert bool(_faults(desk)) == any(replayed(found) for found in rows.values())


def _faults(desk):
    return desk.read(lambda connection: list(state_faults(connection)))
