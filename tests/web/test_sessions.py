"""Who is at the other end: what a cookie proves, and for how long."""

import base64
import json
from dataclasses import replace

import pytest

from marsad.web.sessions import IDLE, LONGEST, ROLES, Session, Sessions
from web.client import Browser, client, workspace

__all__ = ["client", "workspace"]


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(clock=clock)


def test_a_cookie_gives_its_session_back(sessions):
    begun = sessions.begin("سلمى", "coder", user=True)
    assert sessions.read(sessions.cookie(begun)) == begun


TIMES = {
    "at once": (0, True), "just before it is idle too long": (IDLE - 1, True), "idle too long": (IDLE + 1, False),
    "past the longest": (LONGEST + 1, False),
}  # fmt: skip


@pytest.mark.parametrize(("later", "holds"), TIMES.values(), ids=TIMES)
def test_a_session_expires(sessions, clock, later, holds):
    cookie = sessions.cookie(sessions.begin("ana", "coder"))
    clock.now += later
    assert (sessions.read(cookie) is not None) is holds


def test_renewing_keeps_a_session_but_not_past_the_longest(sessions, clock):
    session = sessions.begin("ana", "coder")
    assert sessions.renewed(session) is None, "not yet"
    for _ in range(LONGEST // (IDLE // 2)):
        clock.now += IDLE // 2
        held = sessions.read(sessions.cookie(session))
        if held is None:
            break
        session = sessions.renewed(held)
        assert (session.id, session.begun) == (held.id, held.begun)
        assert session.seen == clock.now
    clock.now += IDLE // 2
    assert sessions.read(sessions.cookie(session)) is None
    assert clock.now - session.begun > LONGEST


def forged(cookie, **changes):
    """The cookie with other content under the old code."""
    names = ("id", "who", "role", "begun", "seen", "user")
    body, _, code = cookie.rpartition(".")
    said = dict(zip(names, json.loads(base64.urlsafe_b64decode(body)), strict=True)) | changes
    return base64.urlsafe_b64encode(json.dumps([said[name] for name in names]).encode()).decode() + "." + code


def test_a_cookie_that_was_tampered_with_is_none(sessions, clock):
    cookie = sessions.cookie(sessions.begin("ana", "viewer"))
    for bad in (
        forged(cookie, role="admin"), forged(cookie, who="ben"), forged(cookie, seen=clock.now + 9_999), cookie[:-1], cookie + "0", cookie.upper(),
        "", ".", "x", "a.b", "." + cookie.rpartition(".")[2], "ش.ش", None,
    ):  # fmt: skip
        assert sessions.read(bad) is None


def test_another_servers_cookie_is_none(sessions):
    assert Sessions().read(sessions.cookie(sessions.begin("ana", "admin"))) is None
    assert Sessions().form_token(sessions.begin("ana", "admin")) != ""


def test_form_tokens_are_the_sessions_own(sessions):
    one, other = sessions.begin("ana", "coder"), sessions.begin("ana", "coder")
    assert sessions.form_token(one) == sessions.form_token(replace(one, seen=0.0))
    assert sessions.form_token(one) != sessions.form_token(other)
    assert sessions.form_token(one) not in sessions.cookie(one)


def test_each_role_may_what_those_before_it_may():
    for at, role in enumerate(ROLES):
        session = Session(id="x", who="ana", role=role, begun=0, seen=0)
        assert [session.may(needed) for needed in ROLES] == [number <= at for number in range(len(ROLES))]


def test_the_cookie_is_kept_from_scripts_and_other_sites(client, workspace):
    [cookie] = [
        one for one in client.get("/me").headers.get_list("set-cookie") if one.startswith("marsad_8321=")
    ]
    for word in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert word.lower() in cookie.lower()
    assert "secure" not in cookie.lower()
    with Browser(workspace, base="https://127.0.0.1") as other:
        assert "secure" in other.get("/me").headers["set-cookie"].lower()
    again = [
        one for one in client.get("/me").headers.get_list("set-cookie") if one.startswith("marsad_8321=")
    ]
    assert again == [], "not set anew with every answer"


def test_language_and_theme_are_remembered(client):
    assert 'lang="ar" dir="rtl" data-theme="dark"' in client.seen("/me?lang=ar&theme=dark")
    assert 'lang="ar" dir="rtl" data-theme="dark"' in client.seen("/me")
    assert 'data-theme="auto"' in Browser(client.workspace).seen("/me?theme=<script>")
    assert 'lang="ar"' in Browser(client.workspace).seen("/me", headers={"accept-language": "ar-SY,en;q=0.5"})
