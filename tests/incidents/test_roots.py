"""The root of a claim: the voice nearest to the event, and what it is an organ of."""

import sys
from pathlib import Path

import pytest

from marsad.incidents.roots import folded_words, roots_of

sys.path.insert(0, str(Path(__file__).parent))
from build import NORTH_AGENCY, RIVER, SEA, WORLD, said, source, written


def root_of(*chain, medium=RIVER):
    (root,) = roots_of(written(medium=medium), [said(*chain)], WORLD)
    return root


def test_the_nearest_source_is_the_root_whoever_relays_it():
    army = source("الجيش الشمالي", "organisation", "north-army")
    for relays in ((), (source(SEA, "outlet"),), (source("قائد", "person"), source(SEA, "outlet"))):
        root = root_of(army, *relays)
        assert (root.key, root.text, root.kind, root.side) == (
            "north-army",
            "الجيش الشمالي",
            "organisation",
            "north",
        )
        assert root.authority == ("north-army", "north-state")
        assert not root.own_voice


def test_an_empty_chain_is_the_outlet_by_its_id_or_by_its_name():
    known = root_of()
    assert (known.key, known.text, known.kind) == ("outlet:river", RIVER, "outlet")
    assert known.own_voice
    assert known.relays
    assert root_of(medium="نشرة لا يعرفها السجل").key == "outlet:نشرة لا يعرفها السجل"


def test_articles_without_an_outlet_are_each_an_outlet_of_their_own():
    one, other = (roots_of(written(id, None), [said()], WORLD)[0] for id in ("a", "b"))
    assert one.key != other.key


@pytest.mark.parametrize(
    "words", ["مراسلنا", "مراسل القناة", "مراسلنا في المدينة", "موفدنا", "كاميرا القناة"]
)
def test_the_outlets_correspondent_is_its_own_voice(words):
    root = root_of(source(words, "outlet"))
    assert root.key == "outlet:river"
    assert root.own_voice
    assert not root.relays, "he is a source: what he tells is not a repetition of what others said"


def test_the_outlet_that_quotes_itself_by_name_is_its_own_voice():
    assert root_of(source(RIVER, "outlet")).own_voice


@pytest.mark.parametrize(
    "words",
    [SEA, f"مراسل {SEA}", f"موفد {SEA} في المدينة", f'"{SEA}"'],
    ids=["name", "man", "his place", "quoted"],
)
def test_another_outlet_that_is_quoted_is_that_outlet_and_no_own_voice(words):
    root = root_of(source(words, "outlet"))
    assert root.key == "outlet:sea"
    assert not root.own_voice


def test_a_hundred_outlets_that_quote_one_body_have_one_root():
    roots = {root_of(source(text, "monitor", "observatory"), medium=f"نشرة {n}").key for n, text in enumerate(["المرصد", "المرصد السوري"] * 50)}  # fmt: skip
    assert roots == {"observatory"}


@pytest.mark.parametrize("words", ["مصدر طبي", "شهود عيان", "ناشطون", "سكان محليون", "مصدر عسكري"])
def test_unnamed_sources_of_two_outlets_are_two_roots_and_of_one_outlet_one(words):
    first, again, other = (root_of(source(words), medium=medium) for medium in (RIVER, RIVER, SEA))
    assert first.key == again.key != other.key
    assert first.kind == "unnamed"


def test_unnamed_sources_called_by_other_words_are_other_roots():
    assert root_of(source("مصدر طبي")).key != root_of(source("شهود عيان")).key


OFFICIALS = [
    # who speaks, in which outlet, relayed by whom: the topmost body that he is an organ of
    ("مسؤول شمالي", RIVER, None, "north-state"),
    ("مصدر عسكري شمالي", RIVER, None, "north-state"),
    ("مصدر أمني جنوبي", NORTH_AGENCY, None, "south-state"),
    ("مصدر عسكري", NORTH_AGENCY, None, "north-state"),
    ("مصدر عسكري", RIVER, NORTH_AGENCY, "north-state"),
    ("مصدر عسكري", RIVER, None, ""),
    ("مصدر عسكري", RIVER, SEA, ""),
    ("مصدر عسكري", NORTH_AGENCY, SEA, ""),
    ("مصدر طبي", NORTH_AGENCY, None, ""),
    ("شهود عيان", NORTH_AGENCY, None, ""),
    ("ناشط شمالي", RIVER, None, ""),
    ("مصدر طبي شمالي", RIVER, None, ""),
    ("معارض شمالي", RIVER, None, ""),
]


@pytest.mark.parametrize(("words", "medium", "relay", "state"), OFFICIALS)
def test_unnamed_officials_are_organs_of_the_state_that_words_or_its_agency_name(words, medium, relay, state):
    chain = (source(words), *((source(relay, "outlet"),) if relay else ()))
    root = root_of(*chain, medium=medium)
    assert (root.authority[-1] if len(root.authority) > 1 else "") == state
    assert root.side == {"north-state": "north", "south-state": "south", "": ""}[state]
    assert root.key.startswith("unnamed:"), "still a root of its own outlet"


def test_official_of_no_named_state_is_marked_so():
    assert root_of(source("مصدر أمني")).official
    assert not root_of(source("مصدر أمني شمالي")).official
    assert not root_of(source("مصدر طبي")).official


def test_a_state_agencys_own_voice_is_an_organ_of_its_state_and_on_its_side():
    root = root_of(medium=NORTH_AGENCY)
    assert root.authority == ("outlet:north-agency", "north-state")
    assert root.side == "north"
    assert root_of().authority == ("outlet:river",)
    assert root_of().side == ""


def test_a_person_is_an_organ_of_the_body_that_he_speaks_for():
    root = root_of(source("سالم العلي", "person", body="لجنة الحي"))
    assert root.key == "سالم العلي"
    assert "لجنه الحي" in root.authority
    assert root_of(source("سالم العلي", "person")).authority == ("سالم العلي",)


def test_a_person_of_the_register_is_an_organ_of_all_above_him():
    assert root_of(source("القائد", "person", "north-general")).authority == (
        "north-general",
        "north-army",
        "north-state",
    )


def test_a_person_called_by_a_part_of_the_name_is_who_was_called_by_all_of_it():
    claims = [said(source(text, "person")) for text in ("سالم أحمد العلي", "العلي", "الخطيب")]
    full, short, other = roots_of(written(), claims, WORLD)
    assert full.key == short.key
    assert short.text == "العلي", "each keeps the article's words"
    assert other.key != full.key


def test_a_body_that_the_register_does_not_have_is_known_by_its_words_whatever_their_spelling():
    spelled = [
        root_of(source(text, "organisation")).key for text in ("لجنة الإغاثة", "لجنه الاغاثه", "لجنة الإِغاثة")
    ]
    assert len(set(spelled)) == 1
    assert root_of(source("لجنة الأهالي", "organisation")).key not in spelled


def test_spelling_does_not_matter_for_names():
    assert folded_words("للمرصد السوريّ") == folded_words("المرصد السوري")


def test_the_roots_come_in_the_order_of_the_claims():
    chains = [(), (source("مصدر طبي"),), (source("الجيش", "organisation", "south-army"),)]
    keys = [root.key for root in roots_of(written(), [said(*chain) for chain in chains], WORLD)]
    assert keys[0] == "outlet:river"
    assert keys[1].startswith("unnamed:river:")
    assert keys[2] == "south-army"
