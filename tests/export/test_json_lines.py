"""JSON lines keep all that the codebook has, with what people decided beside it."""

import json

import pytest

from export.records import (
    article,
    changes,
    claim,
    claim_data,
    incident,
    making,
    odd_incidents,
    spell,
    written,
)
from marsad.export.json_lines import Changes, JsonLines


def lines(raw):
    return [json.loads(line) for line in raw.splitlines()]


def test_an_article_is_as_the_program_reads_it_with_reviews_and_incidents(tmp_path):
    record = article(claim(review="edited"), claim("c2", 1, incident=None))
    path = tmp_path / "x.jsonl"
    [row] = lines(written(JsonLines(path, making(), "articles"), path, [record]))
    assert (row["id"], row["text"], row["schema"]) == ("a1", record.text, "marsad-claims/1")
    assert row["claims"] == [
        {**claim_data(), "review": "edited", "incident": "i1"},
        {**claim_data(), "review": "machine", "incident": None},
    ]


def test_fields_that_are_not_ours_pass_through_and_never_hide_one_that_is(tmp_path):
    from dataclasses import replace

    record = replace(article(), extra={"section": "عرب", "id": "other", "half": "\ud83d"})
    path = tmp_path / "x.jsonl"
    [row] = lines(written(JsonLines(path, making(), "articles"), path, [record]))
    assert (row["section"], row["id"], row["half"]) == ("عرب", "a1", "?")


@pytest.mark.parametrize("record", odd_incidents(), ids=lambda one: one.id)
def test_an_incident_keeps_every_field(tmp_path, record):
    path = tmp_path / "x.jsonl"
    [row] = lines(written(JsonLines(path, making(), "incidents"), path, [record]))
    assert {name: row[name] for name in record.data if name != "claims"} == {
        name: value for name, value in record.data.items() if name != "claims"
    }
    assert [{name: told[name] for name in told if name != "review"} for told in row["claims"]] == record.data[
        "claims"
    ]
    assert [told["review"] for told in row["claims"]] == [one.review for one in record.claims]
    assert (row["review"], row["claims_reviewed"], row["claims_rejected"]) == (
        record.review,
        record.reviewed,
        record.rejected,
    )


def test_a_spell_keeps_every_field(tmp_path):
    path = tmp_path / "x.jsonl"
    [row] = lines(written(JsonLines(path, making(), "control"), path, [spell()]))
    assert row == {**spell().data, "id": "s1"}


def test_changes_say_what_happened_and_what_there_is_now(tmp_path):
    path = tmp_path / "x.jsonl"
    rows = lines(written(Changes(path, making()), path, changes()))
    assert [(row["change"], row["id"]) for row in rows] == [(one.what, one.id) for one in changes()]
    for row, one in zip(rows, changes(), strict=True):
        assert (row["incident"] is None) == (one.incident is None)
        assert row["into"] == list(one.into)
        assert row["incident"] is None or row["incident"]["id"] == row["id"]


def test_coordinates_are_as_stored(tmp_path):
    path = tmp_path / "x.jsonl"
    [row] = lines(written(JsonLines(path, making(), "incidents"), path, [incident()]))
    assert (row["place"]["lat"], row["place"]["lon"]) == (35.44321, 36.65123)
