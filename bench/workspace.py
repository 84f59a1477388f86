"""How fast the workspace is on a project of real size, in a real browser: python bench/workspace.py PROJECT [--times N] [--reviews N]

PROJECT is a folder with an archive in it, such as `marsad ingest --project P ../shared/corpus/articles.jsonl.gz --jobs 2` makes; it is copied first, since the run reviews
claims. Prints, over every page and list: the server's time (median and worst of N, asked one after the other as a browser would), the browser's first content
(median of N, each in a context of its own, nothing cached), the map until it is drawn by a software renderer, the time from a key to the next claim, and the most memory the server had
(PSS of its processes). Anything that a page does wrong (another host asked, the policy breached, an error on the console) ends the run.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine, text

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]
from ingest import _pss, _tree  # noqa: E402 (the other measurement's own)
from web import browsing  # noqa: E402 (the tests' own browser)

PAGES = (
    "/", "/map", "/map?layer=claims", "/map?layer=control", "/control", "/incidents", "/review", "/adjudicate", "/agreement",
    "/outlets", "/actors", "/places", "/import", "/export", "/codebook", "/audit", "/health",
)  # fmt: skip
LISTS = (
    "/incidents", "/incidents?status=disputed", "/incidents?event=strike&country=SY", "/incidents?since=2024-12-01&until=2024-12-31",
    "/incidents?words=%D9%82%D8%B5%D9%81+%D8%AD%D9%85%D8%A7%D8%A9", "/incidents?killed=20&sort=killed", "/incidents?review=machine&event=territory.control",
    "/claims", "/claims?event=harm.killed&country=YE", "/claims?stance=concede", "/articles",
    "/search?q=%D9%82%D8%B5%D9%81", "/search?q=%D9%82%D8%B5%D9%81+%D8%AD%D9%85%D8%A7%D8%A9", "/search?q=%22%D9%88%D9%82%D9%81+%D8%A5%D8%B7%D9%84%D8%A7%D9%82+%D8%A7%D9%84%D9%86%D8%A7%D8%B1%22",
    "/control", "/outlets", "/actors", "/places", "/places?work=ambiguous", "/audit",
)  # fmt: skip
_GOAL = {"server": 200.0, "first": 1000.0, "map": 4000.0, "key": 150.0, "memory": 400.0}


class Row(NamedTuple):
    """One line of the result: what, its median and worst, in milliseconds."""

    what: str
    median: float
    worst: float


def served(address: str, paths: tuple[str, ...], times: int) -> list[Row]:
    """The server's time for each path, until the last byte."""
    rows = []
    for path in paths:
        spent = []
        for _ in range(times):
            began = time.perf_counter()
            with urllib.request.urlopen(address.rstrip("/") + path) as answer:
                answer.read()
            spent.append(1000 * (time.perf_counter() - began))
        rows.append(Row(path, statistics.median(spent), max(spent)))
    return rows


def painted(browser: Browser, address: str, paths: tuple[str, ...], times: int) -> list[Row]:
    """When the first content of each page is on the screen, by the browser's own clock."""
    rows = []
    for path in paths:
        spent = []
        for _ in range(times):
            seen = browsing.Seen()
            page = browsing.new_page(browser, seen, viewport={"width": 1400, "height": 900})
            page.goto(address.rstrip("/") + path)
            spent.append(_paint(page))
            page.context.close()
            _sound(seen, path)
        rows.append(Row(path, statistics.median(spent), max(spent)))
    return rows


def _paint(page: Page) -> float:
    asked = "() => performance.getEntriesByType('paint').find(one => one.name === 'first-contentful-paint')?.startTime ?? 0"
    for _ in range(100):
        found = float(page.evaluate(asked))
        if found:
            return found
        time.sleep(0.02)
    raise SystemExit(f"{page.url} shows nothing")


def drawn(browser: Browser, address: str, layer: str, times: int) -> Row:
    """From the address typed to the map drawn with all its points."""
    spent = []
    for _ in range(times):
        seen = browsing.Seen()
        page = browsing.new_page(browser, seen, viewport={"width": 1400, "height": 900})
        began = time.perf_counter()
        page.goto(f"{address}map?layer={layer}")
        page.locator("body[data-ready]").wait_for(state="attached")
        spent.append(1000 * (time.perf_counter() - began))
        page.context.close()
        _sound(seen, f"map {layer}")
    return Row(f"map of {layer}", statistics.median(spent), max(spent))


def reviewed(browser: Browser, address: str, claims: int) -> Row:
    """From a key to the next claim, over so many claims that are accepted one after the other."""
    seen = browsing.Seen()
    page = browsing.new_page(browser, seen, viewport={"width": 1400, "height": 900})
    page.goto(f"{address}review")
    work = page.locator(".bench")
    spent = []
    for _ in range(claims):
        before = work.get_attribute("data-claim")
        page.evaluate(_WATCH)
        page.keyboard.press("KeyA")
        page.locator(f'.bench:not([data-claim="{before}"])').wait_for()
        spent.append(float(page.evaluate("() => window.marsadKeyTook")))
        page.locator(".htmx-request").wait_for(state="detached")
    page.context.close()
    _sound(seen, "review")
    return Row(f"key to the next claim, {claims} times", statistics.median(spent), max(spent))


_WATCH = """() => {
  const before = document.querySelector(".bench").dataset.claim;
  let began = 0;
  document.addEventListener('keydown', () => { began = performance.now(); }, {once: true, capture: true});
  const watcher = new MutationObserver(() => {
    const now = document.querySelector(".bench");
    if (!now || now.dataset.claim === before) return;
    watcher.disconnect();
    requestAnimationFrame(() => { window.marsadKeyTook = performance.now() - began; });
  });
  watcher.observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def _sound(seen: browsing.Seen, where: str) -> None:
    if seen.trouble():
        raise SystemExit(f"{where}: {seen.trouble()}")


class Memory:
    """The most memory that the server had, watched from beside."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.ends = pid, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        while not self.ends.wait(0.2):
            self.most = max(self.most, sum(map(_pss, _tree(self.pid))))


def counts(folder: Path) -> str:
    """How large a project is."""
    engine = create_engine(f"sqlite:///{folder / 'marsad.db'}")
    with engine.connect() as connection:
        found = [
            f"{connection.execute(text(f'SELECT count(*) FROM {name}')).scalar():,} {name}"
            for name in ("articles", "claims", "incidents", "spells")
        ]
    engine.dispose()
    return ", ".join(found)


def show(title: str, rows: list[Row], goal: float) -> None:
    """Print rows under a title, and the worst of their medians against its goal."""
    print(f"\n{title} (goal {goal:.0f} ms)")
    for row in rows:
        print(f"  {row.median:8.0f} {row.worst:8.0f}  {row.what}")
    medians = [row.median for row in rows]
    print(f"  {statistics.median(medians):8.0f} {max(medians):8.0f}  median and worst of the medians")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="workspace") as home:
        folder = Path(home) / "project"
        shutil.copytree(asked.project, folder)
        print(counts(folder))
        with browsing.serving(folder) as server, browsing.chromium() as browser:
            memory = Memory(server.pid)
            show("At the server", served(server.address, LISTS, asked.times), _GOAL["server"])
            show("First content", painted(browser, server.address, PAGES, asked.times), _GOAL["first"])
            maps = [drawn(browser, server.address, layer, asked.times) for layer in ("incidents", "claims")]
            show("Map until it is drawn", maps, _GOAL["map"])
            show("Review", [reviewed(browser, server.address, asked.reviews)], _GOAL["key"])
            memory.ends.set()
        print(f"\nMost memory of the server: {memory.most:.0f} MB (goal {_GOAL['memory']:.0f} MB)")


if __name__ == "__main__":
    main()
