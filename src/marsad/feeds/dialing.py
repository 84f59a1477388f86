"""One connection for one request: to an address that the guard let through, and not longer than agreed.

A timeout of a socket counts from one byte to the next, so a server that sends a byte now and then could hold the desk
for ever. The `Deadline` counts from the beginning: when it ends, it shuts the connection from outside, wherever the
request stands (in the handshake, in the headers, in the body). What it cannot cut short is the system's resolver,
which has time limits of its own.

Proxies that the environment names are not used: a proxy would resolve the name itself, past the guard.
"""

from __future__ import annotations

import logging
import socket
import ssl
import time
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from marsad.errors import TryAgain
from marsad.feeds.address import Address
from marsad.feeds.guard import Guard, Ip


class Deadline:
    """The time that is left for a request; when it is over, the connections it was told of are shut.

    Args:
        seconds: From now, on the wall.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = Lock()
        self._held: list[socket.socket] = []
        self._over = False

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._held:
                one.close()
            self._held.clear()

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            TryAgain: there are none.
        """
        left = self._end - time.monotonic()
        if self._over or left <= 0:
            raise TryAgain(f"it took longer than {self._seconds:g} s")
        return left

    def hold(self, connected: socket.socket) -> None:
        """Shut this connection when the time is over.

        A duplicate is kept, as TLS takes the socket itself away; shutting either shuts the connection.
        """
        with self._lock:
            self._held.append(connected.dup())
            if self._over:
                self._shut()

    def _cut(self) -> None:
        with self._lock:
            self._over = True
            self._shut()

    def _shut(self) -> None:
        for one in self._held:
            with suppress(OSError):  # the other side was faster
                one.shutdown(socket.SHUT_RDWR)


class Dialer:
    """Opens connections to where the guard lets them.

    Args:
        guard: Judges each address.
        seconds: To wait for one address to take the connection.
        trust: Which certificates are believed; the system's, where None.
    """

    def __init__(self, guard: Guard, seconds: float, trust: ssl.SSLContext | None = None) -> None:
        self._guard, self._seconds = guard, seconds
        self._trust = trust
        # What it writes about odd headers is not for the desk.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)

    def connection(self, address: Address, deadline: Deadline) -> HTTPConnection:
        """A connection that is opened when it is first used."""
        call, left = _Call(self._guard, self._seconds, deadline), deadline.left()
        if address.scheme == "http":
            return _Plain(address.host, address.port, call=call, seconds=left)
        if self._trust is None:
            self._trust = ssl.create_default_context()
        return _Secure(address.host, address.port, call=call, seconds=left, trust=self._trust)


class _Call:
    """Connecting to one host within a deadline; ``ip`` says to which address in the end."""

    def __init__(self, guard: Guard, seconds: float, deadline: Deadline) -> None:
        self._guard, self._seconds, self._deadline = guard, seconds, deadline
        self.ip: Ip | None = None

    def connected(self, connection: HTTPConnection) -> socket.socket:
        failure: OSError | None = None
        # The host is asked for as it was written: a dot at its end matters to the resolver.
        for ip in self._guard.addresses(connection._dns_host, connection.port):
            try:
                return self._to(ip, connection.port)
            except OSError as error:
                failure = error
        raise NewConnectionError(connection, f"no connection: {failure}") from failure

    def _to(self, ip: Ip, port: int) -> socket.socket:
        sock = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(self._seconds, self._deadline.left()))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect((str(ip), port))
            sock.settimeout(self._deadline.left())
            self._deadline.hold(sock)
        except BaseException:
            sock.close()
            raise
        self.ip = ip
        return sock


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int, *, call: _Call, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self.call = call

    def _new_conn(self) -> socket.socket:
        return self.call.connected(self)


class _Secure(HTTPSConnection):
    def __init__(self, host: str, port: int, *, call: _Call, seconds: float, trust: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=seconds, ssl_context=trust)
        self.call = call

    def _new_conn(self) -> socket.socket:
        return self.call.connected(self)


def ip_of(connection: HTTPConnection) -> str | None:
    """The address that a connection of `Dialer` went to."""
    ip = connection.call.ip if isinstance(connection, (_Plain, _Secure)) else None
    return str(ip) if ip else None
