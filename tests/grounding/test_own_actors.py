"""The user's own register: entries of our shape are added to ours, whatever else is refused with the file and the entry."""

from datetime import date

import pytest
import yaml

from marsad.errors import InputError, MarsadError
from marsad.grounding.own_actors import add_actor, own_actors
from marsad.grounding.register import Register
from marsad.run.own_data import OwnData, actors_file, gazetteer_folder

# Names are invented.
WHOLE = {
    "id": "zanjabil",
    "en": "Zanjabil Battalions",
    "ar": "كتائب الزنجبيل",
    "kind": "faction",
    "country": "SY",
}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "actors.yml"


@pytest.fixture
def write(file):
    """Writes entries, or a text as it stands, to the user's register."""

    def put(*entries, text=None):
        body = yaml.safe_dump({"actors": list(entries)}, allow_unicode=True) if text is None else text
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        return file

    return put


def register(file):
    return Register(extra=list(own_actors(file)))


def ids(found):
    return [actor.id for actor in found]


def test_whole_entry_is_an_actor_like_ours(write):
    entry = {
        **WHOLE,
        "inter": 3,
        "from": date(2013, 5, 1),
        "to": "2018-04-30",
        "parent": "sy-army",
        "sides": [{"side": "sy-opposition", "from": date(2013, 5, 1)}],
        "aliases": ["ثوار القرنفل"],
        "loaded": [{"text": "عصابات الزنجبيل", "by": "opponents"}],
        "local": ["الكتيبة الزنجبيلية"],
    }
    known = register(write(entry))
    actor = known.actor("zanjabil")
    assert (actor.label.en, actor.label.ar) == ("Zanjabil Battalions", "كتائب الزنجبيل")
    assert (actor.kind, actor.country, actor.inter, actor.parent) == ("faction", "SY", 3, "sy-army")
    assert (actor.start, actor.end) == (date(2013, 5, 1), date(2018, 4, 30))
    assert known.side(actor, date(2014, 1, 1)) == "sy-opposition"
    day = date(2014, 1, 1)
    for name in ("zanjabil", "كتائب الزنجبيل", "ثوار القرنفل", "عصابات الزنجبيل"):
        assert ids(known.meant(name, "", day)) == ["zanjabil"], name
    assert ids(known.meant("الكتيبة الزنجبيلية", "SY", day)) == ["zanjabil"]
    assert known.meant("الكتيبة الزنجبيلية", "YE", day) == []
    assert "zanjabil" in ids(known)
    assert len(known) == len(Register()) + 1


def test_entry_that_extends_adds_names_to_ours(write):
    ours = Register().actor("sy-army")
    more = {
        "id": "sy-army",
        "extend": True,
        "aliases": ["سرايا القرنفل"],
        "loaded": [{"text": "زمرة القرنفل", "by": "opponents"}],
        "local": ["السرية القرنفلية"],
    }
    known = register(write(more))
    actor = known.actor("sy-army")
    assert (actor.label, actor.kind, actor.sides, actor.end) == (ours.label, ours.kind, ours.sides, ours.end)
    assert actor.aliases == (*ours.aliases, "سرايا القرنفل")
    assert actor.loaded == (*ours.loaded, ("زمرة القرنفل", "opponents"))
    assert actor.local == (*ours.local, "السرية القرنفلية")
    day = date(2020, 1, 1)
    for name in ("سرايا القرنفل", "زمرة القرنفل", "الجيش العربي السوري"):
        assert ids(known.meant(name, "", day)) == ["sy-army"], name
    assert ids(known.meant("السرية القرنفلية", "SY", day)) == ["sy-army"]
    assert len(known) == len(Register())


def test_whole_entry_of_our_id_stands_in_our_stead(write):
    known = register(write({**WHOLE, "id": "sy-army"}))
    actor = known.actor("sy-army")
    assert (actor.label.en, actor.kind, actor.sides) == ("Zanjabil Battalions", "faction", ())
    assert len(known) == len(Register())


def test_entry_may_extend_one_before_it_in_the_file(write):
    known = register(write(WHOLE, {"id": "zanjabil", "extend": True, "aliases": ["ثوار القرنفل"]}))
    for name in ("كتائب الزنجبيل", "ثوار القرنفل"):
        assert ids(known.meant(name, "", None)) == ["zanjabil"]


def test_local_name_of_ones_own_goes_before_ours_in_that_country_only(write):
    plain, known = Register(), register(write({**WHOLE, "local": ["الجيش"]}))
    day = date(2020, 1, 1)
    assert ids(plain.meant("الجيش", "SY", day)) == ["sy-army"]
    assert ids(known.meant("الجيش", "SY", day)) == ["zanjabil"]
    assert ids(known.meant("الجيش", "YE", day)) == ids(plain.meant("الجيش", "YE", day)) != []


def test_version_changes_with_every_entry(write):
    versions = [Register().version]
    for alias in ("ثوار القرنفل", "ثوار الكمون"):
        versions.append(register(write({**WHOLE, "aliases": [alias]})).version)
        assert register(write({**WHOLE, "aliases": [alias]})).version == versions[-1]
    assert len(set(versions)) == 3


def test_entries_keep_their_order_and_say_days_as_text(write):
    rows = list(
        own_actors(write({**WHOLE, "id": "b", "from": date(2013, 5, 1), "to": None}, {**WHOLE, "id": "a"}))
    )
    assert [row["id"] for row in rows] == ["b", "a"]
    assert rows[0]["from"] == "2013-05-01"
    assert "to" not in rows[0]


def test_person_needs_a_public_office(write):
    person = {"id": "z", "en": "Salim az-Zanjabili", "ar": "سالم الزنجبيلي", "kind": "person"}
    for entry in (person, {**person, "offices": []}, {"id": "sy-army", "kind": "person", "extend": True}):
        with pytest.raises(
            InputError, match=rf"actors\.yml: {entry['id']}: a person is added with a public office only"
        ):
            list(own_actors(write(entry)))
    known = register(
        write({**person, "offices": [{"of": "sy-army", "en": "Commander", "from": date(2020, 1, 1)}]})
    )
    assert ids(known.meant("سالم الزنجبيلي", "", None)) == ["z"]
    assert known.side(known.actor("z"), date(2021, 1, 1)) == "sy-assad"


NAMED = {
    "no id": ({"en": "Z", "ar": "ز", "kind": "army"}, "id, en, ar and kind are needed"),
    "nothing": ({}, "id, en, ar and kind are needed"),
    "no kind": ({"id": "z", "en": "Z", "ar": "ز"}, "z: id, en, ar and kind are needed"),
    "no Arabic": ({"id": "z", "en": "Z", "ar": "", "kind": "army"}, "z: id, en, ar and kind are needed"),
    "unknown kind": ({"id": "z", "en": "Z", "ar": "ز", "kind": "gang"}, "z: kind is one of .*, not 'gang'"),
    "unknown key": ({**WHOLE, "colour": "red"}, "zanjabil: unknown keys colour"),
    "unknown key of an extension": ({"id": "sy-army", "extend": True, "alias": ["x"]}, "sy-army: unknown keys alias"),
    "ends before it begins": ({**WHOLE, "from": date(2014, 1, 1), "to": "2013-01-01"}, "2013-01-01 is before 2014-01-01"),
    "side ends before it begins": (
        {**WHOLE, "sides": [{"side": "russia", "from": "2014-01-01", "to": "2013-01-01"}]}, "zanjabil: 2013-01-01 is before",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "words"), NAMED.values(), ids=NAMED)
def test_entry_that_cannot_be_used_is_refused_with_file_and_id(write, entry, words):
    with pytest.raises(InputError, match=rf"^actors\.yml: .*{words}"):
        list(own_actors(write(WHOLE, entry)))


@pytest.mark.parametrize(
    "text",
    ["", "actors:\n", "- a\n", "actors: a\n", "actors: [a]\n", "actor:\n- {id: z}\n", "actors: [", "a: b: c", b"\xff\xfe", b"actors: \x00"],
)  # fmt: skip
def test_file_of_another_shape_is_refused_by_name(write, file, text):
    write(text=text)
    with pytest.raises(InputError) as caught:
        list(own_actors(file))
    assert str(caught.value).startswith(f"{file}: ")


@pytest.mark.parametrize("text", ["actors: [", "a: b: c"])
def test_what_is_wrong_with_the_yaml_is_said_in_one_line(write, text):
    with pytest.raises(InputError) as caught:
        list(own_actors(write(text=text)))
    assert "\n" not in str(caught.value)


SHAPES = {
    "side": {"sides": "russia"},
    "sides": {"sides": ["russia"]},
    "side without an id": {"sides": [{"from": "2014-01-01"}]},
    "office": {"offices": [{"en": "Commander"}]},
    "day": {"from": "yesterday"},
    "year": {"from": 2014},
    "name": {"aliases": "ثوار القرنفل"},
    "number": {"aliases": [5]},
    "loaded": {"loaded": ["عصابات الزنجبيل"]},
    "label": {"en": 5, "ar": 6},
    "id": {"id": 5},
    "kind": {"kind": ["army"]},
    "country": {"country": False},  # what YAML makes of NO
}


@pytest.mark.parametrize("wrong", SHAPES.values(), ids=SHAPES)
def test_entry_of_another_shape_is_refused_with_file_and_id(write, wrong):
    entry = {**WHOLE, **wrong}
    with pytest.raises(MarsadError, match=rf"actors\.yml: {entry['id']}: "):
        Register(extra=list(own_actors(write(entry))))


@pytest.mark.parametrize(
    "wrong", [{"parent": "nobody"}, {"sides": [{"side": "nobody"}]}, {"offices": [{"of": "nobody"}]}]
)
def test_side_parent_or_office_that_is_not_there_is_refused(write, wrong):
    with pytest.raises(MarsadError, match="nobody"):
        register(write({**WHOLE, **wrong}))


def test_id_given_twice_is_refused(write):
    with pytest.raises(MarsadError, match="zanjabil"):
        register(write(WHOLE, {**WHOLE, "ar": "سرايا الكمون"}))


def test_extension_of_nobody_is_refused_with_its_id(write):
    with pytest.raises(InputError, match="zanjabil extends an actor that is not in the register"):
        register(write({"id": "zanjabil", "extend": True, "aliases": ["ثوار القرنفل"]}))


def test_extension_takes_no_name_from_another(write):
    day = date(2025, 6, 1)
    known = register(write({"id": "sy-army", "extend": True, "aliases": ["سرايا القرنفل"]}))
    assert (
        ids(known.meant("الجيش", "SY", day)) == ids(Register().meant("الجيش", "SY", day)) == ["sy-new-army"]
    )


def test_names_of_what_was_replaced_are_gone(write):
    known = register(write({**WHOLE, "id": "sy-army"}))
    old = Register().actor("sy-army").label.ar
    assert known.meant(old, "SY", date(2020, 1, 1)) == []


def test_added_entry_is_read_back(file):
    add_actor(file, WHOLE)
    add_actor(file, {"id": "sy-army", "extend": True, "aliases": ["سرايا القرنفل"]})
    assert [row["id"] for row in own_actors(file)] == ["zanjabil", "sy-army"]
    assert "كتائب الزنجبيل" in file.read_text(encoding="utf-8")  # for people to read
    add_actor(file, {**WHOLE, "ar": "سرايا الكمون"})
    assert [row["id"] for row in own_actors(file)] == ["sy-army", "zanjabil"]
    assert ids(register(file).meant("سرايا الكمون", "", None)) == ["zanjabil"]
    assert register(file).meant("كتائب الزنجبيل", "", None) == []
    assert [one.name for one in file.parent.iterdir()] == ["actors.yml"]


def test_folder_of_the_file_is_made(tmp_path):
    add_actor(tmp_path / "a" / "b" / "actors.yml", WHOLE)
    assert (tmp_path / "a" / "b" / "actors.yml").is_file()


@pytest.mark.parametrize("entry", [{**WHOLE, "kind": "gang"}, {**WHOLE, "kind": "person"}, {"id": "z"}])
def test_refused_entry_changes_nothing(file, entry):
    with pytest.raises(InputError):
        add_actor(file, entry)
    assert list(file.parent.iterdir()) == []
    add_actor(file, {**WHOLE, "id": "kammun"})
    before = file.read_bytes()
    with pytest.raises(InputError):
        add_actor(file, entry)
    assert [(one.name, one.read_bytes()) for one in file.parent.iterdir()] == [("actors.yml", before)]


def test_nothing_is_added_to_a_file_that_cannot_be_used(write, file):
    before = write(text="actors: kammun\n").read_bytes()
    with pytest.raises(InputError, match=r"actors\.yml"):
        add_actor(file, WHOLE)
    assert [(one.name, one.read_bytes()) for one in file.parent.iterdir()] == [("actors.yml", before)]


def test_own_data_is_what_lies_in_the_folder(tmp_path, write):
    assert OwnData.of(None) == OwnData.of(tmp_path / "nothing") == OwnData()
    assert not (tmp_path / "nothing").exists()
    write(WHOLE)
    assert actors_file(tmp_path) == tmp_path / "actors.yml"
    folder = gazetteer_folder(tmp_path)
    (folder / "downloads").mkdir(parents=True)
    for name in ("b.sqlite", "a.sqlite", "c.sqlite.7.part", "notes.txt", "downloads/SY.zip"):
        (folder / name).touch()
    own = OwnData.of(tmp_path)
    assert own.gazetteers == (folder / "a.sqlite", folder / "b.sqlite")
    assert [row["id"] for row in own.actors] == ["zanjabil"]


def test_own_data_with_a_broken_register_is_refused(tmp_path, write):
    write(text="actors: kammun\n")
    with pytest.raises(InputError, match=r"actors\.yml"):
        OwnData.of(tmp_path)
