"""The codebook as data: all codes, official names of other systems, sentences that are what they say."""

import json
import re
import typing

import pytest

from marsad.codebook import CodebookError, build, compile_codebook, describe, load_codebook, near_codes
from marsad.codebook.codebook import SOURCE
from marsad.codebook.page import codebook_page
from marsad.codebook.parse import parse_codebook
from marsad.codebook.strict_yaml import load_strict
from marsad.model import actor, claim, interval, place

BOOK = load_codebook()

CODES = [
    "territory.control",
    "territory.advance",
    "territory.withdrawal",
    "territory.siege",
    "territory.repel",
    "fight.clash",
    "fight.attack",
    "strike.air",
    "strike.drone",
    "strike.shelling",
    "strike.intercept",
    "blast.explosion",
    "blast.suicide",
    "harm.killed",
    "harm.wounded",
    "harm.assassination",
    "harm.execution",
    "harm.abduction",
    "harm.abuse",
    "custody.arrest",
    "custody.release",
    "custody.exchange",
    "force.move",
    "people.displaced",
    "people.returned",
    "people.evacuated",
    "damage.property",
    "aid.delivered",
    "aid.blocked",
    "talks.contact",
    "talks.agreement",
    "talks.breach",
    "say.demand",
    "say.threat",
    "say.accuse",
    "say.support",
    "say.reject",
    "protest.demonstration",
    "protest.riot",
    "law.sanction",
    "law.justice",
]

# The official lists, written out once more so that a slip in the codebook's own lists is seen.
ACLED = {
    "Battles": "Government regains territory|Non-state actor overtakes territory|Armed clash",
    "Protests": "Excessive force against protesters|Protest with intervention|Peaceful protest",
    "Riots": "Violent demonstration|Mob violence",
    "Explosions/Remote violence": "Chemical weapon|Air/drone strike|Suicide bomb|"
    "Shelling/artillery/missile attack|Remote explosive/landmine/IED|Grenade",
    "Violence against civilians": "Sexual violence|Attack|Abduction/forced disappearance",
    "Strategic developments": "Agreement|Arrests|Change to group/activity|Disrupted weapons use|"
    "Headquarters or base established|Looting/property destruction|Non-violent transfer of territory|Other",
}
PLOVER = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel violence territory",
    "PROTEST": "demo riot strike hunger boycott obstruct",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}
PARTIES = {"talks.contact", "talks.agreement", "fight.clash", "custody.exchange"}
EVENTS = pytest.mark.parametrize("event", BOOK.events.values(), ids=lambda event: event.code)


def tree():
    return load_strict(SOURCE.read_bytes())


def test_codebook_has_the_41_codes_in_order():
    assert list(BOOK.events) == CODES
    assert len(CODES) == 41


def test_families_are_those_of_the_codes():
    assert {event.family for event in BOOK.events.values()} == set(BOOK.families)
    assert [event for name in BOOK.families for event in BOOK.family(name)] == list(BOOK.events.values())


def test_lists_of_other_systems_are_the_official_ones():
    assert tree()["acled_sub_events"] == {name: subs.split("|") for name, subs in ACLED.items()}
    assert tree()["plover_events"] == {name: modes.split() for name, modes in PLOVER.items()}


@EVENTS
def test_event_is_complete(event):
    assert event.label.en and re.search(r"[\u0621-\u064a]", event.label.ar)
    assert event.definition.endswith(".")
    assert event.roles
    assert 3 <= len(event.examples) <= 6
    assert 1 <= len(event.counter) <= 2
    assert event.acled or event.acled_note
    assert event.plover or event.plover_note


@EVENTS
def test_event_roles_follow_the_table(event):
    if event.code == "territory.control":
        assert event.roles == ("gainer", "loser")
    elif event.code in PARTIES:
        assert event.roles[0] == "party"
    else:
        assert event.roles == ("agent", "patient")


@EVENTS
def test_examples_hold_the_words_they_name(event):
    for example in event.examples:
        named = [text for texts in example.roles.values() for text in texts]
        for words in [example.trigger, *named, *filter(None, [example.place])]:
            assert words in example.text
        assert set(example.roles) <= set(event.roles)
        assert example.text.endswith(".")


@EVENTS
def test_counter_examples_are_of_another_code(event):
    assert all(counter.event != event.code for counter in event.counter)
    assert not {c.text for c in event.counter} & {e.text for e in event.examples}


def test_no_sentence_stands_twice():
    texts = [example.text for event in BOOK.events.values() for example in event.examples]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("kind", "literal"),
    [
        ("roles", actor.RoleName),
        ("source_kinds", claim.SourceKind),
        ("stances", claim.Stance),
        ("polarities", claim.Polarity),
        ("modalities", claim.Modality),
        ("place_precisions", place.PlacePrecision),
        ("time_precisions", interval.TimePrecision),
        ("count_kinds", claim.CountKind),
    ],
)
def test_values_are_those_of_the_model(kind, literal):
    assert tuple(BOOK.values[kind]) == typing.get_args(literal)


def test_every_value_has_two_labels():
    labels = [label for names in BOOK.values.values() for label in names.values()]
    assert all(label.en and re.search(r"[\u0621-\u064a]", label.ar) for label in labels)


def test_codebook_is_loaded_once():
    assert load_codebook() is load_codebook()


def test_built_codebook_is_the_same_and_is_passed_over_when_stale(tmp_path):
    (built,) = build(tmp_path)
    assert load_codebook(SOURCE, built) == BOOK
    stale = {"source": "of another day", "tree": {}}
    built.write_text(json.dumps(stale), encoding="utf-8")
    load_codebook.cache_clear()
    assert load_codebook(SOURCE, built) == BOOK


def test_built_codebook_needs_no_yaml(tmp_path, monkeypatch):
    (built,) = build(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    load_codebook.cache_clear()
    assert load_codebook(SOURCE, built).events.keys() == BOOK.events.keys()


def test_duplicate_key_is_refused(tmp_path):
    source = tmp_path / "codebook.yml"
    text = SOURCE.read_text(encoding="utf-8")
    source.write_text(text.replace("  fight.attack:", "  fight.clash:", 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"'fight\.clash' stands twice"):
        compile_codebook(source)


def test_file_that_is_no_mapping_is_refused():
    with pytest.raises(CodebookError, match="not a mapping"):
        load_strict(b"- one\n- two\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lable": "x"}, "'lable' is not known"),
        ({"roles": ["victim"]}, "'victim' is not one of roles"),
        ({"acled": ["Air strike"]}, "'Air strike' is not a sub-event type of ACLED"),
        ({"plover": ["ASSAULT/bomb"]}, "'ASSAULT/bomb' is not an event and mode of PLOVER"),
        ({"examples": [{"text": "x"}]}, "'trigger' is missing"),
        ({"counter": [{"text": "x", "is": "strike.sea"}]}, r"unknown code 'strike\.sea'"),
    ],
)
def test_unknown_names_are_refused(change, message):
    wrong = tree()
    wrong["events"]["strike.air"].update(change)
    with pytest.raises(CodebookError, match=message):
        parse_codebook(wrong)


def test_settled_points_are_short_sentences_with_codes_that_exist():
    assert len(BOOK.settled) >= 20
    for point in BOOK.settled:
        assert re.fullmatch(r"[a-z_]+", point.name)
        assert point.text.endswith(".") and len(point.text) < 400
        for family, kind in re.findall(r"\b([a-z]+)\.([a-z]+|\*)", point.text):
            assert family in BOOK.families and (kind == "*" or f"{family}.{kind}" in BOOK.events), point.name


def test_settled_point_without_words_is_refused():
    wrong = tree()
    wrong["settled"]["scope"] = None
    with pytest.raises(CodebookError, match="settled, scope: None is not a sentence"):
        parse_codebook(wrong)


def test_code_of_no_family_is_refused():
    wrong = tree()
    wrong["events"]["sea.battle"] = wrong["events"]["strike.air"]
    with pytest.raises(CodebookError, match="no such family"):
        parse_codebook(wrong)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("territory.contol", "territory.control"),
        ("killed", "harm.killed"),
        ("strike", "strike.air"),
        ("harm.kill", "harm.killed"),
    ],
)
def test_near_codes_find_what_was_meant(typed, meant):
    assert meant in near_codes(typed, BOOK)


def test_near_codes_of_nonsense_are_none():
    assert near_codes("zzzzzz", BOOK) == []


@EVENTS
def test_description_names_everything(event):
    text = describe(event, BOOK)
    named = [event.label.ar, *event.roles, *(kind.sub_event for kind in event.acled), *map(str, event.plover)]
    assert [words for words in named if words not in text] == []
    assert all(example.text in text for example in event.examples)


def test_reference_page_is_up_to_date(project):
    page = project / "docs" / "reference" / "codebook.md"
    assert page.read_text(encoding="utf-8") == codebook_page(), "run `make docs`"
