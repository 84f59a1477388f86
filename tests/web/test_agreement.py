"""How far coders agree, as a page, and the claims behind each number."""

import csv
import io
import re

import pytest

from marsad.run.agreement import FIELDS
from marsad.web.views.agreement import at, pseudonyms
from reviewed import Desk
from web.client import client, workspace

__all__ = ["client", "workspace"]


@pytest.fixture
def desk(workspace):
    """Two coders who agree about some claims and differ about one decision and one event."""
    made = Desk(workspace.store)
    made.twice(100)
    one, two, *others = [*made.claims(), *made.claims("b")]
    made.decide("ana", one, "edit", edit={"event": "strike.shelling"})
    made.decide("سلمى", one, "edit", part="second", edit={"event": "strike.air"})
    made.decide("ana", two, "accept")
    made.decide("سلمى", two, "reject", part="second", reason="duplicate")
    for claim in others:
        made.decide("ana", claim, "accept")
        made.decide("سلمى", claim, "accept", part="second")
    return made


def test_without_second_coding_the_page_says_what_to_do(client):
    page = client.seen("/agreement")
    assert "Nothing has been coded twice" in page
    assert "/review?part=second" in page


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_field_has_its_number_or_why_there_is_none(client, desk, lang):
    page = client.seen(f"/agreement?lang={lang}")
    for name in (*FIELDS, "evidence"):
        assert f'id="field-{name}"' in page
    assert page.count('class="point"') + page.count('class="undefined"') == len(FIELDS) + 1
    assert "0.667" in page
    words = client.workspace.words[lang]
    polarity = page.split('id="field-polarity"')[1].split("</tr>")[0]
    assert words("agreement.none.variation") in polarity or "0." in polarity or "1.0" in polarity


def test_numbers_lead_to_their_claims(client, desk):
    one, two = desk.claims()[:2]
    differing = client.seen("/agreement/items?field=decision&which=differing")
    assert re.findall(r"/review\?claim=([0-9a-f]+)", differing) == [two]
    everything = client.seen("/agreement/items?field=decision")
    assert len(re.findall(r"/review\?claim=", everything)) == len(desk.claims()) + len(desk.claims("b"))
    page = client.seen("/agreement?field=event")
    cells = re.findall(r'<td class="number other"><a href="([^"]+)"', page)
    assert len(cells) == 1
    found = client.seen(cells[0].replace("&amp;", "&"))
    assert re.findall(r"/review\?claim=([0-9a-f]+)", found) == [one]


def test_coders_are_numbers_and_names_are_behind_a_fold(client, desk):
    page = client.seen("/agreement")
    before, after = page.split("Names of the coders")
    assert "سلمى" not in before
    assert "سلمى" in after
    assert pseudonyms(["b", "a", "b"]) == {"a": "C1", "b": "C2"}


@pytest.mark.parametrize("query", ["field=nothing", "field=killed"])
def test_a_field_that_is_none_is_refused(client, query):
    client.seen(f"/agreement?{query}", 400)
    client.seen("/agreement/items?field=nothing", 400)
    client.seen("/agreement/items", 400)


def test_twins_have_the_same_numbers(client, desk):
    rows = client.get("/agreement.json").json()["agreement"]
    assert [row["id"] for row in rows] == [*FIELDS, "evidence"]
    by_name = {row["id"]: row for row in rows}
    assert by_name["decision"]["differing"] == 1
    assert by_name["killed"]["alpha"] is None or by_name["killed"]["units"] > 0
    assert all((row["alpha"] is None) == (row["why_none"] is not None) for row in rows)
    table = csv.DictReader(io.StringIO(client.get("/agreement.csv").content.decode("utf-8-sig")))
    assert [row["id"] for row in table] == list(by_name)


def test_the_share_is_set_and_told_in_the_log(client, desk):
    answer = client.sent("/agreement/settings", share="35", blind="machine")
    assert answer.headers["location"] == "/agreement#second"
    assert "35 % of the claims" in client.seen("/agreement")
    assert desk.rows("SELECT action, subject FROM audit ORDER BY id DESC LIMIT 1") == [("settings", "review")]
    for fields in (
        {"share": "101", "blind": "coder"},
        {"share": "x", "blind": "coder"},
        {"share": "1", "blind": "all"},
        {"share": "٥", "blind": "coder"},
    ):
        assert client.sent("/agreement/settings", **fields).status_code == 400
    assert "35 % of the claims" in client.seen("/agreement")


def test_the_scale_ends_at_its_ends():
    assert (at(-1.0), at(0.0), at(1.0), at(2.0)) == (130.0, 130.0, 700.0, 700.0)
