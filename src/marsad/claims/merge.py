"""Merging: one event told by one source is one claim, however often the article mentions it.

Candidates of one code come together when nothing speaks against it: no different named places, no conflicting counts, no different doers.
The headline and the lead repeat what the text attributes further down, so a mention in the article's own voice joins a sourced one,
but two different sources never join.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.claims.candidate import Candidate
from marsad.claims.names import Names


@dataclass(slots=True)
class Group:
    """Candidates judged to be one claim, in order of the text."""

    members: list[Candidate] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The best score of a member."""
        return max(member.score for member in self.members)


def merge(candidates: Sequence[Candidate], names: Names) -> list[Group]:
    """Group candidates, given in order of the text, into claims."""
    groups: list[Group] = []
    for candidate in candidates:
        best, best_score = None, 0.0
        for group in groups:
            score = _affinity(group, candidate, names)
            if score > best_score:
                best, best_score = group, score
        if best is None:
            groups.append(Group([candidate]))
        else:
            best.members.append(candidate)
    return groups


def _affinity(group: Group, candidate: Candidate, names: Names) -> float:
    """How well a candidate fits a group; 0 or less when it is another claim."""
    if group.members[0].event != candidate.event:
        return 0.0
    return min(_fit(member, candidate, names) for member in group.members)


def _fit(left: Candidate, right: Candidate, names: Names) -> float:
    if left.polarity != right.polarity or left.modality != right.modality:
        return 0.0
    score = _sources(left, right, names)
    if score <= 0:
        return 0.0
    for part in (_places(left, right, names), _counts(left, right), _roles(left, right, names), _times(left, right)):
        if part < 0:
            return 0.0
        score += part
    return score - 0.02 * abs(left.view.index - right.view.index) - 0.5


def _sources(left: Candidate, right: Candidate, names: Names) -> float:
    mine, theirs = left.chain, right.chain
    if not mine and not theirs:
        return 0.8
    if mine and theirs:
        return 1.0 if names.same(mine[0].text, theirs[0].text) else 0.0
    own = left if not mine else right
    lead = own.view.index <= 2
    return 0.8 if lead else 0.5


def _places(left: Candidate, right: Candidate, names: Names) -> float:
    mine = {names.mention(left, place) for place in left.places}
    theirs = {names.mention(right, place) for place in right.places}
    if not mine or not theirs:
        return 0.1
    if any(names.same(a, b) for a in mine for b in theirs):
        return 0.4
    guessed = ("place of the event before", "nearest place of the sentence")
    if left.origin["place"][0] in guessed or right.origin["place"][0] in guessed:
        return -0.0
    return -1.0


def _counts(left: Candidate, right: Candidate) -> float:
    if not left.counts or not right.counts:
        return 0.0
    mine = {(count.kind, count.min, count.max) for count in left.counts}
    theirs = {(count.kind, count.min, count.max) for count in right.counts}
    return 0.6 if mine & theirs else -1.0


def _roles(left: Candidate, right: Candidate, names: Names) -> float:
    total = 0.0
    for role, mentions in left.roles.items():
        others = right.roles.get(role)
        if not others or not mentions:
            continue
        same = any(
            names.same(names.mention(left, a), names.mention(right, b)) for a in mentions for b in others
        )
        if same:
            total += 0.3
        elif role != "patient" and all(m.kind == "body" for m in (*mentions, *others)):
            return -1.0
        elif role == "patient":
            total -= 0.15
    return max(total, -0.4) if total >= 0 else total + 0.2


def _times(left: Candidate, right: Candidate) -> float:
    if left.time is None or right.time is None:
        return 0.0
    return 0.2 if left.time.when == right.time.when else 0.0
