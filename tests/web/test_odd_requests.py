"""Whatever is asked, in whatever address or form: a page, or one sentence with the right code and under the policy; never a page that broke."""

import random
import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import pytest
from starlette.responses import PlainTextResponse

from marsad.run.chores import Chore
from marsad.web.app import THREADS
from marsad.web.guard import POLICY
from marsad.web.routes import ROUTES
from stored import OTHER, stored
from web.client import Browser, opened, workspace

__all__ = ["workspace"]

COMPLAINT = re.compile(r'(?:<p class="complaint"[^>]*>|\Amarsad: )(.*?)(?:</p>|\n\Z)', re.DOTALL)
FINE = (200, 303, 400, 401, 403, 404, 409, 410)
ODD = (
    "0", "-1", "007", "9" * 5000, "0" * 13 + "9" * 5000, "9223372036854775808", "NaN", "1e9", "٣", "%00", "a%00b", "%ED%A0%80", "%FF", "%", "%zz", "x" * 3000,
    "%3Cscript%3E", "'", "%22a", "a%20OR", "*", "-", "NEAR(", "2024-02-30", "0000-00-00", "9999-12-31,9999-12-31", "٢٠٢٤-١٢-٠٦", "1,2,3,4", "nan,nan,nan,nan",
    "1e400,0,1,1", "180,-90,-180,90", ",,,", "none", "all", "//evil.example", "..", "%0d%0aX:%20y", "WyJuZXdlc3QiLDEsInkiXQ", "WyJuZXdlc3QiLDFlOTk5LCJ5Il0", "W10",
    "%F0%9F%92%A9", "second", "control", "strike", "first",
)  # fmt: skip
NAMES = (
    "after", "against", "actor", "article", "before", "box", "chore", "claim", "coder", "column.id", "country", "day", "edit", "event", "facet", "field", "file",
    "find", "incident", "kind", "killed", "lang", "layer", "lat", "n", "on", "outlet", "part", "place", "place.q", "precision", "published", "q", "reason", "refs",
    "review", "root", "run", "said", "since", "size", "skip", "sort", "span", "spell", "start", "state", "status", "theme", "to", "unfold", "until", "version", "which",
    "who", "why", "words", "work", "z",
)  # fmt: skip
IDS = (
    "none",
    "a1",
    "%00",
    "a%00",
    "%25",
    "%FF",
    "a%3Fb",
    "a%2Fb",
    "x.json",
    ".json",
    "x" * 2000,
    "%3Cb%3E",
    "9" * 5000,
    "ش",
    "a%0ab",
    "%ED%A0%80",
)
FORM_NAMES = (
    "address", "article", "blind", "claim", "decision", "do", "end", "event", "file", "given", "judgement", "name", "note", "other", "part", "place.lat", "polarity",
    "modality", "published", "reason", "revision", "role", "share", "side", "start", "text", "time.from", "url", "who", "toll.0.low", "outlet", "column.id",
)  # fmt: skip
WRITTEN = (
    "", "-1", "9" * 5000, "٣", "a\x00b", "x" * 3000, "a\r\nb", "accept", "edit", "reject", "add", "pause", "second", "adjudication", "2024-99-99", "nan", "1e999",
    "javascript:1", "file:///etc/passwd", "../../x", "<b>", "[1]", "strike.air", "coder", "admin", "a", "0", "\u2028", "http://127.0.0.1:1/",
)  # fmt: skip
PAGES = [
    path for path, _, *methods in ROUTES if (not methods or "GET" in methods) and path != "/health/doctor"
]
FORMS = [path for path, _, *methods in ROUTES if "POST" in methods and path != "/logout"]


class Asked:
    """Takes what is asked of it, and runs nothing."""

    folder = None
    environment = None

    def ask(self, *command, who=""):
        return Chore(id=1, command=command, who=who)

    def all(self):
        return []

    def one(self, number):
        return None

    def close(self):
        pass


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A small workspace in which nothing is run; the tests of this file share it, for they only ask what cannot be."""
    articles = [stored("a1"), stored("a2", OTHER), stored("p?q#r/ش 100%.json", OTHER, outlet="ن")]
    with opened(tmp_path_factory.mktemp("odd") / "desk", articles) as made:
        workspace = replace(made, chores=Asked())
        with Browser(workspace) as browser:
            yield browser


def checked(answer, asked):
    """That an answer is a page or a sentence, and under the policy."""
    assert answer.status_code in FINE, (asked, answer.status_code, answer.text[-300:])
    assert answer.headers["content-security-policy"] == POLICY, asked
    assert "Traceback" not in answer.text
    if answer.status_code in (400, 404) and not asked.startswith(("HEAD", "POST")):
        found = COMPLAINT.findall(answer.text) or re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text)
        assert len(found) == 1, (asked, answer.text[:300])
        assert "\n" not in found[0].strip()
    return answer


def filled(path, pick):
    """A route's path with something in the place of its names."""
    return re.sub(r"\{[a-z:]+\}", lambda name: pick.choice(("csv", "atom", "json", "xml", "json%00")) if "form" in name[0] else pick.choice(IDS), path)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_address_breaks_a_page(desk, path):
    pick = random.Random(path)
    for number in range(16):
        query = "&".join(f"{pick.choice(NAMES)}={pick.choice(ODD)}" for _ in range(number % 3 + 1))
        headers = ({}, {"hx-request": "true"}, {"range": "bytes=9-1,x"}, {"accept-language": "ar;q=zz,,"})[
            number % 4
        ]
        address = f"{filled(path, pick)}?{query}"
        checked(desk.get(address, headers=headers), address)


@pytest.mark.parametrize("path", FORMS)
def test_no_form_breaks_a_page(desk, path):
    pick, token = random.Random(path), desk.form_token()
    for number in range(16):
        fields = {pick.choice(FORM_NAMES): pick.choice(WRITTEN) for _ in range(number % 6)}
        headers = {"hx-request": "true", "hx-request-type": "partial"} if number % 3 == 0 else {}
        address = filled(path, pick)
        answer = desk.post(address, data=fields, headers={**headers, "x-marsad-token": token})
        checked(answer, f"POST {address} {fields}")
        if answer.status_code == 303 and path == "/me":
            token = desk.form_token()


@pytest.mark.parametrize("path", sorted({path for path, *_ in ROUTES} - {"/health/doctor"}))
@pytest.mark.parametrize("method", ["PUT", "DELETE", "FOO", "HEAD"])
def test_other_methods_are_refused_and_heads_have_no_body(desk, path, method):
    answer = desk.request(method, path.replace("{form}", "json"))
    if method == "HEAD" and path in PAGES:
        assert (answer.status_code in FINE, answer.headers["content-security-policy"]) == (True, POLICY)
        return
    if method != "HEAD":
        assert answer.status_code == 405
        assert answer.text.strip().endswith(f"takes no {method}")
        assert "GET" in answer.headers["allow"] or "POST" in answer.headers["allow"]
    assert answer.headers["content-security-policy"] == POLICY


SAID = {
    "/incidents/%00": (400, "U+0000"),
    "/incidents?outlet=%00": (400, "outlet"),
    "/import?before=" + "0" * 13 + "9" * 5000: (400, "before"),
    "/actors.csv?sort=up": (400, "sort=up"),
    "/audit.json?since=soon": (400, "since"),
    "/import/aside.csv?run=x": (400, "run"),
    "/places.json?work=ambiguous&why=x": (400, "why=x"),
    "/incidents.xml": (404, "/incidents.xml"),
    "/incidents?after=W10": (400, "after=W10"),
    "/nowhere": (404, "/nowhere"),
    "/review?claim=x": (404, "'x'"),
    "/adjudicate?claim=x": (404, "'x'"),
    "/claims?box=1,2,3": (400, "box=1,2,3"),
    "/control?since=2024-02-30": (400, "2024-02-30"),
}


@pytest.mark.parametrize("address", SAID)
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["page", "part"])
def test_what_cannot_be_asked_is_named(desk, address, headers):
    code, words = SAID[address]
    answer = checked(desk.get(address, headers=headers), address)
    [said] = COMPLAINT.findall(answer.text)
    assert (answer.status_code, words in unescape(said)) == (code, True), said
    assert ("<h1" in answer.text) is not bool(headers)


def test_a_database_that_holds_no_zero_is_not_asked_for_one(tmp_path, store_url):
    with opened(tmp_path / "desk", [stored("a1")], url=store_url) as made, Browser(made) as browser:
        for address in (
            "/articles/%00",
            "/places/a%00.json",
            "/audit?who=%00",
            "/incidents/x?a%00=1",
            "/search?q=%00",
        ):
            assert checked(browser.get(address), address).status_code == 400
        assert browser.sent("/review/decide", claim="a\x00").status_code == 400


def test_an_id_of_any_signs_is_reached_from_everywhere(desk):
    path = "/articles/" + quote("p?q#r/ش 100%.json", safe="/")
    assert f'href="{path}' in desk.seen("/articles")
    assert "p?q#r/ش 100%.json" in unescape(desk.seen(path))
    assert desk.get(path + ".json").json()["id"] == "p?q#r/ش 100%.json"
    pages = [row["page"] for row in desk.get("/articles.json").json()["articles"]]
    assert str(desk.base_url.join(path)) in pages
    assert f'action="{path}"' in desk.seen(path)


def test_no_link_of_a_page_can_name_another_site(desk):
    page = desk.seen("//evil.example/x", 404)
    assert not re.findall(r'(?:href|src|action)="(?://|[a-z]+:)[^"]*"', page)


def test_a_part_is_not_filled_with_the_form_in_which_one_signs_in(tmp_path):
    with opened(tmp_path / "desk", token="t") as made, Browser(made) as browser:
        here = {"hx-request": "true", "hx-current-url": "http://127.0.0.1/incidents?status=disputed"}
        part = browser.get("/map/list", headers=here)
        assert (part.status_code, part.headers["hx-redirect"]) == (
            401,
            "/login?to=%2Fincidents%3Fstatus%3Ddisputed",
        )
        assert browser.get("/incidents?a=1").headers["location"] == "/login?to=%2Fincidents%3Fa%3D1"
        sent = browser.post("/review/decide", headers={"referer": "http://127.0.0.1/review?part=first"})
        assert sent.headers["location"] == "/login?to=%2Freview%3Fpart%3Dfirst"
        assert browser.post("/review/undo", headers={"referer": "http://["}).headers["location"] == "/login"


def test_a_link_of_another_site_signs_nobody_in(tmp_path):
    with opened(tmp_path / "desk", token="t") as made, Browser(made) as browser:
        assert browser.get("/login?token=t", headers={"sec-fetch-site": "cross-site"}).status_code == 200
        assert browser.get("/incidents").status_code == 303
        assert browser.get("/login?token=t&to=//evil.example").headers["location"] == "/"
        assert browser.get("/incidents").status_code == 200


def test_who_reads_does_not_wait_for_those_who_wait_to_write(workspace, monkeypatch):
    """More forms wait than there are threads for pages, until somebody who only reads has been answered."""
    let_go, waiting = threading.Event(), threading.Semaphore(0)

    def slow(visit):
        waiting.release()
        assert let_go.wait(30)
        return PlainTextResponse("written")

    monkeypatch.setattr("marsad.web.routes.ROUTES", (("/slow", slow, "POST"), *ROUTES))
    with Browser(workspace) as browser, ThreadPoolExecutor(THREADS + 2) as several:
        header = {"x-marsad-token": browser.form_token()}
        sent = [several.submit(browser.post, "/slow", headers=header) for _ in range(THREADS + 2)]
        assert waiting.acquire(timeout=30)
        assert browser.get("/health.json").status_code == 200
        assert not any(one.done() for one in sent)
        let_go.set()
        assert {one.result(30).text for one in sent} == {"written"}


@pytest.mark.parametrize("is_gone", [True, False], ids=["removed", "replaced"])
def test_nothing_is_written_into_a_store_that_is_another_one_now(workspace, is_gone):
    file = workspace.store.database.file
    with Browser(workspace) as browser:
        token = browser.form_token()
        file.rename(file.with_suffix(".old"))
        if not is_gone:
            shutil.copy(file.with_suffix(".old"), file)
        fields = {"token": token, "share": "10", "blind": "coder"}
        for answer in (browser.get("/incidents"), browser.post("/agreement/settings", data=fields)):
            assert (answer.status_code, "start `marsad serve` again" in answer.text) == (503, True)
        assert is_gone is not file.exists()
