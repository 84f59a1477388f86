"""What tests of review ask of a page as a browser would: its fields, and forms sent with them."""

import re

from sqlalchemy import text as sql

from marsad.store.reviewing import ReviewSettings, set_review_settings
from web.client import Browser

PART = {"hx-request": "true", "hx-request-type": "partial"}
FIELD = re.compile(r'<(?:input|textarea)[^>]*?name="([^"]+)"[^>]*?(?:value="([^"]*)")?[^>]*>')
TOKEN = re.compile(r'(name="marsad-token" content|name="token" value)="[^"]*"')


def claims_of(workspace, article="a1"):
    with workspace.store.database.reading() as connection:
        query = sql("SELECT id FROM claims WHERE article = :a ORDER BY number")
        return list(connection.scalars(query, {"a": article}))


def stored_reviews(workspace):
    with workspace.store.database.reading() as connection:
        query = "SELECT claim, decision, who, part, reason, note FROM reviews ORDER BY id"
        return [tuple(row) for row in connection.execute(sql(query))]


def current(page):
    """The claim that is before somebody, and the revision that a decision on it must carry."""
    return re.search(r'name="claim" value="([^"]+)"', page)[1], re.search(
        r'name="revision" value="([^"]*)"', page
    )[1]


def sent(client, page, address="/review/decide", headers=None, **fields):
    claim, revision = current(page)
    data = {"token": client.form_token(), "claim": claim, "revision": revision, **fields}
    return client.post(address, data=data, headers=headers or {})


def share(workspace, **settings):
    with workspace.store.database.writing() as connection:
        set_review_settings(connection, ReviewSettings(**settings))


def as_somebody(workspace, who):
    browser = Browser(workspace)
    browser.sent("/me", who=who)
    return browser


def edit_fields(page):
    """What a browser would send of the form in which a claim is corrected."""
    form = re.search(r'<form class="edit card".*?</form>', page, re.S)[0]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind = re.search(r'type="(\w+)"', tag)
        name = re.search(r'name="([^"]+)"', tag)
        if name and not (kind and kind[1] in ("checkbox", "radio") and " checked" not in tag):
            value = re.search(r'value="([^"]*)"', tag)
            fields[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1]
    return fields
