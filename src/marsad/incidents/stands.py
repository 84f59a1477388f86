"""Where each root stands: what it says of the incident in the end, and whether that hurts its own side.

Conceding is speaking against one's interest: owning up to the loss or abandonment of a place, to harm that one's own side did to civilians, to a broken
word, or to one's fighters killed or captured by an enemy who claims it. Reporting an attack that one suffered is not a concession (CODEBOOK section 8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.codebook import people_words
from marsad.incidents.compare.days import gap
from marsad.incidents.families import fit
from marsad.incidents.known import Known
from marsad.incidents.match import match
from marsad.incidents.roots import folded_words
from marsad.incidents.scene import PRECISE, Scene
from marsad.incidents.words import word_lists
from marsad.model.incident import Part, Testimony, Told

_HARM = ("harm.", "strike.air", "strike.drone", "strike.shelling", "fight.", "blast.", "damage.")
_PRONOUN = re.compile(r"(?:ه|ها|هم|نا)$")
_THEIRS = re.compile(r"^(?:بلاد|حكومت|قوات|جيش|طيران|طايرات|دولت)(?:ه|ها|هم|نا)$")
_OWN = re.compile(r"\w{3}(?:ه|ها|هم)$")
_OPENING = 3
"""Words at the beginning of a passage in which one's own act is told, behind a verb of admitting."""
_MASDAR = 4
"""Letters of the shortest noun of an act with its preposition ("بقصف"); "بعد" and "بين" are shorter."""
_LOST_PEOPLE = frozenset(("harm.killed", "harm.wounded", "custody.arrest", "harm.abduction"))
_ACTING = ("agent", "gainer")
_TELLING_TOLL = 3
_SHORT = 5
_MOST_WEIGHED = 300
"""Claims of one incident that are held against each other one by one; of thousands the first hundreds say what the others say."""
_ONE_EVENT = 3.0
"""Points that two claims of an incident must have between themselves to be at odds: an incident also holds claims that met through others."""
_SUFFERING = ("patient", "loser")


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
    return any(fit(denial.event, one.event) >= 1.0 and one.instant >= denial.instant for one in own)


def _about(denial: Testimony, group: str, affirming: dict[str, list[Testimony]]) -> bool:
    """Whether it denies what another group affirms; who denies only to have done it himself denies it where someone names him."""
    own = {_meant(part, denial) for part in denial.parts if part.role in _ACTING}
    denies_own_part = bool(denial.root.side) and own == {denial.root.side}
    for other, said in affirming.items():
        if other == group:
            continue
        for one in said[:_MOST_WEIGHED]:
            if fit(denial.event, one.event) < (2.0 if denial.event.startswith("harm.") else 0.6):
                continue
            if gap(denial.when, one.when) and "article" not in (denial.when.tie, one.when.tie):
                continue
            if not _of_one_event(denial, one) or (
                one.event.startswith("talks.") and not _is_party(denial, one)
            ):
                continue
            if not denies_own_part or denial.root.side in {p.side for p in one.parts if p.role in _ACTING}:
                return True
    return False


def _meant(part: Part, denial: Testimony) -> str:
    """Which side an agent is; "بلادهم" and "قواته" without an entry are the speaker's own."""
    words = folded_words(part.text)
    theirs = not part.id and bool(words) and _THEIRS.match(words[0]) is not None
    return denial.root.side if theirs else part.side or part.key


def _is_party(denial: Testimony, one: Testimony) -> bool:
    """Whether a root is one of those who are said to have agreed; an ally's denial of an agreement is not theirs."""
    named = {part.id for part in (*denial.parts, *one.parts) if part.id}
    return not named or bool(named & set(denial.root.authority)) or denial.root.key in named


def _of_one_event(one: Testimony, other: Testimony) -> bool:
    """Whether two claims fit each other, and do not only meet in one incident through others."""
    return match(Scene((one,)), Scene((other,))).points >= _ONE_EVENT


def another_agent(stands: Stands) -> tuple[Testimony, Testimony] | None:
    """Two testimonies of independent roots that lay one deed at different doors: one of the roots is of the side that the other names.

    The same people must be told to have suffered it: a blow and the blow that answered it are two acts, not one with two agents. An article's own voice
    accuses nobody against a source.
    """
    named = [
        (group, one, sides)
        for group, said in sorted(stands.affirming.items())
        for one in sorted(said, key=lambda t: t.key)
        if _is_deed(one) and (sides := _sides(one, _ACTING))
    ][:_MOST_WEIGHED]
    for number, (group, one, sides) in enumerate(named):
        for other_group, other, other_sides in named[number + 1 :]:
            if group == other_group or sides & other_sides or fit(one.event, other.event) < 1.0:
                continue
            accused = _accused(one, other_sides) or _accused(other, sides)
            if accused and _same_victims(one, other) and _of_one_event(one, other):
                return one, other
    return None


def _is_deed(one: Testimony) -> bool:
    """Whether a named root or someone unnamed tells of harm done; nobody is accused of taking a town."""
    against_own = _sides(one, _ACTING) & _sides(one, _SUFFERING)
    named = one.event.startswith(_HARM) and one.root.kind not in ("outlet", "document")
    return named and not against_own and _in_passage(one, _acting(one))


def _accused(one: Testimony, sides: set[str]) -> bool:
    """Whether another names this root's side as who did it."""
    return one.root.side != "" and one.root.side in sides


def _same_victims(one: Testimony, other: Testimony) -> bool:
    """Whether the two name the same toll, or the same people or things by a word of their own (a hospital, a market; not "civilians")."""
    tolls = {c.min for c in one.counts if c.min == c.max and (c.min or 0) >= _TELLING_TOLL}
    if tolls & {c.min for c in other.counts if c.min == c.max}:
        return True
    return bool(_victims(one) & _victims(other))


def _victims(one: Testimony) -> set[str]:
    lists = people_words()
    words = _words_of([part for part in one.parts if part.role in _SUFFERING])
    if not one.event.startswith("harm."):
        return set()  # what was struck is most often a place, which many blows share
    named = words - lists["civilians"] - lists["fighters"] - lists["counted"]
    return {word.removeprefix("ال") for word in named if not word.isdigit()}


def _sides(one: Testimony, roles: Sequence[str]) -> set[str]:
    return {part.side for part in one.parts if part.role in roles and part.side}


def cannot_both_be(stands: Stands) -> tuple[Testimony, Testimony] | None:
    """Two independent roots that on one day give a place to two sides that had it from each other, or of which one tells that a side took it and the other
    that this side was beaten back.
    """
    claims = [
        (group, one)
        for group, said in sorted(stands.affirming.items())
        for one in sorted(said, key=lambda t: t.key)
        if one.event in ("territory.control", "territory.repel")
        and not one.root.own_voice
        and _in_passage(one, _acting(one))
    ][:_MOST_WEIGHED]
    for number, (group, one) in enumerate(claims):
        for other_group, other in claims[number + 1 :]:
            if group != other_group and _contradict(one, other) and _of_one_event(one, other):
                return one, other
    return None


def _contradict(one: Testimony, other: Testimony) -> bool:
    gained, also = _sides(one, _ACTING), _sides(other, _ACTING)
    own = gained & _sides(one, _SUFFERING) | also & _sides(other, _SUFFERING)
    told_the_day = "article" not in (one.when.tie, other.when.tie)
    if not told_the_day or one.when.start != other.when.start or own or gained & also:
        return False
    if one.event == other.event == "territory.control":
        from_each_other = gained & _sides(other, ("loser",)) or also & _sides(one, ("loser",))
        return bool(from_each_other) and bool(gained and also)
    taken, beaten = (one, other) if one.event == "territory.control" else (other, one)
    if beaten.event == taken.event:
        return False
    return bool(_sides(taken, _ACTING) & _sides(beaten, _SUFFERING))


def concession(stands: Stands, known: Known) -> tuple[Testimony, str] | None:
    """The first testimony by which a root concedes, and which way: ``loss``, ``harm``, ``breach``, ``losses`` or ``word`` (by its own word)."""
    for _, said in sorted(stands.affirming.items()):
        for one in sorted(said, key=lambda t: t.key):
            if one.root.side and (way := _concedes(one, stands, known)):
                return one, way
    return None


def _concedes(one: Testimony, stands: Stands, known: Known) -> str:
    own = one.root.side
    acting, suffering = _sides(one, _ACTING), _sides(one, _SUFFERING)
    if _gives_up(one, known):
        return "loss"
    if one.event == "talks.breach" and own in acting and all(p.text != one.root.text for p in _acting(one)):
        return "breach"
    if one.event.startswith(_HARM) and own in acting and own not in suffering and not _fighters(one):
        # "أقر الجيش بقصف المشفى" owns up; "أقر بمقتل رقيب" tells a loss, whoever reading takes for the one that killed him.
        if one.stance == "concede" and (
            _civilians(one) if one.event.startswith("harm.") else _owns_the_act(one)
        ):
            return "word"
        owns_up = _civilians(one) and not _medical(one, known) and _speaks_for_agent(one, known)
        return "harm" if owns_up and _names_own_side(one) else ""
    if one.event in _LOST_PEOPLE and own in suffering and _fighters(one) and _claimed_by_enemy(one, stands):
        return "losses"
    return ""


def _owns_the_act(one: Testimony) -> bool:
    """Whether what is admitted is an act of the root's own: "أقر بقصف المشفى", "أن غاراته أصابت سوقا"; not an attack suffered or a battle that goes badly."""
    words = [word.strip("\"'«»،") for word in one.text.split()[:_OPENING]]
    admits = any(word.startswith("ب") and len(word) >= _MASDAR for word in words)
    if one.event.startswith("fight."):
        return admits and any(part.role == "patient" for part in one.parts) and not _fighters(one)
    return not words or admits or any(_OWN.search(word) for word in words) or _in_passage(one, _acting(one))


def _medical(one: Testimony, known: Known) -> bool:
    """Whether the root counts the dead and does not fight: a ministry of health, a hospital, whoever is told as its voice."""
    label = known.label(one.root.key)
    named = f"{one.root.text} {label.ar if label else ''}"
    return bool(set(folded_words(named)) & word_lists("sources")["medical"])


def _names_own_side(one: Testimony) -> bool:
    """Whether the passage itself names the root's side as who did it; an agent carried over from the source's own name is no owning up."""
    own = [part for part in _acting(one) if part.side == one.root.side and part.text != one.root.text]
    return not one.text or _in_passage(one, own)


def _acting(one: Testimony) -> list[Part]:
    return [part for part in one.parts if part.role in _ACTING]


def _in_passage(one: Testimony, parts: Sequence[Part]) -> bool:
    """Whether the passage itself holds the words for any of the parts; who was carried over from another sentence accuses nobody."""
    passage = " ".join(folded_words(one.text))
    return not one.text or any(" ".join(folded_words(part.text)) in passage for part in parts)


def _gives_up(one: Testimony, known: Known) -> bool:
    """Whether a root tells that its own line lost or left a place; one faction does not concede for another of its camp."""
    own = one.root.side
    # To leave a country, or to lose a region as a whole, is policy or the war; what is given up is a place.
    if one.place is None or one.place.precision not in PRECISE:
        return False
    lost = one.event == "territory.control" and own not in _sides(one, _ACTING)
    role = "loser" if lost else "agent"
    if not lost and one.event != "territory.withdrawal":
        return False
    parts = [part for part in one.parts if part.role == role and part.side == own]
    # "أعلن الجيش انسحابه" and "أقر الجيش بخسارة المدينة" do not name the army again; who else lost is named.
    told = not lost or one.stance == "concede" or _in_passage(one, parts)
    return told and _of_one_line(one, parts, known)


def _speaks_for_agent(one: Testimony, known: Known) -> bool:
    """Whether the root and who did it are of one line (an army and its government); a ministry of health does not own up for an army."""
    return _of_one_line(one, _acting(one), known, cousins=False)


def _of_one_line(one: Testimony, parts: Sequence[Part], known: Known, *, cousins: bool = True) -> bool:
    """Whether the root is of one line with any of the parts: it, what is above it or below it, or (``cousins``) another organ of the same body."""
    for part in parts:
        above = known.authority(part.id, None) if part.id else ()
        if part.id in one.root.authority or one.root.key in above:
            return True
        if cousins and len(above) > 1 and above[-1] in one.root.authority:
            return True
    return False


def _words_of(parts: Sequence[Part]) -> set[str]:
    """The folded words of parts, with and without a pronoun written onto them ("مقاتليه")."""
    words = {word for part in parts for word in folded_words(part.text)}
    return words | {_PRONOUN.sub("", word) for word in words if len(word) > _SHORT}


def _civilians(one: Testimony) -> bool:
    lists = people_words()
    words = _words_of([part for part in one.parts if part.role == "patient"])
    return bool(words & lists["civilians"]) and not words & lists["fighters"]


def _fighters(one: Testimony) -> bool:
    lists = people_words()
    words = _words_of([part for part in one.parts if part.role == "patient"])
    return bool(words & lists["fighters"]) and not words & lists["civilians"]


def _claimed_by_enemy(one: Testimony, stands: Stands) -> bool:
    """Whether another side says of the same event that it did it."""
    own = one.root.side
    return any(
        other.root.side
        and other.root.side != own
        and other.root.side in _sides(other, _ACTING)
        and own in _sides(other, _SUFFERING)
        and _of_one_event(one, other)
        for said in stands.affirming.values()
        for other in said[:_MOST_WEIGHED]
    )
