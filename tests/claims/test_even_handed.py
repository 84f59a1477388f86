"""Sides swapped: the same sentence gives the same claims whoever does it to whom."""

import re

import pytest

from marsad.run.pipeline import read_article

# Two names of one gender and number each, so that verbs and adjectives stay right.
FEMININE = [
    ("القوات الحكومية", "القوات المعارضة"),
    ("قوات النظام السوري", "فصائل المعارضة السورية"),
    ("القوات الروسية", "القوات الأوكرانية"),
    ("القوات الإسرائيلية", "الفصائل الفلسطينية"),
    ("قوات سوريا الديمقراطية", "القوات التركية"),
    ("القوات السودانية", "القوات الإثيوبية"),
    ("حركة حماس", "دولة إسرائيل"),
    ("حركة حماس", "حركة فتح"),
    ("قوات الدعم السريع", "قوات الجيش السوداني"),
    ("جماعة الحوثي", "دولة الإمارات"),
    ("القوات اليمنية", "القوات العراقية"),
    ("القوات الأمريكية", "القوات الإيرانية"),
]
MASCULINE = [
    ("الجيش السوري", "الجيش التركي"),
    ("الجيش الإسرائيلي", "حزب الله"),
    ("الجيش الروسي", "الجيش الأوكراني"),
]

# {0} does it to {1}; {ت} is the verb's ending for a feminine doer.
TEMPLATES = [
    "قصف{ت} {0} أمس الخميس مواقع {1} في مدينة تدمر.",
    "شن{ت} {0} هجوما واسعا على مواقع {1} في بلدة خناصر.",
    "قتل{ت} {0} ثلاثة مدنيين في بلدة خناصر.",
    "قتل ثلاثة مدنيين وأصيب خمسة آخرون برصاص {0} في بلدة خناصر.",
    "سيطر{ت} {0} على بلدة خناصر بعد معارك مع {1}.",
    "انسحب{ت} {0} من بلدة خناصر بعد اشتباكات مع {1}.",
    "اعتقل{ت} {0} سبعة مدنيين في بلدة خناصر.",
    "نفى القائد سالم العلي أن تكون {0} قصفت بلدة خناصر.",
    "قال شهود عيان إن {0} قصف{ت} بلدة خناصر بالمدفعية، ما أدى إلى مقتل أربعة أشخاص.",
    "اندلعت اشتباكات عنيفة بين {0} و{1} في محيط بلدة خناصر.",
    "اتهم{ت} {0} {1} بقصف بلدة خناصر.",
    "حاصر{ت} {0} بلدة خناصر وقطعت طريق الإمداد.",
    "لم تنسحب {0} من بلدة خناصر.",
    "دعت الأمم المتحدة {0} إلى وقف إطلاق النار في بلدة خناصر.",
    "ارتكب{ت} {0} مجزرة في بلدة خناصر راح ضحيتها عشرون مدنيا.",
]
AROUND = "قال سكان في البلدة إن المعارك لم تتوقف منذ أيام. {} ونزح مئات المدنيين من البلدة."


def claims(text, names):
    """Everything a reader is told of a sentence, with the sides' names put back to what they stand for."""
    found = []
    for claim in read_article(text, published="2024-12-06"):
        roles = sorted((actor.role, side(actor.text, names)) for actor in claim.actors)
        chain = [(side(s.text, names), s.kind, s.stance, s.quote) for s in claim.attribution]
        numbers = [(count.kind, count.min, count.max) for count in claim.counts]
        place = claim.place and claim.place.text
        day = claim.time and claim.time.start
        found.append((claim.event, claim.polarity, claim.modality, roles, chain, numbers, place, day))
    return found


def side(text, names):
    for letter, name in zip("ABCD", names, strict=False):
        text = re.sub(f"^(لل|ل)?{re.escape(name)}|(?<= ){re.escape(name)}", letter, text)
    return text


def filled(template, first, second, ending):
    sentence = template.replace("{ت}", ending).format(first, second)
    return (
        sentence
        if ending
        else sentence.replace("تكون", "يكون").replace("تنسحب", "ينسحب").replace("وقطعت", "وقطع")
    )


def of_one_shape(one, other):
    """Whether two names have as many words: a sentence that stands alone is judged by its length too."""
    return len(one.split()) == len(other.split()) and not {"حزب الله"} & {one, other}


CASES = [
    pytest.param(template, pair, ending, id=f"{number}-{pair[0]}/{pair[1]}".replace(" ", "-"))
    for number, template in enumerate(TEMPLATES)
    for pairs, ending in ((FEMININE, "ت"), (MASCULINE, ""))
    for pair in pairs
]


@pytest.mark.parametrize(("template", "pair", "ending"), CASES)
def test_the_same_claims_with_the_sides_swapped(template, pair, ending):
    one, other = pair
    straight = filled(template, one, other, ending)
    swapped = filled(template, other, one, ending)
    if of_one_shape(one, other):
        assert claims(straight, (one, other)) == claims(swapped, (other, one))
    assert claims(AROUND.format(straight), (one, other)) == claims(AROUND.format(swapped), (other, one))


@pytest.mark.parametrize("template", TEMPLATES)
def test_most_sentences_tell_a_claim_at_all(template):
    assert claims(AROUND.format(filled(template, *FEMININE[0], "ت")), FEMININE[0])
