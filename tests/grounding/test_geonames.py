"""Lines of GeoNames' own files become places, line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.grounding.geonames import KIND_OF, Faults, alternate_names, dump_rows, kind_of
from marsad.grounding.tables import AREAS, KINDS

# Places and numbers are invented.
PLACE = {
    0: "900001", 1: "Kafr Zanjabīlah", 2: "Kafr Zanjabilah", 4: "35.2", 5: "36.6", 6: "P", 7: "PPL", 8: "SY", 10: "10",
    14: "120", 16: "331", 17: "Asia/Damascus", 18: "2024-11-02",
}  # fmt: skip


def line(**cells):
    """A line of 19 columns; ``c3="..."`` puts something else into the fourth."""
    row = {**PLACE, **{int(name[1:]): text for name, text in cells.items()}}
    return "\t".join(row.get(n, "") for n in range(19)) + "\n"


def rows(*lines, alternates=None, unit_of=lambda country, admin1, at: f"{country}-{admin1}"):
    faults = Faults()
    return list(dump_rows(lines, alternates or {}, unit_of, faults)), faults


def one(**cells):
    ((place, names),), faults = rows(line(**cells))
    assert faults.count == 0
    return place, list(names)


def called(name, language="ar", *, number="900001", preferred="", short="", colloquial="", historic=""):
    return "\t".join(["7", number, language, name, preferred, short, colloquial, historic, "", ""]) + "\n"


def names_of(*lines):
    faults = Faults()
    return alternate_names(lines, faults), faults


def test_place_of_a_line_has_all_that_the_line_says():
    place, names = one()
    assert (place.id, place.name, place.ar) == ("geonames:900001", "Kafr Zanjabīlah", "")
    assert (place.kind, place.country, place.admin, place.parent) == ("village", "SY", "SY-10", "SY-10")
    assert (place.lat, place.lon, place.population) == (35.2, 36.6, 120)
    assert (place.precision, place.layer) == ("exact", 1)
    assert names == ["Kafr Zanjabīlah", "Kafr Zanjabilah"]


def test_governorate_is_asked_for_with_country_code_and_point():
    asked = []
    rows(line(c10="09"), unit_of=lambda *about: asked.append(about) or "")
    assert asked == [("SY", "09", (35.2, 36.6))]


def test_place_in_no_governorate_lies_in_its_country():
    ((place, _),), _ = rows(line(), unit_of=lambda *_: "")
    assert (place.admin, place.parent) == ("", "SY")


def test_arabic_names_of_the_line_stand_in_for_alternate_ones():
    cells = {"c3": "Kafr Z,كفر زنجبيلة,Кафр,كفر الزنجبيل,محافظة الزنجبيل,زنجبیل گفر,ك"}
    assert one(**cells)[1][:2] == ["كفر زنجبيلة", "كفر الزنجبيل"]
    ((place, names),), _ = rows(line(**cells), alternates={900001: ["الزنجبيلة"]})
    assert (place.ar, names[0]) == ("الزنجبيلة", "الزنجبيلة")
    assert "كفر زنجبيلة" not in names


def test_quotation_marks_are_letters():
    (place, _), (other, _) = rows(line(c1='"Bayt'), line(c0="900002", c1='Abū "Qirfah"'))[0]
    assert (place.name, other.name) == ('"Bayt', 'Abū "Qirfah"')


@pytest.mark.parametrize(
    ("code", "population", "kind"),
    [
        ("P.PPL", 0, "village"),
        ("P.PPL", 4_999, "village"),
        ("P.PPL", 5_000, "town"),
        ("P.PPL", 50_000, "city"),
        ("P.PPLA", 0, "city"),
        ("P.PPLC", 0, "city"),
        ("P.PPLA2", 6_000, "town"),
        ("P.PPLX", 90_000, "quarter"),
        ("P.PPLL", 0, "village"),
        ("P.STLMT", 0, "settlement"),
        ("P.", 0, "village"),
        ("P.PPLH", 0, None),
        ("P.PPLQ", 90_000, None),
        ("P.PPLW", 0, None),
        ("A.PCLI", 0, None),
        ("A.ADM1", 0, None),
        ("A.ADM2", 0, "district"),
        ("A.ADM3", 0, "subdistrict"),
        ("A.ADM3H", 0, None),
        ("S.AIRB", 0, "airbase"),
        ("S.AIRP", 0, "airport"),
        ("S.BDG", 0, "bridge"),
        ("S.HTL", 0, None),
        ("H.STM", 0, "river"),
        ("H.RSV", 0, "lake"),
        ("T.HLL", 0, "hill"),
        ("T.MT", 0, "mountain"),
        ("L.OILF", 0, "field"),
        ("S.HLL", 0, None),
        (".", 0, None),
    ],
)
def test_kind_of_a_feature_code(code, population, kind):
    cls, _, feature = code.partition(".")
    assert kind_of(cls, feature, population) == kind
    made, faults = rows(line(c6=cls, c7=feature, c14=str(population)))
    assert [place.kind for place, _ in made] == ([kind] if kind else [])
    assert faults.count == 0


def test_kinds_are_those_of_the_house():
    assert set(KIND_OF.values()) <= KINDS


@pytest.mark.parametrize(
    "code", ["A.ADM2", "A.ADM3", "L.RGN", "T.DSRT", "T.PLN", "T.VAL", "P.PPL", "S.AIRB", "T.HLL"]
)
def test_areas_are_known_to_a_district_only(code):
    cls, _, feature = code.partition(".")
    place, _ = one(c6=cls, c7=feature)
    assert (place.precision == "district") == (place.kind in AREAS)
    assert place.radius == (20.0 if place.precision == "district" else 3.0)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("900002\tshort\n", "2 columns, not 19"),
        (line().rstrip("\n") + "\textra\n", "20 columns, not 19"),
        (line(c0="x"), "'x'"),
        (line(c0=""), "''"),
        (line(c4="90.5"), "out of range"),
        (line(c5="-180.5"), "out of range"),
        (line(c4="nan"), "out of range"),
        (line(c5="inf"), "out of range"),
        (line(c4="35,2"), "35,2"),
        (line(c14="many"), "many"),
        (line(c14="-5"), "-5"),
        (line(c14="9" * 30), "population out of range"),
    ],
)
def test_line_that_cannot_be_used_is_counted_with_its_number(bad, words):
    made, faults = rows(line(), bad, line(c0="900003"))
    assert [place.id for place, _ in made] == ["geonames:900001", "geonames:900003"]
    assert faults.count == 1
    assert faults.first[0].startswith("line 2: ")
    assert words in faults.first[0]


def test_blank_lines_are_no_faults():
    assert rows("\n", "", "  \r\n") == ([], Faults())
    assert names_of("\n", "") == ({}, Faults())


def test_lines_may_end_in_any_way():
    for end in ("", "\n", "\r\n"):
        ((place, _),), faults = rows(line().rstrip("\n") + end)
        assert (place.id, faults.count) == ("geonames:900001", 0)


def test_only_the_first_faults_are_kept_to_be_shown():
    _, faults = rows(*["short\n"] * 9)
    assert faults.count == 9
    assert [where for where, _, _ in (fault.partition(":") for fault in faults.first)] == [
        f"line {n}" for n in range(1, 6)
    ]


@pytest.mark.parametrize("columns", [8, 10])
def test_alternate_names_are_the_arabic_ones(columns):
    lines = [
        called("كفر زنجبيلة"),
        called("الزنجبيلة", ""),
        called("Kafr Zanjabila", ""),
        called("Kafr Zanjabila", "en"),
        called("Zanjabila"),
        called("كفر Z"),
        called("کفر زنجبیل", "fa"),
        called("پل زنجبيل"),
        called("زنجبيل", "abbr"),
        called("https://example.org/زنجبيل", "link"),
        called("كفر البندق", number="900002"),
    ]
    names, faults = names_of(*("\t".join(one.split("\t")[:columns]) for one in lines))
    assert names == {900001: ["كفر زنجبيلة", "الزنجبيلة"], 900002: ["كفر البندق"]}
    assert faults.count == 0


def test_preferred_name_is_the_first_and_the_others_keep_their_order():
    names, _ = names_of(called("ثوم"), called("بصل"), called("كزبرة", preferred="1"), called("بقدونس"))
    assert names == {900001: ["كزبرة", "ثوم", "بصل", "بقدونس"]}


def test_names_of_history_are_kept_only_where_there_is_no_other():
    lines = [
        called("ثوم", historic="1"),
        called("بصل"),
        called("كزبرة", number="900002", historic="1"),
        called("نعناع", number="900002", historic="1", preferred="1"),
    ]
    assert names_of(*lines)[0] == {900001: ["بصل"], 900002: ["كزبرة", "نعناع"]}


def test_lines_of_names_that_cannot_be_used_are_counted():
    names, faults = names_of("7\t900001\tar\tثوم\n", called("بصل", number="x"), called("كزبرة"), "\tx" * 10)
    assert names == {900001: ["كزبرة"]}
    assert faults.count == 3
    assert faults.first[0] == "alternate names, line 1: 4 columns, not 8 or 10"


def test_name_of_no_id_is_said_to_be_that():
    _, faults = names_of(called("بصل", number="x"))
    assert faults.first == ["alternate names, line 1: the id 'x' is no number"]


@pytest.mark.parametrize("number", ["²", "9" * 5_000])
def test_digits_that_are_no_number_are_counted(number):
    _, faults = names_of(called("بصل", number=number))
    assert faults.count == 1


def test_names_lose_the_spaces_around_them():
    assert names_of(called(" كزبرة "))[0] == {900001: ["كزبرة"]}


SAME = settings(derandomize=True, deadline=None)
CELLS = st.text(st.characters(exclude_characters="\n\t", exclude_categories=["Cs"]), max_size=8)


@SAME
@given(st.lists(st.lists(st.one_of(CELLS, st.sampled_from(list(PLACE.values()))), max_size=20), max_size=4))
def test_no_line_stops_the_reading(table):
    lines = ["\t".join(cells) + "\n" for cells in table]
    made, faults = rows(*lines)
    assert len(made) + faults.count <= len(lines)


@SAME
@given(
    st.dictionaries(st.integers(0, 18), st.one_of(CELLS, st.sampled_from(["1e400", "-0", "٣"])), max_size=3)
)
def test_no_cell_stops_the_reading(cells):
    made, faults = rows(line(**{f"c{n}": text for n, text in cells.items()}))
    assert len(made) + faults.count <= 1
    for place, _ in made:
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
