"""Sides swapped: whoever does it to whom, the incidents are the same up to the names."""

import re
import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from build import (
    NORTH_AGENCY,
    OBSERVATORY,
    RIVER,
    SEA,
    SOUTH_AGENCY,
    TOWNS,
    TWIN,
    WORLD,
    body,
    claim,
    incidents,
    outlet,
    unnamed,
)

from marsad.model.incident import Root

EVENTS = "strike.air strike.shelling harm.killed harm.wounded fight.clash territory.control territory.withdrawal territory.repel talks.breach custody.arrest say.threat".split()
ROLES = ["", "agent:north patient:south", "agent:south patient:north", "agent:north patient:مدنيين", "agent:south patient:مدنيين", "gainer:north loser:south", "gainer:south loser:north", "agent:north patient:south patient:جنود", "agent:south patient:north patient:جنود", "party:north party:south", "agent:north", "agent:south"]  # fmt: skip
OFFICIAL = Root(
    "unnamed:river:مصدر امني", "مصدر أمني", "unnamed", ("unnamed:river:مصدر امني",), official=True
)
ROOTS = [
    OBSERVATORY,
    OFFICIAL,
    unnamed("مصدر طبي", RIVER),
    *(outlet(name) for name in (RIVER, SEA, NORTH_AGENCY, SOUTH_AGENCY)),
    *(body(id) for id in ("north-army", "north-ministry", "south-army", "south-ministry", "ally-army")),
]
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(EVENTS),
        st.sampled_from(ROOTS),
        st.sampled_from(ROLES),
        st.sampled_from(["affirms"] * 5 + ["denies", "denies", "expects", "demands"]),
        st.sampled_from([TOWNS[0], TOWNS[0], TWIN, TOWNS[1]]),
        st.integers(3, 6),
        st.sampled_from([None, None, 1, 2, 12, 14, 40]),
        st.sampled_from(["named", "relative", "article"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=9,
)


def made(rows):
    return [
        claim(f"a{article}@{(RIVER, SEA)[article % 2]}", event, root, id=f"c{n}", number=n, at=n, says=says,
              stance="deny" if says == "denies" else None, roles=roles, place=place, day=day, killed=killed, tie=tie,
              published=f"2024-05-{6 + article % 2:02}")
        for n, (event, root, roles, says, place, day, killed, tie, article) in enumerate(rows)
    ]  # fmt: skip


def swap_words(text):
    names = {"north": "south", "south": "north", NORTH_AGENCY: SOUTH_AGENCY, SOUTH_AGENCY: NORTH_AGENCY}
    return re.sub("|".join(names), lambda found: names[found[0]], text)


def swapped(one):
    """A claim in which the north stands for the south, in every name and id."""
    root = one.root
    other = replace(
        root,
        key=swap_words(root.key),
        text=swap_words(root.text),
        authority=tuple(map(swap_words, root.authority)),
        side=swap_words(root.side),
    )
    parts = tuple(
        replace(part, id=swap_words(part.id), text=swap_words(part.text), side=swap_words(part.side))
        for part in one.parts
    )
    return replace(one, root=other, parts=parts)


class Mirror(type(WORLD)):
    """The same world where the towns lie in the south's country."""

    def governs(self, identity, country):
        return super().governs(swap_words(identity), country)

    def country(self, identity):
        return super().country(swap_words(identity))


def told(found, rename=str):
    """What users are told of incidents, without what hangs on the order of names."""
    return sorted(
        (
            sorted(one.testimony.id for one in incident.told),
            incident.status,
            incident.roots,
            incident.independent,
            incident.counts_differ,
            sorted(incident.events),
            [(c.kind, c.min, c.max) for c in incident.counts],
            sorted((part.role, rename(part.text), rename(part.side)) for part in incident.parts),
            sorted(bool(one.group) for one in incident.told),
            sorted(reason.code for reason in incident.reasons),
            bool(incident.retells),
        )
        for incident in found
    )


@given(CLAIMS)
@settings(max_examples=150, deadline=None)
def test_incidents_are_the_same_up_to_the_swap(rows):
    claims = made(rows)
    here = told(incidents(*claims))
    there = told(incidents(*map(swapped, claims), world=Mirror()), swap_words)
    assert here == there


def test_the_swap_swaps():
    one = claim("a", root=body("north-army"), roles="agent:north patient:south")
    other = swapped(one)
    assert (other.root.key, other.root.side) == ("south-army", "south")
    assert [(part.role, part.side) for part in other.parts] == [("agent", "south"), ("patient", "north")]
    assert swapped(other) == one
