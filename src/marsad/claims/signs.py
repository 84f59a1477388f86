"""Signs: what the network is told of a noun phrase near an event beside the words around it.

Each sign is a short tuple: how the noun phrase stands to the trigger, what kind it is, what the frames said of it, here and in the events that
belong to it. Names of sides, places and persons are no signs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.names import Names
from marsad.claims.near import Near
from marsad.claims.role_features import _agrees, _among, _carried
from marsad.model import Mention, Reading
from marsad.model.actor import RoleName

Sign = tuple[Hashable, ...]

LIKE: dict[str, str] = {"gainer": "agent", "loser": "patient"}
"""Roles that are found as others are: who gains a place stands where a doer stands."""
_STEPS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30)
_OFTEN = (2, 4, 7)


class Standing:
    """How often the noun phrases of an article are named, and which of them in its title."""

    def __init__(self, reading: Reading, sentences: Iterable[int], names: Names) -> None:
        """For the noun phrases of these sentences."""
        self._names = names
        self._often: Counter[frozenset[str]] = Counter()
        self._title: set[str] = set()
        self._known: dict[tuple[int, int], Sign] = {}
        for index in sentences:
            for mention in reading.mentions(index):
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
    size = sum(abs(distance) >= step for step in _STEPS)
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


def item_signs(candidate: Candidate, item: Near, standing: Standing, acting: Collection[int]) -> list[Sign]:
    """What is told of a noun phrase, whatever its part; ``acting`` are the identities of those that act in any event."""
    mention, view = item.mention, candidate.view
    start = view.tokens[mention.first].start
    counted: object = None
    if candidate.counts:
        counted = any(count.span.start <= start < count.span.end for count in candidate.counts)
    source = item.hops == 0 and bool(candidate.chain) and candidate.chain[0].span.start == start
    verb = candidate.hit.kind == "verb"
    return [
        ("kind", item.kind, mention.gender, mention.number),
        ("behind", item.preposition, item.place),
        ("between", item.between, item.place),
        ("rank", item.rank, item.place, not item.preposition) if item.hops == 0 else ("hops", item.hops),
        ("nested", item.nested, item.kind),
        standing.sign(mention),
        ("source", source, counted, _among(mention, candidate.places)),
        ("agrees", _agrees(candidate.hit.morph, mention), item.place, not item.preposition) if verb else (),
        ("carried", _carried(mention, candidate)) if item.hops == 0 and candidate.doer else (),
        ("acts", id(mention) in acting, id(mention) in candidate.barred, item.place),
    ]


def role_signs(candidate: Candidate, role: RoleName, items: Sequence[Near]) -> list[list[Sign]]:
    """What is told of each noun phrase for one role: what the frames gave it here and in the events that belong to this one."""
    ruled = candidate.ruled.get(role, ())
    rule = candidate.origin.get(role, ("", ""))[0]
    here = _roles(candidate.ruled, but=role)
    cause = _roles(candidate.cause.ruled) if candidate.cause is not None else {}
    effect = {key: name for other in candidate.effects for key, name in _roles(other.ruled).items()}
    before, back = candidate.before, 9
    last: dict[int, str] = {}
    if before is not None and before.view.index >= candidate.view.index - 1:
        last, back = _roles(before.ruled), candidate.view.index - before.view.index
    found: list[list[Sign]] = []
    for item in items:
        who = id(item.mention)
        mine = _among(item.mention, ruled)
        found.append(
            [
                ("role", role, item.kind, candidate.family),
                ("rule", LIKE.get(role, role), rule if mine else "", bool(ruled)),
                ("other", role, here[who]) if who in here else (),
                ("cause", role, cause[who]) if who in cause else (),
                ("effect", role, effect[who]) if who in effect else (),
                ("before", role, last[who], back, candidate.hit.kind == "verb") if who in last else (),
            ]
        )
    return found


def place_signs(candidate: Candidate, items: Sequence[Near]) -> list[list[Sign]]:
    """What is told of each place as where the event happened."""
    rule = candidate.origin.get("place", ("", ""))[0]
    cause = candidate.cause
    roles = _roles(candidate.roles)
    found: list[list[Sign]] = []
    for item in items:
        mention = item.mention
        classes = candidate.view.tokens[mention.first].word.classes
        mine = mention in candidate.places
        found.append(
            [
                ("place", candidate.family, item.kind),
                ("place rule", rule if mine else "", bool(candidate.places)),
                (
                    "place name",
                    "place_head" in classes,
                    "state" in classes,
                    mention.last - mention.first == 1,
                ),
                ("place role", roles.get(id(mention), "")),
                ("place of the cause",) if cause is not None and mention in cause.places else (),
                (),
            ]
        )
    return found


def _roles(ruled: dict[RoleName, list[Mention]], but: str = "") -> dict[int, str]:
    """By identity of the noun phrase, the role that it has."""
    return {
        id(mention): LIKE.get(role, role)
        for role, mentions in ruled.items()
        if role != but
        for mention in mentions
    }
