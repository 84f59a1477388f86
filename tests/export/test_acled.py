"""ACLED's columns: what is written, what is left out, and that their readers read it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas
import pytest

from export import coding, records
from marsad.export.acled import COLUMNS, LEFT_OUT, Acled, dated, fatalities_of
from marsad.references.acled import acled_event

ACLED = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting
    iso region country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags timestamp""".split()
ARMY, REBELS = coding.actor("agent", "sy-army"), coding.actor("patient", "rebels")
CLASH = coding.incident("fight.clash", actors=[ARMY, REBELS])


def rows_of(tmp_path, incidents, **settings):
    path = tmp_path / "a.csv"
    table = Acled(path, coding.making(**settings))
    raw = records.written(table, path, incidents)
    text = raw.decode("utf-8-sig" if settings.get("bom") else "utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""))), table.counts


def test_the_columns_are_acleds_in_its_order():
    assert [column.name for column in COLUMNS] == ACLED
    assert all(column.fills for column in COLUMNS)


def test_a_row_of_a_made_incident(tmp_path):
    toll = coding.row(1, event="fight.clash", root="sy-army", counts=[coding.killed(12)], stance="concede")
    other = coding.row(2, event="harm.killed", counts=[coding.killed(20, 99, approx=True)])
    made = coding.incident(
        "fight.clash", "harm.killed", actors=[ARMY, REBELS], rows=[toll, other], outlets=("محلية", "بعيدة"), status="conceded", counts_differ=True,
        counts=[{"kind": "killed", "min": 12, "max": 99, "min_by": "مصدر 1", "max_by": "مصدر 2"}],
    )  # fmt: skip
    (row,), counts = rows_of(tmp_path, [made])
    assert row == {
        "event_id_cnty": "SYR-i0123456789abcde", "event_date": "2026-03-01", "year": "2026", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Syrian army", "assoc_actor_1": "", "inter1": "State forces",
        "actor2": "Rebel factions", "assoc_actor_2": "", "inter2": "Rebel group", "interaction": "State forces-Rebel group", "civilian_targeting": "", "iso": "760",
        "region": "Middle East", "country": "Syria", "admin1": "Hama", "admin2": "Suqaylabiyah", "admin3": "Ziyara", "location": "Qarqur", "latitude": "35.7321",
        "longitude": "36.3211", "geo_precision": "1", "source": "Local; Far", "source_scale": "National-International",
        "notes": "Reported, not verified: clash, people killed at Qarqur, on 2026-03-01, according to Syrian army (concedes it); مصدر 2. "
        "Status: conceded by the side it hurts (roots: 2, independent: 1). Killed: 12 to 99 (lowest by Syrian army, highest by مصدر 2). "
        "Coded by machine, not reviewed. «قال الجيش إنه دخل خان شيخون أمس» (a1)",
        "fatalities": "12", "tags": "status=conceded; roots=2; independent=1; review=machine; events=fight.clash|harm.killed; counts_differ",
        "timestamp": "1772600767",
    }  # fmt: skip
    assert counts.records == {"incidents": 1}
    assert counts.left_out == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": None}, "only expected"),
        ({"status": "denied"}, "denied"),
        ({"place": None}, "no place"),
        ({"place": {**coding.VILLAGE, "lat": None, "lon": None}}, "no place"),
        ({"place": {**coding.VILLAGE, "country": None}}, "no place"),
        ({"place": {**coding.VILLAGE, "precision": "country"}}, "country only"),
        ({"time": {"from": None, "to": None, "precision": "unknown"}}, "no day"),
        ({"time": {"from": "2026-01-01", "to": "2026-12-31", "precision": "year"}}, "no day"),
        ({"rows": [coding.row(1, event="fight.clash", says="expects")]}, "no such event"),
    ],
)
def test_an_incident_that_acled_would_not_have_is_left_out_and_counted(tmp_path, changes, reason):
    made = coding.incident("fight.clash", actors=[ARMY, REBELS], **changes)
    rows, counts = rows_of(tmp_path, [made, CLASH])
    assert len(rows) == 1
    assert counts.left_out == {reason: 1}
    assert reason in LEFT_OUT


@pytest.mark.parametrize(
    ("first", "last", "precision", "expected"),
    [
        ("2024-12-05", "2024-12-05", "day", (date(2024, 12, 5), 1)),
        ("2024-12-05", None, "day", (date(2024, 12, 5), 1)),
        ("2024-12-05", "2024-12-07", "day", (date(2024, 12, 5), 2)),
        ("2024-12-01", "2024-12-20", "day", (date(2024, 12, 1), 3)),
        ("2024-12-02", "2024-12-08", "week", (date(2024, 12, 5), 2)),
        ("2024-12-01", "2024-12-31", "month", (date(2024, 12, 16), 3)),
        ("2024-12-05", "2024-12-05", "unknown", (date(2024, 12, 5), 2)),
        ("2024-01-01", "2024-12-31", "year", None),
        (None, None, "unknown", None),
    ],
)
def test_days_and_their_precision(first, last, precision, expected):
    assert dated({"from": first, "to": last, "precision": precision}) == expected


@pytest.mark.parametrize(
    ("precision", "geo", "point"),
    [("exact", 1, (35.7321, 36.3211)), ("town", 1, (35.73, 36.32)), ("district", 2, (35.73, 36.32)), ("governorate", 3, (35.7, 36.3))],
)  # fmt: skip
def test_a_point_is_as_precise_as_the_place(tmp_path, precision, geo, point):
    made = coding.incident("fight.clash", actors=[ARMY], place={**coding.VILLAGE, "precision": precision})
    (row,), _ = rows_of(tmp_path, [made])
    assert (int(row["geo_precision"]), (float(row["latitude"]), float(row["longitude"]))) == (geo, point)


DOZENS = coding.killed(20, 99, approx=True)


@pytest.mark.parametrize(
    ("counts", "acled", "lowest", "highest"),
    [
        ([[coding.killed(4)]], 4, 4, 4),
        ([[coding.killed(4)], [coding.killed(9)]], 4, 4, 9),
        ([[coding.killed(4)], [coding.killed(9)], [coding.killed(9)]], 9, 4, 9),
        ([[DOZENS]], 12, 20, 99),
        ([[coding.killed(200, 999, approx=True)]], 100, 200, 999),
        ([[coding.killed(2000, 9999, approx=True)]], 1000, 2000, 9999),
        ([[coding.killed(20, 20, approx=True)]], 20, 20, 20),
        ([[coding.killed(41, None)]], 41, 41, 41),
        ([[coding.killed(None, 10)]], 10, 10, 10),
        ([[DOZENS], [DOZENS], [coding.killed(11)]], 11, 11, 99),
        ([[coding.killed(6), coding.killed(2, who="طفلان")]], 6, 6, 6),
        ([[coding.killed(6)], [coding.killed(2, who="اطفال")]], 6, 6, 6),
    ],
)
def test_fatalities_by_each_way_of_counting(counts, acled, lowest, highest):
    rows = [coding.row(n, event="harm.killed", counts=some) for n, some in enumerate(counts, 1)]
    made = coding.incident("harm.killed", rows=rows)
    assert [fatalities_of(made, way) for way in ("acled", "lowest", "highest")] == [acled, lowest, highest]


def test_organs_of_one_body_corroborate_no_number():
    tolls = [(4, "one"), (9, "other"), (9, "other")]
    rows = [coding.row(n, event="harm.killed", counts=[coding.killed(dead)], group=group) for n, (dead, group) in enumerate(tolls, 1)]  # fmt: skip
    assert fatalities_of(coding.incident("harm.killed", rows=rows), "acled") == 4


def test_a_later_toll_of_a_root_replaces_its_earlier_one():
    early = coding.row(
        1, event="harm.killed", counts=[coding.killed(4)], published="2026-03-02T08:00:00+03:00"
    )
    late = coding.row(
        1, event="harm.killed", counts=[coding.killed(7)], published="2026-03-02T06:00:00+00:00"
    )
    assert fatalities_of(coding.incident("harm.killed", rows=[late, early]), "acled") == 7


@pytest.mark.parametrize(
    ("row", "dead"),
    [
        (coding.row(event="strike.air"), 0),
        (coding.row(event="harm.wounded"), 0),
        (coding.row(event="harm.assassination"), 1),
        (coding.row(event="harm.killed", actors=[coding.actor("patient", text="القتلى")]), 3),
        (coding.row(event="harm.killed", says="denies"), 0),
        (coding.row(event="harm.killed", says="expects", counts=[coding.killed(50)]), 0),
        (coding.row(event="harm.killed", group=None, counts=[coding.killed(50)]), 1),
    ],
)
def test_deaths_without_a_number(row, dead):
    assert fatalities_of(coding.incident(row["event"], rows=[row]), "acled") == dead


@pytest.mark.parametrize(
    ("outlets", "scale"),
    [
        (("محلية",), "National"),
        (("جارة",), "Regional"),
        (("بعيدة",), "International"),
        (("مجهولة",), "Other"),
        ((None,), "Other"),
        (("بعيدة", "محلية", "جارة"), "National-International"),
        (("بعيدة", "مجهولة"), "Other-International"),
    ],
)
def test_the_scale_of_sources(tmp_path, outlets, scale):
    (row,), _ = rows_of(tmp_path, [coding.incident("fight.clash", actors=[ARMY], outlets=outlets)])
    assert row["source_scale"] == scale


def test_names_of_private_persons_are_masked_in_notes(tmp_path):
    hidden = coding.row(
        1, event="custody.arrest", root="سالم", root_text="سالم", root_kind="person", authority=[]
    )
    made = coding.incident(
        "custody.arrest", actors=[ARMY, coding.actor("patient", text="سالم وأخوه")], rows=[hidden], counts=[{"kind": "killed", "min": 3, "max": 3, "min_by": "سالم", "max_by": "سالم"}]
    )  # fmt: skip
    told = records.claim(quote="قال سالم إنهم وصلوا", private=(("text", 4, 8),))
    made = replace(made, claims=(told,))
    (row,), _ = rows_of(tmp_path, [made])
    assert "سالم" not in "".join(row.values())
    assert "Killed: 3 (by [private person])" in row["notes"]
    assert row["actor2"] == "[private person]"
    (row,), _ = rows_of(tmp_path, [made], private=True)
    assert "سالم" in row["notes"]


@pytest.mark.parametrize(
    ("says", "words"), [("denies", "Denied by مصدر 2."), ("expects", "Expected by مصدر 2."), ("demands", "Demanded by مصدر 2.")]
)  # fmt: skip
def test_notes_tell_who_says_otherwise(tmp_path, says, words):
    rows = [coding.row(1), coding.row(2, says=says)]
    (row,), _ = rows_of(
        tmp_path, [coding.incident("fight.clash", actors=[ARMY], rows=rows, status="disputed")]
    )
    assert words in row["notes"]
    assert "according to مصدر 1." in row["notes"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_odd_records_are_rows_that_pandas_reads_by_type_and_every_export_is_the_same(tmp_path, lang):
    path, again = tmp_path / "a.csv", tmp_path / "b.csv"
    odd = [*records.odd_incidents(), replace(CLASH, claims=(records.claim(quote=records.HOSTILE),)), coding.incident("fight.clash", actors=[coding.actor("agent", text='=x("a");2\n3')])]  # fmt: skip
    raw = records.written(Acled(path, coding.making(lang=lang)), path, odd)
    assert records.written(Acled(again, coding.making(lang=lang)), again, odd) == raw
    found = pandas.read_csv(path)
    assert list(found.columns) == ACLED
    for name in ("year", "time_precision", "iso", "geo_precision", "fatalities", "timestamp"):
        assert found[name].dtype == "int64", name
    assert found["latitude"].dtype == found["longitude"].dtype == "float64"
    assert len(pandas.to_datetime(found["event_date"], format="%Y-%m-%d")) == len(found) == 5
    assert found["actor1"].iloc[-1].startswith("'=x(")


def test_a_browser_gets_a_byte_order_mark(tmp_path):
    path = tmp_path / "a.csv"
    assert records.written(Acled(path, coding.making(bom=True)), path, [CLASH]).startswith(
        b"\xef\xbb\xbfevent_id"
    )


def test_what_is_written_reads_back_as_a_reference(tmp_path):
    (row,), _ = rows_of(tmp_path, [CLASH])
    found = acled_event(row, row["event_id_cnty"], 2)
    assert (found.first_day, found.precision, found.place, found.group) == (
        date(2026, 3, 1),
        "day",
        "Qarqur",
        "Battles",
    )
    assert found.actors == ("Syrian army", "Rebel factions")
