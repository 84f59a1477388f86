"""Verb forms as written without vowels, with tense, voice and person."""

import pytest

from marsad.arabic import fold_word
from marsad.arabic.verbs import load_roots, skeleton, verb_forms

ROOTS = load_roots()

FORMS = [
    ("قَصَفَ", "قصفت", "pv.a.3fs"),
    ("قَصَفَ", "قصفت", "pv.p.3fs"),
    ("قَصَفَ", "يقصفون", "iv.a.3mp"),
    ("قَالَ", "قالوا", "pv.a.3mp"),
    ("قَالَ", "يقول", "iv.a.3ms"),
    ("قَالَ", "قيل", "pv.p.3ms"),
    ("أَعْلَنَ", "أعلنت", "pv.a.3fs"),
    ("أَعْلَنَ", "يعلن", "iv.a.3ms"),
    ("اِنْسَحَبَ", "انسحبوا", "pv.a.3mp"),
    ("اِنْسَحَبَ", "تنسحب", "iv.a.3fs"),
    ("نَفَى", "نفت", "pv.a.3fs"),
    ("نَفَى", "ينفي", "iv.a.3ms"),
    ("دَعَا", "دعت", "pv.a.3fs"),
    ("دَعَا", "يدعو", "iv.a.3ms"),
]


@pytest.mark.parametrize(("lemma", "form", "morph"), FORMS)
def test_forms_of_strong_and_weak_verbs(lemma, form, morph):
    known = next(name for name in ROOTS if skeleton(name) == skeleton(lemma))
    assert morph in verb_forms(ROOTS[known])[fold_word(form)].split("|")


def test_persons_limit_the_forms():
    third = verb_forms(ROOTS["قَصَفَ"], frozenset({"3ms"}))
    assert {part.rpartition(".")[2] for morphs in third.values() for part in morphs.split("|")} == {"3ms"}


def test_forms_are_folded_and_bare():
    for form in verb_forms(ROOTS["أَعْلَنَ"]):
        assert fold_word(form) == form


@pytest.mark.parametrize(("first", "second"), [("قَصَفَ", "قصف"), ("اِنْسَحَبَ", "انسحب"), ("أَعْلَنَ", "اعلن")])
def test_a_skeleton_leaves_short_vowels_out(first, second):
    assert (skeleton(first) == skeleton(second)) is not first.startswith("أ")


def test_roots_are_read_from_a_file(tmp_path):
    path = tmp_path / "roots.tsv"
    path.write_text("# comment\nقَصَفَ\tقصف\tفعَل يفعِل\n\nقَصَفَ\tقصف\tفعَل يفعُل\n", encoding="utf-8")
    assert load_roots(path) == {"قَصَفَ": [("قصف", "فعَل يفعِل"), ("قصف", "فعَل يفعُل")]}


def test_every_listed_root_conjugates():
    for lemma, analyses in list(ROOTS.items())[::25]:
        assert verb_forms(analyses), lemma
