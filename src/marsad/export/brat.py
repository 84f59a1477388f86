"""brat's standoff: a folder with a ``.txt`` and an ``.ann`` file for each article, and the configuration by which brat shows it.

The text of a document is the article's title, a line end and its text, so a span of the text stands at its offset plus the title's length plus one; ``articles.jsonl`` beside the files says
where the text begins (``text_from``), and which article each file is. What is marked how, docs/reference/annotation-scheme.md says; `marsad import brat` reads it back to the same claims.

Two rules of brat shape the lines: a ``T`` line holds no line end, so that words that run over one are given in pieces, and a type holds no dot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marsad.annotations import CARDS, CHOICES, EVENT, Laid, LaidMark, document_name, tool_label
from marsad.export.base import ArticleHead, ArticleRecord, Making, Record
from marsad.export.brat_settings import ATTRIBUTES, settings_files
from marsad.export.bundle import bundle_at
from marsad.export.encoding import encode
from marsad.export.laid import laid_of

# What str.splitlines takes for the end of a line, and the tab, which ends a column.
_CUT = re.compile("[\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029]+")
_ESCAPED = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Brat:
    """Writes the folder."""

    def __init__(self, path: Path, making: Making) -> None:
        """``path`` is a folder that is there and empty, or a ZIP file to be made."""
        self._bundle = bundle_at(path)
        self._names: set[str] = set()
        # In a ZIP one file comes after the other, so the cards wait beside it until all articles are in.
        self._cards = path.with_name(path.name + ".cards").open("w+b")
        for name, text in settings_files().items():
            self._put(name, text)

    def feed(self, record: Record) -> None:
        """Take an article."""
        if not isinstance(record, ArticleRecord):
            return
        laid = laid_of(record)
        name = document_name(record.head.id, self._names)
        self._put(f"{name}.txt", laid.document)
        self._put(f"{name}.ann", "".join(ann_lines(laid)))
        self._cards.write(_json(_card(name, record.head, laid.text_from)).encode("utf-8", "replace") + b"\n")

    def finish(self) -> None:
        """Write the list of articles."""
        with self._cards as cards:
            cards.seek(0)
            self._bundle.put(CARDS, cards.read())
        Path(cards.name).unlink()
        self._bundle.close()

    def _put(self, name: str, text: str) -> None:
        self._bundle.put(name, text.encode("utf-8", "replace"))


def _card(name: str, head: ArticleHead, text_from: int) -> dict[str, Any]:
    return {
        "id": head.id, "file": name, "title": head.title, "text_from": text_from, "published": head.published, "outlet": head.outlet, "url": head.url,
    }  # fmt: skip


def ann_lines(laid: Laid) -> Iterator[str]:
    """The lines of an ``.ann`` file, each with its line end."""
    events: dict[int, str] = {}
    numbers = {"A": 0, "#": 0, "R": 0}
    if laid.text_from and laid.document[: laid.text_from].strip():
        yield _text_line("T0", "title", laid, (0, laid.text_from - 1))[0]
    for index, mark in enumerate(laid.marks):
        line, span = _text_line(f"T{index + 1}", tool_label(mark.label), laid, (mark.start, mark.end))
        if not line:
            continue
        yield line
        target = f"T{index + 1}"
        if mark.kind == EVENT:
            target = events[index] = f"E{len(events) + 1}"
            yield _event_line(target, index, mark, events)
        elif mark.links:
            for role, other in mark.links:
                numbers["R"] += 1
                yield f"R{numbers['R']}\t{role.capitalize()} Arg1:{target} Arg2:T{other + 1}\n"
        if mark.values or span:
            yield from _value_lines(target, mark, span, numbers)


def _text_line(identity: str, label: str, laid: Laid, ends: tuple[int, int]) -> tuple[str, list[int]]:
    """A ``T`` line, and where in the article the mark is where the line itself cannot say; "" where there are only blanks."""
    start, end = ends
    words = laid.document[start:end]
    if not _CUT.search(words) and words == words.strip():
        return f"{identity}\t{label} {start} {end}\t{words}\n" if words else "", []
    pieces = []
    at = 0
    for cut in (*_CUT.finditer(words), None):
        piece = words[at : cut.start() if cut else len(words)]
        if piece.strip():
            begin = start + at + len(piece) - len(piece.lstrip())
            pieces.append((begin, begin + len(piece.strip())))
        at = cut.end() if cut else 0
    if not pieces:
        return "", []
    offsets = ";".join(f"{begin} {stop}" for begin, stop in pieces)
    quoted = " ".join(laid.document[begin:stop] for begin, stop in pieces)
    shift = laid.text_from if start >= laid.text_from else 0
    exact = [] if (pieces[0][0], pieces[-1][1]) == ends else [start - shift, end - shift]
    return f"{identity}\t{label} {offsets}\t{quoted}\n", exact


def _event_line(identity: str, index: int, mark: LaidMark, events: Mapping[int, str]) -> str:
    """An ``E`` line: its parts with their roles, numbered from the second on."""
    parts, times = [], dict[str, int]()
    for role, other in mark.links:
        times[role] = times.get(role, 0) + 1
        number = times[role] if times[role] > 1 else ""
        parts.append(f" {role.capitalize()}{number}:{events.get(other) or f'T{other + 1}'}")
    return f"{identity}\t{tool_label(mark.label)}:T{index + 1}{''.join(parts)}\n"


def _value_lines(target: str, mark: LaidMark, span: list[int], numbers: dict[str, int]) -> Iterator[str]:
    """An ``A`` line for each value that is one of a list, and a note with the others."""
    noted: dict[str, Any] = {"span": span} if span else {}
    names = ATTRIBUTES.get(mark.kind, {})
    for name, value in mark.values.items():
        if name in names and name in CHOICES.get(mark.kind, ()):
            numbers["A"] += 1
            yield f"A{numbers['A']}\t{names[name]} {target} {value}\n"
        elif name in names:
            numbers["A"] += 1
            yield f"A{numbers['A']}\t{names[name]} {target}\n"
        else:
            noted[name] = value
    if noted:
        numbers["#"] += 1
        yield f"#{numbers['#']}\tAnnotatorNotes {target}\t{_json(noted)}\n"


def _json(tree: dict[str, Any]) -> str:
    """JSON in one line, whatever takes a character for the end of one."""
    text = encode(tree).decode("utf-8")
    return text if text.isprintable() else text.translate(_ESCAPED)
