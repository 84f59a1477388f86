"""What of theirs corresponds to what of ours, by the codebook."""

from datetime import date

import pytest

from marsad.codebook import load_codebook
from marsad.references import ReferenceEvent, acled_fit, acled_types, their_group, ucdp_records
from marsad.references.kinds import FORCE


def theirs(group, kind):
    return ReferenceEvent(
        id="INV1", origin="acled", line=2, first_day=date(2031, 3, 14), last_day=date(2031, 3, 14), precision="day", lat=35.0, lon=36.0, reach=5.0,
        place="Murak", admin="Hama", country="Syria", group=group, kind=kind,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("group", "kind", "codes", "fit"),
    [
        ("Battles", "Armed clash", ["fight.clash"], "same"),
        ("Battles", "Armed clash", ["harm.killed", "territory.repel"], "same"),
        ("Battles", "Government regains territory", ["fight.clash"], "group"),
        ("Battles", "", ["fight.clash"], "group"),
        ("Explosions/Remote violence", "Grenade", ["strike.air"], "group"),
        ("Explosions/Remote violence", "Air/drone strike", ["fight.clash"], "force"),
        ("Violence against civilians", "Attack", ["harm.killed"], "same"),
        ("Explosions/Remote violence", "Air/drone strike", ["harm.killed"], "group"),
        ("Explosions/Remote violence", "Air/drone strike", ["harm.wounded"], "group"),
        ("Protests", "Peaceful protest", ["protest.demonstration"], "same"),
        ("Protests", "Peaceful protest", ["strike.air"], ""),
        ("Strategic developments", "Agreement", ["talks.agreement"], "same"),
        ("Strategic developments", "Other", ["say.threat"], ""),
        ("Strategic developments", "Other", ["talks.contact"], ""),
        ("Strategic developments", "Other", ["no.such"], ""),
        ("Cyber operations", "Intrusion", ["strike.air"], "unknown"),
    ],
)
def test_types_fit_by_the_codebook(group, kind, codes, fit):
    assert acled_fit(theirs(group, kind), codes) == fit


def test_every_physical_code_is_in_the_map_and_no_speech_is():
    speech = {code for code in load_codebook().events if code.startswith("say.")}
    assert not speech & acled_types().keys()
    assert {"strike.air", "talks.agreement", "custody.arrest", "harm.wounded"} <= acled_types().keys()
    assert {group for types in acled_types().values() for group, _ in types} >= FORCE


@pytest.mark.parametrize(
    ("codes", "killed", "recorded"),
    [
        (["strike.air"], 3, True),
        (["strike.air"], 0, False),
        (["strike.air"], None, False),
        (["harm.killed"], None, True),
        (["territory.control"], 12, True),
        (["custody.arrest"], 3, False),
        (["talks.agreement"], None, False),
        ([], 3, False),
    ],
)
def test_ucdp_records_force_that_kills(codes, killed, recorded):
    assert ucdp_records(codes, killed) is recorded


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        (["harm.wounded", "strike.air"], "Explosions/Remote violence"),
        (["harm.killed", "strike.air"], "Explosions/Remote violence"),
        (["harm.killed"], "Violence against civilians"),
        (["harm.wounded"], ""),
        ([], ""),
        (["protest.riot"], "Riots"),
    ],
)
def test_the_wider_type_nearest_to_ours(codes, group):
    assert their_group(codes) == group
