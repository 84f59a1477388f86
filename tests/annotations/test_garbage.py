"""Files that are no annotations, or were once: every one is refused with its reason, whatever it holds."""

import json

import pytest

from marsad.annotations import Refused, Wanted, read_brat, read_inception, read_label_studio
from marsad.errors import InputError

DEEP = b"[" * 100_000 + b"]" * 100_000
SOFA = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "mimeType": "text", "sofaID": "_InitialView"}
GARBAGE = {
    "nothing": b"", "bytes": bytes(range(256)) * 20, "deep": DEEP, "utf-16": '{"a": 1}'.encode("utf-16"), "number": b"1e999", "null": b"null", "list": b"[[], 1, null, {}]",
    "no structures": b'{"%FEATURE_STRUCTURES": []}', "odd structures": b'{"%FEATURE_STRUCTURES": [1, null]}', "odd ids": b'{"%FEATURE_STRUCTURES": {"x": {}}}',
    "text is none": json.dumps({"%FEATURE_STRUCTURES": [{**SOFA, "sofaString": 5}]}).encode(), "no text": json.dumps({"%FEATURE_STRUCTURES": [SOFA]}).encode(),
    "odd spans": json.dumps({"%FEATURE_STRUCTURES": [{**SOFA, "sofaString": "x"}, {"%ID": 2, "%TYPE": "webanno.custom.Claim", "@sofa": 1, "begin": "a", "end": -4}]}).encode(),
    "odd tasks": b'[{"data": 1, "annotations": 2}]', "odd results": b'[{"id": 1, "data": {"text": "x"}, "annotations": [{"result": [1, []]}]}]',
    "odd labels": b'[{"id": 1, "data": {"text": "x"}, "annotations": [{"result": [{"type": "relation", "labels": 5}, {"type": "labels", "value": {"labels": 7}}, {"type": "labels", "value": 3}]}]}]',
}  # fmt: skip


@pytest.mark.parametrize("raw", GARBAGE.values(), ids=GARBAGE.keys())
@pytest.mark.parametrize(("read", "name"), [(read_inception, "a.json"), (read_inception, "a.xmi"), (read_label_studio, "a.json")])  # fmt: skip
def test_garbage_is_refused_with_a_reason(tmp_path, read, name, raw):
    (tmp_path / name).write_bytes(raw)
    try:
        found = list(read(tmp_path / name, Wanted()))
    except InputError as error:
        assert str(tmp_path) in str(error)
    else:
        assert all(isinstance(one, Refused) or not one.article["claims"] for one in found)


@pytest.mark.parametrize(
    "notes", [b"", b"T1\tClaim 5 2\tx\nT2\nE1\tx:T9\n#1\n", b"\xff\xfe\x00", b"T1\tharm.killed 0 99999999999999999999\tx\n#1\tAnnotatorNotes T1\t{" + DEEP]
)  # fmt: skip
@pytest.mark.parametrize("cards", [b"", DEEP, b"1\n"])
def test_garbage_beside_a_text_makes_no_claim(tmp_path, notes, cards):
    (tmp_path / "a.txt").write_bytes(b"abc")
    (tmp_path / "a.ann").write_bytes(notes)
    if cards:
        (tmp_path / "articles.jsonl").write_bytes(cards)
    try:
        found = list(read_brat(tmp_path, Wanted()))
    except InputError as error:
        assert str(tmp_path) in str(error)
    else:
        assert not cards and all(isinstance(one, Refused) or not one.article["claims"] for one in found)
