"""Small incidents built by hand: ``incident("5", capture(NORTH, by=OBSERVATORY))``. Places, parties and sources are invented."""

import re
from dataclasses import replace
from datetime import date
from zlib import crc32

from marsad.model import Label, Span
from marsad.model.incident import Incident, Part, Root, Spot, Testimony, Told, When

TOWN = Spot("marsad:xx-sindian", "Sindian", 35.1, 36.7, "exact", "XX")
NORTH, SOUTH, EAST = "north-army", "south-front", "east-brigade"
NORTH_RADIO, SOUTH_OFFICE = "north-radio", "south-office"
OBSERVATORY, WIRE = "observatory", "wire"
SIDES = {
    NORTH: "north",
    NORTH_RADIO: "north",
    SOUTH: "south",
    SOUTH_OFFICE: "south",
    EAST: "east",
    OBSERVATORY: "",
    WIRE: "",
}
LABELS = {
    NORTH: Label(en="Northern Army", ar="جيش الشمال"),
    SOUTH: Label(en="Southern Front", ar="جبهة الجنوب"),
    EAST: Label(en="Eastern Brigade", ar="لواء الشرق"),
    OBSERVATORY: Label(en="Observatory", ar="المرصد"),
}


def day(number):
    return date(2024, 12, int(number)) if number else None


def root(key):
    return Root(key, key, "organisation", (key,), SIDES.get(key, ""))


def part(role, who):
    return Part(role, f"words for {who}", who, SIDES[who]) if who in SIDES else Part(role, who)


def claim(event, by, says="affirms", told=None, place=TOWN, stance="state", **roles):
    """A claim as keywords of a `Testimony`; ``told`` is the day of publication where it is not the incident's."""
    parts = tuple(part(role, who) for role, some in roles.items() for who in _several(some))
    return {
        "event": event,
        "root": root(by),
        "says": says,
        "told": told,
        "place": place,
        "stance": stance,
        "parts": parts,
    }


def _several(some):
    return [some] if isinstance(some, str) else list(some or ())


def capture(gainer=None, by=OBSERVATORY, loser=None, **more):
    return claim("territory.control", by, gainer=gainer, loser=loser, **more)


def withdrawal(agent=None, by=OBSERVATORY, **more):
    return claim("territory.withdrawal", by, agent=agent, **more)


def entry(agent=None, by=OBSERVATORY, **more):
    return claim("territory.advance", by, agent=agent, **more)


def repel(agent=None, by=OBSERVATORY, patient=None, **more):
    return claim("territory.repel", by, agent=agent, patient=patient, **more)


def siege(agent=None, by=OBSERVATORY, **more):
    return claim("territory.siege", by, agent=agent, **more)


def denied(one):
    return {**one, "says": "denies", "stance": "deny"}


def incident(start, *claims, id=None, end=None, status="single", place=TOWN, precision="day", events=None):
    """An incident of that day of December 2024; each root is a group of its own."""
    # No party's name may stand in it: sides are swapped, ids are not.
    id = id or f"i{start}-{crc32(repr(claims).encode()):08x}"
    when = When(day(start), day(end or start), precision)
    told = tuple(_told(one, f"{id}/{number}", when) for number, one in enumerate(claims))
    return Incident(
        id=id,
        events=tuple(events or dict.fromkeys(one["event"] for one in claims)),
        status=status,
        roots=len(claims),
        independent=len(claims),
        counts_differ=False,
        when=when,
        place=place,
        parts=(),
        counts=(),
        told=told,
        reasons=(),
    )


def _told(one, article, when):
    one = dict(one)
    published = one.pop("told") or (when.start.day if when.start else 9)
    testimony = Testimony(
        article=article,
        number=0,
        id=f"claim of {article}",
        outlet="outlet",
        published=f"2024-12-{int(published):02}",
        family="",
        span=Span(0, 1),
        **{"when": when, **one},
    )
    return Told(testimony=testimony, group=one["root"].key)


def shown(spells):
    """Spells in short: ``"5-7 contested SOUTH<NORTH"`` as (from, to, state, holder, claimant)."""
    return [
        (
            spell.start.day,
            spell.end.day if spell.end else None,
            spell.state,
            spell.holder.id or spell.holder.label if spell.holder else None,
            spell.claimant.id or spell.claimant.label if spell.claimant else None,
        )
        for spell in spells
    ]


OTHER = {NORTH: SOUTH, SOUTH: NORTH, NORTH_RADIO: SOUTH_OFFICE, SOUTH_OFFICE: NORTH_RADIO}


def swapped(one):
    """An incident in which the north stands for the south."""

    def part(part):
        other = OTHER.get(part.id, part.id)
        return replace(part, id=other, text=f"words for {other}", side=SIDES[other]) if part.id else part

    def told(told):
        claim = told.testimony
        key = OTHER.get(claim.root.key, claim.root.key)
        root = replace(claim.root, key=key, text=key, authority=(key,), side=SIDES[key])
        parts = tuple(map(part, claim.parts))
        return replace(told, testimony=replace(claim, root=root, parts=parts), group=key)

    return replace(one, told=tuple(map(told, one.told)))


def mirrored(text):
    for here, there in ((NORTH, SOUTH), (NORTH_RADIO, SOUTH_OFFICE), ("Northern Army", "Southern Front")):
        text = re.sub(f"{here}|{there}", lambda f, a=here, b=there: b if f[0] == a else a, text)
    return text


NORTH_HOLDS = incident(1, capture(NORTH))
HELD_BY_NORTH = (1, 5, "held", NORTH, None)
