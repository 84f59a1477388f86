"""One line to a model's endpoint: a question goes out, an answer comes back, or a fault that says what became of it.

An endpoint is believed in nothing. Redirects are not followed and proxies of the environment not used, so that text and key go to the
address that was named and nowhere else; an answer has a size and a time of its own, also against a server that sends a byte a minute; what a
server says about a failure is cut short and cleaned before people see it, and the key is never in it.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Mapping, Set
from contextlib import closing
from http.client import HTTPException
from importlib import import_module
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError, MarsadError
from marsad.llm.addresses import Place, place_of
from marsad.llm.deadline import Deadline, Fault
from marsad.llm.envelope import answer_in, cleaned, said_in, seconds_asked
from marsad.llm.types import Answer, Endpoint, Question

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import HTTPResponse

LARGEST = 4_000_000
"""Bytes of one answer; the longest that a model may write (4,096 tokens) is below 100,000."""
CONNECT_SECONDS = 10.0
_PIECE = 1 << 16
_LATER = frozenset({408, 409, 425, 429})
_TOO_LONG_FOR_IT = re.compile(r"context|too (?:long|large|many tokens)", re.IGNORECASE)
_NOT_FOR_ALL = re.compile(r"\b(max_tokens|temperature|seed)\b")
"""What some hosted models refuse: those that reason take ``max_completion_tokens`` and no temperature, others know no seed."""


class Unfit(MarsadError):
    """The endpoint does not take this question as it is (status 400, 413, 422).

    Args:
        message: What it says.
        too_long: Whether it says that the question is too long for it.
        parameter: What it does not take of all that a question is sent with and can do without; "" for nothing of that.
    """

    def __init__(self, message: str, *, too_long: bool, parameter: str = "") -> None:
        super().__init__(message)
        self.too_long, self.parameter = too_long, parameter


def body_of(
    endpoint: Endpoint,
    schema: Mapping[str, Any],
    question: Question,
    again: int = 0,
    without: Set[str] = frozenset(),
) -> bytes:
    """What is sent: the messages, and how the answer is to be written.

    Args:
        endpoint: Its model, form and longest answer.
        schema: JSON schema of an answer.
        question: The messages.
        again: The seed: another one gives another answer where the first was of no use.
        without: What the endpoint does not take (`Unfit.parameter`); the longest answer then goes by its newer name.
    """
    messages = [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}]
    asked: dict[str, Any] = {
        "model": endpoint.model,
        "messages": messages,
        "temperature": 0,
        "seed": again,
        "max_tokens": endpoint.tokens,
        "stream": False,
    }
    for parameter in without & asked.keys():
        del asked[parameter]
    if "max_tokens" in without:
        asked["max_completion_tokens"] = endpoint.tokens
    if endpoint.form == "json_schema":
        named = {"name": "claims", "strict": True, "schema": schema}
        asked["response_format"] = {"type": "json_schema", "json_schema": named}
    elif endpoint.form == "json_object":
        asked["response_format"] = {"type": "json_object"}
    return json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")


class Line:
    """A connection to an endpoint that is kept open from one question to the next; for one thread, though any may `cut` it.

    Args:
        endpoint: Where to, and how long to wait.

    Raises:
        InputError: its address is none, or the key in its environment variable cannot be sent.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        # Here and not in the threads: where several import a package at the same time, one may see half of it.
        import_module("urllib3.connection")
        self._endpoint, self._place = endpoint, place_of(endpoint.address)
        self._key = _key(endpoint)
        self._connection: HTTPConnection | None = None
        self._deadline: Deadline | None = None
        # What the library writes about odd answers is not for the user.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)

    def ask(self, body: bytes) -> Answer:
        """One attempt.

        Raises:
            Fault: it failed and may work later.
            Unfit: the endpoint does not take this question.
            MarsadError: no attempt can work: key refused, model unknown, the address leads elsewhere.
        """
        started = time.monotonic()
        with Deadline(self._endpoint.seconds) as deadline:
            self._deadline = deadline
            status, headers, raw = self._exchanged(body, deadline)
        if status != 200:
            raise self._failed(status, headers, raw)
        answer = answer_in(raw, time.monotonic() - started)
        if answer is None:
            said = said_in(raw, self._key) or "a page for people"
            raise Fault("no_answer", f"{self._named} gave what is no answer: {said}; is the address right?")
        return answer

    def cut(self) -> None:
        """End what is being waited for, from another thread."""
        if self._deadline is not None:
            self._deadline.cut()

    def close(self) -> None:
        """Hang up."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _exchanged(self, body: bytes, deadline: Deadline) -> tuple[int, Mapping[str, str], bytes]:
        from urllib3.exceptions import HTTPError

        try:
            connection = self._connected(deadline)
            headers = {
                "Content-Type": "application/json",
                "Accept": "application/json",
                **self._authorization(),
            }
            connection.request(
                "POST",
                self._place.target,
                body=body,
                headers=headers,
                preload_content=False,
                decode_content=False,
            )
            response = connection.getresponse()
            with closing(response):
                raw = _body(response)
            deadline.left()  # a connection that was shut can look like the end of a body
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            self.close()
            deadline.left()
            raise Fault("broken", f"{self._named} broke off: {cleaned(_reason(error), self._key)}") from error
        except MarsadError:
            self.close()
            raise
        if response.headers.get("connection", "").lower() == "close":
            self.close()
        return response.status, {name.lower(): value for name, value in response.headers.items()}, raw

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}

    @property
    def _named(self) -> str:
        return f"the model's endpoint {self._endpoint.address}"

    def _connected(self, deadline: Deadline) -> HTTPConnection:
        """The open connection, or a new one."""
        kept = self._connection
        if kept is None or not kept.is_connected:
            self.close()
            kept = self._connection = self._dialled(min(CONNECT_SECONDS, deadline.left()))
        kept.timeout = deadline.left()
        if kept.sock is not None:
            kept.sock.settimeout(deadline.left())
            deadline.hold(kept.sock)
        return kept

    def _dialled(self, seconds: float) -> HTTPConnection:
        import ssl

        from urllib3.exceptions import HTTPError

        connection = _connection(self._place, seconds)
        try:
            connection.connect()
        except ssl.SSLCertVerificationError as error:
            raise MarsadError(f"{self._named} cannot be trusted: {error.verify_message}") from error
        except (HTTPError, OSError, ValueError) as error:
            connection.close()
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise MarsadError(
                    f"{self._named} cannot be trusted: {error.__cause__.verify_message}"
                ) from error
            raise Fault(
                "unreachable", f"{self._named} cannot be reached: {_reason(error)} (is it running there?)"
            ) from error
        return connection

    def _failed(self, status: int, headers: Mapping[str, str], raw: bytes) -> MarsadError:
        """What a status that is no answer means."""
        said = said_in(raw, self._key)
        words = f"{self._named} says {status}{f' ({said})' if said else ''}"
        if status in _LATER or status >= 500:
            kind = "busy" if status in (429, 503) else "server_error"
            return Fault(kind, words, seconds_asked(headers.get("retry-after", "")))
        if status in (400, 413, 422):
            hint = (
                ""
                if self._endpoint.form == "text"
                else "; if it cannot hold answers to a schema, give --model-form json_object or text"
            )
            too_long = status == 413 or bool(_TOO_LONG_FOR_IT.search(said))
            refused = None if too_long else _NOT_FOR_ALL.search(said)
            return Unfit(words + hint, too_long=too_long, parameter=refused[1] if refused else "")
        hint = {
            401: f"; the key is read from the environment variable {self._endpoint.key}",
            403: f"; the key is read from the environment variable {self._endpoint.key}",
            404: f"; is the model {self._endpoint.model!r} there, and is the address right?",
        }.get(status, "")
        if 300 <= status < 400:
            hint = f"; it leads to {cleaned(headers.get('location', ''), self._key)!r}, which is not followed: give the right address"
        return MarsadError(words + hint)


def _key(endpoint: Endpoint) -> str:
    key = os.environ.get(endpoint.key, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise InputError(
            f"the key in the environment variable {endpoint.key} holds characters that cannot be sent"
        )
    return key


def _connection(place: Place, seconds: float) -> HTTPConnection:
    import ssl

    from urllib3.connection import HTTPConnection, HTTPSConnection

    if place.scheme == "http":
        return HTTPConnection(place.host, place.port, timeout=seconds)
    return HTTPSConnection(place.host, place.port, timeout=seconds, ssl_context=ssl.create_default_context())


def _body(response: HTTPResponse) -> bytes:
    """The whole body.

    Raises:
        Fault: it is longer than `LARGEST`, by what its headers say or by what comes.
    """
    size, pieces = 0, list[bytes]()
    while size <= LARGEST and (response.length_remaining or 0) + size <= LARGEST:
        piece = response.read(_PIECE, decode_content=False)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
    raise Fault("too_long", f"an answer has more than {LARGEST:,} bytes")


def _reason(error: Exception) -> str:
    """What an error says, without the memory addresses that libraries put before it."""
    return (
        re.sub(r"^<?[\w.]*Connection\([^)]*\)(?: at 0x[0-9a-f]+>)?: ", "", str(error)) or type(error).__name__
    )
