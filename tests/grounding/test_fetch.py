"""A country's dump becomes a gazetteer file, and an archive that is not what it should be changes nothing."""

import functools
import hashlib
import io
import os
import struct
import threading
import zipfile
from http.server import HTTPServer, SimpleHTTPRequestHandler

import pytest

from marsad.cli.places import FAILED, SOME_SET_ASIDE, run_add, run_fetch
from marsad.errors import InputError, TryAgain
from marsad.grounding.fetch import LICENCE, fetch_country
from marsad.grounding.gazetteer import Gazetteer
from marsad.grounding.place_keys import place_key

# Places and numbers are invented.
AT = ("35.2", "36.6")


def place(number, name, code="P.PPL", *, also="", admin1="10", population="0", at=AT):
    """A line of SY.txt: 19 columns between tabs."""
    cls, _, feature = code.partition(".")
    cells = [
        str(number), name, name.replace("ā", "a"), also, *at, cls, feature, "SY", "", admin1, "", "", "",
        population, "", "331", "Asia/Damascus", "2024-11-02",
    ]  # fmt: skip
    return "\t".join(cells)


def called(number, name, language="ar", *, preferred="", historic="", columns=10):
    """A line of alternatenames/SY.txt: 10 columns, 8 in older archives."""
    cells = ["77", str(number), language, name, preferred, "", "", historic, "", ""]
    return "\t".join(cells[:columns])


DUMP = [
    place(900001, "Kafr Zanjabīlah", population="120"),
    place(900002, "An Na'nā'ah", population="7200"),
    place(900003, "Madīnat al Yansūn", population="81000", admin1="09"),
    place(900004, "Ḩayy al Kammūn", "P.PPLX", population="60000"),
    place(900005, "Muḩāfaz̧at al Filfil", "A.ADM1"),
    place(900006, "Nāḩiyat as Summāq", "A.ADM3"),
    place(900007, "Maţār al Kammūn", "S.AIRB"),
    place(900008, "Nahr az Za'tar", "H.STM"),
    place(900009, "Tall al Ḩabaq", "T.HLL", also="Tell Habaq,تل الحبقة,Тель-Хабак"),
    place(900010, "Khirbat al Khardal", "P.PPLQ", also="خربة الخردل"),
    place(900011, 'Bayt "Abū Qirfah"', also='بيت أبي قرفة,"Bayt Qirfah"'),
    place(900012, "Qaryat al Kuzbarah", also="قرية الكزبرة,Qurya"),
]
NAMES = [
    called(900001, "كفر زنجبيل القديمة", historic="1"),
    called(900001, "كفر زنجبيلة"),
    called(900001, "كفر الزنجبيل", preferred="1"),
    called(900002, "النعناعة"),
    called(900003, "مدينة اليانسون", ""),
    called(900003, "شهر انیسون", "fa"),
    called(900004, "حي الكمون"),
    called(900005, "الفلفل"),
    called(900006, "السماق"),
    called(900007, "مطار الكمون"),
    called(900007, "https://example.org/kammun", "link"),
    called(900008, "نهر الزعتر"),
    called(900008, "Q900008", "wkdt"),
    called(900012, "قرية الكزبرة العتيقة", historic="1"),
]


def packed(*lines, member="SY.txt", how=zipfile.ZIP_DEFLATED, **others):
    """An archive of lines, and of other members by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        archive.writestr("readme.txt", "invented")
        archive.writestr(member, "".join(f"{line}\n" for line in lines))
        for name, text in others.items():
            archive.writestr(name, text)
    return buffer.getvalue()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A folder that is served as GeoNames' export/dump is, and its address."""
    monkeypatch.setenv("no_proxy", "*")
    folder = tmp_path / "mirror"
    (folder / "alternatenames").mkdir(parents=True)
    with HTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def fetch(mirror, tmp_path):
    folder, address = mirror

    def run(dump=DUMP, names=NAMES, base=address):
        for path, content in ((folder / "SY.zip", dump), (folder / "alternatenames" / "SY.zip", names)):
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content if isinstance(content, bytes) else packed(*content))
        return fetch_country("SY", tmp_path / "own", base, lambda *_: None)

    return run


def named(path, name):
    gazetteer = Gazetteer((path,))
    try:
        return gazetteer.named(place_key(name))
    finally:
        gazetteer.close()


def meta(path):
    gazetteer = Gazetteer((path,))
    try:
        return gazetteer.meta()[0]
    finally:
        gazetteer.close()


@pytest.mark.parametrize("columns", [8, 10])
def test_places_come_with_kind_governorate_and_names(fetch, columns):
    path, count, faults = fetch(names=["\t".join(line.split("\t")[:columns]) for line in NAMES])
    assert (path.name, count, faults.count) == ("SY.sqlite", 10, 0)
    for number, ar, kind, admin in [
        (900001, "كفر الزنجبيل", "village", "SY-HM"),
        (900002, "النعناعة", "town", "SY-HM"),
        (900003, "مدينة اليانسون", "city", "SY-HL"),
        (900004, "حي الكمون", "quarter", "SY-HM"),
        (900006, "السماق", "subdistrict", "SY-HM"),
        (900007, "مطار الكمون", "airbase", "SY-HM"),
        (900008, "نهر الزعتر", "river", "SY-HM"),
        (900009, "تل الحبقة", "hill", "SY-HM"),
        (900011, "بيت أبي قرفة", "village", "SY-HM"),
        (900012, "قرية الكزبرة العتيقة", "village", "SY-HM"),
    ]:
        (found,) = named(path, ar)
        assert (found.id, found.ar, found.kind) == (f"geonames:{number}", ar, kind)
        assert (found.country, found.admin, found.parent) == ("SY", admin, admin)
        assert (found.lat, found.lon, found.layer) == (35.2, 36.6, 1)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("كفر زنجبيلة", 900001),
        ("kafr zanjabilah", 900001),
        ("Kafr Zanjabīlah", 900001),
        ("an-na'na'ah", 900002),
        ('بيت "أبي قرفة"', 900011),
        ("Bayt Abu Qirfah", 900011),
        ("كفر زنجبيل القديمة", None),  # of history, beside names of today
        ("شهر انیسون", None),
        ("Тель-Хабак", None),
        ("https://example.org/kammun", None),
        ("Q900008", None),
        ("الفلفل", None),  # a governorate: those are ours
        ("خربة الخردل", None),  # abandoned
    ],
)
def test_names_of_today_in_arabic_and_latin_letters_are_known(fetch, name, number):
    path, _, _ = fetch()
    assert [found.id for found in named(path, name)] == ([f"geonames:{number}"] if number else [])


def test_lines_that_cannot_be_used_are_counted_and_stop_nothing(fetch):
    dump = [
        "900020\ttoo\tshort",
        DUMP[0],
        place(900021, "Bayt al Lawz", at=("91.0", "36.6")),
        place(900022, "Bayt al Jawz", at=("35.2", "east")),
        place("x900023", "Bayt al Fustuq"),
        place(900024, "Bayt al Bunduq", population="many"),
        f"{DUMP[1]}\textra",
        "",
        DUMP[8],
    ]
    names = ["not a line of names", NAMES[1], called("nobody", "لا أحد"), *NAMES[2:]]
    path, count, faults = fetch(dump, names)
    assert (count, faults.count) == (2, 8)
    assert [where for where, _, _ in (fault.partition(": ") for fault in faults.first)] == [
        "alternate names, line 1", "alternate names, line 3", "line 1", "line 3", "line 4",
    ]  # fmt: skip
    assert [found.id for found in named(path, "تل الحبقة")] == ["geonames:900009"]


def patched(archive, offset, value):
    """An archive that says something else of its last member, in its directory and before the member."""
    at = archive.rindex(b"PK\x01\x02")
    head = archive.rindex(b"PK\x03\x04")
    data = bytearray(archive)
    for start in (at + offset, head + offset - 2):
        data[start : start + len(value)] = value
    return bytes(data)


def scrambled(archive):
    """An archive whose last member's packed letters are others."""
    (size,) = struct.unpack_from("<L", archive, archive.rindex(b"PK\x01\x02") + 20)
    begin = archive.rindex(b"PK\x03\x04") + 30 + len("SY.txt")
    return archive[:begin] + b"\xff" * size + archive[begin + size :]


FLAGS, METHOD, UNPACKED = 8, 10, 24
BAD = {
    "no zip": (b"<html>no file here</html>", "not the archive"),
    "empty": (b"", "not the archive"),
    "truncated": (packed(*DUMP)[:-40], "not the archive"),
    "other member": (packed(*DUMP, member="LB.txt"), r"there is no SY\.txt in it, but readme\.txt, LB\.txt"),
    "path outside": (packed(*DUMP, member="../SY.txt"), r"there is no SY\.txt"),
    "path in a folder": (packed(*DUMP, member="dump/SY.txt"), r"there is no SY\.txt"),
    "packed too tightly": (packed("\n" * 3_000_000), r"SY\.txt would be 3,000,001 bytes; refused"),
    "said to be huge": (
        patched(packed(*DUMP), UNPACKED, struct.pack("<L", 3_000_000_000)),
        r"SY\.txt would be 3,000,000,000 bytes; refused",
    ),
    "larger than said": (patched(packed(*DUMP), UNPACKED, struct.pack("<L", 100)), "not the archive"),
    "not UTF-8": (packed("900001\tK").replace(b"K", b"\xff"), "not the archive"),
    "other letters": (packed(*DUMP, how=zipfile.ZIP_STORED).replace(b"Zanj", b"Banj"), "not the archive"),
}
UNNAMED = {
    "scrambled": scrambled(packed(*DUMP)),
    "encrypted": patched(packed(*DUMP), FLAGS, struct.pack("<H", 1)),
    "packed in an unknown way": patched(packed(*DUMP), METHOD, struct.pack("<H", 99)),
    "bzip2": packed(*DUMP, how=zipfile.ZIP_BZIP2),
    "lzma": packed(*DUMP, how=zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("which", ["dump", "names"])
@pytest.mark.parametrize(("archive", "words"), BAD.values(), ids=BAD)
def test_bad_archive_is_refused_by_name_and_changes_nothing(fetch, tmp_path, which, archive, words):
    path, _, _ = fetch()
    before = path.read_bytes()
    name = {"dump": r"SY\.zip", "names": r"SY-names\.zip"}[which]
    with pytest.raises(InputError, match=f"^{name}: {words}"):
        fetch(**{which: archive})
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == ["SY.sqlite"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mirror", "own"]


@pytest.mark.parametrize("archive", UNNAMED.values(), ids=UNNAMED)
def test_archive_that_cannot_be_unpacked_is_refused_by_name(fetch, archive):
    with pytest.raises(InputError, match=r"^SY\.zip: "):
        fetch(dump=archive)


@pytest.mark.parametrize("dump", [[], ["another format"] * 9], ids=["empty", "other columns"])
def test_dump_without_places_changes_nothing(fetch, dump):
    path, _, _ = fetch()
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"SY\.zip"):
        fetch(dump)
    assert path.read_bytes() == before


def test_members_with_paths_are_never_written(fetch, tmp_path):
    _, count, _ = fetch(packed(*DUMP, **{"../SY.txt": "no", "/SY.txt": "no", "../../own.txt": "no"}))
    assert count == 10
    files = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    assert files == ["mirror/SY.zip", "mirror/alternatenames/SY.zip", "own/SY.sqlite"]


@pytest.mark.parametrize("missing", ["dump", "names"])
def test_country_that_is_not_there_is_said_with_its_address(fetch, missing):
    path, _, _ = fetch()
    before = path.read_bytes()
    address = {"dump": r"/SY\.zip", "names": r"/alternatenames/SY\.zip"}[missing]
    with pytest.raises(InputError, match=rf"{address}: there is no such file"):
        fetch(**{missing: None})
    assert path.read_bytes() == before


def test_broken_connection_changes_nothing_and_the_same_call_goes_on(fetch, monkeypatch):
    path, _, _ = fetch()
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Quiet, "copyfile", lambda self, source, goal: goal.write(source.read(300)))
        with pytest.raises(TryAgain, match="300 of"):
            fetch(DUMP[:3])
    assert path.read_bytes() == before
    assert fetch(DUMP[:3])[1] == 3


@pytest.mark.parametrize("days", [0, 2])
def test_archive_that_came_whole_is_asked_for_again_only_when_it_is_old(fetch, mirror, tmp_path, days):
    with pytest.raises(InputError, match="no such file"):
        fetch(dump=None)
    names = tmp_path / "own" / "downloads" / "SY-names.zip"
    then = names.stat().st_mtime - days * 86_400
    os.utime(names, (then, then))
    fetch(names=packed(called(900001, "بيت الثومة")))
    path = tmp_path / "own" / "SY.sqlite"
    assert bool(named(path, "بيت الثومة")) == bool(days)
    assert meta(path)["names_modified"].endswith("GMT")
    assert list(names.parent.iterdir()) == []


def test_archive_of_another_address_is_not_taken(fetch, mirror):
    with pytest.raises(InputError, match="no such file"):
        fetch(dump=None)
    path, _, _ = fetch(names=NAMES[:2], base=mirror[1].replace("127.0.0.1", "localhost"))
    assert named(path, "النعناعة") == ()


def test_second_row_of_a_place_is_counted(fetch):
    _, count, faults = fetch([*DUMP, DUMP[0]])
    assert (count, faults.count) == (10, 1)
    assert faults.first[0].startswith("geonames:900001: a second row")


@pytest.mark.parametrize("codes", [("X1", "x1"), ("X1", "sy")])
def test_command_fails_when_no_country_came(mirror, fetch, tmp_path, codes):
    fetch()
    assert run_fetch(tmp_path, codes, mirror[1]) == (FAILED if codes[1] == "x1" else SOME_SET_ASIDE)


def test_command_says_that_its_folder_cannot_be_written(mirror, fetch, tmp_path, capsys):
    fetch()
    (tmp_path / "gazetteer" / "SY.sqlite" / "taken").mkdir(parents=True)
    assert run_fetch(tmp_path, ("SY",), mirror[1]) == FAILED
    assert capsys.readouterr().err.startswith("marsad: SY: ")
    (tmp_path / "list.csv").write_text("name,lat,lon\nالثومة,35,36\n", encoding="utf-8")
    (tmp_path / "gazetteer" / "added-list.csv.sqlite" / "taken").mkdir(parents=True)
    with pytest.raises(InputError, match=r"list\.csv cannot be added"):
        run_add(tmp_path, tmp_path / "list.csv")


def test_second_fetch_replaces_the_first(fetch):
    path, _, _ = fetch()
    again, count, _ = fetch([place(900030, "Bi'r al Qaranful")], [called(900030, "بئر القرنفل")])
    assert (again, count) == (path, 1)
    assert named(path, "كفر زنجبيلة") == ()
    assert [found.id for found in named(path, "بئر القرنفل")] == ["geonames:900030"]


def test_two_fetches_of_the_same_give_the_same_version(fetch):
    path, _, _ = fetch()
    first = meta(path)["version"]
    assert meta(fetch()[0])["version"] == first


def test_file_says_where_it_is_from_and_under_which_licence(fetch, mirror):
    folder, address = mirror
    said = meta(fetch()[0])
    assert said["licence"] == LICENCE
    assert "CC BY 4.0" in LICENCE
    assert (said["sources"], said["places"]) == ("GeoNames dump of SY", "10")
    for label, name in (("dump", "SY.zip"), ("names", "alternatenames/SY.zip")):
        assert said[f"{label}_address"] == f"{address}{name}"
        assert said[f"{label}_sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert said[f"{label}_modified"].endswith("GMT")


def test_archives_are_gone_when_their_rows_are_in(fetch):
    path, _, _ = fetch()
    assert list((path.parent / "downloads").iterdir()) == []


def test_address_needs_no_slash_at_its_end(fetch, mirror):
    assert fetch(base=mirror[1].rstrip("/"))[1] == 10


def test_progress_names_both_archives(fetch, mirror, tmp_path):
    fetch()
    come = []
    fetch_country("SY", tmp_path / "own", mirror[1], lambda *call: come.append(call))
    assert [name for name, size, total in come if size == total] == ["SY-names.zip", "SY.zip"]


@pytest.mark.parametrize("country", ["", "sy", "SYR", "S", "S1", "..", "/Y", "SY\n", "ЅY", "سو"])
def test_what_is_no_country_is_refused_before_anything_is_asked_for(tmp_path, country):
    with pytest.raises(InputError, match="not a country's code of two capitals"):
        fetch_country(country, tmp_path / "own", "http://127.0.0.1:9/", lambda *_: None)
    assert list(tmp_path.iterdir()) == []
