"""Places: where an event happened, when its own frame does not say.

The nearest place named in the clause, then in the sentence; then the place of what caused it; then the place that governs
the sentence: that of the event before it, of the headline, of the lead. "المدينة" alone is the city last named. Speech and diplomacy have a
place only where a venue is named with في.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.hits import Hit
from marsad.claims.view import View
from marsad.model import Mention

_VENUE_ONLY = frozenset(("say", "talks", "law"))
_HOPS = 3
_LOOK_BACK = 6
_GENERIC = frozenset(
    "المدينه البلده القريه المنطقه المحافظه المخيم المطار القاعده الحي المعبر الموقع الولايه البلاد الجزيره القطاع العاصمه المكان الاقليم المديريه"
    " الناحيه الجسر السجن الميناء المستشفي المدرسه المسجد البلدتين القريتين المدينتين المناطق".split()
)


def is_generic(view: View, mention: Mention) -> bool:
    """Whether a place is a bare noun that points back: المدينة, هذه البلدة."""
    if mention.last - mention.first != 1:
        return False
    token = view.tokens[mention.first]
    return _bare(token.form) in _GENERIC or ("place_head" in token.word.classes and token.word.definite)


def _bare(form: str) -> str:
    if form.startswith("لل"):
        return "ال" + form[2:]
    return form[1:] if form[:1] in "بلوك" and form[1:3] == "ال" else form


def place_from_sentence(candidate: Candidate) -> None:
    """The nearest place of the sentence that can be where it happened."""
    if candidate.places:
        return
    view, hit = candidate.view, candidate.hit
    venue = candidate.family in _VENUE_ONLY
    best: tuple[int, int, Mention] | None = None
    for gap, order, mention in sorted(_apart(view, hit, venue=venue), key=lambda found: found[:2]):
        if best is not None and gap > best[0]:
            break  # what lies between only adds to the gap
        distance = gap + _fines(view, hit, mention)
        if best is None or (distance, order) < best[:2]:
            best = (distance, order, mention)
    if best is not None and (not venue or best[0] < 14):
        candidate.set_places(coordinated(view, best[2]), "nearest place of the sentence")


def _apart(view: View, hit: Hit, *, venue: bool) -> Iterator[tuple[int, int, Mention]]:
    """The places of a sentence with the tokens that lie between them and the event's words, more for odd prepositions."""
    for order, mention in enumerate(view.mentions):
        if mention.kind != "place":
            continue
        preposition = view.preposition(mention)
        if venue and (preposition.rpartition(" ")[2] not in ("في", "ب") or mention.first < hit.last):
            continue
        gap = mention.first - hit.last if mention.first >= hit.last else hit.first - mention.last + 6
        yield gap if preposition and view.governs_place(preposition) else gap + 10, order, mention


def _fines(view: View, hit: Hit, mention: Mention) -> int:
    """What is added for the clauses between a place and the event's words."""
    behind = mention.first >= hit.last
    fine = 0
    for index in range(hit.last, mention.first) if behind else range(mention.last, hit.first):
        form = view.tokens[index].form
        if form in ("،", ",", "و"):
            fine += 3
        elif form in ".؛":
            fine += 8
    return fine


def coordinated(view: View, mention: Mention) -> list[Mention]:
    """A place with those joined to it by و."""
    group = [mention]
    for other in view.mentions:
        if other.first < mention.last or other.kind != "place":
            continue
        if view.preposition(other) == "و" and other.ext_first - group[-1].ext_last <= 1:
            group.append(other)
        elif other.first > group[-1].ext_last + 1:
            break
    return group


def inherit_places(candidates: Sequence[Candidate]) -> None:
    """Give candidates without a place the one that governs them; candidates are in order of the text, title first."""
    body = [c for c in candidates if c.family not in _VENUE_ONLY]
    anchor = next((c for c in body if c.places and not _only_generic(c)), None)
    recent: list[Candidate] = []
    for candidate in body:
        if candidate.places and not _only_generic(candidate):
            recent.append(candidate)
            continue
        near = next(
            (other for other in reversed(recent) if candidate.view.index - other.view.index <= _HOPS), anchor
        )
        if near is None or near is candidate:
            continue
        if not candidate.places:
            candidate.set_places(near.places[:1], "place of the event before")
        elif _points_back(candidate, near):
            candidate.places = near.places[:1]
            candidate.origin["place"] = ("a bare noun points back to the place before", "")


def name_generic(candidate: Candidate) -> None:
    """Put the name in the stead of a bare noun: المدينة is the last place before it that is called a مدينة."""
    if not candidate.places or not _only_generic(candidate):
        return
    view, mention = candidate.view, candidate.places[0]
    noun = _bare(view.tokens[mention.first].form)[2:]
    at = view.reading.sentence_at(mention.first)
    for index in range(at, max(-1, at - _LOOK_BACK), -1):
        for other in reversed(view.reading.mentions(index)):
            if other.kind != "place" or other.first >= mention.first or other.last - other.first < 2:
                continue
            head = view.tokens[other.first].form
            if head.endswith(noun) and not head.removesuffix(noun).endswith("ال"):
                candidate.places = [other]
                candidate.origin["place"] = ("a bare noun points back to the name before", "")
                return


def smallest(view: View, mention: Mention) -> Mention:
    """The place that a countryside or governorate is put behind: of "قرية كذا بريف إدلب" the village (CODEBOOK section 5: the smaller first)."""
    if _head(view, mention) not in _WIDE:
        return mention
    before = max(
        (
            m
            for m in view.mentions
            if m.kind == "place" and m.last <= mention.first and _links(view, m, mention)
        ),
        key=lambda m: m.last,
        default=None,
    )
    if before is None or _head(view, before) in _WIDE or is_generic(view, before):
        return mention
    return before


def _head(view: View, mention: Mention) -> str:
    return _bare(view.tokens[mention.first].form).removeprefix("ال")


def _links(view: View, inner: Mention, outer: Mention) -> bool:
    """Whether only a preposition stands between two places: "بلدة كذا بريف", "كذا في محافظة", "كذا التابعة لريف"."""
    between = view.tokens[inner.last : outer.first]
    if not between:
        return view.preposition(outer) == "ب"
    return len(between) <= 2 and all(token.form in _LYING for token in between)


_WIDE = frozenset("ريف ريفي محافظه ولايه قضاء ناحيه مديريه مقاطعه اقليم".split())
_LYING = frozenset("في ب من التابعه التابع الواقعه الواقع".split())


def _only_generic(candidate: Candidate) -> bool:
    return is_generic(candidate.view, candidate.places[0])


def _points_back(candidate: Candidate, near: Candidate) -> bool:
    """Whether a bare place noun (المدينة) can be the earlier place: same head noun, or a name without any."""
    form = _bare(candidate.view.tokens[candidate.places[0].first].form)[2:]
    tokens = candidate.view.tokens
    head = tokens[near.places[0].first].form
    return head.endswith(form) or "place_head" not in tokens[near.places[0].first].word.classes
