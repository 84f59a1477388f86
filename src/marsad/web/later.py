"""What takes longer than a page may: it is made in its turn, in a thread of its own, and answered only when it is whole, so that what fails is said as on any page and no
half of a file looks like one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Later:
    """In the place of a response: what makes it. It waits until nobody else has such a thing made, and is not begun for who has gone meanwhile."""

    made: Callable[[], Response]


class Sent(FileResponse):
    """A file that stands alone in a folder made for it; both are gone when it was sent, also where nobody wants the rest any more. It is sent whole: a piece would cost as much."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        whole = [(name, value) for name, value in scope["headers"] if name not in (b"range", b"if-range")]
        del self.headers["accept-ranges"]
        try:
            await super().__call__({**scope, "headers": whole}, receive, send)
        finally:
            shutil.rmtree(Path(self.path).parent, ignore_errors=True)


def only_head(headers: dict[str, str], media: str) -> Response:
    """What a request for nothing but the head gets, without the file being made: its length is not known before."""
    response = Response(headers=headers, media_type=media)
    del response.headers["content-length"]
    return response
