"""Taking articles in through pages: what is kept of a file, what is shown before it is taken in, and what becomes of it."""

import io
import json
import re
import stat

import pytest

from marsad.errors import InputError
from marsad.store.users import add_user
from marsad.web.views.uploads import keep, kept_file, safe_name, shown_name
from stored import OTHER, TEXT
from web.client import Browser, client, opened, workspace

__all__ = ["client", "workspace"]

NAMES = {
    "news.jsonl": "news.jsonl", "../../etc/passwd": "passwd", "/etc/cron.d/x": "x", "C:\\desk\\خبر عاجل.txt": "خبر_عاجل.txt", "--help": "help",
    "-rf": "rf", ".bashrc": "bashrc", "..": "upload", "": "upload", "a/": "upload", "=cmd|'/c calc'!A1": "c_calc_A1", "=cmd|calc.csv": "cmd_calc.csv",
    "a\x00b.txt": "a_b.txt", "a\nb": "a_b", "\u202etxt.exe": "txt.exe", "a" * 300 + ".csv": "a" * 76 + ".csv", "x." + "y" * 300: "x." + "y" * 78,
    "con": "con", "https://evil.example/a.txt": "a.txt", "a%2f..%2fb": "a_2f.._2fb", "ع" * 200: "ع" * 80,
}  # fmt: skip


@pytest.mark.parametrize(("name", "kept"), NAMES.items())
def test_of_a_name_only_what_is_safe_is_kept(tmp_path, name, kept):
    found = keep(tmp_path, name, io.BytesIO(b"x"))
    assert shown_name(found) == kept == safe_name(name)
    file = kept_file(tmp_path, found)
    assert file.parent == tmp_path / "uploads"
    assert [one.name for one in file.parent.iterdir()] == [found], "nothing else is left there"
    assert not file.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def test_the_same_file_is_kept_once_and_another_never_in_its_place(tmp_path, monkeypatch):
    first = keep(tmp_path, "a.txt", io.BytesIO(b"one"))
    assert keep(tmp_path, "a.txt", io.BytesIO(b"one")) == first
    assert keep(tmp_path, "a.txt", io.BytesIO(b"two")) != first
    kept_file(tmp_path, first).write_bytes(b"changed")
    again = keep(tmp_path, "a.txt", io.BytesIO(b"one"))
    assert again != first
    assert kept_file(tmp_path, again).read_bytes() == b"one"
    assert kept_file(tmp_path, first).read_bytes() == b"changed"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../marsad.db",
        "a.txt",
        "0123456789ab-",
        "0123456789ab-../x",
        "0123456789ab-a/b",
        "0123456789ab-link",
    ],
)
def test_only_uploads_can_be_asked_for(tmp_path, name):
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "0123456789ab-link").symlink_to("/etc/passwd")
    with pytest.raises(InputError, match="no uploaded file"):
        kept_file(tmp_path, name)


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="empty"):
        keep(tmp_path, "a.txt", io.BytesIO())
    assert list((tmp_path / "uploads").iterdir()) == []


def sent(client, *files, **fields):
    """Files through the form; the address to which it leads."""
    answer = client.post(
        "/import/upload",
        data={"token": client.form_token(), **fields},
        files=[("file", one) for one in files],
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def hidden(page):
    """The fields of the form that takes it in."""
    form = page.split('action="/import/take"')[1]
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(
            value.replace("&#39;", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        )
    return found


def taken(client, page):
    """Take in what a page shows, wait until it has ended, and show what became of it."""
    answer = client.post("/import/take", data=hidden(page))
    assert answer.status_code == 303, answer.text
    assert client.workspace.chores.settle(90)
    return client.seen(answer.headers["location"])


def test_a_file_is_looked_at_and_then_taken_in(client, workspace):
    lines = [
        json.dumps({"id": "n1", "text": TEXT + " وأضاف.", "title": "<b>خبر</b>"}, ensure_ascii=False),
        "{broken",
        json.dumps({"id": "a1", "text": ""}),
    ]
    at = sent(
        client, ("--help", "\n".join(lines).encode(), "text/plain"), outlet="--الساحل", published="2024-12-07"
    )
    page = client.seen(at)
    assert "&lt;b&gt;خبر" in page
    assert "<b>خبر" not in page
    assert "--الساحل" in page
    assert "2024-12-07" in page
    assert "would be set aside:" in page
    with workspace.store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM articles").scalar() == 2, (
            "looking stores nothing"
        )
    done = taken(client, page)
    assert "done, some set aside" in done
    assert "no JSON" in done or "empty" in done
    with workspace.store.database.reading() as connection:
        row = connection.exec_driver_sql("SELECT outlet, published FROM articles WHERE id = 'n1'").one()
    assert tuple(row) == ("--الساحل", "2024-12-07")
    assert "archive/uploads" not in done, "where it lies is nobody's business"


def test_a_table_is_mapped_by_its_columns(client, workspace):
    table = f'=cmd|x,المتن,يوم,--\n1,"{OTHER}",2024-12-06,منفذ\n'
    at = sent(client, ("t.csv", table.encode(), "text/csv"))
    page = client.seen(at)
    assert '<option value="=cmd|x">' in page
    assert "no date" in page
    mapped = client.seen(f"{at}&column.published=يوم&column.outlet=--&column.id==cmd|x")
    assert "no date" not in mapped
    assert '<option value="--" selected' in mapped
    assert "done" in taken(client, mapped)
    with workspace.store.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT id, outlet, published FROM articles WHERE outlet = 'منفذ'"
        ).one()
    assert tuple(row) == ("1", "منفذ", "2024-12-06")
    assert "set aside" in client.seen(f"{at}&column.text=nothing")


def test_a_pasted_text_becomes_an_article(client, workspace):
    fields = {"title": "عاجل", "outlet": "=1+1", "published": "2024-12-08", "text": OTHER + "\r\nسطر ثان"}
    at = client.sent("/import/paste", **fields).headers["location"]
    page = client.seen(at)
    assert "عاجل" in page
    done = taken(client, page)
    assert ">1</bdi>" in done
    with workspace.store.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT v.text, a.outlet FROM articles a JOIN versions v ON v.article = a.id WHERE a.id LIKE 'pasted-%'"
        ).one()
    assert tuple(row) == (OTHER + "\nسطر ثان", "=1+1")
    assert "stored already" in client.seen(at)


REFUSED = {
    "no text": ("/import/paste", {"text": " "}), "no day": ("/import/paste", {"text": "x", "published": "yesterday"}),
    "no files": ("/import/upload", {}), "nothing to take": ("/import/take", {}), "not an upload": ("/import/take", {"file": "../../marsad.db"}),
    "a control character": ("/import/take", {"file": "x", "outlet": "a\x00b"}), "no address": ("/import/address", {"address": "file:///etc/passwd"}),
    "an option as address": ("/import/address", {"address": "--help"}), "far too long": ("/import/address", {"address": "https://a.example/", "outlet": "x" * 201}),
}  # fmt: skip


@pytest.mark.parametrize(("address", "fields"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_in_is_refused_in_a_sentence(client, workspace, address, fields):
    answer = client.sent(address, **fields)
    assert answer.status_code == 400
    assert 'class="complaint"' in answer.text
    assert workspace.chores.all() == []


def test_an_address_goes_behind_the_options(client, workspace, monkeypatch):
    asked = []
    monkeypatch.setattr(
        type(workspace.chores), "ask", lambda self, *words, who="": asked.append(words) or chore()
    )
    client.sent("/import/address", address="https://example.org/feed.xml", outlet="--dry-run")
    assert asked == [("ingest", "--outlet=--dry-run", "--", "https://example.org/feed.xml")]


def chore():
    from marsad.run.chores import Chore

    return Chore(id=1, command=("ingest",), who="")


def test_coders_take_files_in_and_only_admins_have_addresses_fetched(tmp_path):
    feed = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><link>http://10.0.0.1/</link></item></channel></rss>'
    with opened(tmp_path / "desk", token="t") as made:
        with made.store.database.writing() as connection:
            token = add_user(connection, "cora", "coder")
        with Browser(made) as browser:
            browser.get(f"/login?token={token}")
            page = browser.seen("/import")
            assert 'action="/import/address"' not in page
            assert browser.sent("/import/address", address="https://example.org/").status_code == 403
            page = browser.seen(sent(browser, ("feed.xml", feed, "text/xml")))
            assert 'action="/import/take"' not in page
            name = re.search(r'name="file" value="([^"]+)"', page)[1]
            assert browser.sent("/import/take", file=name).status_code == 403


def test_runs_and_what_they_set_aside_are_listed(client, workspace):
    page = client.seen(sent(client, ("bad.jsonl", b"{x\n{y\n", "text/plain")))
    assert "failed" in taken(client, page)
    runs = client.seen("/import")
    assert 'id="run-1"' in runs
    assert 'href="/import/aside?run=1"' in runs
    listed = client.seen("/import/aside?run=1")
    assert "bad.jsonl:2" in listed
    assert "/uploads/" not in listed
    rows = client.get("/import/aside.json?run=1").json()["aside"]
    assert [row["place"] for row in rows] == ["bad.jsonl:2", "bad.jsonl:1"]
    assert client.get("/import/aside.json?run=7").json()["aside"] == []
    assert "Nothing was set aside" in client.seen("/import/aside?reason=nothing")
    client.seen("/import/aside?run=x", 400)
    client.seen("/import/chores/99", 404)
    client.seen("/import/chores/x", 404)


def test_progress_asks_again_until_it_has_ended(client, workspace):
    at = client.post(
        "/import/take", data=hidden(client.seen(sent(client, ("a.txt", OTHER.encode(), "text/plain"))))
    ).headers["location"]
    going = client.seen(at)
    assert workspace.chores.settle(90)
    ended = client.seen(at, headers={"hx-request": "true"})
    assert 'hx-trigger="every 1s"' in going or "done" in going
    assert "hx-trigger" not in ended
    assert "<html" not in ended
