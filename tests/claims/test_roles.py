"""Roles as the frames of the triggers give them, before any ranking."""

import pytest

from marsad.claims.gather import gather
from marsad.model import Article
from marsad.reading import read
from marsad.run.pipeline import load_kit


def roles(text, event):
    """The roles of the first mention of that event: {role: names}."""
    kit = load_kit()
    reading = read(Article(id="a", text=text), kit.reading)
    candidate = next(c for c in gather(reading, kit.claims.tools) if c.event == event)
    return {
        role: [reading.text(m.first, m.last)[m.cut :] for m in found]
        for role, found in candidate.ruled.items()
    }


FORCES, TOWN = "القوات الحكومية", "بلدة خناصر"
SHELL, KILL, LEAVE = "strike.shelling", "harm.killed", "territory.withdrawal"
CASES = {
    "subject after the verb": (
        "قصفت القوات الحكومية بلدة خناصر.",
        SHELL,
        {"agent": [FORCES], "patient": [TOWN]},
    ),
    "subject before the verb": (
        "القوات الحكومية قصفت بلدة خناصر.",
        SHELL,
        {"agent": [FORCES], "patient": [TOWN]},
    ),
    "subject behind إن": (
        "قال شهود إن القوات الحكومية قصفت بلدة خناصر.",
        SHELL,
        {"agent": [FORCES], "patient": [TOWN]},
    ),
    "subject before a relative clause": (
        "القوات الحكومية التي قصفت بلدة خناصر بعيدة.",
        SHELL,
        {"agent": [FORCES], "patient": [TOWN]},
    ),
    "passive of people": ("قتل ثلاثة جنود.", KILL, {"patient": ["ثلاثة جنود"]}),
    "passive with its vowel": ("قُتل القائد سالم العلي.", KILL, {"patient": ["سالم العلي"]}),
    "passive of a place": ("قصفت بلدة خناصر بالمدفعية.", SHELL, {"patient": [TOWN]}),
    "passive of a person held": ("اعتقل سالم العلي في صنعاء.", "custody.arrest", {"patient": ["سالم العلي"]}),
    "active with two noun phrases": (
        "قتل الجيش السوري ثلاثة جنود.",
        KILL,
        {"agent": ["الجيش السوري"], "patient": ["ثلاثة جنود"]},
    ),
    "genitive of the one killed": ("مقتل ثلاثة جنود في البلدة.", KILL, {"patient": ["ثلاثة جنود"]}),
    "genitive of the doer": (
        "بعد قصف القوات الحكومية بلدة خناصر.",
        SHELL,
        {"agent": [FORCES], "patient": [TOWN]},
    ),
    "genitive of the place": ("بعد قصف بلدة خناصر.", SHELL, {"patient": [TOWN]}),
    "ل of the doer": (
        "في قصف لقوات النظام على بلدة خناصر.",
        SHELL,
        {"agent": ["قوات النظام"], "patient": [TOWN]},
    ),
    "لل of the doer": (
        "في قصف للقوات الحكومية على بلدة خناصر.",
        SHELL,
        {"agent": ["للقوات الحكومية"], "patient": [TOWN]},
    ),
    "من قبل": (
        "في قصف من قبل قوات النظام على بلدة خناصر.",
        SHELL,
        {"agent": ["قوات النظام"], "patient": [TOWN]},
    ),
    "على يد": ("مقتل ثلاثة جنود على يد مسلحين.", KILL, {"agent": ["مسلحين"], "patient": ["ثلاثة جنود"]}),
    "برصاص": (
        "قتل ثلاثة مدنيين برصاص قوات النظام.",
        KILL,
        {"agent": ["قوات النظام"], "patient": ["ثلاثة مدنيين"]},
    ),
    "the object is a pronoun": (
        "جاء ثلاثة جنود فقتلهم المسلحون.",
        KILL,
        {"agent": ["المسلحون"], "patient": ["ثلاثة جنود"]},
    ),
    "the doer is a pronoun": ("أعلن الجيش السوري انسحابه من المدينة.", LEAVE, {"agent": ["الجيش السوري"]}),
    "the doer is a pronoun of a plural body": (
        "أكدت القوات الحكومية انسحابها من المدينة.",
        LEAVE,
        {"agent": [FORCES]},
    ),
    "coordinated doers and targets": (
        "قصف الجيش السوري والقوات الروسية بلدة خناصر وبلدة سرمين.",
        SHELL,
        {"agent": ["الجيش السوري", "القوات الروسية"], "patient": [TOWN, "بلدة سرمين"]},
    ),
    "coordinated objects": (
        "اعتقلت الشرطة سالم العلي وأحمد الخالد.",
        "custody.arrest",
        {"agent": ["الشرطة"], "patient": ["سالم العلي", "أحمد الخالد"]},
    ),
    "gainer and loser": (
        "انتزع المسلحون بلدة خناصر من الجيش السوري.",
        "territory.control",
        {"gainer": ["المسلحون"], "loser": ["الجيش السوري"]},
    ),
    "parties with مع": (
        "اشتبكت القوات الحكومية مع مسلحي الفصائل في بلدة خناصر.",
        "fight.clash",
        {"party": [FORCES, "مسلحي الفصائل"]},
    ),
    "parties with بين": (
        "اندلعت اشتباكات بين الجيش السوداني وقوات الدعم السريع في الخرطوم.",
        "fight.clash",
        {"party": ["الجيش السوداني", "قوات الدعم السريع"]},
    ),
    "parties of a meeting": (
        "التقى الرئيس المصري أمير قطر في الدوحة.",
        "talks.contact",
        {"party": ["الرئيس المصري", "أمير قطر"]},
    ),
    "who calls and on whom": (
        "طالبت الأمم المتحدة الحكومة السورية بالإفراج عن الرهائن.",
        "say.demand",
        {"agent": ["الأمم المتحدة"], "patient": ["الحكومة السورية"]},
    ),
    "the verb of the next clause takes nothing from this one": (
        "قصفت القوات الحكومية البلدة وانسحب المسلحون من الحي.",
        LEAVE,
        {"agent": ["المسلحون"]},
    ),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_roles_of_an_event(case):
    text, event, expected = CASES[case]
    assert roles(text, event) == expected
