"""Feeds by the rules of RFC 4287, RFC 6721 and JSON Feed 1.1, and as a feed reader reads them."""

import json
import re
from dataclasses import replace

import feedparser
import pytest
from lxml import etree

from export import records
from marsad.export.news_feeds import Atom, JsonFeed
from marsad.export.news_words import MOST_VOICES

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "georss": "http://www.georss.org/georss",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE = {"id", "title", "updated", "published", "summary", "content", "subtitle", "generator", "rights"}
REQUIRED = {"id", "title", "updated"}
NAMES = ["i6", "i5", "i4", "i3", "i2", "i1"]


def atom(path, some=None, **changes):
    """The feed element, after looking at the rules of RFC 4287 that a validator looks at."""
    content = records.written(
        Atom(path, records.making(**changes)), path, records.changes() if some is None else some
    )
    feed = etree.fromstring(content)
    ids = [one.text for one in feed.iterfind(".//a:id", NS)]
    assert len(set(ids)) == len(ids)
    assert all(re.match(r"urn:marsad:s1:(feed|incident):\S+\Z", one) for one in ids)
    for element in (feed, *feed.iterfind("a:entry", NS)):
        names = [etree.QName(one).localname for one in element]
        assert set(names) >= REQUIRED
        assert not [name for name in ONCE if names.count(name) > 1]
        for name in ("updated", "published"):
            assert all(MOMENT.fullmatch(one.text) for one in element.iterfind(f"a:{name}", NS))
        assert all(one.get("type") == "text" and not len(one) for one in element.iterfind("a:title", NS))
    # An entry without a link to itself needs content; where neither it nor the feed has an author it is no entry.
    assert all(one.find("a:content", NS) is not None for one in feed.iterfind("a:entry", NS))
    assert feed.find("a:author/a:name", NS) is not None
    for one in feed.iterfind("at:deleted-entry", NS):
        assert one.get("ref")
        assert MOMENT.fullmatch(one.get("when"))
    assert not feed.findall('.//a:link[@rel="self"]', NS)
    return feed


def json_feed(path, some=None, **changes):
    """The feed, after looking at what JSON Feed 1.1 requires."""
    found = json.loads(
        records.written(
            JsonFeed(path, records.making(**changes)), path, records.changes() if some is None else some
        )
    )
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"]
    ids = [one["id"] for one in found["items"]]
    assert len(set(ids)) == len(ids)
    for one in found["items"]:
        assert isinstance(one["id"], str)
        assert one["content_text"]
        assert MOMENT.fullmatch(one["date_modified"])
        assert all(isinstance(tag, str) for tag in one["tags"])
    return found


def last(identity):
    return identity.rpartition(":")[2]


def entry(path, record, **changes):
    change = records.changes()[0]
    return atom(
        path, [replace(change, id=record.id, incident=record, now=record.data["status"])], **changes
    ).find("a:entry", NS)


def text(element, name):
    return element.findtext(f"a:{name}", namespaces=NS)


def test_entries_stand_newest_first_and_what_is_gone_is_deleted(tmp_path):
    feed = atom(tmp_path / "a")
    assert text(feed, "updated") == "2026-03-09T08:00:00.000+00:00"
    assert [last(text(one, "id")) for one in feed.iterfind("a:entry", NS)] == NAMES
    gone = {
        last(one.get("ref")): one.findtext("at:comment", namespaces=NS)
        for one in feed.iterfind("at:deleted-entry", NS)
    }
    assert gone == {
        "i9": "withdrawn: nothing tells of it any more",
        "i8": "split into i1, i3",
        "i7": "merged into i1",
    }


def test_an_entry_says_status_place_tolls_and_who_says_it(tmp_path):
    record = records.incident(counts=[records.toll(most=99)])
    found = entry(tmp_path / "a", record)
    assert text(found, "title") == "advance into a place, Khan Shaykhun, 2026-03-01 (reported, single)"
    summary = "single; independent groups of roots that affirm it: 1. killed: 20-99 (المرصد, المشفى). one root affirms it"
    assert text(found, "summary") == summary
    assert text(found, "content").split("\n") == [
        summary,
        "made by the machine, no person decided about it",
        f"- Observer, affirms, Agency: «{records.SAID}»",
    ]
    assert {
        (one.get("scheme").rpartition(":")[2], one.get("term")) for one in found.iterfind("a:category", NS)
    } == {("status", "single"), ("review", "machine"), ("event", "territory.advance")}
    assert found.findtext("georss:point", namespaces=NS) == "35.44 36.65"
    assert [(one.get("rel"), one.get("href")) for one in found.iterfind("a:link", NS)] == [
        ("via", "https://example.org/a1")
    ]


def test_in_arabic_it_is_told_in_arabic(tmp_path):
    feed = atom(tmp_path / "a", lang="ar")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    found = entry(tmp_path / "b", records.incident(), lang="ar")
    assert text(found, "title") == "تقدّم أو دخول، خان شيخون، 2026-03-01 (منقول، مفرد المصدر)"
    assert "المرصد، يؤكد، الوكالة" in text(found, "content")


def test_a_change_of_status_is_told_and_a_later_change_replaces_an_earlier(tmp_path):
    first = records.changes()[0]
    second = replace(
        first,
        what="changed",
        at="2026-04-01T00:00:00.000+00:00",
        before="single",
        now="disputed",
        incident=records.incident(status="disputed"),
    )
    (found,) = atom(tmp_path / "a", [first, second]).iterfind("a:entry", NS)
    assert text(found, "updated") == second.at
    assert "status before: single" in text(found, "content")
    back = replace(first, what="withdrawn", at="2026-04-02T00:00:00.000+00:00", incident=None)
    assert not atom(tmp_path / "b", [first, second, back]).findall("a:entry", NS)


def test_only_the_newest_are_kept(tmp_path):
    feed = atom(tmp_path / "a", most=4)
    assert [last(text(one, "id")) for one in feed.iterfind("a:entry", NS)] == ["i6"]
    assert len(feed.findall("at:deleted-entry", NS)) == 3
    assert [last(one["id"]) for one in json_feed(tmp_path / "b", most=4)["items"]] == ["i9", "i8", "i7", "i6"]


def test_an_entry_quotes_so_many_and_says_how_many_more_there_are(tmp_path):
    claims = [records.claim(f"c{number}", number) for number in range(MOST_VOICES + 3)]
    lines = text(entry(tmp_path / "a", records.incident("i1", claims)), "content").split("\n")
    assert sum(line.startswith("- ") for line in lines) == MOST_VOICES
    assert lines[-1] == "+ 3 more claims"


@pytest.mark.parametrize("make", [atom, json_feed])
def test_no_private_person_is_named(tmp_path, make):
    claim = records.claim(quote="قال سالم إن الطائرات عادت", private=(("text", 4, 8),))
    row = records.told(
        claim, root="سالم", root_text="سالم", root_kind="person", root_label=None, authority=[]
    )
    record = records.incident(
        "i1", [claim], [row], reasons=["سالم affirms it"], counts=[records.toll(min_by="سالم")]
    )
    change = replace(records.changes()[0], incident=record)
    make(tmp_path / "a", [change])
    assert "سالم" not in (tmp_path / "a").read_text("utf-8")
    make(tmp_path / "b", [change], private=True)
    assert "سالم" in (tmp_path / "b").read_text("utf-8")


def test_text_that_attacks_readers_is_text(tmp_path):
    claim = records.claim(quote=records.HOSTILE, head=records.head(url="javascript:alert(1)"))
    record = records.incident("i1", [claim], reasons=["<b onload=x>"])
    found = entry(tmp_path / "a", record, title="<script>x</script>", license="a & b", creators=("A <a@b>",))
    assert not found.findall("a:link", NS)
    assert "<b onload=x>" in text(found, "summary")
    assert "</script>\u202eب" in text(found, "content")


def test_a_reader_of_feeds_reads_it(tmp_path):
    atom(tmp_path / "a")
    found = feedparser.parse((tmp_path / "a").read_bytes())
    assert not found.bozo
    assert found.version == "atom10"
    assert [last(one.id) for one in found.entries] == NAMES
    assert found.entries[0].updated_parsed.tm_mon == 3


def test_an_item_of_a_json_feed_says_the_same(tmp_path):
    found = json_feed(tmp_path / "a", [records.changes()[0]], license="CC-BY-4.0", creators=("Desk",))
    assert found["authors"] == [{"name": "Desk"}]
    assert found["_marsad"]["license"] == "CC-BY-4.0"
    (item,) = found["items"]
    assert item["_marsad"] == {
        "incident": "i1", "what": "added", "before": None, "now": "single", "review": "machine", "roots": 1, "independent": 1, "point": [35.44, 36.65], "precision": "town", "urls": [],
    }  # fmt: skip
    assert (item["date_published"], item["date_modified"], item["tags"]) == (
        records.MOMENT,
        "2026-03-01T08:00:00.000+00:00",
        ["territory.advance", "single"],
    )
    assert "external_url" not in item


def test_what_is_gone_is_an_item_that_says_so(tmp_path):
    gone = [
        one
        for one in json_feed(tmp_path / "a")["items"]
        if one["_marsad"]["what"] in ("merged", "split", "withdrawn")
    ]
    assert [(last(one["id"]), one["title"]) for one in gone] == [
        ("i9", "withdrawn: nothing tells of it any more"),
        ("i8", "split into i1, i3"),
        ("i7", "merged into i1"),
    ]
    assert gone[1]["_marsad"]["into"] == ["urn:marsad:s1:incident:i1", "urn:marsad:s1:incident:i3"]


@pytest.mark.parametrize(
    ("moment", "updated"), [(records.MOMENT, records.MOMENT), ("", "1970-01-01T00:00:00.000+00:00")]
)
def test_an_empty_feed_is_a_feed(tmp_path, moment, updated):
    assert text(atom(tmp_path / "a", [], moment=moment), "updated") == updated
    assert json_feed(tmp_path / "b", [], moment=moment)["items"] == []


@pytest.mark.parametrize("make", [atom, json_feed])
def test_two_exports_are_equal_byte_by_byte(tmp_path, make):
    make(tmp_path / "a")
    make(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
