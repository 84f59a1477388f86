"""Counts: how many people were killed, wounded, held, released or displaced, per event word of a sentence.

In "مقتل 3 أشخاص بينهم طفل وإصابة نحو 20" the killing has 3 and 1, the wounding about 20. "مقتل وإصابة 6" is one joint figure of kind `other`
on both. A bare singular is one person ("قُتل مدني"); a bare plural counts nobody (CODEBOOK sections 6 and 10.11).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from marsad.arabic.quantities import Quantity, find_quantities
from marsad.arabic.quantities_context import names_people
from marsad.claims.counts_owner import JOINT, counted_under, joint, owners
from marsad.claims.counts_scene import Scene
from marsad.claims.counts_single import Single, singles
from marsad.claims.hits import Hit
from marsad.model import ActorRef, Count, Reading, Span, Token
from marsad.model.claim import CountKind

_KINDS: dict[str, CountKind] = {
    "harm.killed": "killed",
    "harm.execution": "killed",
    "harm.assassination": "killed",
    "harm.wounded": "wounded",
    "harm.abduction": "held",
    "harm.abuse": "other",
    "custody.arrest": "held",
    "custody.release": "released",
    "custody.exchange": "released",
    "people.displaced": "displaced",
    "people.returned": "other",
    "people.evacuated": "evacuated",
    "protest.demonstration": "other",
    "protest.riot": "other",
    "law.justice": "other",
    "force.move": "other",
    "territory.siege": "other",
}
"""The events that people are counted under, with the kind of count."""


_NEIGHBOURS = 6


def counts_of(reading: Reading, hits: Sequence[Hit], sentence: tuple[int, int]) -> list[list[Count]]:
    """The counts of each hit of a sentence, in the order of the hits.

    Args:
        reading: The article read.
        hits: The event words of the sentence that stand; others take no part.
        sentence: Its first token and the one after its last.
    """
    found: dict[int, list[Count]] = {id(hit): [] for hit in hits}
    counted = [hit for hit in hits if hit.frame.event in _KINDS]
    if not counted:
        return [[] for _ in hits]
    numbers = _quantities(reading, sentence)
    scene = Scene(
        reading=reading,
        tokens=reading.tokens,
        first=sentence[0],
        last=sentence[1],
        hits=counted,
        starts=[hit.first for hit in counted],
        barriers=_barriers(hits, numbers),
    )
    before: tuple[Quantity, list[Hit]] | None = None
    owned: list[tuple[Quantity, list[Hit]]] = []
    for quantity in numbers:
        mine = [hit for hit in owners(scene, quantity, before) if counted_under(hit, quantity, scene)]
        mine = _both_if_paired(scene, quantity, mine)
        before = (quantity, mine)
        owned.append(before)
        for hit in mine:
            found[id(hit)].append(_count(reading, quantity, _kind(reading.tokens, hit, mine, quantity)))
    for single in singles(scene, owned):
        found[id(single.hit)].append(_one(reading, single))
    return [
        _distinct(count for other in _same_words(index, hits) for count in found[id(other)])
        for index in range(len(hits))
    ]


def _same_words(index: int, hits: Sequence[Hit]) -> list[Hit]:
    """A hit with those that overlap it and say the same: "لقي شخصان مصرعهما" and its "مصرعهما"."""
    hit = hits[index]
    near = hits[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
    return [
        other
        for other in near
        if other is hit
        or (other.frame.event == hit.frame.event and other.first < hit.last and hit.first < other.last)
    ]


def counts_for(reading: Reading, hit: Hit, hits: Sequence[Hit], sentence: tuple[int, int]) -> list[Count]:
    """The counts of one hit, among all the hits of its sentence."""
    return counts_of(reading, hits, sentence)[list(hits).index(hit)]


def merge_counts(counts: Iterable[Count]) -> list[Count]:
    """The counts of one claim from all its mentions: no repeats, and no "عشرات" beside the number that it rounds."""
    distinct = _distinct(counts)
    return [count for count in distinct if not any(_rounds(count, other) for other in distinct)]


def _distinct(counts: Iterable[Count]) -> list[Count]:
    seen: dict[tuple[str, int | None, int | None], Count] = {}
    for count in counts:
        seen.setdefault((count.kind, count.min, count.max), count)
    return list(seen.values())


def _rounds(vague: Count, other: Count) -> bool:
    """Whether a vague count says in round words what another says in figures."""
    if vague.min is None or vague.max is None or vague.min == vague.max or not vague.approx:
        return False
    if other.kind != vague.kind or other.min is None or (other.approx and other.min != other.max):
        return False
    return vague.min <= other.min <= vague.max


def patients_for(counts: Sequence[Count]) -> list[ActorRef]:
    """Those counted, as patients: "8 مدنيين", "عسكريين اثنين"; a joint or further count names nobody new."""
    return [ActorRef(role="patient", text=count.text, span=count.span) for count in counts[:1] if count.who]


def _quantities(reading: Reading, sentence: tuple[int, int]) -> list[Quantity]:
    """The quantities of a sentence; found once per article."""
    known: list[Quantity] | None = reading.memo.get("quantities")
    if known is None:
        known = reading.memo["quantities"] = find_quantities(reading.tokens)
    first, last = (bisect_left(known, at, key=lambda quantity: quantity.core) for at in sentence)
    return known[first:last]


def _barriers(hits: Sequence[Hit], numbers: Sequence[Quantity]) -> frozenset[int]:
    """Verbs of events without people, and their masdars right before a number ("تدمير 4 مركبات")."""
    begins = {quantity.first for quantity in numbers}
    return frozenset(
        hit.first
        for hit in hits
        if hit.frame.event not in _KINDS
        and (hit.kind == "verb" or (hit.last in begins and "ال" not in hit.pro and hit.frame.genitive))
    )


def _both_if_paired(scene: Scene, quantity: Quantity, mine: list[Hit]) -> list[Hit]:
    """ "عشرات القتلى والجرحى", "6 بين قتيل وجريح": the event word joined to the counted noun shares the figure."""
    if len(mine) != 1 or quantity.noun is None or not mine[0].frame.itself or quantity.kind == "dual":
        return mine
    return joint(scene, mine[0])


def _kind(tokens: Sequence[Token], hit: Hit, mine: Sequence[Hit], quantity: Quantity) -> CountKind:
    """The kind of a count: the event's, or `other` for joint figures and households."""
    if len({other.frame.event for other in mine} & JOINT) > 1:
        return "other"
    noun = tokens[quantity.noun] if quantity.noun is not None else None
    sense = noun.word.sense("people") if noun is not None else None
    if sense is not None and sense.data.get("group"):
        return "other"
    if sense is not None and sense.data.get("kind") == "missing":
        return "missing"
    return _KINDS[hit.frame.event]


def _count(reading: Reading, quantity: Quantity, kind: CountKind) -> Count:
    tokens = reading.tokens
    start, end, who = quantity.start, quantity.end, None
    if quantity.noun is not None:
        last = _phrase_end(tokens, quantity.noun)
        if quantity.noun >= quantity.core:
            end = max(end, tokens[last - 1].end)
        elif quantity.noun == quantity.first - 1 and quantity.min == quantity.max == 2:
            start = tokens[quantity.noun].start
        who = _raw(reading, tokens[quantity.noun].start, tokens[last - 1].end, tokens[quantity.core])
    span = Span(start, end, tokens[quantity.core].part)
    return Count(
        kind=kind,
        text=_raw(reading, start, end, tokens[quantity.core]),
        span=span,
        min=quantity.min,
        max=quantity.max,
        approx=quantity.approx,
        who=who,
    )


def _one(reading: Reading, single: Single) -> Count:
    token = reading.tokens[single.first]
    start = token.start + (single.joined and token.form[0] == "و")
    end = reading.tokens[single.last - 1].end
    text = _raw(reading, start, end, token)
    return Count(
        kind=_KINDS[single.hit.frame.event],
        text=text,
        span=Span(start, end, token.part),
        min=single.number,
        max=single.number,
        who=text,
    )


def _phrase_end(tokens: Sequence[Token], noun: int) -> int:
    """The token after a noun and the adjectives of origin behind it ("مقاتلا كرديا")."""
    last = noun + 1
    while last < len(tokens) and last - noun < 3 and "nationality" in tokens[last].word.classes:
        if tokens[last].form[0] == "و" and names_people(tokens[last]):
            break
        last += 1
    return last


def _raw(reading: Reading, start: int, end: int, token: Token) -> str:
    return reading.article.part(token.part)[start:end]
