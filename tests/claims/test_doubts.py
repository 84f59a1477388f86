"""Where the rules are unsure: the same claims, doubts within bounds, sentences chosen within the budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.claims import find_claims
from marsad.claims.doubts import chosen, find_with_doubts, probability, sureness
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit

NEWS = (
    "أعلنت وزارة الدفاع السورية أن الجيش السوري انسحب من مدينة حماة أمس الخميس. وكان الطقس معتدلا في تلك الساعات من النهار."
    " وقال المرصد السوري لحقوق الإنسان إن ثلاثة مدنيين قتلوا في القصف. وتحدث سكان عن هجوم محتمل وعن تعزيزات قرب البلدة."
    " ودعت الأمم المتحدة طرفي النزاع إلى وقف إطلاق النار."
)
QUIET = "افتتح المعرض أبوابه صباح الأربعاء أمام الزوار. وضم المعرض لوحات كثيرة ومنحوتات صغيرة."


def reading_of(text, title=""):
    return read(Article(id="a", text=text, title=title, published="2024-12-06"), load_kit().reading)


def found(text, title=""):
    return find_with_doubts(reading_of(text, title), load_kit().claims)


def test_claims_are_those_of_find_claims():
    claims, _ = found(NEWS, "انسحاب الجيش السوري من حماة")
    assert claims
    assert claims == find_claims(reading_of(NEWS, "انسحاب الجيش السوري من حماة"), load_kit().claims)


def test_doubts_are_of_sentences_with_a_word_for_an_event():
    _, doubts = found(NEWS)
    assert {0, 2, 3, 4} >= set(doubts) >= {0, 2}
    assert 1 not in doubts
    assert all(0 < doubt < 1 for doubt in doubts.values())


def test_a_text_without_events_has_no_doubts():
    assert found(QUIET) == ([], {})


def test_every_claim_has_a_probability_and_a_surer_score_is_surer():
    claims, _ = found(NEWS)
    told = [sureness(claim) for claim in claims]
    assert all(0.4 < one < 1 for one in told)
    assert probability(-9.0) < probability(0.0) < probability(1.0) < probability(4.0)
    assert probability(1e9) <= 1.0


def test_a_claim_without_a_judge_has_none():
    claims, _ = found(NEWS)
    assert sureness(claims[0].__class__(article="a", event="x", evidence=claims[0].evidence)) is None


def test_the_unsurest_sentence_comes_first():
    reading = reading_of(NEWS)
    sizes = [reading.tokens[s.last - 1].end - reading.tokens[s.first].start for s in reading.sentences]
    share = (sizes[2] + 1) / len(NEWS)
    assert chosen(reading, {0: 0.2, 2: 0.9}, share) == {2}
    assert chosen(reading, {0: 0.2, 2: 0.9}, 1.0) == {0, 2}
    assert chosen(reading, {1: 0.0}, 1.0) == set()


def test_the_title_is_never_chosen_as_it_is_always_shown():
    reading = reading_of(NEWS, "انسحاب من حماة")
    assert chosen(reading, {0: 0.9}, 1.0) == set()
    assert chosen(reading, {0: 0.9, 1: 0.1}, 1.0) == {1}


@given(st.dictionaries(st.integers(0, 4), st.floats(0, 1)), st.floats(0, 1))
def test_the_budget_is_kept_and_nothing_sure_is_asked(doubts, share):
    reading = reading_of(NEWS)
    picked = chosen(reading, doubts, share)
    used = sum(
        reading.tokens[s.last - 1].end - reading.tokens[s.first].start
        for s in (reading.sentences[index] for index in picked)
    )
    assert used <= share * len(NEWS)
    assert all(doubts[index] > 0 for index in picked)


KINDRED = [("القوات الروسية", "القوات الأوكرانية"), ("القوات التركية", "القوات العراقية")]
UNLIKE = [
    ("القوات الحكومية", "القوات المعارضة"),
    ("حركة حماس", "دولة إسرائيل"),
    ("الجيش الإسرائيلي", "حزب الله"),
    ("قوات الدعم السريع", "قوات الجيش السوداني"),
]
"""Names built of words of different kinds: the network weighs how a name is built, never whose it is, so figures may move a little."""


@pytest.mark.parametrize(
    ("left", "right", "most"), [*((*pair, 0.0) for pair in KINDRED), *((*pair, 0.05) for pair in UNLIKE)]
)
def test_sides_swapped_are_doubted_alike(left, right, most):
    text = "قصفت {} أمس الخميس مواقع {} في مدينة تدمر. واندلعت اشتباكات قرب بلدة خناصر."
    (one, doubts), (other, swapped) = (found(text.format(*pair)) for pair in ((left, right), (right, left)))
    assert swapped == pytest.approx(doubts, abs=most)
    assert [sureness(claim) for claim in other] == pytest.approx([sureness(claim) for claim in one], abs=most)
