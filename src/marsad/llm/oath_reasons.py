"""Why a claim of a model, or a part of one, did not stand: the codes that are counted, each with its sentence for people."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "not_an_object": "What stands in the place of a claim, of a link or of another part is not of the answer's form.",
    "too_many": "The answer has more claims, or a claim more parts, than a stretch of text can hold; the rest is not read.",
    "duplicate": "The same claim stands in the answer twice.",
    "event_unknown": "The event is no code of the codebook; the claim is refused.",
    "polarity_unknown": "The polarity is no value of the codebook; the claim is refused.",
    "modality_unknown": "The modality is no value of the codebook; the claim is refused.",
    "no_evidence": "No words that assert the event stand in the article; the claim is refused.",
    "evidence_not_found": "The words of evidence do not stand in what the model was shown; that evidence is dropped.",
    "addresses_machine": "The words of evidence stand in a sentence that speaks to the model and not to readers; that evidence is dropped.",
    "trigger_not_found": "The trigger does not stand in its evidence; the whole evidence takes its place.",
    "source_unfounded": "The nearest source did not stand; the claim is refused, since without it another would be credited with its words.",
    "source_not_found": "The words that name a source do not stand in the article; the link is dropped.",
    "source_kind_unknown": "The kind of a source is no value of the codebook; the link is dropped.",
    "stance_unknown": "The stance of a source is no value of the codebook; the link is dropped.",
    "cue_not_found": "The reporting words do not stand in the article; they are dropped.",
    "for_not_found": "The body that a source speaks for does not stand in the article; it is dropped.",
    "quote_not_open": "The words are said to be quoted, and stand in no quotation; they are told as indirect.",
    "role_unknown": "The event has no such role; the actor is dropped.",
    "actor_not_found": "The words that name an actor do not stand in the article; the actor is dropped.",
    "place_not_found": "The words that name the place do not stand in the article; the place is dropped.",
    "time_not_found": "The words of time do not stand in the article; the time is dropped.",
    "time_unread": "The words of time hold no time that Marsad can read; they are kept, and the days are those of a claim without time.",
    "count_not_found": "The words of a count do not stand in the article; the count is dropped.",
    "count_kind_unknown": "The kind of a count is no value of the codebook; the count is dropped.",
    "count_unread": "The words of a count hold no number of people that Marsad can read; the count is dropped.",
    "count_disagrees": "The numbers of a count are not those that its words say; the count is dropped.",
    "who_not_found": "The words that name those counted do not stand in the article; they are dropped.",
}
"""Code to sentence, in the order in which a claim is examined."""
