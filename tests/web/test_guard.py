"""What stands before every page: hosts, origins, form tokens, and the policy on every kind of answer."""

from dataclasses import replace

import pytest

from marsad.web.guard import HEADERS, POLICY, is_loopback
from marsad.web.sessions import Sessions
from web.client import BASE, Browser, client, opened, workspace

__all__ = ["client", "workspace"]


HOSTS = {
    "127.0.0.1": 200, "127.0.0.1:8321": 200, "localhost:9": 200, "LOCALHOST": 200, "[::1]:8321": 200,
    "evil.example": 403, "127.0.0.1.evil.example": 403, "127.0.0.1@evil.example": 403, "": 403, "192.168.1.4": 403,
    "localhost.": 403, "127.0.0.1:80/login?": 403, "[::1]/login?": 403, "127.0.0.1:x@evil.example": 403, "[::1]evil.example": 403, "127.0.0.1:123456": 403,
}  # fmt: skip


@pytest.mark.parametrize(("host", "code"), HOSTS.items())
def test_only_our_own_hosts_are_answered(client, host, code):
    assert client.get("/me", headers={"host": host}).status_code == code


def test_a_server_for_others_lets_its_names_and_addresses_in_figures_through(tmp_path):
    with opened(tmp_path / "desk", token="t") as made, Browser(made, hosts=("desk.example",)) as browser:
        for host, code in (
            ("desk.example", 200),
            ("10.1.2.3:8321", 200),
            ("[2001:db8::1]:9", 200),
            ("evil.example", 403),
        ):
            assert browser.get("/login", headers={"host": host}).status_code == code


ORIGINS = {
    "none": ({}, 303),
    "ours": ({"origin": BASE}, 303),
    "another site": ({"origin": "http://evil.example"}, 403),
    "another port": ({"origin": "http://127.0.0.1:9999"}, 403),
    "no address": ({"origin": "http://["}, 403),
    "null": ({"origin": "null"}, 403),
    "our fetch": ({"sec-fetch-site": "same-origin"}, 303),
    "typed": ({"sec-fetch-site": "none"}, 303),
    "cross site": ({"sec-fetch-site": "cross-site"}, 403),
    "same site": ({"sec-fetch-site": "same-site"}, 403),
}


@pytest.mark.parametrize(("headers", "code"), ORIGINS.values(), ids=ORIGINS)
def test_a_form_must_come_from_our_own_pages(client, headers, code):
    fields = {"token": client.form_token(), "who": "ana"}
    assert client.post("/me", data=fields, headers=headers).status_code == code


def test_a_form_needs_the_token_of_its_session(client, workspace):
    other = Sessions().form_token(workspace.sessions.begin("x", "admin"))
    for token in ("", "0" * 64, other, "ش"):
        answer = client.post("/me", data={"token": token, "who": "mallory"})
        assert (answer.status_code, "mallory" in client.seen("/me")) == (403, False)
    with Browser(workspace) as someone_else:
        answer = client.post("/me", data={"token": someone_else.form_token(), "who": "mallory"})
    assert answer.status_code == 403
    header = {"x-marsad-token": client.form_token()}
    assert client.post("/me", data={"who": "ana"}, headers=header).status_code == 303
    assert "ana" in client.seen("/me")


def test_a_form_is_read_within_limits(client):
    token = client.form_token()
    assert client.post("/me", headers={"content-length": "999999999"}, content=b"x").status_code == 413
    assert (
        client.post("/me", headers={"transfer-encoding": "chunked"}, content=iter([b"x"])).status_code == 400
    )
    many = {"token": token, **{f"f{number}": "x" for number in range(2001)}}
    answer = client.post("/me", files={"a": ("a.txt", b"x")}, data=many)
    assert answer.status_code == 400
    assert client.post("/me", data={"token": token, "who": "a\x00b"}).status_code == 400


ANSWERS = {
    "/": None, "/me": 200, "/nothing": 404, "/static/frame.css": 200, "/static/nothing.css": 404, "/static/../app.py": 404,
    "/health.json": 200, "/incidents/none": None, "/incidents.xml": None,
}  # fmt: skip


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_the_policy(client, path):
    answer = client.get(path)
    if ANSWERS[path]:
        assert answer.status_code == ANSWERS[path]
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_refusals_redirects_and_complaints_carry_it_too(client):
    answers = {
        403: client.get("/me", headers={"host": "evil.example"}),
        303: client.sent("/me", who="ana"),
        405: client.put("/me"),
        400: client.sent("/me", who=""),
    }
    assert [one.status_code for one in answers.values()] == list(answers)
    for one in answers.values():
        assert one.headers["content-security-policy"] == POLICY


def test_a_page_that_breaks_says_so_under_the_policy_and_tells_nothing(workspace):
    with Browser(replace(workspace, chores=None)) as browser:  # an error that nobody foresaw
        browser._transport.raise_server_exceptions = False
        answer = browser.get("/health")
    assert (answer.status_code, answer.headers["content-security-policy"]) == (500, POLICY)
    assert "NoneType" not in answer.text


def test_the_policy_lets_nothing_unsafe_in():
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "*" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize(
    ("host", "is_it"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.9.9.9", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_loopback_is_this_machine_only(host, is_it):
    assert is_loopback(host) is is_it
