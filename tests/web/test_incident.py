"""The page of one incident, and what people say of it: that it is another one, or that it is two."""

import re

import pytest

from marsad.run.chores import Chore, Chores
from marsad.store.people import judgements
from stored import OTHER, TEXT, stored
from web.client import Browser, client, opened, reconcile, workspace

__all__ = ["client", "workspace"]

AGAIN = "أكد الجيش السوري مقتل ثلاثة مسلحين في مدينة حماة."
COPY = TEXT + " انتهى."


@pytest.fixture
def desk(tmp_path):
    """A browser on two outlets that tell of one thing, and a third that tells of another."""
    rows = [
        stored("a1"),
        stored("a2", AGAIN, outlet="وكالة الجبل"),
        stored("a3", OTHER, outlet="صوت <b>السهل</b>"),
    ]
    with opened(tmp_path / "desk", rows) as made, Browser(made) as browser:
        yield browser


@pytest.fixture
def at_once(monkeypatch):
    """Incidents are tied anew in this process when a page asks for it."""

    def ask(self, *command, who=""):
        assert command == ("store", "reconcile")
        at_once_on["tie"]()
        return Chore(id=99, command=command, who=who, state="done")

    at_once_on = {}
    monkeypatch.setattr(Chores, "ask", ask)
    return at_once_on


def incidents(browser, **query):
    return browser.get("/incidents.json", params=query).json()["incidents"]


def held(browser, identity):
    """The ids of an incident's claims."""
    return [one["id"] for one in browser.get(f"/incidents/{identity}.json").json()["claims"]]


def told_by_most(browser):
    return max(incidents(browser), key=lambda row: (row["outlets"], row["claims"]))


def test_the_page_says_why_who_and_in_which_words(desk):
    row = told_by_most(desk)
    page = desk.seen(f"/incidents/{row['id']}?lang=en")
    data = desk.get(f"/incidents/{row['id']}.json").json()
    assert page.count("<h1") == 1 and row["outlets"] == 2
    assert "Why: " in page and "status-" + row["status"] in page
    for one in data["claims"]:
        assert one["words"] in page and f"/articles/{one['article']}#claim-{one['claim']}" in page
    assert "وكالة النهر" in page and "وكالة الجبل" in page


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_reasons_are_in_the_language_of_the_page(desk, lang):
    row = told_by_most(desk)
    page, data = (
        desk.seen(f"/incidents/{row['id']}?lang={lang}"),
        desk.get(f"/incidents/{row['id']}.json").json(),
    )
    reason = data["reasons_ar" if lang == "ar" else "reasons"][0]
    words = re.sub(r"<[^>]+>", "", page)
    assert reason.split(":")[0] in words


def test_an_incident_that_never_was_is_said_to_be_none(client):
    assert "ix0" in client.seen("/incidents/ix0", 404)
    assert client.get("/incidents/ix0.json").status_code == 404


def test_names_of_outlets_cannot_change_the_page(desk):
    rows = [row for row in incidents(desk) if "صوت" in desk.seen(f"/incidents/{row['id']}")]
    assert rows
    assert all("<b>السهل" not in desk.seen(f"/incidents/{row['id']}") for row in rows)


def test_two_incidents_become_one_and_two_again(desk, at_once):
    at_once["tie"] = lambda: reconcile(desk.workspace.store)
    one, other = [row["id"] for row in incidents(desk, sort="claims")][:2]
    claims = {*held(desk, one), *held(desk, other)}
    answer = desk.sent(
        f"/incidents/{one}/same", other=f"http://127.0.0.1/incidents/{other}?x=1", note="نفس الحدث"
    )
    assert answer.status_code == 303
    page = desk.seen(answer.headers["location"])
    (now,) = {
        found
        for found in re.findall(r"/incidents/(i[0-9a-f]+)\"", page)
        if found in {row["id"] for row in incidents(desk)}
    }
    assert set(held(desk, now)) == claims
    gone = other if now == one else one
    assert f"/incidents/{now}" in desk.seen(f"/incidents/{gone}", 410)

    page = desk.seen(f"/incidents/{now}?lang=en")
    assert "judged the same" in page and "نفس الحدث" in page
    number = re.search(r'name="judgement" value="(\d+)"', page)[1]
    assert desk.sent(f"/incidents/{now}/undo", judgement=number).status_code == 303
    assert set(held(desk, now)) < claims
    with desk.workspace.store.database.reading() as connection:
        assert judgements(connection) == []
    assert desk.sent(f"/incidents/{now}/undo", judgement=number).status_code == 400


def test_ticked_claims_go_elsewhere(desk, at_once):
    at_once["tie"] = lambda: reconcile(desk.workspace.store)
    row = told_by_most(desk)
    here = held(desk, row["id"])
    going = here[-1]
    answer = desk.sent(f"/incidents/{row['id']}/different", claim=going, note="")
    assert answer.status_code == 303
    homes = {claim: one["id"] for one in incidents(desk) for claim in held(desk, one["id"])}
    assert homes[going] != homes[here[0]]
    page = desk.seen(answer.headers["location"])
    assert homes[going] in page and homes[here[0]] in page


REFUSED = {
    "another that is none": ("same", {"other": "nonsense"}, 400),
    "another that is not here": ("same", {"other": "i0000000000000"}, 404),
    "nothing ticked": ("different", {}, 400),
    "a claim of elsewhere": ("different", {"claim": "0123456789abcdef"}, 400),
    "a judgement that is none": ("undo", {"judgement": "x"}, 400),
    "a judgement of elsewhere": ("undo", {"judgement": "77"}, 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_is_stored(desk, at_once, name):
    at_once["tie"] = lambda: pytest.fail("nothing was to be tied")
    what, fields, code = REFUSED[name]
    row = told_by_most(desk)
    assert desk.sent(f"/incidents/{row['id']}/{what}", **fields).status_code == code
    with desk.workspace.store.database.reading() as connection:
        assert judgements(connection) == []


def test_an_incident_is_not_the_same_as_itself_nor_can_all_of_it_go(desk, at_once):
    at_once["tie"] = lambda: pytest.fail("nothing was to be tied")
    row = told_by_most(desk)
    assert desk.sent(f"/incidents/{row['id']}/same", other=row["id"]).status_code == 400
    assert desk.sent(f"/incidents/{row['id']}/different", claim=held(desk, row["id"])).status_code == 400


def test_the_page_waits_for_the_chore_and_then_leads_on(desk, monkeypatch):
    row = told_by_most(desk)
    states = {"now": "running"}
    monkeypatch.setattr(
        Chores,
        "one",
        lambda self, number: Chore(id=number, command=("store", "reconcile"), who="", state=states["now"]),
    )
    address = f"/incidents/{row['id']}/tied?chore=3&claim={held(desk, row['id'])[0]}"
    part = desk.seen(address, headers={"hx-request": "true"})
    assert "hx-get" in part and "<html" not in part
    states["now"] = "done"
    part = desk.seen(address, headers={"hx-request": "true"})
    assert "hx-get" not in part and f"/incidents/{row['id']}" in part
    states["now"] = "failed"
    assert "marsad store reconcile" in desk.seen(address)


def test_copies_are_folded_until_they_are_asked_for(tmp_path):
    rows = [
        stored("a1"),
        stored("a2", COPY, outlet="وكالة الجبل", published="2024-12-07"),
        stored("a3", AGAIN, outlet="وكالة الساحل"),
    ]
    with opened(tmp_path / "desk", rows) as made, Browser(made) as browser:
        row = told_by_most(browser)
        folded, unfolded = (browser.seen(f"/incidents/{row['id']}{query}") for query in ("", "?unfold=1"))
        assert 'class="family"' in folded and 'class="family"' not in unfolded


def test_viewers_see_no_forms(tmp_path):
    with opened(tmp_path / "desk", [stored("a1")], token="secret") as made, Browser(made) as browser:
        from marsad.store.users import add_user

        with made.store.database.writing() as connection:
            token = add_user(connection, "vera", "viewer")
        browser.get(f"/login?token={token}")
        row = told_by_most(browser)
        page = browser.seen(f"/incidents/{row['id']}")
        assert 'name="other"' not in page and 'type="checkbox"' not in page
        assert browser.sent(f"/incidents/{row['id']}/same", other="i1").status_code == 403
