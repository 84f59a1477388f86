"""Merging: one event told by one source is one claim, however often the article mentions it (CODEBOOK section 1).

Two mentions of one code are weighed by what their sources, places, people, counts, times and words have in common, with the weights that
``bench/merging.py`` learnt from annotated articles; a mention joins the claim that it fits best, if it fits any. The headline and
the lead repeat what the text attributes further down, so a mention in the article's own voice can join a sourced one. But two different
sources never join, nor an affirmation and a denial, nor two tolls that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from marsad.claims.candidate import Candidate
from marsad.claims.linear import Weights
from marsad.claims.merge_features import Profile, counts, features_of, profile_of, voices
from marsad.claims.names import Names
from marsad.model import Mention
from marsad.model.actor import RoleName

WEIGHTS = Path(__file__).parent / "merge.tsv"
_SHOWN = 4
"""Mentions of a claim that a new one is compared with: the first ones and the last."""
_OPEN = 12
"""Claims of one code that a new mention is compared with: the first one and those told last; it bounds the work on long lists."""


@dataclass(slots=True)
class Group:
    """Candidates judged to be one claim, in order of the text."""

    members: list[Candidate] = field(default_factory=list)
    shown: list[Profile] = field(default_factory=list)
    roles: dict[RoleName, list[Mention]] = field(default_factory=dict)

    def add(self, candidate: Candidate, profile: Profile) -> None:
        """Take in one more mention."""
        self.members.append(candidate)
        if len(self.shown) < _SHOWN:
            self.shown.append(profile)
        else:
            self.shown[-1] = profile


class Merger:
    """Puts the mentions of one code and polarity together, one after the other."""

    def __init__(self, weights: Weights) -> None:
        """With the weights of the features of a pair."""
        self.groups: list[Group] = []
        self.compared = 0
        """Pairs of mentions that were weighed"""
        self._weights = weights
        self._alike: dict[tuple[object, ...], Group] = {}

    def take(self, candidate: Candidate, profile: Profile) -> None:
        """Add a mention to the claim that it fits best, or begin a new one; what is told again in the same words is known at once."""
        key = profile.key
        group = self._alike.get(key) or self._best(profile)
        if group is None:
            group = Group()
            self.groups.append(group)
        group.add(candidate, profile)
        self._alike[key] = group

    def _best(self, profile: Profile) -> Group | None:
        best, most = None, 0.0
        early = self.groups[:1] if len(self.groups) > _OPEN else []
        for group in early + self.groups[-_OPEN:]:
            score = self._fit(group, profile)
            if score > most:
                best, most = group, score
        return best

    def _fit(self, group: Group, profile: Profile) -> float:
        """How well a mention fits a claim: half by the mention most like it, half by all; 0 where it cannot be of that claim."""
        if any(
            voices(known, profile) == "other" or counts(known, profile) == "other" for known in group.shown
        ):
            return 0.0
        self.compared += len(group.shown)
        scores = [self._weights.total(features_of(known, profile)) for known in group.shown]
        return (max(scores) + sum(scores) / len(scores)) / 2


def merge(candidates: Sequence[Candidate], names: Names, weights: Weights) -> list[Group]:
    """Group candidates, given in order of the text, into claims."""
    mergers: dict[tuple[str, str, str], Merger] = {}
    for candidate in candidates:
        key = (candidate.event, candidate.polarity, candidate.modality)
        merger = mergers.setdefault(key, Merger(weights))
        merger.take(candidate, profile_of(candidate, names))
    return [group for merger in mergers.values() for group in merger.groups]
