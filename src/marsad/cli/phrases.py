"""The parts of a claim in short phrases, English around islands of Arabic; the table shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from marsad.cli.labels import label
from marsad.cli.terminal import isolated, printable
from marsad.model.actor import ActorRef
from marsad.model.claim import Claim, Count, Source
from marsad.model.jsonl import claim_from_json, claim_to_json
from marsad.model.readers import verdict
from marsad.run import KnownLabels


def _arabic(text: str) -> str:
    return isolated(printable(text))


def event_notes(claim: Claim) -> list[str]:
    """What sets the claim apart from "it happened": negated, planned, possible or demanded."""
    notes = []
    if claim.polarity != "affirmed":
        notes.append(label("polarities", claim.polarity))
    if claim.modality != "actual":
        notes.append(label("modalities", claim.modality))
    return [f"{note.en} {isolated(note.ar)}" if note.ar else note.en for note in notes]


def source_phrases(claim: Claim, labels: KnownLabels) -> list[str]:
    """The chain, nearest to the event first; each further link has "as told by" before it."""
    return [_source(source, labels, first=index == 0) for index, source in enumerate(claim.attribution)]


def _known(identity: str | None, labels: KnownLabels) -> str:
    """Our neutral label behind the outlet's own word."""
    found = labels(identity)
    return f" = {found.en}" if found else ""


def _source(source: Source, labels: KnownLabels, *, first: bool) -> str:
    kind, stance = label("source_kinds", source.kind), label("stances", source.stance)
    body = f" for {_arabic(source.body)}" if source.body else ""
    quoted = ", in quotation marks" if source.quote == "direct" else ""
    return f"{'' if first else 'as told by '}{_arabic(source.text)}{body}{_known(source.id, labels)} ({kind.en}; {stance.en}{quoted})"


def actor_phrases(claim: Claim, labels: KnownLabels) -> list[str]:
    """One phrase for each role, with all who have it: the words, and our label of who is meant."""

    def role_of(actor: ActorRef) -> str:
        return actor.role

    phrases = []
    for role, actors in groupby(sorted(claim.actors, key=role_of), key=role_of):
        names = ", ".join(_arabic(actor.text) + _known(actor.id, labels) for actor in actors)
        phrases.append(f"{role}: {names}")
    return phrases


def place_phrases(claim: Claim) -> list[str]:
    """The place as written, with what it was grounded to behind it."""
    place = claim.place
    if place is None:
        return []
    known = [piece for piece in (place.name, place.country) if piece]
    if place.lat is not None and place.lon is not None:
        known.append(f"{place.lat:.2f} {place.lon:.2f}")
    if place.precision and place.precision != "exact":
        known.append(label("place_precisions", place.precision).en)
    return [f"{_arabic(place.text)} ({', '.join(known)})" if known else _arabic(place.text)]


def time_phrases(claim: Claim) -> list[str]:
    """The words of time, and the days they stand for."""
    time = claim.time
    if time is None:
        return []
    words = _arabic(time.text) if time.text else ""
    days = ""
    if time.start is not None:
        last = f" to {time.end}" if time.end is not None and time.end != time.start else ""
        days = f"{time.start}{last}"
        if time.precision != "day":
            days += f" ({label('time_precisions', time.precision).en})"
    phrase = f"{words} {days}".strip()
    return [phrase] if phrase else []


def count_phrases(claim: Claim) -> list[str]:
    """One phrase for each count: ``killed 20 to 99, about: عشرات القتلى``."""
    return [
        f"{label('count_kinds', count.kind).en} {count_range(count)}: {_arabic(count.text)}"
        for count in claim.counts
    ]


def count_range(count: Count) -> str:
    """The range in words: ``12``, ``20 to 99, about``, ``41 or more``, ``up to 30``."""
    if count.min is None:
        text = f"up to {count.max:,}" if count.max is not None else "a number not said"
    elif count.max is None:
        text = f"{count.min:,} or more"
    else:
        text = f"{count.min:,}" if count.min == count.max else f"{count.min:,} to {count.max:,}"
    return f"{text}, about" if count.approx else text


_VERDICTS = {
    "agree": "rules and model read it alike",
    "differ": "rules and model differ",
    "rules": "only the rules found it, the model passed it over",
    "model": "only the model found it, the rules passed it over",
}


def reader_phrases(claim: Claim, labels: KnownLabels) -> list[str]:
    """What two readers come to, how sure it is that the article says so, and what the other one read where they differ; nothing where one read."""
    readers = claim.readers
    found = verdict(claim_to_json(claim).get("readers")) if readers else None
    if readers is None or found is None:
        return []
    head = _VERDICTS[found] + (f": {', '.join(readers.differs)}" if found == "differ" else "")
    sure = (
        f" ({readers.confidence:.0%} sure that the article says so)" if readers.confidence is not None else ""
    )
    other = claim_from_json(readers.other, claim.article) if readers.other else None
    return [head + sure, *(_told_otherwise(other, readers.differs, labels) if other else ())]


def _told_otherwise(other: Claim, differs: tuple[str, ...], labels: KnownLabels) -> Iterator[str]:
    ways: Mapping[str, Callable[[], list[str]]] = {
        "source": lambda: source_phrases(other, labels),
        "stance": lambda: [label("stances", other.attribution[0].stance).en] if other.attribution else [],
        "polarity": lambda: [label("polarities", other.polarity).en],
        "modality": lambda: [label("modalities", other.modality).en],
        "actors": lambda: actor_phrases(other, labels),
        "place": lambda: place_phrases(other),
        "time": lambda: time_phrases(other),
        "counts": lambda: count_phrases(other),
    }
    for part in differs:
        yield f"the other reads {part}: {'; '.join(ways[part]()) or 'none'}"
