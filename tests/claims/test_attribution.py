"""Who is said to have said what: short texts, and the chain of sources at a word of each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.claims.attribution import attribute
from marsad.model import Article
from marsad.reading import ReadingKit, read


@pytest.fixture(scope="module")
def kit():
    return ReadingKit.load()


def attributed(kit, text, title=""):
    reading = read(Article(id="t", text=text, title=title), kit)
    return reading, attribute(reading)


def at(reading, word, part="text"):
    raw = reading.article.part(part)
    matches = [i for i, t in enumerate(reading.tokens) if t.part == part and raw[t.start : t.end] == word]
    assert matches, word
    return matches[0]


# text, word, the names of the chain (nearest first), stance of the nearest
CASES = {
    "verb before its subject": (
        "قالت وزارة الدفاع إن القوات انسحبت من البلدة.",
        "انسحبت",
        ["وزارة الدفاع"],
        "state",
    ),
    "subject before its verb": (
        "مصادر محلية أفادت بأن القوات انسحبت من البلدة.",
        "انسحبت",
        ["مصادر محلية"],
        "state",
    ),
    "another joined by و before her verb": (
        "الجيش يقر بخسارة البلدة والشبكة السورية لحقوق الإنسان توثق مقتل عشرة.",
        "مقتل",
        ["الشبكة السورية لحقوق الإنسان"],
        "state",
    ),
    "the first of two joined by و": (
        "الجيش يقر بخسارة البلدة والشبكة السورية لحقوق الإنسان توثق مقتل عشرة.",
        "بخسارة",
        ["الجيش"],
        "concede",
    ),
    "own voice": ("انسحبت القوات من البلدة فجرا.", "انسحبت", [], None),
    "noun phrase as content": ("أعلن الجيش السوري مقتل ثلاثة من عناصره.", "مقتل", ["الجيش السوري"], "state"),
    "possessive as content": ("أعلن الجيش السوري انسحابه من البلدة.", "انسحابه", ["الجيش السوري"], "state"),
    "concession with ب": ("أقر الجيش السوري بخسارة البلدة.", "بخسارة", ["الجيش السوري"], "concede"),
    "assertion": ("أكدت وزارة الصحة مقتل ثلاثة أشخاص.", "مقتل", ["وزارة الصحة"], "assert"),
    "denial": ("نفى الجيش السوري قصف المشفى.", "قصف", ["الجيش السوري"], "deny"),
    "allegation": ("زعم تنظيم داعش أن مقاتليه سيطروا على البلدة.", "سيطروا", ["تنظيم داعش"], "allege"),
    "accusation": ("اتهمت الحكومة اليمنية جماعة الحوثي بقصف السوق.", "بقصف", ["الحكومة اليمنية"], "allege"),
    "prediction": ("توقع الجيش السوري سقوط المدينة خلال أيام.", "سقوط", ["الجيش السوري"], "predict"),
    "formula behind": (
        "قتل ثلاثة مدنيين في القصف، بحسب المرصد السوري لحقوق الإنسان.",
        "قتل",
        ["المرصد السوري لحقوق الإنسان"],
        "state",
    ),
    "formula in front": (
        "وبحسب المرصد السوري لحقوق الإنسان، قتل ثلاثة مدنيين.",
        "قتل",
        ["المرصد السوري لحقوق الإنسان"],
        "state",
    ),
    "formula with a verb": ("قتل ثلاثة مدنيين، وفق ما أعلنت وزارة الصحة.", "قتل", ["وزارة الصحة"], "state"),
    "formula cut off by a full stop": (
        "قتل ثلاثة مدنيين.وفقا لوزارة الصحة.",
        "قتل",
        ["وزارة الصحة"],
        "state",
    ),
    "clause in front is not content": (
        "وبعد انسحاب القوات من البلدة، قال المتحدث باسم الجيش إن المعارك مستمرة.",
        "انسحاب",
        [],
        None,
    ),
    "resumed": (
        "قالت وزارة الدفاع إن البلدة آمنة. وأضافت أن القوات انسحبت من التل.",
        "انسحبت",
        ["وزارة الدفاع"],
        "state",
    ),
    "own voice again": (
        "قالت وزارة الدفاع إن البلدة آمنة. وانسحبت القوات من التل ليلا.",
        "وانسحبت",
        [],
        None,
    ),
    "participle goes on": (
        "قالت وزارة الدفاع إن البلدة آمنة، مؤكدة أن القوات انسحبت من التل.",
        "انسحبت",
        ["وزارة الدفاع"],
        "assert",
    ),
    "adjective is no participle": ("وصلت معلومات مؤكدة عن انسحاب القوات من التل.", "انسحاب", [], None),
    "relay": (
        "نقلت وكالة رويترز عن مصدر طبي قوله إن ثلاثة مدنيين قتلوا.",
        "قتلوا",
        ["مصدر طبي", "وكالة رويترز"],
        "state",
    ),
    "same source": (
        "قالت مصادر محلية إن البلدة قصفت. وقتل ثلاثة مدنيين، بحسب المصادر نفسها.",
        "وقتل",
        ["مصادر محلية"],
        "state",
    ),
    "colon": ("الدفاع المدني: مقتل ثلاثة مدنيين في القصف.", "مقتل", ["الدفاع المدني"], "state"),
    "a country before a colon says where": ("سوريا: مقتل ثلاثة مدنيين في القصف.", "مقتل", [], None),
    "correspondent": ("قال مراسلنا إن القوات انسحبت من البلدة.", "انسحبت", ["مراسلنا"], "state"),
    "impersonal": ("يذكر أن القوات انسحبت من البلدة قبل عام.", "انسحبت", [], None),
    "negated verb": ("ولم تعلن أي جهة مسؤوليتها عن التفجير.", "التفجير", [], None),
    "responsibility": ("وقتل ثلاثة في الهجوم الذي تبناه تنظيم داعش.", "الهجوم", ["تنظيم داعش"], "state"),
    "new source beside": (
        "قالت وزارة الدفاع إن البلدة آمنة، فيما أعلنت وزارة الصحة مقتل ثلاثة مدنيين.",
        "مقتل",
        ["وزارة الصحة"],
        "state",
    ),
    "quotation stays open": (
        "وقالت وزارة الدفاع: «انسحبت القوات من البلدة كلها.\nثم قصف العدو التل ليلا».",
        "قصف",
        ["وزارة الدفاع"],
        "state",
    ),
    "lookalike noun": ("وقتل زعيم الجماعة في غارة على البلدة.", "غارة", [], None),
    "lookalike preposition": ("وقتل ثلاثة مدنيين عبر قصف استهدف البلدة بين القريتين.", "قصف", [], None),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_attribution_chain(case, kit):
    text, word, names, stance = CASES[case]
    reading, attribution = attributed(kit, text)
    chain = attribution.chain_at(at(reading, word))
    assert [source.text for source in chain] == names
    assert (chain[0].stance if chain else None) == stance


def test_attribution_names_the_person_and_the_body(kit):
    reading, attribution = attributed(
        kit, "قال مدير المرصد السوري لحقوق الإنسان رامي عبد الرحمن إن البلدة قصفت."
    )
    (source,) = attribution.chain_at(at(reading, "قصفت"))
    assert (source.text, source.kind, source.body) == (
        "رامي عبد الرحمن",
        "person",
        "المرصد السوري لحقوق الإنسان",
    )


def test_attribution_cuts_prepositions_off_names(kit):
    reading, attribution = attributed(kit, "قتل ثلاثة مدنيين وفقا لوزارة الصحة.")
    (source,) = attribution.chain_at(at(reading, "قتل"))
    assert source.text == "وزارة الصحة"
    assert reading.article.text[source.span.start : source.span.end] == source.text


def test_attribution_tells_direct_from_indirect_speech(kit):
    reading, attribution = attributed(
        kit, "قالت وزارة الدفاع إن «القوات انسحبت من البلدة كلها» وإن القصف توقف."
    )
    assert attribution.chain_at(at(reading, "انسحبت"))[0].quote == "direct"
    assert attribution.chain_at(at(reading, "القصف"))[0].quote == "indirect"


def test_attribution_of_joint_sources_gives_a_chain_each(kit):
    reading, attribution = attributed(kit, "أعلن الجيش السوري والمرصد السوري أن البلدة قصفت.")
    chains = attribution.chains_at(at(reading, "قصفت"))
    assert [chain[0].text for chain in chains] == ["الجيش السوري", "المرصد السوري"]


def test_attribution_of_a_denial(kit):
    reading, attribution = attributed(kit, "نفت وزارة الدفاع أن تكون قواتها قصفت المشفى. وسقط التل.")
    assert attribution.denied_at(at(reading, "قصفت"))
    assert not attribution.denied_at(at(reading, "وسقط"))
    assert attribution.speaker_at(at(reading, "قصفت")).text == "وزارة الدفاع"
    assert attribution.speaker_at(at(reading, "وسقط")) is None


def test_attribution_of_a_denial_of_what_was_just_told(kit):
    reading, attribution = attributed(kit, "قتل ثلاثة مدنيين في القصف، وهو ما تنفيه وزارة الدفاع.")
    word = at(reading, "قتل")
    assert attribution.chain_at(word) == ()
    assert [chain[0].text for chain in attribution.denials_at(word)] == ["وزارة الدفاع"]


def test_attribution_in_the_title(kit):
    reading, attribution = attributed(kit, "انسحبت القوات.", title="وزارة الدفاع: مقتل ثلاثة جنود")
    (source,) = attribution.chain_at(at(reading, "مقتل", "title"))
    assert (source.text, source.span.part) == ("وزارة الدفاع", "title")
    assert attribution.chain_at(at(reading, "انسحبت")) == ()


SIDES = ("الجيش السوري", "تنظيم داعش", "الجيش الإسرائيلي", "حركة حماس", "الحكومة اليمنية", "جماعة الحوثي")
FRAMES = (
    "أعلن {side} مقتل ثلاثة من خصومه.",
    "قتل ثلاثة مدنيين، بحسب {side}.",
    "وقال {side} في بيان إن خصومه قتلوا ثلاثة مدنيين.",
    "نفى {side} مقتل ثلاثة مدنيين.",
    "أقر {side} بمقتل ثلاثة من رجاله.",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_attribution_is_even_handed(frame, kit):
    stances = set()
    for side in SIDES:
        reading, attribution = attributed(kit, frame.format(side=side))
        event = next(i for i, token in enumerate(reading.tokens) if "قتل" in token.form)
        (source,) = attribution.chain_at(event)
        assert source.text == side
        stances.add((source.stance, source.kind))
    assert len(stances) == 1


PIECES = st.sampled_from(
    ["قال", "الجيش السوري", "إن", "أن", ":", "«", "»", '"', "،", ".", "\n", "بحسب", "المرصد", "نفى", "قتل", "وأضاف", "قوله",
     "الذي", "تبناه", "عن", "نقلت", "وهو ما", "مؤكدا", "وكالة", "في بيان", "ثلاثة مدنيين", "كما", "ذكرت"]
)  # fmt: skip


@settings(max_examples=300)
@given(pieces=st.lists(PIECES, max_size=30), title=st.lists(PIECES, max_size=6))
def test_attribution_never_raises_and_its_spans_are_exact(pieces, title, kit):
    reading, attribution = attributed(kit, " ".join(pieces), " ".join(title))
    for token in range(len(reading.tokens)):
        for source in attribution.chain_at(token):
            assert reading.article.part(source.span.part)[source.span.start : source.span.end] == source.text
            assert source.text.strip()
            assert source.cue is not None
            assert source.cue.end <= len(reading.article.part(source.cue.part))
        attribution.denied_at(token)
        attribution.denials_at(token)
        attribution.chains_at(token)
