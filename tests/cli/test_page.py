"""The page: whole, self-contained, with every letter of the article in its place."""

import base64
import hashlib
import html
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.cli.page import PAGE_END, article_section, page_head
from marsad.model import Article, Claim, Evidence, Span
from marsad.run.marks import marked_lines, marks_of

sys.path.insert(0, str(Path(__file__).parent))
from sample import ARTICLE, CLAIMS, TEXT

TAG = re.compile(r"<[^>]*>")


def page(article=ARTICLE, claims=CLAIMS, why=False):
    return page_head() + article_section(article, claims, why=why) + PAGE_END


def marked(text, claims):
    marks = [mark for n, claim in enumerate(claims) for mark in marks_of(claim, f"c-{n}", "text")]
    return [line.html for line in marked_lines(text, marks, {})]


def shown(lines):
    return html.unescape(TAG.sub("", "\n".join(lines)))


def test_text_is_shown_letter_for_letter():
    assert shown(marked(TEXT, CLAIMS)) == TEXT


@given(st.data())
def test_text_is_whole_whatever_the_spans(data):
    text = data.draw(st.text(alphabet="اب جدَّ\n<&>\"'\u200f😀ـ", max_size=40))
    points = st.integers(min_value=0, max_value=len(text) + 3)
    claims = []
    for _ in range(data.draw(st.integers(0, 4))):
        start, end = sorted((data.draw(points), data.draw(points)))
        span = Span(start, end)
        claims.append(Claim(article="a", event="harm.killed", evidence=(Evidence(span=span, trigger=span),)))
    assert shown(marked(text, claims)) == text


def test_edges_inside_a_word_have_nothing_between_the_letters():
    lines = "".join(marked(TEXT, CLAIMS))
    inside = re.search(r"ب(<[^>]*>)+انسحابه", lines)
    assert inside
    style = page_head()
    rule = re.search(r"\nmark \{([^}]*)\}", style)[1]
    assert not re.search(r"padding|border|margin|inline-block|font", rule)


def test_piece_carries_all_roles_and_claims_that_cover_it():
    lines = "".join(marked(TEXT, CLAIMS))
    army = re.search(
        r'<mark class="bare" data-claims="c-0">(.*?)</mark>', lines[lines.index("الجيش") - 80 :]
    )[1]
    assert army == '<span class="source"><span class="actor">الجيش</span></span>'
    assert 'data-claims="c-0 c-1"><span class="place">مدينة السنديان' in lines.replace("c-1 c-0", "c-0 c-1")


def test_every_claim_has_a_card_and_its_words_an_anchor():
    text = page()
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', text):
        assert target in ids
    assert text.count('<li class="claim"') == len(CLAIMS)
    assert not set(re.findall(r'href="(?!#)', text))


def test_everything_from_the_article_is_escaped():
    text = page()
    assert "<النهر>" not in text
    assert "<b>العاصي" not in text
    assert "&lt;النهر&gt; &amp; غيرها" in re.sub(r"</?(mark|span)[^>]*>", "", text)
    evil = Article(
        id='"><script>x</script>',
        text="<script>alert(1)</script>\x00 \"'",
        title="<img src=x onerror=y>",
        outlet="</p>",
    )
    section = article_section(evil, [])
    assert set(re.findall(r"<(\w+)", section)) == {"article", "p", "bdi", "div", "h2", "ol"}


def test_policy_lets_in_exactly_what_is_in_the_page():
    text = page()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    for element in ("style", "script"):
        (body,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert " style=" not in text
    assert not re.search(r'\son\w+="', text)
    assert not re.search(r"https?://|url\(|@import", text)


def test_why_opens_the_reasons():
    assert "<details><summary>" in page()
    assert "<details open><summary>" in page(why=True)


@pytest.mark.parametrize("claims", [[], CLAIMS])
def test_elements_are_closed(claims):
    text = page(claims=claims)
    body = text[text.index("<body>") :]
    for element in (
        "article",
        "div",
        "p",
        "ol",
        "li",
        "dl",
        "mark",
        "span",
        "bdi",
        "h2",
        "h3",
        "details",
        "main",
    ):
        assert len(re.findall(rf"<{element}[ >]", body)) == body.count(f"</{element}>")
