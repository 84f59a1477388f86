"""``/codebook``: how it is coded, as the codebook itself says it, with the rules by which statuses and control follow from claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.responses import JSONResponse, Response

from marsad.codebook import Codebook, EventType, near_codes
from marsad.codebook.codebook import acled_text, load_codebook, plover_text
from marsad.web.visit import NotFound, Visit

GROUPS = {
    "polarity": "polarities", "modality": "modalities", "stance": "stances", "kind": "source_kinds", "role": "roles",
    "precision": "place_precisions", "time": "time_precisions", "count": "count_kinds", "says": "says", "status": "statuses",
}  # fmt: skip
"""What a section of the page is called in the interface's words, and what the codebook calls the group."""
STATES = ("machine", "accepted", "edited", "rejected", "unsure", "conflict", "agreed", "final")
CONTROL = ("held", "contested", "unknown")


def codebook(visit: Visit) -> Response:
    """All event types, narrowed to those in which the words of ``?q=`` stand, and the values of the other fields."""
    book = load_codebook()
    words = visit.asked("q").casefold().split()
    found = [event for event in book.events.values() if _fits(event, words)]
    families = [(name, [one for one in found if one.family == name]) for name in book.families]
    return visit.page(
        "codebook.html", families=[(name, events) for name, events in families if events], book=book, groups=GROUPS,
        states=STATES, control=CONTROL, found=len(found), acled=acled_text, plover=plover_text, marked=marked,
    )  # fmt: skip


def entry(visit: Visit) -> Response:
    """One event type on a page of its own."""
    book, code = load_codebook(), visit.part("code")
    event = book.events.get(code)
    if event is None:
        near = ", ".join(near_codes(code, book))
        raise NotFound(f"the codebook has no event {code!r}" + (f"; there are {near}" if near else ""))
    codes = list(book.events)
    at = codes.index(code)
    around = (codes[at - 1] if at else None, codes[at + 1] if at + 1 < len(codes) else None)
    return visit.page(
        "codebook_entry.html", event=event, around=around, acled=acled_text, plover=plover_text, marked=marked
    )


def codebook_json(visit: Visit) -> Response:
    """The same as data, whole."""
    return JSONResponse(as_data(load_codebook()))


def marked(text: str, trigger: str) -> tuple[str, str, str]:
    """A sentence cut around its trigger.

    >>> marked("a storm hit", "storm")
    ('a ', 'storm', ' hit')
    """
    before, word, after = text.partition(trigger)
    return before, word, after


def as_data(book: Codebook) -> dict[str, Any]:
    """The codebook as JSON."""
    return {
        "version": book.version,
        "families": {name: _label(label) for name, label in book.families.items()},
        "events": [_event(event) for event in book.events.values()],
        "values": {
            kind: {name: _label(label) for name, label in names.items()}
            for kind, names in book.values.items()
        },
        "settled": {point.name: point.text for point in book.settled},
    }


def _label(label: Any) -> dict[str, str]:  # noqa: ANN401 (a label of the codebook or of the register)
    return {"en": label.en, "ar": label.ar}


def _event(event: EventType) -> dict[str, Any]:
    return {
        "code": event.code, **_label(event.label), "family": event.family, "definition": event.definition, "notes": event.notes,
        "roles": list(event.roles), "acled": acled_text(event), "plover": plover_text(event),
        "examples": [
            {
                "text": one.text, "trigger": one.trigger, "roles": {role: list(texts) for role, texts in one.roles.items()},
                "place": one.place, "polarity": one.polarity, "modality": one.modality,
            }
            for one in event.examples
        ],
        "not_this": [{"text": one.text, "event": one.event} for one in event.counter],
    }  # fmt: skip


def _fits(event: EventType, words: list[str]) -> bool:
    said = " ".join(_said(event)).casefold()
    return all(word in said for word in words)


def _said(event: EventType) -> Iterator[str]:
    yield from (event.code, event.label.en, event.label.ar, event.definition, event.notes)
    yield from (one.text for one in event.examples)


ROUTES = (
    ("/codebook", codebook),
    ("/codebook.json", codebook_json),
    ("/codebook/{code}", entry),
)
