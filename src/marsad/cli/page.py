"""One self-contained page: each article with its words marked by role, and its claims beside it.

Nothing is loaded from elsewhere, and the policy in the page's head forbids it: the style and the few lines of
script are let in by their hashes. What comes from an article is escaped, always.
"""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from pathlib import Path

from marsad.cli.labels import OWN_VOICE, PARTS, event_label, label
from marsad.cli.page_parts import ar, count_items, known, place_items, source_items, time_items
from marsad.cli.phrases import reader_phrases
from marsad.codebook import Label
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.model.span import Part
from marsad.run import KnownLabels
from marsad.run.marks import clean, marked_lines, marks_of

PAGE_END = "</main>\n</body>\n</html>\n"
NO_OWN_DATA = KnownLabels()
_HERE = Path(__file__).parent
_LEGEND = (
    ("said", "names the event", "اللفظ الدال على الحدث"), ("words", "asserts it", "الجملة"),
    ("source", "source", "القائل"), ("cue", "reporting word", "فعل القول"), ("actor", "actor", "الفاعل والمفعول"),
    ("place", "place", "المكان"), ("time", "time", "الزمان"), ("count", "count", "العدد"),
)  # fmt: skip


@cache
def page_head() -> str:
    """The page up to the first article."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    legend = "".join(
        f'<li><span class="key {name}">{html.escape(en)}</span> {ar(arabic)}</li>'
        for name, en, arabic in _LEGEND
    )
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>Claims · Marsad</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header class="page"><h1>Who said that what happened</h1>\n<ul class="legend">{legend}</ul></header>\n'
        f"<script>{script}</script>\n<main>\n"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def article_section(
    article: Article, claims: list[Claim], why: bool = False, labels: KnownLabels = NO_OWN_DATA
) -> str:
    """One article with its claims."""
    key = hashlib.sha256(article.id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    named = {f"c{key}-{number}": claim for number, claim in enumerate(claims, 1)}
    unanchored = {name: f"{name}-words" for name in named}
    text = _text(article, named, unanchored)
    cards = "".join(
        _card(claim, name, labels, linked=name not in unanchored, why=why) for name, claim in named.items()
    )
    count = "no claims" if not claims else "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
    about = [
        f"<bdi>{clean(piece)}</bdi>" for piece in (article.outlet, article.published, article.id) if piece
    ]
    return (
        f'<article id="a{key}">\n<p class="about">{" · ".join([*about, count])}</p>\n'
        f'<div class="reading" lang="ar" dir="rtl">{text}</div>\n'
        f'<ol class="claims" aria-label="claims">\n{cards}</ol>\n</article>\n'
    )


def _text(article: Article, claims: dict[str, Claim], unanchored: dict[str, str]) -> str:
    title = "".join(_lines(article, "title", claims, unanchored))
    lines = (f"<p>{line}</p>\n" for line in _lines(article, "text", claims, unanchored) if line)
    return (f"<h2>{title}</h2>\n" if title else "") + "".join(lines)


def _lines(article: Article, part: Part, claims: dict[str, Claim], unanchored: dict[str, str]) -> list[str]:
    marks = [mark for name, claim in claims.items() for mark in marks_of(claim, name, part)]
    return [line.html for line in marked_lines(article.part(part), marks, unanchored)]


def _card(claim: Claim, name: str, labels: KnownLabels, *, linked: bool, why: bool) -> str:
    event = event_label(claim.event)
    number = name.rpartition("-")[2]
    if linked:
        number = f'<a href="#{name}-words">{number}</a>'
    rows = [
        ("source", source_items(claim, labels) or [f"{html.escape(OWN_VOICE.en)} {ar(OWN_VOICE.ar)}"]),
        (
            "actors",
            [f"{_both(label('roles', a.role))}: {ar(a.text)}{known(a.id, labels)}" for a in claim.actors],
        ),
        ("place", place_items(claim)),
        ("time", time_items(claim)),
        ("counts", count_items(claim)),
        ("readers", [clean(phrase) for phrase in reader_phrases(claim, labels)]),
    ]
    return (
        f'<li class="claim" id="{name}" data-claims="{name}" tabindex="0"><h3>{number} '
        f"<span>{html.escape(event.en)}</span> {ar(event.ar)} <code>{html.escape(claim.event)}</code>{_notes(claim)}</h3>\n"
        f"<dl>{''.join(_row(part, items) for part, items in rows if items)}</dl>{_why(claim, why)}</li>\n"
    )


def _notes(claim: Claim) -> str:
    notes = []
    if claim.polarity != "affirmed":
        notes.append(label("polarities", claim.polarity))
    if claim.modality != "actual":
        notes.append(label("modalities", claim.modality))
    return "".join(f' <span class="note">{_both(note)}</span>' for note in notes)


def _both(name: Label) -> str:
    return f"{html.escape(name.en)} {ar(name.ar)}" if name.ar else html.escape(name.en)


def _row(part: str, items: list[str]) -> str:
    return f"<dt>{_both(PARTS[part])}</dt><dd>{'<br>'.join(items)}</dd>"


def _why(claim: Claim, why: bool) -> str:
    """Which rule and words found each part; open where it was asked for."""
    if not claim.origin:
        return ""
    rows = "".join(
        f"<dt>{clean(origin.part)}</dt><dd><code>{clean(origin.rule)}</code> {ar(origin.words)}</dd>"
        for origin in claim.origin
    )
    return f"<details{' open' if why else ''}><summary>{_both(PARTS['origin'])}</summary><dl>{rows}</dl></details>"
