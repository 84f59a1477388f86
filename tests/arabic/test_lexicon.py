"""Words of the lexicon with what Arabic writes onto them."""

import marshal

import pytest

from marsad.arabic import Lexicon, fold_word, load_lexicon
from marsad.errors import MarsadError

FORMS = {
    "قوات": ((0, "n.pl"),),
    "سيطره": ((1, "n"),),
    "قصف": ((2, "pv.a.3ms|pv.p.3ms"), (3, "n")),
    "قصفوا": ((2, "pv.a.3mp"),),
    "يقصف": ((2, "iv.a.3ms"),),
    "ابناء": ((4, "n.pl"),),
    "لكن": ((5, "x"),),
    "هنا": ((6, "n"),),
    "لجنه": ((7, "n"),),
}
ENTRIES = [
    ("body_head", "قوة", {}),
    ("trigger", "سيطر", {}),
    ("trigger", "قَصَفَ", {}),
    ("trigger", "قصف", {}),
    ("people", "ابن", {}),
    ("function", "لكن", {}),
    ("name", "هنا", {"strict": True}),
    ("body_head", "لجنة", {}),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon({"entries": ENTRIES, "forms": FORMS, "phrases": {}, "version": "test"})


def read(lexicon, form):
    return {(sense.lemma, sense.pro, sense.enc) for sense in lexicon.word(form).senses}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("قوات", ("قوة", "", "")),
        ("القوات", ("قوة", "ال", "")),
        ("والقوات", ("قوة", "وال", "")),
        ("بالقوات", ("قوة", "بال", "")),
        ("فبالقوات", ("قوة", "فبال", "")),
        ("للقوات", ("قوة", "لال", "")),
        ("وللقوات", ("قوة", "ولال", "")),
        ("لقوات", ("قوة", "ل", "")),
        ("كقوات", ("قوة", "ك", "")),
        ("قواته", ("قوة", "", "ه")),
        ("قواتهم", ("قوة", "", "هم")),
        ("وبقواتها", ("قوة", "وب", "ها")),
        ("سيطرتها", ("سيطر", "", "ها")),
        ("قصفوها", ("قَصَفَ", "", "ها")),
        ("ابناوهم", ("ابن", "", "هم")),
        ("سيقصف", ("قَصَفَ", "س", "")),
        ("فسيقصف", ("قَصَفَ", "فس", "")),
        ("ليقصف", ("قَصَفَ", "ل", "")),
        ("ويقصفها", ("قَصَفَ", "و", "ها")),
        ("للجنه", ("لجنة", "لال", "")),
    ],
)
def test_clitics_are_taken_off(lexicon, form, expected):
    assert expected in read(lexicon, form)


@pytest.mark.parametrize(
    ("form", "refused"),
    [
        ("القصف", "قَصَفَ"),
        ("اليقصف", "قَصَفَ"),
        ("بيقصف", "قَصَفَ"),
        ("سقصف", "قَصَفَ"),
        ("سقوات", "قوة"),
        ("القواته", "قوة"),
        ("لكنه", "لكن"),
        ("وهنا", "هنا"),
        ("قصفي", "قَصَفَ"),
    ],
)
def test_clitics_that_the_word_cannot_carry(lexicon, form, refused):
    assert refused not in {sense.lemma for sense in lexicon.word(form).senses}


def test_the_article_leaves_only_the_noun(lexicon):
    assert read(lexicon, "القصف") == {("قصف", "ال", "")}
    assert lexicon.word("القصف").definite


def test_one_form_is_one_word(lexicon):
    assert lexicon.word("القوات") is lexicon.word("القوات")
    assert lexicon.word("زقزق").senses == ()
    assert lexicon.word("زقزق") is lexicon.word("زقزق")
    assert lexicon.word("قوات").sense("body_head").lemma == "قوة"
    assert lexicon.word("قوات").sense("trigger") is None


def test_very_long_forms_are_not_analysed(lexicon):
    assert lexicon.word("و" * 500).senses == ()


def test_a_table_that_is_not_there_says_how_to_build_it(tmp_path):
    with pytest.raises(MarsadError, match="not built"):
        load_lexicon(tmp_path / "lexicon.marshal")


@pytest.mark.parametrize("content", [b"", b"nonsense", marshal.dumps([1, 2])])
def test_a_table_that_cannot_be_read_is_refused(tmp_path, content):
    path = tmp_path / "lexicon.marshal"
    path.write_bytes(content)
    with pytest.raises(MarsadError, match="cannot be read"):
        load_lexicon(path)


@pytest.mark.parametrize(
    ("written", "cls"),
    [
        ("وسيقصف", "trigger"),
        ("بانسحابها", "trigger"),
        ("وأعلنت", "report"),
        ("للجيش", "body_head"),
        ("مدينة", "place_head"),
    ],
)
def test_the_built_lexicon_knows_words_of_the_news(written, cls):
    assert cls in load_lexicon().word(fold_word(written)).classes
