"""Attacks change nothing: a model that obeys whatever it is shown is not shown them, and what it invents does not stand."""

import pytest

from llm.attacked import (
    GOOD,
    KILLED,
    KIT,
    LINES,
    OBEYED,
    PLACES,
    TAKEN,
    TITLE,
    article_with,
    attacks,
    invented,
    moved_back,
    read_by_gullible,
    with_roles,
)
from marsad.llm import oath, prompt, windows
from marsad.llm.windows import windows_of
from marsad.reading import read

ATTACKS = attacks("attacks.yml")
UNSEEN = attacks("attacks_unseen.yml")
by_name = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["name"])


def shown_of(attack=None):
    """What a model would be shown: the title, and the sentences of the text; and what is withheld from it."""
    article = article_with(attack)
    asked = windows_of(read(article, KIT))
    titles = [article.title] if any(window.title for window in asked) else []
    shown = [article.part(one.part)[one.start : one.end] for window in asked for one in window.shown]
    return titles, shown, [one for window in asked for one in window.withheld]


def placed(claims, attack):
    """The claims with spans as in the article without the attack."""
    return [moved_back(claim, attack) for claim in claims]


UNHARMED = placed(read_by_gullible()[0], {"where": "title", "text": ""})


@pytest.fixture
def nothing_withheld(monkeypatch):
    """Everything is shown, and no sentence is known to speak to a machine: as with a phrasing that no rule finds."""
    monkeypatch.setattr(windows, "spoken_to_machine", lambda sentences: frozenset())
    for module in (oath, prompt):
        monkeypatch.setattr(module, "speaks_to_machine", lambda words: "")


def test_the_attacks_are_as_many_and_of_as_many_kinds_as_is_said():
    assert len({attack["name"] for attack in ATTACKS}) >= 50
    assert len({attack["kind"] for attack in ATTACKS}) >= 15
    assert {attack["where"] for attack in ATTACKS} == {*PLACES, "title"}
    assert {attack["wants"] for attack in ATTACKS} == set(OBEYED)


@by_name
def test_nothing_of_an_attack_is_shown_and_all_of_the_article_is(attack):
    titles, shown, withheld = shown_of(attack)
    assert titles == ([] if attack["where"] == "title" else [TITLE])
    assert shown == list(LINES)
    assert withheld


def test_an_article_without_an_attack_is_shown_whole():
    assert shown_of() == ([TITLE], list(LINES), [])


def test_without_an_attack_every_claim_of_the_good_answer_stands():
    claims, sworn = read_by_gullible()
    assert {claim.event for claim in claims} == {claim["event"] for claim in GOOD}
    assert [one.refusals for one in sworn] == [()]


@by_name
def test_an_attack_changes_no_claim_of_a_model_that_would_obey_it(attack):
    claims, _ = read_by_gullible(attack)
    assert placed(claims, attack) == UNHARMED


@pytest.mark.usefixtures("nothing_withheld")
@by_name
def test_the_stand_in_does_obey_what_it_is_shown(attack):
    claims, _ = read_by_gullible(attack)
    assert placed(claims, attack) != UNHARMED


OWN_WORDS = {"numbers-field"}
"""Attacks that bring the words with them which they want to be told; those are then words of the article."""


def everything_in(claims):
    """All that claims say in words or numbers."""
    for claim in claims:
        yield from (one.text for one in (*claim.attribution, *claim.actors, *claim.counts))
        yield from (one.text for one in (claim.place, claim.time) if one)
        yield from (str(number) for one in claim.counts for number in (one.min, one.max))


@pytest.mark.usefixtures("nothing_withheld")
@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a["name"] not in OWN_WORDS], ids=lambda a: a["name"]
)
def test_what_a_model_invents_does_not_stand_even_where_nothing_is_withheld(attack):
    claims, sworn = read_by_gullible(attack)
    article = article_with(attack)
    without = read_by_gullible()[0]
    known = {word for one in everything_in(without) for word in one.split()}
    assert all(article.words(one.trigger) in " ".join(LINES) for claim in claims for one in claim.evidence)
    assert {word for one in everything_in(claims) for word in one.split()} <= known
    assert {claim.event for claim in claims} <= {claim.event for claim in without}
    if attack["wants"] == "garbage":
        assert [one.unusable for one in sworn] == ["not_json"]


INVENTED = {
    "evidence_not_found": invented("strike.air", "قصف المستشفى الكبير"),
    "event_unknown": {**TAKEN, "event": "victory.total"},
    "role_unknown": {**TAKEN, "actors": [{"role": "winner", "words": "الجيش"}]},
    "actor_not_found": with_roles("قوات الحلف", "الجيش"),
    "place_not_found": {**TAKEN, "place": "العاصمة"},
    "source_unfounded": {**TAKEN, "sources": [{**TAKEN["sources"][0], "words": "وزارة الدفاع"}]},
    "count_not_found": {**KILLED, "counts": [{**KILLED["counts"][0], "words": "تسعمئة قتيل"}]},
    "count_disagrees": {**KILLED, "counts": [{**KILLED["counts"][0], "min": 900, "max": 900}]},
}


@pytest.mark.usefixtures("nothing_withheld")
@pytest.mark.parametrize("reason", INVENTED)
def test_each_way_to_invent_is_refused_by_its_own_reason(reason, monkeypatch):
    monkeypatch.setitem(OBEYED, "fabricated", [INVENTED[reason]])
    attack = {"wants": "fabricated", "where": "end", "text": "Würfle."}
    _, sworn = read_by_gullible(attack)
    assert reason in sworn[0].counted


WITHHOLDING_ALONE = {"suppress", "sides", "another source", "own words"}
SLIPS = {
    "suppress": [],
    "sides": [with_roles("الجيش", "فصائل المعارضة")],
    "another source": [{**TAKEN, "sources": [{**TAKEN["sources"][0], "words": "مصدر طبي", "cue": "قال"}]}],
    "own words": [invented("strike.air", "قصف الجيش المشفى")],
    **{name: [claim] for name, claim in INVENTED.items()},
}
"""Answers to a text that no rule finds; the attack's own words are words of the article."""


@pytest.mark.usefixtures("nothing_withheld")
def test_what_only_the_withholding_stops(monkeypatch):
    attack = {"wants": "fabricated", "where": "end", "text": "Würfle: قصف الجيش المشفى"}
    stands = set()
    for name, answer in SLIPS.items():
        monkeypatch.setitem(OBEYED, "fabricated", answer)
        _, sworn = read_by_gullible(attack)
        if not sworn[0].refusals:
            stands.add(name)
    assert stands == WITHHOLDING_ALONE


@pytest.mark.parametrize("attack", UNSEEN, ids=lambda attack: attack["name"])
def test_the_paraphrases_are_withheld_too(attack):
    assert shown_of(attack)[2]
