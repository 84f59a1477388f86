"""Taking turns at a store: one at a time, also between processes, and never longer than the process lives."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from marsad.errors import TryAgain
from marsad.feeds import Stopped
from marsad.run.turn import turn
from marsad.store import Database

HOLDER = """
import sys
from marsad.run.turn import turn
from marsad.store import Database
with turn(Database(sys.argv[1]), "watch"):
    print("holding", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(store, store_url):
    """Another process that has the turn to watch."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, store_url], stdin=-1, stdout=-1, text=True)
    assert process.stdout.readline() == "holding\n"
    yield process
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        pipe.close()


def test_a_turn_is_refused_while_another_process_has_it(store, holder):
    with (
        pytest.raises(TryAgain, match=r"another process is at it already \(watch of "),
        turn(store.database, "watch"),
    ):
        pytest.fail("two at once")
    with turn(store.database, "reconcile"):
        pass  # turns for different things do not wait for each other


def test_a_turn_ends_with_its_process_however_that_ends(store, holder):
    holder.kill()
    holder.wait()
    with turn(store.database, "watch", wait=10), store.database.reading() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_whoever_waits_is_told_once_and_gets_its_turn(store, holder):
    told = []

    def tell():
        told.append(1)
        holder.stdin.close()

    with turn(store.database, "watch", wait=20, told=tell):
        pass
    assert told == [1]


def test_waiting_ends_when_told_to_stop(store, holder):
    with pytest.raises(Stopped), turn(store.database, "watch", wait=600, stopped=lambda: True):
        pytest.fail("two at once")


def test_a_turn_can_be_taken_again_after_a_failure(store):
    def fail():
        with turn(store.database, "watch"):
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    with turn(store.database, "watch"):
        pass


def test_the_lock_of_a_file_is_its_own(tmp_path):
    one, other = Database(f"sqlite:///{tmp_path / 'one.db'}"), Database(f"sqlite:///{tmp_path / 'two.db'}")
    with turn(one, "watch"), turn(other, "watch"):
        pass
    one.close()
    other.close()
