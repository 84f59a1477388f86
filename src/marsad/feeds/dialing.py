"""One connection for one request: to an address that the guard let through, and not longer than agreed.

The `marsad.deadline.Deadline` shuts the connection from outside when the time is over, wherever the request stands (in the handshake, in
the headers, in the body). What it cannot cut short is the system's resolver, which has time limits of its own.

Proxies that the environment names are not used: a proxy would resolve the name itself, past the guard.
"""

from __future__ import annotations

import logging
import socket
import ssl

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from marsad.deadline import Deadline
from marsad.feeds.address import Address
from marsad.feeds.guard import Guard, Ip


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
