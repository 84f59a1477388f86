"""The outer wall around each article: whatever goes wrong with one, the run goes on and says so."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from marsad.articles import RawArticle
from marsad.errors import MarsadError, SetAside
from marsad.run.outcome import Outcome, Work


def attempt(work: Work, raw: RawArticle) -> Outcome:
    """Do the work for one article; a failure of any kind becomes an outcome with its reason."""
    try:
        return work(raw)
    except SetAside as refusal:
        return refused(raw, refusal)
    except Exception as error:  # noqa: BLE001 (the outer wall: one bad article must not end the run)
        return refused(raw, _fault(error))


def begun(work: Work, raw: RawArticle) -> Callable[[], Outcome]:
    """Begin the work for one article; what comes back gives its outcome, which a failure of either half becomes.

    Only where nobody can go on does a failure pass the wall: a `MarsadError` that is not of one article says that whom the
    work asks is gone (an endpoint that cannot be reached, a key that it refuses), and all later articles would be set aside by it.
    """
    try:
        finish = work.begin(raw)
    except Exception as error:  # noqa: BLE001 (the outer wall, as below)
        outcome = _fate(raw, error)
        return lambda: outcome
    return lambda: _finished(finish, raw)


def _finished(finish: Callable[[], Outcome], raw: RawArticle) -> Outcome:
    try:
        return finish()
    except Exception as error:  # noqa: BLE001 (the outer wall: one bad article must not end the run)
        return _fate(raw, error)


def _fate(raw: RawArticle, error: Exception) -> Outcome:
    if isinstance(error, SetAside):
        return refused(raw, error)
    if isinstance(error, MarsadError):
        raise error
    return refused(raw, _fault(error))


def _fault(error: Exception) -> SetAside:
    at = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {PurePath(at.filename).name}:{at.lineno}: {error}".rstrip(": ")
    return SetAside("failed", f"reading it failed, please report this: {what}")


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
