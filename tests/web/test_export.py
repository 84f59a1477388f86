"""What can be taken away, and that taking gold away is noted."""

import json
import re

import pytest
from sqlalchemy import select

from marsad.store import tables
from marsad.store.reviewing import Decision, decide, standing
from web.client import client, workspace

__all__ = ["client", "workspace"]


@pytest.mark.parametrize("name", ["incidents", "claims", "articles", "spells"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_each_list_is_offered_in_each_form(client, name, lang):
    page = client.seen(f"/export?list={name}&lang={lang}")
    path = "control" if name == "spells" else name
    for form in ("json", "jsonl", "csv", "geojson", "atom"):
        assert f'href="/{path}.{form}"' in page and f"curl -o {name}.{form}" in page


def test_files_are_of_the_rows_that_were_seen(client):
    page = client.seen("/export?list=incidents&event=harm&killed=5&lang=en")
    addresses = re.findall(r'href="(/incidents\.json[^"]*)"', page)
    rows = client.get(addresses[0].replace("&amp;", "&")).json()["incidents"]
    assert f'<strong><bdi dir="ltr">{len(rows)}</bdi></strong>' in page
    assert 0 < len(rows) < len(client.get("/incidents.json").json()["incidents"])


@pytest.mark.parametrize("narrowed", ["country=SY", "country=YE", "until=1999-01-01"])
def test_of_control_as_many_are_told_as_its_file_has(client, narrowed):
    page = client.seen(f"/export?list=spells&{narrowed}&lang=en")
    rows = client.get(f"/control.json?{narrowed}").json()["spells"]
    assert f'Control <span class="count"><bdi dir="ltr">{len(rows)}</bdi></span>' in page


def test_the_first_rows_are_shown(client):
    page, rows = client.seen("/export?list=articles"), client.get("/articles.json").json()["articles"]
    assert all(row["id"] in page for row in rows)


@pytest.mark.parametrize(
    "address", ["/export?list=people", "/export?status=x", "/export/gold.jsonl?part=third"]
)
def test_what_there_is_not_is_refused(client, address):
    assert "complaint" in client.seen(address, 400)


def accept(workspace, article):
    """Accept every claim of an article."""
    claims = tables.claims.c
    with workspace.store.database.writing() as connection:
        for claim in list(connection.scalars(select(claims.id).where(claims.article == article))):
            seen = standing(connection, claim, "first", "ana")
            decide(connection, Decision(who="ana", decision="accept", claim=claim, revision=seen.revision))


def test_gold_is_what_people_decided_and_its_taking_is_noted(client, workspace):
    assert client.get("/export/gold.jsonl").text == ""
    accept(workspace, "a1")
    answer = client.get("/export/gold.jsonl")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [row["id"] for row in rows] == ["a1"] and rows[0]["claims"]
    assert "attachment" in answer.headers["content-disposition"]
    with workspace.store.database.reading() as connection:
        audit = tables.audit.c
        noted = connection.execute(
            tables.audit.select().where(audit.action == "export").order_by(audit.id)
        ).all()
    assert [json.loads(row.data)["articles"] for row in noted] == [0, 1]
