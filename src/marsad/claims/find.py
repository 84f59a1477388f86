"""The front door of this room: a reading in, the claims of the article out.

Gather every candidate, let the judge keep or drop each, merge what is one event told by one source, and write the claims
down with the words that every part rests on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from marsad.arabic import Lexicon, load_lexicon
from marsad.claims.candidate import Candidate
from marsad.claims.frames import Frames
from marsad.claims.gather import Tools, gather
from marsad.claims.judge import WEIGHTS as JUDGE_WEIGHTS
from marsad.claims.judge import features_of
from marsad.claims.linear import Weights
from marsad.claims.merge import WEIGHTS as MERGE_WEIGHTS
from marsad.claims.merge import merge
from marsad.claims.names import Names
from marsad.claims.network import PATH as NETWORK
from marsad.claims.network import Network
from marsad.claims.ranking import rank
from marsad.claims.relevance import WEIGHTS as RELEVANCE_WEIGHTS
from marsad.claims.relevance import Relevance
from marsad.claims.write import write
from marsad.model import Claim, Reading

_LEAST_ABOUT = 0.03
"""Articles whose words tell of conflict less than this are not searched: half of any topic. Of 5,404 annotated articles with claims two have less
(7 claims of 60,000); what was found in other articles between 0.025 and 0.03 was mostly visits, trials and crime (47 articles of 2,500)."""
_SHORT = 80
"""Texts of up to so many words and marks are always searched: so few words say little of what they are about."""


@dataclass(frozen=True, slots=True)
class ClaimsKit:
    """What finding claims needs to know."""

    tools: Tools
    judge: Weights
    network: Network
    merging: Weights
    version: str

    @classmethod
    def load(cls, lexicon: Lexicon | None = None) -> ClaimsKit:
        """The kit from the built files; a lexicon that is loaded already can be shared.

        Raises:
            MarsadError: the lexicon has not been built.
        """
        known = lexicon or load_lexicon()
        digest = hashlib.sha256(known.version.encode())
        for path in (RELEVANCE_WEIGHTS, JUDGE_WEIGHTS, NETWORK, MERGE_WEIGHTS):
            digest.update(path.read_bytes() if path.exists() else b"")
        tools = Tools(known, Frames(), Relevance())
        return cls(
            tools, Weights(JUDGE_WEIGHTS), Network.load(), Weights(MERGE_WEIGHTS), digest.hexdigest()[:16]
        )


def unjudged(reading: Reading, kit: ClaimsKit) -> list[Candidate]:
    """Every candidate of an article with its features, before the judge has its say."""
    relevance = kit.tools.relevance
    about = relevance.score(reading.tokens, 0, len(reading.tokens))
    if about < _LEAST_ABOUT and len(reading.tokens) > _SHORT:
        return []
    found = gather(reading, kit.tools)
    for candidate in found:
        candidate.features = features_of(candidate, relevance, about)
    return found


def candidates_of(reading: Reading, kit: ClaimsKit) -> list[Candidate]:
    """Every candidate of an article with its features and score, kept or not."""
    found = unjudged(reading, kit)
    if found:
        encoded = kit.network.encode(found)
        found[0].view.reading.memo["encoded"] = encoded
        for candidate, added in zip(found, kit.network.judge(found, encoded), strict=True):
            candidate.score = kit.judge.score(candidate.features) + float(added)
    return found


def _kept(candidates: list[Candidate], judged: bool) -> list[Candidate]:
    """The candidates above 0; of those that share a word (and its denials) only the event that scores best."""
    if not judged:
        return candidates
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.hit.first)
        if known is None or candidate.score > known.score:
            best[candidate.hit.first] = candidate
    return [c for c in candidates if c.score > 0 and c.event == best[c.hit.first].event]


def let_go(reading: Reading, candidates: list[Candidate]) -> None:
    """Drop what points in circles once an article has been read, so that its memory is free at once (see run/workers.py)."""
    reading.memo.clear()
    for candidate in candidates:
        candidate.shares.clear()
        candidate.effects.clear()
        candidate.before = None


@dataclass(frozen=True, slots=True)
class Search:
    """What one search of an article came to: every candidate, those that were kept, and the claims in the order of their first evidence."""

    candidates: list[Candidate]
    kept: list[Candidate]
    claims: list[Claim]


def search(reading: Reading, kit: ClaimsKit) -> Search:
    """The claims of an article with what they were chosen from; the caller lets it go (`let_go`) once it has looked."""
    found = candidates_of(reading, kit)
    kept = _kept(found, bool(kit.judge))
    claims = sorted(
        _claims_from(kept, reading, kit),
        key=lambda c: (c.evidence[0].trigger.part == "text", c.evidence[0].trigger.start),
    )
    return Search(found, kept, claims)


def find_claims(reading: Reading, kit: ClaimsKit) -> list[Claim]:
    """The claims of an article as written, in the order of their first evidence."""
    found = search(reading, kit)
    let_go(reading, found.candidates)
    return found.claims


def _claims_from(kept: list[Candidate], reading: Reading, kit: ClaimsKit) -> list[Claim]:
    if not kept:
        return []
    names = Names(reading)
    rank(kept, kit.network, names)
    groups = merge(kept, names, kit.merging)
    return [claim for group in groups for claim in write(group, reading, kit.judge, names)]
