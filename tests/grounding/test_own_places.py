"""A user's own list becomes a gazetteer file, whatever its form; rows that cannot be used are named."""

import hashlib
import json

import pytest

from marsad.errors import InputError
from marsad.grounding.gazetteer import Gazetteer
from marsad.grounding.own_places import add_places
from marsad.grounding.place_keys import place_key

# Places and codes are invented.
NAME = "كفر زنجبيلة"


class Added:
    """What came of a file: its gazetteer, how many places, and what was set aside."""

    def __init__(self, folder, file, content):
        path = folder / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.path, self.count, self.faults = add_places(path, folder / "own")

    def named(self, name):
        gazetteer = Gazetteer((self.path,))
        try:
            return gazetteer.named(place_key(name))
        finally:
            gazetteer.close()

    def one(self, name=NAME):
        (place,) = self.named(name)
        return place

    @property
    def meta(self):
        gazetteer = Gazetteer((self.path,))
        try:
            return gazetteer.meta()[0]
        finally:
            gazetteer.close()


@pytest.fixture
def add(tmp_path):
    return lambda content, file="list.csv": Added(tmp_path, file, content)


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": {"name": NAME, **properties}}


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


TABLE = f"name,lat,lon,english,kind\n{NAME},35.2,36.6,Kafr Zanjabila,town\n"


FORMS = {
    "commas": ("list.csv", TABLE),
    "semicolons": ("list.csv", TABLE.replace(",", ";")),
    "tabs": ("list.csv", TABLE.replace(",", "\t")),
    "tsv": ("list.tsv", TABLE.replace(",", "\t")),
    "txt": ("list.txt", TABLE),
    "BOM": ("list.csv", TABLE.encode("utf-8-sig")),
    "BOM and semicolons": ("list.csv", TABLE.replace(",", ";").encode("utf-8-sig")),
    "BOM and tabs": ("list.csv", TABLE.replace(",", "\t").encode("utf-8-sig")),
    "CRLF": ("list.csv", TABLE.replace("\n", "\r\n")),
    "no last end": ("list.CSV", TABLE.removesuffix("\n")),
    "quotes": ("list.csv", TABLE.replace(NAME, f'"{NAME}"').replace("35.2", '"35.2"')),
    "decimal commas": ("list.csv", TABLE.replace(",", ";").replace("35.2", "35,2").replace("36.6", "36,6")),
    "capitals": ("list.csv", TABLE.replace("name,lat", "Name , LAT")),
    "other columns": (
        "list.csv", f"kind,lon,english,note,lat,name\ntown,36.6,Kafr Zanjabila,,35.2,{NAME},more\n",
    ),
    "geojson": ("list.geojson", collection(feature(point(36.6, 35.2), english="Kafr Zanjabila", kind="town"))),
    "json": (
        "list.json", "\ufeff" + collection(feature(point(36.6, 35.2), english="Kafr Zanjabila", kind="town")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "content"), FORMS.values(), ids=FORMS)
def test_list_of_any_form_gives_the_place(add, file, content):
    added = add(content, file)
    assert (added.count, added.faults.count) == (1, 0)
    place = added.one()
    assert (place.ar, place.name, place.kind) == (NAME, "Kafr Zanjabila", "town")
    assert (place.lat, place.lon, place.layer) == (35.2, 36.6, 3)
    assert added.one("kafr zanjabila") == place


def test_all_columns_are_taken(add):
    place = add(
        "name,also,english,kind,country,admin,parent,precision,radius_km,population,id,lat,lon\n"
        f"{NAME},الزنجبيلة | بيت الزنجبيل,Zanjabila,city,,SY-HM,SY-HM-x,town,4.5,1200.0,z1,35.2,36.6\n"
    ).one("بيت الزنجبيل")
    assert (place.id, place.kind, place.country) == ("user:list:z1", "city", "SY")
    assert (place.admin, place.parent, place.precision) == ("SY-HM", "SY-HM-x", "town")
    assert (place.radius, place.population) == (4.5, 1200)


def test_three_columns_are_enough(add):
    place = add(f"name,lat,lon\n{NAME},35.2,36.6\n").one()
    assert (place.name, place.kind, place.precision) == (NAME, "village", "exact")
    assert (place.country, place.admin, place.parent, place.population) == ("", "", "", 0)
    assert place.radius > 0


def test_place_without_an_id_has_the_same_one_every_time(add):
    content = f"name,lat,lon\n{NAME},35.2,36.6\n{NAME},33.1,36.1\n"
    first, second = add(content).named(NAME)
    assert first.id != second.id
    assert {place.id for place in add(content).named(NAME)} == {first.id, second.id}


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("lat", "lon"), ("latitude", "longitude"), ("LAT", "LONG"), ("Latitude", "lng"), ("y", "x"), ("Y_COORD", "X_COORD"),
        ("center_lat", "center_lon"), ("Latitude_y", "Longitude_x"), ("Y_Centroid", "X_Centroid"), ("POINT_Y", "POINT_X"),
    ],
)  # fmt: skip
def test_ochas_table_of_codes_is_known_by_its_columns(add, lat, lon):
    added = add(
        f"ADM3_EN,ADM3_AR,ADM3_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,ADM0_PCODE,{lon},{lat}\n"
        f"Zanjabila,ناحية الزنجبيلة,SY990101,Yansun,اليانسون,SY9901,SY,36.6,35.2\n"
    )
    place = added.one("ناحية الزنجبيلة")
    assert (place.id, place.name, place.kind) == ("user:list:SY990101", "Zanjabila", "subdistrict")
    assert (place.country, place.lat, place.lon, place.precision) == ("SY", 35.2, 36.6, "district")
    assert added.named("اليانسون") == ()


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ("admin3Name_ar,admin3Name_en,admin3Pcode", "subdistrict"),
        ("admin4Name_ar,admin4Name_en,admin4Pcode", "village"),
        ("ADM4_AR,ADM4_EN,ADM4_PCODE", "village"),
        ("ADM2_AR,ADM2_EN,ADM2_PCODE", "district"),
        ("adm1_ar,adm1_en,adm1_pcode", "governorate"),
    ],
)
def test_level_of_an_ocha_table_is_the_kind(add, columns, kind):
    place = add(f"{columns},lat,lon\n{NAME},Zanjabila,SY99,35.2,36.6\n").one()
    assert (place.kind, place.name, place.id) == (kind, "Zanjabila", "user:list:SY99")
    assert place.precision == ("exact" if kind == "village" else "district")


def test_deepest_level_with_an_arabic_name_is_taken(add):
    added = add(
        "ADM1_AR,ADM1_PCODE,ADM2_AR,ADM2_PCODE,ADM3_EN,ADM3_PCODE,lat,lon\n"
        "الفلفل,SY99,اليانسون,SY9901,Zanjabila,SY990101,35.2,36.6\n"
    )
    assert (added.one("اليانسون").id, added.one("اليانسون").kind) == ("user:list:SY9901", "district")


RING = [[36.0, 35.0], [37.0, 35.0], [37.0, 35.5], [36.0, 35.0]]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "Polygon", "coordinates": [RING, [[36.5, 35.1], [36.6, 35.1], [36.6, 35.2], [36.5, 35.1]]]},
        {"type": "MultiPolygon", "coordinates": [[RING], [[[36.1, 35.4, 700.0], [36.2, 35.3, 700.0]]]]},
        {"type": "LineString", "coordinates": RING},
        {"type": "Point", "coordinates": [36.5, 35.25, 700.0]},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "coordinates": [RING]}, point(36.5, 35.1)],
        },
    ],
    ids=lambda geometry: geometry["type"],
)
def test_shape_on_the_map_stands_for_its_middle(add, geometry):
    place = add(collection(feature(geometry, LAT=1, lon=1)), "list.geojson").one()
    assert (place.lat, place.lon) == (35.25, 36.5)


def test_properties_give_the_point_where_there_is_no_geometry(add):
    place = add(collection(feature(None, Y=0, X=36.6)), "list.geojson").one()
    assert (place.lat, place.lon) == (0.0, 36.6)


def test_geonames_lines_are_known_by_their_columns(add):
    cells = ["900001", 'Kafr "Z"', "Kafr Z", f"{NAME},Zed", "35.2", "36.6", "P", "PPLX", "SY", "", "10"]
    cells += ["", "", "", "0", "", "331", "Asia/Damascus", "2024-11-02"]
    added = add("\t".join(cells) + "\n900002\tshort\n", "SY.txt")
    assert (added.count, added.faults.first) == (1, ["line 2: 2 columns, not 19"])
    place = added.one()
    assert (place.id, place.name, place.ar) == ("geonames:900001", 'Kafr "Z"', NAME)
    assert (place.kind, place.admin) == ("quarter", "SY-HM")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",35.2,36.6,", "no Arabic name"),
        (f"{NAME},,36.6,", "lat is ''"),
        (f"{NAME},35.2", "lon is ''"),
        (f"{NAME},north,36.6,", "lat is 'north'"),
        (f"{NAME},35°12,36.6,", "lat is '35°12'"),
        (f"{NAME},90.01,36.6,", "lat 90.01 is out of range"),
        (f"{NAME},35.2,-180.5,", "lon -180.5 is out of range"),
        (f"{NAME},nan,36.6,", "lat nan is out of range"),
        (f"{NAME},35.2,inf,", "lon inf is out of range"),
        (f"{NAME},35.2,36.6,hamlet", "kind 'hamlet' is none of"),
        (f"{NAME},35.2,36.6,town,close", "precision 'close' is none of"),
        (f"{NAME},35.2,36.6,town,,wide", "wide"),
        (f"{NAME},35.2,36.6,town,,,many", "many"),
    ],
)
def test_row_that_cannot_be_used_is_set_aside_with_its_number(add, row, words):
    added = add(f"name,lat,lon,kind,precision,radius_km,population\nالنعناعة,35,36\n{row}\nالثومة,35,37\n")
    assert (added.count, added.faults.count) == (2, 1)
    assert added.faults.first[0].startswith("list.csv, row 3: ")
    assert words in added.faults.first[0]
    assert added.one("الثومة").lon == 37.0


def test_feature_that_cannot_be_used_is_set_aside_with_its_number(add):
    bad = [feature(None), feature(point(36.6, 95)), {"type": "Feature", "geometry": point(36.6, 35.2)}]
    added = add(collection(feature(point(36.6, 35.2)), *bad), "list.geojson")
    assert (added.count, added.faults.count) == (1, 3)
    assert [fault.partition(":")[0] for fault in added.faults.first] == [
        f"list.geojson, row {n}" for n in (2, 3, 4)
    ]


@pytest.mark.parametrize("population", ["inf", "1e999", "1e30", "-5"])
def test_population_without_end_is_set_aside(add, population):
    added = add(f"name,lat,lon,population\nالنعناعة,35,36,5\n{NAME},35,37,{population}\n")
    assert (added.count, added.faults.count) == (1, 1)


@pytest.mark.parametrize("radius", ["nan", "inf", "-3", "0", "1e9"])
def test_radius_that_is_none_is_set_aside(add, radius):
    added = add(f"name,lat,lon,radius_km\nالنعناعة,35,36,5\n{NAME},35,37,{radius}\n")
    assert (added.count, added.faults.count) == (1, 1)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "x",
        {"geometry": [36.6, 35.2], "properties": {"name": NAME}},
        {"geometry": point(36.6, 35.2), "properties": ["name", NAME]},
        feature(point(36.6, 35.2), radius_km=[3]),
        feature(point(36.6, 35.2), population={"2004": 120}),
        feature(point(36.6, 35.2), name=[NAME]),
        feature(point(36.6, 35.2), name=f"{NAME}¤", id=1),
        feature(point(10**400, 35.2)),
    ],
    ids=["null", "text", "geometry", "properties", "radius", "population", "name", "surrogate", "endless"],
)
def test_feature_of_another_shape_is_set_aside(add, bad):
    both = collection(feature(point(36.0, 35.0), name="النعناعة"), bad)
    added = add(both.replace("¤", r"\ud800"), "list.geojson")
    assert (added.count, added.faults.count) == (1, 1)


@pytest.mark.parametrize("column", ["name_ar", "name:ar", "arabic"])
def test_arabic_name_beside_an_english_one_is_found(add, column):
    added = add(f"name,{column},lat,lon\nZanjabila,{NAME},35.2,36.6\n")
    place = added.one("zanjabila")
    assert (place.ar, place.name) == (NAME, "Zanjabila")


@pytest.mark.parametrize(
    ("columns", "names"),
    [("name", "Zanjabila"), ("name,name_ar", "Zanjabila,"), ("name,arabic", "Zanjabila,Zanjabila")],
)
def test_name_in_latin_letters_only_is_set_aside(add, columns, names):
    blank = "," * columns.count(",")
    added = add(f"lat,lon,{columns}\n35.2,36.6,{NAME}{blank}\n35,36,{names}\n")
    assert (added.count, added.faults.count) == (1, 1)
    assert "'Zanjabila' has no Arabic letters" in added.faults.first[0]


def test_lists_of_one_name_and_two_forms_stand_beside_each_other(add):
    first = add(TABLE).path
    second = add(collection(feature(point(36.6, 35.2))), "list.geojson").path
    assert first != second
    assert first.exists()


def test_name_without_letters_is_set_aside(add):
    added = add(f"name,lat,lon\n---,35,36\n{NAME},35,37\n")
    assert (added.count, added.faults.count) == (1, 1)


def test_second_row_of_an_id_is_counted(add):
    added = add(f"id,name,lat,lon\nz,النعناعة,35,36\nz,{NAME},35,37\n")
    assert (added.count, added.faults.count) == (1, 1)


def test_row_number_is_that_of_the_file(add):
    added = add(f"name,lat,lon\n\n{NAME},35,36\n{NAME},north,36\n")
    assert added.faults.first[0].startswith("list.csv, row 4:")


REFUSED = {
    "nothing": ("list.csv", b"", "the file is empty"),
    "only a BOM": ("list.csv", b"\xef\xbb\xbf", "the file is empty"),
    "only columns": ("list.csv", b"name,lat,lon\n\n", "no row can be used; it has only a header"),
    "no columns": ("list.csv", f"{NAME},35.2,36.6\n{NAME},35.3,36.6\n".encode(), "row 2: no Arabic name"),
    "no numbers": ("list.csv", b"name,lat,lon\nx,y,z\n", "lat is 'y', not a number"),
    "cp1256": ("list.csv", TABLE.encode("cp1256"), "cannot be read as UTF-8"),
    "UTF-16": ("list.csv", TABLE.encode("utf-16"), "cannot be read as UTF-8"),
    "a huge cell": ("list.csv", f"name,lat,lon\n{'x' * 200_000},1,1\n".encode(), "cannot be read"),
    "a sheet": ("list.xlsx", b"PK\x03\x04\xff\xfe\x00", r"cannot be read as UTF-8 \.xlsx"),
    "no JSON": ("list.geojson", b"", "cannot be read"),
    "half of it": ("list.geojson", b'{"features": [', "cannot be read"),
    "cp1256 JSON": ("list.geojson", TABLE.encode("cp1256"), "cannot be read"),
    "a list": ("list.json", b"[]", "not a GeoJSON FeatureCollection"),
    "a word": ("list.json", b'"features"', "not a GeoJSON FeatureCollection"),
    "a feature": ("list.json", b'{"type": "Feature", "geometry": null}', "not a GeoJSON FeatureCollection"),
    "no list": ("list.json", b'{"features": {"a": 1}}', "not a GeoJSON FeatureCollection"),
    "no features": (
        "list.json",
        b'{"type": "FeatureCollection", "features": []}',
        "no row can be used; it has no features",
    ),
}
TOO_MUCH = {
    "nested": b'{"features": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "digits": b'{"features": [' + b"9" * 5_000 + b"]}",
}


@pytest.mark.parametrize(("file", "content", "words"), REFUSED.values(), ids=REFUSED)
def test_file_that_cannot_be_read_is_refused_by_name(add, tmp_path, file, content, words):
    with pytest.raises(InputError, match=words) as caught:
        add(content, file)
    assert str(tmp_path / file) in str(caught.value)
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("content", TOO_MUCH.values(), ids=TOO_MUCH)
def test_json_that_is_too_much_is_refused_by_name(add, content):
    with pytest.raises(InputError, match=r"list\.json"):
        add(content, "list.json")


def test_refused_file_leaves_what_was_added_before(add):
    added = add(TABLE)
    before = added.path.read_bytes()
    with pytest.raises(InputError):
        add("name,lat,lon\n")
    assert added.path.read_bytes() == before


def test_same_file_again_replaces_what_was_added(add):
    add(TABLE)
    again = add(TABLE.replace(NAME, "بيت الثومة"))
    assert again.one("بيت الثومة").lat == 35.2
    assert again.named(NAME) == ()


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("list.csv", "added-list.csv.sqlite"),
        ("قرى.csv", "added-قرى.csv.sqlite"),
        ("a b (2).v1.csv", "added-a-b-2-.v1.csv.sqlite"),
    ],
)
def test_file_is_named_after_the_list_and_says_what_it_is(add, file, target):
    added = add(TABLE, file)
    assert added.path.name == target
    assert added.meta["sources"] == f"user's file {file}"
    assert added.meta["sha256"] == hashlib.sha256(TABLE.encode()).hexdigest()
    assert added.meta["licence"]
