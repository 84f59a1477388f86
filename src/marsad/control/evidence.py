"""From an incident to what it tells of the control of a place, on which day, and on whose word.

An incident gives one moment, or two: a denial that was published after the last word for an event is a moment of its own, on its own day.
Only ``affirms`` and ``denies`` count; what is expected or demanded tells nothing of who holds a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.control.parties import Names, Parties, most_named, speaks_for, without
from marsad.model.incident import Incident, Part, Testimony, When

Deed = Literal["capture", "withdrawal", "entry", "repel", "siege", "denial"]

DEEDS: dict[str, Deed] = {
    "territory.control": "capture",
    "territory.withdrawal": "withdrawal",
    "territory.advance": "entry",
    "territory.repel": "repel",
    "territory.siege": "siege",
}
"""What each event is to control; other events tell nothing of it."""
_TOPICS = {"capture": "hands", "withdrawal": "hands"}
"""A capture and the withdrawal that goes with it are one question: whether the place changed hands."""
_ORDER: dict[Deed, int] = {"siege": 0, "entry": 1, "withdrawal": 2, "capture": 3, "repel": 4, "denial": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an incident tells of one question.

    Attributes:
        deed: What is told.
        by: Who gained, left, entered, beat back or besieges; the one named most first.
        against: Who lost, or was beaten back. For a capture those who left are among them.
        affirmed: The claims that affirm it.
        denied: The claims that deny it at the same time.
        rival: Whether another party is said to be the one that gained.
        raid: Whether those who gained are said to have left again.
    """

    deed: Deed
    by: Parties = ()
    against: Parties = ()
    affirmed: tuple[Testimony, ...] = ()
    denied: tuple[Testimony, ...] = ()
    rival: bool = False
    raid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is told of one place for one day by one incident.

    Attributes:
        day: The day from which it counts.
        when: The days that the incident gives.
        told: The first day on which it was published, or "".
        incident: The incident's id.
        words: What is told, in the order in which it is weighed.
        status: ``disputed`` or ``conceded`` where the incident is about territory only and its status says so, else "".
    """

    day: date
    when: When
    told: str
    incident: str
    words: tuple[Word, ...]
    status: str = ""

    @property
    def key(self) -> tuple[date, str, int, str]:
        """Its place in the fixed order: by day, by when it was first told, what is weaker first, by the incident's id."""
        return (self.day, self.told, max(_ORDER[word.deed] for word in self.words), self.incident)


def claims_of(incidents: Iterable[Incident]) -> list[Testimony]:
    """All claims about control that count, in a fixed order."""
    found = [
        told.testimony
        for incident in incidents
        for told in incident.told
        if told.group and told.testimony.event in DEEDS and told.testimony.says in ("affirms", "denies")
    ]
    return sorted(found, key=lambda claim: (*claim.key, claim.id))


def moments(incident: Incident, names: Names) -> Iterator[Moment]:
    """What an incident tells of its place, moment by moment; nothing where nobody affirms or denies anything that counts."""
    start = incident.when.start
    if start is None:
        return
    words, later = _words(_last_words(incident), names)
    if words:
        told = min(claim.published[:10] for word in words for claim in (*word.affirmed, *word.denied))
        yield Moment(
            day=start,
            when=incident.when,
            told=told,
            incident=incident.id,
            words=words,
            status=_status(incident),
        )
    if later:
        day = max(start, _told_on(later[0]) or start)
        yield Moment(
            day=day,
            when=When(day, day, "day", "article"),
            told=later[0].published[:10],
            incident=incident.id,
            words=(_denial(later, names),),
        )


def _status(incident: Incident) -> str:
    """The incident's status where it can only be about control: the dispute over a toll is none over a place."""
    about_control = all(event in DEEDS for event in incident.events)
    denied = any(told.testimony.says == "denies" for told in incident.told)
    return incident.status or "" if about_control and not denied else ""


def _told_on(claim: Testimony) -> date | None:
    try:
        return date.fromisoformat(claim.published[:10])
    except ValueError:
        return claim.when.start


def _topic(claim: Testimony) -> str:
    deed = DEEDS[claim.event]
    return _TOPICS.get(deed, deed)


def _last_words(incident: Incident) -> list[Testimony]:
    """The claims that stand: of a group of roots that affirms and denies one thing, its later word; of one day, what it affirms."""
    groups: dict[tuple[str, str], list[Testimony]] = {}
    group_of = {told.testimony.id: told.group for told in incident.told}
    for claim in claims_of([incident]):
        groups.setdefault((group_of[claim.id], _topic(claim)), []).append(claim)
    kept: list[Testimony] = []
    for claims in groups.values():
        last = max(claims, key=lambda claim: (claim.published[:10], claim.says == "affirms"))
        kept += [claim for claim in claims if claim.says == last.says]
    return sorted(kept, key=lambda claim: (*claim.key, claim.id))


def _words(claims: list[Testimony], names: Names) -> tuple[tuple[Word, ...], list[Testimony]]:
    """What is told at once, in the order of weighing, and the denials that came later."""
    words: list[Word] = []
    later: list[Testimony] = []
    for topic in ("siege", "entry", "hands", "repel"):
        about = [claim for claim in claims if _topic(claim) == topic]
        affirmed = tuple(claim for claim in about if claim.says == "affirms")
        denied = tuple(claim for claim in about if claim.says == "denies")
        if topic == "hands" and affirmed:
            word = _change_of_hands(affirmed, denied, names)
            after = _later_than_settled(word)
            later += after
            kept = tuple(claim for claim in denied if claim not in after)
            words.append(_change_of_hands(affirmed, kept, names))
        elif topic == "hands" and denied:
            words.append(_denial(denied, names))
        elif affirmed:
            by = most_named(names, (_in_roles(claim, "agent") for claim in affirmed))
            against = most_named(names, (_in_roles(claim, "patient") for claim in affirmed))
            deed = DEEDS[affirmed[0].event]
            words.append(Word(deed=deed, by=by, against=against, affirmed=affirmed, denied=denied))
    return tuple(words), later


def _later_than_settled(word: Word) -> list[Testimony]:
    """The denials that were published after the event had been affirmed by another than the one that gains by it."""
    settling = [claim.published[:10] for claim in word.affirmed if not speaks_for(claim.root, word.by)]
    return [claim for claim in word.denied if settling and claim.published[:10] > min(settling)]


def _in_roles(claim: Testimony, *roles: str) -> list[Part]:
    """The parts of the first role that anybody has."""
    for role in roles:
        if found := [part for part in claim.parts if part.role == role]:
            return found
    return []


def gaining(claim: Testimony) -> list[Part]:
    """Who gains by a claim of capture: its gainer, else its agent."""
    return _in_roles(claim, "gainer", "agent") if DEEDS[claim.event] == "capture" else []


def losing(claim: Testimony) -> list[Part]:
    """Who loses by a claim of capture or withdrawal: the loser, or the one that leaves."""
    return (
        _in_roles(claim, "loser") if DEEDS[claim.event] == "capture" else _in_roles(claim, "agent", "loser")
    )


def _change_of_hands(affirmed: tuple[Testimony, ...], denied: tuple[Testimony, ...], names: Names) -> Word:
    by = most_named(names, map(gaining, affirmed))
    losers = most_named(names, map(losing, affirmed))
    captured = any(DEEDS[claim.event] == "capture" for claim in affirmed)
    left = [part for c in affirmed if DEEDS[c.event] == "withdrawal" for part in losing(c)]
    against = without(losers, by)
    # Who is said to have lost it and nobody to have gained it has left it.
    deed: Deed = "capture" if by or (captured and not against) else "withdrawal"
    return Word(
        deed=deed,
        by=by if deed == "capture" else losers,
        against=against if deed == "capture" else (),
        affirmed=affirmed,
        denied=denied,
        rival=bool(by) and _has_rival(affirmed, by, names),
        raid=any(holder in by for holder in names.of(left)),
    )


def _has_rival(affirmed: Sequence[Testimony], by: Parties, names: Names) -> bool:
    """Whether a claim names none of those whom the claims about the one named most name; a name that nobody knows is no rival."""
    named = [set(names.of(gaining(claim))) for claim in affirmed]
    joint = {holder for some in named if by[0] in some for holder in some}
    rivals = (some for some in named if some and not some & joint)
    return bool(by[0].id) and any(one.id for some in rivals for one in some)


def _denial(denied: Sequence[Testimony], names: Names) -> Word:
    by = most_named(names, map(gaining, denied))
    against = without(most_named(names, map(losing, denied)), by)
    return Word(deed="denial", by=by, against=against, denied=tuple(denied))
