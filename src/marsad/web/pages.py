"""The templates' environment: what they may call, and how values are written so that no text of an article can change a page.

Everything is escaped. Characters that reorder what is around them are kept inside by ``<bdi>``, which `said` puts around every name and quotation.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")


ROOMS = (
    (
        ("/", "today"),
        ("/map", "map"),
        ("/control", "control"),
        ("/incidents", "incidents"),
        ("/search", "search"),
    ),
    (("/review", "review"), ("/adjudicate", "adjudicate"), ("/agreement", "agreement")),
    (("/outlets", "outlets"), ("/actors", "actors"), ("/places", "places")),
    (
        ("/import", "import"),
        ("/export", "export"),
        ("/codebook", "codebook"),
        ("/audit", "audit"),
        ("/health", "health"),
    ),
)
"""The pages as the head of each lists them: what was reported, work on it, what is known, and what keeps it going."""


def clean(text: str) -> str:
    """A text with what HTML cannot hold (controls, halves of surrogate pairs) as replacement characters; as many code points as before."""
    return _CONTROL.sub("\ufffd", text)


def said(text: object) -> Markup:
    """Words that are not ours, escaped, kept from reordering what is around them, and marked as Arabic where they are."""
    if text is None or text == "":
        return Markup("")
    raw = clean(str(text))
    language = Markup(' lang="ar" dir="rtl"') if _ARABIC.search(raw) else Markup(' dir="auto"')
    return Markup("<bdi{}>{}</bdi>").format(language, raw)


def figure(value: object) -> Markup:
    """A number, date, range, code or id: it runs from left to right in an Arabic page too."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(clean(str(value)))


def days(first: str | None, last: str | None) -> Markup:
    """A day, or the first and last of several; "" for none."""
    if not first:
        return Markup("")
    return figure(first if not last or first == last else f"{first} – {last}")


def moment(value: str | None) -> Markup:
    """A time to the minute, in UTC as it is stored."""
    if not value:
        return Markup("")
    return Markup('<time datetime="{}"><bdi dir="ltr">{}</bdi></time>').format(
        value, value[:16].replace("T", " ")
    )


def inpath(identity: object) -> str:
    """An id as a part of an address's path: ids of articles and of the user's places are anything, question marks and all."""
    return quote(str(identity), safe="/:@", errors="replace")


def counted(low: int | None, high: int | None) -> Markup:
    """A range of people: ``20–99``, ``41+`` where there is no upper end, ``≤7`` where there is no lower."""
    if low is None and high is None:
        return Markup("")
    if low is None:
        return figure(f"≤{high}")
    if high is None:
        return figure(f"{low}+")
    return figure(low if low == high else f"{low}–{high}")


def environment() -> Environment:
    """The templates' environment; a name that a template uses and was not given is an error, not an empty string."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"said": said, "figure": figure, "moment": moment, "clean": clean, "inpath": inpath}
    made.globals |= {
        "days": days,
        "counted": counted,
        "escape": escape,
        "rooms": lambda: ROOMS,
    }
    return made
