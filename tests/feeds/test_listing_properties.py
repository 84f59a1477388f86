"""Whatever bytes come in, a listing or a refusal comes out, and every entry can be relied on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import SetAside
from marsad.feeds import listing_of

SEEDS = [
    b'<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><channel><title>\xce\xc8\xd1 & x</title><item><title>a</title>'
    b"<link>http://a.example/1</link><pubDate>Fri, 06 Dec 2024 09:30:00 +0300</pubDate><description>&lt;p&gt;x</description>"
    b"<content:encoded><![CDATA[<p>y</p>]]></content:encoded><guid>1</guid></item></channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://[a"><title type="xhtml"><div>x</div></title><entry><id>1</id><link href="/a"/>'
    b'<published>2024-12-06T09:30:00Z</published><content type="html" src="x">&lt;b&gt;</content><georss:point>1 2</georss:point></entry></feed>',
    b'<urlset xmlns:news="n"><url><loc>http://a.example/1</loc><news:news><news:publication_date>2024-12-06</news:publication_date></news:news></url></urlset>',
    b"<sitemapindex><sitemap><loc>http://a.example/1</loc></sitemap></sitemapindex>",
    b'<opml><head><title>x</title></head><body><outline text="a"><outline xmlUrl="http://a.example/"/></outline></body></opml>',
    b'{"version":"https://jsonfeed.org/version/1","title":"x","items":[{"id":"1","url":"http://a.example/","date_published":"2024-12-06"}]}',
    b'<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="http://a.example/"><title>x</title></item></rdf:RDF>',
]
SCRAPS = st.sampled_from(
    [b"", b"\x00", b"\xff\xfe", b"&", b"&#0;", b"&#xd800;", b"&#99999999;", b"<", b">", b"]]>", b"<![CDATA[", b"<!DOCTYPE x [", b"<?xml", b"http://[", b"javascript:",
     b"'", b'"', b"<item>", b"<entry>", b"</title>", b"<base href='http://[::1'>", b' xmlns="a"', b' xml:base="::"', b"\xed\xa0\x80", b"9" * 30, b"<media:content url='x'/>",
     b"<enclosure length='x'/>", b"<itunes:duration>1:2:3:4</itunes:duration>", b"<gml:pos>a</gml:pos>", b"<where><Point>", b"<geo:lat>x</geo:lat>", b"<psc:chapter start='x'/>",
     b"<cloud/>", b"<source/>", b"<textInput>", b"<category term='x'/>", b"null", b"[", b"{", b"\\ud800", b"<!--", b"-->"]
) | st.binary(max_size=4)  # fmt: skip


@st.composite
def mutated(draw):
    """A document with a few pieces cut out and scraps put in their place."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 12)))
        body = body[:start] + draw(SCRAPS) + body[end:]
    return body


def check(body, charset):
    try:
        found = listing_of(body, address="http://feeds.example/f", charset=charset)
    except SetAside as refusal:
        assert refusal.reason in ("bad_feed", "too_long")
        refusal.message.encode("utf-8")
        return
    found.title.encode("utf-8")
    for entry in found.entries:
        assert entry.address.isascii()
        assert entry.address.startswith(("http://", "https://"))
        for text in (entry.title, entry.content_html, entry.summary, entry.id):
            assert "\x00" not in text
            text.encode("utf-8")


CHARSETS = st.sampled_from([None, "utf-8", "windows-1256", "utf-7", "punycode", "\x00", "unicode_escape"])


@settings(max_examples=300, deadline=None)
@given(mutated(), CHARSETS)
def test_a_mutated_document_gives_a_listing_or_is_set_aside(body, charset):
    check(body, charset)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    CHARSETS,
    st.sampled_from([b"", b"<rss>", b"<feed>", b"<urlset>", b"{", b"<opml>", b"\x1f\x8b"]),
)
def test_any_bytes_give_a_listing_or_are_set_aside(body, charset, start):
    check(start + body, charset)
