"""What feeds, sitemaps and OPML files list, also where they are broken or hostile."""

import gzip
import json

import pytest

from marsad.errors import SetAside
from marsad.feeds import Entry, listing_of
from marsad.feeds import entries as limits
from marsad.feeds import listing as sizes

BASE = "http://feeds.example/news/feed.xml"

RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>أخبار &amp; آراء</title><link>http://feeds.example/</link>
<item><title> القوات تنسحب
 من البلدة </title><link>/news/1</link><guid isPermaLink="false">n-1</guid>
 <pubDate>Fri, 06 Dec 2024 00:30:00 +0300</pubDate><description>قالت مصادر إن</description>
 <content:encoded><![CDATA[<p>قالت مصادر إن القوات انسحبت & لم تعد</p>]]></content:encoded></item>
<item><title>الثاني &lt;b&gt;عاجل&lt;/b&gt;</title><guid>https://feeds.example/2</guid><dc:date>2024-12-06</dc:date></item>
<item><title>بلا عنوان</title></item>
<item><title>بريد</title><link>mailto:desk@feeds.example</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>الموجز</title>
<entry><title>أ</title><id>tag:feeds.example,2024:1</id><link rel="alternate" href="a?x=1&amp;y=2"/>
 <published>2024-12-06T09:30:00+03:00</published><updated>2024-12-07T09:30:00+03:00</updated>
 <summary>قصير</summary><content type="html">&lt;p&gt;النص في هذا&lt;/p&gt;</content></entry>
<entry><title>ب</title><id>2</id><link href="https://feeds.example/b"/><updated>2024-12-07T09:30:00Z</updated></entry>
</feed>"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://feeds.example/1 </loc><lastmod>2024-12-09</lastmod><news:news><news:publication><news:name>x</news:name></news:publication>
<news:publication_date>2024-12-06T09:30:00+03:00</news:publication_date><news:title>عنوان الخبر</news:title></news:news></url>
<url><loc>https://feeds.example/2</loc><lastmod>2024-12-09</lastmod></url>
<url><lastmod>2024-12-09</lastmod></url></urlset>"""

OPML = """<opml version="2.0"><head><title>مصادرنا</title></head><body><outline text="محلية"><outline text="أولى" type="rss" xmlUrl="http://a.example/rss"/>
<outline text="فرع"><outline title="ثانية" text="x" xmlurl="/own.xml"/></outline></outline><outline text="بلا"/></body></opml>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "الموجز",
    "items": [
        {"id": 7, "url": "/7", "title": "سابع", "date_published": "2024-12-06T09:30:00+03:00", "content_text": "سطر <أول>\n\nسطر ثان"},
        {"id": "https://feeds.example/8", "content_html": "<p>ثامن</p>", "summary": "قصير", "title": None},
        {"id": "9", "url": 9},
        "scrap",
    ],
}  # fmt: skip


def listed(text, **named):
    return listing_of(text if isinstance(text, bytes) else text.encode(), address=BASE, **named)


def refused(body):
    with pytest.raises(SetAside) as error:
        listed(body)
    return error.value.reason


def test_rss_lists_its_items_with_their_own_dates():
    found = listed(RSS)
    assert (found.kind, found.title, found.left_out) == ("feed", "أخبار & آراء", 2)
    assert found.entries == (
        Entry(
            address="http://feeds.example/news/1",
            title="القوات تنسحب من البلدة",
            published="2024-12-06T00:30:00+03:00",
            content_html="<p>قالت مصادر إن القوات انسحبت & لم تعد</p>",
            summary="قالت مصادر إن",
            id="n-1",
        ),
        Entry(
            address="https://feeds.example/2",
            title="الثاني عاجل",
            published="2024-12-06",
            id="https://feeds.example/2",
        ),
    )


def test_a_broken_feed_in_windows_1256_keeps_all_its_text():
    broken = RSS.replace("&amp; آراء", "& آراء").replace("</channel></rss>", "")
    for body, charset in (
        (('<?xml version="1.0" encoding="windows-1256"?>' + broken).encode("cp1256"), None),
        (broken.encode("cp1256"), "windows-1256"),
        (broken.encode("cp1256"), None),
    ):
        found = listed(body, charset=charset, media_type="text/xml")
        assert (found.title, found.entries) == ("أخبار & آراء", listed(RSS).entries)


def test_complaints_of_the_server_before_a_feed_do_not_matter():
    found = listed("\n<br />\n<b>Warning</b>: x in y on line 3<br />\n" + RSS)
    assert found.entries == listed(RSS).entries


def test_atom_gives_the_publication_and_not_the_last_change():
    first, second = listed(ATOM).entries
    assert first == Entry(
        address="http://feeds.example/news/a?x=1&y=2",
        title="أ",
        published="2024-12-06T09:30:00+03:00",
        content_html="<p>النص في هذا</p>",
        summary="قصير",
        id="tag:feeds.example,2024:1",
    )
    assert (second.address, second.published) == ("https://feeds.example/b", None)


@pytest.mark.parametrize(
    ("inside", "published"),
    [
        ("<dc:date>2024-12-06T09:30:00+03:00</dc:date>", "2024-12-06T09:30:00+03:00"),
        ("<atom:updated>2024-12-07T09:30:00Z</atom:updated>", None),
        ("<pubDate>أمس</pubDate>", None),
        ("", None),
    ],
)
def test_in_rss_a_last_change_is_no_publication(inside, published):
    text = (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><item><link>/1</link>{inside}</item></channel></rss>"
    )
    assert listed(text).entries[0].published == published


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#xD83D;&#xDE00;", "\N{GRINNING FACE}"),
        ("&#55357;&#56832;", "\N{GRINNING FACE}"),
        ("&#xd800;", "\ufffd"),
        ("&#55000;&#x628;", "\ud6d8ب"),
        ("&#55295;", "\ud7ff"),
    ],
)
def test_characters_in_two_halves_are_put_together(written, read):
    text = (
        f'<rss version="2.0"><channel><item><link>/1</link><title>أ{written}</title></item></channel></rss>'
    )
    assert listed(text).entries[0].title == "أ" + read


def test_json_feed():
    found = listed(json.dumps(JSON))
    assert (found.kind, found.title, found.left_out) == ("feed", "الموجز", 2)
    assert found.entries == (
        Entry(
            address="http://feeds.example/7",
            title="سابع",
            published="2024-12-06T09:30:00+03:00",
            content_html="<p>سطر &lt;أول&gt;</p><p>سطر ثان</p>",
            id="7",
        ),
        Entry(
            address="https://feeds.example/8",
            content_html="<p>ثامن</p>",
            summary="قصير",
            id="https://feeds.example/8",
        ),
    )


def test_halves_of_pairs_in_json_do_not_get_through():
    text = '{"version":"https://jsonfeed.org/version/1","items":[{"url":"/1","title":"أ\\ud800\\u0000ب"}]}'
    assert listed(text).entries[0].title == "أب"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_gives_the_date_of_the_news_and_not_of_the_page(pack):
    found = listed(pack(SITEMAP.encode()))
    assert (found.kind, found.left_out) == ("sitemap", 1)
    assert found.entries == (
        Entry(address="https://feeds.example/1", title="عنوان الخبر", published="2024-12-06T09:30:00+03:00"),
        Entry(address="https://feeds.example/2"),
    )


def test_a_sitemap_with_a_bare_ampersand_keeps_its_addresses():
    found = listed("<urlset><url><loc>http://feeds.example/?a=1&b=2&amp;c=3</loc></url></urlset>")
    assert found.entries[0].address == "http://feeds.example/?a=1&b=2&c=3"


def test_an_index_names_further_sitemaps():
    found = listed(
        '<sitemapindex xmlns="x"><sitemap><loc>/1.xml.gz</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>'
    )
    assert found.kind == "sitemap_index"
    assert [e.address for e in found.entries] == [
        "http://feeds.example/1.xml.gz",
        "http://feeds.example/2.xml",
    ]


def test_opml_names_feeds_however_deep():
    found = listed(OPML)
    assert (found.kind, found.title) == ("opml", "مصادرنا")
    assert [(e.address, e.title) for e in found.entries] == [
        ("http://a.example/rss", "أولى"),
        ("http://feeds.example/own.xml", "ثانية"),
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"text", b"<!DOCTYPE html><html><body><rss></rss></body></html>", b"<html><feed/></html>", b'{"a":1}', b"[1,2]", b"{", b"\x00\xff" * 40,
     b"<svg/>", b"%PDF-1.4", b"<rssish/>", gzip.compress(b"text", mtime=0), b'{"version": "https://jsonfeed.example"}'],
)  # fmt: skip
def test_what_lists_nothing_is_none(body):
    found = listed(body)
    assert (found.kind, found.entries) == ("none", ())


@pytest.mark.parametrize(
    "body",
    [ATOM.split("<entry>")[0] + "</feed>", '<rss version="2.0"><channel></channel></rss>', "<urlset/>"],
)
def test_a_feed_may_be_empty(body):
    assert listed(body).entries == ()


@pytest.mark.parametrize(
    "body",
    ["<urlset><url>", "<opml><outline xmlUrl='a'</opml>", "<rss ", "<rss><channel>", '{"version":"https://jsonfeed.org/version/1"}',
     '{"version":"https://jsonfeed.org/version/1", "items":[', "<urlset>" + "<a>" * 500, gzip.compress(RSS.encode(), mtime=0)[:-20],
     '{"version":"https://jsonfeed.org/version/1", "items":' + "[" * 100_000],
)  # fmt: skip
def test_what_cannot_be_read_is_set_aside(body):
    assert refused(body) == "bad_feed"


def entities(secret):
    ten = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{ten}]>%s',
        "outside": f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "{secret.as_uri()}">]>%s',
        "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>%s',
        "lower case": f'<!doctype x [<!entity l9 SYSTEM "{secret.as_uri()}">]>%s',
    }


@pytest.mark.parametrize("how", ["laughs", "outside", "parameter", "lower case"])
@pytest.mark.parametrize("document", [RSS, ATOM, SITEMAP, OPML], ids=["rss", "atom", "sitemap", "opml"])
def test_no_entity_is_expanded(tmp_path, how, document):
    secret = tmp_path / "secret.txt"
    secret.write_text("not for others")
    document = document.replace("<title>", "<title>&l9;").replace("<loc>", "<loc>&l9;")
    assert refused(entities(secret)[how].replace("%s", document)) == "bad_feed"


def test_a_document_type_elsewhere_is_not_fetched(tmp_path):
    kind = tmp_path / "kind.dtd"
    kind.write_text('<!ENTITY l9 "not for others">')
    for document in (RSS.replace("أخبار", "&l9;"), OPML.replace("مصادرنا", "&l9;")):
        try:
            found = listed(f'<!DOCTYPE x SYSTEM "{kind.as_uri()}">{document}')
        except SetAside as refusal:
            assert refusal.reason == "bad_feed"
        else:
            assert "not for others" not in repr(found)


def test_a_list_is_read_up_to_its_limit_and_the_rest_counted(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ENTRIES", 2)
    monkeypatch.setattr(limits, "MOST_IN_SITEMAP", 3)
    item, url = "<item><link>/a</link></item>", "<url><loc>/a</loc></url>"
    feed = listed(f'<rss version="2.0"><channel>{item * 5}</channel></rss>')
    sitemap = listed(f"<urlset>{url * 5}</urlset>")
    assert (len(feed.entries), feed.left_out) == (2, 3)
    assert (len(sitemap.entries), sitemap.left_out) == (3, 2)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_document_over_the_limit_is_set_aside(monkeypatch, pack):
    monkeypatch.setattr(sizes, "LARGEST", 10_000)
    assert refused(pack(RSS.encode() + b" " * 10_000)) == "too_long"
