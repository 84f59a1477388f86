"""A project: where it is found, how it is made, and what is said of settings that cannot be used."""

import shutil
import sqlite3

import pytest

from marsad.errors import InputError, MarsadError
from marsad.run.project import FeedEntry, Plan, find_project, load_project, make_project, seconds


def settings(tmp_path, text):
    (tmp_path / "marsad.toml").write_text(text, encoding="utf-8")
    return load_project(tmp_path)


def test_a_new_project_says_nothing_but_defaults_and_holds_no_path(tmp_path):
    made = make_project(tmp_path / "deep" / "desk")
    assert made.plan == Plan()
    made.open().close()
    assert {one.name for one in made.folder.iterdir()} >= {"marsad.toml", "marsad.db", "archive"}
    assert str(tmp_path) not in (made.folder / "marsad.toml").read_text(encoding="utf-8")


def test_the_examples_in_a_new_project_are_good_settings(tmp_path):
    made = make_project(tmp_path)
    text = (tmp_path / "marsad.toml").read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ") if line.startswith("# ") and ("=" in line or line == "# [[feed]]") else line
        for line in text.splitlines()
    ]
    plan = settings(tmp_path, "\n".join(lines)).plan
    assert plan.feeds == (FeedEntry(address="https://example.org/feed.xml", outlet="Example", every=1800),)
    assert (plan.every, plan.delay, plan.max_characters, plan.allow) == (
        3600,
        5.0,
        2_000_000,
        ("127.0.0.1:8000",),
    )
    assert plan.url.startswith("postgresql://")
    assert made.folder == tmp_path


def test_a_project_can_be_moved_to_another_folder(tmp_path):
    make_project(tmp_path / "one")
    shutil.move(tmp_path / "one", tmp_path / "two")
    load_project(tmp_path / "two").open().close()


def test_a_project_is_made_once(tmp_path):
    make_project(tmp_path)
    with pytest.raises(InputError, match=r"is a project already: it has marsad\.toml"):
        make_project(tmp_path)


def test_a_store_that_lies_there_is_taken_over(tmp_path):
    make_project(tmp_path / "one")
    before = load_project(tmp_path / "one").open()
    (tmp_path / "two").mkdir()
    before.close()
    shutil.copy(tmp_path / "one" / "marsad.db", tmp_path / "two")
    after = make_project(tmp_path / "two").open()
    assert after.id == before.id
    after.close()


def _some_bytes(file):
    file.write_bytes(b"this is no database, whatever its name may say" * 100)


def _another_database(file):
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE articles (id TEXT)")
    connection.close()


@pytest.mark.parametrize(
    ("put", "said"), [(_some_bytes, "not a database"), (_another_database, "something else")]
)
def test_what_is_no_store_is_not_touched(tmp_path, put, said):
    file = tmp_path / "marsad.db"
    put(file)
    before = file.stat().st_size
    with pytest.raises(MarsadError, match=said):
        make_project(tmp_path)
    assert file.stat().st_size == before
    assert not (tmp_path / "archive").exists()
    assert not (tmp_path / "marsad.toml").exists()


def test_a_url_is_written_so_that_it_can_be_read(tmp_path):
    url = f'sqlite:///{tmp_path}/a "quoted" \\ name.db'
    assert make_project(tmp_path / "desk", url).plan.url == url


def test_a_project_is_found_upward(tmp_path):
    make_project(tmp_path)
    deep = tmp_path / "pages" / "today"
    deep.mkdir(parents=True)
    assert find_project(deep).folder == tmp_path


def test_where_there_is_none_it_is_said_what_makes_one(tmp_path):
    with pytest.raises(InputError, match="is in no project: `marsad init` makes one"):
        find_project(tmp_path)
    with pytest.raises(InputError, match=r"it has no marsad\.toml; `marsad init` makes one"):
        load_project(tmp_path)


def test_a_store_that_is_not_there_is_said(tmp_path):
    make_project(tmp_path)
    (tmp_path / "marsad.db").unlink()
    with pytest.raises(InputError, match=r"no store at .*marsad\.db"):
        load_project(tmp_path).open()
    assert not (tmp_path / "marsad.db").exists()


BAD = [
    ("[watch\n", "cannot be read"),
    ("[wach]\nevery = '1h'", r"there is no table \[wach\]; there are store, intake, columns, model, watch, feed"),
    ("[watch]\nevry = '1h'", r"\[watch\] has no setting 'evry'; it has every, contact, allow, delay"),
    ("watch = 5", r"\[watch\] must be a table, not 5"),
    ("[watch]\nevery = true", r"'every' in \[watch\] cannot be True"),
    ("[watch]\nevery = 'now and then'", "'now and then' is no time span"),
    ("[watch]\nevery = '400d'", "'400d' is no time span"),
    ("[watch]\ndelay = -1", r"'delay' in \[watch\] must be 0 to 3600 seconds, not -1"),
    ("[watch]\ndelay = inf", "not inf"),
    ("[watch]\ndelay = nan", "not nan"),
    ("[watch]\ncontact = 'مكتب'", r"'contact' in \[watch\] must be .*ASCII.*, not 'مكتب'"),
    ("[watch]\ncontact = \"a\\nb\"", "'contact'"),
    ("[watch]\nallow = ['http://a.example/']", "'http://a.example/' is not a host"),
    ("[watch]\nallow = 'localhost'", r"'allow' in \[watch\] cannot be 'localhost'"),
    ("[intake]\nmax_characters = 0", r"'max_characters' in \[intake\] must be above zero, not 0"),
    ("[intake]\nmax_bytes = 'many'", r"'max_bytes' in \[intake\] cannot be 'many'"),
    ("[columns]\nbody = 'text'", r"\[columns\] has no setting 'body'"),
    ("[store]\nurl = 'mysql://root@localhost/x'", r"'url' in \[store\] must be .*, not 'mysql://root@localhost/x'"),
    ("feed = 5", r"written as \[\[feed\]\]"),
    ("[feed]\naddress = 'https://a.example/f'", r"written as \[\[feed\]\]"),
    ("feed = ['https://a.example/f']", r"\[feed\] must be a table, not 'https://a.example/f'"),
    ("[[feed]]\noutlet = 'نهر'", r"a \[\[feed\]\] has no address"),
    ("[[feed]]\naddress = 'ftp://a.example/f'", "'ftp://a.example/f' cannot be fetched"),
    ("[[feed]]\naddress = 'https://a.example/f'\nevry = 5", r"\[feed\] has no setting 'evry'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD, ids=[text for text, _ in BAD])
def test_a_bad_setting_is_named_with_its_file(tmp_path, text, said):
    with pytest.raises(InputError, match=said) as refused:
        settings(tmp_path, text)
    assert str(tmp_path / "marsad.toml") in str(refused.value)


def test_settings_that_cannot_be_decoded_are_refused(tmp_path):
    (tmp_path / "marsad.toml").write_bytes("# مكتب".encode("cp1256"))
    with pytest.raises(InputError, match=r"marsad\.toml cannot be read"):
        load_project(tmp_path)


def test_a_byte_order_mark_does_not_matter(tmp_path):
    assert settings(tmp_path, "\ufeff[watch]\ndelay = 0").plan.delay == 0


@pytest.mark.parametrize(
    ("value", "number"), [("90", 90), (90, 90), ("90s", 90), (" 5M ", 300), ("2h", 7200), ("31d", 2678400)]
)
def test_time_spans(value, number):
    assert seconds(value, "here") == number


@pytest.mark.parametrize("value", ["", "0", "0h", "-5m", "1.5h", "٥m", "5 w", "32d", "m"])
def test_what_is_no_time_span(value):
    with pytest.raises(InputError, match="here: "):
        seconds(value, "here")


def test_an_address_is_known_however_it_is_written(tmp_path):
    plan = settings(tmp_path, "[[feed]]\naddress = 'HTTPS://A.example:443/f#top'").plan
    assert plan.feeds == (FeedEntry(address="https://a.example/f"),)
