"""A real browser for tests: Debian's Chromium driven by Playwright, and a watch on all that a page does wrong.

Three things end a test: a request to any other host than this machine's loopback, an error on the console or an uncaught one (dialogs count too), and a breach of the
pages' security policy. The browser could not reach another host even if a page asked: it resolves no name and no number but 127.0.0.1.

The policy forbids eval, so `page.wait_for_function` does not work: wait with locators and `expect`. Nothing here loosens the policy; axe runs in a world of its own.
A breach inside a worker is seen only where it leaves an uncaught error.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Page, sync_playwright

AXE = Path(__file__).resolve().parents[2] / "build" / "web-test" / "axe.min.js"
FLAGS = (  # without a graphics card WebGL2 is done in software; to draw the pages by way of it would cost a second a page
    "--disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run"
    " --use-angle=swiftshader --enable-unsafe-swiftshader --disable-gpu-compositing --disable-gpu-rasterization"
).split()
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
WITHOUT_WEBGL = "--disable-3d-apis"
LOCAL = "127.0.0.1"
PLACES = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""Where Debian has it: the shell has the same engine without a window's own pages, and takes half the time."""
PATIENCE = 20_000
"""How long a locator is waited for, in milliseconds: far longer than any page takes."""
SAYS_ADDRESS = re.compile(r"^marsad: the workspace is at (http\S+)$")


@dataclass
class Seen:
    """What went wrong on the pages of one test."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def trouble(self, allowed: tuple[str, ...] = ()) -> list[str]:
        """All of it, less what contains one of the allowed words (a page that is meant to answer 404 says so on the console)."""
        everything = [
            *(f"asked another host: {url}" for url in self.outside),
            *(f"error: {text}" for text in self.errors),
            *(f"against the policy: {text}" for text in self.violations),
        ]
        return [one for one in everything if not any(word in one for word in allowed)]

    def watch(self, context: BrowserContext) -> None:
        """Look at every page that a context has from now on."""
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", self._watch_page)

    def _watch_page(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("crash", lambda _: self.errors.append("the page crashed"))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != LOCAL:
            self.outside.append(url)

    def _said(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)
        elif message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def issue(self, event: dict) -> None:
        """Take in what Chromium's audits report; they know of breaches that no console shows."""
        details = event["issue"]["details"].get("contentSecurityPolicyIssueDetails")
        if details is not None:
            self.violations.append(f"{details['violatedDirective']} {details.get('blockedURL', '')}".strip())


def program() -> Path:
    """Chromium's path.

    Raises:
        LookupError: it is not installed; the message says how to.
    """
    named = os.environ.get("MARSAD_CHROMIUM")
    path = Path(named) if named else next((place for place in PLACES if place.is_file()), PLACES[-1])
    if not path.is_file():
        raise LookupError(
            f"no browser at {path}: `apt-get install chromium` installs it, or MARSAD_CHROMIUM names another"
        )
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser; its profile and all that it writes are gone when it ends.

    Raises:
        LookupError: Chromium is not installed.
    """
    program()
    with tempfile.TemporaryDirectory(prefix="browser") as home, sync_playwright() as playwright:
        browser = launch(playwright.chromium, Path(home))
        yield browser
        browser.close()


def launch(kind: BrowserType, home: Path, *more: str) -> Browser:
    """Start Chromium with a home of its own and with further flags."""
    own = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    flags = [*FLAGS, ONLY_HERE, *more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return kind.launch(executable_path=program(), args=flags, env={**os.environ, **own})


def new_page(browser: Browser, seen: Seen, **options: object) -> Page:
    """An empty page in a context (cookies, language, window) of its own, watched from its first request on.

    Args:
        browser: Where.
        seen: Gets what goes wrong.
        options: What Playwright's ``new_context`` takes: ``viewport``, ``locale``, ``color_scheme``, ``java_script_enabled`` ...
    """
    context = browser.new_context(service_workers="block", **options)
    context.set_default_timeout(PATIENCE)
    seen.watch(context)
    page = context.new_page()
    audits = context.new_cdp_session(page)
    audits.on("Audits.issueAdded", seen.issue)
    audits.send("Audits.enable")
    return page


def axe(page: Page, *, impacts: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """What axe-core finds on a page, in a world beside the page's own, so that the policy stays as it is.

    Args:
        page: A loaded page.
        impacts: Which findings count, of ``minor``, ``moderate``, ``serious`` and ``critical``.

    Raises:
        LookupError: axe-core is not there.
    """
    if not AXE.is_file():
        raise LookupError(f"no {AXE}: `make web` takes axe-core from npm")
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})

    def evaluate(source: str) -> object:
        asked = {"expression": source, "contextId": world["executionContextId"]}
        answer = session.send("Runtime.evaluate", {**asked, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in answer:
            raise RuntimeError(f"axe: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    found = evaluate("axe.run(document, {resultTypes: ['violations']}).then(done => done.violations)")
    session.detach()
    return [
        f"{one['impact']} {one['id']}: {one['help']} at {node['target']}"
        for one in found
        if one["impact"] in impacts
        for node in one["nodes"]
    ]


@dataclass
class Served:
    """A workspace that runs: where, as which process, and the lines it has said so far."""

    address: str
    pid: int
    said: list[str]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """The real ``marsad serve`` on a project, as a process of its own on a free port, until the block ends.

    Args:
        folder: The project.
        options: More of the command's options.

    Raises:
        AssertionError: it did not start, had an error of its own while it ran (a traceback), or did not end when told to.
    """
    command = [sys.executable, "-m", "marsad", "serve", "--project", str(folder), "--port", "0", *options]
    said: list[str] = []
    listening = threading.Event()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    reader = threading.Thread(target=_listen, args=(child, said, listening.set), daemon=True)
    reader.start()
    try:
        listening.wait(timeout=PATIENCE * 3 / 1000)
        found = [match[1] for line in said if (match := SAYS_ADDRESS.match(line))]
        assert found, f"marsad serve did not say where it is: {said}"
        yield Served(found[0], child.pid, said)
    finally:
        _end(child)
        reader.join()
        child.stderr.close()
    assert child.returncode in (0, -signal.SIGTERM), f"marsad serve ended with {child.returncode}: {said}"
    assert "Traceback" not in "\n".join(said), "\n".join(said)


def _listen(child: subprocess.Popen, said: list[str], heard: Callable[[], None]) -> None:
    """Take in what the child says; ``heard`` is called once it says its address, or ends."""
    for line in child.stderr:
        said.append(line.rstrip("\n"))
        if SAYS_ADDRESS.match(said[-1]):
            heard()
    heard()


def _end(child: subprocess.Popen) -> None:
    child.terminate()
    try:
        child.wait(timeout=PATIENCE / 1000)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
