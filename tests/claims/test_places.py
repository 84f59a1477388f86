"""Where an event happened, when its own frame does not say."""

import pytest

from marsad.claims.gather import gather
from marsad.claims.places import is_generic, name_generic
from marsad.claims.view import View
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def places(text, event, title=""):
    kit = load_kit()
    reading = read(Article(id="a", text=text, title=title), kit.reading)
    candidate = [c for c in gather(reading, kit.claims.tools) if c.event == event][-1]
    return [reading.text(m.first, m.last)[m.cut :] for m in candidate.places]


CASES = {
    "nearest of the sentence": (
        "قتل ثلاثة مدنيين في مدينة حماة، فيما وصل الوفد إلى مدينة حلب.",
        "harm.killed",
        ["مدينة حماة"],
    ),
    "behind في": ("قتل ثلاثة مدنيين في مدينة حماة.", "harm.killed", ["مدينة حماة"]),
    "several taken": (
        "سيطرت القوات على بلدة خناصر وبلدة سرمين وقرية العيس.",
        "territory.control",
        ["بلدة خناصر", "بلدة سرمين", "قرية العيس"],
    ),
    "the place of the event before": (
        "قصفت القوات بلدة خناصر. وقتل ثلاثة مدنيين.",
        "harm.killed",
        ["بلدة خناصر"],
    ),
    "the venue of speech": (
        "دان الرئيس المصري في القاهرة الهجوم على مدينة حماة.",
        "say.accuse",
        ["القاهرة"],
    ),
    "no venue of speech": ("دان الرئيس المصري الهجوم على مدينة حماة.", "say.accuse", []),
    "speech does not inherit": (
        "قصفت القوات بلدة خناصر. ودان الرئيس المصري الهجوم.",
        "say.accuse",
        [],
    ),
    "the venue of a meeting": ("التقى الرئيس المصري أمير قطر في الدوحة.", "talks.contact", ["الدوحة"]),
    "nowhere": ("قتل ثلاثة مدنيين.", "harm.killed", []),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_place_of_an_event(case):
    text, event, expected = CASES[case]
    assert places(text, event) == expected


def test_the_headline_governs_the_lead():
    assert places("قتل ثلاثة مدنيين.", "harm.killed", title="قصف على مدينة حماة") == ["مدينة حماة"]


@pytest.mark.parametrize(
    ("text", "bare"), [("في المدينة", True), ("في هذه البلدة", True), ("في مدينة حماة", False)]
)
def test_a_bare_noun_of_place(text, bare):
    reading = read(Article(id="a", text=text), load_kit().reading)
    mention = next(m for m in reading.mentions(0) if m.kind == "place")
    assert is_generic(View(reading, 0), mention) is bare


def test_a_bare_noun_is_the_place_last_called_so():
    kit = load_kit()
    text = "دخلت القوات مدينة حماة. ومرت ببلدة خناصر. وانسحبت القوات من المدينة."
    reading = read(Article(id="a", text=text), kit.reading)
    candidate = gather(reading, kit.claims.tools)[-1]
    candidate.places = [m for m in reading.mentions(2) if m.kind == "place"]
    name_generic(candidate)
    assert [reading.text(m.first, m.last) for m in candidate.places] == ["مدينة حماة"]
