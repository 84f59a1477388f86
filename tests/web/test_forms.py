"""Forms and what comes with them: sizes, files, and names that stand several times."""

import pytest

from marsad.web import forms
from web.client import Browser, client, workspace

__all__ = ["client", "workspace"]


@pytest.fixture
def echo(workspace, monkeypatch):
    """A page that says what it was sent."""
    seen = {}

    def page(visit):
        if visit.request.method == "POST":
            seen.update(
                form=visit.form,
                files=[(one.filename, one.file.read()) for one in visit.files],
                last=visit.field("a"),
                all=visit.fields("a"),
                none=visit.field("z", "-"),
            )
        return visit.page("me.html", to="")

    monkeypatch.setattr("marsad.web.routes.ROUTES", (("/me", page, "GET", "POST"),))
    with Browser(workspace) as browser:
        yield browser, seen


def test_fields_keep_their_order_and_the_last_of_a_name_counts(echo):
    browser, seen = echo
    answer = browser.sent("/me", a=[" 1 ", "2 "], b="x")
    assert answer.status_code == 200
    assert [name for name, _ in seen["form"]] == ["token", "a", "a", "b"]
    assert (seen["last"], seen["all"], seen["none"]) == ("2", [" 1 ", "2 "], "-")


def test_files_come_with_their_names_and_are_closed(echo):
    browser, seen = echo
    files = [("file", ("=cmd|.csv", b"a,b")), ("file", ("خبر.txt", "نص".encode()))]
    assert browser.post("/me", data={"token": browser.form_token()}, files=files).status_code == 200
    assert seen["files"] == [("=cmd|.csv", b"a,b"), ("خبر.txt", "نص".encode())]


def test_the_token_may_be_in_a_header(echo):
    browser, seen = echo
    token = browser.form_token()
    assert browser.post("/me", data={"a": "1"}, headers={"x-marsad-token": token}).status_code == 200
    seen.clear()
    assert (
        browser.post("/me", data={"a": "1"}, headers={"x-marsad-token": token[:-1] + "g"}).status_code == 403
    )
    assert browser.post(f"/me?token={token}", data={"a": "1"}).status_code == 403, (
        "not in an address, which is kept in histories"
    )
    assert seen == {}, "the page was never asked"


LIMITS = {
    "too many bytes": ({"content": b"x" * 11}, {"MOST_BYTES": 10}, 413),
    "too many files": ({"files": [("f", (f"{n}.txt", b"x")) for n in range(101)]}, {}, 400),
    "no form at all": ({"content": b"\xff\xfe", "headers": {"content-type": "multipart/form-data"}}, {}, 400),
    "a broken one": ({"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}}, {}, 403),
    "another type": ({"content": b"{}", "headers": {"content-type": "application/json"}}, {}, 403),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "limits", "code"), LIMITS.values(), ids=LIMITS)
def test_a_form_past_a_limit_is_refused_before_the_page_is_asked(echo, monkeypatch, sent, limits, code):
    browser, seen = echo
    for name, value in limits.items():
        monkeypatch.setattr(forms, name, value)
    assert browser.post("/me", **sent).status_code == code
    assert seen == {}
