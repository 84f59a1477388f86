"""Who may come in, and what they may do there."""

import re
from dataclasses import replace

import pytest

from marsad.store.users import ROLES, add_user, end_user, users
from marsad.web.routes import ROUTES
from web.client import Browser, client, opened, workspace

__all__ = ["client", "workspace"]

OPEN = {"/me", "/login", "/logout"}
CHANGING = [path for path, _, *methods in ROUTES if "POST" in methods and path not in OPEN]
NEWER = re.compile(r'<code dir="ltr" class="token">([^<]+)</code>')


@pytest.fixture
def served(tmp_path):
    """A workspace for other machines, and the tokens of one person of each role."""
    with opened(tmp_path / "desk", token="the-token-of-this-run") as made:
        with made.store.database.writing() as connection:
            tokens = {role: add_user(connection, f"a {role}", role) for role in ROLES}
        yield made, tokens


def come_in(workspace, token, code=303):
    browser = Browser(workspace)
    page = browser.seen("/login?to=/me")
    form = re.search(r'name="token" value="([0-9a-f]+)"', page)[1]
    answer = browser.post("/login", data={"token": form, "given": token, "to": "/me"})
    assert answer.status_code == code
    return browser


def test_strangers_see_the_way_in_and_nothing_else(served):
    with Browser(served[0]) as browser:
        answer = browser.get("/audit?who=ana")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?to=%2Faudit%3Fwho%3Dana")
        assert browser.get("/health.json").status_code == 303
        assert browser.post("/people", data={"name": "mallory", "role": "admin"}).status_code == 303
        assert browser.get("/static/frame.css").status_code == 200
    with served[0].store.database.reading() as connection:
        assert "mallory" not in {one.name for one in users(connection)}


def test_a_token_lets_in_under_its_name_and_role(served):
    workspace, tokens = served
    for role, token in tokens.items():
        page = come_in(workspace, token).seen("/me")
        assert f"a {role}" in page
    assert "admin" in come_in(workspace, "the-token-of-this-run").seen("/me")
    assert Browser(workspace).get(f"/login?token={tokens['coder']}&to=/me").headers["location"] == "/me"
    for wrong in ("", "x", tokens["coder"][:-1], "ش"):
        come_in(workspace, wrong or " ", 401 if wrong else 200)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\nx", "evil"])
def test_signing_in_leads_nowhere_else(served, to):
    answer = Browser(served[0]).get("/login", params={"token": "the-token-of-this-run", "to": to})
    assert answer.headers["location"] == "/"


def test_whoever_was_ended_is_out_at_once(served):
    workspace, tokens = served
    browser = come_in(workspace, tokens["coder"])
    assert browser.get("/me").status_code == 200
    with workspace.store.database.writing() as connection:
        end_user(connection, "a coder")
    assert browser.get("/me").headers["location"] == "/login?to=%2Fme"
    come_in(workspace, tokens["coder"], 401)
    with workspace.store.database.writing() as connection:
        add_user(connection, "a coder", "admin")
    assert browser.get("/me").status_code == 303, "the old cookie is not the new person's"


def test_signing_out_ends_the_session(served):
    browser = come_in(served[0], served[1]["viewer"])
    assert browser.sent("/logout").headers["location"] == "/login"
    assert browser.get("/me").status_code == 303


@pytest.mark.parametrize("path", CHANGING)
def test_a_viewer_changes_nothing(served, path):
    browser = come_in(served[0], served[1]["viewer"])
    address = re.sub(r"\{[^}]*\}", "1", path)
    answer = browser.sent(address, claim="x", name="mallory", role="admin")
    assert answer.status_code == 403, answer.text


def test_only_admins_look_after_people(served):
    workspace, tokens = served
    for role in ("viewer", "coder", "adjudicator"):
        browser = come_in(workspace, tokens[role])
        assert browser.get("/people").status_code == 403
        assert "/people" not in browser.seen("/me")


def test_a_person_is_added_and_ended(client, workspace):
    assert "marsad users add" in client.seen("/people")
    answer = client.sent("/people", name="<b>سلمى</b>", role="coder")
    token = NEWER.search(answer.text)[1]
    assert "<b>سلمى" not in answer.text
    assert "&lt;b&gt;سلمى" in answer.text
    assert token not in client.seen("/people"), "it is shown once"
    with Browser(replace(workspace, token="t")) as other:
        assert other.get(f"/login?token={token}").status_code == 303
    assert client.sent("/people", name="<b>سلمى</b>", role="admin").status_code == 400
    assert client.sent("/people", end="<b>سلمى</b>").status_code == 303
    with workspace.store.database.reading() as connection:
        [user] = users(connection)
    assert (user.role, user.ended is not None) == ("coder", True)


def test_pages_say_what_is_wrong_with_a_name_or_role(client):
    for fields in ({"name": "", "role": "coder"}, {"name": "ana", "role": "king"}, {"end": "nobody"}):
        assert client.sent("/people", **fields).status_code == 400


def test_a_name_on_ones_own_machine(client):
    assert client.sent("/me", who="ليلى", to="/people").headers["location"] == "/people"
    assert "ليلى" in client.seen("/me")
    assert client.sent("/logout").headers["location"] == "/"
    assert "ليلى" not in client.seen("/me")
