"""What a word can do in a noun phrase: head a name, go on as an adjective, end it.

The lexicon gives a form several senses; here they are settled once per form into `Facts`: the reading of the word as a noun (with the
letters written onto it: "وبالجيش" is و + ب + ال + جيش), whether it is rather a finite verb or a function word, how its adjectives
agree, and whether a word that no lexicon knows may be a name.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

from marsad.arabic import fold_word
from marsad.errors import MarsadError
from marsad.model import Sense, Token, Word

_LEXICON = Path(__file__).parent / "lexicon"
OVERLAY_NAMES = Path(__file__).parent.parent / "_built" / "overlay_names.txt"

BODY, BODY_NAME, TITLE, TITLE_WORD, TITLE_LINK, GIVEN, NAME_PART, PLACE = (1 << n for n in range(8))
SIDE, PLACE_PREP, PLACE_PART, STATE, OUTLET, OUTLET_NAME, CORRESPONDENT = (1 << n for n in range(8, 15))
UNNAMED, DOCUMENT, MONITOR, CRAFT, THING, PEOPLE, ADJECTIVE, STOP = (1 << n for n in range(15, 23))
VERB, QUANTITY, COMMON, EVENT, UNKNOWN, REPORT, NUMERAL = (1 << n for n in range(23, 30))

_NOUNS = {
    "body_head": BODY,
    "body_name": BODY_NAME,
    "title": TITLE,
    "title_word": TITLE_WORD,
    "given_name": GIVEN,
    "name_particle": NAME_PART,
    "place_head": PLACE,
    "place_side": SIDE,
    "state": STATE,
    "outlet_head": OUTLET,
    "outlet_name": OUTLET_NAME,
    "correspondent": CORRESPONDENT,
    "unnamed_head": UNNAMED,
    "document_head": DOCUMENT,
    "monitor_head": MONITOR,
    "craft": CRAFT,
    "thing": THING,
    "people": PEOPLE,
    "nisba": ADJECTIVE,
    "adjective": ADJECTIVE,
    "quantity": QUANTITY,
    "numeral": NUMERAL,
}
_STOPS = frozenset(
    ("preposition", "conjunction", "pronoun", "relative", "demonstrative", "particle", "time_word")
)
_NO_PRONOUN = frozenset(
    ("state", "given_name", "body_name", "outlet_name", "title_word", "nisba", "name_particle")
)
_LATE = frozenset(("title_word", "nisba", "adjective", "people"))
"""Classes that give way to a function word of the same form ("عام" is a year before it is "general")."""
_ALI = frozenset(("علي", "وعلي", "فعلي"))
"""Folded, the preposition على and the name علي are one word; the person's grammar tells them apart."""
ABOUT = frozenset(("نحو", "حوالي", "قرابه", "زهاء", "ونحو", "وحوالي"))
"""Words before a number that make it less sure."""
_OPENERS = (
    BODY | BODY_NAME | TITLE | GIVEN | NAME_PART | PLACE | SIDE | PLACE_PART | STATE | OUTLET | OUTLET_NAME | CORRESPONDENT
    | UNNAMED | DOCUMENT | MONITOR | CRAFT | THING | PEOPLE | ADJECTIVE | QUANTITY | UNKNOWN | NUMERAL
)  # fmt: skip
SLOT = "np"
"""Where a word's memo keeps its facts."""
_SIDE_FLAGS = {"title_link": TITLE_LINK, "place_prep": PLACE_PREP, "place_particle": PLACE_PART}
_USUAL = re.compile("[ip]v\\.[ap]\\.(3ms|3fs|3mp|1p|3md)")
_HUMAN = ("ون", "ين")
_ELATIVES = frozenset(("كبري", "صغري", "عليا", "عظمي", "وسطي", "اخري", "سفلي"))
_MASCULINE_STATES = frozenset("عراق لبنان اردن سودان يمن مغرب".split())
_FEMININE = ("ه", "ات", "تان", "تين")


class Facts:
    """What a form is in a noun phrase; made once per form."""

    __slots__ = (
        "adjective", "agr", "cut", "data", "definite", "enc", "flags", "full", "lemma", "loose", "names", "opens", "pro",
    )  # fmt: skip

    def __init__(self) -> None:
        """Nothing known."""
        self.flags = 0
        self.pro = ""
        """Letters written onto the front in the reading as a noun, the article included."""
        self.cut = 0
        """How many of them are و ف ب ل ك, so how far into the word a name starts."""
        self.enc = ""
        self.definite = False
        self.agr = ""
        """How adjectives agree with the noun: m, f, or h for a human plural."""
        self.adjective = ""
        """As an adjective, what it agrees with: m, f, h."""
        self.loose = ""
        """For an adjective that is rather said of a name than part of it: "named" after a name, "always" anywhere."""
        self.full = False
        """Shows by its ending (ون، ين، ان، ـا) that no genitive follows."""
        self.lemma = ""
        self.data: dict[int, Sense] = {}
        self.names: tuple[FixedName, ...] = ()
        self.opens = False
        """Whether a noun phrase can begin here, save a known last name and what stands behind a verb of saying."""

    @property
    def joined(self) -> bool:
        """Begins with و or ف, so stands beside what comes before, not in it."""
        return self.pro[:1] in ("و", "ف")

    @property
    def governed(self) -> bool:
        """Begins with ب, ل or ك."""
        return self.cut > 0 and self.pro[self.cut - 1] in "بلك"


class FixedName:
    """A name of the lists: further words after the first, its kind, and the letters to leave out of the first word."""

    __slots__ = ("cut", "kind", "rest")

    def __init__(self, rest: tuple[str, ...], kind: str, cut: int) -> None:
        """A name whose first word has been met."""
        self.rest = rest
        self.kind = kind
        self.cut = cut


def facts(token: Token) -> Facts:
    """What a token's form is in a noun phrase."""
    word = token.word
    found = word.memo.get(SLOT)
    if found is None:
        found = word.memo[SLOT] = _settle(word)
    return cast(Facts, found)


def _settle(word: Word) -> Facts:
    made = Facts()
    form = word.form
    noun = _noun_sense(word)
    verb = _verb_weight(word)
    stop = min((_weight(s) for s in word.senses if s.cls in _STOPS), default=99)
    if form in _ALI:
        made.flags |= STOP
    elif (
        noun is not None
        and _weight(noun) + (noun.cls in _LATE) <= stop
        and not _rather_verb(word, noun, verb)
    ):
        _take_noun(made, word, noun)
    elif stop < 99:
        made.flags |= STOP
    elif verb < 99:
        made.flags |= VERB
    _add_side_flags(made, word)
    _guess_clitics(made, form)
    made.names = _names_at(form)
    if not made.flags & ~(PLACE_PREP | PLACE_PART | NAME_PART) and form[:1] >= "ء":
        made.flags |= COMMON if _is_common(form) else UNKNOWN
    if not made.adjective:
        made.adjective = _ending(form)
    made.opens = bool(
        made.flags & _OPENERS or made.names or form in _ALI or form in ABOUT or form[:1].isdigit()
    )
    return made


def _weight(sense: Sense) -> int:
    """How far-fetched a reading is: by the letters written on; the article costs one, a pronoun most."""
    return len(sense.pro) - ("ال" in sense.pro) + 2 * bool(sense.enc)


def _verb_weight(word: Word) -> int:
    """The smallest number of written-on letters with which the word is a finite verb; forms that news hardly uses weigh more."""
    weights = [_weight(s) + _rareness(s.morph) for s in word.senses if "v." in s.morph]
    return min(weights, default=99)


@cache
def _rareness(morph: str) -> int:
    return 0 if _USUAL.search(morph) else 3


def _noun_sense(word: Word) -> Sense | None:
    found = [
        s for s in word.senses if s.cls in _NOUNS and "v." not in s.morph and not _impossible(s, word.form)
    ]
    best = min(found, key=_weight, default=None)
    if best is not None and best.enc:
        events = (_weight(s) for s in word.senses if s.cls == "trigger" and s.morph[:1] == "n")
        return None if min(events, default=99) < _weight(best) else best
    return best


def _impossible(sense: Sense, form: str) -> bool:
    """A pronoun or a construct dual with the article, a pronoun on a name; a masdar that acts, not a body ("لمعارضته")."""
    if "ال" in sense.pro and sense.morph == "n.du" and not form.endswith(("ان", "ين")):
        return True
    if sense.enc and ("ال" in sense.pro or sense.cls in _NO_PRONOUN):
        return True
    if sense.cls in ("state", "given_name") and "ال" in sense.pro:
        return True
    if sense.data.get("masdar"):
        return bool(sense.enc) or (sense.pro[-1:] in ("ب", "ل") and "ال" not in sense.pro)
    return False


def _rather_verb(word: Word, noun: Sense, verb: int) -> bool:
    """Fewer letters written on speak for the verb; with as many, the noun of our lexicons is likelier, save beside a verb of saying."""
    weight = _weight(noun)
    if verb == weight and noun.cls == "people" and "report" in word.classes and not noun.pro.endswith("ال"):
        return any(s.cls == "report" and "pv.a.3ms" in s.morph and _weight(s) == weight for s in word.senses)
    if verb == weight and noun.cls == "people" and noun.enc and not noun.data.get("kin"):
        return True
    return verb < weight


def _take_noun(made: Facts, word: Word, noun: Sense) -> None:
    for sense in word.senses:
        if (
            sense.pro == noun.pro
            and sense.enc == noun.enc
            and sense.cls in _NOUNS
            and not _impossible(sense, word.form)
        ):
            flag = _NOUNS[sense.cls]
            made.flags |= flag
            made.data.setdefault(flag, sense)
            made.agr = made.agr or str(sense.data.get("agr", "")) or _of_state(sense)
    made.pro, made.enc, made.lemma = noun.pro, noun.enc, noun.lemma
    made.cut = _cut(noun.pro)
    made.definite = "ال" in noun.pro or bool(noun.enc) or word.form[made.cut :].startswith("ال")
    stem = word.form[: len(word.form) - len(noun.enc)] if noun.enc else word.form
    if made.flags & ADJECTIVE:
        described = made.data[ADJECTIVE]
        made.adjective = str(described.data.get("agr") or _ending(stem))
        made.loose = str(described.data.get("loose", ""))
    if made.flags & (PEOPLE | UNNAMED) and noun.morph.startswith("n.pl") and not made.agr:
        made.agr = "hf"
    made.full = _is_full(stem, noun)
    if not made.agr:
        made.agr = _agreement(stem, bool(made.flags & PEOPLE))


def _of_state(sense: Sense) -> str:
    """Names of states are feminine whatever their ending, save six."""
    if sense.cls != "state":
        return ""
    return "m" if fold_word(sense.lemma).removeprefix("ال") in _MASCULINE_STATES else "f"


def _is_full(stem: str, noun: Sense) -> bool:
    if noun.enc:
        return True
    if noun.morph.startswith(("n.pl", "n.du")) and stem.endswith(("ون", "ين")):
        return True
    if noun.morph.startswith("n.du") and stem.endswith("ان"):
        return True
    return stem.endswith(fold_word(noun.lemma) + "ا")


def _add_side_flags(made: Facts, word: Word) -> None:
    for sense in word.senses:
        flag = _SIDE_FLAGS.get(sense.cls)
        if flag and not sense.enc and _weight(sense) <= 1:
            made.flags |= flag
        if sense.cls == "trigger" and sense.morph[:1] == "n" and not made.flags & VERB:
            made.flags |= EVENT
        if sense.cls == "report" and "v." in sense.morph and not sense.data.get("weak"):
            made.flags |= REPORT


def _cut(pro: str) -> int:
    """How many letters of the written-on ones come before the article."""
    if "ال" in pro:
        return pro.index("ال")
    return len(pro)


def _ending(form: str) -> str:
    """What an adjective of that form agrees with."""
    if (
        form.endswith(_FEMININE)
        or form.removeprefix("ال") in _ELATIVES
        or (form.endswith("اء") and len(form) > 4)
    ):
        return "f"
    return "h" if form.endswith(_HUMAN) and len(form) > 4 else "m"


def _agreement(form: str, human: bool) -> str:
    if form.endswith(("ون", "ين")) and len(form) > 4:
        return "h"
    if form.endswith("ات") and not human:
        return "f"
    return "f" if form.endswith("ه") else "m"


def _guess_clitics(made: Facts, form: str) -> None:
    """For a word without a noun's reading: the article, and و ف ب ل ك where the article shows them."""
    if made.pro or made.lemma:
        return
    for pro in ("ال", "وال", "بال", "فال", "كال", "وبال"):
        if form.startswith(pro) and len(form) - len(pro) >= 2:
            made.pro, made.cut, made.definite = pro, len(pro) - 2, True
            return
    for pro in ("لل", "ولل"):
        if form.startswith(pro) and len(form) - len(pro) >= 2:
            made.pro, made.cut, made.definite = pro[:-1] + "ال", len(pro) - 1, True
            return
    if form[:1] in "وفبل" and len(form) > 3 and form[1:] in common_words():
        made.pro, made.cut = form[0], 1


def _is_common(form: str) -> bool:
    known = common_words()
    if form in known:
        return True
    for pro in ("ال", "وال", "بال", "لل", "و", "ف", "ب", "ل", "ك"):
        if form.startswith(pro) and form[len(pro) :] in known:
            return True
    for enc in ("هم", "ها", "ه", "نا", "ا"):
        if form.endswith(enc) and _stem_known(form[: -len(enc)], known):
            return True
    return False


def _stem_known(stem: str, known: frozenset[str]) -> bool:
    for base in (stem, stem[:-1] + "ه") if stem.endswith("ت") else (stem,):
        if base in known or (base[:1] in "وفبل" and base[1:] in known):
            return True
    return False


@cache
def common_words() -> frozenset[str]:
    """Frequent words that are no names."""
    return frozenset(_lines("common_words.txt"))


@cache
def _fixed_names() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word to the rest and kind of the names that begin with it, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    rows = [(line.split("\t")[1], line.split("\t")[0]) for line in _lines("fixed_names.txt")]
    rows += [(line, "place") for line in _lines("place_names.txt")]
    rows += [(line, "place") for line in _overlay_names()]
    for name, kind in rows:
        first, *rest = name.split(" ")
        found.setdefault(first, []).append((tuple(rest), kind))
    return {
        first: tuple(sorted(set(rows), key=lambda row: (-len(row[0]), row))) for first, rows in found.items()
    }


def _overlay_names() -> list[str]:
    """Names of the gazetteer's overlay that stand alone: a list that the build writes (`marsad.grounding.names_build`)."""
    if not OVERLAY_NAMES.is_file():
        raise MarsadError(f"{OVERLAY_NAMES.name} has not been built; run `make lexicon`")
    return OVERLAY_NAMES.read_text(encoding="utf-8").splitlines()


def _names_at(form: str) -> tuple[FixedName, ...]:
    """The names of the lists that a form can begin, with و ف ب ل ك taken off where the rest is one."""
    known = _fixed_names()
    found: list[FixedName] = []
    for cut in range(3):
        if cut and (form[cut - 1] not in "وفبلك" or len(form) - cut < 3):
            break
        base = form[cut:]
        found.extend(FixedName(rest, kind, cut) for rest, kind in known.get(base, ()))
        if cut and form[cut - 1] == "ل" and base.startswith("ل"):
            found.extend(FixedName(rest, kind, cut) for rest, kind in known.get("ا" + base, ()))
    return tuple(found)


def _lines(name: str) -> list[str]:
    rows = (_LEXICON / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]
