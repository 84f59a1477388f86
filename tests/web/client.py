"""A workspace on a small project that is made by hand, and a client that asks it as a browser on this machine does."""

import re
from contextlib import contextmanager

import pytest
from starlette.testclient import TestClient

from marsad.run.project import make_project
from marsad.store import put_articles
from marsad.web import make_app, open_workspace
from stored import OTHER, stored

BASE = "http://127.0.0.1"
TOKEN = re.compile(r'<meta name="marsad-token" content="([0-9a-f]+)">')


@contextmanager
def opened(folder, articles=(), *, data=None, reconciled=True, token="", url=""):
    """A workspace on a new project in a folder, with some articles of `stored`."""
    project = make_project(folder, url)
    store = project.open()
    try:
        if articles:
            with store.database.writing() as connection:
                put_articles(connection, list(articles), None)
            if reconciled:
                reconcile(store)
    finally:
        store.close()
    made = open_workspace(project, data, token=token, port=8321)
    try:
        yield made
    finally:
        made.close()


def reconcile(store):
    """Tie what waits into incidents and control."""
    from marsad.cli.progress import Progress
    from marsad.cli.tying import How, reconcile_store

    with Progress() as progress:
        reconcile_store(store, How(data=None), progress)


class Browser(TestClient):
    """A client that keeps cookies and sends forms with the token of the last page it saw."""

    def __init__(self, workspace, base=BASE, hosts=()):
        super().__init__(make_app(workspace, hosts), base_url=base, follow_redirects=False)
        self.workspace = workspace

    def seen(self, address, code=200, **how):
        """The text of a page, which must answer ``code``."""
        answer = self.get(address, **how)
        assert answer.status_code == code, answer.text
        return answer.text

    def form_token(self):
        """What a form of this session carries."""
        return TOKEN.search(self.get("/me").text)[1]

    def sent(self, address, /, **fields):
        """The answer to a form of this session."""
        return self.post(address, data={"token": self.form_token(), **fields})


@pytest.fixture
def workspace(tmp_path):
    """A workspace on two articles."""
    with opened(tmp_path / "desk", [stored("a1"), stored("a2", OTHER, outlet="وكالة الجبل")]) as made:
        yield made


@pytest.fixture
def client(workspace):
    """A browser on this machine."""
    with Browser(workspace) as made:
        yield made
