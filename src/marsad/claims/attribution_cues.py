"""Cues: the words of a sentence that report, before it is known who reports what.

A cue is a finite verb ("قالت"), a participle that leans on the clause before it ("مضيفا أن"), a verbal noun ("قوله إن"، "إعلان الجيش
سيطرته") or a formula ("بحسب"، "نقلا عن"). What kind of cue a word can be is worked out once per word and kept in its memo, so that reading
an article costs a dictionary lookup per token. Words that only look like cues are refused here: a negated verb ("لم يعلن"), the title
زعيم (not زعم, by the lexicon), a verb of several meanings without its complement ("تابعة للجيش") later, when the complement is sought.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from marsad.arabic.folded import fold_word
from marsad.model import Sense, Token, Word

CueSort = Literal["verb", "participle", "masdar", "formula"]

THAT = re.compile(r"(?:[وف]?ب?ان(?:ه|ها|هم|هما|هن|نا|ني)?|[وف]?باننا)$")
"""Folded أن, إن, بأن and their forms with a pronoun: what opens a reported clause."""

NO_COMPLEMENT = frozenset(
    (
        "بعد",
        "قبل",
        "دون",
        "غير",
        "الا",
        "رغم",
        "يمكن",
        "يجب",
        "ينبغي",
        "بيد",
        "بعيد",
        "قبيل",
        "لولا",
        "منذ",
        "كما",
        "شان",
    )
)
"""Words after which أن opens no reported clause ("بعد أن قصف")."""

_NEGATORS = frozenset(("لم", "لا", "لن", "ولم", "ولا", "ولن", "فلم", "فلا", "دون", "بدون", "عدم"))
_LIGHT_VERBS = frozenset(("تم", "يتم", "وتم", "جري", "يجري", "وجري", "عمليه", "عمليات", "بعمليه"))
_MEMO = "cue"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a word can be as a cue, whatever stands around it."""

    sort: CueSort
    lemma: str
    data: Mapping[str, Any]
    persons: frozenset[str]
    enclitic: str
    joined: bool
    definite: bool
    past: bool
    first_only: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word in its place: tokens ``first:last`` and its shape."""

    first: int
    last: int
    shape: Shape

    @property
    def stance(self) -> str:
        """What the source does to what it tells."""
        return str(self.shape.data.get("stance", "state"))

    def takes(self, what: str) -> bool:
        """Whether the frame has content behind that word ("أن", "object", "ب" ...)."""
        return bool(self.shape.data.get("frame", {}).get(what) == "content")


def find_cues(tokens: Sequence[Token], first: int, last: int) -> list[Cue]:
    """The cues among the tokens ``first:last``, in order."""
    found: list[Cue] = []
    for index in range(first, last):
        word = tokens[index].word
        if not word.senses:
            continue
        shapes = word.memo.get(_MEMO)
        if shapes is None:
            shapes = word.memo[_MEMO] = _shapes(word)
        for shape in shapes:
            if index > first and shape.first_only:
                continue
            cue = _placed(tokens, index, last, shape)
            if cue is not None:
                found.append(cue)
                break
    return found


def _placed(tokens: Sequence[Token], index: int, last: int, shape: Shape) -> Cue | None:
    """The cue at that place, or None where its neighbours rule it out."""
    if shape.sort != "formula":
        return None if _is_ruled_out(tokens, index, shape) else Cue(index, index + 1, shape)
    before = tokens[index - 1].form if index else ""
    after = shape.data.get("after")
    if after is not None and before not in (fold_word(after), "و" + fold_word(after)):
        return None
    start = index if after is None else index - 1
    wanted = shape.data.get("next")
    if wanted is None:
        return Cue(start, index + 1, shape)
    following = tokens[index + 1].form if index + 1 < last else ""
    for option in map(fold_word, wanted):
        if option == following:
            return Cue(start, index + 2, shape)
        if option == "ل" and following.startswith("ل"):
            return Cue(start, index + 1, shape)
    return None


def _is_ruled_out(tokens: Sequence[Token], index: int, shape: Shape) -> bool:
    """Whether a verb is negated ("لم يعلن"، "دون أن تؤكد") or no verb at all ("عن نشر الصواريخ")."""
    if not index:
        return False
    before = tokens[index - 1]
    if before.form in _NEGATORS:
        return True
    if is_that(before.form) and index > 1 and tokens[index - 2].form in _NEGATORS:
        return True
    return shape.sort == "verb" and _governs(before)


def _governs(token: Token) -> bool:
    """Whether a word before a verb shows that it is a noun ("عن نشر الصواريخ"، "تم نقل الجرحى")."""
    return "preposition" in token.word.classes or token.form in _LIGHT_VERBS


def _shapes(word: Word) -> tuple[Shape, ...]:
    """All that a word can be as a cue, the finite verb first."""
    shapes = [
        shape
        for sense in word.senses
        if sense.cls in ("report", "formula")
        for shape in _shapes_of(word, sense)
    ]
    masdars = {shape.lemma for shape in shapes if shape.sort == "masdar" and not shape.enclitic}
    # إضافة is the noun, not "he added it".
    shapes = [
        shape for shape in shapes if not (shape.sort == "verb" and shape.enclitic and shape.lemma in masdars)
    ]
    order = {"formula": 0, "verb": 1, "participle": 2, "masdar": 3}
    return tuple(sorted(shapes, key=lambda shape: (order[shape.sort], bool(shape.enclitic))))


def _shapes_of(word: Word, sense: Sense) -> list[Shape]:
    """The shapes of one sense."""
    if word.form in _folded(sense.data.get("never")):
        return []
    joined = sense.pro[:1] in ("و", "ف")
    first_only = word.form in _folded(sense.data.get("first_only"))
    definite = "ال" in sense.pro
    common = (sense.lemma, sense.data)
    if sense.cls == "formula":
        return [Shape("formula", *common, frozenset(), sense.enc, joined, False, False)]
    morphs = sense.morph.split("|")
    persons = frozenset(morph[5:] for morph in morphs if morph[2:5] == ".a." and morph[5] == "3")
    past = any(morph.startswith("pv.a.3") for morph in morphs)
    found = []
    if persons and sense.pro in ("", "و", "ف", "س", "وس", "فس"):
        found.append(Shape("verb", *common, persons, sense.enc, joined, False, past, first_only))
    if persons and not past and sense.pro in ("ل", "ول", "فل"):
        # "عاد ليؤكد أن" leans on the clause before it as a participle does.
        found.append(Shape("participle", *common, persons, sense.enc, joined, False, False))
    if any(morph.startswith("n") for morph in morphs):
        sort: CueSort = "participle" if _is_participle(word, sense) else "masdar"
        found.append(Shape(sort, *common, frozenset(), sense.enc, joined, definite, False))
    return found


def _folded(words: Sequence[str] | None) -> frozenset[str]:
    """Folded forms of a list in the lexicon."""
    return frozenset(map(fold_word, words)) if words else frozenset()


def _is_participle(word: Word, sense: Sense) -> bool:
    """Whether the form is one of the entry's participles, without article or preposition."""
    if sense.pro not in ("", "و", "ف") or sense.enc not in ("", "ه"):
        return False
    base = word.form[len(sense.pro) :]
    return any(base.startswith(fold_word(stem)) for stem in sense.data.get("participle", ()))


def is_that(form: str) -> bool:
    """Whether a folded form opens a reported clause."""
    return form[-1:] in ("ن", "ه", "ا", "م", "ي") and len(form) <= 7 and THAT.match(form) is not None
