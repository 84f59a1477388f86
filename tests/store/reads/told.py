"""A small store with everything in it that filters ask for, and what fits by looking at the JSON of all of it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text

import postgresql
from marsad.articles import Limits, raw_articles
from marsad.model.readers import verdict
from marsad.run.controlling import control_kit
from marsad.run.reconciling import load_knowledge
from marsad.run.tying import Tying
from marsad.store import open_store, put_articles, tables
from marsad.store.db import insert
from marsad.store.reads import claim_json, incident_json
from marsad.store.search import find
from read_twice import both, read_by
from stored import OTHER, WORK, stored

DEMO = Path(__file__).resolve().parents[3] / "demo"
MORE = [
    stored("plan", "قال الناطق باسم الجيش السوري إن القوات ستنسحب من مدينة حماة الأسبوع المقبل."),
    stored(
        "many", "قال المرصد السوري إن أكثر من أربعين مدنيا قتلوا في غارات جوية على مدينة إدلب أمس الخميس."
    ),
    stored("undated", OTHER, published=None, outlet=None),
    stored("denied", "نفى الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة أمس الخميس."),
    stored("comma", OTHER, outlet="النهر, والبحر"),
]
TWICE = [
    read_by(stored("agreed"), lambda number, claim: both(claim)),
    read_by(stored("differing"), lambda number, claim: claim if number else both(claim, place=None)),
]
STATES = ("accepted", "rejected", "machine", "edited", "unsure", "conflict", "agreed", "final")
DECIDED_WHOLE = 5
"""Incidents of which every claim was decided about."""


def fill(store, more=(*MORE, *TWICE)):
    """Put the demo and more in, tie it, and let people decide about some claims."""
    made = [WORK(raw).stored for raw in raw_articles(str(DEMO / "articles.jsonl"), Limits())]
    with store.database.writing() as connection:
        put_articles(connection, [*made, *more], None)
    Tying(store=store, knowledge=load_knowledge(None), kit=control_kit(None)).run()
    with store.database.writing() as connection:
        links = connection.execute(text("SELECT claim, incident FROM incident_claims ORDER BY claim")).all()
        whole = sorted({link.incident for link in links})[:DECIDED_WHOLE]
        decided = [link.claim for place, link in enumerate(links) if place % 4 == 0 or link.incident in whole]
        article_of = dict(connection.execute(select(tables.claims.c.id, tables.claims.c.article)).all())
        rows = [
            {"claim": claim, "article": article_of[claim], "state": STATES[place % len(STATES)], "bucket": 0, "added": False}
            for place, claim in enumerate(decided)
        ]  # fmt: skip
        insert(connection, tables.review_states, rows)
    return store


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request, tmp_path_factory):
    """A filled store of each kind, one for all tests of a module."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('told') / 'marsad.db'}"
    else:
        url = postgresql.database(request.getfixturevalue("postgres"))
    store = fill(open_store(url, make=True))
    yield store
    store.close()


@pytest.fixture(scope="module")
def connection(full):
    """A view of it, for modules that only read."""
    with full.database.reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def told(connection):
    """What the JSON of that store tells."""
    return Told(connection)


class Told:
    """All that a store holds, and what of it fits filters."""

    def __init__(self, connection):
        self.connection = connection
        ids = list(connection.scalars(select(tables.incidents.c.id)))
        self.incidents = incident_json(connection, ids)
        rows = {row.id: row for row in connection.execute(select(tables.claims))}
        self.claims = claim_json(connection, list(rows))
        self.articles = {row.id: row for row in connection.execute(select(tables.articles))}
        self.states = dict(
            connection.execute(select(tables.review_states.c.claim, tables.review_states.c.state)).all()
        )
        self.incident_of = {
            told["id"]: (incident, told)
            for incident in self.incidents.values()
            for told in incident["claims"]
        }
        for identity, claim in self.claims.items():
            claim |= {"article": rows[identity].article, "number": rows[identity].number}

    def answering(self, words):
        return {hit.id for hit in find(self.connection, words, most=1000)[1]}

    def state(self, claim):
        return self.states.get(claim, "machine")

    def manner(self, filters, claim):
        told = self.claims[claim]
        stance = told["attribution"][0]["stance"] if told["attribution"] else None
        found = {
            "polarity": told["polarity"],
            "modality": told["modality"],
            "stance": stance,
            "readers": verdict(told.get("readers")) or "none",
        }
        return all(
            not getattr(filters, name) or value in getattr(filters, name) for name, value in found.items()
        )

    def facts_of_incident(self, incident):
        claims = incident["claims"]
        return {
            "status": {incident["status"] or "none"},
            "event": set(incident["events"]),
            "actor": {actor["id"] for actor in incident["actors"]},
            "outlet": {claim["outlet"] for claim in claims},
            "root": {claim["root"] for claim in claims},
            "review": {self.state(claim["id"]) for claim in claims},
            "killed": top_of(incident),
            "articles": {claim["article"] for claim in claims},
            "claims": [claim["id"] for claim in claims],
            "incident": incident["id"],
        }

    def facts_of_claim(self, claim):
        incident, told = self.incident_of.get(claim["id"], ({"status": None, "id": None}, {"root": None}))
        return {
            "status": {incident["status"] or "none"},
            "event": {claim["event"]},
            "actor": {actor["id"] for actor in claim["actors"]},
            "outlet": {self.articles[claim["article"]].outlet},
            "root": {told["root"]},
            "review": {self.state(claim["id"])},
            "killed": highest(claim["counts"]),
            "articles": {claim["article"]},
            "claims": [claim["id"]],
            "incident": incident["id"],
        }

    def fits(self, filters, thing, facts):
        place, when = thing["place"] or {}, thing["time"] or {}
        checks = [
            (filters.status, lambda: facts["status"] & set(filters.status)),
            (
                filters.event,
                lambda: any({one, one.split(".")[0]} & set(filters.event) for one in facts["event"]),
            ),
            (filters.actor, lambda: facts["actor"] & set(filters.actor)),
            (filters.place, lambda: place.get("id") == filters.place),
            (filters.country, lambda: (place.get("country") or "none") in filters.country),
            (filters.outlet, lambda: facts["outlet"] & set(filters.outlet)),
            (filters.root, lambda: facts["root"] & set(filters.root)),
            (filters.since, lambda: when.get("to") and when["to"] >= filters.since),
            (filters.until, lambda: when.get("from") and when["from"] <= filters.until),
            (
                filters.killed is not None,
                lambda: facts["killed"] is not None and facts["killed"] >= filters.killed,
            ),
            (filters.review, lambda: facts["review"] & set(filters.review)),
            (filters.precision, lambda: (place.get("precision") or "none") in filters.precision),
            (True, lambda: any(self.manner(filters, claim) for claim in facts["claims"])),
            (filters.words, lambda: facts["articles"] & self.answering(filters.words)),
            (filters.box, lambda: inside(filters.box, place)),
            (filters.incident, lambda: facts["incident"] == filters.incident),
            (filters.article, lambda: filters.article in facts["articles"]),
        ]
        return all(check() for asked, check in checks if asked)

    def fitting(self, filters, kind):
        if kind == "incidents":
            rows = self.incidents.values()
            return {one["id"]: one for one in rows if self.fits(filters, one, self.facts_of_incident(one))}
        if kind == "claims":
            rows = self.claims.values()
            return {one["id"]: one for one in rows if self.fits(filters, one, self.facts_of_claim(one))}
        own = {"outlet", "since", "until", "words", "article"}
        rest = filters
        for name in own:
            rest = rest.without(name)
        told = {claim["article"] for claim in self.fitting(rest, "claims").values()} if rest.used else None
        return {one.id: one for one in self.articles.values() if self.article_fits(filters, one, told)}

    def article_fits(self, filters, article, told):
        return (
            (not filters.outlet or article.outlet in filters.outlet)
            and (not filters.since or bool(article.day and article.day >= filters.since))
            and (not filters.until or bool(article.day and article.day <= filters.until))
            and (not filters.words or article.id in self.answering(filters.words))
            and (not filters.article or article.id == filters.article)
            and (told is None or article.id in told)
        )


def highest(counts):
    tolls = [one["min"] if one["max"] is None else one["max"] for one in counts if one["kind"] == "killed"]
    return max((toll for toll in tolls if toll is not None), default=None)


def top_of(incident):
    told = [one for one in incident["counts"] if one["kind"] == "killed"]
    if not told:
        return None
    if told[0]["max"] is not None:
        return told[0]["max"]
    counts = [one for claim in incident["claims"] for one in claim["counts"] if one["kind"] == "killed"]
    return max(number for one in counts for number in (one["min"], one["max"]) if number is not None)


def inside(box, place):
    west, south, east, north = box
    lat, lon = place.get("lat"), place.get("lon")
    if lat is None:
        return False
    return south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)


def day(number):
    return date.fromordinal(number + date(1970, 1, 1).toordinal()).isoformat()
