"""Raw input becomes an article, complete and as given."""

import json

import pytest

from marsad.articles import About, Defaults, Limits, RawArticle, article_of
from marsad.errors import SetAside

TEXT = "أعلن الجيش انسحابه من المدينة بعد معارك عنيفة."
DEFAULTS = Defaults(published="2024-12-06", outlet="وكالة", title="عنوان")


def record(value, defaults=None):
    data = (
        value
        if isinstance(value, bytes)
        else json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )
    return article_of(RawArticle(kind="record", file="n.jsonl", line=1, data=data), defaults or Defaults())


def document(text, file="news/hama.txt", defaults=None):
    return article_of(RawArticle(kind="document", file=file, data=text.encode()), defaults or Defaults())


def test_record_keeps_what_it_says_and_passes_on_what_is_unknown():
    row = {
        "id": "a", "text": TEXT, "title": "ت", "published": "2024-12-06T09:30:00+03:00", "outlet": "و", "url": "u",
        "rubric": {"deep": [1, None, 2.5]}, "claims": [{"event": "old"}], "schema": "x", "reader": "y",
    }  # fmt: skip
    article = record(row, DEFAULTS)
    assert (article.id, article.text, article.title) == ("a", TEXT, "ت")
    assert (article.published, article.outlet, article.url) == ("2024-12-06T09:30:00+03:00", "و", "u")
    assert article.extra == {"rubric": {"deep": [1, None, 2.5]}}


def test_defaults_fill_only_what_a_record_leaves_out():
    article = record({"id": "a", "text": TEXT, "published": None, "outlet": ""}, DEFAULTS)
    assert (article.published, article.outlet, article.title) == ("2024-12-06", "وكالة", "عنوان")


def nested(depth):
    return b'{"id": "a", "text": "x", "deep": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (b'{"id": "a", "text": ', "bad_json", "column"),
        (b'{"id": "a", "text": "x", "n": NaN}', "bad_json", "NaN"),
        (b'{"id": "a", "text": "x", "n": 1e999}', "bad_json", "1e999"),
        (b'{"id": "a", "n": ' + b"9" * 5000 + b"}", "bad_json", "digits"),
        (nested(200_000), "bad_json", "nested"),
        (b'{"id": "a", "text": "\xff"}', "undecodable", "0xFF"),
        (["a"], "bad_record", "list"),
        ({"text": TEXT}, "bad_record", "'id'"),
        ({"id": 7, "text": TEXT}, "bad_record", "'id'"),
        ({"id": "", "text": TEXT}, "bad_record", "'id'"),
        ({"id": "a"}, "bad_record", "'text'"),
        ({"id": "a", "text": None}, "bad_record", "'text'"),
        ({"id": "a", "text": [TEXT]}, "bad_record", "'text'"),
        ({"id": "a", "text": TEXT, "title": 5}, "bad_record", "'title'"),
        ({"id": "a", "text": TEXT, "outlet": {}}, "bad_record", "'outlet'"),
        ({"id": "a", "text": TEXT, "published": 20241206}, "bad_record", "'published'"),
        ({"id": "a", "text": TEXT, "published": "yesterday"}, "bad_record", "yesterday"),
        ({"id": "a", "text": TEXT, "published": "2024-02-30"}, "bad_record", "2024-02-30"),
        ({"id": "a", "text": TEXT, "published": "0001-01-01"}, "bad_record", "1800"),
        ({"id": "a", "text": TEXT, "published": "2024-12-06 soon"}, "bad_record", "soon"),
        ({"id": "a", "text": ""}, "empty", "empty"),
        ({"id": "a", "text": "An English text of some length."}, "not_arabic", "English"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_records_are_set_aside_with_the_value(value, reason, words):
    with pytest.raises(SetAside) as caught:
        record(value)
    assert caught.value.reason == reason
    assert words in caught.value.message


@pytest.mark.parametrize("text", [f"{TEXT}\x00", f"{TEXT}\ud83d", f"\u202e{TEXT}", f"{TEXT}\U0001f680"])
def test_odd_code_points_are_kept(text):
    line = json.dumps({"id": "a", "text": text}).encode()
    assert record(line).text == text


def test_text_stays_as_given_and_its_first_line_is_no_title():
    text = f"  عنوان الخبر\r\n\r\n{TEXT}\n"
    article = document(text)
    assert article.text == text
    assert article.title == ""


def test_what_the_user_says_of_a_text_is_taken():
    article = document(TEXT, defaults=DEFAULTS)
    assert (article.published, article.outlet, article.title) == ("2024-12-06", "وكالة", "عنوان")


def test_id_of_a_text_is_its_name_and_its_content():
    one = document(TEXT, "a/hama.txt")
    assert one.id.startswith("hama-")
    assert one.id == document(TEXT, "b/hama.txt.gz").id
    assert one.id != document(TEXT + " ", "a/hama.txt").id
    assert document(TEXT, "-").id.startswith("text-")


@pytest.mark.parametrize(
    "text", ["<rss version='2.0'><channel></channel></rss>", "<?xml version='1.0'?><urlset></urlset>"]
)
def test_feeds_are_refused(text):
    with pytest.raises(SetAside) as caught:
        document(text)
    assert caught.value.reason == "feed"


def test_refusal_at_the_door_is_raised():
    raw = RawArticle(kind="refused", file="x", refusal=SetAside("binary", "a PDF"))
    with pytest.raises(SetAside, match="a PDF"):
        article_of(raw, Defaults(), Limits())


PAGE = f"""<html><head><title>عنوان الصفحة</title><link rel="canonical" href="https://example.org/canonical">
<meta property="og:site_name" content="موقع"><meta property="article:published_time" content="2024-12-05T10:00:00+03:00"></head>
<body><p>{TEXT}</p></body></html>"""
BARE = f"<html><body><p>{TEXT}</p></body></html>"
ABOUT = About(
    id="x-1", url="https://example.org/1", outlet="الناشر", published="2024-12-06", title="عنوان الوعاء"
)


@pytest.mark.parametrize(
    ("page", "about", "defaults", "expected"),
    [
        (
            PAGE,
            About(),
            None,
            ("عنوان الصفحة", "2024-12-05T10:00:00+03:00", "موقع", "https://example.org/canonical"),
        ),
        (PAGE, ABOUT, None, ("عنوان الصفحة", "2024-12-05T10:00:00+03:00", "الناشر", "https://example.org/1")),
        (BARE, ABOUT, None, ("عنوان الوعاء", "2024-12-06", "الناشر", "https://example.org/1")),
        (TEXT, ABOUT, None, ("عنوان الوعاء", "2024-12-06", "الناشر", "https://example.org/1")),
        (PAGE, ABOUT, DEFAULTS, ("عنوان", "2024-12-06", "وكالة", "https://example.org/1")),
    ],
)
def test_what_the_container_knows_of_a_document(page, about, defaults, expected):
    raw = RawArticle(kind="document", file="a.warc", data=page.encode(), about=about, member="@0")
    article = article_of(raw, defaults or Defaults())
    assert (article.title, article.published, article.outlet, article.url) == expected
    assert article.id == about.id or article.id.startswith("a-")


def test_what_the_container_knows_fills_a_record():
    row = {"id": "a", "text": TEXT, "outlet": "و", "title": ""}
    article = article_of(RawArticle(kind="record", file="n", data=row, about=ABOUT))
    assert (article.id, article.outlet, article.title) == ("x-1", "و", "عنوان الوعاء")
    assert (article.published, article.url) == ("2024-12-06", "https://example.org/1")


def test_record_without_an_id_has_that_of_its_container():
    assert article_of(RawArticle(kind="record", file="n", data={"text": TEXT}, about=ABOUT)).id == "x-1"


@pytest.mark.parametrize("kind", ["document", "record"])
def test_date_of_a_container_that_is_none_is_refused(kind):
    data = TEXT.encode() if kind == "document" else {"id": "a", "text": TEXT}
    with pytest.raises(SetAside, match="6 Dec"):
        article_of(RawArticle(kind=kind, file="n", data=data, about=About(published="Fri, 6 Dec 2024")))


def test_charset_of_a_container_is_used():
    raw = RawArticle(
        kind="document", file="n", data="هدنة".encode("cp1256"), about=About(charset="windows-1256")
    )
    assert article_of(raw).text == "هدنة"


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (RawArticle(kind="record", file="n.jsonl", line=3), "n.jsonl:3"),
        (RawArticle(kind="record", file="r.json", member="messages/8"), "r.json!messages/8"),
        (RawArticle(kind="document", file="-", member="@0"), "standard input!@0"),
    ],
)
def test_place_of_a_piece(raw, where):
    assert raw.where == where


def page(body):
    html = f"<html><head><title>News</title></head><body><article><p>{body}</p></article></body></html>"
    about = About(url="https://news.example/1")
    return article_of(RawArticle(kind="document", file="a.warc", data=html.encode(), about=about))


def test_a_page_of_the_web_without_arabic_letters_is_refused_before_its_article_is_looked_for(monkeypatch):
    def looked(_):
        raise AssertionError("its article was looked for")

    monkeypatch.setattr("marsad.articles.page.page_of", looked)
    with pytest.raises(SetAside, match="6 Arabic letters") as caught:
        page("The army withdrew from the city after days of heavy fighting. (عربي ١٢ وا)")
    assert caught.value.reason == "not_arabic"
    with pytest.raises(AssertionError):
        page(TEXT)


def test_a_page_that_writes_its_letters_by_number_is_read():
    by_number = "".join(f"&#{ord(letter)};" for letter in TEXT)
    assert page(f"{by_number} {by_number}").text.startswith(TEXT)
