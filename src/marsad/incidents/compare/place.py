"""Do the two lie at one place?"""

from __future__ import annotations

from math import cos, hypot, radians

from marsad.incidents.compare.feature import VETO, Score
from marsad.incidents.compare.tolls import telling
from marsad.incidents.scene import PRECISE, Scene
from marsad.model.incident import Spot

_NEXT_DOOR = 3.0
_NEIGHBOURS = 12.0
_FAR = 25.0


def kilometres(a: Spot, b: Spot) -> float:
    """The distance of two points; on a plane, which is near enough for places that can be one."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return float("inf")
    return hypot(a.lat - b.lat, (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))) * 111.2


_ELSEWHERE = -2.0
_LOOSELY = 0.0
_NEIGHBOUR_TOWN = -2.0


def compare_place(one: Scene, other: Scene) -> Score:
    """The same place 3 points, within each other's reach 2, a neighbour against it, farther ruled out; a larger place that holds the other 0.

    A high toll that both give is not ruled out by two places of one country: one of them may be where it was announced.
    """
    found = _compare(one.spot, other.spot)
    if one.group == "territory" and found.code == "place_near":
        # Two towns change hands apart, however near: who holds one of them says nothing of the other.
        return found._replace(points=_NEIGHBOUR_TOWN)
    if found.points > VETO or not telling(one, other) or one.spot is None or other.spot is None:
        return found
    return found._replace(points=_ELSEWHERE) if one.spot.country == other.spot.country else found


def _compare(a: Spot | None, b: Spot | None) -> Score:
    if a is None or b is None:
        return Score(-0.5 if a is not b else 0.0, "place_unknown")
    if (a.precision in PRECISE) and (b.precision in PRECISE):
        return _both_precise(a, b)
    if _same(a, b):
        return Score(0.5 if a.precision == "governorate" else -0.5, "place_same_region", a.name)
    return _one_coarse(a, b)


def _same(a: Spot, b: Spot) -> bool:
    return a.id == b.id if a.id and b.id else a.name == b.name


def _both_precise(a: Spot, b: Spot) -> Score:
    if _same(a, b):
        return Score(0.8 if a.loose and b.loose else 3.0, "place_same", a.name)
    away = kilometres(a, b)
    if (a.loose or b.loose) and a.admin == b.admin:
        return Score(_LOOSELY, "place_within", a.name if a.loose else b.name)
    detail = f"{away:.0f} km"
    if away <= _NEXT_DOOR:
        return Score(2.5, "place_near", detail)
    if away <= max(a.radius, b.radius):
        return Score(1.5, "place_near", detail)
    if away <= _NEIGHBOURS:
        return Score(-1.0, "place_neighbour", detail)
    return Score(-3.0, "place_far", detail) if away <= _FAR else Score(VETO, "place_far", detail)


def _one_coarse(a: Spot, b: Spot) -> Score:
    """One of them is a governorate, a country or not on the map: whether one can hold the other."""
    if a.point is None or b.point is None:
        same_land = not (a.country and b.country) or a.country == b.country
        return Score(-1.0, "place_unknown") if same_land else Score(VETO, "place_far")
    wide, small = (a, b) if a.radius >= b.radius else (b, a)
    if wide.precision == "country":
        inside = wide.country == small.country
        return Score(-0.5, "place_within", wide.name) if inside else Score(VETO, "place_far")
    if wide.admin and small.admin and wide.admin == small.admin:
        return Score(0.0, "place_within", wide.name)
    away = kilometres(a, b)
    if away <= wide.radius:
        return Score(-0.2, "place_within", wide.name)
    return Score(VETO, "place_far", f"{away:.0f} km")
