"""Stage ``read``: the rows are what the functions for one article give, whatever happens beside, and every piece is counted once."""

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from marsad import incidents
from marsad.archive import packing
from marsad.archive.folder import Folder, read_part
from marsad.archive.plan import Input, Plan, Settings
from marsad.archive.reading_watch import let_go
from marsad.archive.schema import GROUPS
from marsad.archive.stages import read
from marsad.archive.stages.read_article import columns_of
from marsad.articles import sign
from marsad.errors import MarsadError
from marsad.incidents import Verdicts, episodes
from marsad.model import Article
from marsad.model.claim_row import claim_row
from marsad.model.stored import version_digest
from marsad.run import claims_of, load_kit
from marsad.run.reconciling import load_knowledge

sys.path.insert(0, str(Path(__file__).parent))
import poison

POISONED = "poison:poisoned"
WAR = [
    "أعلن الجيش السوري أمس مقتل ثلاثة مسلحين في مدينة تدمر، وقال مصدر طبي إن خمسة مدنيين أصيبوا في قصف على ريف حماة.",
    "نفت وزارة الدفاع السورية انسحاب قواتها من مدينة حماة، بينما أكدت الفصائل سيطرتها على المدينة يوم الخميس.",
    "قتل جندي إسرائيلي في اشتباكات مع مقاتلين من حماس شرقي خان يونس، بحسب ما أعلنه الجيش الإسرائيلي صباح اليوم.",
    "انفجرت عبوة ناسفة في سوق شعبي وسط بغداد، ما أسفر عن مقتل سبعة أشخاص وإصابة العشرات بحسب الشرطة العراقية.",
]
CALM = "فاز الفريق بثلاثة أهداف في مباراة أمس على ملعبه، وسجل المهاجم هدفه العاشر في الدوري هذا الموسم أمام جمهور كبير."


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_kept():
    yield
    let_go()


def row(number, text, **more):
    return {"id": f"a{number}", "text": text, "published": "2024-12-06", "outlet": "sana", **more}


def planned(root, rows, **settings):
    source = root / "news.jsonl"
    lines = [one if isinstance(one, str) else json.dumps(one) for one in rows]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.utime(source, (1, 1))  # its age is part of what it is known by
    state = source.stat()
    one = Input(address=str(source), size=state.st_size, mark=str(state.st_mtime_ns))
    return Plan(folder=str(root / "out"), inputs=(one,), settings=Settings(**settings))


def done(root, rows, make=POISONED, **settings):
    """The record of the one shard, and its rows by table."""
    (task,) = read.tasks(planned(root, rows, **settings), {})
    folder = Folder(root / "out")
    record = read.read_shard(task, folder, make)
    tables = {}
    for part in record.parts:
        tables[part.table] = [one for batch in read_part(folder, part) for one in batch.to_pylist()]
        assert part.rows == len(tables[part.table])
    return record, tables


def test_rows_are_what_the_functions_for_one_article_give(tmp_path):
    rows = [
        row(number, text, title="عنوان", section="محلي") for number, text in enumerate([*WAR, CALM, WAR[0]])
    ]
    record, tables = done(tmp_path, rows, read.READER)
    kit, known = load_kit(), load_knowledge()
    claims, told = [], []
    for given, kept in zip(rows, tables["read_articles"], strict=True):
        article = Article(**{name: given[name] for name in ("id", "text", "title", "published", "outlet")})
        found = claims_of(article, kit)
        claims += [claim_row(claim, number) for number, claim in enumerate(found)]
        witnesses = incidents.testimonies(article, found, known) if found else []
        told += [(article.id, scene) for scene in episodes(witnesses, Verdicts([]))]
        signature = sign(article.text)
        assert b"".join(kept[f"s{n}"] for n in range(GROUPS)) == signature.digest
        assert (kept["runs"], kept["claims"], kept["characters"]) == (
            signature.runs,
            len(found),
            len(article.text),
        )
        assert (kept["digest"], kept["text"], kept["url"]) == (version_digest(article), None, None)
        assert json.loads(kept["extra"]) == {"section": "محلي"}
        lands = [one.place.country for one in witnesses if one.place and one.place.country]
        assert json.loads(kept["lands"]) == {land: lands.count(land) for land in lands}
    assert tables["read_claims"] == claims
    assert len(claims) > 8
    for (article, scene), kept in zip(told, tables["read_episodes"], strict=True):
        assert packing.testimonies_of(kept["data"]) == scene.told
        assert (kept["article"], kept["group"], kept["claims"]) == (article, scene.group, len(scene.told))
        assert kept["country"] == (scene.spot.country if scene.spot else "")
        assert kept["day"] == (scene.when.start.toordinal() if scene.when.start else None)
        assert kept["period"] == scene.period
    counts = {
        "articles": 6,
        "characters": sum(len(one["text"]) for one in rows),
        "claims": len(claims),
        "pieces": 6,
    }
    assert record.counts == counts
    assert record.cost["processor"] > 0


def test_episodes_do_not_depend_on_families_of_copies_which_are_known_later():
    kit, known = load_kit(), load_knowledge()
    article = Article(id="a", text="\n".join(WAR), published="2024-12-06", outlet="sana")
    told = incidents.testimonies(article, claims_of(article, kit), known)
    copied = [replace(one, family="first", copy_of="first") for one in told]
    before = [
        [replace(one, family="first", copy_of="first") for one in scene.told]
        for scene in episodes(told, Verdicts([]))
    ]
    assert len(before) > 3
    assert before == [scene.told for scene in episodes(copied, Verdicts([]))]


REFUSED = [
    ("{", "bad_json"),
    (row("x", ""), "empty"),
    (row("x", WAR[0], published="soon"), "bad_record"),
]
FILTERED = [
    (row("x", "The army said on Thursday that it had left the town of Hama."), "not_arabic"),
    (row("x", CALM), "off_topic"),
]


def test_what_is_refused_is_listed_and_what_is_filtered_is_counted(tmp_path):
    rows = [row(0, WAR[0]), *(one for one, _ in REFUSED + FILTERED), row(1, WAR[1])]
    record, tables = done(tmp_path, rows, relevance=0.0)
    assert [one["id"] for one in tables["read_articles"]] == ["a0", "a1"]
    assert [one["piece"] for one in tables["read_articles"]] == [0, 6]
    listed = [(one["place"].rpartition("/")[2], one["reason"], one["piece"]) for one in tables["set_aside"]]
    # Where a line lies is said by its byte or its number: that is the shard's affair.
    assert [(reason, piece) for _, reason, piece in listed] == [
        (why, n) for n, (_, why) in enumerate(REFUSED, 1)
    ]
    assert all(place.startswith("news.jsonl") for place, _, _ in listed)
    fates = {f"dropped_{why}": 1 for _, why in REFUSED} | {f"filtered_{why}": 1 for _, why in FILTERED}
    counts = dict(record.counts)
    assert (counts.pop("pieces"), counts.pop("articles")) == (7, 2)
    assert counts.pop("claims") == len(tables["read_claims"])
    assert counts.pop("characters") == len(WAR[0]) + len(WAR[1])
    assert counts == fates


def test_without_a_threshold_calm_news_are_articles_too(tmp_path):
    record, tables = done(tmp_path, [row(0, CALM)], text=True)
    assert record.counts == {"articles": 1, "claims": 0, "characters": len(CALM), "pieces": 1}
    (kept,) = tables["read_articles"]
    assert (kept["text"], kept["lands"], kept["extra"]) == (CALM, "{}", "{}")
    assert (tables["read_claims"], tables["read_episodes"]) == ([], [])


def test_input_with_nothing_in_it_is_set_aside_and_makes_the_files_of_all_shards(tmp_path):
    record, tables = done(tmp_path, ["", ""])
    assert [one["reason"] for one in tables.pop("set_aside")] == ["empty"]
    assert tables == {"read_articles": [], "read_claims": [], "read_episodes": []}
    assert record.counts == {"articles": 0, "claims": 0, "characters": 0, "pieces": 1, "dropped_empty": 1}


def test_poison_changes_nothing_but_its_own_fate(tmp_path):
    good = [row(number, WAR[number % 4]) for number in range(8)]
    bad = row("bad", f"{WAR[0]} {poison.MARK}exit")
    _, clean = done(tmp_path, good)
    record, tables = done(tmp_path, [*good[:3], bad, *good[3:]], memory=900)
    assert [one["reason"] for one in tables["set_aside"]] == ["crashed"]
    assert tables["set_aside"][0]["piece"] == 3
    assert tables["read_claims"] == clean["read_claims"]
    assert tables["read_episodes"] == clean["read_episodes"]
    same = [name for name in columns_of("read_articles") if name not in ("shard", "piece", "place")]
    for one, other in zip(tables["read_articles"], clean["read_articles"], strict=True):
        assert [one[name] for name in same] == [other[name] for name in same]
    assert (record.counts["pieces"], record.counts["articles"], record.counts["dropped_crashed"]) == (9, 8, 1)


def test_too_much_poison_fails_the_task_and_leaves_nothing(tmp_path):
    rows = [row(number, f"{poison.MARK}exit") for number in range(4)]
    with pytest.raises(MarsadError, match=r"shard news\S+ \(\S+news\.jsonl\): 4 articles ended"):
        done(tmp_path, rows, "poison:quick")
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_a_share_of_all_pieces_may_be_poison(tmp_path):
    bad = [row(f"bad{number}", f"{WAR[0]} {poison.MARK}exit") for number in range(4)]
    record, _ = done(tmp_path, [*bad, row(0, WAR[1])], quota=0.8)
    assert (record.counts["articles"], record.counts["dropped_crashed"]) == (1, 4)


def test_fault_of_ours_in_one_article_is_its_own(tmp_path):
    rows = [row(0, WAR[0]), row(1, f"{WAR[1]} {poison.MARK}raise"), row(2, WAR[2])]
    record, tables = done(tmp_path, rows, "poison:fragile")
    (aside,) = tables["set_aside"]
    assert aside["reason"] == "failed"
    assert "RecursionError in poison.py:" in aside["message"]
    assert (record.counts["articles"], record.counts["dropped_failed"]) == (2, 1)


def test_what_no_column_can_hold_is_replaced_code_point_for_code_point(tmp_path):
    text = f"{WAR[0][:20]}\ud83d\0{WAR[0][20:]}"
    _, tables = done(tmp_path, [row(0, text, title="\udc00", note="\ud800")], text=True)
    (kept,) = tables["read_articles"]
    assert kept["text"] == f"{WAR[0][:20]}\ufffd\ufffd{WAR[0][20:]}"
    assert (kept["title"], json.loads(kept["extra"])) == ("\ufffd", {"note": "\ufffd"})


def test_same_input_makes_the_same_files(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "_PIECES_AT_ONCE", 40)  # some stretches of rows, and some chunks in each
    rows = [row(number, WAR[number % 4]) for number in range(150)]
    first, tables = done(tmp_path, rows)
    again, _ = done(tmp_path, rows)
    assert first.parts == again.parts
    assert [one["id"] for one in tables["read_articles"]] == [f"a{number}" for number in range(150)]


def test_user_says_who_published_it_and_when_where_the_record_does_not(tmp_path):
    rows = [{"id": "a", "text": WAR[0]}, row("b", WAR[0])]
    _, tables = done(tmp_path, rows, outlet="enab", published="2024-01-02")
    said = [(one["outlet"], one["published"]) for one in tables["read_articles"]]
    assert said == [("enab", "2024-01-02"), ("sana", "2024-12-06")]


MATTER = {
    "text": True, "relevance": 0.5, "outlet": "sana", "published": "2024-01-01", "columns": {"text": "body"}, "memory": 7, "patience": 7.0, "quota": 0.5
}  # fmt: skip


@pytest.mark.parametrize("name", MATTER)
def test_settings_that_matter_make_another_task(tmp_path, name):
    rows = [row(0, WAR[0])]
    (task,) = read.tasks(planned(tmp_path, rows), {})
    (other,) = read.tasks(planned(tmp_path, rows, **{name: MATTER[name]}), {})
    assert task.name == other.name
    assert task.key != other.key


def test_setting_of_another_stage_does_not(tmp_path):
    rows = [row(0, WAR[0])]
    (task,) = read.tasks(planned(tmp_path, rows), {})
    (other,) = read.tasks(planned(tmp_path, rows, claims_at_once=7), {})
    assert task.key == other.key


def test_what_the_user_adds_makes_another_task(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    plan = planned(tmp_path, [row(0, WAR[0])], data=str(own))
    (task,) = read.tasks(plan, {})
    assert read.tasks(plan, {}) == [task]
    (own / "actors.yml").write_text("[]\n", encoding="utf-8")
    (other,) = read.tasks(plan, {})
    os.utime(own / "actors.yml", (1, 1))
    (touched,) = read.tasks(plan, {})
    assert task.key != other.key == touched.key


def test_every_setting_is_known_to_matter_to_reading_or_not():
    elsewhere = {"shard_bytes", "shard_rows", "claims_at_once"}
    model = {"reader", "model", "budget", "cache", "replay"}  # test_model_reading.py
    assert set(asdict(Settings())) == elsewhere | set(MATTER) | {"data"} | model
