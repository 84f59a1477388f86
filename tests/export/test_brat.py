"""brat's files: as brat itself reads them, and back to the same claims."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings

from annotations import made
from marsad.annotations import Wanted, lay_out, read_brat
from marsad.codebook import load_codebook
from marsad.export.brat import Brat, ann_lines
from marsad.export.brat_settings import settings_files

SECTION = re.compile(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", re.M | re.S)


def sections(name):
    """The sections of a file of settings, each its lines without comments."""
    found = {}
    for section, body in SECTION.findall(settings_files()[name]):
        found[section] = [line for line in body.splitlines() if line.strip() and not line.startswith("#")]
    return found


def known():
    """What annotation.conf lets be marked: entities, events with their roles, relations, attributes with their values."""
    conf = sections("annotation.conf")
    events = {}
    for line in conf["events"]:
        if not line.strip().startswith("!"):
            name, arguments = line.strip().split("\t")
            events[name] = dict(re.match(r"(\w+)[?*]?:(\S+)", one).groups() for one in arguments.split(", "))
    attributes = {}
    for line in conf["attributes"]:
        name, rest = line.split("\t")
        values = re.search(r"Value:(\S+)", rest)
        attributes[name] = values[1].split("|") if values else None
    return conf["entities"], events, [line.split("\t")[0] for line in conf["relations"]], attributes


ENTITIES, EVENTS, RELATIONS, ATTRIBUTES = known()


def check_as_brat(text, ann):
    """Read a document by brat's rules, with the strictest view of what ends a line, and fail where one is broken."""
    lines = ann.splitlines()
    assert lines == ann.split("\n")[:-1]
    rows = {}
    for line in lines:
        identity, data, tail = [*line.split("\t", 2), ""][:3]
        assert re.fullmatch(r"[TERA#]\d+", identity)
        assert identity not in rows, "an id stands twice"
        rows[identity] = (data, tail)
    types = {one: check_text(text, *row) for one, row in rows.items() if one[0] == "T"}
    checks = {"E": check_event, "R": check_relation, "A": check_attribute, "#": check_note}
    for identity, (data, tail) in rows.items():
        if identity[0] != "T":
            checks[identity[0]](data.split(" "), tail, rows, types)


def check_event(data, tail, rows, types):
    event, trigger = data[0].split(":")
    assert types[trigger] == event
    named = [one.split(":") for one in data[1:]]
    assert len({role for role, _ in named}) == len(named)
    for role, end in named:
        wanted = EVENTS[event][role.rstrip("0123456789")]
        assert end in rows
        assert end[0] == "E" if wanted == "<EVENT>" else types[end] == wanted


def check_relation(data, tail, rows, types):
    assert data[0] in RELATIONS
    (one, first), (other, second) = (end.split(":") for end in data[1:])
    assert one != other
    assert {first, second} <= set(rows)


def check_attribute(data, tail, rows, types):
    name, target, *value = data
    assert target in rows
    assert value == [] if ATTRIBUTES[name] is None else value[0] in ATTRIBUTES[name]


def check_note(data, tail, rows, types):
    assert data[1] in rows
    json.loads(tail)


def check_text(text, data, tail):
    kind, rest = data.split(" ", 1)
    assert kind in ENTITIES or kind in EVENTS
    pairs = [tuple(map(int, pair.split(" "))) for pair in rest.split(";")]
    assert all(0 <= start < end <= len(text) for start, end in pairs)
    assert all(one[1] <= other[0] for one, other in pairwise(pairs)), "pieces overlap"
    assert tail == " ".join(text[start:end] for start, end in pairs)
    assert tail == tail.strip()
    return kind


def exported(folder, *records):
    folder.mkdir(parents=True, exist_ok=True)
    brat = Brat(folder, made.MAKING)
    for record in records:
        brat.feed(record)
    brat.finish()
    return folder


def test_example_is_as_brat_reads_it_and_comes_back(tmp_path):
    title, text, claims = made.example()
    folder = exported(tmp_path / "out", made.record("a/1", title, text, claims))
    (ann,) = folder.glob("*.ann")
    document = ann.with_suffix(".txt").read_bytes().decode()
    assert document == f"{title}\n{text}"
    check_as_brat(document, ann.read_bytes().decode())
    (back,) = read_brat(folder, Wanted())
    assert back.refused == []
    assert made.claims_in(back.article) == claims
    assert {name: back.article[name] for name in ("id", "title", "text", "outlet", "published", "url")} == {
        "id": "a/1", "title": title, "text": text, "outlet": "وكالة", "published": "2031-03-18", "url": None,
    }  # fmt: skip


def test_lines_of_the_example():
    title, text, claims = made.example()
    record = made.record("a/1", title, text, claims)
    laid = lay_out(title, text, [(claim.data, {"review": "accepted"}) for claim in record.claims])
    lines = "".join(ann_lines(laid))
    assert "T0\ttitle 0 14\t🚀 قصف على مورك\n" in lines
    assert "harm_killed 33 38;40 65\tثلاثة مدنيين قُتلوا في مورك أمس\n" in lines
    assert re.search(r"^E2\tharm_killed:T\d+ Same:E1 Trigger:T\d+$", lines, re.M)
    assert re.search(r"^A\d+\tStance T\d+ assert$", lines, re.M)
    assert re.search(r"^R1\tCue Arg1:T2 Arg2:T1$", lines, re.M)
    assert re.search(
        r'^#\d+\tAnnotatorNotes E3\t\{"time":\{"precision":"day"\},"review":"accepted"\}$', lines, re.M
    )
    assert lines.count("\tsource ") == 2, "the same source in two claims is one mark"


@settings(max_examples=70, deadline=None)
@given(made.articles())
def test_any_claims_are_as_brat_reads_them_and_come_back(tmp_path_factory, drawn):
    title, text, claims = drawn
    folder = exported(tmp_path_factory.mktemp("brat"), made.record("a/1", title, text, claims))
    (ann,) = folder.glob("*.ann")
    check_as_brat(ann.with_suffix(".txt").read_bytes().decode(), ann.read_bytes().decode())
    (back,) = read_brat(folder, Wanted())
    assert back.refused == []
    assert (back.article["title"], back.article["text"]) == (title, text)
    assert made.claims_in(back.article) == claims


def test_without_the_list_of_articles_the_marked_title_divides_title_and_text(tmp_path):
    title, text, claims = made.example()
    folder = exported(tmp_path / "out", made.record("a1", title, text, claims))
    (folder / "articles.jsonl").unlink()
    (back,) = read_brat(folder, Wanted())
    assert (back.article["id"], back.article["title"], back.article["text"]) == ("a1", title, text)
    assert made.claims_in(back.article)[0].evidence == claims[0].evidence


def test_names_of_files_are_plain_and_never_two_alike(tmp_path):
    ids = ["a-1", "A-1", "../x", "مقال", "con/1", "a_2"]
    folder = exported(tmp_path / "out", *(made.record(one, "", "نص", []) for one in ids))
    names = [path.stem for path in folder.glob("*.ann")]
    assert len({name.lower() for name in names}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in names)
    assert {one.article["id"] for one in read_brat(folder, Wanted())} == set(ids)


def test_two_exports_are_equal(tmp_path):
    title, text, claims = made.example()
    one, other = (
        exported(tmp_path / name, made.record("a/1", title, text, claims)) for name in ("one", "other")
    )
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {
        p.name: p.read_bytes() for p in other.iterdir()
    }


def test_half_a_character_becomes_a_question_mark_and_nothing_moves(tmp_path):
    folder = exported(tmp_path / "out", made.record("a1", "", "\ud83d" + made.example()[1], []))
    (back,) = read_brat(folder, Wanted())
    assert back.article["text"] == "?" + made.example()[1]


def test_every_code_is_there_with_its_names_in_both_languages():
    events = load_codebook().events
    assert {name.replace("_", ".", 1) for name in EVENTS} == set(events)
    labels = dict(line.split(" | ", 1) for line in sections("visual.conf")["labels"])
    for code, event in events.items():
        assert (
            labels[code.replace(".", "_")]
            == f"{event.label.en} · {event.label.ar} | {event.label.ar} | {event.label.en}"
        )
    assert sections("visual.conf")["options"] == ["Text\tdirection:rtl"]


@pytest.mark.parametrize("name", ["annotation.conf", "visual.conf", "tools.conf"])
def test_settings_have_no_empty_section(name):
    assert all(sections(name).values())
