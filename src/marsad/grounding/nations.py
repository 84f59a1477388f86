"""Adjectives of countries in all their forms, and the forces of a state that go by no other name ("جنديين فرنسيين", "طائرات روسية")."""

from __future__ import annotations

from datetime import date
from functools import cache

from marsad.grounding.actor_keys import key_of_name
from marsad.grounding.place_keys import bare
from marsad.grounding.place_lookup import nations
from marsad.grounding.register import Register
from marsad.grounding.tables import countries

_FORCES = {
    "army": "جندي جنديا جنديين جنديان جنود عسكري عسكريا عسكريين ضابط ضابطا ضابطين ضباط قوات قوه دوريه دوريات دوريتين دبابه دبابات مدفعيه اليات اليه رتل ارتال صواريخ صاروخ قذايف"
    " وحدات وحده مدرعات مدرعه مقاتلين مقاتل راجمات قصف قاذفه لواء كتيبه تعزيزات",
    "air-force": "طايره طايرات طايرتين طايرتان طيران مقاتله مقاتلات مسيره مسيرات مسيرتين مروحيه مروحيات غاره غارات غارتين درون",
    "navy": "سفينه سفن بارجه بوارج زورق زوارق فرقاطه فرقاطات غواصه مدمره بحريه",
    "police": "شرطي شرطيين شرطيا شرطه",
}
FORCES: dict[str, str] = {word: sort for sort, words in _FORCES.items() for word in words.split()}
"""Words, as keys have them, for what is of a state's army, air force, navy or police."""
_CANONICAL = {
    "army": "الجيش ال{m}",
    "air-force": "سلاح الجو ال{m}",
    "navy": "البحرية ال{f}",
    "police": "الشرطة ال{f}",
    "state": "الدولة ال{f}",
}
_ENDINGS = (("تين", "ه"), ("تان", "ه"), ("ين", ""), ("ان", ""), ("ون", ""), ("ا", ""))


def nation_of(word: str) -> str:
    """The country of an adjective in any form: روسي, الروسية, روسيين, روسيتين, روسيا (accusative); "" for other words."""
    plain = bare(word)
    known = nations()
    if plain in known:
        return known[plain]
    for ending, instead in _ENDINGS:
        if plain.endswith(ending) and (found := known.get(plain.removesuffix(ending) + instead)):
            return found
    return ""


@cache
def canonical_name(country: str, sort: str) -> str:
    """The usual name of a state's army, air force, navy, police, or of the state: ``("RU", "air-force")`` is "سلاح الجو الروسي"."""
    land = next(one for one in countries() if one.code == country)
    masculine, feminine = (forms[0] if forms else "" for forms in land.nisba[:2])
    return _CANONICAL[sort].format(m=masculine, f=feminine)


def state_id(country: str, register: Register, day: date | None) -> str:
    """The id of the body that stands for a state on a day ("الدولة التركية"), or "" where the register has none, or more than one."""
    ids = register.named(key_of_name(canonical_name(country, "state")))
    living = [one for one in ids if (actor := register.actor(one)) and actor.existed(day)]
    return living[0] if len(living) == 1 else ""
