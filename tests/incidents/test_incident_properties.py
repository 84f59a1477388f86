"""What holds for any claims: each is in exactly one incident, in any order of articles, and numbers add up."""

import json
import sys
from pathlib import Path
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from build import TOWNS, claim, lines, sets, shown
from build import incidents as incidents_of
from test_even_handed_incidents import CLAIMS, ROOTS, made

from marsad.model.incident import Judgement
from marsad.model.incident_json import incident_from_json, incident_to_json

IDS = st.integers(0, 8).map("c{}".format)
JUDGED = st.lists(
    st.tuples(IDS, IDS, st.sampled_from(["same", "different", "unsure"])).filter(
        lambda row: row[0] != row[1]
    ),
    max_size=4,
).map(lambda rows: [Judgement(one=a, other=b, verdict=verdict) for a, b, verdict in rows])


@given(CLAIMS, JUDGED, st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_the_order_of_articles_plays_no_part(rows, judgements, chance):
    claims = made(rows)
    names = sorted({one.article for one in claims})
    first = lines(incidents_of(*claims, judgements=judgements))
    shuffled = chance.sample(names, len(names))
    # Claims of one article stay in the order of its text; the articles come in another.
    again = sorted(claims, key=lambda one: shuffled.index(one.article))
    assert sorted(lines(incidents_of(*again, judgements=judgements))) == sorted(first)


@given(CLAIMS, JUDGED)
@settings(max_examples=120, deadline=None)
def test_every_claim_is_in_exactly_one_incident(rows, judgements):
    claims = made(rows)
    found = incidents_of(*claims, judgements=judgements)
    assert sorted(told.testimony.id for one in found for told in one.told) == sorted(one.id for one in claims)
    assert all(one.told for one in found), shown(found)
    assert len({one.id for one in found}) == len(found)


@given(CLAIMS, JUDGED)
@settings(max_examples=120, deadline=None)
def test_judgements_hold(rows, judgements):
    """Of judgements that do not contradict each other every one is kept (the last of each pair)."""
    claims = made(rows)
    here = {one.id for one in claims}
    last = {frozenset((j.one, j.other)): j.verdict for j in judgements}
    groups = sets(incidents_of(*claims, judgements=judgements))
    home = {id: group for group in groups for id in group}
    for pair, verdict in last.items():
        if pair <= here and verdict == "same":
            assert len({home[id] for id in pair}) == 1
    if "same" not in last.values():
        for pair, verdict in last.items():
            if pair <= here and verdict == "different":
                assert len({home[id] for id in pair}) == 2


@given(CLAIMS)
@settings(max_examples=100, deadline=None)
def test_numbers_and_ranges_add_up(rows):
    for one in incidents_of(*made(rows)):
        affirming = [told for told in one.told if told.group and told.testimony.says == "affirms"]
        assert one.roots == len({told.testimony.root.key for told in one.told if told.group})
        assert one.independent == len({told.group for told in affirming}) <= one.roots
        assert (one.status == "denied") <= (not affirming)
        assert (one.status in ("corroborated", "disputed", "conceded")) <= bool(affirming)
        assert (one.status == "corroborated") <= (one.independent > 1)
        assert (one.status == "single") <= (one.independent == 1)
        assert (one.status is None) == (not any(told.group for told in one.told))
        for told in one.told:
            if told.testimony.says in ("expects", "demands"):
                assert told.group == ""
        for count in one.counts:
            assert count.min is None or count.max is None or count.min <= count.max
            assert count.min_by
            assert count.max_by
        assert set(one.events) == {told.testimony.event for told in one.told}
        assert one.when.start is None or one.when.start <= one.when.end


@given(CLAIMS)
@settings(max_examples=60, deadline=None)
def test_incidents_survive_the_way_to_disk_and_back(rows):
    for one in incidents_of(*made(rows)):
        row = json.loads(json.dumps(incident_to_json(one), ensure_ascii=False))
        assert incident_to_json(incident_from_json(row)) == row


def test_a_large_block_is_done_in_time_that_grows_with_it():
    """Claims on ten towns through a month: no comparison of each with each."""

    def seconds(n):
        claims = [
            claim(f"a{k}", root=ROOTS[k % 3], id=f"c{k}", place=TOWNS[k % 10], day=1 + k * 7 % 28)
            for k in range(n)
        ]
        start = perf_counter()
        incidents_of(*claims)
        return perf_counter() - start

    seconds(50)
    small, large = seconds(300), seconds(1200)
    assert large < 12 * small + 0.5
