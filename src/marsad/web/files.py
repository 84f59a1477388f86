"""The files that pages are made of: scripts, styles, fonts, the map's land. Ours, and under ``vendor/`` what the build took from packages."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".woff2": "font/woff2"}
"""Where the system's table of types may not know them, or may know another."""


def missing() -> str:
    """What to say where the build left the packages' files out; "" where they are there."""
    if (VENDOR / "htmx.min.js").is_file():
        return ""
    return "the workspace's scripts and fonts were not built into this installation (`make web` builds them)"


class Files(StaticFiles):
    """Serves them; a browser may keep them but asks each time whether they changed."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        kind = _TYPES.get(Path(path).suffix)
        if kind:
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "no-cache"
        return response
