"""The work in this process or in several, with the outcomes in the order of the input."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from marsad.articles import RawArticle
from marsad.run.outcome import Crew, Outcome, Work
from marsad.run.setaside import attempt, begun

_BETWEEN_COLLECTIONS = 1_000_000
"""Objects made and not freed between two collections of garbage: nearly all that an article makes is freed when it has been read."""


def outcomes(raws: Iterable[RawArticle], work: Work, crew: Crew) -> Iterator[Outcome]:
    """What becomes of each raw article, in order.

    Raises:
        MarsadError: what the work needs cannot be loaded; or, in the middle, whom the work asks is gone for good.
    """
    gc.disable()  # nothing of what is loaded is garbage
    work.load()
    gc.enable()
    if not gc.get_freeze_count():  # again and again, a desk that runs for weeks would keep all its garbage
        gc.freeze()  # what is loaded stays: collections need not look at it, and forked workers share its pages
    gc.set_threshold(_BETWEEN_COLLECTIONS, 20, 50)
    if crew.ahead > 1:
        return _begun_ahead(raws, work, crew.ahead)
    if crew.jobs == 1:
        return (attempt(work, raw) for raw in raws)
    from marsad.run.foreman import Foreman

    return Foreman(raws, work, crew).outcomes()


def _begun_ahead(raws: Iterable[RawArticle], work: Work, ahead: int) -> Iterator[Outcome]:
    """The outcomes in order, with up to so many articles begun: while one waits for answers, the next are asked about."""
    waiting: deque[Callable[[], Outcome]] = deque()
    for raw in raws:
        waiting.append(begun(work, raw))
        if len(waiting) >= ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()
