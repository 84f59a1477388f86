"""Who did it and to whom, as two sides of a row: datasets of conflict have a first actor, a second, and who was with each.

The first side are those who did it, gained the place, or are the party that is told first; the second those it was done to, who lost the place, or the other party. Who only
answers an act of others (withdraws, beats it back, shoots it down) is on the second. On a side the main actor is who gained or lost the place, else one of the register whose type
ACLED has a code for, then civilians, then fighters, then another actor of the register, then words as written; between equals the one that comes first in the incident, which is
the one that more claims tell. Who else is on a side was on the side of its main actor that day, or one claim names them together and of one of them no side is known: whether two
of different sides fire together or at each other is not told by their both firing. The same rules hold for everybody: with its roles exchanged an incident has its sides exchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.export.base import IncidentRecord, Making, Names
from marsad.export.coders_words import MemberKind, is_named_force, kind_of, uncounted
from marsad.export.masking import PRIVATE, is_private_root
from marsad.model.actor import Actor, on_day

Row = Mapping[str, Any]
STATE_FORCES, OUTSIDERS = 1, 8
_FIRST, _SECOND = frozenset(("agent", "gainer")), frozenset(("patient", "loser"))
_ANSWERS = frozenset(("territory.withdrawal", "territory.repel", "strike.intercept"))
_ACTS = ("fight.", "strike.", "blast.", "territory.")
_HOLDERS = frozenset(("gainer", "loser"))
_OPPOSITE = {"agent": "patient", "patient": "agent"}
_RANK: Mapping[MemberKind, int] = {
    "civilians": 1,
    "fighters": 2,
    "regulars": 2,
    "known": 3,
    "words": 4,
    "nobody": 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody on a side.

    Attributes:
        name: Our English label, or the words as written.
        kind: An actor of the register, words that say civilians or fighters, or other words; nobody where all words only count, or name a place or thing by its kind.
        id: Of the actor, or "".
        side: The id of the side it was on, or "".
        inter: The code of its type in ACLED as the register has it, or None.
        country: Where it is at home, ISO 3166-1 alpha-2, or "".
        holder: Whether it gained the place, or lost it.
    """

    name: str
    kind: MemberKind
    id: str = ""
    side: str = ""
    inter: int | None = None
    country: str = ""
    holder: bool = False

    def code(self, country: str | None) -> int | None:
        """Its code in a country: state forces of another country are external forces there."""
        if self.inter == STATE_FORCES and self.country != (country or ""):
            return OUTSIDERS
        return self.inter


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The two sides, the main actor of each first; ``others`` are further actors of the register: another doer by another's word, or one of another side that acted too."""

    first: tuple[Member, ...] = ()
    second: tuple[Member, ...] = ()
    others: tuple[Member, ...] = ()


def sides_of(record: IncidentRecord, making: Making, day: date | None = None) -> Sides:
    """The sides of an incident on a day, on which persons are counted to the body that they spoke for; private persons who tell of it have no name here either."""
    names = making.names
    known = names.place((record.data["place"] or {}).get("id"))
    places = {(one.data.get("place") or {}).get("text") for one in record.claims} | {
        known.ar if known else None
    }
    hidden = _hidden(record, making)
    rows = [
        _masked(row, hidden, making)
        for row in _turned(record)
        if row.get("id") or row.get("text") not in places
    ]
    first = _members([row for row in rows if row["role"] in _FIRST], names, day)
    second = _members([row for row in rows if row["role"] in _SECOND], names, day)
    for one in _members([row for row in rows if row["role"] == "party"], names, day):
        _place_party(one, first, second)
    together = _together(record)
    ours, extra = _side(first, together)
    own = [one for one in second if ours and _one_body(ours[0], one)]
    theirs, more = _side([one for one in second if one not in own], together)
    others = {one.id: one for one in (*extra, *more, *own) if one.id and one.id not in _ids((*ours, *theirs))}
    return Sides(first=ours, second=theirs, others=tuple(others.values()))


def doers_told(record: IncidentRecord, making: Making, day: date | None = None) -> Mapping[str, list[Row]]:
    """Who is named as the doer of an armed act or as gaining the place, with the claims that say so; whoever only answers an act is none."""
    hidden, found = _hidden(record, making), defaultdict(list)
    for told in record.data["claims"]:
        if told["says"] == "affirms" and _is_act(told["event"]):
            rows = [_masked(row, hidden, making) for row in told.get("actors") or () if row["role"] in _FIRST]
            for one in _members(rows, making.names, day):
                if one.kind in ("known", "words") or is_named_force(one.name):
                    found[one.name].append(told)
    return found


def _hidden(record: IncidentRecord, making: Making) -> list[str]:
    """The names of private persons who tell of it."""
    rows = () if making.private else record.data["claims"]
    return [row["root_text"] for row in rows if is_private_root(row)]


def _is_act(event: str) -> bool:
    return event.startswith(_ACTS) and event not in _ANSWERS


def _masked(row: Row, hidden: Sequence[str], making: Making) -> Row:
    if not row.get("id") and any(name and name in (row.get("text") or "") for name in hidden):
        return {**row, "text": PRIVATE[making.lang]}
    return row


def _turned(record: IncidentRecord) -> Sequence[Row]:
    """The actors of an incident; where an act has a doer, those who only answer it (withdraw, beat it back, shoot it down) are those whom it was done to, and those whom they beat back its doers."""
    rows: Sequence[Row] = record.data["actors"]
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in record.data["claims"]:
        if row["says"] == "affirms":
            for actor in row.get("actors") or ():
                told[actor["role"], actor.get("id") or actor.get("text") or ""].add(row["event"])

    if not any(role in _FIRST and any(map(_is_act, events)) for (role, _), events in told.items()):
        return rows
    turned = []
    for row in rows:
        events = told.get((row["role"], row.get("id") or row.get("text") or ""), set())
        role = _OPPOSITE.get(row["role"]) if events and events <= _ANSWERS else None
        turned.append({**row, "role": role} if role else row)
    return turned


def _members(rows: Sequence[Row], names: Names, day: date | None) -> list[Member]:
    made: dict[tuple[str, str], Member] = {}
    for row in sorted(rows, key=lambda row: row["role"] not in _HOLDERS):
        member = _member(row, names, day)
        if member.kind != "nobody":
            made.setdefault((member.id, "" if member.id else member.name), member)
    return list(made.values())


def _member(row: Row, names: Names, day: date | None) -> Member:
    actor, holder = names.actor(row.get("id")), row["role"] in _HOLDERS
    if actor is not None:
        body = _body(actor, names, day)
        return Member(
            name=body.label.en, kind="known", id=body.id, side=row.get("side") or "", inter=body.inter, country=body.country, holder=holder,
        )  # fmt: skip
    label, text = names.label(row.get("id")), str(row.get("text") or "")
    if label is not None:
        return Member(
            name=label.en, kind="known", id=str(row["id"]), side=row.get("side") or "", holder=holder
        )
    return Member(name=uncounted(text), kind=kind_of(text), holder=holder)


def _body(actor: Actor, names: Names, day: date | None) -> Actor:
    """The body that a person spoke for on a day; any other actor is itself."""
    office = on_day(actor.offices, day) if actor.kind == "person" else None
    return (names.actor(office.of) if office else None) or actor


def _place_party(one: Member, first: list[Member], second: list[Member]) -> None:
    for side in (first, second):
        if side and any(_allied(one, other) for other in side):
            side.append(one)
            return
    (first if not first else second).append(one)


def _allied(one: Member, other: Member) -> bool:
    return one.id == other.id != "" or one.side == other.side != ""


def _one_body(one: Member, other: Member) -> bool:
    """Whether two are one, or organs of one state: what is done to the own state is most often done in its country."""
    organs = one.inter == other.inter == STATE_FORCES and one.country == other.country
    return one.id == other.id != "" or organs


def _side(
    members: Sequence[Member], together: frozenset[tuple[str, str]]
) -> tuple[tuple[Member, ...], list[Member]]:
    """The main actor with those who are with it, and the actors of the register who are not."""
    if not members:
        return (), []
    main = min(members, key=_rank)
    beside = [one for one in members if one is not main and _beside(main, one, together)]
    rest = [one for one in members if one.kind == "known" and one is not main and one not in beside]
    return (main, *beside), rest


def _rank(one: Member) -> tuple[bool, int]:
    """Whoever gained or lost the place goes first."""
    return not one.holder, 0 if one.kind == "known" and one.inter else _RANK[one.kind]


def _beside(main: Member, one: Member, together: frozenset[tuple[str, str]]) -> bool:
    if one.kind == "civilians":
        return main.kind != "civilians"
    if one.kind != "known" or main.kind != "known":
        return one.kind == "known" and main.kind == "civilians"
    return _allied(main, one) or ((main.id, one.id) in together and not (main.side and one.side))


def _together(record: IncidentRecord) -> frozenset[tuple[str, str]]:
    """Pairs of actors that one affirming claim names in one role."""
    found = set()
    for row in record.data["claims"]:
        if row["says"] != "affirms":
            continue
        named = [(actor["role"], actor["id"]) for actor in row.get("actors") or () if actor.get("id")]
        found |= {(a, b) for role, a in named for other, b in named if role == other and a != b}
    return frozenset(found)


def _ids(members: Sequence[Member]) -> set[str]:
    return {one.id for one in members if one.id}
