"""Copies in an archive are those that `marsad.articles.copies` finds, however the articles lie in shards."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.signed import Read, copied
from marsad.archive.copies_files import FACTS
from marsad.archive.copies_kin import Pairs, families_of
from marsad.archive.folder import Folder, read_part
from marsad.archive.plan import Plan
from marsad.archive.stages import order, pairs
from marsad.articles import Signed, copies, sign
from marsad.articles.nearness import NO_DAY

SENTENCES = [
    "أعلن مجلس البلدية أن ورش الصيانة بدأت صباح اليوم إصلاح الجسر الشرقي الذي تضرر في القصف قبل شهرين.",
    "وقال المهندس المشرف إن العمل سيستمر ثلاثة أسابيع إذا وصلت مواد البناء من المستودع في موعدها.",
    "واشتكى سائقون من طول الطريق البديلة التي تمر بحاجزين وتزيد أجرة النقل إلى الضعف.",
    "ونقلت فرق الدفاع المدني أمس جريحين من قرية العين بعد سقوط قذيفة قرب خزان المياه.",
    "وذكر طبيب في المستوصف أن حالة أحدهما مستقرة وأن الآخر نقل إلى المشفى الكبير في المدينة.",
    "وتبادل الطرفان الاتهام بخرق التهدئة التي أعلنت الشهر الماضي برعاية لجنة من وجهاء المنطقة.",
    "ودعت اللجنة إلى اجتماع عاجل يوم الخميس لبحث تثبيت الهدوء وفتح السوق أمام المزارعين.",
    "وقدر تاجر خسائر الموسم بنصف المحصول، إذ لم يستطع أحد الوصول إلى الحقول القريبة من خط التماس.",
    "وأعادت مدرسة الحي فتح أبوابها لمئة تلميذ بعد أن رممت الأهالي ثلاثة صفوف من مالهم.",
    "وحذرت جمعية محلية من ألغام بقيت في البساتين وطلبت من السكان ألا يدخلوها قبل مسحها.",
    "ووصلت قافلة من عشرين شاحنة تحمل الطحين والدواء بعد انتظار أربعة أيام عند المعبر.",
    "وتوقعت الأرصاد موجة برد تزيد حاجة المخيم إلى الوقود والأغطية في الأيام المقبلة.",
]
DAYS = [
    "2024-05-02", "2024-05-02T10:00:00+03:00", "2024-05-02T07:00:00Z", "2024-05-02T09:59:59Z", "2024-05-02T08:00:00", "2024-05-03", "2024-05-12", None,
]  # fmt: skip
AGENCIES = ("reuters", "afp")
OUTLETS = ["الشاهد", "المرصد المحلي", "صدى البلدة", None, *AGENCIES]
COUNTRIES = ["SY", "LB", "IQ"]


def is_agency(outlet):
    return outlet in AGENCIES


def cut(articles, size):
    return [articles[at : at + size] for at in range(0, len(articles), size)]


def text_of(numbers):
    return " ".join(SENTENCES[number] for number in numbers)


ARTICLES = st.builds(
    lambda name, parts, outlet, published, lands: Read(
        Signed(article=f"مقال-{name}", signature=sign(text_of(parts)), outlet=outlet, published=published),
        lands,
    ),
    st.integers(0, 40),
    st.lists(st.integers(0, len(SENTENCES) - 1), min_size=0, max_size=8, unique=True),
    st.sampled_from(OUTLETS),
    st.sampled_from(DAYS),
    st.none() | st.dictionaries(st.sampled_from(COUNTRIES), st.integers(1, 3)),
)


def rows_in(root, records):
    """The rows of families by shard, each told as the record tells whose it is."""
    (record,) = records["families"]
    parts = record.of("families")
    return {shard: [row for batch in read_part(Folder(root), parts[at]) for row in batch.to_pylist()] for shard, at in record.told.items()}  # fmt: skip


def expected(shards):
    """What `copies` says of the first of each id, where each is, and where its family is at home."""
    held, out = {}, set()
    for number, shard in enumerate(shards):
        for row, read in enumerate(shard):
            place = (f"shard-{number:03}", row)
            if read.signed.article in held:
                out.add(place)
            else:
                held[read.signed.article] = (place, read)
    found = copies([read.signed for _, read in held.values()], is_agency)
    lands = {}
    for article, copy in found.items():
        lands.setdefault(copy.family, Counter()).update(held[article][1].lands or {})
    homes = {name: min(((-n, land) for land, n in counts.items()), default=(0, ""))[1] for name, counts in lands.items()}  # fmt: skip
    rows = {
        held[article][0]: (article, copy.family, copy.of, copy.known, homes[copy.family], False)
        for article, copy in found.items()
    }
    return rows | {(shard, row): (shards[int(shard[-3:])][row].signed.article, None, None, None, None, True) for shard, row in out}  # fmt: skip


def found_in(root, shards):
    records = copied(root, shards)
    fields = ("id", "family", "copy_of", "known", "home", "left_out")
    return {(row["shard"], row["row"]): tuple(row[name] for name in fields) for rows in rows_in(root, records).values() for row in rows}  # fmt: skip


@given(articles=st.lists(ARTICLES, max_size=30), size=st.integers(1, 12))
@settings(max_examples=15, deadline=None)
def test_any_articles_in_any_shards(tmp_path_factory, articles, size):
    shards = cut(articles, size)
    assert found_in(tmp_path_factory.mktemp("archive"), shards) == expected(shards)


def many(count, seed=5):
    """Articles of four to seven sentences, of which every fourth is a copy of one before it, an agency's round-ups and repeated ids among them."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        words = [f"كلمة{chance.randrange(4000)}" for _ in range(chance.choice([12, 40, 90]))]
        text = " ".join(words)
        if made and chance.random() < 0.4:
            text = " ".join([chance.choice(made), *words[: len(words) // 3]])
        made.append(text)
        name = f"n{chance.randrange(number + 1) if chance.random() < 0.05 else number}"
        signed = Signed(article=name, signature=sign(text), outlet=chance.choice(OUTLETS), published=chance.choice(DAYS))  # fmt: skip
        yield Read(signed, {chance.choice(COUNTRIES): 1})


@pytest.fixture(scope="module")
def articles():
    return list(many(400))


@pytest.mark.parametrize("size", [400, 37])
def test_many_articles(tmp_path, articles, size):
    shards = cut(articles, size)
    found = found_in(tmp_path, shards)
    assert len(found) > 100
    assert found == expected(shards)


def test_shares_of_bands_find_what_one_task_finds(tmp_path, articles, monkeypatch):
    whole = copied(tmp_path / "whole", [articles])
    monkeypatch.setattr(pairs, "_FEW", 10)
    monkeypatch.setattr(pairs, "_KEYS_AT_ONCE", 150)
    monkeypatch.setattr("marsad.articles.nearness._MEETINGS_AT_ONCE", 64)
    monkeypatch.setattr("marsad.archive.copies_files._ROWS_AT_ONCE", 50)
    monkeypatch.setattr("marsad.archive.copies_kin._PAIRS_AT_ONCE", 20)
    shared = copied(tmp_path / "shared", [articles])
    assert (len(whole["pairs"]), len(shared["pairs"])) == (1, 8 * 3)
    assert min(record.counts["found"] for record in shared["pairs"]) < whole["pairs"][0].counts["found"]
    digests = [[part.sha256 for part in found["families"][0].parts] for found in (whole, shared)]
    assert digests[0] == digests[1]


def test_counts(tmp_path, articles):
    records = copied(tmp_path, [articles[:200], articles[200:], []])
    firsts = {read.signed.article: read.signed for read in reversed(articles)}
    found = copies(firsts.values(), is_agency)
    assert records["order"][0].counts == {
        "signed": sum(bool(one.signature.digest) for one in firsts.values()),
        "left_out": len(articles) - len(firsts),
    }
    assert records["families"][0].counts == {
        "families": len({copy.family for copy in found.values()}),
        "in_families": len(found),
        "copies": sum(copy.of is not None for copy in found.values()),
        "left_out": len(articles) - len(firsts),
    }
    assert rows_in(tmp_path, records)["shard-002"] == []


@pytest.mark.parametrize(
    "shards", [[], [[]], [[], [Read(Signed(article="واحد", signature=sign(text_of([0, 1]))))]]]
)
def test_hardly_any_articles(tmp_path, shards):
    records = copied(tmp_path, shards)
    assert records["pairs"] == []
    assert rows_in(tmp_path, records) == {f"shard-{number:03}": [] for number in range(len(shards))}


def test_a_shard_that_copies_elsewhere_do_not_touch_keeps_its_file(tmp_path):
    """What comes after depends on each shard's own file, so that one new article does not move all."""
    chance = random.Random(2)
    shards = [[Read(Signed(article=f"{name}{n}", signature=sign(text_of(chance.sample(range(12), 5))), outlet=f"o{n}", published="2024-05-02")) for n in range(6)] for name in "ab"]  # fmt: skip
    alone = Read(
        Signed(article="z", signature=sign("كلمات لا يعرفها أحد من الكتاب الآخرين في هذه الصفحة البعيدة"))
    )
    before = copied(tmp_path / "before", shards)["families"][0]
    after = copied(tmp_path / "after", [*shards, [alone]])["families"][0]
    assert before.key != after.key
    assert [part.sha256 for part in before.parts] == [part.sha256 for part in after.parts[:2]]


def test_two_shards_that_change_places_are_another_order(tmp_path):
    one, other = (Read(Signed(article=name, signature=sign(text_of([0, 1])))) for name in "ab")
    plan = Plan(folder="", inputs=())
    keys = [order.tasks(plan, copied(tmp_path / str(n), shards))[0].key for n, shards in enumerate([[[one], [other]], [[other], [one]]])]  # fmt: skip
    assert keys[0] != keys[1]


def test_files_are_the_same_every_time(tmp_path, articles):
    shards = cut(articles, 90)
    one, other = (copied(tmp_path / name, shards) for name in ("one", "other"))
    for stage in ("order", "pairs", "families"):
        assert [record.parts for record in one[stage]] == [record.parts for record in other[stage]]
    assert list((tmp_path / "one" / "tmp").iterdir()) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1]), unique=True
    )
)
def test_pairs_that_hang_together_stay_together(pairs_found):
    """Heaps of one pair each give the families that a walk from text to text gives."""
    facts = np.zeros(31, dtype=FACTS)
    facts["day"], facts["runs"] = NO_DAY, 100
    columns = np.array(sorted(pairs_found), dtype=np.int64).reshape(-1, 2)
    found = families_of(Pairs(columns[:, 0], columns[:, 1], np.full(len(columns), 128)), facts)
    neighbours = {}
    for one, other in pairs_found:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    families_by_walk = {}
    for start in sorted(neighbours):
        reached, ahead = set(), [start]
        while ahead:
            if (at := ahead.pop()) not in reached:
                reached.add(at)
                ahead += neighbours[at]
        families_by_walk[start] = min(reached)
    assert dict(zip(found.ranks.tolist(), found.family.tolist(), strict=True)) == families_by_walk
