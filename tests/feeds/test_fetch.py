"""One request on a real connection: answers come in full, limits hold, and nothing private is reached."""

import gzip
import hashlib
import socket
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.errors import SetAside, TryAgain
from marsad.feeds import Fetcher, FetchLimits

sys.path.insert(0, str(Path(__file__).parent))
from loopback import CERTIFICATE, loopback

NOW = datetime(2024, 12, 6, 9, 0, tzinfo=UTC)
PAGE = "<p>انسحبت القوات من البلدة</p>".encode()
REAL_LOOKUP = socket.getaddrinfo


@pytest.fixture
def server():
    with loopback() as running:
        yield running


def fetcher(server, allow=None, **limits):
    limits = FetchLimits(**{"seconds": 10.0, **limits})
    allow = server.allow if allow is None else allow
    return Fetcher(limits, allow, "Marsad/0 (+mailto:desk@feeds.example)", now=lambda: NOW)


def set_aside(server, path, **limits):
    with pytest.raises(SetAside) as refused:
        fetcher(server, **limits).get(server.at(path))
    return refused.value


def resolving(monkeypatch, *answers):
    """Each look-up of a name that is not a number gives the next answer; the last one stays."""
    left, asked = list(answers), []

    def lookup(host, port, *arguments, **named):
        if host[0].isdigit():
            return REAL_LOOKUP(host, port, *arguments, **named)
        asked.append(host)
        return REAL_LOOKUP(left.pop(0) if len(left) > 1 else left[0], port, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def test_an_answer_comes_with_all_that_is_known_of_it(server):
    raw = gzip.compress(PAGE)
    server.answers["/a"] = (
        200,
        {
            "Content-Type": "text/html; charset=UTF-8",
            "Content-Encoding": "gzip",
            "ETag": '"1"',
            "Last-Modified": "Thu",
        },
        raw,
    )
    got = fetcher(server).get(server.at("/a"))
    assert (got.status, got.reason, got.body, got.raw) == (200, "OK", PAGE, raw)
    assert (got.media_type, got.charset, got.etag, got.last_modified) == ("text/html", "utf-8", '"1"', "Thu")
    assert got.sha256 == hashlib.sha256(raw).hexdigest()
    assert (got.address, got.final_address, got.moved_permanently) == (server.at("/a"), server.at("/a"), None)
    assert (got.at, got.ip, got.retry_after) == ("2024-12-06T09:00:00.000000Z", "127.0.0.1", None)
    assert ("ETag", '"1"') in got.headers
    _, headers = server.asked[0]
    assert headers["user-agent"] == "Marsad/0 (+mailto:desk@feeds.example)"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert "if-none-match" not in headers


def test_what_is_not_changed_is_not_sent_again(server):
    server.answers["/a"] = (304, {"ETag": '"2"'}, b"")
    got = fetcher(server).get(server.at("/a"), etag='"1"', modified="Fri, 06 Dec 2024 09:00:00 GMT")
    assert (got.status, got.body, got.etag) == (304, b"", '"2"')
    _, headers = server.asked[0]
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Fri, 06 Dec 2024 09:00:00 GMT"


def test_a_validator_that_would_begin_a_header_is_not_sent(server):
    server.answers["/a"] = (200, {}, PAGE)
    fetcher(server).get(server.at("/a"), etag='"1"\r\nX: y')
    assert "x" not in server.asked[0][1]


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_every_status_is_an_answer(server, status):
    server.answers["/a"] = (status, {"Retry-After": "120"}, b"later")
    got = fetcher(server).get(server.at("/a"))
    assert (got.status, got.retry_after, got.body) == (status, 120, b"later")


def test_a_chunked_body_is_put_together(server):
    server.answers["/a"] = (200, {"Transfer-Encoding": "chunked"}, b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert fetcher(server).get(server.at("/a")).raw == b"abcde"


def test_an_arabic_path_is_asked_for_in_its_encoded_form(server):
    server.answers["/%D8%AE%D8%A8%D8%B1"] = (200, {}, PAGE)
    assert fetcher(server).get(server.at("/خبر")).body == PAGE


def test_redirects_are_followed_and_said(server):
    server.answers["/a"] = (301, {"Location": "/b"}, b"")
    server.answers["/b"] = (308, {"Location": server.at("/خبر").encode().decode("latin-1")}, b"")
    server.answers["/%D8%AE%D8%A8%D8%B1"] = (200, {}, PAGE)
    got = fetcher(server).get(server.at("/a"))
    assert (got.address, got.final_address) == (server.at("/a"), server.at("/%D8%AE%D8%A8%D8%B1"))
    assert (got.moved_permanently, got.downgraded) == (got.final_address, False)


@pytest.mark.parametrize(("first", "second"), [(302, 301), (301, 307), (303, 303)])
def test_a_redirect_for_now_is_no_move(server, first, second):
    server.answers["/a"] = (first, {"Location": "/b"}, b"")
    server.answers["/b"] = (second, {"Location": "/c"}, b"")
    server.answers["/c"] = (200, {}, PAGE)
    assert fetcher(server).get(server.at("/a")).moved_permanently is None


def test_a_redirect_without_a_place_is_an_answer(server):
    server.answers["/a"] = (302, {}, b"")
    assert fetcher(server).get(server.at("/a")).status == 302


def test_redirects_that_do_not_end_are_set_aside(server):
    server.answers["/a"] = (302, {"Location": "/b"}, b"")
    server.answers["/b"] = (302, {"Location": "/a"}, b"")
    assert set_aside(server, "/a").reason == "too_many_redirects"
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2:{port}/", "private_address"),
        ("http://localhost.:1/", "private_address"),
        ("http://[::ffff:127.0.0.1]:1/", "private_address"),
        ("http://2130706433:1/", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("file:///etc/hosts", "bad_address"),
        ("http://name:word@127.0.0.1:{port}/", "bad_address"),
        ("http://[::1", "bad_address"),
    ],
)
def test_a_redirect_to_what_is_private_is_refused(server, location, reason):
    server.answers["/a"] = (302, {"Location": location.format(port=server.port)}, b"")
    assert set_aside(server, "/a").reason == reason
    assert len(server.asked) == 1


def test_without_an_allow_list_nothing_here_is_asked(server):
    assert set_aside(server, "/a", allow=()).reason == "private_address"
    assert server.asked == []


def test_a_name_is_looked_up_once_for_each_request(server, monkeypatch):
    # Judged as allowed, a second look-up would give another machine: the connection must go to the judged one.
    server.answers["/a"] = (200, {}, PAGE)
    asked = resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
    got = fetcher(server).get(server.at("/a", host="feeds.example"))
    assert (got.ip, got.body, asked) == ("127.0.0.1", PAGE, ["feeds.example"])


def test_a_name_that_changes_its_address_between_redirects_is_refused(server, monkeypatch):
    server.answers["/a"] = (302, {"Location": "/b"}, b"")
    server.answers["/b"] = (200, {}, PAGE)
    resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
    with pytest.raises(SetAside, match=r"feeds\.example .* is 127\.0\.0\.2"):
        fetcher(server).get(server.at("/a", host="feeds.example"))
    assert [path for path, _ in server.asked] == ["/a"]


def test_proxies_of_the_environment_are_not_used(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.2:1")
    server.answers["/a"] = (200, {}, PAGE)
    assert fetcher(server).get(server.at("/a")).body == PAGE


def test_a_body_over_the_limit_is_set_aside(server):
    server.answers["/told"] = (200, {}, b"x" * 1_001)
    server.answers["/untold"] = lambda request: request.wfile.write(
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000
    )
    server.answers["/exact"] = (200, {}, b"x" * 1_000)
    assert set_aside(server, "/told", raw_bytes=1_000).reason == "too_long"
    assert set_aside(server, "/untold", raw_bytes=1_000).reason == "too_long"
    assert len(fetcher(server, raw_bytes=1_000).get(server.at("/exact")).raw) == 1_000


def test_a_bomb_and_an_odd_encoding_are_set_aside(server):
    server.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(5_000_000)))
    server.answers["/odd"] = (200, {"Content-Encoding": "br"}, b"xx")
    assert set_aside(server, "/bomb", decoded_bytes=1_000_000).reason == "too_long"
    assert set_aside(server, "/odd").reason == "encoding"


def drip(before):
    """An answer that says `before` and then a byte at a time, for ever."""

    def answer(request):
        request.wfile.write(before)
        while True:
            request.wfile.write(b"x")
            request.wfile.flush()
            request.server.dripped.wait(0.02)

    return answer


@pytest.mark.parametrize(
    "before",
    [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"],
    ids=["status", "header", "body to the end", "body of known length", "chunked body"],
)  # fmt: skip
def test_a_server_that_drips_is_cut_off_wherever_it_stands(server, before):
    import threading

    def answer(request):
        request.server.dripped = threading.Event()
        drip(before)(request)

    server.answers["/a"] = answer
    with pytest.raises(TryAgain, match="longer than"):
        fetcher(server, seconds=0.3).get(server.at("/a"))


def test_a_server_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        allowed = Fetcher(FetchLimits(seconds=0.3), (f"127.0.0.1:{port}",), "Marsad/0")
        with pytest.raises(TryAgain, match="longer than"):
            allowed.get(f"http://127.0.0.1:{port}/")
        with pytest.raises(TryAgain, match="longer than"):
            allowed.get(f"https://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
     b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"HTTP/1.1 999999 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nabc"],
    ids=["nothing", "not HTTP", "cut off", "long header", "many headers", "bad status", "bad chunk", "two lengths"],
)  # fmt: skip
def test_what_is_no_answer_may_be_one_later(server, said):
    server.answers["/a"] = lambda request: request.wfile.write(said)
    with pytest.raises(TryAgain, match="gave no answer") as failed:
        fetcher(server).get(server.at("/a"))
    assert " at 0x" not in str(failed.value)


def test_no_connection_and_no_name_may_be_there_later(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(TryAgain, match="refused"):
        Fetcher(FetchLimits(), (f"127.0.0.1:{port}",), "Marsad/0").get(f"http://127.0.0.1:{port}/")

    def lookup(*arguments, **named):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(TryAgain, match=r"feeds\.example cannot be resolved"):
        Fetcher(FetchLimits(), (), "Marsad/0").get("http://feeds.example/")


def trusting():
    return ssl.create_default_context(cafile=CERTIFICATE)


def test_the_certificate_must_be_for_the_name_that_was_asked_for(monkeypatch):
    resolving(monkeypatch, "127.0.0.1")
    with loopback(tls=True) as server:
        server.answers["/a"] = (200, {}, PAGE)
        known = Fetcher(FetchLimits(), server.allow, "Marsad/0", trust=trusting())
        assert known.get(server.at("/a", host="feeds.example")).body == PAGE
        with pytest.raises(TryAgain, match="certificate"):
            known.get(server.at("/a", host="other.example"))
        with pytest.raises(TryAgain, match="certificate"):
            Fetcher(FetchLimits(), server.allow, "Marsad/0").get(server.at("/a", host="feeds.example"))


def test_a_redirect_from_https_to_http_is_noted(monkeypatch):
    resolving(monkeypatch, "127.0.0.1")
    with loopback(tls=True) as secure, loopback() as plain:
        secure.answers["/a"] = (301, {"Location": plain.at("/b")}, b"")
        plain.answers["/b"] = (200, {}, PAGE)
        known = Fetcher(FetchLimits(), secure.allow + plain.allow, "Marsad/0", trust=trusting())
        got = known.get(secure.at("/a", host="feeds.example"))
        assert (got.downgraded, got.body) == (True, PAGE)
