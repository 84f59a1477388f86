"""From a model's words to its claims: what is forgiven, and what makes an answer unusable."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.llm.form import LONGEST, parsed
from marsad.llm.types import Answer

GOOD = '{"claims": [{"event": "strike.air"}]}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}",
        f"إليك النتيجة:\n{GOOD}\nهذا كل شيء.",
        f"<think>{{ maybe one claim, or [two</think>\n{GOOD}",
        f'The form is {{"a": 1}} and so: {GOOD}',
    ],
)
def test_words_around_the_form_are_forgiven(text):
    assert parsed(Answer(text=text)) == ([{"event": "strike.air"}], "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not_json"),
        ("لا أستطيع المساعدة في هذا.", "not_json"),
        ("{claims: none}", "not_json"),
        ("[1, 2", "not_json"),
        ("null", "not_the_form"),
        ("[]", "not_the_form"),
        ('[{"event": "strike.air"}]', "not_the_form"),
        ('{"claims": {"event": "strike.air"}}', "not_the_form"),
        ('{"claims": null}', "not_the_form"),
        ('{"Claims": []}', "not_the_form"),
        ('{"claims": [{"event": "strike.air"}, {"ev', "cut_off"),
        ('```json\n{"claims": [{"event": "strike', "cut_off"),
        ('{"claims": [{"event": "strike.air"}]', "cut_off"),
        ("[" * 200_000, "not_the_form"),
        ('{"claims":' * 40_000, "not_the_form"),
        ('{"claims": "' + '\\"' * 200_000, "cut_off"),
        ("{" * 100_000 + "x", "cut_off"),
        ('{"claims": [' + "1," * LONGEST + "1]}", "not_the_form"),
    ],
)
def test_what_makes_an_answer_unusable(text, why):
    assert parsed(Answer(text=text)) == ([], why)


def test_an_answer_that_was_cut_off_is_not_used_even_where_it_ends_well():
    assert parsed(Answer(text=GOOD, finish="length")) == ([], "cut_off")


def test_numbers_that_count_nothing_are_none():
    text = '{"claims": [%s, NaN, -Infinity, 1e999, 7]}' % ("9" * 5_000)
    claims, why = parsed(Answer(text=text))
    assert why == ""
    assert claims == [None, None, None, float("inf"), 7]


@given(
    st.text(max_size=200) | st.builds(lambda a, b: a + GOOD + b, st.text(max_size=30), st.text(max_size=30))
)
def test_any_text_is_parsed_or_refused(text):
    claims, why = parsed(Answer(text=text))
    assert why in ("", "not_json", "not_the_form", "cut_off")
    assert isinstance(claims, list)
    assert not (claims and why)


JSON = st.recursive(
    st.none() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_a_list_of_claims_comes_out_as_it_went_in(told):
    assert parsed(Answer(text=json.dumps({"claims": [told]}))) == ([told], "")
