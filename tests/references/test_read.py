"""Files of ACLED and UCDP, of every year: read row by row, and what cannot be read is set aside with its line and its reason."""

import gzip
import zipfile
from datetime import date

import pytest

from marsad.errors import InputError
from marsad.references import read_events
from marsad.references.event import Deaths
from marsad.references.read import origin_of
from references.invented import ACLED, OLD_ACLED, UCDP, acled, acled_file, as_csv, ucdp, ucdp_file


def read(path):
    """The events of a file, and what was set aside as line, reason and sentence."""
    aside = []
    found = list(read_events(path, lambda line, why: aside.append((line, why.reason, why.message))))
    return found, aside


def one(path):
    [event], aside = read(path)
    assert aside == []
    return event


def test_an_acled_row_comes_out_whole(tmp_path):
    event = one(acled_file(tmp_path / "a.csv", acled(assoc_actor_1="Invented Militia; Invented Police")))
    assert (event.id, event.origin, event.first_day, event.last_day) == ("INV1", "acled", date(2031, 3, 14), date(2031, 3, 14))  # fmt: skip
    assert (event.lat, event.lon, event.reach, event.precision) == (35.3762, 36.6897, 5.0, "day")
    assert (event.place, event.admin, event.country) == ("Murak", "Hama", "Syria")
    assert (event.group, event.kind, event.type_words) == ("Battles", "Armed clash", "Armed clash")
    assert event.actors == ("Military Forces of Syria (2024-)", "Invented Militia", "Invented Police", "Invented Front")  # fmt: skip
    assert event.deaths == Deaths(best=47)
    assert event.sources == ("Invented Post", "Invented Wire")
    assert "second line" in event.notes
    assert event.line == 3  # its notes have a line end in them


def test_a_ucdp_row_comes_out_whole(tmp_path):
    event = one(ucdp_file(tmp_path / "g.csv", ucdp(date_end="2031-03-16")))
    assert (event.id, event.origin, event.first_day, event.last_day) == ("900001", "ucdp", date(2031, 3, 14), date(2031, 3, 16))  # fmt: skip
    assert (event.group, event.kind, event.type_words) == ("State-based conflict", "", "State-based conflict")
    assert (event.reach, event.place, event.admin) == (25.0, "Murak town", "Hama governorate")
    assert event.actors == ("Government of Syria", "Invented Front")
    assert event.deaths == Deaths(low=40, best=47, high=60)
    assert event.sources == ("a medic", "Invented Wire", "Invented Post")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031-03-14", date(2031, 3, 14)),
        ("2031-3-4", date(2031, 3, 4)),
        ("2031-03-14T00:00:00Z", date(2031, 3, 14)),
        ("2031-03-14 00:00:00.000", date(2031, 3, 14)),
        ("05 December 2024", date(2024, 12, 5)),
        ("5-Dec-24", date(2024, 12, 5)),
        ("5-Dec-97", date(1997, 12, 5)),
        ("05-December-2024", date(2024, 12, 5)),
        (" 5 Sept. 2024 ", date(2024, 9, 5)),
    ],
)
def test_days_in_all_their_forms(tmp_path, written, day):
    assert one(acled_file(tmp_path / "a.csv", acled(event_date=written))).first_day == day


@pytest.mark.parametrize(
    ("code", "precision", "first", "last"),
    [
        ("1", "day", "2031-03-14", "2031-03-14"),
        ("2", "week", "2031-03-11", "2031-03-17"),
        ("3", "month", "2031-03-01", "2031-03-31"),
        ("", "month", "2031-03-01", "2031-03-31"),
    ],
)
def test_a_day_that_is_not_exact_stands_for_the_days_it_may_mean(tmp_path, code, precision, first, last):
    event = one(acled_file(tmp_path / "a.csv", acled(time_precision=code)))
    assert (event.precision, event.first_day.isoformat(), event.last_day.isoformat()) == (precision, first, last)  # fmt: skip


@pytest.mark.parametrize(
    ("values", "reason", "named"),
    [
        ({"event_date": "03/04/2031"}, "bad_day", "event_date is '03/04/2031'"),
        ({"event_date": "30 February 2031"}, "bad_day", "there is no such day"),
        ({"event_date": "14 Marz 2031 "}, None, ""),
        ({"event_date": "14 Foo 2031"}, "bad_day", "14 Foo 2031"),
        ({"event_date": ""}, "bad_day", "event_date is ''"),
        ({"latitude": "north"}, "bad_point", "latitude is 'north'"),
        ({"latitude": "91"}, "bad_point", "latitude is '91'"),
        ({"longitude": ""}, "bad_point", "longitude is ''"),
        ({"longitude": "nan"}, "bad_point", "longitude is 'nan'"),
        ({"fatalities": "dozens"}, "bad_number", "fatalities is 'dozens'"),
        ({"fatalities": "-1"}, "bad_number", "fatalities is '-1'"),
        ({"fatalities": "12.0"}, None, ""),
        ({"geo_precision": "9"}, "bad_number", "none of the codes 1 to 3"),
        ({"time_precision": "x" * 100}, "bad_number", "x" * 60 + "…"),
        ({"event_id_cnty": " "}, "no_id", "event_id_cnty is empty"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(tmp_path, values, reason, named):
    path = acled_file(tmp_path / "a.csv", acled(notes="", **values), acled(event_id_cnty="INV2", notes=""))
    found, aside = read(path)
    assert found[-1].id == "INV2"
    assert [(line, why) for line, why, _ in aside] == ([(2, reason)] if reason else [])
    assert all(named in message for _, _, message in aside)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"type_of_violence": "4"}, "bad_number"),
        ({"type_of_violence": ""}, "bad_number"),
        ({"date_end": "2031-03-01"}, "bad_day"),
        ({"date_prec": "6"}, "bad_number"),
        ({"best": "many"}, "bad_number"),
    ],
)
def test_ucdp_rows_that_cannot_be_read(tmp_path, values, reason):
    found, aside = read(ucdp_file(tmp_path / "g.csv", ucdp(**values)))
    assert (found, [why for _, why, _ in aside]) == ([], [reason])


def test_without_a_point_there_is_none_and_without_a_code_the_widest(tmp_path):
    event = one(acled_file(tmp_path / "a.csv", acled(latitude="", longitude="", geo_precision="", fatalities="")))  # fmt: skip
    assert (event.lat, event.lon, event.reach, event.deaths) == (None, None, 60.0, Deaths())


def test_older_acled_files_have_other_columns_and_types(tmp_path):
    path = tmp_path / "old.csv"
    row = acled(
        event_type="Remote violence", sub_event_type="", event_id_cnty="INV9", data_id="7", inter1="1"
    )
    path.write_text(as_csv([row], OLD_ACLED, delimiter=";", ends="\n"), encoding="utf-8-sig")
    event = one(path)
    assert (event.id, event.group, event.kind) == ("INV9", "Explosions/Remote violence", "")
    assert event.sources == ("Invented Post", "Invented Wire")  # quoted, for they hold the delimiter


def test_older_ucdp_files_have_other_names_for_deaths(tmp_path):
    columns = [one + "_est" if one in ("best", "low", "high") else one for one in UCDP if one != "source_office"]  # fmt: skip
    row = {
        **ucdp(source_article="Invented Wire, 2031///Invented Post"),
        "best_est": "3",
        "low_est": "2",
        "high_est": "4",
    }
    path = tmp_path / "old.csv"
    path.write_text(as_csv([row], columns), encoding="utf-8")
    event = one(path)
    assert event.deaths == Deaths(low=2, best=3, high=4)
    assert event.sources == ("a medic", "Invented Wire, 2031", "Invented Post")


@pytest.mark.parametrize(
    ("columns", "origin"),
    [
        (ACLED, "acled"),
        (OLD_ACLED, "acled"),
        (UCDP, "ucdp"),
        (["event_date", "event_type", "latitude", "longitude"], None),
        (["id", "text", "title"], None),
        ([], None),
    ],
)
def test_a_header_says_whose_file_it_is(columns, origin):
    assert origin_of(columns) == origin


@pytest.mark.parametrize("text", ["", "id,text\n1,x\n", "\x00\x01\x02"])
def test_a_file_of_something_else_is_refused(tmp_path, text):
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.csv, line 1: this is the header of neither"):
        read(path)


def test_a_column_that_stands_twice_and_a_missing_file_are_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(",".join([*ACLED, "notes"]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="twice"):
        read(path)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "no.csv")


def test_gzip_and_zip_are_read_as_they_are(tmp_path):
    text = as_csv([acled()], ACLED).encode()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "invented")
        archive.writestr("a.csv", text)
    assert one(tmp_path / "a.csv.gz") == one(tmp_path / "a.zip")


def test_broken_packages_are_refused(tmp_path):
    whole = gzip.compress(as_csv([acled()], ACLED).encode())
    (tmp_path / "cut.gz").write_bytes(whole[:-20])
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04nothing")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    for name in ("cut.gz", "bad.zip", "two.zip"):
        with pytest.raises(InputError, match=name):
            read(tmp_path / name)


def test_rows_of_the_wrong_length_in_other_letters_or_seen_before(tmp_path):
    head, *rows = as_csv([acled(notes="", event_id_cnty=f"INV{number}") for number in range(4)], ACLED, ends="\n").splitlines()  # fmt: skip
    rows[1] += ",one more"
    path = tmp_path / "a.csv"
    text = "\n".join([head, *rows, "", rows[0]]) + "\n"
    path.write_bytes(text.encode().replace(b"INV2,14 March", b"INV2,14 M\xe4rz"))
    found, aside = read(path)
    assert [event.id for event in found] == ["INV0", "INV3"]
    assert [(line, reason) for line, reason, _ in aside] == [(3, "bad_row"), (4, "bad_letters"), (7, "duplicate_id")]  # fmt: skip


def test_an_open_quote_costs_its_row_and_says_so(tmp_path):
    path = acled_file(tmp_path / "a.csv", acled(notes=""), acled(event_id_cnty="INV2", notes="x" * 200_000))
    found, aside = read(path)
    assert [event.id for event in found] == ["INV1"]
    assert [reason for _, reason, _ in aside] == ["bad_row"]
