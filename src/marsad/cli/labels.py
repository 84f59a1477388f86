"""Names for people, in English and Arabic, of the codebook's values; values without one are shown as they are."""

from __future__ import annotations

from marsad.codebook import Label, load_codebook

PARTS = {
    "source": Label(en="said by", ar="القائل"),
    "actors": Label(en="who", ar="من"),
    "place": Label(en="where", ar="أين"),
    "time": Label(en="when", ar="متى"),
    "counts": Label(en="how many", ar="كم"),
    "readers": Label(en="read by", ar="القارئان"),
    "evidence": Label(en="words", ar="النص"),
    "origin": Label(en="why", ar="السبب"),
}
OWN_VOICE = Label(en="the article itself", ar="الخبر نفسه")


def event_label(code: str) -> Label:
    """The label of an event type: ``event_label("strike.air").en`` is ``air strike``."""
    event = load_codebook().events.get(code)
    return event.label if event else Label(en=code, ar="")


def label(group: str, value: str) -> Label:
    """The label of another value: ``label("stances", "concede").en`` is ``concedes``."""
    return load_codebook().values.get(group, {}).get(value) or Label(en=value, ar="")
