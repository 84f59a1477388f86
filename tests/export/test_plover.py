"""PLOVER: each line fits the manual's fields, says what is negated or not yet, leads back to the words, and names no private person."""

import json

import jsonschema
import pytest

from export import records
from marsad.codebook import load_codebook
from marsad.export.plover import Plover
from marsad.export.plover_codes import CONTEXTS, QUADS, SCORES, event_of, home_of, score_of, sector_of
from marsad.export.plover_parts import Who, size_of
from marsad.model import Label
from marsad.model.actor import Actor, Membership

CONTEXT_NAMES = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy", "pro_autocracy", "economic", "legal", "reparations",
    "human_rights", "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping", "health",
    "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption", "illegal_drugs",
    "trafficking",
]  # fmt: skip
SECTORS = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK BUS CVL NGO IGO UNO IMG".split()
HELPERS = ["negation", "future", "hypothetical", "historical"]
DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
ENTITY = {
    "type": "object",
    "required": ["sector", "entity_text"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z]{3}$"}, "sector": {"enum": SECTORS}, "entity_text": {"type": "string"}, "identifier_id": {"type": "string"},
        "identifier_text": {"type": "string"}, "office": {"type": "string"},
    },
}  # fmt: skip
PLACE = {
    "type": ["object", "null"],
    "required": ["extracted_place", "resolved_place", "country", "country_code", "resolution"],
    "additionalProperties": False,
    "properties": {
        "extracted_place": {}, "resolved_place": {}, "city": {}, "district": {}, "province": {}, "country": {}, "precision": {}, "geonameid": {"type": "integer"},
        "lat": {"type": "number", "minimum": -90, "maximum": 90}, "lon": {"type": "number", "minimum": -180, "maximum": 180},
        "country_code": {"type": ["string", "null"], "pattern": "^[A-Z]{2}$"}, "resolution": {"enum": [1, 2, 3, 4, 5, None]},
    },
}  # fmt: skip
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "date", "actor", "recipient", "event", "has_event", "text_info", "cite_info", "marsad"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"}, "date": DAY, "enddate": DAY, "has_event": {"type": "boolean"},
        "actor": {"type": "array", "items": ENTITY}, "recipient": {"type": "array", "items": ENTITY},
        "event": {"type": "array", "items": {"enum": sorted(QUADS)}, "maxItems": 1}, "mode": {"type": "array", "items": {"type": "string"}},
        "auxiliary": {"type": "array", "items": {"enum": HELPERS}}, "context": {"type": "array", "items": {"enum": CONTEXT_NAMES}},
        "quad_code": {"enum": [1, 2, 3, 4]}, "event_scale": {"type": "number", "minimum": -10, "maximum": 10},
        "size": {"type": "object", "propertyNames": {"enum": ["dead", "injured", "arrested"]}, "additionalProperties": {"type": "integer", "minimum": 0}},
        "size_range": {"type": "object"}, "event_loc": PLACE, "event_text": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "text_info": {
            "type": "object", "required": ["start", "end", "in", "offset_unit", "spans", "version", "sha256"], "properties": {"offset_unit": {"const": "codepoint"}},
        },
        "cite_info": {"type": "object", "required": ["citation", "publication", "url", "title", "language", "coder", "codebook"]},
        "link": {"type": "string"}, "coder": {"type": "string"}, "comment": {"type": "string"}, "marsad": {"type": "object", "required": ["review", "status", "chain"]},
    },
}  # fmt: skip
TEXT = "قال سالم إن الجيش قصف البلدة. وأضاف سالم أن أحدا لم ينسحب."


def lines(path, *some, **changes):
    content = records.written(Plover(path, records.making(**changes)), path, some)
    found = [json.loads(line) for line in content.decode().splitlines()]
    for one in found:
        jsonschema.validate(one, SCHEMA)
    return found


def told(path, **changes):
    """The line of one claim with some fields of its data."""
    return lines(path, records.article(records.claim(data=records.claim_data(**changes))))[0]


def test_a_line_says_who_did_what_where_when_and_in_which_words(tmp_path):
    assert told(tmp_path / "a", attribution=[dict(records.OBSERVER)]) == {
        "id": "c1", "date": "2026-03-01", "has_event": True, "event": ["ASSAULT"], "mode": [], "auxiliary": [], "context": ["military", "territory"], "quad_code": 4,
        "event_scale": -9, "actor": [{"code": "SYR", "sector": "MIL", "identifier_id": "sy-army", "identifier_text": "Syrian army", "entity_text": "الجيش"}], "recipient": [],
        "event_loc": {
            "extracted_place": "خان شيخون", "resolved_place": "Khan Shaykhun", "lat": 35.44, "lon": 36.65, "country": "Syria", "country_code": "SY", "geonameid": 168325,
            "city": "Khan Shaykhun", "district": None, "province": "Idlib", "resolution": 4, "precision": "town",
        },
        "event_text": [records.SAID],
        "text_info": {
            "start": 0, "end": 31, "in": "text", "offset_unit": "codepoint", "spans": [{"start": 0, "end": 31, "in": "text"}], "version": 1, "sha256": "d" * 64,
        },
        "link": "i1",
        "marsad": {
            "claim": "c1", "number": 0, "article": "a1", "incident": "i1", "status": "single", "review": "machine", "root": "observer", "says": "affirms",
            "code": "territory.advance", "polarity": "affirmed", "modality": "actual", "time_precision": "day", "date_basis": "told",
            "chain": [{"text": "المرصد", "id": "observer", "kind": "monitor", "stance": "assert", "quote": "indirect", "for": None, "start": 0, "end": 6}],
        },
        "cite_info": {
            "corpus": "desk", "citation": "a1", "publication": "Agency", "url": "https://example.org/a1", "title": "دخول إلى البلدة", "date": "2026-03-02", "language": "ar",
            "coder": "Marsad 1.0", "codebook": "plover-0.8; marsad-codebook-1", "version": records.MOMENT,
        },
        "coder": "Marsad 1.0", "comment": "A claim as reported, not a finding of what happened.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "helpers"),
    [
        ({}, []),
        ({"polarity": "negated"}, ["negation"]),
        ({"modality": "planned"}, ["future"]),
        ({"modality": "possible"}, ["hypothetical"]),
        ({"modality": "demanded", "polarity": "negated"}, ["negation", "hypothetical"]),
        ({"time": {**records.DAY, "from": "2025-03-02", "to": "2025-03-02"}}, []),
        ({"time": {**records.DAY, "from": "2025-03-01", "to": "2025-03-01"}}, ["historical"]),
    ],
)
def test_what_is_negated_or_not_yet_is_an_auxiliary_mode(tmp_path, fields, helpers):
    found = told(tmp_path / "a", event="strike.air", **fields)
    assert (found["auxiliary"], found["mode"]) == (helpers, ["aerial", *helpers])


@pytest.mark.parametrize(
    ("time", "basis"),
    [
        (records.WEEK, ("2026-02-20", "2026-02-26", "told")),
        ({**records.DAY, "precision": "unknown"}, ("2026-03-01", None, "article")),
        (None, ("2026-03-02", None, "article")),
    ],
)
def test_a_day_says_whether_words_tell_it(tmp_path, time, basis):
    found = told(tmp_path / "a", time=time)
    assert (found["date"], found.get("enddate"), found["marsad"]["date_basis"]) == basis


def test_where_nothing_tells_a_day_there_is_none(tmp_path):
    dateless = records.claim(head=records.head(day=None, published=None), data=records.claim_data(time=None))
    (found,) = lines(tmp_path / "a", records.article(dateless))
    assert (found["date"], found["marsad"]["date_basis"]) == (None, None)


def test_what_plover_has_no_event_for_is_written_without_one(tmp_path):
    found = told(tmp_path / "a", event="people.displaced", modality="planned")
    assert not found["has_event"]
    assert (found["event"], found["mode"], found["context"]) == ([], ["future"], ["migration"])
    assert "event_scale" not in found


def test_odd_claims_are_lines_too(tmp_path):
    found = lines(tmp_path / "a", records.article(*records.odd_claims()))
    assert [one["id"] for one in found] == ["c1", "c2", "c3", "c4", "c5"]
    assert found[0]["cite_info"]["url"] is None
    assert found[1]["event_loc"] is None
    assert "link" not in found[1]
    assert found[2]["event_loc"]["lat"] == 35.0
    assert (found[3]["size"], found[3]["size_range"]["dead"]["max"]) == ({"dead": 20}, None)
    assert (found[4]["text_info"]["in"], found[4]["event_text"]) == ("title", ["@SUM"])
    assert [one["marsad"]["review"] for one in found] == [
        "machine",
        "machine",
        "accepted",
        "edited",
        "machine",
    ]


def test_published_text_that_attacks_readers_stays_text(tmp_path):
    data = records.claim_data(evidence=[{"start": 0, "end": len(records.HOSTILE)}])
    head = records.head(identity="a\x00\ud800", title=records.HOSTILE, url="javascript:alert(1)")
    (found,) = lines(
        tmp_path / "a", records.article(records.claim(data=data, head=head), text=records.HOSTILE)
    )
    assert found["event_text"] == [records.HOSTILE.replace("\ud800", "?")]
    assert found["cite_info"]["url"] is None


@pytest.mark.parametrize("private", [False, True])
def test_private_persons_are_named_only_where_it_was_asked_for(tmp_path, private):
    data = records.claim_data(
        attribution=[dict(records.NEIGHBOUR)],
        actors=[{"role": "agent", "text": "سالم", "start": 36, "end": 40, "id": None}],
        evidence=[{"start": 0, "end": 28}, {"start": 29, "end": len(TEXT)}],
    )
    claim = records.claim(
        data=data, root="سالم", private=(("text", 4, 8),), head=records.head(title="سالم يروي")
    )
    content = records.written(
        Plover(tmp_path / "a", records.making(private=private)),
        tmp_path / "a",
        [records.article(claim, text=TEXT)],
    )
    assert ("سالم" in content.decode()) is private
    found = json.loads(content)
    assert found["text_info"]["spans"] == [
        {"start": 0, "end": 28, "in": "text"},
        {"start": 29, "end": len(TEXT), "in": "text"},
    ]
    assert found["marsad"]["root"] is None


def test_two_exports_are_equal_byte_by_byte(tmp_path):
    some = [records.article(*records.odd_claims())]
    first, second = (
        records.written(Plover(tmp_path / name, records.making()), tmp_path / name, some) for name in "ab"
    )
    assert first == second


def test_an_empty_project_is_an_empty_file(tmp_path):
    assert lines(tmp_path / "a") == []


@pytest.mark.parametrize("code", sorted(load_codebook().events))
def test_every_code_has_the_events_of_the_codebook(code):
    allowed = {(one.event, one.mode) for one in load_codebook().events[code].plover}
    found = event_of(code, "", ())
    if not allowed:
        assert found is None
    else:
        assert found in allowed | {(event, None) for event, _ in allowed}
        assert -10 <= score_of(*found) <= 10
        assert found[0] in QUADS


@pytest.mark.parametrize(
    ("code", "words", "roles", "expected"),
    [
        ("territory.control", "خسرت البلدة", ("loser",), ("RETREAT", "withdraw")),
        ("territory.control", "", ("gainer", "loser"), ("ASSAULT", None)),
        ("talks.contact", "اتصال هاتفي", (), ("CONSULT", "phone")),
        ("talks.contact", "مباحثات", (), ("CONSULT", None)),
        ("harm.abuse", "تعرضوا للتعذيب", (), ("ASSAULT", "torture")),
        ("damage.property", "نهب المخازن", (), ("COERCE", "seize")),
        ("damage.property", "دمر المنزل", (), ("ASSAULT", "destroy")),
        ("law.justice", "مذكرة توقيف", (), ("COERCE", "arrest")),
        ("say.threat", "توعد", (), ("THREATEN", None)),
        ("force.move", "تعزيزات عسكرية", (), ("MOBILIZE", "troops")),
        ("no.such", "", (), None),
    ],
)
def test_words_choose_where_the_codebook_gives_several(code, words, roles, expected):
    assert event_of(code, words, roles) == expected


def test_contexts_are_of_the_manual_and_every_event_has_a_score():
    assert {name for names in CONTEXTS.values() for name in names} <= set(CONTEXT_NAMES)
    assert len(CONTEXT_NAMES) == 37
    assert set(SCORES) == set(QUADS)
    assert score_of("THREATEN", "arrest") == -3.5


def actor(kind, inter=None, country="SY", **more):
    return Actor(id="x", label=Label(en="X", ar="س"), kind=kind, inter=inter, country=country, **more)


@pytest.mark.parametrize(
    ("kind", "inter", "sector"),
    [
        ("army", 1, "MIL"), ("army", 2, "REB"), ("faction", 2, "REB"), ("faction", 3, "PRM"), ("militia", 4, "UAF"), ("police", 1, "COP"), ("un", 8, "UNO"),
        ("coalition", 8, "IMG"), ("coalition", None, "UNK"), ("council", 1, "GOV"), ("council", None, "UNK"), ("monitor", None, "NGO"), ("people", 4, "CVL"), ("person", None, "UNK"),
    ],
)  # fmt: skip
def test_sectors_come_from_kind_and_type(kind, inter, sector):
    assert sector_of(actor(kind, inter)) == sector


def test_a_body_of_several_countries_has_no_country():
    assert [home_of(actor("army", 1)), home_of(actor("coalition", 8)), home_of(actor("un"))] == ["SY", "", ""]


def test_a_person_has_the_sector_of_the_office_held_that_day():
    from datetime import date

    names = records.KnownNames()
    minister = actor(
        "person",
        offices=(Membership(of="sy-army", start=date(2026, 1, 1), title=Label(en="Commander", ar="قائد")),),
    )
    names.actor = {"x": minister, **records.ACTORS}.get
    who = Who(records.making(names=names, lang="ar"))
    row = {"role": "agent", "text": "القائد", "id": "x"}
    known = {"code": "SYR", "identifier_id": "x", "identifier_text": "س", "entity_text": "القائد"}
    assert who.entity(row, "2026-02-01") == {**known, "sector": "MIL", "office": "قائد"}
    assert who.entity(row, "2025-02-01") == {**known, "sector": "UNK"}
    members = records.making(names=names)
    names.actor = {"x": actor("person", parent="sy-army"), **records.ACTORS}.get
    assert Who(members).entity(row, None)["sector"] == "MIL"
    assert who.entity({**row, "id": None}, None) == {"sector": "UNK", "entity_text": "القائد"}


@pytest.mark.parametrize(
    ("text", "sector"),
    [("ثلاثة مدنيين", "CVL"), ("مسلحون", "UAF"), ("جنديين", "UAF"), ("قوات الوادي", "UNK"), ("حركة الجبل", "UNK"), ("12 شاحنة", "UNK")],
)  # fmt: skip
def test_words_tell_civilians_and_the_armed_where_nobody_of_the_register_is(text, sector):
    row = {"role": "patient", "text": text, "id": None}
    assert Who(records.making()).entity(row, None) == {"sector": sector, "entity_text": text}


def test_a_place_of_the_words_that_comes_twice_is_told_once(tmp_path):
    one = {"start": 0, "end": 3, "in": "text"}
    claim = records.claim("c1", data=records.claim_data(evidence=[one, dict(one), {"start": 0, "end": 2, "in": "title"}]))  # fmt: skip
    (row,) = lines(tmp_path / "a", records.article(claim))
    assert len(row["event_text"]) == 2
    assert row["text_info"]["spans"] == [one, {"start": 0, "end": 2, "in": "title"}]


def test_of_two_counts_of_a_kind_the_larger_is_told():
    part = {"kind": "killed", "min": 4, "max": 4}
    whole = {"kind": "killed", "min": 20, "max": 99, "approx": True}
    vague = {"kind": "wounded", "min": None, "max": 7}
    assert size_of([part, whole, vague]) == {
        "size": {"dead": 20},
        "size_range": {
            "dead": {"min": 20, "max": 99, "approx": True},
            "injured": {"min": None, "max": 7, "approx": False},
        },
    }
    assert size_of([]) == {}
