"""Reasons as sentences, in English and Arabic, from one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

import yaml

from marsad.incidents.compare import Score
from marsad.model import Label
from marsad.model.incident import Reason

_FILE = Path(__file__).with_name("sentences.yml")
_MOST_NAMED = 6


@cache
def _sentences() -> dict[str, Label]:
    with _FILE.open(encoding="utf-8") as file:
        rows = cast("dict[str, dict[str, str]]", yaml.safe_load(file))
    return {code: Label(en=row["en"], ar=row["ar"]) for code, row in rows.items()}


def reason(code: str, claim: str = "", *, who: Sequence[Label] = (), what: str = "", n: int = 0) -> Reason:
    """The sentence of a code with names, a thing or a number in it.

    Raises:
        KeyError: there is no sentence for the code.
    """
    told = _sentences()[code]
    en = told.en.format(who=listed((one.en for one in who), " and "), what=what, n=n)
    ar = told.ar.format(who=listed((one.ar for one in who), " و"), what=what, n=n)
    return Reason(code, Label(en=en, ar=ar), claim)


def joined(scores: Iterable[Score], claim: str) -> tuple[Reason, ...]:
    """Why a claim is in its incident: the features that spoke for or against it, with their points."""
    return tuple(Reason(score.code, _with_points(score), claim) for score in scores if score.points != 0)


@lru_cache(maxsize=100_000)
def _with_points(score: Score) -> Label:
    told = reason(score.code, what=score.detail).text
    return Label(en=f"{told.en} {score.points:+.1f}", ar=f"{told.ar} {score.points:+.1f}")


def listed(names: Iterable[str], last: str) -> str:
    """Names in a row: "a, b and c"; more than six are cut with how many there are."""
    held = list(dict.fromkeys(names))
    if len(held) > _MOST_NAMED:
        held = [*held[: _MOST_NAMED - 1], f"+{len(held) - _MOST_NAMED + 1}"]
    return last.join((", ".join(held[:-1]), held[-1])) if len(held) > 1 else "".join(held)
