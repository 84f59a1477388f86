"""Merging by the words of the evidence: what is told again in a window that shares no sentence with the first (CODEBOOK 1 and 10.1)."""

import pytest

from marsad.arabic import load_lexicon
from marsad.llm.merging import merged
from marsad.model import ActorRef, Article, Claim, Count, Evidence, PlaceRef, Source, Span
from marsad.reading import ReadingKit, read

LEAD = "اقتحم جنود الحرس قرية الزيتون قرب الحدود."
SECOND = "وجاء ذلك بعد أيام من الهدوء."
GAP = "وتشهد البلاد أزمة اقتصادية منذ سنوات.\nودعا تجار إلى خفض الأسعار.\n"
NUMBER = {"12": 12, "15": 15, "2": 2}


@pytest.fixture(scope="module")
def kit():
    return ReadingKit(load_lexicon())


def told(text, words, event="fight.attack", **parts):
    """A claim on the last place of a text where the words stand, with its parts by name."""
    start = text.rindex(words)
    span = Span(start, start + len(words))
    nowhere = Span(0, 1)
    return Claim(
        article="a",
        event=event,
        evidence=(Evidence(span=span, trigger=span),),
        attribution=tuple(
            Source(text=name, span=nowhere, kind="person", body=parts.get("body"))
            for name in parts.get("by", ())
        ),
        actors=tuple(
            ActorRef(role=role, text=name, span=nowhere) for role, name in parts.get("who", {}).items()
        ),
        place=PlaceRef(text=parts["place"], span=nowhere) if "place" in parts else None,
        counts=tuple(
            Count(kind="killed", text=shown, span=nowhere, min=NUMBER[shown.split()[0]], max=None)
            for shown in parts.get("tolls", ())
        ),
    )


def joined(kit, early, late):
    """How many claims come of two windows: each is the words of its evidence with the claim's parts."""
    text = "\n".join((LEAD, SECOND, early[0] + ".", GAP, late[0] + "."))
    reading = read(Article(id="a", text=text, title="أخبار"), kit)
    one, other = (told(text, words, **parts) for words, parts in (early, late))
    assert len(merged([[one, other]], reading)) == 2, "claims of one window stay apart"
    assert merged([[one], [other]], reading) == merged([[other], [one]], reading)
    return len(merged([[one], [other]], reading))


GUARD = {"who": {"agent": "الحرس"}, "place": "قرية الزيتون"}
AGAIN = "شن الحرس هجوما آخر النهار على الزيتون"
RAID = "هاجم مسلحون قافلة شاحنات على الطريق الساحلي"
KILLED = {"event": "harm.killed", "tolls": ["12 عاملا"]}


@pytest.mark.parametrize(
    ("early", "late"),
    [
        pytest.param((AGAIN, GUARD), ("مهاجمة الحرس للزيتون", {}), id="names place and person in its words"),
        pytest.param((RAID, {}), ("مهاجمة المسلحين قافلة الشاحنات بالطريق الساحلي", {}), id="nearly the same words"),
        pytest.param((RAID, {"by": ["سالم"]}), (RAID, {}), id="printed twice, the source once"),
        pytest.param(("مقتل 12 عاملا", KILLED), ("وأودى بحياة 12 عاملا", {"event": "harm.killed"}), id="the same toll"),
        pytest.param(
            (RAID, {"by": ["سالم الحسن"], "body": "الدفاع المدني"}),
            (RAID + " أمس", {"by": ["الدفاع المدني"]}),
            id="a body and its spokesman",
        ),
    ],
)  # fmt: skip
def test_what_one_source_tells_again_is_one_claim(kit, early, late):
    assert joined(kit, early, late) == 1


@pytest.mark.parametrize(
    ("early", "late"),
    [
        pytest.param((AGAIN, GUARD), ("مهاجمة الحرس للكروم", {}), id="another place in its words"),
        pytest.param((AGAIN, GUARD), ("مهاجمة الجيش للزيتون", {}), id="another doer in its words"),
        pytest.param((AGAIN, {**GUARD, "by": ["سالم"]}), ("مهاجمة الحرس للزيتون", {}), id="the article's own voice"),
        pytest.param((RAID + " رقم 12", {}), (RAID + " رقم 15", {}), id="another number"),
        pytest.param((RAID, {"by": ["سالم"]}), (RAID, {"by": ["خالد"]}), id="printed twice by two sources"),
        pytest.param(("هجوم مسلح أمس", {}), ("هجوم مسلح", {}), id="too few words"),
        pytest.param(
            ("مقتل 2 من العمال", {"event": "harm.killed", "tolls": ["2 من العمال"]}),
            ("وأودى بحياة 2 من العمال", {"event": "harm.killed"}),
            id="a toll that many incidents have",
        ),
        pytest.param(
            ("مقتل 12 عاملا", {**KILLED, "place": "الزيتون"}),
            ("وأودى بحياة 12 عاملا", {"event": "harm.killed", "place": "الرمان"}),
            id="the same toll elsewhere",
        ),
    ],
)  # fmt: skip
def test_what_may_be_another_event_or_source_stays_two(kit, early, late):
    assert joined(kit, early, late) == 2


def test_a_window_that_shows_only_who_relays_a_speech_tells_the_same(kit):
    text = f"{LEAD}\n{RAID}."
    reading = read(Article(id="a", text=text, title="أخبار"), kit)
    whole, relayed, other = (told(text, RAID, by=by) for by in (["سالم", "الوكالة"], ["الوكالة"], ["خالد"]))
    assert merged([[whole], [relayed]], reading) == [whole]
    assert len(merged([[whole], [other]], reading)) == 2


def lead_and_source(kit, later, **parts):
    """How many claims come of the lead in the article's own voice and of what a source says further down."""
    text = f"{LEAD}\n{SECOND}\n{GAP}\n{later}."
    reading = read(Article(id="a", text=text, title="أخبار"), kit)
    lead = told(text, LEAD[:-1], **parts)
    return len(merged([[lead], [told(text, later, by=["سالم"])]], reading))


def test_a_lead_that_repeats_what_a_source_says_is_further_evidence_of_it(kit):
    assert lead_and_source(kit, "اقتحام جنود الحرس لقرية الزيتون") == 1


def test_a_lead_in_other_words_is_the_articles_own(kit):
    assert lead_and_source(kit, "هوجمت الزيتون من جهتين") == 2


def test_what_fits_two_claims_that_one_window_kept_apart_stays_for_itself(kit):
    text = "\n".join((RAID + " شمالا.", GAP, RAID + " جنوبا.", GAP, RAID + " كما تبين."))
    reading = read(Article(id="a", text=text, title="أخبار"), kit)
    north, south, later = (told(text, RAID + tail) for tail in (" شمالا", " جنوبا", " كما تبين"))
    assert len(merged([[north, south], [later]], reading)) == 3
    assert len(merged([[north], [later]], reading)) == 1
