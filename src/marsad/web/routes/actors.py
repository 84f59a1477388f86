"""``/actors``: who is told of, as bodies and office-holders of the register, and what is told of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from starlette.responses import JSONResponse, Response

from marsad.model.actor import Membership
from marsad.store.reads.known import ROLES
from marsad.web.pages import inpath
from marsad.web.twins import Listing, twin
from marsad.web.views.actors import ROWS, SORTS, Listed, actors_asked, page_of, told_about
from marsad.web.views.chosen import chips
from marsad.web.views.control import place_name
from marsad.web.visit import Visit

_COLUMNS = ("id", "label", "label_ar", "kind", "country", "side", "said", *ROLES)
_MOST_SKIPPED = 1_000_000


def actors(visit: Visit) -> Response:
    """The list."""
    skip = visit.number("skip", 0, _MOST_SKIPPED)
    with visit.reading() as connection:
        every = told_about(visit, connection)
        found = actors_asked(visit, connection)
    said: dict[str, Callable[[str], str]] = {
        "q": str,
        "country": str,
        "side": lambda one: visit.label(one) or one,
        "kind": partial(_kind, visit),
    }
    return visit.page(
        "actors.html", rows=found[skip : skip + ROWS], total=len(found), skip=skip, chips=chips(visit, said), roles=ROLES, sorts=SORTS,
        most=ROWS,
        countries=sorted({one.actor.country for one in every if one.actor.country}), kinds=sorted({one.actor.kind for one in every}),
        sides=sorted({one.side for one in every if one.side}, key=lambda one: visit.label(one) or one),
    )  # fmt: skip


def _kind(visit: Visit, kind: str) -> str:
    key = f"known.actor.{kind}"
    return visit.words(key) if visit.words.has(key) else kind


def actors_twin(visit: Visit) -> Response:
    """The list in another form."""

    def rows() -> Iterator[dict[str, Any]]:
        with visit.reading() as connection:
            found = actors_asked(visit, connection)
        yield from map(_flat, found)

    listing = Listing(
        name="actors", path="/actors", columns=_COLUMNS, rows=rows, moment="",
        page=lambda row: f"/actors/{inpath(row['id'])}", title=lambda row: f"{row['label']}: {row['said']} claims on its word",
    )  # fmt: skip
    return twin(visit, listing)


def _flat(one: Listed) -> dict[str, Any]:
    actor = one.actor
    return {
        "id": actor.id, "label": actor.label.en, "label_ar": actor.label.ar, "kind": actor.kind, "country": actor.country or None,
        "side": one.side or None, "said": one.sum.said, **{role: one.sum.roles.get(role, 0) for role in ROLES},
    }  # fmt: skip


def actor(visit: Visit) -> Response:
    """One actor."""
    with visit.reading() as connection:
        shown = page_of(visit, connection, visit.part("id"))
    return visit.page("actor.html", shown=shown, roles=ROLES, place_name=place_name)


def actor_json(visit: Visit) -> Response:
    """One actor as JSON."""
    with visit.reading() as connection:
        shown = page_of(visit, connection, visit.part("id"))
    one = shown.actor
    return JSONResponse({
        **_flat(Listed(actor=one, side=shown.side, sum=shown.sum)),
        "from": one.start.isoformat() if one.start else None, "to": one.end.isoformat() if one.end else None,
        "sides": [_member(member) for member in one.sides], "offices": [_member(member) for member in one.offices],
        "parents": [above.id for above in shown.parents], "organs": [below.id for below in shown.organs],
        "written": [{"text": text, "claims": number} for text, number in shown.names],
        "written_looked_for_in": shown.looked, "claims": shown.claims, "root_of_incidents": shown.roots,
        "places": [{"id": identity, "name": name, "claims": number} for identity, name, number in shown.places],
        "reported": True,
    })  # fmt: skip


def _member(member: Membership) -> dict[str, Any]:
    return {
        "of": member.of,
        "from": member.start.isoformat() if member.start else None,
        "to": member.end.isoformat() if member.end else None,
        "title": member.title.en if member.title else None,
    }


ROUTES = (
    ("/actors", actors),
    ("/actors.{form}", actors_twin),
    ("/actors/{id}.json", actor_json),
    ("/actors/{id}", actor),
)
