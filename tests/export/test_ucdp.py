"""UCDP GED's columns: what is written, what is left out, and that their readers read it."""

import csv
import io
from datetime import date

import pandas
import pytest

from export import coding, records
from marsad.export.coders_sides import sides_of
from marsad.export.ucdp import COLUMNS, LEFT_OUT, Ucdp, grid_cell
from marsad.export.ucdp_deaths import deaths_of
from marsad.export.ucdp_sides import dyad_of
from marsad.references.ucdp import ucdp_event

UCDP = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id
    side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date source_headline source_original where_prec where_coordinates
    where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
    deaths_civilians deaths_unknown best high low gwnoa gwnob""".split()
A = coding.actor
FIGHT = [A("agent", "rebels"), A("patient", "sy-army")]


def deadly(*counts, actors=FIGHT, **changes):
    """An incident in which each root gives some counts of the dead."""
    rows = [
        coding.row(n, event="harm.killed", counts=some, actors=list(actors))
        for n, some in enumerate(counts, 1)
    ]
    return coding.incident("fight.clash", "harm.killed", actors=actors, rows=rows, **changes)


def rows_of(tmp_path, *incidents, **settings):
    path = tmp_path / "a.csv"
    path.unlink(missing_ok=True)
    table = Ucdp(path, coding.making(**settings))
    raw = records.written(table, path, incidents)
    return list(csv.DictReader(io.StringIO(raw.decode(), newline=""))), table.counts


def dyad(*actors):
    made = coding.incident("harm.killed", actors=actors)
    return made, dyad_of(sides_of(made, coding.making()), "SY")


def test_the_columns_are_ucdps_in_its_order():
    assert [column.name for column in COLUMNS] == UCDP
    assert all(column.fills for column in COLUMNS)


def test_a_row_of_a_made_incident(tmp_path):
    made = deadly(
        [coding.killed(4)], [coding.killed(7)], [coding.killed(7)], outlets=("محلية", None, "محلية")
    )
    (row,), counts = rows_of(tmp_path, made)
    title = "دخول إلى البلدة"
    assert {name: value for name, value in row.items() if value} == {
        "id": "i0123456789abcde", "relid": "SYR-i0123456789abcde", "year": "2026", "code_status": "Machine", "type_of_violence": "1",
        "dyad_name": "Syrian army - Rebel factions", "side_a": "Syrian army", "side_b": "Rebel factions", "number_of_sources": "2",
        "source_article": f"{title}, Local, 2026-03-02; {title}, 2026-03-02; {title}, Local, 2026-03-02", "source_office": "Local; ; Local",
        "source_date": "2026-03-02; 2026-03-02; 2026-03-02", "source_headline": f"{title}; {title}; {title}", "source_original": "مصدر 1; مصدر 2; مصدر 3",
        "where_prec": "1", "where_coordinates": "Qarqur", "where_description": "قرقور", "adm_1": "Hama", "adm_2": "Suqaylabiyah", "latitude": "35.7321",
        "longitude": "36.3211", "geom_wkt": "POINT (36.3211 35.7321)", "priogrid_gid": "181153", "country": "Syria", "country_id": "652",
        "region": "Middle East", "event_clarity": "1", "date_prec": "1", "date_start": "2026-03-01", "date_end": "2026-03-01", "deaths_a": "0", "deaths_b": "0",
        "deaths_civilians": "0", "deaths_unknown": "7", "best": "7", "high": "7", "low": "4", "gwnoa": "652",
    }  # fmt: skip
    assert counts.records == {"incidents": 1}


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (coding.incident("strike.air"), "no death"),
        (coding.incident("harm.killed", rows=[coding.row(event="harm.killed", says="denies")]), "no death"),
        (deadly([coding.killed(0)]), "no death"),
        (deadly([coding.killed(4)], place=None), "no country"),
        (deadly([coding.killed(4)], time=None), "no day"),
    ],
)
def test_an_incident_without_deaths_place_or_day_is_left_out_and_counted(tmp_path, made, reason):
    rows, counts = rows_of(tmp_path, made, deadly([coding.killed(4)]))
    assert len(rows) == 1
    assert counts.left_out == {reason: 1}
    assert reason in LEFT_OUT


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([[coding.killed(4)]], (4, 4, 4)),
        ([[coding.killed(4)], [coding.killed(9)]], (4, 4, 9)),
        ([[coding.killed(4)], [coding.killed(9)], [coding.killed(9)]], (4, 9, 9)),
        ([[coding.killed(20, 99, approx=True)], [coding.killed(15)]], (15, 15, 99)),
        ([[coding.killed(41, None)]], (41, 41, 41)),
        ([[coding.killed(None, 10)]], (0, 10, 10)),
        ([[]], (1, 1, 1)),
    ],
)
def test_low_best_and_high(counts, expected):
    _, sides = dyad(*FIGHT)
    found = deaths_of(deadly(*counts), sides)
    assert (found.low, found.best, found.high) == expected
    assert found.a + found.b + found.civilians + found.unknown == found.best


@pytest.mark.parametrize(
    ("counts", "patient", "expected"),
    [
        ([coding.killed(8, who="مدنيين")], A("patient", "sy-army"), (0, 0, 8, 0)),
        ([coding.killed(8, who="جنود")], A("patient", "sy-army"), (8, 0, 0, 0)),
        ([coding.killed(8, who="من الفصائل")], A("patient", "rebels", "الفصائل"), (0, 8, 0, 0)),
        ([coding.killed(8)], A("patient", "sy-army"), (0, 0, 0, 8)),
        ([coding.killed(8), coding.killed(3, who="اطفال")], A("patient", text="اخرين"), (0, 0, 3, 5)),
        ([coding.killed(8)], A("patient", text="مدنيين"), (0, 0, 8, 0)),
        ([coding.killed(8)], A("patient", text="مدنيين جنود"), (0, 0, 0, 8)),
        ([], A("patient", text="مدنيين"), (0, 0, 1, 0)),
    ],
)
def test_who_died_is_told_by_the_claim_or_unknown(counts, patient, expected):
    _, sides = dyad(*FIGHT)
    row = coding.row(1, event="harm.killed", counts=counts, actors=[patient])
    found = deaths_of(coding.incident("harm.killed", rows=[row]), sides)
    assert (found.a, found.b, found.civilians, found.unknown) == expected


@pytest.mark.parametrize(
    ("one", "other", "violence", "names"),
    [
        (A("agent", "rebels"), A("patient", "sy-army"), 1, ("Syrian army", "Rebel factions")),
        (A("agent", "sy-army"), A("patient", "rebels"), 1, ("Syrian army", "Rebel factions")),
        (A("agent", "tr-army"), A("patient", "sy-army"), 1, ("Armed forces of Turkey", "Syrian army")),
        (A("agent", "coalition"), A("patient", "islamists"), 1, ("Coalition", "Islamist faction")),
        (A("party", "rebels"), A("party", "militia"), 2, ("Militia", "Rebel factions")),
        (A("agent", "rebels"), A("patient", text="مدنيين"), 3, ("Rebel factions", "Civilians")),
        (A("agent", "sy-army"), A("patient", text="مدنيين"), 3, ("Syrian army", "Civilians")),
        (A("agent", text="الغزاة"), A("patient", text="مدنيين"), None, ("الغزاة", "Civilians")),
        (A("agent", text="مسلحون"), A("patient", "sy-army"), None, ("Unidentified fighters", "Syrian army")),
        (
            A("agent", text="قوات الوادي"),
            A("patient", text="أربعة جنود"),
            None,
            ("قوات الوادي", "Unidentified soldiers or police"),
        ),
        (A("agent", "party"), A("patient", "sy-army"), None, ("A party", "Syrian army")),
    ],
)
def test_the_type_of_violence_and_the_order_of_sides(one, other, violence, names):
    _, found = dyad(one, other)
    assert (found.violence, (found.a.name, found.b.name)) == (violence, names)


@pytest.mark.parametrize("actors", [[], [A("agent", "sy-army")], [A("patient", "rebels")]])
def test_a_side_that_is_not_told_has_no_name(tmp_path, actors):
    (row,), _ = rows_of(tmp_path, deadly([coding.killed(4)], actors=actors))
    assert (row["dyad_name"], row["type_of_violence"]) == ("", "")
    assert [bool(row["side_a"]), bool(row["side_b"])].count(True) == len(actors)


@pytest.mark.parametrize(("one", "other"), [("sy-army", "rebels"), ("rebels", "militia"), ("tr-army", "sy-army")])  # fmt: skip
def test_sides_are_treated_alike(tmp_path, one, other):
    counts = [coding.killed(8, who="مقاتلين")]
    made = deadly(counts, actors=[A("agent", one), A("patient", other)])
    (row, mirrored), _ = rows_of(tmp_path, made, coding.exchanged(made, one, other))
    assert {row["deaths_a"], row["deaths_b"]} == {"8", "0"}
    assert (row["deaths_a"], row["deaths_b"]) == (mirrored["deaths_b"], mirrored["deaths_a"])
    same = [name for name in row if name not in ("deaths_a", "deaths_b")]
    assert [row[name] for name in same] == [mirrored[name] for name in same]


@pytest.mark.parametrize(
    ("place", "precision", "expected"),
    [
        ("v1", "exact", 1),
        ("v1", "town", 1),
        ("d1", "district", 3),
        ("v1", "district", 2),
        ("SY-HM", "governorate", 4),
        ("road", "governorate", 5),
        ("SY", "country", 6),
        ("gulf", "country", 7),
        (None, None, 6),
    ],
)
def test_precision_of_places(tmp_path, place, precision, expected):
    made = deadly([coding.killed(4)], place={**coding.VILLAGE, "id": place, "precision": precision})
    (row,), _ = rows_of(tmp_path, made)
    assert int(row["where_prec"]) == expected


@pytest.mark.parametrize(
    ("last", "precision", "prec", "clarity"),
    [
        ("2024-12-01", "day", 1, 1),
        ("2024-12-06", "day", 2, 1),
        ("2024-12-07", "day", 3, 1),
        ("2024-12-31", "day", 4, 2),
        ("2025-02-01", "day", 5, 2),
        ("2024-12-01", "unknown", 2, 1),
        ("2024-12-07", "week", 3, 1),
        ("2024-12-31", "month", 4, 2),
        ("2024-12-31", "year", 5, 2),
    ],
)
def test_precision_of_days(tmp_path, last, precision, prec, clarity):
    made = deadly([coding.killed(4)], time={"from": "2024-12-01", "to": last, "precision": precision})
    (row,), _ = rows_of(tmp_path, made)
    assert (int(row["date_prec"]), int(row["event_clarity"]), row["date_end"]) == (prec, clarity, last)


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90, -180, 1), (-89.6, -179.4, 2), (-89.4, -180, 721), (90, 180, 259200), (0.0, 0.0, 129961)],
)
def test_cells_of_the_grid(lat, lon, cell):
    assert grid_cell(lat, lon) == cell


def test_odd_records_are_rows_that_pandas_reads_by_type_and_every_export_is_the_same(tmp_path):
    odd = [
        *records.odd_incidents(),
        deadly([coding.killed(3)], outlets=("=1;2",)),
        deadly([coding.killed(3)]),
    ]
    path, again = tmp_path / "a.csv", tmp_path / "b.csv"
    raw = records.written(Ucdp(path, coding.making()), path, odd)
    assert records.written(Ucdp(again, coding.making(lang="ar")), again, odd) == raw
    found = pandas.read_csv(path)
    assert list(found.columns) == UCDP
    for name in ("year", "number_of_sources", "where_prec", "priogrid_gid", "event_clarity", "date_prec", "best", "high", "low", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"):  # fmt: skip
        assert found[name].dtype == "int64", name
    deaths = found[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (deaths == found["best"]).all()
    assert "'=1,2" in list(found["source_office"])
    assert found["active_year"].isna().all()


def test_what_is_written_reads_back_as_a_reference(tmp_path):
    (row,), _ = rows_of(tmp_path, deadly([coding.killed(4)], [coding.killed(9)]))
    found = ucdp_event(row, row["id"], 2)
    assert (found.first_day, found.group, found.deaths.low, found.deaths.best, found.deaths.high) == (
        date(2026, 3, 1),
        "State-based conflict",
        4,
        4,
        9,
    )
    assert found.actors == ("Syrian army", "Rebel factions")
