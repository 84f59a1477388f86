"""A file comes whole or not at all, whatever the server does in between; what has come is not asked for again."""

import re
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from marsad.errors import InputError, TryAgain
from marsad.grounding.download import download

CUT = 150_000
DATE = "Fri, 06 Dec 2024 09:00:00 GMT"
PLENTY = 10_000_000


def letters(seed, size=300_000):
    """Bytes that no shift of theirs equals."""
    blocks = (sha256(f"{seed} {n}".encode()).digest() for n in range(size // 32 + 1))
    return b"".join(blocks)[:size]


BODY, OTHER = letters("first"), letters("second")


@dataclass
class Mirror:
    """What the server does; its fields are set by a test between two calls."""

    body: bytes = BODY
    etag: str | None = '"v1"'
    cut: int | None = None
    """After how many bytes of an answer the connection ends, once."""
    length: bool = True
    ranges: bool = True
    heeds_if_range: bool = True
    short: int = 0
    """How many bytes of the end a 206 leaves out."""
    shift: int = 0
    """How many bytes before the place that was asked for a 206 begins."""
    chunked: bool = False
    code: int | None = None
    """Answered instead of the file."""
    location: str = ""
    seen: list = field(default_factory=list)
    """The headers of every request."""
    address: str = ""

    def answer(self, wanted):
        """(status, headers, bytes) for the headers of a request."""
        self.seen.append(wanted)
        if self.code is not None:
            return self.code, {"Location": self.location} if self.location else {}, b"not this"
        start = self.start_of(wanted)
        if start is not None and start >= len(self.body):
            return 416, {"Content-Range": f"bytes */{len(self.body)}"}, b"nothing more"
        first = max(0, (start or 0) - self.shift)
        last = len(self.body) - (self.short if start is not None else 0)
        rest = self.body[first:last]
        headers = {"ETag": self.etag, "Last-Modified": DATE} if self.etag is not None else {}
        if self.length and not self.chunked:
            headers["Content-Length"] = str(len(rest))
        if start is not None:
            headers["Content-Range"] = f"bytes {first}-{last - 1}/{len(self.body)}"
        return 200 if start is None else 206, headers, rest

    def start_of(self, wanted):
        asked = re.fullmatch(r"bytes=(\d+)-", wanted.get("Range", ""))
        same = wanted.get("If-Range") == self.etag or not self.heeds_if_range
        return int(asked[1]) if asked and same and self.ranges else None

    @property
    def asked(self):
        """The ranges of the requests so far, None where the whole file was wanted."""
        return [wanted.get("Range") for wanted in self.seen]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        mirror = self.server.mirror
        status, headers, rest = mirror.answer(dict(self.headers))
        if mirror.chunked:
            self.protocol_version = "HTTP/1.1"
            headers |= {"Transfer-Encoding": "chunked", "Connection": "close"}
            rest = b"%x\r\n%s\r\n0\r\n\r\n" % (len(rest), rest)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        cut, mirror.cut = mirror.cut, None
        self.wfile.write(rest[:cut])

    def log_message(self, *_):
        pass


class Server(HTTPServer):
    def handle_error(self, *_):
        """The client may go away in the middle."""


@pytest.fixture
def mirror(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with Server(("127.0.0.1", 0), Handler) as server:
        server.mirror = Mirror(address=f"http://127.0.0.1:{server.server_port}/SY.zip")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.mirror
        server.shutdown()
        thread.join()


@pytest.fixture
def goal(tmp_path):
    return tmp_path / "deep" / "downloads" / "SY.zip"


def get(mirror, goal, cap=PLENTY):
    return download(mirror.address, goal, cap, lambda *_: None)


def broken(mirror, goal, cut=CUT):
    """A first call whose connection ends in the middle; what has come of it."""
    mirror.cut = cut
    with pytest.raises(TryAgain):
        get(mirror, goal)
    assert not goal.exists()
    return goal.with_name("SY.zip.part")


def left(goal):
    return sorted(path.name for path in goal.parent.iterdir()) if goal.parent.exists() else []


def test_file_comes_whole_and_alone(mirror, goal):
    fetched = get(mirror, goal)
    assert goal.read_bytes() == BODY
    assert (fetched.path, fetched.address, fetched.modified) == (goal, mirror.address, DATE)
    assert left(goal) == ["SY.zip"]
    assert mirror.asked == [None]


@pytest.mark.parametrize("length", [True, False])
def test_progress_counts_up_to_the_whole(mirror, goal, length):
    mirror.length = length
    calls = []
    download(mirror.address, goal, PLENTY, lambda *call: calls.append(call))
    assert {name for name, _, _ in calls} == {"SY.zip"}
    assert {total for _, _, total in calls} == {len(BODY) if length else None}
    come = [size for _, size, _ in calls]
    assert come == sorted(set(come))
    assert come[-1] == len(BODY)


@pytest.mark.parametrize("how", [{"body": b""}, {"chunked": True}, {"length": False}], ids=str)
def test_file_comes_whole_however_it_is_sent(mirror, goal, how):
    vars(mirror).update(how)
    get(mirror, goal)
    assert goal.read_bytes() == mirror.body


def test_earlier_file_is_replaced(mirror, goal):
    goal.parent.mkdir(parents=True)
    goal.write_bytes(b"an older one")
    get(mirror, goal)
    assert goal.read_bytes() == BODY


def test_broken_connection_says_to_try_again_and_keeps_what_has_come(mirror, goal):
    mirror.cut = CUT
    with pytest.raises(TryAgain, match=rf"SY\.zip: .*{CUT} of {len(BODY)} bytes.*try again"):
        get(mirror, goal)
    assert left(goal) == ["SY.zip.part", "SY.zip.part.tag"]
    assert goal.with_name("SY.zip.part").read_bytes() == BODY[:CUT]
    assert goal.with_name("SY.zip.part.tag").read_text(encoding="ascii") == '"v1"'


def test_broken_connection_leaves_an_earlier_file_as_it_is(mirror, goal):
    get(mirror, goal)
    mirror.body, mirror.etag, mirror.cut = OTHER, '"v2"', CUT
    with pytest.raises(TryAgain):
        get(mirror, goal)
    assert goal.read_bytes() == BODY


def test_chunks_that_end_in_the_middle_leave_nothing_at_the_goal(mirror, goal):
    mirror.chunked = True
    part = broken(mirror, goal)
    assert BODY.startswith(part.read_bytes())


def test_second_call_asks_for_the_rest_only(mirror, goal):
    broken(mirror, goal)
    calls = []
    download(mirror.address, goal, PLENTY, lambda *call: calls.append(call))
    assert mirror.asked == [None, f"bytes={CUT}-"]
    assert mirror.seen[1]["If-Range"] == '"v1"'
    assert goal.read_bytes() == BODY
    assert left(goal) == ["SY.zip"]
    assert calls[0][1] > CUT
    assert calls[-1][1:] == (len(BODY), len(BODY))


def test_connection_may_break_several_times(mirror, goal):
    broken(mirror, goal, 100_000)
    broken(mirror, goal, 70_000)
    broken(mirror, goal, 1)
    get(mirror, goal)
    assert mirror.asked == [None, "bytes=100000-", "bytes=170000-", "bytes=170001-"]
    assert goal.read_bytes() == BODY


@pytest.mark.parametrize("size", [300_000, 1000])
def test_file_that_changed_in_between_is_begun_anew(mirror, goal, size):
    broken(mirror, goal)
    mirror.body, mirror.etag = OTHER[:size], '"v2"'
    get(mirror, goal)
    assert mirror.asked == [None, f"bytes={CUT}-"]
    assert goal.read_bytes() == OTHER[:size]


def test_file_that_changed_and_breaks_again_goes_on_as_the_new_one(mirror, goal):
    broken(mirror, goal)
    mirror.body, mirror.etag = OTHER, '"v2"'
    assert broken(mirror, goal, 90_000).read_bytes() == OTHER[:90_000]
    get(mirror, goal)
    assert mirror.seen[2]["If-Range"] == '"v2"'
    assert goal.read_bytes() == OTHER


@pytest.mark.parametrize("how", [{"ranges": False}, {"etag": None}], ids=str)
def test_server_without_ranges_or_versions_sends_all_of_it_again(mirror, goal, how):
    vars(mirror).update(how)
    broken(mirror, goal)
    get(mirror, goal)
    assert goal.read_bytes() == BODY
    assert mirror.asked[1] == (f"bytes={CUT}-" if "ranges" in how else None)


def test_rest_that_ends_too_early_is_gone_on_with(mirror, goal):
    broken(mirror, goal)
    mirror.short = 1_000
    with pytest.raises(TryAgain, match=f"{len(BODY) - 1_000} of {len(BODY)}"):
        get(mirror, goal)
    mirror.short = 0
    get(mirror, goal)
    assert goal.read_bytes() == BODY


def test_part_without_a_version_is_not_gone_on_with(mirror, goal):
    goal.parent.mkdir(parents=True)
    goal.with_name("SY.zip.part").write_bytes(OTHER[:CUT])
    get(mirror, goal)
    assert mirror.asked == [None]
    assert goal.read_bytes() == BODY


@pytest.mark.parametrize("part", [BODY, BODY + b"more"], ids=["all", "more than all"])
def test_part_with_nothing_missing_is_begun_anew(mirror, goal, part):
    goal.parent.mkdir(parents=True)
    goal.with_name("SY.zip.part").write_bytes(part)
    goal.with_name("SY.zip.part.tag").write_text('"v1"', encoding="ascii")
    get(mirror, goal)  # the server answers 416
    assert mirror.asked == [f"bytes={len(part)}-", None]
    assert goal.read_bytes() == BODY
    assert left(goal) == ["SY.zip"]


@pytest.mark.parametrize(
    "how",
    [{"body": OTHER, "etag": '"v2"', "heeds_if_range": False}, {"shift": 500}],
    ids=["another version", "another start"],
)
def test_answer_that_is_not_the_rest_is_not_appended(mirror, goal, how):
    broken(mirror, goal)
    vars(mirror).update(how)
    try:
        get(mirror, goal)
    except TryAgain:
        mirror.shift = 0
        get(mirror, goal)
    assert goal.read_bytes() == mirror.body


@pytest.mark.parametrize("code", [404, 410])
def test_file_that_is_not_there_is_the_users_to_mend(mirror, goal, code):
    mirror.code = code
    with pytest.raises(InputError, match=rf"SY\.zip: there is no such file \({code}\)"):
        get(mirror, goal)
    assert left(goal) == []


@pytest.mark.parametrize("code", [403, 429, 500, 503])
def test_server_that_fails_is_tried_later(mirror, goal, code):
    part = broken(mirror, goal)
    mirror.code = code
    with pytest.raises(TryAgain, match=rf"SY\.zip: the server answered {code}"):
        get(mirror, goal)
    assert part.read_bytes() == BODY[:CUT]
    mirror.code = None
    get(mirror, goal)
    assert goal.read_bytes() == BODY


@pytest.mark.parametrize("begun", [True, False])
def test_server_that_answers_416_to_everything_is_tried_later(mirror, goal, begun):
    if begun:
        broken(mirror, goal)
    mirror.code = 416
    with pytest.raises(TryAgain, match="the server answered 416"):
        get(mirror, goal)


@pytest.mark.parametrize(
    "host", ["http://127.0.0.1", "http://localhost", "http://[::1]", "https://127.0.0.1"]
)
def test_nobody_there_is_tried_later(goal, host):
    with HTTPServer(("127.0.0.1", 0), Handler) as gone:
        address = f"{host}:{gone.server_port}/SY.zip"
    with pytest.raises(TryAgain, match=re.escape(address)):
        download(address, goal, PLENTY, lambda *_: None)
    assert left(goal) == []


@pytest.mark.parametrize("length", [True, False])
def test_file_larger_than_the_cap_is_refused(mirror, goal, length):
    mirror.length = length
    with pytest.raises(InputError, match=r"SY\.zip: more than 200,000 bytes"):
        get(mirror, goal, cap=200_000)
    assert not goal.exists()
    assert sum(path.stat().st_size for path in goal.parent.iterdir()) <= 200_000 + 100


@pytest.mark.parametrize("length", [True, False])
def test_cap_counts_what_came_before(mirror, goal, length):
    broken(mirror, goal)
    mirror.length = length
    with pytest.raises(InputError, match="more than 200,000 bytes"):
        get(mirror, goal, cap=200_000)
    assert mirror.asked[-1] == f"bytes={CUT}-"
    assert left(goal) == []


def test_file_of_just_the_cap_comes(mirror, goal):
    get(mirror, goal, cap=len(BODY))
    assert goal.read_bytes() == BODY


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/SY.zip", "file:///SY.zip", "data:,SY", "SY.zip", "", "//127.0.0.1/SY.zip",
        "http://example.org/SY.zip", "http://127.0.0.1.example.org/SY.zip", "http://localhost@example.org/SY.zip",
        "http:///SY.zip", "HTTP://example.org/SY.zip",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(goal, address):
    with pytest.raises(InputError, match="only https addresses"):
        download(address, goal, PLENTY, lambda *_: None)
    assert left(goal) == []


@pytest.mark.parametrize(
    "rest",
    ["[127.0.0.1/SY.zip", "127.0.0.1:port/SY.zip", "/SY.zip", "127.0.0.1/S Y.zip", "a..b/SY.zip", "127.0.0.1/قرى.zip", "a@b/SY.zip"],
)  # fmt: skip
def test_addresses_that_are_none_are_the_users_to_mend(goal, rest):
    with pytest.raises(InputError, match=re.escape(rest)):
        download(f"https://{rest}", goal, PLENTY, lambda *_: None)


def test_address_that_moved_on_this_machine_is_followed(mirror, goal):
    with Server(("127.0.0.1", 0), Handler) as other:
        other.mirror = Mirror(code=302, location=mirror.address)
        thread = threading.Thread(target=other.handle_request)
        thread.start()
        download(f"http://127.0.0.1:{other.server_port}/old", goal, PLENTY, lambda *_: None)
        thread.join()
    assert goal.read_bytes() == BODY


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_redirection_to_an_address_that_is_refused_is_refused(mirror, goal, scheme):
    # All of 127.0.0.0/8 is this machine, but only 127.0.0.1 has a server.
    mirror.code, mirror.location = 302, f"{scheme}://127.0.0.2:9/SY.zip"
    with pytest.raises(InputError, match="only https addresses"):
        get(mirror, goal)


def test_version_may_have_any_letters(mirror, goal):
    mirror.etag = '"é"'
    broken(mirror, goal)
    get(mirror, goal)
    assert mirror.asked == [None, f"bytes={CUT}-"]
    assert goal.read_bytes() == BODY
