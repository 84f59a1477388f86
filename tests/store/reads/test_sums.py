"""Facets, the timeline, points and cells: sums of what the list holds, on SQLite and on PostgreSQL."""

import struct
import sys
from array import array
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from told import connection, day, full, told

from marsad.errors import InputError
from marsad.model.readers import verdict
from marsad.store.db import insert
from marsad.store.list_tables import incident_list
from marsad.store.reads import FACETS, Filters, facets, filters_from, grid, histogram, points, refs

__all__ = ["connection", "full", "told"]

ADDRESSES = [
    "",
    "status=single",
    "event=strike",
    "event=harm.killed&country=SY",
    "actor=sy-army",
    "outlet=بريد العاصي&outlet=النهر%2C والبحر&outlet=غيره",
    "root=sohr&status=single,corroborated",
    "since=2031-03-13&until=2031-03-14",
    "review=accepted",
    "review=machine&words=حماة",
    "precision=exact&place=SY",
    "stance=deny",
    "readers=agree,differ",
    "readers=none&polarity=negated",
    "killed=100000",
]
OWN = {"family": ("event",), "year": ("since", "until"), "month": ("since", "until")}
CUT = {"year": 4, "month": 7}


def value_of(told, name, kind, one):
    """The values that an incident or claim has of a facet."""
    facts = told.facts_of_incident(one) if kind == "incidents" else told.facts_of_claim(one)
    place, first = one["place"] or {}, (one["time"] or {}).get("from")
    if name in ("polarity", "modality"):
        return {one[name]}
    if name == "readers":
        return {verdict(one.get("readers")) or "none"}
    if name == "stance":
        return {one["attribution"][0]["stance"] if one["attribution"] else "none"}
    if name == "family":
        return {event.partition(".")[0] for event in facts["event"]}
    if name in CUT:
        return {first[: CUT[name]]} if first else set()
    if name == "place":
        return {place.get("id")} - {None}
    if name in ("country", "precision"):
        return {place.get(name) or "none"}
    return facts[name] - {None}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", FACETS)
def test_facets_count_what_would_fit(connection, told, kind, address):
    filters = filters_from(parse_qsl(address))
    found = facets(connection, filters, FACETS[kind], kind)
    assert tuple(found) == FACETS[kind]
    for name, shown in found.items():
        rest = filters
        for own in OWN.get(name, (name,)):
            rest = rest.without(own)
        fitting = told.fitting(rest, kind).values()
        expected = Counter(value for one in fitting for value in value_of(told, name, kind, one))
        chosen = getattr(filters, name, None) or ()
        for value in (
            {chosen}
            if isinstance(chosen, str)
            else chosen
            if name in ("outlet", "root", "actor", "place")
            else ()
        ):
            expected.setdefault(value, 0)
        counted = {facet.value: facet.count for facet in shown}
        if len(expected) > len(counted):  # only the first thirty are shown
            assert len(counted) == 30
            assert min(counted.values()) >= max(
                count for value, count in expected.items() if value not in counted
            )
            expected = {value: count for value, count in expected.items() if value in counted}
        assert counted == dict(expected), name
        if name in CUT:
            assert list(counted) == sorted(counted)
        elif not chosen:
            assert list(counted.values()) == sorted(counted.values(), reverse=True)


def test_places_are_called_by_their_names(connection, told):
    names = {one["place"]["id"]: one["place"]["name"] for one in told.incidents.values() if one["place"]}
    found = facets(connection, Filters(), ["place"])["place"]
    assert [facet.label for facet in found] == [names[facet.value] for facet in found]


def test_an_unknown_facet_is_refused(connection):
    with pytest.raises(InputError, match="incidents have no facet 'stance'; there are status, event"):
        facets(connection, Filters(), ["stance"])


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", ["incidents", "claims"])
@pytest.mark.parametrize("room", [1, 3, 200])
def test_the_timeline_counts_each_once(connection, told, kind, address, room):
    filters = filters_from(parse_qsl(address))
    fitting = told.fitting(filters, kind).values()
    made = histogram(connection, filters, kind, room)
    status = {"incidents": told.facts_of_incident, "claims": told.facts_of_claim}[kind]
    begun = Counter((first_of(one), *status(one)["status"]) for one in fitting)
    parts = [(bar.first_day, bar.last_day, bar.counts) for bar in made.bars]
    ends = (parts[0][0], parts[-1][1]) if parts else (filters.since or "9999", "9999")
    parts += [("0000", previous(ends[0]), made.earlier), (ends[1] + "x", "9999", made.later)]
    for first, last, counts in parts:
        expected = Counter()
        for (when, state), number in begun.items():
            if when and first <= when <= last:
                expected[state] += number
        assert dict(counts) == dict(expected)
    assert made.undated == {state: number for (when, state), number in begun.items() if not when}
    assert len(made.bars) <= room
    assert all(
        previous(after.first_day) == bar.last_day
        for bar, after in zip(made.bars, made.bars[1:], strict=False)
    )


def first_of(one):
    return (one["time"] or {}).get("from")


def previous(iso):
    return (date.fromisoformat(iso) - timedelta(days=1)).isoformat() if iso < "9999" else iso


UNITS = [
    ("day", 3, ("2031-03-12", "2031-03-14"), ["2031-03-12", "2031-03-13", "2031-03-14"]),
    ("week", 3, ("2031-03-12", "2031-03-26"), ["2031-03-10", "2031-03-17", "2031-03-24"]),
    ("week", 2, ("2030-12-31", "2031-01-10"), ["2030-12-30", "2031-01-06"]),
    ("month", 2, ("2030-12-31", "2031-01-30"), ["2030-12-01", "2031-01-01"]),
    ("quarter", 2, ("2030-09-30", "2030-12-01"), ["2030-07-01", "2030-10-01"]),
    ("year", 2, ("2030-01-31", "2031-12-01"), ["2030-01-01", "2031-01-01"]),
    ("year", 2, ("1930-01-31", "2031-12-01"), ["2030-01-01", "2031-01-01"]),
]


def begun(store, days):
    """Incidents in lists only, each with a first day and how many of it."""
    rows = [
        {"id": f"i{number}-{one}", "event": "fight.clash", "status": "single", "roots": 1, "claims": 1, "outlets": 1, "first": first, "last": first, "changed": ""}
        for number, (first, many) in enumerate(days)
        for one in range(many)
    ]  # fmt: skip
    with store.database.writing() as connection:
        insert(connection, incident_list, rows)
    with store.database.reading() as connection:
        yield connection


@pytest.mark.parametrize(("unit", "room", "ends", "starts"), UNITS)
def test_bars_are_as_fine_as_there_is_room(store, unit, room, ends, starts):
    days = [(number_of(end), 1) for end in ends]
    [made] = [histogram(connection, Filters(), bars=room) for connection in begun(store, days)]
    assert [bar.first_day for bar in made.bars] == starts
    assert made.unit == unit
    assert sum(made.earlier.values()) + sum(sum(bar.counts.values()) for bar in made.bars) == 2


def number_of(iso):
    return date.fromisoformat(iso).toordinal() - date(1970, 1, 1).toordinal()


def test_a_few_far_away_do_not_stretch_the_bars(store):
    days = [
        (number_of("1915-01-01"), 2),
        *((number_of("2031-03-01") + one, 100) for one in range(10)),
        (number_of("2099-01-01"), 1),
    ]
    [made] = [histogram(connection, Filters(), bars=50) for connection in begun(store, days)]
    assert (made.unit, len(made.bars), made.earlier, made.later) == ("day", 10, {"single": 2}, {"single": 1})


def test_what_began_before_the_first_day_asked_for_is_counted_apart(store):
    with store.database.writing() as connection:
        rows = [
            {"id": f"i{first}", "event": "fight.clash", "roots": 1, "claims": 1, "outlets": 1, "first": first, "last": 21000, "changed": ""}
            for first in (10000, 20990, 20995)
        ]  # fmt: skip
        insert(connection, incident_list, rows)
    with store.database.reading() as connection:
        made = histogram(connection, Filters(since=day(20990)), bars=50)
    assert (made.unit, made.earlier, len(made.bars)) == ("day", {"none": 1}, 6)


def test_a_timeline_needs_room(connection):
    with pytest.raises(InputError, match="bars=0"):
        histogram(connection, Filters(), bars=0)


def unpacked(made):
    """The columns of points as a browser takes them."""
    magic, version, number = struct.unpack_from("<4sII", made.data)
    assert (magic, version, number) == (b"MRSD", 1, made.number)
    at, columns = 12, []
    for code, size in (("f", 4), ("f", 4), ("i", 4), ("i", 4), ("B", 1), ("B", 1), ("B", 1)):
        columns.append(array(code, made.data[at : at + size * number]))
        at += size * number
    columns.append(array("I", made.data[(12 + 19 * number + 3) // 4 * 4 :]))
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", ["incidents", "claims"])
def test_points_are_what_lies_on_the_map(connection, told, kind, address):
    filters = filters_from(parse_qsl(address))
    fitting = told.fitting(filters, kind)
    placed = {
        key: one for key, one in fitting.items() if one["place"] and one["place"].get("lat") is not None
    }
    made = points(connection, filters, kind)
    assert (made.number, made.unplaced) == (len(placed), len(fitting) - len(placed))
    rows = unpacked(made)
    ids = refs(connection, kind, [row[-1] for row in rows])
    assert set(ids.values()) == placed.keys()
    for lon, lat, first, last, event, status, precision, number in rows:
        one = placed[ids[number]]
        facts = told.facts_of_incident(one) if kind == "incidents" else told.facts_of_claim(one)
        assert (lon, lat) == pytest.approx((one["place"]["lon"], one["place"]["lat"]), abs=1e-4)
        days = [None if number == -(1 << 31) else day(number) for number in (first, last)]
        assert days == [(one["time"] or {}).get(end) for end in ("from", "to")]
        assert made.events[event] == (one["events"][0] if kind == "incidents" else one["event"])
        assert {made.statuses[status]} == facts["status"]
        assert made.precisions[precision] == (one["place"]["precision"] or "none")


def test_a_number_that_is_none_gives_no_id(connection):
    assert refs(connection, "incidents", [999_999]) == {}


@pytest.mark.parametrize("kind", ["incidents", "claims"])
@pytest.mark.parametrize("cell", [0.25, 5])
def test_cells_hold_what_lies_in_them(connection, told, kind, cell):
    fitting = told.fitting(Filters(), kind).values()
    placed = [one["place"] for one in fitting if one["place"] and one["place"].get("lat") is not None]
    expected = {}
    for place in placed:
        expected.setdefault((place["lat"] // cell, place["lon"] // cell), []).append(place)
    found = grid(connection, Filters(), kind, cell)
    assert {(one.lat // cell, one.lon // cell): one.count for one in found} == {
        key: len(some) for key, some in expected.items()
    }
    for one in found:
        names = Counter(
            place["name"] or place["text"] for place in expected[(one.lat // cell, one.lon // cell)]
        )
        assert names[one.place] == max(names.values())
        assert sum(one.counts.values()) == one.count


def test_cells_have_a_size(connection):
    with pytest.raises(InputError, match="cell=0"):
        grid(connection, Filters(), cell=0)
