"""`marsad gazetteer`: looking places up, asking why, adding a list of one's own, fetching a country; nothing is written outside MARSAD_DATA."""

import functools
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from http.server import HTTPServer, SimpleHTTPRequestHandler

import pytest

# The program ends with its files open; Python 3.13 would warn of that in a process that goes on.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")

# Villages, numbers and sentences are invented.
VILLAGE, TWINS = "كفر زنجبيلة", "بيت القرنفل"
TABLE = f"""name,lat,lon,english,kind,country,admin
{VILLAGE},35.21,36.63,Kafr Zanjabila,town,SY,SY-HM
{TWINS},35.2,36.6,Bayt al Qaranful,village,SY,SY-HM
{TWINS},35.9,36.5,Bayt al Qaranful,village,SY,SY-ID
"""
SENTENCE = f"قصفت قوات النظام بلدة {VILLAGE} في ريف حماة."


@pytest.fixture
def marsad(program):
    return functools.partial(program, "gazetteer")


@pytest.fixture
def added(marsad, tmp_path):
    """The command with the three villages in."""
    (tmp_path / "own.csv").write_text(TABLE, encoding="utf-8")
    assert marsad("add", tmp_path / "own.csv").code == 0
    return marsad


def place_read(run):
    claims = [claim for row in run.rows for claim in row["claims"] if claim["event"].startswith("strike.")]
    return [(one["place"].get("lat"), one["place"].get("lon")) for one in claims]


def test_lookup_prints_a_line_for_each_place(added):
    done = added("lookup", TWINS)
    assert (done.code, done.said) == (0, [])
    where = [("35.2000", "36.6000", "SY-HM"), ("35.9000", "36.5000", "SY-ID")]
    for line, at in zip(done.out, where, strict=True):
        cells = line.split()
        assert (cells[0], cells[1], cells[3]) == at
        assert (cells[2], cells[4]) == ("village", "exact")
        assert cells[5].startswith("user:own:")
        assert "Bayt al Qaranful  [user's file own]" in line
        assert line.endswith(TWINS)


def test_lookup_prints_json_of_a_packaged_place(marsad, data):
    done = marsad("lookup", "حلب", "--format", "jsonl")
    assert (done.code, done.said) == (0, [])
    row = done.rows[0]
    assert (row["name"], row["kind"], row["country"], row["admin"]) == ("Aleppo", "city", "SY", "SY-HL")
    assert (row["precision"], row["chosen"]) == ("exact", True)
    assert (row["lat"], row["lon"]) == (pytest.approx(36.2, abs=0.05), pytest.approx(37.16, abs=0.05))
    assert row["population"] > 1_000_000
    assert row["radius_km"] > 0
    assert {"id", "ar", "parent", "origin"} <= row.keys()
    assert not data.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (TWINS,), (TWINS, "--in", "إدلب"), (TWINS, "--near", "سراقب"), (f"قرية {TWINS}",), ("bayt al-qaranful",), ("حلب",),
        (TWINS, "--in", "SY-HM", "--near", "سراقب", "--near", "حماة"),
    ],
)  # fmt: skip
def test_terms_add_up_to_the_score(added, arguments):
    rows = added("lookup", *arguments, "--format", "jsonl").rows
    assert rows
    for row in rows:
        assert sum(row["terms"].values()) == pytest.approx(row["score"], abs=0.005)
    done = added("why", *arguments)
    assert (done.code, done.said) == (0, [])
    head, *blocks = "\n".join(done.out).split("\n\n")
    assert re.fullmatch(r"\S.*: \S.*", head)
    assert len(blocks) == len(rows)
    for block, row in zip(blocks, rows, strict=True):
        first, *terms = block.split("\n")
        shown = float(first.split()[0])
        assert shown == pytest.approx(row["score"], abs=0.006)
        assert row["id"] in first
        values = [float(re.fullmatch(r" {8}([+-]\d+\.\d\d)  \S.*", term)[1]) for term in terms]
        assert sum(values) == pytest.approx(shown, abs=0.03)
        names = {term.split("  ")[-1] for term in terms}
        assert names == {name for name, value in row["terms"].items() if abs(value) >= 0.005}


@pytest.mark.parametrize("around", [("--in", "إدلب"), ("--in", "sy-id"), ("--near", "سراقب")])
def test_what_is_around_a_name_says_which_is_meant(added, around):
    rows = added("lookup", TWINS, *around, "--format", "jsonl").rows
    assert [(row["admin"], row["chosen"]) for row in rows] == [("SY-ID", True), ("SY-HM", False)]
    assert added("why", TWINS, *around).out[0] == f"Bayt al Qaranful ({rows[0]['id']}): the likeliest"
    assert added("why", TWINS).out[0] == "unresolved: Bayt al Qaranful is as likely"


@pytest.mark.parametrize("name", [VILLAGE, f"بلدة {VILLAGE}", "كفر زنجبيله", "kafr-zanjabila"])
def test_added_place_is_found_by_its_names(added, name):
    (row,) = added("lookup", name, "--format", "jsonl").rows
    assert (row["ar"], row["lat"], row["lon"], row["chosen"]) == (VILLAGE, 35.21, 36.63, True)


@pytest.mark.parametrize("command", ["lookup", "why"])
@pytest.mark.parametrize(
    ("arguments", "value"),
    [(("زنجبيلوفان",), "زنجبيلوفان"), (("حلب", "--in", "زنجبيلوفان"), "زنجبيلوفان"), (("حلب", "--near", "qaranfulgrad"), "--near 'qaranfulgrad'")],
)  # fmt: skip
def test_unknown_name_is_one_with_one_line(marsad, data, command, arguments, value):
    done = marsad(command, *arguments)
    assert (done.code, done.out, len(done.said)) == (1, [], 1)
    assert done.said[0].startswith("marsad: ")
    assert value in done.said[0]
    assert not data.exists()


def test_unknown_unit_is_said_with_the_option_that_was_given(marsad):
    (said,) = marsad("lookup", "حلب", "--in", "زنجبيلوفان").said
    assert said == "marsad: --in 'زنجبيلوفان': no such place is known"


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("nothing",), "nothing"), (("lookup",), "NAME"), (("lookup", "حلب", "--format", "xml"), "xml"), (("why",), "NAME"),
        (("why", "حلب", "--format", "jsonl"), "--format"), (("info", "--format", "csv"), "csv"), (("add",), "FILE"),
        (("add", "no-such-file.csv"), "no-such-file.csv"), (("add", "."), "'.'"), (("fetch",), "CC"), (("licences", "SY"), "SY"),
    ],
)  # fmt: skip
def test_wrong_usage_is_two(marsad, data, arguments, value):
    done = marsad(*arguments)
    assert (done.code, done.out) == (2, [])
    assert done.said[-1].startswith("Error: ")
    assert value in done.said[-1]
    assert not data.exists()


def test_info_and_licences_tell_every_file(added, data):
    (path,) = (data / "gazetteer").glob("added-own*.sqlite")
    packaged, own = added("info", "--format", "jsonl").rows
    assert packaged["path"].endswith("gazetteer.sqlite")
    assert int(packaged["places"]) > 10_000
    assert (own["path"], own["places"], own["sources"]) == (str(path), "3", "user's file own.csv")
    assert {"licence", "version", "shape", "sha256"} <= own.keys()
    done = added("info")
    assert (done.code, len(done.out), done.said) == (0, 2, [])
    assert re.match(r" +[\d,]{6,} places +\d+\.\d MB  version [0-9a-f]{16}  ", done.out[0])
    assert re.match(r" +3 places .* user's file own\.csv  ", done.out[1])
    assert done.out[1].endswith(str(path))
    done = added("licences")
    assert (done.code, done.said) == (0, [])
    assert "GeoNames: CC BY 4.0" in done.out[0]
    assert done.out[1] == "user's file own.csv: as the user's file says"


@pytest.mark.parametrize("command", [("lookup", "حلب"), ("info",), ("licences",)])
def test_broken_gazetteer_file_is_refused_by_name(added, data, command):
    (data / "gazetteer" / "broken.sqlite").write_text("no gazetteer", encoding="utf-8")
    done = added(*command)
    assert (done.code, done.out, len(done.said)) == (1, [], 1)
    assert str(data / "gazetteer" / "broken.sqlite") in done.said[0]


def test_add_says_how_many_and_where(marsad, data, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(TABLE, encoding="utf-8")
    for _ in range(2):
        done = marsad("add", file)
        (path,) = (one for one in data.rglob("*") if one.is_file())
        assert path.match("gazetteer/added-own*.sqlite")
        assert done == (0, [], [f"marsad: 3 places of own.csv in {path}"])


def test_rows_that_cannot_be_used_are_set_aside_with_three(marsad, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(f'{TABLE}ثومة,north,36\nثومة,35,36,T,"vil\nlage"\n', encoding="utf-8")
    done = marsad("add", file)
    assert (done.code, done.out, len(done.said)) == (3, [], 3)
    assert done.said[1] == "marsad: set aside: own.csv, row 5: lat is 'north', not a number of degrees"
    assert re.match(r"marsad: set aside: own\.csv, row [67]: kind 'vil\\nlage' is none of ", done.said[2])
    assert marsad("lookup", VILLAGE).code == 0
    file.write_text(TABLE + "ثومة,north,36\n" * 1200, encoding="utf-8")
    done = marsad("add", file)
    assert (done.code, len(done.said)) == (3, 7)
    assert done.said[-1] == "marsad: 1,200 lines were set aside in all"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("own.csv", b"", "the file is empty"), ("own.csv", "name,lat,lon\nثومة,y,z\n".encode(), "lat is 'y'"),
        ("own.csv", TABLE.encode("cp1256"), "cannot be read as UTF-8"), ("own.geojson", b'{"features": [', "cannot be read"),
        ("own.json", b"[]", "not a GeoJSON FeatureCollection"),
    ],
)  # fmt: skip
def test_file_of_which_nothing_can_be_used_is_one_with_one_line(marsad, data, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    done = marsad("add", tmp_path / name)
    assert (done.code, done.out, len(done.said)) == (1, [], 1)
    assert done.said[0].startswith(f"marsad: {tmp_path / name}: ")
    assert words in done.said[0]
    assert not data.exists()


def test_data_folder_that_cannot_be_made_is_said_in_one_line(marsad, data, tmp_path):
    (tmp_path / "own.csv").write_text(TABLE, encoding="utf-8")
    data.write_text("no folder", encoding="utf-8")
    done = marsad("add", tmp_path / "own.csv")
    assert (done.code, len(done.said)) == (1, 1)
    assert str(data) in done.said[0]


def test_added_place_wins_over_ours(marsad, tmp_path):
    (ours, *_) = marsad("lookup", "سراقب", "--in", "SY", "--format", "jsonl").rows
    at = (round(ours["lat"] + 0.01, 4), round(ours["lon"] - 0.01, 4))
    table = f"name,lat,lon,kind,country\nسراقب,{at[0]},{at[1]},town,SY\n"
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    marsad("add", tmp_path / "own.csv")
    (row, *others) = marsad("lookup", "سراقب", "--in", "SY", "--format", "jsonl").rows
    assert (row["lat"], row["lon"], row["origin"]) == (*at, "user's file own")
    assert ours["id"] not in {one["id"] for one in others}


@pytest.mark.parametrize("table", [TABLE, f"name,lat,lon\n{VILLAGE},35.21,36.63\n"], ids=["all", "three"])
def test_added_place_is_used_by_read(marsad, program, tmp_path, table):
    read = functools.partial(program, "read", "--format", "jsonl", tmp_path / "article.txt")
    (tmp_path / "article.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    before = place_read(read())
    assert before
    assert (35.21, 36.63) not in before
    marsad("add", tmp_path / "own.csv")
    assert place_read(read()) == [(35.21, 36.63)] * len(before)


def test_added_place_is_used_by_every_worker(added, program, tmp_path):
    lines = [json.dumps({"id": f"a{n}", "text": SENTENCE}, ensure_ascii=False) for n in range(40)]
    done = subprocess.run(
        [sys.executable, "-m", "marsad", "read", "--jobs", "2"],
        input="\n".join(lines).encode(), capture_output=True, env=dict(os.environ), check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    alone = program("read", "--format", "jsonl", tmp_path / "many.jsonl")
    assert done.stdout.decode().splitlines() == alone.out
    assert set(place_read(alone)) == {(35.21, 36.63)}
    assert len(alone.out) == 40


# SY.txt has 19 columns between tabs, alternatenames/SY.txt has 10.
LINE = "{}\t{}\t{}\t{}\t35.31\t36.71\tP\tPPL\tSY\t\t10\t\t\t\t120\t\t331\tAsia/Damascus\t2024-11-02"
DUMP = [
    LINE.format(900001, "Tall al Kammūn", "Tall al Kammun", "Tell Kammun"),
    LINE.format(900002, "Bi'r ath Thūmah", "Bi'r ath Thumah", "Bir Thuma,بئر الثومة"),
]
NAMES = ["77\t900001\tar\tتل الكمونية\t1\t\t\t\t\t", "78\t900001\tlink\thttps://example.org/\t\t\t\t\t\t"]


class Quiet(SimpleHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 (one server at a time)

    def log_message(self, *_):
        self.asked.append(self.path)


@pytest.fixture
def mirror(tmp_path):
    """A folder that is served as GeoNames' export/dump is, with one country in it."""
    folder = tmp_path / "mirror"
    (folder / "alternatenames").mkdir(parents=True)

    def put(dump):
        for path, lines in ((folder / "SY.zip", dump), (folder / "alternatenames" / "SY.zip", NAMES)):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("SY.txt", "".join(f"{line}\n" for line in lines))

    put(DUMP)
    Quiet.asked.clear()
    with HTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        put.address = f"http://127.0.0.1:{server.server_port}/"
        put.folder = folder
        yield put
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("countries", [("SY",), ("sy",), ("SY", "sy")])
def test_fetched_village_is_found_by_its_arabic_name(marsad, mirror, data, countries):
    assert marsad("lookup", "تل الكمونية").code == 1
    path = data / "gazetteer" / "SY.sqlite"
    done = marsad("fetch", *countries, "--from", mirror.address)
    assert done == (0, [], [f"marsad: SY: 2 places in {path}"])
    assert len(Quiet.asked) == 2
    assert [one for one in data.rglob("*") if one.is_file()] == [path]
    (row,) = marsad("lookup", "تل الكمونية", "--format", "jsonl").rows
    assert (row["id"], row["admin"], row["origin"]) == ("geonames:900001", "SY-HM", "geonames dump")
    assert (row["lat"], row["lon"]) == (35.31, 36.71)
    assert marsad("lookup", "بئر الثومة").out[0].endswith("بئر الثومة")
    packaged, own = marsad("info").out
    assert packaged.endswith("gazetteer.sqlite")
    assert re.match(r" +2 places .* GeoNames dump of SY  ", own)
    assert own.endswith(str(path))
    assert marsad("licences").out[1] == "GeoNames dump of SY: Place data © GeoNames.org, CC BY 4.0"


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (["S1"], "'S1'"), (["SYR"], "'SYR'"), (["../SY"], "'../SY'"), (["QQ"], "alternatenames/QQ.zip"),
        (["SY", "--from", "http://192.0.2.1/dump/"], "http://192.0.2.1/dump/"), (["SY", "--from", "dump"], "dump/"),
    ],
)  # fmt: skip
def test_country_or_address_that_is_none_is_one_with_one_line(marsad, mirror, data, arguments, value):
    done = marsad("fetch", "--from", mirror.address, *arguments)
    assert (done.code, done.out, len(done.said)) == (1, [], 1)
    assert done.said[0].startswith(f"marsad: {arguments[0]}: ")
    assert value in done.said[0]
    assert [one for one in data.rglob("*") if one.is_file()] == []
    assert set(Quiet.asked) == ({"/alternatenames/QQ.zip"} if arguments == ["QQ"] else set())


@pytest.mark.parametrize("missing", ["SY.zip", "alternatenames/SY.zip"])
def test_missing_file_is_one_with_one_line(marsad, mirror, missing):
    (mirror.folder / missing).unlink()
    done = marsad("fetch", "SY", "--from", mirror.address)
    assert done == (1, [], [f"marsad: SY: {mirror.address}{missing}: there is no such file (404)"])
    assert marsad("lookup", "تل الكمونية").code == 1


def test_one_country_that_fails_does_not_stop_the_others(marsad, mirror):
    done = marsad("fetch", "QQ", "SY", "--from", mirror.address)
    assert (done.code, len(done.said)) == (3, 2)
    assert done.said[0].startswith("marsad: QQ: ")
    assert done.said[1].startswith("marsad: SY: 2 places in ")
    assert marsad("lookup", "تل الكمونية").code == 0


def test_one_unknown_country_given_twice_is_one(marsad, mirror):
    assert marsad("fetch", "qq", "QQ", "--from", mirror.address).code == 1


def test_fetched_lines_that_cannot_be_used_are_set_aside_with_three(marsad, mirror):
    mirror([*DUMP, "900003\ttoo\tshort"])
    done = marsad("fetch", "SY", "--from", mirror.address)
    assert done.said[1] == "marsad: set aside: line 3: 3 columns, not 19"
    assert done.code == 3
