"""Lines of ``marsad read`` by hand: articles with claims as they stand on disk."""

import json
from random import Random

HAMA = {"text": "مدينة حماة", "start": 20, "end": 30, "name": "Hama", "id": "geonames:170017", "lat": 35.13, "lon": 36.75, "precision": "exact", "country": "SY"}  # fmt: skip
ALEPPO = {"text": "مدينة حلب", "start": 20, "end": 29, "name": "Aleppo", "id": "geonames:170063", "lat": 36.2, "lon": 37.16, "precision": "exact", "country": "SY"}  # fmt: skip
TEXT = "قال مصدر إن غارة استهدفت مدينة حماة يوم الخميس وأدت إلى مقتل ثلاثة مدنيين من عائلة واحدة قرب السوق"
ARMY = {
    "text": "الجيش السوري",
    "start": 0,
    "end": 12,
    "kind": "organisation",
    "stance": "state",
    "id": "sy-army",
}
MONITOR = {"text": "المرصد السوري", "start": 0, "end": 13, "kind": "monitor", "stance": "state", "id": "sohr"}
MEDIC = {"text": "مصدر طبي", "start": 0, "end": 8, "kind": "unnamed", "stance": "state"}


def a_claim(event="strike.air", start=8, **more):
    """One claim about Hama on Thursday 2024-12-05."""
    return {
        "event": event,
        "evidence": [{"start": start, "end": start + 30, "trigger": {"start": start, "end": start + 4}}],
        "attribution": [],
        "actors": [],
        "place": HAMA,
        "time": {"text": "يوم الخميس", "start": 36, "end": 46, "from": "2024-12-05", "to": "2024-12-05", "precision": "day"},
        "counts": [],
        **more,
    }  # fmt: skip


def killed(n, start=60, **more):
    count = {
        "kind": "killed",
        "text": str(n),
        "start": 0,
        "end": 1,
        "min": n,
        "max": n,
        "approx": False,
        "who": None,
    }
    return a_claim("harm.killed", start, counts=[count], **more)


def own_words(id, many=40):
    """Words that no article with another id has, so that the two are no copies of one text."""
    chance = Random(id)
    return " ".join("".join(chance.choices("ابتثجحخدذرزسش", k=5)) for _ in range(many))


def a_row(id="a", claims=None, outlet="نشرة الساحل", **more):
    """One article with a text of its own."""
    return {
        "id": id,
        "published": "2024-12-06",
        "outlet": outlet,
        "title": "",
        "text": f"{TEXT} {own_words(id)}",
        "claims": [a_claim()] if claims is None else claims,
        **more,
    }


def written(rows):
    """Rows, and lines that are none, as the bytes of a file."""
    return "".join(
        row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) + "\n" for row in rows
    ).encode()


BAD = [
    # a line that cannot be used, the reason's code, a word of the message
    ("{\n", "bad_json", "JSON"),
    ("[1]\n", "bad_record", "list"),
    ("null\n", "bad_record", "NoneType"),
    ({"id": "x", "text": "y"}, "no_claims", "claims"),
    ({"id": "x", "text": "y", "claims": {}}, "no_claims", "claims"),
    ({"text": "y", "claims": []}, "bad_article", "id"),
    ({"id": "x", "text": 5, "claims": []}, "bad_article", "text"),
    (a_row("x", published="gestern"), "bad_article", "published"),
    (a_row("x", [{}]), "bad_claim", "event"),
    (a_row("x", [a_claim(), 5]), "bad_claim", "claim 1"),
    (a_row("x", [a_claim("no.event")]), "bad_claim", "no.event"),
    (a_row("x", [a_claim(5)]), "bad_claim", "5"),
    (a_row("x", [a_claim(polarity="maybe")]), "bad_claim", "maybe"),
    (a_row("x", [a_claim(modality="certain")]), "bad_claim", "certain"),
    (a_row("x", [a_claim(evidence=[])]), "bad_claim", "evidence"),
    (a_row("x", [a_claim(evidence=[{"start": 1}])]), "bad_claim", "end"),
    (a_row("x", [a_claim(attribution=[{"text": "y"}])]), "bad_claim", "missing"),
    (a_row("x", [a_claim(time={"text": None, "from": "morgen", "to": None})]), "bad_claim", "morgen"),
]
STRANGE = [
    # lines whose fields have the right names and odd values: set aside or used, but never the end of the run
    a_row("x", published="2024-12-06Tmidnight"),
    a_row("x", published="2024-12-06T99:00:00Z"),
    a_row("x", published="2024-12-06T10:00:00"),
    a_row("x", [a_claim(attribution=[{**MEDIC, "kind": "robot"}])]),
    a_row("x", [a_claim(attribution=[{**MEDIC, "text": 5}])]),
    a_row("x", [a_claim(attribution=[{**MEDIC, "id": 5}])]),
    a_row("x", [a_claim(actors=[{"role": "king", "text": "الجيش", "start": 0, "end": 3}])]),
    a_row("x", [a_claim(actors=[{"role": "agent", "text": None, "start": 0, "end": 3}])]),
    a_row("x", [a_claim(place={**HAMA, "lat": "north"})]),
    a_row("x", [a_claim(place={**HAMA, "lat": None})]),
    a_row("x", [a_claim(place={**HAMA, "lon": 1e400})]),
    a_row("x", [a_claim(place={**HAMA, "precision": "sharp"})]),
    a_row("x", [a_claim(place={**HAMA, "id": "nowhere:1", "name": None})]),
    a_row("x", [a_claim(place={**HAMA, "country": 5})]),
    a_row("x", [a_claim(time={"text": "x", "from": "2024-12-05", "to": "2024-12-01", "precision": "day"})]),
    a_row("x", [a_claim(time={"text": "x", "from": None, "to": "2024-12-01", "precision": "day"})]),
    a_row("x", [a_claim(time={"text": "x", "from": "9999-12-31", "to": "9999-12-31", "precision": "day"})]),
    a_row("x", [a_claim(time={"text": "x", "from": "0001-01-01", "to": "0001-01-01", "precision": "day"})]),
    a_row("x", [killed("many")]),
    a_row("x", [killed(-3)]),
    a_row("x", [killed(10**30)]),
    a_row("x", [a_claim(evidence=[{"start": 10**9, "end": 10**9 + 5}])]),
    a_row("x", [a_claim(evidence=[{"start": -5, "end": -9}])]),
    a_row("x", [a_claim(evidence=[{"start": "0", "end": "5"}])]),
    a_row("x", [a_claim(evidence=[{"start": 0, "end": 5, "in": "footnote"}])]),
    a_row("x", [a_claim(origin=[{"nothing": 1}])]),
    a_row("x", [a_claim(), a_claim()]),
    a_row("x\n\x1b[31m", outlet="\u202eنشرة\x07"),
    a_row("x", text="\ud800 نص"),
    a_row("x", [], text=""),
]  # fmt: skip
