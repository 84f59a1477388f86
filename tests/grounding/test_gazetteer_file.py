"""A gazetteer file is written whole or not at all, and what was written is found again."""

import functools
import multiprocessing
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.grounding.gazetteer import SAME_KM, SHAPE, Gazetteer, GazetteerError, distance, kilometres
from marsad.grounding.gazetteer_file import write_gazetteer
from marsad.grounding.place_keys import place_key
from marsad.model import Place

# Places are invented.
NAME = "كفر زنجبيلة"
META = {"sources": "a test", "licence": "none"}
FORK = "fork" in multiprocessing.get_all_start_methods()
NORTH = 180 / 3.141592653589793 / 6371.0
"""Degrees north that a kilometre is."""


def place(identity="z", **more):
    about = {
        "name": "Zanjabila", "ar": NAME, "kind": "village", "country": "SY", "admin": "SY-HM", "parent": "SY-HM",
        "lat": 35.2, "lon": 36.6, "precision": "exact", "radius": 3.0, "population": 0, "origin": "a test", "layer": 1,
    }  # fmt: skip
    return Place(id=identity, **{**about, **more})


def row(identity="z", *names, **more):
    return place(identity, **more), names or (NAME,)


@contextmanager
def opened(*paths):
    gazetteer = Gazetteer(paths)
    try:
        yield gazetteer
    finally:
        gazetteer.close()


@pytest.fixture
def write(tmp_path):
    def run(*rows, file="own.sqlite", **more):
        path = tmp_path / "deep" / file
        write_gazetteer(path, rows, META, **more)
        return path

    return run


def ids(*paths, name=NAME):
    with opened(*paths) as gazetteer:
        return [found.id for found in gazetteer.named(place_key(name))]


def left(path):
    return sorted(file.name for file in path.parent.iterdir())


class Stop(Exception):
    """What a source of rows may raise."""


def broken(*rows):
    yield from rows
    raise Stop


def test_all_of_a_place_comes_out_again(write):
    whole = place(
        population=7, radius=2.5, lat=-0.0, lon=180.0, ar="", admin="", layer=3, precision="district"
    )
    path = write((whole, ["كفر", "Kafr"]), row("y", "تل الكمون"))
    with opened(path) as gazetteer:
        assert gazetteer.place("z") == whole
        assert gazetteer.named("كفر") == gazetteer.named("kafr") == (whole,)
        assert gazetteer.place("x") is None
        assert gazetteer.named("x") == ()


def test_places_are_counted_and_the_file_says_what_it_is(tmp_path):
    path = tmp_path / "own.sqlite"
    aside = []
    rows = [row("a"), row("b"), row("a", "النعناعة")]
    assert write_gazetteer(path, rows, META, set_aside=lambda *said: aside.append(said)) == 2
    assert [which for which, _ in aside] == ["a"]
    with opened(path) as gazetteer:
        (said,) = gazetteer.meta()
    assert said["path"] == str(path)
    assert (said["shape"], said["places"]) == (SHAPE, "2")
    assert (said["sources"], said["licence"]) == ("a test", "none")


def test_second_row_of_an_id_is_passed_over(write):
    path = write(row("a", NAME, lat=35.0), row("a", "النعناعة", lat=36.0))
    assert ids(path) == ["a"]
    assert ids(path, name="النعناعة") == []


def test_names_without_letters_are_left_out(write):
    path = write(row("a", "...", "", "()", NAME))
    with opened(path) as gazetteer:
        assert gazetteer.named("") == ()
        assert gazetteer.keys_inside("SY-HM") == {str(len(place_key(NAME))): (place_key(NAME),)}


def test_words_of_the_language_are_marked(write):
    path = write(row("a", "كمون"), row("b", "الزعتر البري"), words=frozenset(("الكمون", "زعتر", "بري")))
    with opened(path) as gazetteer:
        assert gazetteer.is_word("الكمون")
        assert not any(map(gazetteer.is_word, ("كمون", "زعتر", "بري", "الزعتر")))


def test_file_is_whole_or_not_there_at_all(tmp_path):
    path = tmp_path / "deep" / "own.sqlite"
    with pytest.raises(Stop):
        write_gazetteer(path, broken(row("a"), row("b")), META)
    assert left(path) == []


@pytest.mark.parametrize(
    "rows",
    [
        broken(row("b")),
        [row("b"), (place("c"), [None])],
        [row("b"), row("c", country=object())],
        [row("b"), (place("c"), broken("كمون"))],
    ],
    ids=["source", "name", "cell", "names"],
)
def test_failure_leaves_the_file_of_before(write, rows):
    path = write(row("a"))
    before = path.read_bytes()
    with pytest.raises((Stop, AttributeError, sqlite3.Error)):
        write_gazetteer(path, rows, META)
    assert path.read_bytes() == before
    assert left(path) == ["own.sqlite"]


def test_folder_that_cannot_be_written_is_an_os_error(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        write_gazetteer(tmp_path / "file" / "own.sqlite", [row()], META)
    (tmp_path / "own.sqlite" / "taken").mkdir(parents=True)
    with pytest.raises(OSError, match=r"own\.sqlite"):
        write_gazetteer(tmp_path / "own.sqlite", [row()], META)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "own.sqlite"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write")
def test_file_that_cannot_be_made_is_an_os_error():
    with pytest.raises(OSError, match=r"own\.sqlite"):
        write_gazetteer(Path("/proc/own.sqlite"), [row()], META)


def test_rows_of_the_new_file_replace_those_of_the_old_one_for_the_next_reader(write):
    path = write(row("a"))
    with opened(path) as before:
        write(row("b"))
        assert [found.id for found in before.named(place_key(NAME))] == ["a"]
    assert ids(path) == ["b"]


def test_version_tells_places_and_names_apart_and_nothing_else(write):
    def version(*rows):
        with opened(write(*rows)) as gazetteer:
            return gazetteer.version

    first = version(row("a", "كمون", "زعتر"), row("b"))
    assert version(row("a", "زعتر", "الكمون"), row("b")) == first  # the same keys
    others = [
        version(row("a", "كمون"), row("b")),
        version(row("a", "كمون", "زعتر", lat=35.21), row("b")),
        version(row("a", "كمون", "زعتر")),
        version(),
    ]
    assert len({first, *others}) == 5


# Which place tells


@pytest.mark.parametrize("order", [1, -1])
def test_higher_layer_hides_a_place_of_the_same_name_that_is_near(write, order):
    ours = write(row("ours", layer=0, population=90_000), file="ours.sqlite")
    users = write(row("users", layer=3, lat=35.2 + 5 * NORTH), file="users.sqlite")
    assert ids(*[ours, users][::order]) == ["users"]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"lat": 35.2 + (SAME_KM - 0.1) * NORTH}, ["users"]),
        ({"lat": 35.2 + (SAME_KM + 0.1) * NORTH}, ["users", "ours"]),
        ({"lon": 36.66}, ["users"]),
        ({"lon": 36.67}, ["users", "ours"]),
        ({"country": "LB"}, ["users", "ours"]),
        ({"kind": "district"}, ["users", "ours"]),
        ({"kind": "town"}, ["users"]),
        ({"admin": "SY-HL"}, ["users"]),
    ],
    ids=str,
)
def test_only_places_of_one_kind_and_country_within_six_kilometres_are_one(write, more, found):
    ours = write(row("ours", layer=0), file="ours.sqlite")
    users = write(row("users", layer=3, **more), file="users.sqlite")
    assert ids(ours, users) == found


def test_layers_come_first_then_inhabitants_then_ids(write):
    apart = [
        row("d", layer=1, lat=31.0), row("c", layer=1, lat=32.0), row("b", layer=1, lat=33.0, population=5),
        row("a", layer=0, lat=34.0, population=900),
    ]  # fmt: skip
    assert ids(write(*apart)) == ids(write(*apart[::-1])) == ["b", "c", "d", "a"]


def test_users_place_without_a_country_hides_ours(write):
    ours = write(row("ours", layer=0), file="ours.sqlite")
    users = write(row("users", layer=3, country="", admin="", parent=""), file="users.sqlite")
    assert ids(ours, users) == ["users"]


def test_place_of_an_id_is_told_by_the_highest_layer(write):
    low, high = (write(row("z", layer=n, name=f"layer {n}"), file=f"{n}.sqlite") for n in (0, 3))
    for paths in ((low, high), (high, low)):
        with opened(*paths) as gazetteer:
            assert gazetteer.place("z").name == "layer 3"
            assert [found.name for found in gazetteer.named(place_key(NAME))] == ["layer 3"]


def test_place_of_an_id_that_lies_elsewhere_is_still_one(write):
    low = write(row("z", layer=0, lat=31.0), file="low.sqlite")
    high = write(row("z", layer=1, lat=36.0, country="LB"), file="high.sqlite")
    assert ids(low, high) == ["z"]


def test_keys_inside_a_governorate_come_from_all_files_by_their_length(write):
    one = write(row("a", "كمون", "زعتر"), row("b", "فلفل", admin="SY-HL"), file="1.sqlite")
    two = write(row("c", "كمون", "قرنفل"), row("d", "خردل", admin=""), file="2.sqlite")
    with opened(one, two) as gazetteer:
        assert gazetteer.keys_inside("SY-HM") == {"4": ("زعتر", "كمون"), "5": ("قرنفل",)}
        assert gazetteer.keys_inside("SY-HL") == {"4": ("فلفل",)}
        assert gazetteer.keys_inside("SY-DR") == {}


def test_kilometres_are_those_of_the_globe():
    assert kilometres((35.0, 36.0), (35.0, 36.0)) == 0
    assert kilometres((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20_015, abs=1)
    assert kilometres((35.0, 179.95), (35.0, -179.95)) == pytest.approx(9.1, abs=0.1)
    assert distance(place(lat=35.0), place(lat=36.0)) == pytest.approx(111.2, abs=0.1)


# Files that are none


def other_shape(path):
    write_gazetteer(path, [row()], META)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE meta SET value = 'marsad-gazetteer/0' WHERE name = 'shape'")
    file.close()


def other_tables(path):
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE meat (name, value)")
    file.close()


NONE = {
    "missing": (lambda path: None, "there is no such gazetteer file"),
    "a folder": (Path.mkdir, "there is no such gazetteer file"),
    "text": (lambda path: path.write_text("name,lat,lon\n" * 200), "not a gazetteer file"),
    "empty": (Path.touch, "not a gazetteer file"),
    "a part": (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x01" * 500), "not a gazetteer file"),
    "other tables": (other_tables, "not a gazetteer file"),
    "other shape": (other_shape, f"not a gazetteer of the shape {SHAPE}"),
}


@pytest.mark.parametrize(("make", "words"), NONE.values(), ids=NONE)
def test_file_that_is_no_gazetteer_is_refused_by_name(tmp_path, write, make, words):
    path = tmp_path / "none.sqlite"
    make(path)
    for paths in ((path,), (write(row()), path)):
        with pytest.raises(GazetteerError, match=words) as caught:
            Gazetteer(paths)
        assert str(path) in str(caught.value)


class Watched(sqlite3.Connection):
    """A connection that is remembered."""

    all = ()

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        Watched.all += (self,)


@pytest.mark.parametrize("make", [other_shape, other_tables])
def test_refused_file_is_closed_and_so_are_the_others(tmp_path, write, monkeypatch, make):
    good, bad = write(row()), tmp_path / "none.sqlite"
    make(bad)
    monkeypatch.setattr(Watched, "all", ())
    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=Watched))
    with pytest.raises(GazetteerError):
        Gazetteer((good, bad))
    assert len(Watched.all) == 2
    for file in Watched.all:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            file.execute("SELECT 1")


@pytest.mark.parametrize("file", ["قرى.sqlite", "a b%20#1?x=y&z.sqlite"])
def test_file_may_have_any_name(write, file):
    assert ids(write(row("a"), file=file)) == ["a"]


def test_reader_writes_nothing(write):
    path = write(row("a"))
    before = path.read_bytes()
    path.chmod(0o444)
    with opened(path) as gazetteer, pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer.files[0].execute("DELETE FROM names")
    assert path.read_bytes() == before
    assert left(path) == ["own.sqlite"]


# Other processes


def child(gazetteer, files, pipe):
    found = [place.id for place in gazetteer.named(place_key("تل الكمون"))]
    own = [file not in files for file in gazetteer.files]
    pipe.send((found, own, gazetteer.place("b").name, gazetteer.is_word("الكمون"), gazetteer.version))
    gazetteer.close()


@pytest.mark.skipif(not FORK, reason="this system has no fork")
def test_forked_process_opens_the_files_for_itself(write):
    one = write(row("a"), row("b", "تل الكمون"), file="1.sqlite")
    two = write(row("c", "كمون"), words=frozenset(("الكمون",)), file="2.sqlite")
    fork = multiprocessing.get_context("fork")
    with opened(one, two) as gazetteer:
        assert [found.id for found in gazetteer.named(place_key(NAME))] == ["a"]
        ours, theirs = fork.Pipe(duplex=False)
        worker = fork.Process(target=child, args=(gazetteer, gazetteer.files, theirs))
        worker.start()
        theirs.close()
        assert ours.poll(20)
        assert ours.recv() == (["b"], [True, True], "Zanjabila", True, gazetteer.version)
        worker.join()
        assert worker.exitcode == 0
        worker.close()
        ours.close()
        assert [found.id for found in gazetteer.named(place_key("تل الكمون"))] == ["b"]


# Whatever the names


LETTERS = st.characters(exclude_categories=["Cs"])
ARABIC = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئـ َُِّ-\"'ال"), max_size=14)
NAMES = st.one_of(
    ARABIC, st.text(LETTERS, max_size=10), st.sampled_from(["al-Kammūn", "ٱلكمون", "ﻛﻤﻮﻥ", "\x00", "İ"])
)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.lists(NAMES, max_size=4), min_size=1, max_size=12))
def test_every_name_of_a_written_place_is_found_under_its_key(table):
    rows = [(place(str(n), lat=n * 1.0), names) for n, names in enumerate(table)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "own.sqlite")
        assert write_gazetteer(path, rows, META) == len(rows)
        with opened(path) as gazetteer:
            for one, names in rows:
                assert gazetteer.place(one.id) == one
                keys = {key for key in map(place_key, names) if key}
                assert all(one in gazetteer.named(key) for key in keys)
                inside = {key for some in gazetteer.keys_inside("SY-HM").values() for key in some}
                assert keys <= inside
