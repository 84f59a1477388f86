"""What ``marsad import brat``, ``inception`` and ``label-studio`` do: read, write the articles, and say what was set aside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from marsad.annotations import (
    POINTS,
    Annotated,
    Refused,
    Wanted,
    read_brat,
    read_cards,
    read_inception,
    read_label_studio,
    read_terms,
)
from marsad.cli.lines import safe_line
from marsad.cli.sinks import sink_of
from marsad.cli.terminal import printable
from marsad.errors import InputError

DONE, FAILED, SOME_SET_ASIDE = 0, 1, 3
_READERS: Mapping[str, Callable[[Path, Wanted], Iterator[Annotated | Refused]]] = {
    "brat": read_brat,
    "inception": read_inception,
    "label-studio": read_label_studio,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of these commands, as click gives them."""

    path: Path
    output: Path | None = None
    mapping: Path | None = None
    articles: Path | None = None
    annotator: str | None = None


def run_import(form: str, asked: Asked) -> int:
    """Write the annotated articles as JSON lines and give the exit code."""
    wanted = Wanted(
        terms=read_terms(asked.mapping), cards=read_cards(asked.articles), annotator=asked.annotator
    )
    counts: Counter[str] = Counter()
    lines = _lines(form, _READERS[form](asked.path, wanted), counts)
    with sink_of(asked.output) as sink:
        for line in lines:
            sink.write(line, "jsonl")
    for said in _told(counts):
        click.echo(f"marsad: {said}", err=True)
    if not counts["set aside"]:
        return DONE
    return SOME_SET_ASIDE if counts["articles"] else FAILED


def _lines(form: str, documents: Iterator[Annotated | Refused], counts: Counter[str]) -> Iterator[str]:
    """The lines of articles; what was set aside is said at once."""
    taken: set[str] = set()
    for document in documents:
        refused = [document] if isinstance(document, Refused) else document.refused
        counts["set aside"] += len(refused)
        for one in refused:
            click.echo(f"marsad: set aside: {printable(str(one))}", err=True)
        if isinstance(document, Refused):
            continue
        article = document.article
        counts["articles"] += 1
        counts["claims"] += len(article["claims"])
        if (
            document.counting != POINTS and form != "inception"
        ):  # (whose offsets are UTF-16 units by definition)
            counts[f"counted in {document.counting}"] += 1
        if article["id"] in taken:
            raise InputError(f"there are two articles {article['id']!r}: give them ids of their own")
        taken.add(article["id"])
        yield safe_line(json.dumps(article, ensure_ascii=False))


def _told(counts: Counter[str]) -> list[str]:
    ways = {name: number for name, number in counts.items() if name.startswith("counted in ")}
    lines = [f"{counts['articles']:,} articles with {counts['claims']:,} claims"]
    lines += [f"{number:,} of them {name}" for name, number in sorted(ways.items())]
    if counts["set aside"]:
        lines.append(f"{counts['set aside']:,} annotations or values set aside")
    return lines
