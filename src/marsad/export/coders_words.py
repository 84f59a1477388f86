"""What the words for those on a side say of them, where they are nobody of the register: civilians, fighters, soldiers, a name, or nobody at all.

A phrase that begins with a thing, after its number if it has one ("12 trucks", "the camp", "warplanes"), names nobody who could do something or have it done to them;
and a person who is not in the register is nobody whom a column names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, cast

from marsad.arabic.letters import MARKS, TATWEEL, fold_letters
from marsad.codebook import people_words

MemberKind = Literal["known", "civilians", "fighters", "regulars", "words", "nobody"]
_FILE = Path(__file__).parent / "words" / "sides.yml"
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(rf"[^\W_][\w{MARKS}{TATWEEL}]*")
_MARK = re.compile(rf"[{MARKS}{TATWEEL}]")
_PRONOUN = re.compile(r"(?:ه|ها|هم|نا)$")
_SHORT = 4


@cache
def side_words() -> Mapping[str, frozenset[str]]:
    """The lists of ``sides.yml``."""
    import yaml

    rows = cast("dict[str, str]", yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    return {key: frozenset(words.split()) for key, words in rows.items()}


def kind_of(text: str) -> MemberKind:
    """What the words for people say of them.

    >>> kind_of("ثلاثة مدنيين"), kind_of("جنود"), kind_of("حركة الجبل"), kind_of("12 شاحنة مساعدات")
    ('civilians', 'regulars', 'words', 'nobody')
    """
    return _kind(text)


def words_in(text: str) -> frozenset[str]:
    """The folded words of a text; of a first word "للمدنيين" the noun with its article."""
    words = _WORD.findall(fold_letters(_MARK.sub("", text)))
    if words and words[0].startswith("لل") and len(words[0]) > _SHORT:
        words[0] = "ال" + words[0][2:]
    return frozenset(words)


def is_named_force(text: str) -> bool:
    """Whether words for fighters are the name of a body: "forces of the valley" is one, "two armed men" is none.

    >>> is_named_force("قوات الوادي"), is_named_force("مسلحون")
    (True, False)
    """
    words = _WORD.findall(fold_letters(_MARK.sub("", text)))
    return len(words) > 1 and words[0] in side_words()["bodies"] and words[1].startswith("ال")


@lru_cache(maxsize=100_000)
def _kind(text: str) -> MemberKind:
    folded, lists, more = words_in(text), people_words(), side_words()
    words = folded | {_PRONOUN.sub("", word) for word in folded if len(word) > _SHORT}
    civilians = words & (lists["civilians"] | more["civilians"])
    regulars = words & (lists["regulars"] | more["regulars"])
    fighters = regulars or words & (lists["fighters"] | more["fighters"])
    if civilians and not fighters:
        return "civilians"
    if fighters and not civilians:
        return "regulars" if regulars else "fighters"
    rest = uncounted(text)
    named = [one for one in words_in(rest) - lists["many"] if lists["counted"].isdisjoint(_forms(one))]
    return "words" if named and not _is_thing(rest) and not _is_person(rest) else "nobody"


def _forms(word: str) -> frozenset[str]:
    """A folded word, without its article, and without the ending of "a house" and "his house"."""
    forms = {word, word.removeprefix("ال")}
    longer = {_PRONOUN.sub("", one) for one in forms if len(one) > _SHORT}
    return frozenset(forms | longer | {one.removesuffix("ا") for one in forms})


def uncounted(text: str) -> str:
    """The words without the number that they begin with.

    >>> uncounted("16 من الفصائل"), uncounted("عشرات السكان"), uncounted("حركة الجبل")
    ('الفصائل', 'السكان', 'حركة الجبل')
    """
    rest, numbers = text, side_words()["numbers"]
    while (first := _FIRST.search(rest)) and (
        first.group()[0].isdigit() or fold_letters(_MARK.sub("", first.group())) in numbers
    ):
        rest = rest[first.end() :]
    return rest.strip() if rest != text else text


def _is_thing(text: str) -> bool:
    first = _FIRST.search(fold_letters(_MARK.sub("", text)))
    return first is None or not side_words()["things"].isdisjoint(_forms(first.group()))


def _is_person(text: str) -> bool:
    """Whether words are the name of a person, who would be in the register if it were anybody's business."""
    first = _FIRST.search(fold_letters(_MARK.sub("", text)))
    return first is not None and first.group() in side_words()["persons"]
