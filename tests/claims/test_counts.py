"""Which number belongs to which event: tables of hand-written sentences, and what always holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.arabic.lexicon import Lexicon
from marsad.arabic.tokens import tokenise
from marsad.claims.counts import counts_for, counts_of, merge_counts, patients_for
from marsad.claims.frames import Frames
from marsad.claims.hits import find_hits
from marsad.model import Article, Reading, Sentence

FRAMES = Frames()


def read(text: str, lexicon: Lexicon):
    """A reading of one sentence with its event words."""
    tokens = tokenise(text, lexicon)
    sentence = Sentence(0, len(tokens), "text", 0)
    reading = Reading(article=Article(id="a", text=text), tokens=tokens, sentences=[sentence])
    return reading, find_hits(tokens, 0, len(tokens), lexicon, FRAMES)


def counts(text: str, lexicon: Lexicon) -> set[tuple[str, str, int | None, int | None]]:
    reading, hits = read(text, lexicon)
    found = counts_of(reading, hits, (0, len(reading.tokens)))
    return {
        (hit.frame.event.partition(".")[2], count.kind, count.min, count.max)
        for hit, mine in zip(hits, found, strict=True)
        for count in mine
    }


SENTENCES = [
    ("أسفر القصف عن مقتل 3 أشخاص وإصابة 5", {("killed", "killed", 3, 3), ("wounded", "wounded", 5, 5)}),
    ("43 شخصا قتلوا وأصيب 173 آخرون", {("killed", "killed", 43, 43), ("wounded", "wounded", 173, 173)}),
    ("أوقع التفجير 30 قتيلا ونحو 100 جريح", {("killed", "killed", 30, 30), ("wounded", "wounded", 100, 100)}),
    ("أوقع الهجوم قتيلا و5 جرحى", {("killed", "killed", 1, 1), ("wounded", "wounded", 5, 5)}),
    (
        "مقتل أكثر من 90 شخصا بينهم 32 طفلا و11 سيدة",
        {("killed", "killed", 91, None), ("killed", "killed", 32, 32), ("killed", "killed", 11, 11)},
    ),
    ("قُتل مدني في القصف", {("killed", "killed", 1, 1)}),
    ("قتلت امرأتان وجرح طفل", {("killed", "killed", 2, 2), ("wounded", "wounded", 1, 1)}),
    ("مقتل ضابط ومجند في كمين", {("killed", "killed", 2, 2)}),
    ("مقتل ثلاثة جنود وطفل", {("killed", "killed", 3, 3), ("killed", "killed", 1, 1)}),
    ("إصابة والده برصاص طائش", {("wounded", "wounded", 1, 1)}),
    ("إصابة مدنيَّين بنيران مسيرة", {("wounded", "wounded", 2, 2)}),
    ("إصابة مدنيين بنيران مسيرة", set()),
    ("مقتل عدد من الجنود وإصابة آخرين", set()),
    ("مقتل وإصابة 6 مسلحين", {("killed", "other", 6, 6), ("wounded", "other", 6, 6)}),
    ("سقوط عشرات القتلى والجرحى", {("killed", "other", 20, 99), ("wounded", "other", 20, 99)}),
    (
        "سقط 17 عنصرا من الميليشيات بين قتيل وجريح",
        {("killed", "other", 17, 17), ("wounded", "other", 17, 17)},
    ),
    ("ارتفع عدد الشهداء في المدينة خلال يومين إلى 9", {("killed", "killed", 9, 9)}),
    ("بلغت حصيلة القتلى 353,935 شخصا على الأقل", {("killed", "killed", 353_935, None)}),
    ("القتلى في القرية هم 5 أطفال", {("killed", "killed", 5, 5)}),
    ("لقي سبعة جنود مصرعهم في انفجار لغم", {("killed", "killed", 7, 7)}),
    ("أودى الهجوم بحياة تسعة مدنيين", {("killed", "killed", 9, 9)}),
    ("اعتقلت الشرطة عشرات المتظاهرين", {("arrest", "held", 20, 99)}),
    ("خمسة ناشطين معتقلين في السجن المركزي", {("arrest", "held", 5, 5)}),
    ("خطف مسلحون ثمانية عناصر من الحرس", {("abduction", "held", 8, 8)}),
    ("أفرجت السلطات عن أحد الرجلين", {("release", "released", 1, 1)}),
    ("أفرجت السلطات عن 20 معتقلا", {("release", "released", 20, 20)}),
    ("35 ألف مدني نزحوا من المحافظة", {("displaced", "displaced", 35_000, 35_000)}),
    ("حركة نزوح لأكثر من 50 عائلة", {("displaced", "other", 51, None)}),
    ("تظاهر نحو ألف شخص في الساحة", {("demonstration", "other", 1000, 1000)}),
    ("قتل في 3 غارات على السوق", set()),
    ("قتل 164 ضابطا وجنديا", {("killed", "killed", 164, 164)}),
    ("مقتل 24 إرهابيا وتدمير 4 عربات", {("killed", "killed", 24, 24)}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_counts_of_gives_each_number_to_its_event(lexicon, text, expected):
    found = {row for row in counts(text, lexicon) if row[0] != "attack"}
    assert found == expected


def test_counts_for_is_the_share_of_one_hit(lexicon):
    reading, hits = read("أسفر القصف عن مقتل ثمانية مدنيين وإصابة 5", lexicon)
    killed = next(hit for hit in hits if hit.frame.event == "harm.killed")
    (count,) = counts_for(reading, killed, hits, (0, len(reading.tokens)))
    assert (count.text, count.who) == ("ثمانية مدنيين", "مدنيين")
    (patient,) = patients_for([count])
    assert (patient.role, patient.text, patient.span) == ("patient", "ثمانية مدنيين", count.span)


def test_merge_counts_drops_repeats_and_what_only_rounds(lexicon):
    mentions = ("مقتل عشرات المدنيين", "مقتل 28 مدنيا", "قتل 28 شخصا", "مقتل مئات المدنيين")
    found = []
    for text in mentions:
        reading, hits = read(text, lexicon)
        for mine in counts_of(reading, hits, (0, len(reading.tokens))):
            found += mine
    assert [(count.min, count.max) for count in merge_counts(found)] == [(28, 28), (200, 999)]


def test_counts_do_not_depend_on_the_side(lexicon):
    for left, right in (("القوات الحكومية", "الفصائل"), ("الفصائل", "القوات الحكومية")):
        text = f"قتلت {left} خمسة من عناصر {right} وأسرت جنديين"
        assert counts(text, lexicon) >= {("killed", "killed", 5, 5), ("arrest", "held", 2, 2)}


PIECES = st.sampled_from(
    "مقتل قتل قتلى وإصابة وجرحى إصابة جرح قتيلا نحو أكثر من 5 ثلاثة عشرات و وثلاثون بينهم طفل أطفال جنديان مدني إلى عدد "
    "حصيلة على الأقل ، في أحد اعتقلت نزح والده \n بين قتيل وجريح هم لقي مصرعهم شملت".split(" ")
)


@given(st.lists(PIECES, max_size=25))
@settings(max_examples=300, deadline=None)
def test_counts_lie_inside_the_text(lexicon, pieces):
    text = " ".join(pieces)
    reading, hits = read(text, lexicon)
    for mine in counts_of(reading, hits, (0, len(reading.tokens))):
        for count in mine:
            assert text[count.span.start : count.span.end] == count.text
            assert count.text.strip()
