"""What ``/control`` shows: which places and days are asked for, the story of one spell, and what differs between two days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.grounding.place_keys import place_key
from marsad.store.reads import filters_from
from marsad.store.reads.control import (
    STATES,
    Asked,
    SpellRow,
    beginnings,
    control_places,
    key_of_spell,
    latest_day,
    names_told,
    on_two_days,
    spell_object,
    spells_at,
    told_days,
)
from marsad.store.reads.control_story import ToldIncident, conceding_claims, told_incidents
from marsad.web.views.lanes import Chart, Sight, Window, chart, window_of
from marsad.web.views.titles import sentence
from marsad.web.visit import NotFound, Visit

PLACES = 40
"""Lanes of one page."""
ROWS = 200
"""Rows of one page of the table of a day."""
_MOST_TOLD = 60
_NEAR = 200
_MONTH, _OPEN = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Why a spell is as it is.

    Attributes:
        spell: The whole spell (CODEBOOK section 9).
        key: The key of its place.
        near: First and last day of a window in which it can be seen well.
        lang: In which the reasons are: that of the visit where they are there in it.
        reasons: Sentences.
        roots: Whose word it is, for people.
        incidents: What it rests on.
        left: How many incidents are not listed.
        conceding: Who of those that lose by it concede it: (root for people, article, number of the claim).
    """

    spell: Mapping[str, Any]
    key: str
    near: tuple[str, str]
    lang: str
    reasons: tuple[Markup, ...]
    roots: tuple[str, ...]
    incidents: tuple[ToldIncident, ...]
    left: int
    conceding: tuple[tuple[str, str, int], ...]


def asked_of(visit: Visit, connection: Connection) -> Asked:
    """What an address narrows spells to.

    Raises:
        InputError: a day, country or state is none.
    """
    filters = filters_from(
        (name, value) for name, value in visit.query if name in ("since", "until", "country")
    )
    states = tuple(value for name, value in visit.query if name == "state")
    for state in states:
        if state not in STATES:
            raise InputError(f"state={state} is none of {', '.join(STATES)}")
    return Asked(
        keys=_keys(visit, connection), country=filters.country, holder=_holders(visit), state=states,
        since=filters.since, until=filters.until, on=day_asked(visit, "on"),
    )  # fmt: skip


def day_asked(visit: Visit, name: str) -> str | None:
    """An ISO day of the query, or None.

    Raises:
        InputError: it is none.
    """
    raw = visit.asked(name)
    try:
        return filters_from([("since", raw)]).since
    except InputError:
        raise InputError(f"{name}={raw} is no day such as 2024-12-06") from None


def _holders(visit: Visit) -> tuple[str, ...]:
    """Labels as spells have them: an id of the register stands for its English label."""
    names = visit.workspace.names
    found = []
    for value in (value for name, value in visit.query if name == "holder"):
        label = names.label(value)
        found.append(label.en if label else value)
    return tuple(found)


def _keys(visit: Visit, connection: Connection) -> tuple[str, ...] | None:
    """Keys of places by id, by key, or by a name as anybody writes it; None where no place is asked for."""
    spell = visit.asked("spell")
    places = tuple(value for name, value in visit.query if name == "place")
    written = visit.asked("q")
    if spell and not places:
        key = key_of_spell(connection, spell)
        places = (key,) if key else ()
    if not places and not written:
        return None
    told = visit.workspace.kept.get(connection, "control.names", names_told)
    found = {key for key, _, identity, _ in told if key in places or (identity and identity in places)}
    if written:
        near = {place.id for place in visit.workspace.names.places(written, _NEAR)}
        wanted = place_key(written)
        found |= {
            key
            for key, name, identity, _ in told
            if identity in near or (wanted and wanted in place_key(name))
        }
    return tuple(sorted(found))


def place_name(visit: Visit, identity: str | None, name: str) -> str:
    """What a place is called in the language of the visit."""
    known = visit.workspace.names.place(identity) if identity and visit.lang == "ar" else None
    return known.ar if known and known.ar else name


def holder_name(visit: Visit, identity: str | None, label: str) -> str:
    """What a holder is called in the language of the visit."""
    return visit.label(identity) or label


def ids_by_label(visit: Visit, connection: Connection) -> dict[str, str]:
    """The ids of actors by their English labels, for spells keep labels only."""
    names = visit.workspace.names
    return visit.workspace.kept.get(
        connection, "control.labels", lambda _: {actor.label.en: actor.id for actor in names.actors()}
    )


def lanes_of(visit: Visit, connection: Connection, asked: Asked, skip: int) -> Chart:
    """The lanes of one page."""
    places = control_places(connection, asked, PLACES, skip)
    spells = spells_at(connection, [place.key for place in places])
    resting = sorted({one for rows in spells.values() for _, whole in rows for one in whole["incidents"]})
    sight = Sight(
        window=_window(connection, asked, [place.key for place in places]), told=told_days(connection, resting),
        label=lambda identity, label: holder_name(visit, identity, label), chosen=visit.asked("spell"),
    )  # fmt: skip
    return chart(places, spells, sight)


def _window(connection: Connection, asked: Asked, keys: Sequence[str]) -> Window:
    """The days asked for; without any those of these places."""
    of_page = beginnings(connection, Asked(keys=tuple(keys)))
    return window_of(of_page, latest_day(connection), asked.since, asked.until)


def story_of(visit: Visit, connection: Connection, identity: str) -> Story:
    """The story of a spell.

    Raises:
        NotFound: there is no such spell.
    """
    whole = spell_object(connection, identity)
    if whole is None:
        raise NotFound(
            f"there is no spell {identity}: spells are made anew when an incident at the place changes"
        )
    lang = "ar" if visit.lang == "ar" and whole.get("reasons_ar") else "en"
    reasons = whole["reasons_ar" if lang == "ar" else "reasons"]
    incidents = list(whole["incidents"])
    return Story(
        spell=whole, key=key_of_spell(connection, identity) or "", near=_near(whole), lang=lang, reasons=tuple(sentence(one, lang) for one in reasons), roots=tuple(root_name(visit, root) for root in whole["roots"]),
        incidents=told_incidents(connection, incidents[:_MOST_TOLD]), left=max(0, len(incidents) - _MOST_TOLD),
        conceding=tuple((root_name(visit, root), article, number) for root, article, number in conceding_claims(connection, incidents[:_MOST_TOLD])),
    )  # fmt: skip


def _near(whole: Mapping[str, Any]) -> tuple[str, str]:
    """Days around a spell: half as long before and after as it is itself, at least a month."""
    first = date.fromisoformat(whole["from"])
    last = date.fromisoformat(whole["to"]) if whole["to"] else first + _OPEN
    around = max((last - first) / 2, _MONTH)
    return (max(first, date.min + around) - around).isoformat(), (
        min(last, date.max - around) + around
    ).isoformat()


def root_name(visit: Visit, root: str) -> str:
    """A root for people: our label, or the words by which an unnamed source is called, with the outlet that heard it."""
    label = visit.label(root)
    if label:
        return label
    kind, _, rest = root.partition(":")
    outlet, _, words = rest.partition(":")
    if kind == "unnamed" and words:
        return visit.words("control.unnamed", words=words, outlet=visit.label(f"outlet:{outlet}") or outlet)
    return rest if kind == "outlet" and rest else root


def differences(
    connection: Connection, asked: Asked, other: str
) -> tuple[list[tuple[SpellRow | None, SpellRow | None]], int]:
    """Places of which something else is told on another day than on the day asked for (that day's spell first), and how many are as they were."""
    pairs = on_two_days(connection, replace(asked), other)
    differing = [pair for pair in pairs.values() if _state(pair[0]) != _state(pair[1])]
    return differing, len(pairs) - len(differing)


def _state(row: SpellRow | None) -> tuple[str | None, ...]:
    return (row.state, row.holder, row.claimant) if row else ("unknown", None, None)
