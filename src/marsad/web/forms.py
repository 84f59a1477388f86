"""Taking a form in: its size, its files, and the token that only our own pages can put into it."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from marsad.errors import InputError, MarsadError
from marsad.web.pages import clean
from marsad.web.visit import Visit

MOST_BYTES = 200_000_000
"""Of a form with its files; larger archives are for the command line."""
_MOST_FIELD = 4_000_000
_MOST_FIELDS = 2_000
_SHOWN = 40
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Refused(MarsadError):
    """A form does not carry this session's token."""


class TooLarge(MarsadError):
    """A form is larger than is taken in."""


async def fill(visit: Visit) -> None:
    """Check the address; read the form of a visit that sends one, and check its token.

    Raises:
        Refused: it is not from a page of this session.
        TooLarge: it is too large.
        InputError: it is no form, or it or the address holds what no text can.
    """
    request = visit.request
    _legible([("address", visit.path), *visit.query])
    if request.method != "POST":
        return
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise InputError("a form without a length cannot be taken in")
    if int(length) > MOST_BYTES:
        raise TooLarge(
            f"the form has {int(length):,} bytes; `marsad ingest` takes what is larger than {MOST_BYTES:,}"
        )
    try:
        form = await request.form(max_files=100, max_fields=_MOST_FIELDS, max_part_size=_MOST_FIELD)
    except (HTTPException, ClientDisconnect, UnicodeError) as error:
        raise InputError(f"the form cannot be read: {error}") from None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            visit.files.append(value)
        else:
            visit.form.append((name, value))
    _legible(visit.form)
    sent = visit.request.headers.get("x-marsad-token") or visit.field("token")
    if not hmac.compare_digest(sent.encode(), visit.form_token.encode()):
        raise Refused(
            "this form is from an older page or another site: nothing was changed; load the page again and repeat"
        )


def _legible(pairs: Iterable[tuple[str, str]]) -> None:
    """No database holds a zero or half of a surrogate pair, so nothing of such a name can be found or stored."""
    for name, value in pairs:
        if found := _NO_TEXT.search(name + value):
            raise InputError(
                f"{clean(name)[:_SHOWN]!r} holds the character U+{ord(found[0]):04X}, which no text can"
            )


async def close(visit: Visit) -> None:
    """Let go of the files of a form."""
    for file in visit.files:
        await file.close()
