"""The table for people: an article's heading, then each of its claims with who, where, when and the words.

Nothing is aligned to the right: a line is English up to the Arabic, and each piece of Arabic is an island
(`marsad.cli.terminal.isolated`), so that the terminal orders the letters and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from marsad.cli.labels import OWN_VOICE, PARTS, event_label
from marsad.cli.phrases import (
    actor_phrases,
    count_phrases,
    event_notes,
    place_phrases,
    reader_phrases,
    source_phrases,
    time_phrases,
)
from marsad.cli.terminal import columns, isolated, printable, wrapped
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.run import KnownLabels

_INDENT = 4
_KEY_WIDTH = 18
_MIN_WIDTH = 40
_MAX_WIDTH = 140
_EVIDENCE_LINES = 3
_CODES = {"bold": "1", "dim": "2", "event": "1;36", "warn": "33", "source": "34"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """How wide, whether in colour, and whether each part is explained."""

    width: int = 100
    colour: bool = False
    why: bool = False
    labels: KnownLabels = field(default_factory=KnownLabels)

    @property
    def columns(self) -> int:
        """The width that is used: lines longer than 140 columns are hard to read."""
        return max(_MIN_WIDTH, min(self.width, _MAX_WIDTH))

    def paint(self, text: str, colour: str) -> str:
        """The text in that colour, if colours are wanted."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self.colour else text


def article_table(article: Article, claims: list[Claim], style: TableStyle) -> str:
    """One article as lines of text, with an empty line at the end."""
    lines = list(_heading(article, claims, style))
    for number, claim in enumerate(claims, 1):
        lines += _claim(article, claim, number, style)
    return "\n".join(lines) + "\n\n"


def _heading(article: Article, claims: list[Claim], style: TableStyle) -> Iterator[str]:
    yield style.paint("━" * style.columns, "dim")
    title = printable(article.title)
    for line in wrapped(title, style.columns):
        yield style.paint(isolated(line), "bold")
    about = [printable(piece) for piece in (article.outlet, article.published, article.id) if piece]
    count = "no claims" if not claims else "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
    for line in wrapped(" · ".join([*map(isolated, about), count]), style.columns):
        yield line


def _claim(article: Article, claim: Claim, number: int, style: TableStyle) -> Iterator[str]:
    event = event_label(claim.event)
    pieces = [
        (f"{number:>3} {event.en}", "event"),
        (isolated(event.ar) if event.ar else "", ""),
        (claim.event, "dim"),
    ]
    pieces += [(note, "warn") for note in event_notes(claim)]
    yield ""
    yield from _packed([piece for piece in pieces if piece[0]], style)
    yield from _row(
        "source", source_phrases(claim, style.labels) or [f"{OWN_VOICE.en} {isolated(OWN_VOICE.ar)}"], style
    )
    yield from _row("actors", actor_phrases(claim, style.labels), style)
    yield from _row("place", place_phrases(claim), style)
    yield from _row("time", time_phrases(claim), style)
    yield from _row("counts", count_phrases(claim), style)
    yield from _row("readers", reader_phrases(claim, style.labels), style)
    yield from _evidence(article, claim, style)
    if style.why:
        yield from _origin(claim, style)


def _packed(pieces: list[tuple[str, str]], style: TableStyle) -> Iterator[str]:
    """As many pieces on a line as fit, each whole and in its colour."""
    line, used = "", 0
    for text, colour in pieces:
        size = columns(text)
        if line and used + 2 + size > style.columns:
            yield line
            line, used = "", 0
        before = "  " if line else " " * _INDENT if used == 0 and colour != "event" else ""
        line += before + (style.paint(text, colour) if colour else text)
        used += len(before) + size
    yield line


def _key(part: str, style: TableStyle) -> str:
    name = PARTS[part]
    text = f"{name.en} {isolated(name.ar)}"
    padding = " " * (_KEY_WIDTH - columns(text))
    return " " * _INDENT + style.paint(text, "dim") + padding


def _row(part: str, phrases: list[str], style: TableStyle) -> Iterator[str]:
    """One line for each phrase, the first with the part's name before it."""
    room = style.columns - _INDENT - _KEY_WIDTH
    key = _key(part, style)
    for phrase in phrases:
        for line in wrapped_islands(phrase, room):
            yield f"{key}{line}"
            key = " " * (_INDENT + _KEY_WIDTH)


def wrapped_islands(phrase: str, room: int) -> list[str]:
    """Wrap a phrase; an island that is cut by the end of a line is closed there and opened again on the next."""
    lines, open_island = [], False
    for line in wrapped(phrase, room):
        text = f"\u2068{line}" if open_island else line
        open_island = text.count("\u2068") > text.count("\u2069")
        lines.append(f"{text}\u2069" if open_island else text)
    return lines


def _evidence(article: Article, claim: Claim, style: TableStyle) -> Iterator[str]:
    room = style.columns - _INDENT - _KEY_WIDTH
    shown = claim.evidence if style.why else claim.evidence[:1]
    lines: list[str] = []
    for evidence in shown:
        passage = wrapped(printable(article.words(evidence.span)), room - 2)
        cut = passage if style.why else passage[:_EVIDENCE_LINES]
        if len(cut) < len(passage):
            cut[-1] += " …"
        lines += [isolated(line) for line in cut]
    more = len(claim.evidence) - len(shown)
    if more:
        lines.append(f"and {more} more passage{'s' if more > 1 else ''}")
    key = _key("evidence", style)
    for line in lines:
        yield f"{key}{line}"
        key = " " * (_INDENT + _KEY_WIDTH)


def _origin(claim: Claim, style: TableStyle) -> Iterator[str]:
    phrases = []
    for origin in claim.origin:
        words = f" {isolated(printable(origin.words))}" if origin.words else ""
        phrases.append(f"{origin.part}: {origin.rule}{words}")
    yield from _row("origin", phrases, style)
