"""Noun phrases: how far a name goes to the right of its head, by the grammar of the construct state.

A head takes a chain of genitives ("قوات حرس الحدود"), the last of which is definite or a name and closes it; after that only definite
adjectives that agree with a noun of the chain go on ("السورية"). An indefinite head takes indefinite adjectives ("فصائل مسلحة محلية").
A verb, a function word, و, a word of time or a mark of punctuation ends it. Right edges are kept short: what is in doubt stays outside.
"""

from __future__ import annotations

from marsad.reading import phrase_words as w
from marsad.reading.lines import Scan, closing, opens
from marsad.reading.person_names import name_end
from marsad.reading.phrase_words import Facts

_OPEN = frozenset("\"'«“„‟‹‘”")
_SIGNS = frozenset("#_")
_NUMBERED = frozenset(
    ("فرقه", "لواء", "فوج", "كتيبه", "قناه", "كتايب", "الويه", "محطه", "طريق", "شارع", "حي", "منطقه")
)
_RELATIONAL = frozenset(
    "موالي مواليه تابع تابعه تابعين موالون موالين مويد مويده مويدين مدعوم مدعومه مدعومين متحالف متحالفه محسوب محسوبه مرتبط مرتبطه مناهض"
    " مناهضه منضوي منضويه المواليه الموالي الموالين الموالون التابعه التابع التابعين المدعومه المدعوم المدعومين المويده المويدين"
    " المتحالفه المتحالفين المحسوبه المرتبطه المناهضه المنضويه".split()
)
_ONE_OF = frozenset(("أحد", "إحدى"))
_TWO = frozenset(("اثنين", "اثنتين", "اثنان", "اثنتان"))
_PURPOSE_HEADS = frozenset(
    "مركز هييه منظمه مكتب شبكه مجلس لجنه جمعيه موسسه مفوضيه مرصد منسق جبهه برنامج اتحاد تجمع وكاله امين حمله رابطه اداره مخيم".split()
)
_NAMING = w.GIVEN | w.NAME_PART | w.UNKNOWN
_PROPER = w.BODY_NAME | w.STATE | w.GIVEN | w.OUTLET_NAME
_NOUN = (
    w.BODY
    | w.BODY_NAME
    | w.STATE
    | w.GIVEN
    | w.PEOPLE
    | w.THING
    | w.TITLE
    | w.PLACE
    | w.DOCUMENT
    | w.OUTLET
    | w.CRAFT
    | w.UNNAMED
    | w.SIDE
    | w.NAME_PART
    | w.CORRESPONDENT
    | w.MONITOR
    | w.OUTLET_NAME
)
MAX_PHRASE = 16
"""Longer phrases are no names; the limit keeps the work on any text linear."""
_MAX_DEPTH = 2


class Phrase:
    """A noun phrase while it grows to the right."""

    __slots__ = ("agrs", "closed", "depth", "described", "end", "named", "place", "scan", "start")

    def __init__(
        self, scan: Scan, start: int, end: int, *, place: bool = False, closed: bool = False
    ) -> None:
        """A phrase of the tokens start:end so far; ``place`` where the head names a place, so that unknown words are its name."""
        head = scan.at(start)
        self.scan = scan
        self.start = start
        self.end = end
        self.depth = 0
        self.place = place
        self.named = closed or bool(head.flags & _PROPER)
        self.closed = self.named or head.definite
        self.described = False
        self.agrs = head.agr or "mf"

    def grow(self) -> Phrase:
        """Take all that belongs to the phrase."""
        while self.end < self.scan.last and self.end - self.start < MAX_PHRASE:
            step = self._step()
            if not step:
                break
            self.end += step
        while self.scan.tokens[self.end - 1].form in _SIGNS:
            self.end -= 1  # the sign of a name that did not follow
        return self

    def _step(self) -> int:
        """How many of the next tokens go on with the phrase."""
        scan, index = self.scan, self.end
        token = scan.tokens[index]
        if token.kind != "word":
            return self._mark(index)
        fact = scan.at(index)
        if self.place and (step := self._place_name(index, fact)):
            return step
        if fact.flags & (w.STOP | w.VERB) or fact.joined:
            return 0
        if fact.flags & w.NUMERAL:
            return int(
                token.form in _TWO and bool(scan.at(self.start).flags & (w.PEOPLE | w.THING | w.CRAFT))
            )
        if fact.governed:
            return self._purpose(index, fact)
        if self._describes(fact, token.form):
            return 1
        titled = index - 1 > self.start or self.depth
        if (
            titled
            and scan.at(index - 1).flags & w.TITLE
            and (end := name_end(scan, index, titled=True)) > index
        ):
            self.closed = self.named = True  # "القوات الموالية للرئيس عبد ..." with all his names
            return end - index
        return self._name_step(index, fact) if self.closed else self._genitive(index, fact)

    def _mark(self, index: int) -> int:
        """A quoted part of the name, a hash sign, or the number of a brigade."""
        scan = self.scan
        token = scan.tokens[index]
        if token.kind == "number":
            if scan.at(self.start).lemma and _bare(scan, self.start) in _NUMBERED and index == self.start + 1:
                self.closed = True
                return 1
            return 0
        if token.form in _SIGNS and index + 1 < scan.last and scan.tokens[index + 1].kind == "word":
            return 1
        if token.form in _OPEN and opens(scan, index):
            close = closing(scan, index)
            if close and not self.closed:
                self.closed = self.named = True
                return close + 1 - index
        return 0

    def _describes(self, fact: Facts, form: str) -> bool:
        """An adjective that agrees in definiteness and with a noun of the chain."""
        if fact.flags & w.ADJECTIVE:
            if fact.loose == "always" or (fact.loose and self.named) or (form == "العام" and self._is_year()):
                return False
            if fact.definite != self.closed or not self._agrees(fact.adjective):
                return False
            if not self.closed and not self.scan.at(self.end - 1).flags & (
                w.ADJECTIVE | _NOUN | w.EVENT | w.COMMON
            ):
                return False
            self.described = True
            return True
        if not self.closed and form.endswith("يا") and self.scan.form(self.end - 1).endswith("ا"):
            return self.scan.at(self.end - 1).full or self.described  # accusatives: "جنديا سوريا"
        known = fact.flags & (_NOUN | w.EVENT | w.QUANTITY)
        return (
            self.closed and fact.definite and not known and not fact.enc and self._looks_adjective(fact, form)
        )

    def _is_year(self) -> bool:
        """العام as the year, not as general: "العام الماضي"."""
        return bool(self.scan.flags(self.end + 1) & w.STOP) or self.scan.form(self.end + 1).isdigit()

    def _place_name(self, index: int, fact: Facts) -> int:
        """Names of the lists and second words of names are taken even where they look like verbs ("محافظة تعز", "مشروع دمر")."""
        scan = self.scan
        if (
            not self.closed
            and not self.described
            and (fixed := scan.fixed(index, 0))
            and fixed[1].kind in ("place", "state")
        ):
            self._close(fact, named=True)
            return fixed[0] - index
        before = scan.at(index - 1)
        if (
            index == self.start + 2
            and before.flags & w.PLACE_PART
            and not fact.flags & (w.STOP | w.ADJECTIVE)
            and not fact.cut
        ):
            self.closed = self.named = True
            return 1
        return 0

    def _agrees(self, ending: str) -> bool:
        return ending in self.agrs

    def _looks_adjective(self, fact: Facts, form: str) -> bool:
        """An unknown definite word with the shape of a nisba or participle that agrees."""
        if not self._agrees(fact.adjective):
            return False
        stem = form[2:-1] if form.endswith("ه") else form[2:]
        if fact.adjective == "h":
            return form.endswith(("يون", "يين")) or stem.startswith("م")
        return stem.endswith("ي") or (stem.startswith(("مت", "من", "مس", "مو", "مح")) and len(stem) >= 4)

    def _genitive(self, index: int, fact: Facts) -> int:
        """The next member of a chain that is still open."""
        if self.described and not (self.place and fact.flags & w.UNKNOWN):
            return 0
        if self.scan.at(self.end - 1).full or fact.flags & (w.QUANTITY | w.NUMERAL):
            return int(fact.lemma in _ONE_OF and not fact.enc)
        fixed = self.scan.fixed(index, 0)
        if fixed and not (self.described and not fact.definite):
            self._close(fact, named=True)
            return fixed[0] - index
        if fact.definite:
            self._close(fact, named=False)
            return 1
        if fact.flags & _NOUN:
            self.agrs += fact.agr
            if fact.flags & _PROPER:
                self.closed = self.named = True
            return 1
        return self._loose(index, fact)

    def _loose(self, index: int, fact: Facts) -> int:
        """A word that is no head of ours: an unknown name, or an ordinary noun with a definite one behind it."""
        follower = self.scan.flags(index + 1)
        definite = bool(follower) and self.scan.at(index + 1).definite and not self.scan.at(index + 1).cut
        definite = definite or bool(
            follower & (w.STATE | w.BODY_NAME) or (follower and self.scan.fixed(index + 1, 0))
        )
        if fact.flags & w.UNKNOWN:
            if self.scan.form(index).startswith("ي") and not self.place:
                return 0  # rather a verb that no lexicon has: "قرار يجيز"
            self.closed = self.named = True
            return 1
        if self.place and self.end == self.start + 1 and fact.flags & (w.COMMON | w.EVENT | w.PLACE_PART):
            self.closed = not definite
            self.named = True
            return 1
        if definite and fact.flags & (w.COMMON | w.EVENT) and not follower & (w.STOP | w.VERB):
            self.agrs += "f" if self.scan.form(index).endswith("ه") else "m"
            return 1
        return 0

    def _close(self, fact: Facts, *, named: bool) -> None:
        self.closed = True
        self.named = named
        self.agrs += fact.agr or fact.adjective or "m"

    def _name_step(self, index: int, fact: Facts) -> int:
        """Go on inside a name of several words: of a person, or of a place ("تل أبيض", "سري كانيه")."""
        before = self.scan.at(index - 1)
        if self._outside(index, fact):
            return 0
        if before.flags & (w.GIVEN | w.NAME_PART | w.TITLE) and fact.flags & _NAMING:
            return 1
        if (
            before.flags & w.PLACE_PART
            and self.place
            and index > self.start + 1
            and not fact.flags & w.ADJECTIVE
        ):
            return 1
        named_place = self.place and self.named and before.flags & w.UNKNOWN
        if named_place and fact.flags & w.UNKNOWN and not fact.definite:
            return 1
        if named_place and fact.definite and not fact.cut and not before.definite:
            return int(
                not fact.flags & (_NOUN | w.ADJECTIVE | w.EVENT)
                and not scan_names(before)
                and index == self.start + 2
            )
        if (
            before.flags & w.TITLE
            and before.definite
            and fact.definite
            and fact.flags & (w.UNKNOWN | w.BODY_NAME | w.GIVEN)
        ):
            return 1
        return 0

    def _outside(self, index: int, fact: Facts) -> bool:
        """A word that begins with و and is no name of the lists as it stands: beside the name, not in it."""
        return (
            self.scan.form(index).startswith("و")
            and not fact.lemma
            and not any(not name.cut for name in fact.names)
        )

    def _purpose(self, index: int, fact: Facts) -> int:
        """A complement with ل that belongs to the name: "مركز ... للإغاثة", "القوات الموالية للرئيس"."""
        before = self.scan.form(index - 1)
        if before in _RELATIONAL and self.depth < _MAX_DEPTH:
            inner = Phrase(self.scan, index, index + 1)
            inner.depth = self.depth + 1
            inner.grow()
            return inner.end - index
        letter = fact.pro[fact.cut - 1]
        if letter == "ل" and fact.definite and self.closed and _bare(self.scan, self.start) in _PURPOSE_HEADS:
            self.agrs += fact.agr or fact.adjective
            return 1
        return 0


def scan_names(fact: Facts) -> bool:
    """Whether a word is by itself a name of the lists."""
    return any(not name.rest and not name.cut for name in fact.names)


def _bare(scan: Scan, index: int) -> str:
    """The head's form without what is written onto it."""
    fact = scan.at(index)
    form = scan.form(index)[fact.cut :]
    if fact.pro.endswith("لال"):
        return form[1:] if form.startswith("ل") else form
    return form[2:] if form.startswith("ال") else form
