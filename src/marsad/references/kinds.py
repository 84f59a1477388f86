"""What of theirs corresponds to what of ours: ACLED's types by the codebook, UCDP's by what kills.

One rule for every side: a type fits by what happened and never by who did it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from marsad.codebook import load_codebook
from marsad.references.event import ReferenceEvent

FORCE = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
"""ACLED's wider types that are acts of force; a report of one is easily a report of another."""
_NOT_PHYSICAL = ("say.", "talks.contact", "law.")
"""Codes that ACLED would not record for themselves, though the codebook names "Other" as the nearest to them."""
_HARM = frozenset({"harm.killed", "harm.wounded", "damage.property"})
"""What an act of force did, whichever act it was."""
_DEADLY = ("fight.", "strike.", "blast.", "harm.", "territory.", "protest.riot")


@cache
def acled_types() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Of each code that ACLED would record, the pairs of wider and narrower type that it may be; of `_HARM`, all wider types of force with no narrower one."""
    book = load_codebook().events
    found = {
        code: frozenset((one.event, one.sub_event) for one in event.acled)
        for code, event in book.items()
        if not code.startswith(_NOT_PHYSICAL)
    }
    wide = frozenset((group, "") for group in FORCE)
    return {code: types | wide if code in _HARM else types for code, types in found.items()}


def ucdp_records(events: Iterable[str], killed: int | None) -> bool:
    """Whether UCDP would record an incident: organised force that killed somebody.

    Args:
        events: Its codes.
        killed: The highest toll told, None where none is.
    """
    codes = frozenset(events)
    dead = bool(killed) or not codes.isdisjoint({"harm.killed", "harm.assassination", "harm.execution"})
    return dead and any(code.startswith(_DEADLY) for code in codes)


def their_group(events: Iterable[str]) -> str:
    """The wider type of ACLED that is nearest to the codes: to the first that is an act, else to the first that is what an act did; "" where none has one."""
    book = load_codebook().events
    known = [code for code in events if code in book and book[code].acled]
    act = next((code for code in known if code not in _HARM), known[0] if known else "")
    return book[act].acled[0].event if act else ""


def acled_fit(event: ReferenceEvent, codes: Iterable[str]) -> str:
    """How the type of an ACLED row fits codes of ours: ``same``, ``group`` (the wider type), ``force``, ``unknown`` (their type is none that we know), or ""."""
    known = acled_types()
    if event.group not in _groups():
        return "unknown"
    ours = frozenset().union(*(known.get(code, frozenset()) for code in codes))
    if (event.group, event.kind) in ours and event.kind:
        return "same"
    groups = {group for group, _ in ours}
    if event.group in groups:
        return "group"
    return "force" if event.group in FORCE and not FORCE.isdisjoint(groups) else ""


@cache
def _groups() -> frozenset[str]:
    return frozenset(kind.event for event in load_codebook().events.values() for kind in event.acled)
