"""Articles for trying out the store: the hand-made ones of ``demo/``, told again of other towns, weeks and numbers.

Nothing here is from a real outlet. A *story* is all demo articles with the same exchange of names, each with some of its paragraphs and words; every story
is moved by whole weeks, so that the weekdays in its text stay true. Some stories are told of one town in two neighbouring weeks, some articles are copied by another outlet with a dateline
before them, and some come twice: the second text is a correction.
"""

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from shared import ROOT, rows

DEMO = ROOT / "demo" / "articles.jsonl"
_LOST = ("مورك", "اللطامنة", "كفرزيتا", "كفرنبل", "قلعة المضيق", "حلفايا", "محردة", "طيبة الإمام")
_TAKEN = ("خان شيخون", "معرة النعمان", "سراقب", "جسر الشغور", "أريحا", "الرستن", "تلبيسة", "القصير", "تدمر")
_TRUCE = ("تعز", "مأرب", "الحديدة", "الضالع", "صعدة", "زنجبار")
_OUTLETS = ("بريد العاصي", "صوت الساحل", "صدى الفرات", "ضفاف برس", "أوراق صنعاء", "مرآة الشرق", "نشرة السهل")
_GROUPS = ("درع العاصي", "لواء السهل", "كتائب الغاب", "جيش الضفة", "ألوية النهر", "تجمع البادية")
_WATCHERS = ("مرصد النهر لحقوق الإنسان", "مركز السهل للتوثيق", "شبكة الغاب الحقوقية", "لجنة الجسر للتوثيق")
_OTHER_WORDS = {
    "قوات": "وحدات", "مقتل": "مصرع", "أعلنت": "قالت", "مؤكدا": "مضيفا", "معارك عنيفة": "اشتباكات ضارية", "بالكامل": "كليا",
    "بعد هجوم واسع": "إثر هجوم كبير", "في محيط": "قرب", "وأضاف": "وتابع", "المدنيين": "الأهالي", "عسكرية": "حربية",
    "اليوم": "نهار اليوم", "على الأقل": "في حصيلة أولى", "مساء": "ليل", "في بيان": "في تصريح",
}  # fmt: skip
_NUMBER = re.compile(r"\d+")


def articles(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Rows of articles, the same for the same seed; some ids come twice, with another text."""
    chance = random.Random(seed)
    demo = list(rows(DEMO))
    made: list[dict[str, Any]] = []
    corrected: list[dict[str, Any]] = []
    story = 0
    while len(made) + len(corrected) < count:
        told = _story(demo, story, chance)
        story += 1
        if chance.random() < 0.4:
            told.append(_copied(chance.choice(told), f"s{story:03}-copy", chance))
        if chance.random() < 0.4:
            corrected.append(_corrected(chance.choice(told), chance))
        made += told
    return (made + corrected)[:count] if len(made) < count else made[: count - len(corrected)] + corrected


def _story(demo: list[dict[str, Any]], number: int, chance: random.Random) -> list[dict[str, Any]]:
    weeks = chance.randrange(40) if number % 3 else number // 3 % 40
    names = {
        "مورك": chance.choice(_LOST),
        "خان شيخون": chance.choice(_TAKEN),
        "تعز": chance.choice(_TRUCE),
        "درع العاصي": chance.choice(_GROUPS),
        "مرصد النهر لحقوق الإنسان": chance.choice(_WATCHERS),
    }
    outlets = dict(zip(sorted({one["outlet"] for one in demo}), chance.sample(_OUTLETS, 6), strict=True))
    more = chance.randrange(60)
    return [
        {
            **one,
            "id": f"s{number:03}-{one['id']}",
            "published": _moved(one["published"], weeks),
            "outlet": outlets[one["outlet"]],
            "title": _named(one["title"], names),
            "text": _NUMBER.sub(lambda found: str(int(found[0]) + more), _told(one["text"], names, chance)),
        }
        for one in demo
    ]


def _told(text: str, names: dict[str, str], chance: random.Random) -> str:
    """The text with other names, without some of its paragraphs, and with some words exchanged for others."""
    parts = text.split("\n\n")
    kept = sorted(chance.sample(range(len(parts)), max(2, len(parts) - chance.randrange(4))))
    words = {word: other for word, other in _OTHER_WORDS.items() if chance.random() < 0.5}
    return _named("\n\n".join(parts[number] for number in kept), {**names, **words})


def _named(text: str, names: dict[str, str]) -> str:
    for name, other in names.items():
        text = text.replace(name, other)
    return text


def _moved(published: str, weeks: int) -> str:
    day = date.fromisoformat(published[:10]) + timedelta(weeks=weeks)
    return day.isoformat() + published[10:]


def _copied(row: dict[str, Any], identity: str, chance: random.Random) -> dict[str, Any]:
    outlet = chance.choice([one for one in _OUTLETS if one != row["outlet"]])
    return {**row, "id": identity, "outlet": outlet, "text": f"نقلا عن وكالات: {row['text']}"}


def _corrected(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    added = f"وقال مسعفون إن {chance.randrange(3, 30)} جريحا نقلوا إلى المستشفى."
    return {**row, "text": f"{row['text']}\n\n{added}"}


def as_lines(made: list[dict[str, Any]]) -> str:
    """Articles as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made)


def as_page(row: dict[str, Any]) -> str:
    """An article as a page of an outlet."""
    body = "".join(f"<p>{escape(part)}</p>" for part in row["text"].split("\n\n"))
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{escape(row["title"])}</title></head>'
        f"<body><article><h1>{escape(row['title'])}</h1>{body}</article></body></html>"
    )


@dataclass(slots=True)
class Outlet:
    """A feed on 127.0.0.1 that names the first ``shown`` of its pages; it answers 304 where nothing was added."""

    pages: list[dict[str, Any]]
    shown: int = 0
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def feed(self) -> str:
        """The address of the feed."""
        return f"http://127.0.0.1:{self.port}/feed.xml"

    @property
    def etag(self) -> str:
        """What the feed's answer is known by."""
        return f'"{self.shown}"'

    def answer(self, path: str) -> str | None:
        """What lies at a path, or None."""
        if path == "/feed.xml":
            return self._listing()
        number = path.removeprefix("/page/")
        if number.isdigit() and int(number) < self.shown:
            return as_page(self.pages[int(number)])
        return None

    def _listing(self) -> str:
        items = []
        for number, row in enumerate(self.pages[: self.shown]):
            when = datetime.fromisoformat(f"{row['published'][:10]}T12:00:00+00:00")
            items.append(
                f"<item><title>{escape(row['title'])}</title><link>http://127.0.0.1:{self.port}/page/{number}</link>"
                f"<pubDate>{format_datetime(when)}</pubDate></item>"
            )
        return f'<rss version="2.0"><channel><title>feed</title>{"".join(items)}</channel></rss>'


@contextmanager
def serving(pages: list[dict[str, Any]]) -> Iterator[Outlet]:
    """An outlet that answers as long as this lasts."""
    outlet = Outlet(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # (the name that http.server asks for)
            outlet.asked.append(self.path)
            if self.path == "/feed.xml" and self.headers.get("If-None-Match") == outlet.etag:
                self.send_response(304)
                self.end_headers()
                return
            found = outlet.answer(self.path)
            body = (found or "").encode()
            self.send_response(404 if found is None else 200)
            kind = "application/rss+xml" if self.path == "/feed.xml" else "text/html"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if self.path == "/feed.xml":
                self.send_header("ETag", outlet.etag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *arguments: object) -> None:
            pass  # whoever asked was killed

    server = Server(("127.0.0.1", 0), Handler)
    outlet.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield outlet
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
