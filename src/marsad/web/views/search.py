"""Searching the articles: hits with their words marked, and the actors and places that the words name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy import Connection

from marsad.store.reads import filters_from
from marsad.store.reads.article import latest_article_day
from marsad.store.search import Hit, Within, find, terms_of
from marsad.store.sensitive import held_back
from marsad.web.pages import clean
from marsad.web.twins import Listing
from marsad.web.views.lists import value_label
from marsad.web.visit import Visit, made_address

AT_ONCE = 20
MOST = 10_000
"""Hits beyond which nobody pages; a narrower question finds them."""
_MOST_NAMES = 5
_MOST_WORDS = 4
_TWIN_AT_ONCE = 200
COLUMNS = ("id", "title", "outlet", "published", "snippet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An actor or a place that a word of the question names: where it is shown, what it is called, and a word on what it is."""

    address: str
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found; ``asks`` is whether the question asks for any word at all."""

    question: str
    asks: bool
    total: int
    hits: Sequence[Hit]
    more: str
    actors: Sequence[Named]
    places: Sequence[Named]
    within: Within
    latest: str | None


def within_of(visit: Visit) -> Within:
    """Which articles the address asks for.

    Raises:
        InputError: a day is none.
    """
    asked = filters_from(pair for pair in visit.query if pair[0] in ("outlet", "since", "until"))
    return Within(
        outlets=asked.outlet, since=asked.since, until=asked.until, newest=visit.asked("sort") == "newest"
    )


def found_of(visit: Visit, connection: Connection) -> Found:
    """What the address asks for."""
    question, skip, within = visit.asked("q"), visit.number("skip", 0, MOST), within_of(visit)
    asks = any(not term.negated for term in terms_of(question))
    total, hits = find(connection, question, most=AT_ONCE, skip=skip, within=within)
    on = skip + AT_ONCE
    return Found(
        question=question, asks=asks, total=total, hits=hits, more=visit.address(skip=on) if hits and on < min(total, MOST) else "",
        actors=_actors(visit, question) if not skip else (), places=_places(visit, question) if not skip else (),
        within=within, latest=latest_article_day(connection),
    )  # fmt: skip


def _names_in(question: str) -> list[str]:
    """What of a question may be a name: all of it, and each of its first parts."""
    parts = [" ".join(term.words) for term in terms_of(question) if not term.negated]
    whole = " ".join(question.replace('"', " ").replace("*", " ").split())
    return list(dict.fromkeys(one for one in (whole, *parts[:_MOST_WORDS]) if one))


def _actors(visit: Visit, question: str) -> list[Named]:
    found: dict[str, Named] = {}
    for name in _names_in(question):
        for actor in visit.workspace.names.actors_named(name):
            country = value_label(visit, "country", actor.country) if actor.country else ""
            found[actor.id] = Named(
                address=made_address(f"/actors/{actor.id}", (), {}), name=visit.label(actor.id), about=country
            )
    return list(found.values())[:_MOST_NAMES]


def _places(visit: Visit, question: str) -> list[Named]:
    found: dict[str, Named] = {}
    for name in _names_in(question):
        for place in visit.workspace.names.places(name, most=2):
            called = place.ar if visit.lang == "ar" and place.ar else place.name
            country = (
                value_label(visit, "country", place.country)
                if place.country and place.country != place.id
                else ""
            )
            found[place.id] = Named(
                address=made_address(f"/places/{place.id}", (), {}), name=called, about=country
            )
    return list(found.values())[:_MOST_NAMES]


def marked(hit: Hit) -> Markup:
    """A hit's stretch of text with its words marked; without markup inside words, so that letters stay joined."""
    made, at = Markup(""), 0
    for start, end in hit.spans:
        if start >= at:
            made += escape(clean(hit.snippet[at:start])) + Markup("<mark>{}</mark>").format(
                clean(hit.snippet[start:end])
            )
            at = end
    return made + escape(clean(hit.snippet[at:]))


def hits_listing(visit: Visit) -> Listing:
    """The hits as they are taken away, without articles that people hold back."""
    question, within = visit.asked("q"), within_of(visit)

    def rows() -> Iterator[Mapping[str, Any]]:
        with visit.reading() as connection:
            out = held_back(connection).articles
            for skip in range(0, MOST, _TWIN_AT_ONCE):
                _, hits = find(connection, question, most=_TWIN_AT_ONCE, skip=skip, within=within)
                for hit in hits:
                    if hit.id in out:
                        continue
                    yield {name: getattr(hit, name) for name in COLUMNS}
                if len(hits) < _TWIN_AT_ONCE:
                    return

    return Listing(
        name="hits", path="/search", columns=COLUMNS, rows=rows, moment="published", title=lambda row: str(row["title"] or row["id"]),
        page=lambda row: made_address(f"/articles/{row['id']}", (), {}),
    )  # fmt: skip
