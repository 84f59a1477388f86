"""Speech acts: demands, threats, accusations and talks, where the speaking is the event (CODEBOOK section 10, points 2 to 5).

The speaker is the agent and no link of the chain; what is demanded or threatened is no claim of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.hits import Hit
from marsad.claims.marks import is_finite
from marsad.claims.view import RELATIVES
from marsad.model import Token

_SPEECH = frozenset(("say", "talks"))
_CONTENT = frozenset(("say.demand", "say.threat", "say.reject"))
_REACH = 14
_MARKS = "،.؛,:"
_OPENERS = frozenset("الي ب علي ل ان من".split())
_CLOSERS = RELATIVES | frozenset(
    "بعد قبل عقب اثر منذ خلال اثناء حيث بينما فيما عندما حين بعدما جراء بسبب نتيجه كما انها انه بانه بانها".split()
)


def finish_speech(candidate: Candidate) -> None:
    """Make the speaker the agent of a speech act and leave only relaying outlets and bodies in its chain."""
    if candidate.family not in _SPEECH or not candidate.chain:
        return
    nearest = candidate.chain[0]
    if candidate.family == "say" and not candidate.roles.get("agent"):
        mention = next(
            (m for m in candidate.view.mentions if _starts_at(candidate, m.first, nearest.span.start)), None
        )
        if mention is not None:
            candidate.give("agent", [mention], "the speaker")
            candidate.chain = candidate.chain[1:]
            return
    names = [candidate.view.tokens[m.first].start for m in candidate.roles.get("agent", [])]
    if nearest.span.start in names:
        candidate.chain = candidate.chain[1:]


def _starts_at(candidate: Candidate, token: int, start: int) -> bool:
    return candidate.view.tokens[token].start == start


def within_demand(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether an event is only what somebody demands, threatens or rejects: no claim of its own."""
    if candidate.event in _CONTENT:
        return False
    return any(other.event in _CONTENT and _demands(other.hit, candidate) for other in others)


def _demands(demand: Hit, candidate: Candidate) -> bool:
    """Whether an event stands in what a word demands: behind it, led to by a preposition or أن, with no clause of its own between."""
    hit, tokens = candidate.hit, candidate.view.tokens
    if demand.last > hit.first or hit.first - demand.last > _REACH:
        return False
    between = tokens[demand.last : hit.first]
    if any(_closes(token) for token in between) or any(is_finite(token) for token in between[1:]):
        return False
    if demand.first < hit.first == demand.last and "ال" in hit.pro:
        return True
    particle = hit.pro.replace("ال", "")
    return "ب" in particle or "ل" in particle or any(token.form in _OPENERS for token in between)


def _closes(token: Token) -> bool:
    """Whether what is demanded ends at a token: at a mark, a relative clause, words of time or cause."""
    if token.kind == "punct":
        return token.form in _MARKS
    return token.form.lstrip("وف") in _CLOSERS
