"""What is said of annotated files that cannot be used: the file, the line and the value."""

import gzip
import json

import pytest

from marsad.errors import InputError
from marsad.run.evaluating import How, evaluate

TEXT = "قصفت المدفعية قرية السنديان."
CLAIM = {"event": "strike.shelling", "evidence": [{"start": 0, "end": 4}]}
ROW = {"id": "a", "text": TEXT, "claims": [CLAIM]}


def line(**more):
    return json.dumps({**ROW, **more}, ensure_ascii=False)


def with_claim(**more):
    return line(claims=[{**CLAIM, **more}])


def file(folder, name, *lines):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def measured(gold, predicted):
    return evaluate(gold, predicted, How(by=(), rounds=0))


BAD = {
    "not JSON": ("{", "not JSON"),
    "not an object": ("[1]", "must be a JSON object, not list"),
    "no id": (line(id=None), "field 'id' must be a string, not None"),
    "empty id": (line(id=""), "field 'id' must be a string, not ''"),
    "no claims": (line(claims=None), "article 'a' has no list of claims"),
    "a claim that is none": (line(claims=["x"]), "claim 0 of article 'a': it must be an object, not 'x'"),
    "no event": (with_claim(event=None), "event must be a code, not None"),
    "no evidence": (with_claim(evidence=[]), "it has no evidence"),
    "evidence that is none": (with_claim(evidence=[3]), "evidence must be a list of objects, not 3"),
    "a span beyond the text": (with_claim(evidence=[{"start": 0, "end": 900}]), f"0 to 900 is not within the {len(TEXT)} characters of its text"),
    "a span that holds nothing": (with_claim(evidence=[{"start": 4, "end": 4}]), "the span 4 to 4 is not within"),
    "a span before the text": (with_claim(evidence=[{"start": -4, "end": 4}]), "the span -4 to 4"),
    "a span without an end": (with_claim(evidence=[{"start": 0}]), "the span 0 to None"),
    "a span in half numbers": (with_claim(evidence=[{"start": 0, "end": 4.0}]), "the span 0 to 4.0"),
    "a span in a title that is not there": (with_claim(evidence=[{"start": 0, "end": 4, "in": "title"}]), "within the 0 characters of its title"),
    "a span nowhere": (with_claim(evidence=[{"start": 0, "end": 4, "in": "body"}]), "a span is in 'text' or 'title', not 'body'"),
    "a trigger beyond the text": (with_claim(evidence=[{"start": 0, "end": 4, "trigger": {"start": 1, "end": 99}}]), "the span 1 to 99"),
    "polarity": (with_claim(polarity=None), "polarity must be a string, not None"),
    "a source that is a string": (with_claim(attribution=["المرصد"]), "attribution must be a list of objects"),
    "the name of a source": (with_claim(attribution=[{"text": 3}]), "text in attribution must be a string or null, not 3"),
    "other names": (with_claim(actors=[{"also": "المرصد"}]), "also in actors must be strings"),
    "one coordinate": (with_claim(place={"text": "x", "lat": 3}), r"two numbers or both null, not \(3, None\)"),
    "a day": (with_claim(time={"from": "أمس"}), "from of time must be a day"),
    "a number": (with_claim(counts=[{"kind": "killed", "min": "3"}]), "min of a count must be a number or null, not '3'"),
}  # fmt: skip


@pytest.mark.parametrize(("bad", "said"), BAD.values(), ids=list(BAD))
def test_a_line_that_cannot_be_used_is_named_in_either_file(tmp_path, bad, said):
    good = file(tmp_path, "good.jsonl", line())
    wrong = file(tmp_path, "wrong.jsonl", "", bad)
    for files in ((wrong, good), (good, wrong)):
        with pytest.raises(InputError, match=rf"wrong\.jsonl:2: .*{said}"):
            measured(*files)


GOLD_ONLY = {
    "no text": (line(text=None), "article 'a' has no text"),
    "published": (line(published="أمس"), "article 'a': published is no day: 'أمس'"),
}


@pytest.mark.parametrize(("bad", "said"), GOLD_ONLY.values(), ids=list(GOLD_ONLY))
def test_gold_needs_its_text_and_days_that_are_days(tmp_path, bad, said):
    with pytest.raises(InputError, match=said):
        measured(file(tmp_path, "gold.jsonl", bad), file(tmp_path, "predicted.jsonl", line()))


@pytest.mark.parametrize("other", [{}, {"id": "z"}])
def test_two_articles_of_one_id_are_refused(tmp_path, other):
    twice = file(tmp_path, "twice.jsonl", line(**other), line(**other))
    gold = file(tmp_path, "gold.jsonl", line())
    with pytest.raises(InputError, match=r"twice\.jsonl:2: an article with the id '[az]' came before it"):
        measured(gold, twice)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": TEXT.replace("المدفعية", "الطائرات")}, r"the text of article 'a' is not that of gold: from character 7 on 'مدفعية قرية"),
        ({"text": TEXT + " "}, f"from character {len(TEXT)} on '' in gold, ' ' here"),
        ({"title": "آخر", "text": TEXT}, "the title of article 'a' is not that of gold"),
        ({"text": 3}, "text of article 'a' must be a string, not 3"),
    ],
)  # fmt: skip
def test_another_text_under_the_same_id_is_refused(changed, said):
    with pytest.raises(InputError, match=said):
        measured([{**ROW, "title": "عنوان"}], [{**ROW, **changed}])


def test_predictions_may_leave_the_text_out_and_gold_the_title():
    bare = {"id": "a", "claims": [CLAIM]}
    assert measured([ROW], [bare]).total.figures["claim"].values["f1"] == 1.0
    assert measured([ROW], [{**ROW, "title": "عنوان"}]).total.figures["claim"].values["f1"] == 1.0


def test_an_empty_gold_file_is_refused_and_an_empty_prediction_is_not(tmp_path):
    empty = file(tmp_path, "empty.jsonl", "")
    with pytest.raises(InputError, match=r"there is no article in .*empty\.jsonl"):
        measured(empty, [ROW])
    assert measured([ROW], empty).only_gold == ["a"]


def test_objects_are_named_by_their_number():
    with pytest.raises(InputError, match="predicted, article 2: field 'id'"):
        measured([ROW], [ROW, {}])


def test_gzip_is_unpacked(tmp_path):
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(line().encode()))
    assert measured(path, [ROW]).total.articles == 1
