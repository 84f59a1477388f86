"""Which words of time say when an event happened, and what is inherited from the sentence before."""

import pytest

from marsad.arabic import fold_word
from marsad.arabic.tokens import tokenise
from marsad.claims.candidate import Candidate
from marsad.claims.frames import frame_of
from marsad.claims.hits import Hit
from marsad.claims.times import best_time, inherit_times, time_for
from marsad.claims.view import View
from marsad.model import Article, Mention, Reading, Word
from marsad.reading.sentences import sentences


class Wordless:
    """A lexicon without words."""

    def __init__(self):
        self.known = {}

    def word(self, form):
        return Word(form, ())


def read(text, title=""):
    tokens = tokenise(title, Wordless(), "title") + tokenise(text, Wordless())
    article = Article(id="a", text=text, title=title, published="2024-12-06")
    return Reading(article=article, tokens=tokens, sentences=sentences(tokens, []))


def at(reading, word, start=0):
    return next(i for i, token in enumerate(reading.tokens) if i >= start and token.form == fold_word(word))


def words(reading, expr):
    return expr and reading.article.words(expr.span)


def governing(text, trigger):
    reading = read(text)
    first = at(reading, trigger)
    return words(reading, time_for(reading, first, first + 1))


OWN_SENTENCE = [
    ("قصفت الطائرات البلدة أمس", "قصفت", "أمس"),
    ("قال الوزير أمس إن القوات انسحبت من القرية", "انسحبت", "أمس"),
    ("قال الوزير أمس إن القوات انسحبت الأحد من القرية", "انسحبت", "الأحد"),
    ("انسحبت القوات الأحد، وقصفت الطائرات البلدة الاثنين", "انسحبت", "الأحد"),
    ("انسحبت القوات الأحد، وقصفت الطائرات البلدة الاثنين", "وقصفت", "الاثنين"),
    ("وقع الهجوم الذي استهدف السوق يوم الخميس", "الهجوم", "يوم الخميس"),
    ("قُتل جندي قرب بلدة صغيرة جدا كانت هي التي قُصفت بالطائرات في الشهر الماضي", "قُتل", None),
    ("قصفت الطائرات البلدة. وانسحبت القوات أمس", "قصفت", None),
    ("دخلوا القرية بعد يوم من قصف البلدة", "قصف", "بعد يوم"),
    ("دخلوا القرية بعد يوم من قصف البلدة", "دخلوا", None),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), OWN_SENTENCE)
def test_time_for_takes_the_nearest_clause_of_the_sentence(text, trigger, expected):
    assert governing(text, trigger) == expected


def candidate(reading, word, event, doer="", pro="", start=0):
    first = at(reading, word, start)
    hit = Hit(first, first + 1, frame_of({"event": event}), "noun", "n", pro, "")
    made = Candidate(hit=hit, view=View(reading, reading.sentence_at(first)), event=event)
    if doer:
        where = at(reading, doer)
        made.roles["agent"] = [
            Mention(kind="body", first=where, last=where + 1, ext_first=where, ext_last=where + 1, head=where)
        ]
    made.time = time_for(reading, first, first + 1)
    return made


def inherited(text, *triggers):
    """The words that the last of some triggers gets."""
    reading = read(text)
    candidates = [candidate(reading, *trigger) for trigger in triggers]
    inherit_times(candidates)
    return words(reading, candidates[-1].time), candidates[-1].origin.get("time", ("",))[0]


def test_inherit_times_when_the_event_is_named_again():
    text = "قصفت الطائرات البلدة أمس. ووصلت فرق. وأدى القصف إلى دمار"
    found = inherited(text, ("قصفت", "strike.air"), ("القصف", "strike.air", "", "ال"))
    assert found == ("أمس", "the event before, named again")


def test_inherit_times_of_the_act_for_its_harm():
    found = inherited("قصفت الطائرات البلدة أمس. وقتل ثلاثة", ("قصفت", "strike.air"), ("وقتل", "harm.killed"))
    assert found == ("أمس", "harm of the event before")


def test_inherit_times_of_the_same_speaker():
    text = "دعت الوزارة أمس إلى الهدوء. كلام. كلام. كلام. وطالبت الوزارة بالانسحاب"
    found = inherited(text, ("دعت", "say.demand", "الوزارة"), ("وطالبت", "say.accuse", "الوزارة"))
    assert found == ("أمس", "same speaker as before")


def test_inherit_times_never_from_another_story():
    text = "قصفت الطائرات البلدة أمس. كلام. كلام. واعتقلت الشرطة رجلا"
    assert inherited(text, ("قصفت", "strike.air"), ("واعتقلت", "custody.arrest"))[0] is None


def test_inherit_times_never_what_is_still_to_come():
    text = "يجتمع الوفدان غدا. وكان الاجتماع طويلا"
    assert inherited(text, ("يجتمع", "talks.contact"), ("الاجتماع", "talks.contact", "", "ال"))[0] is None


def test_inherit_times_gives_a_headline_the_time_of_the_lead():
    reading = read("قصفت الطائرات البلدة أمس.", title="قصف البلدة")
    candidates = [candidate(reading, "قصف", "strike.air"), candidate(reading, "قصفت", "strike.air")]
    inherit_times(candidates)
    assert words(reading, candidates[0].time) == "أمس"


def test_best_time_takes_a_day_before_a_stretch_and_said_before_inherited():
    text = "قصفت الطائرات البلدة منذ أسبوعين. وقصفت الطائرات القرية الأحد. وكان القصف عنيفا"
    reading = read(text)
    members = [
        candidate(reading, "قصفت", "strike.air"),
        candidate(reading, "وقصفت", "strike.air"),
        candidate(reading, "القصف", "strike.air", "", "ال"),
    ]
    inherit_times(members)
    assert words(reading, best_time(members)) == "الأحد"
    assert words(reading, best_time(members[:1])) == "منذ أسبوعين"
    assert best_time([]) is None
