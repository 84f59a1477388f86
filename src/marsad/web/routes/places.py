"""``/places``: where things are told to have been, what is known of a place, and names of places that were not found for sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from marsad.errors import InputError
from marsad.store.reads import quotes
from marsad.store.reads.known import Doubt, PlaceSum, narrowed
from marsad.web.pages import inpath
from marsad.web.twins import Listing, twin
from marsad.web.views.chosen import chips
from marsad.web.views.control import place_name
from marsad.web.views.places import ROWS, WHYS, all_doubts, page_of, places_asked, sums
from marsad.web.visit import Visit

_COLUMNS = (
    "id", "name", "name_ar", "kind", "country", "lat", "lon", "precision", "claims", "incidents", "first", "last",
)  # fmt: skip
_DOUBT_COLUMNS = ("text", "why", "claims", "taken", "rivals", "article", "claim")
_MOST_SKIPPED = 1_000_000


def places(visit: Visit) -> Response:
    """The list of places, or the list of names that are in doubt."""
    skip = visit.number("skip", 0, _MOST_SKIPPED)
    with visit.reading() as connection:
        if visit.asked("work") == "ambiguous":
            return _doubtful(visit, connection, skip)
        found = places_asked(visit, connection)
        countries = sorted({one.country for one in sums(visit, connection) if one.country})
    rows = [(one, visit.workspace.names.place(one.id)) for one in found[skip : skip + ROWS]]
    words = visit.words
    said: dict[str, Callable[[str], str]] = {
        "q": str,
        "country": str,
        "precision": partial(words.label, "precision"),
    }
    return visit.page(
        "places.html", rows=rows, total=len(found), skip=skip, most=ROWS,
        countries=countries, chips=chips(visit, said),
    )  # fmt: skip


def _doubtful(visit: Visit, connection: Connection, skip: int) -> Response:
    why = _why(visit)
    every = all_doubts(visit, connection)
    found = _asked_for(visit, narrowed(every, why))
    rows = found[skip : skip + ROWS]
    said = quotes(connection, [one.claim for one in rows])
    counts = Counter(one.why for one in every)
    return visit.page(
        "places_work.html", rows=rows, said=said, total=len(found), why=why, counts=counts, whys=WHYS, skip=skip,
        most=ROWS, place_name=place_name,
    )  # fmt: skip


def _why(visit: Visit) -> str:
    why = visit.asked("why", WHYS[0])
    if why != "all" and why not in WHYS:
        raise InputError(f"why={why} is none of all, {', '.join(WHYS)}")
    return "" if why == "all" else why


def _asked_for(visit: Visit, rows: list[Doubt]) -> list[Doubt]:
    written = visit.asked("q")
    return [one for one in rows if written in one.text] if written else rows


def places_twin(visit: Visit) -> Response:
    """Either list in another form."""
    if visit.asked("work") == "ambiguous":
        return _doubts_twin(visit)

    def rows() -> Iterator[dict[str, Any]]:
        with visit.reading() as connection:
            found = places_asked(visit, connection)
        yield from (_flat(visit, one) for one in found)

    listing = Listing(
        name="places", path="/places", columns=_COLUMNS, rows=rows, moment="last",
        page=lambda row: f"/places/{inpath(row['id'])}", title=lambda row: f"{row['name']}: {row['claims']} claims",
    )  # fmt: skip
    return twin(visit, listing)


def _doubts_twin(visit: Visit) -> Response:
    why = _why(visit)

    def rows() -> Iterator[dict[str, Any]]:
        with visit.reading() as connection:
            found = _asked_for(visit, narrowed(all_doubts(visit, connection), why))
        for one in found:
            taken = [f"{identity} {name} ({number})" for (identity, name), number in one.taken.most_common()]
            yield {
                "id": f"{one.why}:{one.text}", "text": one.text, "why": one.why, "claims": one.claims, "taken": taken,
                "rivals": [f"{identity} {name}" for identity, name in one.rivals.items()], "article": one.article,
                "claim": one.claim, "number": one.number,
            }  # fmt: skip

    listing = Listing(
        name="ambiguous", path="/places", columns=_DOUBT_COLUMNS, rows=rows, moment="",
        page=lambda row: f"/articles/{inpath(row['article'])}#claim-{row['number']}", title=lambda row: str(row["text"]),
    )  # fmt: skip
    return twin(visit, listing)


def _flat(visit: Visit, one: PlaceSum) -> dict[str, Any]:
    known = visit.workspace.names.place(one.id)
    return {
        "id": one.id, "name": one.name, "name_ar": known.ar if known else "", "kind": known.kind if known else "", "country": one.country,
        "lat": one.lat, "lon": one.lon, "precision": one.precision, "claims": one.claims, "incidents": one.incidents,
        "first": one.first_day, "last": one.last_day,
    }  # fmt: skip


def place(visit: Visit) -> Response:
    """One place."""
    with visit.reading() as connection:
        shown = page_of(visit, connection, visit.part("id"))
    return visit.page("place.html", shown=shown, identity=visit.part("id"), place_name=place_name)


def place_json(visit: Visit) -> Response:
    """One place as JSON."""
    identity = visit.part("id")
    with visit.reading() as connection:
        shown = page_of(visit, connection, identity)
    known, told = shown.place, shown.told
    return JSONResponse({
        "id": identity, "name": known.name if known else told and told.name, "name_ar": known.ar if known else None,
        "kind": known.kind if known else None, "country": known.country if known else told and told.country,
        "lat": known.lat if known else told and told.lat, "lon": known.lon if known else told and told.lon,
        "precision": known.precision if known else told and told.precision, "population": (known.population or None) if known else None,
        "origin": known.origin if known else None, "in": [one.id for one in shown.parents],
        "claims": told.claims if told else 0, "incidents": told.incidents if told else 0,
        "outlets": [{"outlet": outlet, "claims": number} for outlet, number in shown.outlets],
        "control": f"/control.jsonl?place={shown.key}" if shown.key else None, "reported": True,
    })  # fmt: skip


ROUTES = (
    ("/places", places),
    ("/places.{form}", places_twin),
    ("/places/{id}.json", place_json),
    ("/places/{id}", place),
)
