"""Whether everything is as it should be, for people and for whoever watches the desk."""

import json
import re
import shutil

from sqlalchemy import text

from marsad.web.views.health import backups
from web.client import client, workspace

__all__ = ["client", "workspace"]


def test_the_page_tells_of_the_server_what_waits_and_what_is_kept(client, workspace):
    page = client.seen("/health")
    assert "Marsad" in page
    assert f"{workspace.store.database.file.stem}" in client.seen("/health/doctor") or "sound" in client.seen(
        "/health/doctor"
    )
    stored = client.seen("/health/stored")
    assert re.search(
        r"<code dir=\"ltr\">articles</code></th><td class=\"number\"><bdi dir=\"ltr\">2<", stored
    )
    assert "<html" in stored
    assert "<html" not in client.seen("/health/stored", headers={"hx-request": "true"})


def test_what_monitors_ask_is_small_and_says_whether_something_is_wrong(client, workspace):
    data = client.get("/health.json").json()
    assert (data["status"], data["waiting"], data["feeds_failing"]) == ("ok", 0, 0)
    assert data["memory_bytes"] > 10_000_000
    assert len(json.dumps(data)) < 1000
    with workspace.store.database.writing() as connection:
        connection.execute(text("UPDATE articles SET pending = 1"))
    assert client.get("/health.json").json()["waiting"] == 2
    assert 'action="/health/reconcile"' in client.seen("/health")
    assert client.sent("/health/reconcile").status_code == 303
    assert workspace.chores.settle(60)
    assert client.get("/health.json").json()["waiting"] == 0


def test_a_backup_is_made_beside_the_store(client, workspace):
    assert client.sent("/health/backup").headers["location"].startswith("/health#chore-")
    assert workspace.chores.settle(60)
    [copy] = backups(workspace.project)
    page = client.seen("/health")
    assert copy.name in page
    assert workspace.chores.all()[0].state == "done"
    assert "marsad store backup" in page


def test_the_doctor_names_what_is_wrong_first(client, workspace):
    with workspace.store.database.writing() as connection:
        for row in (
            connection.execute(
                text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit'")
            )
            .scalars()
            .all()
        ):
            connection.execute(text(f"DROP TRIGGER {row}"))
        connection.execute(text("UPDATE audit SET who = 'bob'"))
    found = client.seen("/health/doctor")
    assert found.index("damaged") < found.index("well")


def test_a_failed_chore_degrades(client, workspace):
    workspace.chores.ask("store", "search", who="<b>ana</b>")  # a word is lacking
    assert workspace.chores.settle(60)
    assert client.get("/health.json").json()["status"] == "degraded"
    page = client.seen("/health")
    assert "<b>ana" not in page
    assert "failed" in page
    shutil.rmtree(workspace.project.archive)
    assert client.get("/health").status_code == 200
