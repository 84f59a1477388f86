"""Where a model is asked: an address is read strictly, and whether text would leave this machine is decided by it alone, without asking the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from marsad.errors import InputError

_PATH = "/chat/completions"
_VERSION = re.compile(r"/v\d\w*(?=/|$)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Place:
    """An address in its parts; ``host`` without the brackets of IPv6, ``target`` the path that questions are sent to."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    target: str


def place_of(address: str) -> Place:
    """An address taken apart.

    Args:
        address: ``http://127.0.0.1:8080``; ``/v1`` is added where its path names no version, and ``/chat/completions`` where it does not end so.

    Raises:
        InputError: it is none, or it holds a name and password, a question mark or a mark.
    """
    if not address.isascii() or not address.isprintable() or re.search(r"[\s\\]", address):
        raise _refused(address, "it may hold ASCII characters only, and no spaces")
    scheme, _, _ = address.partition("://")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refused(address, str(error)) from error
    if scheme.lower() not in _PORTS:
        raise _refused(address, "it begins with http:// or https://")
    if "@" in parts.netloc:
        raise InputError(
            "the address of a model holds a name and password; put the key into an environment variable instead"
        )
    if parts.query or parts.fragment or not _is_host(host, parts.netloc):
        raise _refused(address, "it is a host with a port and a path, such as http://127.0.0.1:8080")
    kind: Literal["http", "https"] = "https" if scheme.lower() == "https" else "http"
    return Place(kind, host, _PORTS[kind] if port is None else port, _target(parts.path))


def host_of(address: str) -> str:
    """The host that an address names, for people.

    Raises:
        InputError: see `place_of`.
    """
    return place_of(address).host


def is_remote(address: str) -> bool:
    """Whether what is sent to an address leaves this machine.

    Only ``localhost`` and the numbers of the loopback count as this machine: of any other name nobody knows, and a neighbour in the same room is another machine.

    Raises:
        InputError: see `place_of`.
    """
    host = place_of(address).host.rstrip(".")
    try:
        number = ip_address(host)
    except ValueError:
        return host != "localhost"
    mapped = getattr(number, "ipv4_mapped", None)
    return not (mapped or number).is_loopback


def leaving(address: str) -> str:
    """What is told before text leaves this machine, in one or two sentences; "" where it stays.

    Raises:
        InputError: see `place_of`.
    """
    if not is_remote(address):
        return ""
    place = place_of(address)
    words = f"The text of every article that is read goes to {place.host}, and its owner can keep it."
    if place.scheme == "http":
        words += " It goes there unencrypted (http): everybody on the way can read it, and the key as well."
    return words


def _is_host(host: str, written: str) -> bool:
    if not written.startswith("["):
        return bool(_HOST.fullmatch(host))
    try:
        return ip_address(host).version == 6
    except ValueError:
        return False


def _target(path: str) -> str:
    path = path.rstrip("/")
    if path.endswith(_PATH):
        return path
    return f"{path}{_PATH}" if _VERSION.search(path) else f"{path}/v1{_PATH}"


def _refused(address: str, why: str) -> InputError:
    shown = address.encode("ascii", "backslashreplace").decode()
    if "@" in shown:  # what is before it may be a password
        shown = "..." + shown[shown.rindex("@") :]
    return InputError(f"{shown!r} is no address of a model: {why}")
