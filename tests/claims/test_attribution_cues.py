"""The words of reporting: each entry's example has its cue, and words that only look like one have none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import marsad
from marsad.arabic import load_lexicon, tokenise
from marsad.claims.attribution_cues import find_cues, is_that

LEXICON = Path(marsad.__file__).parent / "claims" / "lexicon" / "reporting.yml"
ENTRIES = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
STANCES = {"state", "assert", "concede", "deny", "allege", "predict"}


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def key(entry):
    return str(entry.get("key") or entry.get("verb") or entry["word"])


@pytest.mark.parametrize("entry", [*ENTRIES["report"], *ENTRIES["formula"]], ids=key)
def test_cues_are_found_in_the_example(entry, lexicon):
    tokens = tokenise(entry["example"], lexicon)
    assert key(entry) in {cue.shape.lemma for cue in find_cues(tokens, 0, len(tokens))}


@pytest.mark.parametrize("entry", ENTRIES["report"], ids=key)
def test_cues_have_a_stance_of_the_codebook(entry):
    assert entry["stance"] in STANCES
    assert entry.get("stance_that", "state") in STANCES


def test_cues_cover_every_stance():
    assert {entry["stance"] for entry in ENTRIES["report"]} == STANCES
    assert len(ENTRIES["report"]) >= 90


@pytest.mark.parametrize(
    "text",
    [
        "وقتل زعيم الجماعة.",
        "مصدر الصاروخ مجهول.",
        "وهناك قصف على البلدة.",
        "بين القريتين.",
        "عبر الحدود.",
        "لم تعلن الوزارة شيئا.",
        "دون أن تؤكد.",
        "عن نشر القوات.",
        "تم نقل الجرحى.",
        "إضافية",
        "محافظة تعز.",
    ],
)
def test_cues_are_not_found_in(text, lexicon):
    tokens = tokenise(text, lexicon)
    assert [cue for cue in find_cues(tokens, 0, len(tokens)) if cue.shape.sort == "verb"] == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("ان", True),
        ("بانه", True),
        ("وانها", True),
        ("اننا", True),
        ("انا", False),
        ("كان", False),
        ("ايران", False),
    ],
)
def test_cues_know_the_word_that(form, expected):
    assert is_that(form) is expected
