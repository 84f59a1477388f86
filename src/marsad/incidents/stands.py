"""Where each root stands: what it says of the incident in the end, and whether that hurts its own side.

Conceding is speaking against one's interest: owning up to the loss or abandonment of a place, to harm that one's own side did to civilians, to a broken
word, or to one's fighters killed or captured by an enemy who claims it. Reporting an attack that one suffered is not a concession (CODEBOOK section 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.incidents.families import fit
from marsad.incidents.roots import folded_words
from marsad.incidents.words import word_lists
from marsad.model.incident import Part, Testimony, Told

_HARM = ("harm.", "custody.", "strike.", "fight.", "blast.", "damage.")
_LOST_PEOPLE = frozenset(("harm.killed", "harm.wounded", "custody.arrest", "harm.abduction"))
_ACTING = ("agent", "gainer")


@dataclass(frozen=True, slots=True)
class Stands:
    """What the groups of roots say of an incident.

    Attributes:
        affirming: Testimonies that affirm it and count, by group.
        denying: Testimonies that deny it, count and are about what someone affirms, by group; a group that later affirms is not here.
    """

    affirming: dict[str, list[Testimony]]
    denying: dict[str, list[Testimony]]


def stands_of(told: Sequence[Told]) -> Stands:
    """Sort the testimonies that count by what they say; a root's later affirmation replaces its earlier denial."""
    affirming: dict[str, list[Testimony]] = {}
    denials: dict[str, list[Testimony]] = {}
    for one in told:
        if one.group:
            into = affirming if one.testimony.says == "affirms" else denials
            into.setdefault(one.group, []).append(one.testimony)
    if not affirming:
        return Stands({}, denials)
    denying = {}
    for group, said in denials.items():
        held = [
            one
            for one in said
            if _about(one, group, affirming) and not _taken_back(one, affirming.get(group, ()))
        ]
        if held:
            denying[group] = held
    return Stands(affirming, denying)


def _taken_back(denial: Testimony, own: Sequence[Testimony]) -> bool:
    """Whether the same group affirms the same thing, not before it denied."""
    return any(fit(denial.event, one.event) >= 1.0 and one.published >= denial.published for one in own)


def _about(denial: Testimony, group: str, affirming: dict[str, list[Testimony]]) -> bool:
    """Whether it denies what another group affirms; who denies only to have done it himself denies it where someone names him."""
    own = {part.side or part.key for part in denial.parts if part.role in _ACTING}
    denies_own_part = bool(denial.root.side) and own == {denial.root.side}
    for other, said in affirming.items():
        if other == group:
            continue
        for one in said:
            if fit(denial.event, one.event) < (2.0 if denial.event.startswith("harm.") else 0.6):
                continue
            if not denies_own_part or denial.root.side in {p.side for p in one.parts if p.role in _ACTING}:
                return True
    return False


def another_agent(stands: Stands) -> tuple[Testimony, Testimony] | None:
    """Two testimonies of independent roots of which one names as agent the other's side, and that other a third: each lays it at another's door.

    Who is meant has to be known by side; an article's own voice accuses nobody against a source.
    """
    named = [
        (group, one, sides)
        for group, said in sorted(stands.affirming.items())
        for one in sorted(said, key=lambda t: t.key)
        if not one.root.own_voice and (sides := {p.side for p in one.parts if p.role in _ACTING and p.side})
    ]
    for number, (group, one, sides) in enumerate(named):
        for other_group, other, other_sides in named[number + 1 :]:
            if group == other_group or sides & other_sides or fit(one.event, other.event) < 1.0:
                continue
            blamed = (other.root.side in sides and other.root.side != "") or (
                one.root.side in other_sides and one.root.side != ""
            )
            if blamed and not _own_blow(one, other):
                return one, other
    return None


def _own_blow(one: Testimony, other: Testimony) -> bool:
    """Whether the two tell of blow and counter-blow: each side's blow at the other is two acts, not one act with two agents."""
    return _sides(one, ("patient", "loser")) != _sides(other, ("patient", "loser"))


def _sides(one: Testimony, roles: Sequence[str]) -> set[str]:
    return {part.side for part in one.parts if part.role in roles and part.side}


def cannot_both_be(stands: Stands) -> tuple[Testimony, Testimony] | None:
    """Two independent roots that give one place to two sides, or of which one tells of its capture and the other that the assault was beaten back."""
    claims = [
        (group, one)
        for group, said in sorted(stands.affirming.items())
        for one in sorted(said, key=lambda t: t.key)
        if one.event in ("territory.control", "territory.repel")
    ]
    for number, (group, one) in enumerate(claims):
        for other_group, other in claims[number + 1 :]:
            if group != other_group and _contradict(one, other):
                return one, other
    return None


def _contradict(one: Testimony, other: Testimony) -> bool:
    if {one.event, other.event} == {"territory.control", "territory.repel"}:
        return one.when.end == other.when.end
    gained, also = _sides(one, ("gainer", "agent")), _sides(other, ("gainer", "agent"))
    same_day = one.when.start == other.when.start
    return (
        one.event == other.event == "territory.control"
        and bool(gained and also)
        and not gained & also
        and same_day
    )


def concession(stands: Stands) -> tuple[Testimony, str] | None:
    """The first testimony by which a root concedes, and which way: ``loss``, ``harm``, ``breach``, ``losses`` or ``word`` (by its own word)."""
    for _, said in sorted(stands.affirming.items()):
        for one in sorted(said, key=lambda t: t.key):
            if one.root.side and (way := _concedes(one, stands)):
                return one, way
    return None


def _concedes(one: Testimony, stands: Stands) -> str:
    own = one.root.side
    acting, suffering = _sides(one, _ACTING), _sides(one, ("patient", "loser"))
    if one.event == "territory.control" and own in _sides(one, ("loser",)) and own not in acting:
        return "loss"
    if one.event == "territory.withdrawal" and own in acting:
        return "loss"
    if one.event == "talks.breach" and own in acting:
        return "breach"
    if one.event.startswith(_HARM) and own in acting and own not in suffering and _civilians(one):
        return "harm"
    if one.event in _LOST_PEOPLE and own in suffering and _fighters(one) and _claimed_by_enemy(one, stands):
        return "losses"
    involved = own in acting | suffering
    return "word" if one.stance == "concede" and involved and one.event not in _LOST_PEOPLE else ""


def _words_of(parts: Sequence[Part]) -> set[str]:
    return {word for part in parts for word in folded_words(part.text)}


def _civilians(one: Testimony) -> bool:
    lists = word_lists("people")
    words = _words_of([part for part in one.parts if part.role == "patient"])
    return bool(words & lists["civilians"]) and not words & lists["fighters"]


def _fighters(one: Testimony) -> bool:
    lists = word_lists("people")
    words = _words_of([part for part in one.parts if part.role == "patient"])
    return bool(words & lists["fighters"]) and not words & lists["civilians"]


def _claimed_by_enemy(one: Testimony, stands: Stands) -> bool:
    """Whether another side says of the same event that it did it."""
    own = one.root.side
    return any(
        other.root.side and other.root.side != own and other.root.side in _sides(other, _ACTING)
        for said in stands.affirming.values()
        for other in said
    )
