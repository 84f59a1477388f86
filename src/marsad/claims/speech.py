"""Speech acts: demands, threats, accusations and talks, where the speaking is the event (CODEBOOK section 10, points 2 to 5).

The speaker is the agent and no link of the chain; what is demanded or threatened is no claim of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.claims.candidate import Candidate

_SPEECH = frozenset(("say", "talks"))
_CONTENT = frozenset(("say.demand", "say.threat", "say.reject"))
_REACH = 14
_OPENERS = frozenset("الي ب علي ل ان من".split())


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
    hit, tokens = candidate.hit, candidate.view.tokens
    for other in others:
        if other.event not in _CONTENT or other.hit.last > hit.first or hit.first - other.hit.last > _REACH:
            continue
        between = tokens[other.hit.last : hit.first]
        if any(token.form in "،.؛," for token in between if token.kind == "punct"):
            continue
        opened = any(token.form in _OPENERS for token in between) or hit.pro[-3:].rstrip("ال")[-1:] in ("ب", "ل")
        if opened or "ب" in hit.pro or "ل" in hit.pro:
            return True
    return False
