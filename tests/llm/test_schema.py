"""The schema of an answer: the codebook's values and no others, in the form that every endpoint takes."""

import copy
import json

import jsonschema
import pytest

from marsad.codebook import load_codebook
from marsad.llm.prompt import examples
from marsad.llm.schema import answer_schema

BOOK = load_codebook()
SCHEMA = answer_schema(BOOK)
CLAIM = SCHEMA["properties"]["claims"]["items"]
ANSWER = next(answer for _, answer in examples() if answer["claims"])
TAKEN = {"type", "properties", "required", "additionalProperties", "items", "enum"}
"""What OpenAI's strict mode, llama.cpp, vLLM and Ollama all take; a bound on lengths makes grammars slow."""


def parts(schema):
    yield schema
    for one in schema.get("properties", {}).values():
        yield from parts(one)
    if "items" in schema:
        yield from parts(schema["items"])


def test_every_key_is_required_and_no_other_is_allowed():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for part in parts(SCHEMA):
        assert set(part) <= TAKEN
        if part["type"] == "object":
            assert part["required"] == list(part["properties"])
            assert part["additionalProperties"] is False


def test_values_are_those_of_the_codebook():
    fields = CLAIM["properties"]
    assert fields["event"]["enum"] == list(BOOK.events)
    source = fields["sources"]["items"]["properties"]
    for part, kind in [
        (fields["polarity"], "polarities"),
        (fields["modality"], "modalities"),
        (source["kind"], "source_kinds"),
        (source["stance"], "stances"),
        (fields["actors"]["items"]["properties"]["role"], "roles"),
        (fields["counts"]["items"]["properties"]["kind"], "count_kinds"),
    ]:
        assert part["enum"] == list(BOOK.values[kind])


def test_schema_is_data_of_its_own_each_time():
    first = answer_schema(BOOK)
    first["properties"]["claims"]["items"]["properties"]["event"]["enum"].append("strike.sea")
    assert json.dumps(answer_schema(BOOK)) == json.dumps(SCHEMA)


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ((), "event", "strike.sea"),
        ((), "polarity", "maybe"),
        ((), "place", 5),
        ((), "note", "my own"),
        (("evidence", 0), "in", "summary"),
        (("evidence", 0), "words", None),
        (("sources", 0), "stance", "shout"),
        (("actors", 0), "role", "victim"),
        (("counts", 0), "min", 12.5),
    ],
)
def test_what_the_codebook_does_not_know_is_refused(part, key, value):
    answer = copy.deepcopy(ANSWER)
    jsonschema.validate(answer, SCHEMA)
    at = answer["claims"][0]
    for step in part:
        at = at[step]
    at[key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, SCHEMA)


@pytest.mark.parametrize("key", CLAIM["required"])
def test_claim_without_a_key_is_refused(key):
    answer = copy.deepcopy(ANSWER)
    del answer["claims"][0][key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, SCHEMA)
