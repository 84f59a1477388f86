"""A block that is cut by days gives what it gives whole, but for a handful of claims around a cut; nothing is lost and nothing is in two incidents."""

import json
import sys
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "incidents"))
from by_hand import make, rows_of
from claim_lines import ALEPPO, HAMA, MEDIC, MONITOR, a_claim, a_row, killed

from marsad.archive.plan import Plan, Settings
from marsad.archive.stages import control, reconcile
from marsad.model.incident_json import incident_to_json, spell_to_json
from marsad.run.claim_rows import article_with_claims
from marsad.run.controlling import control_of
from marsad.run.reconciling import reconcile_articles

DAYS = 40
HTS, ARMY = {"text": "هيئة تحرير الشام", "id": "hts"}, {"text": "الجيش السوري", "id": "sy-army"}
TIED = ("reconcile", "stitch")


def on(day, precision="day"):
    when = (date(2024, 11, 1) + timedelta(days=day)).isoformat()
    return {"time": {"text": "يوم الخميس", "start": 36, "end": 46, "from": when, "to": when, "precision": precision}}  # fmt: skip


def published(day):
    return (date(2024, 11, 1) + timedelta(days=day)).isoformat()


@pytest.fixture(scope="module")
def articles():
    """Each day a raid on one of two cities, told that day, the day after and, looking back, a week later; every fifth day a city changes hands."""
    rows = []
    for day in range(DAYS):
        place = (HAMA, ALEPPO)[day % 2]
        raid = [a_claim(place=place, **on(day)), killed(3 + day, place=place, attribution=[MEDIC], **on(day))]
        rows.append(a_row(f"{day}-first", raid, "نشرة الساحل", published=published(day)))
        told = [killed(3 + day, place=place, attribution=[MONITOR], **on(day))]
        rows.append(a_row(f"{day}-next", told, "صحيفة الجبل", published=published(day + 1)))
        rows.append(a_row(f"{day}-back", [a_claim(place=place, **on(day))], "رويترز", published=published(day + 8)))  # fmt: skip
        if day % 5 == 0:
            gainer = {"role": "gainer", "start": 0, "end": 12, **(HTS, ARMY)[day // 10 % 2]}
            rows.append(a_row(f"{day}-held", [a_claim("territory.control", place=place, actors=[gainer], **on(day))], published=published(day)))  # fmt: skip
    return [article_with_claims(row) for row in rows]


def tied(root, records):
    return [json.loads(row["data"]) for row in rows_of(root, records, "incidents", *TIED)]


def pairs(incidents):
    claims = [sorted(claim["id"] for claim in incident["claims"]) for incident in incidents]
    return {pair for some in claims for pair in combinations(some, 2)}


def test_blocks_that_are_cut_lose_nothing(articles, tmp_path):
    whole = [incident_to_json(one) for one in reconcile_articles(articles)]
    records = make(tmp_path, [articles[::2], articles[1::2]], Settings(claims_at_once=40))
    cut = tied(tmp_path, records)
    assert len(records["stitch"]) >= 2
    assert sum(record.counts["claims"] for record in records["stitch"]) > 0
    ids = sorted(claim["id"] for incident in cut for claim in incident["claims"])
    assert ids == sorted(claim["id"] for incident in whole for claim in incident["claims"])
    assert len({incident["id"] for incident in cut}) == len(cut)
    rows = rows_of(tmp_path, records, "incident_claims", *TIED)
    assert sorted(row["claim"] for row in rows) == ids
    right, found = pairs(whole), pairs(cut)
    assert len(right & found) >= 0.99 * len(right | found)
    known = {incident["id"] for incident in cut}
    assert {incident["retells"] for incident in cut} - {None} <= known


def test_how_articles_lie_in_shards_plays_no_part(articles, tmp_path):
    settings = Settings(claims_at_once=40)
    one = make(tmp_path / "one", [articles], settings)
    three = make(tmp_path / "three", [articles[80:], articles[:10], articles[10:80]], settings)
    for stage in (*TIED, "control"):
        assert [record.name for record in one[stage]] == [record.name for record in three[stage]]
        assert [record.key for record in one[stage]] == [record.key for record in three[stage]]
        files = [[part.sha256 for record in made[stage] for part in record.parts] for made in (one, three)]
        assert files[0] == files[1]


def test_each_slice_reads_only_files_that_hold_its_days(articles, tmp_path):
    early, late = articles[: len(articles) // 2], articles[len(articles) // 2 :]
    records = make(tmp_path, [early, late], Settings(claims_at_once=20), ("settle",))
    tasks = reconcile.tasks(Plan(folder=str(tmp_path), inputs=(), settings=Settings(claims_at_once=20)), records)  # fmt: skip
    assert {len(task.reads) for task in tasks} == {1, 2}


def test_spells_are_the_same_however_places_are_shared_out(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(control, "_ROWS_AT_ONCE", 1)
    records = make(tmp_path, [articles], Settings())
    assert len(records["control"]) > 1
    found = [json.loads(row["data"]) for row in rows_of(tmp_path, records, "spells", "control")]
    expected = [spell_to_json(one) for one in control_of(reconcile_articles(articles))]
    assert len(expected) > 2
    assert sorted(found, key=lambda row: row["id"]) == sorted(expected, key=lambda row: row["id"])


def test_what_people_query_says_what_the_line_says(articles, tmp_path):
    records = make(tmp_path, [articles[:20]], Settings())
    for row in rows_of(tmp_path, records, "incidents", *TIED):
        line = json.loads(row["data"])
        assert (row["id"], row["status"], row["events"]) == (line["id"], line["status"], line["events"])
        assert (row["first_day"], row["claims"]) == (line["time"]["from"], len(line["claims"]))
        tolls = {count["kind"]: (count["min"], count["max"]) for count in line["counts"]}
        assert (row["killed_min"], row["killed_max"]) == tolls.get("killed", (None, None))


def test_nothing_to_tie_is_no_fault(tmp_path):
    records = make(tmp_path, [[]], Settings())
    assert [len(records[stage]) for stage in ("settle", "reconcile", "stitch", "control")] == [1, 0, 0, 0]
