"""Hand-made records for the tests of exporters: plain ones to begin from, and a set in which everything is odd."""

from dataclasses import replace

from marsad.export import (
    ArticleHead,
    ArticleRecord,
    ChangeRecord,
    ClaimRecord,
    IncidentRecord,
    Making,
    SpellRecord,
)
from marsad.model import Label
from marsad.model.actor import Actor, Outlet
from marsad.model.place import Place

MOMENT = "2026-03-04T05:06:07+00:00"
HOSTILE = '=HYPERLINK("http://x.invalid","a")\r\n\x00\x07</script>\u202eب\u202c 👩‍👩‍👧 \ud800]]>&amp;'
CITY = {"text": "خان شيخون", "name": "Khan Shaykhun", "id": "geonames:168325", "lat": 35.44321, "lon": 36.65123, "precision": "town", "country": "SY"}  # fmt: skip
COUNTRY = {"text": "سوريا", "name": "Syria", "id": "SY", "lat": 35.0, "lon": 38.5, "precision": "country", "country": "SY"}  # fmt: skip
DAY = {"text": "أمس", "from": "2026-03-01", "to": "2026-03-01", "precision": "day"}
WEEK = {"text": "الأسبوع الماضي", "from": "2026-02-20", "to": "2026-02-26", "precision": "week"}
ARMY = {"role": "agent", "text": "الجيش", "start": 4, "end": 9, "id": "sy-army", "side": "damascus"}
SAID = "قال الجيش إنه دخل خان شيخون أمس"
OBSERVER = {"text": "المرصد", "start": 0, "end": 6, "kind": "monitor", "stance": "assert", "id": "observer", "quote": "indirect", "for": None}  # fmt: skip
NEIGHBOUR = {"text": "سالم", "start": 4, "end": 8, "kind": "person", "stance": "state", "id": None, "quote": "direct", "for": None}  # fmt: skip


def _place(identity, name, ar, point, admin=""):
    lat, lon = point
    return Place(
        id=identity, name=name, ar=ar, kind="city", country="SY", admin=admin, parent=admin, lat=lat, lon=lon, precision="town", radius=5.0, population=0,
        origin="test", layer=0,
    )  # fmt: skip


ACTORS = {
    "sy-army": Actor(id="sy-army", label=Label(en="Syrian army", ar="الجيش السوري"), kind="army", country="SY", inter=1),
    "observer": Actor(id="observer", label=Label(en="Observer", ar="المرصد"), kind="monitor"),
}  # fmt: skip
OUTLETS = {"وكالة": Outlet(id="agency", label=Label(en="Agency", ar="الوكالة"))}
PLACES = {
    "geonames:168325": _place("geonames:168325", "Khan Shaykhun", "خان شيخون", (35.44321, 36.65123), "SY-ID"),
    "SY-ID": _place("SY-ID", "Idlib", "إدلب", (35.9, 36.6)),
    "SY": _place("SY", "Syria", "سوريا", (35.0, 38.5)),
}  # fmt: skip


class KnownNames:
    """A register and a gazetteer of a handful of rows."""

    def actor(self, identity):
        return ACTORS.get(identity)

    def side(self, actor, day=None):
        return "damascus" if actor.id == "sy-army" else ""

    def label(self, identity):
        found = ACTORS.get(identity)
        return found.label if found else None

    def place(self, identity):
        return PLACES.get(identity)

    def outlet(self, name):
        return OUTLETS.get(name)


def making(**changes):
    plain = {"names": KnownNames(), "project": "desk", "store": "s1", "moment": MOMENT, "version": "1.0"}
    return Making(**{**plain, **changes})


def head(identity="a1", **changes):
    plain = {
        "id": identity, "outlet": "وكالة", "published": "2026-03-02", "day": "2026-03-02", "title": "دخول إلى البلدة", "url": f"https://example.org/{identity}", "version": 1,
        "digest": "d" * 64, "kept": "", "added": MOMENT, "copy_of": None,
    }  # fmt: skip
    return ArticleHead(**{**plain, **changes})


def claim_data(**changes):
    """A claim as CODEBOOK section 7 has it."""
    plain = {
        "event": "territory.advance", "polarity": "affirmed", "modality": "actual", "evidence": [{"start": 0, "end": len(SAID)}], "attribution": [], "actors": [dict(ARMY)],
        "place": dict(CITY), "time": dict(DAY), "counts": [],
    }  # fmt: skip
    return {**plain, **changes}


def claim(identity="c1", number=0, data=None, **changes):
    plain = {"id": identity, "number": number, "head": head(), "data": data or claim_data(), "quote": SAID, "incident": "i1", "status": "single", "root": "observer", "says": "affirms"}  # fmt: skip
    return ClaimRecord(**{**plain, **changes})


def told(claim_record, **changes):
    """A row of an incident's ``claims``, CODEBOOK section 8."""
    plain = {
        "article": claim_record.head.id, "claim": claim_record.number, "id": claim_record.id, "event": claim_record.data["event"], "root": "observer", "root_text": "المرصد",
        "root_kind": "monitor", "root_label": "Observer", "authority": ["observer"], "side": None, "outlet": claim_record.head.outlet, "published": claim_record.head.published,
        "says": "affirms", "stance": "assert", "actors": [],
    }  # fmt: skip
    return {**plain, **changes}


def incident(identity="i1", claims=None, rows=None, **changes):
    """An incident; ``rows`` are its claims' rows, other names are fields of its data."""
    claims = (claim(),) if claims is None else tuple(claims)
    plain = {
        "id": identity, "events": ["territory.advance"], "status": "single", "roots": 1, "independent": 1, "counts_differ": False, "time": dict(DAY), "place": dict(CITY),
        "actors": [dict(ARMY)], "counts": [], "claims": rows or [told(one) for one in claims], "reasons": ["one root affirms it"], "reasons_ar": ["مصدر واحد يؤكده"],
    }  # fmt: skip
    return IncidentRecord(
        id=identity, data={**plain, **changes}, claims=claims, added=MOMENT, changed="2026-03-04T05:06:07.250000+00:00"
    )  # fmt: skip


def article(*claims, text=SAID, **changes):
    claims = claims or (claim(),)
    return ArticleRecord(head=changes.pop("head", claims[0].head), text=text, extra={}, claims=claims)


def spell(identity="s1", **changes):
    plain = {
        "place": dict(CITY), "holder": {"id": "sy-army", "label": "Syrian army"}, "claimant": None, "from": "2026-03-01", "to": None, "state": "held", "incidents": ["i1"],
        "roots": ["observer"], "reasons": ["affirmed by Observer"], "reasons_ar": ["يؤكده المرصد"],
    }  # fmt: skip
    return SpellRecord(
        id=identity, place_key="geonames:168325", number=0, country="SY", data={**plain, **changes}
    )


def toll(kind="killed", least=20, most=None, **changes):
    plain = {"kind": kind, "min": least, "max": most, "min_by": "المرصد", "max_by": None if most is None else "المشفى"}  # fmt: skip
    return {**plain, **changes}


def odd_claims():
    """Claims in which everything is odd: texts that attack readers, nothing known, title spans, open tolls, a private person."""
    nowhere = claim_data(place=None, time=None, actors=[], modality="planned")
    private = claim_data(attribution=[dict(NEIGHBOUR)], place=dict(COUNTRY), time=dict(WEEK))
    counted = claim_data(
        event="harm.killed",
        attribution=[dict(OBSERVER)],
        counts=[{"kind": "killed", "text": "أكثر من عشرين", "min": 20, "max": None}],
    )
    titled = claim_data(evidence=[{"start": 0, "end": 4, "in": "title"}])
    return (
        claim("c1", 0, quote=HOSTILE, head=head(title="@SUM(1+1)", outlet="+صحيفة", url="-1")),
        claim("c2", 1, nowhere, quote="\t سطر\n ثان", status=None, incident=None, root=None, says=None),
        claim(
            "c3", 2, private, quote="قال سالم إن الطائرات عادت", private=(("text", 4, 8),), review="accepted"
        ),
        claim("c4", 3, counted, review="edited"),
        claim("c5", 4, titled, quote="دخول"),
    )


def odd_incidents():
    """Incidents for each status and for none, with the same oddities."""
    one, two, three, four, five = odd_claims()
    hidden = told(three, root="سالم", root_text="سالم", root_kind="person", root_label=None, authority=[])
    tolls = [toll(), toll("wounded", 3, 9), toll("missing", 1, 1)]
    return (
        incident("i1", [one], status="single", reasons=["=1+1", "<b onload=x>"]),
        incident("i2", [two], status=None, place=None, time=None, actors=[], independent=0),
        replace(incident("i3", [three], [hidden], status="denied", place=dict(COUNTRY), time=dict(WEEK), reasons=["سالم denies it"]), review="reviewed", reviewed=1),
        replace(incident("i4", [four, five], status="disputed", counts=tolls, counts_differ=True, roots=2), review="partly", reviewed=2, rejected=1),
        incident("i5", [five], status="conceded", place={**CITY, "id": None, "lat": None, "lon": None, "precision": None, "name": None}),
        incident("i6", [five], status="corroborated", place={**CITY, "precision": "exact", "lat": -0.00001}),
    )  # fmt: skip


def odd_spells():
    return (
        spell("s1"),
        spell("s2", state="contested", claimant={"id": None, "label": "=فصيل"}, to="2026-03-03"),
        spell(
            "s3", state="unknown", holder=None, place={**CITY, "lat": None, "lon": None}, reasons=[], roots=[]
        ),
    )


def apart():
    """The odd incidents with claims of their own, as in a store, where a claim is in one incident only."""
    for one in odd_incidents():
        yield replace(one, claims=tuple(replace(each, id=f"{each.id}-{one.id}") for each in one.claims))


def changes():
    """What became of the odd incidents, and of three that are gone; oldest first."""
    came = [
        ChangeRecord(id=one.id, what="added", at=f"2026-03-0{number}T08:00:00.000+00:00", now=one.data["status"] or "none", incident=one)
        for number, one in enumerate(odd_incidents(), 1)
    ]  # fmt: skip
    return (
        *came,
        ChangeRecord(id="i7", what="merged", at="2026-03-07T08:00:00.000+00:00", into=("i1",), before="single"),
        ChangeRecord(id="i8", what="split", at="2026-03-08T08:00:00.000+00:00", into=("i1", "i3"), before="disputed"),
        ChangeRecord(id="i9", what="withdrawn", at="2026-03-09T08:00:00.000+00:00", before="single"),
    )  # fmt: skip


def of_kind(name):
    """The odd records that a table is made of: ``incidents``, ``claims`` or ``control``."""
    return {"incidents": odd_incidents(), "claims": (article(*odd_claims()),), "control": odd_spells()}[name]


def everything():
    """All odd records in the order in which they come: spells, incidents, articles."""
    return [*of_kind("control"), *of_kind("incidents"), *of_kind("claims")]


def written(exporter, path, records):
    """Feed an exporter that writes to a path; the bytes of what it wrote."""
    for record in records:
        exporter.feed(record)
    exporter.finish()
    return path.read_bytes()
