"""Copies of one text are told from texts on one event, whatever the outlet did to them."""

import os
import pickle
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.articles import Copy, Signed, copies, families, sign

SENTENCES = [
    "أعلنت غرفة عمليات الشرق صباح أمس أن مقاتليها دخلوا بلدة السنديانة بعد مواجهات دامت ليلتين مع قوات الحرس.",
    "وقال الناطق باسم الغرفة في تسجيل مصور إن الحرس ترك وراءه ثلاث عربات مدرعة ومستودعا للذخيرة عند المدخل الشمالي.",
    "ونفى مصدر في قيادة الحرس سقوط البلدة، مؤكدا أن وحداته أعادت التموضع على التلال القريبة من الطريق العام.",
    "وأفاد سكان تحدثوا عبر الهاتف بأن القذائف أصابت مدرسة وفرنا للخبز، وأن عائلات كثيرة غادرت نحو القرى الغربية.",
    "وذكر المشفى الميداني في البلدة أنه استقبل أحد عشر جريحا بينهم طفلان، وأن حالة اثنين منهم حرجة.",
    "ودعت منظمة إغاثة محلية الطرفين إلى فتح ممر للمدنيين العالقين في الأحياء القديمة قبل حلول المساء.",
    "وكانت البلدة قد شهدت في الربيع الماضي هدنة قصيرة توسط فيها وجهاء المنطقة ولم تصمد سوى أسبوع واحد.",
    "ويرى باحث في شؤون المنطقة أن السيطرة على البلدة تقطع طريق الإمداد بين المعسكر الكبير ومحطة الضخ.",
]
TEXT = " ".join(SENTENCES)
OTHER_WORDS = (
    "باتت السنديانة خارج قبضة الحرس، وفق ما قاله مقاتلون معارضون دخلوها قبل يوم واحد. ويقول أهالي البلدة إنهم سمعوا انفجارات "
    "متقطعة طوال الليل قبل أن يهدأ كل شيء مع الفجر. أما الحرس فيتحدث عن انسحاب تكتيكي إلى مواقع أعلى، ولا يعترف بخسارة المكان. "
    "وفي النقطة الطبية الوحيدة عولج جرحى عدة، منهم صغار، فيما اتجهت سيارات محملة بالأمتعة إلى الغرب بحثا عن مأوى آمن. "
    "ويخشى العاملون في الإغاثة أن يبقى من لم يخرج بعد محاصرا بين الجانبين إذا تجدد القتال في الساعات المقبلة."
)
STUB = "قتل {} أشخاص وأصيب آخرون في قصف مدفعي استهدف بلدة {} مساء اليوم، وفق مصادر طبية محلية."
FLASH = "انفجار عنيف يهز وسط العاصمة الآن"
LONGER_STUB = (
    "قتل {} أشخاص وأصيب آخرون بجروح متفاوتة في قصف مدفعي استهدف بلدة {} مساء اليوم، وفق مصادر طبية محلية قالت إن سيارات الإسعاف نقلت "
    "المصابين إلى أقرب مشفى، وإن فرق الإنقاذ ما زالت تبحث عن عالقين تحت ركام المنازل التي تهدمت."
)


def article(name, text, outlet=None, published="2024-05-02"):
    return Signed(article=name, signature=sign(text), outlet=outlet or f"outlet-{name}", published=published)


def together(one, other, **facts):
    found = families([article("a", one, **facts), article("b", other, **facts)])
    assert found in ({}, {"a": "a", "b": "a"})
    return bool(found)


VOWELLED = (
    TEXT.replace("قوات", "قُوّات").replace("أعلنت", "اعلنت").replace("بلدة", "بلـــده").replace("إن ", "ان ")
)


@pytest.mark.parametrize(
    ("what", "copy"),
    [
        ("the same", TEXT),
        ("dateline, lead and tags added", f"السنديانة – خاص – مراسلنا:\n{TEXT}\nاقرأ أيضا: السنديانة الحرس"),
        ("two sentences dropped", " ".join(SENTENCES[:2] + SENTENCES[3:5] + SENTENCES[6:])),
        ("the last third cut", " ".join(SENTENCES[:5])),
        ("two thirds cut", " ".join(SENTENCES[:4])),
        ("another order", " ".join(SENTENCES[4:] + SENTENCES[:4])),
        ("other spelling", VOWELLED.replace("ى ", "ي ").replace("ة ", "ه ")),
        ("other punctuation", TEXT.replace("،", "").replace(".", " ؛\n\n")),
    ],
)
def test_what_outlets_do_to_a_text_leaves_a_copy(what, copy):
    assert together(TEXT, copy), what


def test_spelling_marks_and_punctuation_do_not_change_the_signature():
    assert sign("قُتل ثلاثة مدنيين فى قصفٍ على مدينة الأمل ليلة أمسِ") == sign(
        "قتل ثلاثه مدنيين، في قصف علي مدينـة الامل: ليله امس!"
    )


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("one event in other words", TEXT, OTHER_WORDS),
        (
            "a stub with another town and number",
            STUB.format("ثلاثة", "الزيتونة"),
            STUB.format("سبعة", "الرمانة"),
        ),
        ("a stub with another town", STUB.format("ثلاثة", "الزيتونة"), STUB.format("ثلاثة", "الرمانة")),
        (
            "a short text, two blanks",
            LONGER_STUB.format("ثلاثة", "الزيتونة"),
            LONGER_STUB.format("سبعة", "الرمانة"),
        ),
        ("equal flashes", FLASH, FLASH),
        ("empty texts", "", ""),
        ("no Arabic in either", "Nothing to read here. " * 20, "Nothing to read here. " * 20),
        ("one quotation in common", SENTENCES[1] + OTHER_WORDS, TEXT),
    ],
)
def test_what_only_looks_alike_is_no_copy(what, one, other):
    assert not together(one, other), what


def test_equal_stubs_are_copies():
    assert together(STUB.format("ثلاثة", "الزيتونة"), STUB.format("ثلاثة", "الزيتونة"))


def test_an_outlet_that_repeats_its_own_background_makes_no_copy():
    update = " ".join([*SENTENCES[:6], OTHER_WORDS[:200]])
    assert together(TEXT, update)
    assert not together(TEXT, update, outlet="النهار الجديد")
    assert together(TEXT, TEXT, outlet="النهار الجديد")


def test_a_form_that_comes_back_weeks_later_is_no_copy():
    cut = " ".join(SENTENCES[:6])
    late = article("b", cut, published="2024-06-20")
    assert families([article("a", TEXT), late]) == {}
    assert set(families([article("a", TEXT), article("b", cut, published=None)])) == {"a", "b"}


def round_up(day):
    second = OTHER_WORDS
    return [
        article("east", " ".join(SENTENCES[:6]), published="2024-05-02T10:00:00+03:00"),
        article("west", second, published="2024-05-02T11:00:00+03:00"),
        article("all", " ".join(SENTENCES[:6]) + " " + second, published=day),
    ]


def test_a_round_up_does_not_make_kin_of_its_parts():
    assert families(round_up("2024-05-02T18:00:00+03:00")) == {"east": "east", "all": "east"}
    assert families(round_up("2024-05-01")) == {"all": "all", "east": "all"}


def test_what_was_cut_from_one_long_text_is_kin():
    assert families(round_up("2024-05-02T09:00:00+03:00")) == dict.fromkeys(("all", "east", "west"), "all")
    agency = families(round_up("2024-05-03"), is_agency=lambda outlet: outlet == "outlet-all")
    assert agency == dict.fromkeys(("all", "east", "west"), "all")


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        ("2024-05-02", "2024-05-03", True),
        ("2024-05-02", "2024-05-02", False),
        ("2024-05-02T09:00:00+03:00", "2024-05-02T07:00:00+00:00", True),
        ("2024-05-02T09:00:00+03:00", "2024-05-02", False),
        ("2024-05-02T09:00:00", "2024-05-02T10:00:00", False),
        ("2024-05-02", None, False),
    ],
)
def test_who_was_first_is_said_only_where_it_is_known(first, second, known):
    found = copies([article("z", TEXT, published=first), article("y", TEXT, published=second)])
    late, early = sorted(found, key=lambda name: found[name].of is None)
    assert found[early] == Copy(family=early, of=None, known=False)
    assert found[late] == Copy(family=early, of=early, known=known)


def test_an_agency_is_the_origin_even_if_it_is_dated_later():
    rows = [article("a", TEXT), article("b", TEXT, outlet="وكالة الشرق", published="2024-05-03")]
    found = copies(rows, is_agency=lambda outlet: outlet.startswith("وكالة"))
    assert found["a"] == Copy(family="b", of="b", known=True)
    assert families(rows) == {"a": "a", "b": "a"}


def test_a_copy_names_the_earliest_text_that_it_is_near_to():
    names = [f"2024-05-0{day}" for day in (1, 2, 3)]
    found = copies([article(name, TEXT, published=name) for name in names])
    assert [found[name].of for name in names] == [None, names[0], names[0]]


def mixed():
    rng = random.Random(7)
    rows = []
    for number in range(30):
        kept = sorted(rng.sample(range(8), rng.randint(3, 8)))
        text = " ".join(SENTENCES[at] for at in kept) if number % 3 else OTHER_WORDS + SENTENCES[number % 8]
        published = rng.choice([None, "2024-05-02", "2024-05-03", "2024-05-02T08:00:00+03:00"])
        rows.append(article(f"{number:02}", text, f"outlet-{number % 11}", published))
    return rows


MIXED = mixed()


@settings(max_examples=40, deadline=None)
@given(st.permutations(MIXED))
def test_any_order_gives_the_same_families(rows):
    assert copies(rows) == copies(MIXED)


@given(st.text())
def test_any_text_can_be_signed(text):
    signature = sign(text)
    assert len(signature.digest) in (0, 512)
    assert pickle.loads(pickle.dumps(signature)) == signature


def test_a_family_of_many_copies_is_one_family():
    rows = [article(f"{number:04}", f"{TEXT} {number}", f"outlet-{number}") for number in range(300)]
    assert set(families(rows).values()) == {"0000"}
    assert len(families(rows)) == 300


def test_very_long_texts_are_signed_and_found():
    rng = random.Random(3)
    words = " ".join(SENTENCES).split()
    long = " ".join(rng.choice(words) for _ in range(100_000))
    assert together(long, long[: len(long) * 3 // 4])


def test_an_id_that_comes_twice_has_no_copy_in_itself():
    assert families([article("a", TEXT), article("a", TEXT)]) == {}


def test_signatures_are_the_same_in_every_process():
    code = f"from marsad.articles import sign; import sys; sys.stdout.buffer.write(sign({TEXT!r}).digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {sign(TEXT).digest}
