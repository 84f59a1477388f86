"""What ``marsad agreement`` does: take the claims that two coded from a project or from two files, measure, and print."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from marsad.cli.evaluating_lines import say_articles, write_lines
from marsad.cli.ingesting import project_of
from marsad.cli.lines import safe_line
from marsad.cli.output import Output
from marsad.cli.rows import Sheet, islands
from marsad.cli.terminal import colour_wanted, columns
from marsad.errors import InputError
from marsad.run.agreement import (
    FIELDS,
    Confusion,
    FieldAgreement,
    Pair,
    agreement_of,
    coded_twice,
    confusions_of,
)
from marsad.run.evaluating_coders import Texts, agreement_of_files, coded_files, differing
from marsad.store import Store, versions_of

_NO_UNITS = "no claim that two coded has a value here"
_NO_VARIATION = "all values are the same, so agreement cannot be told from chance"
_TABLES = ("decision", "event", "polarity", "modality", "stance")
"""The fields of which confusions are shown where none is named: their values are few."""
_OVERLAP = {"found": "F1 of the claims that both have", "evidence": "F1 of the characters that both marked"}
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is printed, as click gives it."""

    form: str = "table"
    field: str | None = None
    confusions: bool = False
    differences: str | None = None


def agreement_in_project(folder: Path | None, shown: Shown) -> None:
    """Print how far the coders of a project agree.

    Raises:
        InputError: there is no project, or ``shown`` names a field that it does not have.
    """
    store = project_of(folder).open()
    try:
        with store.database.reading() as connection:
            pairs = coded_twice(connection)
        _show(pairs, agreement_of(pairs), shown, _texts_of(store))
    finally:
        store.close()


def agreement_in_files(files: tuple[str, str], shown: Shown) -> None:
    """Print how far two annotated files agree.

    Raises:
        InputError: something in them cannot be used, or ``shown`` names a field that they do not have.
    """
    coded = coded_files(*files, _names(files))
    what = "articles are in {} only, and count nowhere"
    say_articles(coded.only_one, what.format(files[0]))
    say_articles(coded.only_other, what.format(files[1]))
    _show(coded.pairs, agreement_of_files(coded), shown, lambda pair: coded.articles[pair.first.article])


def _names(files: tuple[str, str]) -> tuple[str, str]:
    """What to call the coders: the names of the files, or all of the paths where these are the same."""
    one, other = (Path(file).name for file in files)
    return (one, other) if one != other else files


def _texts_of(store: Store) -> Texts:
    @lru_cache(maxsize=100)
    def texts(article: str, version: int) -> dict[str, str] | None:
        with store.database.reading() as connection:
            found = next(versions_of(connection, article, version), None)
        return {"text": found.text, "title": found.title} if found else None

    return lambda pair: texts(pair.first.article, pair.first.version)


def _show(pairs: Sequence[Pair], found: Sequence[FieldAgreement], shown: Shown, texts: Texts) -> None:
    wanted = [one for one in found if shown.field in (None, one.field)]
    if not wanted:
        raise InputError(f"field={shown.field!r} is none of {', '.join(one.field for one in found)}")
    if shown.differences:
        count = write_lines(shown.differences, (one.data() for one in differing(pairs, wanted, texts)))
        click.echo(f"marsad: {count:,} differences", err=True)
    if shown.differences == "-":
        return
    confused = _confusions(pairs, wanted, shown) if shown.confusions else []
    with Output() as output:
        output.write(_printed((pairs, wanted, confused), shown), shown.form)


def _confusions(pairs: Sequence[Pair], wanted: Sequence[FieldAgreement], shown: Shown) -> list[Confusion]:
    names = [one.field for one in wanted if one.field in (_nominal() if shown.field else _TABLES)]
    if not names:
        raise InputError(f"there are no confusions of {shown.field}: it has no values that could be confused")
    return [row for name in names for row in confusions_of(pairs, name)]


def _nominal() -> list[str]:
    return [name for name, (level, _) in FIELDS.items() if level == "nominal"]


_Found = tuple[Sequence[Pair], Sequence[FieldAgreement], Sequence[Confusion]]


def _printed(found: _Found, shown: Shown) -> str:
    if shown.form == "json":
        return safe_line(json.dumps(_data(found, shown), ensure_ascii=False))
    sheet = Sheet(width=shutil.get_terminal_size((100, 24)).columns, colour=colour_wanted(sys.stdout))
    return "\n".join(_lines(found, sheet)) + "\n"


def _data(found: _Found, shown: Shown) -> dict[str, Any]:
    pairs, wanted, confused = found
    data: dict[str, Any] = {"claims": len(pairs), "fields": [_field(one) for one in wanted]}
    if shown.confusions:
        data["confusions"] = [
            {
                "field": row.field, "coder": row.coder, "other": row.other, "value": row.value, "other_value": row.other_value,
                "claims": list(row.claims),
            }
            for row in confused
        ]  # fmt: skip
    return data


def _field(one: FieldAgreement) -> dict[str, Any]:
    numbers = {"alpha": one.alpha, "low": one.low, "high": one.high}
    rounded = {name: None if value is None else round(value, _MOST_DIGITS) for name, value in numbers.items()}
    return {
        "field": one.field, "level": one.level, **rounded, "units": one.units, "coders": one.coders, "differing": list(one.differing),
        "why": _why(one),
    }  # fmt: skip


def _why(one: FieldAgreement) -> str | None:
    """Why there is no number; None where there is one."""
    if one.alpha is not None:
        return None
    return _NO_VARIATION if one.units else _NO_UNITS


def _lines(found: _Found, sheet: Sheet) -> Iterator[str]:
    pairs, wanted, confused = found
    both = sum(pair.mine is not None and pair.theirs is not None for pair in pairs)
    yield f"{len(pairs):,} claims, {both:,} of which both coders have"
    yield ""
    yield sheet.paint(f"{'field':<12}{'alpha':<26}{'claims':>8}{'differing':>11}{'coders':>8}", "dim")
    for one in wanted:
        yield f"{one.field:<12}{_alpha(one):<26}{one.units:>8,}{len(one.differing):>11,}{one.coders:>8,}{_note(one)}"
    fields = dict.fromkeys((row.field, row.coder, row.other) for row in confused)
    for field, coder, other in fields:
        yield ""
        yield sheet.paint(f"{field}: {islands(coder)} said, {islands(other)} said, claims", "dim")
        for row in confused:
            if (row.field, row.coder, row.other) == (field, coder, other):
                yield f"  {_padded(row.value)}{_padded(row.other_value)}{len(row.claims):>6,}"


def _alpha(one: FieldAgreement) -> str:
    if one.alpha is None:
        return "unknown"
    interval = f" [{one.low:.3f}, {one.high:.3f}]" if one.low is not None and one.high is not None else ""
    return f"{one.alpha:.3f}{interval}"


def _note(one: FieldAgreement) -> str:
    note = _why(one) or _OVERLAP.get(one.field)
    return f"  {note}" if note else ""


def _padded(value: str) -> str:
    text = islands(value) or "(none)"
    return text + " " * max(1, 28 - columns(text))
