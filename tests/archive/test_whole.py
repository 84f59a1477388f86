"""The contract: the same articles give the same incidents and spells, field by field, whether they go through three commands or through an archive."""

import json
from dataclasses import replace

import pytest

from marsad.archive.drive import drive
from marsad.archive.engines.here import Here
from marsad.archive.folder import Folder, read_part
from marsad.archive.inputs import inputs_of
from marsad.archive.plan import Plan, Settings

RAID = "قصف الطيران الحربي صباح الثلاثاء بلدة كفرنبل في ريف إدلب الجنوبي، ما أدى إلى مقتل سبعة مدنيين وإصابة عشرين آخرين. وقال مرصد النهر لحقوق الإنسان إن القصف استهدف سوقا شعبية في وسط البلدة. واتهمت هيئة الإغاثة المحلية القوات الحكومية بتنفيذ الغارة، ونفت وزارة الدفاع ذلك في بيان نشرته مساء اليوم نفسه."
HAND_MADE = [
    {"id": "raid", "published": "2031-03-18", "outlet": "وكالة أنباء المشرق", "title": "غارة على كفرنبل", "text": RAID},
    {"id": "raid-copied", "published": "2031-03-19", "outlet": "صدى الفرات", "title": "غارة على كفرنبل", "text": RAID + " (وكالة أنباء المشرق)"},
    {"id": "demo-1", "published": "2031-04-01", "title": "يحمل معرفا سبق", "text": "قتل أربعة جنود في اشتباكات قرب مدينة حلب يوم الأحد."},
    {"id": "no day", "title": "بلا تاريخ", "text": "سيطرت الفصائل على مدينة سراقب بعد اشتباكات عنيفة مع الجيش، وقتل ستة جنود."},
    {"id": "a month", "published": "2031-04-02", "outlet": "بريد العاصي", "title": "حصيلة", "text": "قال مرصد النهر إن 412 مدنيا قتلوا في سوريا خلال شهر آذار 2031."},
    {"id": "nothing", "published": "2031-04-02", "title": "الطقس", "text": "تنخفض درجات الحرارة غدا في معظم المناطق وتهب رياح غربية معتدلة السرعة."},
    {"id": "english", "title": "No Arabic", "text": "Heavy clashes were reported near the town on Sunday, and nobody came."},
]  # fmt: skip


@pytest.fixture
def news(tmp_path, project):
    lines = [
        line
        for name in ("demo/articles.jsonl", "demo-desk/campaign.jsonl")
        for line in (project / name).read_text(encoding="utf-8").splitlines()
    ]
    lines += [json.dumps(row, ensure_ascii=False) for row in HAND_MADE]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def archived(news, root, settings):
    plan = Plan(folder=str(root), inputs=inputs_of([str(news)]), settings=settings)
    return drive(plan, Folder(root), Here())


def rows(root, records, table, *stages):
    """The rows of a table as its lines have them; without ``data`` as they are."""
    found = [
        row
        for stage in stages
        for record in records[stage]
        for part in record.of(table)
        for batch in read_part(Folder(root), part)
        for row in batch.to_pylist()
    ]
    return [json.loads(row["data"]) if row.get("data") else row for row in found]


def by_id(found):
    return {row["id"]: row for row in found}


def test_an_archive_holds_what_the_commands_give(news, tmp_path, program):
    read = program("read", news, "--format", "jsonl", "--jobs", "1")
    claims, tied = tmp_path / "claims.jsonl", tmp_path / "incidents.jsonl"
    claims.write_text("\n".join(read.out) + "\n", encoding="utf-8")
    reconciled = program("reconcile", claims, "--format", "jsonl")
    tied.write_text("\n".join(reconciled.out) + "\n", encoding="utf-8")
    spells = program("control", tied, "--format", "jsonl")

    root = tmp_path / "whole"
    ran = archived(news, root, Settings(shard_bytes=8_000))
    records = ran.records
    assert len(records["read"]) > 2
    assert len(reconciled.rows) > 40  # the comparison means something
    assert len(spells.rows) > 4
    assert by_id(rows(root, records, "incidents", "reconcile", "stitch")) == by_id(reconciled.rows)
    assert by_id(rows(root, records, "spells", "control")) == by_id(spells.rows)
    ids = [
        one
        for record in records["control"]
        for part in record.of("spells")
        for batch in read_part(Folder(root), part, ["id"])
        for one in batch.column("id").to_pylist()
    ]
    assert sorted(ids) == sorted(row["id"] for row in spells.rows)
    articles = [row for row in read.rows if "claims" in row]
    assert by_id(rows(root, records, "claims", "settle")).keys() == {one["id"] for row in articles for one in row["claims"]}  # fmt: skip
    assert [(row["id"], row["claims"]) for row in rows(root, records, "articles", "settle")] == [(row["id"], len(row["claims"])) for row in articles]  # fmt: skip
    again = rows(root, records, "set_aside", "settle")
    assert [(row["reason"], row["place"].startswith(str(news))) for row in again] == [("duplicate_id", True)]
    assert any(again[0]["message"] in line for line in read.said)
    copied = {row["article"]: row["copy_of"] for row in rows(root, records, "copies", "settle")}
    assert copied["raid-copied"] == "raid"


def test_a_second_run_does_nothing_and_one_article_more_redoes_its_own(news, tmp_path):
    root, settings = tmp_path / "out", Settings(shard_bytes=8_000, claims_at_once=60)
    first = archived(news, root, settings)
    assert not any(archived(news, root, settings).worked.values())
    line = {"id": "later", "published": "2031-03-18", "outlet": "ضفاف برس", "title": "غارة", "text": "قتل ثلاثة مدنيين في غارة جوية على مدينة سراقب اليوم."}  # fmt: skip
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    plan = Plan(folder=str(root), inputs=inputs_of([str(news), str(more)]), settings=settings)
    ran = drive(plan, Folder(root), Here())
    assert ran.worked["read"] == ran.worked["settle"] == 1
    assert 0 < ran.worked["reconcile"] < ran.tasks["reconcile"]
    one = replace(plan, folder=str(tmp_path / "anew"))
    anew = drive(one, Folder(tmp_path / "anew"), Here())
    for table, stages in (("incidents", ("reconcile", "stitch")), ("spells", ("control",))):
        assert rows(root, ran.records, table, *stages) == rows(
            tmp_path / "anew", anew.records, table, *stages
        )
    assert len(first.records["settle"]) + 1 == len(ran.records["settle"])
