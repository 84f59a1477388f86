"""Governors: the negators and modal words that stand over an event, nearest first.

From the trigger the words are walked to the left, as Arabic puts what governs before what is governed: "لا تعتزم القوات شن هجوم" goes from هجوم over the
noun شن to the verb تعتزم and the particle لا. Between a governor and what it governs only its subject may stand and words that
carry an event (تنفيذ، عملية); another noun without an article begins a phrase of its own ("طالب بمحاسبة المسؤولين عن القصف": no shelling is demanded).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from marsad.arabic import fold_word
from marsad.claims.hits import Hit
from marsad.claims.marks import Mark, is_finite, is_imperfect
from marsad.claims.view import RELATIVES, View
from marsad.model import Sense, Token

_REACH = 10
_BARRIERS = RELATIVES | frozenset(
    "بعد قبل عقب اثر جراء نتيجه بسبب خلال اثناء منذ وسط رغم حيث فيما بينما عندما حين حينما بعدما كما لكن ولكن لكنه لكنها اذ ضد حول بشان"
    " بحسب حسب وفق وفقا ان بان انه انها بانه بانها انهم لان لانه عبر مقابل بفعل ردا مع المسوول المسووله المسوولين المسوولون".split()
)
_CLAUSE_OPENERS = frozenset("ان بان وان وبان الا بالا كي لكي حتي".split())
_CARRIERS = frozenset(("support", "occurs"))
_RESULTS = ("harm.", "damage.", "people.displaced")
_DESCRIBES = frozenset(("numeral", "adjective", "nisba", "nationality", "quantity"))
_LINKS = frozenset(
    "الي علي عن من في ل ب هناك عنه عنها عنهم اليه اليها منه منها فيه فيها به بها له لها عليه عليها".split()
)
_FUTURE_DATA = {"modality": "planned", "scope": "verb"}
_UNLESS = ("الا", "بالا")
_WILL_BE = frozenset("سيكون ستكون سيكونون".split())
_FUTURE = re.compile("[وف]?س[يتن]..")
_COPULA = frozenset("يكن تكن يكون تكون يكونون كان كانت كانوا وكان وكانت يكونوا".split())
_QUOTES = "\"'«»“”„‟‹›‘’()[]"
_ENDS = ".؛:؟!…"
_SILENT = frozenset(
    "اي كل بعض جميع اكثر اول عده عدد اخر ايضا فورا فوري قريبا بشكل مجددا تسهيل ضمان تامين السماح حدوث ورود معلومات انباء تقارير".split()
)


@dataclass(slots=True)
class Walk:
    """The way from a trigger to what governs it."""

    view: View
    marks: Mapping[int, Mark | None]
    event: str
    found: list[Mark] = field(default_factory=list)

    def from_hit(self, hit: Hit) -> None:
        """Find all that governs a hit."""
        if hit.kind == "verb":
            self.over_verb(hit.first, future="س" in hit.pro and "iv" in hit.morph)
        else:
            self.over_noun(hit.first, coordinated=self.is_coordinated(hit.first))

    def over_verb(self, index: int, *, future: bool) -> None:
        """Find what governs the finite verb at a token: particles before it, then adverbs and clauses around it."""
        if future:
            self.found.append(Mark(index, index + 1, "modal", _FUTURE_DATA, False, True))
        index = self.particles(index)
        imperfect = is_imperfect(self.view.tokens[index])
        left = self.view.before(index)
        for _ in range(_REACH):
            if left < self.view.first or self.ends(left):
                return
            token, mark = self.view.tokens[left], self.marks.get(left)
            if mark is not None and _over_clause(mark):
                self.found.append(mark)
                return
            if token.form in _CLAUSE_OPENERS and (
                token.form not in _UNLESS or (left == index - 1 and imperfect)
            ):
                self.over_clause(left, imperfect=imperfect)
                return
            if self.stops(left, coordinated=False):
                return
            left -= 1

    def is_coordinated(self, index: int) -> bool:
        """Whether a noun is joined to one before it by و or أو."""
        left = self.view.before(index)
        return self.view.tokens[index].form[:1] == "و" or (
            left >= self.view.first and self.view.tokens[left].form == "او"
        )

    def particles(self, index: int) -> int:
        """Take in the particles right before a verb (لم، لن، سوف، قد، كاد); the first token of the verb with them."""
        while True:
            left = self.view.before(index)
            if left < self.view.first:
                return index
            mark = self.marks.get(left)
            if self.view.tokens[left].form in _COPULA or self.joins_verbs(left):
                index = left
            elif mark is not None and mark.scope == "verb":
                if not self.restricted(mark, index):
                    self.found.append(mark)
                index = mark.first
            elif mark is not None and mark.cls == "negator" and mark.scope == "clause":
                self.found.append(mark)
                index = mark.first
            else:
                return index

    def joins_verbs(self, index: int) -> bool:
        """Whether a token is أو between two verbs, or the verb before it: "لم يقتل أو يجرح"."""
        tokens, form = self.view.tokens, self.view.tokens[index].form
        if form == "او":
            return index > self.view.first and is_imperfect(tokens[index - 1])
        return is_imperfect(tokens[index]) and tokens[index + 1].form == "او"

    def restricted(self, mark: Mark, verb: int) -> bool:
        """Whether a negation only restricts: "لا تستهدف سوى المسلحين"."""
        behind = self.view.tokens[verb : min(self.view.last, verb + _REACH)]
        for token, after in pairwise(behind):
            if token.kind == "punct" and token.form not in _QUOTES:
                return False
            if token.form == "سوي" or (
                token.form == "الا" and after.form not in ("ان", "انه", "انها", "انهم")
            ):
                return mark.cls == "negator"
        return False

    def over_clause(self, opener: int, *, imperfect: bool) -> None:
        """Find what governs a clause with أن: "من المتوقع أن ينسحب"; before a perfect only doubt counts ("يعتقد أن مسلحين خطفوه")."""
        form = self.view.tokens[opener].form
        if form == "حتي":
            if imperfect:
                self.found.append(Mark(opener, opener + 1, "modal", {"modality": "planned"}, False))
            return
        known = len(self.found)
        mark = self.marks.get(opener)
        if mark is not None and mark.last - mark.first > 1:
            self.found.append(mark)
            return
        self.over_noun(opener, coordinated=False)
        if form in _UNLESS and len(self.found) > known:
            self.found.insert(known, Mark(opener, opener + 1, "negator", {"scope": "verb"}, False))
        if not imperfect:
            self.found[known:] = [m for m in self.found[known:] if m.data.get("modality") == "possible"]

    def over_noun(self, index: int, *, coordinated: bool) -> None:
        """Find what governs the event noun (or clause) that begins at a token."""
        left, strange = self.view.before(index), False
        for _ in range(_REACH):
            if left < self.view.first or self.ends(left):
                return
            mark = self.marks.get(left)
            if mark is not None and mark.last <= index:
                if (coordinated or not strange) and self.governs_noun(mark, index, coordinated):
                    self.beyond(mark)
                return
            if self.carried(left, index, strange=strange, coordinated=coordinated) or self.stops(
                left, coordinated
            ):
                return
            strange = strange or not self.transparent(left)
            left -= 1

    def carried(self, left: int, index: int, *, strange: bool, coordinated: bool) -> bool:
        """Whether a word carries the noun (شن, سيكون, a future verb), which settles what governs it; goes on from there."""
        token = self.view.tokens[left]
        carrier = carrying(token, self.event)
        if carrier is not None:
            if not strange or coordinated or _suffers(carrier):
                self.beyond_carrier(left, carrier)
            return True
        if strange:
            return False
        bare = token.form.lstrip("وف")
        will_be = bare in _WILL_BE or self.leads_to(left, index)
        if will_be or bare in _COPULA:
            self.over_verb(left, future=will_be)
            return True
        return False

    def leads_to(self, verb: int, index: int) -> bool:
        """Whether a future verb has an event as its content or purpose: "سنعلن تحرير المدينة", "ستلتئم المحكمة لمحاكمة المتهمين"."""
        token = self.view.tokens[verb]
        if not _FUTURE.match(token.form):
            return False
        senses = [sense for sense in token.word.senses if "v." in sense.morph]
        if token.word.senses and not any("س" in sense.pro for sense in senses):
            return False
        if any(sense.cls == "report" for sense in token.word.senses):
            return index - verb <= 3
        return self.view.tokens[index].form.lstrip("وف")[:1] == "ل"

    def governs_noun(self, mark: Mark, index: int, coordinated: bool) -> bool:
        """Whether a mark to the left of a noun governs it."""
        near = index - mark.last <= 2
        if mark.scope == "left" or not self.led_to(mark, index):
            return False
        if coordinated and not self.has_content(mark, index):
            return False
        if mark.data.get("adjacent"):
            return index == mark.last
        if mark.cls == "negator" and mark.scope in ("noun", "verb"):
            return near or mark.verbal or bool(mark.data.get("frame"))
        if mark.scope == "verb":
            return near and mark.cls == "negator"
        return True

    def led_to(self, mark: Mark, index: int) -> bool:
        """Whether one of the prepositions of a mark's frame leads to what it governs."""
        wanted = frame_words(mark.data)
        if not wanted:
            return True
        forms = [token.form.lstrip("وف") for token in self.view.tokens[mark.last : index + 1]]
        return any(form in wanted or (form[:1] in "بل" and form[:1] in wanted) for form in forms)

    def has_content(self, mark: Mark, index: int) -> bool:
        """Whether a mark governs something before a coordinated noun, which then is governed too ("طالب بوقف القصف وانسحاب القوات")."""
        between = self.view.tokens[mark.last : index]
        return any(token.kind == "word" and not token.word.classes & _DESCRIBES for token in between)

    def beyond(self, mark: Mark) -> None:
        """Take a mark in and go on to what governs it."""
        self.found.append(mark)
        if mark.scope == "clause" and not mark.verbal:
            return
        if mark.verbal:
            self.over_verb(mark.first, future=mark.future)
        else:
            self.over_noun(mark.first, coordinated=False)

    def beyond_carrier(self, index: int, sense: Sense) -> None:
        """Go on over a word that carries an event; what is stopped did take place."""
        if sense.data.get("phase") == "stop":
            return
        if "v." not in sense.morph or _is_noun_too(sense):
            known = len(self.found)
            self.over_noun(index, coordinated=False)
            if len(self.found) > known or "v." not in sense.morph:
                return
        self.over_verb(index, future="س" in sense.pro)

    def ends(self, index: int) -> bool:
        """Whether a sentence or clause ends at a token."""
        token = self.view.tokens[index]
        return token.kind == "break" or (token.kind == "punct" and token.form[:1] in _ENDS)

    def stops(self, index: int, coordinated: bool) -> bool:
        """Whether nothing to the left of a token can govern a noun to its right."""
        token = self.view.tokens[index]
        if token.kind == "punct":
            return token.form not in _QUOTES and not coordinated
        return token.form.lstrip("وف") in _BARRIERS or token.form in _BARRIERS or is_finite(token)

    def transparent(self, index: int) -> bool:
        """Whether a word can stand between a governor and its event: its subject, an article's noun, a preposition."""
        token = self.view.tokens[index]
        if token.kind != "word" or token.form in _LINKS or token.form in _SILENT:
            return True
        if token.word.definite and not token.form.startswith(("بال", "وبال", "لل", "ولل")):
            return True
        mention = self.view.at(index)
        if mention is not None and mention.kind in ("body", "people", "person", "unnamed", "place", "craft"):
            return True
        return bool(token.word.classes & _DESCRIBES) or _is_operation(token)


def _is_operation(token: Token) -> bool:
    return token.form.lstrip("لب") in ("عمليه", "عمليات", "حمله", "مهمه", "معركه", "اتفاق", "دفعه")


def _over_clause(mark: Mark) -> bool:
    """Whether a mark governs the verb of its clause from afar: ربما, من المتوقع, إذا."""
    if mark.scope == "clause":
        return True
    return mark.scope == "verb" and mark.data.get("modality") == "possible" and not mark.data.get("tense")


def frame_words(data: Mapping[str, Any]) -> frozenset[str]:
    """The folded prepositions of an entry's frame."""
    return frozenset(fold_word(str(key)) for key in data.get("frame") or ())


def carrying(token: Token, event: str) -> Sense | None:
    """The sense in which a word carries an event noun (شن، نفذ، بدأ، وقوع)."""
    word = token.word
    if not _CARRIERS & word.classes:
        return None
    for sense in word.senses:
        if (
            sense.cls in _CARRIERS
            and ("event" in _flat(sense) or ("result" in _flat(sense) and event.startswith(_RESULTS)))
            and ("v." not in sense.morph or ".3" in sense.morph)
            and event in (sense.data.get("events") or (event,))
        ):
            return sense
    return None


def _suffers(sense: Sense) -> bool:
    """Whether the subject of a carrier is who suffers the event, so that it stands between: "عدم تعرض المقر لهجوم"."""
    return "patient" in str((sense.data.get("frame") or {}).get("subject"))


def _is_noun_too(sense: Sense) -> bool:
    """Whether a form can be a perfect and its masdar: شن, which is a noun where something governs it."""
    return "pv.a.3ms" in sense.morph and not sense.enc


def _flat(sense: Sense) -> str:
    return str(list((sense.data.get("frame") or {}).values()))
