"""From lines of incidents to spells: what is counted, what is set aside, in which order places come."""

import gzip
import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.control import ControlKit
from marsad.model.incident import Spot
from marsad.model.incident_json import incident_to_json
from marsad.run.controlling import ControlStats, KnownPlaces, control_kit, traced

sys.path.insert(0, str(Path(__file__).parent.parent / "control"))
from telling_of import LABELS, NORTH, OBSERVATORY, SOUTH, TOWN, capture, claim, entry, incident, shown

ALDER = replace(TOWN, id="marsad:xx-alder", name="Alder")
INCIDENTS = [
    incident(1, capture(NORTH)),
    incident(5, capture(SOUTH, by=SOUTH)),
    incident(7, capture(SOUTH)),
    incident(3, capture(NORTH, place=ALDER), place=ALDER),
    incident(2, claim("strike.air", OBSERVATORY)),
    incident(None, entry(NORTH), precision="unknown"),
]


def line(one):
    return json.dumps(incident_to_json(one), ensure_ascii=False)


def run(tmp_path, lines, name="incidents.jsonl"):
    file = tmp_path / name
    data = "\n".join(lines).encode()
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    stats, faults = ControlStats(), []
    rows = list(
        traced(
            str(file),
            ControlKit(LABELS.get),
            stats,
            lambda where, why: faults.append((where.removeprefix(f"{file}:"), why.reason, why.message)),
        )
    )
    return [(row.place.name, shown(row.spells)) for row in rows], stats, faults


EXPECTED = [
    ("Alder", [(3, None, "held", NORTH, None)]),
    (
        "Sindian",
        [(1, 5, "held", NORTH, None), (5, 7, "contested", NORTH, SOUTH), (7, None, "held", SOUTH, None)],
    ),
]


@pytest.mark.parametrize("name", ["incidents.jsonl", "incidents.jsonl.gz"])
def test_places_come_by_name_and_what_is_left_out_is_counted(tmp_path, name):
    found, stats, faults = run(tmp_path, ["", *map(line, INCIDENTS)], name)
    assert found == EXPECTED
    assert faults == []
    assert (stats.incidents, stats.territory, stats.left_out) == (6, 5, {"no_day": 1})


def test_order_of_lines_does_not_matter(tmp_path):
    lines = list(map(line, INCIDENTS))
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        assert run(tmp_path, lines)[0] == EXPECTED


def without(row, *names):
    return json.dumps({key: value for key, value in row.items() if key not in names})


ROW = incident_to_json(INCIDENTS[0])
BAD = {
    '{"id": "x", ': ("bad_json", "not JSON"),
    "[" * 100_000: ("bad_json", "not JSON"),
    "[1]": ("bad_record", "list"),
    without(ROW, "events"): ("bad_record", "'events'"),
    json.dumps({"id": "a", "text": "...", "claims": []}): ("bad_record", "marsad reconcile"),
    json.dumps({**ROW, "events": "territory.control"}): ("bad_record", "territory.control"),
    json.dumps({**ROW, "id": 5}): ("bad_record", "5"),
    json.dumps({**ROW, "time": {"from": "yesterday"}}): ("bad_record", "yesterday"),
    json.dumps({**ROW, "claims": [{"root": "x"}]}): ("bad_record", "'article'"),
    json.dumps({**ROW, "claims": ["x"]}): ("bad_record", "cannot be used"),
    line(INCIDENTS[0]): ("duplicate_id", INCIDENTS[0].id),
}


@pytest.mark.parametrize(("bad", "why"), BAD.items(), ids=lambda value: str(value)[:30])
def test_bad_line_is_set_aside_with_its_number_and_the_run_goes_on(tmp_path, bad, why):
    lines = list(map(line, INCIDENTS))
    found, stats, faults = run(tmp_path, [*lines[:2], bad, *lines[2:]])
    assert found == EXPECTED
    ((where, reason, message),) = faults
    assert (where, reason) == ("3", why[0])
    assert why[1] in message
    assert stats.set_aside == {why[0]: 1}


def test_gzip_that_is_cut_off_keeps_what_came_before(tmp_path):
    lines = [line(one) for number in range(400) for one in [replace(INCIDENTS[0], id=f"i{number}")]]
    file = tmp_path / "cut.jsonl.gz"
    whole = gzip.compress("\n".join(lines).encode(), compresslevel=0)
    file.write_bytes(whole[: len(whole) // 2])
    stats, faults = ControlStats(), []
    rows = list(traced(str(file), ControlKit(), stats, lambda where, why: faults.append((where, why.reason))))
    assert [len(row.spells) for row in rows] == [1]
    assert 0 < stats.incidents < 400
    assert faults == [(f"{file}:{stats.incidents + 1}", "damaged")]


def test_what_the_codebook_asks_for_is_enough(tmp_path):
    """Another program's incidents, without the groups, spans and days of claims that ours have."""
    told = {"article": "a", "claim": 0, "id": "c", "event": "territory.control", "root": "observatory", "says": "affirms"}  # fmt: skip
    told["actors"] = [{"role": "gainer", "id": "south-front"}]
    row = {
        "id": "i", "events": ["territory.control"], "status": "single", "claims": [told],
        "time": {"from": "2024-12-05", "to": "2024-12-05", "precision": "day"}, "place": {"name": "Sindian", "id": "x:1"},
    }  # fmt: skip
    found, _, faults = run(tmp_path, [json.dumps(row)])
    assert (found, faults) == ([("Sindian", [(5, None, "held", SOUTH, None)])], [])


HAMA = Spot("geonames:170017", "Ḩamāh", 35.13, 36.76, "exact", "SY")


@pytest.mark.parametrize("name", ["geonames:170017", "Ḩamāh", "Hama", "hamah", "حماة", "حماه", "حَماة"])
@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
def test_place_is_known_by_its_id_and_names(name):
    assert KnownPlaces().bears(HAMA, name)
    assert not KnownPlaces().bears(Spot("geonames:169577", "Homs", country="SY"), name)


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
def test_place_that_no_gazetteer_has_is_known_by_its_words():
    village = Spot("", "كفر أرزة")
    assert KnownPlaces().bears(village, "كفر ارزه")
    assert not KnownPlaces().bears(village, "كفر")
    assert not KnownPlaces().bears(village, "")


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
def test_kit_knows_actors_outlets_and_places():
    kit = control_kit()
    assert kit.labels("sohr").en == "Syrian Observatory for Human Rights"
    assert kit.labels("outlet:sana") == kit.labels("sana") is not None
    assert kit.labels("nobody-at-all") is None
    assert kit.places("geonames:170017").ar == "حماة"
