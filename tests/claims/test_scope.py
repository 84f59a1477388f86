"""How far a source governs: by sentences, quotations and words that go on."""

from __future__ import annotations

import pytest

from marsad.claims.attribution import attribute
from marsad.model import Article
from marsad.reading import ReadingKit, read


@pytest.fixture(scope="module")
def kit():
    return ReadingKit.load()


def owned(text, kit):
    """The words of a text that have a source, each with the name of the nearest."""
    reading = read(Article(id="t", text=text), kit)
    attribution = attribute(reading)
    chains = [
        (token, attribution.chain_at(i)) for i, token in enumerate(reading.tokens) if token.kind == "word"
    ]
    return {text[token.start : token.end]: chain[0].text for token, chain in chains if chain}


DEFENCE = "وزارة الدفاع"

CASES = {
    "ends with the sentence": ("قالت وزارة الدفاع إن التل سقط. وقصفت البلدة.", {"سقط": DEFENCE}, {"وقصفت"}),
    "goes on behind a colon at the end of a line": (
        "وقالت وزارة الدفاع في بيان:\nقصفت البلدة فجرا.",
        {"قصفت": DEFENCE},
        set(),
    ),
    "goes on with وأن": ("قالت وزارة الدفاع إن التل سقط. وأن البلدة قصفت.", {"قصفت": DEFENCE}, set()),
    "ends before وذلك": ("قالت وزارة الدفاع إن التل سقط، وذلك بعد قصف عنيف.", {"سقط": DEFENCE}, {"قصف"}),
    "ends at another source": (
        "قالت وزارة الدفاع إن التل سقط، بينما قال شهود إن البلدة قصفت.",
        {"سقط": DEFENCE, "قصفت": "شهود"},
        set(),
    ),
    "nests": ("قالت وزارة الدفاع إن الجيش السوري أعلن أن البلدة قصفت.", {"قصفت": "الجيش السوري"}, set()),
    "a quotation without a cue goes on with the last speaker": (
        "قال القائد محمد الخالد إن التل سقط.\n«قصفوا البلدة بكل ما لديهم من سلاح».",
        {"قصفوا": "محمد الخالد"},
        set(),
    ),
    "a resuming word finds the speaker past our own voice": (
        "قالت وزارة الدفاع إن التل سقط. وتقع البلدة في الشمال. وأضافت أن القوات قصفت الحي.",
        {"قصفت": DEFENCE},
        {"وتقع"},
    ),
    "the gender of the verb chooses the speaker": (
        "قالت وزارة الدفاع إن التل سقط. وقال القائد محمد الخالد إن الحي آمن. وأضافت أن القوات قصفت البلدة.",
        {"قصفت": DEFENCE},
        set(),
    ),
    "a demand makes a speaker": (
        "دعا الوزير محمد الخالد إلى وقف النار. وأضاف أن البلدة قصفت.",
        {"قصفت": "محمد الخالد"},
        set(),
    ),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_scope_of_a_source(case, kit):
    text, inside, outside = CASES[case]
    found = owned(text, kit)
    assert {word: found.get(word) for word in inside} == inside
    assert not outside & found.keys()


def test_scope_of_one_part_ends_with_it(kit):
    reading = read(Article(id="t", title="قالت وزارة الدفاع:", text="قصفت البلدة."), kit)
    attribution = attribute(reading)
    assert all(attribution.chain_at(i) == () for i, t in enumerate(reading.tokens) if t.part == "text")
