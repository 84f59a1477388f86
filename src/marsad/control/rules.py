"""The rules: what each kind of word about a place does to the state that it was in. All sides are treated by the same ones.

Each rule takes the state before and a `Word`, and gives a `Turn`: the state after (None where it stays) and the code of the rule's sentence
(`marsad.control.telling`). Nothing here says what is so: only what is said, by whom, and whether that is enough to name a holder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from marsad.control.evidence import Moment, Word
from marsad.control.parties import Parties, speaks_for
from marsad.model.control import ControlState, Holder
from marsad.model.incident import Testimony

Weight = Literal["disputed", "loser", "independent", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How it stands with a place.

    Attributes:
        state: held, contested or unknown.
        holder: Who is said to hold it; in a contest the last known, or None.
        claimant: In a contest the other, or None.
        claims: Whether the claimant is said to hold the place, and not only to have entered it.
        left: Who is said to have left or lost it since it last was held; they are not in the way of whoever came after.
    """

    state: ControlState
    holder: Holder | None = None
    claimant: Holder | None = None
    claims: bool = False
    left: Parties = ()

    @property
    def shown(self) -> tuple[ControlState, Holder | None, Holder | None]:
        """What a spell shows of it: two states that are alike in this are one spell."""
        return (self.state, self.holder, self.claimant)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a rule makes of a word: the state after, or None where it stays, and which rule it was ("" for none)."""

    state: State | None = None
    rule: str = ""


STAYS = Turn()


def held(holder: Holder, rule: str) -> Turn:
    """The place is said to be held."""
    return Turn(State(state="held", holder=holder), rule)


def entry(now: State | None, word: Word) -> Turn:
    """An entry contests the place and changes no holder.

    CODEBOOK 9: "A claim of entry does not change the holder, it makes the place contested." Who enters what its own side holds contests
    nothing, and one more who enters a contested place changes nothing. An entry by nobody who is named begins no row.
    """
    if now is not None and now.state == "contested":
        return STAYS
    holder = now.holder if now else None
    if (holder in word.by) if holder else not word.by:
        return STAYS
    claimant = word.by[0] if word.by else None
    left = now.left if now else ()
    return Turn(State(state="contested", holder=holder, claimant=claimant, left=left), "contested.entry")


def withdrawal(now: State | None, word: Word) -> Turn:
    """A withdrawal, or a loss that names no gainer, ends the spell of the one that leaves.

    CODEBOOK 9: "a withdrawal ends the holder's spell", and "What is not told is unknown": who holds the place then is not known, unless
    somebody already claimed to have taken it, whose word is thereby enough. When the one that contests the place leaves, the last known
    holder holds it as before. In a contest, the word of the other party alone ends nothing.
    """
    if _denied(word):
        return _denied_leaving(now, word)
    if now is None:
        return Turn(State(state="unknown", left=word.by), "unknown.left")
    left = tuple(dict.fromkeys((*now.left, *word.by)))
    if now.state == "held":
        leaves = now.holder in word.by or (not word.by and _all_speak_for(word, now.holder))
        return Turn(State(state="unknown", left=left), "unknown.left") if leaves else STAYS
    return _leaving(now, word, left)


def _leaving(now: State, word: Word, left: Parties) -> Turn:
    """Somebody leaves a place that is contested, or of which no holder is known."""
    if now.claimant in word.by:
        return _claimant_leaves(now, word, left)
    if _all_speak_for(word, now.claimant) or not word.by:
        return STAYS
    if now.claimant and now.claims and (now.holder is None or now.holder in word.by):
        return held(now.claimant, "held.left")
    if now.holder in word.by:
        return Turn(State(state="unknown", left=left), "unknown.left")
    return Turn(replace(now, left=left))


def _claimant_leaves(now: State, word: Word, left: Parties) -> Turn:
    if _all_speak_for(word, now.holder):
        return STAYS
    if now.holder and now.holder not in word.by:
        return held(now.holder, "held.claimant_left")
    return Turn(State(state="unknown", left=left), "unknown.left")


def _denied_leaving(now: State | None, word: Word) -> Turn:
    """A withdrawal that is denied when it is told: who is said to have left may still be there."""
    if now is None:
        return Turn(State(state="contested", claimant=next(iter(word.by), None)), "contested.disputed")
    if now.state == "held" and now.holder in word.by:
        return Turn(State(state="contested", holder=now.holder), "contested.disputed")
    return STAYS


def capture(now: State | None, word: Word, moment: Moment) -> Turn:
    """A capture makes the gainer the holder, as soon as it has more than the gainer's own word for it.

    CODEBOOK 9: "a capture that only the capturer claims is contested until an independent root or the loser affirms it". The place is also
    contested where the capture is disputed; and where the one that held it is said to have left, the capturer's own word is enough. A
    capture by nobody who is named leaves nobody who is known to hold the place.
    """
    if not word.by:
        return _nameless(now, word)
    gainer = _known_one(word.by, now)
    weighed = weigh(word, moment, now)
    if now and now.state == "held" and now.holder in word.by:
        return _challenged(now, word) if weighed == "disputed" else STAYS
    if weighed in ("loser", "independent"):
        return held(gainer, f"held.{weighed}")
    if weighed == "own" and now and now.left and gainer not in now.left:
        return held(gainer, "held.left")
    if now and now.holder in word.by:
        return Turn(None, f"contested.{weighed}")
    return Turn(_claimed(now, gainer), f"contested.{weighed}")


def _claimed(now: State | None, gainer: Holder) -> State:
    holder, left = (now.holder, now.left) if now else (None, ())
    return State(state="contested", holder=holder, claimant=gainer, claims=True, left=left)


def _nameless(now: State | None, word: Word) -> Turn:
    if not _denied(word):
        return Turn(State(state="unknown", left=now.left if now else ()), "unknown.no_gainer")
    if now is None or now.state == "unknown":
        return Turn(State(state="contested", left=now.left if now else ()), "contested.disputed")
    return (
        Turn(State(state="contested", holder=now.holder), "contested.disputed")
        if now.state == "held"
        else STAYS
    )


def _challenged(now: State, word: Word) -> Turn:
    """A capture by who held the place already, disputed: then that hold is."""
    other = next(iter(word.against), None)
    return Turn(
        State(state="contested", holder=now.holder, claimant=other, claims=True), "contested.disputed"
    )


def weigh(word: Word, moment: Moment, now: State | None) -> Weight:
    """On whose word a capture stands.

    * ``disputed``: somebody denies it in the same days, another party is said to have gained, another is said to have beaten the assault
      back, or the incident's status says so. The loser's own word settles against that and against what third parties deny (section 8,
      ``conceded``): who beat one assault back may lose the place to the next.
    * ``loser``: a root on the side that loses by it affirms it.
    * ``independent``: a root that is not on the gainer's side affirms it.
    * ``own``: only roots on the gainer's side do.
    """
    losers = (*word.against, *((now.holder,) if now and now.holder else ()))
    conceded = any(concedes(claim, word, losers) for claim in word.affirmed)
    denied = [claim for claim in word.denied if not conceded or speaks_for(claim.root, (*losers, *word.by))]
    contrary = not conceded and any(_beaten_back(other, word, moment) for other in moment.words)
    if denied or word.rival or contrary or moment.status == "disputed":
        return "disputed"
    if conceded or moment.status == "conceded":
        return "loser"
    return "own" if _all_speak_for(word, *word.by) else "independent"


def _beaten_back(other: Word, word: Word, moment: Moment) -> bool:
    """Whether another than the gainer is said to have beaten the assault back in the same days; an earlier assault is another one."""
    if other.deed != "repel" or not other.by or set(other.by) & set(word.by):
        return False
    return any(claim.when.end is None or claim.when.end >= moment.day for claim in other.affirmed)


def concedes(claim: Testimony, word: Word, losers: Parties) -> bool:
    """Whether a claim that the place changed hands is told against the teller's own side."""
    if speaks_for(claim.root, word.by):
        return False
    return claim.stance == "concede" or speaks_for(claim.root, losers)


def repel(now: State | None, word: Word, moment: Moment) -> Turn:
    """An assault that was beaten back leaves the place with its last known holder.

    Our reading of CODEBOOK 9, by the measure of captures: told by others than the defender it ends a contest in favour of the last known
    holder; on the defender's word alone the place stays contested. It begins no spell: a defence is not a capture. It settles nothing
    where others than the gainer affirm the capture, or where it is denied itself.
    """
    if now is None or now.state != "contested" or now.holder is None:
        return STAYS
    defends = now.holder in word.by or not word.by
    if not defends or word.denied or (word.against and now.claimant and now.claimant not in word.against):
        return STAYS
    if _all_speak_for(word, now.holder):
        return Turn(None, "contested.own_repel")
    for other in moment.words:
        if other.deed == "capture" and not _all_speak_for(other, *other.by):
            return Turn(None, "contested.disputed")
    return held(now.holder, "held.repelled")


def denial(now: State | None, word: Word, before: Holder | None) -> Turn:
    """A later denial reopens what was settled.

    CODEBOOK 8 and 9: a capture that an independent root denies is disputed, and what is disputed is contested. The holder is then the last
    known, the claimant is who is said not to have lost the place: as named, or the side before (``before``) where it denies. A denial
    that concerns another party than the holder, or that comes before any word of control, changes nothing.
    """
    if now is None or now.state == "contested":
        return STAYS
    if now.state == "unknown":
        stayed = next((one for one in word.against if one in now.left), None)
        return Turn(State(state="contested", holder=stayed), "contested.denied") if stayed else STAYS
    if now.holder in word.against or (word.by and now.holder not in word.by):
        return STAYS
    deniers = [claim for claim in word.denied if not (now.holder and speaks_for(claim.root, (now.holder,)))]
    if not word.by and not deniers:
        return STAYS
    other = next(iter(word.against), None)
    if other is None and before and any(speaks_for(claim.root, (before,)) for claim in deniers):
        other = before
    return Turn(State(state="contested", holder=now.holder, claimant=other, claims=True), "contested.denied")


def siege(now: State | None, word: Word) -> Turn:
    """A siege changes nothing; it is kept as evidence. (CODEBOOK 9 names entry, withdrawal and capture only.)"""
    return Turn(None, "noted.siege")


def _denied(word: Word) -> bool:
    """Whether a word is denied by others than those who affirm it against their own side."""
    conceded = any(speaks_for(claim.root, word.by) for claim in word.affirmed)
    return any(not conceded or speaks_for(claim.root, word.by) for claim in word.denied)


def _all_speak_for(word: Word, *parties: Holder | None) -> bool:
    known = [party for party in parties if party is not None]
    return bool(known) and all(speaks_for(claim.root, known) for claim in word.affirmed)


def _known_one(by: Parties, now: State | None) -> Holder:
    """Of those who gained together, the one that the place is already said to be with, else the one named most."""
    known = (now.claimant, now.holder) if now else ()
    return next((one for one in known if one and one in by), by[0])
