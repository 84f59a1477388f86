"""`marsad actors`: the register shown, actors and names of one's own added and used; nothing is written outside MARSAD_DATA."""

import functools

import pytest

# The program ends with its files open; Python 3.13 would warn of that in a process that goes on.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")

# Names and sentences are invented.
LABEL, ALIAS, LOCAL = "كتائب الزنجبيل", "ثوار القرنفل", "الكتيبة الزنجبيلية"
NEW = ("zanjabil", "--en", "Zanjabil Battalions", "--ar", LABEL, "--kind", "faction", "--country", "SY")
SYRIA, YEMEN = "بلدة سراقب في ريف إدلب", "مدينة مأرب في اليمن"


@pytest.fixture
def marsad(program):
    return functools.partial(program, "actors")


@pytest.fixture
def agent(program, tmp_path):
    """The id of who acts in a hand-written sentence, as `marsad read` has it."""

    def run(words, where=SYRIA, published="2020-02-01"):
        (tmp_path / "article.txt").write_text(f"قصفت {words} {where}.", encoding="utf-8")
        done = program("read", "--format", "jsonl", "--published", published, tmp_path / "article.txt")
        assert (done.code, done.said) == (0, [])
        actors = [actor for row in done.rows for claim in row["claims"] for actor in claim["actors"]]
        (found,) = {actor.get("id") for actor in actors if actor["text"] == words}
        return found

    return run


def one_line(done, *values, code=1):
    assert (done.code, done.out, len(done.said)) == (code, [], 1)
    assert done.said[0].startswith("marsad: ")
    for value in values:
        assert value in done.said[0]


def test_list_prints_a_line_for_each_actor(marsad, data):
    done = marsad("list", "--country", "SY", "--kind", "army")
    assert (done.code, done.said) == (0, [])
    cells = [line.split(maxsplit=3) for line in done.out]
    assert {(kind, country) for _, kind, country, _ in cells} == {("army", "SY")}
    ids = [identity for identity, *_ in cells]
    assert ids == sorted(ids)
    line = next(line for line in done.out if line.startswith("sy-army "))
    assert line.endswith("  Syrian Arab Army  الجيش العربي السوري")
    assert not data.exists()


def test_list_prints_json(marsad):
    rows = marsad("list", "--side", "sy-opposition", "--format", "jsonl").rows
    assert rows
    for row in rows:
        assert "sy-opposition" in {one["side"] for one in row["sides"]}
        assert row.keys() == rows[0].keys()
    assert len(marsad("list").out) > len(rows)


def test_show_tells_one_by_id_and_by_name(marsad, data):
    (row,) = marsad("show", "sy-army", "--format", "jsonl").rows
    assert (row["id"], row["en"], row["kind"], row["country"]) == (
        "sy-army",
        "Syrian Arab Army",
        "army",
        "SY",
    )
    assert (row["from"], row["to"], row["sides"][0]["side"]) == (None, "2024-12-08", "sy-assad")
    assert {"text": "قوات الأسد", "by": "sy-opposition"} in row["loaded"]
    by_name = marsad("show", "قوات النظام", "--country", "SY", "--day", "2024-11-30", "--format", "jsonl")
    assert (by_name.code, by_name.rows, by_name.said) == (0, [row], [])
    done = marsad("show", "sy-army", "--day", "2024-11-30")
    assert (done.code, done.said) == (0, [])
    assert done.out[0].split()[:3] == ["sy-army", "army", "SY"]
    assert done.out[1].startswith("  side on 2024-11-30: Syrian government of Bashar al-Assad  ")
    assert "  side: sy-assad" in done.out
    assert "  from not known to 2024-12-08" in done.out
    assert "  called by sy-opposition: قوات الأسد" in done.out
    assert not data.exists()


@pytest.mark.parametrize(
    ("day", "identity"), [("2020-02-01", "sy-army"), ("2025-06-01", "sy-new-army")]
)  # fmt: skip
def test_short_name_means_the_army_of_the_day(marsad, day, identity):
    (row,) = marsad("show", "الجيش", "--country", "SY", "--day", day, "--format", "jsonl").rows
    assert row["id"] == identity


def test_unknown_name_is_one_with_one_line(marsad, data):
    one_line(marsad("show", "كتائب الزنجبيل"), "'كتائب الزنجبيل'", "marsad actors list")
    one_line(marsad("show", "الجيش"), "'الجيش'")
    assert not data.exists()


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("nothing",), "nothing"), (("list", "--side", "nobody"), "'nobody'"), (("list", "--format", "xml"), "xml"),
        (("list", "SY"), "SY"), (("show",), "NAME"), (("show", "sy-army", "--day", "2024-13-01"), "2024-13-01"),
        (("show", "sy-army", "--format", "csv"), "csv"), (("add",), "ID"), (("add", "x", "--colour", "red"), "--colour"),
        (("add", "x", "--en", "X", "--ar", LABEL, "--kind", "person"), "person"), (("add", "bashar-al-assad", "--kind", "person"), "person"),
    ],
)  # fmt: skip
def test_wrong_usage_is_two_and_writes_nothing(marsad, data, arguments, value):
    done = marsad(*arguments)
    assert (done.code, done.out) == (2, [])
    assert done.said[-1].startswith("Error: ")
    assert value in done.said[-1]
    assert not data.exists()


@pytest.mark.parametrize("arguments", [("--kind", "gang"), ("--country", "Syria"), ("--country", "sy")])
def test_list_of_nobody_is_not_silent(marsad, arguments):
    done = marsad("list", *arguments)
    assert done.out or done.code


def test_new_actor_is_shown_and_used(marsad, agent, data):
    assert [agent(words) for words in (LABEL, ALIAS, LOCAL)] == [None] * 3
    done = marsad("add", *NEW, "--side", "sy-opposition", "--alias", ALIAS, "--local", LOCAL)
    assert done == (0, [], [f"marsad: zanjabil written to {data / 'actors.yml'}"])
    assert [one.name for one in data.iterdir()] == ["actors.yml"]
    assert [agent(words) for words in (LABEL, ALIAS, LOCAL)] == ["zanjabil"] * 3
    assert [agent(words, YEMEN) for words in (LABEL, ALIAS, LOCAL)] == ["zanjabil", "zanjabil", None]
    (row,) = marsad("show", ALIAS, "--format", "jsonl").rows
    assert (row["id"], row["en"], row["ar"], row["kind"]) == (
        "zanjabil",
        "Zanjabil Battalions",
        LABEL,
        "faction",
    )
    assert (row["aliases"], row["local"], row["sides"][0]["side"]) == ([ALIAS], [LOCAL], "sy-opposition")
    shown = marsad("show", "zanjabil").out
    assert f"  called {ALIAS}" in shown
    assert f"  in news about SY: {LOCAL}" in shown
    assert any(line.startswith("  side now: Syrian armed opposition") for line in shown)
    listed = marsad("list", "--country", "SY", "--kind", "faction").out
    assert f"{'zanjabil':<40} faction      SY  Zanjabil Battalions  {LABEL}" in listed


def test_new_actor_is_called_by_its_label_in_the_table(marsad, program, tmp_path):
    marsad("add", *NEW)
    (tmp_path / "article.txt").write_text(f"قصفت {LABEL} {SYRIA}.", encoding="utf-8")
    out = "\n".join(program("read", "--format", "table", tmp_path / "article.txt").out)
    assert "= Zanjabil Battalions" in out


@pytest.mark.parametrize(("option", "in_yemen"), [("--alias", "sy-army"), ("--local", None)])
def test_name_added_to_one_of_ours_is_used(marsad, agent, option, in_yemen):
    assert agent(ALIAS) is None
    assert marsad("add", "sy-army", option, ALIAS).code == 0
    assert agent(ALIAS) == "sy-army"
    assert agent(ALIAS, YEMEN) == in_yemen
    (row,) = marsad("show", "الجيش العربي السوري", "--format", "jsonl").rows
    assert (row["id"], row["en"], row["to"]) == ("sy-army", "Syrian Arab Army", "2024-12-08")
    assert ALIAS in row[{"--alias": "aliases", "--local": "local"}[option]]
    assert len(row["aliases"]) > 5


def test_several_actors_stand_side_by_side(marsad):
    for arguments in (
        NEW,
        ("sy-army", "--alias", ALIAS),
        ("kammun", "--en", "K", "--ar", "سرايا الكمون", "--kind", "militia"),
    ):
        assert marsad("add", *arguments).code == 0
    for name, identity in ((LABEL, "zanjabil"), (ALIAS, "sy-army"), ("سرايا الكمون", "kammun")):
        assert [row["id"] for row in marsad("show", name, "--format", "jsonl").rows] == [identity]


def test_whole_entry_again_stands_in_the_stead_of_the_first(marsad):
    marsad("add", *NEW, "--alias", ALIAS)
    assert marsad("add", *NEW, "--parent", "sy-army").code == 0
    assert "  part of sy-army" in marsad("show", LABEL).out
    assert marsad("show", ALIAS).code == 1


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        (("zanjabil",), ("'zanjabil'", "--en")), (("zanjabil", "--alias", ALIAS), ("'zanjabil'", "--kind")),
        (("zanjabil", "--en", "Z"), ("zanjabil", "ar and kind")), (("zanjabil", "--en", "Z", "--ar", LABEL), ("zanjabil", "kind")),
        (("zanjabil", "--en", "Z", "--ar", LABEL, "--kind", "gang"), ("zanjabil", "'gang'", "faction")),
        (("", "--en", "Z", "--ar", LABEL, "--kind", "army"), ("id",)),
    ],
)  # fmt: skip
def test_entry_that_cannot_be_used_is_one_with_one_line(marsad, data, arguments, values):
    one_line(marsad("add", *arguments), *values)
    assert not data.exists() or list(data.iterdir()) == []


def test_refused_entry_leaves_the_file_as_it_was(marsad, data):
    marsad("add", *NEW)
    before = (data / "actors.yml").read_bytes()
    assert marsad("add", "other", "--en", "O", "--ar", "س", "--kind", "gang").code == 1
    assert [(one.name, one.read_bytes()) for one in data.iterdir()] == [("actors.yml", before)]


BROKEN = {
    "no mapping": ("- kammun\n", ""),
    "no list": ("actors: kammun\n", "'actors'"),
    "no entries": ("actors: [kammun]\n", "'actors'"),
    "empty": ("", "'actors'"),
    "no kind": ("actors:\n- {id: kammun, en: K, ar: كمون}\n", "kammun"),
    "unknown kind": ("actors:\n- {id: kammun, en: K, ar: كمون, kind: gang}\n", "'gang'"),
    "unknown key": ("actors:\n- {id: kammun, en: K, ar: كمون, kind: army, colour: red}\n", "colour"),
    "private person": ("actors:\n- {id: kammun, en: K, ar: كمون, kind: person}\n", "public office"),
    "cp1256": ("actors:\n- {id: kammun, en: K, ar: كمون, kind: army}\n".encode("cp1256"), "cannot be read"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_register_is_refused_by_name(program, data, tmp_path, content, words):
    data.mkdir()
    file = data / "actors.yml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = file.read_bytes()
    (tmp_path / "article.txt").write_text(f"قصفت {LABEL} {SYRIA}.", encoding="utf-8")
    for arguments in (("read", tmp_path / "article.txt"), ("actors", "list"), ("actors", "add", *NEW)):
        one_line(program(*arguments), "actors.yml", words)
    assert [(one.name, one.read_bytes()) for one in data.iterdir()] == [("actors.yml", before)]


def test_person_with_a_public_office_may_stand_in_the_file(marsad, data):
    data.mkdir()
    entry = "{id: z, en: Z, ar: سالم الزنجبيلي, kind: person, offices: [{of: sy-army, en: Commander, from: 2020-01-01}]}"
    (data / "actors.yml").write_text(f"actors:\n- {entry}\n", encoding="utf-8")
    done = marsad("show", "سالم الزنجبيلي")
    assert (done.code, done.said) == (0, [])
    assert "  office: Commander of sy-army from 2020-01-01" in done.out


def test_file_that_is_no_yaml_is_refused_in_one_line(marsad, data):
    data.mkdir()
    (data / "actors.yml").write_text("actors: [", encoding="utf-8")
    one_line(marsad("list"), str(data / "actors.yml"))


def test_names_for_nobody_are_refused_with_the_file(marsad, data):
    data.mkdir()
    (data / "actors.yml").write_text("actors:\n- {id: zanjabil, extend: true}\n", encoding="utf-8")
    one_line(marsad("list"), "zanjabil", "actors.yml")


def test_refused_entry_is_said_with_the_name_of_the_register(marsad, data):
    done = marsad("add", "zanjabil", "--en", "Z", "--ar", LABEL, "--kind", "gang")
    assert "actors.yml" in done.said[0]
    assert ".part" not in done.said[0]


def test_names_added_one_after_the_other_are_all_known(marsad):
    for name in (ALIAS, "سرايا الكمون"):
        marsad("add", "sy-army", "--alias", name)
    assert [marsad("show", name).code for name in (ALIAS, "سرايا الكمون")] == [0, 0]


def test_name_added_to_an_actor_of_ones_own_keeps_it(marsad, program):
    marsad("add", *NEW)
    marsad("add", "zanjabil", "--alias", ALIAS)
    assert program("gazetteer", "info").code == 0
    assert [marsad("show", name).code for name in (LABEL, ALIAS)] == [0, 0]


def test_name_added_to_one_of_ours_changes_nobody_else(marsad, agent):
    assert agent("قوات الجيش", published="2025-06-01") == "sy-new-army"
    marsad("add", "sy-army", "--alias", ALIAS)
    assert agent("قوات الجيش", published="2025-06-01") == "sy-new-army"


@pytest.mark.parametrize("option", ["--side", "--parent"])
def test_side_or_parent_that_is_not_there_is_refused(marsad, option):
    done = marsad("add", *NEW, option, "nobody")
    assert done.code in (1, 2)
    assert "nobody" in done.said[-1]


@pytest.mark.parametrize(
    "options", [(), ("--side", "russia"), ("--parent", "russia-army"), ("--country", "RU")]
)
def test_addition_without_effect_is_refused(marsad, options):
    before = marsad("show", "sy-army").out
    done = marsad("add", "sy-army", *options)
    assert done.code in (1, 2) or marsad("show", "sy-army").out != before


def test_data_folder_that_cannot_be_made_is_said_in_one_line(marsad, data):
    data.write_text("no folder", encoding="utf-8")
    one_line(marsad("add", *NEW), str(data))
