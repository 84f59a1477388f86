"""Getting a file from an address to a folder: in pieces that a broken connection does not lose, never larger than a cap, whole or not at all.

What has come lies beside its goal as ``NAME.part`` with ``NAME.part.tag``, the server's word for that version: a second try asks for the rest of
the same version only, and begins anew where the server has another. The goal is there when all of it has come.
"""

from __future__ import annotations

import http.client
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


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that has come: where it lies, from where, and the server's date of it."""

    path: Path
    address: str
    modified: str


def download(address: str, goal: Path, cap: int, progress: Progress) -> Fetched:
    """Get a file.

    Args:
        address: ``https://`` or, for a mirror on this machine, ``http://``.
        goal: Where it shall lie; its folder is made.
        cap: The most bytes that are taken.
        progress: Told how far it has come.

    Raises:
        InputError: the address is none, there is no such file, or it is larger than the cap.
        TryAgain: the connection broke; what has come is kept, and the same call goes on from there.
    """
    _check_address(address)
    goal.parent.mkdir(parents=True, exist_ok=True)
    part, tag = goal.with_name(f"{goal.name}.part"), goal.with_name(f"{goal.name}.part.tag")
    try:
        modified = _fill(
            address, part, tag, cap, lambda come, all_of_it: progress(goal.name, come, all_of_it)
        )
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            raise InputError(f"{address}: there is no such file ({error.code})") from None
        raise TryAgain(f"{address}: the server answered {error.code}") from None
    except (OSError, http.client.HTTPException) as error:
        raise TryAgain(f"{address}: {error}; what has come is kept, try again to go on") from None
    part.replace(goal)
    tag.unlink(missing_ok=True)
    return Fetched(goal, address, modified)


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise InputError(f"{address}: only https addresses are fetched, or http on this machine")


def _fill(address: str, part: Path, tag: Path, cap: int, progress: Callable[[int, int | None], None]) -> str:
    """Append to the part what is missing of it; the server's date of the file."""
    have = part.stat().st_size if part.exists() and tag.exists() else 0
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})
    if have:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", tag.read_text(encoding="ascii"))
    try:
        answer = urllib.request.urlopen(request, timeout=_PATIENCE)
    except urllib.error.HTTPError as error:
        if error.code != 416:  # nothing is missing, or the part is of no use: begin anew
            raise
        part.unlink()
        tag.unlink()
        return _fill(address, part, tag, cap, progress)
    with answer:
        going_on = answer.status == 206
        have = have if going_on else 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length and length.isdigit() else None
        _check_size(address, total or 0, cap)
        tag.write_text(
            answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "-", encoding="ascii"
        )
        with part.open("ab" if going_on else "wb") as file:
            while piece := answer.read(_PIECE):
                have += len(piece)
                _check_size(address, have, cap)
                file.write(piece)
                progress(have, total)
        if total is not None and have < total:
            raise ConnectionError(f"the connection ended after {have} of {total} bytes")
        return str(answer.headers.get("Last-Modified") or "")


def _check_size(address: str, size: int, cap: int) -> None:
    if size > cap:
        raise InputError(f"{address}: more than {cap:,} bytes; nothing of this kind is so large")
