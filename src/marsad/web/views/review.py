"""One claim to be decided, with all that is around it: its text, what comes next and came before, how far the work is.

Who codes a claim a second time must not learn what the first coder decided: everything here is asked for under the name of who looks, nothing is said of what was decided
about other claims, and the queue cannot be narrowed by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.model import Article
from marsad.store import versions_of
from marsad.store.reads import Filters, filters_from
from marsad.store.reads.article import ArticleClaim, claims_of, head_of
from marsad.store.reads.article_queue import (
    Waiting,
    article_of_claim,
    decided_since,
    described,
    still_open,
    within,
)
from marsad.store.reviewing import (
    ORDERS,
    Progress,
    Queue,
    Standing,
    corrected,
    progress,
    queue,
    review_settings,
    shown,
    standing,
)
from marsad.store.sensitive import Mark, standing_marks
from marsad.web.leases import Leases
from marsad.web.views.article import Card, cards_of, model_of
from marsad.web.views.marks import NO_WORDS, Block, MarkedText, Words, marked_text
from marsad.web.views.readers import SideBySide, side_by_side, words_in

PARTS = ("first", "second")
SHOWN = 20
"""Claims in the list of what comes next."""
_AHEAD = 60
"""Claims that are looked at for the next article, and for one that nobody else has."""
_KEPT = 600
"""Claims whose order is asked for at once; narrowed by much, the question takes longer than a decision may."""
_ROOM = 12_000
"""Characters of the text before and after the claim that are shown; more is told and linked."""
_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which claims somebody reviews, and as what."""

    who: str
    part: str = "first"
    order: str = "risk"
    seed: str = ""
    filters: Filters = field(default_factory=Filters)

    def queue(self, connection: Connection, after: str = "") -> Queue:
        """The queue behind a claim, or from its beginning."""
        rest = replace(self.filters, article=None, incident=None)
        return Queue(
            who=self.who, part=self.part, order=self.order, seed=self.seed, article=self.filters.article, incident=self.filters.incident,
            within=within(connection, rest), after=after, most=_KEPT,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The text around a claim: blocks of it, and how many characters are not shown before and after them."""

    marked: MarkedText
    blocks: Sequence[Block]
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A claim that is before somebody.

    Attributes:
        claim: Its id; "" where nothing waits.
        previous: The claim that came before it; ``previous_article`` the one before it in another article.
        following: The claim that comes next; ``next_article`` the next in another article.
        blind: Whether the machine's reading is not shown.
        both: What two readers made of it, where they differ and it is shown.
        taken: Who else has it before them; "" where nobody does.
        held: What is held back from exports.
        pace: How many this person decided within the last hour.
    """

    scope: Scope
    progress: Progress
    pace: int
    waiting: Sequence[Waiting] = ()
    claim: str = ""
    base: Mapping[str, Any] | None = None
    standing: Standing | None = None
    card: Card | None = None
    article: Article | None = None
    around: Around | None = None
    previous: str = ""
    previous_article: str = ""
    following: str = ""
    next_article: str = ""
    blind: bool = False
    both: SideBySide | None = None
    taken: str = ""
    held: Mapping[tuple[str, str], Mark] = field(default_factory=dict)


def scope_of(pairs: Sequence[tuple[str, str]], who: str) -> Scope:
    """What an address asks to review.

    Raises:
        InputError: a value is none, or second coding is narrowed by what was decided.
    """
    asked = dict(pairs)
    part, order = asked.get("part", "first"), asked.get("order", "risk")
    for name, value, allowed in (("part", part, PARTS), ("order", order, ORDERS)):
        if value not in allowed:
            raise InputError(f"{name}={value} is none of {', '.join(allowed)}")
    filters = filters_from(pairs)
    if part == "second" and filters.review:
        raise InputError("what is coded a second time cannot be narrowed by what was decided first")
    return Scope(who=who, part=part, order=order, seed=asked.get("seed", "")[:80], filters=filters)


def work_of(connection: Connection, scope: Scope, leases: Leases, claim: str = "") -> Work | None:
    """A claim with what is around it, or the first one that waits where none is named; None where there is no such claim.

    Args:
        connection: A reading connection.
        scope: Whose work it is.
        leases: Who has what before them; the claim is taken.
        claim: Its id, also one that it had before.
    """
    who, part = scope.who, scope.part
    empty = Work(
        scope=scope, progress=progress(connection, part, who), pace=decided_since(connection, who, _HOUR)
    )
    if not claim:
        claim = first_free(connection, scope, leases)
        if not claim:
            return empty
    if article_of_claim(connection, claim) is None and not _followed(connection, claim):
        return None
    stands = standing(connection, claim, part, who)
    claim = stands.claim
    article = article_of_claim(connection, claim) or ""
    waiting = _ahead(connection, scope, leases, claim)
    leases.came_to(claim, article, part, who)
    previous, previous_article = leases.before(claim, part, who)
    has_it = leases.take(claim, part, who)
    return replace(
        _shown(connection, empty, stands, article), waiting=waiting[:SHOWN], previous=previous, previous_article=previous_article,
        following=waiting[0].id if waiting else "", next_article=next((one.id for one in waiting if one.article != article), ""),
        taken="" if has_it else leases.holder(claim, part) or "",
    )  # fmt: skip


def first_free(connection: Connection, scope: Scope, leases: Leases, after: str = "") -> str:
    """The next claim that nobody else has, behind one or from the beginning; "" where nothing waits."""
    found = _ahead(connection, scope, leases, after)
    return found[0].id if found else ""


def _ahead(connection: Connection, scope: Scope, leases: Leases, after: str) -> list[Waiting]:
    """What comes next; once the end is reached, what was passed over."""
    kept = leases.behind(scope, after) if after else None
    found = still_open(connection, scope.who, scope.part, kept[:_AHEAD]) if kept else []
    if not found or (len(found) <= SHOWN and len(kept or ()) > _AHEAD):
        found = queue(connection, scope.queue(connection, after)) if after else []
        found = found or queue(connection, scope.queue(connection))
        leases.keep_next(scope, [*([after] if after else []), *found])
    free = leases.free([one for one in found[:_AHEAD] if one != after], scope.part, scope.who)
    return described(connection, free)


def _followed(connection: Connection, claim: str) -> bool:
    try:
        standing(connection, claim)
    except InputError:
        return False
    return True


def _shown(connection: Connection, empty: Work, stands: Standing, identity: str) -> Work:
    scope = empty.scope
    head = head_of(connection, identity)
    article = next(versions_of(connection, identity, head.version if head else None))
    others = claims_of(connection, identity, scope.who)
    base = shown(connection, stands.claim, "second" if stands.hidden else scope.part)
    known = next((one for one in others if one.id == stands.claim), None)
    edit = {} if stands.hidden else dict(stands.edit or {})
    second = scope.part == "second" or stands.hidden
    blind = second and review_settings(connection).blind == "machine"
    one = ArticleClaim(
        id=stands.claim, claim=corrected(base, edit), was={name: base.get(name) for name in edit}, state="machine",
        incident=known.incident if known else None, status=known.status if known else None, added=bool(known and known.added),
        hidden=blind and not edit,
    )  # fmt: skip
    both = None if blind or one.hidden else side_by_side(base, one.claim, article)
    beside = () if blind else tuple(other for other in others if other.id != one.id)
    return replace(
        empty, claim=stands.claim, base=base, standing=stands, card=cards_of([one], article)[0], article=article,
        around=around_claim(article, one, beside, words_in(both) if both else NO_WORDS), blind=blind, both=both, held=standing_marks(connection),
    )  # fmt: skip


def around_claim(
    article: Article, one: ArticleClaim, beside: Sequence[ArticleClaim], words: Mapping[str, Words] = NO_WORDS
) -> Around:
    """The text around a claim, its words marked, faintly those of the claims beside it, and ``words`` that other things on the page lead to."""
    others = [model_of(other, article.id) for other in beside]
    marked = marked_text(article, [("1", model_of(one, article.id))], others=others, words=words)
    first = one.claim["evidence"][0]
    at = first["start"] if first.get("in", "text") == "text" else 0
    if len(article.text) <= 3 * _ROOM:
        return Around(marked=marked, blocks=marked.blocks)
    ends = [*(block.start for block in marked.blocks[1:]), len(article.text)]
    near = [
        number
        for number, (block, end) in enumerate(zip(marked.blocks, ends, strict=True))
        if end > at - _ROOM and block.start < at + _ROOM
    ]
    low, high = near[0], near[-1]
    return Around(
        marked=marked, blocks=marked.blocks[low : high + 1], before=marked.blocks[low].start, after=len(article.text) - ends[high]
    )  # fmt: skip
