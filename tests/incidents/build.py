"""Testimonies by hand, in a small world of two sides: the north and the south, the north's ally, an observatory and some outlets.

Towns lie fifty kilometres apart in a row; ``TWIN`` is a village two kilometres from ``TOWNS[0]``.
"""

import json
from dataclasses import replace
from datetime import date

from marsad.incidents import Verdicts, blocks, episodes, keyed, reconcile
from marsad.incidents.words import content_words
from marsad.model import Article, Claim, Count, Evidence, Label, Outlet, PlaceRef, Source, Span
from marsad.model.incident import Judgement, Part, Root, Spot, Testimony, When
from marsad.model.incident_json import incident_to_json

# Whom each is an organ of, and its side; the topmost of each government first.
ABOVE = {
    "north-army": "north-state",
    "north-ministry": "north-state",
    "north-general": "north-army",
    "south-army": "south-state",
    "south-ministry": "south-state",
    "south-general": "south-army",
    "ally-army": "ally-state",
}
SIDE = {
    **dict.fromkeys(("north-state", "north-army", "north-ministry", "north-general"), "north"),
    **dict.fromkeys(("south-state", "south-army", "south-ministry", "south-general"), "south"),
    "ally-army": "ally",
    "ally-state": "ally",
    "militia": "militia",
}
STATES = {"شمالي": "north-state", "جنوبي": "south-state", "الشماليه": "north-state", "حليفي": "ally-state"}
COUNTRY = {"north-state": "NN", "south-state": "SS", "ally-state": "AA", "militia": "NN"}
OUTLETS = {
    "وكالة الشمال": ("north-agency", "north-state", "state"),
    "وكالة الجنوب": ("south-agency", "south-state", "state"),
    "وكالة النهر": ("river", "", "private"),
    "قناة الجبل": ("mountain", "", "private"),
    "صحيفة البحر": ("sea", "", "private"),
}
RIVER, MOUNTAIN, SEA = "وكالة النهر", "قناة الجبل", "صحيفة البحر"
NORTH_AGENCY, SOUTH_AGENCY = "وكالة الشمال", "وكالة الجنوب"


class World:
    """Who is who in it (`marsad.incidents.Known`); the militia is of the north's country."""

    def authority(self, identity, day):
        chain = [identity]
        while chain[-1] in ABOVE:
            chain.append(ABOVE[chain[-1]])
        return tuple(chain)

    def side(self, identity, day):
        return SIDE.get(identity, "")

    def label(self, identity):
        if identity in SIDE or identity == "observatory":
            return Label(en=f"the {identity}", ar=f"جهة {identity}")
        found = next((ar for ar, (id, *_) in OUTLETS.items() if f"outlet:{id}" == identity), None)
        return Label(en=identity.removeprefix("outlet:"), ar=found) if found else None

    def outlet(self, name):
        for ar, (id, owner, ownership) in OUTLETS.items():
            if name in (ar, id):
                label = Label(en=id, ar=ar)
                return Outlet(id=id, label=label, country="", ownership=ownership, owner=owner)
        return None

    def state_of(self, words, day):
        return next((STATES[word] for word in words if word in STATES), "")

    def governs(self, identity, country):
        return bool(country) and identity.endswith("-state") and COUNTRY.get(identity) == country

    def country(self, identity):
        return COUNTRY.get(WORLD.authority(identity, None)[-1], "")

    def spot(self, place: PlaceRef):
        return Spot(
            place.id or "", place.text, place.lat, place.lon, place.precision, place.country or "", 3.0
        )


WORLD = World()


def spot(name, lat, lon, **more):
    given = {"precision": "exact", "country": "NN", "radius": 3.0, "admin": "NN-1", **more}
    return Spot(f"town:{name}", name, lat, lon, **given)


TOWNS = tuple(spot(f"Town{n}", 34.0 + n * 0.45, 37.0) for n in range(10))
TWIN = spot("Twin", 34.018, 37.0)
"""Two kilometres from the first town."""
REGION = spot("Region", 34.0, 37.0, precision="governorate", radius=60.0)
HARBOUR = spot("Harbour", 31.0, 30.0, country="SS", admin="SS-1")
"""In the other country."""


def outlet(name, *, correspondent=False):
    """An outlet's own voice, with no source at all unless its correspondent tells."""
    known = WORLD.outlet(name)
    key = f"outlet:{known.id if known else name}"
    owners = WORLD.authority(known.owner, None) if known and known.owner else ()
    side = SIDE.get(known.owner, "") if known else ""
    return Root(key, name, "outlet", (key, *owners), side, own_voice=True, relays=not correspondent)


def body(id):
    """A body or office-holder of the register."""
    return Root(
        id,
        f"كلمات {id}",
        "monitor" if id == "observatory" else "organisation",
        WORLD.authority(id, None),
        SIDE.get(id, ""),
    )


def unnamed(words, of=RIVER):
    """Someone unnamed, in an outlet."""
    key = f"unnamed:{outlet(of).key.removeprefix('outlet:')}:{words}"
    return Root(key, words, "unnamed", (key,))


OBSERVATORY = body("observatory")


def parts(roles):
    """``"agent:north patient:مدنيين"`` as parts; what is a side's name is its army."""
    found = []
    for one in roles.split():
        role, _, who = one.partition(":")
        if f"{who}-army" in SIDE:
            found.append(Part(role, f"قوات {who}", f"{who}-army", who))
        elif who in SIDE:
            found.append(Part(role, who, who, SIDE[who]))
        else:
            found.append(Part(role, who.replace("_", " ")))
    return tuple(found)


def toll(kind="killed", low=1, high=-1, *, approx=False):
    """So many people; without an upper end exactly so many, ``None`` is "or more"."""
    top = low if high == -1 else high
    return Count(kind=kind, text=str(low), span=Span(0, 1), min=low, max=top, approx=approx)


def day_of(day, tie="named", last=None):
    start = day if isinstance(day, date) or day is None else date(2024, 5, day)
    end = last if last is None or isinstance(last, date) else date(2024, 5, last)
    return When(start, end or start, "day" if tie != "article" else "unknown", tie)


def claim(article, event="strike.air", root=None, **facts):
    """What one claim says; ``article`` may be ``"name@outlet"``.

    Facts: place, day, tie, roles (see `parts`), killed and wounded (a number or a `toll`), words, at (which sentence), and any field of `Testimony`.
    """
    name, _, medium = article.partition("@")
    day = facts.pop("day", 5)
    at = facts.pop("at", 0)
    given = [(kind, facts.pop(kind, None)) for kind in ("killed", "wounded")]
    tolls = [n if isinstance(n, Count) else toll(kind, n) for kind, n in given if n is not None]
    words = facts.pop("words", "")
    row = {
        "article": name,
        "number": facts.pop("number", at),
        "id": facts.pop("id", f"{name}.{at}.{event}.{root.key if root else ''}"),
        "event": event,
        "says": "affirms",
        "stance": None,
        "root": root or outlet(medium or RIVER),
        "outlet": medium or RIVER,
        "published": "2024-05-06" if day is None or isinstance(day, date) else f"2024-05-{day:02}",
        "family": "",
        "place": TOWNS[0],
        "when": day_of(day, facts.pop("tie", "named"), facts.pop("last", None)),
        "parts": parts(facts.pop("roles", "")),
        "counts": tuple(tolls),
        "words": content_words(words),
        "span": Span(at * 400, at * 400 + 80),
        "text": words,
    }
    return Testimony(**{**row, **facts})


def incidents(*claims, judgements=(), world=WORLD):
    """The incidents of claims, through all passes of the room; the articles in the order in which their first claims come."""
    verdicts = Verdicts(judgements)
    articles = {}
    for one in claims:
        articles.setdefault(one.article, []).append(one)
    held = blocks((pair for told in articles.values() for pair in keyed(episodes(told, verdicts))), verdicts)
    return [one for key in sorted(held) for one in reconcile(held[key], verdicts, world)]


def one_incident(*claims, **more):
    """The only incident of claims that must all be in one."""
    found = incidents(*claims, **more)
    assert len(found) == 1, shown(found)
    return found[0]


def together(*claims, **more):
    """Which claims are together, as a set of sets of ids."""
    return sets(incidents(*claims, **more))


def sets(found):
    return {frozenset(one.testimony.id for one in incident.told) for incident in found}


def articles_of(found):
    return sorted(sorted({one.testimony.article for one in incident.told}) for incident in found)


def codes(incident):
    return [reason.code for reason in incident.reasons]


def lines(found):
    """Incidents as the lines that the program writes."""
    return [json.dumps(incident_to_json(one), ensure_ascii=False, sort_keys=True) for one in found]


def shown(found):
    """Incidents as words, for a test that fails."""
    return [(one.status, sorted({told.testimony.id for told in one.told})) for one in found]


def judged(one, other, verdict="same", at=None):
    return Judgement(one=one, other=other, verdict=verdict, at=at)


def written(id="a", medium=RIVER, published="2024-05-05"):
    """An article without a text, for tests of roots."""
    return Article(id=id, text="", outlet=medium, published=published)


def said(*chain, event="strike.air", article="a"):
    """A claim with this chain of sources, nearest first."""
    evidence = Evidence(span=Span(0, 1), trigger=Span(0, 1))
    return Claim(article=article, event=event, evidence=(evidence,), attribution=chain)


def source(text, kind="unnamed", id=None, body=None, stance="state"):
    return Source(text=text, span=Span(0, len(text)), kind=kind, stance=stance, id=id, body=body)


def moved(one, **facts):
    """A claim with other facts."""
    return replace(one, **facts)
