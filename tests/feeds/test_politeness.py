"""One request per host at a time, with a pause; waiting ends when the desk is told to stop."""

from threading import Event, Thread

import pytest

from marsad.feeds import Politeness, Stopped


class Time:
    """A clock that only waiting moves."""

    def __init__(self):
        self.now = 50.0
        self.waits = []

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds
        return False


def polite(delay, time, chance=0.0):
    return Politeness(delay, time.wait, clock=lambda: time.now, chance=lambda: chance)


def starts(politeness, time, hosts, delay=None, takes=0.0):
    found = []
    for host in hosts:
        with politeness.turn(host, delay):
            found.append(time.now)
            time.now += takes
    return found


@pytest.mark.parametrize(
    ("delay", "asked", "chance", "takes", "expected"),
    [
        (5.0, None, 0.0, 0.0, [50, 55, 60]),
        (5.0, 10.0, 0.0, 0.0, [50, 60, 70]),
        (5.0, 1.0, 0.0, 0.0, [50, 55, 60]),
        (8.0, None, 1.0, 0.0, [50, 60, 70]),
        (5.0, None, 0.0, 3.0, [50, 55, 60]),
        (5.0, None, 0.0, 9.0, [50, 59, 68]),
        (0.0, None, 0.0, 0.0, [50, 50, 50]),
    ],
)
def test_starts_at_one_host_are_apart(delay, asked, chance, takes, expected):
    time = Time()
    assert starts(polite(delay, time, chance), time, ["a"] * 3, asked, takes) == expected


def test_other_hosts_need_not_wait():
    time = Time()
    politeness = polite(5.0, time)
    assert starts(politeness, time, ["a", "b", "a"]) == [50, 50, 55]
    assert politeness.seconds_until("a") == 5.0
    assert politeness.seconds_until("c") == 0.0


def test_a_host_is_free_again_after_a_failure():
    time = Time()
    politeness = polite(1.0, time)
    with pytest.raises(KeyError), politeness.turn("a"):
        raise KeyError
    assert starts(politeness, time, ["a"]) == [51]


def test_being_told_to_stop_ends_the_wait():
    stop = Event()
    politeness = Politeness(3600.0, stop.wait)
    with politeness.turn("a"):
        pass
    stop.set()
    with pytest.raises(Stopped), politeness.turn("a"):
        pytest.fail("it was not its turn")


def test_two_threads_never_hold_one_host_together():
    inside, most, total = [], [], []
    politeness = Politeness(0.0)

    def work():
        for _ in range(20):
            with politeness.turn("a"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()
                total.append(1)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(most), len(total)) == (1, 80)


def test_a_thread_that_waits_for_another_one_can_be_stopped():
    stop, held = Event(), []
    politeness = Politeness(0.0, stop.wait)
    with politeness.turn("a"):
        stop.set()
        with pytest.raises(Stopped), politeness.turn("a"):
            held.append(1)
    assert held == []


def test_hosts_of_long_ago_are_forgotten():
    time = Time()
    politeness = polite(1.0, time)
    starts(politeness, time, map(str, range(10_001)))
    time.now += 2
    starts(politeness, time, ["x"])
    assert len(politeness._hosts) == 1
