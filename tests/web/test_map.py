"""The map's page and the parts that it fetches, asked without a browser."""

import json
import re
import struct

import pytest

from marsad.store.reads import Cell
from marsad.store.reads.mapped import Held, Party
from marsad.web.views import map_picture
from stored import OTHER, stored
from web.client import Browser, opened

HOSTILE = (
    "<script>alert(1)</script>\u202eقال ناشطون إن غارة جوية استهدفت مدينة إدلب وأدت إلى مقتل سبعة مدنيين."
)
SIEGE = "سيطرت قوات النظام على مدينة خان شيخون يوم الجمعة. ونفى ناشطون سيطرة قوات النظام على مدينة خان شيخون."


@pytest.fixture
def desk(tmp_path):
    articles = [
        stored("a1"),
        stored("a2", OTHER, outlet="وكالة الجبل"),
        stored("a3", HOSTILE, outlet='<b>"x"</b>', title="=HYPERLINK(1)"),
        stored("a4", SIEGE, outlet="صوت الساحل"),
    ]
    with opened(tmp_path / "desk", articles) as made, Browser(made) as browser:
        yield browser


def columns(data):
    """The rows of a block of points: lon, lat, first, last, status, ref."""
    assert data[:4] == b"MRSD"
    version, n = struct.unpack_from("<II", data, 4)
    assert version == 1
    parts = [struct.unpack_from(f"<{n}{kind}", data, 12 + 4 * at * n) for at, kind in enumerate("ffii")]
    status = struct.unpack_from(f"<{n}B", data, 12 + 17 * n)
    refs = struct.unpack_from(f"<{n}I", data, (12 + 19 * n + 3) // 4 * 4)
    return list(zip(*parts, status, refs, strict=True))


def told(page):
    """The numbers of the title line: in all, on the map, without a place."""
    found = [
        re.search(rf'id="told-{name}">(?:<[^>]*>)*([\d,]+)', page)[1]
        for name in ("number", "placed", "unplaced")
    ]
    return [int(one.replace(",", "")) for one in found]


@pytest.mark.parametrize("kind", ["incidents", "claims"])
def test_the_title_the_points_and_the_timeline_count_the_same(desk, kind):
    page = desk.seen(f"/map?layer={kind}")
    number, placed, unplaced = told(page)
    answer = desk.get(f"/map/points.bin?layer={kind}")
    assert placed == len(columns(answer.content)) > 0
    assert number == placed + unplaced
    assert answer.headers["x-marsad-points"].endswith(f";{unplaced}")
    rows = re.findall(r'<th scope="row">.*?</th><td class="number">(?:<[^>]*>)*(\d+)', page)
    assert sum(map(int, rows)) == number
    legend = re.findall(r'data-count="\w+">(?:<[^>]*>)*([\d,]+)', page)
    assert sum(map(int, legend)) == placed
    bars = re.findall(r"<g class=\"bar\".*?<title>[^:]*: ([\d,]+)", page)
    assert sum(map(int, bars)) == number


def test_points_are_asked_for_again_only_when_something_changed(desk):
    first = desk.get("/map/points.bin")
    again = desk.get("/map/points.bin", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    with desk.workspace.store.database.writing() as connection:
        from marsad.store.lists import touch

        touch(connection)
    assert desk.get("/map/points.bin", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_days_narrow_the_title_and_the_list_but_not_the_timeline_nor_the_points(desk):
    whole, none = desk.seen("/map"), desk.seen("/map?since=1999-01-01&until=1999-12-31")
    assert told(none) == [0, 0, 0] != told(whole)
    assert 'class="bar"' in none
    assert len(columns(desk.get("/map/points.bin?since=1999-01-01").content)) == told(whole)[1]


def test_a_point_gives_its_incidents_with_words_that_tell_them(desk):
    refs = ",".join(str(row[-1]) for row in columns(desk.get("/map/points.bin").content))
    card = desk.seen(f"/map/card?kind=incidents&refs={refs}&n=57")
    assert card.count("<blockquote") == card.count('href="/incidents/')
    assert "57" in card
    assert "قتلوا في قصف على إدلب" in card
    claims = columns(desk.get("/map/points.bin?layer=claims").content)
    assert "<blockquote" in desk.seen(f"/map/card?kind=claims&refs={claims[0][-1]}")
    assert "<blockquote" not in desk.seen("/map/card?kind=incidents&refs=999999")


def test_the_list_is_of_what_is_in_view(desk):
    everywhere = desk.seen("/map/list?box=-180,-90,180,90")
    number = int(re.search(r'class="count">(?:<[^>]*>)*(\d+)', everywhere)[1])
    assert number == len(columns(desk.get("/map/points.bin").content))
    assert 'class="map-rows"' not in desk.seen("/map/list?box=0,0,1,1")
    assert "<html" not in everywhere


def test_what_outlets_write_cannot_become_part_of_the_page(desk):
    for address in (
        "/map",
        "/map?layer=claims",
        "/map?layer=control",
        "/map/list?layer=claims&box=-180,-90,180,90",
    ):
        page = desk.seen(address)
        assert "<script>alert" not in page
        assert "<b>" not in page
        assert " style=" not in page
        assert "<style" not in page
    refs = ",".join(str(row[-1]) for row in columns(desk.get("/map/points.bin?layer=claims").content))
    assert "<script" not in desk.seen(f"/map/card?kind=claims&refs={refs}")


@pytest.mark.parametrize(
    "query",
    [
        "layer=heat", "day=2024-13-01", "day=yesterday", "since=2024-12-40", "span=2024-01-01", "span=2024-02-01,2024-01-01",
        "z=99&lat=0&lon=0", "z=a&lat=0&lon=0", "z=nan&lat=0&lon=0", "box=1,2,3", "status=true", "event=nothing",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_with_its_value(desk, query):
    page = desk.seen(f"/map?{query}", 400)
    assert query.split("=")[1].split("&")[0].split(",")[0] in page


@pytest.mark.parametrize(
    "query", ["kind=spells&refs=1", "refs=1;2", "refs=-1", f"refs={'9' * 17}", f"refs={'1,' * 501}"]
)
def test_a_card_of_what_is_no_point_is_refused(desk, query):
    desk.seen(f"/map/card?{query}", 400)


def test_control_says_who_is_said_to_hold_what_on_a_day(desk):
    found = json.loads(desk.get("/map/control.json").content)
    assert found["spells"]
    for spell in found["spells"]:
        assert len(spell) == 10
        assert {spell[8], spell[9]} - {None} <= found["holders"].keys()
    page = desk.seen("/map?layer=control")
    assert found["day"] in page
    assert 'class="spot"' in page
    assert desk.seen("/map?layer=control&day=1999-01-01").count('class="spot"') == 0


def test_names_of_places_come_in_the_language_of_the_interface(desk):
    def names(lang):
        return [
            one["properties"]["name"] for one in desk.get(f"/map/places.json?lang={lang}").json()["features"]
        ]

    assert "إدلب" in names("ar")
    assert "إدلب" not in names("en")


def test_both_languages_have_all_words(desk):
    for lang in ("en", "ar"):
        for layer in ("incidents", "claims", "control"):
            assert f'lang="{lang}"' in desk.seen(f"/map?layer={layer}&lang={lang}")


def test_the_view_can_be_taken_away_and_links_keep_the_filters(desk):
    page = desk.seen("/map?country=SY&since=2024-12-01")
    assert re.search(r'href="/incidents\.csv\?[^"]*country=SY[^"]*since=2024-12-01', page)
    assert re.search(r'href="/map\?[^"]*layer=claims', page)
    assert "precision=none" in page


def test_an_empty_project_has_a_map_too(tmp_path):
    with opened(tmp_path / "desk") as made, Browser(made) as browser:
        for layer in ("incidents", "claims", "control"):
            assert 'id="picture"' in browser.seen(f"/map?layer={layer}")
        assert columns(browser.get("/map/points.bin").content) == []


def cell(lon, lat, count, place="x", **counts):
    return Cell(lat, lon, count, counts or {"single": count}, place)


def test_the_drawing_is_cut_to_where_most_lies():
    cells = [cell(37.0, 35.0, 400), cell(38.5, 36.0, 300), cell(-100.0, 40.0, 2)]
    west, south, east, north = map_picture.extent_of(cells)
    assert 30 < west < 37 < 38.5 < east < 45
    assert 30 < south < 35 < 36 < north < 42
    drawn = map_picture.draw((west, south, east, north), cells, 0.25)
    assert [one.count for one in drawn.bubbles] == [400, 300]
    assert all(0 <= one.x <= map_picture.WIDTH and 0 <= one.y <= map_picture.HEIGHT for one in drawn.bubbles)


def test_small_cells_are_gathered_without_losing_any():
    cells = [cell(37.1, 35.1, 3, "a"), cell(37.4, 35.4, 5, "b", single=2, denied=3), cell(41.0, 35.0, 1, "c")]
    gathered = map_picture.coarser(cells, 1.0)
    assert sorted((one.count, one.place) for one in gathered) == [(1, "c"), (8, "b")]
    both = max(gathered, key=lambda one: one.count)
    assert both.counts == {"single": 5, "denied": 3}
    assert (both.lon, both.lat) == pytest.approx((37.2875, 35.2875))


def test_slices_share_out_the_whole_circle():
    shares = map_picture.draw(
        (30, 30, 40, 40), [cell(35, 35, 4, single=1, corroborated=2, denied=1)], 0.25
    ).bubbles[0]
    assert [status for status, _ in shares.slices] == ["single", "corroborated", "denied"]
    assert shares.slices[0][1].count("A") == 1


@pytest.mark.parametrize(
    ("first", "last", "day", "covered"),
    [
        ("2024-12-01", "2024-12-05", "2024-12-01", True),
        ("2024-12-01", "2024-12-05", "2024-12-05", False),
        ("2024-12-01", None, "2031-01-01", True),
        ("2024-12-01", None, "2024-11-30", False),
    ],
)
def test_a_spell_ends_on_the_day_on_which_the_next_begins(first, last, day, covered):
    spell = Held(
        id="s", place_key="k", place_id=None, place="p", lat=1.0, lon=2.0, first=first, last=last, state="held",
        holder=Party(None, "x"), claimant=None,
    )  # fmt: skip
    assert spell.covers(day) is covered


def test_every_path_of_the_drawing_has_a_step(desk):
    for paths in re.findall(r' d="([^"]*)"', desk.seen("/map")):
        assert not re.search(r"l(?=M|Z|$)", paths)
