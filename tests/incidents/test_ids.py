"""Ids of incidents: they stay when later articles come in, and are kept from an earlier run."""

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from build import MOUNTAIN, OBSERVATORY, SEA, TOWNS, body, claim, incidents, judged, one_incident

from marsad.incidents import keep_ids

HERE = {"roles": "agent:north patient:مدنيين"}
A = claim("a", id="A", **HERE)
B = claim(f"b@{SEA}", id="B", published="2024-05-06", **HERE)
C = claim(f"c@{MOUNTAIN}", "harm.killed", OBSERVATORY, id="C", published="2024-05-06", killed=4, **HERE)
D = claim("d", id="D", place=TOWNS[5], **HERE)
LATE = claim(f"l@{SEA}", id="LATE", published="2024-05-20", **HERE)


def ids(found):
    return {one.testimony.id: incident.id for incident in found for one in incident.told}


def kept(found, before, given=None):
    return keep_ids(found, before, set() if given is None else given)


def test_the_id_stays_when_later_articles_come_in():
    first = one_incident(A).id
    for more in ([B], [B, C], [B, C, D], [C, LATE]):
        assert ids(incidents(*more, A))["A"] == first


def test_a_plan_told_before_does_not_move_the_id():
    plan = claim(f"p@{SEA}", id="PLAN", published="2024-05-04", day=5, says="expects", **HERE)
    assert one_incident(A, plan).id == one_incident(A).id


def test_ids_are_those_of_incidents_of_this_form():
    found = incidents(A, D)
    assert len({one.id for one in found}) == 2
    for one in found:
        assert one.id[0] == "i"
        assert len(one.id) == 16
        assert int(one.id[1:], 16) >= 0


def test_an_earlier_article_that_comes_in_late_takes_the_old_id_from_before():
    first = claim("z", id="FIRST", published="2024-05-05T01:00:00Z", **HERE)
    earlier = incidents(B, C)
    again = incidents(first, B, C)
    assert again[0].id != earlier[0].id, "the id hangs on the first report"
    assert kept(again, ids(earlier))[0].id == earlier[0].id


def test_the_largest_share_keeps_the_id_when_an_incident_falls_apart():
    earlier = ids(incidents(A, B, C))
    split = incidents(A, B, C, judgements=[judged("A", "B", "different"), judged("A", "C", "different")])
    found = kept(split, earlier)
    assert len(found) == 2
    assert ids(found)["B"] == ids(found)["C"] == earlier["A"]
    assert ids(found)["A"] not in earlier.values()


def test_of_two_that_grow_together_the_larger_gives_the_id():
    earlier = {"A": "small", "B": "large", "C": "large"}
    (found,) = kept(incidents(A, B, C), earlier)
    assert found.id == "large"


def test_new_incidents_have_their_own_ids():
    before = ids(incidents(A))
    found = kept(incidents(A, D), before)
    assert ids(found)["A"] == before["A"]
    assert ids(found)["D"] == ids(incidents(D))["D"]


def test_nothing_moves_in_a_run_on_the_same_claims():
    found = incidents(A, B, C, D, LATE)
    assert kept(found, ids(found)) == found


def test_an_id_that_another_block_has_taken_is_not_given_again():
    found = incidents(A)
    given = {"old"}
    (one,) = kept(found, {"A": "old"}, given)
    assert one.id == found[0].id


def test_ids_of_incidents_of_other_blocks_never_meet():
    """An incident that has its own id by birth must not meet one that was given that id by the earlier run."""
    threat = claim("t", "say.threat", id="T", roles="agent:north")
    birth = ids(incidents(threat))["T"]
    given = set()
    # The earlier run had A under the id that the threat has by birth; both are in this run, in two blocks.
    one = kept(incidents(A), {"A": birth}, given)
    other = kept(incidents(threat), {"A": birth}, given)
    assert one[0].id == birth
    assert other[0].id != birth


def test_retells_follows_the_new_name():
    found = incidents(A, B, LATE)
    (again,) = [one for one in found if one.retells]
    renamed = kept(found, {"A": "old", "B": "old", "LATE": "late"})
    (again,) = [one for one in renamed if one.retells]
    assert (again.id, again.retells) == ("late", "old")


TOLD = [A, B, C, D, LATE, *(claim(f"x{n}", id=f"X{n}", root=body("south-army"), place=TOWNS[n % 3], **HERE) for n in range(6))]  # fmt: skip


@given(
    st.lists(st.sampled_from(TOLD), unique=True, min_size=1),
    st.lists(st.sampled_from(TOLD), unique=True, min_size=1),
    st.sets(st.tuples(st.sampled_from([one.id for one in TOLD]), st.sampled_from([one.id for one in TOLD]))),
)
def test_no_two_incidents_ever_have_one_id(first, second, apart):
    pairs = [judged(x, y, "different") for x, y in sorted(apart) if x != y]
    before = ids(incidents(*first))
    new = incidents(*second, judgements=pairs)
    found = kept(new, before)
    names = [one.id for one in found]
    assert len(set(names)) == len(names)
    assert {one.retells for one in found} <= {"", *names}
    assert [replace(one, id="", retells="") for one in found] == [
        replace(one, id="", retells="") for one in new
    ]
    for incident in found:
        had = {before[one.testimony.id] for one in incident.told if one.testimony.id in before}
        if incident.id in before.values():
            assert incident.id in had, "an old id stays with a claim that had it"


def test_one_article_more_leaves_all_other_incidents_as_they_were():
    quiet = [D, claim("e", id="E", place=TOWNS[8], roles="agent:south")]
    before = {one.id: one for one in incidents(A, *quiet)}
    after = {one.id: one for one in incidents(A, B, *quiet)}
    for one in quiet:
        identity = next(id for id, found in before.items() if found.told[0].testimony is one)
        assert after[identity] == before[identity]
