"""Spells: one place's row of intervals, built moment by moment by a small state machine.

The row is a list of spells without gaps or overlaps from the first day on which anything is told; before that day nothing is claimed. What
is told of one day makes one spell: an earlier state of that very day gives way, and its evidence goes over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from marsad.control import rules
from marsad.control.evidence import Moment, Word
from marsad.control.rules import State, Turn
from marsad.control.telling import Teller
from marsad.model.control import ControlState, Holder, Spell
from marsad.model.incident import Reason, Spot

_ID_DIGITS = 15


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A spell that is still being written."""

    state: State
    start: date
    began: str
    told: str
    rule: str
    incidents: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def take(self, other: _Draft) -> None:
        """Take over the evidence of a state of the same day; its roots only where it was about the same party."""
        self.incidents = other.incidents + self.incidents
        self.reasons = other.reasons + self.reasons
        parties = {other.state.holder, other.state.claimant} - {None}
        if self.state.state == "contested" or self.state.holder in parties:
            self.roots = other.roots + self.roots


class Row:
    """The spells of one place.

    Args:
        place: Where.
        key: What tells the place from others; part of the spells' ids.
        teller: Who puts it into sentences.
    """

    def __init__(self, place: Spot, key: str, teller: Teller) -> None:
        self._place, self._key, self._teller = place, key, teller
        self._drafts: list[_Draft] = []

    @property
    def _now(self) -> State | None:
        return self._drafts[-1].state if self._drafts else None

    def _before(self) -> Holder | None:
        """Who held the place before the present spell."""
        return self._drafts[-2].state.holder if len(self._drafts) > 1 else None

    def add(self, moment: Moment) -> None:
        """Weigh what is told at a moment; it must not lie before those that were added."""
        now, turned, before = self._now, "", self._before()
        told: list[tuple[str, State]] = []
        for word in moment.words:
            for turn in _turns(now, word, moment, before):
                now, turned = turn.state or now, turn.rule if turn.state else turned
                if turn.rule and now:
                    told.append((turn.rule, now))
        if now is None:
            return
        if self._one_day(now, turned, moment):
            now, turned = self._undecided(now), _SAME_DAY
            told = [(turned, now)]
        self._turn(now, turned, moment)
        self._note(moment, told)

    def _one_day(self, now: State, rule: str, moment: Moment) -> bool:
        """Whether two parties are said to have taken the place on one day, and nothing tells which was first."""
        last = self._drafts[-1] if self._drafts else None
        if last is None or last.start != moment.day or last.told != moment.told or rule not in _TAKEN:
            return False
        return last.rule == _SAME_DAY or (last.rule in _TAKEN and last.state.holder != now.holder)

    def _undecided(self, now: State) -> State:
        last = self._drafts[-1]
        if last.rule == _SAME_DAY:
            return last.state
        one, other = last.state.holder, now.holder
        if self._before() == other:
            one, other = other, one
        return State(state="contested", holder=one, claimant=other, claims=True)

    def _turn(self, state: State, rule: str, moment: Moment) -> None:
        """Go on in the present spell, or begin the next."""
        taken: _Draft | None = None
        last = self._drafts[-1] if self._drafts else None
        if last and last.state.shown != state.shown and last.start == moment.day:
            taken = self._drafts.pop()
            last = self._drafts[-1] if self._drafts else None
        if last and last.state.shown == state.shown:
            last.state = state
            if taken:
                last.incidents += taken.incidents
                last.reasons += taken.reasons
            return
        draft = _Draft(state=state, start=moment.day, began=moment.incident, told=moment.told, rule=rule)
        if taken:
            draft.take(taken)
        self._drafts.append(draft)

    def _note(self, moment: Moment, told: list[tuple[str, State]]) -> None:
        draft = self._drafts[-1]
        draft.incidents.append(moment.incident)
        for word in moment.words:
            draft.reasons += self._teller.witnesses(word, moment)
            draft.roots += _whose_word(word, draft.state)
        draft.reasons += [self._teller.rule(rule, state, moment) for rule, state in told]

    def spells(self) -> list[Spell]:
        """The spells, in order; each ends on the day on which the next begins."""
        ends: Iterable[date | None] = [*(draft.start for draft in self._drafts[1:]), None]
        return [self._spell(draft, end) for draft, end in zip(self._drafts, ends, strict=False)]

    def _spell(self, draft: _Draft, end: date | None) -> Spell:
        state = draft.state
        return Spell(
            id=spell_id(self._key, draft.began, state.state),
            place=self._place,
            holder=state.holder,
            claimant=state.claimant,
            start=draft.start,
            end=end,
            state=state.state,
            incidents=tuple(dict.fromkeys(draft.incidents)),
            roots=tuple(dict.fromkeys(draft.roots)),
            reasons=tuple(dict.fromkeys(draft.reasons)),
        )


_TAKEN = frozenset(("held.independent", "held.loser", "held.left"))
"""Rules by which a place is said to have passed to a new holder."""
_SAME_DAY = "contested.same_day"


def _whose_word(word: Word, state: State) -> list[str]:
    """The roots of a word that the state rests on: for a holder those who say so, else all who were heard."""
    if word.deed == "siege":
        return []
    if state.state != "held":
        return [claim.root.key for claim in (*word.affirmed, *word.denied)]
    for_holder = word.deed == "withdrawal" or not word.by or state.holder in word.by
    return [claim.root.key for claim in word.affirmed] if for_holder else []


def _turns(now: State | None, word: Word, moment: Moment, before: Holder | None) -> Iterable[Turn]:
    """What the rule for a word makes of it; a raid is a capture and the leaving after it."""
    match word.deed:
        case "siege":
            yield rules.siege(now, word)
        case "entry":
            yield rules.entry(now, word)
        case "withdrawal":
            yield rules.withdrawal(now, word)
        case "repel":
            yield rules.repel(now, word, moment)
        case "denial":
            yield rules.denial(now, word, before)
        case "capture":
            turn = rules.capture(now, word, moment)
            yield turn
            if word.raid:
                yield rules.withdrawal(turn.state or now, replace(word, deed="withdrawal", against=()))


def spell_id(place: str, incident: str, state: ControlState) -> str:
    """``s`` and fifteen hexadecimal digits: what it is made of is the place's key, the incident that began the spell, and its state.

    Neither the holder's name nor any day is part of it: a longer register of actors must not change it.
    """
    digest = hashlib.sha256("\x1f".join((place, incident, state)).encode("utf-8", "surrogatepass"))
    return f"s{digest.hexdigest()[:_ID_DIGITS]}"
