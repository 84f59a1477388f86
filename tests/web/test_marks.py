"""Texts with marks for pages: every letter stays, blocks say where they begin, long paragraphs are cut and not shortened."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Article, Claim, Evidence, Span
from marsad.run.marks import Mark, clean, marked_lines
from marsad.web.views.marks import LONGEST, hits, is_arabic, marked_text

TAG = re.compile(r"<[^>]*>")
LETTERS = st.text(st.sampled_from("ابتحماة لل\n\ud800<&\x00\U0001f680é"), max_size=60)


def plain(markup):
    return html.unescape(TAG.sub("", str(markup)))


def claim(start, end, part="text"):
    span = Span(start, end, part)
    return Claim(article="a", event="strike.air", evidence=(Evidence(span=span, trigger=span),))


@given(LETTERS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4), st.integers(1, 9))
def test_no_letter_is_lost_whatever_is_marked_and_however_short_lines_are(text, spans, longest):
    marks = [Mark(min(pair), max(pair), "source", "1") for pair in spans]
    lines = list(marked_lines(text, marks, {}, longest))
    shown = "".join(plain(line.html) + ("" if line.goes_on else "\n") for line in lines)
    assert shown == html.unescape(clean(text)) + "\n"
    assert all(plain(line.html) == html.unescape(clean(text[line.start : line.start + len(plain(line.html))])) for line in lines)  # fmt: skip
    assert all(len(plain(line.html)) <= longest for line in lines)


def test_a_long_paragraph_is_cut_at_blanks():
    text = "كلمة " * 4000
    blocks = marked_text(Article(id="a", text=text), ()).blocks
    assert "".join(plain(block.html) for block in blocks) == text
    assert [block.goes_on for block in blocks] == [True] * (len(blocks) - 1) + [False]
    assert all(len(plain(block.html)) <= LONGEST and text[block.start - 1] == " " for block in blocks[1:])


def test_the_first_words_of_a_claim_can_be_jumped_to_once():
    text = marked_text(
        Article(id="a", text="قصف حماة", title="قصف"), [("1", claim(0, 3, "title")), ("2", claim(4, 8))]
    )
    assert text.anchored == {"1", "2"}
    assert 'id="claim-1"' in text.title[0].html
    assert 'id="claim-2"' in text.blocks[0].html


def test_words_beside_are_marked_faintly_and_belong_to_no_card():
    block = marked_text(Article(id="a", text="قصف حماة"), [], others=[claim(0, 3)]).blocks[0]
    assert block.html == '<mark class="bare other">قصف</mark> حماة'


FOUND = {
    "حماة": ["لحماة", "حماة", "وبحماة"],
    "المدينه": ["المدينة", "بالمدينة"],
    '"مدينة حماة"': ["المدينة حماة"],
    "قصف*": ["قصفت"],
    "-حماة": [],
    "": [],
    "!!": [],
}


@pytest.mark.parametrize(("question", "words"), FOUND.items())
def test_words_are_found_as_a_search_finds_them(question, words):
    text = "قُصفت المدينة حماة ثم لحماة بالمدينة وبحماة"
    found = [re.sub("[\u064b-\u0652]", "", text[hit.start : hit.end]) for hit in hits(text, question)]
    assert sorted(found) == sorted(words)


@pytest.mark.parametrize(
    ("text", "arabic"), [("حماة", True), ("Hama", False), ("1234", True), ("Hama هي حماة وريفها", True)]
)
def test_direction_is_that_of_most_letters(text, arabic):
    assert is_arabic(text) is arabic
