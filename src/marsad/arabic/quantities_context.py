"""What the words around a number say it is: a count of people, or a date, a name, a unit, a list mark.

"الفرقة 25", "20 يوليو", "إف-16", "(22)" and "24 ساعة" count nobody; "شخصان", "طفلين" are numbers in themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic.quantities_numbers import Number
from marsad.arabic.quantities_words import FUNCTION, LABELS, MONTHS, NUMERALS, PERCENT, YEAR_LEADS, Numeral
from marsad.model.reading import Token

PEOPLE = "people"
ORIGIN = "nationality"
MEASURE = "measure"
NOTHING = Numeral("unit", 0)
_TIES = frozenset("/:.#+\\_")
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
        if sense.cls not in (PEOPLE, ORIGIN) or (sense.enc and "ال" in sense.pro):
            continue
        kinds = sense.morph.split("|")
        if "n.pl" in kinds or sense.data.get("plural_only"):
            return "pl"
        if "n" in kinds or (not sense.enc and token.form.endswith("يا")):
            return "sg"
        if sense.enc or token.form.endswith(("ان", "ين")):
            return "du"
    return None


def can_be_counted(token: Token) -> bool:
    """A word that may be the counted noun: people by the lexicon, or no known function word."""
    if token.kind != "word":
        return False
    if names_people(token):
        return not any(
            sense.pro.startswith(("و", "ب", "ل", "ف"))
            for sense in token.word.senses
            if sense.cls in (PEOPLE, ORIGIN)
        )
    return token.form not in FUNCTION and token.form[0] not in "وف"


def is_measure(token: Token) -> bool:
    """Whether a word is a unit, a weapon, an attack, a building: counted, but not people."""
    return MEASURE in token.word.classes and not names_people(token)


def is_name_or_date(tokens: Sequence[Token], at: int, number: Number) -> bool:
    """Whether the number is part of a name, a date, a time or a list mark."""
    after = tokens[number.last] if number.last < len(tokens) else None
    if after is not None and _closes_date(tokens, number, after):
        return True
    if number.digits and _marks_list(tokens, at, after):
        return True
    if at == 0:
        return False
    if _label_before(tokens, at) and not _counts_people(after):
        return True
    if number.digits and _glued(tokens, at, after):
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


def _glued(tokens: Sequence[Token], at: int, after: Token | None) -> bool:
    """Digits tied to a mark: "إف-16", "12/3", "10:30", "(22)"."""
    token, before = tokens[at], tokens[at - 1]
    if before.end == token.start and before.kind == "punct":
        if before.form in _TIES:
            return True
        if before.form in _DASHES and at > 1 and tokens[at - 2].end == before.start:
            return True
    if after is None:
        return False
    if token.end == after.start and after.form in ("/", ":", "°"):
        return True
    return before.form == "(" and after.form == ")"


def _is_year(tokens: Sequence[Token], at: int, number: Number) -> bool:
    """A bare 1900 to 2099 that nothing is counted by."""
    before = tokens[at - 1].form.removeprefix("و")
    if before in YEAR_LEADS or before in MONTHS or before.removeprefix("ال") in MONTHS:
        return True
    after = tokens[number.last] if number.last < len(tokens) else None
    if after is None:
        return True
    if _counts_people(after):
        return False
    return before in ("/", "في", "من", "الي", "(", "-", "حتي", "و") and (
        after.kind != "word" or after.form in FUNCTION
    )


def ruled_out(tokens: Sequence[Token], last: int) -> bool:
    """Whether what follows is a unit, a weapon, an hour: something that is not people."""
    if last >= len(tokens):
        return False
    at = last + (tokens[last].form == "من" and last + 1 < len(tokens))
    token = tokens[at]
    return is_measure(token) or token.form in PERCENT
