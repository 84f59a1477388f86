"""Templates of the site and of the report: compiled once, escaping everything, and writing pages that cannot reach anything but the site's own files.

A page opened from a file is of no origin that ``'self'`` could name in every browser, so the policy names the scheme ``file:`` beside it; served by a web server, ``'self'`` holds.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from marsad.export.base import Making
from marsad.export.site_shelf import Row
from marsad.export.site_words import Words, clean, plain

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER = Path(__file__).parent
POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
_HOT = re.compile("[&<>\"']")
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_ARABIC_RUN = re.compile(
    r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]+(?:[\s\d،-]+[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]+)*"
)
_LATIN_RUN = re.compile(
    r"[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f]*(?:[\s.,:'/_&-]+[A-Za-z0-9\u00c0-\u024f]+)*", re.ASCII
)
_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{2,80}")


def escaped(text: str) -> str:
    """A text as HTML, for contents and for attributes in double quotes."""
    return html.escape(text) if _HOT.search(text) else text


@lru_cache(maxsize=8192)
def bdi(text: str) -> str:
    """A text of others as HTML that keeps its own direction; Arabic is marked as Arabic."""
    if _ARABIC.search(text):
        return f'<bdi lang="ar" dir="rtl">{escaped(text)}</bdi>'
    return f"<bdi>{escaped(text)}</bdi>"


def _marked(text: str, lang: str) -> Markup:
    return Markup(sentence(text, lang))


def _said(text: str) -> Markup:
    return Markup(bdi(text))


@lru_cache(maxsize=8192)
def sentence(text: str, lang: str) -> str:
    """A sentence of the program's as HTML: runs of the other script in it, names mostly, are kept from reordering the rest."""
    runs, inner = (_LATIN_RUN, "en") if lang == "ar" else (_ARABIC_RUN, "ar")
    made, at = [], 0
    for run in runs.finditer(text):
        direction = "rtl" if inner == "ar" else "ltr"
        made += [
            escaped(text[at : run.start()]),
            f'<bdi lang="{inner}" dir="{direction}">{escaped(run.group())}</bdi>',
        ]
        at = run.end()
    return "".join([*made, escaped(text[at:])])


def name_of(identity: str) -> str:
    """What an incident's page is called: its id, where that is fit for a file."""
    return (
        identity
        if _SAFE_ID.fullmatch(identity)
        else "x" + sha256(identity.encode("utf-8", "replace")).hexdigest()[:15]
    )


def page_of(name: str) -> str:
    """Where the page of a name lies in the site: ``incidents/39/i39d5c3fbb619b6f.html``; the list's script knows it too."""
    return f"incidents/{name[1:3]}/{name}.html"


class Pages:
    """Templates with what every page of an export shares.

    Args:
        shared: Values that all templates know.
    """

    def __init__(self, **shared: Any) -> None:  # noqa: ANN401 (a template's values)
        self._shared = {**shared, "sentence": _marked}
        self._environment = _environment()
        self._template = lru_cache(None)(self._environment.get_template)

    def made(self, template: str, /, **values: Any) -> str:  # noqa: ANN401 (as above)
        """The page of a template."""
        made: Template = self._template(template)
        return made.render(self._shared, **values)


def page_bytes(text: str) -> bytes:
    """A page as it is stored: UTF-8 without what no page can hold (`clean`), looked for in the bytes, which is several times as fast."""
    try:
        made = text.encode()
    except UnicodeEncodeError:  # half a pair
        return clean(text).encode()
    unfit = (
        len(made.translate(None, _CONTROLS)) != len(made)
        or b"\xef\xbf\xbe" in made
        or b"\xef\xbf\xbf" in made
    )
    return clean(text).encode() if unfit else made


def month_rows(rows: Iterable[Row], words: Words) -> Markup:
    """The rows of a list of incidents, put together by hand as the incidents' own pages are: there are as many."""
    label = lru_cache(None)(lambda group, value: escape(words.label(group, value)))
    review = lru_cache(None)(lambda value: escape(words(f"review.{value}")))
    return Markup(
        "".join(
            f'<tr><td class="day">{escaped(row.day)}</td><td class="what"><a href="../{escaped(page_of(row.id))}">{sentence(row.title, words.lang)}</a></td>'
            f'<td><span class="status status-{row.status}">{label("status", row.status)}</span></td><td class="number">{row.independent}</td><td>{review(row.review)}</td></tr>\n'
            for row in rows
        )
    )


def write_text(path: str, text: str) -> None:
    """A new file of text that no reader stumbles over. Straight to the system: a site has tens of thousands of files."""
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(made, "wb") as file:
        file.write(page_bytes(text))


def told_scope(making: Making, words: Words) -> list[tuple[str, str]]:
    """What an export is of, for people: project, filters, state of the store, licence, makers."""
    filters = words("semicolon").join(f"{name}{words('colon')}{value}" for name, value in making.filters)
    terms = words("site.license.quotes", license=plain(making.license)) if making.license else words("site.license.none")  # fmt: skip
    told = [
        ("project", plain(making.project)),
        ("filters", plain(filters) or words("site.filters.none")),
        ("moment", words.moment(making.moment)),
        ("license", terms),
        ("creators", words("comma").join(map(plain, making.creators))),
    ]
    return [(words(f"site.{name}"), value) for name, value in told if value]


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False)  # fmt: skip
    made.filters["said"] = _said
    made.globals["dict"] = dict
    return made
