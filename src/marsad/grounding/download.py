"""Getting a file from an address to a folder: in pieces that a broken connection does not lose, never larger than a cap, whole or not at all.

What has come lies beside its goal as ``NAME.part`` with ``NAME.part.tag``, the server's word for that version: a second try asks for the rest of
the same version only, and begins anew where the server has another or says nothing of versions. The goal is there when all of it has come.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from marsad.errors import InputError, TryAgain

Progress = Callable[[str, int, int | None], None]
"""Called with the file's name, how many bytes have come, and how many there are (None where the server does not say)."""
_PIECE = 1 << 16
_PATIENCE = 60.0
_AGENT = "marsad (offline reader of Arabic news)"
_SPAN = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that has come: where it lies, from where, and the server's date of it."""

    path: Path
    address: str
    modified: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What has come of a file, and of which version it is."""

    path: Path
    tag: Path

    def kept(self) -> tuple[int, str]:
        """How many bytes are there and the version's tag; (0, "") where it cannot be gone on with."""
        if not (self.path.exists() and self.tag.exists()):
            return 0, ""
        size, tag = self.path.stat().st_size, _one_line(self.tag.read_text(encoding="latin-1"))
        return (size, tag) if size and tag else (0, "")

    def begin(self, tag: str) -> None:
        """Empty the part, and only then say of which version the next bytes are."""
        self.path.write_bytes(b"")
        self.tag.write_text(tag, encoding="latin-1")

    def remove(self) -> None:
        """Leave nothing of it."""
        self.path.unlink(missing_ok=True)
        self.tag.unlink(missing_ok=True)


class _TooLarge(InputError):
    """More than the cap: no second try can help."""


class _EveryHop(urllib.request.BaseHandler):
    """Checks every address that is asked for, those of redirections too."""

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """The request, where its address may be asked for."""
        _check_address(request.full_url)
        return request

    https_request = ftp_request = http_request


def download(address: str, goal: Path, cap: int, progress: Progress) -> Fetched:
    """Get a file.

    Args:
        address: ``https://`` or, for a mirror on this machine, ``http://``; so is every address that it redirects to.
        goal: Where it shall lie; its folder is made.
        cap: The most bytes that are taken.
        progress: Told how far it has come.

    Raises:
        InputError: the address is none, there is no such file, it is larger than the cap, or the folder cannot be written.
        TryAgain: the connection broke; what has come is kept, and the same call goes on from there.
    """
    _check_address(address)
    part = _Part(goal.with_name(f"{goal.name}.part"), goal.with_name(f"{goal.name}.part.tag"))
    _make_folder(goal.parent)
    try:
        modified = _fill(address, part, cap, lambda come, all_of_it: progress(goal.name, come, all_of_it))
        part.path.replace(goal)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (404, 410):
            raise InputError(f"{address}: there is no such file ({error.code})") from None
        raise TryAgain(f"{address}: the server answered {error.code}") from None
    except _TooLarge:
        part.remove()
        raise
    except (PermissionError, IsADirectoryError, NotADirectoryError) as error:
        raise InputError(f"{goal}: cannot be written: {error}") from None
    except (OSError, http.client.HTTPException) as error:
        raise TryAgain(
            f"{address}: {getattr(error, 'reason', error)}; what has come is kept, try again to go on"
        ) from None
    except ValueError as error:  # urllib reads a redirection's address before `_EveryHop` sees it
        raise InputError(f"{address}: leads to what is no address ({error})") from None
    part.remove()
    return Fetched(goal, address, modified)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error}") from None


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        host.encode("idna")
        wrong = not address.isascii() or parts.port == 0 or parts.username is not None
    except ValueError as error:
        raise InputError(f"{address}: not an address ({error})") from None
    local = host in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise InputError(f"{address}: only https addresses are fetched, or http on this machine")
    if wrong or not host or any(c <= " " or c == "\x7f" for c in address):
        raise InputError(
            f"{address}: not an address; it needs a host, and spaces and other than Latin letters written as %XX"
        )


def _fill(address: str, part: _Part, cap: int, progress: Callable[[int, int | None], None]) -> str:
    """Append to the part what is missing of it; the server's date of the file."""
    have, tag = part.kept()
    answer = _ask(address, have, tag)
    if answer is None:
        have, answer = 0, _ask(address, 0, "")
    if answer is None:
        raise http.client.HTTPException("the server sends a part of the file where all of it was asked for")
    with answer:
        total = _total(answer)
        _check_size(address, total or 0, cap)
        if not (have and answer.status == 206):
            have = 0
            part.begin(_tag(answer.headers))
        with part.path.open("ab") as file:
            while piece := answer.read(_PIECE):
                have += len(piece)
                _check_size(address, have, cap)
                file.write(piece)
                progress(have, total)
        if total is not None and have < total:
            raise ConnectionError(f"the connection ended after {have} of {total} bytes")
        return str(answer.headers.get("Last-Modified") or "")


def _ask(address: str, have: int, tag: str) -> http.client.HTTPResponse | None:
    """The server's answer: the whole file, or what is missing of it; None where a part is of no use and all of it must be asked for.

    Args:
        address: Of the file.
        have: How many bytes have come; 0 asks for all.
        tag: Of which version they are.
    """
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})
    if have:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", tag)
    try:
        answer: http.client.HTTPResponse = urllib.request.build_opener(_EveryHop).open(
            request, timeout=_PATIENCE
        )
    except urllib.error.HTTPError as error:
        if not have or error.code != 416:
            raise
        error.close()  # nothing is missing, or there is too much
        return None
    span = _SPAN.match(answer.headers.get("Content-Range") or "")
    rest = have and span and int(span[1]) == have and _tag(answer.headers) == tag
    if answer.status == 206 and not rest:
        answer.close()
        return None
    return answer


def _tag(headers: http.client.HTTPMessage) -> str:
    """The server's word for the version that it sends, such that the same word means the same bytes; "" where it says none."""
    strong = headers.get("ETag") or ""
    return _one_line((strong if not strong.startswith("W/") else "") or headers.get("Last-Modified") or "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _total(answer: http.client.HTTPResponse) -> int | None:
    """How many bytes the whole file has, where the server says it."""
    if answer.status == 206:
        span = _SPAN.match(answer.headers.get("Content-Range") or "")
        return int(span[2]) if span and span[2] != "*" else None
    length = str(answer.headers.get("Content-Length") or "")
    return int(length) if length.isdecimal() else None


def _check_size(address: str, size: int, cap: int) -> None:
    if size > cap:
        raise _TooLarge(f"{address}: more than {cap:,} bytes; nothing of this kind is so large")
