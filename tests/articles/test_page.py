"""Hand-written pages in the manner of outlets, with what must come out of each.

To write the expected articles anew: python tests/articles/write_expected_pages.py
"""

import json
from pathlib import Path

import pytest

from marsad.articles import Defaults, Limits, RawArticle, article_of, raw_articles
from marsad.errors import SetAside

PAGES = Path(__file__).parent / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
FIELDS = ("title", "published", "outlet", "url", "text")


def read_page(name):
    (raw,) = raw_articles(str(PAGES / name), Limits())
    article = article_of(raw)
    return {field: getattr(article, field) for field in FIELDS}


def test_every_page_has_its_expected_article():
    assert {path.name for path in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page_gives_its_article(name):
    assert read_page(name) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page_gives_nothing_of_what_stands_around_the_article(name):
    article = read_page(name)
    for word in (
        "الرئيسية",
        "رياضة",
        "سكربت",
        "تعليق",
        "اقرأ أيضا",
        "ذات صلة",
        "الحقوق",
        "Facebook",
        "اتصل بنا",
        "محليات",
    ):
        assert word not in article["text"]


def test_what_the_user_says_wins_over_the_page():
    (raw,) = raw_articles(str(PAGES / "agency.html"), Limits())
    article = article_of(raw, Defaults(published="2020-01-01", outlet="غيرها"))
    assert (article.published, article.outlet) == ("2020-01-01", "غيرها")
    assert article.title == EXPECTED["agency.html"]["title"]


@pytest.mark.parametrize(
    "page", ["<html></html>", "<!DOCTYPE html><html><body><script>var a=1</script></body></html>", "<p></p>"]
)
def test_page_without_an_article_is_set_aside(page):
    with pytest.raises(SetAside) as caught:
        article_of(RawArticle(kind="document", file="x.html", data=page.encode()))
    assert caught.value.reason == "no_article"


@pytest.mark.parametrize(
    "stated",
    ["2024-12-06T09:30:00+0300", "2024-12-06T09:30:00.000Z", "2024-12-06", "2024-12-06 at noon"],
)
def test_stated_date_is_understood(stated):
    paragraph = "أعلنت قيادة الجيش صباح اليوم أن وحداتها خرجت من البلدة بعد قتال استمر يومين في أحيائها."
    page = f'<html><head><meta property="article:published_time" content="{stated}"></head><body><p>{paragraph}</p></body></html>'
    article = article_of(RawArticle(kind="document", file="x.html", data=page.encode()))
    assert article.day.isoformat() == "2024-12-06"
