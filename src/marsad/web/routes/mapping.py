"""``/map``: the map with its timeline, and the parts that it fetches: points, names of places, spells, the list in view, the card of a point."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from marsad.errors import InputError
from marsad.store.reads import Cell, grid, mark, points, quotes
from marsad.store.reads.mapped import Told, first_claims, places_told
from marsad.web.views import map_picture, map_rows, mapping
from marsad.web.views.bars import STATUSES
from marsad.web.views.map_bars import timeline
from marsad.web.visit import Visit

_MOST_TOWNS = 160
_MOST_CARD = 20
T = TypeVar("T")
_HEAD = "x-marsad-points"


def map_page(visit: Visit) -> Response:
    """The whole page; its drawing, list and timeline are there before any script runs."""
    asked = mapping.asked(visit)
    with visit.reading() as connection:
        values = (
            _held(visit, connection, asked) if asked.layer == "control" else _listed(visit, connection, asked)
        )
        cells: list[Cell] = (
            _spots(values["listed"])
            if asked.layer == "control"
            else _kept_whole(
                visit, connection, asked, "cells", lambda c: grid(c, asked.scope, asked.kind, mapping.CELL)
            )
        )
        line = _kept_whole(
            visit, connection, asked, "line", lambda c: timeline(c, asked.base, asked.kind, asked.span)
        )
        return visit.page(
            "map.html",
            asked=asked,
            tally=_kept_whole(visit, connection, asked, "tally", lambda c: mapping.tally(c, asked)),
            picture=mapping.picture(cells, asked),
            line=line,
            spot=map_picture.spot,
            spot_name=partial(map_rows.spot_name, visit),
            chips=map_rows.chips(visit, asked),
            hidden=map_rows.hidden(visit),
            families=map_rows.families(visit),
            statuses=STATUSES,
            precisions=map_rows.precisions(visit),
            **values,
        )


def map_list(visit: Visit) -> Response:
    """The list of what is in view, as a part."""
    asked = mapping.asked(visit)
    with visit.reading() as connection:
        if asked.layer == "control":
            return visit.page("map_held.html", asked=asked, **_held(visit, connection, asked))
        tally = _kept_whole(visit, connection, asked, "tally", lambda c: mapping.tally(c, asked))
        return visit.page("map_list.html", asked=asked, tally=tally, **_listed(visit, connection, asked))


def _spots(rows: list[dict[str, Any]]) -> list[Cell]:
    """The places of spells as cells, so that the drawing is cut to them."""
    return [Cell(row["lat"], row["lon"], 1, {}, None) for row in rows]


def _kept_whole(
    visit: Visit, connection: Connection, asked: mapping.Asked, name: str, make: Callable[[Connection], T]
) -> T:
    """What ``make`` gives; where nothing is narrowed, as it was made before, while the store has not changed."""
    if not asked.is_whole:
        return make(connection)
    return visit.workspace.kept.get(connection, f"map.{name}.{asked.layer}", make)


def _listed(visit: Visit, connection: Connection, asked: mapping.Asked) -> dict[str, Any]:
    found = mapping.in_view(connection, asked)
    rows = map_rows.titled(visit, found.claims or found.incidents)
    return {"listed": rows, "in_view": found.total, "control": None}


def _held(visit: Visit, connection: Connection, asked: mapping.Asked) -> dict[str, Any]:
    found = mapping.control(visit, connection, asked)
    rows = map_rows.standing(visit, found)
    return {"listed": rows, "in_view": len(rows), "control": found}


def map_points(visit: Visit) -> Response:
    """All points as one block of columns (`marsad.store.reads.points`); what its numbers mean stands in a header."""
    asked = mapping.asked(visit)
    with visit.reading() as connection:
        tag = f'"{mark(connection)}"'
        if visit.request.headers.get("if-none-match") == tag:
            return _kept(Response(status_code=304), tag)
        found = _kept_whole(visit, connection, asked, "points", lambda c: points(c, asked.base, asked.kind))
    response = Response(found.data, media_type="application/octet-stream")
    response.headers[_HEAD] = ";".join((",".join(found.statuses), ",".join(found.precisions), str(found.unplaced)))  # fmt: skip
    return _kept(response, tag)


def map_places(visit: Visit) -> Response:
    """Names of the places that are told about most, in the interface's language."""
    with visit.reading() as connection:
        tag = f'"{mark(connection)}-{visit.lang}"'
        if visit.request.headers.get("if-none-match") == tag:
            return _kept(Response(status_code=304), tag)
        told = places_told(connection, _MOST_TOWNS)
    features = [_town(visit, one) for one in told]
    return _kept(JSONResponse({"type": "FeatureCollection", "features": features}), tag)


def map_control(visit: Visit) -> Response:
    """All spells of places with a point, and their holders with a colour and letters each."""
    with visit.reading() as connection:
        tag = f'"{mark(connection)}-{visit.lang}"'
        if visit.request.headers.get("if-none-match") == tag:
            return _kept(Response(status_code=304), tag)
        found = mapping.control(visit, connection, mapping.asked(visit))
    holders = {
        key: {"label": one.label, "hue": one.hue, "texture": one.texture, "letter": one.letter}
        for key, one in found.shades.items()
    }
    spells = [map_rows.spell(visit, one) for one in found.spells]
    return _kept(JSONResponse({"day": found.day, "holders": holders, "spells": spells}), tag)


def map_card(visit: Visit) -> Response:
    """What is told at a point: up to twenty of its incidents or claims, each with words that tell it."""
    kind, raw = visit.asked("kind", "incidents"), visit.asked("refs")
    if kind not in ("incidents", "claims"):
        raise InputError(f"kind={kind[:40]} is none of incidents, claims")
    numbers = [one for one in raw.split(",") if one]
    if not all(one.isascii() and one.isdigit() and len(one) < 16 for one in numbers) or len(numbers) > 500:
        raise InputError(f"refs={raw[:60]} is no list of numbers")
    wanted = [int(one) for one in numbers]
    with visit.reading() as connection:
        rows = map_rows.card_rows(connection, kind, wanted[:_MOST_CARD])
        ids = [row.id for row in rows]
        quoted = {one: one for one in ids} if kind == "claims" else first_claims(connection, ids)
        said = quotes(connection, list(quoted.values()))
    words = {one: said.get(claim, "") for one, claim in quoted.items()}
    number = visit.number("n", len(wanted), 10**9)
    return visit.page(
        "map_card.html", kind=kind, rows=map_rows.titled(visit, rows), words=words, number=number
    )


def _town(visit: Visit, told: Told) -> dict[str, Any]:
    place = visit.workspace.names.place(told.id)
    name = (place.ar if visit.lang == "ar" else place.name) if place else ""
    return {
        "type": "Feature",
        "properties": {"name": name or told.name, "n": told.incidents},
        "geometry": {"type": "Point", "coordinates": [round(told.lon, 4), round(told.lat, 4)]},
    }


def _kept(response: Response, tag: str) -> Response:
    response.headers["etag"] = tag
    response.headers["cache-control"] = "no-cache"
    return response


ROUTES = (
    ("/map", map_page),
    ("/map/list", map_list),
    ("/map/points.bin", map_points),
    ("/map/places.json", map_places),
    ("/map/control.json", map_control),
    ("/map/card", map_card),
)
