"""``/control``: who is said to have held which place, as lanes over time, on a day, and on two days beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from marsad.export import point_of
from marsad.store.reads.control import (
    Asked,
    SpellRow,
    count_control,
    holders_told,
    names_told,
    spell_objects,
    spell_rows,
)
from marsad.store.reads.kept_back import spells_kept_back
from marsad.web.twins import Listing, twin
from marsad.web.views.chosen import chips
from marsad.web.views.control import (
    PLACES,
    ROWS,
    asked_of,
    day_asked,
    differences,
    holder_name,
    ids_by_label,
    lanes_of,
    place_name,
    story_of,
)
from marsad.web.views.titles import sentence
from marsad.web.visit import Visit

_COLUMNS = (
    "id", "place", "place_id", "country", "lat", "lon", "from", "to", "state", "holder", "claimant",
)  # fmt: skip
_MOST_SKIPPED = 1_000_000


def control(visit: Visit) -> Response:
    """The lanes, or the table of a day, or what differs between two."""
    with visit.reading() as connection:
        asked = asked_of(visit, connection)
        places, spells = count_control(connection, asked)
        shown: dict[str, Any] = {
            "asked": asked,
            "places": places,
            "spells": spells,
            **_choices(visit, connection),
        }
        if asked.on:
            return _on_day(visit, connection, asked, shown)
        skip = visit.number("skip", 0, _MOST_SKIPPED)
        drawn = lanes_of(visit, connection, asked, skip)
        story = story_of(visit, connection, visit.asked("spell")) if visit.asked("spell") else None
    one = drawn.lanes[0] if len(drawn.lanes) == 1 else None
    return visit.page(
        "control.html",
        chart=drawn,
        story=story,
        one=one,
        skip=skip,
        most=PLACES,
        sentence=sentence,
        **shown,
        place_name=place_name,
        holder_name=holder_name,
    )


def _choices(visit: Visit, connection: Connection) -> dict[str, Any]:
    kept = visit.workspace.kept
    told = kept.get(connection, "control.names", names_told)
    countries = sorted({country for *_, country in told if country})
    said: dict[str, Callable[[str], str]] = {
        "q": str, "place": lambda one: _called(visit, one, told), "country": str, "holder": lambda one: visit.label(one) or one,
        "state": lambda one: visit.words(f"state.{one}"), "since": lambda one: f"{visit.words('frame.from')} \u2066{one}\u2069",
        "until": lambda one: f"{visit.words('frame.to')} \u2066{one}\u2069",
    }  # fmt: skip
    return {
        "chips": chips(visit, said),
        "holders": kept.get(connection, "control.holders", holders_told),
        "countries": countries,
    }


def _called(visit: Visit, asked: str, told: list[tuple[str, str, str | None, str | None]]) -> str:
    """What a place that the address names is called."""
    found = next(((name, identity) for key, name, identity, _ in told if asked in (key, identity)), None)
    return place_name(visit, found[1], found[0]) if found else asked


def _on_day(visit: Visit, connection: Connection, asked: Asked, shown: dict[str, Any]) -> Response:
    against = day_asked(visit, "against")
    shown["ids"] = ids_by_label(visit, connection)
    skip = visit.number("skip", 0, _MOST_SKIPPED)
    if against:
        pairs, same = differences(connection, asked, against)
        return visit.page(
            "control_days.html", against=against, pairs=pairs[skip : skip + ROWS], differing=len(pairs), same=same, skip=skip,
            most=ROWS, **shown, place_name=place_name, holder_name=holder_name,
        )  # fmt: skip
    rows = sorted(spell_rows(connection, asked), key=lambda row: (row.country or "~", row.place, row.key))
    return visit.page(
        "control_day.html", rows=rows[skip : skip + ROWS], skip=skip, total=len(rows), most=ROWS,
        **shown, place_name=place_name, holder_name=holder_name,
    )  # fmt: skip


def control_twin(visit: Visit) -> Response:
    """The spells in another form, without those that rest on an incident which is held back."""
    with visit.reading() as connection:
        asked = asked_of(visit, connection)

    def rows() -> Iterator[dict[str, Any]]:
        with visit.reading() as connection:
            out = spells_kept_back(connection)
            yield from (_flat(row) for row in spell_rows(connection, asked) if row.id not in out)

    def whole() -> Iterable[dict[str, Any]]:
        with visit.reading() as connection:
            out = spells_kept_back(connection)
            yield from (spell for spell in spell_objects(connection, asked) if spell["id"] not in out)

    return twin(
        visit,
        Listing(
            name="spells", path="/control", columns=_COLUMNS, rows=rows, whole=whole, moment="from",
            page=lambda row: f"/control?spell={row['id']}", title=_title,
        ),
    )  # fmt: skip


def _title(row: Any) -> str:  # noqa: ANN401 (a row as `_flat` gives it)
    who = " / ".join(row[name] for name in ("holder", "claimant") if row[name])
    return f"{row['place']}: {row['state']}{', ' + who if who else ''} ({row['from']})"


def _flat(row: SpellRow) -> dict[str, Any]:
    lat, lon = point_of({"lat": row.lat, "lon": row.lon}) or (None, None)
    return {
        "id": row.id, "place": row.place, "place_id": row.place_id, "country": row.country, "lat": lat, "lon": lon,
        "from": row.first_day, "to": row.last_day, "state": row.state, "holder": row.holder, "claimant": row.claimant,
    }  # fmt: skip


ROUTES = (("/control", control), ("/control.{form}", control_twin))
