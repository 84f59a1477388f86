"""One sentence that names an incident, in two languages."""

import pytest

from marsad.web.views.titles import Gist, day_words, plain, sentence, title_of
from marsad.web.words import load_words

EN, AR = load_words()["en"], load_words()["ar"]
STRIKE = Gist(
    events=("strike.air",),
    place="Idlib",
    first="2024-12-01",
    last="2024-12-01",
    parties=(("agent", "Syrian Army"),),
)
TITLES = {
    "who, what, where, when": (STRIKE, "Air strike, Idlib, 1 December 2024: by Syrian Army"),
    "nothing known but the event": (Gist(events=("harm.killed",)), "People killed"),
    "two events": (Gist(events=("strike.air", "harm.killed"), place="Idlib"), "Air strike and people killed, Idlib"),
    "more events": (Gist(events=("strike.air", "harm.killed", "harm.wounded")), "Air strike, people killed and more"),
    "a place that changes hands": (
        Gist(events=("territory.control",), place="Hama", parties=(("loser", "the army"), ("gainer", "the factions"))),
        "Control changes hands, Hama: to the factions; from the army",
    ),
    "who is spoken to suffers nothing": (
        Gist(events=("say.threat",), parties=(("agent", "A"), ("patient", "B"))), "Threat: by A; toward B",
    ),
    "nobody is named twice, nor more than two of a role": (
        Gist(events=("fight.clash",), parties=(("agent", "A"), ("agent", "B"), ("agent", "C"), ("party", "A"), ("party", "B"), ("party", "D"))),
        "Clash: by A and B; parties: D",
    ),
    "two roles at most": (
        Gist(events=("fight.attack",), parties=(("agent", "A"), ("patient", "B"), ("party", "C"))),
        "Armed attack: by A; affecting B",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_titles_say_what_is_known_and_no_more(name):
    gist, wanted = TITLES[name]
    assert title_of(gist, EN) == wanted


def test_a_title_in_arabic_is_arabic():
    gist = Gist(
        events=("strike.air",),
        place="إدلب",
        first="2024-12-01",
        last="2024-12-03",
        parties=(("agent", "الجيش السوري"),),
    )
    assert title_of(gist, AR) == "غارة جوية، إدلب، من 1 إلى 3 ديسمبر 2024: من جانب الجيش السوري"


DAYS = {
    (None, None): "",
    ("2024-12-05", None): "5 December 2024",
    ("2024-12-05", "2024-12-05"): "5 December 2024",
    ("2024-12-05", "2024-12-07"): "5 to 7 December 2024",
    ("2024-11-30", "2024-12-02"): "30 November to 2 December 2024",
    ("2023-12-31", "2024-01-01"): "31 December 2023 to 1 January 2024",
}


@pytest.mark.parametrize(("days", "wanted"), DAYS.items())
def test_days_in_words(days, wanted):
    assert day_words(*days, EN) == wanted


def test_no_name_can_reorder_or_break_a_title():
    hostile = "\u202eevil\u2069\u2066 \n name\u200f"
    assert plain(hostile) == "evil name"
    assert title_of(Gist(events=("strike.air",), place=hostile), EN) == "Air strike, evil name"


SENTENCES = {
    ("said by وكالة النهر today", "en"): 'said by <bdi lang="ar" dir="rtl">وكالة النهر</bdi> today',
    ("يؤكده SOHR اليوم", "ar"): 'يؤكده <bdi lang="en" dir="ltr">SOHR</bdi> اليوم',
    ("<b>x</b> & y", "en"): "&lt;b&gt;x&lt;/b&gt; &amp; y",
    (
        "by شهود (وكالة النهر) and X",
        "en",
    ): 'by <bdi lang="ar" dir="rtl">شهود</bdi> (<bdi lang="ar" dir="rtl">وكالة النهر</bdi>) and X',
    ("يؤكده: النهر, الجبل", "ar"): "يؤكده: النهر، الجبل",
    ("", "en"): "",
}


@pytest.mark.parametrize(("given", "wanted"), SENTENCES.items())
def test_words_of_the_other_script_stand_apart_in_a_sentence(given, wanted):
    assert sentence(*given) == wanted
