"""A model's endpoint on the loopback: it answers well, badly, slowly, cut off or with ill will, as a test wants, and remembers what it was asked.

    with ModelServer(answer=lambda shown: {"claims": []}) as server:
        ... server.address, server.asked, server.most_at_once

``answer`` gets what the user message shows (parsed, where it is JSON) and gives what the model writes: an object (written as JSON),
a string (as it stands) or a `Reply` (everything about the answer). ``script`` names behaviours (`BEHAVIOURS`) or holds replies for the
first requests in the order in which they arrive; ``always`` is one for every request. `serve_alone` runs it as a process of its own:

    python tests/llm/model_server.py --seconds 0.2
"""

import argparse
import hashlib
import json
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

NOTHING_FOUND = {"claims": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    def said_by(self, role: str) -> str:
        """The message of a role, or nothing."""
        return next((m["content"] for m in self.body.get("messages", ()) if m.get("role") == role), "")

    @property
    def shown(self) -> Any:
        """What the user message shows: parsed, where it is JSON."""
        words = self.said_by("user")
        try:
            return json.loads(words)
        except ValueError:
            return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: ``words`` in an envelope as endpoints write it, or ``raw`` bytes instead of that.

    Attributes:
        seconds: To wait before anything is sent.
        drip: Seconds between one byte and the next.
        cut: How many bytes of the body are sent before the connection is closed; all, where None.
        silent: The connection is closed without a word.
        length: What Content-Length says, where it lies.
    """

    words: str = ""
    finish: str = "stop"
    status: int = 200
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    seconds: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    silent: bool = False
    length: int | None = None

    def body(self, asked: Asked) -> bytes:
        """What follows the headers."""
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": self.words}
        counted = {
            "prompt_tokens": len(json.dumps(asked.body)) // 4,
            "completion_tokens": len(self.words) // 4,
        }
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        envelope = {"id": "1", "object": "chat.completion", "choices": [choice], "usage": counted}
        return json.dumps(envelope, ensure_ascii=False).encode()


def error(status: int, words: str, **more: Any) -> Reply:
    """An error in the form in which endpoints write them."""
    return Reply(status=status, raw=json.dumps({"error": {"message": words}}).encode(), **more)


def _claim(**more: Any) -> str:
    claim = {"event": "strike.air", "evidence": [{"in": "text", "words": "قصف", "trigger": "قصف"}]}
    usual = {
        "polarity": "affirmed",
        "modality": "actual",
        "sources": [],
        "actors": [],
        "place": None,
        "time": None,
        "counts": [],
    }
    return json.dumps({"claims": [claim | usual | more]}, ensure_ascii=False)


_INVENTED = [{"in": "text", "words": "كلمات لا ترد في أي مقال", "trigger": "لا ترد"}]

BEHAVIOURS: Mapping[str, Reply] = {
    "nothing": Reply(words=json.dumps(NOTHING_FOUND)),
    # badly
    "not_json": Reply(words="Certainly! There are two air strikes in this article."),
    "half_json": Reply(words='{"claims": [{"event": "strike.air", "evid'),
    "wrong_form": Reply(words='{"events": ["strike.air"]}'),
    "wrong_list": Reply(words='["strike.air"]'),
    "empty": Reply(words=""),
    "unknown_code": Reply(words=_claim(event="war.crime")),
    "invented_words": Reply(words=_claim(evidence=_INVENTED)),
    "cut_off": Reply(words='{"claims": [{"event": "strike.air", "evid', finish="length"),
    # slowly
    "late": Reply(words=json.dumps(NOTHING_FOUND), seconds=30),
    "drip": Reply(words=json.dumps(NOTHING_FOUND), drip=0.05),
    # broken
    "busy": error(429, "too many requests", headers=(("Retry-After", "0"),)),
    "busy_for_a_day": error(429, "too many requests", headers=(("Retry-After", "86400"),)),
    "broken": error(500, "out of memory"),
    "overloaded": error(503, "loading model"),
    "bad_form": error(400, "response_format is not supported"),
    "no_key": error(401, "invalid api key"),
    "no_model": error(404, "model not found"),
    "hangs_up": Reply(silent=True),
    "truncated": Reply(words=json.dumps(NOTHING_FOUND), cut=20),
    "no_choices": Reply(raw=b'{"choices": []}'),
    "no_content": Reply(raw=b'{"choices": [{"message": {"role": "assistant", "content": null}, "finish_reason": "stop"}]}'),
    # with ill will
    "redirect": Reply(status=302, raw=b"", headers=(("Location", "http://127.0.0.1:9/v1/chat/completions"),)),
    "huge": Reply(raw=b'{"choices": "' + b"a" * 6_000_000 + b'"}'),
    "bomb": Reply(raw=b"[" * 200_000),
    "says_huge": Reply(words="{}", length=10**12),
    "html": Reply(kind="text/html", raw=b"<html><body>Log in</body></html>"),
    "not_utf8": Reply(raw=b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),
    "wrong_types": Reply(raw=b'{"choices": [{"message": "text", "finish_reason": 7}], "usage": "much"}'),
    "lone_surrogate": Reply(raw=b'{"choices": [{"message": {"content": "{\\"claims\\": []} \\ud800"}, "finish_reason": "stop"}]}'),
    "wild_usage": Reply(
        raw=b'{"choices": [{"message": {"content": "{\\"claims\\": []}"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": -5, "completion_tokens": 1e400}}'
    ),
    "terminal_codes": error(400, "\x1b[2J\x1b]0;owned\x07 see \u202eexe.txt " + "x" * 5_000),
}  # fmt: skip
"""What a server can do, by name."""

Answering = Callable[[Any], object]


@dataclass
class ModelServer:
    """The endpoint; a context manager, or `begin` and `end` by hand.

    Attributes:
        asked: The requests in the order in which they came.
        most_at_once: The most requests that were being answered at the same time.
    """

    answer: Answering = lambda _: NOTHING_FOUND
    script: Sequence[str | Reply] = ()
    always: str | Reply | None = None
    seconds: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._lock, self._now, self._ends = threading.Lock(), 0, threading.Event()
        self._http: _Http | None = None

    def __enter__(self) -> "ModelServer":
        return self.begin()

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self, port: int = 0) -> "ModelServer":
        """Listen; on a free port, where none is named."""
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.model = self
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def end(self) -> None:
        """Stop at once, also amid answers; connections that are held open are closed."""
        self._ends.set()
        http, self._http = self._http, None
        if http is not None:
            http.shutdown()
            http.server_close()
            http.hang_up()

    @property
    def address(self) -> str:
        """Where it listens."""
        assert self._http is not None
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def reply(self, asked: Asked) -> Reply:
        """What a request is answered with; the request is remembered."""
        with self._lock:
            number = len(self.asked)
            self.asked.append(asked)
        set_reply = self.script[number] if number < len(self.script) else self.always
        given = BEHAVIOURS[set_reply] if isinstance(set_reply, str) else set_reply
        if given is None:
            given = written(self.answer(asked.shown))
        return replace(given, seconds=given.seconds or self.seconds)

    def wait(self, seconds: float) -> bool:
        """Wait; True where the server ends meanwhile."""
        return self._ends.wait(seconds) if seconds else self._ends.is_set()

    def enter(self) -> None:
        """One request more is being answered."""
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def leave(self) -> None:
        """One request less is being answered."""
        with self._lock:
            self._now -= 1


def written(given: object) -> Reply:
    """An answer of any of the three kinds as a reply."""
    if isinstance(given, Reply):
        return given
    return Reply(words=given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    model: ModelServer

    def __init__(self, *arguments: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close what clients hold open."""
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that went away are no matter of the test's output."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_POST(self) -> None:
        model = self.server.model
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(path=self.path, headers=headers, body=json.loads(body or b"{}"))
        model.enter()
        try:
            reply = model.reply(asked)
            if model.wait(reply.seconds) or reply.silent:
                self.close_connection = True
                return
            self._send(reply, asked)
        finally:
            model.leave()

    def do_GET(self) -> None:
        self._send(error(404, "only POST is answered"), Asked(path=self.path, headers={}, body={}))

    def _send(self, reply: Reply, asked: Asked) -> None:
        body = reply.body(asked)
        headers = [
            ("Content-Type", reply.kind),
            ("Content-Length", str(reply.length or len(body))),
            *reply.headers,
        ]
        head = f"HTTP/1.1 {reply.status} Said\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in headers
        )
        # One write: headers and body in two would wait for the other side's acknowledgement (40 ms).
        whole = f"{head}\r\n".encode() + body[: reply.cut]
        if reply.cut is not None or reply.length is not None:
            self.close_connection = True
        if not reply.drip:
            self.wfile.write(whole)
            return
        for at in range(len(whole)):
            if self.server.model.wait(reply.drip):
                break
            self.wfile.write(whole[at : at + 1])

    def log_message(self, *_: Any) -> None:
        """Nothing is written."""


def answers_in(file: str) -> dict[str, str]:
    """The answers of a record, by the digest of what they answer."""
    with Path(file).open(encoding="utf-8") as lines:
        return {row["content"]: row["answer"] for row in map(json.loads, lines)}


def content_of(shown: Any) -> str:
    """The digest of a user message that is written as `marsad.llm.prompt.question` writes it."""
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def serve_alone() -> None:
    """Serve until standard input ends; the address is the first line of the output, what was asked the last (as JSON)."""
    parser = argparse.ArgumentParser(description="A model's endpoint that answers one thing.")
    parser.add_argument("--seconds", type=float, default=0.0, help="How long each answer takes.")
    parser.add_argument("--words", default=json.dumps(NOTHING_FOUND), help="What it writes.")
    parser.add_argument("--answers", help="A record of answers; what is not in it gets --words.")
    parser.add_argument("--always", help="A behaviour instead.")
    given = parser.parse_args()
    known = answers_in(given.answers) if given.answers else {}
    with ModelServer(
        answer=lambda shown: known.get(content_of(shown), given.words),
        always=given.always,
        seconds=given.seconds,
    ) as server:
        sys.stdout.write(server.address + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        told = {"asked": len(server.asked), "most_at_once": server.most_at_once}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    serve_alone()
