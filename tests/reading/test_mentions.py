"""Noun phrases of hand-written sentences: their edges, kinds, bodies and inner names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.model import Article, Mention, Reading
from marsad.reading.dateline import dateline_end
from marsad.reading.lines import Line
from marsad.reading.mentions import find_mentions
from marsad.reading.person_mentions import surnames
from marsad.reading.read import ReadingKit, read


@pytest.fixture(scope="module")
def kit() -> ReadingKit:
    return ReadingKit.load()


def reading_of(text: str, kit: ReadingKit) -> Reading:
    return read(Article(id="a", text=text), kit)


def name_of(reading: Reading, mention: Mention) -> str:
    return reading.text(mention.first, mention.last)[mention.cut :]


def mentions_of(reading: Reading) -> list[Mention]:
    return [mention for index in range(len(reading.sentences)) for mention in reading.mentions(index)]


def outer_names(text: str, kit: ReadingKit) -> list[tuple[str, str]]:
    reading = reading_of(text, kit)
    found: list[tuple[str, str]] = []
    end = 0
    for mention in mentions_of(reading):
        if mention.ext_first >= end:
            found.append((mention.kind, name_of(reading, mention)))
            end = mention.ext_last
    return found


SENTENCES = [
    # bodies
    ("دخلت قوات النظام السوري البلدة", [("body", "قوات النظام السوري"), ("place", "البلدة")]),
    ("اشتبكت فصائل المعارضة السورية التي انسحبت أمس", [("body", "فصائل المعارضة السورية")]),
    ("هاجمت وحدات حماية الشعب الكردية القرية", [("body", "وحدات حماية الشعب الكردية"), ("place", "القرية")]),
    ("أعلن تنظيم «الفجر الجديد» مسؤوليته", [("body", "تنظيم «الفجر الجديد»")]),
    ("قالت وزارة الدفاع الروسية إن القصف توقف", [("body", "وزارة الدفاع الروسية")]),
    ("انسحب الجيش السوداني وقوات الدعم السريع", [("body", "الجيش السوداني"), ("body", "قوات الدعم السريع")]),
    ("شنت إسرائيل غارات", [("body", "إسرائيل")]),
    ("أعلنت موسكو الهدنة", [("body", "موسكو")]),
    ("دعا مجلس الأمن الدولي الحوثيين إلى الانسحاب", [("body", "مجلس الأمن الدولي"), ("body", "الحوثيين")]),
    ("هاجمت فصائل موالية لإيران الثكنة", [("body", "فصائل موالية لإيران"), ("place", "الثكنة")]),
    ("قصفت القوات الروسية أمس مواقع", [("body", "القوات الروسية"), ("thing", "مواقع")]),
    ('تقدمت قوات سوريا الديمقراطية "قسد"', [("body", "قوات سوريا الديمقراطية")]),
    ("سيطر تنظيم داعش الإرهابي على الحقل", [("body", "تنظيم داعش"), ("place", "الحقل")]),
    ("دعا الوسيط جميع الأطراف إلى التهدئة", [("body", "جميع الأطراف")]),
    ("تصدت وسائط الدفاع الجوي للمسيرات", [("body", "وسائط الدفاع الجوي"), ("craft", "للمسيرات")]),
    (
        "تقدمت القوات الموالية للرئيس عبد الكريم سالم الهادي نحو البلدة",
        [("body", "القوات الموالية للرئيس عبد الكريم سالم الهادي"), ("place", "البلدة")],
    ),
    # people by their origin behind a number, and those who go with somebody
    (
        "احتجزت الشرطة 22 سوريّا وعشرة آلاف يمني",
        [("body", "الشرطة"), ("people", "22 سوريّا"), ("people", "عشرة آلاف يمني")],
    ),
    ("احتجزت الشرطة نحو 22 فلسطينيا", [("body", "الشرطة"), ("people", "نحو 22 فلسطينيا")]),
    ("نجا عدد من مرافقيه وثلاثة من رفاقه", [("people", "عدد من مرافقيه"), ("people", "ثلاثة من رفاقه")]),
    # things that are hit
    (
        "طال الحريق مستودعا ومطعما ومساكن مؤقتة",
        [("thing", "مستودعا"), ("thing", "مطعما"), ("thing", "مساكن مؤقتة")],
    ),
    # persons
    (
        "نعى الأهالي #سالم_العمري و #عبدالله_الهادي",
        [("unnamed", "الأهالي"), ("person", "سالم_العمري"), ("person", "عبدالله_الهادي")],
    ),
    ("قال الرئيس السوري سالم الهادي إن", [("person", "سالم الهادي")]),
    ("أكد المتحدث باسم وزارة الدفاع العقيد خالد العمري أن", [("person", "خالد العمري")]),
    ("قال أبو محمد الشامي إن", [("person", "أبو محمد الشامي")]),
    ("اعتقلت الشرطة عبد الرحمن بن سعيد", [("body", "الشرطة"), ("person", "عبد الرحمن بن سعيد")]),
    ("قال وزير الخارجية إن", [("person", "وزير الخارجية")]),
    ("فرضت عقوبات على علي عبد الله ناصر", [("person", "علي عبد الله ناصر")]),
    ("شن غارات على محمد", [("person", "محمد")]),
    # sources
    ("أفاد مصدر أمني كويتي بسقوط", [("unnamed", "مصدر أمني كويتي")]),
    ("قالت مصادر محلية لوكالة فرانس برس", [("unnamed", "مصادر محلية"), ("outlet", "وكالة فرانس برس")]),
    ("قال مسؤول في الحكومة التركية إن", [("unnamed", "مسؤول في الحكومة التركية")]),
    ("وثق المرصد السوري لحقوق الإنسان مقتل", [("monitor", "المرصد السوري لحقوق الإنسان")]),
    ("ذكرت صحيفة «الغد» الأردنية أن", [("outlet", "صحيفة «الغد» الأردنية")]),
    ("أفاد مراسل «النهار» بوقوع", [("outlet", "مراسل «النهار»")]),
    ("جاء في بيان الوزارة أن", [("document", "بيان الوزارة")]),
    ("أشارت وسائل إعلام تركية إلى", [("outlet", "وسائل إعلام تركية")]),
    # people, craft, things
    ("قتل ثلاثة مدنيين", [("people", "ثلاثة مدنيين")]),
    ("أصيب أكثر من 90 شخصا", [("people", "أكثر من 90 شخصا")]),
    ("خطف خمسة عناصر من الشرطة", [("people", "خمسة عناصر من الشرطة")]),
    ("أصيب فلسطينيان برصاص", [("people", "فلسطينيان")]),
    ("فر المدنيون والأطفال", [("people", "المدنيون"), ("people", "الأطفال")]),
    ("قصفت طائرات حربية روسية منزلا", [("craft", "طائرات حربية روسية"), ("thing", "منزلا")]),
    ("دعا المقاتلون الأكراد إلى", [("people", "المقاتلون الأكراد")]),
    # places
    ("وقع في بلدة كفر الورد قصف", [("place", "بلدة كفر الورد")]),
    ("قصف ريف حماة الشمالي", [("place", "ريف حماة الشمالي")]),
    ("في محافظة تعز", [("place", "محافظة تعز")]),
    ("انفجار في مدينة حلب الواقعة شمال البلاد", [("place", "مدينة حلب"), ("place", "شمال البلاد")]),
    ("بقرية «تل الزيتون»", [("place", "قرية «تل الزيتون»")]),
    ("في حمورية وسقبا ودوما", [("place", "حمورية"), ("place", "سقبا"), ("place", "دوما")]),
    ("في شمال العراق", [("place", "شمال العراق")]),
    ("قاعدة العند الجوية", [("place", "قاعدة العند الجوية")]),
    ("هاجموا في سروقيا", [("place", "سروقيا")]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_mentions_of_a_sentence(text: str, expected: list[tuple[str, str]], kit: ReadingKit) -> None:
    assert outer_names(text, kit) == expected


BODIES = [
    ("قال المتحدث باسم الجيش سالم الهادي إن", "سالم الهادي", "الجيش"),
    ("قال المتحدث باسم قوات التحالف، العقيد تركي المالكي، إن", "تركي المالكي", "قوات التحالف"),
    ("قال سالم الهادي، الناطق الرسمي باسم الحكومة اليمنية، إن", "سالم الهادي", "الحكومة اليمنية"),
    ("قال الناطق باسم «الجيش الوطني» يوسف حمود إن", "يوسف حمود", "الجيش الوطني"),
    ("أعلن رئيس الحكومة التركية أحمد الداود أن", "أحمد الداود", "الحكومة التركية"),
]


@pytest.mark.parametrize(("text", "name", "body"), BODIES)
def test_a_spokesman_has_the_body_he_speaks_for(text: str, name: str, body: str, kit: ReadingKit) -> None:
    reading = reading_of(text, kit)
    person = next(mention for mention in mentions_of(reading) if mention.kind == "person")
    assert name_of(reading, person) == name
    assert person.body is not None
    assert reading.text(*person.body) == body
    assert person.ext_first < person.first or person.ext_last > person.last


def test_letters_written_onto_a_name_are_counted(kit: ReadingKit) -> None:
    for text, name in (
        ("وبالجيش السوري", "الجيش السوري"),
        ("لمدينة حلب", "مدينة حلب"),
        ("وسقبا", "سقبا"),
        ("للجيش", "للجيش"),
    ):
        reading = reading_of(text, kit)
        assert name_of(reading, mentions_of(reading)[0]) == name


def test_inner_names_follow_the_outer_one_and_are_its_inner(kit: ReadingKit) -> None:
    reading = reading_of("قالت وزارة الصحة في غزة إن سكان مدينة رفح نزحوا", kit)
    found = mentions_of(reading)
    for outer in found:
        for inner in outer.inner:
            assert inner in found
            assert outer.ext_first <= inner.first
            assert inner.last <= outer.ext_last
    assert any(inner.kind == "place" for outer in found for inner in outer.inner)


def test_a_last_name_stands_for_the_person_named_before(kit: ReadingKit) -> None:
    reading = reading_of("قال الوزير خالد الشمرخاني إن الهدنة صامدة. وشدد الشمرخاني على الأمر.", kit)
    assert surnames(Line(reading.tokens)) == frozenset({"الشمرخاني"})
    last = [mention for mention in reading.mentions(1) if mention.kind == "person"]
    assert [name_of(reading, mention) for mention in last] == ["الشمرخاني"]


SIDES = [
    ("قوات النظام السوري", "فصائل المعارضة السورية"),
    ("الجيش الإسرائيلي", "حركة حماس"),
    ("الحوثيون", "قوات الحكومة"),
    ("قسد", "الجيش الوطني"),
]
FRAMES = [
    "سيطرت {0} على بلدة كفر الورد بعد انسحاب {1} منها",
    "قال مصدر في {0} إن {1} قصفت مواقع {0} قرب المطار",
    "قتل ثلاثة من عناصر {0} في كمين نصبته {1} أمس",
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("left", "right"), SIDES)
def test_sides_swapped_have_the_same_edges(frame: str, left: str, right: str, kit: ReadingKit) -> None:
    for one, other in ((left, right), (right, left)):
        names = {(kind, name) for kind, name in _all_names(frame.format(one, other), kit)}
        assert any(name == one for _, name in names)
        assert any(name == other for _, name in names)


def _all_names(text: str, kit: ReadingKit) -> list[tuple[str, str]]:
    reading = reading_of(text, kit)
    found = [(mention.kind, name_of(reading, mention)) for mention in mentions_of(reading)]
    return found + [("body", reading.text(*mention.body)) for mention in mentions_of(reading) if mention.body]


WORDS = (
    "قوات جيش الجيش السوري السورية في من على علي أبو عبد بن الله محمد الرئيس وزير باسم المتحدث مدينة ريف حلب شمال ثلاثة عشرات 30 أشخاص"
    ' مدنيين مصدر « » " ( ) ، . : # _ - تل كفر وقال قصفت أن الذي العام الماضي اثنين مراسل وكالة بيان طائرات منزل ال و ل زكسم الزكسمي'
).split()


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=24))
def test_any_order_of_words_gives_spans_inside_the_sentence(words: list[str]) -> None:
    reading = reading_of(" ".join(words), _kit())
    for index, sentence in enumerate(reading.sentences):
        found = reading.mentions(index)
        line = Line(reading.tokens)
        whole = find_mentions(line.call(surnames(line)), sentence.first, sentence.last)
        assert found == [m for m in whole if m.kind != "place" or m.first >= dateline_end(reading.tokens)]
        for mention in found:
            assert (
                sentence.first
                <= mention.ext_first
                <= mention.first
                < mention.last
                <= mention.ext_last
                <= sentence.last
            )
            assert mention.ext_first <= mention.head < mention.ext_last
            assert 0 <= mention.cut < len(reading.tokens[mention.first].form)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    mentions_of(reading_of(text, _kit()))


_KITS: list[ReadingKit] = []


def _kit() -> ReadingKit:
    if not _KITS:
        _KITS.append(ReadingKit.load())
    return _KITS[0]
