"""The watch on pages sees what it must see: each kind of wrong is done once, on a tiny page of our own."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from web import browsing

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; connect-src 'self'"
LOOSE = "script-src 'self' 'unsafe-inline'"
FRAME = '<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><body><main><h1>Page</h1>{}</main>'
ELSEWHERE = "http://elsewhere.invalid/x"
SCRIPTS = {
    "/asks.js": f"fetch('{ELSEWHERE}').catch(() => 0);",
    "/works.js": "new Worker('/asks.js');",
    "/opens.js": "window.open('/second');",
    "/says.js": "console.error('this is wrong');",
    "/throws.js": "setTimeout(() => { throw new Error('not caught'); });",
    "/calls.js": "alert('a dialog');",
    "/evaluates.js": "try { eval('1'); } catch { /* kept quiet */ }",
    "/draws.js": "document.body.dataset.gl = document.createElement('canvas').getContext('webgl2') ? 'yes' : 'no';",
}


def script(name):
    return f'<script src="/{name}.js"></script>'


@contextmanager
def site(body, policy=STRICT):
    """The address of a site on loopback with one page, the scripts above, and a second page that asks for an image elsewhere."""
    pages = {"/": FRAME.format(body), "/second": FRAME.format(f'<img alt="" src="{ELSEWHERE}">')}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            text = SCRIPTS.get(self.path) or pages.get(self.path)
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/javascript" if self.path in SCRIPTS else "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def seen_on(browser, body, policy, until):
    """What is seen on a page, once ``until`` holds of it."""
    seen = browsing.Seen()
    with site(body, policy) as address:
        page = browsing.new_page(browser, seen)
        page.goto(address)
        for _ in range(100):
            if until(seen):
                break
            page.wait_for_timeout(50)
        page.context.close()
    return seen


OUTSIDE = {
    "an image": f'<img alt="" src="{ELSEWHERE}">',
    "another address of this machine": '<img alt="" src="http://127.0.0.2:9/x">',
    "a script's request": script("asks"),
    "a worker's request": script("works"),
    "a page that a page opens": script("opens"),
}


@pytest.mark.parametrize("body", OUTSIDE.values(), ids=OUTSIDE)
def test_a_request_to_another_host_is_seen(browser, body):
    seen = seen_on(browser, body, LOOSE, lambda seen: seen.outside)
    assert seen.outside == [ELSEWHERE if "127.0.0.2" not in body else "http://127.0.0.2:9/x"]
    assert seen.trouble()


ERRORS = {
    "said": (script("says"), "this is wrong"),
    "thrown": (script("throws"), "not caught"),
    "absent": ('<img alt="" src="/no-such-file">', "404"),
    "a dialog": (script("calls"), "a dialog"),
}


@pytest.mark.parametrize(("body", "words"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_seen(browser, body, words):
    seen = seen_on(browser, body, STRICT, lambda seen: seen.errors)
    assert [words in text for text in seen.errors] == [True]
    assert (seen.outside, seen.violations) == ([], [])
    assert seen.trouble(allowed=(words,)) == []


BREACHES = {
    "a script in the page": ("<script>1</script>", "script-src"),
    "a handler in an attribute": ('<p onclick="1">x</p>', "script-src-attr"),
    "a style in an attribute": ('<p style="color: red">x</p>', "style-src"),
    "a host that the policy leaves out": (f'<img alt="" src="{ELSEWHERE}">', "img-src"),
    "eval, its error caught": (script("evaluates"), "script-src"),
}


@pytest.mark.parametrize(("body", "directive"), BREACHES.values(), ids=BREACHES)
def test_a_breach_of_the_policy_is_seen(browser, body, directive):
    seen = seen_on(browser, body, STRICT, lambda seen: seen.violations)
    assert any(directive in text for text in seen.violations)
    assert seen.errors == []


def test_a_page_that_does_nothing_wrong_is_at_peace(open_page):
    with site(script("draws")) as address:
        page = open_page(address)
        assert page.locator("body").get_attribute("data-gl") == "yes"


def test_a_browser_without_webgl_has_none(open_page):
    with site(script("draws")) as address:
        page = open_page(address, webgl=False)
        assert page.locator("body").get_attribute("data-gl") == "no"


def test_axe_finds_what_is_serious_under_the_strict_policy(open_page):
    with site('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><input>') as address:
        found = browsing.axe(open_page(address))
    assert sorted(line.split(":")[0] for line in found) == ["critical image-alt", "critical label"]


def test_axe_finds_nothing_on_a_good_page(open_page):
    with site("<p>Text.</p>") as address:
        assert browsing.axe(open_page(address)) == []


def test_axe_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(browsing, "AXE", tmp_path / "axe.min.js")
    with pytest.raises(LookupError, match="make web"):
        browsing.axe(None)


def test_a_missing_browser_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("MARSAD_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(LookupError, match="apt-get install chromium"):
        browsing.program()


def test_a_workspace_that_does_not_start_says_why(tmp_path):
    with pytest.raises(AssertionError, match="did not say where it is"), browsing.serving(tmp_path / "none"):
        pass


def test_a_real_workspace_is_served_until_the_test_ends(serving, program, tmp_path, open_page):
    program("init", tmp_path / "desk")
    address = serving(tmp_path / "desk")
    page = open_page(f"{address}static/icon.svg")
    assert page.url.startswith("http://127.0.0.1:")
    assert page.locator("svg").count() == 1
