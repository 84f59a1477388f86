"""Which words of time say when an event happened.

First those of its own clause, then others of its sentence: "قال الوزير أمس إن القوات انسحبت" gives the withdrawal the day of the saying,
for nothing nearer speaks. What stands in a relative clause belongs to that clause: in "قُتل جندي في المدينة التي قُصفت الشهر الماضي" the
month is the bombardment's. Distance is counted in words, and each boundary between counts as several.

A sentence without words of time inherits those of the event before where both tell one story (CODEBOOK section 10.12): "القصف" after a
dated bombardment, the dead after the strike, another call by the same speaker. ``inherit_times`` has these ties as rules,
each with the number of sentences that it reaches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from marsad.arabic.dates import find_times
from marsad.claims.candidate import Candidate
from marsad.claims.names import content
from marsad.claims.view import RELATIVES, SUBORDINATORS
from marsad.model.interval import After, Ago, Dated, MonthDay, Near, Night, TimeExpr, Weekday, Window
from marsad.model.reading import Reading, Token

_RELATIVES = RELATIVES - {"مما", "ما"}
_POINTS = (Near, Night, Weekday, MonthDay)
_BOUNDARY = 6
_COMMA = 3
_RELATIVE = 40
_NEAR_RELATIVE = 2
_FAR = 70
_COMPLEMENT = 24
_FAR_COARSE = 45

_ACTS = frozenset(("strike", "fight", "blast", "territory"))
_EFFECTS = frozenset(("harm", "damage", "people"))
_WORDS = frozenset(("say", "talks"))
_OCCASIONS = frozenset(("say", "talks", "protest", "law"))
_BACK = 48
"""Candidates that are looked back over; it bounds the work on a text without sentences."""
_SENTENCES = 6
_LEAD = 4


def times_of(reading: Reading) -> Mapping[int, Sequence[TimeExpr]]:
    """The expressions of time of a reading by the index of their sentence; found once."""
    found: dict[int, list[TimeExpr]] | None = reading.memo.get("times")
    if found is None:
        found = {}
        for expr in find_times(reading.tokens):
            found.setdefault(reading.sentence_at(expr.first), []).append(expr)
        reading.memo["times"] = found
    return found


def time_for(reading: Reading, first: int, last: int) -> TimeExpr | None:
    """The expression that governs the trigger at tokens ``first:last``, from its own sentence, or None."""
    best, least = None, 0
    for found in times_of(reading).get(reading.sentence_at(first), ()):
        cost = _cost(reading.tokens, first, last, found)
        expr = _seen_from(reading.tokens, first, found, cost)
        if isinstance(expr.when, After) and expr.when.base is None:
            continue
        if cost < (_FAR if is_day(expr) else _FAR_COARSE) and (best is None or cost < least):
            best, least = expr, cost
    return best


def _seen_from(tokens: Sequence[Token], first: int, expr: TimeExpr, cost: int) -> TimeExpr:
    """An expression as the trigger sees it: in "بعد يوم من القصف" the bombardment was a day ago.

    What happened a day after it is the news, and its day the article's.
    """
    when = expr.when
    if not isinstance(when, After) or when.amount <= 0 or expr.last >= first or cost > _COMPLEMENT:
        return expr
    if tokens[expr.last].form not in ("من", "علي"):
        return expr
    ago = Window("hour") if when.unit == "hour" else Ago(when.unit, when.amount)
    return replace(expr, when=ago)


def is_day(expr: TimeExpr) -> bool:
    """Whether an expression says the day, and not a week, a month or a stretch of time."""
    when = expr.when
    return isinstance(when, _POINTS) or (isinstance(when, Dated) and when.day is not None)


def _cost(tokens: Sequence[Token], first: int, last: int, expr: TimeExpr) -> int:
    """How far an expression is from a trigger: words, and boundaries of clauses between them."""
    if first <= expr.first < last:
        return 0
    behind = expr.first >= last
    start, stop = (last, expr.first) if behind else (expr.last, first)
    cost = stop - start
    if cost >= _FAR:
        return cost  # too far already, and what lies between only adds to it
    for index in range(start, stop):
        form = tokens[index].form
        if form in _RELATIVES:
            far = behind and index - last > _NEAR_RELATIVE
            cost += _RELATIVE if far else 0
        elif form in SUBORDINATORS:
            cost += _BOUNDARY
        elif form in "،,":
            cost += _COMMA
        elif form in ":؛":
            cost += _BOUNDARY
    return cost


def inherit_times(candidates: Sequence[Candidate]) -> None:
    """Give candidates without words of time those of the event before that they go on telling.

    Args:
        candidates: All of an article in order of the text, with the times of their own sentences.
    """
    own = [candidate.time is not None for candidate in candidates]
    _title_times(candidates)
    for index, candidate in enumerate(candidates):
        if candidate.time is not None:
            continue
        for before in range(index - 1, max(-1, index - 1 - _BACK), -1):
            other = candidates[before]
            if candidate.view.index - other.view.index > _SENTENCES:
                break
            rule = _tie(other, candidate) if own[before] and not _ahead(other, candidate) else ""
            if rule:
                candidate.time = other.time
                candidate.origin["time"] = (rule, "")
                break


def _title_times(candidates: Sequence[Candidate]) -> None:
    """A headline has its time from the first lines that tell the same."""
    for candidate in candidates:
        if candidate.view.tokens[candidate.hit.first].part != "title":
            break
        if candidate.time is None:
            told = (c for c in candidates if 0 < c.view.index <= _LEAD and c.event == candidate.event)
            candidate.time = next((c.time for c in told if c.time is not None and is_day(c.time)), None)
            if candidate.time is not None:
                candidate.origin["time"] = ("the same event in the lead", "")


def best_time(members: Sequence[Candidate]) -> TimeExpr | None:
    """The time of a claim from all its mentions: said before inherited, a day before a stretch, then the first."""
    known = [member for member in members if member.time is not None]
    if not known:
        return None
    return min(known, key=lambda member: ("time" in member.origin, not _says_day(member))).time


def _says_day(candidate: Candidate) -> bool:
    """Whether a candidate has a time that is a day."""
    return candidate.time is not None and is_day(candidate.time)


def _ahead(other: Candidate, candidate: Candidate) -> bool:
    """Whether the time of one is still to come while the other tells of what has been."""
    when = other.time.when if other.time is not None else None
    coming = (
        (isinstance(when, Near) and when.days > 0)
        or (isinstance(when, Weekday | Dated) and when.which == 1)
        or (isinstance(when, Window) and when.forward)
        or (isinstance(when, Dated) and _after_article(when, candidate.view.reading.article.day))
    )
    return coming and candidate.modality == "actual"


def _after_article(when: Dated, day: date | None) -> bool:
    """Whether a date with a year is later than the article."""
    if day is None or when.year is None or when.calendar != "gregorian":
        return False
    return (when.year, when.month or 1, when.day or 1) > (day.year, day.month, day.day)


def _tie(other: Candidate, candidate: Candidate) -> str:
    """Why the later of two candidates tells of the same time as the earlier; empty where nothing says so."""
    apart = candidate.view.index - other.view.index
    dated = other.time is not None and is_day(other.time)
    if apart == 0 and dated and candidate.hit.first > other.hit.first:
        return "day of the event before in the sentence"
    if other.family == candidate.family and "ال" in candidate.hit.pro:
        return "the event before, named again"
    if apart <= 2 and dated and other.event == candidate.event:
        return "like event just before"
    if apart <= 3 and dated and candidate.family in _EFFECTS and other.family in _ACTS:
        return "harm of the event before"
    if apart <= 3 and dated and _same_doer(other, candidate):
        return "next deed of the same doer"
    if (
        apart <= 5
        and candidate.family in _WORDS
        and other.family in _OCCASIONS
        and _same_doer(other, candidate)
    ):
        return "same speaker as before"
    return ""


def _same_doer(left: Candidate, right: Candidate) -> bool:
    """Whether the same one acts in both, by name."""
    mine, theirs = _doers(left), _doers(right)
    return any(a <= b or b <= a for a in mine for b in theirs)


def _doers(candidate: Candidate) -> list[frozenset[str]]:
    """The content words of each one who acts."""
    text = candidate.view.reading.text
    return [
        content(text(mention.first, mention.last))
        for role in ("agent", "party")
        for mention in candidate.roles.get(role, ())
    ]
