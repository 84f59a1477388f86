"""A witness who is quoted by name is named in no export, wherever the name stands; and what is held back is in none."""

import json

import pytest

from export.unpacked import whole
from marsad.export.masking import PRIVATE
from marsad.run.exporting import Scope, every_format, export_all, making_of
from marsad.run.names import Names
from marsad.run.project import load_project
from marsad.store import tables
from marsad.store.sensitive import hold_back
from web.desks import make_desk

NAME = "سالم الحلبي"
OWN = {"jsonl-articles.jsonl", "jsonl-incidents.jsonl", "jsonl-control.jsonl", "brat.zip", "inception.zip"}
"""What carries whole texts or is the project's own form, as the manual says."""
ARTICLES = [
    (f"{NAME}: الجيش قصف مدينة إدلب", f"قال {NAME} إن الجيش السوري قصف مدينة إدلب أمس وقتل خمسة مدنيين. وأضاف {NAME} أن القصف أصاب السوق."),
    (f"شاهد العيان {NAME} يروي قصف إدلب", f"نقلت وكالة رويترز عن {NAME} قوله إن الجيش السوري قصف مدينة إدلب أمس. وقال المرصد السوري إن سبعة مدنيين قتلوا في القصف على مدينة إدلب."),
    ("قتلى في حماة", f"ذكر الشاهد {NAME} أن الفصائل سيطرت على بلدة مورك أمس. ونفى {NAME} مقتل ثلاثة جنود في مدينة حماة."),
    ("هجوم على سراقب", f"قتل {NAME} في قصف للجيش السوري على مدينة سراقب أمس. وقال {NAME} قبل وفاته إن طائرات روسية قصفت مدينة سراقب."),
    (f"قصف على منزل {NAME}", f"أفاد {NAME} لوكالة سانا بأن الجيش السوري قصف منزل {NAME} في مدينة دوما أمس."),
    ("سيطرة في حمص", f"أعلن {NAME} سيطرة الفصائل على مدينة حمص اليوم. وقال سالم إن الجيش انسحب من مدينة حمص."),
    ("غارة على درعا", "أعلن الجيش السوري مقتل أربعة مسلحين في مدينة درعا أمس."),
    ("سيطرة على طفس", "أعلنت غرفة عمليات الجنوب سيطرة الفصائل على بلدة طفس أمس. وقصف الجيش السوري بلدة نوى أمس."),
]  # fmt: skip


@pytest.fixture(scope="module")
def names():
    made = Names()
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    rows = [
        {"id": f"w{number}", "title": title, "text": text, "outlet": "ضفاف برس", "published": "2024-12-06", "url": f"https://news.invalid/w{number}"}
        for number, (title, text) in enumerate(ARTICLES)
    ]  # fmt: skip
    file = folder / "articles.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    store = load_project(make_desk(folder / "desk", file)).open()
    yield store
    store.close()


def every(store, names, folder, scope=None, **settings):
    """Every format, as text by the name of its file."""
    folder.mkdir()
    scope = scope or Scope()
    making = making_of(store, scope, names=names, **settings)
    export_all(store, every_format(folder), scope, making)
    return {file.name: whole(file) for file in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def masked(desk, names, tmp_path_factory):
    return every(desk, names, tmp_path_factory.mktemp("out") / "masked")


@pytest.fixture(scope="module")
def let_out(desk, names, tmp_path_factory):
    return every(desk, names, tmp_path_factory.mktemp("out") / "named", private=True)


def test_a_private_person_is_named_in_no_format(masked):
    assert [name for name, text in masked.items() if NAME in text and name not in OWN] == []


def test_in_arabic_either(desk, names, tmp_path):
    found = every(desk, names, tmp_path / "out", lang="ar")
    assert [name for name, text in found.items() if NAME in text and name not in OWN] == []
    assert PRIVATE["ar"] in found["csv-claims.csv"]


def test_asked_for_the_name_is_everywhere_where_there_is_room_for_it(let_out):
    without = {name for name, text in let_out.items() if NAME not in text}
    assert without == set()


def test_our_own_form_keeps_the_name_always(masked):
    assert {name for name, text in masked.items() if NAME in text} == OWN


def test_masking_changes_no_number(desk, masked, let_out):
    counted = ("csv-incidents.csv", "acled.csv", "ucdp.csv")
    for name in counted:
        assert masked[name].count("\n") == let_out[name].count("\n")
    assert masked["geojson-incidents.geojson"].count('"status"') == let_out["geojson-incidents.geojson"].count('"status"')  # fmt: skip


HELD = ("w6", "w7")


@pytest.fixture(scope="module")
def held(desk, names, tmp_path_factory):
    """The ids that may be nowhere: an article's and a claim's, with their incidents; and every format without and with them."""
    c, links = tables.claims.c, tables.incident_claims.c
    with desk.database.writing() as connection:
        hold_back(connection, "article", HELD[0], "ana", "names of those who are sought")
        query = c.id.in_(tables.claims.select().with_only_columns(c.id).where(c.article == HELD[1]))
        claims = [
            row.id for row in connection.execute(tables.claims.select().where(query).order_by(c.number))
        ]
        hold_back(connection, "claim", claims[0], "ana", "not yet")
        query = tables.claims.select().with_only_columns(c.id).where(c.article == HELD[0])
        hidden = {claims[0], *connection.execute(query).scalars()}
        query = (
            tables.incident_claims.select().with_only_columns(links.incident).where(links.claim.in_(hidden))
        )
        hidden |= set(connection.execute(query).scalars())
    folder = tmp_path_factory.mktemp("held")
    return hidden | {HELD[0]}, every(desk, names, folder / "out"), every(desk, names, folder / "all", Scope(sensitive=True))  # fmt: skip


def test_what_is_held_back_is_in_no_format(held):
    hidden, found, _ = held
    assert len(hidden) >= 4
    assert [(one, name) for one in sorted(hidden) for name, text in found.items() if one in text] == []
    assert [name for name, text in found.items() if "غارة على درعا" in text] == []


def test_asked_for_it_is_there(held):
    hidden, _, found = held
    said = "\n".join(found.values())
    assert [one for one in hidden if one not in said] == []
