"""The compiler of the lexicons: what an entry expands to, and what is refused with the file's name."""

import pytest

from marsad.arabic import compile as compiling
from marsad.arabic.compile import LexiconError, Table, build, lexicon_files, read_entries
from marsad.arabic.lexicon import load_lexicon


def forms_of(cls, entry):
    table = Table()
    table.add(cls, entry, "words.yml")
    return set(table.data("v")["forms"])


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"word": "جيش", "forms": ["جيوش"]}, {"جيش", "جيشا", "جيوش"}),
        ({"word": "جيش", "alef": False}, {"جيش"}),
        (
            {"word": "مقاتل", "plural": "sound_m"},
            {"مقاتل", "مقاتلا", "مقاتلون", "مقاتلين", "مقاتلو", "مقاتلي"},
        ),
        (
            {"word": "غارة", "plural": "sound_f", "dual": True},
            {"غاره", "غارات", "غارتان", "غارتين", "غارتا", "غارتي"},
        ),
        ({"word": "إلى", "kind": "particle"}, {"الي"}),
    ],
)
def test_forms_of_a_noun(entry, expected):
    assert forms_of("thing", entry) == expected


def test_a_verb_brings_its_forms_and_its_masdar():
    found = forms_of("trigger", {"verb": "قَصَفَ", "nouns": ["قصف"], "persons": "third"})
    assert {"قصف", "قصفت", "قصفوا", "يقصف", "تقصف", "يقصفون"} <= found
    assert "نقصف" not in found


def test_voice_keeps_the_passive_out():
    table = Table()
    table.add("trigger", {"verb": "قَصَفَ", "voice": "active"}, "words.yml")
    morphs = [morph for rows in table.data("v")["forms"].values() for _, morph in rows]
    assert morphs
    assert not [morph for morph in morphs if "v.p." in morph]


def test_a_phrase_is_kept_by_its_first_word_longest_first():
    table = Table()
    table.add("trigger", {"phrase": "وقف إطلاق"}, "words.yml")
    table.add("trigger", {"phrase": "وقف إطلاق النار"}, "words.yml")
    assert table.data("v")["phrases"] == {"وقف": [(("وقف", "اطلاق", "النار"), 1), (("وقف", "اطلاق"), 0)]}


def test_what_is_no_form_is_the_data_of_the_entry():
    table = Table()
    table.add(
        "trigger", {"word": "قصف", "event": "strike.shelling", "example": "قصف.", "key": "k"}, "words.yml"
    )
    assert table.entries == [("trigger", "k", {"event": "strike.shelling"})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("trigger: قصف\n", "not a list"),
        ("trigger:\n  - قصف\n", "no verb, word or phrase"),
        ("trigger:\n  - nouns: [قصف]\n", "no verb, word or phrase"),
    ],
)
def test_unknown_shapes_are_refused_with_the_file(tmp_path, text, message):
    path = tmp_path / "broken.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=f"broken.yml.*{message}"):
        list(read_entries(path))


def test_a_verb_without_a_root_is_refused_with_the_file(tmp_path, monkeypatch):
    path = tmp_path / "verbs.yml"
    path.write_text("trigger:\n  - verb: زَقْفَلَ\n", encoding="utf-8")
    monkeypatch.setattr(compiling, "lexicon_files", lambda: [path])
    with pytest.raises(LexiconError, match=r"verbs\.yml.*زَقْفَلَ"):
        build(tmp_path)


def test_a_built_table_is_read_back(tmp_path, monkeypatch):
    path = tmp_path / "words.yml"
    path.write_text("body_head:\n  - word: كتيبة\n    forms: [كتائب]\n", encoding="utf-8")
    monkeypatch.setattr(compiling, "lexicon_files", lambda: [path])
    (built,) = build(tmp_path)
    lexicon = load_lexicon(built)
    assert [sense.lemma for sense in lexicon.word("بكتايبهم").senses] == ["كتيبة"]


def test_every_file_of_the_package_is_read():
    assert len(lexicon_files()) > 10
    assert all(list(read_entries(path)) for path in lexicon_files())
