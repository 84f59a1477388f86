"""One person in so many words: "قُتل مدني", "إصابة أحد عناصر الشرطة", "سقط قتيل", "مقتل ضابط ومجند" (two)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad.arabic.quantities import Quantity
from marsad.arabic.quantities_context import people_number
from marsad.arabic.quantities_words import word_set
from marsad.claims.counts_owner import AMONG, STOPS, behind, end_of, is_verbal
from marsad.claims.counts_scene import Scene
from marsad.claims.hits import Hit
from marsad.model import Sense, Token

_NO_ONE = word_set("اي كل دون بدون غير بين عدد لكل حاله")
# "مقتل شخصين وإصابة ثالث"
_ANOTHER = frozenset({"ثالث", "ثالثه", "رابع", "رابعه", "خامس"})
_REACH = 6
_MOST = 4


# The vowel signs of a dual in a word that could be a plural: "مدنيَّين", "مواطنَيْن".
_DUAL_SIGNS = re.compile("[\u064e][\u0651]?ي\u0652?ن\u0650?$|\u0651\u064eي\u0652?ن\u0650?$")


class Single(NamedTuple):
    """People named one by one: the event word, their tokens, how many, and whether "و" is written onto the first."""

    hit: Hit
    first: int
    last: int
    number: int
    joined: bool = False


def singles(scene: Scene, owned: Sequence[tuple[Quantity, list[Hit]]]) -> Iterator[Single]:
    """All single people of a sentence under the event words they belong to."""
    taken = {at for quantity, _ in owned for at in range(quantity.first, end_of(quantity))}
    for hit in scene.hits:
        if hit.frame.event.partition(".")[0] not in ("harm", "custody"):
            continue
        at = _slot(scene, hit, taken)
        if at is not None:
            number, last = _row(scene, at, taken)
            yield Single(hit, at, last, number)
            yield from _more(scene, hit, last, taken)
    for quantity, hits in owned:
        for hit in hits[:1]:
            yield from _more(scene, hit, _past_pair(scene, quantity), taken)


def _past_pair(scene: Scene, quantity: Quantity) -> int:
    """Past the second noun of "164 ضابطا وجنديا", who are in the number."""
    end = end_of(quantity)
    singular = quantity.noun is not None and people_number(scene.tokens[quantity.noun]) == "sg"
    return end + 1 if singular and end < scene.last and _joined(scene, end) else end


def _person(token: Token) -> Sense | None:
    """The sense by which a word names exactly one person, or None."""
    if people_number(token) != "sg":
        return None
    return token.word.sense("people") or token.word.sense("nationality")


def _slot(scene: Scene, hit: Hit, taken: set[int]) -> int | None:
    """The token of the one person that an event word is about."""
    if hit.frame.itself:
        return _itself(scene, hit, taken)
    if not is_verbal(scene, hit):
        return _behind_noun(scene, hit, taken)
    return _behind_verb(scene, hit, taken) or _before_verb(scene, hit, taken)


def _itself(scene: Scene, hit: Hit, taken: set[int]) -> int | None:
    """ "سقط قتيل": the word is the person."""
    at = hit.first
    if (
        hit.enc
        or at in taken
        or _person(scene.tokens[at]) is None
        or scene.bare(at - 1) in _NO_ONE
        or scene.bare(at - 2) == "بين"
    ):
        return None
    return at


def _behind_noun(scene: Scene, hit: Hit, taken: set[int]) -> int | None:
    """ "مقتل مدني", "القبض على شاب"."""
    at = hit.last
    if hit.enc:
        return None
    if "patient" in hit.frame.prepositions.get(scene.form(at), ()):
        at += 1
    elif "patient" not in hit.frame.genitive:
        return None
    return at if _fits(scene, at, taken) else None


def _behind_verb(scene: Scene, hit: Hit, taken: set[int]) -> int | None:
    """ "قُتل مدني", "أصيب في الهجوم شخص", "اعتقلت القوات شابا": the last of the singulars that can be meant."""
    found = None
    begin = behind(hit)
    for at in range(begin, min(begin + _REACH, scene.last)):
        token = scene.tokens[at]
        if token.kind != "word" or token.form in STOPS or at in taken:
            break
        if at > begin and _starts_other(scene, hit, at):
            break
        if not _fits(scene, at, taken):
            continue
        if found is None and (at == begin or not token.word.definite):
            found = at
        elif found is not None and token.form.endswith("ا") and not token.word.definite:
            return at
    if found is not None and _number_follows(scene, found, taken):
        return None
    return found


def _before_verb(scene: Scene, hit: Hit, taken: set[int]) -> int | None:
    """ "أن إرهابيا قتل": the person stands before a passive."""
    at = hit.first - 1
    if (hit.kind == "verb" and "pv.p" not in hit.morph) or hit.pro or not _fits(scene, at, taken):
        return None
    return None if scene.tokens[at].word.definite else at


def _fits(scene: Scene, at: int, taken: set[int]) -> bool:
    """Whether one person not yet counted is named at a token."""
    if not scene.first <= at < scene.last or at in taken:
        return False
    if scene.form(at) in _ANOTHER:
        return True
    sense = _person(scene.tokens[at])
    if sense is None and _dual_by_signs(scene, at):
        return True
    if sense is None or sense.pro.replace("ال", "") in ("ب", "ل", "ك", "و"):
        return False
    return at == scene.first or (scene.tokens[at - 1].kind != "number" and scene.bare(at - 1) not in _NO_ONE)


def _starts_other(scene: Scene, hit: Hit, at: int) -> bool:
    return any(other is not hit and not other.frame.itself for other in scene.between(at, at + 1))


def _number_follows(scene: Scene, at: int, taken: set[int]) -> bool:
    """ "قتل مسلح 3 أشخاص": the singular is the one who did it."""
    for other in (at + 1, at + 2):
        if scene.form(other)[:1] == "و" or scene.between(other, other + 1):
            return False
        if other in taken:
            return True
    return False


def _row(scene: Scene, at: int, taken: set[int]) -> tuple[int, int]:
    """People joined word by word: "ضابط ومجند" is two; so is a dual by its vowel signs."""
    number, last = 1 + _dual_by_signs(scene, at), at + 1
    while last < scene.last and last not in taken and _joined(scene, last):
        number, last = number + 1, last + 1
    return number, last


def _dual_by_signs(scene: Scene, at: int) -> bool:
    return people_number(scene.tokens[at]) == "pl" and _DUAL_SIGNS.search(scene.raw(at)) is not None


def _joined(scene: Scene, at: int) -> bool:
    """Whether "و" and one person stand at a token."""
    token = scene.tokens[at]
    sense = _person(token)
    if token.form == "واحده" or (token.form == "واحد" and people_number_at(scene, at + 1) != "pl"):
        return False
    return sense is not None and sense.pro == "و" and not scene.between(at, at + 1)


def _known(token: Token) -> bool:
    """Whether a person is definite: "بينهم قائدها" names somebody, "بينهم قائد" counts one."""
    sense = _person(token)
    return token.word.definite or (sense is not None and bool(sense.enc))


def people_number_at(scene: Scene, at: int) -> str | None:
    """ "sg", "du" or "pl" of the word at a token of the sentence, if it names people."""
    return people_number(scene.tokens[at]) if at < scene.last else None


def _more(scene: Scene, hit: Hit, start: int, taken: set[int]) -> Iterator[Single]:
    """Single people after a count or a person: "3 مدنيين وطفل", "بينهم طفل"."""
    at = start
    while at < min(start + _MOST, scene.last):
        token = scene.tokens[at]
        if at in taken or token.form in STOPS or scene.between(at, at + 1):
            return
        among = scene.bare(at - 1) in AMONG and _fits(scene, at, taken) and not _known(token)
        if among or _joined(scene, at):
            number, last = _row(scene, at, taken)
            yield Single(hit, at, last, number, joined=not among)
            return
        if token.kind != "word":
            return
        at += 1
