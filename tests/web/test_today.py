"""The first page: what there is, what is new since the last visit, what to do next."""

from datetime import UTC, datetime, timedelta

import pytest

from marsad.store import put_articles, tables
from marsad.store.feeds import add_feed
from marsad.web.views.today import COOKIE, shares
from stored import OTHER, stored
from web.client import Browser, client, opened, reconcile, workspace

__all__ = ["client", "workspace"]


def moment(**ago):
    """A moment so long ago, as the store writes it."""
    return (datetime.now(UTC) - timedelta(**ago)).isoformat(timespec="milliseconds")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_page_shows_how_much_there_is(client, workspace, lang):
    page = client.seen(f"/?lang={lang}")
    assert page.count("<h1") == 1 and "2024-12-06" in page
    for path in ("/articles", "/claims", "/incidents", "/outlets", "/control", "/review", "/map"):
        assert f'href="{path}"' in page
    rows = client.get("/incidents.json").json()["incidents"]
    assert f'<strong><bdi dir="ltr">{len(rows)}</bdi></strong>' in page


def test_an_empty_project_says_what_to_type(tmp_path):
    with opened(tmp_path / "desk") as made, Browser(made) as browser:
        assert "marsad ingest" in browser.seen("/")


def test_articles_that_wait_are_told(tmp_path):
    with opened(tmp_path / "desk", [stored("a1")], reconciled=False) as made, Browser(made) as browser:
        assert "marsad store reconcile" in browser.seen("/")


def test_new_is_what_came_in_since_the_last_visit(client, workspace):
    client.cookies.set(COOKIE, f"|{moment(hours=3)}")
    page = client.seen("/?lang=en")
    assert (
        "Since your last visit" in page and 'New articles <span class="count"><bdi dir="ltr">2</bdi>' in page
    )
    again = client.seen("/?lang=en")
    assert 'New articles <span class="count"><bdi dir="ltr">2</bdi>' in again, (
        "a page loaded again is no new visit"
    )


def test_a_visit_later_counts_from_the_end_of_the_one_before(client, workspace):
    client.cookies.set(COOKIE, f"{moment(days=9)}|{(datetime.now(UTC) + timedelta(seconds=5)).isoformat()}")
    assert 'dir="ltr">2</bdi></span></h3>' in client.seen("/?lang=en")
    client.cookies.delete(COOKIE)
    later = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert 'New articles <span class="count"><bdi dir="ltr">0</bdi>' in client.seen(
        f"/?since={later}&lang=en"
    )


BAD = ["x|y", "|", "a|b|c", "9999-99-99|2024-13-01T00:00:00Z"]


@pytest.mark.parametrize("cookie", BAD)
def test_a_cookie_that_is_none_is_a_first_visit(client, cookie):
    client.cookies.set(COOKIE, cookie)
    assert "Lately" in client.seen("/?lang=en")


def test_a_day_that_is_none_is_refused(client):
    assert "complaint" in client.seen("/?since=yesterday", 400)


def test_a_status_that_changed_is_told_with_its_reason(client, workspace):
    row = client.get("/incidents.json?status=single").json()["incidents"][0]
    with workspace.store.database.writing() as connection:
        connection.execute(
            tables.changes.insert().values(
                at=moment(minutes=1),
                kind="status",
                subject=row["id"],
                before="none",
                after="single",
                data="{}",
            )
        )
    page = client.seen("/?lang=en")
    assert "status-none" in page and "one independent root affirms it" in page and row["id"] in page


def test_an_incident_that_was_tied_anew_since_is_left_out(client, workspace):
    with workspace.store.database.writing() as connection:
        connection.execute(
            tables.changes.insert().values(
                at=moment(minutes=1), kind="status", subject="igone", before="none", after="single", data="{}"
            )
        )
    assert "igone" not in client.seen("/")


def test_feeds_in_trouble_are_named(client, workspace):
    with workspace.store.database.writing() as connection:
        add_feed(connection, "https://feed.example/<script>", {"outlet": "x", "failures": 4})
        add_feed(connection, "https://fine.example/", {"outlet": "y", "failures": 0})
    page = client.seen("/?lang=en")
    assert (
        "failed 4 times" in page
        and "https://feed.example/&lt;script&gt;" in page
        and "fine.example" not in page
    )


def test_what_comes_in_is_there_when_the_page_is_loaded_again(client, workspace):
    with workspace.store.database.writing() as connection:
        put_articles(
            connection,
            [stored("a9", OTHER, outlet="<i>جديد</i>", published="2024-12-09", title="خبر <b>جديد</b>")],
            None,
        )
    reconcile(workspace.store)
    page = client.seen("/")
    assert (
        "2024-12-09" in page and "<b>جديد" not in page and "<i>جديد" not in page and "خبر &lt;b&gt;" in page
    )


def test_the_bar_of_statuses_fills_its_width_and_shows_the_few():
    made = shares({"single": 99_990, "denied": 10})
    assert [one.status for one in made] == ["single", "denied"]
    assert sum(one.width for one in made) == pytest.approx(1000, abs=0.2) and made[1].width > 5
    assert shares({}) == []
