"""An outlet on 127.0.0.1 with feeds and pages, and a desk that asks it: for tests of everything that goes over the web."""

import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent / "feeds"))
from loopback import loopback

from marsad.feeds import Fetcher, FetchLimits, Keeper, Politeness, Robots
from marsad.run.desk import Desk
from marsad.run.ingesting import Intake
from marsad.run.outcome import Crew
from marsad.run.watching import cycle
from marsad.store import Database, faults, open_store, tables
from stored import OTHER, TEXT, WORK

LONGER = f"{TEXT} وأضاف ناشطون أن القصف تواصل حتى ساعات الليل، ثم توقف قبل الفجر بقليل."
MORE = f"{OTHER} وأكد شهود أن الطريق إلى المدينة بقي مقطوعا طوال النهار بسبب الاشتباكات."
FULL = f"<p>{LONGER}</p><p>{MORE}</p><p>{TEXT}</p>"
"""A text long enough for a feed to count as having the article in full."""


def page(text=LONGER, title="خبر من الميدان"):
    """A page of the outlet, as bytes."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    ).encode()


def rss(*entries, title="نشرة النهر", **also):
    """A feed. An entry is an address, or (address, a day or time or None, its text in full or "")."""
    rows = [entry if isinstance(entry, tuple) else (entry, None, "") for entry in entries]
    items = "".join(_item(*row) for row in rows)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title>{items}</channel></rss>"
    ).encode()


def _item(address, published=None, content=""):
    when = f"<pubDate>{format_datetime(published)}</pubDate>" if published else ""
    full = f"<content:encoded>{escape(content)}</content:encoded>" if content else ""
    return f"<item><title>خبر</title><link>{escape(address)}</link>{when}{full}</item>"


def opml(*addresses):
    """A list of feeds."""
    rows = "".join(f'<outline type="rss" text="نشرة" xmlUrl="{escape(one)}"/>' for one in addresses)
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>قائمة</title></head><body>{rows}</body></opml>'.encode()


def ok(body, **headers):
    """An answer with a body."""
    return (200, {"Content-Type": "text/html; charset=utf-8", **headers}, body)


def asked(server, path):
    """How often a path was asked for."""
    return sum(one == path for one, _ in server.asked)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = datetime.now(UTC)

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += timedelta(**span)


class Rig:
    """A store, a desk with a clock that is set by hand, and what was said of pages that could not be had."""

    def __init__(self, folder, server):
        self.store = open_store(f"sqlite:///{folder / 'marsad.db'}", make=True)
        self.archive, self.server, self.clock, self.said, self.stop = (
            folder / "archive",
            server,
            Clock(),
            [],
            False,
        )
        self.desk = self.new_desk()

    def new_desk(self, keeper=None):
        fetcher = Fetcher(FetchLimits(seconds=10), self.server.allow, "Marsad/1")
        self.desk = Desk(
            store=self.store, fetcher=fetcher, robots=Robots(fetcher), politeness=Politeness(0),
            keeper=keeper or Keeper(self.archive), chance=lambda: 0.5, now=self.clock, stopped=lambda: self.stop,
            refused=self.note,
        )  # fmt: skip
        return self.desk

    def _intake(self):
        return Intake(store=self.store, work=WORK, crew=Crew(), run=None, refused=self.note)

    def note(self, where, refusal):
        self.said.append((where, refusal.reason, refusal.message))

    def take(self, raws):
        """Take raw articles in; what became of them."""
        return list(self._intake().take(raws))[-1]

    def cycle(self):
        """One round of watching; what it did."""
        return list(cycle(self.store, self.desk, self._intake()))[-1]

    def rows(self, table, *columns):
        """All rows of a table, or some columns of them."""
        with self.store.database.reading() as connection:
            found = connection.execute(getattr(tables, table).select()).all()
        return [tuple(getattr(row, one) for one in columns) for row in found] if columns else found

    @property
    def reasons(self):
        return [reason for _, reason, _ in self.said]


@pytest.fixture
def server():
    with loopback() as running:
        yield running


@pytest.fixture
def rig(tmp_path, server):
    made = Rig(tmp_path, server)
    yield made
    made.store.close()


@pytest.fixture
def desk(program, tmp_path, server):
    """The folder of a project whose settings watch two feeds of the outlet, without pauses."""
    program("init", tmp_path / "desk")
    settings = f'[watch]\ndelay = 0\nallow = ["127.0.0.1:{server.port}"]\n'
    for name, outlet in (("a", "نشرة الساحل"), ("b", "صحيفة الجبل")):
        settings += f'[[feed]]\naddress = "{server.at("/" + name)}"\noutlet = "{outlet}"\n'
        server.answers[f"/{name}"] = ok(rss())
    (tmp_path / "desk" / "marsad.toml").write_text(settings, encoding="utf-8")
    return tmp_path / "desk"


def rows_of(desk, sql):
    """What the store of a project holds; it must be sound."""
    database = Database(f"sqlite:///{desk / 'marsad.db'}")
    try:
        assert list(faults(database)) == []
        with database.reading() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]
    finally:
        database.close()
