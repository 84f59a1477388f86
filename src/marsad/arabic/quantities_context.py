"""What the words around a number say it is: a count of people, or a date, a name, a unit, a list mark.

"الفرقة 25", "20 يوليو", "إف-16", "(22)" and "24 ساعة" count nobody; "شخصان", "طفلين" are numbers in themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from marsad.arabic.quantities_numbers import Number
from marsad.arabic.quantities_words import (
    FUNCTION,
    GLUED,
    HEDGES_BEFORE,
    LABELS,
    MONTHS,
    NUMERALS,
    ORDINALS,
    PERCENT,
    YEAR_LEADS,
    Numeral,
)
from marsad.model.reading import Sense, Token

PEOPLE = "people"
ORIGIN = "nationality"
MEASURE = "measure"
NOTHING = Numeral("unit", 0)
_TIES = frozenset("/:.#+\\_")
_BOUND = ("و", "ب", "ل", "ف", "ك")
_YEAR_PREPOSITIONS = frozenset(
    {"/", "في", "من", "الي", "(", "-", "الاول", "الثاني", "الماضي", "الجاري", "الحالي"}
)
_DASHES = frozenset("-–")
_LIST_MARKS = frozenset("-.):–")


def names_people(token: Token) -> bool:
    """Whether the lexicon has the word as one for people, by origin included."""
    classes = token.word.classes
    return PEOPLE in classes or ORIGIN in classes


def people_number(token: Token) -> str | None:
    """ "sg", "du" or "pl" for a word that can name people, else None.

    Forms that can be dual or plural ("مدنيين") are plural; construct forms that look like adjectives ("شخصي") are nothing.
    """
    memo = token.word.memo
    if "people" not in memo:
        memo["people"] = _people_number(token)
    number: str | None = memo["people"]
    return number


def _people_number(token: Token) -> str | None:
    for sense in token.word.senses:
        if sense.cls not in (PEOPLE, ORIGIN) or _only_looks_possessed(token.form, sense):
            continue
        kinds = sense.morph.split("|")
        if "n.pl" in kinds or sense.data.get("plural_only"):
            return "pl"
        if "n" in kinds or (not sense.enc and token.form.endswith("يا")):
            return "sg"
        if sense.enc or token.form.endswith(("ان", "ين")):
            return "du"
    return None


def _only_looks_possessed(form: str, sense: Sense) -> bool:
    """ "المقاومة" is not "مقاوم" with a pronoun, nor "إنسانية" "two people of his"."""
    return bool(sense.enc) and ("ال" in sense.pro or form.endswith("يه"))


def can_be_counted(token: Token) -> bool:
    """A word that may be the counted noun: people by the lexicon, or no known function word."""
    if token.kind != "word" or token.form in FUNCTION:
        return False
    senses = token.word.senses
    if names_people(token):
        return not any(sense.pro[:1] in _BOUND for sense in senses if sense.cls in (PEOPLE, ORIGIN))
    if token.form[0] in "وف" or token.form.startswith(("بال", "لل")):
        return False
    return not any(sense.pro[:1] in _BOUND for sense in senses)


def is_measure(token: Token) -> bool:
    """Whether a word is a unit, a weapon, an attack, a building: counted, but not people."""
    return MEASURE in token.word.classes and not names_people(token)


def is_name_or_date(tokens: Sequence[Token], at: int, number: Number) -> bool:
    """Whether the number is part of a name, a date, a time or a list mark."""
    after = tokens[number.last] if number.last < len(tokens) else None
    if after is not None and _closes_date(tokens, number, after):
        return True
    if tokens[at].form in ("الميه", "المايه") and at and tokens[at - 1].form == "في":
        return True
    if number.digits and _marks_list(tokens, at, after):
        return True
    if at == 0:
        return False
    if tokens[at - 1].form.removeprefix("و") in ORDINALS and tokens[at].form.startswith("وال"):
        return True
    if _label_before(tokens, at) and not _counts_people(after):
        return True
    if number.digits and _glued(tokens, at, number):
        return True
    return number.digits and 1_900 <= number.low <= 2_099 and _is_year(tokens, at, number)


def _label_before(tokens: Sequence[Token], at: int) -> bool:
    """ "الفرقة 30", "الفرقة الـ25", "القرار رقم 2254"."""
    before = at - 1 - (tokens[at - 1].form == "ال")
    definite = before < at - 1 or NUMERALS.get(tokens[at].form, NOTHING).definite
    if before >= 0 and definite and is_measure(tokens[before]):
        return True
    return before >= 0 and tokens[before].form.removeprefix("و").removeprefix("ال") in LABELS


def _marks_list(tokens: Sequence[Token], at: int, after: Token | None) -> bool:
    """A number and a mark at the start of a line: "1- مقتل جندي"."""
    begins = at == 0 or tokens[at - 1].kind == "break"
    if not begins or after is None or after.form not in _LIST_MARKS or tokens[at].end != after.start:
        return False
    return at + 2 >= len(tokens) or tokens[at + 2].kind != "number"


def _closes_date(tokens: Sequence[Token], number: Number, after: Token) -> bool:
    """ "20 يوليو", "20 من يوليو", "35%", "10 في المئة"."""
    if after.form in MONTHS or after.form in PERCENT:
        return True
    following = tokens[number.last + 1].form if number.last + 1 < len(tokens) else ""
    return after.form in ("في", "من") and (following in MONTHS or following in ("الميه", "المايه"))


def _counts_people(token: Token | None) -> bool:
    return token is not None and PEOPLE in token.word.classes


def _glued(tokens: Sequence[Token], at: int, number: Number) -> bool:
    """Digits tied to a mark or a name: "إف-16", "12/3", "10:30", "(22)", "net24"."""
    token, before = tokens[at], tokens[at - 1]
    if before.end == token.start and _tied(tokens, at):
        return True
    after = tokens[number.last] if number.last < len(tokens) else None
    if after is None:
        return False
    if token.end == after.start and after.form in ("/", ":", "°"):
        return True
    if before.form == "(" and after.form == ")":
        return not (number.last + 1 < len(tokens) and _counts_people(tokens[number.last + 1]))
    return _is_dashed_date(tokens, at)


def _tied(tokens: Sequence[Token], at: int) -> bool:
    """Whether what touches digits from the front makes them part of a name or a date."""
    before = tokens[at - 1]
    if before.form in _TIES:
        return True
    if before.kind == "punct":
        return before.form in _DASHES and at > 1 and tokens[at - 2].end == before.start
    if before.kind != "word":
        return False
    return before.form[0] < "ء" or not (len(before.form) < 4 or before.word.classes or before.form in GLUED)


def _is_dashed_date(tokens: Sequence[Token], at: int) -> bool:
    """ "6-6-2024"."""
    chain = tokens[at : at + 5]
    if [token.kind for token in chain] != ["number", "punct", "number", "punct", "number"]:
        return False
    return all(left.end == right.start for left, right in pairwise(chain))


def _is_year(tokens: Sequence[Token], at: int, number: Number) -> bool:
    """A bare 1900 to 2099 that counts nothing: "عام 2014", "كانون الأول 2024", "ما بين 2016 و2018"."""
    before = tokens[at - 1].form.removeprefix("و")
    if before in YEAR_LEADS or before.removeprefix("ال") in MONTHS:
        return True
    after = tokens[number.last] if number.last < len(tokens) else None
    if _counts_people(after) or before in HEDGES_BEFORE:
        return False
    return before in _YEAR_PREPOSITIONS or after is None or not can_be_counted(after)


def ruled_out(tokens: Sequence[Token], last: int) -> bool:
    """Whether what follows is a unit, a weapon, an hour: something that is not people."""
    if last >= len(tokens):
        return False
    at = last + (tokens[last].form == "من" and last + 1 < len(tokens))
    token = tokens[at]
    return is_measure(token) or token.form in PERCENT
