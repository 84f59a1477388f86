"""The outer wall around each article: whatever goes wrong with one, the run goes on and says so."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from marsad.articles import RawArticle
from marsad.errors import SetAside
from marsad.run.outcome import Outcome, Work


def attempt(work: Work, raw: RawArticle) -> Outcome:
    """Do the work for one article; a failure of any kind becomes an outcome with its reason."""
    try:
        return work(raw)
    except SetAside as refusal:
        return refused(raw, refusal)
    except Exception as error:  # noqa: BLE001 (the outer wall: one bad article must not end the run)
        at = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {PurePath(at.filename).name}:{at.lineno}: {error}".rstrip(": ")
        return refused(raw, SetAside("failed", f"reading it failed, please report this: {what}"))


def refused(raw: RawArticle, refusal: SetAside) -> Outcome:
    """The outcome of an article that is set aside."""
    return Outcome(where=raw.where, refusal=refusal)


def once_each(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Set aside every article whose id came before in this run, since claims refer to their article by it.

    Only hashes are kept: some 60 bytes for each article.
    """
    seen: set[int] = set()
    for outcome in outcomes:
        if outcome.article is None:
            yield outcome
        elif (key := hash(outcome.article)) in seen:
            refusal = SetAside("duplicate_id", f"an article with the id {outcome.article!r} came before it")
            yield replace(outcome, output="", claims=0, characters=0, refusal=refusal)
        else:
            seen.add(key)
            yield outcome
