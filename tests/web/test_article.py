"""The page of an article and its twin, on articles made by hand, hostile ones among them."""

import json
import re
from dataclasses import replace

import pytest
from sqlalchemy import text as sql

from marsad.errors import InputError
from marsad.model import Article
from marsad.model.jsonl import article_from_json, claim_from_json
from marsad.store import put_articles
from marsad.store.reviewing import Decision, ReviewSettings, decide, set_review_settings, standing
from marsad.web.views.article import difference, web_address
from stored import OTHER, TEXT, stored
from web.client import Browser, client, opened, workspace

__all__ = ["client", "workspace"]

CARD = re.compile(r'<li class="claim card.*?</li>\n', re.S)
HOSTILE = "<script>alert(1)</script>\u202e قُتل ثلاثة مدنيين في قصف على حماة \x00=HYPERLINK(1) \u2066"


def claims_of(workspace, article="a1"):
    with workspace.store.database.reading() as connection:
        query = sql("SELECT id FROM claims WHERE article = :a ORDER BY number")
        return list(connection.scalars(query, {"a": article}))


def decided(workspace, claim, decision, who="رنا", **more):
    with workspace.store.database.writing() as connection:
        revision = standing(connection, claim, more.get("part", "first"), who).revision
        return decide(
            connection, Decision(who=who, decision=decision, claim=claim, revision=revision, **more)
        )


def put(workspace, *articles):
    with workspace.store.database.writing() as connection:
        return put_articles(connection, list(articles), None)


def test_an_article_shows_its_text_with_marks_and_a_card_for_each_claim(client, workspace):
    page = client.seen("/articles/a1")
    ids = claims_of(workspace)
    assert len(ids) >= 2
    assert page.count('class="claim card') == len(ids)
    for number in range(len(ids)):
        assert f'id="card-{number}"' in page
        assert f'href="#claim-{number}"' in page
        assert page.count(f'id="claim-{number}"') == 1
    shown = re.search(r'<p data-start="0" data-in="text">(.*?)</p>', page, re.S)[1]
    assert re.sub("<[^>]*>", "", shown) == TEXT


def test_the_chain_goes_from_the_voice_nearest_to_the_event_to_the_outlet(client):
    card = next(card for card in CARD.findall(client.seen("/articles/a1")) if "المرصد" in card)
    links = re.findall(r'<li class="link.*?<span class="how', card, re.S)
    assert "المرصد" in links[0]
    assert "وكالة النهر" in links[-1]
    assert "link-outlet-last" in links[-1]


def test_every_part_tells_which_rule_found_it(client):
    page = client.seen("/articles/a1")
    assert '<code dir="ltr">trigger:harm.killed' in page


def test_the_twin_is_the_object_of_the_codebook(client, workspace):
    row = client.get("/articles/a1.json").json()
    article = article_from_json(row)
    assert article.text == TEXT
    assert [claim_from_json(claim, "a1").id for claim in row["claims"]] == claims_of(workspace)
    assert {claim["review"] for claim in row["claims"]} == {"machine"}
    assert {"schema", "reader"} <= row.keys()


@pytest.mark.parametrize("address", ["/articles/none", "/articles/none.json", "/articles/a1?version=2"])
def test_what_is_not_there_is_said(client, address):
    assert "404" in str(client.get(address).status_code)


@pytest.mark.parametrize(
    "address", ["/articles/a1?version=x", "/articles/a1?version=1&against=7", "/articles/a1?size=9999"]
)
def test_what_cannot_be_asked_is_said(client, address):
    assert client.get(address).status_code == 400


def test_ids_with_slashes_blanks_and_the_ending_of_a_twin_are_shown(workspace, client):
    put(workspace, stored("https://x.example/n 1?.json"), stored("بريد/٣"))
    assert 'id="card-0"' in client.seen("/articles/https://x.example/n%201%3F.json")
    assert (
        client.get("/articles/https://x.example/n%201%3F.json.json").json()["id"]
        == "https://x.example/n 1?.json"
    )
    assert 'id="card-0"' in client.seen("/articles/بريد/٣")


def test_hostile_words_change_nothing(workspace, client):
    put(workspace, stored("h", HOSTILE, title=HOSTILE, outlet="<b>x</b>", url="javascript:alert(1)"))
    page = client.seen("/articles/h")
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "\x00" not in page
    assert 'href="javascript:' not in page
    assert page.count("<h1") == 1
    assert client.get("/articles/h.json").json()["text"] == HOSTILE.replace("\x00", "\ufffd")


ADDRESSES = {
    "https://news.example/1": "https://news.example/1",
    "http://x/": "http://x/",
    "javascript:alert(1)": "",
    "https:///x": "",
    "//x": "",
    "http://[": "",
    "": "",
    None: "",
}


@pytest.mark.parametrize(("given", "link"), ADDRESSES.items())
def test_only_addresses_of_the_web_become_links(given, link):
    assert web_address(given) == link


def test_an_address_of_the_web_is_a_link_that_tells_nothing(workspace, client):
    put(workspace, stored("l", url="https://news.example/1"))
    assert '<a href="https://news.example/1" rel="noopener noreferrer"' in client.seen("/articles/l")


def test_words_are_found_in_any_form(client):
    page = client.seen("/articles/a1?find=حماه")
    assert re.search(r'<mark class="[a-z]+ hit"[^>]*>(<span[^>]*>)*حماة', page)
    assert "Found: 1" in page
    assert 'class="bare hit"' not in client.seen("/articles/a1?find=دمشق")


def test_versions_are_listed_and_their_words_compared(workspace, client):
    put(workspace, stored("a1", TEXT.replace("ثلاثة مسلحين", "أربعة مسلحين"), title="عنوان"))
    page = client.seen("/articles/a1?version=2&against=1")
    assert "<del>ثلاثة</del>" in page
    assert "<ins>أربعة</ins>" in page
    old = client.seen("/articles/a1?version=1")
    assert "Claims are kept of the latest version only" in old
    assert 'class="claim card' not in old
    with workspace.store.database.reading() as connection:
        same = difference(connection, "a1", 1, 1)
        assert all(change.kind == "same" for line in same for change in line)
        with pytest.raises(InputError, match="version 9"):
            difference(connection, "a1", 1, 9)


def test_exact_copies_are_listed(workspace, client):
    put(workspace, stored("copy", outlet="وكالة الجبل", title="نسخة"))
    page = client.seen("/articles/a1")
    assert 'href="/articles/copy"' in page
    assert "word for word" in page


def test_the_archive_record_is_shown(workspace, client):
    kept = json.dumps({"file": "day.warc.gz", "offset": 42, "length": 7, "sha256": "ab" * 32})
    put(workspace, replace(stored("k"), kept=kept))
    page = client.seen("/articles/k")
    assert "day.warc.gz" in page
    assert "ab" * 32 in page
    assert ">42<" in page


def test_a_correction_stands_beside_what_the_machine_had(workspace, client):
    claim = claims_of(workspace)[0]
    decided(workspace, claim, "edit", edit={"polarity": "negated", "time": None})
    card = CARD.findall(client.seen("/articles/a1"))[0]
    assert "corrected" in card
    assert card.count('<del class="was"') == 2
    row = client.get("/articles/a1.json").json()["claims"][0]
    assert (row["polarity"], row["time"], row["review"]) == ("negated", None, "edited")


def test_a_rejected_claim_is_shown_struck(workspace, client):
    decided(workspace, claims_of(workspace)[0], "reject", reason="not_an_event")
    assert "claim-rejected" in CARD.findall(client.seen("/articles/a1"))[0]


def second_coders_view(workspace, address):
    """The same address as the first coder's colleague sees it, before and after the first decision."""
    with Browser(workspace) as browser:
        browser.sent("/me", who="Sami")
        return TOKEN.sub("", browser.get(address).text)


TOKEN = re.compile(r'(name="marsad-token" content|name="token" value)="[^"]*"')


@pytest.mark.parametrize("address", ["/articles/a1", "/articles/a1.json"])
def test_who_codes_second_sees_nothing_of_the_first_decision(workspace, address):
    with workspace.store.database.writing() as connection:
        set_review_settings(connection, ReviewSettings(second_share=100))
    before = second_coders_view(workspace, address)
    first, second, *_ = claims_of(workspace)
    decided(workspace, first, "edit", edit={"polarity": "negated"})
    decided(workspace, second, "reject", reason="duplicate")
    added = {"event": "strike.air", "evidence": [{"start": 0, "end": 4}]}
    with workspace.store.database.writing() as connection:
        decide(connection, Decision(who="رنا", decision="add", article="a1", edit=added))
    assert second_coders_view(workspace, address) == before


def test_who_codes_second_blind_to_the_machine_sees_the_words_only(workspace):
    with workspace.store.database.writing() as connection:
        set_review_settings(connection, ReviewSettings(second_share=100, blind="machine"))
    claim = claims_of(workspace)[0]
    decided(workspace, claim, "accept")
    card = CARD.findall(second_coders_view(workspace, "/articles/a1"))[0]
    assert "waits for your own reading" in card
    assert "chain" not in card
    row = json.loads(second_coders_view(workspace, "/articles/a1.json"))
    assert claim not in [one["id"] for one in row["claims"]]
    assert row["withheld"] == 1


def test_an_article_without_claims_says_so(workspace, client):
    put(workspace, stored("n", "صباح الخير."))
    assert "No claims were found" in client.seen("/articles/n")


def test_a_paragraph_of_a_megabyte_is_whole(tmp_path):
    text = (OTHER + " ") * (1_000_000 // len(OTHER))
    short = stored("big")
    big = replace(short, article=Article(id="big", text=text), words=("", ""), claims=short.claims[:1])
    with opened(tmp_path / "desk", [big], reconciled=False) as made, Browser(made) as browser:
        page = browser.seen("/articles/big")
    blocks = re.findall(r'<p data-start="(\d+)" data-in="text"[^>]*>(.*?)</p>', page, re.S)
    assert "".join(re.sub("<[^>]*>", "", words) for _, words in blocks) == text
    assert len(blocks) > 100
