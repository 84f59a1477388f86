"""A comparison as rows of JSON, as a layer of GeoJSON, and as sums by kind, area, time and type.

Their rows stay theirs: what is under ``theirs`` is as their file has it, what is under ``ours`` is what a project reports; neither says what is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from marsad.export import point_of
from marsad.references import ReferenceEvent, their_group
from marsad.run.comparing import KINDS, Compared, Comparison
from marsad.run.comparing_match import Fit
from marsad.run.comparing_names import TheirNames
from marsad.run.comparing_ours import Ours

Json = dict[str, Any]
_DAYS_BY_DAY, _DAYS_BY_MONTH = 62, 3660
"""Days of a file up to which sums go by day, and up to which they go by month."""
_TYPES = {
    "same": ("the type is one of ours", "النوع من أنواعنا"),
    "group": ("the wider type is one of ours", "النوع الأعم من أنواعنا"),
    "force": ("both are acts of force", "كلاهما عمل قوة"),
    "deadly": ("force that killed", "قوة أودت بأرواح"),
    "unknown": ("their type is not known here", "نوعهم غير معروف هنا"),
}
_MET = {
    "same": ("an actor is in both", "طرف مشترك"),
    "side": ("an actor of ours is on the side of one of theirs", "طرف عندنا في جانب طرف عندهم"),
    "other": ("no actor is in both", "لا طرف مشترك"),
    "unknown": ("actors cannot be compared", "لا تمكن مقارنة الأطراف"),
}


def row_json(row: Compared, against: str, meaning: TheirNames) -> Json:
    """A line of the comparison; ``near`` is the other's id that would fit too but has a better partner."""
    area = area_of(row, meaning)
    return {
        "kind": row.kind,
        "against": against,
        "place": _place(row),
        "area": area,
        "day": row.day.isoformat(),
        "type": row.theirs.type_words if row.theirs else row.ours.row.event if row.ours else None,
        "theirs": _theirs(row.theirs) if row.theirs else None,
        "ours": _ours(row.ours) if row.ours else None,
        "score": row.fit.score if row.fit else None,
        "near": row.near or None,
        "reasons": list(_reasons(row, row.fit)) if row.fit else [],
    }


def feature(row: Compared, against: str, meaning: TheirNames) -> Json:
    """A line as a feature of GeoJSON: at our point, rounded to what is known, else at theirs; properties are flat, so that a map has them as columns."""
    whole = row_json(row, against, meaning)
    theirs, ours = whole["theirs"] or {}, whole["ours"] or {}
    at = ours or theirs
    names = ("first_day", "last_day", "lat", "lon", "reach_km")
    sides = {
        f"{name}_{key}": side.get(key)
        for name, side in (("theirs", theirs), ("ours", ours))
        for key in ("id", *names)
    }
    deaths, killed = theirs.get("deaths", {}), ours.get("killed") or [None, None]
    properties = {
        **{name: whole[name] for name in ("kind", "against", "place", "day", "type", "score", "near")},
        "area": whole["area"]["en"],
        **sides,
        "theirs_deaths": deaths.get("best"),
        "ours_killed_min": killed[0],
        "ours_killed_max": killed[1],
        "ours_status": ours.get("status"),
        "ours_review": ours.get("review"),
    }
    point = {"type": "Point", "coordinates": [at["lon"], at["lat"]]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def sums(comparison: Comparison, meaning: TheirNames) -> Json:
    """A comparison in numbers: what the file covers, how much is in both, theirs only, ours only, by area, time and type, and what was not compared."""
    cover, rows = comparison.coverage, comparison.rows
    first, last = date.fromordinal(cover.first), date.fromordinal(cover.last)
    days = cover.last - cover.first + 1
    length = 10 if days <= _DAYS_BY_DAY else 7 if days <= _DAYS_BY_MONTH else 4
    labels: dict[str, Json] = {}

    def area(row: Compared) -> str:
        found = area_of(row, meaning)
        return str(labels.setdefault(found["en"], found)["en"])

    def type_(row: Compared) -> str:
        return _type(row, comparison.origin)

    return {
        "against": comparison.origin,
        "covers": {
            "rows": cover.rows, "first_day": first.isoformat(), "last_day": last.isoformat(), "countries": sorted(cover.countries),
            "unknown_countries": sorted(cover.unknown),
        },
        "kinds": _counted(Counter(row.kind for row in rows)),
        "areas": [{**labels[one["name"]], **one} for one in _by(rows, area)],
        "periods": sorted(
            _by(rows, lambda row: row.day.isoformat()[:length]), key=lambda one: str(one["name"])
        ),
        "types": _by(rows, type_),
        "set_aside": dict(sorted(comparison.set_aside.items())),
        "not_compared": {
            "theirs": dict(sorted(comparison.theirs_out.items())),
            "ours": dict(sorted(comparison.ours_out.items())),
        },
    }  # fmt: skip


def area_of(row: Compared, meaning: TheirNames) -> Json:
    """The governorate of a line: ours where it is known, else theirs, else their words for it, or "not known", before the country."""
    code = (row.ours.admin if row.ours else "") or (meaning.admin(row.theirs) if row.theirs else "")
    place = meaning.names.place(code)
    lands = meaning.lands(row.theirs) if row.theirs else ()
    land = meaning.names.place(place.country if place else lands[0] if lands else _land(row))
    told = row.theirs.country if row.theirs else ""
    words = place.name if place else (row.theirs.admin if row.theirs else "") or "not known"
    arabic = f"{place.ar}، {land.ar}" if place and land and place.ar and land.ar else None
    name = land.name if land else told
    return {"id": place.id if place else None, "en": f"{words}, {name}" if name else words, "ar": arabic}


def _land(row: Compared) -> str:
    return (row.ours.row.country if row.ours else None) or ""


def _by(rows: Iterable[Compared], key: Callable[[Compared], str]) -> list[Json]:
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(key(row), Counter())[row.kind] += 1
    order = sorted(counts.items(), key=lambda one: (-one[1].total(), one[0]))
    return [{"name": name, **_counted(count)} for name, count in order]


def _counted(count: Mapping[str, int]) -> Json:
    return {kind: count.get(kind, 0) for kind in KINDS}


def _type(row: Compared, origin: str) -> str:
    """The wider type of a line in their words; of ours alone by the codebook for ACLED, and not told for UCDP, whose types go by who the sides are."""
    if row.theirs is not None:
        return row.theirs.group or "not known"
    return (their_group(row.ours.row.events) if row.ours and origin == "acled" else "") or "not told"


def _place(row: Compared) -> str | None:
    return (row.theirs.place if row.theirs else "") or (row.ours.row.place if row.ours else None) or None


def _theirs(event: ReferenceEvent) -> Json:
    deaths = event.deaths
    return {
        "id": event.id, "origin": event.origin, "first_day": event.first_day.isoformat(), "last_day": event.last_day.isoformat(),
        "precision": event.precision, "place": event.place, "admin": event.admin, "country": event.country, "lat": event.lat, "lon": event.lon,
        "reach_km": event.reach, "group": event.group, "type": event.type_words, "actors": list(event.actors),
        "deaths": {"low": deaths.low, "best": deaths.best, "high": deaths.high},
    }  # fmt: skip


def _ours(one: Ours) -> Json:
    row = one.row
    point = point_of({"lat": row.lat, "lon": row.lon, "precision": row.precision})
    lat, lon = point or (None, None)
    return {
        "id": row.id, "events": list(row.events), "status": row.status, "review": "reviewed" if row.reviewed else "machine",
        "first_day": row.first_day, "last_day": row.last_day, "place": row.place, "place_id": row.place_id, "country": row.country,
        "lat": lat, "lon": lon, "precision": row.precision, "reach_km": one.reach, "actors": list(one.actors),
        "killed": list(row.killed) if row.killed else None, "roots": row.roots, "independent": row.independent, "claims": row.claims,
    }  # fmt: skip


def _reasons(row: Compared, fit: Fit) -> Iterator[Json]:
    yield _reason(
        "distance",
        f"{fit.km:.1f} km apart; the two precisions allow {fit.allowed:.0f}",
        f"بينهما {fit.km:.1f} كم، والدقتان تسمحان بـ{fit.allowed:.0f}",
    )
    if fit.named is not None:
        yield _reason("place", *_NAMED[fit.named])
    apart = fit.days
    yield _reason(
        "days",
        f"{apart} {'day' if apart == 1 else 'days'} apart" if apart else "their days meet",
        f"بينهما {apart} يوم" if apart else "أيامهما تلتقي",
    )
    yield _reason("type", *_TYPES[fit.type])
    en, ar = _MET[fit.actors]
    who = f": {', '.join(fit.shared)}" if fit.shared else ""
    yield _reason("actors", en + who, ar + who)
    yield from _tolls(row)


_NAMED = {
    True: ("the names of the places are one", "اسم المكان واحد"),
    False: ("the governorates have different names", "اسما المحافظتين مختلفان"),
}


def _tolls(row: Compared) -> Iterator[Json]:
    """What each says of the dead, where both do; it is told and does not score."""
    if (
        row.theirs is None
        or row.ours is None
        or row.theirs.deaths.best is None
        or row.ours.row.killed is None
    ):
        return
    deaths, (low, high) = row.theirs.deaths, row.ours.row.killed
    span = f" ({deaths.low}-{deaths.high})" if deaths.low is not None and deaths.high is not None else ""
    ours = f"{low}" if low == high else f"{low if low is not None else 0}-{'' if high is None else high}"
    yield _reason(
        "tolls",
        f"killed: {deaths.best}{span} theirs, {ours} ours; not scored",
        f"القتلى: {deaths.best}{span} عندهم، {ours} عندنا؛ لا يدخل في الدرجة",
    )


def _reason(code: str, en: str, ar: str) -> Json:
    return {"code": code, "en": en, "ar": ar}
