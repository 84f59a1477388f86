"""Signs: what the network is told of a noun phrase near an event beside the words around it.

Each sign is a short tuple: how the noun phrase stands to the trigger, what kind it is, what the frames said of it, here and in the events that
belong to it. Names of sides, places and persons are no signs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any

from marsad.claims.candidate import Candidate
from marsad.claims.names import Names
from marsad.claims.near import Near, sentence_of, view_of
from marsad.claims.parts import is_finite, is_joined
from marsad.claims.view import View
from marsad.model import Mention
from marsad.model.actor import RoleName

Sign = tuple[Hashable, ...]
Key = tuple[Any, ...]

LIKE: dict[str, str] = {"gainer": "agent", "loser": "patient"}
"""Roles that are found as others are: who gains a place stands where a doer stands."""
_STEPS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30)
_SIZES = tuple(bisect_right(_STEPS, distance) for distance in range(_STEPS[-1] + 1))
_OFTEN = (2, 4, 7)
_MOST_BETWEEN = 3


class Standing:
    """How often the noun phrases of an article are named, and which of them in its title."""

    def __init__(self, view: View, sentences: Iterable[int], names: Names) -> None:
        """For the noun phrases of these sentences; what lies in another noun phrase is not named by itself."""
        self._names = names
        self._often: Counter[frozenset[str]] = Counter()
        self._title: set[str] = set()
        self._known: dict[tuple[int, int], Sign] = {}
        for index in sentences:
            for mention in view_of(view, index).mentions:
                words = names.mention(mention).words
                self._often[words] += 1
                if index == 0:
                    self._title |= words

    def sign(self, mention: Mention) -> Sign:
        """How often it is named, coarsely, and whether a word of it stands in the title (or the first sentence where there is none)."""
        key = (mention.first, mention.last)
        found = self._known.get(key)
        if found is None:
            words = self._names.mention(mention).words
            often = sum(self._often[words] >= step for step in _OFTEN)
            found = self._known[key] = ("often", often, not self._title.isdisjoint(words))
        return found


def steps(distance: int) -> int:
    """A distance in units, coarsely, with its sign."""
    size = _SIZES[min(abs(distance), _STEPS[-1])]
    return size if distance > 0 else -size


def event_signs(candidate: Candidate) -> list[Sign]:
    """What is told of the event itself."""
    hit = candidate.hit
    form = hit.kind if hit.kind != "verb" else ("passive" if candidate.passive else "verb")
    return [
        ("event", candidate.event),
        ("family", candidate.family),
        ("form", form, hit.morph if hit.kind == "verb" else ""),
        ("written on", hit.pro.replace("ال", "")[:1], bool(hit.enc)),
        ("sourced", bool(candidate.chain)),
        ("told", candidate.modality, candidate.polarity),
        ("given", *sorted(candidate.ruled), bool(candidate.places)),
    ]


def item_keys(
    candidate: Candidate, near: Sequence[Near], standing: Standing, acting: Collection[int]
) -> list[Key]:
    """What is told of each noun phrase, whatever its part, as a key (see ``spell_out``).

    Args:
        candidate: The event that they are near.
        near: The noun phrases.
        standing: How they stand in the article.
        acting: The identities of those that act in any event.
    """
    tokens, counts, doer = candidate.view.tokens, candidate.counts, candidate.doer
    spans = [(count.span.start, count.span.end) for count in counts]
    source = candidate.chain[0].span.start if candidate.chain else -1
    places = frozenset(map(id, candidate.places))
    morph = candidate.hit.morph if candidate.hit.kind == "verb" else None
    barred = candidate.barred
    found: list[Key] = []
    for item in near:
        mention, hops = item.mention, item.hops
        who, start = id(mention), tokens[mention.first].start
        found.append(
            (
                _item_signs,
                item.kind,
                mention.gender,
                mention.number,
                item.preposition,
                item.place,
                item.between,
                item.rank,
                hops,
                item.nested,
                standing.sign(mention),
                hops == 0 and start == source,
                any(first <= start < last for first, last in spans) if counts else None,
                who in places,
                None if morph is None else _agrees(morph, mention),
                _carried(mention, doer) if doer and hops == 0 else None,
                who in acting,
                who in barred,
                _subject(candidate, item),
            )
        )
    return found


def _subject(candidate: Candidate, item: Near) -> tuple[str, int] | None:
    """Where a noun phrase is the subject of a verb: on which side of it, and how many subjects come between it and the trigger.

    What has no subject of its own mostly goes on with that of the verb before: "تبنت الجماعة الهجوم وهددت".
    """
    view = candidate.view
    subjects = _subjects(view, sentence_of(candidate, item)) if item.hops else _subjects(view, view.index)
    side = subjects.get(item.mention.first)
    if side is None:
        return None
    stop = len(view.tokens) if item.hops else candidate.hit.first
    between = sum(item.mention.first < first < stop for first in subjects)
    return side, min(between, _MOST_BETWEEN)


def _subjects(view: View, index: int) -> dict[int, str]:
    """The first token of each noun phrase of a sentence that stands as subject right behind a finite verb ("vs") or before one ("sv")."""
    key = ("subjects", index)
    found: dict[int, str] | None = view.reading.memo.get(key)
    if found is None:
        found = view.reading.memo[key] = {}
        view = view_of(view, index)
        for mention in view.mentions:
            if view.preposition(mention) not in ("", "و"):
                continue
            before, behind = mention.ext_first - 1, mention.ext_last
            if before >= view.first and is_finite(view.tokens[before]):
                found[mention.first] = "vs"
            elif behind < view.last and is_finite(view.tokens[behind]) and not is_joined(view.tokens[behind]):
                found[mention.first] = "sv"
    return found


def _item_signs(key: Key) -> list[Sign]:
    _, kind, gender, number, preposition, place, between, rank, hops, nested, standing, *rest = key
    source, counted, placed, agrees, carried, acts, barred, subject = rest
    return [
        ("kind", kind, gender, number),
        ("behind", preposition, place),
        ("between", between, place),
        ("rank", rank, place, not preposition) if hops == 0 else ("hops", hops),
        ("nested", nested, kind),
        standing,
        ("source", source, counted, placed),
        ("agrees", agrees, place, not preposition) if agrees is not None else (),
        ("carried", carried) if carried is not None else (),
        ("acts", acts, barred, place),
        ("subject", *subject, place, agrees) if subject else (),
    ]


def role_keys(candidate: Candidate, role: RoleName, items: Sequence[Near]) -> list[Key]:
    """What is told of each noun phrase for one role: what the frames gave it here and in the events that belong to this one."""
    ruled = frozenset(map(id, candidate.ruled.get(role, ())))
    rule = candidate.origin.get(role, ("", ""))[0]
    here = _roles(candidate.ruled, but=role)
    cause = _roles(candidate.cause.ruled) if candidate.cause is not None else {}
    effect = {key: name for other in candidate.effects for key, name in _roles(other.ruled).items()}
    before, back = candidate.before, 9
    last: dict[int, str] = {}
    if before is not None and before.view.index >= candidate.view.index - 1:
        last, back = _roles(before.ruled), candidate.view.index - before.view.index
    family, given, verb = candidate.family, bool(ruled), candidate.hit.kind == "verb"
    known = {*ruled, *here, *cause, *effect, *last}
    plain: dict[str, Key] = {}  # by kind: most noun phrases have no role anywhere
    found: list[Key] = []
    for item in items:
        who, kind = id(item.mention), item.kind
        if who in known or kind not in plain:
            mine = rule if who in ruled else ""
            others = (here.get(who), cause.get(who), effect.get(who), last.get(who))
            key = (_role_signs, role, kind, family, mine, given, *others, back, verb)
            if who not in known:
                plain[kind] = key
            found.append(key)
        else:
            found.append(plain[kind])
    return found


def _role_signs(key: Key) -> list[Sign]:
    _, role, kind, family, rule, given, here, cause, effect, last, back, verb = key
    return [
        ("role", role, kind, family),
        ("rule", LIKE.get(str(role), role), rule, given),
        ("other", role, here) if here else (),
        ("cause", role, cause) if cause else (),
        ("effect", role, effect) if effect else (),
        ("before", role, last, back, verb) if last else (),
    ]


def place_keys(candidate: Candidate, items: Sequence[Near]) -> list[Key]:
    """What is told of each place as where the event happened."""
    rule, given, cause = candidate.origin.get("place", ("", ""))[0], bool(candidate.places), candidate.cause
    roles = _roles(candidate.roles)
    found: list[Key] = []
    for item in items:
        mention = item.mention
        classes = candidate.view.tokens[mention.first].word.classes
        mine = rule if mention in candidate.places else ""
        name = ("place_head" in classes, "state" in classes, mention.last - mention.first == 1)
        caused = cause is not None and mention in cause.places
        role = roles.get(id(mention), "")
        found.append((_place_signs, candidate.family, item.kind, mine, given, *name, role, caused))
    return found


def _place_signs(key: Key) -> list[Sign]:
    _, family, kind, rule, given, headed, state, single, role, caused = key
    return [
        ("place", family, kind),
        ("place rule", rule, given),
        ("place name", headed, state, single),
        ("place role", role),
        ("place of the cause",) if caused else (),
        (),
    ]


def spell_out(key: Key) -> list[Sign]:
    """The signs that a key stands for: a key is what they rest on, in one tuple, so that they are looked up once."""
    make: Callable[[Key], list[Sign]] = key[0]
    return make(key)


def _roles(ruled: dict[RoleName, list[Mention]], but: str = "") -> dict[int, str]:
    """By identity of the noun phrase, the role that it has."""
    return {
        id(mention): LIKE.get(role, role)
        for role, mentions in ruled.items()
        if role != but
        for mention in mentions
    }


def _carried(mention: Mention, doer: Iterable[Mention]) -> str:
    return "subject" if any(known is mention for known in doer) else "another is subject"


def _agrees(morph: str, mention: Mention) -> str:
    """Whether a noun phrase agrees with a verb as a subject that stands before it would; "" where that cannot be told."""
    if (".1" in morph and ".3" not in morph) or not mention.number:
        return ""
    feminine = mention.gender == "f" or (
        mention.number == "pl" and mention.kind in ("body", "thing", "craft", "place")
    )
    people = mention.number == "pl" and mention.kind in ("people", "unnamed", "person", "body")
    fits = (
        (".3fs" in morph and feminine)
        or (".3ms" in morph and mention.gender == "m" and mention.number != "pl")
        or (".3mp" in morph and people)
        or (".3md" in morph and mention.number == "du")
    )
    return "yes" if fits else "no"
