"""Which machines may be asked: none inside the desk's own network, unless it was named beforehand.

A feed is written by others, so an address in it may point to the desk's own router or to a service on this computer.
The name of a host says little: it can resolve to anything, differently from one moment to the next, and numbers have
odd spellings (``127.1``, ``0x7f000001``). So the name is resolved once, what comes out is judged as numbers, and the
connection goes to exactly the number that was judged. As every redirect is a request of its own, it is judged too.

The networks that are refused are those of IANA's two registries of special-purpose addresses, whole; a few addresses
in them are global, but no newsroom has one. Of IPv6, only global unicast (2000::/3) is let through; a form that holds an
IPv4 address is judged by that one.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from marsad.errors import InputError, SetAside, TryAgain
from marsad.feeds.address import ascii_host

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_CLOSED_4 = tuple(
    map(
        ipaddress.IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
        " 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15"
        " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4".split(),
    )
)
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = tuple(map(ipaddress.IPv6Network, "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()))
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(ip: Ip) -> bool:
    """Whether an address belongs to the public internet and to one machine there."""
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _CLOSED_4)
    inner = _inner(ip)
    if inner is not None:
        return is_public(inner)
    return ip in _OPEN_6 and not any(ip in network for network in _CLOSED_6)


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a mapped, translated (NAT64), 6to4 or Teredo address stands for."""
    if ip in _TRANSLATED:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


@dataclass(frozen=True, slots=True)
class _Allowed:
    """One entry of the list: a host by name or a network by number, on one port or (None) on all."""

    host: str | None
    network: Network | None
    port: int | None

    def covers(self, host: str, ip: Ip, port: int) -> bool:
        if self.port not in (None, port):
            return False
        if self.network is None:
            return host == self.host
        return ip.version == self.network.version and ip in self.network


class Guard:
    """Resolves names and refuses what is not public.

    Args:
        allow: What is let through although it is not public: ``host``, ``host:port``, an IP address (with or without a
            port; IPv6 with a port in brackets) or a network such as ``10.1.0.0/16``.

    Raises:
        InputError: an entry of ``allow`` is none of these.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allowed = tuple(map(_entry, allow))

    def addresses(self, host: str, port: int) -> list[Ip]:
        """The numbers that may be connected to for a host (as `address_of` writes it), in the resolver's order.

        Raises:
            SetAside: ``private_address``, where none of its addresses may be.
            TryAgain: the name cannot be resolved now.
        """
        name = host.rstrip(".")
        found = _resolved("localhost" if _is_here(name) else host, port)
        good = [ip for ip in found if is_public(ip) or any(a.covers(name, ip, port) for a in self._allowed)]
        if not good:
            shown = ", ".join(map(str, found[:3]))
            raise SetAside(
                "private_address",
                f"{host} (port {port}) is {shown}, which is not an address of the public internet",
            )
        return good


def _is_here(name: str) -> bool:
    """Whether a name means this computer by definition (RFC 6761), whatever a resolver says."""
    return name == "localhost" or name.endswith(".localhost")


def _resolved(host: str, port: int) -> list[Ip]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TryAgain(f"the name {host} cannot be resolved: {error}") from error
    # A zone (fe80::1%eth0) is cut off: such an address is local in any case.
    found = dict.fromkeys(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)
    if not found:
        raise TryAgain(f"the name {host} has no address")
    return list(found)


def _entry(text: str) -> _Allowed:
    try:
        return _Allowed(None, ipaddress.ip_network(text.strip("[]")), None)
    except ValueError:
        pass
    host, _, digits = text.rpartition(":") if ":" in text else (text, "", "")
    if (digits and not digits.isdecimal()) or not host or "/" in host:
        raise InputError(f"{text!r} is not a host, host:port, IP address or network that could be allowed")
    port = int(digits) if digits else None
    try:
        return _Allowed(None, ipaddress.ip_network(host.strip("[]")), port)
    except ValueError:
        return _Allowed(ascii_host(host).rstrip("."), None, port)
