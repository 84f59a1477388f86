"""A project beside a reference file: what both have, what only they, what only we, and what is not compared at all; on both kinds of stores."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.run.comparing import Ask, compare
from marsad.run.comparing_names import TheirNames
from marsad.run.comparing_rows import feature, row_json, sums
from marsad.run.names import Names
from marsad.run.tying import Tying
from marsad.store import put_articles
from marsad.store.reads import filters_from
from marsad.store.sensitive import hold_back
from references.invented import acled, acled_file, ucdp, ucdp_file
from stored import stored

STRIKE = "قال المرصد السوري إن خمسة مدنيين قتلوا في غارة جوية روسية على مدينة سراقب أمس الخميس."
CLASH = "اندلعت اشتباكات عنيفة بين قوات سوريا الديمقراطية وتنظيم الدولة في مدينة الميادين أمس الخميس."
DEMAND = "دعا وزير الخارجية التركي إلى وقف إطلاق النار في سوريا."
ARTICLES = (stored("a", STRIKE), stored("b", CLASH), stored("c", DEMAND))
"""Published on Friday 2024-12-06, so that yesterday is the fifth."""
SAME = acled(
    event_id_cnty="INV1", event_date="2024-12-05", event_type="Explosions/Remote violence", sub_event_type="Air/drone strike", fatalities="4",
    actor1="Military Forces of Russia (2000-)", actor2="Civilians (Syria)", admin1="Idleb", location="Saraqib", latitude="35.8640", longitude="36.8060",
)  # fmt: skip
ELSEWHERE = acled(event_id_cnty="INV2", event_date="2024-12-05", location="Tartous", admin1="Tartous", latitude="34.8890", longitude="35.8866")  # fmt: skip


@pytest.fixture(scope="module")
def meaning():
    names = Names()
    yield TheirNames(names)
    names.close()


class Beside:
    """A store of `ARTICLES`, and files to hold beside it."""

    def __init__(self, store, tying, folder, meaning):
        self.store, self.tying, self.folder, self.meaning = store, tying, folder, meaning
        self.aside = []
        self.put(*ARTICLES)

    def put(self, *articles):
        with self.store.database.writing() as connection:
            put_articles(connection, articles, None)
        self.tying.run()

    def all(self, *files, filters=(), **how):
        ask = Ask(files=tuple(Path(one) for one in files), filters=filters_from(filters), **how)
        with self.store.database.reading() as connection:
            return list(compare(connection, self.meaning, ask, self._refused))

    def _refused(self, file, line, why):
        self.aside.append((file.name, line, why.reason))

    def acled(self, *rows, **how):
        [found] = self.all(acled_file(self.folder / "a.csv", *rows), **how)
        return found

    def kinds(self, comparison):
        return [
            (row.kind, row.theirs.id if row.theirs else None, row.ours.row.event if row.ours else None)
            for row in comparison.rows
        ]


@pytest.fixture
def beside(store, knowledge, kit, tmp_path, meaning):
    return Beside(store, Tying(store=store, knowledge=knowledge, kit=kit), tmp_path, meaning)


def test_both_only_they_only_we(beside):
    found = beside.acled(SAME, ELSEWHERE)
    assert beside.kinds(found) == [
        ("both", "INV1", "harm.killed"),
        ("theirs", "INV2", None),
        ("ours", None, "fight.clash"),
    ]
    assert found.ours_out["kind"] == 1  # the appeal
    assert (found.theirs_out, found.set_aside) == (Counter(), Counter())
    assert found.coverage.countries == {"SY"}
    both = found.rows[0].fit
    assert (both.actors, both.named, both.type, both.days) == ("same", True, "same", 0)


def test_the_same_files_give_the_same_lines_in_the_same_order(beside):
    def lines(comparison):
        return [json.dumps(row_json(row, "acled", beside.meaning)) for row in comparison.rows]

    assert lines(beside.acled(SAME, ELSEWHERE)) == lines(beside.acled(ELSEWHERE, SAME))


def test_outside_their_days_or_countries_nobody_says_that_they_lack_it(beside):
    earlier = beside.acled({**ELSEWHERE, "event_date": "2024-12-03"})
    assert beside.kinds(earlier) == [("theirs", "INV2", None)]
    assert earlier.ours_out["other_days"] == 2
    abroad = beside.acled({**ELSEWHERE, "country": "Yemen"}, {**SAME, "country": "Atlantis"})
    assert "ours" not in Counter(row.kind for row in abroad.rows)
    assert abroad.ours_out["other_countries"] == 2
    assert abroad.coverage.unknown == {"Atlantis"}


def test_days_that_the_project_cannot_tell_of_are_not_what_it_lacks(beside):
    found = beside.acled(SAME, {**ELSEWHERE, "event_date": "2019-01-01"}, acled(event_id_cnty="INV3", event_date="2024-12-05", latitude="", longitude=""))  # fmt: skip
    assert [kind for kind, *_ in beside.kinds(found)] == ["both", "ours"]
    assert found.theirs_out == {"other_days": 1, "no_place": 1}


def test_a_day_that_one_article_looks_back_at_is_not_one_that_the_project_covers(beside):
    back = stored("d", "في 4 أبريل 2017 قتل عشرات المدنيين في غارة جوية على بلدة خان شيخون.")
    beside.put(back)
    then = {**ELSEWHERE, "event_date": "2017-04-04"}
    found = beside.acled(then, {**SAME, "event_date": "2017-04-04", "location": "Khan Shaykhun", "latitude": "35.4421", "longitude": "36.6510", "actor1": ""})  # fmt: skip
    assert Counter(row.kind for row in found.rows) == {"both": 1}
    assert found.theirs_out == {"other_days": 1}


def test_one_of_ours_is_one_of_theirs_at_most_and_the_other_names_it(beside):
    twin = {**SAME, "event_id_cnty": "INV0", "latitude": "35.8900"}
    found = beside.acled(SAME, twin)
    both, theirs = found.rows[:2]
    assert (both.theirs.id, theirs.theirs.id, theirs.kind) == ("INV1", "INV0", "theirs")
    assert theirs.near == both.ours.row.id


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ([("country", "SY")], {"both": 1, "theirs": 1, "ours": 1}),
        ([("country", "YE")], {}),
        ([("since", "2024-12-06")], {}),
        ([("until", "2024-12-05")], {"both": 1, "theirs": 1, "ours": 1}),
        ([("box", "36,35,37,36")], {"both": 1}),
        ([("event", "fight")], {"theirs": 2, "ours": 1}),
    ],
)
def test_filters_of_place_and_time_narrow_both_sides(beside, filters, kinds):
    found = beside.acled(SAME, ELSEWHERE, filters=filters)
    assert Counter(row.kind for row in found.rows) == kinds


def test_ucdp_is_about_deaths(beside):
    row = ucdp(
        date_start="2024-12-05", date_end="2024-12-05", side_a="Government of Russia (Soviet Union)", side_b="Syrian insurgents", best="5", low="4",
        high="9", where_coordinates="Saraqib town", adm_1="Idlib governorate", latitude="35.864", longitude="36.806",
    )  # fmt: skip
    [found] = beside.all(ucdp_file(beside.folder / "g.csv", row))
    assert beside.kinds(found) == [("both", "900001", "harm.killed")]
    assert found.ours_out["kind"] == 2  # nobody is told to have died in the clash
    reasons = row_json(found.rows[0], "ucdp", beside.meaning)["reasons"]
    assert [one["en"] for one in reasons if one["code"] == "tolls"] == ["killed: 5 (4-9) theirs, 5 ours; not scored"]  # fmt: skip


def test_files_of_one_project_are_one_layer_and_of_two_two(beside):
    first = acled_file(beside.folder / "1.csv", SAME)
    second = acled_file(beside.folder / "2.csv", SAME, ELSEWHERE)
    other = ucdp_file(beside.folder / "3.csv", ucdp(date_start="2024-12-05", date_end="2024-12-05"))
    layers = beside.all(other, first, second)
    assert [one.origin for one in layers] == ["acled", "ucdp"]
    assert layers[0].set_aside == {"duplicate_id": 1}
    assert beside.aside == [("2.csv", 3, "duplicate_id")]


def test_a_file_of_nothing_that_can_be_read_is_refused(beside):
    with pytest.raises(InputError, match=r"a\.csv: there is no row in it that can be read \(1 set aside\)"):
        beside.acled({**SAME, "event_date": "x"})
    with pytest.raises(InputError, match="km must be"):
        beside.acled(SAME, km=-1.0)


def test_what_people_hold_back_is_in_no_line(beside):
    with beside.store.database.writing() as connection:
        hold_back(connection, "article", "a", "ana", "names a witness")
    found = beside.acled(SAME)
    assert beside.kinds(found) == [("theirs", "INV1", None), ("ours", None, "fight.clash")]
    assert found.ours_out["held"] == 1
    assert found.rows[0].near == ""


def test_nothing_of_a_file_is_stored(beside):
    def size():
        with beside.store.database.reading() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM incident_list").scalar()

    before = size()
    beside.acled(SAME, ELSEWHERE)
    assert size() == before


def test_a_line_as_json_has_both_sides_and_why(beside):
    [both, theirs, ours] = [row_json(row, "acled", beside.meaning) for row in beside.acled(SAME, ELSEWHERE).rows]  # fmt: skip
    assert (both["kind"], both["day"], both["place"], both["type"]) == ("both", "2024-12-05", "Saraqib", "Air/drone strike")  # fmt: skip
    assert both["area"] == {"id": "SY-ID", "en": "Idlib, Syria", "ar": "إدلب، سوريا"}
    assert both["theirs"]["deaths"] == {"low": None, "best": 4, "high": None}
    assert (both["ours"]["events"], both["ours"]["review"]) == (["harm.killed", "strike.air"], "machine")
    assert [one["code"] for one in both["reasons"]] == ["distance", "place", "days", "type", "actors", "tolls"]  # fmt: skip
    assert all(one["en"] and one["ar"] for one in both["reasons"])
    assert (theirs["ours"], theirs["score"], theirs["reasons"]) == (None, None, [])
    assert theirs["area"]["id"] == "SY-TA"
    assert (ours["theirs"], ours["type"], ours["ours"]["status"]) == (None, "fight.clash", "single")


def test_a_layer_has_flat_properties_and_our_point_no_finer_than_known(beside):
    made = [feature(row, "acled", beside.meaning) for row in beside.acled(SAME, ELSEWHERE).rows]
    assert len({tuple(one["properties"]) for one in made}) == 1
    assert [one["properties"]["kind"] for one in made] == ["both", "theirs", "ours"]
    assert made[1]["geometry"] == {"type": "Point", "coordinates": [35.8866, 34.889]}
    lon, lat = made[0]["geometry"]["coordinates"]
    assert (round(lon, 4), round(lat, 4)) == (lon, lat)
    assert {type(value) for one in made for value in one["properties"].values()} <= {str, int, float, type(None)}  # fmt: skip


def test_sums_by_area_time_and_type(beside):
    numbers = sums(beside.acled(SAME, ELSEWHERE), beside.meaning)
    assert numbers["covers"] == {
        "rows": 2, "first_day": "2024-12-05", "last_day": "2024-12-05", "countries": ["SY"], "unknown_countries": [],
    }  # fmt: skip
    assert numbers["kinds"] == {"both": 1, "theirs": 1, "ours": 1}
    assert {(one["name"], one["ar"]) for one in numbers["areas"]} == {("Idlib, Syria", "إدلب، سوريا"), ("Tartus, Syria", "طرطوس، سوريا"), ("Deir ez-Zor, Syria", "دير الزور، سوريا")}  # fmt: skip
    assert numbers["periods"] == [{"name": "2024-12-05", "both": 1, "theirs": 1, "ours": 1}]
    assert {one["name"]: one["both"] for one in numbers["types"]} == {"Battles": 0, "Explosions/Remote violence": 1}  # fmt: skip
    assert numbers["not_compared"] == {"theirs": {}, "ours": {"kind": 1}}


@pytest.mark.parametrize(
    ("last", "names"),
    [("2024-12-06", "2024-12-05"), ("2025-12-05", "2024-12"), ("2040-12-05", "2024")],
)
def test_long_files_are_summed_by_month_and_year(beside, last, names):
    found = beside.acled(SAME, {**ELSEWHERE, "event_date": last})
    assert found.coverage.last == date.fromisoformat(last).toordinal()
    assert sums(found, beside.meaning)["periods"][0]["name"] == names
