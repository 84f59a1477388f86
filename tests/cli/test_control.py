"""`marsad control`: incidents in, spells out; a place, a day, a story; exit codes."""

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from marsad.cli.rows import islands
from marsad.cli.terminal import FSI, PDI, columns
from marsad.model.incident import Spot
from marsad.model.incident_json import incident_to_json

sys.path.insert(0, str(Path(__file__).parent.parent / "control"))
from telling_of import NORTH, OBSERVATORY, SOUTH, TOWN, capture, claim, entry, incident, withdrawal

pytestmark = pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")

HAMA = Spot("geonames:170017", "Ḩamāh", 35.13, 36.76, "exact", "SY")
VILLAGE = replace(TOWN, id="", name="كفر زنجبيلة")


def at(place, one):
    return incident(
        one.when.start.day,
        *({**_claim(told), "place": place} for told in one.told),
        place=place,
        id=f"{place.name}-{one.id}",
    )


def _claim(told):
    claim = told.testimony
    return {
        "event": claim.event, "root": claim.root, "says": claim.says, "told": claim.published[-2:], "stance": claim.stance,
        "parts": claim.parts,
    }  # fmt: skip


STORY = [
    incident(1, capture(NORTH)),
    incident(4, entry(SOUTH, by=SOUTH)),
    incident(5, capture(SOUTH, by=SOUTH, loser=NORTH), withdrawal(NORTH, by=NORTH, stance="concede")),
]
INCIDENTS = [at(HAMA, one) for one in STORY] + [at(VILLAGE, incident(6, capture(NORTH, by=NORTH)))]
NOT_CONTROL = incident(2, claim("strike.air", OBSERVATORY))


def lines(*incidents):
    return "".join(json.dumps(incident_to_json(one), ensure_ascii=False) + "\n" for one in incidents)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "incidents.jsonl"
    path.write_text(lines(*INCIDENTS), encoding="utf-8")
    return path


@pytest.fixture
def control(program):
    return lambda *arguments: program("control", *arguments)


def test_one_spell_a_line_as_the_codebook_has_it(control, file):
    done = control(file)
    assert (done.code, done.said) == (0, [])
    assert [(row["place"]["name"], row["from"], row["to"], row["state"]) for row in done.rows] == [
        ("Ḩamāh", "2024-12-01", "2024-12-04", "held"),
        ("Ḩamāh", "2024-12-04", "2024-12-05", "contested"),
        ("Ḩamāh", "2024-12-05", None, "held"),
        ("كفر زنجبيلة", "2024-12-06", None, "contested"),
    ]
    last = done.rows[2]
    assert last["place"] == {
        "name": "Ḩamāh", "id": "geonames:170017", "lat": 35.13, "lon": 36.76, "country": "SY", "precision": "exact",
    }  # fmt: skip
    assert last["holder"] == {"id": SOUTH, "label": f"words for {SOUTH}", "side": "south"}
    assert last["claimant"] is None
    assert set(last["roots"]) == {NORTH, SOUTH}
    assert last["incidents"] == [INCIDENTS[2].id]
    assert len(last["reasons"]) == len(last["reasons_ar"]) == 3


def test_table_has_a_heading_for_each_place_and_isolates_arabic(control, file):
    done = control(file, "--format", "table")
    text = "\n".join(done.out)
    assert text.count("━\n") == 2
    assert "Ḩamāh · SY · geonames:170017 · \u2068حماة\u2069" in done.out
    assert any(line.startswith("2024-12-04 to 2024-12-05  contested") for line in done.out)
    assert any(line.startswith("2024-12-05 on  said to be held") for line in done.out)
    assert all(columns(line) <= 100 for line in done.out)
    for line in done.out:
        assert line.count(FSI) == line.count(PDI)
        outside = "".join(part.split(PDI)[-1] for part in line.split(FSI))
        assert not any("\u0620" <= c <= "\u064a" for c in outside)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("from حماة to حمص.", f"from {FSI}حماة{PDI} to {FSI}حمص{PDI}."),
        ("مدينة حماة", f"{FSI}مدينة حماة{PDI}"),
        ("an اللواء 104 حرس unit", f"an {FSI}اللواء 104 حرس{PDI} unit"),
        ("مصدر (wire)", f"{FSI}مصدر{PDI} (wire)"),
    ],
)
def test_runs_of_arabic_are_islands(text, expected):
    assert islands(text) == expected


@pytest.mark.parametrize("name", ["Hama", "حماه", "geonames:170017"])
def test_place_by_id_or_name(control, file, name):
    done = control(file, "--place", name)
    assert {row["place"]["id"] for row in done.rows} == {"geonames:170017"}
    assert len(done.rows) == 3


def test_who_held_it_that_day_and_why(control, file):
    (row,) = control(file, "--place", "Hama", "--on", "2024-12-04").rows
    assert (row["on"], row["state"], row["holder"]["id"], row["claimant"]["id"]) == (
        "2024-12-04", "contested", NORTH, SOUTH,
    )  # fmt: skip
    out = control(file, "--place", "Hama", "--on", "2024-12-05", "--format", "table").out
    table = " ".join(" ".join(out).split())  # where lines end hangs on the width of the terminal
    assert "2024-12-05 said to be held" in table
    assert f"words for {SOUTH} ({SOUTH}, side south)" in table
    assert "the side that loses by it" in table
    assert "2024-12-05 (spell s" in table


def test_day_before_anything_is_told_is_unknown(control, file):
    (row,) = control(file, "--place", "Hama", "--on", "2020-01-01").rows
    assert (row["id"], row["state"], row["holder"], row["from"], row["to"]) == (
        None, "unknown", None, None, "2024-12-01",
    )  # fmt: skip
    assert row["reasons"][0].startswith("Nothing is told")
    assert row["place"]["id"] == "geonames:170017"
    done = control(file, "--on", "2020-01-01", "--format", "table")
    assert done.code == 0
    assert sum("2020-01-01  unknown" in line for line in done.out) == 2


def test_story_of_a_spell_in_both_languages(control, file):
    spell = control(file, "--place", "Hama").rows[2]
    done = control(file, "--why", spell["id"], "--format", "table")
    # Where lines end hangs on the width of the terminal, and each line of Arabic is held together by marks of its own.
    text = " ".join(" ".join(done.out).translate(dict.fromkeys(range(0x2066, 0x206A))).split())
    assert done.code == 0
    assert f"according to {NORTH}, the side that loses by it, words for {NORTH} withdrew from Ḩamāh" in text
    assert "The side that loses by it says so too" in text
    assert "(الطرف الخاسر)" in text
    assert "من حماة" in text
    assert control(file, "--why", spell["id"]).rows == [spell]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--why", "s0"), "no spell has the id 's0'"),
        (("--place", "Atlantis"), "nothing is told of the control of 'Atlantis'"),
        (("--place", "Hamak", "--on", "2024-12-05"), "near it: Ḩamāh"),
    ],
)
def test_what_is_not_there_fails(control, file, arguments, words):
    done = control(file, *arguments)
    assert (done.code, done.out) == (1, [])
    assert words in done.said[-1]


@pytest.mark.parametrize(
    "arguments", [("--on", "5 December"), ("--on", "2024-12-05", "--why", "s0"), ("--format", "html")]
)
def test_wrong_usage(control, file, arguments):
    assert control(file, *arguments).code == 2


def test_missing_file_is_wrong_usage(control, tmp_path):
    done = control(tmp_path / "none.jsonl")
    assert done.code == 2
    assert "none.jsonl" in done.said[-1]


def test_bad_line_is_set_aside_and_the_others_are_used(control, file):
    file.write_text(file.read_text(encoding="utf-8") + '{"id": "x"}\nnonsense\n', encoding="utf-8")
    done = control(file)
    assert done.code == 3
    assert len(done.rows) == 4
    assert f"{file}:5: set aside: not an incident, it has no field 'events' [bad_record]" in done.said[0]
    assert f"{file}:6: set aside: not JSON" in done.said[1]


@pytest.mark.parametrize(
    ("text", "words"), [("", "there is no incident in it"), ("nonsense\n", "[bad_json]")]
)
def test_nothing_usable_fails(control, tmp_path, text, words):
    path = tmp_path / "empty.jsonl"
    path.write_text(text, encoding="utf-8")
    done = control(path)
    assert (done.code, done.out) == (1, [])
    assert words in done.said[0]


def test_incidents_that_tell_of_no_holder_are_no_failure(control, tmp_path):
    path = tmp_path / "strikes.jsonl"
    path.write_text(lines(NOT_CONTROL), encoding="utf-8")
    done = control(path)
    assert (done.code, done.out) == (0, [])
    assert "no incident in it tells who holds a place" in done.said[0]


def test_what_is_left_out_is_said(control, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text(lines(INCIDENTS[0], incident(None, entry(NORTH)), NOT_CONTROL), encoding="utf-8")
    done = control(path)
    assert done.code == 0
    assert done.said == ["marsad: 1 of 2 incidents about territory left out: no day 1"]


def test_standard_input(control, file, monkeypatch):
    class Stdin(io.TextIOWrapper):
        def isatty(self):
            return False

    monkeypatch.setattr(sys, "stdin", Stdin(io.BytesIO(file.read_bytes())))
    assert len(control("-").rows) == 4
