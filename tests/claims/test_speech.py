"""Speech acts: what is only demanded or threatened is no claim, what stands beside it is."""

from functools import cache

import pytest

from marsad.claims import ClaimsKit
from marsad.claims.gather import gather
from marsad.model import Article
from marsad.reading import ReadingKit, read


@cache
def kits():
    reading = ReadingKit.load()
    return reading, ClaimsKit.load(reading.lexicon)


def events(sentence: str) -> set[str]:
    reading, claims = kits()
    return {c.event for c in gather(read(Article(id="a", text=sentence), reading), claims.tools)}


@pytest.mark.parametrize(
    ("sentence", "demanded"),
    [
        ("دعت الحكومة القوات إلى الانسحاب من البلدة.", "territory.withdrawal"),
        ("طالب الوفد بانسحاب القوات من البلدة.", "territory.withdrawal"),
        ("هدد القائد بقصف الميناء.", "strike.shelling"),
        ("دعا المجلس إلى وقف إطلاق النار.", "talks.agreement"),
    ],
)
def test_what_is_demanded_is_no_claim(sentence, demanded):
    found = events(sentence)
    assert demanded not in found
    assert found & {"say.demand", "say.threat"}


@pytest.mark.parametrize(
    ("sentence", "actual"),
    [
        ("طالب الوفد بالخروج من الأراضي التي احتلتها القوات.", "territory.control"),
        ("دعت الحكومة إلى ضبط النفس بعد انسحاب القوات من البلدة.", "territory.withdrawal"),
        ("طلب الضابط من الجنود الخروج، وقصفت القوات الميناء.", "strike.shelling"),
        ("انسحبت القوات من البلدة ودعت الحكومة إلى الهدوء.", "territory.withdrawal"),
    ],
)
def test_what_stands_beside_a_demand_is_kept(sentence, actual):
    assert actual in events(sentence)


def test_the_speaker_is_the_agent_and_no_link():
    reading, claims = kits()
    article = Article(id="a", text="دان المجلس الوطني الهجوم على القرية.")
    (candidate,) = [c for c in gather(read(article, reading), claims.tools) if c.event == "say.accuse"]
    assert candidate.chain == ()
    assert candidate.roles["agent"]
