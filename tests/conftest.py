"""Fixtures for all tests; the only conftest."""

import csv
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from marsad.arabic import load_lexicon
from marsad.arabic.compile import build
from marsad.cli.main import main
from marsad.run.controlling import control_kit
from marsad.run.pipeline import load_kit
from marsad.run.reconciling import load_knowledge
from marsad.store import open_store

sys.path.insert(0, str(Path(__file__).parent))
import postgresql  # (the tests' own, beside this file)
from web import browsing

WIDEST_CELL = csv.field_size_limit()
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _csv_as_it_comes():
    """Cells may be as wide as Python has it: a reader that only tests use widens that for the whole process when it is imported."""
    csv.field_size_limit(WIDEST_CELL)


@pytest.fixture(autouse=True, scope="session")
def _terminal_of_no_width():
    """Tables are as wide as where nothing is known of the terminal, whatever the shell says that the tests are run from."""
    os.environ.pop("COLUMNS", None)


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return ROOT


class Done(NamedTuple):
    """What a command left: its exit code, and the lines of its two outputs."""

    code: int
    out: list[str]
    said: list[str]

    @property
    def rows(self):
        """Its output as JSON lines."""
        return [json.loads(line) for line in self.out]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The user's folder, not made yet; at the end nothing lies where it would lie without MARSAD_DATA."""
    folder = tmp_path / "data"
    monkeypatch.setenv("MARSAD_DATA", str(folder))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("no_proxy", "*")
    yield folder
    assert not (tmp_path / "home").exists()


@pytest.fixture
def program(data, capsys):
    """The program, run in this process as if in a new one, with a user's folder of the test."""

    def run(*arguments):
        load_kit.cache_clear()
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        out, said = capsys.readouterr()
        return Done(code, out.splitlines(), said.splitlines())

    return run


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory):
    """The lexicon, compiled from its word lists as they are now: once, it takes seconds."""
    (path,) = build(tmp_path_factory.mktemp("built"))
    return load_lexicon(path)


@pytest.fixture(scope="session")
def kit():
    """What tracing control needs, read once: rules, labels, places."""
    return control_kit()


@pytest.fixture(scope="session")
def knowledge():
    """What tying claims together needs, read once: register, gazetteer, rules."""
    return load_knowledge()


@pytest.fixture(scope="session")
def postgres():
    """The URL of a real PostgreSQL server; skipped with the reason where none can be started, but never in CI."""
    try:
        with postgresql.server() as url:
            yield url
    except LookupError as error:
        if os.environ.get("MARSAD_NO_SKIP"):
            raise
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'marsad.db'}"
    return postgresql.database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(store_url):
    """A new store of each kind."""
    made = open_store(store_url, make=True)
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, one for all tests; skipped with the reason where it is missing, but never in CI."""
    try:
        with browsing.chromium() as running:
            yield running
    except LookupError as error:
        if os.environ.get("MARSAD_NO_SKIP"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def browser_without_webgl(browser, tmp_path_factory):
    """The same without WebGL, for pages that must do without a map that moves."""
    running = browsing.launch(
        browser.browser_type, tmp_path_factory.mktemp("browser"), browsing.WITHOUT_WEBGL
    )
    yield running
    running.close()


@pytest.fixture
def open_page(browser, request, serving):
    """Opens a page of an address; when the test ends, nothing may have gone wrong on it. Pages close before the servers of ``serving`` end.

    ``allowed`` names words of errors that the test provokes, ``webgl`` is false for a browser without; other options are those of ``browsing.new_page``.
    """
    seen, words, pages = browsing.Seen(), [], []

    def go(address, *, allowed=(), webgl=True, **options):
        words.extend(allowed)
        running = browser if webgl else request.getfixturevalue("browser_without_webgl")
        pages.append(browsing.new_page(running, seen, **options))
        pages[-1].goto(address)
        return pages[-1]

    yield go
    for page in pages:
        page.context.close()
    assert seen.trouble(tuple(words)) == []


@pytest.fixture
def serving():
    """Starts the real ``marsad serve`` on a project's folder (with more options, where given) and gives its address."""
    with ExitStack() as running:
        yield lambda folder, *options: running.enter_context(browsing.serving(folder, *options)).address
