"""Where sentences end, and where a full stop is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.arabic import load_lexicon, tokenise
from marsad.reading.quotations import quotations
from marsad.reading.sentences import sentences


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def cut(text, lexicon, title=""):
    tokens = tokenise(title, lexicon, "title") + tokenise(text, lexicon)
    parts = {"text": text, "title": title}
    return [
        parts[s.part][tokens[s.first].start : tokens[s.last - 1].end]
        for s in sentences(tokens, quotations(tokens))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقط التل. انسحب الجيش.", ["سقط التل.", "انسحب الجيش."]),
        ("هل سقط التل؟ نعم! سقط…", ["هل سقط التل؟", "نعم!", "سقط…"]),
        ("سقط التل.انسحب الجيش.", ["سقط التل.", "انسحب الجيش."]),
        ("نزح 3.5 ملايين شخص.", ["نزح 3.5 ملايين شخص."]),
        ("قالت ا.ف.ب إن التل سقط.", ["قالت ا.ف.ب إن التل سقط."]),
        ("قال د. سالم إن التل سقط.", ["قال د. سالم إن التل سقط."]),
        ("قال موقع الساحل.نت إن التل سقط.", ["قال موقع الساحل.نت إن التل سقط."]),
        ('قال: "الوضع صعب. سنصمد" وغادر.', ['قال: "الوضع صعب. سنصمد" وغادر.']),
        ("قال: «سقط التل.» وغادر.", ["قال: «سقط التل.»", "وغادر."]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("سقط التل .. وانسحب الجيش.", ["سقط التل .. وانسحب الجيش."]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_sentences_end_at(text, expected, lexicon):
    assert cut(text, lexicon) == expected


def test_sentences_of_the_title_are_one(lexicon):
    assert cut("سقط التل.", lexicon, title="سقط التل! وماذا بعد؟") == ["سقط التل! وماذا بعد؟", "سقط التل."]


def test_sentences_know_their_paragraph(lexicon):
    tokens = tokenise("عنوان", lexicon, "title") + tokenise("أول. ثان.\nثالث.", lexicon)
    assert [(s.part, s.paragraph) for s in sentences(tokens, quotations(tokens))] == [
        ("title", -1),
        ("text", 0),
        ("text", 0),
        ("text", 1),
    ]


@given(text=st.text(alphabet='ا بت.!؟…\n"«»12،', max_size=80))
def test_sentences_cover_all_but_breaks(text, lexicon):
    tokens = tokenise(text, lexicon)
    covered = [index for s in sentences(tokens, quotations(tokens)) for index in range(s.first, s.last)]
    assert covered == sorted(set(covered))
    assert {index for index, token in enumerate(tokens) if token.kind != "break"} == set(covered)
