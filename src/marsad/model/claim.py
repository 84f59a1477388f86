"""A claim: one source says, in one article, that one event happened (or did not, or will).

The id of a claim is a hash of the article's id, the event, polarity, modality, the nearest source's text, the
place's text and the span of the first trigger, and of nothing that is resolved later: a better gazetteer or a
longer register of actors must not change it. Counts, times, roles and further evidence do not move it either.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from marsad.model.actor import ActorRef
from marsad.model.interval import TimeRef
from marsad.model.place import PlaceRef
from marsad.model.readers import Readers
from marsad.model.span import Span

Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "planned", "possible", "demanded"]
Stance = Literal["state", "assert", "concede", "deny", "allege", "predict"]
SourceKind = Literal["person", "organisation", "monitor", "outlet", "document", "unnamed"]
CountKind = Literal["killed", "wounded", "held", "released", "missing", "displaced", "evacuated", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words that assert the event: the trigger with the clause around it."""

    span: Span
    trigger: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of an attribution chain; ``body`` is the organisation that a person speaks for (``for`` on disk).

    ``id`` is that of an actor or outlet of the register once it is grounded: the person's own, or the body's.
    """

    text: str
    span: Span
    kind: SourceKind
    stance: Stance = "state"
    cue: Span | None = None
    quote: Literal["direct", "indirect"] = "indirect"
    body: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people: a range, both ends included; ``max`` None is "or more"."""

    kind: CountKind
    text: str
    span: Span
    min: int | None
    max: int | None
    approx: bool = False
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which rule and which words found one part of a claim."""

    part: str
    rule: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One source says that one event happened; every part leads back to its words."""

    article: str
    event: str
    evidence: tuple[Evidence, ...]
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    attribution: tuple[Source, ...] = ()
    actors: tuple[ActorRef, ...] = ()
    place: PlaceRef | None = None
    time: TimeRef | None = None
    counts: tuple[Count, ...] = ()
    origin: tuple[Origin, ...] = ()
    readers: Readers | None = None
    """Where two readers read the article, what each found of it"""

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits, stable under re-reading and re-grounding (see the module's docstring)."""
        source = self.attribution[0].text if self.attribution else ""
        place = self.place.text if self.place else ""
        trigger = self.evidence[0].trigger
        key = (self.article, self.event, self.polarity, self.modality, source, place, *map(str, trigger))
        return hashlib.sha256("\x1f".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:16]
