"""Actors as pages: only those of the register, under neutral labels."""

import json

from web.known import desk, looking

__all__ = ["desk", "looking"]


def rows_of(looking, query=""):
    return json.loads(looking.seen(f"/actors.json?{query}"))["actors"]


def test_the_list(looking, desk):
    rows = rows_of(looking)
    known = {actor.id for actor in desk.names.actors()}
    assert {row["id"] for row in rows} <= known
    army = next(row for row in rows if row["id"] == "sy-army")
    assert army["label"] == "Syrian Arab Army"
    assert army["said"] > 0
    assert army["loser"] > 0
    page = looking.seen("/actors?lang=en")
    assert page.count("<h1") == 1
    assert all(f'href="/actors/{row["id"]}"' in page for row in rows)
    assert "الزعتر" not in page, "a body that is not in the register is not listed"


def test_what_is_asked_for(looking):
    assert {row["id"] for row in rows_of(looking, "q=قوات النظام السوري")} == {"sy-army"}
    assert rows_of(looking, "country=YE") == []
    assert all(row["kind"] == "army" for row in rows_of(looking, "kind=army"))
    side = next(row["side"] for row in rows_of(looking) if row["id"] == "sy-army")
    assert {row["side"] for row in rows_of(looking, f"side={side}")} == {side}
    losers = [row["loser"] for row in rows_of(looking, "sort=loser")]
    assert losers == sorted(losers, reverse=True)
    said = [row["said"] for row in rows_of(looking, "sort=said")]
    assert said == sorted(said, reverse=True)
    assert len(rows_of(looking, "sort=name")) == len(losers)
    assert "sort=odd is none of" in looking.seen("/actors?sort=odd", 400)


def test_an_actor(looking):
    page = looking.seen("/actors/sy-army?lang=en")
    assert "Syrian Arab Army" in page and "الجيش العربي السوري" in page
    assert "2024-12-08" in page, "until when it existed"
    assert "status-conceded" in page, "what it concedes"
    found = json.loads(looking.seen("/actors/sy-army.json"))
    assert {"text": "الجيش السوري", "claims": max(one["claims"] for one in found["written"])} in found[
        "written"
    ]
    assert found["parents"][0] == "sy-assad-government"
    assert "sy-army" not in found["parents"]
    assert found["root_of_incidents"]
    above = json.loads(looking.seen("/actors/sy-assad-government.json"))
    assert "sy-army" in above["organs"]
    assert "قوات" in looking.seen("/actors/sy-army?lang=ar")


def test_whoever_is_not_in_the_register_has_no_page(looking):
    assert "only its bodies and office-holders" in looking.seen("/actors/somebody", 404)
    looking.seen("/actors/%3Cscript%3E", 404)
