"""A hand-written article with a good claim of it, and the way to put claims under oath; shared by the tests of the oath."""

import json

from marsad.llm.oath import under_oath
from marsad.llm.types import Answer, Shown, Window
from marsad.model import Article
from marsad.reading import ReadingKit, read

TITLE = "قتلى في قصف على بلدة الوادي"
TEXT = (
    "قال المتحدث باسم الدفاع المدني سالم الحسن إن طائرات حربية قصفت بلدة الوادي أمس الخميس، "
    "ما أدى إلى مقتل 12 مدنيا وإصابة أكثر من 40 آخرين.\n"
    'ونقلت وكالة الساحل عن مصدر طبي قوله: "استقبل مشفى الوادي عشرات الجرحى منذ الصباح وما زالت السيارات تصل".\n'
    "واعتقل الجيش ضابطا ومجندا وأفرج عن أحد المحتجزين.\n"
)
GOOD = {
    "event": "harm.killed",
    "evidence": [
        {"in": "text", "words": "ما أدى إلى مقتل 12 مدنيا", "trigger": "مقتل"},
        {"in": "title", "words": "قتلى في قصف على بلدة الوادي", "trigger": "قتلى"},
    ],
    "polarity": "affirmed",
    "modality": "actual",
    "sources": [
        {
            "words": "سالم الحسن",
            "kind": "person",
            "stance": "state",
            "cue": "قال",
            "quote": "indirect",
            "for": "الدفاع المدني",
        }
    ],
    "actors": [{"role": "agent", "words": "طائرات حربية"}, {"role": "patient", "words": "12 مدنيا"}],
    "place": "بلدة الوادي",
    "time": "أمس الخميس",
    "counts": [{"kind": "killed", "words": "12 مدنيا", "min": 12, "max": 12, "who": "مدنيا"}],
}


def window_of(reading, withheld=()):
    every = [
        Shown(index, one.part, reading.tokens[one.first].start, reading.tokens[one.last - 1].end)
        for index, one in enumerate(reading.sentences)
        if one.part == "text"
    ]
    return Window(
        number=0,
        shown=tuple(one for one in every if one.sentence not in withheld),
        withheld=tuple(one for one in every if one.sentence in withheld),
    )


def sworn(claims, oath, *, text=TEXT, title=TITLE, withheld=()):
    reading = read(Article(id="a", text=text, title=title), ReadingKit(oath.lexicon))
    answer = Answer(text=json.dumps({"claims": claims}))
    return under_oath(answer, window_of(reading, withheld), reading, oath)


def count(words, low, high, kind="killed", who=None):
    return {"kind": kind, "words": words, "min": low, "max": high, "who": who}
