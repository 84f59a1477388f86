"""Gathering: every candidate of an article with all its parts, before the judge has its say."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.arabic import Lexicon
from marsad.claims.attribution import Attribution, attribute
from marsad.claims.candidate import Candidate
from marsad.claims.carriers import find_doer, find_sufferer, folded_into, hand_over
from marsad.claims.causes import link_causes, point_back, share
from marsad.claims.clauses import clause_of
from marsad.claims.counts import counts_of
from marsad.claims.frames import Frames
from marsad.claims.hits import Hit, find_hits, inside_another
from marsad.claims.modality import polarity_and_modality
from marsad.claims.needs import meets_needs, refined
from marsad.claims.places import inherit_places, place_from_sentence
from marsad.claims.relevance import Relevance
from marsad.claims.roles import fill_roles
from marsad.claims.speech import finish_speech, within_demand
from marsad.claims.times import inherit_times, time_for
from marsad.claims.view import View
from marsad.model import Reading

_BUT = frozenset("لكن لكنه لكنها لكنهم ولكن ولكنه ولكنها ولكنهم".split())
_NAMES = frozenset(("body", "person", "outlet", "monitor", "place"))

_LOG = logging.getLogger(__name__)
MOST_HITS = 1_500
"""Hits of one article: more than twice as many as the fullest of 14,000 articles has. Sentences behind are not read, so that a text which
nobody wrote to be read takes no longer than the longest that somebody did."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What gathering looks things up in."""

    lexicon: Lexicon
    frames: Frames
    relevance: Relevance


def gather(reading: Reading, tools: Tools) -> list[Candidate]:
    """All candidates of an article in order of the text, title first."""
    sentences = _sentences(reading, tools)
    if not sentences:
        return []
    reading = sentences[0][0].view.reading
    attribution = attribute(reading)
    kept = [_read_sentence(candidates, attribution, tools.lexicon) for candidates in sentences]
    link_causes(kept)
    everything = [candidate for candidates in kept for candidate in candidates]
    point_back(everything)
    for candidate in everything:
        share(candidate)
        place_from_sentence(candidate)
    for candidate in everything:
        share(candidate)
        candidate.ruled = {role: list(mentions) for role, mentions in candidate.roles.items()}
    inherit_places(everything)
    for candidate in everything:
        candidate.time = time_for(reading, candidate.hit.first, candidate.hit.last)
        if candidate.time is not None:
            candidate.origin["time"] = ("words of time in its sentence", "")
    inherit_times(everything)
    return everything + _denials(everything, attribution)


def _sentences(reading: Reading, tools: Tools) -> list[list[Candidate]]:
    """A candidate for each hit, sentence by sentence, until there are too many."""
    found: list[tuple[int, list[Hit]]] = []
    number = 0
    for index, sentence in enumerate(reading.sentences):
        hits = find_hits(reading.tokens, sentence.first, sentence.last, tools.lexicon, tools.frames)
        if hits:
            found.append((index, hits))
            number += len(hits)
        if number >= MOST_HITS:
            reading = _until(reading, index)
            break
    return [_of_sentence(View(reading, index), hits) for index, hits in found]


def _until(reading: Reading, index: int) -> Reading:
    """A reading of the sentences up to that one."""
    last = reading.sentences[index].last
    _LOG.warning(
        "article %s: searched up to code point %d only, where the %d words that can name an event are used up",
        reading.article.id,
        reading.tokens[last - 1].end,
        MOST_HITS,
    )
    quotations = [q._replace(last=min(q.last, last)) for q in reading.quotations if q.first < last]
    return replace(
        reading, tokens=reading.tokens[:last], sentences=reading.sentences[: index + 1], quotations=quotations
    )


def _of_sentence(view: View, hits: Sequence[Hit]) -> list[Candidate]:
    view.phrases = [(hit.first, hit.last) for hit in hits if hit.kind == "phrase"]
    return [Candidate(hit=hit, view=view, event=hit.frame.event) for hit in hits]


def _read_sentence(
    candidates: list[Candidate], attribution: Attribution, lexicon: Lexicon
) -> list[Candidate]:
    """The candidates of one sentence that stand, with the parts that the sentence itself gives."""
    at_word: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        at_word.setdefault(candidate.hit.first, []).append(candidate)
    for candidate in candidates:
        candidate.rivals = tuple(c.event for c in at_word[candidate.hit.first] if c is not candidate)
        fill_roles(candidate, candidates)
        find_doer(candidate)
        find_sufferer(candidate)
        refined(candidate, lexicon)
    for candidate in candidates:
        noun = folded_into(candidate, candidates)
        if noun is not None:
            hand_over(candidate, noun)
            candidate.folded = True
    standing = [c for c in candidates if not c.folded and _stands(c, candidates, lexicon)]
    if not standing:
        return []
    view = standing[0].view
    counts = counts_of(view.reading, [c.hit for c in standing], (view.first, view.last))
    for candidate, numbers in zip(standing, counts, strict=True):
        candidate.counts = tuple(numbers)
        candidate.clause = clause_of(candidate)
        candidate.chain = attribution.chain_at(candidate.hit.first)
        if attribution.denied_at(candidate.hit.first):
            _deny(candidate, standing)
        finish_speech(candidate)
    hits = [candidate.hit for candidate in standing]
    return [candidate for candidate in standing if not inside_another(candidate.hit, hits)]


def _deny(candidate: Candidate, others: Sequence[Candidate]) -> None:
    """Negate what the source denies, unless it goes on with but ("نفى الانسحاب لكنه أكد مقتل ثلاثة") or with a deed of its own."""
    if _goes_on(candidate):
        return
    view, cue = candidate.view, candidate.chain[0].cue if candidate.chain else None
    said = [
        token
        for token in view.tokens[view.first : candidate.hit.first]
        if cue is None or token.start > cue.start
    ]
    behind = any(_goes_on(other) and other.hit.first < candidate.hit.first for other in others)
    if behind or any(token.form in _BUT for token in said):
        candidate.chain = (replace(candidate.chain[0], stance="state"), *candidate.chain[1:])
        return
    candidate.polarity = "negated"
    candidate.origin["polarity"] = ("the source denies it", "")


def _goes_on(candidate: Candidate) -> bool:
    """Whether a verb joined by و goes on with what the denier does: "نفى سقوط البلدة وتوعد برد"."""
    return candidate.hit.kind == "verb" and candidate.hit.pro.startswith("و") and candidate.family == "say"


def _in_name(candidate: Candidate) -> bool:
    """Whether the word is part of a name: الدعم in قوات الدعم السريع, تحرير in هيئة تحرير الشام, تدمر in مدينة تدمر."""
    hit = candidate.hit
    mention = candidate.view.at(hit.first)
    if mention is None or mention.kind not in _NAMES:
        return False
    if mention.kind in ("body", "outlet", "monitor") and hit.kind == "noun":
        return mention.first <= hit.first < mention.last
    return mention.first < hit.first < mention.last and mention.head != hit.first


def _stands(candidate: Candidate, others: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Whether a candidate has the company it needs and is told as an event, be it a negated or a planned one."""
    if _in_name(candidate):
        return False
    if not meets_needs(candidate, others) or within_demand(candidate, others):
        return False
    return polarity_and_modality(candidate, lexicon)


def _denials(candidates: Sequence[Candidate], attribution: Attribution) -> list[Candidate]:
    """One more candidate for each who denies what is affirmed there (CODEBOOK section 10.4)."""
    found: list[Candidate] = []
    for candidate in candidates:
        for chain in attribution.denials_at(candidate.hit.first):
            if candidate.polarity == "affirmed" and chain != candidate.chain:
                denial = replace(candidate, chain=chain, polarity="negated", origin=dict(candidate.origin))
                denial.origin["polarity"] = ("the source denies it", "")
                found.append(denial)
    return found
