"""Take the pictures of the workspace that README.md shows, anew: python docs/take_pictures.py (or `make pictures`).

They show the demo's project, all of it invented. Chromium takes them; where it is missing nothing is written.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from web import browsing, desks  # noqa: E402 (the tests' own browser and projects)

FOLDER = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    """A picture: its file, the page, the interface's language, light or dark, the height of the window, and whether a claim is decided first."""

    name: str
    path: str
    lang: str = "en"
    scheme: str = "light"
    height: int = 860


PICTURES = (
    Picture("map", "/map?z=5.4&lat=35.3&lon=37.2"),
    Picture("incident", "/incidents?status=conceded&sort=claims", height=1100),
    Picture("article", "/articles/desk-6", lang="ar"),
    Picture("review", "/review", scheme="dark"),
)


def take(page: Page, address: str, picture: Picture) -> None:
    """Open a page as its picture wants it, and keep what is seen."""
    page.goto(address.rstrip("/") + picture.path)
    if picture.name == "map":
        page.locator("body[data-ready]").wait_for(state="attached")
        page.wait_for_timeout(1500)  # the tiles of the land fade in
    if picture.name == "incident":
        page.locator("main a[href^='/incidents/i']").first.click()
        page.locator("h1").wait_for()
    page.screenshot(path=FOLDER / f"{picture.name}.png")


def main() -> None:
    """Make the demo's project, serve it, and take every picture."""
    FOLDER.mkdir(exist_ok=True)
    os.environ["LOGNAME"] = "analyst"  # the name under which the workspace greets whoever takes them
    with tempfile.TemporaryDirectory(prefix="pictures") as home:
        folder = desks.make_desk(Path(home) / "desk", *desks.SAMPLES)
        with browsing.serving(folder) as served, browsing.chromium() as browser:
            for picture in PICTURES:
                seen = browsing.Seen()
                size = {"width": 1400, "height": picture.height}
                page = browsing.new_page(
                    browser, seen, viewport=size, locale=picture.lang, color_scheme=picture.scheme
                )
                take(page, served.address, picture)
                page.context.close()
                if seen.trouble():
                    sys.exit(f"{picture.name}: {seen.trouble()}")


if __name__ == "__main__":
    main()
