"""Hand-made incidents for the tables in other coders' columns: a register with an actor of each sort, and builders that fill in what a test does not say."""

from dataclasses import replace
from datetime import date

from export import records
from marsad.model import Label
from marsad.model.actor import Actor, Membership, Outlet
from marsad.model.place import Place


def _actor(identity, label, kind, country="", inter=None, **more):
    return Actor(
        id=identity, label=Label(en=label, ar=label), kind=kind, country=country, inter=inter, **more
    )


ACTORS = {
    one.id: one
    for one in (
        _actor("sy-army", "Syrian army", "army", "SY", 1),
        _actor("sy-police", "Syrian police", "police", "SY", 1),
        _actor("rebels", "Rebel factions", "faction", "SY", 2),
        _actor("islamists", "Islamist faction", "faction", "SY", 2),
        _actor("militia", "Militia", "militia", "SY", 3),
        _actor("tr-army", "Armed forces of Turkey", "army", "TR", 1),
        _actor("coalition", "Coalition", "coalition", "", 8),
        _actor("party", "A party", "party", "SY"),
        _actor("speaker", "The speaker", "person", "SY", offices=(Membership(of="rebels", start=date(2024, 1, 1)),)),
        _actor("poet", "The poet", "person", "SY"),
    )
}  # fmt: skip
SIDES = {
    "sy-army": "government",
    "sy-police": "government",
    "rebels": "opposition",
    "islamists": "opposition",
    "militia": "government",
}
OUTLETS = {
    "محلية": Outlet(id="local", label=Label(en="Local", ar="محلية"), country="SY"),
    "جارة": Outlet(id="near", label=Label(en="Neighbour", ar="جارة"), country="LB"),
    "بعيدة": Outlet(id="far", label=Label(en="Far", ar="بعيدة"), country="FR"),
}


def _place(identity, name, kind, admin, parent):
    return Place(
        id=identity, name=name, ar=name, kind=kind, country="SY", admin=admin, parent=parent, lat=35.0, lon=36.0, precision="exact", radius=1.0, population=0, origin="test",
        layer=0,
    )  # fmt: skip


PLACES = {
    one.id: one
    for one in (
        _place("SY", "Syria", "country", "", ""),
        _place("SY-HM", "Hama", "governorate", "SY-HM", "SY"),
        _place("d1", "Suqaylabiyah", "district", "SY-HM", "SY-HM"),
        _place("s1", "Ziyara", "subdistrict", "SY-HM", "d1"),
        _place("v1", "Qarqur", "village", "SY-HM", "s1"),
        _place("road", "M5", "road", "SY-HM", "SY-HM"),
        _place("gulf", "Gulf", "sea", "", ""),
    )
}
VILLAGE = {"text": "قرقور", "name": "Qarqur", "id": "v1", "lat": 35.73214, "lon": 36.32109, "precision": "exact", "country": "SY"}  # fmt: skip


class Names(records.KnownNames):
    """The register and gazetteer of these tests."""

    def actor(self, identity):
        return ACTORS.get(identity)

    def label(self, identity):
        found = ACTORS.get(identity)
        return found.label if found else None

    def place(self, identity):
        return PLACES.get(identity)

    def outlet(self, name):
        return OUTLETS.get(name)


def making(**changes):
    return records.making(**{"names": Names(), **changes})


def actor(role, identity=None, text="كلمات"):
    """A row of an incident's actors: of the register by its id, or words."""
    return {"role": role, "text": text, "id": identity, "side": SIDES.get(identity)}


def killed(least, most="same", who=None, approx=False, text="قتلى"):
    """A count of dead people."""
    return {"kind": "killed", "min": least, "max": least if most == "same" else most, "approx": approx, "text": text, "who": who}  # fmt: skip


def row(number=1, **changes):
    """A row of an incident's claims; each number is a root and a group of its own."""
    one = records.claim(f"c{number}", number, records.claim_data(place=dict(VILLAGE)))
    plain = {"root": f"r{number}", "root_text": f"مصدر {number}", "root_label": None, "root_kind": "organisation", "authority": [f"r{number}", "top"], "group": f"r{number}", "event": "fight.clash", "counts": [], "words": "", "stance": "state"}  # fmt: skip
    return records.told(one, **{**plain, **changes})


def incident(*events, actors=(), rows=None, outlets=("محلية",), **changes):
    """An incident of some events, each affirmed by one root unless rows are given."""
    rows = [row(n, event=code) for n, code in enumerate(events, 1)] if rows is None else rows
    claims = [
        records.claim(f"c{n}", n, records.claim_data(place=dict(VILLAGE)), head=records.head(f"a{n}", outlet=name))
        for n, name in enumerate(outlets, 1)
    ]  # fmt: skip
    plain = {"events": list(events), "place": dict(VILLAGE), "actors": list(actors), "roots": len(rows)}
    made = records.incident("i0123456789abcde", claims, rows, **{**plain, **changes})
    return replace(made, data={**made.data, "retells": changes.get("retells")})


def exchanged(made, one, other):
    """The same incident with two actors of the register in each other's place."""
    swap = {one: other, other: one}

    def turned(rows):
        return [
            {**actor(each["role"], swap.get(each["id"], each["id"]), each["text"])} if each["id"] else each
            for each in rows
        ]

    data = {
        **made.data,
        "actors": turned(made.data["actors"]),
        "claims": [{**each, "actors": turned(each["actors"])} for each in made.data["claims"]],
    }
    return replace(made, data=data)
