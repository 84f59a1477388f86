"""Numbers and times of a model's claims are read from the words, and by our own rules."""

import pytest

from llm.swearing import count, sworn
from marsad.arabic.dates import find_times
from marsad.codebook import load_codebook
from marsad.llm.oath import Oath
from marsad.model import Article
from marsad.reading import ReadingKit, read


@pytest.fixture(scope="module")
def oath(lexicon):
    return Oath.load(load_codebook(), lexicon)


COUNTS = [
    ("قُتل 12 مدنيا في القصف", "12 مدنيا", (12, 12), (12, 12, False)),
    ("قُتل 12 مدنيا في القصف", "12 مدنيا", (None, None), (12, 12, False)),
    ("قُتل 12 مدنيا في القصف", "12 مدنيا", (12.0, 12.0), (12, 12, False)),
    ("أصيب أكثر من 40 شخصا", "أكثر من 40 شخصا", (41, None), (41, None, False)),
    ("أصيب أكثر من 40 شخصا", "40 شخصا", (41, None), (41, None, False)),
    ("سقط نحو 300 قتيل", "نحو 300 قتيل", (300, 300), (300, 300, True)),
    ("سقط عشرات القتلى", "عشرات القتلى", (20, 99), (20, 99, True)),
    ("قتل ما بين 10 و15 جنديا", "بين 10 و15 جنديا", (10, 15), (10, 15, False)),
    ("أصيب طفلان", "طفلان", (2, 2), (2, 2, False)),
    ("قُتل مدني برصاص قناص", "مدني", (1, 1), (1, 1, False)),
    ("اعتقل ضابطا ومجندا", "ضابطا ومجندا", (2, 2), (2, 2, False)),
    ("أفرج عن أحد المحتجزين", "أحد المحتجزين", (1, 1), (1, 1, False)),
    ("قُتل مدنيون في القصف", "مدنيون", (2, 2), None),
    ("قُتل عدد من المدنيين", "عدد من المدنيين", (3, 3), None),
    ("قُتل مدنيَّين برصاص قناص", "مدنيَّين", (2, 2), (2, 2, False)),
    ("أصيب أكثر من 40 شخصا", "أكثر من 40 شخصا", (40, 40), None),
    ("بعد مقتل25 شخصا", "25 شخصا", (25, 25), (25, 25, False)),
]


@pytest.mark.parametrize(("text", "words", "told", "read_as"), COUNTS)
def test_numbers_are_read_from_the_words(text, words, told, read_as, oath):
    claim = {"event": "harm.killed", "evidence": [{"words": text}], "counts": [count(words, *told)]}
    (left,) = sworn([claim], oath, text=text, title="").claims
    assert [(one.min, one.max, one.approx) for one in left.counts] == ([read_as] if read_as else [])


TIMES = ["أمس الخميس", "قبل يومين", "منذ السبت الماضي", "في 15 كانون الثاني 2024", "مطلع العام الجاري"]


@pytest.mark.parametrize("words", TIMES)
def test_times_are_read_from_the_words_as_the_rules_read_them(words, oath, lexicon):
    text = f"انسحبت القوات من المدينة {words} بعد اشتباكات."
    claim = {"event": "territory.withdrawal", "evidence": [{"words": "انسحبت القوات"}], "time": words}
    (left,) = sworn([claim], oath, text=text, title="").claims
    (expr,) = find_times(read(Article(id="a", text=text), ReadingKit(lexicon)).tokens)
    assert left.time.text == words
    assert left.time.expr.when == expr.when


def test_since_before_the_words_belongs_to_them(oath):
    text = "تتواصل المعارك منذ السبت الماضي في المدينة."
    claim = {"event": "fight.clash", "evidence": [{"words": "تتواصل المعارك"}], "time": "السبت الماضي"}
    (left,) = sworn([claim], oath, text=text, title="").claims
    assert type(left.time.expr.when).__name__ == "Since"
