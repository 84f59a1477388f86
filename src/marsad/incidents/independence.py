"""Which roots of an incident are independent of each other: roots are counted, not articles.

Two roots are one voice where one is the organ, spokesman, member or parent of the other or both are organs of one body, where what they say
stands in near copies of one text, or where one is called by a part of the other's name. An article's own voice counts only where the
article gives no source for the incident; what later articles retell in their own words is one voice, that of the reports of then.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from marsad.incidents.known import Known
from marsad.incidents.roots import folded_words
from marsad.model.incident import Root, Testimony
from marsad.model.union import Union

_COPIED_WORDS = 6
_COPIED_SHARE = 0.8
_COPIED_SPEECH = 0.5
_MOST_PASSAGES = 60
_RETOLD = "~retold"
_WITHOUT_NAME = frozenset(("outlet", "unnamed", "document"))


def groups_of(told: Sequence[Testimony], country: str, known: Known) -> list[str]:
    """The group of roots under which each testimony counts, by the smallest key of the group; "" where it does not count.

    Args:
        told: All testimonies of an incident.
        country: Where it happened, or "".
        known: Who is who.
    """
    sourced = {one.article for one in told if one.says == "affirms" and not one.root.relays}
    counted = [_weighs(one) and not (one.root.relays and one.article in sourced) for one in told]
    heard = [one for one, counts in zip(told, counted, strict=True) if counts]
    ties = Union()
    _tie_organs({one.root.key: one.root for one in heard}, ties)
    _tie_officials(heard, (country, known), ties)
    _tie_names(heard, ties)
    _tie_copies([one for one in heard if one.root.kind in _WITHOUT_NAME], ties)
    for one in heard:
        if one.looks_back:
            ties.join(one.root.key, _RETOLD)
    names: dict[str, str] = {}
    for key in sorted({one.root.key for one in heard}):
        names.setdefault(ties.first(key), key)
    return [
        names[ties.first(one.root.key)] if counts else "" for one, counts in zip(told, counted, strict=True)
    ]


def _weighs(one: Testimony) -> bool:
    """Whether a testimony makes a root.

    Who denies a threat or an appeal denies what it is said to hold, not that somebody spoke; and what an outlet negates in its own words ("the
    truce failed") is nobody's denial.
    """
    if one.says == "denies":
        casual = (
            one.event.startswith("harm.") and one.stance != "deny"
        )  # "no casualties were reported" is no denial
        return not (one.root.relays or one.event.startswith("say.") or casual)
    return one.says == "affirms"


def _tie_organs(roots: dict[str, Root], ties: Union) -> None:
    """Organs of one body: all that have the same topmost body, and whoever stands in another's line."""
    for key, root in sorted(roots.items()):
        for above in root.authority[1:]:
            if above in roots:
                ties.join(key, above)
        if len(root.authority) > 1:
            # The mark keeps a body that says nothing itself from being taken for a root.
            ties.join(key, f"~{root.authority[-1]}")
        ties.join(key, f"~{root.authority[-1] if root.authority else key}")


def _tie_officials(heard: Sequence[Testimony], about: tuple[str, Known], ties: Union) -> None:
    """Someone in office of no named state is its organ where one government of that country alone is heard ("مصدر أمني" beside the ministry).

    Where another side of the country speaks too (factions, a rival government), a "military source" may be theirs: it stands for itself.
    """
    country, known = about
    tops = {one.root.authority[-1]: one.root for one in heard if not one.root.official and one.root.authority}
    governments = sorted(top for top in tops if country and known.governs(top, country))
    if len(governments) != 1:
        return
    side = tops[governments[0]].side
    if any(root.side and root.side != side and known.country(top) == country for top, root in tops.items()):
        return
    for one in heard:
        if one.root.official:
            ties.join(one.root.key, f"~{governments[0]}")


def _tie_names(heard: Sequence[Testimony], ties: Union) -> None:
    """Who is called by the same words or by a part of another's name: "كوتشوك" and "عز الدين كوتشوك", "المصدر العسكري" and "مصدر عسكري سوري"."""
    called: dict[str, str] = {}
    for one in heard:
        if (
            one.root.kind not in _WITHOUT_NAME
        ):  # known to the register in one article, told by words alone in another
            words = " ".join(folded_words(one.root.text))
            ties.join(called.setdefault(words, one.root.key), one.root.key)
    people = sorted({one.root.key for one in heard if one.root.kind == "person"})
    for short, full in permutations(people, 2):
        if full.endswith(f" {short}"):
            ties.join(short, full)
    _tie_unnamed({one.root.key for one in heard if one.root.kind == "unnamed"}, ties)


def _tie_unnamed(keys: set[str], ties: Union) -> None:
    """Unnamed people of one outlet of whom one is called by a part of the other's words."""
    outlets: dict[str, list[str]] = {}
    for key in sorted(keys):
        outlets.setdefault(key.rpartition(":")[0], []).append(key)
    for held in outlets.values():
        for short, full in permutations(held, 2):
            if _bare(short) <= _bare(full):
                ties.join(short, full)


def _bare(key: str) -> set[str]:
    return {word.removeprefix("ال") for word in key.rpartition(":")[2].split()}


def _tie_copies(heard: Sequence[Testimony], ties: Union) -> None:
    """Outlets and unnamed people whose words stand in near copies of one text, or are the same words."""
    first: dict[str, Testimony] = {}
    passages: list[Testimony] = []
    for one in heard:
        other = first.setdefault(one.family, one) if one.family else one
        if other is not one and _alike(one, other):
            ties.join(one.root.key, other.root.key)
        if len(one.words) >= _COPIED_WORDS:
            passages.append(one)
    for number, one in enumerate(passages[:_MOST_PASSAGES]):
        for other in passages[number + 1 : _MOST_PASSAGES]:
            if one.root.key != other.root.key and _alike(one, other) and _copied(one, other):
                ties.join(one.root.key, other.root.key)


def _alike(one: Testimony, other: Testimony) -> bool:
    """Whether two roots can be one in a copied passage: both the outlets' own voice, or someone unnamed called by the same words."""
    if one.root.own_voice or other.root.own_voice:
        return one.root.own_voice and other.root.own_voice
    return one.root.text == other.root.text


def _copied(one: Testimony, other: Testimony) -> bool:
    """Whether two passages are one text; of what somebody said, half of the words are enough: an agency's account of it goes round."""
    share = _COPIED_SPEECH if one.event.startswith("say.") else _COPIED_SHARE
    return len({*one.words} & {*other.words}) >= share * min(len(one.words), len(other.words))
