"""What two readers said, on pages: side by side where they differ, in a line elsewhere; a person takes a part over."""

import json
import re

import pytest
from sqlalchemy import text as sql

from marsad.cli.main import main
from marsad.store.reviewing import standing
from read_twice import alone, both, read_by
from stored import OTHER, TEXT, stored
from web.client import Browser, opened
from web.review_forms import claims_of, current, sent, share, stored_reviews

HAMA, IDLIB = TEXT.index("حماة"), TEXT.index("إدلب")
MONITOR = TEXT.index("المرصد السوري")
PLACE = {
    "text": "إدلب", "start": IDLIB, "end": IDLIB + 4, "in": "text", "name": "Idlib", "id": "x", "lat": 35.9,
    "lon": 36.6, "precision": "exact", "country": "SY",
}  # fmt: skip
SOURCE = {
    "text": "المرصد السوري", "start": MONITOR, "end": MONITOR + 13, "in": "text", "kind": "organisation",
    "stance": "state", "quote": "indirect", "for": None, "id": None, "cue": None,
}  # fmt: skip


def as_read(number, claim):
    """The readers differ about source and place of the first claim; only the model found the second."""
    if number == 0:
        return both(claim, 0.84, attribution=[SOURCE], place=PLACE)
    return alone(claim, "model") if number == 1 else both(claim, 0.93)


@pytest.fixture
def workspace(tmp_path):
    """A workspace on an article that two readers read, and one that the rules read."""
    articles = [read_by(stored("a1"), as_read), stored("a2", OTHER, outlet="وكالة الجبل")]
    with opened(tmp_path / "desk", articles) as made:
        yield made


@pytest.fixture
def client(workspace):
    with Browser(workspace) as made:
        yield made


def panel(page):
    found = re.search(r'<section class="both card".*?</section>', page, re.S)
    return found[0] if found else ""


def edit_of(workspace, claim):
    with workspace.store.database.reading() as connection:
        return standing(connection, claim).edit


def test_readings_stand_side_by_side_rules_first_and_lead_to_their_words(client, workspace):
    page = client.seen(f"/review?claim={claims_of(workspace)[0]}")
    shown = panel(page)
    assert shown.index(">Rules") < shown.index(">Model")
    assert re.findall(r"≠</span> (\w+)<", shown) == ["source", "place"]
    for name in ("rules-attribution", "model-attribution", "rules-place", "model-place"):
        assert f'href="#{name}"' in shown
        assert page.count(f'id="{name}"') == 1
    words = re.search(r'<span id="model-place"><mark[^>]*>(.*?)</mark>', page)[1]
    assert re.sub(r"<[^>]+>", "", words) == "إدلب"
    assert "The two readers differ: source, place" in page
    assert "fairly sure" in page
    assert "84%" in page


def test_the_queue_begins_with_what_readers_differ_about(client, workspace):
    assert current(client.seen("/review"))[0] in claims_of(workspace)[:2]


def test_a_claim_of_one_reader_says_so_and_one_that_both_read_alike_has_no_panel(client, workspace):
    _, second, third = claims_of(workspace)[:3]
    page = client.seen(f"/review?claim={second}")
    assert "Only the model found this" in page
    assert not panel(page)
    page = client.seen(f"/review?claim={third}")
    assert "Rules and model read this alike" in page
    assert "very sure" in page
    assert not panel(page)


def test_a_claim_of_one_reader_alone_has_no_line(client, workspace):
    page = client.seen(f"/review?claim={claims_of(workspace, 'a2')[0]}")
    assert "readers-line" not in page
    assert not panel(page)


def test_one_part_is_taken_over_and_the_other_stays(client, workspace):
    claim = claims_of(workspace)[0]
    answer = sent(client, client.seen(f"/review?claim={claim}"), take="place", note="نعم")
    assert answer.status_code == 303
    assert stored_reviews(workspace)[0][:2] == (claim, "edit")
    edit = edit_of(workspace, claim)
    assert set(edit) == {"place"}
    assert edit["place"]["text"] == "إدلب"
    again = panel(client.seen(f"/review?claim={claim}"))
    assert again.count("taken over") == 1
    assert 'value="attribution"' in again


def test_a_second_part_is_taken_over_beside_the_first(client, workspace):
    claim = claims_of(workspace)[0]
    for part in ("place", "attribution"):
        assert sent(client, client.seen(f"/review?claim={claim}"), take=part).status_code == 303
    assert set(edit_of(workspace, claim)) == {"place", "attribution"}
    assert "KeyT" not in panel(client.seen(f"/review?claim={claim}"))


def test_all_of_the_other_reading_is_taken_over_at_once(client, workspace):
    claim = claims_of(workspace)[0]
    sent(client, client.seen(f"/review?claim={claim}"), take="all")
    edit = edit_of(workspace, claim)
    assert edit["attribution"][0]["text"] == "المرصد السوري"
    assert edit["place"]["name"] == "Idlib"


def test_the_form_can_begin_with_the_other_reading_and_stores_nothing_by_itself(client, workspace):
    page = client.seen(f"/review?claim={claims_of(workspace)[0]}&edit=1&take=all")
    assert re.search(r'name="place.text"[^>]*value="إدلب"', page)
    assert re.search(r'name="attribution.0.text"[^>]*value="المرصد السوري"', page)
    assert stored_reviews(workspace) == []


def test_nothing_is_taken_over_where_there_is_no_other_reading(client, workspace):
    claim = claims_of(workspace)[2]
    answer = sent(client, client.seen(f"/review?claim={claim}"), take="all")
    assert answer.status_code == 400
    assert "no other reading" in answer.text
    assert stored_reviews(workspace) == []


def test_a_part_that_is_none_changes_nothing(client, workspace):
    claim = claims_of(workspace)[0]
    answer = sent(client, client.seen(f"/review?claim={claim}"), take="mood")
    assert answer.status_code == 400
    assert stored_reviews(workspace) == []


def test_who_codes_a_claim_blind_sees_no_reading(client, workspace):
    claim = claims_of(workspace)[0]
    sent(client, client.seen(f"/review?claim={claim}"), decision="accept")
    share(workspace, second_share=100, blind="machine")
    with Browser(workspace) as other:
        other.sent("/me", who="Sami")
        page = other.seen(f"/review?part=second&claim={claim}")
        assert not panel(page)
        assert "readers-line" not in page
        assert sent(other, page, "/review/decide?part=second", take="all").status_code == 400


BROKEN = [
    {"place": "حماة"},
    {"place": {"text": "حماة"}},
    {"attribution": [{"text": "x", "start": "a", "end": "b", "kind": "organisation", "stance": "state"}]},
    {"place": {**PLACE, "start": 10_000, "end": 10_004}},
]


@pytest.mark.parametrize("other", BROKEN)
def test_another_reading_that_cannot_be_used_breaks_no_page_and_is_not_taken(tmp_path, other):
    article = read_by(stored("a1"), lambda number, claim: both(claim, **other))
    with opened(tmp_path / "desk", [article]) as made, Browser(made) as client:
        claim = claims_of(made)[0]
        page = client.seen(f"/review?claim={claim}")
        client.seen("/articles/a1")
        assert sent(client, page, take="all").status_code == 400
        assert stored_reviews(made) == []


def test_article_and_incident_say_in_a_line_what_readers_come_to(client, workspace):
    page = client.seen("/articles/a1")
    assert page.count("readers-line") == len(claims_of(workspace))
    assert "The two readers differ: source, place" in page
    assert "readers-line" not in client.seen("/articles/a2")
    with workspace.store.database.reading() as connection:
        query = sql("SELECT incident FROM incident_claims WHERE claim = :c")
        incident = connection.scalar(query, {"c": claims_of(workspace)[0]})
    assert "The two readers differ: source, place" in client.seen(f"/incidents/{incident}")


def test_the_list_of_claims_is_narrowed_by_what_readers_come_to(client, workspace):
    claims = json.loads(client.seen("/claims.json?readers=differ,model"))["claims"]
    assert {one["id"] for one in claims} == set(claims_of(workspace)[:2])
    page = client.seen("/claims?facet=readers")
    assert "only the model found it" in page
    assert "read differently" in page


def test_pages_are_there_in_arabic(client, workspace):
    page = client.seen(f"/review?claim={claims_of(workspace)[0]}", headers={"accept-language": "ar"})
    shown = panel(page)
    assert shown.index(">القواعد") < shown.index(">النموذج")
    assert "خذ قراءة النموذج" in shown
    assert "القارئان مختلفان" in page


def test_the_projects_own_lines_keep_both_readings_and_open_formats_none(tmp_path):
    folder = tmp_path / "desk"
    private = {**SOURCE, "text": "شخص", "kind": "person"}
    article = read_by(stored("a1"), lambda _, claim: both(claim, 0.8, attribution=[private]))
    with opened(folder, [article]):
        pass
    made = {}
    for name in ("jsonl", "plover", "csv"):
        options = ["--of", "articles"] if name == "jsonl" else []
        assert main(["export", name, *options, "--project", str(folder), "-o", str(tmp_path / name)]) == 0
        made[name] = (tmp_path / name).read_text(encoding="utf-8")
    claims = json.loads(made["jsonl"].splitlines()[0])["claims"]
    assert claims[0]["readers"]["other"]["attribution"] == [private]
    assert claims[0]["readers"]["differs"] == ["source"]
    assert not [name for name in ("plover", "csv") if '"readers"' in made[name] or "شخص" in made[name]]
