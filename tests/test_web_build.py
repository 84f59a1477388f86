"""What the build makes for the workspace: the map from a tiny atlas of our own, the list of contested borders, the npm lock, the stamp."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
world = importlib.import_module("hatch_world")
web = importlib.import_module("hatch_web")
sys.path.remove(str(ROOT))

# Two countries side by side, 4 degrees wide and 4 high; the border between them is arc 0, walked upwards by Left and downwards by Right.
#   (0,4)───(4,4)───(8,4)
#     │ Left  │ Right │      Steps are halves of a degree, from (0, 0).
#   (0,0)───(4,0)───(8,0)
ARCS = [
    [[8, 0], [0, 4], [0, 4]],
    [[8, 8], [-8, 0], [0, -8], [8, 0]],
    [[8, 0], [8, 0], [0, 8], [-8, 0]],
]
LEFT, RIGHT = [[0, 1]], [[~0, 2]]
EDGE = (0.0, 0.0, 8.0, 4.0)


def topology(**more):
    def country(name, arcs):
        return {"type": "Polygon", "arcs": arcs, "properties": {"name": name}}

    return {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
        "arcs": ARCS,
        "objects": {
            "countries": {"geometries": [country("Right", RIGHT), country("Left", LEFT)]},
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]]]}]},
        },
        **more,
    }


def entry(**facts):
    return world.Disputed(**{"between": ("Left", "Right"), "reason": "r", "reason_ar": "س", **facts})


def drawn(features):
    return [(one["properties"]["disputed"], one["geometry"]["coordinates"]) for one in features]


def test_arcs_are_steps_from_the_point_before():
    assert world.decode_arcs(topology())[0] == [(4, 0), (4, 2), (4, 4)]
    moved = topology(transform={"scale": [0.25, 0.5], "translate": [-10, 1]})
    assert world.decode_arcs(moved)[0] == [(-8, 1), (-8, 3), (-8, 5)]


def test_arcs_without_a_transform_stand_as_they_are():
    plain = {"arcs": [[[1.5, 2], [3, 4]]]}
    assert world.decode_arcs(plain) == [[(1.5, 2), (3, 4)]]


def test_a_ring_is_tied_of_arcs_and_of_arcs_walked_backwards():
    arcs = world.decode_arcs(topology())
    assert world.ring(arcs, [0, 1]) == [(4, 0), (4, 2), (4, 4), (0, 4), (0, 0), (4, 0)]
    assert world.ring(arcs, [~0, 2]) == [(4, 4), (4, 2), (4, 0), (8, 0), (8, 4), (4, 4)]


def test_a_border_is_what_two_countries_have():
    assert world.shared_arcs(topology()) == {("Left", "Right"): [0]}


def test_a_shape_that_is_no_area_is_refused():
    bad = {"objects": {"land": {"geometries": [{"type": "Point"}]}}}
    with pytest.raises(world.WorldError, match="a Point is no area"):
        list(world.polygons(bad, "land"))


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((0, 0, 4, 4), 16),
        ((1, 1, 3, 3), 4),
        ((-5, -5, 2, 2), 4),
        ((3, -1, 9, 5), 4),
        ((5, 5, 6, 6), 0),
        ((-1, -1, 9, 9), 16),
    ],
)
def test_an_area_is_cut_to_a_box(box, expected):
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    cut = world.clip_ring(square, box)
    assert world.area(cut) == expected
    assert not cut or cut[0] == cut[-1]
    assert all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in cut)


def test_a_line_is_cut_into_stretches_within_and_without():
    line = [(0.0, 0.0), (2.0, 0.0), (4.0, 0.0), (6.0, 0.0), (8.0, 0.0)]
    box = (2.5, -1, 5.5, 1)
    assert world.pieces(line, box) == [[(2, 0), (4, 0), (6, 0)]]
    assert world.pieces(line, box, inside=False) == [[(0, 0), (2, 0)], [(6, 0), (8, 0)]]


def test_decimals_are_cut_and_points_that_fall_together_are_one():
    assert world.rounded([(1.00049, 2), (1.0001, 2.0004), (1.9, 2)]) == [(1.0, 2), (1.9, 2)]


def test_land_is_one_body_without_specks():
    tiny = [[0, 0], [0.001, 0], [0.001, 0.001], [0, 0]]
    island = {"type": "Polygon", "arcs": [[3]]}
    shapes = topology(transform={"scale": [1, 1], "translate": [0, 0]}, arcs=[*ARCS, tiny])
    shapes["objects"]["land"]["geometries"].append(island)
    land = world.land_feature(shapes, (0.0, 0.0, 20.0, 20.0))
    assert land["properties"] == {"kind": "land"}
    assert [len(body) for body in land["geometry"]["coordinates"]] == [1]


DISPUTES = {
    "none": ([], [(False, [[(4, 0), (4, 2), (4, 4)]])]),
    "all of it": ([entry()], [(False, []), (True, [[(4, 0), (4, 2), (4, 4)]])]),
    "a stretch": (
        [entry(within=(3, 0, 5, 2))],
        [(False, [[(4, 2), (4, 4)]]), (True, [[(4, 0), (4, 2)]])],
    ),
    "two stretches": (
        [entry(within=(3, 0, 5, 2)), entry()],
        [(False, []), (True, [[(4, 0), (4, 2)]]), (True, [[(4, 2), (4, 4)]])],
    ),
    "a line of our own": (
        [entry(line=((1.0, 1.0), (2.0, 1.0)))],
        [(False, [[(4, 0), (4, 2), (4, 4)]]), (True, [[(1, 1), (2, 1)]])],
    ),
}


@pytest.mark.parametrize(("disputed", "expected"), DISPUTES.values(), ids=DISPUTES)
def test_contested_stretches_are_told_apart(disputed, expected):
    assert drawn(world.border_features(topology(), disputed, EDGE)) == expected


@pytest.mark.parametrize("facts", [{"between": ("Left", "Middle")}, {"within": (6, 0, 7, 4)}])
def test_a_contested_stretch_that_is_not_there_is_refused(facts):
    with pytest.raises(world.WorldError, match="no border Left"):
        world.border_features(topology(), [entry(**facts)], EDGE)


def test_names_stand_where_their_country_is_in_the_region_the_larger_first():
    small, large = (world.Label(code, code, "س", (4.0, 2.0), size) for code, size in (("S", 10), ("L", 20)))
    away = world.Label("A", "A", "س", (40.0, 2.0), 30)
    found = world.country_features([small, away, large], EDGE)
    assert [one["properties"]["code"] for one in found] == ["L", "S"]
    assert found[0]["geometry"] == {"type": "Point", "coordinates": (4.0, 2.0)}


@pytest.mark.parametrize(
    "text",
    [
        "- {between: [A], reason: r, reason_ar: r}",
        "- {reason: r, reason_ar: r}",
        "- {between: [A, B], reason: r}",
        "- {between: [A, B], reason: r, reason_ar: r, why: r}",
        "- {between: [A, B], reason: r, reason_ar: r, within: [1, 2, 3]}",
        "- {between: [A, B], reason: r, reason_ar: r, line: [[1, 2]]}",
        "- {between: [A, B], reason: r, reason_ar: r, line: [[1, 2], [3]]}",
        "- plain",
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_with_its_number(tmp_path, text):
    path = tmp_path / "disputed.yml"
    path.write_text(f"- {{between: [A, B], reason: r, reason_ar: r}}\n{text}\n", encoding="utf-8")
    with pytest.raises(world.WorldError, match=r"disputed\.yml: entry 2"):
        world.load_disputed(path)


def test_each_contested_stretch_has_its_reason_in_both_languages():
    entries = world.load_disputed(ROOT / "src" / "marsad" / "web" / "disputed.yml")
    assert len(entries) > 20
    assert all(one.reason.endswith(".") and re.search("[\u0621-\u064a]", one.reason_ar) for one in entries)


def test_the_map_is_small_and_has_all_three_kinds(tmp_path):
    atlas, disputed = tmp_path / "atlas.json", tmp_path / "disputed.yml"
    atlas.write_text(json.dumps(topology()), encoding="utf-8")
    disputed.write_text("- {between: [Right, Left], reason: r, reason_ar: س}\n", encoding="utf-8")
    text = world.make_world(atlas, disputed, [world.Label("L", "Left", "يسار", (2.0, 2.0), 100)])
    made = json.loads(text)
    assert [one["properties"]["kind"] for one in made["features"]] == ["land", "border", "border", "country"]
    assert made["features"][2]["properties"]["between"] == ["Left", "Right"]
    assert " " not in text


def test_the_npm_lock_pins_every_package_by_its_hash_and_names_no_host():
    text = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    wanted = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    packages = json.loads(text)["packages"]
    assert not re.search(r"https?:|resolved|git\+", text)
    assert all(facts["integrity"].startswith("sha512-") for path, facts in packages.items() if path)
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version, f"{name}: `make lock`"
    assert not [path for path, facts in packages.items() if facts.get("hasInstallScript")]


@pytest.fixture
def tree(tmp_path):
    """A source tree with the files that the stamp is made of, and nothing else."""
    for name in web.SOURCES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "web" / ".npmrc").write_text("", encoding="utf-8")
    return tmp_path


def no_npm(*_, **__):
    raise web.WebError("npm was asked")


def test_nothing_is_done_while_the_stamp_fits(tree, monkeypatch):
    monkeypatch.delenv("MARSAD_SKIP_WEB", raising=False)
    monkeypatch.setattr(web, "npm", no_npm)
    web.vendor(tree).mkdir(parents=True)
    (web.vendor(tree) / web.STAMP).write_text(web.fingerprint(tree), encoding="ascii")
    assert web.make_web(tree) is False
    with pytest.raises(web.WebError, match="npm was asked"):
        web.make_web(tree, tests=True)
    (tree / "web" / "package-lock.json").write_text("newer", encoding="utf-8")
    with pytest.raises(web.WebError, match="npm was asked"):
        web.make_web(tree)


def test_the_web_can_be_left_out(tree, monkeypatch):
    monkeypatch.setattr(web, "npm", no_npm)
    monkeypatch.setenv("MARSAD_SKIP_WEB", "1")
    assert web.make_web(tree) is False
    assert not web.vendor(tree).exists()


def test_an_npm_that_fails_is_one_sentence_that_says_what_to_do(tmp_path, monkeypatch):
    said = (
        "npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED\nnpm error request for one package was refused\n"
        "npm error A complete log of this run can be found in: x-debug-0.log\n"
    )
    monkeypatch.setattr(web.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "", said))
    with pytest.raises(web.WebError) as caught:
        web.npm(tmp_path, "ci")
    assert str(caught.value) == (
        "the workspace's map and fonts could not be taken from npm (code ECONNREFUSED; request for one package was refused):"
        " try again with a network,"
        " or set MARSAD_SKIP_WEB=1 to go on without them"
    )


def test_licences_are_given_in_full_for_all_that_is_shipped(tmp_path):
    texts = {"one/LICENSE": "Text of one.", "two/README.md": "# Two\n\n## License (MIT)\n\nText of two."}
    for name, text in texts.items():
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    packages = {
        "": {},
        "node_modules/one": {"version": "1", "license": "ISC"},
        "node_modules/two": {"version": "2"},
        "node_modules/three": {"version": "3", "dev": True},
    }
    text = web.licences({"packages": packages}, tmp_path)
    assert all(part in text for part in ("one 1 (ISC)\n\nText of one.", "Text of two.", "Natural Earth"))
    assert "three" not in text
    packages["node_modules/three"]["dev"] = False
    (tmp_path / "node_modules" / "three").mkdir()
    with pytest.raises(web.WebError, match="three comes without the text of its licence"):
        web.licences({"packages": packages}, tmp_path)
