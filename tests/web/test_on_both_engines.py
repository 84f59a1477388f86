"""Every page and every list answers on SQLite and on PostgreSQL alike, from the same articles."""

import pytest

from marsad.run.project import make_project
from marsad.store import put_articles
from marsad.web import open_workspace
from marsad.web.routes import ROUTES
from stored import OTHER, stored
from web.client import Browser, reconcile

PATHS = sorted(
    {path for path, _, *methods in ROUTES if "{" not in path and (not methods or "GET" in methods)}
)
PARTS = {"/agreement/items", "/review/event"}
"""They need something asked of them."""
TWINS = sorted({path for path, *_ in ROUTES if path.endswith(".{form}") and path.count("{") == 1})
ASKED = (
    "/incidents?event=harm&country=SY&since=2024-12-01&until=2024-12-31&killed=1&review=machine&sort=killed",
    "/claims?stance=state&precision=exact&words=%D8%AD%D9%85%D8%A7%D8%A9",
    "/articles?outlet=%D9%88%D9%83%D8%A7%D9%84%D8%A9+%D8%A7%D9%84%D9%86%D9%87%D8%B1&sort=claims",
    "/search?q=%D9%82%D8%B5%D9%81",
    "/places?work=ambiguous",
    "/control?on=2024-12-06&against=2024-12-07",
    "/map?layer=control&day=2024-12-06",
    "/review?order=random&seed=3",
    "/articles/a1",
    "/agreement/items?field=event",
    "/review/event?event=strike.air",
)


@pytest.fixture
def client(tmp_path, store_url):
    """A browser on a workspace whose store is of either kind."""
    project = make_project(tmp_path / "desk", url=store_url)
    store = project.open()
    with store.database.writing() as connection:
        put_articles(connection, [stored("a1"), stored("a2", OTHER), stored("a3", outlet="ضفاف برس")], None)
    reconcile(store)
    store.close()
    workspace = open_workspace(project, None, port=8321)
    with Browser(workspace) as made:
        yield made
    workspace.close()


def test_pages_lists_and_decisions(client):
    seen = {path: client.get(path).status_code for path in (*PATHS, *ASKED) if path not in PARTS}
    seen |= {
        path: client.get(path.replace("{form}", form)).status_code
        for path in TWINS
        for form in ("json", "csv")
    }
    assert {path: code for path, code in seen.items() if code not in (200, 303)} == {}
    claim = client.get("/claims.json").json()["claims"][0]["id"]
    page = client.seen(f"/review?claim={claim}")
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    answer = client.sent("/review/decide", claim=claim, revision=revision, decision="accept")
    assert answer.status_code in (200, 303)
    assert client.get("/claims.json?review=accepted").json()["claims"][0]["id"] == claim
