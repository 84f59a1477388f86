"""Finding articles by words: the same answers on SQLite and on PostgreSQL."""

import pytest

from marsad.store import put_articles
from marsad.store.search import find, terms_of
from stored import stored

ARTICLES = {
    "hama": (
        "قصف مدفعي على حماة",
        "قال المرصد إن خمسة مدنيين قتلوا في قصفٍ على مدينة حماة فجر اليوم، وذكر أن الطرق قُطعت.",
    ),
    "idlib": (
        "غارات على إدلب",
        "شنت طائرات غارة على أطراف إدلب، ولم يسقط قتلى. وتوجهت سيارات الإسعاف لإدلب.",
    ),
    "truce": ("هدنة", "دعت الأمم المتحدة إلى وقف فوري لإطلاق النار، ثم أُعلن وقف إطلاق النار في المدينة."),
    "baghdad": ("تفجير في بغداد", "انفجرت عبوة ناسفة ببغداد وأصيب 12 شخصا، وفق BBC."),
}
QUESTIONS = [
    ("حماة", {"hama"}),
    ("حماه", {"hama"}),
    ("لحماة", set()),
    ("إدلب", {"idlib"}),
    ("ادلب قتلى", {"idlib"}),
    ("بغداد", {"baghdad"}),
    ("المدينة", {"hama", "truce"}),
    ("مدينة -حماة", {"truce"}),
    ('"وقف إطلاق النار"', {"truce"}),
    ('"إطلاق وقف"', set()),
    ("غار*", {"idlib"}),
    ("غار", set()),
    ("bbc", {"baghdad"}),
    ("12", {"baghdad"}),
    ("-حماة", set()),
    ('"', set()),
    ("' OR 1=1 --", set()),
    ("NEAR(حماة", set()),
    ("title:حماة", set()),
    ("*", set()),
    ("", set()),
]


@pytest.fixture
def filled(store):
    batch = [stored(name, body, title=title) for name, (title, body) in ARTICLES.items()]
    with store.database.writing() as connection:
        put_articles(connection, batch, None)
    return store


def found(store, question, most=20):
    with store.database.reading() as connection:
        return find(connection, question, most=most)


def test_find_answers_questions(filled):
    assert {question: {hit.id for hit in found(filled, question)[1]} for question, _ in QUESTIONS} == dict(
        QUESTIONS
    )


def test_find_counts_all_and_describes_the_best(filled):
    count, hits = found(filled, "مدينة", most=1)
    assert (count, len(hits)) == (2, 1)


def test_a_hit_shows_the_words_in_the_raw_text(filled):
    _, [hit] = found(filled, "قصف حماة")
    assert hit.title == "قصف مدفعي على حماة"
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["قصفٍ", "حماة"]


def test_a_changed_text_is_found_by_its_new_words_only(filled):
    with filled.database.writing() as connection:
        put_articles(
            connection, [stored("hama", "هدوء يسود الجبهات منذ ساعات الصباح الأولى.", title="هدوء")], None
        )
    assert found(filled, "قصف")[0] == 0
    assert found(filled, "هدوء")[0] == 1


def test_terms_of_tells_the_parts_of_a_question():
    said = [(term.words, term.negated, term.begins) for term in terms_of('قصف "وقف النار" -غزة مدن*')]
    assert said == [
        (("قصف",), False, False),
        (("وقف", "نار"), False, False),
        (("غزه",), True, False),
        (("مدن",), False, True),
    ]
