"""Articles learn what they are copies of; what came before is left out with all that is its own, and counted."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "incidents"))
from by_hand import make, rows_of
from claim_lines import ALEPPO, HAMA, a_claim, a_row, own_words

from marsad.archive import packing
from marsad.archive.folder import Folder, Parts
from marsad.archive.plan import Plan, Settings
from marsad.archive.slicing import PERIOD, UNDATED
from marsad.archive.stages import settle
from marsad.archive.task import Task
from marsad.errors import Damaged
from marsad.run.claim_rows import article_with_claims

TEXT = f"قال مراسل النشرة إن الاشتباكات تجددت عند أطراف المدينة. {own_words('together', 90)}"
LATER = {"place": ALEPPO, "time": {"text": "أمس", "start": 0, "end": 3, "from": "2024-12-07", "to": "2024-12-07", "precision": "day"}}  # fmt: skip
MONTH = {"time": {"text": "خلال شهر", "start": 0, "end": 8, "from": "2024-11-01", "to": "2024-11-30", "precision": "month"}}  # fmt: skip


def read(*rows):
    return [article_with_claims(row) for row in rows]


def settled(tmp_path, *shards, text=False):
    records = make(tmp_path, shards, Settings(text=text), ("settle",))
    return records, lambda table: rows_of(tmp_path, records, table, "settle")


def test_a_copy_is_marked_and_its_testimonies_say_so(tmp_path):
    first = a_row("first", text=TEXT, published="2024-12-06", outlet="نشرة الساحل")
    again = a_row("again", text=TEXT, published="2024-12-07", outlet="صحيفة الجبل")
    _, table = settled(tmp_path, read(first), read(again, a_row("other")))
    assert [(row["id"], row["family"], row["copy_of"], row["copy_known"]) for row in table("articles")] == [
        ("first", "first", None, table("articles")[0]["copy_known"]), ("again", "first", "first", table("articles")[1]["copy_known"]), ("other", None, None, None)
    ]  # fmt: skip
    assert [(row["article"], row["copy_of"]) for row in table("copies")] == [("first", None), ("again", "first")]  # fmt: skip
    families = {row["article"]: {one.family for one in packing.testimonies_of(row["data"])} for row in table("episodes")}  # fmt: skip
    assert families == {"first": {"first"}, "again": {"first"}, "other": {""}}


def test_a_later_article_of_an_id_goes_with_all_its_claims(tmp_path):
    rows = [a_row("a"), a_row("b", [a_claim(), a_claim(place=ALEPPO)]), a_row("a", [a_claim(**LATER)]), a_row("c", [])]  # fmt: skip
    records, table = settled(tmp_path, read(*rows[:3]), read(rows[3], rows[1]))
    assert [row["id"] for row in table("articles")] == ["a", "b", "c"]
    assert [row["article"] for row in table("claims")] == ["a", "b", "b"]
    assert sorted(row["article"] for row in table("episodes")) == ["a", "b", "b"]
    assert [(row["place"], row["reason"], row["message"]) for row in table("set_aside")] == [
        ("shard-0:2", "duplicate_id", "an article with the id 'a' came before it"),
        ("shard-1:1", "duplicate_id", "an article with the id 'b' came before it"),
    ]
    assert [dict(record.counts) for record in records["settle"]] == [
        {"articles": 2, "claims": 3, "articles_left_out": 1, "claims_left_out": 1},
        {"articles": 1, "claims": 0, "articles_left_out": 1, "claims_left_out": 2},
    ]


def test_episodes_lie_in_order_of_block_and_day(tmp_path):
    claims = [a_claim(**LATER), a_claim(place=HAMA), a_claim(place=HAMA, **MONTH), a_claim(place=None, time=None)]  # fmt: skip
    _, table = settled(tmp_path, read(*(a_row(str(n), [claim]) for n, claim in enumerate(claims))))
    slots = [row["slot"] for row in table("episodes")]
    assert [(row["block"], row["slot"]) for row in table("episodes")] == sorted((row["block"], row["slot"]) for row in table("episodes"))  # fmt: skip
    assert {PERIOD, UNDATED} <= set(slots)
    assert sum(row["claims"] for row in table("cells")) == len(claims)


@pytest.mark.parametrize("text", [True, False])
def test_texts_are_kept_where_they_are_wanted(tmp_path, text):
    _, table = settled(tmp_path, read(a_row("a", text=TEXT)), text=text)
    assert [row["text"] for row in table("articles")] == [TEXT if text else None]


def test_episodes_that_are_missing_are_found_out(tmp_path):
    records = make(tmp_path, [read(a_row("a"))], Settings(), ())
    (task,) = settle.tasks(Plan(folder=str(tmp_path), inputs=()), records)
    folder = Folder(tmp_path)
    with Parts(folder, Task(stage="read", name="shard-0", given={"other": 1})) as parts:
        parts.write("read_episodes", ())
        (empty,) = parts.record().parts
    harmed = (*task.reads[:2], empty.path, *task.reads[3:])
    with pytest.raises(Damaged, match=re.escape("episodes of the article 'a' are missing")):
        settle.run(Task(stage="settle", name="shard-0", given=task.given, reads=harmed), folder)
