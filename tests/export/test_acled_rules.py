"""Which sub-event type and which actors an incident has in ACLED's words, by tables of cases, and the same for every side."""

import csv
import io

import pytest

from export import coding, records
from marsad.codebook import load_codebook
from marsad.codebook.codebook import SOURCE
from marsad.codebook.strict_yaml import load_strict
from marsad.export.acled import Acled
from marsad.export.acled_actors import Party, interaction
from marsad.export.acled_events import SUB_EVENTS, disorder_of, sub_event_of
from marsad.export.coders_sides import sides_of

A = coding.actor


def written(tmp_path, *incidents):
    path = tmp_path / "a.csv"
    path.unlink(missing_ok=True)
    raw = records.written(Acled(path, coding.making()), path, incidents)
    return list(csv.DictReader(io.StringIO(raw.decode())))


def sub_event(*events, actors=()):
    made = coding.incident(*events, actors=actors)
    return sub_event_of(events, sides_of(made, coding.making()), "SY")


def test_sub_event_types_are_those_of_the_codebook_in_its_order():
    lists = load_strict(SOURCE.read_bytes())["acled_sub_events"]
    assert list(SUB_EVENTS.items()) == [(sub, event) for event, subs in lists.items() for sub in subs]


def test_every_code_has_a_sub_event_type_of_the_codebook_or_none():
    for code, event in load_codebook().events.items():
        found = sub_event(code)
        allowed = {one.sub_event for one in event.acled} | (
            {"Armed clash"} if code == "fight.attack" else set()
        )
        assert found in allowed or found is None, code
        spoken = code.startswith(("say.", "law.")) or code in ("talks.contact", "harm.wounded")
        assert (found is None) == spoken, code


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (("fight.clash", "strike.shelling", "harm.killed"), "Armed clash"),
        (("fight.attack", "strike.drone", "harm.killed"), "Air/drone strike"),
        (("fight.attack", "blast.suicide"), "Suicide bomb"),
        (("strike.air", "damage.property", "people.displaced"), "Air/drone strike"),
        (("strike.air", "strike.intercept"), "Air/drone strike"),
        (("blast.explosion", "harm.assassination"), "Remote explosive/landmine/IED"),
        (("harm.killed", "harm.wounded"), "Attack"),
        (("territory.withdrawal", "territory.advance"), "Armed clash"),
        (("territory.withdrawal", "people.evacuated"), "Non-violent transfer of territory"),
        (("talks.agreement", "talks.contact"), "Agreement"),
        (("protest.demonstration",), "Peaceful protest"),
        (("protest.demonstration", "custody.arrest"), "Protest with intervention"),
        (("protest.demonstration", "harm.killed"), "Excessive force against protesters"),
        (("protest.riot",), "Violent demonstration"),
    ],
)
def test_the_sub_event_type_that_goes_first(events, expected):
    assert sub_event(*events) == expected


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        (A("patient", text="مدنيين"), "Attack"),
        (A("patient", text="جنود"), "Armed clash"),
        (A("patient", text="مسلحين"), "Armed clash"),
        (A("patient", "sy-army"), "Armed clash"),
        (A("patient", text="مدنيين جنود"), "Armed clash"),
        (A("patient", text="مواقع"), "Armed clash"),
    ],
)
def test_an_attack_is_one_on_civilians_where_the_words_say_so(patient, expected):
    assert sub_event("fight.attack", actors=[A("agent", "rebels"), patient]) == expected


@pytest.mark.parametrize(
    ("gainer", "events", "expected"),
    [
        ("sy-army", ("territory.control", "fight.clash"), "Government regains territory"),
        ("sy-army", ("territory.control", "territory.repel"), "Government regains territory"),
        ("rebels", ("territory.control", "fight.clash"), "Non-state actor overtakes territory"),
        ("tr-army", ("territory.control", "strike.air"), "Non-state actor overtakes territory"),
        ("coalition", ("territory.control", "harm.killed"), "Non-state actor overtakes territory"),
        ("sy-army", ("territory.control",), "Non-violent transfer of territory"),
        ("rebels", ("territory.control", "territory.withdrawal"), "Non-violent transfer of territory"),
        ("party", ("territory.control", "fight.clash"), "Armed clash"),
        (None, ("territory.control", "fight.clash"), "Armed clash"),
    ],
)
def test_who_gained_a_place_and_whether_it_was_fought_for(gainer, events, expected):
    actors = [A("gainer", gainer), A("loser", "militia")] if gainer else [A("loser", "militia")]
    assert sub_event(*events, actors=actors) == expected


@pytest.mark.parametrize(
    ("sub", "disorder"),
    [
        ("Armed clash", "Political violence"),
        ("Grenade", "Political violence"),
        ("Attack", "Political violence"),
        ("Mob violence", "Political violence"),
        ("Violent demonstration", "Demonstrations"),
        ("Peaceful protest", "Demonstrations"),
        ("Excessive force against protesters", "Political violence; Demonstrations"),
        ("Agreement", "Strategic developments"),
    ],
)
def test_disorder_types(sub, disorder):
    assert disorder_of(sub) == disorder


UNKNOWN = "Unidentified Armed Group (Syria)"


@pytest.mark.parametrize(
    ("events", "actors", "expected"),
    [
        (["strike.air"], [], ("Unidentified Military Forces", "", "", "", "", "", "")),
        (["strike.drone"], [], (UNKNOWN, "", "Political militia", "", "", "", "Political militia only")),
        (["fight.attack"], [A("agent", text="مسلحون"), A("patient", text="ضابط")], (UNKNOWN, "", "Political militia", "Unidentified Military Forces", "", "", "")),
        (["fight.attack"], [A("agent", text="الغزاة"), A("patient", "sy-army")], ("الغزاة", "", "", "Syrian army", "", "State forces", "")),
        (["strike.air"], [A("agent", "tr-army"), A("patient", text="قرقور"), A("patient", text="Qarqur")], ("Armed forces of Turkey", "", "External/Other forces", "", "", "", "External/Other forces only")),
        (["strike.air"], [A("agent", "tr-army"), A("patient", text="مواقع"), A("patient", "rebels"), A("patient", text="اطفال")], ("Armed forces of Turkey", "", "External/Other forces", "Rebel factions", "Civilians (Syria)", "Rebel group", "Rebel group-External/Other forces")),
        (["fight.attack"], [A("agent", "rebels"), A("agent", "islamists"), A("patient", "sy-army"), A("patient", "sy-police")], ("Rebel factions", "Islamist faction", "Rebel group", "Syrian army", "Syrian police", "State forces", "State forces-Rebel group")),
        (["fight.clash"], [A("party", "rebels"), A("party", "sy-army"), A("party", "militia"), A("party", "islamists")], ("Rebel factions", "Islamist faction", "Rebel group", "Syrian army", "Militia", "State forces", "State forces-Rebel group")),
        (["harm.killed"], [A("patient", text="خمسة اشخاص")], (UNKNOWN, "", "Political militia", "Civilians (Syria)", "", "Civilians", "Political militia-Civilians")),
        (["harm.assassination"], [A("agent", "sy-army"), A("patient", "speaker")], ("Syrian army", "", "State forces", "Rebel factions", "", "Rebel group", "State forces-Rebel group")),
        (["harm.assassination"], [A("agent", "sy-army"), A("patient", "poet")], ("Syrian army", "", "State forces", "The poet", "", "Civilians", "State forces-Civilians")),
        (["protest.demonstration"], [A("agent", text="العشرات"), A("agent", "party"), A("patient", "sy-army")], ("Protesters (Syria)", "A party", "Protesters", "", "", "", "Protesters only")),
        (["protest.riot"], [], ("Rioters (Syria)", "", "Rioters", "", "", "", "Rioters only")),
        (["protest.demonstration", "harm.killed"], [A("patient", "sy-police")], ("Protesters (Syria)", "", "Protesters", "Syrian police", "", "State forces", "State forces-Protesters")),
        (["people.displaced"], [A("patient", text="سكان")], ("Civilians (Syria)", "", "Civilians", "", "", "", "Civilians only")),
        (["custody.release"], [], ("", "", "", "", "", "", "")),
    ],
)  # fmt: skip
def test_actors_and_their_types(tmp_path, events, actors, expected):
    (row,) = written(tmp_path, coding.incident(*events, actors=actors))
    names = ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction")
    assert tuple(row[name] for name in names) == expected


@pytest.mark.parametrize(
    ("events", "patient", "targeted"),
    [
        (["harm.killed"], "مدنيين", True),
        (["strike.air"], "مدنيين", True),
        (["strike.air"], "جنود", False),
        (["fight.clash"], "مدنيين", False),
        (["protest.demonstration", "fight.attack"], "مدنيين", True),
        (["protest.demonstration"], "مدنيين", False),
    ],
)
def test_civilian_targeting(tmp_path, events, patient, targeted):
    (row,) = written(tmp_path, coding.incident(*events, actors=[A("patient", text=patient)]))
    assert row["civilian_targeting"] == ("Civilian targeting" if targeted else "")


def test_the_lower_code_of_an_interaction_goes_first():
    for one, other in ((1, 2), (2, 7), (3, 8), (7, 8)):
        low, high = Party("a", one), Party("b", other)
        assert interaction([low], [high]) == interaction([high], [low])
    assert interaction([Party("a", 8)], [Party("b", 7)]) == "Civilians-External/Other forces"
    assert interaction([Party("a", 2)], [Party("b", 2)]) == "Rebel group-Rebel group"
    assert interaction([], []) == ""


def test_who_else_is_told_as_doing_it_is_named_in_the_tags(tmp_path):
    actors = [A("agent", "rebels"), A("agent", "sy-army"), A("patient", text="مدنيين")]
    (row,) = written(tmp_path, coding.incident("strike.shelling", actors=actors, status="disputed"))
    assert (row["actor1"], row["assoc_actor_1"]) == ("Rebel factions", "")
    assert row["tags"].endswith("also_named=Syrian army")


def test_what_is_done_to_an_organ_of_the_same_state_is_no_second_side(tmp_path):
    (row,) = written(
        tmp_path, coding.incident("strike.air", actors=[A("agent", "sy-army"), A("patient", "sy-police")])
    )
    assert row["actor2"] == ""
    assert row["tags"].endswith("also_named=Syrian police")


@pytest.mark.parametrize(
    ("one", "other"), [("rebels", "militia"), ("rebels", "islamists"), ("tr-army", "coalition"), ("sy-army", "rebels")]
)  # fmt: skip
@pytest.mark.parametrize("event", ["fight.attack", "strike.air", "harm.assassination", "damage.property"])
def test_sides_are_treated_alike(tmp_path, event, one, other):
    made = coding.incident(event, actors=[A("agent", one), A("patient", other)])
    row, mirrored = written(tmp_path, made, coding.exchanged(made, one, other))
    for first, second in (("actor1", "actor2"), ("assoc_actor_1", "assoc_actor_2"), ("inter1", "inter2")):
        assert (row[first], row[second]) == (mirrored[second], mirrored[first])
    same = [name for name in row if name not in ("actor1", "actor2", "inter1", "inter2")]
    assert [row[name] for name in same] == [mirrored[name] for name in same]
