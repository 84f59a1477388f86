"""Leases: one claim is before one person, for fifteen minutes; and the way that each came."""

from concurrent.futures import ThreadPoolExecutor

from marsad.web.leases import KEPT, LEASE, Leases


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_a_claim_is_given_to_one_person_until_it_goes_back():
    clock = Clock()
    leases = Leases(clock)
    assert leases.take("c1", "first", "رنا")
    assert not leases.take("c1", "first", "Sami")
    assert leases.take("c1", "second", "Sami")
    assert leases.free(["c1", "c2"], "first", "Sami") == ["c2"]
    assert leases.free(["c1", "c2"], "first", "رنا") == ["c1", "c2"]
    assert leases.holder("c1", "first") == "رنا"
    assert leases.take("c2", "first", "رنا")
    assert leases.holder("c1", "first") is None
    assert leases.take("c1", "first", "Sami")


def test_a_lease_ends_and_is_renewed():
    clock = Clock()
    leases = Leases(clock)
    leases.take("c1", "first", "a")
    clock.now += LEASE - 1
    leases.take("c1", "first", "a")
    clock.now += LEASE - 1
    assert not leases.take("c1", "first", "b")
    clock.now += 1
    assert leases.take("c1", "first", "b")


def test_of_many_at_once_one_gets_it():
    leases = Leases(Clock())
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda who: leases.take("c1", "first", str(who)), range(40)))
    assert got.count(True) == 1


def test_the_way_back():
    leases = Leases(Clock())
    for claim, article in (("c1", "a"), ("c2", "a"), ("c3", "b"), ("c4", "b")):
        leases.came_to(claim, article, "first", "a")
    leases.came_to("c2", "a", "first", "a")  # back: the way stays
    assert leases.before("c4", "first", "a") == ("c3", "c2")
    assert leases.before("c2", "first", "a") == ("c1", "")
    assert leases.before("c1", "first", "a") == ("", "")
    assert leases.before("c9", "first", "a") == ("c4", "c4")
    assert leases.before("c2", "first", "b") == ("", "")


def test_what_comes_next_is_kept_for_a_while():
    clock = Clock()
    leases = Leases(clock)
    leases.keep_next("scope", ["c1", "c2", "c3"])
    assert leases.behind("scope", "c1") == ["c2", "c3"]
    assert leases.behind("scope", "c9") is None
    assert leases.behind("another", "c1") is None
    clock.now += KEPT
    assert leases.behind("scope", "c1") is None
