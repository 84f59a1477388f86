"""Two annotated files as two coders."""

import pytest

from marsad.errors import InputError
from marsad.run.evaluating_coders import agreement_of_files, coded_files, differing

TEXT = (
    "قصف جيش الوادي قرية السنديان أمس. وقال مرصد النهر إن ثلاثة مدنيين قتلوا في القصف، ونفى جيش الوادي ذلك."
)
SHELLED, KILLED, DENIED = "قصف جيش الوادي قرية السنديان", "ثلاثة مدنيين قتلوا", "نفى جيش الوادي ذلك"


def claim(event, words, **more):
    start = TEXT.index(words)
    return {"event": event, "evidence": [{"start": start, "end": start + len(words)}], **more}


def coded(mine, theirs):
    files = ([{"id": "a", "text": TEXT, "claims": claims}] for claims in (mine, theirs))
    return coded_files(*files, ("ana", "ben"))


def found(both):
    return {one.field: one for one in agreement_of_files(both)}


OBSERVATORY = [{"text": "مرصد النهر", "stance": "state"}]
TOLL = [{"kind": "killed", "min": 3, "max": 3}]


def test_claims_are_matched_and_compared_field_by_field():
    mine = [
        claim("strike.shelling", SHELLED, place={"text": "قرية السنديان"}),
        claim("harm.killed", KILLED, attribution=OBSERVATORY, counts=TOLL),
        claim("harm.killed", DENIED, polarity="negated"),
    ]
    theirs = [
        claim("strike.air", SHELLED, place={"text": "السنديان", "id": "x"}),
        claim("harm.killed", "قتلوا", attribution=[{"text": "مرصد", "stance": "assert"}]),
        claim("fight.attack", DENIED),
    ]
    both = coded(mine, theirs)
    assert [(pair.claim, bool(pair.mine), bool(pair.theirs)) for pair in both.pairs] == [
        ("a#0", True, True), ("a#1", True, True), ("a#2", True, False), ("a#other-2", False, True),
    ]  # fmt: skip
    numbers = found(both)
    assert "decision" not in numbers
    assert (numbers["found"].alpha, numbers["found"].units, numbers["found"].differing) == (
        2 * 2 / 6,
        4,
        ("a#2", "a#other-2"),
    )
    # Two units, one apart: D = 2, and E over one shelling, one air strike and two killed is 16 - 6.
    assert numbers["event"].alpha == pytest.approx(1 - 3 * 2 / 10)
    assert numbers["event"].differing == ("a#0",)
    assert (numbers["polarity"].alpha, numbers["polarity"].units) == (None, 2)
    assert (numbers["source"].differing, numbers["place"].differing) == ((), ())
    assert (numbers["stance"].units, numbers["stance"].differing) == (1, ("a#1",))
    assert (numbers["killed"].units, numbers["first_day"].units) == (0, 0)
    shared, one, other = len("قتلوا") + len(SHELLED), len(SHELLED) + len(KILLED), len(SHELLED) + len("قتلوا")
    assert numbers["evidence"].alpha == pytest.approx(2 * shared / (one + other))


def test_every_difference_has_its_words_and_both_values():
    mine = [
        claim("strike.shelling", SHELLED, time={"from": "2031-05-07"}),
        claim("harm.killed", KILLED, id="k"),
    ]
    both = coded(mine, [claim("strike.air", SHELLED, time={"from": "2031-05-08"})])
    rows = differing(both.pairs, agreement_of_files(both), lambda pair: both.articles[pair.first.article])
    told = [(one.field, one.claim, one.article, one.value, one.other_value, one.text) for one in rows]
    assert told == [
        ("found", "k", "a", "harm.killed", None, KILLED),
        ("event", "a#0", "a", "strike.shelling", "strike.air", SHELLED),
        ("first_day", "a#0", "a", "2031-05-07", "2031-05-08", SHELLED),
    ]


def test_an_id_that_several_claims_bear_is_told_apart():
    mine = [claim("strike.shelling", SHELLED, id="x"), claim("harm.killed", KILLED, id="x")]
    assert [pair.claim for pair in coded(mine, []).pairs] == ["x", "x#1"]


def test_articles_in_one_file_only_count_nowhere_and_are_named():
    one = [{"id": name, "text": TEXT, "claims": [claim("harm.killed", KILLED)]} for name in "ab"]
    other = [{**row, "id": name} for row, name in zip(one, "bc", strict=True)]
    both = coded_files(one, other, ("ana", "ben"))
    assert (both.only_one, both.only_other, len(both.pairs)) == (["a"], ["c"], 1)
    with pytest.raises(InputError, match="no article is in ana and in ben"):
        coded_files(one[:1], other, ("ana", "ben"))
