"""Label Studio's export: regions, what was chosen and written for them, relations, several annotators."""

import json

import pytest

from marsad.annotations import Refused, Wanted, read_label_studio
from marsad.errors import InputError

TITLE = "🚀 انسحاب من مورك"
TEXT = "قالت الوزارة 🚀 إن الجيش انسحب من مورك\r\nوقُتل ثلاثة مدنيين."


def region(identity, label, words, shift=0, to="text"):
    document = TEXT if to == "text" else TITLE
    start = document.index(words) + shift
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": identity, "type": "labels", "from_name": "label", "to_name": to, "value": value}


def chosen(identity, name, choice):
    return {
        "id": identity,
        "type": "choices",
        "from_name": name,
        "to_name": "text",
        "value": {"choices": [choice]},
    }


def line(start, end, label, direction="right"):
    return {"type": "relation", "from_id": start, "to_id": end, "direction": direction, "labels": [label]}


RESULT = [
    region("e", "territory.withdrawal", "انسحب من مورك", 1),
    region("k", "harm_killed", "قُتل ثلاثة مدنيين", 1),
    region("t", "territory.withdrawal", "انسحاب", 1, "title"),
    region("s", "Source", "الوزارة"),
    region("a", "actor", "الجيش", 1),
    region("c", "count", "ثلاثة مدنيين", 1),
    chosen("s", "source_kind", "organisation"),
    chosen("e", "Polarity", "negated"),
    chosen("c", "count_kind", "killed"),
    {"id": "c", "type": "number", "from_name": "min", "to_name": "text", "value": {"number": 3}},
    {"id": "c", "type": "number", "from_name": "max", "to_name": "text", "value": {"number": 3}},
    {
        "id": "a",
        "type": "textarea",
        "from_name": "note",
        "to_name": "text",
        "value": {"text": ["id=sy-army"]},
    },
    line("e", "s", "source"),
    line("s", "k", "source", "left"),
    line("e", "a", "agent"),
    line("k", "c", "count"),
    line("t", "e", "same"),
]


def task(result, **more):
    return {
        "id": 7,
        "data": {"text": TEXT, "title": TITLE, "outlet": "وكالة"},
        "annotations": [{"completed_by": 1, "result": result}],
        **more,
    }


def read(tmp_path, tasks, **wanted):
    (tmp_path / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    return list(read_label_studio(tmp_path / "export.json", Wanted(**wanted)))


def test_claims_with_their_parts(tmp_path):
    (found,) = read(tmp_path, [task(RESULT)])
    assert found.refused == []
    assert (found.article["id"], found.article["title"], found.article["outlet"], found.counting) == (
        "7",
        TITLE,
        "وكالة",
        "UTF-16 units",
    )
    withdrawal, killed = found.article["claims"]
    assert (withdrawal["event"], withdrawal["polarity"]) == ("territory.withdrawal", "negated")
    start = TEXT.index("انسحب")
    assert withdrawal["evidence"] == [
        {"start": start, "end": start + 13},
        {"start": 2, "end": 8, "in": "title"},
    ]
    assert [(one["text"], one["kind"]) for one in withdrawal["attribution"]] == [("الوزارة", "organisation")]
    assert [(one["role"], one["text"], one["id"]) for one in withdrawal["actors"]] == [
        ("agent", "الجيش", "sy-army")
    ]
    assert [one["text"] for one in killed["attribution"]] == ["الوزارة"], (
        "a relation to the left leads the other way"
    )
    (count,) = killed["counts"]
    assert (count["kind"], count["min"], count["max"], count["text"]) == ("killed", 3, 3, "ثلاثة مدنيين")


@pytest.mark.parametrize(("shift", "counting"), [(0, "code points"), (1, "UTF-16 units")])
def test_the_way_of_counting_is_found_by_the_words(tmp_path, shift, counting):
    (found,) = read(tmp_path, [task([region("e", "harm.killed", "قُتل ثلاثة", shift)])])
    assert (found.counting, found.refused) == (counting, [])
    assert found.article["claims"][0]["evidence"][0]["start"] == TEXT.index("قُتل")


def test_line_ends_that_the_browser_folded(tmp_path):
    (found,) = read(
        tmp_path, [task([region("e", "harm.killed", "قُتل ثلاثة", 0), region("f", "say.threat", "قالت")])]
    )
    assert found.counting == "code points"
    (found,) = read(
        tmp_path, [task([region("e", "harm.killed", "قُتل ثلاثة", -1), region("f", "say.threat", "قالت")])]
    )
    assert found.counting == "code points with CRLF as one"


FAULTS = [
    (region("x", "no_code", "مورك", 1), "no_code", "is no code"),
    (region("x", "place", "مورك", 5), "place", "there stands"),
    (chosen("e", "modality", "perhaps"), "e territory.withdrawal, modality", "none of"),
    (chosen("zz", "stance", "deny"), None, None),
    (line("e", "s", "hero"), "hero", "no such role"),
    (line("e", "zz", "place"), "place", "zz is not there"),
    ({**line("e", "s", "x"), "labels": []}, "relation", "one label"),
    (
        {
            "id": "x",
            "type": "labels",
            "to_name": "text",
            "value": {"start": "/p[1]", "end": 3, "labels": ["place"]},
        },
        "place",
        "no numbers",
    ),
    (
        {
            "id": "x",
            "type": "labels",
            "to_name": "text",
            "value": {"start": 0, "end": 3, "labels": ["place", "time"]},
        },
        "place, time",
        "one label",
    ),
]


@pytest.mark.parametrize(("row", "what", "reason"), FAULTS)
def test_a_fault_is_told_with_its_task_and_the_rest_is_read(tmp_path, row, what, reason):
    (found,) = read(tmp_path, [task([*RESULT, row])])
    if what is None:  # (said of the whole document, not of a mark)
        assert found.article["notes"] == [{"on": "stance", "text": "deny"}]
        assert found.refused == []
    else:
        (refused,) = found.refused
        assert refused.what == what
        assert reason in refused.reason
        assert refused.where.startswith("task 7")
    assert len(found.article["claims"]) == 2


def test_several_annotators_must_be_told_apart(tmp_path):
    both = task(RESULT)
    both["annotations"].append({"completed_by": {"email": "reem@example.org", "id": 2}, "result": []})
    both["annotations"].append({"completed_by": 3, "was_cancelled": True, "result": []})
    with pytest.raises(InputError, match=r"task 7 has 2 annotations \(1, reem@example.org\): say whose"):
        read(tmp_path, [both])
    for name, claims in (("1", 2), ("reem@example.org", 0), ("2", 0)):
        (found,) = read(tmp_path, [both], annotator=name)
        assert len(found.article["claims"]) == claims


def test_tasks_without_annotation_or_text_are_told(tmp_path):
    found = read(
        tmp_path, [{"id": 1, "data": {"text": "نص"}, "annotations": []}, {"id": 2, "data": {"image": "x"}}]
    )
    assert all(isinstance(one, Refused) for one in found)
    assert ["no annotation" in one.reason or "no text" in one.reason for one in found] == [True, True]


@pytest.mark.parametrize("text", ["{", "3", '[{"text": "نص", "label": []}]'])
def test_another_file_is_an_error(tmp_path, text):
    (tmp_path / "export.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"no JSON|JSON-MIN"):
        list(read_label_studio(tmp_path / "export.json", Wanted()))
