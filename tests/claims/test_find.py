"""From end to end: short articles in, the claims out that they make."""

import gc
import os
import subprocess
import sys

import pytest

from marsad import read_article
from marsad.claims import find_claims
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit

DAY = "2024-12-06"
HAMA = (
    "أعلنت وزارة الدفاع السورية أن الجيش السوري انسحب من مدينة حماة أمس الخميس. وأضافت الوزارة أن القوات الحكومية قصفت مواقع"
    " المسلحين في بلدة خناصر. وقال المرصد السوري لحقوق الإنسان إن ثلاثة مدنيين قتلوا في القصف. ونفى القائد سالم العلي قصف"
    " بلدة خناصر. ودعت الأمم المتحدة طرفي النزاع إلى وقف إطلاق النار."
)
JENIN = (
    "اعتقلت قوات الاحتلال الإسرائيلي سبعة فلسطينيين في مدينة جنين. وقالت مصادر محلية إن القوات الإسرائيلية اقتحمت مخيم جنين"
    " فجر اليوم. وأصيب خمسة شبان بالرصاص. وهدد القائد العسكري بقصف المخيم."
)
MARIB = (
    "انفجرت سيارة مفخخة في مدينة مأرب. وأسفر الانفجار عن مقتل عشرة مدنيين وإصابة عشرين آخرين. وشنت الطائرات الحربية غارات"
    " على مدينة صعدة. ونزحت عشرات العائلات من المدينة."
)
FOOTBALL = "فاز الفريق الأزرق على ضيفه بثلاثة أهداف في مباراة الأمس. وسجل المهاجم هدفين في الشوط الأول. وقال المدرب إن الدفاع صد هجمات الخصم."

# event, polarity, modality, nearest source, place, {role: name}, [(kind, min, max)]
TOLD = [
    (
        HAMA,
        "territory.withdrawal affirmed actual",
        "وزارة الدفاع السورية",
        "مدينة حماة",
        {"agent": "الجيش السوري"},
        [],
    ),
    (HAMA, "strike.shelling affirmed actual", "الوزارة", "بلدة خناصر", {"agent": "القوات الحكومية"}, []),
    (
        HAMA,
        "harm.killed affirmed actual",
        "المرصد السوري لحقوق الإنسان",
        "بلدة خناصر",
        {"patient": "ثلاثة مدنيين"},
        [("killed", 3, 3)],
    ),
    (HAMA, "strike.shelling negated actual", "سالم العلي", "بلدة خناصر", {}, []),
    (HAMA, "say.demand affirmed actual", None, None, {"agent": "الأمم المتحدة"}, []),
    (
        JENIN,
        "custody.arrest affirmed actual",
        None,
        "مدينة جنين",
        {"agent": "قوات الاحتلال الإسرائيلي", "patient": "سبعة فلسطينيين"},
        [("held", 7, 7)],
    ),
    (
        JENIN,
        "territory.advance affirmed actual",
        "مصادر محلية",
        "مخيم جنين",
        {"agent": "القوات الإسرائيلية"},
        [],
    ),
    (
        JENIN,
        "harm.wounded affirmed actual",
        None,
        "مخيم جنين",
        {"patient": "خمسة شبان"},
        [("wounded", 5, 5)],
    ),
    (JENIN, "say.threat affirmed actual", None, None, {"agent": "القائد العسكري"}, []),
    (MARIB, "blast.explosion affirmed actual", None, "مدينة مأرب", {}, []),
    (MARIB, "harm.killed affirmed actual", None, "مدينة مأرب", {}, [("killed", 10, 10)]),
    (MARIB, "harm.wounded affirmed actual", None, "مدينة مأرب", {}, [("wounded", 20, 20)]),
    (MARIB, "strike.air affirmed actual", None, "مدينة صعدة", {"agent": "الطائرات الحربية"}, []),
    (MARIB, "people.displaced affirmed actual", None, "مدينة صعدة", {"patient": "عشرات العائلات"}, []),
]


def fits(claim, what, source, place, roles, counts):
    told = {actor.role: actor.text for actor in claim.actors}
    return (
        f"{claim.event} {claim.polarity} {claim.modality}" == what
        and (claim.attribution[0].text if claim.attribution else None) == source
        and (claim.place.text if claim.place else None) == place
        and roles.items() <= told.items()
        and all(count in [(c.kind, c.min, c.max) for c in claim.counts] for count in counts)
    )


@pytest.mark.parametrize(("text", "what", "source", "place", "roles", "counts"), TOLD)
def test_an_article_tells_a_claim(text, what, source, place, roles, counts):
    assert any(fits(claim, what, source, place, roles, counts) for claim in read_article(text, published=DAY))


def test_days_are_counted_from_the_article():
    claim = read_article(HAMA, published=DAY)[0]
    assert (claim.time.text, str(claim.time.start), claim.time.precision) == (
        "أمس الخميس",
        "2024-12-05",
        "day",
    )


def test_a_threat_is_no_strike_and_a_call_no_truce():
    assert not [c for c in read_article(JENIN, published=DAY) if c.event.startswith("strike")]
    assert not [c for c in read_article(HAMA, published=DAY) if c.event == "talks.agreement"]


def test_football_is_no_war():
    assert read_article(FOOTBALL, published=DAY) == []


def test_claims_stand_in_the_order_of_the_text_and_say_where_they_come_from():
    claims = read_article(HAMA, published=DAY)
    starts = [claim.evidence[0].trigger.start for claim in claims]
    assert starts == sorted(starts)
    assert all(any(origin.part == "event" for origin in claim.origin) for claim in claims)


def test_the_id_does_not_depend_on_the_day_or_the_outlet():
    ids = [claim.id for claim in read_article(HAMA, published=DAY, outlet="صحيفة")]
    assert ids == [claim.id for claim in read_article(HAMA)]
    assert not set(ids) & {claim.id for claim in read_article(HAMA, id="another")}


def test_the_same_text_gives_the_same_claims_in_every_process():
    program = "import sys; from marsad import read_article; print(read_article(sys.argv[1], published='2024-12-06'))"
    texts = [
        subprocess.run(
            [sys.executable, "-c", program, HAMA + JENIN + MARIB],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2024")
    ]
    assert texts[0] == texts[1]
    assert texts[0].decode().strip() == str(read_article(HAMA + JENIN + MARIB, published=DAY))


def test_a_text_that_is_searched_only_in_part_says_so(caplog):
    read_article("قصفت الطائرات بلدة سرمين وقتل ثلاثة مدنيين في الهجوم. " * 900, published=DAY, id="long")
    assert "article long: searched up to code point" in caplog.text


def test_who_concedes_a_loss_is_the_loser():
    text = "الجيش يقر بخسارة بلدة مورك. وأعلنت فصائل درع العاصي سيطرتها على البلدة بالكامل."
    lost = [
        c for c in read_article(text, published=DAY) if c.attribution and c.attribution[0].stance == "concede"
    ]
    assert [(a.role, a.text) for c in lost for a in c.actors] == [("loser", "الجيش")]


def test_nothing_of_an_article_points_in_circles():
    """What has been read is freed at once: collections of garbage are put off for long (run/workers.py)."""
    kit = load_kit()
    find_claims(read(Article(id="a", text=HAMA), kit.reading), kit.claims)  # fills what is kept for good
    gc.collect()
    gc.disable()
    try:
        find_claims(read(Article(id="a", text=HAMA), kit.reading), kit.claims)
        assert gc.collect() < 20
    finally:
        gc.enable()


def test_the_evidence_ends_before_another_voice():
    text = "الجيش يقر بخسارة بلدة مورك والمرصد يحصي عشرات القتلى."
    loss = next(c for c in read_article(text, published=DAY) if c.event == "territory.control")
    span = loss.evidence[0].span
    assert text[span.start : span.end] == "بخسارة بلدة مورك"
