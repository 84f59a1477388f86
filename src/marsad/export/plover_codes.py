"""What our codes are in PLOVER 0.8 (manual of 17 September 2021): event and mode, quad, score, contexts, sectors.

Which events a code may be is the codebook's (its ``plover`` fields). Where it names several, the words of the claim choose by the lists below, set by hand; where they do not, the
event is the first and the mode stays empty. Scores and quads are the manual's; its 3 for ACCUSE is printed without the sign that every other verbal conflict has and is taken as -3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from marsad.codebook import PloverType, load_codebook
from marsad.model.actor import Actor

SCORES: Mapping[str, Mapping[str, float]] = {
    "AGREE": {"": 2.5},
    "CONSULT": {"": 2.5, "visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5},
    "SUPPORT": {"": 5},
    "CONCEDE": {"": 4.5},
    "COOPERATE": {"": 9.5},
    "AID": {"": 10},
    "RETREAT": {"": 6.5, "withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
    "REQUEST": {"": 0, "assist": 0.5, "change": -1, "yield": -1, "meet": 0},
    "ACCUSE": {"": -3, "disapprove": -2, "investigate": -3.5, "allege": -3.5},
    "REJECT": {"": -2, "assist": -1.5, "change": -2, "yield": -2, "meet": -2},
    "THREATEN": {"": -3.5, "restrict": -3, "violence": -3.5, "territory": -4},
    "PROTEST": {"": -5, "demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5},
    "SANCTION": {"": -6, "convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6},
    "MOBILIZE": {"": -5.5, "troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6},
    "COERCE": {
        "": -7, "seize": -7, "restrict": -7, "censor": -6.5, "curfew": -6.5, "martial-law": -7.5, "arrest": -7, "deport": -7, "withhold": -7, "misinformation": -6.5, "cyber": -7,
    },
    "ASSAULT": {
        "": -9, "abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5, "destroy": -8.5, "primitive": -8, "firearms": -9, "explosives": -9,
        "suicide-attack": -9.5, "aerial": -9.5, "drone": -9.5, "heavy-weapons": -9.5, "crowd-control": -7.5, "unconventional": -10,
    },
}  # fmt: skip
"""Of events ("") and of their modes; a mode that the manual gives no score of its own has its event's."""
QUADS: Mapping[str, int] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
CONTEXTS: Mapping[str, tuple[str, ...]] = {
    "territory": ("military", "territory"),
    "fight": ("military",),
    "strike": ("military",),
    "blast": ("military",),
    "force": ("military",),
    "harm.abduction": ("human_rights",),
    "harm.abuse": ("human_rights",),
    "harm.execution": ("human_rights",),
    "people.displaced": ("migration",),
    "people.returned": ("migration",),
    "people.evacuated": ("human_security",),
    "aid": ("human_security",),
    "talks": ("diplomatic",),
    "law.sanction": ("diplomatic",),
    "law.justice": ("legal",),
}
"""Of the manual's 37, by code or family; only what the code itself says. ``terrorism`` and other judgements are never given."""
_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "talks.agreement": (("RETREAT/ceasefire", "حيز التنفيذ|سريان"),),
    "talks.contact": (("CONSULT/phone", "هاتف"), ("CONSULT/visit", "زيار|زار|يزور|تزور")),
    "harm.abuse": (("ASSAULT/torture", "تعذيب|عذب|عُذّ"), ("ASSAULT/sexual", "اغتصاب|اغتصب|جنسي"), ("ASSAULT/beat", "ضرب")),
    "force.move": (("MOBILIZE/police", "شرط"), ("MOBILIZE/militia", "ميليشي|مليشي"), ("MOBILIZE/weapons", "أسلحة|دبابات|صواريخ|طائرات"), ("MOBILIZE/troops", "قوات|جنود|جيش|عسكري")),
    "damage.property": (("COERCE/seize", "نهب|صادر|مصادرة|استولى"), ("ASSAULT/destroy", ""),),
    "say.accuse": (("ACCUSE/allege", "اتهم|اتهام|يتهم|تتهم"), ("ACCUSE/disapprove", "دان|إدان|ندد|تنديد|استنك|شجب")),
    "protest.demonstration": (
        ("PROTEST/hunger", "عن الطعام"), ("PROTEST/strike", "إضراب|اضراب|أضرب"), ("PROTEST/boycott", "مقاطعة"), ("PROTEST/demo", "تظاهر|مظاهر|احتج|اعتص|مسير|وقفة"),
    ),
    "law.justice": (("COERCE/arrest", "توقيف|اعتقال"), ("SANCTION/convict", "حكم|أدان|إدانة|بالسجن")),
    "law.sanction": (("SANCTION/expel", "طرد"),),
}  # fmt: skip
"""For codes that the codebook gives several events or modes: what is chosen where the claim's words hold one of these; the first that fits."""
_LIST = {code: [(name, re.compile(words)) for name, words in rows] for code, rows in _WORDS.items()}
_SECTORS: Mapping[str, str] = {
    "army": "MIL", "navy": "MIL", "airforce": "MIL", "police": "COP", "intelligence": "SPY", "government": "GOV", "ministry": "GOV", "state": "GOV", "office": "GOV",
    "court": "JUD", "parliament": "LEG", "party": "PTY", "faction": "REB", "militia": "PRM", "people": "CVL", "rights": "NGO", "monitor": "NGO", "relief": "NGO",
    "un": "UNO", "igo": "IGO", "company": "BUS",
}  # fmt: skip
"""By kind of actor, where its type (`_ARMED`) does not tell."""
_ARMED: Mapping[int | None, str] = {2: "REB", 3: "PRM", 4: "UAF"}
"""By ACLED's type of actor: what fights a state, what fights beside or for itself, and the armed men of a community."""
_FOREIGN = 8


@cache
def _types(code: str) -> tuple[PloverType, ...]:
    found = load_codebook().events.get(code)
    return found.plover if found else ()


def event_of(code: str, words: str, roles: Sequence[str]) -> tuple[str, str | None] | None:
    """The PLOVER event and mode of a code, by the words of the claim and who is named in it; None where PLOVER has no such event.

    >>> event_of("strike.air", "", ()), event_of("talks.agreement", "دخلت الهدنة حيز التنفيذ", ())
    (('ASSAULT', 'aerial'), ('RETREAT', 'ceasefire'))
    >>> event_of("say.demand", "", ()), event_of("people.displaced", "", ())
    (('REQUEST', None), None)
    """
    types = _types(code)
    if not types:
        return None
    if code == "territory.control":
        # Told of the one who lost it alone it is a retreat; with or without a name, gaining it is an assault.
        lost = "loser" in roles and "gainer" not in roles
        return ("RETREAT", "withdraw") if lost else ("ASSAULT", None)
    for name, pattern in _LIST.get(code, ()):
        if pattern.search(words):
            event, _, mode = name.partition("/")
            return event, mode
    return types[0].event, types[0].mode if len(types) == 1 else None


def score_of(event: str, mode: str | None) -> float:
    """The manual's score, from -10 to 10."""
    scores = SCORES[event]
    return scores.get(mode or "", scores[""])


def contexts_of(code: str) -> list[str]:
    """The contexts that a code itself tells."""
    return list(CONTEXTS.get(code) or CONTEXTS.get(code.partition(".")[0], ()))


def sector_of(actor: Actor, body: Actor | None = None) -> str:
    """The sector of an actor of the register; of a person that of the body whose office they hold; UNK where our kinds do not tell."""
    one = body if actor.kind == "person" and body is not None else actor
    if one.kind != "people" and one.inter in _ARMED:
        return _ARMED[one.inter]
    if one.kind == "coalition":
        return "IMG" if one.inter == _FOREIGN else "UNK"
    if one.kind == "council":
        return "GOV" if one.inter == 1 else "UNK"
    return _SECTORS.get(one.kind, "UNK")


def home_of(actor: Actor) -> str:
    """The country that an actor is of, ISO 3166-1 alpha-2; "" for bodies of several, whose row in the register names where they are."""
    several = actor.inter == _FOREIGN or actor.kind in ("un", "igo")
    return "" if several else actor.country
