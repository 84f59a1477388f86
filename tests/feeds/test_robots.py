"""What an outlet allows is asked once a day and obeyed; silence allows nothing."""

import sys
from pathlib import Path

import pytest

from marsad.errors import SetAside, TryAgain
from marsad.feeds import Fetcher, FetchLimits, Robots

sys.path.insert(0, str(Path(__file__).parent))
from loopback import loopback

RULES = b"""\xef\xbb\xbf# rules
User-agent: *
Crawl-delay: 7
Disallow: /private/
Disallow: /*.pdf$
Allow: /private/open

User-agent: marsad
Crawl-delay: 2.5
Disallow: /not-for-marsad

Sitemap: https://feeds.example/sitemap.xml
"""


@pytest.fixture
def server():
    with loopback() as running:
        running.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, RULES)
        yield running


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


def robots(server, agent="Other/1", clock=None, allow=None):
    fetcher = Fetcher(FetchLimits(seconds=10), server.allow if allow is None else allow, agent)
    return Robots(fetcher, clock or Clock())


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("Other/1", "/news/1", True),
        ("Other/1", "/private/1", False),
        ("Other/1", "/private/open/1", True),
        ("Other/1", "/a.pdf", False),
        ("Other/1", "/not-for-marsad", True),
        ("Marsad/1 (+x)", "/not-for-marsad", False),
        ("Marsad/1 (+x)", "/private/1", True),
    ],
)
def test_rules_are_obeyed(server, agent, path, allowed):
    assert robots(server, agent).allowed(server.at(path)) is allowed


def test_the_pause_and_the_sitemaps_are_known(server):
    assert robots(server).crawl_delay(server.at("/")) == 7
    assert robots(server, "Marsad/1").crawl_delay(server.at("/")) == 2.5
    assert robots(server).sitemaps(server.at("/x")) == ("https://feeds.example/sitemap.xml",)


@pytest.mark.parametrize(
    ("delay", "known"),
    [(b"1e9", 3600.0), (b"-1", None), (b"nan", None), (b"inf", None), (b"soon", None), (b"0", None)],
)
def test_an_odd_pause_is_bounded(server, delay, known):
    server.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: " + delay)
    assert robots(server).crawl_delay(server.at("/")) == known


def test_a_site_is_asked_once_a_day(server):
    clock = Clock()
    asking = robots(server, clock=clock)
    for path in ("/a", "/b", "/private/"):
        asking.allowed(server.at(path))
    assert len(server.asked) == 1
    clock.now += 24 * 3600
    server.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /")
    assert not asking.allowed(server.at("/a"))
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_a_file_everything_is_allowed(server, status):
    server.answers["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")
    assert robots(server).allowed(server.at("/private/1"))
    assert robots(server).crawl_delay(server.at("/")) is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_does_not_answer_allows_nothing_for_now(server, status):
    server.answers["/robots.txt"] = (status, {}, b"")
    clock = Clock()
    asking = robots(server, clock=clock)
    for _ in range(2):
        with pytest.raises(TryAgain, match=f"status {status}"):
            asking.allowed(server.at("/a"))
    assert len(server.asked) == 1
    clock.now += 601
    server.answers["/robots.txt"] = (404, {}, b"")
    assert asking.allowed(server.at("/a"))


def test_older_rules_hold_while_a_site_does_not_answer(server):
    clock = Clock()
    asking = robots(server, clock=clock)
    assert asking.allowed(server.at("/a"))
    clock.now += 25 * 3600
    server.answers["/robots.txt"] = (503, {}, b"")
    assert asking.allowed(server.at("/a"))
    assert not asking.allowed(server.at("/private/1"))


def test_only_the_beginning_of_a_huge_file_is_read(server):
    server.answers["/robots.txt"] = (200, {}, b"User-agent: *\n" + b"#\n" * 256_000 + b"Disallow: /\n")
    assert robots(server).allowed(server.at("/a"))


def test_rules_behind_an_endless_redirect_are_none(server):
    server.answers["/robots.txt"] = (301, {"Location": "/robots.txt"}, b"")
    assert robots(server).allowed(server.at("/private/1"))


def test_a_private_site_is_not_asked(server):
    with pytest.raises(SetAside) as refused:
        robots(server, allow=()).allowed(server.at("/a"))
    assert refused.value.reason == "private_address"


def test_bytes_that_are_no_text_are_no_rules(server):
    server.answers["/robots.txt"] = (200, {}, bytes(range(256)) * 20)
    assert robots(server).allowed(server.at("/a"))
