"""`marsad compare`: a project and a reference file in, lines, a layer, sums or a table out; exit codes."""

import json

import pytest

from marsad.cli.comparing_table import row_line
from marsad.cli.terminal import FSI
from references.invented import acled, acled_file

ARTICLES = (
    "قال المرصد السوري إن خمسة مدنيين قتلوا في غارة جوية روسية على مدينة سراقب أمس الخميس.",
    "اندلعت اشتباكات عنيفة بين قوات سوريا الديمقراطية وتنظيم الدولة في مدينة الميادين أمس الخميس.",
)
SAME = acled(
    event_id_cnty="INV1", event_date="2024-12-05", event_type="Explosions/Remote violence", sub_event_type="Air/drone strike", fatalities="4",
    actor1="Military Forces of Russia (2000-)", admin1="Idleb", location="سراقب", latitude="35.8640", longitude="36.8060", notes="",
)  # fmt: skip
ELSEWHERE = acled(event_id_cnty="INV2", event_date="2024-12-05", location="=cmd()\x1b[31m", latitude="34.8890", longitude="35.8866", notes="")  # fmt: skip


@pytest.fixture
def desk(program, tmp_path):
    """A project of `ARTICLES`."""
    folder, file = tmp_path / "project", tmp_path / "articles.jsonl"
    rows = [{"id": f"a{n}", "text": text, "published": "2024-12-06", "outlet": "ضفاف برس"} for n, text in enumerate(ARTICLES)]  # fmt: skip
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert program("init", folder).code == 0
    assert program("ingest", "--project", folder, file).code == 0
    return folder


@pytest.fixture
def compare(program, desk, tmp_path):
    """Runs the command on a file of these rows."""

    def run(*options, rows=(SAME, ELSEWHERE)):
        return program("compare", "--project", desk, acled_file(tmp_path / "a.csv", *rows), *options)

    return run


def test_a_line_for_each_and_the_numbers_beside(compare):
    done = compare()
    assert done.code == 0
    assert [(row["kind"], row["against"]) for row in done.rows] == [("both", "acled"), ("theirs", "acled"), ("ours", "acled")]  # fmt: skip
    assert done.said[-1] == (
        "marsad: ACLED: 2 rows of 2024-12-05 to 2024-12-05 in 1 countries; both 1, only theirs 1, only ours 1"
    )


def test_two_runs_are_equal_byte_by_byte(compare, tmp_path):
    one, other = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    for path in (one, other):
        assert compare("-o", path).out == []
    assert one.read_bytes() == other.read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_a_layer_is_one_object_that_other_programs_read(compare, tmp_path):
    path = tmp_path / "compared.geojson"
    assert compare("--format", "geojson", "-o", path).code == 0
    layer = json.loads(path.read_text(encoding="utf-8"))
    assert (layer["type"], len(layer["features"])) == ("FeatureCollection", 3)
    frame = pytest.importorskip("geopandas").read_file(path)
    assert list(frame["kind"]) == ["both", "theirs", "ours"]
    assert list(frame.geometry.geom_type) == ["Point"] * 3


def test_a_layer_of_nothing_is_still_one(compare):
    done = compare("--format", "geojson", "--filter", "country=YE")
    assert json.loads("".join(done.out))["features"] == []


def test_sums_alone(compare):
    [numbers] = compare("--summary").rows
    assert numbers["kinds"] == {"both": 1, "theirs": 1, "ours": 1}
    assert {"areas", "periods", "types", "covers", "not_compared"} <= numbers.keys()


def test_the_table_has_the_numbers_and_does_nothing_to_the_terminal(compare):
    done = compare("--format", "table")
    assert done.out[0] == "ACLED: 2024-12-05 to 2024-12-05, SY"
    assert [line.split()[0] for line in done.out if line.startswith("by ")] == ["by"] * 3
    assert any("only theirs  2024-12-05  =cmd()" in line for line in done.out)
    assert not any("\x1b" in line for line in done.out)
    assert any(f"{FSI}سراقب" in line for line in done.out)


def test_a_row_that_cannot_be_read_is_named_and_the_exit_code_says_so(compare):
    done = compare(rows=(SAME, {**ELSEWHERE, "event_date": "3/4/2024"}))
    assert (done.code, [row["kind"] for row in done.rows]) == (3, ["both", "ours"])
    assert any("line 3: event_date is '3/4/2024'" in line for line in done.said)
    assert done.said[-1] == "marsad: ACLED: rows set aside: bad_day 1"


def test_many_rows_set_aside_are_counted_and_not_all_named(compare):
    rows = [{**ELSEWHERE, "event_id_cnty": f"INV{n}", "latitude": "x"} for n in range(3, 40)]
    done = compare(rows=(SAME, *rows))
    assert len([line for line in done.said if "set aside (bad_point)" in line]) == 20
    assert done.said[-1] == "marsad: ACLED: rows set aside: bad_point 37"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--filter", "country"), 2, "must be NAME=VALUE"),
        (("--filter", "colour=red"), 2, "must be NAME=VALUE"),
        (("--filter", "country=Syria"), 1, "no code of a country"),
        (("--days", "40"), 2, "40"),
        (("-o", "no-such-folder/x.jsonl"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(compare, options, code, words):
    done = compare(*options)
    assert done.code == code
    assert words in done.said[-1]


def test_a_file_of_something_else_is_refused(program, desk, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("id,text\n", encoding="utf-8")
    done = program("compare", "--project", desk, path)
    assert (done.code, len(done.said)) == (1, 1)
    assert "x.csv, line 1" in done.said[0]


def test_a_comparison_is_in_the_audit_log_without_anything_of_theirs(compare, desk):
    from marsad.store import open_store

    compare("--filter", "country=SY")
    store = open_store(f"sqlite:///{desk / 'marsad.db'}")
    with store.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT action, subject, data FROM audit ORDER BY id DESC LIMIT 1"
        ).one()
    store.close()
    assert row[:2] == ("export", "comparison")
    data = json.loads(row[2])
    assert data["against"] == {"acled": {"both": 1, "theirs": 1, "ours": 1}}
    assert data["filters"] == ["country=SY"]
    assert "INV" not in row[2]


def test_a_line_in_short_says_what_is_not_told():
    from datetime import date

    from marsad.references import ReferenceEvent
    from marsad.run.comparing import Compared

    event = ReferenceEvent(
        id="INV1", origin="acled", line=2, first_day=date(2024, 12, 5), last_day=date(2024, 12, 5), precision="day", lat=1.0, lon=1.0, reach=5.0, place="",
        admin="", country="", group="Battles",
    )  # fmt: skip
    assert row_line(Compared(event, None)) == "  only theirs  2024-12-05  place not told  Battles  INV1"
