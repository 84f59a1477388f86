"""The codebook as pages, and the log of who did what."""

import html
import json

import pytest

from marsad.codebook import load_codebook
from marsad.web.routes.codebook import CONTROL, GROUPS, STATES
from web.client import client, workspace

__all__ = ["client", "workspace"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_event_and_value_is_on_the_page(client, lang):
    book = load_codebook()
    page = client.seen(f"/codebook?lang={lang}")
    for event in book.events.values():
        assert f'id="{event.code}"' in page
        assert event.label.ar in page
    for group in GROUPS.values():
        assert all(label.en in page for name, label in book.values[group].items() if group != "statuses")
    assert page.count("<h1") == 1
    words = client.get(f"/codebook?lang={lang}").text
    assert f'dir="{"rtl" if lang == "ar" else "ltr"}"' in words


def test_states_that_people_meet_are_explained(client, workspace):
    for words in workspace.words.values():
        assert all(words.has(f"codebook.review.{one}") for one in STATES)
        assert all(words.has(f"codebook.control.{one}") for one in CONTROL)
        assert all(words.has(f"codebook.status.{one}") for one in load_codebook().values["statuses"])


def test_settled_points_stand_on_the_page(client):
    page = html.unescape(client.seen("/codebook"))
    assert all(point.text in page for point in load_codebook().settled)


def test_words_narrow_the_page(client):
    page = client.seen("/codebook?q=air+strike")
    assert 'id="strike.air"' in page
    assert 'id="law.sanction"' not in page
    assert 'id="strike.air"' in client.seen("/codebook?q=غارة")
    nothing = client.seen("/codebook?q=<script>alert(1)</script>")
    assert "<script>alert" not in nothing
    assert "No event type" in nothing


def test_one_entry_marks_the_trigger_of_each_example(client):
    event = load_codebook().events["territory.control"]
    page = client.seen("/codebook/territory.control")
    assert page.count("<mark>") == len(event.examples)
    assert f"<mark>{event.examples[0].trigger}</mark>" in page
    assert "territory.advance" in page
    assert "strike.air" in client.seen("/codebook/strike.ari", 404)


def test_the_whole_codebook_as_data(client):
    data = client.get("/codebook.json").json()
    book = load_codebook()
    assert [one["code"] for one in data["events"]] == list(book.events)
    assert set(data["values"]) == set(book.values)
    assert data["settled"] == {point.name: point.text for point in book.settled}
    first = data["events"][0]
    assert all(one["trigger"] in one["text"] for one in first["examples"])
    assert json.dumps(data)
