"""The parts of a claim as pieces of HTML, every word of an article escaped."""

from __future__ import annotations

import html

from marsad.cli.labels import label
from marsad.cli.phrases import count_range
from marsad.model.claim import Claim, Source
from marsad.run import KnownLabels
from marsad.run.marks import clean


def ar(text: str) -> str:
    """Words of an article or Arabic labels, kept from reordering what is around them."""
    return f'<bdi lang="ar">{clean(text)}</bdi>' if text else ""


def source_items(claim: Claim, labels: KnownLabels) -> list[str]:
    """The chain of attribution, nearest to the event first."""
    return [_source(source, labels, first=index == 0) for index, source in enumerate(claim.attribution)]


def known(identity: str | None, labels: KnownLabels) -> str:
    """Our neutral label, to stand behind the outlet's own word."""
    found = labels(identity)
    return f' <span class="known">= {html.escape(found.en)} {ar(found.ar)}</span>' if found else ""


def _source(source: Source, labels: KnownLabels, *, first: bool) -> str:
    kind, stance = label("source_kinds", source.kind), label("stances", source.stance)
    body = f" for {ar(source.body)}" if source.body else ""
    quoted = ", in quotation marks" if source.quote == "direct" else ""
    before = "" if first else "as told by "
    return f"{before}{ar(source.text)}{body}{known(source.id, labels)} ({html.escape(kind.en)}; {html.escape(stance.en)} {ar(stance.ar)}{quoted})"


def place_items(claim: Claim) -> list[str]:
    """The place as written, with what it was grounded to."""
    place = claim.place
    if place is None:
        return []
    known = [clean(piece) for piece in (place.name, place.country) if piece]
    if place.lat is not None and place.lon is not None:
        known.append(f"{place.lat:.3f}, {place.lon:.3f}")
    if place.precision and place.precision != "exact":
        known.append(html.escape(label("place_precisions", place.precision).en))
    return [f"{ar(place.text)} ({', '.join(known)})" if known else ar(place.text)]


def time_items(claim: Claim) -> list[str]:
    """The words of time, and the days they stand for."""
    time = claim.time
    if time is None or (not time.text and time.start is None):
        return []
    words = ar(time.text) if time.text else ""
    if time.start is None:
        return [words]
    last = f" to {time.end}" if time.end not in (None, time.start) else ""
    precision = html.escape(label("time_precisions", time.precision).en)
    return [f"{words} {time.start}{last} ({precision})".strip()]


def count_items(claim: Claim) -> list[str]:
    """Each count: what is counted, the range, the words."""
    return [
        f"{html.escape(label('count_kinds', count.kind).en)} {html.escape(count_range(count))}: {ar(count.text)}"
        for count in claim.counts
    ]
