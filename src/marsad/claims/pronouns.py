"""Pronouns: whom the ه، ها، هم written onto a verb or a masdar stand for.

"جنود عراقيون قتلهم التنظيم": those killed are the soldiers before; "أعلن الجيش انسحابه": who withdraws is the army. The nearest noun phrase
before that agrees is taken; one that can act is looked for first where the pronoun is the doer.
"""

from __future__ import annotations

from collections.abc import Iterator

from marsad.claims.hits import Hit
from marsad.claims.view import View
from marsad.model import Mention

_PLURAL = frozenset(("هم", "هن", "هما"))
_PEOPLE = frozenset(("people", "person", "unnamed"))
_ACTING = frozenset(("body", "person", "craft", "people"))
_BACK = 2


def antecedent(view: View, hit: Hit, *, acting: bool) -> Mention | None:
    """The noun phrase that the pronoun on a hit's word stands for; with ``acting`` one that can do something.

    A pronoun of the first person has none: the speaker is found by the room's sources.
    """
    if hit.enc not in ("ه", "ها", *_PLURAL):
        return None
    for mention in _backwards(view, hit):
        if acting and mention.kind not in _ACTING:
            continue
        if mention.kind != "nisba" and agrees(mention, hit.enc):
            return mention
    return None


def agrees(mention: Mention, pronoun: str) -> bool:
    """Whether a noun phrase agrees with a pronoun: things in the plural are feminine, people are not."""
    if pronoun in _PLURAL:
        return mention.number in ("pl", "du") and mention.kind in (*_PEOPLE, "body")
    if pronoun == "ها":
        return mention.gender == "f" or (mention.number == "pl" and mention.kind not in _PEOPLE)
    return mention.gender == "m" and mention.number != "pl"


def _backwards(view: View, hit: Hit) -> Iterator[Mention]:
    """The noun phrases before a hit, the nearest first, into the sentence before."""
    for mention in reversed(view.mentions):
        if mention.ext_last <= hit.first:
            yield mention
    sentences = view.reading.sentences
    for index in range(view.index - 1, max(-1, view.index - _BACK), -1):
        if sentences[index].part == sentences[view.index].part:
            yield from reversed(view.reading.mentions(index))
