"""Which mentions of an article become one claim: one event, one source, one claim."""

from itertools import pairwise

import pytest

from marsad.claims.find import ClaimsKit, candidates_of
from marsad.claims.linear import Weights
from marsad.claims.merge import WEIGHTS, Merger, merge
from marsad.claims.merge_features import counts, features_of, profile_of, voices
from marsad.claims.names import Name, Names
from marsad.claims.ranking import rank
from marsad.model import Article
from marsad.reading import ReadingKit, read


@pytest.fixture(scope="module")
def kits():
    reading = ReadingKit.load()
    return reading, ClaimsKit.load(reading.lexicon)


def candidates(kits, text, title=""):
    """Every candidate, whatever the judge says of it: what is tested is how they are grouped."""
    reading = read(Article(id="a", text=text, title=title, published="2024-12-06"), kits[0])
    found = candidates_of(reading, kits[1])
    rank(found, kits[1].network, Names(reading))
    return reading, found


def grouped(kits, text, event, title=""):
    """The trigger words of each claim of one event, in order."""
    reading, found = candidates(kits, text, title)
    groups = merge([c for c in found if c.event == event], Names(reading), kits[1].merging)
    return [[reading.text(c.hit.first, c.hit.last) for c in group.members] for group in groups]


ARTICLES = [
    pytest.param(
        "مقتل خمسة مدنيين بقصف على بلدة سراقب",
        "قال مصدر طبي إن خمسة مدنيين قتلوا أمس بقصف على بلدة سراقب في ريف إدلب.",
        "harm.killed",
        [["مقتل", "قتلوا"]],
        id="the headline repeats what a source says",
    ),
    pytest.param(
        "",
        "قال الجيش السوري إن ثلاثة مدنيين قتلوا في حماة.\nوقال الدفاع المدني إن سبعة مدنيين قتلوا في حماة.",
        "harm.killed",
        [["قتلوا"], ["قتلوا"]],
        id="two sources are two claims",
    ),
    pytest.param(
        "",
        "قال المرصد السوري لحقوق الإنسان إن ثلاثة مدنيين قتلوا في حماة.\nوأضاف المرصد أن ثلاثة مدنيين قتلوا في حماة أمس.",
        "harm.killed",
        [["قتلوا", "قتلوا"]],
        id="one source under a shorter name",
    ),
    pytest.param(
        "",
        "قتل أربعة جنود في مدينة حلب.\nوقتل تسعة جنود في مدينة درعا.",
        "harm.killed",
        [["قتل"], ["وقتل"]],
        id="two tolls are two claims",
    ),
]


@pytest.mark.parametrize(("title", "text", "event", "expected"), ARTICLES)
def test_merge_article(kits, title, text, event, expected):
    assert grouped(kits, text, event, title) == expected


def test_merge_keeps_a_denial_apart(kits):
    reading, found = candidates(kits, "قصفت الطائرات بلدة سراقب. وقصفت الطائرات بلدة سراقب.")
    strikes = [c for c in found if c.family == "strike"]
    strikes[-1].polarity = "negated"
    groups = merge(strikes, Names(reading), kits[1].merging)
    assert all(len({member.polarity for member in group.members}) == 1 for group in groups)


def test_merge_loses_no_mention(kits):
    reading, found = candidates(kits, "قتل أربعة جنود في حلب بعد قصف. ثم قتل جندي في القصف وأصيب اثنان.")
    groups = merge(found, Names(reading), kits[1].merging)
    assert sorted(id(m) for group in groups for m in group.members) == sorted(map(id, found))


def compared(kits, text):
    """How many mentions of one code a text has, and how many pairs of them were weighed."""
    reading, found = candidates(kits, text)
    names, merger = Names(reading), Merger(kits[1].merging)
    mentions = [c for c in found if c.event == "harm.killed"]
    for candidate in mentions:
        merger.take(candidate, profile_of(candidate, names))
    return len(mentions), merger.compared


def test_merge_does_not_weigh_repeated_sentences_again(kits):
    sentence = "قال المرصد إن طائرات قصفت بلدة سراقب ما أدى إلى مقتل ثلاثة مدنيين.\n"
    few, many = compared(kits, sentence * 20), compared(kits, sentence * 200)
    assert many[0] == 10 * few[0]
    assert many[1] <= few[1] + few[0]


def test_merge_weighs_a_bounded_number_of_pairs(kits):
    towns = "سراقب بنش أريحا حارم سلقين الدانا خان_شيخون كفرنبل معرة_مصرين جسر_الشغور".replace(
        "_", "-"
    ).split()
    lines = [f"قتل {n} مدنيين في بلدة {towns[n % 10]}.\n" for n in range(3, 203)]
    mentions, pairs = compared(kits, "".join(lines))
    assert pairs <= mentions * 13 * 4


def profile(kits, text, source=(), shown=None):
    """The profile of the first candidate of a text, with given names of its source."""
    reading, found = candidates(kits, text)
    made = profile_of(found[0], Names(reading))
    names = Names(reading)
    return _with(made, voices=tuple(names.name(name) for name in source), counts=shown)


def _with(made, **parts):
    fields = {name: getattr(made, name) for name in made.__slots__}
    return type(made)(**{**fields, **{name: value for name, value in parts.items() if value is not None}})


VOICES = [
    (("المرصد السوري لحقوق الإنسان",), ("المرصد",), "same"),
    (("حسن عبد الغني",), ("عبد الغني",), "same"),
    (("العميد يحيى سريع", "قوات صنعاء"), ("قوات صنعاء",), "same"),
    (("خالد حسن", "وزارة الدفاع"), ("سمير علي", "وزارة الدفاع"), "other"),
    (("الجيش التركي",), ("الجيش الروسي",), "other"),
    ((), (), "none"),
]


@pytest.mark.parametrize(("mine", "theirs", "expected"), VOICES)
def test_merge_features_voices(kits, mine, theirs, expected):
    text = "قصفت الطائرات بلدة سراقب."
    left, right = profile(kits, text, mine), profile(kits, text, theirs)
    assert voices(left, right) == voices(right, left) == expected


COUNTS = [
    ({("killed", 5, 5)}, {("killed", 5, 5), ("wounded", 2, 2)}, "same"),
    ({("killed", 5, 5)}, {("killed", 7, 7)}, "other"),
    ({("killed", 20, 99)}, {("killed", 25, 25)}, "overlap"),
    ({("killed", 21, None)}, {("killed", 20, 20)}, "other"),
    ({("killed", 5, 5)}, {("wounded", 7, 7)}, "of other kinds"),
    ({("killed", 5, 5)}, set(), "of one"),
]


@pytest.mark.parametrize(("mine", "theirs", "expected"), COUNTS)
def test_merge_features_counts(kits, mine, theirs, expected):
    text = "قصفت الطائرات بلدة سراقب."
    left, right = profile(kits, text, shown=frozenset(mine)), profile(kits, text, shown=frozenset(theirs))
    assert counts(left, right) == expected


def test_merge_features_name_no_side(kits):
    """Swapping one side for another changes no feature: merging is even-handed."""

    def features(side):
        reading, found = candidates(kits, f"قصف {side} بلدة سراقب.\nقصف {side} مدينة حماة.")
        profiles = [profile_of(c, Names(reading)) for c in found if c.family == "strike"]
        return [list(features_of(a, b)) for a, b in pairwise(profiles)]

    assert features("الجيش التركي")[0]
    assert features("الجيش التركي") == features("الجيش الروسي") == features("الجيش السوري")


def test_merge_weights_are_of_known_features():
    named = {
        line.split("\t")[0]
        for line in WEIGHTS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    }
    assert "bias" in named
    assert Weights(WEIGHTS)
    assert all(name.isascii() for name in named)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("مدينة حماة", "حماة", True),
        ("الجيش", "الجيش السوري", True),
        ("حلب", "حماة", False),
        ("", "حماة", False),
    ],
)
def test_names_fit(left, right, expected):
    names = Names(read(Article(id="a", text="نص."), ReadingKit.load()))
    assert names.name(left).fits(names.name(right)) is expected
    assert Name(frozenset()).fits(names.name("حماة")) is False
