"""Under oath: what a model claims stands only where the codebook has a name for it and the article has its words.

Nothing is mended: a code, role or stance that the codebook does not have, and words that the article does not have, are refused and counted
(`REASONS`), and what was dropped from a claim that stands is noted with it. Numbers and days are read from the words by our own rules. Where on earth and who in the
world that is, is found later, by the rooms that find it for the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from marsad.llm.addressed import speaks_to_machine
from marsad.llm.form import parsed
from marsad.llm.oath_chain import chain
from marsad.llm.oath_hearing import Hearing, Oath, shortened
from marsad.llm.oath_numbers import counts, time
from marsad.llm.oath_reasons import REASONS
from marsad.llm.types import Answer, Refusal, Sworn, Window
from marsad.llm.words import Finder
from marsad.model import ActorRef, Claim, Evidence, Origin, PlaceRef, Reading, Span
from marsad.model.actor import RoleName
from marsad.model.claim import Modality, Polarity
from marsad.model.span import Part

__all__ = ["MOST_CLAIMS", "REASONS", "Oath", "under_oath"]

MOST_CLAIMS = 200
"""Claims of one answer; an article of the annotated ones has 40 at most."""
_ALSO: Mapping[str, tuple[str, ...]] = {"custody.exchange": ("agent",)}
"""Roles beside those of `codebook.yml`: CODEBOOK section 4 gives every act its agent, and annotators name those who exchange so."""


def under_oath(answer: Answer, window: Window, reading: Reading, oath: Oath) -> Sworn:
    """The claims of an answer that stand, and everything that did not.

    Args:
        answer: What came back, of any content: nothing in it raises.
        window: What the model was shown; words are found only there.
        reading: The article that the window is of.
        oath: What claims are held to.
    """
    told, unusable = parsed(answer)
    if unusable:
        return Sworn(unusable=unusable)
    hearing = Hearing(oath, Finder(reading, window, oath.lexicon))
    if len(told) > MOST_CLAIMS:
        hearing.refusals += [Refusal("too_many", "")] * (len(told) - MOST_CLAIMS)
    found: dict[Claim, Claim] = {}
    for one in told[:MOST_CLAIMS]:
        claim = _claim(hearing, one)
        if claim is None:
            continue
        key = replace(claim, origin=())
        if key in found:
            hearing.refusals.append(Refusal("duplicate", claim.event))
        else:
            found[key] = claim
    return Sworn(claims=tuple(sorted(found.values(), key=_place_in_text)), refusals=tuple(hearing.refusals))


def _place_in_text(claim: Claim) -> tuple[bool, int, int]:
    trigger = claim.evidence[0].trigger
    return trigger.part == "text", trigger.start, trigger.end


def _claim(hearing: Hearing, told: object) -> Claim | None:
    """One claim with all of its parts that stand, or None where it does not."""
    hearing.notes = []
    if not isinstance(told, dict):
        hearing.drop("claim", "not_an_object", told)
        return None
    polarity, modality = told.get("polarity") or "affirmed", told.get("modality") or "actual"
    if not _is_coded(hearing, told, polarity, modality):
        return None
    evidence = _evidence(hearing, told)
    if not evidence:
        hearing.drop("evidence", "no_evidence", told["event"])
        return None
    near = [one.span for one in evidence]
    links = chain(hearing, told, near)
    if links is None:
        return None
    return Claim(
        article=hearing.finder.reading.article.id,
        event=told["event"],
        evidence=evidence,
        polarity=cast(Polarity, polarity),
        modality=cast(Modality, modality),
        attribution=links,
        actors=_actors(hearing, told, near),
        place=_place(hearing, told, near),
        time=time(hearing, told, near),
        counts=counts(hearing, told, near),
        origin=(
            Origin(part="event", rule="model", words=hearing.raw(evidence[0].trigger)),
            *hearing.notes,
        ),
    )


def _is_coded(hearing: Hearing, told: Mapping[str, Any], polarity: object, modality: object) -> bool:
    """Whether event, polarity and modality are the codebook's."""
    event = told.get("event")
    if not isinstance(event, str) or event not in hearing.oath.codebook.events:
        hearing.drop("event", "event_unknown", event)
    elif not hearing.is_value("polarities", polarity):
        hearing.drop("polarity", "polarity_unknown", polarity)
    elif not hearing.is_value("modalities", modality):
        hearing.drop("modality", "modality_unknown", modality)
    else:
        return True
    return False


def _evidence(hearing: Hearing, told: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The evidence that stands, each span once."""
    found: dict[Span, Evidence] = {}
    for one in hearing.members(told, "evidence"):
        span = _asserted(hearing, one, list(found))
        if span is not None and span not in found:
            found[span] = Evidence(span=span, trigger=_trigger(hearing, one, span))
    return tuple(found.values())


def _asserted(hearing: Hearing, told: Mapping[str, Any], taken: Sequence[Span]) -> Span | None:
    """Where words of evidence stand."""
    words = told.get("words")
    part: Part = "title" if told.get("in") == "title" else "text"
    span = hearing.finder.first(words, part, taken) if isinstance(words, str) else None
    if span is None:
        withheld = isinstance(words, str) and hearing.finder.is_withheld(words)
        hearing.drop("evidence", "addresses_machine" if withheld else "evidence_not_found", words)
    elif _is_spoken_to_machine(hearing, span):
        hearing.drop("evidence", "addresses_machine", words)
        return None
    return span


def _is_spoken_to_machine(hearing: Hearing, span: Span) -> bool:
    """Whether words stand in a sentence that speaks to the model; each sentence is looked at once."""
    reading = hearing.finder.reading
    known: dict[int, bool] = reading.memo.setdefault("spoken to machine", {})
    for index in hearing.finder.sentences_at(span):
        if index not in known:
            first, last, *_ = reading.sentences[index]
            known[index] = bool(speaks_to_machine(reading.text(first, last)))
        if known[index]:
            return True
    return False


def _trigger(hearing: Hearing, told: Mapping[str, Any], span: Span) -> Span:
    """The words that name the event; the whole evidence where none are given or they do not stand in it."""
    words = told.get("trigger")
    if not words:
        return span
    found = hearing.finder.within(words, span) if isinstance(words, str) else None
    if found is None:
        hearing.drop("evidence", "trigger_not_found", words)
    return found or span


def _actors(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> tuple[ActorRef, ...]:
    """The actors that stand, each once in a role."""
    event = told["event"]
    allowed = (*hearing.oath.codebook.events[event].roles, *_ALSO.get(event, ()))
    found: dict[ActorRef, None] = {}
    for one in hearing.members(told, "actors"):
        role, words = one.get("role"), one.get("words")
        if role not in allowed:
            hearing.drop("actors", "role_unknown", f"{shortened(role)}: {shortened(words)}")
        elif (span := hearing.find(words, near)) is None:
            hearing.drop("actors", "actor_not_found", words)
        else:
            found[ActorRef(role=cast(RoleName, role), text=hearing.raw(span), span=span)] = None
    return tuple(found)


def _place(hearing: Hearing, told: Mapping[str, Any], near: Sequence[Span]) -> PlaceRef | None:
    words = told.get("place")
    if not words:
        return None
    span = hearing.find(words, near)
    if span is None:
        hearing.drop("place", "place_not_found", words)
        return None
    return PlaceRef(text=hearing.raw(span), span=span)
